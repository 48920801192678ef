//! Candidates, pulled one by one: by tier, then by value, then in a weighted random order.

use super::bits::{for_each, narrow, next};
use super::chance::Wait;
use super::pool::{Draw, Pool};
use super::queue::Queue;
use super::rows::{Group, Rows, Stretch};
use super::scan::Scan;
use super::{Ask, Counting, Index, LiveBits, Roll, Tally};
use crate::model::Tier;

/// Draws for waits use keys of their own: campaigns and creatives have lower ones.
const WAITS: u64 = 2 << 40;
/// Groups with fewer rows are put in order as a whole.
const POOL_ROWS_MIN: u32 = 512;

/// An offer that a request is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Its place in the list that the index was made of.
    pub place: u32,
    /// Its tier.
    pub tier: Tier,
    /// Its static rank.
    pub value: i64,
}

/// Room to work in: made once for each thread and used for one request after another.
#[derive(Debug, Default)]
pub struct Scratch {
    scan: Scan,
    /// Offers of one group that match.
    found: Vec<u32>,
    waits: Queue,
    pool: Pool,
    tally: Tally,
}

/// The candidates of one request. Whoever has enough stops pulling.
#[derive(Debug)]
pub struct Candidates<'a> {
    index: &'a Index,
    live: &'a LiveBits,
    roll: Roll,
    counting: Counting,
    scratch: &'a mut Scratch,
    /// The first row of the groups that were not opened.
    row: u32,
    /// The first block of the stretch whose bits are at hand.
    looked: Option<usize>,
    /// The group that is pulled from.
    group: u32,
    /// How it is pulled from.
    source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// All that match are in order.
    Waits,
    /// They are drawn, and all blocks are known.
    Pool,
    /// They are drawn, and blocks are looked at when a draw falls on them.
    Unknown,
}

impl<'a> Candidates<'a> {
    pub(super) fn new(index: &'a Index, ask: &Ask<'a>, scratch: &'a mut Scratch) -> Self {
        scratch.scan.asked.resolve(index, ask.subject);
        scratch.waits.clear();
        if ask.counting == Counting::On {
            scratch.tally = Tally::of(&index.rows);
        }
        Self {
            index,
            live: ask.live,
            roll: ask.roll,
            counting: ask.counting,
            scratch,
            row: 0,
            looked: None,
            group: 0,
            source: Source::Waits,
        }
    }

    /// Goes on behind a tier, whatever is left in it.
    pub fn leave(&mut self, tier: Tier) {
        let behind = self.index.rows.row_after(tier);
        let opened = self.index.rows.tier_of(self.group);
        if self.row < behind || opened.is_some_and(|opened| opened <= tier) {
            self.row = self.row.max(behind);
            self.scratch.waits.clear();
            self.source = Source::Waits;
        }
    }

    /// What became of all offers so far, where reasons are counted.
    pub fn tally(&self) -> &Tally {
        &self.scratch.tally
    }

    /// The place of the next offer of the group that is open.
    fn draw(&mut self) -> Option<u32> {
        loop {
            if self.source == Source::Waits {
                return self.scratch.waits.pop();
            }
            match self.scratch.pool.draw(&self.index.rows) {
                Draw::Offer(offer) => {
                    if self.source == Source::Unknown && self.counting == Counting::On {
                        let tier = self.index.rows.group(self.group).tier;
                        self.scratch.tally.meet(tier);
                    }
                    return Some(self.index.rows.place(offer));
                }
                Draw::Unknown(window) => {
                    self.scratch.scan.look(self.index, self.live, window);
                    self.looked = None;
                    let passed = &self.scratch.scan.passed;
                    self.scratch.pool.learn(window, passed);
                }
                Draw::Tired if self.source == Source::Unknown => self.look_at_all(),
                Draw::Tired => {
                    let rows = &self.index.rows;
                    let group = rows.group(self.group);
                    let Scratch { pool, waits, .. } = &mut *self.scratch;
                    waits.clear();
                    for offer in pool.rest(rows) {
                        waits.push(wait_of(rows, self.roll, offer, group));
                    }
                    self.source = Source::Waits;
                }
            }
        }
    }

    /// Opens the next group with an offer that matches; a large one at once.
    fn open_next(&mut self) -> Option<()> {
        let rows = &self.index.rows;
        while let Some(stretch) = rows.stretch_at(self.row) {
            let window = stretch.window.rows();
            if stretch.offers.is_empty() {
                self.row = window.end;
                continue;
            }
            if stretch.large {
                self.group = rows.group_of(stretch.offers.start);
                self.row = rows.rows_of(self.group).end;
                self.scratch.pool.open(rows, self.group, self.roll);
                self.source = Source::Unknown;
                return Some(());
            }
            self.look(stretch);
            let from = (self.row - window.start) as usize;
            let end = (window.end - window.start) as usize;
            match next(&self.scratch.scan.passed, from, end) {
                None => self.row = window.end,
                Some(found) => {
                    self.row = window.start + narrow(found);
                    self.open_group();
                    return Some(());
                }
            }
        }
        None
    }

    /// Opens the group of a row that passes.
    fn open_group(&mut self) {
        let rows = &self.index.rows;
        self.group = rows.group_of(rows.offer(self.row));
        let range = rows.rows_of(self.group);
        self.scratch.waits.clear();
        self.scratch.found.clear();
        self.source = Source::Waits;
        let pooled = range.end - range.start >= POOL_ROWS_MIN;
        if pooled {
            self.scratch.pool.open(rows, self.group, self.roll);
        }
        while self.row < range.end
            && let Some(stretch) = rows.stretch_at(self.row)
        {
            self.look(stretch);
            if pooled {
                self.scratch
                    .pool
                    .learn(stretch.window, &self.scratch.scan.passed);
            } else {
                self.gather(stretch, range.end);
            }
            self.row = stretch.window.rows().end.min(range.end);
        }
        if pooled {
            self.scratch.pool.learnt(rows, self.group);
            self.source = Source::Pool;
        } else {
            self.draw_lots();
        }
    }

    /// Puts what was found of a group in order. Most groups have one offer that matches: nothing
    /// is drawn for it.
    fn draw_lots(&mut self) {
        let rows = &self.index.rows;
        let Scratch { found, waits, .. } = &mut *self.scratch;
        if let [only] = found[..] {
            waits.push_only(rows.place(only));
            return;
        }
        let group = rows.group(self.group);
        for &offer in &*found {
            waits.push(wait_of(rows, self.roll, offer, group));
        }
    }

    /// Adds the offers that match in a stretch, from the row at hand to before `end`.
    fn gather(&mut self, stretch: &Stretch, end: u32) {
        let rows = &self.index.rows;
        let window = stretch.window.rows();
        let range =
            (self.row - window.start) as usize..(end.min(window.end) - window.start) as usize;
        let Scratch { scan, found, .. } = &mut *self.scratch;
        for_each(&scan.passed, range, |row| {
            let offer = rows.offer(window.start + narrow(row));
            // Rows of one offer are neighbours: it comes once.
            if found.last() != Some(&offer) {
                found.push(offer);
            }
        });
    }

    /// Looks at all of a large group, where too many draws were in vain.
    fn look_at_all(&mut self) {
        let rows = &self.index.rows;
        let group = rows.group(self.group);
        if self.counting == Counting::On {
            let meetings = narrow(self.scratch.pool.taken().len());
            self.scratch.tally.forget(group.tier, meetings);
        }
        let end = rows.rows_of(self.group).end;
        let mut row = group.row;
        while row < end
            && let Some(stretch) = rows.stretch_at(row)
        {
            self.look(stretch);
            self.scratch
                .pool
                .learn(stretch.window, &self.scratch.scan.passed);
            row = stretch.window.rows().end;
        }
        self.scratch.pool.learnt(rows, self.group);
        self.source = Source::Pool;
    }

    /// Looks at a stretch, unless its bits are at hand, and counts it.
    fn look(&mut self, stretch: &Stretch) {
        if self.looked == Some(stretch.window.first) {
            return;
        }
        self.looked = Some(stretch.window.first);
        let scratch = &mut *self.scratch;
        match self.counting {
            Counting::Off => scratch.scan.look(self.index, self.live, stretch.window),
            Counting::On => {
                scratch
                    .scan
                    .look_in_stages(self.index, self.live, stretch.window);
                scratch
                    .tally
                    .count(&self.index.rows, stretch, &scratch.scan);
            }
        }
    }
}

/// The place of an offer among its equals.
fn wait_of(rows: &Rows, roll: Roll, offer: u32, group: &Group) -> Wait {
    let place = rows.place(offer);
    let draw = roll.draw(WAITS | u64::from(place));
    if group.even {
        Wait::even(draw, place)
    } else {
        Wait::weighted(draw, rows.weight(offer), place)
    }
}

impl Iterator for Candidates<'_> {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        loop {
            if let Some(place) = self.draw() {
                let group = self.index.rows.group(self.group);
                return Some(Candidate {
                    place,
                    tier: group.tier,
                    value: group.value,
                });
            }
            self.open_next()?;
        }
    }
}
