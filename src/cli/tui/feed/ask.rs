//! The questions of one round: what every screen needs, and what this one needs beside it.

use serde::de::DeserializeOwned;
use tokio::sync::mpsc;

use super::clean::fetch;
use super::{Failure, Wanted};
use crate::api::{self, Campaign, Stats, StatsBy, Tenant};
use crate::cli::tui::data::{Detail, News};
use crate::cli::tui::facts::midnight;
use crate::cli::tui::state::Screen;
use crate::client::{Call, Client, ClientError, Collection};
use crate::host::Clock;
use crate::model::{Millis, Timestamp};

/// What changes slowly is asked for in one of so many rounds.
const SLOW_ROUNDS: u64 = 8;
/// Most rows of a list that are asked for.
const ROWS_MAX: usize = 10_000;
/// Latest changes that are asked for.
const CHANGES: u32 = 200;
/// The days of the chart.
const WEEK: Millis = Millis(7 * 86_400_000);
/// The hours of a campaign's chart.
const DAY: Millis = Millis(86_400_000);

/// How much is asked for in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// Also what changes slowly.
    Everything,
    /// What changes all the time.
    Quick,
}

/// One round of questions.
pub(super) struct Asking<'a> {
    /// The way to the daemon.
    pub(super) client: Client,
    /// The present.
    pub(super) now: Timestamp,
    /// Where the news go.
    pub(super) news: &'a mpsc::Sender<(News, Timestamp)>,
    /// The clocks.
    pub(super) clock: &'a Clock,
}

impl Asking<'_> {
    /// Asks for everything, and says what went wrong in words for the screen.
    pub(super) async fn all(self, wanted: &Wanted, round: u64) -> Result<(), Failure> {
        if self.news.is_closed() {
            return Err(Failure::Unheard);
        }
        Ok(self.raw(wanted, round).await?)
    }

    /// Asks for everything.
    pub(super) async fn raw(mut self, wanted: &Wanted, round: u64) -> Result<(), ClientError> {
        let pace = if round.is_multiple_of(SLOW_ROUNDS) {
            Pace::Everything
        } else {
            Pace::Quick
        };
        let tenant = self.tenant(wanted).await?;
        let Some(tenant) = tenant else {
            self.tell(News::Fresh).await;
            return Ok(());
        };
        self.client = self.client.for_tenant(&tenant.id);
        let midnight = midnight(&tenant.timezone, self.now);
        let status = fetch(&self.client, Call::get("/api/v1/status")).await?;
        self.tell(News::Status(Box::new(status))).await;
        let today = self.stats(StatsBy::Total, Some(midnight)).await?;
        self.tell(News::Today(Box::new(today))).await;
        if let Some(campaign) = &wanted.campaign {
            self.detail(campaign).await?;
        } else {
            self.screen(wanted.screen, midnight, pace).await?;
        }
        self.tell(News::Fresh).await;
        Ok(())
    }

    /// The tenant that is worked for; none where there is no tenant at all.
    async fn tenant(&self, wanted: &Wanted) -> Result<Option<Tenant>, ClientError> {
        let tenants: Vec<Tenant> = self.list(Collection::Tenants.path()).await?;
        let found = match &wanted.tenant {
            None => tenants.first(),
            Some(name) => tenants
                .iter()
                .find(|tenant| tenant.name == *name || tenant.id == *name),
        };
        let tenant = match (found, &wanted.tenant) {
            (Some(tenant), _) => Some(tenant.clone()),
            (None, None) => None,
            // The daemon says best what is wrong with the name.
            (None, Some(name)) => {
                Some(fetch(&self.client, Call::get(Collection::Tenants.entry(name))).await?)
            }
        };
        self.tell(News::Tenants(tenants)).await;
        if let Some(tenant) = &tenant {
            self.tell(News::Tenant(tenant.clone())).await;
        }
        Ok(tenant)
    }

    async fn screen(
        &self,
        screen: Screen,
        midnight: Timestamp,
        pace: Pace,
    ) -> Result<(), ClientError> {
        match screen {
            Screen::Home => {
                self.campaigns().await?;
                let busiest = self.stats(StatsBy::Campaign, Some(midnight)).await?;
                self.tell(News::Busiest(Box::new(busiest))).await;
                if pace == Pace::Everything {
                    let week = self
                        .stats(StatsBy::Hour, Some(self.now.minus(WEEK)))
                        .await?;
                    self.tell(News::Week(Box::new(week))).await;
                    self.creatives().await?;
                }
            }
            Screen::Campaigns => {
                if pace == Pace::Everything {
                    let advertisers = self.list(Collection::Advertisers.path()).await?;
                    self.tell(News::Advertisers(advertisers)).await;
                }
                self.campaigns().await?;
            }
            Screen::Creatives => {
                if pace == Pace::Everything {
                    self.campaigns().await?;
                }
                self.creatives().await?;
            }
            Screen::Sessions => {
                if pace == Pace::Everything {
                    self.channels().await?;
                }
                let sessions = self.list("/api/v1/sessions").await?;
                self.tell(News::Sessions(sessions)).await;
            }
            Screen::Channels => {
                self.channels().await?;
                let by_channel = self.stats(StatsBy::Channel, Some(midnight)).await?;
                self.tell(News::ByChannel(Box::new(by_channel))).await;
            }
            Screen::Audit => {
                let call = Call::get("/api/v1/operations").with("limit", Some(CHANGES));
                let changes: api::Page<api::Operation> = fetch(&self.client, call).await?;
                self.tell(News::Audit(changes.items)).await;
            }
            Screen::Health => {}
        }
        Ok(())
    }

    async fn campaigns(&self) -> Result<(), ClientError> {
        let flights = self.stats(StatsBy::Campaign, None).await?;
        self.tell(News::Flights(Box::new(flights))).await;
        let campaigns = self.list(Collection::Campaigns.path()).await?;
        self.tell(News::Campaigns(campaigns)).await;
        Ok(())
    }

    async fn creatives(&self) -> Result<(), ClientError> {
        let creatives = self.list(Collection::Creatives.path()).await?;
        self.tell(News::Creatives(creatives)).await;
        Ok(())
    }

    async fn channels(&self) -> Result<(), ClientError> {
        let channels = self.list(Collection::Channels.path()).await?;
        self.tell(News::Channels(channels)).await;
        Ok(())
    }

    async fn detail(&self, id: &str) -> Result<(), ClientError> {
        let path = Collection::Campaigns.entry(id);
        let campaign: Campaign = fetch(&self.client, Call::get(&path)).await?;
        let stats = |by: StatsBy| Call::get(format!("{path}/stats")).with("by", Some(by));
        let hours = stats(StatsBy::Hour).with("since", Some(self.now.minus(DAY)));
        let hours = fetch(&self.client, hours).await?;
        let days = fetch(&self.client, stats(StatsBy::Day)).await?;
        let spots = fetch(&self.client, stats(StatsBy::Creative)).await?;
        let creatives = self.list(&format!("{path}/creatives")).await?;
        // Without traces there is nothing to count, and the rest is worth showing all the same.
        let why = fetch(&self.client, Call::get(format!("{path}/why")))
            .await
            .ok();
        let advertisers = self.list(Collection::Advertisers.path()).await?;
        self.tell(News::Advertisers(advertisers)).await;
        let detail = Detail {
            campaign,
            hours,
            days,
            spots,
            creatives,
            why,
        };
        self.tell(News::Detail(Box::new(detail))).await;
        Ok(())
    }

    async fn stats(&self, by: StatsBy, since: Option<Timestamp>) -> Result<Stats, ClientError> {
        let call = Call::get("/api/v1/stats")
            .with("by", Some(by))
            .with("since", since);
        fetch(&self.client, call).await
    }

    /// Every row of a list, as far as a screen can be about them.
    async fn list<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, ClientError> {
        let mut rows = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let call = Call::get(path).with("limit", Some(api::PAGE_MAX));
            let call = call.with("cursor", cursor.as_ref());
            let page: api::Page<T> = fetch(&self.client, call).await?;
            rows.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() || rows.len() >= ROWS_MAX {
                return Ok(rows);
            }
        }
    }

    async fn tell(&self, news: News) {
        // Nobody listens only when the dashboard ends.
        self.news.send((news, self.clock.now())).await.ok();
    }
}
