//! Rows of `users`.

use rusqlite::types::Value;

use crate::api;
use crate::model::{AdvertiserId, Problem, TenantId, Timestamp, User, UserId, UserSpec};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, field, instant_value, json_value,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::list::Filter;
use crate::store::catalog::reader::Reader;

impl Entity for User {
    type Id = UserId;
    type Spec = UserSpec;
    type New = UserSpec;

    const KIND: Kind = Kind::User;
    const COLUMNS: &'static [&'static str] = &[
        "called",
        "role",
        "advertisers",
        "disabled",
        "password_at",
        "invited_until",
    ];

    fn build(meta: Meta, spec: UserSpec) -> Self {
        Self {
            id: UserId::new(meta.id),
            tenant: meta.tenant,
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            spec,
            password_at: None,
            invited_until: None,
        }
    }

    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let spec = UserSpec {
            email: name,
            name: columns.take()?,
            role: columns.parse()?,
            advertisers: {
                let numbers: Vec<u32> = columns.json()?;
                numbers.into_iter().map(AdvertiserId::new).collect()
            },
            disabled: columns.take()?,
        };
        Ok(Self {
            password_at: columns.instant_if_any()?,
            invited_until: columns.instant_if_any()?,
            ..Self::build(meta, spec)
        })
    }

    fn values(&self) -> Vec<Value> {
        let advertisers = self.spec.advertisers.iter();
        let advertisers: Vec<u32> = advertisers.map(|advertiser| advertiser.get()).collect();
        vec![
            self.spec.name.clone().into(),
            self.spec.role.to_string().into(),
            json_value(&advertisers),
            self.spec.disabled.into(),
            instant_value(self.password_at),
            instant_value(self.invited_until),
        ]
    }

    fn meta(&self) -> Meta {
        Meta {
            id: self.id.get(),
            tenant: self.tenant,
            revision: self.revision,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    fn set_meta(&mut self, meta: Meta) {
        self.id = UserId::from_raw(meta.id);
        self.tenant = meta.tenant;
        self.revision = meta.revision;
        self.created_at = meta.created_at;
        self.updated_at = meta.updated_at;
    }

    #[expect(
        clippy::misnamed_getters,
        reason = "a user is found by the address of mail"
    )]
    fn name(&self) -> &str {
        &self.spec.email
    }

    fn spec_mut(&mut self) -> &mut UserSpec {
        &mut self.spec
    }

    fn problems(&self) -> Vec<Problem> {
        self.spec.problems()
    }

    fn snapshot(&self, _reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        Ok(serde_json::json!(api::User::from(self)))
    }

    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::User = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        let instant = |text: Option<String>| -> Result<Option<Timestamp>, SnapshotError> {
            text.as_deref().map(field).transpose()
        };
        let advertisers = wire.advertisers.iter().map(|id| field(id));
        Ok(Self {
            id: field(&wire.id)?,
            tenant,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            password_at: instant(wire.password_at)?,
            invited_until: instant(wire.invited_until)?,
            spec: UserSpec {
                email: wire.email,
                name: wire.name,
                role: field(&wire.role)?,
                advertisers: advertisers.collect::<Result<_, _>>()?,
                disabled: wire.disabled,
            },
        })
    }

    fn filter_column(filter: &Filter) -> Option<&'static str> {
        matches!(filter, Filter::Role(_)).then_some("role")
    }

    /// Who was deleted has no password any more, and no code; so neither comes back.
    fn check_undo(current: Option<&Self>, before: Option<&mut Self>) -> Result<(), StoreError> {
        let (current, Some(before)) = (current, before) else {
            return Ok(());
        };
        let password_at = current.and_then(|user| user.password_at);
        if current.is_some() && password_at != before.password_at {
            let message = "a password cannot be taken back; invite the user anew";
            return Err(StoreError::invalid("operation", message));
        }
        before.password_at = password_at;
        before.invited_until = current.and_then(|user| user.invited_until);
        Ok(())
    }
}
