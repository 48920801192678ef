//! The ads of a break as a player asks for them: the asset list (rfc8216bis App. D.2).

use super::airing::{Airing, airings, end};
use super::{AdFacts, json};
use crate::model::Micros;
use crate::stitch::breaks::{Break, TOLERANCE};
use crate::stitch::fill::Fill;

/// A player that begins this much behind the start of an ad still gets it: positions of players
/// are not exact. Microseconds.
const LATE_MAX: u64 = 500_000;

/// Whether the list says what to call when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signals {
    /// It does, as SVTA 2053-2 has it: players that know it report by themselves.
    Inside,
    /// It does not: the server reports, or the tracking document is read.
    Apart,
}

/// Appends the asset list of a break to `out`. From a player that begins in the middle of the
/// break, `offset` is where: it gets the ads that begin later, never the rest of one. Without any
/// the list is empty: content goes on.
pub fn asset_list(
    (of, fill): (&Break, &Fill),
    offset: Micros,
    signals: Signals,
    facts: &mut dyn AdFacts,
    out: &mut Vec<u8>,
) {
    let until = end(of);
    let is_due = |ad: &Airing| {
        let is_ahead = ad.start.plus(Micros(LATE_MAX)) >= offset;
        is_ahead && until.is_none_or(|end| ad.start.signed() + TOLERANCE < end.signed())
    };
    let ads = airings(of, fill);
    let ads = ads.iter().zip(fill.ads()).filter(|(ad, _)| is_due(ad));
    out.extend_from_slice(b"{\"ASSETS\":");
    let known: Vec<_> = ads
        .filter_map(|(ad, set)| Some((ad, set, facts.names(ad)?)))
        .collect();
    json::list(known, out, |(ad, set, names), out| {
        out.extend_from_slice(b"{\"URI\":");
        json::written(|out| facts.write_stream(ad, set, out), out);
        out.extend_from_slice(b",\"DURATION\":");
        json::shown(ad.duration, out);
        if signals == Signals::Inside {
            out.extend_from_slice(b",\"X-AD-CREATIVE-SIGNALING\":");
            write_signals(ad, &names, facts, out);
        }
        out.push(b'}');
    });
    out.push(b'}');
}

/// One slot of SVTA 2053-2: who it is, and what to call when.
fn write_signals(ad: &Airing, names: &super::AdNames, facts: &mut dyn AdFacts, out: &mut Vec<u8>) {
    out.extend_from_slice(
        b"{\"version\":2,\"type\":\"slot\",\"payload\":[{\"type\":\"linear\",\"start\":0,\"duration\":",
    );
    json::shown(ad.duration, out);
    out.extend_from_slice(b",\"identifiers\":[{\"scheme\":");
    json::text(names.registry, out);
    out.extend_from_slice(b",\"value\":");
    json::text(&names.universal, out);
    out.extend_from_slice(b"}],\"tracking\":");
    json::list(facts.course(ad.duration), out, |(event, at), out| {
        out.extend_from_slice(b"{\"type\":");
        json::text(event.as_str(), out);
        out.extend_from_slice(b",\"offset\":");
        json::shown(at, out);
        out.extend_from_slice(b",\"urls\":[");
        json::written(|out| facts.write_beacon(ad, event, out), out);
        out.extend_from_slice(b"]}");
    });
    out.extend_from_slice(b"}]}");
}

/// Reads `_HLS_start_offset`: decimal seconds. What cannot be read is nothing.
pub fn read_offset(text: &str) -> Option<Micros> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && part.is_empty() || !is_plain(whole) || !is_plain(part) {
        return None;
    }
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let digits: String = part.chars().chain("000000".chars()).take(6).collect();
    let part: u64 = digits.parse().ok()?;
    Some(Micros::from_seconds(whole).plus(Micros(part)))
}
