//! The JSON answers: one ad in version 1, a pod in version 2.

use std::collections::BTreeMap;

use crate::api::{AdAnswer, NoAd, PodAd, PodAnswer};
use crate::decision::NoFill;
use crate::model::{DecisionId, EventKind, Millis, Privacy};

use super::Served;
use super::tracking::Links;

/// The answer with an ad.
pub fn ad_answer(served: &Served<'_>, public_url: &str, request_id: &str) -> AdAnswer {
    let links = served.links(public_url);
    AdAnswer {
        request_id: request_id.to_owned(),
        campaign_id: Some(served.ad.campaign.to_string()),
        creative_id: Some(served.ad.creative.to_string()),
        video_url: Some(served.media_url.to_owned()),
        duration: Some(served.chosen.spot.media.duration.std().as_secs_f64()),
        tracking: Some(tracking(&links)),
        click_url: click_url(served, &links),
        token: Some(served.token.to_string()),
        no_ad: None,
    }
}

/// What to call for each event.
fn tracking(links: &Links<'_>) -> BTreeMap<String, String> {
    let link = |kind: &EventKind| (kind.as_str().to_owned(), links.event(*kind).to_string());
    EventKind::ALL.iter().map(link).collect()
}

fn click_url(served: &Served<'_>, links: &Links<'_>) -> Option<String> {
    let click = served.chosen.spot.click_url.as_ref();
    click.map(|_advertiser| links.click_through().to_string())
}

/// The answer without an ad.
pub fn no_ad_answer(reason: NoFill, request_id: &str) -> AdAnswer {
    AdAnswer {
        request_id: request_id.to_owned(),
        campaign_id: None,
        creative_id: None,
        video_url: None,
        duration: None,
        tracking: None,
        click_url: None,
        token: None,
        no_ad: Some(NoAd {
            reason: reason.as_str().to_owned(),
        }),
    }
}

/// What all ads of a version 2 answer share.
#[derive(Debug, Clone, Copy)]
pub struct PodSetting<'a> {
    /// Where players reach us, without a slash at its end.
    pub public_url: &'a str,
    /// The name of the request.
    pub request_id: &'a str,
    /// What was not looked at.
    pub privacy: Privacy,
}

/// The answer with ads, in the order in which they play.
pub fn pod_answer(
    setting: &PodSetting<'_>,
    decision: DecisionId,
    served: &[Served<'_>],
) -> PodAnswer {
    let ads = served.iter().zip(1..);
    let ads = ads.map(|(one, position)| pod_ad(setting, one, position, one.chosen.start));
    PodAnswer {
        ads: ads.collect(),
        ..empty(setting, decision)
    }
}

/// The answer without ads.
pub fn no_pod_answer(setting: &PodSetting<'_>, decision: DecisionId, why: NoFill) -> PodAnswer {
    PodAnswer {
        no_ad_reason: Some(why.as_str().to_owned()),
        ..empty(setting, decision)
    }
}

fn empty(setting: &PodSetting<'_>, decision: DecisionId) -> PodAnswer {
    let signals = setting.privacy.signals();
    PodAnswer {
        request_id: setting.request_id.to_owned(),
        decision_id: decision.to_string(),
        ads: Vec::new(),
        no_ad_reason: None,
        privacy: signals.map(|signal| signal.as_str().to_owned()).collect(),
    }
}

fn pod_ad(setting: &PodSetting<'_>, served: &Served<'_>, position: u32, start: Millis) -> PodAd {
    let links = served.links(setting.public_url);
    let spot = served.chosen.spot;
    PodAd {
        campaign_id: served.ad.campaign.to_string(),
        creative_id: served.ad.creative.to_string(),
        video_url: served.media_url.to_owned(),
        duration: spot.media.duration.std().as_secs_f64(),
        start: start.std().as_secs_f64(),
        position,
        tracking: tracking(&links),
        click_url: click_url(served, &links),
        token: served.token.to_string(),
    }
}
