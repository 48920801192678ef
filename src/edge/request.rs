//! What a player asks for, from a query string or a JSON body to an [`AdRequest`].

use serde::Deserialize;

use super::query;
use super::respond::Refusal;
use crate::decision::{AdRequest, Catalog, Opening, TenantCatalog};
use crate::format::vast::Version;
use crate::model::channel::SLOT_MAX;
use crate::model::{CampaignId, ChannelId, Millis};

/// Version of a VAST answer when the player names none.
const VERSION_DEFAULT: Version = Version::V4_2;
/// Longest `request_id` of a player, in bytes.
const REQUEST_ID_MAX: usize = 128;

/// `GET /api/v1/vast`, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VastCall {
    /// The question for the decision.
    pub(super) request: AdRequest,
    /// The version to answer in.
    pub(super) version: Version,
}

/// `POST /api/v1/ad-request`, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonCall {
    /// The question for the decision.
    pub(super) request: AdRequest,
    /// Echoed in the answer.
    pub(super) request_id: String,
}

/// Reads the query of a VAST tag: `channel` or `campaign_id`, `duration` (seconds), `version`.
pub(super) fn vast(query: Option<&str>, catalog: &Catalog) -> Result<VastCall, Refusal> {
    let names = ["channel", "campaign_id", "duration", "version"];
    let [channel, campaign, duration, version] = query::read(query, names)?;
    let version = match version {
        Some(text) => text
            .parse()
            .map_err(|error: <Version as std::str::FromStr>::Err| {
                Refusal::field("version", error.to_string())
            })?,
        None => VERSION_DEFAULT,
    };
    let slot = duration.map(|text| seconds(&text)).transpose()?;
    let request = resolve(catalog, channel.as_deref(), campaign.as_deref(), slot)?;
    Ok(VastCall { request, version })
}

/// The body of `POST /api/v1/ad-request`. Fields that are not known are ignored, so that a
/// player may send those of later versions.
#[derive(Deserialize)]
struct JsonBody {
    request_id: String,
    /// Seconds, with up to three decimals.
    duration: serde_json::Number,
    #[serde(default)]
    channel: Option<String>,
}

/// Reads the body of a v1 ad request.
pub(super) fn json(body: &[u8], catalog: &Catalog) -> Result<JsonCall, Refusal> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let body: JsonBody = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| Refusal::Malformed(format!("the body is not an ad request: {error}")))?;
    reader
        .end()
        .map_err(|error| Refusal::Malformed(format!("after the JSON body: {error}")))?;
    let id = body.request_id;
    if id.is_empty() || id.len() > REQUEST_ID_MAX || id.chars().any(char::is_control) {
        let message = format!("must be 1 to {REQUEST_ID_MAX} bytes without control characters");
        return Err(Refusal::field("request_id", message));
    }
    let slot = seconds(&body.duration.to_string())?;
    let request = resolve(catalog, body.channel.as_deref(), None, Some(slot))?;
    Ok(JsonCall {
        request,
        request_id: id,
    })
}

/// Whole or decimal seconds as milliseconds; more than three decimals are cut off.
fn seconds(text: &str) -> Result<Millis, Refusal> {
    let refusal = || {
        let longest = SLOT_MAX.0 / 1000;
        Refusal::field(
            "duration",
            format!("must be 0.001 to {longest} seconds, such as 30 or 15.5"),
        )
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| {
        (1..=17).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole) || !digits(fraction) {
        return Err(refusal());
    }
    let whole: u64 = whole.parse().map_err(|_too_large| refusal())?;
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    let thousandths: u64 = thousandths.parse().map_err(|_digits_only| refusal())?;
    let slot = Millis::from_seconds(whole).plus(Millis(thousandths));
    if slot.0 == 0 || slot > SLOT_MAX {
        return Err(refusal());
    }
    Ok(slot)
}

/// Finds whose ads are meant: those of the named channel or campaign, or of the only tenant.
fn resolve(
    catalog: &Catalog,
    channel: Option<&str>,
    campaign: Option<&str>,
    slot: Option<Millis>,
) -> Result<AdRequest, Refusal> {
    let channel = channel
        .map(|text| read_id::<ChannelId>("channel", text))
        .transpose()?;
    let campaign = campaign
        .map(|text| read_id::<CampaignId>("campaign_id", text))
        .transpose()?;
    let tenant = match (channel, campaign) {
        (Some(channel), _) => catalog
            .tenant_of_channel(channel)
            .ok_or(Refusal::NotFound("channel"))?,
        (None, Some(campaign)) => catalog
            .tenant_of_campaign(campaign)
            .ok_or(Refusal::NotFound("campaign"))?,
        (None, None) => only_tenant(catalog)?,
    };
    let preset = channel
        .and_then(|id| tenant.channel(id))
        .and_then(|channel| channel.spec.slot);
    Ok(AdRequest {
        channel,
        campaign,
        opening: Opening::Slot(slot.or(preset)),
        ..AdRequest::of(tenant.id)
    })
}

fn read_id<T: std::str::FromStr<Err = crate::model::IdError>>(
    field: &str,
    text: &str,
) -> Result<T, Refusal> {
    text.parse()
        .map_err(|error: crate::model::IdError| Refusal::field(field, error.to_string()))
}

fn only_tenant(catalog: &Catalog) -> Result<&TenantCatalog, Refusal> {
    let mut tenants = catalog.tenants();
    match (tenants.next(), tenants.next()) {
        (Some(tenant), None) => Ok(tenant),
        (None, _) => Err(Refusal::NotFound("channel")),
        (Some(_), Some(_)) => Err(Refusal::field(
            "channel",
            "is required: this server has several tenants",
        )),
    }
}
