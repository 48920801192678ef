//! Reading the catalog as one tenant: whatever belongs to another does not exist.

use std::borrow::Cow;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, params_from_iter};

use super::entity::{Columns, Entity, EntityId, Kind, Meta};
use super::error::StoreError;
use super::list::{ListQuery, Listed, Statement};
use super::suggest::nearest;
use crate::model::name::fold_name;
use crate::model::{CampaignId, Creative, Media, Nanos, PriceModel, Tenant, TenantId, UserId};

/// Names that are looked at for a suggestion; in a larger catalog the rest is not.
const NAMES_MAX: u32 = 20_000;

/// The columns of every table, in the order [`read_row`] takes them.
const COMMON: &[&str] = &[
    "id",
    "tenant_id",
    "revision",
    "created_at",
    "updated_at",
    "name",
];

/// Whose things a read or write may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The tenants themselves, all of them, and nothing that belongs to one.
    Tenants,
    /// Everything of one tenant, and that tenant itself.
    Tenant(TenantId),
    /// Of one tenant what belongs to the advertisers of one user, as they are at each read. What
    /// is nobody's in particular (channels, categories, kinds of pods) is there too.
    Advertisers(TenantId, UserId),
}

impl Scope {
    /// The tenant; 0, which no tenant ever is, stands for none.
    pub(super) fn raw(self) -> u32 {
        match self {
            Self::Tenants => 0,
            Self::Tenant(tenant) | Self::Advertisers(tenant, _) => tenant.get(),
        }
    }

    /// The tenant, if it is about one.
    pub fn tenant(self) -> Option<TenantId> {
        match self {
            Self::Tenants => None,
            Self::Tenant(tenant) | Self::Advertisers(tenant, _) => Some(tenant),
        }
    }

    /// Whether only some advertisers of the tenant are seen.
    pub const fn is_confined(self) -> bool {
        matches!(self, Self::Advertisers(..))
    }

    /// Everything of the tenant; for what is unique in it, whoever asks.
    pub(super) fn whole_tenant(self) -> Self {
        self.tenant().map_or(Self::Tenants, Self::Tenant)
    }

    /// The condition that every statement about `kind` starts with; its one value is
    /// [`Scope::raw`].
    pub(super) fn condition(self, kind: Kind) -> Cow<'static, str> {
        match self {
            Self::Tenants | Self::Tenant(_) => whole(kind).into(),
            Self::Advertisers(_, user) => match owned_by(kind, user) {
                None => whole(kind).into(),
                Some(own) => format!("{} AND {own}", whole(kind)).into(),
            },
        }
    }
}

const fn whole(kind: Kind) -> &'static str {
    match kind {
        Kind::Tenant => "(?1 = 0 OR tenant_id = ?1)",
        Kind::Advertiser
        | Kind::Order
        | Kind::Campaign
        | Kind::Creative
        | Kind::Channel
        | Kind::Category
        | Kind::Pod
        | Kind::User
        | Kind::Key => "tenant_id = ?1",
    }
}

/// The condition on rows that belong to somebody; none on what belongs to all of the tenant. The
/// number of the user is ours, so it may stand in the text.
fn owned_by(kind: Kind, user: UserId) -> Option<String> {
    let number = user.get();
    let advertisers = format!(
        "(SELECT value FROM users, json_each(users.advertisers) \
         WHERE users.id = {number} AND users.tenant_id = ?1 AND users.role = 'advertiser')"
    );
    match kind {
        Kind::Advertiser => Some(format!("id IN {advertisers}")),
        Kind::Order | Kind::Campaign => Some(format!("advertiser_id IN {advertisers}")),
        Kind::Creative => Some(format!(
            "campaign_id IN (SELECT campaigns.id FROM campaigns \
             WHERE campaigns.tenant_id = ?1 AND campaigns.advertiser_id IN {advertisers})"
        )),
        Kind::User => Some(format!("id = {number}")),
        Kind::Key => Some("0".to_owned()),
        Kind::Tenant | Kind::Channel | Kind::Category | Kind::Pod => None,
    }
}

/// Reads of one instant, as one tenant.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'c> {
    connection: &'c Connection,
    scope: Scope,
}

impl<'c> Reader<'c> {
    pub(super) fn new(connection: &'c Connection, scope: Scope) -> Self {
        Self { connection, scope }
    }

    /// Whose things can be read.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    pub(super) fn connection(&self) -> &'c Connection {
        self.connection
    }

    /// The tenant that is read as.
    pub fn tenant(&self) -> Result<Tenant, StoreError> {
        self.load(TenantId::new(self.scope.raw()))
    }

    /// One thing by its id.
    pub fn load<E: Entity>(&self, id: E::Id) -> Result<E, StoreError> {
        self.load_if_any(id)?.ok_or_else(|| StoreError::NotFound {
            what: E::KIND.as_str(),
            reference: id.to_string(),
            suggestions: Vec::new(),
        })
    }

    pub(super) fn load_if_any<E: Entity>(&self, id: E::Id) -> Result<Option<E>, StoreError> {
        let sql = select::<E>(self.scope, " AND id = ?2");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement
            .query_row((self.scope.raw(), id.raw()), read_row::<E>)
            .optional()?;
        Ok(found)
    }

    /// One thing by its id or by its name, whatever the case.
    ///
    /// No name looks like an id, so there is nothing to guess. Names of creatives are unique only
    /// in their campaign; one that several have is [`StoreError::Ambiguous`].
    pub fn find<E: Entity>(&self, reference: &str) -> Result<E, StoreError> {
        let has_prefix = reference
            .strip_prefix(E::Id::PREFIX)
            .is_some_and(|rest| rest.starts_with('_'));
        if has_prefix {
            let id: Option<E::Id> = reference.parse().ok();
            let found = id.map(|id| self.load_if_any(id)).transpose()?.flatten();
            return found.ok_or_else(|| not_found::<E>(reference, Vec::new()));
        }
        let mut named = self.named::<E>(reference)?;
        match named.len() {
            0 => Err(not_found::<E>(reference, self.suggestions::<E>(reference)?)),
            1 => Ok(named.remove(0)),
            _ => Err(StoreError::Ambiguous {
                kind: E::KIND,
                name: reference.to_owned(),
                ids: named
                    .iter()
                    .map(|one| one.entity_id().to_string())
                    .collect(),
            }),
        }
    }

    fn named<E: Entity>(&self, name: &str) -> Result<Vec<E>, StoreError> {
        let sql = select::<E>(self.scope, " AND folded = ?2 ORDER BY id LIMIT 10");
        self.query(&sql, &[fold_name(name).into()])
    }

    fn suggestions<E: Entity>(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let (table, scope) = (E::KIND.table(), self.scope.condition(E::KIND));
        let sql = format!("SELECT name FROM {table} WHERE {scope} LIMIT {NAMES_MAX}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let names = statement
            .query_map([self.scope.raw()], |row| row.get(0))?
            .collect::<Result<Vec<String>, _>>()?;
        Ok(nearest(name, names))
    }

    /// One page of a list.
    pub fn list<E: Entity>(&self, query: &ListQuery) -> Result<Listed<E>, StoreError> {
        let scope = self.scope.condition(E::KIND);
        let list = Statement::of::<E>(query)?;
        let columns = columns::<E>();
        let mut statement =
            self.connection
                .prepare_cached(&list.page_sql(&columns, E::KIND, &scope))?;
        let sort_place = COMMON.len() + E::COLUMNS.len();
        let rows = statement
            .query_map(params_from_iter(self.bound(list.page_values())), |row| {
                Ok((read_row(row)?, row.get(sort_place)?))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let mut statement = self
            .connection
            .prepare_cached(&list.total_sql(E::KIND, &scope))?;
        let total: i64 = statement
            .query_row(params_from_iter(self.bound(list.total_values())), |row| {
                row.get(0)
            })?;
        Ok(list.finish(rows, total.unsigned_abs()))
    }

    /// Everything of a kind by id, without a limit: for compiling and for parts of a whole.
    pub fn all<E: Entity>(&self) -> Result<Vec<E>, StoreError> {
        self.query(&select::<E>(self.scope, " ORDER BY id"), &[])
    }

    /// The creatives of a campaign by id.
    pub fn creatives_of(&self, campaign: CampaignId) -> Result<Vec<Creative>, StoreError> {
        let sql = select::<Creative>(self.scope, " AND campaign_id = ?2 ORDER BY id");
        self.query(&sql, &[campaign.get().into()])
    }

    /// Whether any creative has this content.
    pub fn uses_file(&self, sha256: &[u8; 32]) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM creatives WHERE tenant_id = ?1 AND sha256 = ?2)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row((self.scope.raw(), sha256), |row| row.get(0))?)
    }

    /// What was found in the file of this content, where a creative of the tenant has it.
    pub fn media_of(&self, sha256: &[u8; 32]) -> Result<Option<Media>, StoreError> {
        let sql = select::<Creative>(self.scope, " AND sha256 = ?2 ORDER BY id LIMIT 1");
        let mut found = self.query::<Creative>(&sql, &[sha256.to_vec().into()])?;
        Ok(found.pop().and_then(|creative| creative.media))
    }

    /// The fees of the campaigns with a flat price, by campaign.
    pub fn flat_fees(&self) -> Result<Vec<(CampaignId, Nanos)>, StoreError> {
        let scope = self.scope.condition(Kind::Campaign);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, price_micros FROM campaigns \
             WHERE {scope} AND price_model = ?2 ORDER BY id"
        ))?;
        let flat = PriceModel::Flat.as_str();
        let fees = statement.query_map((self.scope.raw(), flat), |row| {
            let fee = Nanos::from_micros(row.get(1)?);
            Ok((CampaignId::new(row.get(0)?), fee))
        })?;
        Ok(fees.collect::<Result<_, _>>()?)
    }

    /// How many of a kind have `value` in `column`.
    pub(super) fn count_where(
        &self,
        kind: Kind,
        column: &'static str,
        value: impl Into<Value>,
    ) -> Result<u64, StoreError> {
        // Counted for the tenant of the unit, or for all when tenants themselves are changed.
        let (table, tenant) = (kind.table(), self.scope.raw());
        let sql = format!(
            "SELECT count(*) FROM {table} WHERE (?1 = 0 OR tenant_id = ?1) AND {column} = ?2"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let count: i64 = statement.query_row((tenant, value.into()), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Who has a name already, other than `entity` itself.
    pub(super) fn holder_of_name<E: Entity>(&self, entity: &E) -> Result<Option<E>, StoreError> {
        let mut values = vec![
            Value::from(fold_name(entity.name())),
            entity.meta().id.into(),
        ];
        let mut within = String::new();
        if let Some((column, value)) = entity.name_space() {
            within = format!(" AND {column} = ?4");
            values.push(value.into());
        }
        let sql = select::<E>(
            self.scope,
            &format!(" AND folded = ?2 AND id <> ?3{within}"),
        );
        Ok(self.query(&sql, &values)?.pop())
    }

    fn query<E: Entity>(&self, sql: &str, values: &[Value]) -> Result<Vec<E>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(self.bound(values.iter())), read_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The value of the scope, and then the others.
    fn bound<'v>(&self, values: impl Iterator<Item = &'v Value>) -> Vec<Value> {
        let scope = Value::from(self.scope.raw());
        std::iter::once(scope).chain(values.cloned()).collect()
    }
}

fn not_found<E: Entity>(reference: &str, suggestions: Vec<String>) -> StoreError {
    StoreError::NotFound {
        what: E::KIND.as_str(),
        reference: reference.chars().take(200).collect(),
        suggestions,
    }
}

fn columns<E: Entity>() -> String {
    [COMMON, E::COLUMNS].concat().join(", ")
}

fn select<E: Entity>(scope: Scope, rest: &str) -> String {
    let (columns, table) = (columns::<E>(), E::KIND.table());
    let scope = scope.condition(E::KIND);
    format!("SELECT {columns} FROM {table} WHERE {scope}{rest}")
}

fn read_row<E: Entity>(row: &Row<'_>) -> rusqlite::Result<E> {
    let mut columns = Columns::of(row);
    let meta = Meta {
        id: columns.take()?,
        tenant: columns.take().map(TenantId::new)?,
        revision: columns.take()?,
        created_at: columns.instant()?,
        updated_at: columns.instant()?,
    };
    let name = columns.take()?;
    E::read(meta, name, &mut columns)
}
