//! What a playlist lists: content and ads in turn, and where its window begins.

use std::ops::ControlFlow;

use smallvec::SmallVec;

use super::ComposeError;
use super::bits::{self, Bit};
use crate::model::Micros;
use crate::stitch::breaks::{Boundary, Break, TOLERANCE};
use crate::stitch::fill::{Fill, Shown};
use crate::stitch::session::{Last, Moved, SessionView};
use crate::stitch::timeline::{Snapshot, View};

/// A live playlist is never shorter than this many target durations, as far as there was content
/// (rfc8216bis §6.2.2).
const WINDOW_TARGETS: u64 = 3;

/// A playlist as runs of content and of ads.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) spans: SmallVec<[Span<'a>; 5]>,
    /// Position of the first span that is listed, and of its first element.
    pub(super) first: (usize, usize),
    /// Whether the end of the channel is also the end of what is listed.
    pub(super) ends: bool,
}

#[derive(Debug)]
pub(super) enum Span<'a> {
    Rows(Rows),
    Bits(Bits<'a>),
}

/// Content, by position of its rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) moved: Moved,
    /// Discontinuities before its first row where ads stand before it.
    pub(super) splits: Option<i64>,
}

/// What is shown in one break.
#[derive(Debug)]
pub(super) struct Bits<'a> {
    pub(super) of: &'a Break,
    pub(super) list: Vec<Bit<'a>>,
    /// Discontinuities before the first of them: more than one where the leader has content or
    /// discontinuities here that are in no segment of this rendition.
    pub(super) splits: i64,
    /// Media sequence number of the first of them.
    pub(super) number: i64,
    /// Discontinuity number before them.
    pub(super) dsn: i64,
    /// Where they begin on the channel's axis.
    pub(super) start: i64,
    /// Rows that they stand for, by position.
    pub(super) instead: (usize, usize),
}

/// Goes through the breaks of a session, one after another.
struct Walk<'a> {
    snapshot: &'a Snapshot,
    rendition: usize,
    view: &'a View,
    spans: SmallVec<[Span<'a>; 5]>,
    /// Where the next run of content begins, with the discontinuities before it; none while ads
    /// may still come.
    next: Option<(usize, Option<i64>)>,
    moved: Moved,
    before: Option<Last<'a>>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        rendition: usize,
        session: &'a SessionView,
    ) -> Result<Self, ComposeError> {
        let view = snapshot.views.get(rendition);
        let view = view.ok_or(ComposeError::NotReady { rendition })?;
        let (moved, before) = session.moved(snapshot, rendition)?;
        let mut walk = Walk {
            snapshot,
            rendition,
            view,
            spans: SmallVec::new(),
            next: Some((0, None)),
            moved,
            before,
        };
        for (no, fill) in session.fills() {
            let of = snapshot
                .find(*no)
                .ok_or(ComposeError::Forgotten { no: *no })?;
            let Some(shown) = fill.shown(of) else {
                continue;
            };
            if walk.pass(of, fill, &shown)?.is_break() {
                break;
            }
        }
        let ends = view.ended && snapshot.has_ended() && walk.next.is_some();
        if let Some(begin) = walk.next {
            walk.push_rows(begin, view.shown);
        }
        let mut plan = Self {
            spans: walk.spans,
            first: (0, 0),
            ends,
        };
        let slides = !ends && !snapshot.is_complete();
        plan.find_first(view, if slides { snapshot.target } else { 0 });
        Ok(plan)
    }

    /// The window begins where the origin's does, ads leaving with the content whose time they
    /// are in; but not so late that it is too short.
    fn find_first(&mut self, view: &View, target: u32) {
        let listed = view.rows.get(view.first).map_or(i64::MIN, |row| row.start);
        let mut first = None;
        let mut time = Micros::ZERO;
        for (place, span) in self.spans.iter().enumerate() {
            let from = match span {
                Span::Rows(rows) => rows.from.max(view.first),
                Span::Bits(bits) => {
                    let has_left = |bit: &Bit<'_>| bits.start + bit.end <= listed + TOLERANCE;
                    bits.list.iter().take_while(|bit| has_left(bit)).count()
                }
            };
            if first.is_none() && from < span.end() {
                first = Some((place, from));
            }
            if let Some((begin, from)) = first {
                let from = if begin == place { from } else { span.begin() };
                time = time.plus(span.time(view, from, span.end()));
            }
        }
        // All of it has left when nothing of the origin's window is shown yet.
        let mut first = first.unwrap_or((self.spans.len(), 0));
        let least = Micros::from_seconds(u64::from(target) * WINDOW_TARGETS);
        while time < least {
            let Some(before) = self.before(first) else {
                break;
            };
            first = before;
            let span = self.spans.get(first.0);
            time =
                time.plus(span.map_or(Micros::ZERO, |span| span.time(view, first.1, first.1 + 1)));
        }
        self.first = first;
    }

    /// The element before one.
    fn before(&self, at: (usize, usize)) -> Option<(usize, usize)> {
        let begin = self.spans.get(at.0).map_or(at.1, Span::begin);
        if at.1 > begin {
            return Some((at.0, at.1 - 1));
        }
        let mut place = at.0;
        loop {
            place = place.checked_sub(1)?;
            let span = self.spans.get(place)?;
            if span.begin() < span.end() {
                return Some((place, span.end() - 1));
            }
        }
    }
}

impl<'a> Walk<'a> {
    /// Content up to a break, and what is shown in it; breaks off where nothing after it can be.
    fn pass(
        &mut self,
        of: &'a Break,
        fill: &'a Fill,
        shown: &Shown,
    ) -> Result<ControlFlow<()>, ComposeError> {
        let (rendition, view) = (self.rendition, self.view);
        let from = usize::from(fill.from());
        let (Some(cut), Some(begin)) = (of.cut(rendition, from), self.next) else {
            return Ok(ControlFlow::Break(()));
        };
        let until = shown.until;
        let until = until.and_then(|until| Some((until, of.cut(rendition, until)?)));
        let to = view.place(cut.number).min(view.shown);
        let back = until.map_or(view.shown, |(_, cut)| {
            view.place(cut.number).min(view.shown)
        });
        self.push_rows(begin, to);
        let dsn_before = self.number_before(cut);
        let joins = self.before.filter(|before| before.joins(of, from));
        self.moved.discontinuities -=
            joins.map_or(0, |before| of.shared_splits(before.of, rendition));
        let dsn = cut.before + self.moved.discontinuities;
        self.spans.push(Span::Bits(Bits {
            of,
            list: self.bits(of, fill, shown)?,
            splits: dsn + 1 - dsn_before,
            number: cut.number.cast_signed() + self.moved.segments,
            dsn,
            start: of.instant(from),
            instead: (to, back),
        }));
        self.next = until.map(|(_, cut)| (back, Some(1 + cut.own_at - cut.at)));
        if let Some((until, cut)) = until {
            let replaced = of.replaced(rendition, from, until).unwrap_or_default();
            self.moved = self.moved.by(shown.numbers(fill), replaced);
            self.before = Some(Last { of, until });
            let first = view.rows.first();
            if first.is_some_and(|first| cut.number < first.number) {
                // Content between these ads and what is kept is gone: they cannot be shown.
                self.spans.clear();
                self.next = Some((0, None));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn push_rows(&mut self, (from, splits): (usize, Option<i64>), to: usize) {
        if from < to {
            self.spans.push(Span::Rows(Rows {
                from,
                to,
                moved: self.moved,
                splits,
            }));
        }
    }

    /// What is shown in a break; while it is on, in a rendition that is behind the leader, no
    /// more than what is its own content's turn.
    fn bits(
        &self,
        of: &'a Break,
        fill: &'a Fill,
        shown: &Shown,
    ) -> Result<Vec<Bit<'a>>, ComposeError> {
        let (no, rendition) = (of.no, self.rendition);
        let bits = bits::bits(fill, shown, rendition);
        let mut bits = bits.ok_or(ComposeError::NoTrack { no, rendition })?;
        let until = shown.until.and_then(|until| of.cut(rendition, until));
        if until.is_none() {
            let start = of.instant(usize::from(fill.from()));
            let listed = self.view.end() - start + i64::from(self.snapshot.target) * 500_000;
            bits.truncate(bits.partition_point(|bit| bit.end <= listed));
        }
        Ok(bits)
    }

    /// The discontinuity number of what stands before the ads of a break: the last segment of
    /// content, or the ads of the fill before if there is no content between.
    fn number_before(&self, cut: Boundary) -> i64 {
        let end = self.before.and_then(|before| {
            let end = before.of.cut(self.rendition, before.until)?;
            (end.number == cut.number).then_some(end.at - 1)
        });
        end.unwrap_or(cut.own_before) + self.moved.discontinuities
    }
}

impl Span<'_> {
    fn begin(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.from,
            Self::Bits(_) => 0,
        }
    }

    fn end(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.to,
            Self::Bits(bits) => bits.list.len(),
        }
    }

    fn time(&self, view: &View, from: usize, to: usize) -> Micros {
        match self {
            Self::Rows(_) => view.time(from, to),
            Self::Bits(bits) => {
                let part = bits.list.get(from..to).unwrap_or_default();
                part.iter().map(|bit| bit.duration).sum()
            }
        }
    }
}
