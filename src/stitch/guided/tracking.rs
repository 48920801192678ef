//! What a player that reports itself is to call: which ads are where in its playlist, and the
//! address of each thing that happens in them.
//!
//! Times count from the beginning of what the playlist lists now, which `window` says; dates do
//! not move. An ad and an event have the same name each time, so that a player that asks again
//! does not report again.

use super::airing::{Airing, airings, end};
use super::calendar::Calendar;
use super::playlist::{shown, window};
use super::{AdFacts, json};
use crate::model::Micros;
use crate::stitch::breaks::{Break, BreakKind, TOLERANCE};
use crate::stitch::fill::Fill;
use crate::stitch::session::SessionView;
use crate::stitch::timeline::{Snapshot, write_instant};

/// Who puts the ads in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// The server: where content waits, times behind are later by the ads.
    ByServer,
    /// The player.
    ByPlayer,
}

/// A break in the document.
struct Avail<'a> {
    of: &'a Break,
    ads: Vec<Airing>,
    /// Where its cue is, from the beginning of what is listed. Microseconds.
    start: i64,
    /// How much of it is shown, once that is known.
    until: Option<Micros>,
}

/// Appends the tracking document of a session to `out`: breaks that are listed, from the number
/// `since` on. `nextToken` in it is the number to go on from.
pub fn tracking(
    snapshot: &Snapshot,
    session: &SessionView,
    (inserted, since): (Inserted, u32),
    facts: &mut dyn AdFacts,
    out: &mut Vec<u8>,
) {
    let (begin, mut end) = window(snapshot).unwrap_or_default();
    let calendar = Calendar::of(snapshot);
    let mut shift = 0_i64;
    let mut avails = Vec::new();
    let mut next = snapshot.next_break().max(since);
    for (of, fill) in shown(snapshot, session) {
        let own = fill.duration().signed();
        let start = of.at.saturating_sub(begin).saturating_add(shift);
        if of.kind == BreakKind::Insert && inserted == Inserted::ByServer {
            shift = shift.saturating_add(own);
            end = end.saturating_add(own);
        }
        if of.no < since {
            continue;
        }
        // What is on may be cut: it is told again.
        if of.ended.is_none() && of.kind == BreakKind::Replace {
            next = next.min(of.no);
        }
        if let Some(avail) = avail((of, fill), start, inserted) {
            avails.push(avail);
        }
    }
    out.extend_from_slice(b"{\"avails\":");
    json::list(&avails, out, |avail, out| {
        write_avail(avail, calendar, facts, out);
    });
    out.extend_from_slice(b",\"window\":{");
    json::span("startTime", 0, out);
    out.push(b',');
    json::span("endTime", end.saturating_sub(begin), out);
    write_at("startProgramDateTime", calendar.at(begin), out);
    out.extend_from_slice(b"},\"nextToken\":\"");
    json::shown(next, out);
    out.extend_from_slice(b"\"}");
}

/// Reads `nextToken`.
pub fn read_token(text: &str) -> Option<u32> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten()
}

fn avail<'a>((of, fill): (&'a Break, &Fill), start: i64, inserted: Inserted) -> Option<Avail<'a>> {
    let mut ads = airings(of, fill).into_vec();
    let until = match inserted {
        Inserted::ByPlayer => end(of),
        Inserted::ByServer if of.ended.is_some() && of.kind == BreakKind::Replace => {
            let shown = fill.shown(of)?;
            let leaders = fill.ads().iter().filter_map(|set| set.leader());
            let segments = leaders.flat_map(|track| &track.segments);
            let time: Micros = segments.take(shown.segments).map(|one| one.duration).sum();
            ads.first().map(|first| first.start.plus(time))
        }
        Inserted::ByServer => None,
    };
    if let Some(until) = until {
        ads.retain(|ad| ad.start.signed() + TOLERANCE < until.signed());
    }
    (!ads.is_empty()).then_some(Avail {
        of,
        ads,
        start,
        until,
    })
}

fn write_avail(avail: &Avail<'_>, calendar: Calendar, facts: &mut dyn AdFacts, out: &mut Vec<u8>) {
    let date = calendar.begin(avail.of);
    let first = avail.ads.first().map_or(Micros::ZERO, |ad| ad.start);
    let last = avail.ads.last().map_or(Micros::ZERO, Airing::end);
    let last = avail.until.map_or(last, |until| last.min(until));
    out.extend_from_slice(b"{\"availId\":");
    json::text(&avail.of.id, out);
    out.push(b',');
    let start = avail.start.saturating_add(first.signed());
    json::span("startTime", start, out);
    out.push(b',');
    json::span("duration", last.minus(first).signed(), out);
    write_at(
        "availProgramDateTime",
        date.saturating_add(first.signed()),
        out,
    );
    out.extend_from_slice(b",\"ads\":");
    let known: Vec<_> = avail
        .ads
        .iter()
        .filter_map(|ad| Some((ad, facts.names(ad)?)))
        .collect();
    json::list(known, out, |(ad, names), out| {
        let start = avail.start.saturating_add(ad.start.signed());
        out.extend_from_slice(b"{\"adId\":");
        json::text(&names.ad, out);
        out.extend_from_slice(b",\"creativeId\":");
        json::text(&names.creative, out);
        out.push(b',');
        json::span("startTime", start, out);
        out.push(b',');
        json::span("duration", ad.duration.signed(), out);
        write_at(
            "adProgramDateTime",
            date.saturating_add(ad.start.signed()),
            out,
        );
        out.extend_from_slice(b",\"trackingEvents\":");
        write_events(ad, (start, &names.ad), avail.until, facts, out);
        out.push(b'}');
    });
    out.push(b'}');
}

/// What happens in an ad, as far as it is shown.
fn write_events(
    ad: &Airing,
    (start, name): (i64, &str),
    until: Option<Micros>,
    facts: &mut dyn AdFacts,
    out: &mut Vec<u8>,
) {
    let happens = |at: Micros| {
        until.is_none_or(|until| ad.start.plus(at).signed() <= until.signed() + TOLERANCE)
    };
    let events = facts.course(ad.duration);
    let events: Vec<_> = events.into_iter().filter(|(_, at)| happens(*at)).collect();
    json::list(events, out, |(event, at), out| {
        out.extend_from_slice(b"{\"eventId\":");
        json::text(&format!("{name}.{event}"), out);
        out.extend_from_slice(b",\"eventType\":");
        json::text(event.as_str(), out);
        out.push(b',');
        json::span("startTime", start.saturating_add(at.signed()), out);
        out.push(b',');
        json::span("duration", 0, out);
        out.extend_from_slice(b",\"beaconUrls\":[");
        json::written(|out| facts.write_beacon(ad, event, out), out);
        out.extend_from_slice(b"]}");
    });
}

fn write_at(name: &str, micros: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":\"");
    write_instant(micros, out);
    out.push(b'"');
}
