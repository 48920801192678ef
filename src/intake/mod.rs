//! Floor 2: from the bytes of an ad request to the question for the decision.
//!
//! | what came | read by |
//! |---|---|
//! | the query of a VAST tag | [`tag`] |
//! | the body of `POST /api/v2/ad-request` | [`ask`] |
//! | the body of `POST /api/v1/ad-request` | [`ask_one`] |
//!
//! All three become what was said, field by field ([`fields`]), and from there on are one: words
//! are folded, identities hashed, and what consent, age or the viewer forbid is taken away before
//! anything else sees it. Everything that is wrong is told at once. Absent is absent: nothing is
//! guessed, and an unfilled macro says nothing.

mod body;
pub mod fields;
mod identity;
mod opening;
mod place;
mod problems;
mod reader;
mod said;
mod traits;
pub mod viewer_keys;

#[cfg(test)]
mod tests;

use core::net::IpAddr;
use std::fmt;

use serde::Deserialize;

use crate::api::FieldProblem;
use crate::decision::{AdRequest, Catalog};
use crate::format::vast::Version;
use crate::model::targeting::{Geo, Traits};
use crate::model::{Timestamp, Zone};
use fields::Field;
use opening::{Preset, opening};
use place::resolve;
use said::{Origin, Said};

pub use reader::ID_MAX;
pub use traits::located;
pub use viewer_keys::{VIEWER_KEY_LEN, ViewerKeys};

/// Longest `request_id` of a player, in bytes.
const REQUEST_ID_MAX: usize = 128;

/// Who asks, as the connection tells.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'a> {
    /// The address of the client, through proxies that are trusted.
    pub address: Option<IpAddr>,
    /// Whether the request came from a proxy whose word is taken: then it may name the address.
    pub is_trusted: bool,
    /// The `User-Agent` header.
    pub user_agent: Option<&'a str>,
    /// Now.
    pub now: Timestamp,
}

/// Where an address is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Located {
    /// Its places, in the words of targeting.
    pub geo: Geo,
    /// The wall clock there.
    pub zone: Option<Zone>,
}

/// What is needed to read a request besides the request.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// What is sold.
    pub catalog: &'a Catalog,
    /// Where addresses are.
    pub locate: &'a dyn Fn(IpAddr) -> Option<Located>,
    /// What identities are hashed with.
    pub keys: &'a ViewerKeys,
}

impl fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").finish_non_exhaustive()
    }
}

/// Why a request cannot be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read at all.
    Malformed(String),
    /// These of its fields are wrong; at least one.
    Fields(Vec<FieldProblem>),
    /// What it names does not exist.
    NotFound(&'static str),
}

/// A VAST tag, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The question for the decision.
    pub request: AdRequest,
    /// The version to answer in, if the tag says.
    pub version: Option<Version>,
}

/// A body, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The question for the decision.
    pub request: AdRequest,
    /// The name the player gave it, to be echoed.
    pub request_id: Option<String>,
}

/// Reads the query of a VAST tag.
pub fn tag(query: &str, caller: &Caller<'_>, around: &Surroundings<'_>) -> Result<Tag, Refusal> {
    let mut said = said::of_query(query);
    let version = said.short(Field::Version, REQUEST_ID_MAX).and_then(|text| {
        text.parse().map_or_else(
            |error: <Version as std::str::FromStr>::Err| {
                said.refuse(Field::Version, error.to_string());
                None
            },
            Some,
        )
    });
    let request = question(said, caller, around)?;
    Ok(Tag { request, version })
}

/// Reads the body of a v2 ad request.
pub fn ask(body: &[u8], caller: &Caller<'_>, around: &Surroundings<'_>) -> Result<Ask, Refusal> {
    let mut said = body::of_body(body).map_err(|error| malformed(&error))?;
    let request_id = said.short(Field::RequestId, REQUEST_ID_MAX).map(Into::into);
    let request = question(said, caller, around)?;
    Ok(Ask {
        request,
        request_id,
    })
}

fn malformed(error: &dyn fmt::Display) -> Refusal {
    Refusal::Malformed(format!("the body is not an ad request: {error}"))
}

/// The body of `POST /api/v1/ad-request`. Fields that are not known are ignored, so that a
/// player may send those of later versions.
#[derive(Deserialize)]
struct OneBody {
    request_id: String,
    /// Seconds, with up to three decimals.
    duration: serde_json::Number,
    #[serde(default)]
    channel: Option<String>,
}

/// Reads the body of a v1 ad request: one ad, with nothing said of the viewer but what the
/// connection tells.
pub fn ask_one(
    body: &[u8],
    caller: &Caller<'_>,
    around: &Surroundings<'_>,
) -> Result<Ask, Refusal> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let body: OneBody =
        serde_path_to_error::deserialize(&mut reader).map_err(|error| malformed(&error))?;
    reader
        .end()
        .map_err(|error| Refusal::Malformed(format!("after the JSON body: {error}")))?;
    let mut said = Said::new(Origin::Body);
    let id = body.request_id;
    if id.is_empty() || id.len() > REQUEST_ID_MAX || id.chars().any(char::is_control) {
        let message = format!("must be 1 to {REQUEST_ID_MAX} bytes without control characters");
        said.problems.add("request_id", message);
    }
    let duration = body.duration.to_string();
    if reader::seconds(&duration).is_none() {
        said.problems.add("duration", reader::not_seconds());
    }
    said.say("duration", duration);
    if let Some(channel) = body.channel {
        said.say("channel", channel);
    }
    let request = question(said, caller, around)?;
    Ok(Ask {
        request,
        request_id: Some(id),
    })
}

/// What was said as the question for the decision, or everything that is wrong with it.
fn question(
    mut said: Said<'_>,
    caller: &Caller<'_>,
    around: &Surroundings<'_>,
) -> Result<AdRequest, Refusal> {
    let place = resolve(&mut said, around.catalog);
    let preset = match &place {
        Ok(Some(place)) => place::preset(&mut said, place)?,
        _ => Preset::default(),
    };
    let opening = opening(&mut said, preset);
    let ids = identity::Ids::read(&mut said);
    let privacy = identity::privacy(&mut said, &ids, caller.now);
    let address = address(&mut said, caller);
    let mut traits = traits(&mut said, caller, address, around);
    said.problems.told().map_err(Refusal::Fields)?;
    // Without a problem the place is there, or what was named does not exist.
    let place = place?.ok_or(Refusal::NotFound("channel"))?;
    privacy.apply(&mut traits);
    let tenant = place.tenant.id;
    Ok(AdRequest {
        tenant,
        channel: place.channel.map(|channel| channel.id),
        campaign: place.campaign,
        opening,
        traits,
        identity: ids.hashed(privacy, address, tenant, around.keys),
        privacy,
        profile: None,
    })
}

/// Where the request comes from: what it says itself counts from trusted proxies only.
fn address(said: &mut Said<'_>, caller: &Caller<'_>) -> Option<IpAddr> {
    if !caller.is_trusted {
        return caller.address;
    }
    let Some(text) = said.text(Field::Ip) else {
        return caller.address;
    };
    let address: Option<IpAddr> = text.trim().parse().ok();
    if address.is_none() {
        said.refuse(Field::Ip, "must be an IPv4 or IPv6 address");
    }
    address.map(|address| address.to_canonical())
}

fn traits(
    said: &mut Said<'_>,
    caller: &Caller<'_>,
    address: Option<IpAddr>,
    around: &Surroundings<'_>,
) -> Traits {
    let own = traits::geo(said);
    let zone = traits::zone(said);
    let located = if let Some(geo) = own {
        Located { geo, zone }
    } else {
        let found = address.and_then(around.locate).unwrap_or_default();
        Located {
            zone: zone.or(found.zone),
            ..found
        }
    };
    Traits {
        geo: located.geo,
        device: traits::device(said, caller.user_agent),
        content: traits::content(said),
        audience: traits::audience(said),
        zone: located.zone,
        key_values: said.key_values(),
    }
}
