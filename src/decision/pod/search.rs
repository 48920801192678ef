//! The search for the best set of ads: depth first, the most promising first, cut by a bound.
//!
//! The bound is a table made before: for each tail of the groups, each layer of the room and each
//! amount of free time, the most that the tail can add if nothing but groups and room counted.

use std::ops::Add;

use super::field::{Ad, Field, bits};
use super::order::{Order, Ordered};
use super::room::Room;
use super::worth::{Packing, Score};

/// After how many sets that could not be ordered one is repaired.
const REPAIRS: [u32; 4] = [1, 8, 64, 512];
/// From how many on each part of a set is looked at for whether it can be ordered at all.
const DOUBTS: u32 = 4;

/// The search, with the memory it uses again.
#[derive(Debug)]
pub(super) struct Search<S> {
    /// Row by row of groups, the last row for no groups left.
    table: Vec<S>,
    scores: Vec<S>,
    /// Cells of free time that each ad takes.
    costs: Vec<usize>,
    /// What each ad takes from the slots; none where it is too long for all.
    steps: Vec<Option<usize>>,
    /// For each ad those that go into the same slots: the shorter, and the others.
    peers: Vec<(u64, u64)>,
}

impl<S> Default for Search<S> {
    fn default() -> Self {
        Self {
            table: Vec::new(),
            scores: Vec::new(),
            costs: Vec::new(),
            steps: Vec::new(),
            peers: Vec::new(),
        }
    }
}

/// How a search ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<S> {
    /// The best set; its order is in the [`Order`].
    pub(super) set: u64,
    /// No set is worth more than this.
    pub(super) bound: S,
    pub(super) proved: bool,
    pub(super) nodes: u32,
}

/// One pod to solve.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem<'a> {
    pub(super) field: &'a Field,
    pub(super) room: &'a Room,
    pub(super) packing: &'a Packing,
    /// Most nodes of the search.
    pub(super) effort: u32,
}

impl<S: Score> Search<S> {
    /// The best set that can be put in order, as far as the effort goes.
    pub(super) fn run(&mut self, problem: Problem<'_>, order: &mut Order) -> Found<S> {
        let Problem { field, room, .. } = problem;
        self.prepare(problem);
        self.fill(field, room);
        let mut walk = Walk {
            problem,
            search: self,
            order,
            best: S::ZERO,
            set: 0,
            open: None,
            nodes: 0,
            failed: 0,
        };
        walk.order.clear();
        walk.dive(0, Node::root(room));
        if walk.open.is_some() {
            walk.repair(0);
        }
        let best = walk.best;
        let bound = walk.open.map_or(best, |open| open.max(best));
        Found {
            set: walk.set,
            bound,
            proved: bound == best,
            nodes: walk.nodes,
        }
    }

    fn prepare(&mut self, problem: Problem<'_>) {
        let Problem {
            field,
            room,
            packing,
            ..
        } = problem;
        let score = |ad: &Ad| S::of(packing, ad);
        self.scores.clear();
        self.scores.extend(field.ads.iter().map(score));
        self.costs.clear();
        self.costs
            .extend(field.ads.iter().map(|ad| (ad.ms / room.cell) as usize));
        self.steps.clear();
        self.steps
            .extend(field.ads.iter().map(|ad| room.step_of(ad.ms)));
        self.peers.clear();
        if room.free > 0 && !room.slots.is_empty() {
            self.find_peers(field);
        }
    }

    fn find_peers(&mut self, field: &Field) {
        for (ad, step) in self.steps.iter().enumerate() {
            let (mut shorter, mut others) = (0, 0);
            for (peer, _step) in self
                .steps
                .iter()
                .enumerate()
                .filter(|(_, other)| *other == step)
            {
                if field.ads[peer].ms < field.ads[ad].ms {
                    shorter |= 1 << peer;
                } else {
                    others |= 1 << peer;
                }
            }
            self.peers.push((shorter, others));
        }
    }

    /// Fills the table from the last group to the first.
    fn fill(&mut self, field: &Field, room: &Room) {
        let (cells, columns) = (room.cells(), room.columns);
        let groups = field.groups.len();
        self.table.clear();
        self.table.resize((groups + 1) * cells, S::ZERO);
        for (row, group) in field.groups.iter().enumerate().rev() {
            let (above, below) = self.table.split_at_mut((row + 1) * cells);
            let (here, below) = (&mut above[row * cells..], &below[..cells]);
            here.copy_from_slice(below);
            for ad in bits(group.members) {
                let (score, cost, step) = (self.scores[ad], self.costs[ad], self.steps[ad]);
                for layer in 0..room.layers {
                    let here = &mut here[layer * columns..(layer + 1) * columns];
                    if cost < columns
                        && field.ads[ad].ms <= room.free
                        && let Some(after) = room.after_free(layer)
                    {
                        let below = &below[after * columns..(after + 1) * columns];
                        raise(&mut here[cost..], below, score);
                    }
                    if let Some(after) = step.and_then(|step| room.after_slot(step, layer)) {
                        let below = &below[after * columns..(after + 1) * columns];
                        raise(here, below, score);
                    }
                }
            }
        }
    }
}

/// Raises each cell to what lies below it and `score`, where that is more.
fn raise<S: Score>(here: &mut [S], below: &[S], score: S) {
    for (cell, &rest) in here.iter_mut().zip(below) {
        *cell = (*cell).max(rest + score);
    }
}

/// Where the search stands.
#[derive(Debug, Clone, Copy)]
struct Node<S> {
    score: S,
    set: u64,
    /// Those of the set that took slots.
    slotted: u64,
    banned: u64,
    layer: usize,
    /// Cells of free time left in the grid, and the exact milliseconds.
    column: usize,
    free: u32,
    count: u32,
}

impl<S: Score> Node<S> {
    const fn root(room: &Room) -> Self {
        Self {
            score: S::ZERO,
            set: 0,
            slotted: 0,
            banned: 0,
            layer: room.layers - 1,
            column: room.columns - 1,
            free: room.free,
            count: 0,
        }
    }
}

/// One way on from a node: an ad into free time or a slot, or no ad of the group.
#[derive(Debug, Clone, Copy)]
struct Way<S> {
    /// The most that may come of it, then its rank among equals.
    key: (S, usize),
    node: Node<S>,
}

struct Walk<'a, S> {
    problem: Problem<'a>,
    search: &'a Search<S>,
    order: &'a mut Order,
    best: S,
    set: u64,
    /// The most that a part not searched may hold.
    open: Option<S>,
    nodes: u32,
    /// Sets that could not be ordered.
    failed: u32,
}

impl<S: Score> Walk<'_, S> {
    fn dive(&mut self, row: usize, node: Node<S>) {
        let rest = self.rest(row, node.layer, node.column);
        if self.nodes >= self.problem.effort {
            self.leave_open(node.score + rest);
            return;
        }
        self.nodes += 1;
        let Problem { field, room, .. } = self.problem;
        let left = u32::try_from(field.groups.len() - row).unwrap_or(u32::MAX);
        if node.count + left < room.min_ads {
            return;
        }
        if rest == S::ZERO || node.count == room.max_ads {
            self.judge(node);
            return;
        }
        let mut last = None;
        while let Some(way) = self.next_way(row, node, last) {
            if way.key.0 <= self.best {
                return;
            }
            if self.nodes >= self.problem.effort {
                self.leave_open(way.key.0);
                return;
            }
            if way.node.set == node.set || self.goes_on(way.node.set) {
                self.dive(row + 1, way.node);
            }
            last = Some(way.key);
        }
    }

    /// The most that the groups from `row` on can add.
    fn rest(&self, row: usize, layer: usize, column: usize) -> S {
        let room = self.problem.room;
        self.search.table[row * room.cells() + layer * room.columns + column]
    }

    fn leave_open(&mut self, bound: S) {
        self.open = Some(self.open.map_or(bound, |open| open.max(bound)));
    }

    /// The most promising way after the last one. The best ad comes first among equals.
    fn next_way(&self, row: usize, node: Node<S>, last: Option<(S, usize)>) -> Option<Way<S>> {
        let Problem { field, room, .. } = self.problem;
        let mut best: Option<Way<S>> = None;
        let mut offer = |rank: usize, node: Node<S>| {
            let key = (
                node.score + self.rest(row + 1, node.layer, node.column),
                rank,
            );
            let before = last.is_none_or(|last| key < last);
            if before && best.is_none_or(|best| key > best.key) {
                best = Some(Way { key, node });
            }
        };
        offer(0, node);
        for ad in bits(field.groups[row].members & !node.banned) {
            if !field.counts_allow(node.set, ad) {
                continue;
            }
            let (ms, cost) = (field.ads[ad].ms, self.search.costs[ad]);
            let taken = Node {
                score: node.score + self.search.scores[ad],
                set: node.set | 1 << ad,
                banned: node.banned | field.bans[ad],
                count: node.count + 1,
                ..node
            };
            let rank = 2 * (field.ads.len() - ad);
            // Where both are open, the longest ads take the slots: what else there is differs
            // in nothing or has less free time.
            let (shorter, others) = self.search.peers.get(ad).copied().unwrap_or_default();
            if ms <= node.free
                && node.slotted & shorter == 0
                && let Some(layer) = room.after_free(node.layer)
            {
                let column = node.column.saturating_sub(cost);
                let free = node.free - ms;
                offer(
                    rank,
                    Node {
                        layer,
                        column,
                        free,
                        ..taken
                    },
                );
            }
            let step = self.search.steps[ad];
            if node.set & !node.slotted & others == 0
                && let Some(layer) = step.and_then(|step| room.after_slot(step, node.layer))
            {
                let slotted = node.slotted | 1 << ad;
                offer(
                    rank + 1,
                    Node {
                        slotted,
                        layer,
                        ..taken
                    },
                );
            }
        }
        best
    }

    /// Takes a set as the answer if it is better and can be put in order.
    fn judge(&mut self, node: Node<S>) {
        let Problem { field, room, .. } = self.problem;
        if node.score <= self.best || node.count < room.min_ads {
            return;
        }
        let steps = self.order.steps;
        let ordered = self.order.arrange(field, room, node.set);
        self.nodes += self.order.steps - steps;
        if ordered == Ordered::Yes {
            self.best = node.score;
            self.set = node.set;
            return;
        }
        if ordered == Ordered::Unknown {
            self.leave_open(node.score);
        }
        self.failed += 1;
        if REPAIRS.contains(&self.failed) {
            self.repair(node.set);
        }
    }

    /// Grows a set that can be ordered from most of one that cannot.
    fn repair(&mut self, set: u64) {
        let Problem { field, room, .. } = self.problem;
        let (steps, found) = (self.order.steps, self.order.seats.clone());
        let mut dense = Vec::new();
        field.sort_by_density(&mut dense);
        let inside = dense.iter().filter(|&&ad| set & (1 << ad) != 0);
        let outside = dense.iter().filter(|&&ad| set & (1 << ad) == 0);
        let grown = self.order.grow(field, room, inside.chain(outside).copied());
        self.nodes += self.order.steps - steps;
        let scores = bits(grown).map(|ad| self.search.scores[ad]);
        let score = scores.fold(S::ZERO, Add::add);
        if score > self.best {
            (self.best, self.set) = (score, grown);
        } else {
            self.order.seats = found;
        }
    }

    /// Whether the search goes on with a set. Once one could not be ordered, this looks whether
    /// any with these ads can.
    fn goes_on(&mut self, set: u64) -> bool {
        let Problem { field, room, .. } = self.problem;
        if !field.spans_fit(room, set) {
            return false;
        }
        let steps = self.order.steps;
        // In slots the sets are small and found out soon enough.
        let hopes = self.failed < DOUBTS || !room.slots.is_empty();
        let goes = hopes || self.order.leaves_hope(field, room, set);
        self.nodes += self.order.steps - steps;
        goes
    }
}
