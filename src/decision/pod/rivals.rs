//! Which ads of a set keep time between each other, and which are alike in that.

use super::field::{Field, bits};

/// Ads of the set that keep time between each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rivals {
    pub(super) members: u64,
    pub(super) class: usize,
    /// The least and the most time that two of them keep.
    pub(super) gap: u32,
    pub(super) widest: u32,
}

/// What of an ad matters for the order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traits {
    /// The rivalries it is in.
    pub(super) rivals: u64,
    /// Better ads of the set that differ from it in nothing that matters here.
    pub(super) doubles: u64,
}

/// The rivalries of a set.
#[derive(Debug, Default)]
pub(super) struct Rivalry {
    pub(super) rivals: Vec<Rivals>,
    /// By ad.
    pub(super) traits: Vec<Traits>,
}

impl Rivalry {
    /// Finds the rivalries inside a set, and which ads are like others.
    pub(super) fn learn(&mut self, field: &Field, set: u64) {
        self.rivals.clear();
        let apart = field.classes.apart(set).take(u64::BITS as usize);
        self.rivals.extend(apart.map(|(class, of)| Rivals {
            members: of.members & set,
            class,
            gap: of.gap,
            widest: of.widest,
        }));
        self.traits.clear();
        self.traits.resize(field.ads.len(), Traits::default());
        for (place, rivals) in self.rivals.iter().enumerate() {
            for ad in bits(rivals.members) {
                self.traits[ad].rivals |= 1 << place;
            }
        }
        // Where gaps differ inside a rivalry, so may ads that look alike.
        if self.rivals.iter().all(|rivals| rivals.gap == rivals.widest) {
            self.find_doubles(field, set);
        }
    }

    fn find_doubles(&mut self, field: &Field, set: u64) {
        for ad in bits(set) {
            let one = &field.ads[ad];
            let like = |&other: &usize| {
                let two = &field.ads[other];
                two.ms == one.ms
                    && two.position == one.position
                    && self.traits[other].rivals == self.traits[ad].rivals
            };
            let doubles = bits(set & ((1 << ad) - 1)).filter(like);
            let doubles = doubles.fold(0, |set, other| set | 1 << other);
            self.traits[ad].doubles = doubles;
        }
    }
}
