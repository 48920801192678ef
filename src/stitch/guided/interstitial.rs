//! The date range of a break (rfc8216bis §4.4.5.1, App. D).
//!
//! A player merges date ranges of one ID, and no attribute may change: so what may become known
//! later is left out first, and said by a second one.

use std::io::Write as _;

use super::airing::{airings, end};
use super::calendar::Calendar;
use crate::model::Micros;
use crate::stitch::breaks::{Break, BreakKind, TOLERANCE};
use crate::stitch::fill::Fill;
use crate::stitch::timeline::{Snapshot, write_instant};

/// Written text never fails.
const INFALLIBLE: &str = "a Vec takes any bytes";

/// How far into its first segment a break begins that replaces content. Microseconds.
///
/// Sound that comes apart ends up to one of its frames before the picture. A player that loads
/// nothing from where the break begins never has as much sound as picture then: where that is a
/// discontinuity too, hls.js 1.7.4 stands still until the window has passed it. So it is to load
/// the first segment, of which it shows less than a frame. Up to 25 ms hls.js still puts the ads
/// between the two segments.
const LAG: i64 = 20_000;

/// Where asset lists are.
pub trait Lists {
    /// Writes the absolute address of the asset list of a break: no quotes, no line end.
    fn write(&mut self, of: &Break, out: &mut Vec<u8>);
}

/// What a viewer cannot do to ads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Restrict {
    /// Everything can be done.
    Nothing,
    /// They cannot be seeked in or played faster.
    Skip,
    /// Nor can they be jumped over to what is behind them.
    #[default]
    SkipAndJump,
}

/// Writes what a player is told of a break.
pub(super) fn write_range(
    snapshot: &Snapshot,
    (of, fill): (&Break, &Fill),
    calendar: Calendar,
    (restrict, lists): (Restrict, &mut dyn Lists),
    out: &mut Vec<u8>,
) {
    write!(
        out,
        "#EXT-X-DATERANGE:ID=\"{}\",CLASS=\"com.apple.hls.interstitial\",START-DATE=\"",
        of.id
    )
    .expect(INFALLIBLE);
    let cue = cue(snapshot, of);
    let lag = match of.kind {
        BreakKind::Replace if cue.is_none() => LAG,
        BreakKind::Replace | BreakKind::Insert => 0,
    };
    write_instant(calendar.begin(of).saturating_add(lag), out);
    write!(out, "\",PLANNED-DURATION={}", planned(of, fill)).expect(INFALLIBLE);
    if let Some(cue) = cue {
        write!(out, ",CUE=\"{cue}\"").expect(INFALLIBLE);
    }
    out.extend_from_slice(b",X-ASSET-LIST=\"");
    let start = out.len();
    lists.write(of, out);
    let has_query = out.iter().skip(start).any(|byte| *byte == b'?');
    let mark = if has_query { '&' } else { '?' };
    write!(out, "{mark}_HLS_interstitial_id={}\"", of.id).expect(INFALLIBLE);
    // Where content went on under the ads, the player goes on where it would be by now: it is
    // told nowhere else to go. An answer without ads would lead it there at once.
    if of.kind == BreakKind::Insert {
        out.extend_from_slice(b",X-RESUME-OFFSET=0");
    }
    // Going out snaps to nothing, or the lag would be lost.
    out.extend_from_slice(b",X-SNAP=\"IN\"");
    match restrict {
        Restrict::Nothing => {}
        Restrict::Skip => out.extend_from_slice(b",X-RESTRICT=\"SKIP\""),
        Restrict::SkipAndJump => out.extend_from_slice(b",X-RESTRICT=\"SKIP,JUMP\""),
    }
    out.push(b'\n');
    if let Some(limit) = limit(of, fill) {
        writeln!(
            out,
            "#EXT-X-DATERANGE:ID=\"{}\",DURATION={limit},X-PLAYOUT-LIMIT={limit}",
            of.id
        )
        .expect(INFALLIBLE);
    }
}

/// How long a date range is, as its attributes say.
pub(super) fn length(of: &Break, fill: &Fill) -> Micros {
    limit(of, fill).unwrap_or(planned(of, fill))
}

/// How long the ads are, from where the break begins: as they were decided, which never changes.
fn planned(of: &Break, fill: &Fill) -> Micros {
    let ads = airings(of, fill);
    ads.last().map_or(Micros::ZERO, super::Airing::end)
}

/// Where a break ended that had ads beyond it.
fn limit(of: &Break, fill: &Fill) -> Option<Micros> {
    let end = end(of)?;
    let over = planned(of, fill).signed() - end.signed();
    (over > TOLERANCE).then_some(end)
}

/// On demand the ads before and after the content are shown whatever the viewer's position.
fn cue(snapshot: &Snapshot, of: &Break) -> Option<&'static str> {
    if !snapshot.is_complete() {
        return None;
    }
    let rows = &snapshot.views.first()?.rows;
    let (first, last) = (rows.first()?, rows.last()?);
    let end = last.start.saturating_add(last.duration.signed());
    if of.at <= first.start + TOLERANCE {
        Some("PRE,ONCE")
    } else if of.at >= end - TOLERANCE {
        Some("POST,ONCE")
    } else {
        None
    }
}
