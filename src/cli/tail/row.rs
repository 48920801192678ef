//! An event as a row, for formats that have columns.

use serde::Serialize;

use crate::api::{LiveAd, LiveEvent};
use crate::cli::output::{Column, Row, Value};

/// An event and what its columns say.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct TailRow {
    event: LiveEvent,
    #[serde(skip)]
    facts: Facts,
}

/// What every kind of event has in one way or the other.
#[derive(Debug, Default)]
struct Facts {
    kind: &'static str,
    outcome: String,
    reason: Option<String>,
    channel: Option<String>,
    campaigns: String,
    creatives: String,
    id: String,
    actor: Option<String>,
    took_us: Option<u64>,
}

impl TailRow {
    pub(super) fn of(event: LiveEvent) -> Self {
        let facts = Facts::of(&event);
        Self { event, facts }
    }
}

impl Facts {
    fn of(event: &LiveEvent) -> Self {
        let kind = event.topic().map_or("stream", |topic| topic.as_str());
        let facts = Self {
            kind,
            ..Self::default()
        };
        match event {
            LiveEvent::Decision(decision) => Self {
                outcome: decision.outcome.clone(),
                reason: decision.reason.clone(),
                channel: decision.channel_id.clone(),
                campaigns: joined(&decision.ads, |ad| &ad.campaign_id),
                creatives: joined(&decision.ads, |ad| &ad.creative_id),
                id: decision.id.clone(),
                took_us: Some(decision.took_us),
                ..facts
            },
            LiveEvent::Beacon(beacon) => Self {
                outcome: beacon.event.clone(),
                reason: match beacon.result.as_str() {
                    "accepted" => beacon.error_code.map(|code| code.to_string()),
                    other => beacon.reason.clone().or_else(|| Some(other.to_owned())),
                },
                channel: beacon.channel_id.clone(),
                campaigns: beacon.campaign_id.clone(),
                creatives: beacon.creative_id.clone(),
                id: beacon.ad_id.clone(),
                ..facts
            },
            LiveEvent::Operation(operation) => Self {
                outcome: operation.operation.action.clone(),
                reason: Some(operation.changed.join(",")).filter(|changed| !changed.is_empty()),
                id: operation.operation.subject_id.clone(),
                actor: Some(operation.operation.actor.clone()),
                ..facts
            },
            LiveEvent::Metrics(metrics) => Self {
                outcome: format!(
                    "{} requests, {} filled, {} impressions",
                    metrics.counts.requests, metrics.counts.filled, metrics.counts.impressions
                ),
                ..facts
            },
            LiveEvent::Health(health) => Self {
                outcome: health.state.clone(),
                ..facts
            },
            LiveEvent::Snapshot(_)
            | LiveEvent::Gap(_)
            | LiveEvent::Sampled(_)
            | LiveEvent::Heartbeat(_) => facts,
        }
    }
}

fn joined(ads: &[LiveAd], part: fn(&LiveAd) -> &String) -> String {
    let parts: Vec<&str> = ads.iter().map(|ad| part(ad).as_str()).collect();
    parts.join(" ")
}

impl Row for TailRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("at", "TIME", |row| Value::text(row.event.at())),
        Column::shown("kind", "KIND", |row| Value::text(row.facts.kind)),
        Column::shown("outcome", "OUTCOME", |row| Value::text(&row.facts.outcome)),
        Column::shown("reason", "REASON", |row| {
            Value::of(row.facts.reason.as_deref(), Value::text)
        }),
        Column::shown("channel_id", "CHANNEL", |row| {
            Value::of(row.facts.channel.as_deref(), Value::text)
        }),
        Column::shown("campaign_ids", "CAMPAIGNS", |row| {
            Value::text(&row.facts.campaigns)
        }),
        Column::shown("creative_ids", "CREATIVES", |row| {
            Value::text(&row.facts.creatives)
        }),
        Column::shown("id", "ID", |row| Value::text(&row.facts.id)),
        Column::shown("actor", "WHO", |row| {
            Value::of(row.facts.actor.as_deref(), Value::text)
        }),
        Column::shown("took_us", "TOOK (µS)", |row| {
            Value::of(row.facts.took_us, Value::Count)
        }),
    ];

    fn id(&self) -> &str {
        &self.facts.id
    }
}
