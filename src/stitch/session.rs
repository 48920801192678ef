//! What one session gets in the breaks of a channel, and what remains of it afterwards.

use std::sync::Arc;

use smallvec::SmallVec;

use super::breaks::{Break, BreakKind, Replaced};
use super::compose::ComposeError;
use super::fill::{Fill, FillError, Shown};
use super::timeline::Snapshot;
use crate::model::Micros;

/// Most breaks with a fill that have not left the windows; what comes beyond shows content.
const FILLS_MAX: usize = 1024;

/// What a session that begins inside of a break gets of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Join {
    /// Content, to the end of the break.
    #[default]
    Suppress,
    /// Ads for what remains, from the next boundary on.
    Partial,
}

/// A break that a session has not decided, and what there is to fill.
#[derive(Debug, Clone, Copy)]
pub struct Opportunity<'a> {
    /// The break.
    pub of: &'a Break,
    /// The boundary of the break to fill from.
    pub from: u16,
    /// The time to fill, what earlier breaks left over included; none when only the end of the
    /// break will tell, or when content waits however long ads are.
    pub room: Option<Micros>,
    /// Microseconds that earlier breaks left over; below zero what they took too much.
    pub carry: i32,
}

/// One viewer's part of a channel: which fill each break got.
///
/// Every break of a snapshot must be decided, by [`SessionView::fill`] or [`SessionView::pass`],
/// before a playlist is made from that snapshot: what was shown as content stays content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    next: u32,
    partial: Option<(u32, u16)>,
    fills: SmallVec<[(u32, Arc<Fill>); 1]>,
    past: Past,
}

/// What a session keeps of breaks that have left every window.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Past {
    /// Segments of ads and slates that were shown.
    segments: u64,
    /// Discontinuities of theirs, and of the content after them.
    discontinuities: u64,
    /// Which breaks were filled.
    runs: Vec<Run>,
    carry: i32,
}

/// Breaks that were filled from a boundary to a boundary: one after another if wholly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Run {
    first: u32,
    last: u32,
    from: u16,
    to: u16,
}

/// Stands for the last boundary of a break.
const WHOLE: u16 = u16::MAX;

/// Where a fill ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last<'a> {
    pub(super) of: &'a Break,
    /// The boundary at which content came back.
    pub(super) until: usize,
}

impl Last<'_> {
    /// Whether a fill of the break `next` from a boundary on follows with nothing between.
    pub(super) fn joins(&self, next: &Break, from: usize) -> bool {
        from == 0 && self.of.no + 1 == next.no && self.until == self.of.last()
    }
}

/// By how much the numbers of content are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Moved {
    pub(super) segments: i64,
    pub(super) discontinuities: i64,
}

impl Moved {
    /// Moved on by what was shown instead of what was replaced.
    pub(super) fn by(self, shown: (u64, u64), replaced: Replaced) -> Self {
        let (segments, discontinuities) = (shown.0.cast_signed(), shown.1.cast_signed());
        Self {
            segments: self.segments + segments - replaced.segments.cast_signed(),
            discontinuities: self.discontinuities + discontinuities - replaced.discontinuities,
        }
    }
}

impl SessionView {
    /// A session that begins now.
    pub fn join(snapshot: &Snapshot, policy: Join) -> Self {
        let mut next = if snapshot.is_complete() {
            snapshot.first_break()
        } else {
            snapshot.next_break()
        };
        let mut partial = None;
        let open = snapshot.breaks().last();
        if let Some(open) = open.filter(|open| open.ended.is_none() && policy == Join::Partial)
            && let Ok(from) = u16::try_from(open.last())
        {
            next = open.no;
            partial = Some((open.no, from));
        }
        Self {
            next,
            partial,
            fills: SmallVec::new(),
            past: Past::default(),
        }
    }

    /// A session of before, from what it kept.
    pub fn resume(
        next: u32,
        past: Past,
        fills: impl IntoIterator<Item = (u32, Arc<Fill>)>,
    ) -> Self {
        Self {
            next,
            partial: None,
            fills: fills.into_iter().collect(),
            past,
        }
    }

    /// The number of the first break that is not decided.
    pub const fn next(&self) -> u32 {
        self.next
    }

    /// What is kept of breaks that have left every window.
    pub const fn past(&self) -> &Past {
        &self.past
    }

    /// The fills of breaks that are still in a window, by number of the break.
    pub fn fills(&self) -> &[(u32, Arc<Fill>)] {
        &self.fills
    }

    /// The first break of the snapshot that is not decided.
    pub fn undecided<'a>(&self, snapshot: &'a Snapshot) -> Option<Opportunity<'a>> {
        let of = snapshot.breaks_from(self.next).next()?;
        let from = match self.partial {
            Some((no, from)) if no == of.no => from,
            _ => 0,
        };
        let carry = self.carry(snapshot);
        let room = match of.kind {
            BreakKind::Insert => None,
            BreakKind::Replace => of.room(from).map(|room| {
                let micros = room.signed().saturating_add(i64::from(carry));
                Micros(u64::try_from(micros).unwrap_or(0))
            }),
        };
        Some(Opportunity {
            of,
            from,
            room,
            carry,
        })
    }

    /// Decides the first undecided break, which is `no`: this is shown, for good.
    ///
    /// # Errors
    /// An ad does not fit the channel; the break then shows content.
    pub fn fill(&mut self, snapshot: &Snapshot, no: u32, fill: Arc<Fill>) -> Result<(), FillError> {
        self.pass(no);
        for set in fill.ads().iter().chain(fill.slate()) {
            snapshot.check(set)?;
        }
        if self.fills.len() < FILLS_MAX {
            self.fills.push((no, fill));
        }
        Ok(())
    }

    /// Decides the first undecided break, which is `no`: content is shown, for good.
    pub fn pass(&mut self, no: u32) {
        self.next = self.next.max(no.saturating_add(1));
        self.partial = None;
    }

    /// Lets go of fills whose breaks have left every window. Changes no playlist.
    pub fn settle(&mut self, snapshot: &Snapshot) {
        while let Some((no, fill)) = self.fills.first() {
            let Some(of) = snapshot.find(*no) else {
                return;
            };
            let shown = fill.shown(of);
            let until = shown.as_ref().and_then(|shown| shown.until);
            if !snapshot.has_left(of, until.unwrap_or(of.last())) {
                return;
            }
            if let Some(shown) = shown {
                self.past.add(of, fill, &shown);
            }
            self.fills.remove(0);
        }
    }

    /// What the fills so far left over.
    pub fn carry(&self, snapshot: &Snapshot) -> i32 {
        let Some((no, fill)) = self.fills.last() else {
            return self.past.carry;
        };
        let shown = snapshot.find(*no).and_then(|of| fill.shown(of));
        shown.map_or(fill.carry(), |shown| shown.carry)
    }

    /// By how much content after everything of the past is moved, and where the last fill ended.
    pub(super) fn moved<'a>(
        &self,
        snapshot: &'a Snapshot,
        rendition: usize,
    ) -> Result<(Moved, Option<Last<'a>>), ComposeError> {
        let mut moved = Moved {
            segments: self.past.segments.cast_signed(),
            discontinuities: self.past.discontinuities.cast_signed(),
        };
        let mut before: Option<Last<'_>> = None;
        for run in &self.past.runs {
            let forgotten = ComposeError::Forgotten { no: run.first };
            let first = snapshot.find(run.first).ok_or(forgotten)?;
            let last = snapshot.find(run.last).ok_or(forgotten)?;
            let replaced = run.replaced(first, last, rendition).unwrap_or_default();
            moved = moved.by((0, 0), replaced);
            let joins = before.filter(|before| before.joins(first, usize::from(run.from)));
            let shared = joins.map_or(0, |before| first.shared_splits(before.of, rendition));
            moved.discontinuities -= shared;
            before = Some(Last {
                of: last,
                until: run.until(last),
            });
        }
        Ok((moved, before))
    }
}

impl Past {
    fn add(&mut self, of: &Break, fill: &Fill, shown: &Shown) {
        let (segments, discontinuities) = shown.numbers(fill);
        self.segments += segments;
        self.discontinuities += discontinuities;
        self.carry = shown.carry;
        let last = u16::try_from(of.last()).unwrap_or(WHOLE);
        let until = shown.until.and_then(|until| u16::try_from(until).ok());
        let until = until.unwrap_or(last);
        let to = if until == last { WHOLE } else { until };
        let run = Run {
            first: of.no,
            last: of.no,
            from: fill.from(),
            to,
        };
        if let Some(before) = self.runs.last_mut()
            && before.is_whole()
            && run.is_whole()
            && before.last + 1 == run.first
        {
            before.last = run.last;
            return;
        }
        self.runs.push(run);
    }
}

impl Run {
    const fn is_whole(self) -> bool {
        self.from == 0 && self.to == WHOLE
    }

    /// The boundary of its last break at which it ends.
    fn until(self, last: &Break) -> usize {
        if self.to == WHOLE {
            last.last()
        } else {
            usize::from(self.to)
        }
    }

    fn replaced(self, first: &Break, last: &Break, rendition: usize) -> Option<Replaced> {
        if self.first == self.last {
            return first.replaced(rendition, usize::from(self.from), self.until(first));
        }
        let this = first.replaced(rendition, 0, first.last())?;
        let (start, end) = (first.totals.get(rendition)?, last.totals.get(rendition)?);
        Some(Replaced {
            segments: end.segments - start.segments + this.segments,
            discontinuities: end.discontinuities - start.discontinuities + this.discontinuities,
        })
    }
}

impl Shown {
    /// Segments shown, and discontinuities: before each ad, each piece of slate and the content
    /// after them.
    pub(super) fn numbers(&self, fill: &Fill) -> (u64, u64) {
        let mut left = self.segments;
        let begun = fill.ads().iter().take_while(|ad| {
            let has_begun = left > 0;
            left = left.saturating_sub(ad.count());
            has_begun
        });
        let begun = begun.count();
        let slates = self.slates.len();
        ((self.segments + slates) as u64, (begun + slates + 1) as u64)
    }
}
