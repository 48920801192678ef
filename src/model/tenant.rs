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
    /// Ad requests and sessions a second that are answered; as many as come unless given.
    pub quota_rps: Option<u32>,
}

impl TenantSpec {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        if self.quota_rps == Some(0) {
            let message = "must be at least 1; without one, everything is answered";
            problems.push(Problem::new("quota_rps", message));
        }
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
