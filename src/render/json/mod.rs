//! The JSON answers, written straight to bytes: one ad in version 1, a pod in version 2.
//!
//! [`crate::api::AdAnswer`] and [`crate::api::PodAnswer`] say what they look like, and are how
//! they are read. Nothing of them is made here: a pod would be hundreds of small texts, most of
//! them the same from ad to ad but for the token. What is the same is put together once
//! ([`Forms`]), and an ad fills in the blanks.

mod form;
mod put;

pub use form::Forms;

use crate::decision::NoFill;
use crate::model::{DecisionId, Privacy};

use super::Served;
use put::{put_number, put_seconds, put_text};

/// Room for what of an ad is not in its form, and for what is around all ads.
const AD_BYTES: usize = 512;

/// Writes the answer of version 1 with an ad behind what is in `out`.
pub fn write_ad(forms: &Forms, served: &Served<'_>, request_id: &str, out: &mut Vec<u8>) {
    let form = forms.of(served);
    out.reserve(form.len() + AD_BYTES);
    out.extend_from_slice(b"{\"request_id\":");
    put_text(request_id, out);
    out.push(b',');
    put_spot(served, out);
    form.fill(served.token, out);
    out.extend_from_slice(b",\"no_ad\":null}");
}

/// Writes the answer of version 1 without an ad behind what is in `out`.
pub fn write_no_ad(reason: NoFill, request_id: &str, out: &mut Vec<u8>) {
    const NOTHING: &[u8] = b",\"campaign_id\":null,\"creative_id\":null,\"video_url\":null,\
        \"duration\":null,\"tracking\":null,\"click_url\":null,\"token\":null,\
        \"no_ad\":{\"reason\":";
    out.extend_from_slice(b"{\"request_id\":");
    put_text(request_id, out);
    out.extend_from_slice(NOTHING);
    put_text(reason.as_str(), out);
    out.extend_from_slice(b"}}");
}

/// What is said of a version 2 answer as a whole.
#[derive(Debug, Clone, Copy)]
pub struct PodSetting<'a> {
    /// The name of the request.
    pub request_id: &'a str,
    /// Names the answer.
    pub decision: DecisionId,
    /// What was not looked at.
    pub privacy: Privacy,
}

/// Writes the answer with ads, in the order in which they play, behind what is in `out`.
pub fn write_pod(
    forms: &Forms,
    setting: &PodSetting<'_>,
    served: &[Served<'_>],
    out: &mut Vec<u8>,
) {
    let bytes = served.iter().map(|one| forms.of(one).len() + AD_BYTES);
    out.reserve(bytes.sum::<usize>() + AD_BYTES);
    begin(setting, out);
    for (one, position) in served.iter().zip(1..) {
        let begin: &[u8] = if position == 1 { b"{" } else { b",{" };
        out.extend_from_slice(begin);
        put_spot(one, out);
        out.extend_from_slice(b"\"start\":");
        put_seconds(one.chosen.start, out);
        out.extend_from_slice(b",\"position\":");
        put_number(position, out);
        out.push(b',');
        forms.of(one).fill(one.token, out);
        out.push(b'}');
    }
    end(setting, None, out);
}

/// Writes the answer without ads behind what is in `out`.
pub fn write_no_pod(setting: &PodSetting<'_>, why: NoFill, out: &mut Vec<u8>) {
    begin(setting, out);
    end(setting, Some(why), out);
}

fn begin(setting: &PodSetting<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"request_id\":");
    put_text(setting.request_id, out);
    out.extend_from_slice(b",\"decision_id\":\"");
    setting.decision.put(out);
    out.extend_from_slice(b"\",\"ads\":[");
}

fn end(setting: &PodSetting<'_>, why: Option<NoFill>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"],\"no_ad_reason\":");
    match why {
        Some(why) => put_text(why.as_str(), out),
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(b",\"privacy\":[");
    for (signal, place) in setting.privacy.signals().zip(0..) {
        if place > 0 {
            out.push(b',');
        }
        put_text(signal.as_str(), out);
    }
    out.extend_from_slice(b"]}");
}

/// What plays and for how long, with a comma behind it.
fn put_spot(served: &Served<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\"campaign_id\":\"");
    served.ad.campaign.put(out);
    out.extend_from_slice(b"\",\"creative_id\":\"");
    served.ad.creative.put(out);
    out.extend_from_slice(b"\",\"video_url\":");
    put_text(served.media_url, out);
    out.extend_from_slice(b",\"duration\":");
    put_seconds(served.chosen.spot.media.duration, out);
    out.push(b',');
}
