//! What the kinds of things in the catalog have in common, so that each rule of reading,
//! writing, auditing and undoing is stated once.

use std::fmt::Display;
use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::{Type, Value};
use serde::de::DeserializeOwned;

use super::error::StoreError;
use super::list::{Filter, Sort};
use super::reader::Reader;
use super::unit::Unit;
use crate::model::word::words;
use crate::model::{
    AdvertiserId, CampaignId, CategoryId, ChannelId, CreativeId, KeyId, OrderId, PodId, Problem,
    TenantId, Timestamp, UserId,
};

/// What something in the catalog is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A media owner.
    Tenant,
    /// Who pays.
    Advertiser,
    /// One buy.
    Campaign,
    /// One spot.
    Creative,
    /// One stream.
    Channel,
    /// Campaigns that share a budget.
    Order,
    /// What keeps rivals apart.
    Category,
    /// A kind of pod.
    Pod,
    /// One who works for a tenant.
    User,
    /// What a program calls with.
    Key,
}
words!(Kind {
    Tenant = "tenant",
    Advertiser = "advertiser",
    Campaign = "campaign",
    Creative = "creative",
    Channel = "channel",
    Order = "order",
    Category = "category",
    Pod = "pod",
    User = "user",
    Key = "key",
});

impl Kind {
    /// The word for several, which is its table too.
    pub const fn plural(self) -> &'static str {
        self.table()
    }

    /// Its table.
    pub(super) const fn table(self) -> &'static str {
        match self {
            Self::Tenant => "tenants",
            Self::Advertiser => "advertisers",
            Self::Campaign => "campaigns",
            Self::Creative => "creatives",
            Self::Channel => "channels",
            Self::Order => "orders",
            Self::Category => "categories",
            Self::Pod => "pods",
            Self::User => "users",
            Self::Key => "keys",
        }
    }
}

/// An id of something in the catalog.
pub trait EntityId: Copy + Eq + Display + FromStr + Send + 'static {
    /// The prefix of its text form, without the underscore.
    const PREFIX: &'static str;

    /// From the number in the database.
    fn from_raw(raw: u32) -> Self;

    /// The number in the database.
    fn raw(self) -> u32;
}

macro_rules! entity_id {
    ($($id:ty),+) => {
        $(impl EntityId for $id {
            const PREFIX: &'static str = <$id>::PREFIX;

            fn from_raw(raw: u32) -> Self {
                Self::new(raw)
            }

            fn raw(self) -> u32 {
                self.get()
            }
        })+
    };
}
entity_id!(
    TenantId,
    AdvertiserId,
    CampaignId,
    CreativeId,
    ChannelId,
    OrderId,
    CategoryId,
    PodId,
    UserId,
    KeyId
);

/// What the store itself keeps about everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meta {
    /// Its number; 0 until the database gives one.
    pub id: u32,
    /// Whose it is.
    pub tenant: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Something in the catalog.
pub trait Entity: Clone + PartialEq + Send + Sized + 'static {
    /// Its id.
    type Id: EntityId;
    /// What an operator decides about it.
    type Spec;
    /// What one is made of.
    type New;

    /// What it is.
    const KIND: Kind;
    /// Its columns beside those of [`Meta`] and the name.
    const COLUMNS: &'static [&'static str];
    /// What lists of it can be sorted by, beside what all lists can.
    const SORTS: &'static [Sort] = &[];
    /// The columns that a search looks into, in the form of names that are compared.
    const SEARCHED: &'static [&'static str] = &["folded"];

    /// A new one; its number and problems come later.
    fn build(meta: Meta, new: Self::New) -> Self;
    /// Reads the columns in their order.
    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self>;
    /// The values of the columns in their order.
    fn values(&self) -> Vec<Value>;
    /// What the store keeps about it.
    fn meta(&self) -> Meta;
    /// Replaces what the store keeps about it.
    fn set_meta(&mut self, meta: Meta);
    /// Its name.
    fn name(&self) -> &str;
    /// What was decided about it.
    fn spec_mut(&mut self) -> &mut Self::Spec;
    /// Everything wrong with what was decided.
    fn problems(&self) -> Vec<Problem>;
    /// As the API shows it, for audit and undo.
    fn snapshot(&self, reader: &Reader<'_>) -> Result<serde_json::Value, StoreError>;
    /// Back from [`Entity::snapshot`].
    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError>;

    /// The column of a filter, if its lists have that one.
    fn filter_column(_filter: &Filter) -> Option<&'static str> {
        None
    }

    /// Where a name is taken, beside the tenant: the column and its value.
    fn name_space(&self) -> Option<(&'static str, u32)> {
        None
    }

    /// Refuses a beginning that only a change may lead to.
    fn check_new(&self, _now: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    /// Refuses one that refers to what does not exist in its tenant.
    fn check_references(&self, _reader: &Reader<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    /// Refuses a change that only its surroundings forbid.
    fn check_change(&self, _before: &Self, _reader: &Reader<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    /// Refuses to make `current` what it was `before`, or leaves out what cannot come back.
    fn check_undo(_current: Option<&Self>, _before: Option<&mut Self>) -> Result<(), StoreError> {
        Ok(())
    }

    /// What depends on it.
    fn dependents(&self, _reader: &Reader<'_>) -> Result<Vec<(Kind, u64)>, StoreError> {
        Ok(Vec::new())
    }

    /// Deletes what goes with it. What is left of [`Entity::dependents`] forbids the deletion.
    fn delete_parts(&self, _unit: &mut Unit<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    /// Its id.
    fn entity_id(&self) -> Self::Id {
        Self::Id::from_raw(self.meta().id)
    }
}

/// Why a snapshot of the history cannot be read back.
#[derive(Debug, thiserror::Error)]
#[error("a snapshot of the history is unreadable: {0}")]
pub struct SnapshotError(Box<dyn std::error::Error + Send + Sync>);

impl SnapshotError {
    pub(super) fn new(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(why.into())
    }

    /// As what it is: damage of the database.
    pub(super) fn into_damage(self) -> StoreError {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(self)).into()
    }
}

/// Parses one field of a snapshot.
pub(super) fn field<T: FromStr>(text: &str) -> Result<T, SnapshotError>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(SnapshotError::new)
}

/// What a stored rule says. Only what was found right is stored, so a fault is damage.
pub(super) fn rule<T>(read: Result<T, Vec<Problem>>) -> Result<T, SnapshotError> {
    read.map_err(|problems| {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        SnapshotError::new(told.join("; "))
    })
}

/// The columns of a row, read one after the other.
#[derive(Debug)]
pub struct Columns<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> Columns<'r> {
    /// From the first column on.
    pub(super) fn of(row: &'r Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    /// The next column as it is.
    pub fn take<T: rusqlite::types::FromSql>(&mut self) -> rusqlite::Result<T> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// The next column, a text that stands for something.
    pub fn parse<T: FromStr>(&mut self) -> rusqlite::Result<T>
    where
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        let column = self.next;
        let text: String = self.take()?;
        text.parse().map_err(|error: T::Err| {
            rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
        })
    }

    /// The next column, a text that stands for something or is empty.
    pub fn parse_if_any<T: FromStr>(&mut self) -> rusqlite::Result<Option<T>>
    where
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        if self.row.get_ref(self.next)? == rusqlite::types::ValueRef::Null {
            self.next += 1;
            return Ok(None);
        }
        self.parse().map(Some)
    }

    /// The next column, a JSON text.
    pub fn json<T: DeserializeOwned>(&mut self) -> rusqlite::Result<T> {
        let column = self.next;
        let text: String = self.take()?;
        serde_json::from_str(&text).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
        })
    }

    /// The next column, a JSON text that may be empty.
    pub fn json_if_any<T: DeserializeOwned>(&mut self) -> rusqlite::Result<Option<T>> {
        if self.row.get_ref(self.next)? == rusqlite::types::ValueRef::Null {
            self.next += 1;
            return Ok(None);
        }
        self.json().map(Some)
    }

    /// The next column, a JSON text of a rule.
    pub fn rule<W: DeserializeOwned, T>(
        &mut self,
        read: impl FnOnce(&W) -> Result<T, Vec<Problem>>,
    ) -> rusqlite::Result<T> {
        let column = self.next;
        let wire: W = self.json()?;
        rule(read(&wire)).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
        })
    }

    /// The next column, a rule in its wire form, or none.
    pub fn optional_rule<W: DeserializeOwned, T>(
        &mut self,
        read: impl FnOnce(&W) -> Result<T, Vec<Problem>>,
    ) -> rusqlite::Result<Option<T>> {
        if self.row.get_ref(self.next)? == rusqlite::types::ValueRef::Null {
            self.next += 1;
            return Ok(None);
        }
        self.rule(read).map(Some)
    }

    /// The next column, an instant.
    pub fn instant(&mut self) -> rusqlite::Result<Timestamp> {
        self.take().map(Timestamp::from_millis)
    }

    /// The next column, an instant that may be empty.
    pub fn instant_if_any(&mut self) -> rusqlite::Result<Option<Timestamp>> {
        let millis: Option<i64> = self.take()?;
        Ok(millis.map(Timestamp::from_millis))
    }

    /// The next column, a count that may be empty.
    pub fn count(&mut self) -> rusqlite::Result<Option<u64>> {
        let column = self.next;
        let count: Option<i64> = self.take()?;
        let unsigned = |count: i64| {
            u64::try_from(count)
                .map_err(|_negative| rusqlite::Error::IntegralValueOutOfRange(column, count))
        };
        count.map(unsigned).transpose()
    }
}

/// A count as SQLite keeps it; what validation lets in is far below its largest.
pub(super) fn count_value(count: u64) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A fact as a JSON text.
pub(super) fn json_value(fact: &impl serde::Serialize) -> Value {
    serde_json::json!(fact).to_string().into()
}

/// An instant that may be empty.
pub(super) fn instant_value(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| at.millis().into())
}

/// A text that may be empty.
pub(super) fn text_value(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| Value::Text(text.to_owned()))
}
