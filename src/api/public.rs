//! What players get from the public API as JSON.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer to `POST /api/v1/ad-request`: one ad, or why none. Every field is always there;
/// what does not apply is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdAnswer {
    /// The id that the player gave its request, or the one that it got.
    pub request_id: String,
    /// The campaign that is shown: `cmp_…`.
    pub campaign_id: Option<String>,
    /// The creative that is shown: `cr_…`.
    pub creative_id: Option<String>,
    /// The file to play.
    pub video_url: Option<String>,
    /// How long it plays. Seconds, exact to the millisecond.
    pub duration: Option<f64>,
    /// What to call when something happens, by the name of the event. The address of `error`
    /// holds `[ERRORCODE]`, to be replaced by the number of the error.
    pub tracking: Option<BTreeMap<String, String>>,
    /// Where a click leads; calling it counts the click, so call either this or `tracking.click`.
    pub click_url: Option<String>,
    /// What `POST /api/v1/impression` wants.
    pub token: Option<String>,
    /// Why there is no ad.
    pub no_ad: Option<NoAd>,
}

/// Why there is no ad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoAd {
    /// A word of the closed list of no-fill reasons.
    pub reason: String,
}

/// The answer to `POST /api/v2/ad-request`: the ads of a pod in their order, or why there are
/// none. Every field is always there; what does not apply is null or empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PodAnswer {
    /// The id that the player gave its request, or the one that it got.
    pub request_id: String,
    /// Names this decision in the logs and to `adctl`: `dec_…`.
    pub decision_id: String,
    /// What to play, one after another.
    pub ads: Vec<PodAd>,
    /// A word of the closed list of no-fill reasons, when there are no ads.
    pub no_ad_reason: Option<String>,
    /// The privacy signals that the request carried. What they forbid to know was not looked at.
    pub privacy: Vec<String>,
}

/// One ad of a pod.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PodAd {
    /// The campaign that is shown: `cmp_…`.
    pub campaign_id: String,
    /// The creative that is shown: `cr_…`.
    pub creative_id: String,
    /// The file to play.
    pub video_url: String,
    /// How long it plays. Seconds, exact to the millisecond.
    pub duration: f64,
    /// When it begins, from the beginning of the pod. Seconds, exact to the millisecond.
    pub start: f64,
    /// Its place in the pod, from 1.
    pub position: u32,
    /// What to call when something happens, by the name of the event. The address of `error`
    /// holds `[ERRORCODE]`, to be replaced by the number of the error.
    pub tracking: BTreeMap<String, String>,
    /// Where a click leads; calling it counts the click, so call either this or `tracking.click`.
    pub click_url: Option<String>,
    /// What `POST /api/v1/impression` wants.
    pub token: String,
}

/// The answer to `POST /hls/CHANNEL/session`: a session, and where its parts are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionAnswer {
    /// Its name; whoever knows it can read what the session is told.
    pub session_id: String,
    /// What to play.
    pub manifest_url: String,
    /// What a player that reports itself is to call.
    pub tracking_url: String,
    /// Who puts the ads in: `stitched` or `guided`.
    pub insertion: String,
    /// Who reports what was seen: `server` or `client`.
    pub reporting: String,
}
