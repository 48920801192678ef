//! The candidates of a pod, made ready for the search: who fits at all, and who rules out whom.

use std::cmp::{Ordering, Reverse};

use super::classes::{Classes, Kind};
use super::room::{Room, span};
use super::{ITEMS_MAX, Item, Unplaced};
use crate::model::{Millis, PodGoal, PodShape, Position, Tier};

/// Room that is kept for each lower tier when there are too many candidates.
const LOWER_TIER_SHARE: usize = 4;
/// Lengths in milliseconds up to which spots are of one class when there are too many.
const LENGTH_CLASSES: [u32; 5] = [7_500, 17_500, 32_500, 47_500, 65_000];

/// A candidate that fits somewhere by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ad {
    /// Its place among the items.
    pub(super) item: usize,
    pub(super) ms: u32,
    pub(super) tier: Tier,
    pub(super) position: Position,
    pub(super) value: i64,
    /// One and its repeats.
    pub(super) load: i64,
    tie: u64,
    /// Value for its length, on any scale.
    density: u64,
}

impl Ad {
    fn of(place: usize, item: &Item<'_>) -> Self {
        let (ms, value) = (span(item.duration), item.value.max(0));
        // 2^20 keeps a nano a second apart; figures so large that it overflows are far apart.
        let density = value.unsigned_abs().saturating_mul(1 << 20) / u64::from(ms.max(1));
        Self {
            item: place,
            ms,
            tier: item.tier,
            position: item.position,
            value,
            load: 1 + i64::from(item.repeats),
            tie: item.tie,
            density,
        }
    }

    /// The better of two ads first; equals by their random rank.
    fn rank(&self, other: &Self, goal: PodGoal) -> Ordering {
        let money = other.value.cmp(&self.value);
        let time = other.ms.cmp(&self.ms);
        let by_goal = match goal {
            PodGoal::Revenue => money.then(time),
            PodGoal::Fill => time.then(money),
            PodGoal::Experience => time.then(self.load.cmp(&other.load)).then(money),
        };
        let by_tier = self.tier.cmp(&other.tier).then(by_goal);
        by_tier.then_with(|| (other.tie, self.item).cmp(&(self.tie, other.item)))
    }
}

/// Ads of which a pod takes one at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) members: u64,
    lead: (Tier, Reverse<u64>),
}

/// The candidates of a pod.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// The best first; at most [`ITEMS_MAX`], so that a set of them is a `u64`.
    pub(super) ads: Vec<Ad>,
    /// Places of the ads, the longest first.
    pub(super) by_length: Vec<usize>,

    /// For each ad, those it rules out.
    pub(super) bans: Vec<u64>,
    /// Sets with more than one ad that allow more than one, and how many.
    pub(super) counted: Vec<(u64, u32)>,
    pub(super) classes: Classes,
    /// Every ad is in one of these; each group is of ads that rule each other out.
    pub(super) groups: Vec<Group>,
    cliques: Vec<u64>,
    shelf: Vec<(usize, Ad)>,
}

impl Field {
    /// Takes the items that fit somewhere; says why for the others.
    pub(super) fn admit(
        &mut self,
        shape: &PodShape,
        room: &Room,
        items: &[Item<'_>],
        unplaced: &mut Vec<(usize, Unplaced)>,
    ) {
        self.ads.clear();
        let longest = Millis(u64::from(room.longest()));
        let longest = shape.max_ad.map_or(longest, |max| max.min(longest));
        let shortest = shape.min_ad.unwrap_or_default().max(Millis(1));
        let lengths = shortest..=longest;
        let most = u8::try_from(shape.per_advertiser.min(1)).unwrap_or(1);
        for (place, item) in items.iter().enumerate() {
            if lengths.contains(&item.duration) && item.per_pod.min(most) > 0 {
                self.ads.push(Ad::of(place, item));
            } else {
                unplaced.push((place, Unplaced::Length));
            }
        }
    }

    /// The best ad for a pod of one: its place among the ads.
    pub(super) fn best(&self, goal: PodGoal) -> Option<usize> {
        let places = 0..self.ads.len();
        places.min_by(|&a, &b| self.ads[a].rank(&self.ads[b], goal))
    }

    /// Sorts the ads, and leaves [`ITEMS_MAX`] of them.
    pub(super) fn sort(&mut self, goal: PodGoal, unplaced: &mut Vec<(usize, Unplaced)>) {
        if self.ads.len() > ITEMS_MAX {
            self.cut(unplaced);
        }
        self.ads.sort_unstable_by(|a, b| a.rank(b, goal));
    }

    /// Leaves [`ITEMS_MAX`] ads: each lower tier keeps a few places and the rest goes by tier;
    /// inside a tier the best of every length by value for time, then the second best, and so on.
    fn cut(&mut self, unplaced: &mut Vec<(usize, Unplaced)>) {
        let class = |ad: &Ad| {
            let length = LENGTH_CLASSES.iter().position(|&most| ad.ms <= most);
            (ad.tier, length.unwrap_or(LENGTH_CLASSES.len()))
        };
        let key = |ad: &Ad| (class(ad), Reverse((ad.density, ad.tie)), ad.item);
        self.ads.sort_unstable_by_key(key);
        self.shelf.clear();
        let (mut turn, mut last) = (0, None);
        for &ad in &self.ads {
            turn = if last == Some(class(&ad)) {
                turn + 1
            } else {
                0
            };
            last = Some(class(&ad));
            self.shelf.push((turn, ad));
        }
        self.shelf
            .sort_unstable_by_key(|&(turn, ad)| (ad.tier, turn, key(&ad)));
        let kept = |tier: Tier| {
            let has = self
                .shelf
                .iter()
                .filter(|(_turn, ad)| ad.tier == tier)
                .count();
            has.min(LOWER_TIER_SHARE)
        };
        let mut later: usize = Tier::ALL.iter().map(|&tier| kept(tier)).sum();
        self.ads.clear();
        for &tier in Tier::ALL {
            later -= kept(tier);
            let places = ITEMS_MAX - self.ads.len() - later;
            let of_tier = self.shelf.iter().filter(|(_turn, ad)| ad.tier == tier);
            for (rank, &(_turn, ad)) in of_tier.enumerate() {
                if rank < places {
                    self.ads.push(ad);
                } else {
                    unplaced.push((ad.item, Unplaced::Cut));
                }
            }
        }
    }

    /// Finds who rules out whom, and the groups.
    pub(super) fn relate(&mut self, shape: &PodShape, room: &Room, items: &[Item<'_>]) {
        self.classes.gather(shape, room, &self.ads, items);
        self.bans.clear();
        self.bans.resize(self.ads.len(), 0);
        self.counted.clear();
        self.cliques.clear();
        for class in self.classes.shared() {
            if class.cap == 1 {
                self.cliques.push(class.members);
                for ad in bits(class.members) {
                    self.bans[ad] |= class.members & !(1 << ad);
                }
            } else if class.members.count_ones() > class.cap {
                self.counted.push((class.members, class.cap));
            }
        }
        self.ban_far(room);
        self.by_length.clear();
        if !room.slots.is_empty() {
            self.by_length.extend(0..self.ads.len());
            let ads = &self.ads;
            self.by_length
                .sort_unstable_by_key(|&ad| (Reverse(ads[ad].ms), ad));
        }
        self.group();
    }

    /// Finds the order by value for time.
    pub(super) fn sort_by_density(&self, places: &mut Vec<usize>) {
        places.clear();
        places.extend(0..self.ads.len());
        places.sort_unstable_by_key(|&ad| (self.ads[ad].tier, Reverse(self.ads[ad].density), ad));
    }

    /// Two ads that no pod is long enough for, with the time they keep between them.
    fn ban_far(&mut self, room: &Room) {
        let end = u64::from(room.end());
        for class in self.classes.spaced() {
            let ms = |ad: usize| u64::from(self.ads[ad].ms);
            let longest = bits(class.members).map(ms).max().unwrap_or(0);
            if 2 * longest + u64::from(class.gap) <= end {
                continue;
            }
            for one in bits(class.members) {
                for two in bits(class.members & ((1 << one) - 1)) {
                    if ms(one) + ms(two) + u64::from(class.gap) > end {
                        self.bans[one] |= 1 << two;
                        self.bans[two] |= 1 << one;
                    }
                }
            }
        }
    }

    /// Covers the ads with groups: the largest sets that allow one of theirs first.
    fn group(&mut self) {
        self.groups.clear();
        self.cliques
            .sort_unstable_by_key(|&set| (Reverse(set.count_ones()), set));
        let mut rest = everyone(self.ads.len());
        for place in 0..self.cliques.len() {
            let members = self.cliques[place] & rest;
            if members != 0 {
                rest &= !members;
                self.push_group(members);
            }
        }
        for ad in bits(rest) {
            self.push_group(1 << ad);
        }
        self.groups
            .sort_unstable_by_key(|group| (group.lead, group.members));
    }

    fn push_group(&mut self, members: u64) {
        let keys = bits(members).map(|ad| (self.ads[ad].tier, Reverse(self.ads[ad].density)));
        if let Some(lead) = keys.min() {
            self.groups.push(Group { members, lead });
        }
    }

    /// Whether no counted set has too many with this ad.
    pub(super) fn counts_allow(&self, set: u64, ad: usize) -> bool {
        self.counted
            .iter()
            .all(|&(members, cap)| members & (1 << ad) == 0 || (members & set).count_ones() < cap)
    }

    /// Whether the ads of each class that keeps them apart are not too long for the pod with the
    /// time between them.
    pub(super) fn spans_fit(&self, room: &Room, set: u64) -> bool {
        self.classes.spaced().all(|class| {
            let inside = class.members & set;
            let ms = bits(inside).map(|ad| u64::from(self.ads[ad].ms));
            let between = u64::from(inside.count_ones().saturating_sub(1)) * u64::from(class.gap);
            inside & inside.wrapping_sub(1) == 0
                || ms.sum::<u64>() + between <= u64::from(room.end())
        })
    }

    /// Why an ad is not beside those of `set`.
    pub(super) fn why_not(&self, room: &Room, set: u64, ad: usize) -> Unplaced {
        let mut apart = false;
        for class in self.classes.of(ad) {
            let beside = (class.members & set).count_ones();
            if beside >= class.cap {
                return match class.kind {
                    Kind::Campaign | Kind::Creative => Unplaced::Sibling,
                    Kind::Advertiser => Unplaced::Advertiser,
                    Kind::Branch | Kind::Category => Unplaced::Separation,
                    Kind::First | Kind::Last | Kind::Edges => Unplaced::Position,
                };
            }
            apart |= class.widest > 0 && beside > 0;
        }
        if !room.has_room(self, set, ad) {
            Unplaced::Value
        } else if apart {
            Unplaced::Separation
        } else {
            // There is time for it and nothing it must keep away from: it is its place in the
            // order, its own or that of the others, unless the search was cut short.
            Unplaced::Position
        }
    }
}

/// The set of the first `count` ads.
pub(super) const fn everyone(count: usize) -> u64 {
    if count >= ITEMS_MAX {
        u64::MAX
    } else {
        (1 << count) - 1
    }
}

/// The places of a set.
pub(super) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        place
    })
}
