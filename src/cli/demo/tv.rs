//! A simulated TV: asks for ads as its maker taught it, plays them to different depths, and keeps
//! its own account of what happened.

use anyhow::{Context as _, bail, ensure};
use hyper::{Method, StatusCode};

use super::script::{self, Manner, Step};
use super::tally::{Measure, Seen};
use super::web::Web;
use crate::api::AdAnswer;
use crate::decision::Roll;
use crate::format::vast::{self, Version};
use crate::model::EventKind;

/// The error that TVs of the demo meet: a file of a type that they should be able to play, and
/// cannot (VAST 4.2 §2.3.6.3).
const ERROR_CODE: &str = "405";

/// The question to the dice how long the slot is; those of the script are small numbers.
const SLOT: u64 = 1 << 32;

/// How a TV asks for ads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `POST /api/v1/ad-request`
    Json,
    /// `GET /api/v1/vast`
    Vast(Version),
}

impl Dialect {
    /// The dialects that the TVs of the demo speak, one after the other.
    pub(super) const ALL: [Self; 7] = [
        Self::Json,
        Self::Vast(Version::V2_0),
        Self::Vast(Version::V3_0),
        Self::Vast(Version::V4_0),
        Self::Vast(Version::V4_1),
        Self::Vast(Version::V4_2),
        Self::Vast(Version::V4_3),
    ];
}

/// A simulated TV.
pub(super) struct Tv {
    /// Where ads come from, without a slash at its end.
    pub(super) public_url: String,
    /// What it is tuned to: `ch_…`.
    pub(super) channel: String,
    /// How it asks.
    pub(super) dialect: Dialect,
    /// Its dice.
    pub(super) roll: Roll,
    /// How it calls.
    pub(super) web: Web,
}

/// An ad as a TV understands it, whatever the dialect.
struct Ad {
    campaign: String,
    media_url: String,
    token: Option<String>,
    /// Events and the addresses to call.
    tracking: Vec<(EventKind, String)>,
    click_url: Option<String>,
}

impl Ad {
    fn links(&self, event: EventKind) -> impl Iterator<Item = &str> {
        let of_event = move |(kind, _uri): &&(EventKind, String)| *kind == event;
        self.tracking
            .iter()
            .filter(of_event)
            .map(|(_kind, uri)| uri.as_str())
    }
}

impl Tv {
    /// Watches so many breaks of one ad each, as fast as the server answers.
    pub(super) async fn watch(self, breaks: u64) -> Seen {
        let mut seen = Seen::default();
        for number in 0..breaks {
            if let Err(fault) = self.watch_break(number, &mut seen).await {
                seen.faults
                    .push(format!("{:?} on {}: {fault:#}", self.dialect, self.channel));
            }
        }
        seen
    }

    async fn watch_break(&self, number: u64, seen: &mut Seen) -> anyhow::Result<()> {
        let dice = Roll(self.roll.draw(number));
        // Slots of a minute fit every spot; some are too short for any, and stay empty.
        let seconds = if dice.favours(SLOT, 1, 25) { 1 } else { 60 };
        let ad = self.ask(number, seconds).await?;
        seen.requests += 1;
        let Some(ad) = ad else {
            seen.no_ads += 1;
            return Ok(());
        };
        seen.note(&ad.campaign, Measure::Served);
        let file = self
            .web
            .peek(&ad.media_url)
            .await
            .context("asking for the file")?;
        ensure!(
            file.status == StatusCode::PARTIAL_CONTENT && !file.body.is_empty(),
            "{} answered {}",
            ad.media_url,
            file.status
        );
        for step in script::play(dice, ad.click_url.as_deref()) {
            self.report(&ad, step, seen)
                .await
                .with_context(|| format!("reporting {step:?}"))?;
        }
        Ok(())
    }

    async fn ask(&self, number: u64, seconds: u64) -> anyhow::Result<Option<Ad>> {
        match self.dialect {
            Dialect::Json => self.ask_json(number, seconds).await,
            Dialect::Vast(version) => self.ask_vast(version, seconds).await,
        }
    }

    async fn ask_json(&self, number: u64, seconds: u64) -> anyhow::Result<Option<Ad>> {
        let uri = format!("{}/api/v1/ad-request", self.public_url);
        let request = serde_json::json!({
            "request_id": format!("demo-{}-{number}", self.roll.0),
            "duration": seconds,
            "channel": self.channel,
        });
        let reply = self.web.post(&uri, serde_json::to_vec(&request)?).await?;
        ensure!(reply.status.is_success(), "{uri} answered {}", reply.status);
        let answer: AdAnswer = serde_json::from_slice(&reply.body)?;
        if answer.no_ad.is_some() {
            return Ok(None);
        }
        let tracking = answer.tracking.context("an ad without tracking")?;
        let tracking = tracking
            .into_iter()
            .filter_map(|(event, uri)| Some((event.parse().ok()?, uri)));
        Ok(Some(Ad {
            campaign: answer.campaign_id.context("an ad without campaign")?,
            media_url: answer.video_url.context("an ad without file")?,
            token: answer.token,
            tracking: tracking.collect(),
            click_url: answer.click_url,
        }))
    }

    async fn ask_vast(&self, version: Version, seconds: u64) -> anyhow::Result<Option<Ad>> {
        let (base, channel) = (&self.public_url, &self.channel);
        let uri =
            format!("{base}/api/v1/vast?channel={channel}&version={version}&duration={seconds}");
        let reply = self.web.call(Method::GET, &uri).await?;
        ensure!(reply.status.is_success(), "{uri} answered {}", reply.status);
        let document = vast::read(&reply.body)?;
        ensure!(
            document.version == version.as_str(),
            "asked for {version}, got {document:?}"
        );
        ensure!(document.warnings.is_empty(), "{:?}", document.warnings);
        let Some(found) = document.ads.into_iter().next() else {
            for error in &document.errors {
                // 303: no ad (VAST 4.2 §2.3.6.3).
                self.web
                    .call(Method::GET, &error.replace("[ERRORCODE]", "303"))
                    .await?;
            }
            return Ok(None);
        };
        let events = found
            .tracking
            .into_iter()
            .filter_map(|tracking| Some((tracking.event.parse().ok()?, tracking.uri)));
        let impressions = found
            .impressions
            .into_iter()
            .map(|uri| (EventKind::Impression, uri));
        let errors = found.errors.into_iter().map(|uri| (EventKind::Error, uri));
        let file = found
            .media_files
            .into_iter()
            .next()
            .context("an ad without file")?;
        Ok(Some(Ad {
            campaign: found.id.context("an ad without id")?,
            media_url: file.uri,
            token: None,
            tracking: events.chain(impressions).chain(errors).collect(),
            click_url: found.click_through,
        }))
    }

    /// Sends a beacon, and notes the event if it was acknowledged and is to be counted.
    async fn report(&self, ad: &Ad, step: Step, seen: &mut Seen) -> anyhow::Result<()> {
        let Step { event, manner } = step;
        if event == EventKind::Click {
            return self.click(ad, manner, seen).await;
        }
        let mut told = false;
        for uri in ad.links(event) {
            let uri = uri.replace("[ERRORCODE]", ERROR_CODE);
            let (method, times) = match manner {
                Manner::Get | Manner::Post => (Method::GET, 1),
                Manner::Twice => (Method::GET, 2),
                Manner::Head => (Method::HEAD, 1),
            };
            for _time in 0..times {
                let reply = match (&ad.token, manner) {
                    (Some(token), Manner::Post) => self.post_impression(token).await?,
                    _ => self.web.call(method.clone(), &uri).await?,
                };
                seen.beacons += 1;
                ensure!(reply.status.is_success(), "{uri} answered {}", reply.status);
            }
            told = true;
        }
        // VAST tells nobody where to report the skip of an ad that may not be skipped.
        if told && manner != Manner::Head {
            seen.note(&ad.campaign, Measure::Seen(event));
        }
        Ok(())
    }

    async fn post_impression(&self, token: &str) -> anyhow::Result<super::web::Reply> {
        let uri = format!("{}/api/v1/impression", self.public_url);
        let body = serde_json::json!({"token": token});
        self.web.post(&uri, serde_json::to_vec(&body)?).await
    }

    async fn click(&self, ad: &Ad, manner: Manner, seen: &mut Seen) -> anyhow::Result<()> {
        let Some(uri) = &ad.click_url else {
            bail!("a click on an ad that leads nowhere");
        };
        let times = if manner == Manner::Twice { 2 } else { 1 };
        for _time in 0..times {
            let reply = self.web.call(Method::GET, uri).await?;
            seen.beacons += 1;
            ensure!(
                reply.status.is_redirection() && reply.location.is_some(),
                "{uri} answered {}",
                reply.status
            );
        }
        seen.note(&ad.campaign, Measure::Seen(EventKind::Click));
        Ok(())
    }
}
