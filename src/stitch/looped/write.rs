//! The playlist of one rendition at one moment.

use std::fmt::Write as _;

use super::cue::splice_insert;
use super::cycle::{Item, Laid, Part, Row};
use super::{Channel, Cues};
use crate::model::Micros;

/// Version of playlists that have EXT-X-MAP.
const VERSION_MIN: u16 = 6;

/// Writes the playlist at `now`.
pub(super) fn playlist(channel: &Channel, row: &Row, now: i64, out: &mut String) {
    let writer = Writer { channel, row };
    let passed = now.saturating_sub(channel.plan.epoch).max(0).unsigned_abs();
    let (from, to) = writer.window(passed);
    let header = writer.header(from, out);
    // Writing to a text cannot fail.
    debug_assert!(header.is_ok());
    let body = writer.body(from, to, out);
    debug_assert!(body.is_ok());
}

#[derive(Debug, Clone, Copy)]
struct Writer<'a> {
    channel: &'a Channel,
    row: &'a Row,
}

impl Writer<'_> {
    fn length(&self) -> u64 {
        self.channel.cycle.length
    }

    fn count(&self) -> u64 {
        self.row.items.len() as u64
    }

    /// The numbers that are listed when so much time has passed: what is ready and not yet older
    /// than the window.
    fn window(&self, passed: u64) -> (u64, u64) {
        let oldest = passed.saturating_sub(self.channel.plan.window.0);
        let from = if oldest == 0 {
            0
        } else {
            self.ready_by(oldest)
        };
        (from, self.ready_by(passed))
    }

    /// How many segments are ready when so much time has passed.
    fn ready_by(&self, passed: u64) -> u64 {
        let (cycle, rest) = (passed / self.length(), passed % self.length());
        let ready = self.row.items.partition_point(|item| item.ready <= rest);
        cycle * self.count() + ready as u64
    }

    /// The segment of a number and the start of its cycle.
    fn item(&self, number: u64) -> Option<(&Item, u64)> {
        let place = usize::try_from(number % self.count()).ok()?;
        let cycle = number / self.count();
        let item = self.row.items.get(place)?;
        Some((item, cycle.saturating_mul(self.length())))
    }

    /// How many discontinuities stand before a segment.
    fn splits_before(&self, number: u64) -> u64 {
        let (cycle, place) = (number / self.count(), number % self.count());
        let all = self.row.splits.last().copied().unwrap_or(0);
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let before = place.checked_sub(1);
        let before = before.and_then(|before| self.row.splits.get(before));
        cycle * all + before.copied().unwrap_or(0)
    }

    fn header(&self, from: u64, out: &mut String) -> std::fmt::Result {
        let version = self.channel.plan.version.max(VERSION_MIN);
        let target = self.channel.target;
        let splits = self.splits_before(from);
        writeln!(out, "#EXTM3U\n#EXT-X-VERSION:{version}")?;
        writeln!(out, "#EXT-X-TARGETDURATION:{target}")?;
        writeln!(out, "#EXT-X-MEDIA-SEQUENCE:{from}")?;
        writeln!(out, "#EXT-X-DISCONTINUITY-SEQUENCE:{splits}")
    }

    fn body(&self, from: u64, to: u64, out: &mut String) -> std::fmt::Result {
        let mut scope: Option<&str> = None;
        for number in from..to {
            let Some((item, cycle)) = self.item(number) else {
                return Ok(());
            };
            let assets = self.channel.plan.assets.get(item.piece.0);
            let asset = assets.unwrap_or(&self.channel.plan.filler);
            let track = asset.tracks.get(self.row.rendition);
            let Some(piece) = track.and_then(|track| track.get(item.piece.1)) else {
                return Ok(());
            };
            if item.splits {
                out.push_str("#EXT-X-DISCONTINUITY\n");
            }
            // What is clear after what is encrypted says so.
            if scope != Some(&piece.scope) {
                let was_encrypted = scope.is_some_and(|scope| scope.contains("#EXT-X-KEY"));
                if was_encrypted && !piece.scope.contains("#EXT-X-KEY") {
                    out.push_str("#EXT-X-KEY:METHOD=NONE\n");
                }
                out.push_str(&piece.scope);
                scope = Some(&piece.scope);
            }
            let is_first = number == from;
            if item.splits || is_first {
                write!(out, "#EXT-X-PROGRAM-DATE-TIME:")?;
                self.date(cycle + item.start, out)?;
                out.push('\n');
            }
            self.ranges(number, from, out)?;
            self.tags(number, item, out)?;
            out.push_str(&piece.lines);
        }
        Ok(())
    }

    /// A moment, by the time since the epoch.
    fn date(&self, passed: u64, out: &mut String) -> std::fmt::Result {
        let passed = i64::try_from(passed).unwrap_or(i64::MAX);
        let at = self.channel.plan.epoch.saturating_add(passed);
        let at = jiff::Timestamp::from_microsecond(at).unwrap_or(jiff::Timestamp::MAX);
        write!(out, "{at:.6}")
    }

    /// The break that a segment is in, its number since the epoch, and where its cycle starts.
    fn break_of(&self, number: u64) -> Option<(Laid, u64, u64)> {
        let (item, cycle) = self.item(number)?;
        let Part::Break(index) = item.part else {
            return None;
        };
        let laid = *self.channel.cycle.breaks.get(index)?;
        let all = self.channel.cycle.breaks.len() as u64;
        let counted = number / self.count() * all + index as u64;
        Some((laid, counted, cycle))
    }

    /// Tags before a segment that starts a break, is in one, or follows one.
    fn tags(&self, number: u64, item: &Item, out: &mut String) -> std::fmt::Result {
        if matches!(self.channel.plan.cues, Cues::Ranges | Cues::Silent) {
            return Ok(());
        }
        let before = number.checked_sub(1);
        let before = before.and_then(|before| self.break_of(before));
        let here = self.break_of(number);
        let key = |found: &Option<(Laid, u64, u64)>| found.map(|(_, counted, _)| counted);
        if before.is_some() && key(&before) != key(&here) {
            out.push_str("#EXT-X-CUE-IN\n");
        }
        let Some((laid, _, _)) = here else {
            return Ok(());
        };
        let length = Micros(laid.length);
        if key(&before) == key(&here) {
            let passed = Micros(item.start.saturating_sub(laid.start));
            writeln!(out, "#EXT-X-CUE-OUT-CONT:{passed}/{length}")
        } else {
            writeln!(out, "#EXT-X-CUE-OUT:{length}")
        }
    }

    /// The date range of a break stands before its first segment, or before the first that is
    /// listed once that is gone.
    fn ranges(&self, number: u64, from: u64, out: &mut String) -> std::fmt::Result {
        if matches!(self.channel.plan.cues, Cues::Tags | Cues::Silent) {
            return Ok(());
        }
        let Some((laid, counted, cycle)) = self.break_of(number) else {
            return Ok(());
        };
        let before = number.checked_sub(1);
        let before = before.and_then(|before| self.break_of(before));
        let starts = before.is_none_or(|(_, other, _)| other != counted);
        if !starts && number != from {
            return Ok(());
        }
        // The id of an event is 32 bits; it comes again after centuries.
        let event = u32::try_from(counted % (1 << 32)).unwrap_or(0);
        let start = cycle + laid.start;
        let length = Micros(laid.length);
        write!(out, "#EXT-X-DATERANGE:ID=\"break-{counted}\",START-DATE=\"")?;
        self.date(start, out)?;
        let cue = splice_insert(event, laid.length);
        writeln!(out, "\",DURATION={length},SCTE35-OUT={cue}")
    }
}
