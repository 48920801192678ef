//! The compiled picture of everything sellable: immutable, replaced whole, never edited.
//!
//! It is made from plain facts by [`Catalog::compile`] and read by every request. It holds no
//! counters: what is spent is the business of the limits.

use std::collections::HashMap;
use std::sync::Arc;

use super::exclusion::ExclusionCounts;
use crate::model::name::fold_name;
use crate::model::{
    Advertiser, Campaign, CampaignId, CampaignStatus, Category, Channel, ChannelId, Creative,
    CreativeId, CreativeStatus, Media, Millis, Nanos, Order, OrderId, OrderSpec, Pacing, Pod,
    PriceModel, Tenant, TenantId, Tier, Timestamp, Zone,
};

/// The facts of one tenant, as the store keeps them.
#[derive(Debug, Clone)]
pub struct TenantFacts {
    /// The tenant.
    pub tenant: Tenant,
    /// Its channels.
    pub channels: Vec<Channel>,
    /// Who pays.
    pub advertisers: Vec<Advertiser>,
    /// What its campaigns share.
    pub orders: Vec<Order>,
    /// Its competitive categories.
    pub categories: Vec<Category>,
    /// Its kinds of pods.
    pub pods: Vec<Pod>,
    /// Its campaigns, of any status.
    pub campaigns: Vec<Campaign>,
    /// Their creatives, of any status.
    pub creatives: Vec<Creative>,
}

/// Everything sellable, of every tenant.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    revision: u64,
    tenants: HashMap<TenantId, Arc<TenantCatalog>>,
}

/// Everything sellable of one tenant.
#[derive(Debug)]
pub struct TenantCatalog {
    /// Whose it is.
    pub id: TenantId,
    /// The zone of its days.
    pub zone: Zone,
    channels: HashMap<ChannelId, Channel>,
    /// By the folded name.
    channel_names: HashMap<String, ChannelId>,
    /// Where clicks lead, of creatives of any status.
    links: HashMap<CreativeId, String>,
    /// Servable campaigns by tier, then by id.
    offers: Vec<Offer>,
    /// Where the offer of a campaign stands, by campaign id.
    places: Vec<(CampaignId, usize)>,
    /// Campaigns that no request can be given, and why.
    dormant: Vec<(CampaignId, Dormant)>,
    /// How many of them for each reason.
    dormant_counts: ExclusionCounts,
}

/// Why a campaign is not among the offers at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dormant {
    /// Draft, paused or completed.
    Inactive,
    /// Active without an active creative.
    CreativeNotReady,
}

/// A servable campaign.
#[derive(Debug)]
pub struct Offer {
    /// Which campaign.
    pub campaign: CampaignId,
    /// Its rank class.
    pub tier: Tier,
    /// Its share in the tier.
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
    /// How it spreads what it may deliver.
    pub pacing: Pacing,
    /// The shortest of its spots: a quick no for slots that are too short.
    pub shortest: Millis,
    /// Its active spots by id; never empty.
    pub spots: Vec<Spot>,
}

/// The order of a campaign, with the bounds that its campaigns share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderRef {
    /// Which order.
    pub id: OrderId,
    /// What its campaigns may spend and show together.
    pub budget: Budget,
}

/// The bounds of a campaign. Money in nano-units of the tenant's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Over the flight.
    pub total: Nanos,
    /// In one day of the tenant's zone.
    pub daily: Option<Nanos>,
    /// Impressions over the flight.
    pub impressions: Option<u64>,
}

/// An active creative.
#[derive(Debug)]
pub struct Spot {
    /// Which creative.
    pub creative: CreativeId,
    /// Its name, for the title of the answer.
    pub name: String,
    /// Its share in the campaign.
    pub weight: u32,
    /// Where a click leads.
    pub click_url: Option<String>,
    /// What its file is.
    pub media: Media,
}

impl Catalog {
    /// Compiles the facts of all tenants.
    pub fn compile(revision: u64, facts: Vec<TenantFacts>) -> Self {
        let tenants = facts.into_iter().map(TenantCatalog::compile);
        Self {
            revision,
            tenants: tenants
                .map(|tenant| (tenant.id, Arc::new(tenant)))
                .collect(),
        }
    }

    /// This catalog with one tenant compiled anew, or left out when `facts` is none.
    /// The other tenants are shared, not copied.
    #[must_use]
    pub fn with_tenant(&self, revision: u64, id: TenantId, facts: Option<TenantFacts>) -> Self {
        let mut tenants = self.tenants.clone();
        match facts {
            Some(facts) => tenants.insert(id, Arc::new(TenantCatalog::compile(facts))),
            None => tenants.remove(&id),
        };
        Self { revision, tenants }
    }

    /// Counts the catalogs of this data directory; later ones are larger.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// One tenant.
    pub fn tenant(&self, id: TenantId) -> Option<&TenantCatalog> {
        self.tenants.get(&id).map(AsRef::as_ref)
    }

    /// All tenants, in no order.
    pub fn tenants(&self) -> impl Iterator<Item = &TenantCatalog> {
        self.tenants.values().map(AsRef::as_ref)
    }

    /// The tenant of a channel that a player names.
    pub fn tenant_of_channel(&self, channel: ChannelId) -> Option<&TenantCatalog> {
        self.tenants()
            .find(|tenant| tenant.channel(channel).is_some())
    }

    /// The tenant of a campaign that a player names.
    pub fn tenant_of_campaign(&self, campaign: CampaignId) -> Option<&TenantCatalog> {
        self.tenants().find(|tenant| tenant.has_campaign(campaign))
    }
}

impl TenantCatalog {
    fn compile(facts: TenantFacts) -> Self {
        let mut spots: HashMap<CampaignId, Vec<Spot>> = HashMap::new();
        let mut links = HashMap::new();
        for creative in facts.creatives {
            if let Some(url) = &creative.spec.click_url {
                links.insert(creative.id, url.clone());
            }
            let campaign = creative.campaign;
            if let Some(spot) = Spot::compile(creative) {
                spots.entry(campaign).or_default().push(spot);
            }
        }
        let mut offers = Vec::new();
        let mut dormant = Vec::new();
        for campaign in facts.campaigns {
            let spots = spots.remove(&campaign.id).unwrap_or_default();
            if campaign.status != CampaignStatus::Active {
                dormant.push((campaign.id, Dormant::Inactive));
            } else if spots.is_empty() {
                dormant.push((campaign.id, Dormant::CreativeNotReady));
            } else {
                offers.push(Offer::compile(&campaign, None, spots));
            }
        }
        offers.sort_by_key(|offer| (offer.tier, offer.campaign));
        dormant.sort_by_key(|&(campaign, _why)| campaign);
        let mut places: Vec<_> = offers
            .iter()
            .map(|offer: &Offer| offer.campaign)
            .zip(0..)
            .collect();
        places.sort_unstable();
        let named = |channel: &Channel| (fold_name(&channel.spec.name), channel.id);
        let channel_names = facts.channels.iter().map(named).collect();
        let channels = facts
            .channels
            .into_iter()
            .map(|channel| (channel.id, channel))
            .collect();
        let (id, zone) = (facts.tenant.id, facts.tenant.spec.zone);
        Self {
            id,
            zone,
            channels,
            channel_names,
            links,
            offers,
            places,
            dormant_counts: ExclusionCounts::of_dormant(&dormant),
            dormant,
        }
    }

    /// One channel.
    pub fn channel(&self, id: ChannelId) -> Option<&Channel> {
        self.channels.get(&id)
    }

    /// The channel of a name, which must be folded.
    pub fn channel_named(&self, folded: &str) -> Option<&Channel> {
        self.channel(*self.channel_names.get(folded)?)
    }

    /// All channels, in no order.
    pub fn channels(&self) -> impl Iterator<Item = &Channel> {
        self.channels.values()
    }

    /// The servable campaigns by tier, then by id.
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// The campaigns that no request can be given, by id.
    pub fn dormant(&self) -> &[(CampaignId, Dormant)] {
        &self.dormant
    }

    /// How many campaigns no request can be given, by reason.
    pub fn dormant_counts(&self) -> ExclusionCounts {
        self.dormant_counts
    }

    /// The offer of one campaign, alone in a slice; empty when it is dormant or unknown.
    pub fn offer(&self, campaign: CampaignId) -> &[Offer] {
        let found = self
            .places
            .binary_search_by_key(&campaign, |&(id, _place)| id)
            .ok();
        let place = found.and_then(|found| self.places.get(found));
        place
            .and_then(|&(_id, place)| self.offers.get(place..=place))
            .unwrap_or_default()
    }

    /// One dormant campaign, alone in a slice; empty when it is on offer or unknown.
    pub fn dormant_as(&self, campaign: CampaignId) -> &[(CampaignId, Dormant)] {
        let found = self
            .dormant
            .binary_search_by_key(&campaign, |&(id, _why)| id)
            .ok();
        found
            .and_then(|place| self.dormant.get(place..=place))
            .unwrap_or_default()
    }

    /// Where a click on a creative leads, also when it is no longer on offer: a viewer may click
    /// on what was served before.
    pub fn click_url(&self, creative: CreativeId) -> Option<&str> {
        self.links.get(&creative).map(String::as_str)
    }

    fn has_campaign(&self, campaign: CampaignId) -> bool {
        !self.offer(campaign).is_empty() || !self.dormant_as(campaign).is_empty()
    }
}

impl Offer {
    fn compile(campaign: &Campaign, order: Option<OrderRef>, mut spots: Vec<Spot>) -> Self {
        let spec = &campaign.spec;
        spots.sort_by_key(|spot| spot.creative);
        Self {
            campaign: campaign.id,
            tier: spec.tier,
            weight: spec.weight,
            start: spec.start,
            end: spec.end,
            charge: spec.price.charge(),
            price_model: spec.price.model,
            budget: Budget::of(campaign),
            order,
            pacing: Pacing::Asap,
            shortest: spots
                .iter()
                .map(|spot| spot.media.duration)
                .min()
                .unwrap_or_default(),
            spots,
        }
    }
}

impl OrderRef {
    /// The order as its campaigns refer to it.
    pub fn of(order: &Order) -> Self {
        Self {
            id: order.id,
            budget: Budget::of_order(&order.spec),
        }
    }
}

impl Budget {
    /// The bounds that an order states. Without a total of its own it has the most money that
    /// numbers hold.
    pub fn of_order(spec: &OrderSpec) -> Self {
        Self {
            total: spec
                .total_budget_micros
                .map_or(Nanos(i64::MAX), Nanos::from_micros),
            daily: spec.daily_budget_micros.map(Nanos::from_micros),
            impressions: spec.impression_goal,
        }
    }

    /// The bounds that a campaign states. A flat fee is due once, so it spends nothing an ad and
    /// only dates and goal bound such a campaign.
    pub fn of(campaign: &Campaign) -> Self {
        let spec = &campaign.spec;
        Self {
            total: Nanos::from_micros(spec.total_budget_micros),
            daily: spec.daily_budget_micros.map(Nanos::from_micros),
            impressions: spec.impression_goal,
        }
    }
}

impl Spot {
    fn compile(creative: Creative) -> Option<Self> {
        let media = creative
            .media
            .filter(|_file| creative.status == CreativeStatus::Active)?;
        Some(Self {
            creative: creative.id,
            name: creative.spec.name,
            weight: creative.spec.weight,
            click_url: creative.spec.click_url,
            media,
        })
    }
}
