//! The order of rows: offers by tier and value, each with one row for each of its rules.

use std::cmp::Reverse;
use std::ops::Range;

use super::Entry;
use super::bits::{BLOCK_ROWS, Block, CHUNK_BLOCKS, CHUNK_ROWS, Window, narrow, set};
use crate::model::Tier;
use crate::model::targeting::RULES_MAX;

// The rows of one offer lie in one chunk.
const _: () = assert!(RULES_MAX <= CHUNK_ROWS);

/// From this many rows on, a group of equals has its blocks for itself and is drawn from before
/// all of it was looked at.
pub(super) const LARGE_ROWS: usize = 4_096;
/// One running sum of weights is kept for so many offers.
const SUM_STRIDE: usize = 16;
/// The offer of a row that only fills up a block.
const NOBODY: u32 = u32::MAX;

/// Offers of one tier and value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    /// Static rank.
    pub(super) value: i64,
    /// Its first row.
    pub(super) row: u32,
    /// Its first offer.
    pub(super) offer: u32,
    /// Rank class.
    pub(super) tier: Tier,
    /// Whether all its offers have one weight.
    pub(super) even: bool,
}

/// Rows that are looked at together.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// Where they are.
    pub(super) window: Window,
    /// Whose rows they are.
    pub(super) offers: Range<u32>,
    /// Of one large group alone.
    pub(super) large: bool,
    /// Whether any offer has several rows here.
    pub(super) several: bool,
}

/// Which rows there are and whose. Offers are numbered in their order.
#[derive(Debug, Default)]
pub(super) struct Rows {
    offer_of_row: Vec<u32>,
    first_row: Vec<u32>,
    group_of: Vec<u32>,
    places: Vec<u32>,
    offer_of_place: Vec<u32>,
    weights: Vec<u32>,
    /// The sum of the weights before every sixteenth offer.
    sums: Vec<u64>,
    groups: Vec<Group>,
    stretches: Vec<Stretch>,
    stretch_of_block: Vec<u32>,
    /// On for the first row of every offer.
    firsts: Vec<Block>,
    /// The offers of each tier.
    tiers: [Range<u32>; Tier::ALL.len()],
}

impl Rows {
    /// Of these entries.
    pub(super) fn of(entries: &[Entry<'_>]) -> Self {
        let mut order: Vec<u32> = (0..narrow(entries.len())).collect();
        let rank = |place: &u32| {
            let entry = &entries[*place as usize];
            (entry.tier, Reverse(entry.value))
        };
        order.sort_by_key(rank);
        let mut rows = Self {
            offer_of_place: vec![0; entries.len()],
            ..Self::default()
        };
        // Without rules an offer has one row that everyone matches.
        let height = |entry: &Entry<'_>| entry.targeting.rules.len().clamp(1, CHUNK_ROWS);
        let heights: Vec<usize> = entries.iter().map(height).collect();
        let mut large_from = Vec::new();
        for group in order.chunk_by(|one, other| rank(one) == rank(other)) {
            let height: usize = group.iter().map(|&place| heights[place as usize]).sum();
            let large = height >= LARGE_ROWS;
            if large {
                rows.fill_block();
                large_from.push(rows.offer_of_row.len() / BLOCK_ROWS);
            }
            rows.push_group(entries, &heights, group);
            if large {
                rows.fill_block();
                large_from.push(rows.offer_of_row.len() / BLOCK_ROWS);
            }
        }
        rows.fill_block();
        rows.cut(&large_from);
        for &tier in Tier::ALL {
            let from = rows.groups.partition_point(|group| group.tier < tier);
            let to = rows.groups.partition_point(|group| group.tier <= tier);
            let start = |group: usize| {
                let group = rows.groups.get(group);
                group.map_or(narrow(rows.places.len()), |group| group.offer)
            };
            rows.tiers[tier as usize] = start(from)..start(to);
        }
        rows
    }

    fn push_group(&mut self, entries: &[Entry<'_>], heights: &[usize], places: &[u32]) {
        let weight = |place: &u32| entries[*place as usize].weight.max(1);
        let head = &entries[places[0] as usize];
        // A first offer of many rows may begin in the next chunk.
        self.fill_chunk(heights[places[0] as usize]);
        let group = narrow(self.groups.len());
        self.groups.push(Group {
            value: head.value,
            row: narrow(self.offer_of_row.len()),
            offer: narrow(self.places.len()),
            tier: head.tier,
            even: places
                .iter()
                .all(|place| weight(place) == weight(&places[0])),
        });
        for place in places {
            let height = heights[*place as usize];
            self.fill_chunk(height);
            let offer = narrow(self.places.len());
            if self.places.len().is_multiple_of(SUM_STRIDE) {
                let since = self.places.len().saturating_sub(SUM_STRIDE);
                let before = self.sums.last().copied().unwrap_or_default();
                self.sums.push(before + sum_of(&self.weights[since..]));
            }
            self.first_row.push(narrow(self.offer_of_row.len()));
            self.offer_of_row
                .resize(self.offer_of_row.len() + height, offer);
            self.group_of.push(group);
            self.places.push(*place);
            self.offer_of_place[*place as usize] = offer;
            self.weights.push(weight(place));
        }
    }

    /// Leaves the rest of a chunk empty where so many rows would cross its end.
    fn fill_chunk(&mut self, height: usize) {
        let row = self.offer_of_row.len();
        if row % CHUNK_ROWS + height > CHUNK_ROWS {
            self.offer_of_row
                .resize(row.next_multiple_of(CHUNK_ROWS), NOBODY);
        }
    }

    fn fill_block(&mut self) {
        let row = self.offer_of_row.len();
        self.offer_of_row
            .resize(row.next_multiple_of(BLOCK_ROWS), NOBODY);
    }

    /// Cuts the rows into stretches: at the end of each chunk, and where a large group begins and
    /// ends.
    fn cut(&mut self, large_from: &[usize]) {
        let height = self.height();
        self.firsts = vec![[0; 8]; height];
        for &row in &self.first_row {
            set(&mut self.firsts, row as usize);
        }
        let mut first = 0;
        while first < height {
            // Bounds come in pairs: after an odd number of them a large group goes on.
            let passed = large_from.partition_point(|&block| block <= first);
            let chunk_end = (first / CHUNK_BLOCKS + 1) * CHUNK_BLOCKS;
            let bound = large_from.get(passed).copied().unwrap_or(height);
            let end = chunk_end.min(bound).min(height);
            let window = Window {
                first,
                blocks: end - first,
            };
            let rows = window.rows();
            let offers = self.offers_from(rows.start)..self.offers_from(rows.end);
            let owned = self.offer_of_row[rows.start as usize..rows.end as usize]
                .iter()
                .filter(|&&offer| offer != NOBODY)
                .count();
            self.stretches.push(Stretch {
                window,
                several: owned > offers.len(),
                offers,
                large: passed % 2 == 1,
            });
            self.stretch_of_block
                .resize(end, narrow(self.stretches.len() - 1));
            first = end;
        }
    }

    fn offers_from(&self, row: u32) -> u32 {
        narrow(self.first_row.partition_point(|&first| first < row))
    }

    /// How many blocks there are.
    pub(super) fn height(&self) -> usize {
        self.offer_of_row.len().div_ceil(BLOCK_ROWS)
    }

    /// How many offers there are.
    pub(super) fn offers(&self) -> usize {
        self.places.len()
    }

    /// The place in the list that the index was made of.
    pub(super) fn place(&self, offer: u32) -> u32 {
        self.places[offer as usize]
    }

    /// The offer that stood at a place of that list.
    pub(super) fn offer_at(&self, place: u32) -> Option<u32> {
        self.offer_of_place.get(place as usize).copied()
    }

    /// Whose row it is.
    pub(super) fn offer(&self, row: u32) -> u32 {
        self.offer_of_row[row as usize]
    }

    /// The rows of an offer, one for each rule.
    pub(super) fn of_offer(&self, offer: u32) -> Range<u32> {
        let first = self.first_row[offer as usize];
        let rest = &self.offer_of_row[first as usize..];
        let height = rest.iter().take_while(|&&owner| owner == offer).count();
        first..first + narrow(height)
    }

    /// Its share in a draw.
    pub(super) fn weight(&self, offer: u32) -> u32 {
        self.weights[offer as usize]
    }

    /// The group an offer is in, by number.
    pub(super) fn group_of(&self, offer: u32) -> u32 {
        self.group_of[offer as usize]
    }

    /// A group by its number.
    pub(super) fn group(&self, group: u32) -> &Group {
        &self.groups[group as usize]
    }

    /// The tier of a group by its number, if there is such a group.
    pub(super) fn tier_of(&self, group: u32) -> Option<Tier> {
        self.groups.get(group as usize).map(|group| group.tier)
    }

    /// The rows of a group and those that fill up after it.
    pub(super) fn rows_of(&self, group: u32) -> Range<u32> {
        let end = self.groups.get(group as usize + 1);
        let end = end.map_or(narrow(self.offer_of_row.len()), |next| next.row);
        self.groups[group as usize].row..end
    }

    /// The offers of a group.
    pub(super) fn offers_of(&self, group: u32) -> Range<u32> {
        let end = self.groups.get(group as usize + 1);
        let end = end.map_or(narrow(self.places.len()), |next| next.offer);
        self.groups[group as usize].offer..end
    }

    /// The offers of a tier.
    pub(super) fn offers_in(&self, tier: Tier) -> Range<u32> {
        self.tiers[tier as usize].clone()
    }

    /// The first row after a tier.
    pub(super) fn row_after(&self, tier: Tier) -> u32 {
        let next = self.tiers[tier as usize].end as usize;
        let row = self.first_row.get(next).copied();
        row.unwrap_or(narrow(self.offer_of_row.len()))
    }

    /// The stretch a row is in.
    pub(super) fn stretch_at(&self, row: u32) -> Option<&Stretch> {
        let stretch = self.stretch_of_block.get(row as usize / BLOCK_ROWS)?;
        self.stretches.get(*stretch as usize)
    }

    /// The bits of the first rows in a window.
    pub(super) fn firsts(&self, window: Window) -> &[Block] {
        &self.firsts[window.first..][..window.blocks]
    }

    /// All rows that are somebody's.
    pub(super) fn owned(&self) -> impl Iterator<Item = u32> + '_ {
        let rows = (0..).zip(&self.offer_of_row);
        rows.filter(|&(_row, &offer)| offer != NOBODY)
            .map(|(row, _offer)| row)
    }

    /// The sum of the weights of all offers before one.
    pub(super) fn weight_before(&self, offer: u32) -> u64 {
        let stride = offer as usize / SUM_STRIDE;
        let rest = stride * SUM_STRIDE..offer as usize;
        let Some(sum) = self.sums.get(stride) else {
            let all = self.sums.len().saturating_sub(1);
            return self.sums.last().copied().unwrap_or_default()
                + sum_of(&self.weights[all * SUM_STRIDE..]);
        };
        sum + sum_of(&self.weights[rest])
    }

    /// The offer on whose share of the sum of all weights a point falls.
    pub(super) fn offer_on(&self, point: u64) -> u32 {
        let stride = self.sums.partition_point(|&sum| sum <= point) - 1;
        let mut left = point - self.sums[stride];
        let mut offer = stride * SUM_STRIDE;
        while let Some(&weight) = self.weights.get(offer)
            && left >= u64::from(weight)
        {
            left -= u64::from(weight);
            offer += 1;
        }
        narrow(offer)
    }

    /// Bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        let numbers = [
            &self.offer_of_row,
            &self.first_row,
            &self.group_of,
            &self.places,
            &self.offer_of_place,
            &self.weights,
            &self.stretch_of_block,
        ];
        let numbers: usize = numbers
            .iter()
            .map(|list| size_of_val(list.as_slice()))
            .sum();
        numbers
            + size_of_val(self.sums.as_slice())
            + size_of_val(self.groups.as_slice())
            + size_of_val(self.stretches.as_slice())
            + size_of_val(self.firsts.as_slice())
    }
}

fn sum_of(weights: &[u32]) -> u64 {
    weights.iter().copied().map(u64::from).sum()
}
