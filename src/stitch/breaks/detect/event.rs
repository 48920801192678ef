//! One event of the channel: which cues speak of it, and when it ends.

use super::Event;
use crate::format::hls::{CueId, CueKind};
use crate::model::Micros;
use crate::stitch::breaks::{BreakKind, Ended, TOLERANCE};

/// Most names of one event, and most events inside of one.
const NAMES_MAX: usize = 16;
/// Cues that can be told apart by nothing else are one event when they are this close.
const SAME_PLACE: i64 = 3_000_000;
/// Cues this close are one event whatever they are called: conflicting ones make one break.
const SAME_INSTANT: i64 = 500_000;

impl Event {
    /// Whether a name is one of this event's: none when there is nothing to compare.
    pub(super) fn named(&self, id: &CueId) -> Option<bool> {
        let answers = self.names.iter().filter_map(|name| name.same(id));
        answers.reduce(|one, other| one || other)
    }

    /// Whether two events have a name in common; none when there is nothing to compare.
    fn names_agree(&self, other: &Self) -> Option<bool> {
        let names = other.names.iter().filter_map(|name| self.named(name));
        names.reduce(|one, other| one || other)
    }

    pub(super) fn names_differ(&self, other: &Self) -> bool {
        self.names_agree(other) == Some(false)
    }

    /// Whether another cue speaks of this event.
    pub(super) fn is(&self, other: &Self) -> bool {
        let apart = self.at.saturating_sub(other.at).saturating_abs();
        if apart <= SAME_INSTANT {
            return self.kind == other.kind;
        }
        match self.names_agree(other) {
            // Event numbers come back: only inside of its time is it the same event.
            Some(true) => other.at >= self.at && other.at < self.end.saturating_sub(TOLERANCE),
            Some(false) => false,
            None => apart <= SAME_PLACE,
        }
    }

    /// Takes over what another cue knows better.
    pub(super) fn merge(&mut self, other: Self, longest: Micros) {
        for name in other.names {
            if self.names.len() < NAMES_MAX && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
        self.upid = self.upid.take().or(other.upid);
        if self.cue == CueKind::Splice {
            self.cue = other.cue;
        }
        let Some(duration) = other.duration else {
            return;
        };
        let is_better = self.duration.is_none() || (other.fine && !self.fine);
        // Said again inside of the break, a length may as well be what is left of it.
        let is_here = self.at.saturating_sub(other.at).saturating_abs() <= SAME_INSTANT;
        if is_better && (is_here || self.duration.is_none()) {
            let left = other.at.saturating_sub(self.at).max(0);
            self.fine |= other.fine;
            self.lasts(duration.plus(Micros(left.unsigned_abs())), longest);
        }
    }

    /// Another event inside of this one may make it longer.
    pub(super) fn hold(&mut self, other: &Self, longest: Micros) {
        for name in &other.names {
            if self.inside.len() < NAMES_MAX && !self.inside.contains(name) {
                self.inside.push(name.clone());
            }
        }
        let Some(duration) = other.duration else {
            return;
        };
        let end = other.at.saturating_add(duration.signed());
        let most = self.at.saturating_add(longest.signed());
        if end > self.end && self.why == Ended::Planned {
            self.end = end.min(most);
        }
    }

    pub(super) fn lasts(&mut self, duration: Micros, longest: Micros) {
        self.duration = Some(duration);
        self.bound(self.at, longest);
    }

    /// The end that follows from its length and from the longest one allowed, begun at `from`.
    pub(super) fn bound(&mut self, from: i64, longest: Micros) {
        let most = from.saturating_add(longest.signed());
        if matches!(self.why, Ended::Early | Ended::Cancelled) {
            self.end = self.end.min(most);
            return;
        }
        let planned = self
            .duration
            .map(|duration| self.at.saturating_add(duration.signed()));
        (self.end, self.why) = match planned {
            Some(end) if end <= most => (end, Ended::Planned),
            _ => (most, Ended::Maximum),
        };
        self.own_end = self.end;
    }

    pub(super) fn ends(&mut self, at: i64) {
        self.end = at;
        let is_planned = self.duration.is_some_and(|duration| {
            let end = self.at.saturating_add(duration.signed());
            end.saturating_sub(at) <= TOLERANCE
        });
        self.why = if is_planned {
            Ended::Planned
        } else {
            Ended::Early
        };
    }

    pub(super) fn is_over_at(&self, middle: i64) -> bool {
        self.kind == BreakKind::Replace && self.end <= middle
    }
}
