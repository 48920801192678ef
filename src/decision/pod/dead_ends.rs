//! States of an order that are known to lead nowhere, so that none is tried twice.

/// States that are kept; a newer one takes the place of an older.
const KEPT: u64 = 512;
/// Most rivalries of a set whose states are kept.
pub(super) const RIVALS_KEPT: usize = 6;

/// What the rest of an order depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct State {
    pub(super) rest: u64,
    pub(super) slot: usize,
    pub(super) clock: u32,
    /// The end of the last ad of each rivalry, as far as it still matters.
    pub(super) ends: [u32; RIVALS_KEPT],
}

/// The states of one set.
#[derive(Debug, Default)]
pub(super) struct DeadEnds {
    /// Each with the era it was met in; others than the present one are forgotten.
    states: Vec<(u64, State)>,
    era: u64,
}

impl DeadEnds {
    /// Forgets all states: another set is ordered.
    pub(super) const fn forget(&mut self) {
        self.era += 1;
    }

    /// Whether a state is known to lead nowhere.
    pub(super) fn has(&self, state: State) -> bool {
        let known = self.states.get(self.place(state));
        known.is_some_and(|&known| known == (self.era, state))
    }

    /// Keeps a state that leads nowhere.
    pub(super) fn add(&mut self, state: State) {
        if self.states.is_empty() {
            let size = usize::try_from(KEPT).unwrap_or(1);
            self.states.resize(size, (0, State::default()));
        }
        let place = self.place(state);
        self.states[place] = (self.era, state);
    }

    fn place(&self, state: State) -> usize {
        let mix = |hash: u64, word: u64| {
            let mixed = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed.rotate_left(29)
        };
        let hash = mix(mix(self.era, state.rest), u64::from(state.clock));
        let ends = state.ends.iter().map(|&end| u64::from(end));
        let hash = mix(ends.fold(hash, mix), state.slot as u64);
        usize::try_from(hash % KEPT).unwrap_or(0)
    }
}
