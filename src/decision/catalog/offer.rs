//! Offers: campaigns that can be served, as the decision sees them.

use std::collections::HashMap;

use super::rivals::{Rivalry, Tree};
use super::worth;
use crate::decision::caps::pod_room;
use crate::model::{
    Advertiser, AdvertiserId, Campaign, CampaignId, Cap, Category, Creative, CreativeId,
    CreativeStatus, Media, Millis, Nanos, Order, OrderId, OrderSpec, Pacing, Position, PriceModel,
    Targeting, Tier, Timestamp,
};

/// An active campaign with at least one active creative.
#[derive(Debug)]
pub struct Offer {
    /// Its campaign.
    pub campaign: CampaignId,
    /// Its rank class.
    pub tier: Tier,
    /// Its share among equals of its tier.
    pub weight: u32,
    /// First instant it may be served.
    pub start: Timestamp,
    /// First instant it may no longer be served.
    pub end: Timestamp,
    /// What one billable event costs.
    pub charge: Nanos,
    /// What the price buys.
    pub price_model: PriceModel,
    /// What may be spent and shown.
    pub budget: Budget,
    /// What it shares with other campaigns.
    pub order: Option<OrderRef>,
    /// How it spreads its delivery.
    pub pacing: Pacing,
    /// The shortest of its spots.
    pub shortest: Millis,
    /// Its spot, where it has but one and nothing is decided about that beside what holds for the
    /// offer, so that it can be judged without being looked at; else none.
    pub sole: Option<CreativeId>,
    /// Its active spots by id; never empty.
    pub spots: Vec<Spot>,
    /// To whom, how often and in which company it is served.
    pub terms: Terms,
}

/// To whom, how often and in which company an offer is served.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Who pays.
    pub advertiser: AdvertiserId,
    /// What one impression is worth, in nanos: its rank inside its tier.
    pub value: i64,
    /// For whom and when.
    pub targeting: Targeting,
    /// How often for one viewer.
    pub caps: Vec<Cap>,
    /// How often for one viewer with all campaigns of its order together.
    pub order_caps: Vec<Cap>,
    /// How many ads of its order one pod may have; none where the caps of that do not say.
    pub order_per_pod: Option<u8>,
    /// Where in a pod.
    pub position: Position,
    /// How often in one pod at most.
    pub per_pod: u8,
    /// The percentage of requests in which it goes before all others of its tier.
    pub share_of_voice: Option<u8>,
    /// Whom it never meets in a pod, and from whom it keeps its distance.
    pub rivalry: Rivalry,
}

/// The order of a campaign, with the bounds that its campaigns share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderRef {
    /// Which order.
    pub id: OrderId,
    /// What its campaigns may spend and show together.
    pub budget: Budget,
}

/// The bounds of a campaign or of an order. Money in nano-units of the tenant's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Over the whole flight.
    pub total: Nanos,
    /// In one day of the tenant's zone.
    pub daily: Option<Nanos>,
    /// Impressions.
    pub impressions: Option<u64>,
}

/// An active creative, as a candidate.
#[derive(Debug)]
pub struct Spot {
    /// Its creative.
    pub creative: CreativeId,
    /// For people.
    pub name: String,
    /// Its share among the spots of its offer.
    pub weight: u32,
    /// Where a click leads.
    pub click_url: Option<String>,
    /// Its file.
    pub media: Media,
    /// What was decided about it beside what holds for its offer; none for most.
    pub terms: Option<SpotTerms>,
}

/// What a spot has of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotTerms {
    /// For whom and when.
    pub targeting: Targeting,
    /// How often for one viewer.
    pub caps: Vec<Cap>,
    /// First instant it may be served.
    pub start: Option<Timestamp>,
    /// First instant it may no longer be served.
    pub end: Option<Timestamp>,
}

/// What campaigns refer to, found by id.
#[derive(Debug)]
pub(super) struct Context {
    advertisers: HashMap<AdvertiserId, Vec<String>>,
    orders: HashMap<OrderId, Order>,
    tree: Tree,
}

impl Context {
    pub(super) fn of(
        advertisers: Vec<Advertiser>,
        orders: Vec<Order>,
        categories: Vec<Category>,
    ) -> Self {
        let codes = |advertiser: Advertiser| (advertiser.id, advertiser.spec.categories);
        Self {
            advertisers: advertisers.into_iter().map(codes).collect(),
            orders: orders.into_iter().map(|order| (order.id, order)).collect(),
            tree: Tree::of(categories),
        }
    }
}

impl Offer {
    pub(super) fn compile(campaign: Campaign, mut spots: Vec<Spot>, context: &Context) -> Self {
        let budget = Budget::of(&campaign);
        let terms = Terms::compile(&campaign, context);
        let spec = campaign.spec;
        spots.sort_by_key(|spot| spot.creative);
        let order = spec.order.and_then(|id| context.orders.get(&id));
        Self {
            campaign: campaign.id,
            tier: spec.tier,
            weight: spec.weight,
            start: spec.start,
            end: spec.end,
            charge: spec.price.charge(),
            price_model: spec.price.model,
            budget,
            order: order.map(|order| OrderRef {
                id: order.id,
                budget: Budget::of_order(&order.spec),
            }),
            pacing: spec.pacing,
            sole: match &spots[..] {
                [one] if one.terms.is_none() => Some(one.creative),
                _ => None,
            },
            shortest: spots
                .iter()
                .map(|spot| spot.media.duration)
                .min()
                .unwrap_or_default(),
            spots,
            terms,
        }
    }
}

impl Terms {
    fn compile(campaign: &Campaign, context: &Context) -> Self {
        let spec = &campaign.spec;
        let order = spec.order.and_then(|id| context.orders.get(&id));
        let of_advertiser = context.advertisers.get(&spec.advertiser);
        let codes = of_advertiser.into_iter().flatten().chain(&spec.categories);
        let order_per_pod = order.and_then(|order| of_pod(&order.spec.caps));
        let mut rivalry = context.tree.rivalry(codes);
        if let (Some(id), Some(1)) = (spec.order, order_per_pod) {
            // Ads of which a pod has one at most are rivals, whatever makes them so.
            rivalry.exclude(Rivalry::of_order(id));
        }
        Self {
            advertiser: spec.advertiser,
            value: worth::per_impression(spec),
            targeting: spec.targeting.clone(),
            caps: spec.caps.clone(),
            order_caps: order.map_or_else(Vec::new, |order| order.spec.caps.clone()),
            order_per_pod,
            position: spec.position,
            per_pod: per_pod(&spec.caps),
            share_of_voice: spec.share_of_voice,
            rivalry,
        }
    }
}

/// Of everybody, everywhere, at any time, and worth nothing.
impl Default for Terms {
    fn default() -> Self {
        Self {
            advertiser: AdvertiserId::new(0),
            value: 0,
            targeting: Targeting::default(),
            caps: Vec::new(),
            order_caps: Vec::new(),
            order_per_pod: None,
            position: Position::default(),
            per_pod: 1,
            share_of_voice: None,
            rivalry: Rivalry::default(),
        }
    }
}

/// How often a campaign may be in one pod: once, unless a cap by pod says otherwise.
fn per_pod(caps: &[Cap]) -> u8 {
    of_pod(caps).unwrap_or(1)
}

/// What caps say of one pod.
fn of_pod(caps: &[Cap]) -> Option<u8> {
    pod_room(caps).map(|max| u8::try_from(max).unwrap_or(u8::MAX))
}

impl Budget {
    /// The bounds of a campaign.
    pub fn of(campaign: &Campaign) -> Self {
        let spec = &campaign.spec;
        Self {
            total: Nanos::from_micros(spec.total_budget_micros),
            daily: spec.daily_budget_micros.map(Nanos::from_micros),
            impressions: spec.impression_goal,
        }
    }

    /// The bounds of an order; without a total it has the largest there is.
    pub fn of_order(spec: &OrderSpec) -> Self {
        Self {
            total: spec
                .total_budget_micros
                .map_or(Nanos(i64::MAX), Nanos::from_micros),
            daily: spec.daily_budget_micros.map(Nanos::from_micros),
            impressions: spec.impression_goal,
        }
    }
}

impl Spot {
    /// A spot, if its creative can be served.
    pub(super) fn compile(creative: Creative) -> Option<Self> {
        let media = creative
            .media
            .filter(|_file| creative.status == CreativeStatus::Active)?;
        let spec = creative.spec;
        let terms = SpotTerms {
            targeting: spec.targeting,
            caps: spec.caps,
            start: spec.start,
            end: spec.end,
        };
        let own = !terms.targeting.is_everyone()
            || !terms.caps.is_empty()
            || terms.start.is_some()
            || terms.end.is_some();
        Some(Self {
            creative: creative.id,
            name: spec.name,
            weight: spec.weight,
            click_url: spec.click_url,
            media,
            terms: own.then_some(terms),
        })
    }
}
