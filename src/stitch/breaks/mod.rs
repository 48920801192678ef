//! The breaks of a channel: what they replaced in every rendition, and how they end.

mod detect;
mod kept;

pub(super) use detect::{Detector, Event, Inserts, Mark, Step};

use crate::model::Micros;

/// Tolerance when times of content and ads are compared: about half a frame, and more than the
/// rounding of the durations of a break adds up to.
pub(super) const TOLERANCE: i64 = 21_000;

/// One interruption of a channel: a fact of the channel, the same for every viewer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Break {
    /// Counts the breaks of the channel; names the break in a session.
    pub no: u32,
    /// Names the break for good: letters, digits, `-` and `_`, made of the event's own name, where
    /// it has one, and the date or number of the segment it begins with.
    pub id: String,
    /// Whether content goes.
    pub kind: BreakKind,
    /// Where the cue says that it begins, microseconds on the channel's axis.
    pub at: i64,
    /// The date of `at`, microseconds since 1970, where the origin dates its segments.
    pub start_date: Option<i64>,
    /// How long it was announced to be, from `at`.
    pub planned: Option<Micros>,
    /// What the splice is about, type and bytes, where the cue says it.
    pub upid: Option<(u8, Vec<u8>)>,
    /// Where its first replaced segment begins, microseconds on the channel's axis.
    pub from: i64,
    /// The date of `from`.
    pub from_date: Option<i64>,
    /// Where the leader's segments in it end, from `from`; begins with 0. The last one is the
    /// content time so far, and the whole of it once the break has ended.
    pub offsets: Vec<Micros>,
    /// Why it is over; none while it is on.
    pub ended: Option<Ended>,
    /// Where it must end at the latest, microseconds on the channel's axis.
    pub(super) end: i64,
    /// For each rendition, where the boundaries of `offsets` are in it, as far as it has them.
    pub(super) cuts: Vec<Vec<Cut>>,
    /// For each rendition, what this break and all before it replaced; empty until the break is
    /// over in every rendition.
    pub(super) totals: Vec<Replaced>,
}

/// What a break does to content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakKind {
    /// Ads take the place of content.
    Replace,
    /// Content waits; on demand only.
    Insert,
}

/// Why a break is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Its time was up.
    Planned,
    /// A cue ended it where no length, or a longer one, was known.
    Early,
    /// It reached the longest time allowed.
    Maximum,
    /// Its announcement was taken back.
    Cancelled,
    /// The channel ended.
    Channel,
}

/// A boundary of a break in one rendition: before the first segment that is not before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Cut {
    /// Number of that segment in the channel's own count.
    pub(super) number: u64,
    /// Discontinuity number of the segment before the boundary.
    pub(super) before: u64,
    /// Discontinuity number of that segment.
    pub(super) at: u64,
}

/// A boundary as numbers are counted by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Boundary {
    /// Number of the first segment after it.
    pub(super) number: u64,
    /// Discontinuity number before it, in the channel and in the rendition.
    pub(super) before: i64,
    pub(super) own_before: i64,
    /// Discontinuity number after it, in the channel and in the rendition.
    pub(super) at: i64,
    pub(super) own_at: i64,
}

/// What breaks took out of a rendition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Replaced {
    /// Segments.
    pub(super) segments: u64,
    /// Discontinuities: those of replaced segments and of the first one after.
    pub(super) discontinuities: i64,
}

impl Break {
    /// The content time of it so far.
    pub fn elapsed(&self) -> Micros {
        self.offsets.last().copied().unwrap_or_default()
    }

    /// The time from its boundary number `from` to its announced or actual end; none when only
    /// its end will tell.
    pub fn room(&self, from: u16) -> Option<Micros> {
        let start = self.offsets.get(usize::from(from)).copied()?;
        if self.ended.is_some() {
            return Some(self.elapsed().minus(start));
        }
        self.planned?;
        let whole = u64::try_from(self.end - self.from).unwrap_or(0);
        Some(Micros(whole).minus(start))
    }

    /// The part of it that was over before the first segment known of it.
    pub fn missed(&self) -> Micros {
        Micros(u64::try_from(self.from - self.at).unwrap_or(0))
    }

    /// Position of its last boundary.
    pub(super) fn last(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Where a boundary lies on the channel's axis.
    pub(super) fn instant(&self, boundary: usize) -> i64 {
        let offset = self.offsets.get(boundary).copied().unwrap_or_default();
        self.from.saturating_add(offset.signed())
    }

    /// A boundary in a rendition; none until both the leader and the rendition list what follows.
    ///
    /// Its discontinuity numbers are the leader's, so that they are the same everywhere: the
    /// leader lists the last segment before and the first one after that are nearest to it. Only
    /// where a rendition is out of step with the leader its own count, which says what a player
    /// has seen of it.
    pub(super) fn cut(&self, rendition: usize, boundary: usize) -> Option<Boundary> {
        let own = self.cuts.get(rendition)?.get(boundary)?;
        let leading = self.cuts.first()?.get(boundary)?;
        let signed = |number: u64| number.cast_signed();
        Some(Boundary {
            number: own.number,
            before: signed(leading.before.max(own.before)),
            at: signed(leading.at.min(own.at)),
            own_before: signed(own.before),
            own_at: signed(own.at),
        })
    }

    /// Whether this break begins where another one ends.
    pub(super) fn follows(&self, before: &Self) -> bool {
        before.ended.is_some() && self.from == before.instant(before.last())
    }

    /// Discontinuities counted too many where this break begins where `before` ends, both filled:
    /// there is no content between them. The origin may have had one there.
    pub(super) fn shared_splits(&self, before: &Self, rendition: usize) -> i64 {
        let cut = self.cut(rendition, 0).filter(|_| self.follows(before));
        cut.map_or(0, |cut| 1 + cut.before - cut.at)
    }

    /// What lies between two boundaries of a rendition; none until both are there.
    pub(super) fn replaced(&self, rendition: usize, from: usize, to: usize) -> Option<Replaced> {
        let (first, last) = (self.cut(rendition, from)?, self.cut(rendition, to)?);
        Some(Replaced {
            segments: last.number.saturating_sub(first.number),
            discontinuities: last.at - first.before,
        })
    }
}
