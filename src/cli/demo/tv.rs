//! A simulated TV: asks for ads as its maker taught it, plays them to different depths, and keeps
//! its own account of what happened.

use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use hyper::{Method, StatusCode};

use super::ask::{Ad, Answer, Dialect, Question, Wish, ask};
use super::book::Book;
use super::script::{self, Manner, Step, pick};
use super::tally::{Measure, Seen};
use super::viewer::Viewer;
use super::web::{Reply, Web};
use crate::decision::Roll;
use crate::model::EventKind;

/// The error that TVs of the demo meet: a file of a type that they should be able to play, and
/// cannot (VAST 4.2 §2.3.6.3).
const ERROR_CODE: &str = "405";

/// Questions to the dice of a break; those of the script are to the dice of an ad.
const KIND: u64 = 1 << 32;
const LENGTH: u64 = KIND + 1;
const CAMPAIGN: u64 = KIND + 2;
const AD: u64 = KIND + 3;

/// Lengths of breaks that are filled with pods. Seconds.
const POD_SECONDS: [u64; 4] = [30, 60, 90, 120];

/// A simulated TV.
pub(super) struct Tv {
    /// Where ads come from, without a slash at its end.
    pub(super) public_url: String,
    /// Whose channel it is tuned to.
    pub(super) tenant: String,
    /// What it is tuned to: `ch_…`.
    pub(super) channel: String,
    /// How it asks.
    pub(super) dialect: Dialect,
    /// Its dice.
    pub(super) roll: Roll,
    /// How it calls.
    pub(super) web: Web,
    /// What was promised of what it may get.
    pub(super) book: Arc<Book>,
}

/// What is shown, and to whom.
struct Showing<'a> {
    ad: &'a Ad,
    user: Option<&'a str>,
}

impl Tv {
    /// Watches so many breaks, as fast as the server answers.
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
        let wish = self.wish(dice);
        let viewer = Viewer::of(self.roll, dice);
        let question = Question {
            public_url: &self.public_url,
            id: format!("demo-{:x}-{number}", self.roll.0),
            channel: &self.channel,
            wish: &wish,
            viewer: &viewer,
        };
        let answer = ask(&self.web, self.dialect, &question).await?;
        self.note(&wish, &answer, seen);
        let user = if self.dialect.has_pods() {
            viewer.user()
        } else {
            None
        };
        for (ad, place) in answer.ads.iter().zip(AD..) {
            let showing = Showing { ad, user };
            self.play(&showing, Roll(dice.draw(place)), seen).await?;
        }
        Ok(())
    }

    /// What the TV wants to have filled in this break.
    fn wish(&self, dice: Roll) -> Wish {
        let kind = dice.draw(KIND) % 100;
        if !self.dialect.has_pods() {
            // Slots of a minute fit every spot; some are too short for any, and stay empty.
            return Wish::Slot(if kind < 4 { 1 } else { 60 });
        }
        let campaigns = self.book.on_air(&self.tenant);
        match (kind, pick(dice, CAMPAIGN, &campaigns)) {
            (0..4, _) => Wish::Pod(3),
            (4..25, Some(&campaign)) => Wish::Only(campaign.to_owned()),
            (25..40, _) => Wish::AsSet,
            _ => Wish::Pod(pick(dice, LENGTH, &POD_SECONDS).copied().unwrap_or(60)),
        }
    }

    /// Notes what came, and holds it against what was promised.
    fn note(&self, wish: &Wish, answer: &Answer, seen: &mut Seen) {
        seen.requests += 1;
        for ad in &answer.ads {
            seen.note(&ad.campaign, Measure::Served);
        }
        let seconds = match wish {
            Wish::Slot(seconds) | Wish::Pod(seconds) => Some(*seconds),
            Wish::AsSet | Wish::Only(_) => None,
        };
        let ads = answer.ads.iter();
        let ads: Vec<(&str, u64)> = ads
            .map(|ad| (ad.campaign.as_str(), ad.duration_ms))
            .collect();
        seen.broken.extend(self.book.faults(&ads, seconds));
        match (wish, ads.len()) {
            (_, 0) => seen.no_ads += 1,
            (_, 1) => {}
            (Wish::Slot(_) | Wish::Only(_), _) => {
                seen.broken.push("a slot has more than one ad".to_owned());
            }
            (Wish::Pod(_) | Wish::AsSet, ads) => seen.pod(ads),
        }
        if let (Wish::Only(campaign), Some(why)) = (wish, &answer.why) {
            seen.leave_out(campaign, why);
        }
    }

    /// Plays an ad as far as its viewer wants.
    async fn play(&self, showing: &Showing<'_>, dice: Roll, seen: &mut Seen) -> anyhow::Result<()> {
        let ad = showing.ad;
        let file = self.web.peek(&ad.media_url).await;
        let file = file.context("asking for the file")?;
        ensure!(
            file.status == StatusCode::PARTIAL_CONTENT && !file.body.is_empty(),
            "{} answered {}",
            ad.media_url,
            file.status
        );
        for step in script::play(dice, ad.click_url.as_deref()) {
            self.report(showing, step, seen)
                .await
                .with_context(|| format!("reporting {step:?}"))?;
        }
        Ok(())
    }

    /// Sends a beacon, and notes the event if it was acknowledged and is to be counted.
    async fn report(
        &self,
        showing: &Showing<'_>,
        step: Step,
        seen: &mut Seen,
    ) -> anyhow::Result<()> {
        let ad = showing.ad;
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
            if let (EventKind::Impression, Some(user)) = (event, showing.user) {
                seen.show(&ad.campaign, user);
            }
        }
        Ok(())
    }

    async fn post_impression(&self, token: &str) -> anyhow::Result<Reply> {
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
