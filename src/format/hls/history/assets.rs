//! Lists of assets that interstitials name (RFC 8216bis App. D.3).

use serde_json::Value;
use url::Url;

use super::report::Report;
use super::{Invariant, Mode};
use crate::model::Timestamp;

/// By how much lists may miss the length of their break, in seconds.
const LENGTH_SLACK: f64 = 1.0;

/// One answer of the address in X-ASSET-LIST.
#[derive(Debug, Clone, Copy)]
pub struct AssetList<'a> {
    /// When it was fetched.
    pub at: Timestamp,
    /// In whose playback, if it is known.
    pub session: Option<&'a str>,
    /// Id of the interstitial.
    pub id: &'a str,
    /// Length of the break in seconds, where the playlist says it.
    pub length: Option<f64>,
    /// `_HLS_start_offset` of the request, in seconds.
    pub start_offset: Option<f64>,
    /// Whether the interstitial has an X-RESUME-OFFSET.
    pub resumes: Resumes,
    /// The JSON that was answered.
    pub text: &'a str,
}

/// Where content goes on after an interstitial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumes {
    /// At what the interstitial covered.
    Implied,
    /// At an X-RESUME-OFFSET.
    Said,
}

/// Looks at one list.
pub(super) fn check(list: &AssetList<'_>, mode: Mode, report: &mut Report) {
    let id = list.id;
    let mut tell = |invariant, what: &str, seen: String| {
        report.tell(invariant, 0, (id, what), || seen);
    };
    let parsed: Value = match serde_json::from_str(list.text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let seen = format!("the list of `{id}` is no JSON: {error}");
            return tell(Invariant::InterstitialAsset, "json", seen);
        }
    };
    let Some(assets) = parsed.get("ASSETS").and_then(Value::as_array) else {
        let seen = format!("the list of `{id}` has no ASSETS");
        return tell(Invariant::InterstitialAsset, "assets", seen);
    };
    let mut sum = 0.0;
    for (index, asset) in assets.iter().enumerate() {
        let uri = asset.get("URI").and_then(Value::as_str);
        if uri.is_none_or(|uri| Url::parse(uri).is_err()) {
            let uri = uri.unwrap_or("nothing");
            let seen = format!("URI of asset {index} of `{id}` is not absolute: {uri}");
            tell(Invariant::InterstitialAsset, "uri", seen);
        }
        let duration = asset.get("DURATION").and_then(Value::as_f64);
        match duration {
            Some(seconds) if seconds > 0.0 => sum = add(sum, seconds),
            _ => {
                let seen = format!("DURATION of asset {index} of `{id}` is no number above 0");
                tell(Invariant::InterstitialAsset, "duration", seen);
            }
        }
    }
    if assets.is_empty() && list.resumes == Resumes::Said && mode == Mode::Replace {
        let seen = format!("the list of `{id}` is empty, and its X-RESUME-OFFSET skips content");
        tell(Invariant::EmptyAssets, "empty", seen);
    }
    let room = list.length.map(|length| left(length, list.start_offset));
    if let Some(room) = room.filter(|room| sum > *room) {
        let offset = list.start_offset.unwrap_or_default();
        let seen = format!("the list of `{id}` from {offset} s lasts {sum} s, more than {room} s");
        tell(Invariant::StartOffset, "offset", seen);
    }
}

#[expect(
    clippy::float_arithmetic,
    reason = "JSON numbers of seconds, judged to a second"
)]
fn add(sum: f64, seconds: f64) -> f64 {
    sum + seconds
}

#[expect(
    clippy::float_arithmetic,
    reason = "JSON numbers of seconds, judged to a second"
)]
fn left(length: f64, offset: Option<f64>) -> f64 {
    (length - offset.unwrap_or_default()).max(0.0) + LENGTH_SLACK
}
