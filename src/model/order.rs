//! Orders: campaigns that share a budget and caps.

use super::campaign::GOAL_MAX;
use super::cap::{Cap, check_caps};
use super::money::MICROS_MAX;
use super::name::{check_name, check_text};
use super::{AdvertiserId, OrderId, Problem, TenantId, Timestamp};

/// What an operator decides about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSpec {
    /// Who pays. Its campaigns have the same advertiser.
    pub advertiser: AdvertiserId,
    /// Unique in its tenant, whatever the case.
    pub name: String,
    /// For people.
    pub description: String,
    /// Never to be passed by its campaigns together. Micros.
    pub total_budget_micros: Option<i64>,
    /// Never to be passed by them together in one day of the tenant's zone. Micros.
    pub daily_budget_micros: Option<i64>,
    /// Impressions never to be passed by them together.
    pub impression_goal: Option<u64>,
    /// Caps on all its campaigns together.
    pub caps: Vec<Cap>,
}

impl OrderSpec {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        check_text("description", &self.description, &mut problems);
        for (field, micros) in [
            ("total_budget_micros", self.total_budget_micros),
            ("daily_budget_micros", self.daily_budget_micros),
        ] {
            if micros.is_some_and(|micros| !(1..=MICROS_MAX).contains(&micros)) {
                let message = format!("must be 1 to {MICROS_MAX} micros");
                problems.push(Problem::new(field, message));
            }
        }
        let both = self.total_budget_micros.zip(self.daily_budget_micros);
        if both.is_some_and(|(total, daily)| daily > total && total > 0) {
            let message = "is more than total_budget_micros";
            problems.push(Problem::new("daily_budget_micros", message));
        }
        if self
            .impression_goal
            .is_some_and(|goal| goal == 0 || goal > GOAL_MAX)
        {
            let message = format!("must be 1 to {GOAL_MAX}");
            problems.push(Problem::new("impression_goal", message));
        }
        check_caps("caps", &self.caps, &mut problems);
        problems
    }
}

/// An order as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What was decided about it.
    pub spec: OrderSpec,
}
