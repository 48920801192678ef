//! Waits from the least to the greatest, sorted only as far as they are pulled.

use super::chance::Wait;

/// How many are sorted at first; each time they run out, twice as many.
const FIRST_SORTED: usize = 64;

/// Some waits. Those at the end are sorted, the least last, and less than all before them.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waits: Vec<Wait>,
    sorted: usize,
    next: usize,
}

impl Queue {
    /// Forgets what was there.
    pub(super) fn clear(&mut self) {
        self.waits.clear();
        self.sorted = 0;
        self.next = FIRST_SORTED;
    }

    /// Adds one, before the first is pulled.
    pub(super) fn push(&mut self, wait: Wait) {
        self.waits.push(wait);
    }

    /// Adds one that waits for nobody, being the only one.
    pub(super) fn push_only(&mut self, place: u32) {
        self.waits.push(Wait::even(0, place));
        self.sorted = 1;
    }

    /// The place of the offer with the least wait.
    pub(super) fn pop(&mut self) -> Option<u32> {
        if self.sorted == 0 {
            self.sort_more();
        }
        let least = self.waits.pop()?;
        self.sorted -= 1;
        Some(least.place)
    }

    fn sort_more(&mut self) {
        let greater = self.waits.len().saturating_sub(self.next);
        if greater > 0 {
            self.waits
                .select_nth_unstable_by(greater, |one, other| other.cmp(one));
        }
        self.waits[greater..].sort_unstable_by(|one, other| other.cmp(one));
        self.sorted = self.waits.len() - greater;
        self.next *= 2;
    }
}
