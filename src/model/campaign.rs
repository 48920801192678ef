//! Campaigns: one buy each, with its dates, budget, price, tier and weight.

use super::cap::{Cap, check_caps};
use super::category::check_codes;
use super::money::MICROS_MAX;
use super::name::{check_name, check_text};
use super::word::words;
use super::{
    AdvertiserId, CampaignId, EventKind, Nanos, OrderId, Pacing, Position, Problem, Targeting,
    TenantId, Timestamp,
};

/// Largest weight of a campaign or a creative.
pub const WEIGHT_MAX: u32 = 1_000_000;
/// Largest impression goal, a little over a billion.
pub const GOAL_MAX: u64 = 1 << 40;
/// Largest share of voice: everything. Percent.
pub const SHARE_MAX: u8 = 100;

/// Rank class. A lower tier is served only when no higher one can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// First: share-of-voice and fixed positions.
    Sponsorship,
    /// Guaranteed delivery.
    Standard,
    /// Delivery without guarantee.
    Bulk,
    /// Own promotion, when nobody pays.
    House,
}
words!(Tier { Sponsorship = "sponsorship", Standard = "standard", Bulk = "bulk", House = "house" });

/// What one unit of the price buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum PriceModel {
    /// A thousand impressions.
    Cpm,
    /// A click.
    Cpc,
    /// A completed view.
    Cpv,
    /// The whole campaign, due with its first impression.
    Flat,
}
words!(PriceModel { Cpm = "cpm", Cpc = "cpc", Cpv = "cpv", Flat = "flat" });

/// A price in the currency of the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Price {
    /// What is bought.
    pub model: PriceModel,
    /// Micros for a thousand impressions, a click, a completed view, or the whole.
    pub micros: i64,
}

impl Price {
    /// What one billable event costs; for [`PriceModel::Flat`] nothing, the fee is due once.
    pub const fn charge(self) -> Nanos {
        match self.model {
            // A thousandth of a micro-priced mille is a nano an impression.
            PriceModel::Cpm => Nanos(self.micros),
            PriceModel::Cpc | PriceModel::Cpv => Nanos::from_micros(self.micros),
            PriceModel::Flat => Nanos::ZERO,
        }
    }

    /// The event that is billed.
    pub const fn billable(self) -> EventKind {
        self.model.billable()
    }
}

impl PriceModel {
    /// The event that is billed.
    pub const fn billable(self) -> EventKind {
        match self {
            Self::Cpm | Self::Flat => EventKind::Impression,
            Self::Cpc => EventKind::Click,
            Self::Cpv => EventKind::Complete,
        }
    }
}

/// Where a campaign is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CampaignStatus {
    /// Being prepared; never served.
    Draft,
    /// Served within its dates and budget.
    Active,
    /// Held by an operator.
    Paused,
    /// Over: ended, spent, or closed by an operator.
    Completed,
}
words!(CampaignStatus {
    Draft = "draft",
    Active = "active",
    Paused = "paused",
    Completed = "completed",
});

impl CampaignStatus {
    /// The statuses that may follow this one. A completed campaign may be made active again
    /// after its end or budget was moved out.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft | Self::Completed => &[Self::Active],
            Self::Active => &[Self::Paused, Self::Completed],
            Self::Paused => &[Self::Active, Self::Completed],
        }
    }
}

/// What an operator decides about a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignSpec {
    /// Who pays.
    pub advertiser: AdvertiserId,
    /// Unique in its tenant, whatever the case.
    pub name: String,
    /// For people.
    pub description: String,
    /// Never to be passed, over the whole flight. Micros.
    pub total_budget_micros: i64,
    /// Never to be passed in one day of the tenant's zone. Micros.
    pub daily_budget_micros: Option<i64>,
    /// Impressions never to be passed.
    pub impression_goal: Option<u64>,
    /// First instant it may be served.
    pub start: Timestamp,
    /// First instant it may no longer be served.
    pub end: Timestamp,
    /// What it pays.
    pub price: Price,
    /// Its rank class.
    pub tier: Tier,
    /// Its share among campaigns of its tier.
    pub weight: u32,
    /// The order whose budget and caps it shares; of the same advertiser.
    pub order: Option<OrderId>,
    /// For whom and when it may be served.
    pub targeting: Targeting,
    /// How often one viewer may be shown it.
    pub caps: Vec<Cap>,
    /// How it spreads what it may deliver.
    pub pacing: Pacing,
    /// Codes of the categories it competes in, beside those of its advertiser.
    pub categories: Vec<String>,
    /// Where in a pod it wants to be.
    pub position: Position,
    /// The share of the requests it may be served for that it is drawn for before all others of
    /// its tier. Percent, 1 to [`SHARE_MAX`]. Where the shares of a tier add up to more than
    /// everything, all of them are scaled down alike.
    pub share_of_voice: Option<u8>,
}

impl CampaignSpec {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        check_text("description", &self.description, &mut problems);
        check_micros(
            "total_budget_micros",
            self.total_budget_micros,
            &mut problems,
        );
        if let Some(daily) = self.daily_budget_micros {
            check_micros("daily_budget_micros", daily, &mut problems);
            if daily > self.total_budget_micros && self.total_budget_micros > 0 {
                let message = "is more than total_budget_micros";
                problems.push(Problem::new("daily_budget_micros", message));
            }
        }
        if self
            .impression_goal
            .is_some_and(|goal| goal == 0 || goal > GOAL_MAX)
        {
            let message = format!("must be 1 to {GOAL_MAX}");
            problems.push(Problem::new("impression_goal", message));
        }
        if self.end <= self.start {
            let message = format!("{} is not after start {}", self.end, self.start);
            problems.push(Problem::new("end", message));
        }
        check_micros("price_micros", self.price.micros, &mut problems);
        if self.price.model == PriceModel::Flat
            && self.price.micros > self.total_budget_micros
            && self.total_budget_micros > 0
        {
            problems.push(Problem::new(
                "price_micros",
                "is more than total_budget_micros",
            ));
        }
        check_weight(self.weight, &mut problems);
        problems.extend(self.targeting.problems());
        check_caps("caps", &self.caps, &mut problems);
        self.pacing.check("pacing.knots", &mut problems);
        check_codes("categories", &self.categories, &mut problems);
        if self
            .share_of_voice
            .is_some_and(|share| !(1..=SHARE_MAX).contains(&share))
        {
            let message = format!("must be 1 to {SHARE_MAX} percent");
            problems.push(Problem::new("share_of_voice", message));
        }
        problems
    }
}

fn check_micros(field: &str, micros: i64, problems: &mut Vec<Problem>) {
    if !(1..=MICROS_MAX).contains(&micros) {
        problems.push(Problem::new(
            field,
            format!("must be 1 to {MICROS_MAX} micros"),
        ));
    }
}

/// Adds a problem unless the weight is 1 to [`WEIGHT_MAX`].
pub fn check_weight(weight: u32, problems: &mut Vec<Problem>) {
    if !(1..=WEIGHT_MAX).contains(&weight) {
        problems.push(Problem::new("weight", format!("must be 1 to {WEIGHT_MAX}")));
    }
}

/// A campaign as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Where it is in its life.
    pub status: CampaignStatus,
    /// What was decided about it.
    pub spec: CampaignSpec,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CapFallback, CapScope};

    fn good() -> CampaignSpec {
        CampaignSpec {
            advertiser: AdvertiserId::new(1),
            name: "spring".to_owned(),
            description: String::new(),
            total_budget_micros: 1_000_000,
            daily_budget_micros: Some(500_000),
            impression_goal: None,
            start: Timestamp::from_millis(0),
            end: Timestamp::from_millis(1),
            price: Price {
                model: PriceModel::Cpm,
                micros: 24_000_000,
            },
            tier: Tier::Standard,
            weight: 1,
            order: None,
            targeting: Targeting::default(),
            caps: Vec::new(),
            pacing: Pacing::Asap,
            categories: Vec::new(),
            position: Position::Any,
            share_of_voice: None,
        }
    }

    #[test]
    fn a_good_campaign_has_no_problems() {
        assert_eq!(good().problems(), []);
    }

    #[test]
    fn every_problem_is_reported_at_once() {
        let bad = CampaignSpec {
            name: String::new(),
            total_budget_micros: 0,
            daily_budget_micros: Some(-1),
            impression_goal: Some(0),
            end: Timestamp::from_millis(0),
            price: Price {
                model: PriceModel::Cpm,
                micros: 0,
            },
            weight: 0,
            caps: vec![Cap {
                scope: CapScope::User,
                windows: Vec::new(),
                fallback: CapFallback::Next,
            }],
            pacing: Pacing::Custom(Vec::new()),
            categories: vec!["a b".to_owned()],
            share_of_voice: Some(101),
            ..good()
        };
        let fields: Vec<String> = bad.problems().into_iter().map(|p| p.field).collect();
        let expected = [
            "name",
            "total_budget_micros",
            "daily_budget_micros",
            "impression_goal",
            "end",
            "price_micros",
            "weight",
            "caps[0]",
            "pacing.knots",
            "categories[0]",
            "share_of_voice",
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn a_cpm_micro_is_a_nano_an_impression() {
        let price = |model, micros| Price { model, micros }.charge();
        assert_eq!(price(PriceModel::Cpm, 24_000_000), Nanos(24_000_000));
        assert_eq!(price(PriceModel::Cpc, 2), Nanos(2_000));
    }

    #[test]
    fn words_read_back() {
        for tier in Tier::ALL {
            assert_eq!(tier.as_str().parse(), Ok(*tier));
        }
        assert!("Standard".parse::<Tier>().is_err());
    }
}
