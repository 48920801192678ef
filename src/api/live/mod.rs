//! What happens now: the events of `GET /api/v1/events`, one stream that can be resumed.
//!
//! The stream is `text/event-stream` (WHATWG HTML §9.2). Each event has an `event` (its topic, or
//! one of `snapshot`, `gap`, `sampled`, `heartbeat`), one line of JSON with a `type` as `data`,
//! and an `id`: the place in the stream after it. Whoever comes back with the last id it saw, in
//! `Last-Event-ID` or `after`, goes on behind it, for as long as the daemon remembers.
//!
//! A stream begins with a `snapshot`. What cannot be told is said: `gap` counts what was lost,
//! `sampled` what was left out. No event names a viewer, an address or a token.

mod filter;
mod metrics;
mod sample;

pub use filter::{Field, Filter, FilterError};
pub use metrics::{LiveCounts, LiveLatency, LiveMetrics};
pub use sample::{SAMPLE_PER_SECOND, Sampler};

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{NoFillCount, Operation};
use crate::model::word::words;

/// Where the stream is.
pub const EVENTS_PATH: &str = "/api/v1/events";
/// Request header with the id of the last event that was seen (WHATWG HTML §9.2.4).
pub const LAST_EVENT_HEADER: &str = "last-event-id";
/// How often a stream says that it lives when there is nothing else to say. Milliseconds.
pub const HEARTBEAT_MS: u64 = 5_000;
/// After how long without a word a stream is to be taken for dead. Milliseconds.
pub const SILENCE_MAX_MS: u64 = 10_000;
/// Most events of before that `recent` brings.
pub const RECENT_MAX: u32 = 1_000;

/// What a stream can be about.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What is counted, once a second.
    Metrics,
    /// Ad requests and what became of them, sampled.
    Decisions,
    /// What players report, sampled.
    Beacons,
    /// Every write.
    Audit,
    /// How the daemon is, when it changes.
    Health,
}
words!(Topic {
    Metrics = "metrics",
    Decisions = "decisions",
    Beacons = "beacons",
    Audit = "audit",
    Health = "health",
});

/// One event of the stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LiveEvent {
    /// How things are when the stream begins. Everything after it is news.
    Snapshot(Box<LiveSnapshot>),
    /// One second, counted. Of the topic `metrics`.
    Metrics(LiveMetrics),
    /// One ad request. Of the topic `decisions`.
    Decision(LiveDecision),
    /// One report of a player. Of the topic `beacons`.
    Beacon(LiveBeacon),
    /// One write. Of the topic `audit`.
    Operation(LiveOperation),
    /// How the daemon is. Of the topic `health`.
    Health(LiveHealth),
    /// Events are missing here.
    Gap(LiveGap),
    /// Events were left out, because there are too many to look at.
    Sampled(LiveSampled),
    /// The stream lives.
    Heartbeat(LiveHeartbeat),
}

/// The words of `type`; an event of another is of a later version, and to be skipped.
const TYPES: [&str; 9] = [
    "snapshot",
    "metrics",
    "decision",
    "beacon",
    "operation",
    "health",
    "gap",
    "sampled",
    "heartbeat",
];

impl LiveEvent {
    /// Reads the data of an event; none when it is of a kind that this version does not know.
    pub fn read(data: &str) -> Result<Option<Self>, serde_json::Error> {
        #[derive(Deserialize)]
        struct Kind {
            r#type: String,
        }
        let error = match serde_json::from_str(data) {
            Ok(event) => return Ok(Some(event)),
            Err(error) => error,
        };
        let kind: Kind = serde_json::from_str(data)?;
        if TYPES.contains(&kind.r#type.as_str()) {
            return Err(error);
        }
        Ok(None)
    }

    /// What it is about; none for what is about the stream itself.
    pub const fn topic(&self) -> Option<Topic> {
        match self {
            Self::Metrics(_) => Some(Topic::Metrics),
            Self::Decision(_) => Some(Topic::Decisions),
            Self::Beacon(_) => Some(Topic::Beacons),
            Self::Operation(_) => Some(Topic::Audit),
            Self::Health(_) => Some(Topic::Health),
            Self::Snapshot(_) | Self::Gap(_) | Self::Sampled(_) | Self::Heartbeat(_) => None,
        }
    }

    /// What `event` says of it in the stream.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Snapshot(_) => "snapshot",
            Self::Gap(_) => "gap",
            Self::Sampled(_) => "sampled",
            Self::Heartbeat(_) => "heartbeat",
            Self::Metrics(_) => Topic::Metrics.as_str(),
            Self::Decision(_) => Topic::Decisions.as_str(),
            Self::Beacon(_) => Topic::Beacons.as_str(),
            Self::Operation(_) => Topic::Audit.as_str(),
            Self::Health(_) => Topic::Health.as_str(),
        }
    }

    /// When it happened: RFC 3339.
    pub fn at(&self) -> &str {
        match self {
            Self::Snapshot(event) => &event.at,
            Self::Metrics(event) => &event.at,
            Self::Decision(event) => &event.at,
            Self::Beacon(event) => &event.at,
            Self::Operation(event) => &event.operation.at,
            Self::Health(event) => &event.at,
            Self::Gap(event) => &event.at,
            Self::Sampled(event) => &event.at,
            Self::Heartbeat(event) => &event.at,
        }
    }
}

/// How things are when a stream begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LiveSnapshot {
    /// When: RFC 3339.
    pub at: String,
    /// `ten_…`: whose events these are.
    pub tenant_id: String,
    /// Its name.
    pub tenant: String,
    /// What the stream is about.
    pub topics: Vec<Topic>,
    /// Whether it goes on where `Last-Event-ID` ended. If not, and something was missed, a `gap`
    /// follows.
    pub resumed: bool,
    /// The last second, if `metrics` was asked for and one has passed.
    pub metrics: Option<LiveMetrics>,
    /// How the daemon is, if `health` was asked for.
    pub health: Option<LiveHealth>,
}

/// One ad request, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveDecision {
    /// When: RFC 3339.
    pub at: String,
    /// `dec_…`, which `explain` knows if the decision is one of those that are kept.
    pub id: String,
    /// `ch_…`, where the request named a channel.
    pub channel_id: Option<String>,
    /// Its name, while there is such a channel.
    pub channel: Option<String>,
    /// `filled` or `nofill`.
    pub outcome: String,
    /// Why there is no ad, a word of the closed list; none when there is one.
    pub reason: Option<String>,
    /// How many campaigns fell out for each reason, most first, at most five.
    pub reasons: Vec<NoFillCount>,
    /// The time to be filled: the length of the pod or of the slot, where the request says one.
    /// Milliseconds.
    pub room_ms: Option<u64>,
    /// The ads in the order in which they play.
    pub ads: Vec<LiveAd>,
    /// How long it took, from the question to ads that are reserved. Microseconds.
    pub took_us: u64,
}

/// An ad of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveAd {
    /// `ad_…`, the same as in its beacons.
    pub id: String,
    /// `cmp_…`
    pub campaign_id: String,
    /// Its name, while there is such a campaign.
    pub campaign: Option<String>,
    /// `cr_…`
    pub creative_id: String,
    /// Its name, while there is such a creative.
    pub creative: Option<String>,
    /// How long it plays. Milliseconds.
    pub duration_ms: u64,
}

/// One report of a player about an ad that was handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveBeacon {
    /// When: RFC 3339.
    pub at: String,
    /// What it reports: `impression`, `start`, `complete`, `error`, …
    pub event: String,
    /// `accepted`: counted; `duplicate`: counted before; `refused`.
    pub result: String,
    /// Why it was refused: `expired` or `unavailable`.
    pub reason: Option<String>,
    /// VAST code of an error, where the player gave one.
    pub error_code: Option<u16>,
    /// `ad_…`
    pub ad_id: String,
    /// `ch_…`, where the request of the ad named a channel.
    pub channel_id: Option<String>,
    /// Its name, while there is such a channel.
    pub channel: Option<String>,
    /// `cmp_…`
    pub campaign_id: String,
    /// Its name, while there is such a campaign.
    pub campaign: Option<String>,
    /// `cr_…`
    pub creative_id: String,
    /// Its name, while there is such a creative.
    pub creative: Option<String>,
    /// How long after the decision it came. Milliseconds.
    pub after_ms: u64,
    /// What was charged for it. Micros, rounded down.
    pub charged_micros: i64,
}

/// One write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LiveOperation {
    /// The entry of the history that it is.
    #[serde(flatten)]
    pub operation: Operation,
    /// The fields that it changed, in the order of the alphabet.
    pub changed: Vec<String>,
}

/// How the daemon is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveHealth {
    /// When: RFC 3339.
    pub at: String,
    /// `ok` when every part is, else `degraded`.
    pub state: String,
    /// Whether each part it depends on works: `ok`, or what is wrong.
    pub dependencies: BTreeMap<String, String>,
    /// Revision of the catalog that decides now.
    pub catalog_revision: u64,
    /// Beacons waiting to be written.
    pub queue: u64,
    /// Its version.
    pub version: String,
    /// When it started: RFC 3339.
    pub started_at: String,
}

/// Events are missing here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveGap {
    /// When it was noticed: RFC 3339.
    pub at: String,
    /// `slow`: the reader did not keep up; `too_old`: it was away for too long; `restarted`: the
    /// daemon started anew; `busy`: the daemon had no time for them.
    pub why: String,
    /// How many are missing of each topic that was asked for, before any filter. Empty when
    /// nobody can say.
    pub lost: BTreeMap<Topic, u64>,
}

impl LiveGap {
    /// How many are missing in all; none when nobody can say.
    pub fn total(&self) -> Option<u64> {
        (!self.lost.is_empty()).then(|| self.lost.values().sum())
    }
}

/// Events were left out, because there are too many to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveSampled {
    /// When: RFC 3339.
    pub at: String,
    /// Of which topic.
    pub topic: Topic,
    /// How many there were since the last time this was said, after the filter.
    pub matched: u64,
    /// How many of them were told.
    pub shown: u64,
    /// How many were left out.
    pub dropped: u64,
}

/// The stream lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LiveHeartbeat {
    /// When: RFC 3339.
    pub at: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_read_and_later_ones_are_skipped() {
        let beat = LiveEvent::Heartbeat(LiveHeartbeat {
            at: "2026-07-01T00:00:00Z".to_owned(),
        });
        let text = serde_json::to_string(&beat).unwrap();
        assert_eq!(text, r#"{"type":"heartbeat","at":"2026-07-01T00:00:00Z"}"#);
        assert_eq!(LiveEvent::read(&text).unwrap(), Some(beat));
        assert_eq!(
            LiveEvent::read(r#"{"type":"weather","x":1}"#).unwrap(),
            None
        );
        for wrong in [r#"{"type":"heartbeat"}"#, "{}", "", "7", r#"{"type":7}"#] {
            assert!(LiveEvent::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_operation_is_flat_on_the_wire() {
        let text = r#"{"type":"operation","id":"op_1","at":"t","actor":"a","action":"create",
            "kind":"tenant","subject_id":"ten_1","subject_name":"n","before":null,"after":null,
            "undoes":null,"undone_by":null,"request_id":"r","changed":["name"]}"#;
        let event = LiveEvent::read(text).unwrap().unwrap();
        assert_eq!((event.topic(), event.at()), (Some(Topic::Audit), "t"));
        let back = serde_json::to_value(&event).unwrap();
        assert_eq!(back["subject_id"], "ten_1");
        assert_eq!(back["type"], "operation");
    }
}
