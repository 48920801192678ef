//! Tenants: the media owners. Nothing crosses from one to another.

use super::name::check_name;
use super::{Currency, Problem, TenantId, Timestamp, Zone};

/// What an operator decides about a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantSpec {
    /// Unique among all tenants, whatever the case.
    pub name: String,
    /// The zone of its days: daily budgets and date ranges of reports.
    pub zone: Zone,
    /// The one currency of its budgets and prices.
    pub currency: Currency,
}

impl TenantSpec {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        problems
    }
}

/// A tenant as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What was decided about it.
    pub spec: TenantSpec,
}
