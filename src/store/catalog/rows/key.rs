//! Rows of `keys`, which hold no secret.

use rusqlite::types::Value;

use super::meta_fields;
use crate::api;
use crate::model::{Key, KeyId, KeySpec, Permissions, Problem, TenantId, Timestamp};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, field, instant_value, json_value,
    rule,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::reader::Reader;

/// What stored scopes allow. Only what was found right is stored, so a fault is damage.
fn permissions(scopes: &[String]) -> Result<Permissions, Vec<Problem>> {
    let read = Permissions::read(scopes.iter().map(String::as_str));
    read.map_err(|errors| {
        let told = errors
            .iter()
            .map(|error| Problem::new("scopes", error.to_string()));
        told.collect()
    })
}

impl Entity for Key {
    type Id = KeyId;
    type Spec = KeySpec;
    type New = KeySpec;

    const KIND: Kind = Kind::Key;
    const COLUMNS: &'static [&'static str] = &["scopes", "expires_at", "prefix"];

    fn build(meta: Meta, spec: KeySpec) -> Self {
        Self {
            id: KeyId::new(meta.id),
            tenant: meta.tenant,
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            spec,
        }
    }

    fn read(meta: Meta, name: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let spec = KeySpec {
            name,
            permissions: columns.rule(|scopes: &Vec<String>| permissions(scopes))?,
            expires_at: columns.instant_if_any()?,
            prefix: columns.take()?,
        };
        Ok(Self::build(meta, spec))
    }

    fn values(&self) -> Vec<Value> {
        vec![
            json_value(&self.spec.permissions.scopes()),
            instant_value(self.spec.expires_at),
            self.spec.prefix.clone().into(),
        ]
    }

    meta_fields!();

    fn snapshot(&self, _reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        Ok(serde_json::json!(api::Key::from(self)))
    }

    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::Key = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        let expires_at = wire.expires_at.as_deref().map(field).transpose()?;
        Ok(Self {
            id: field(&wire.id)?,
            tenant,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            spec: KeySpec {
                name: wire.name,
                permissions: rule(permissions(&wire.scopes))?,
                expires_at,
                prefix: wire.prefix,
            },
        })
    }

    fn check_new(&self, now: Timestamp) -> Result<(), StoreError> {
        match self.spec.expires_at {
            Some(at) if at <= now => {
                Err(StoreError::invalid("expires_at", format!("{at} is past")))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// A secret that is gone cannot come back, so neither can its key.
    fn check_undo(_current: Option<&Self>, before: Option<&mut Self>) -> Result<(), StoreError> {
        match before {
            None => Ok(()),
            Some(_) => Err(StoreError::invalid(
                "operation",
                "what was done to a key cannot be taken back; make a new one",
            )),
        }
    }
}
