//! What a pod is worth: one exact number for each rank of the goal, packed into as few words as hold it.
//!
//! Pods are compared by a vector: the parts of the first tier, then those of the second, and so
//! on. Packing turns each vector into one integer that keeps order and sums, so that adding and
//! comparing are one instruction each where the figures are small enough, and exact always.

use std::ops::Add;

use super::field::Ad;
use super::{Item, Placed};
use crate::model::{PodGoal, Tier};

/// How many rank classes there are.
pub const TIERS: usize = Tier::ALL.len();
/// How many figures a goal compares inside one tier.
pub const PARTS: usize = 3;

/// Below this a product of spans fits an `i64` with room for a sign.
const NARROW_MAX: i128 = 1 << 62;

/// The worth of a pod: compared part by part, highest tier first.
///
/// Inside a tier the parts are those of the goal, in its order. Revenue: value, milliseconds.
/// Fill: milliseconds, value. Experience: milliseconds, less the ads and their repeats, value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Worth(pub [[i128; PARTS]; TIERS]);

impl Worth {
    /// The worth of these ads together.
    pub fn of(goal: PodGoal, items: &[Item<'_>], ads: &[Placed]) -> Self {
        let mut worth = Self::default();
        for item in ads.iter().filter_map(|placed| items.get(placed.item)) {
            let millis = i64::try_from(item.duration.0).unwrap_or(i64::MAX);
            let parts = parts(goal, item.value.max(0), millis, 1 + i64::from(item.repeats));
            for (sum, part) in worth.0[item.tier as usize].iter_mut().zip(parts) {
                *sum += i128::from(part);
            }
        }
        worth
    }

    /// The money in it, over all tiers.
    pub fn value(&self, goal: PodGoal) -> i128 {
        let place = match goal {
            PodGoal::Revenue => 0,
            PodGoal::Fill => 1,
            PodGoal::Experience => 2,
        };
        self.0.iter().map(|parts| parts[place]).sum()
    }
}

/// The parts of one ad, in the order of the goal. `load` is one and its repeats.
const fn parts(goal: PodGoal, value: i64, millis: i64, load: i64) -> [i64; PARTS] {
    match goal {
        PodGoal::Revenue => [value, millis, 0],
        PodGoal::Fill => [millis, value, 0],
        PodGoal::Experience => [millis, -load, value],
    }
}

/// A packed worth: as ordered and as additive as the vector it stands for.
pub(super) trait Score: Copy + Ord + Add<Output = Self> {
    /// The worth of no ads.
    const ZERO: Self;

    /// The score of one ad.
    fn of(packing: &Packing, ad: &Ad) -> Self;

    /// The worth it stands for.
    fn worth(self, packing: &Packing) -> Worth;
}

/// How many words a score takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Width {
    /// An `i64` holds every sum.
    #[default]
    Narrow,
    /// An `i128` does.
    Broad,
    /// Each tier has an `i128` of its own.
    Wide,
}

/// A mixed radix: the place of each part, and how low its sums may go.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Packing {
    goal: PodGoal,
    /// Milliseconds divide by this.
    unit: u32,
    low: [[i128; PARTS]; TIERS],
    place: [[i128; PARTS]; TIERS],
    pub(super) width: Width,
}

impl Packing {
    /// A packing that holds every sum of some of these ads, each taken once at most.
    pub(super) fn over(goal: PodGoal, unit: u32, ads: &[Ad]) -> Self {
        let mut packing = Self {
            goal,
            unit: unit.max(1),
            ..Self::default()
        };
        let mut high = [[0_i128; PARTS]; TIERS];
        for ad in ads {
            let tier = ad.tier as usize;
            for (part, sum) in packing.parts(ad).into_iter().enumerate() {
                if sum < 0 {
                    packing.low[tier][part] += i128::from(sum);
                } else {
                    high[tier][part] += i128::from(sum);
                }
            }
        }
        packing.width = match packing.lay(&high) {
            Some(span) if span < NARROW_MAX => Width::Narrow,
            Some(_span) => Width::Broad,
            None => {
                packing.lay_apart(&high);
                Width::Wide
            }
        };
        packing
    }

    fn parts(&self, ad: &Ad) -> [i64; PARTS] {
        parts(self.goal, ad.value, i64::from(ad.ms / self.unit), ad.load)
    }

    /// Places for all tiers in one number; none where no `i128` holds it.
    fn lay(&mut self, high: &[[i128; PARTS]; TIERS]) -> Option<i128> {
        let mut place = 1_i128;
        for tier in (0..TIERS).rev() {
            for part in (0..PARTS).rev() {
                self.place[tier][part] = place;
                place = place.checked_mul(high[tier][part] - self.low[tier][part] + 1)?;
            }
        }
        // One bit for signs and one for a sum of two.
        (place < i128::MAX / 4).then_some(place)
    }

    /// Places for each tier in a number of its own. It fits: 64 ads sum to at most 2^69 of value,
    /// 2^38 milliseconds and 2^14 of load.
    fn lay_apart(&mut self, high: &[[i128; PARTS]; TIERS]) {
        for (tier, high) in high.iter().enumerate() {
            let mut place = 1_i128;
            for part in (0..PARTS).rev() {
                self.place[tier][part] = place;
                place *= high[part] - self.low[tier][part] + 1;
            }
        }
    }

    fn packed(&self, ad: &Ad) -> i128 {
        let places = self.place[ad.tier as usize];
        let parts = self.parts(ad).into_iter().zip(places);
        parts.map(|(part, place)| i128::from(part) * place).sum()
    }

    /// The parts of one tier out of a number, which keeps those of lower tiers.
    fn unpacked(&self, tier: usize, rest: &mut i128) -> [i128; PARTS] {
        let mut parts = [0; PARTS];
        for (part, sum) in parts.iter_mut().enumerate() {
            *sum = *rest / self.place[tier][part] + self.low[tier][part];
            *rest %= self.place[tier][part];
        }
        let unit = i128::from(self.unit);
        match self.goal {
            PodGoal::Revenue => parts[1] *= unit,
            PodGoal::Fill | PodGoal::Experience => parts[0] *= unit,
        }
        parts
    }

    /// What makes every digit of a tier zero or more.
    fn offset(&self, tier: usize) -> i128 {
        let digits = self.low[tier].iter().zip(self.place[tier]);
        digits.map(|(low, place)| -low * place).sum()
    }
}

impl Score for i64 {
    const ZERO: Self = 0;

    fn of(packing: &Packing, ad: &Ad) -> Self {
        Self::try_from(packing.packed(ad)).expect("the packing is narrow")
    }

    fn worth(self, packing: &Packing) -> Worth {
        i128::from(self).worth(packing)
    }
}

impl Score for i128 {
    const ZERO: Self = 0;

    fn of(packing: &Packing, ad: &Ad) -> Self {
        packing.packed(ad)
    }

    fn worth(self, packing: &Packing) -> Worth {
        let mut rest = self + (0..TIERS).map(|tier| packing.offset(tier)).sum::<Self>();
        let mut worth = Worth::default();
        for (tier, parts) in worth.0.iter_mut().enumerate() {
            *parts = packing.unpacked(tier, &mut rest);
        }
        worth
    }
}

/// One packed number for each tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wide([i128; TIERS]);

impl Add for Wide {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let mut sums = self.0;
        for (sum, more) in sums.iter_mut().zip(other.0) {
            *sum += more;
        }
        Self(sums)
    }
}

impl Score for Wide {
    const ZERO: Self = Self([0; TIERS]);

    fn of(packing: &Packing, ad: &Ad) -> Self {
        let mut score = Self::ZERO;
        score.0[ad.tier as usize] = packing.packed(ad);
        score
    }

    fn worth(self, packing: &Packing) -> Worth {
        let mut worth = Worth::default();
        for (tier, parts) in worth.0.iter_mut().enumerate() {
            let mut rest = self.0[tier] + packing.offset(tier);
            *parts = packing.unpacked(tier, &mut rest);
        }
        worth
    }
}
