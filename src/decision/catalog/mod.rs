//! The compiled picture of everything sellable: immutable, replaced whole, never edited.
//!
//! It is made from plain facts by [`Catalog::compile`] and read by every request. It holds no
//! counters: what is spent is the business of the limits. All that changes in it while it is in
//! use is which offers rest, outside their flights: [`Catalog::tend`].

mod offer;
mod rivals;
mod voice;
mod worth;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::exclusion::ExclusionCounts;
use super::index::{Entry, Index, LiveBits};
use crate::model::name::fold_name;
use crate::model::{
    Advertiser, Campaign, CampaignId, CampaignStatus, Category, Channel, ChannelId, Creative,
    CreativeId, Millis, Order, Pod, PodId, Tenant, TenantId, Timestamp, Zone,
};
use offer::Context;
pub use offer::{Budget, Offer, OrderRef, Spot, SpotTerms, Terms};
pub use rivals::Rivalry;
pub(super) use voice::Voice;

/// How long before its start an offer is woken: nobody waits for the next look.
const WAKE_EARLY: Millis = Millis::from_seconds(60);

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
    /// Its kinds of pods.
    pods: HashMap<PodId, Pod>,
    /// By the folded name.
    pod_names: HashMap<String, PodId>,
    /// Servable campaigns by tier, then by value, then by id.
    offers: Vec<Offer>,
    /// Which offers a request is meant for, and in which order; by their place in `offers`.
    index: Index,
    /// Which offers rest: those outside their flight.
    live: LiveBits,
    /// The instant of the last [`Catalog::tend`], which says all about what rests; the least
    /// number where nothing does.
    tended: AtomicI64,
    /// The offers that have a share of voice, if any have one.
    voice: Option<Voice>,
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

/// What [`TenantCatalog::tended`] is stored as before the first time.
const UNTENDED: i64 = i64::MIN;

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

    /// Lets offers rest that no request can be given at `now`, and wakes those that are near: to
    /// be done every second. A decision at about that time is the same without it, only slower,
    /// but for those that rest and whose targeting does not match: they are told by their flight.
    /// A decision at any other time needs a catalog that nobody tends.
    pub fn tend(&self, now: Timestamp) {
        for tenant in self.tenants() {
            tenant.tend(now);
        }
    }

    /// Lets the same offers rest as after the last [`Catalog::tend`] at this instant; none for
    /// before the first.
    pub fn rest_as(&self, tended: Option<Timestamp>) {
        match tended {
            Some(at) => self.tend(at),
            None => self.tenants().for_each(TenantCatalog::wake_all),
        }
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
        let context = Context::of(facts.advertisers, facts.orders, facts.categories);
        let (spots, links) = sort_creatives(facts.creatives);
        let (mut offers, mut dormant) = sort_campaigns(facts.campaigns, spots, &context);
        offers.sort_by_key(|offer| (offer.tier, Reverse(offer.terms.value), offer.campaign));
        dormant.sort_by_key(|&(campaign, _why)| campaign);
        let campaigns = offers.iter().map(|offer: &Offer| offer.campaign);
        let mut places: Vec<_> = campaigns.zip(0..).collect();
        places.sort_unstable();
        let entries: Vec<_> = offers.iter().map(entry).collect();
        let index = Index::build(&entries);
        let named = |channel: &Channel| (fold_name(&channel.spec.name), channel.id);
        let channel_names = facts.channels.iter().map(named).collect();
        let channels = facts.channels.into_iter();
        let folded = |pod: &Pod| (fold_name(&pod.spec.name), pod.id);
        let pod_names = facts.pods.iter().map(folded).collect();
        let pods = facts.pods.into_iter();
        Self {
            id: facts.tenant.id,
            zone: facts.tenant.spec.zone,
            channels: channels.map(|channel| (channel.id, channel)).collect(),
            channel_names,
            pods: pods.map(|pod| (pod.id, pod)).collect(),
            pod_names,
            links,
            live: index.live_bits(),
            tended: AtomicI64::new(UNTENDED),
            index,
            voice: Voice::of(&offers),
            offers,
            places,
            dormant_counts: ExclusionCounts::of_dormant(&dormant),
            dormant,
        }
    }

    /// Lets the offers rest that are outside their flight, and wakes those whose flight is near.
    fn tend(&self, now: Timestamp) {
        for (offer, place) in self.offers.iter().zip(0..) {
            let awake = offer.start <= now.plus(WAKE_EARLY) && now < offer.end;
            match (awake, self.live.is_awake(&self.index, place)) {
                (true, false) => self.live.wake(&self.index, place),
                (false, true) => self.live.rest(&self.index, place),
                (true, true) | (false, false) => {}
            }
        }
        self.tended.store(now.millis(), Ordering::Relaxed);
    }

    fn wake_all(&self) {
        for (_offer, place) in self.offers.iter().zip(0..) {
            self.live.wake(&self.index, place);
        }
        self.tended.store(UNTENDED, Ordering::Relaxed);
    }

    /// When it was tended last; none before the first time.
    pub fn tended(&self) -> Option<Timestamp> {
        let at = self.tended.load(Ordering::Relaxed);
        (at != UNTENDED).then_some(Timestamp::from_millis(at))
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

    /// One kind of pod.
    pub fn pod(&self, id: PodId) -> Option<&Pod> {
        self.pods.get(&id)
    }

    /// The kind of pod of a name, which must be folded.
    pub fn pod_named(&self, folded: &str) -> Option<&Pod> {
        self.pod(*self.pod_names.get(folded)?)
    }

    /// Which offers a request is meant for.
    pub(super) const fn index(&self) -> &Index {
        &self.index
    }

    /// Which offers rest.
    pub(super) const fn live(&self) -> &LiveBits {
        &self.live
    }

    /// Whether an offer rests now.
    pub(super) fn rests(&self, campaign: CampaignId) -> bool {
        let found = self
            .places
            .binary_search_by_key(&campaign, |&(id, _place)| id);
        let place = found.ok().and_then(|found| self.places.get(found));
        let place = place.and_then(|&(_id, place)| u32::try_from(place).ok());
        place.is_some_and(|place| !self.live.is_awake(&self.index, place))
    }

    /// The offers that have a share of voice, if any have one.
    pub(super) const fn voice(&self) -> Option<&Voice> {
        self.voice.as_ref()
    }

    /// The servable campaigns by tier, then by value, then by id.
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

/// Spots by campaign, and where clicks on creatives of any status lead.
fn sort_creatives(
    creatives: Vec<Creative>,
) -> (HashMap<CampaignId, Vec<Spot>>, HashMap<CreativeId, String>) {
    let mut spots: HashMap<CampaignId, Vec<Spot>> = HashMap::new();
    let mut links = HashMap::new();
    for creative in creatives {
        if let Some(url) = &creative.spec.click_url {
            links.insert(creative.id, url.clone());
        }
        let campaign = creative.campaign;
        if let Some(spot) = Spot::compile(creative) {
            spots.entry(campaign).or_default().push(spot);
        }
    }
    (spots, links)
}

/// The campaigns that can be served, and those that cannot.
fn sort_campaigns(
    campaigns: Vec<Campaign>,
    mut spots: HashMap<CampaignId, Vec<Spot>>,
    context: &Context,
) -> (Vec<Offer>, Vec<(CampaignId, Dormant)>) {
    let mut offers = Vec::new();
    let mut dormant = Vec::new();
    for campaign in campaigns {
        let spots = spots.remove(&campaign.id).unwrap_or_default();
        if campaign.status != CampaignStatus::Active {
            dormant.push((campaign.id, Dormant::Inactive));
        } else if spots.is_empty() {
            dormant.push((campaign.id, Dormant::CreativeNotReady));
        } else {
            offers.push(Offer::compile(campaign, spots, context));
        }
    }
    (offers, dormant)
}

const fn entry(offer: &Offer) -> Entry<'_> {
    Entry {
        tier: offer.tier,
        value: offer.terms.value,
        weight: offer.weight,
        targeting: &offer.terms.targeting,
    }
}
