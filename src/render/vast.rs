//! A decision as VAST.

use crate::format::media::key::hexadecimal;
use crate::format::vast::{
    Ad, AdSystem, Answer, Creative, MediaFile, Pricing, Tracking, UniversalAdId, Uri, Version,
    ViewableImpression,
};
use crate::model::{Currency, DecisionId, EventKind, Nanos, PriceModel};

use super::Served;
use super::tracking::{LINEAR_EVENTS, no_ad_error};

/// `UniversalAdId@idRegistry` of ids that are the SHA-256 of the file.
///
/// The same bytes have the same id, wherever and under whatever name they were uploaded. That is
/// what a stitcher needs to keep one transcode of them, and a changed file never meets an old one.
pub const UNIVERSAL_AD_ID_REGISTRY: &str = "adserve-sha256";

/// `AdSystem`.
const AD_SYSTEM: AdSystem<'_> = AdSystem {
    name: "adserve",
    version: env!("CARGO_PKG_VERSION"),
};

/// What all ads of an answer share.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The version that was asked for.
    pub version: Version,
    /// Where players reach us, without a slash at its end.
    pub public_url: &'a str,
    /// Says what an ad costs in this currency; none keeps prices to ourselves.
    pub currency: Option<Currency>,
}

/// Writes an answer with ads behind what is in `out`. Several are a pod, in their order.
pub fn write_ads(setting: &Setting<'_>, served: &[Served<'_>], out: &mut Vec<u8>) {
    let mut answer = Answer::begin(setting.version, out);
    let is_pod = served.len() > 1;
    for (one, place) in served.iter().zip(1..) {
        write_ad(setting, one, is_pod.then_some(place), &mut answer);
    }
    answer.end();
}

/// Writes an answer without ads behind what is in `out`.
pub fn write_no_ad(setting: &Setting<'_>, decision: DecisionId, out: &mut Vec<u8>) {
    let decision = decision.to_string();
    let error = no_ad_error(setting.public_url, &decision);
    Answer::begin(setting.version, out).end_without_ads(&error);
}

fn write_ad(
    setting: &Setting<'_>,
    served: &Served<'_>,
    sequence: Option<u16>,
    answer: &mut Answer<'_>,
) {
    let links = served.links(setting.public_url);
    let event = |kind| links.event(kind);
    let tracking = LINEAR_EVENTS.map(|kind| Tracking {
        event: kind.as_str(),
        uri: event(kind),
    });
    let (chosen, media) = (&served.chosen, &served.chosen.spot.media);
    let creative_id = served.ad.creative.to_string();
    let codecs = [
        media.video_codec.as_str(),
        media.audio_codec.as_deref().unwrap_or_default(),
    ];
    let codecs = codecs
        .split_at(1 + usize::from(media.audio_codec.is_some()))
        .0;
    let media_file = MediaFile {
        id: &creative_id,
        mime: media.container.mime(),
        width: media.width,
        height: media.height,
        bitrate: media.bitrate_kbps(),
        codecs,
        file_size: media.bytes,
        uri: Uri::from(served.media_url),
    };
    let price = setting
        .currency
        .and_then(|currency| price(served, currency));
    let hash = hexadecimal(&media.sha256);
    answer.ad(&Ad {
        id: &served.ad.campaign.to_string(),
        sequence,
        ad_system: AD_SYSTEM,
        ad_title: &chosen.spot.name,
        ad_serving_id: &ad_serving_id(served),
        pricing: price.as_ref().map(Price::as_pricing),
        error: event(EventKind::Error),
        impression: event(EventKind::Impression),
        viewable_impression: Some(ViewableImpression {
            viewable: event(EventKind::Viewable),
            not_viewable: event(EventKind::NotViewable),
            view_undetermined: event(EventKind::ViewUndetermined),
        }),
        creative: Creative {
            id: &creative_id,
            universal_ad_id: UniversalAdId {
                id_registry: UNIVERSAL_AD_ID_REGISTRY,
                id: std::str::from_utf8(&hash).expect("hexadecimal digits are ASCII"),
            },
            skip_offset: None,
            duration: media.duration,
            tracking: &tracking,
            click_through: chosen
                .spot
                .click_url
                .as_ref()
                .map(|_advertiser| links.click_through()),
            media_files: &[media_file],
        },
    });
}

/// The name of this showing in everybody's logs: its id, which finds it in ours, and the second
/// of its decision, so that two deployments that count alike do not give the same name.
///
/// It must not help to forge a token, so nothing of the signature is in it.
fn ad_serving_id(served: &Served<'_>) -> String {
    let ad = served.ad;
    format!("{}-{:x}", ad.id, ad.decided_at.seconds())
}

struct Price {
    model: &'static str,
    currency: Currency,
    value: String,
}

impl Price {
    fn as_pricing(&self) -> Pricing<'_> {
        Pricing {
            model: self.model,
            currency: self.currency.code(),
            value: &self.value,
        }
    }
}

/// What one unit of the price model costs. A flat fee has no model in VAST.
fn price(served: &Served<'_>, currency: Currency) -> Option<Price> {
    let Nanos(charge) = served.ad.charge;
    let micros = match served.ad.price_model {
        // A nano an impression is a micro a thousand.
        PriceModel::Cpm => charge,
        PriceModel::Cpc | PriceModel::Cpv => served.ad.charge.micros(),
        PriceModel::Flat => return None,
    };
    let (units, fraction) = (micros / 1_000_000, micros % 1_000_000);
    let value = format!("{units}.{fraction:06}");
    Some(Price {
        model: served.ad.price_model.as_str(),
        currency,
        value,
    })
}
