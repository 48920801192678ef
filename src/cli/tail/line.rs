//! An event as one line for people: when, a sign and a word, where, what, and how long it took.

use jiff::tz::TimeZone;

use crate::api::{
    LiveAd, LiveBeacon, LiveDecision, LiveEvent, LiveHealth, LiveMetrics, LiveOperation,
};
use crate::cli::output::{Colour, Style, count, money, percent};
use crate::client::clean;

/// Ads of a decision that are named.
const ADS_MAX: usize = 4;
/// Columns of the word, and of the channel.
const WORD_COLUMNS: usize = 10;
const PLACE_COLUMNS: usize = 12;

/// The line, with its end.
pub(super) fn of(event: &LiveEvent, zone: &TimeZone, style: Style) -> String {
    let time = style.paint(Colour::Dim, &time(event.at(), zone));
    let line = match event {
        LiveEvent::Decision(decision) => decided(decision, style),
        LiveEvent::Beacon(beacon) => reported(beacon, style),
        LiveEvent::Operation(operation) => written(operation, style),
        LiveEvent::Metrics(metrics) => counted(metrics, style),
        LiveEvent::Health(health) => healthy(health, style),
        LiveEvent::Snapshot(_)
        | LiveEvent::Gap(_)
        | LiveEvent::Sampled(_)
        | LiveEvent::Heartbeat(_) => return String::new(),
    };
    format!("{time} {}\n", line.trim_end())
}

/// The time of day to the millisecond.
fn time(at: &str, zone: &TimeZone) -> String {
    at.parse::<jiff::Timestamp>().map_or_else(
        |_unreadable| clean(at).into_owned(),
        |instant| {
            let local = instant.to_zoned(zone.clone());
            local.strftime("%H:%M:%S%.3f").to_string()
        },
    )
}

/// A sign and a word of the same meaning: colour never carries it alone.
fn word(sign: &str, word: &str, colour: Colour, style: Style) -> String {
    let text = format!("{sign} {:<WORD_COLUMNS$}", clean(word));
    style.paint(colour, &text)
}

/// A channel by its name, else by its id.
fn place(name: Option<&String>, id: Option<&String>) -> String {
    let text = name.or(id).map_or("-", String::as_str);
    format!("{:<PLACE_COLUMNS$}", clean(text))
}

fn decided(decision: &LiveDecision, style: Style) -> String {
    let word = match decision.outcome.as_str() {
        "filled" => word("✓", "filled", Colour::Green, style),
        other => word("○", other, Colour::Yellow, style),
    };
    let place = place(decision.channel.as_ref(), decision.channel_id.as_ref());
    let id = clean(&decision.id);
    let what = if decision.ads.is_empty() {
        reasons(decision)
    } else {
        ads(&decision.ads)
    };
    let room = decision
        .room_ms
        .map_or_else(String::new, |room| format!(" of {}", seconds(room)));
    let took = style.paint(Colour::Dim, &micros(decision.took_us));
    format!("{word} {place} {id}  {what}{room}  {took}")
}

fn reasons(decision: &LiveDecision) -> String {
    let reason = decision.reason.as_deref().unwrap_or("no_demand");
    let others = decision.reasons.iter().map(|other| {
        let (reason, times) = (clean(&other.reason), other.count);
        format!("{reason}×{times}")
    });
    let others: Vec<String> = others.collect();
    match others.as_slice() {
        [] => clean(reason).into_owned(),
        [only] if decision.reasons.iter().all(|other| other.reason == reason) => only.clone(),
        _ => format!("{} ({})", clean(reason), others.join(" ")),
    }
}

fn ads(ads: &[LiveAd]) -> String {
    let total: u64 = ads.iter().map(|ad| ad.duration_ms).sum();
    let named = ads.iter().take(ADS_MAX).map(|ad| {
        let campaign = ad.campaign.as_ref().unwrap_or(&ad.campaign_id);
        let creative = ad.creative.as_ref().unwrap_or(&ad.creative_id);
        format!("{}/{}", clean(campaign), clean(creative))
    });
    let mut text = named.collect::<Vec<_>>().join(" ");
    if ads.len() > ADS_MAX {
        text.push_str(" …");
    }
    let plural = if ads.len() == 1 { "ad" } else { "ads" };
    format!("{} {plural} {}: {text}", ads.len(), seconds(total))
}

fn reported(beacon: &LiveBeacon, style: Style) -> String {
    let event = beacon.event.as_str();
    let word = match (beacon.result.as_str(), event) {
        ("accepted", "error") => word("✗", event, Colour::Red, style),
        ("accepted", _) => word("●", event, Colour::Green, style),
        ("duplicate", _) => word("=", event, Colour::Dim, style),
        _ => word("!", event, Colour::Yellow, style),
    };
    let place = place(beacon.channel.as_ref(), beacon.channel_id.as_ref());
    let campaign = beacon.campaign.as_ref().unwrap_or(&beacon.campaign_id);
    let creative = beacon.creative.as_ref().unwrap_or(&beacon.creative_id);
    let mut more = Vec::new();
    if let Some(code) = beacon.error_code {
        more.push(format!("VAST {code}"));
    }
    match (beacon.result.as_str(), beacon.reason.as_deref()) {
        ("accepted", _) => {}
        (result, None) => more.push(clean(result).into_owned()),
        (result, Some(reason)) => more.push(format!("{}: {}", clean(result), clean(reason))),
    }
    if beacon.charged_micros > 0 {
        more.push(money(beacon.charged_micros, ""));
    }
    let more = more.join("  ");
    let after = style.paint(Colour::Dim, &format!("+{}", seconds(beacon.after_ms)));
    let (ad, campaign, creative) = (clean(&beacon.ad_id), clean(campaign), clean(creative));
    format!("{word} {place} {ad}  {campaign}/{creative}  {more}  {after}")
}

fn written(event: &LiveOperation, style: Style) -> String {
    let operation = &event.operation;
    let word = word("✎", &operation.action, Colour::Cyan, style);
    let (kind, name) = (clean(&operation.kind), clean(&operation.subject_name));
    let (id, actor) = (clean(&operation.subject_id), clean(&operation.actor));
    let changed = event.changed.iter().map(|field| clean(field).into_owned());
    let changed = changed.collect::<Vec<_>>().join(", ");
    let colon = if changed.is_empty() { "" } else { ": " };
    let undo = style.paint(Colour::Dim, &clean(&operation.id));
    format!("{word} {kind} {name} ({id}){colon}{changed}  by {actor}  {undo}")
}

fn counted(metrics: &LiveMetrics, style: Style) -> String {
    let counts = &metrics.counts;
    let word = word("▪", "counted", Colour::Bold, style);
    let fill = counts.fill_rate().map_or("-".to_owned(), percent);
    let latency = metrics.latency.map_or_else(String::new, |latency| {
        format!(
            "  p50 {} p99 {}",
            micros(latency.p50_us),
            micros(latency.p99_us)
        )
    });
    format!(
        "{word} {} requests  fill {fill}  {} ads  {} beacons  {} impressions  {} errors  {} sessions{latency}",
        count(counts.requests),
        count(counts.served),
        count(counts.beacons),
        count(counts.impressions),
        count(counts.errors),
        count(metrics.sessions),
    )
}

fn healthy(health: &LiveHealth, style: Style) -> String {
    let word = match health.state.as_str() {
        "ok" => word("✓", "healthy", Colour::Green, style),
        other => word("✗", other, Colour::Red, style),
    };
    let broken = health
        .dependencies
        .iter()
        .filter(|(_part, state)| *state != "ok");
    let broken = broken.map(|(part, state)| format!("{}: {}", clean(part), clean(state)));
    let broken = broken.collect::<Vec<_>>().join(", ");
    let (revision, queue) = (health.catalog_revision, count(health.queue));
    format!("{word} {broken}  catalog {revision}  queue {queue}")
}

/// Milliseconds as seconds: `30s`, `1.9s`.
fn seconds(millis: u64) -> String {
    match (millis / 1_000, millis % 1_000 / 100) {
        (seconds, 0) => format!("{seconds}s"),
        (seconds, tenths) => format!("{seconds}.{tenths}s"),
    }
}

/// Microseconds as milliseconds: `2.9ms`.
fn micros(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros}µs"),
        _ => format!("{}.{}ms", micros / 1_000, micros % 1_000 / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(json: &str) -> LiveEvent {
        LiveEvent::read(json).unwrap().unwrap()
    }

    fn plain(event: &LiveEvent) -> String {
        of(event, &TimeZone::UTC, Style::Plain)
    }

    const FILLED: &str = r#"{"type":"decision","at":"2026-07-01T14:02:07.118Z","id":"dec_9f2",
        "channel_id":"ch_1","channel":"news","outcome":"filled","reason":null,"reasons":[],
        "room_ms":120000,"took_us":3140,"ads":[{"id":"ad_1","campaign_id":"cmp_1",
        "campaign":"spring","creative_id":"cr_1","creative":"spot30","duration_ms":30000},
        {"id":"ad_2","campaign_id":"cmp_2","campaign":null,"creative_id":"cr_2","creative":null,
        "duration_ms":15500}]}"#;
    const EMPTY: &str = r#"{"type":"decision","at":"2026-07-01T14:02:07.118Z","id":"dec_a11",
        "channel_id":"ch_2","channel":null,"outcome":"nofill","reason":"duration_no_fit",
        "reasons":[{"reason":"duration_no_fit","count":3},{"reason":"paced","count":1}],
        "room_ms":null,"ads":[],"took_us":290}"#;
    const ERROR: &str = r#"{"type":"beacon","at":"2026-07-01T14:02:07.4Z","event":"error",
        "result":"accepted","reason":null,"error_code":402,"ad_id":"ad_7","channel_id":"ch_1",
        "channel":"news","campaign_id":"cmp_1","campaign":"spring","creative_id":"cr_91",
        "creative":"spot","after_ms":1900,"charged_micros":0}"#;

    #[test]
    fn one_line_an_event() {
        for (json, line) in [
            (
                FILLED,
                "14:02:07.118 ✓ filled     news         dec_9f2  2 ads 45.5s: spring/spot30 cmp_2/cr_2 of 120s  3.1ms\n",
            ),
            (
                EMPTY,
                "14:02:07.118 ○ nofill     ch_2         dec_a11  duration_no_fit (duration_no_fit×3 paced×1)  290µs\n",
            ),
            (
                ERROR,
                "14:02:07.400 ✗ error      news         ad_7  spring/spot  VAST 402  +1.9s\n",
            ),
        ] {
            assert_eq!(plain(&event(json)), line);
        }
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        for json in [FILLED, EMPTY, ERROR] {
            let event = event(json);
            let coloured = of(&event, &TimeZone::UTC, Style::Coloured);
            assert!(coloured.contains('\u{1b}'));
            let mut bare = String::new();
            let mut rest = coloured.as_str();
            while let Some((before, after)) = rest.split_once('\u{1b}') {
                bare.push_str(before);
                rest = after.split_once('m').map_or("", |(_code, after)| after);
            }
            bare.push_str(rest);
            assert_eq!(bare, plain(&event));
        }
    }

    #[test]
    fn what_steers_a_terminal_is_shown_and_a_line_stays_one() {
        let hostile = FILLED
            .replace("spring", "\\u001b[2Jx\\ny")
            .replace("news", "\\u202en");
        let line = plain(&event(&hostile));
        assert_eq!(line.matches('\n').count(), 1, "{line}");
        assert!(
            line.contains("\\x1b[2Jx\\ny") && !line.contains('\u{1b}'),
            "{line}"
        );
        assert!(line.contains("\\u{202e}n"));
    }
}
