//! What is known of a break for good: its name, and what it replaced in every rendition.

use std::sync::Arc;

use super::Timeline;
use crate::stitch::breaks::{Break, Cut, Event, Replaced};

/// Most letters of an event's name in the name of a break.
const NAME_MAX: usize = 40;

impl Timeline {
    /// Finds the boundaries of breaks in every rendition, as far as they are listed there.
    pub(super) fn cut(&mut self) {
        let first = self
            .breaks
            .partition_point(|known| !known.totals.is_empty());
        for place in first..self.breaks.len() {
            let Some(of) = self.breaks.get(place) else {
                return;
            };
            let found = self.found(of);
            if found.iter().any(|cuts| !cuts.is_empty())
                && let Some(of) = Arc::make_mut(&mut self.breaks).get_mut(place)
            {
                for (cuts, more) in Arc::make_mut(of).cuts.iter_mut().zip(found) {
                    cuts.extend(more);
                }
            }
            self.sum_up(place);
        }
    }

    /// For each rendition, boundaries that were not known yet.
    fn found(&self, of: &Break) -> Vec<Vec<Cut>> {
        let feeds = self.feeds.iter().enumerate();
        feeds
            .map(|(place, feed)| {
                let known = of.cuts.get(place).map_or(0, Vec::len);
                let missing = known..of.offsets.len();
                let cuts = missing.map_while(|boundary| feed.cut(of.instant(boundary)));
                cuts.collect()
            })
            .collect()
    }

    /// Adds up what the break at `place` and those before it replaced, once all of it is known.
    fn sum_up(&mut self, place: usize) {
        let Some(of) = self.breaks.get(place) else {
            return;
        };
        let before = place
            .checked_sub(1)
            .and_then(|before| self.breaks.get(before));
        let is_whole =
            of.ended.is_some() && of.cuts.iter().all(|cuts| cuts.len() == of.offsets.len());
        if !is_whole || before.is_some_and(|before| before.totals.is_empty()) {
            return;
        }
        let totals = (0..of.cuts.len()).map(|rendition| {
            let this = of.replaced(rendition, 0, of.last()).unwrap_or_default();
            let sum = before.and_then(|before| before.totals.get(rendition).copied());
            let sum = sum.unwrap_or_default();
            let shared = before.map_or(0, |before| of.shared_splits(before, rendition));
            Replaced {
                segments: sum.segments + this.segments,
                discontinuities: sum.discontinuities + this.discontinuities + shared,
            }
        });
        let totals = totals.collect();
        if let Some(of) = Arc::make_mut(&mut self.breaks).get_mut(place) {
            Arc::make_mut(of).totals = totals;
        }
    }
}

/// Names a break by its event and the date of its start, or else by the number of its first
/// segment: the same on every machine and after every restart.
pub(super) fn break_id(event: &Event, start: Option<i64>, first: u64) -> String {
    let place = start.map_or_else(
        || format!("n{first}"),
        |date| format!("t{}", date.div_euclid(1000)),
    );
    let named = event.names.iter().find_map(|name| name.name.as_deref());
    let number = event.names.iter().find_map(|name| name.event);
    match (named, number) {
        (Some(name), _) => {
            let plain = |letter: char| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '_'
                }
            };
            let name: String = name.chars().take(NAME_MAX).map(plain).collect();
            format!("{name}-{place}")
        }
        (None, Some(number)) => format!("e{number}-{place}"),
        (None, None) => place,
    }
}
