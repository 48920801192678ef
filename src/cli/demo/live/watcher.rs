//! A simulated TV that watches the live channel: loads its playlist as it grows, asks for every
//! segment of an ad, and calls beacons where it has to report itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use hyper::{Method, StatusCode};
use url::Url;

use super::BREAK_SECONDS;
use super::ad::{Playing, Tracking};
use crate::api::SessionAnswer;
use crate::cli::demo::book::Book;
use crate::cli::demo::tally::{Measure, Seen};
use crate::cli::demo::viewer::Viewer;
use crate::cli::demo::web::Web;
use crate::decision::Roll;
use crate::format::hls::{Limits, MediaPlaylist};
use crate::host::Clock;
use crate::model::{EventKind, Insertion, Micros, Reporting};

/// Wait between two looks at the playlist: half of what a segment lasts.
const POLL: Duration = Duration::from_secs(2);
/// Longest wait for the end of a break: more than the time from one to the next.
const BREAK_TIMEOUT: Duration = Duration::from_secs(100);
/// What a break may be longer for what an earlier one left over. Seconds.
const CARRY_SECONDS: u64 = 1;

/// Questions to the dice of a TV, each for as many segments as there may be.
const TWICE: u64 = 1 << 34;
const HEAD: u64 = 1 << 35;

/// A simulated TV.
pub(super) struct LiveTv {
    /// Where the channel is, without a slash at its end.
    pub(super) public_url: String,
    /// What it is tuned to: `ch_…`.
    pub(super) channel: String,
    /// Who says what was seen.
    pub(super) reporting: Reporting,
    /// After how many segments of ads it is switched off; else after a whole break.
    pub(super) leaves_after: Option<u64>,
    /// Its dice.
    pub(super) roll: Roll,
    /// How it calls.
    pub(super) web: Web,
    /// What was promised of what it may get.
    pub(super) book: Arc<Book>,
    /// The campaign of each creative.
    pub(super) owners: Arc<BTreeMap<String, String>>,
    /// The time.
    pub(super) clock: Clock,
}

/// Where the parts of its session are.
struct Tuned {
    media: Url,
    tracking: String,
}

/// A segment of an ad in a playlist.
struct Listed {
    url: String,
    token: String,
    duration: Micros,
}

/// What it was given so far.
#[derive(Default)]
struct Shown {
    breaks: BTreeSet<String>,
    /// By the names of ads.
    ads: BTreeMap<String, Playing>,
    asked: BTreeSet<String>,
}

impl LiveTv {
    /// Watches until it has seen a break, or is switched off within.
    pub(super) async fn watch(self) -> Seen {
        let mut seen = Seen::default();
        if let Err(fault) = self.watch_break(&mut seen).await {
            let how = self.reporting;
            seen.faults.push(format!(
                "a TV on the stream, reported by the {how}: {fault:#}"
            ));
        }
        seen
    }

    async fn watch_break(&self, seen: &mut Seen) -> anyhow::Result<()> {
        let viewer = Viewer::guest(self.roll);
        let tuned = self.tune_in(&viewer).await?;
        let mut shown = Shown::default();
        let begun = self.clock.monotonic();
        loop {
            // First what is listed, then the ads in it: the other way round one may be unknown.
            let listed = self.listed(&tuned.media).await?;
            self.learn(&tuned.tracking, &mut shown, seen).await?;
            for segment in listed {
                if !shown.asked.insert(segment.url.clone()) {
                    continue;
                }
                self.play(&segment, &mut shown, (&viewer, seen)).await?;
                if self.leaves_after == Some(shown.asked.len() as u64) {
                    return Ok(());
                }
            }
            if !shown.ads.is_empty() && shown.ads.values().all(Playing::is_over) {
                return Ok(());
            }
            let waited = self.clock.monotonic().duration_since(begun);
            ensure!(waited < BREAK_TIMEOUT, "no whole break in {waited:?}");
            tokio::time::sleep(POLL).await;
        }
    }

    /// Begins a session, and finds its media playlist.
    async fn tune_in(&self, viewer: &Viewer) -> anyhow::Result<Tuned> {
        let Self {
            public_url,
            channel,
            reporting,
            ..
        } = self;
        let (insertion, query) = (Insertion::Stitched, viewer.query());
        let uri = format!(
            "{public_url}/hls/{channel}/session?insertion={insertion}&reporting={reporting}&{query}"
        );
        let reply = self.web.call(Method::POST, &uri).await?;
        ensure!(
            reply.status == StatusCode::CREATED,
            "{uri} answered {}",
            reply.status
        );
        let session: SessionAnswer = serde_json::from_slice(&reply.body)?;
        let index = self.get(&session.manifest_url).await?;
        let index = std::str::from_utf8(&index)?;
        let is_address = |line: &&str| !line.is_empty() && !line.starts_with('#');
        let first = index.lines().find(is_address);
        let first = first.context("a channel without renditions")?;
        Ok(Tuned {
            media: Url::parse(&session.manifest_url)?.join(first)?,
            tracking: session.tracking_url,
        })
    }

    async fn get(&self, uri: &str) -> anyhow::Result<bytes::Bytes> {
        let reply = self.web.call(Method::GET, uri).await?;
        ensure!(reply.status.is_success(), "{uri} answered {}", reply.status);
        Ok(reply.body)
    }

    /// The segments of ads that the playlist lists now.
    async fn listed(&self, media: &Url) -> anyhow::Result<Vec<Listed>> {
        let text = self.get(media.as_str()).await?;
        let playlist = MediaPlaylist::parse(text, &Limits::DEFAULT)?;
        let mut listed = Vec::new();
        for segment in &playlist.segments {
            let uri = playlist.str(&segment.uri).context("an odd address")?;
            let url = media.join(uri)?;
            let folder = match self.reporting {
                Reporting::Server => "/hls/ad/",
                Reporting::Client => "/hls/file/",
            };
            let rest = url.path().strip_prefix(folder);
            if let Some((token, _file)) = rest.and_then(|rest| rest.split_once('/')) {
                listed.push(Listed {
                    token: token.to_owned(),
                    url: url.to_string(),
                    duration: segment.duration,
                });
            }
        }
        Ok(listed)
    }

    /// Notes the ads that it was given since it looked last.
    async fn learn(
        &self,
        tracking: &str,
        shown: &mut Shown,
        seen: &mut Seen,
    ) -> anyhow::Result<()> {
        let tracking: Tracking = serde_json::from_slice(&self.get(tracking).await?)?;
        for avail in tracking.avails {
            if !shown.breaks.insert(avail.avail_id) {
                continue;
            }
            let mut pod = Vec::new();
            for ad in &avail.ads {
                let campaign = self.owners.get(&ad.creative_id);
                let campaign = campaign.with_context(|| format!("no {}", ad.creative_id))?;
                let playing = Playing::of(ad, campaign).context("an ad of no length")?;
                seen.note(campaign, Measure::Served);
                pod.push((campaign.as_str(), playing.duration.millis().0));
                shown.ads.insert(ad.ad_id.clone(), playing);
            }
            let faults = self.book.faults(&pod, Some(BREAK_SECONDS + CARRY_SECONDS));
            seen.broken.extend(faults);
            seen.stream_break(pod.len());
        }
        Ok(())
    }

    /// Plays a segment of an ad, and reports what happens in it or leaves that to the server.
    async fn play(
        &self,
        segment: &Listed,
        shown: &mut Shown,
        (viewer, seen): (&Viewer, &mut Seen),
    ) -> anyhow::Result<()> {
        let number = shown.asked.len() as u64;
        let mut ads = shown.ads.values_mut();
        let ad = ads.find(|ad| ad.has(&segment.token));
        let ad = ad.with_context(|| format!("{} is of no ad", segment.url))?;
        let events = ad.play(segment.duration);
        if self.roll.favours(HEAD + number, 1, 5) {
            // Whoever only looks whether it is there has not seen it.
            self.call(Method::HEAD, &segment.url, seen).await?;
        }
        self.repeat(number, &segment.url, seen).await?;
        for event in events {
            if self.reporting == Reporting::Client {
                for url in ad.links(event) {
                    self.repeat(number, url, seen).await?;
                }
            }
            seen.note(&ad.campaign, Measure::Seen(event));
            if let (EventKind::Impression, Some(user)) = (event, viewer.user()) {
                seen.show(&ad.campaign, user);
            }
        }
        Ok(())
    }

    /// Asks for something, now and then twice, which counts once.
    async fn repeat(&self, number: u64, url: &str, seen: &mut Seen) -> anyhow::Result<()> {
        let times = 1 + u64::from(self.roll.favours(TWICE + number, 1, 5));
        for _time in 0..times {
            self.call(Method::GET, url, seen).await?;
        }
        Ok(())
    }

    async fn call(&self, method: Method, url: &str, seen: &mut Seen) -> anyhow::Result<()> {
        let reply = self.web.call(method, url).await?;
        seen.beacons += 1;
        let is_good = reply.status.is_success() || reply.status.is_redirection();
        ensure!(is_good, "{url} answered {}", reply.status);
        Ok(())
    }
}
