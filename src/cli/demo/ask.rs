//! How a simulated TV asks for ads, and reads the answer: whatever the dialect, it is a list of ads.

use anyhow::{Context as _, ensure};
use hyper::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::viewer::Viewer;
use super::web::Web;
use crate::api::{AdAnswer, PodAnswer};
use crate::format::vast::{self, AdFound, Version};
use crate::model::EventKind;

/// How a TV asks for ads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `POST /api/v1/ad-request`: one ad.
    Json,
    /// `GET /api/v1/vast`: one ad.
    Vast(Version),
    /// `POST /api/v2/ad-request`: a pod, for a viewer.
    Pod,
    /// `GET /api/v1/vast` with the parameters of connected TVs: a pod, for a viewer.
    VastPod(Version),
}

impl Dialect {
    /// The dialects that the TVs of the demo speak, one after the other. VAST has pods since 3.0.
    pub(super) const ALL: [Self; 13] = [
        Self::Json,
        Self::Vast(Version::V2_0),
        Self::Pod,
        Self::Vast(Version::V3_0),
        Self::Pod,
        Self::Vast(Version::V4_0),
        Self::VastPod(Version::V4_2),
        Self::VastPod(Version::V3_0),
        Self::Pod,
        Self::VastPod(Version::V4_3),
        Self::Vast(Version::V4_1),
        Self::Vast(Version::V4_2),
        Self::Vast(Version::V4_3),
    ];

    /// Whether it can say who watches, and take several ads.
    pub(super) const fn has_pods(self) -> bool {
        matches!(self, Self::Pod | Self::VastPod(_))
    }
}

/// What is to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// One ad of at most so many seconds.
    Slot(u64),
    /// A pod of so many seconds.
    Pod(u64),
    /// Whatever the channel is set to.
    AsSet,
    /// One ad of this campaign and of no other.
    Only(String),
}

/// One question.
pub(super) struct Question<'a> {
    /// Where ads come from, without a slash at its end.
    pub(super) public_url: &'a str,
    /// Its name in the answer.
    pub(super) id: String,
    /// `ch_…`
    pub(super) channel: &'a str,
    /// What is to be filled.
    pub(super) wish: &'a Wish,
    /// Who watches.
    pub(super) viewer: &'a Viewer,
}

/// An ad as a TV understands it, whatever the dialect.
pub(super) struct Ad {
    /// `cmp_…`
    pub(super) campaign: String,
    /// The file to play.
    pub(super) media_url: String,
    /// How long it says that it plays. Milliseconds.
    pub(super) duration_ms: u64,
    /// What an impression by `POST` carries.
    pub(super) token: Option<String>,
    /// Events and the addresses to call.
    tracking: Vec<(EventKind, String)>,
    /// Where a click leads.
    pub(super) click_url: Option<String>,
}

impl Ad {
    /// The addresses to call when something happens.
    pub(super) fn links(&self, event: EventKind) -> impl Iterator<Item = &str> {
        let of_event = move |(kind, _uri): &&(EventKind, String)| *kind == event;
        self.tracking
            .iter()
            .filter(of_event)
            .map(|(_kind, uri)| uri.as_str())
    }
}

/// What came back.
#[derive(Default)]
pub(super) struct Answer {
    /// In the order in which they are to be played.
    pub(super) ads: Vec<Ad>,
    /// Why there are none, where the dialect tells.
    pub(super) why: Option<String>,
}

/// Asks once.
pub(super) async fn ask(
    web: &Web,
    dialect: Dialect,
    question: &Question<'_>,
) -> anyhow::Result<Answer> {
    match dialect {
        Dialect::Json => ask_one(web, question).await,
        Dialect::Pod => ask_pod(web, question).await,
        Dialect::Vast(version) => ask_vast(web, version, question, "").await,
        Dialect::VastPod(version) => {
            let viewer = format!("&{}", question.viewer.query());
            ask_vast(web, version, question, &viewer).await
        }
    }
}

async fn post<T: DeserializeOwned>(web: &Web, uri: &str, body: &Value) -> anyhow::Result<T> {
    let reply = web.post(uri, serde_json::to_vec(body)?).await?;
    ensure!(reply.status == StatusCode::OK, "{uri}: {}", reply.status);
    Ok(serde_json::from_slice(&reply.body)?)
}

async fn ask_one(web: &Web, question: &Question<'_>) -> anyhow::Result<Answer> {
    let uri = format!("{}/api/v1/ad-request", question.public_url);
    let Wish::Slot(seconds) = question.wish else {
        anyhow::bail!("version 1 asks for slots alone");
    };
    let body = json!({
        "request_id": question.id,
        "duration": seconds,
        "channel": question.channel,
    });
    let answer: AdAnswer = post(web, &uri, &body).await?;
    if let Some(no_ad) = answer.no_ad {
        return Ok(Answer {
            why: Some(no_ad.reason),
            ..Answer::default()
        });
    }
    let ad = Ad {
        campaign: answer.campaign_id.context("an ad without campaign")?,
        media_url: answer.video_url.context("an ad without file")?,
        duration_ms: millis(answer.duration.context("an ad without duration")?)?,
        token: answer.token,
        tracking: events(answer.tracking.context("an ad without tracking")?),
        click_url: answer.click_url,
    };
    Ok(Answer {
        ads: vec![ad],
        why: None,
    })
}

async fn ask_pod(web: &Web, question: &Question<'_>) -> anyhow::Result<Answer> {
    let uri = format!("{}/api/v2/ad-request", question.public_url);
    let mut body = question.viewer.body();
    let fields = body.as_object_mut().context("a body is an object")?;
    fields.insert("request_id".to_owned(), json!(question.id));
    fields.insert("channel".to_owned(), json!(question.channel));
    match question.wish {
        Wish::Slot(seconds) => _ = fields.insert("duration".to_owned(), json!(seconds)),
        Wish::Pod(seconds) => _ = fields.insert("pod_duration".to_owned(), json!(seconds)),
        Wish::AsSet => {}
        Wish::Only(campaign) => {
            fields.insert("campaign_id".to_owned(), json!(campaign));
            fields.insert("duration".to_owned(), json!(60));
        }
    }
    let answer: PodAnswer = post(web, &uri, &body).await?;
    ensure!(
        answer.request_id == question.id,
        "asked {}, got {answer:?}",
        question.id
    );
    ensure!(
        answer.ads.is_empty() == answer.no_ad_reason.is_some(),
        "ads and a reason for none: {answer:?}"
    );
    let mut ads = Vec::new();
    for (ad, position) in answer.ads.into_iter().zip(1..) {
        ensure!(
            ad.position == position,
            "ad {position} is at {}",
            ad.position
        );
        ads.push(Ad {
            campaign: ad.campaign_id,
            media_url: ad.video_url,
            duration_ms: millis(ad.duration)?,
            token: Some(ad.token),
            tracking: events(ad.tracking),
            click_url: ad.click_url,
        });
    }
    let why = answer.no_ad_reason;
    Ok(Answer { ads, why })
}

async fn ask_vast(
    web: &Web,
    version: Version,
    question: &Question<'_>,
    viewer: &str,
) -> anyhow::Result<Answer> {
    let (base, channel) = (question.public_url, question.channel);
    let time = match question.wish {
        Wish::Slot(seconds) => format!("&duration={seconds}"),
        Wish::Pod(seconds) => format!("&pod_duration={seconds}"),
        Wish::AsSet => String::new(),
        Wish::Only(campaign) => format!("&duration=60&campaign_id={campaign}"),
    };
    let uri = format!("{base}/api/v1/vast?channel={channel}&version={version}{time}{viewer}");
    let reply = web.call(Method::GET, &uri).await?;
    ensure!(reply.status == StatusCode::OK, "{uri}: {}", reply.status);
    let document = vast::read(&reply.body)?;
    ensure!(
        document.version == version.as_str(),
        "asked for {version}, got {document:?}"
    );
    ensure!(document.warnings.is_empty(), "{:?}", document.warnings);
    if document.ads.is_empty() {
        for error in &document.errors {
            // 303: no ad (VAST 4.2 §2.3.6.3).
            web.call(Method::GET, &error.replace("[ERRORCODE]", "303"))
                .await?;
        }
    }
    let is_pod = document.ads.len() > 1;
    let mut ads = Vec::new();
    for (found, place) in document.ads.into_iter().zip(1..) {
        let expected = is_pod.then_some(place);
        ensure!(
            found.sequence == expected,
            "ad {place} has the sequence {:?}",
            found.sequence
        );
        ads.push(of_vast(found)?);
    }
    Ok(Answer { ads, why: None })
}

fn of_vast(found: AdFound) -> anyhow::Result<Ad> {
    let events = found
        .tracking
        .into_iter()
        .filter_map(|tracking| Some((tracking.event.parse().ok()?, tracking.uri)));
    let impressions = found.impressions.into_iter();
    let impressions = impressions.map(|uri| (EventKind::Impression, uri));
    let errors = found.errors.into_iter().map(|uri| (EventKind::Error, uri));
    let file = found.media_files.into_iter().next();
    Ok(Ad {
        campaign: found.id.context("an ad without id")?,
        media_url: file.context("an ad without file")?.uri,
        duration_ms: found.duration.context("an ad without duration")?.0,
        token: None,
        tracking: events.chain(impressions).chain(errors).collect(),
        click_url: found.click_through,
    })
}

fn events(tracking: impl IntoIterator<Item = (String, String)>) -> Vec<(EventKind, String)> {
    let events = tracking.into_iter();
    events
        .filter_map(|(event, uri)| Some((event.parse().ok()?, uri)))
        .collect()
}

/// Seconds that are exact to the millisecond.
fn millis(seconds: f64) -> anyhow::Result<u64> {
    let span = std::time::Duration::try_from_secs_f64(seconds)?;
    Ok(u64::try_from((span.as_micros() + 500) / 1_000)?)
}
