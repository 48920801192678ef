//! Sets of candidates that share something: an advertiser, a category, a place they insist on.

use super::field::{Ad, bits};
use super::room::{Room, span};
use super::{Item, Millis};
use crate::model::{PodShape, Position};

/// What the members of a class share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Campaign,
    Creative,
    Advertiser,
    /// An exclusive branch of categories.
    Branch,
    /// A category that keeps its ads apart in time.
    Category,
    First,
    Last,
    /// The first and the last ad: two together.
    Edges,
}

/// Candidates that share something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Class {
    pub(super) kind: Kind,
    pub(super) members: u64,
    /// How many of them one pod may hold.
    pub(super) cap: u32,
    /// The least time that two of them keep between them, whichever they are; 0 for none.
    pub(super) gap: u32,
    /// The most that one of them asks for.
    pub(super) widest: u32,
}

/// A class of an ad, and the gap that the ad keeps in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Membership {
    pub(super) class: usize,
    pub(super) gap: u32,
}

/// The classes of a field.
#[derive(Debug, Default)]
pub(super) struct Classes {
    all: Vec<Class>,
    memberships: Vec<Membership>,
    /// Where the memberships of each ad begin.
    starts: Vec<usize>,
    /// Places of the classes that may keep two ads of one pod apart in time.
    spaced: Vec<usize>,
    names: Names,
}

impl Classes {
    /// Sorts the ads into classes.
    pub(super) fn gather(&mut self, shape: &PodShape, room: &Room, ads: &[Ad], items: &[Item<'_>]) {
        self.all.clear();
        self.memberships.clear();
        self.starts.clear();
        let keys = |ad: &Ad| {
            let item = &items[ad.item];
            5 + item.exclusive.len() + item.separations.len()
        };
        self.names.clear(ads.iter().map(keys).sum());
        for (place, ad) in ads.iter().enumerate() {
            self.starts.push(self.memberships.len());
            let item = &items[ad.item];
            let repeated = u32::from(item.per_pod);
            let same = u32::from(shape.per_advertiser);
            self.join(place, (Kind::Campaign, item.campaign), repeated, Millis(0));
            self.join(place, (Kind::Creative, item.creative), 1, Millis(0));
            let advertiser = (Kind::Advertiser, item.advertiser);
            self.join(place, advertiser, same, shape.advertiser_gap);
            for &branch in item.exclusive {
                self.join(place, (Kind::Branch, branch), 1, Millis(0));
            }
            for apart in item.separations {
                self.join(place, (Kind::Category, apart.category), u32::MAX, apart.gap);
            }
            self.join_edges(place, ad.position);
        }
        self.starts.push(self.memberships.len());
        self.cap_gaps(room.end(), ads);
    }

    fn join_edges(&mut self, place: usize, position: Position) {
        match position {
            Position::Any => return,
            Position::First => self.join(place, (Kind::First, 0), 1, Millis(0)),
            Position::Last => self.join(place, (Kind::Last, 0), 1, Millis(0)),
            Position::Edge => {}
        }
        self.join(place, (Kind::Edges, 0), 2, Millis(0));
    }

    /// Adds an ad to the class of a kind and number; the strictest cap counts.
    fn join(&mut self, place: usize, (kind, number): (Kind, u32), cap: u32, gap: Millis) {
        let gap = span(gap);
        let key = (kind as u64) << 32 | u64::from(number);
        let class = self.names.place_of(key, self.all.len());
        let fresh = Class {
            kind,
            members: 0,
            cap: u32::MAX,
            gap,
            widest: gap,
        };
        if class == self.all.len() {
            self.all.push(fresh);
        }
        let known = &mut self.all[class];
        known.members |= 1 << place;
        known.cap = known.cap.min(cap);
        known.gap = known.gap.min(gap);
        known.widest = known.widest.max(gap);
        self.memberships.push(Membership { class, gap });
    }

    /// No more members than fit with their gaps between the ends of the pod: `n` ads of at least
    /// `ms` need `n × ms + (n − 1) × gap`.
    fn cap_gaps(&mut self, end: u32, ads: &[Ad]) {
        self.spaced.clear();
        for (place, class) in self.all.iter_mut().enumerate() {
            if class.widest == 0 || class.members.count_ones() < 2 {
                continue;
            }
            let shortest = bits(class.members).map(|ad| ads[ad].ms).min();
            let each = u64::from(shortest.unwrap_or(1)) + u64::from(class.gap);
            let most = (u64::from(end) + u64::from(class.gap)) / each;
            class.cap = class.cap.min(u32::try_from(most).unwrap_or(u32::MAX));
            if class.cap > 1 {
                self.spaced.push(place);
            }
        }
    }

    /// The spaced classes.
    pub(super) fn spaced(&self) -> impl Iterator<Item = &Class> {
        self.spaced.iter().map(|&place| &self.all[place])
    }

    /// The classes with more than one member.
    pub(super) fn shared(&self) -> impl Iterator<Item = &Class> {
        let shared = |class: &&Class| class.members & class.members.wrapping_sub(1) != 0;
        self.all.iter().filter(shared)
    }

    /// What an ad is a member of.
    pub(super) fn memberships(&self, ad: usize) -> &[Membership] {
        let ends = self.starts.get(ad).zip(self.starts.get(ad + 1));
        ends.and_then(|(&start, &end)| self.memberships.get(start..end))
            .unwrap_or_default()
    }

    /// The classes of an ad.
    pub(super) fn of(&self, ad: usize) -> impl Iterator<Item = &Class> {
        let of = |membership: &Membership| &self.all[membership.class];
        self.memberships(ad).iter().map(of)
    }

    /// The classes that keep two or more of these ads apart in time, and their places.
    pub(super) fn apart(&self, ads: u64) -> impl Iterator<Item = (usize, &Class)> {
        let apart = move |&&place: &&usize| {
            let inside = self.all[place].members & ads;
            inside & inside.wrapping_sub(1) != 0
        };
        let places = self.spaced.iter().filter(apart);
        places.map(|&place| (place, &self.all[place]))
    }

    /// The time that an ad keeps in a class.
    pub(super) fn gap_of(&self, ad: usize, class: usize) -> u32 {
        let same = self.memberships(ad).iter().filter(|own| own.class == class);
        same.map(|own| own.gap).max().unwrap_or(0)
    }
}

/// Numbers for keys, in an open table that is never cleaned but outdated.
#[derive(Debug, Default)]
struct Names {
    entries: Vec<Entry>,
    era: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    key: u64,
    era: u32,
    class: u32,
}

impl Names {
    /// Forgets all keys and makes room for `keys`.
    fn clear(&mut self, keys: usize) {
        let size = (2 * keys).next_power_of_two();
        if self.entries.len() < size || self.era == u32::MAX {
            self.entries.clear();
            self.entries.resize(size, Entry::default());
            self.era = 0;
        }
        self.era += 1;
    }

    /// The class of a key; `next` when the key is new.
    fn place_of(&mut self, key: u64, next: usize) -> usize {
        let mask = self.entries.len() - 1;
        let mut hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
        let mut place = usize::try_from(hash & 0xffff_ffff).unwrap_or(0) & mask;
        loop {
            let entry = &mut self.entries[place];
            if entry.era != self.era {
                let class = u32::try_from(next).expect("fewer classes than memory");
                *entry = Entry {
                    key,
                    era: self.era,
                    class,
                };
                return next;
            }
            if entry.key == key {
                return entry.class as usize;
            }
            place = (place + 1) & mask;
        }
    }
}
