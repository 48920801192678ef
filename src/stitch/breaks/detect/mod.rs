//! From cues, said again and again in many spellings, to where breaks begin and end.

mod event;

use std::collections::VecDeque;

use super::{BreakKind, Ended, TOLERANCE, kept};
use crate::format::hls::{Cue, CueId, CueKind, Spelling};
use crate::model::Micros;

/// Most announced breaks that have not begun; of more, the latest are not heard.
const WAITING_MAX: usize = 64;
/// Events of the past that are known when they are said again: more than a window holds.
const PAST_MAX: usize = 256;
/// What begins this close to the end of a break is the next one and not inside.
const NEAR_END: i64 = 2_000_000;

/// What a cue says, kept with the segment it was said at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::stitch) struct Mark {
    pub(in crate::stitch) cue: Cue,
    pub(in crate::stitch) spelling: Spelling,
    /// The instant it is about, on the channel's axis; else the start of its segment.
    pub(in crate::stitch) at: Option<i64>,
}

/// A segment of the leader, as a place where breaks can begin and end.
#[derive(Debug, Clone, Copy)]
pub(in crate::stitch) struct Step<'a> {
    /// Where it begins on the channel's axis.
    pub(in crate::stitch) start: i64,
    pub(in crate::stitch) duration: Micros,
    /// Nothing is known of what was right before it.
    pub(in crate::stitch) blind: bool,
    pub(in crate::stitch) marks: &'a [Mark],
}

/// What a cue of zero length is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stitch) enum Inserts {
    /// A break that replaces nothing.
    Allowed,
    /// No break.
    Ignored,
}

/// What happens right before a segment.
#[derive(Debug, Default)]
pub(in crate::stitch) struct Turn {
    pub(in crate::stitch) close: Option<Ended>,
    /// Any number of insertions, then at most one break that replaces.
    pub(in crate::stitch) open: Vec<Event>,
}

/// One event of the channel, whoever says it and however.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::stitch) struct Event {
    #[serde(with = "kept::names")]
    pub(in crate::stitch) names: Vec<CueId>,
    pub(in crate::stitch) at: i64,
    pub(in crate::stitch) duration: Option<Micros>,
    pub(in crate::stitch) upid: Option<(u8, Vec<u8>)>,
    pub(in crate::stitch) kind: BreakKind,
    /// Why and where it ends at the latest.
    pub(in crate::stitch) end: i64,
    pub(in crate::stitch) why: Ended,
    #[serde(with = "kept::kind")]
    cue: CueKind,
    /// Whether its length was said by something finer than `CUE-OUT`.
    fine: bool,
    /// Where it would end without the events inside of it.
    own_end: i64,
    #[serde(with = "kept::names")]
    inside: Vec<CueId>,
}

/// Follows the cues of a channel.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::stitch) struct Detector {
    /// No break is longer.
    longest: Micros,
    /// Zero length asks for an insertion; else it is no break.
    inserts: bool,
    /// Announced, by time.
    waiting: Vec<Event>,
    open: Option<Event>,
    past: VecDeque<Event>,
}

impl Detector {
    pub(in crate::stitch) const fn new() -> Self {
        Self {
            longest: Micros::ZERO,
            inserts: false,
            waiting: Vec::new(),
            open: None,
            past: VecDeque::new(),
        }
    }

    /// No break from now on is longer; and whether content is complete and can wait, so that
    /// zero length asks for an insertion, is `inserts`.
    pub(in crate::stitch) const fn configure(&mut self, longest: Micros, inserts: Inserts) {
        self.longest = longest;
        self.inserts = matches!(inserts, Inserts::Allowed);
    }

    /// The break that is on.
    pub(in crate::stitch) const fn open(&self) -> Option<&Event> {
        self.open.as_ref()
    }

    /// Hears what is said about an instant of the axis. Saying it again changes nothing.
    pub(in crate::stitch) fn hear(&mut self, mark: &Mark, at: i64) {
        match &mark.cue {
            Cue::Out { .. } => {
                if let Some(event) = self.event(mark, at) {
                    self.announce(event);
                }
            }
            Cue::Cont { duration, .. } => {
                let longest = self.longest;
                if let (Some(open), Some(duration)) = (&mut self.open, duration)
                    && open.duration.is_none()
                {
                    open.lasts(*duration, longest);
                }
            }
            Cue::In { id, kind, .. } => self.hear_in(id, *kind, at),
            Cue::Cancel { id } => self.hear_cancel(id, at),
        }
    }

    /// A break that is planned by us, `at` on the axis.
    pub(in crate::stitch) fn schedule(&mut self, at: i64, duration: Micros) {
        let cue = Cue::Out {
            id: CueId::default(),
            duration: Some(duration),
            kind: CueKind::Splice,
            auto_return: true,
            upid: None,
        };
        let mark = Mark {
            cue,
            spelling: Spelling::CueOut,
            at: None,
        };
        self.hear(&mark, at);
    }

    /// What happens right before the next segment of the leader.
    pub(in crate::stitch) fn step(&mut self, step: &Step<'_>) -> Turn {
        self.hear_all(step);
        let middle = step.start.saturating_add(step.duration.signed() / 2);
        let end = step.start.saturating_add(step.duration.signed());
        let mut turn = Turn::default();
        if let Some(open) = &self.open {
            let is_over = open.end <= middle
                || (open.why == Ended::Maximum && end > open.end.saturating_add(TOLERANCE));
            if is_over {
                turn.close = self.close(step.start);
            }
        }
        self.waiting.retain(|event| !event.is_over_at(middle));
        while self.open.is_none() {
            let begins = |event: &Event| event.at <= middle;
            let Some(place) = self.waiting.iter().position(begins) else {
                break;
            };
            let mut event = self.waiting.remove(place);
            if event.kind == BreakKind::Insert {
                self.remember(event.clone());
            } else {
                event.bound(step.start, self.longest);
                self.open = Some(event.clone());
            }
            turn.open.push(event);
        }
        turn
    }

    /// The open break ends with the segment that ends at `end`, if its time is up there.
    pub(in crate::stitch) fn reach(&mut self, end: i64) -> Option<Ended> {
        let open = self.open.as_ref()?;
        if end >= open.end.saturating_sub(TOLERANCE) {
            return self.close(end);
        }
        None
    }

    /// The channel has ended: what is open ends, and insertions that wait come at its end.
    pub(in crate::stitch) fn finish(&mut self) -> Turn {
        let close = self.open.take().map(|open| {
            self.remember(open);
            Ended::Channel
        });
        let mut open = std::mem::take(&mut self.waiting);
        open.retain(|event| event.kind == BreakKind::Insert);
        Turn { close, open }
    }

    /// The open break ends at a boundary; what began inside of it went by with it.
    fn close(&mut self, at: i64) -> Option<Ended> {
        let open = self.open.take()?;
        let why = open.why;
        self.waiting
            .retain(|event| event.kind == BreakKind::Insert || event.at >= at - TOLERANCE);
        self.remember(open);
        Some(why)
    }

    fn remember(&mut self, event: Event) {
        if self.past.len() == PAST_MAX {
            self.past.pop_front();
        }
        self.past.push_back(event);
    }

    /// Ends before beginnings: one segment may close a break and open the next.
    fn hear_all(&mut self, step: &Step<'_>) {
        let ends = |mark: &&Mark| matches!(mark.cue, Cue::In { .. } | Cue::Cancel { .. });
        for mark in step.marks.iter().filter(ends) {
            self.hear(mark, mark.at.unwrap_or(step.start));
        }
        for mark in step.marks.iter().filter(|mark| !ends(mark)) {
            self.hear(mark, mark.at.unwrap_or(step.start));
            if step.blind {
                self.hear_blind(mark, step.start);
            }
        }
    }

    /// Evidence of a break whose beginning nobody saw.
    fn hear_blind(&mut self, mark: &Mark, at: i64) {
        let Cue::Cont {
            id,
            elapsed,
            duration,
        } = &mark.cue
        else {
            return;
        };
        let at = at.saturating_sub(elapsed.unwrap_or_default().signed());
        if self.open.is_some() || self.past.iter().any(|event| event.end > at) {
            return;
        }
        let out = Cue::Out {
            id: id.clone(),
            duration: *duration,
            kind: CueKind::Splice,
            auto_return: false,
            upid: None,
        };
        let mark = Mark {
            cue: out,
            spelling: mark.spelling,
            at: None,
        };
        self.hear(&mark, at);
    }

    fn event(&self, mark: &Mark, at: i64) -> Option<Event> {
        let Cue::Out {
            id,
            duration,
            kind,
            upid,
            ..
        } = &mark.cue
        else {
            return None;
        };
        let is_insert = *duration == Some(Micros::ZERO);
        if is_insert && !self.inserts {
            return None;
        }
        let mut event = Event {
            names: vec![id.clone()],
            at,
            duration: *duration,
            upid: upid.as_ref().map(|upid| (upid.kind, upid.bytes.to_vec())),
            kind: if is_insert {
                BreakKind::Insert
            } else {
                BreakKind::Replace
            },
            end: i64::MAX,
            why: Ended::Maximum,
            cue: *kind,
            fine: mark.spelling != Spelling::CueOut,
            own_end: i64::MAX,
            inside: Vec::new(),
        };
        event.names.retain(|name| *name != CueId::default());
        event.bound(at, self.longest);
        Some(event)
    }

    fn announce(&mut self, event: Event) {
        let longest = self.longest;
        if let Some(known) = self.waiting.iter_mut().find(|known| known.is(&event)) {
            known.merge(event, longest);
            self.waiting.sort_by_key(|event| event.at);
            return;
        }
        if self.past.iter().any(|known| known.is(&event)) {
            return;
        }
        if let Some(open) = &mut self.open
            && event.kind == BreakKind::Replace
            && event.at < open.end.saturating_sub(NEAR_END)
        {
            if open.is(&event) {
                open.merge(event, longest);
                return;
            }
            // A later start inside of the open break is part of it; what is announced for when
            // nothing tells yet where the open one ends has to wait.
            if open.duration.is_some() || event.at <= open.at {
                // Said again without a name of its own it is no other event.
                if open.names_differ(&event) {
                    open.hold(&event, longest);
                }
                return;
            }
        }
        if self.waiting.len() < WAITING_MAX {
            self.waiting.push(event);
            self.waiting.sort_by_key(|event| event.at);
        }
    }

    fn hear_in(&mut self, id: &CueId, kind: CueKind, at: i64) {
        let announced = self
            .waiting
            .iter_mut()
            .find(|event| event.named(id) == Some(true) && at > event.at);
        if let Some(event) = announced {
            if at < event.end {
                event.ends(at);
            }
            return;
        }
        let Some(open) = &mut self.open else {
            return;
        };
        if at <= open.at {
            return;
        }
        if let Some(place) = open
            .inside
            .iter()
            .position(|name| name.same(id) == Some(true))
        {
            open.inside.swap_remove(place);
            if at >= open.own_end {
                open.ends(at.min(open.end));
            }
            return;
        }
        if kind.closes(open.cue) && open.named(id) != Some(false) && at < open.end {
            open.ends(at);
        }
    }

    fn hear_cancel(&mut self, id: &CueId, at: i64) {
        if let Some(place) = self
            .waiting
            .iter()
            .position(|event| event.named(id) == Some(true))
        {
            let event = self.waiting.remove(place);
            self.remember(event);
            return;
        }
        if let Some(open) = &mut self.open
            && open.named(id) == Some(true)
        {
            open.end = at.min(open.end);
            open.why = Ended::Cancelled;
        }
    }
}
