//! `/api/v1/tags`: the address a player calls, ready to paste.

use std::sync::Arc;

use super::call::Call;
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::scope;
use super::work::read;
use crate::api::Tag;
use crate::model::word::words;
use crate::model::{Campaign, Channel, Problem};
use crate::store::catalog::StoreError;

/// What a player speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// VAST, asked for with GET.
    Vast,
    /// JSON, asked for with POST.
    Json,
}
words!(Format { Vast = "vast", Json = "json" });

/// What a tag is for.
#[derive(Debug, Clone)]
enum Target {
    Channel(Channel),
    Campaign(Campaign),
}

/// `GET /api/v1/tags`
pub(crate) async fn get(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let format = call.query("format").and_then(|word| word.parse().ok());
    let format = format.unwrap_or(Format::Vast);
    let problems = faults(&call, format);
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    let version = call.query("version").map(str::to_owned);
    let scope = scope(&state, &call).await?;
    let target = read(&state, scope, move |reader| {
        match (call.query("channel"), call.query("campaign")) {
            (Some(channel), _) => reader.find(channel).map(Target::Channel),
            (None, Some(campaign)) => reader.find(campaign).map(Target::Campaign),
            (None, None) => Err(StoreError::invalid("channel", "is required")),
        }
    });
    let target = target.await?;
    let tag = match format {
        Format::Vast => vast(&state.public_url, &target, version.as_deref()),
        Format::Json => json(&state.public_url, &target),
    };
    Answer::ok(&tag)
}

fn faults(call: &Call, format: Format) -> Vec<Problem> {
    let (channel, campaign) = (call.query("channel"), call.query("campaign"));
    let mut problems = Vec::new();
    match (channel, campaign) {
        (None, None) => problems.push(Problem::new("channel", "is required, or campaign")),
        (Some(_), Some(_)) => {
            problems.push(Problem::new(
                "campaign",
                "is given beside channel; choose one",
            ));
        }
        (None, Some(_)) | (Some(_), None) => {}
    }
    if format == Format::Json && campaign.is_some() {
        let message = "a JSON request cannot name a campaign; use format=vast";
        problems.push(Problem::new("format", message));
    }
    if format == Format::Json && call.query("version").is_some() {
        problems.push(Problem::new("version", "is of VAST; use format=vast"));
    }
    problems
}

/// The player fills in `[CACHEBUSTING]` (VAST 4.2 §6, macros), so that nothing between it and us
/// answers from memory.
fn vast(public_url: &str, target: &Target, version: Option<&str>) -> Tag {
    let (id, parameter) = match target {
        Target::Channel(channel) => (channel.id.to_string(), "channel"),
        Target::Campaign(campaign) => (campaign.id.to_string(), "campaign_id"),
    };
    let version = version.map_or(String::new(), |version| format!("&version={version}"));
    Tag {
        url: format!("{public_url}/api/v1/vast?{parameter}={id}{version}&cb=[CACHEBUSTING]"),
        target: id,
        format: Format::Vast.to_string(),
        method: "GET".to_owned(),
        body: None,
    }
}

/// Seconds that an example asks for where the channel says nothing.
const EXAMPLE_SECONDS: u64 = 30;

fn json(public_url: &str, target: &Target) -> Tag {
    let (id, slot) = match target {
        Target::Channel(channel) => (channel.id.to_string(), channel.spec.slot),
        Target::Campaign(campaign) => (campaign.id.to_string(), None),
    };
    let seconds = slot.map_or(EXAMPLE_SECONDS, |slot| slot.0.div_ceil(1000));
    Tag {
        url: format!("{public_url}/api/v1/ad-request"),
        body: Some(serde_json::json!({
            "request_id": "[CACHEBUSTING]",
            "channel": id,
            "duration": seconds,
        })),
        target: id,
        format: Format::Json.to_string(),
        method: "POST".to_owned(),
    }
}
