//! Facts as the API shows them, with ids and without names.

use serde_json::Value;

use crate::admin::operations;
use crate::api::{
    LiveAd, LiveBeacon, LiveDecision, LiveEvent, LiveOperation, NoFillCount, Operation,
};
use crate::delivery::pulse::{DecidedFact, Entry, Fact, ReportedFact, ReportedResult};
use crate::model::{Nanos, Timestamp};

/// A fact as an event.
pub(super) fn shown(entry: &Entry) -> LiveEvent {
    match &entry.fact {
        Fact::Decided(fact) => LiveEvent::Decision(decided(entry.at, fact)),
        Fact::Reported(fact) => LiveEvent::Beacon(reported(entry.at, fact)),
        Fact::Written(operation) => {
            let operation = operations::shown(operation);
            LiveEvent::Operation(LiveOperation {
                changed: changed(&operation),
                operation,
            })
        }
        Fact::Counted(metrics) => LiveEvent::Metrics(metrics.as_ref().clone()),
        Fact::Health(health) => LiveEvent::Health(health.as_ref().clone()),
    }
}

fn decided(at: Timestamp, fact: &DecidedFact) -> LiveDecision {
    let reasons = fact.reasons.iter().map(|(why, count)| NoFillCount {
        reason: why.as_str().to_owned(),
        count: u64::from(*count),
    });
    let ads = fact.ads.iter().map(|ad| LiveAd {
        id: ad.id.to_string(),
        campaign_id: ad.campaign.to_string(),
        campaign: None,
        creative_id: ad.creative.to_string(),
        creative: None,
        duration_ms: ad.duration.0,
    });
    LiveDecision {
        at: at.to_string(),
        id: fact.id.to_string(),
        channel_id: fact.channel.map(|id| id.to_string()),
        channel: None,
        outcome: match fact.why {
            None => "filled",
            Some(_) => "nofill",
        }
        .to_owned(),
        reason: fact.why.map(|why| why.as_str().to_owned()),
        reasons: reasons.collect(),
        room_ms: fact.room.map(|room| room.0),
        ads: ads.collect(),
        took_us: fact.took_us,
    }
}

fn reported(at: Timestamp, fact: &ReportedFact) -> LiveBeacon {
    let (result, reason, charged) = match fact.result {
        ReportedResult::Accepted(charged) => ("accepted", None, charged),
        ReportedResult::Duplicate => ("duplicate", None, Nanos::ZERO),
        ReportedResult::Expired => ("refused", Some("expired"), Nanos::ZERO),
        ReportedResult::Unavailable => ("refused", Some("unavailable"), Nanos::ZERO),
    };
    LiveBeacon {
        at: at.to_string(),
        event: fact.kind.to_string(),
        result: result.to_owned(),
        reason: reason.map(str::to_owned),
        error_code: fact.error_code,
        ad_id: fact.ad.to_string(),
        channel_id: fact.channel.map(|id| id.to_string()),
        channel: None,
        campaign_id: fact.campaign.to_string(),
        campaign: None,
        creative_id: fact.creative.to_string(),
        creative: None,
        after_ms: fact.after.0,
        charged_micros: charged.micros(),
    }
}

/// The fields that differ; of something new or gone, none is named.
fn changed(operation: &Operation) -> Vec<String> {
    let (Some(Value::Object(before)), Some(Value::Object(after))) =
        (&operation.before, &operation.after)
    else {
        return Vec::new();
    };
    let names = before.keys().chain(after.keys());
    let differs = |name: &&String| {
        // They change with every write.
        !matches!(name.as_str(), "revision" | "updated_at") && before.get(*name) != after.get(*name)
    };
    let mut changed: Vec<String> = names.filter(differs).cloned().collect();
    changed.sort_unstable();
    changed.dedup();
    changed
}
