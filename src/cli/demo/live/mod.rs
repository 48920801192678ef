//! The live channel of the demo: content made on the spot, a channel that plays it with breaks,
//! ads made to fit it, and TVs that watch.

mod ad;
mod content;
mod origin;
mod watcher;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use super::Airing;
use super::book::Book;
use super::daemon::Daemon;
use super::tally::Seen;
use super::web::Web;
use super::{airings_of, broken, run_adctl};
use crate::api::{Creative, PAGE_MAX, Page, Rendition, Renditions, Tenant};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::client::{Call, Client, Collection};
use crate::decision::Roll;
use crate::host::Clock;
use crate::model::Reporting;
use content::Content;
use origin::Origin;
use watcher::LiveTv;

/// Who owns the channel and what it sells, below the folder of fixtures.
const CATALOG: &str = "demo-live.yaml";
/// The media owner in it.
const TENANT: &str = "classics-tv";
/// The channel.
const CHANNEL: &str = "live";
/// Where the break of each asset is, and how long. Seconds.
const BREAK_AT: u64 = 8;
const BREAK_SECONDS: u64 = 24;

/// Longest wait until ads are made to fit.
const READY_TIMEOUT: Duration = Duration::from_secs(90);
/// Wait between two looks whether they are.
const READY_POLL: Duration = Duration::from_millis(500);

/// A channel on air.
pub(super) struct Live {
    /// The channel and its owner.
    pub(super) airing: Airing,
    /// The campaign of each creative.
    owners: Arc<BTreeMap<String, String>>,
    _origin: Origin,
}

/// What the channel is made with.
pub(super) struct Studio<'a> {
    pub(super) daemon: &'a Daemon,
    pub(super) client: &'a Client,
    pub(super) fixtures: &'a Path,
}

impl Studio<'_> {
    /// Makes content and the channel; nothing where there is no ffmpeg.
    pub(super) async fn open(&self, session: &mut Session) -> Result<Option<Live>, Failure> {
        let folder = self.daemon.folder().join("content");
        let made = tokio::task::spawn_blocking(move || content::make(&folder)).await;
        let made = made.context("making content").and_then(|made| made);
        let Some(content) = made.map_err(broken)? else {
            session.out.note(
                "there is no ffmpeg on the PATH, so there is no live channel; \
                 scripts/bootstrap demo installs it",
            );
            return Ok(None);
        };
        let origin = self.make(content, session).map_err(broken)?;
        let tenants: Page<Tenant> = self
            .client
            .send(Call::get(Collection::Tenants.path()))
            .await?
            .value;
        let mut tenants = tenants.items.into_iter();
        let tenant = tenants.find(|tenant| tenant.name == TENANT);
        let tenant = tenant.ok_or_else(|| lost("the owner of the channel"))?;
        let mut airings = airings_of(self.client, &tenant).await?.into_iter();
        let airing = airings.next().ok_or_else(|| lost("the channel"))?;
        Ok(Some(Live {
            owners: Arc::new(self.owners(&tenant.id).await?),
            airing,
            _origin: origin,
        }))
    }

    /// Serves the content, and makes the channel as an operator would.
    fn make(&self, content: Content, session: &mut Session) -> anyhow::Result<Origin> {
        let catalog = self.fixtures.join(CATALOG);
        let catalog = catalog.to_string_lossy();
        run_adctl(self.daemon, &["seed", &catalog], session)?;
        let origin = Origin::start(content.files, session.clock())?;
        let when = format!("{BREAK_AT}s+{BREAK_SECONDS}s");
        let mut arguments = vec!["channels", "create", CHANNEL, "--tenant", TENANT];
        let urls: Vec<String> = content
            .indices
            .iter()
            .map(|path| origin.url(path))
            .collect();
        for url in &urls {
            arguments.extend(["--asset", url]);
        }
        arguments.extend(["--break", &when]);
        run_adctl(self.daemon, &arguments, session)?;
        Ok(origin)
    }

    async fn owners(&self, tenant: &str) -> Result<BTreeMap<String, String>, Failure> {
        let call = Call::get(Collection::Creatives.path()).with("limit", Some(PAGE_MAX));
        let creatives: Page<Creative> = self.client.for_tenant(tenant).send(call).await?.value;
        let creatives = creatives.items.into_iter();
        Ok(creatives
            .map(|creative| (creative.id, creative.campaign_id))
            .collect())
    }
}

fn lost(what: &str) -> Failure {
    let what = format!("{what} was made and is not there");
    Failure::new(Exit::Failed, "demo", what)
}

impl Live {
    /// Where people and players watch it.
    pub(super) fn urls(&self, public_url: &str) -> [String; 2] {
        let channel = &self.airing.channel;
        ["index.m3u8", "watch"].map(|part| format!("{public_url}/hls/{channel}/{part}"))
    }

    /// Waits until every ad is made to fit the channel, or for long enough; one must be.
    pub(super) async fn wait_ready(
        &self,
        client: &Client,
        session: &mut Session,
    ) -> Result<(), Failure> {
        let client = client.for_tenant(&self.airing.tenant);
        let clock = session.clock().clone();
        let begun = clock.monotonic();
        let (ready, failure) = loop {
            let (ready, over, failure) = self.conditioned(&client).await?;
            let waited = clock.monotonic().duration_since(begun);
            if over == self.owners.len() || waited > READY_TIMEOUT {
                break (ready, failure);
            }
            tokio::time::sleep(READY_POLL).await;
        };
        session.out.note(&format!(
            "{ready} of {} ads are made to fit the live channel",
            self.owners.len()
        ));
        if ready == 0 {
            let why = failure.unwrap_or_else(|| format!("not within {READY_TIMEOUT:?}"));
            let what = format!("no ad is made to fit the live channel: {why}");
            return Err(Failure::new(Exit::Failed, "demo", what));
        }
        Ok(())
    }

    /// How many creatives are ready, how many are ready or failed, and what one waits for.
    async fn conditioned(
        &self,
        client: &Client,
    ) -> Result<(usize, usize, Option<String>), Failure> {
        let (mut ready, mut over, mut failure) = (0, 0, None);
        for creative in self.owners.keys() {
            let path = format!("{}/renditions", Collection::Creatives.entry(creative));
            let found: Renditions = client.send(Call::get(path)).await?.value;
            let of_channel = |one: &Rendition| one.channel_id == self.airing.channel;
            let Some(found) = found.renditions.into_iter().find(of_channel) else {
                continue;
            };
            match found.status.as_str() {
                "ready" => (ready, over) = (ready + 1, over + 1),
                "failed" => over += 1,
                _ => {}
            }
            failure = found.failure.or(failure);
        }
        Ok((ready, over, failure))
    }

    /// Lets so many TVs watch until each has seen a break.
    pub(super) async fn watch(&self, (tvs, dice): (u64, Roll), scene: Scene<'_>) -> Seen {
        let mut watching = tokio::task::JoinSet::new();
        for number in 0..tvs {
            let tv = LiveTv {
                public_url: scene.public_url.to_owned(),
                channel: self.airing.channel.clone(),
                reporting: if number % 2 == 0 {
                    Reporting::Server
                } else {
                    Reporting::Client
                },
                // One in three is switched off in mid-ad, of either kind.
                leaves_after: (number % 3 == 2).then_some(1 + number % 2),
                roll: Roll(dice.draw(number)),
                web: Web::new(),
                book: Arc::clone(scene.book),
                owners: Arc::clone(&self.owners),
                clock: scene.clock.clone(),
            };
            watching.spawn(tv.watch());
        }
        let mut seen = Seen::default();
        while let Some(one) = watching.join_next().await {
            match one {
                Ok(one) => seen.add(one),
                Err(error) => seen.faults.push(error.to_string()),
            }
        }
        seen
    }
}

/// Where the TVs are.
pub(super) struct Scene<'a> {
    pub(super) public_url: &'a str,
    pub(super) book: &'a Arc<Book>,
    pub(super) clock: &'a Clock,
}
