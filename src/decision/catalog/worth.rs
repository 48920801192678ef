//! What an impression of a campaign is worth, so that campaigns of different price models can be
//! put in order.
//!
//! Only the order depends on it, never what is charged.

use crate::model::{CampaignSpec, Nanos, PriceModel};

/// Ads out of a thousand that are played to the end. On television screens nearly all are.
const COMPLETIONS_PERMILLE: i64 = 900;
/// Clicks out of a million impressions. Television screens are hardly ever clicked.
const CLICKS_PER_MILLION: i64 = 500;
/// Impressions that a flat fee is spread over where the campaign has no goal.
const FLAT_IMPRESSIONS: i64 = 1_000_000;

/// The value of one impression in nanos.
pub(super) fn per_impression(spec: &CampaignSpec) -> i64 {
    let charge = spec.price.charge().0;
    match spec.price.model {
        PriceModel::Cpm => charge,
        PriceModel::Cpv => scaled(charge, COMPLETIONS_PERMILLE, 1_000),
        PriceModel::Cpc => scaled(charge, CLICKS_PER_MILLION, 1_000_000),
        PriceModel::Flat => {
            let fee = Nanos::from_micros(spec.price.micros).0;
            let goal = spec
                .impression_goal
                .and_then(|goal| i64::try_from(goal).ok());
            fee / goal.unwrap_or(FLAT_IMPRESSIONS).max(1)
        }
    }
}

/// `value · share / whole`, rounded down.
fn scaled(value: i64, share: i64, whole: i64) -> i64 {
    let scaled = i128::from(value) * i128::from(share) / i128::from(whole);
    i64::try_from(scaled).unwrap_or(i64::MAX)
}
