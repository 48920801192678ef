//! Keys: what programs call the admin API with, for one tenant and for some of it.

use super::access::Permissions;
use super::name::check_name;
use super::{KeyId, Problem, TenantId, Timestamp};

/// What is decided about a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeySpec {
    /// Unique in its tenant, whatever the case.
    pub name: String,
    /// What may be done with it.
    pub permissions: Permissions,
    /// From when on it is good for nothing; never unless given.
    pub expires_at: Option<Timestamp>,
    /// The beginning of its secret, by which it is recognised.
    pub prefix: String,
}

impl KeySpec {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        if self.permissions == Permissions::NONE {
            problems.push(Problem::new("scopes", "is required: what it is for"));
        }
        problems
    }
}

/// A key as stored, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its id.
    pub id: KeyId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What was decided about it.
    pub spec: KeySpec,
}
