//! Fills a pod: the best set of ads, in an order that keeps every rule.
//!
//! [`solve`] is exact: it searches all sets by branch and bound and says so by
//! [`Solution::proved`]; where the effort allowed is not enough, it gives the best found and a
//! bound that nothing passes. The effort is a count of nodes, never time, so that the same
//! question has the same answer everywhere. [`check()`] reads the rules once more, by itself.
//!
//! Of two pods that keep all rules the better has the greater [`Worth`]: tiers are strict, so
//! that no ad of a lower tier is placed while one of a higher tier could be in its stead, and
//! inside a tier the goal of the shape decides. Equals go by the random rank of the items.
//!
//! Where ads stand: fixed slots come first in time, each with one ad at its start or empty; the
//! rest of the duration follows, filled from its start without holes. The first ad is the one
//! with no ad before it, the last the one with none behind it.

mod check;
mod classes;
mod dead_ends;
mod field;
mod order;
mod rivals;
mod room;
mod search;
mod worth;

#[cfg(test)]
mod tests;

pub use check::{Broken, check};
pub use worth::{PARTS, TIERS, Worth};

use crate::model::{Millis, PodShape, Position, Tier};
use field::{Field, bits, everyone};
use order::Order;
use room::Room;
use search::{Problem, Search};
use worth::{Packing, Score, Wide, Width};

/// Most candidates of one pod; of more, the most promising of every tier and length are taken.
pub const ITEMS_MAX: usize = 64;
/// The usual effort: most nodes searched for one pod, a millisecond or two.
pub const NODES_MAX: u32 = 20_000;

/// A candidate: one creative of one campaign.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Whose campaign; creatives of one campaign are alternatives.
    pub campaign: u32,
    /// Which creative; it plays once in a pod at most.
    pub creative: u32,
    /// Who pays.
    pub advertiser: u32,
    /// Its rank class.
    pub tier: Tier,
    /// What it is worth, in nanos times urgency; less than zero counts as zero.
    pub value: i64,
    /// How long it is.
    pub duration: Millis,
    /// Where it wants to be.
    pub position: Position,
    /// Exclusive categories it is in or below: two items sharing one never share a pod.
    pub exclusive: &'a [u32],
    /// Categories it is in or below that keep their ads apart.
    pub separations: &'a [Separation],
    /// Random rank: of equals, the higher wins.
    pub tie: u64,
    /// How often this viewer has seen it in this sitting, as far as caps keep count.
    pub repeats: u8,
    /// Most ads of its campaign in one pod. Items of one campaign say the same; where they do
    /// not, the least counts.
    pub per_pod: u8,
}

/// A category that keeps its ads apart in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separation {
    /// Which category.
    pub category: u32,
    /// Least time from the end of one ad to the start of the next; of two ads' the greater.
    pub gap: Millis,
}

/// An ad in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which item.
    pub item: usize,
    /// When it starts, from the start of the pod.
    pub start: Millis,
    /// In which fixed slot; none in free time.
    pub slot: Option<u16>,
}

/// Why an item has no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unplaced {
    /// It is too short or too long, for the shape or for every place in it.
    Length,
    /// There were more than [`ITEMS_MAX`] candidates and this was not among the best.
    Cut,
    /// The pod has as many ads of its campaign as it allows, or this very creative.
    Sibling,
    /// The pod has as many ads of its advertiser as it allows.
    Advertiser,
    /// A category keeps it from an ad of the pod.
    Separation,
    /// The places it may have are taken.
    Position,
    /// What was placed leaves no room and is worth more.
    Value,
    /// Fewer ads than the shape needs can be placed together: nothing is.
    TooFew,
}

/// A pod.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// Its ads by start. Empty when no pod keeps the rules.
    pub ads: Vec<Placed>,
    /// The items without a place, each with the reason, by item.
    pub unplaced: Vec<(usize, Unplaced)>,
    /// What it is worth.
    pub worth: Worth,
    /// No pod of these candidates is worth more.
    pub bound: Worth,
    /// Whether it is the best: then the bound is its worth.
    pub proved: bool,
    /// Nodes searched.
    pub nodes: u32,
}

/// Memory that is used again from pod to pod.
#[derive(Debug, Default)]
pub struct Scratch {
    room: Room,
    field: Field,
    order: Order,
    narrow: Search<i64>,
    broad: Search<i128>,
    wide: Search<Wide>,
}

/// The best pod of these items, searching at most `effort` nodes (usually [`NODES_MAX`]).
pub fn solve(shape: &PodShape, items: &[Item<'_>], effort: u32, scratch: &mut Scratch) -> Solution {
    let mut unplaced = Vec::with_capacity(items.len());
    scratch.room.lay_out(shape);
    scratch
        .field
        .admit(shape, &scratch.room, items, &mut unplaced);
    let solution = if scratch.room.max_ads == 1 {
        scratch.best_alone(shape, items, unplaced)
    } else {
        scratch.best_together(shape, items, effort, unplaced)
    };
    debug_assert_eq!(check(shape, items, &solution), Ok(()));
    solution
}

impl Scratch {
    /// The best ad for a pod of one.
    fn best_alone(
        &mut self,
        shape: &PodShape,
        items: &[Item<'_>],
        mut unplaced: Vec<(usize, Unplaced)>,
    ) -> Solution {
        let (field, room) = (&mut self.field, &self.room);
        let mut ads = Vec::new();
        if room.min_ads <= 1
            && let Some(best) = field.best(shape.goal)
        {
            let best = field.ads.swap_remove(best);
            let slot = room.slots.iter().position(|slot| slot.length >= best.ms);
            let start = slot.map_or(room.free_from, |slot| room.slots[slot].start);
            ads.push(Placed {
                item: best.item,
                start: Millis(u64::from(start)),
                slot: slot.and_then(|slot| u16::try_from(slot).ok()),
            });
        }
        let why = if ads.is_empty() {
            Unplaced::TooFew
        } else {
            Unplaced::Value
        };
        unplaced.extend(field.ads.iter().map(|ad| (ad.item, why)));
        unplaced.sort_unstable();
        let worth = Worth::of(shape.goal, items, &ads);
        Solution {
            ads,
            unplaced,
            worth,
            bound: worth,
            proved: true,
            nodes: 0,
        }
    }

    /// The best ads for a pod of several.
    fn best_together(
        &mut self,
        shape: &PodShape,
        items: &[Item<'_>],
        effort: u32,
        mut unplaced: Vec<(usize, Unplaced)>,
    ) -> Solution {
        let (field, room) = (&mut self.field, &mut self.room);
        field.sort(shape.goal, &mut unplaced);
        field.relate(shape, room, items);
        let unit = unit_of(field);
        let shortest = field.ads.iter().map(|ad| ad.ms).min().unwrap_or(1);
        room.grid(&field.ads, shortest, unit);
        let packing = Packing::over(shape.goal, unit, &field.ads);
        let problem = Problem {
            field,
            room,
            packing: &packing,
            effort,
        };
        let (set, bound, nodes) = match packing.width {
            Width::Narrow => run(&mut self.narrow, problem, &mut self.order),
            Width::Broad => run(&mut self.broad, problem, &mut self.order),
            Width::Wide => run(&mut self.wide, problem, &mut self.order),
        };
        for ad in bits(everyone(field.ads.len()) & !set) {
            let why = if set == 0 {
                Unplaced::TooFew
            } else {
                field.why_not(room, set, ad)
            };
            unplaced.push((field.ads[ad].item, why));
        }
        unplaced.sort_unstable();
        let ads = self.order.seats.iter().map(|seat| Placed {
            item: field.ads[seat.ad].item,
            start: Millis(u64::from(seat.start)),
            slot: seat.slot.and_then(|slot| u16::try_from(slot).ok()),
        });
        let ads: Vec<_> = ads.collect();
        let worth = Worth::of(shape.goal, items, &ads);
        let bound = bound.map_or(worth, |bound| bound.max(worth));
        Solution {
            ads,
            unplaced,
            worth,
            bound,
            proved: bound == worth,
            nodes,
        }
    }
}

/// Runs a search: the set, the bound where it is not the worth of the set, and the nodes.
fn run<S: Score>(
    search: &mut Search<S>,
    problem: Problem<'_>,
    order: &mut Order,
) -> (u64, Option<Worth>, u32) {
    let found = search.run(problem, order);
    let bound = (!found.proved).then(|| found.bound.worth(problem.packing));
    (found.set, bound, found.nodes)
}

/// The greatest length that divides those of all ads.
fn unit_of(field: &Field) -> u32 {
    let mut unit = 0;
    for ad in &field.ads {
        let (mut high, mut low) = (ad.ms, unit);
        while low != 0 {
            (high, low) = (low, high % low);
        }
        unit = high;
    }
    unit
}
