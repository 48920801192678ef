//! Whether a list goes on where another one was: the same segments, or another origin's.

use super::{Content, Feed};
use crate::format::hls::{MediaPlaylist, Segment};

/// Dates further apart than this are not those of one segment.
const DATES_APART: i64 = 5_000_000;

impl Feed {
    /// Whether so many numbers on may be a gap in what was fetched, and not another origin's count:
    /// by the time that lies between, or else by there being less than a day.
    pub(super) fn may_skip(&self, first: &Segment, numbers: u64, last: &Content) -> bool {
        let target = i64::from(self.target) * 1_000_000;
        let counted = i64::try_from(numbers)
            .unwrap_or(i64::MAX)
            .saturating_mul(target);
        match first.pdt.zip(last.date) {
            Some((date, before)) => {
                let passed = date.saturating_sub(before);
                passed >= last.duration.signed() / 2 && passed.saturating_mul(4) >= counted / 4
            }
            None => counted < 86_400_000_000,
        }
    }

    /// Of the listed segments, how many have known numbers, and how many of these are the same.
    pub(super) fn agreement(&self, playlist: &MediaPlaylist) -> (usize, usize) {
        let (mut known, mut agreed) = (0, 0);
        for segment in &playlist.segments {
            let number = self.number(segment.msn);
            let content = self.segments.get(self.place(number));
            let Some(content) = content.filter(|content| content.number == number) else {
                continue;
            };
            known += 1;
            agreed += usize::from(is_same(content, playlist, segment));
        }
        (known, agreed)
    }
}

pub(super) fn is_before(newest: &Segment, last: &Content) -> bool {
    newest
        .pdt
        .zip(last.date)
        .is_some_and(|(newest, last)| newest <= last)
}

fn is_same(content: &Content, playlist: &MediaPlaylist, segment: &Segment) -> bool {
    let dates = content.date.zip(segment.pdt);
    let is_apart =
        |(one, other): (i64, i64)| one.saturating_sub(other).saturating_abs() > DATES_APART;
    content.duration == segment.duration
        && content.name == name(playlist, segment)
        && !dates.is_some_and(is_apart)
}

/// FNV-1a of the last part of the address, without its query, and of the byte range: folders,
/// hosts and queries hold what changes from one copy or token to the next.
pub(super) fn name(playlist: &MediaPlaylist, segment: &Segment) -> u64 {
    let uri = playlist.slice(&segment.uri);
    let path = uri.split(|byte| *byte == b'?').next().unwrap_or_default();
    let last = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let (length, offset) = segment.byte_range.unwrap_or_default();
    let range = length.to_le_bytes().into_iter().chain(offset.to_le_bytes());
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    last.iter()
        .copied()
        .chain(range)
        .fold(0xcbf2_9ce4_8422_2325, mix)
}
