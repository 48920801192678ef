//! The JSON answer of version 1.

use crate::api::{AdAnswer, NoAd};
use crate::decision::NoFill;
use crate::model::EventKind;

use super::Served;

/// The answer with an ad.
pub fn ad_answer(served: &Served<'_>, public_url: &str, request_id: &str) -> AdAnswer {
    let links = served.links(public_url);
    let link = |kind: &EventKind| (kind.as_str().to_owned(), links.event(*kind).to_string());
    let click = served.chosen.spot.click_url.as_ref();
    AdAnswer {
        request_id: request_id.to_owned(),
        campaign_id: Some(served.ad.campaign.to_string()),
        creative_id: Some(served.ad.creative.to_string()),
        video_url: Some(served.media_url.to_owned()),
        duration: Some(served.chosen.spot.media.duration.std().as_secs_f64()),
        tracking: Some(EventKind::ALL.iter().map(link).collect()),
        click_url: click.map(|_advertiser| links.click_through().to_string()),
        token: Some(served.token.to_string()),
        no_ad: None,
    }
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
