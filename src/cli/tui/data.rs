//! What is known of the daemon, as it came last. Every text in here was cleaned on its way in.

use std::collections::{HashMap, VecDeque};

use jiff::tz::TimeZone;

use crate::api::{
    Advertiser, Campaign, Channel, Creative, Operation, ServerStatus, Stats, StatsTotals,
    StreamSession, Tenant, WhyReport,
};
use crate::client::human::View;
use crate::model::Timestamp;

/// Samples of the rate of requests that are kept: one a second of the poll, two minutes.
pub const RATES_MAX: usize = 60;
/// Without a word from the daemon for so long, what is shown is stale. Milliseconds.
pub const STALE_MILLIS: u64 = 10_000;

/// Something the daemon said.
#[derive(Debug, Clone)]
pub enum News {
    /// Every tenant there is.
    Tenants(Vec<Tenant>),
    /// The tenant that everything else is of.
    Tenant(Tenant),
    /// How the daemon is.
    Status(Box<ServerStatus>),
    /// Delivery since midnight, in all.
    Today(Box<Stats>),
    /// Delivery of seven days, by hour.
    Week(Box<Stats>),
    /// Delivery since midnight, by campaign.
    Busiest(Box<Stats>),
    /// Delivery of whole flights, by campaign.
    Flights(Box<Stats>),
    /// Every campaign.
    Campaigns(Vec<Campaign>),
    /// Every advertiser.
    Advertisers(Vec<Advertiser>),
    /// Every creative.
    Creatives(Vec<Creative>),
    /// Every channel.
    Channels(Vec<Channel>),
    /// Delivery since midnight, by channel.
    ByChannel(Box<Stats>),
    /// Who watches now.
    Sessions(Vec<StreamSession>),
    /// The latest changes.
    Audit(Vec<Operation>),
    /// All about one campaign.
    Detail(Box<Detail>),
    /// A round of questions was answered.
    Fresh,
    /// The daemon cannot be asked now.
    Lost {
        /// Why, in one sentence.
        why: String,
        /// When it is tried again.
        again: Timestamp,
    },
    /// The daemon answers, and one of the questions it does not like.
    Refused(String),
}

/// All about one campaign.
#[derive(Debug, Clone)]
pub struct Detail {
    /// Itself.
    pub campaign: Campaign,
    /// Its delivery of the last 24 hours, by hour.
    pub hours: Stats,
    /// Its delivery since it was made, by day.
    pub days: Stats,
    /// Its delivery by creative.
    pub spots: Stats,
    /// Its creatives.
    pub creatives: Vec<Creative>,
    /// Why it was served or not.
    pub why: Option<WhyReport>,
}

/// How the daemon can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Nothing was heard yet.
    Connecting,
    /// It answers.
    Live,
    /// It was lost and is tried again.
    Lost {
        /// Why, in one sentence.
        why: String,
        /// When it is tried again.
        again: Timestamp,
    },
}

/// What the header says about the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Nothing was heard yet.
    Connecting,
    /// What is shown is true now.
    Live,
    /// What is shown was true so many seconds ago.
    Stale(u64),
    /// The daemon is asked again in so many seconds.
    Reconnecting(u64),
}

/// What is known of the daemon.
#[derive(Debug, Clone)]
pub struct Data {
    /// The zone of instants that was asked for; that of the tenant unless given.
    pub asked_zone: Option<TimeZone>,
    /// How the daemon can be reached.
    pub link: Link,
    /// When the daemon last answered.
    pub heard: Option<Timestamp>,
    /// Every tenant.
    pub tenants: Vec<Tenant>,
    /// The tenant that is worked for.
    pub tenant: Option<Tenant>,
    /// How the daemon is.
    pub status: Option<ServerStatus>,
    /// Requests a second, oldest first.
    pub rates: VecDeque<u64>,
    /// Delivery since midnight.
    pub today: Option<Stats>,
    /// Delivery of seven days by hour.
    pub week: Option<Stats>,
    /// Delivery since midnight by campaign.
    pub busiest: Option<Stats>,
    /// Delivery since midnight by channel.
    pub by_channel: Option<Stats>,
    /// Figures of whole flights by campaign.
    pub flights: HashMap<String, StatsTotals>,
    /// Every campaign; none before they were heard of.
    pub campaigns: Option<Vec<Campaign>>,
    /// Names of advertisers by id.
    pub advertisers: HashMap<String, String>,
    /// Every creative.
    pub creatives: Option<Vec<Creative>>,
    /// Every channel.
    pub channels: Option<Vec<Channel>>,
    /// Who watches.
    pub sessions: Option<Vec<StreamSession>>,
    /// The latest changes.
    pub audit: Option<Vec<Operation>>,
    /// The campaign that is looked at.
    pub detail: Option<Detail>,
    requests: Option<(u64, Timestamp)>,
}

impl Data {
    /// Nothing is known yet.
    pub fn new(asked_zone: Option<TimeZone>) -> Self {
        Self {
            asked_zone,
            link: Link::Connecting,
            heard: None,
            tenants: Vec::new(),
            tenant: None,
            status: None,
            rates: VecDeque::new(),
            today: None,
            week: None,
            busiest: None,
            by_channel: None,
            flights: HashMap::new(),
            campaigns: None,
            advertisers: HashMap::new(),
            creatives: None,
            channels: None,
            sessions: None,
            audit: None,
            detail: None,
            requests: None,
        }
    }

    /// Takes in what the daemon said at `now`.
    pub fn learn(&mut self, news: News, now: Timestamp) {
        match news {
            News::Tenants(tenants) => self.tenants = tenants,
            News::Tenant(tenant) => self.tenant = Some(tenant),
            News::Status(status) => self.learn_status(*status, now),
            News::Today(stats) => self.today = Some(*stats),
            News::Week(stats) => self.week = Some(*stats),
            News::Busiest(stats) => self.busiest = Some(*stats),
            News::ByChannel(stats) => self.by_channel = Some(*stats),
            News::Flights(stats) => {
                let rows = stats.rows.into_iter();
                self.flights = rows.map(|row| (row.group, row.totals)).collect();
            }
            News::Campaigns(campaigns) => self.campaigns = Some(campaigns),
            News::Advertisers(all) => {
                self.advertisers = all.into_iter().map(|one| (one.id, one.name)).collect();
            }
            News::Creatives(creatives) => self.creatives = Some(creatives),
            News::Channels(channels) => self.channels = Some(channels),
            News::Sessions(sessions) => self.sessions = Some(sessions),
            News::Audit(operations) => self.audit = Some(operations),
            News::Detail(detail) => self.detail = Some(*detail),
            News::Fresh => {
                self.link = Link::Live;
                self.heard = Some(now);
            }
            News::Lost { why, again } => {
                self.link = Link::Lost { why, again };
                // A daemon that comes back counts from nothing.
                self.requests = None;
            }
            News::Refused(_why) => self.heard = Some(now),
        }
    }

    fn learn_status(&mut self, status: ServerStatus, now: Timestamp) {
        if let Some((before, at)) = self.requests {
            let millis = now.since(at).0.max(1);
            let rate = status.requests.saturating_sub(before).saturating_mul(1_000) / millis;
            self.rates.push_back(rate);
            while self.rates.len() > RATES_MAX {
                self.rates.pop_front();
            }
        }
        self.requests = Some((status.requests, now));
        self.status = Some(status);
    }

    /// Forgets what is of the tenant, and works for another.
    pub fn forget_tenant(&mut self) {
        let mut empty = Self::new(self.asked_zone.clone());
        empty.link = self.link.clone();
        empty.heard = self.heard;
        empty.tenants = std::mem::take(&mut self.tenants);
        empty.status = self.status.take();
        empty.rates = std::mem::take(&mut self.rates);
        empty.requests = self.requests;
        *self = empty;
    }

    /// How true what is shown is.
    pub fn freshness(&self, now: Timestamp) -> Freshness {
        let seconds = |from: Timestamp, to: Timestamp| to.since(from).0.div_ceil(1_000);
        match (&self.link, self.heard) {
            (Link::Lost { again, .. }, _) => Freshness::Reconnecting(seconds(now, *again)),
            (Link::Connecting, _) | (Link::Live, None) => Freshness::Connecting,
            (Link::Live, Some(heard)) if now.since(heard).0 > STALE_MILLIS => {
                Freshness::Stale(seconds(heard, now))
            }
            (Link::Live, Some(_)) => Freshness::Live,
        }
    }

    /// The zone of instants that are shown.
    pub fn zone(&self) -> TimeZone {
        if let Some(zone) = &self.asked_zone {
            return zone.clone();
        }
        let tenant = self.tenant.as_ref();
        let zone = tenant.and_then(|tenant| TimeZone::get(&tenant.timezone).ok());
        zone.unwrap_or(TimeZone::UTC)
    }

    /// How facts are shown at `now`.
    pub fn view(&self, now: Timestamp) -> View {
        View {
            now,
            zone: self.zone(),
        }
    }

    /// The currency of all money.
    pub fn currency(&self) -> &str {
        self.tenant
            .as_ref()
            .map_or("", |tenant| tenant.currency.as_str())
    }

    /// The name of a campaign.
    pub fn campaign(&self, id: &str) -> Option<&Campaign> {
        self.campaigns
            .iter()
            .flatten()
            .find(|campaign| campaign.id == id)
    }
}
