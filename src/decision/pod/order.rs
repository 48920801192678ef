//! Puts a set of ads in order: slots, first and last places, and the time that rivals keep.

use super::dead_ends::{DeadEnds, RIVALS_KEPT, State};
use super::field::{Field, bits};
use super::rivals::{Rivalry, Rivals, Traits};
use super::room::Room;
use crate::model::Position;

/// Most places tried for one set. A set that needs more is not taken and the answer not proved.
const STEPS_MAX: u32 = 4_000;
/// From this many places tried on, states that lead nowhere are kept: most sets need fewer.
const STEPS_EASY: u32 = 8;

/// An ad in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) ad: usize,
    pub(super) start: u32,
    pub(super) slot: Option<usize>,
}

/// Whether a set can be put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordered {
    Yes,
    No,
    /// It takes too long to find out.
    Unknown,
}

/// How free time is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Free {
    /// One ad after the other.
    Packed,
    /// With holes, for ads that are not in the set.
    Holes,
}

/// The order found last, and the memory for the next.
#[derive(Debug, Default)]
pub(super) struct Order {
    pub(super) seats: Vec<Seat>,
    /// Places tried since it was cleared.
    pub(super) steps: u32,
    trial: Vec<Seat>,
    rivalry: Rivalry,
    dead_ends: DeadEnds,
}

impl Order {
    /// Forgets the order.
    pub(super) fn clear(&mut self) {
        self.seats.clear();
        self.steps = 0;
    }

    /// Orders a set; the order stays in `seats` until another set can be ordered.
    pub(super) fn arrange(&mut self, field: &Field, room: &Room, set: u64) -> Ordered {
        let ordered = self.attempt(field, room, set, Free::Packed);
        if ordered == Ordered::Yes {
            std::mem::swap(&mut self.seats, &mut self.trial);
        }
        ordered
    }

    /// Whether a set may be part of one that can be ordered: its ads could stand in the pod if
    /// any time could be left between them for others.
    pub(super) fn leaves_hope(&mut self, field: &Field, room: &Room, set: u64) -> bool {
        field.classes.apart(set).next().is_none()
            || self.attempt(field, room, set, Free::Holes) != Ordered::No
    }

    fn attempt(&mut self, field: &Field, room: &Room, set: u64, free: Free) -> Ordered {
        self.trial.clear();
        self.rivalry.learn(field, set);
        self.dead_ends.forget();
        let simple = room.slots.is_empty() && self.rivalry.rivals.is_empty();
        let mut attempt = Attempt {
            field,
            room,
            free,
            rivals: &self.rivalry.rivals,
            traits: &self.rivalry.traits,
            seats: &mut self.trial,
            dead_ends: &mut self.dead_ends,
            steps: 0,
        };
        let ordered = if simple {
            attempt.line_up(set)
        } else {
            attempt.seat(set, 0, 0)
        };
        self.steps += attempt.steps;
        ordered
    }

    /// A set that can be ordered, grown ad by ad in the order given. Empty if it has too few ads.
    pub(super) fn grow(
        &mut self,
        field: &Field,
        room: &Room,
        ads: impl Iterator<Item = usize>,
    ) -> u64 {
        let (mut set, mut banned) = (0_u64, 0);
        let last_step = self.steps.saturating_add(STEPS_MAX);
        for ad in ads {
            if self.steps >= last_step {
                break;
            }
            let apart = (banned | set) & (1 << ad) == 0 && field.counts_allow(set, ad);
            if apart
                && room.has_room(field, set, ad)
                && self.arrange(field, room, set | 1 << ad) == Ordered::Yes
            {
                set |= 1 << ad;
                banned |= field.bans[ad];
            }
        }
        if set.count_ones() < room.min_ads {
            self.seats.clear();
            set = 0;
        }
        set
    }
}

struct Attempt<'a> {
    field: &'a Field,
    room: &'a Room,
    free: Free,
    rivals: &'a [Rivals],
    traits: &'a [Traits],
    seats: &'a mut Vec<Seat>,
    dead_ends: &'a mut DeadEnds,
    steps: u32,
}

impl Attempt<'_> {
    /// One after the other where only the first and the last place matter.
    fn line_up(&mut self, set: u64) -> Ordered {
        let ads = &self.field.ads;
        let at = |wanted: Position| bits(set).find(move |&ad| ads[ad].position == wanted);
        let mut edges = bits(set).filter(|&ad| ads[ad].position == Position::Edge);
        let first = at(Position::First).or_else(|| edges.next());
        let last = at(Position::Last).or_else(|| edges.next());
        if edges.next().is_some() {
            return Ordered::No;
        }
        let ends = [first, last].into_iter().flatten();
        let middle = set & !ends.fold(0, |ends, ad| ends | 1 << ad);
        let mut start = 0;
        for ad in first.into_iter().chain(bits(middle)).chain(last) {
            self.seats.push(Seat {
                ad,
                start,
                slot: None,
            });
            start += ads[ad].ms;
        }
        Ordered::Yes
    }

    /// Seats the rest, from a slot and a time of the free part on.
    fn seat(&mut self, rest: u64, slot: usize, clock: u32) -> Ordered {
        if rest == 0 {
            return Ordered::Yes;
        }
        if self.steps >= STEPS_MAX {
            return Ordered::Unknown;
        }
        self.steps += 1;
        let state = self.state(rest, slot, clock);
        if state.is_some_and(|state| self.dead_ends.has(state)) {
            return Ordered::No;
        }
        let ordered = self.seat_one(rest, slot, clock);
        if let Some(state) = state.filter(|_state| ordered == Ordered::No) {
            self.dead_ends.add(state);
        }
        ordered
    }

    /// Seats one of the rest in the slot or next in free time, or none in the slot, then others.
    fn seat_one(&mut self, rest: u64, slot: usize, clock: u32) -> Ordered {
        let fixed = self.room.slots.get(slot).copied();
        let (start, length) = fixed.map_or_else(
            || {
                let start = clock.max(self.room.free_from);
                (start, self.room.end().saturating_sub(start))
            },
            |slot| (slot.start, slot.length),
        );
        if fixed.is_none() && !self.can_follow(rest, start) {
            return Ordered::No;
        }
        let mut tried = None;
        while let Some(key) = self.next_ad(rest, tried) {
            tried = Some(key);
            let ad = key.1;
            let ms = self.field.ads[ad].ms;
            let wait = if fixed.is_none() && self.free == Free::Holes {
                self.ready(ad).saturating_sub(start)
            } else {
                0
            };
            let start = start + wait;
            if ms.saturating_add(wait) > length || !self.may_sit(ad, rest, start) {
                continue;
            }
            let seat = Seat {
                ad,
                start,
                slot: fixed.map(|_slot| slot),
            };
            let after = if fixed.is_some() { clock } else { start + ms };
            match self.seat_then(seat, rest & !(1 << ad), after) {
                Ordered::No => {}
                other => return other,
            }
        }
        if fixed.is_some() && self.room.holds(self.field, rest, slot + 1, clock) {
            return self.seat(rest, slot + 1, clock);
        }
        Ordered::No
    }

    /// Seats one ad, then the rest.
    fn seat_then(&mut self, seat: Seat, rest: u64, clock: u32) -> Ordered {
        let slot = seat.slot.map_or(self.room.slots.len(), |slot| slot + 1);
        if seat.slot.is_some() && !self.room.holds(self.field, rest, slot, clock) {
            return Ordered::No;
        }
        self.seats.push(seat);
        let ordered = self.seat(rest, slot, clock);
        if ordered != Ordered::Yes {
            self.seats.pop();
        }
        ordered
    }

    /// The next ad to try: the one with most rivals waiting first, then the best. Of ads that
    /// are alike only one is tried.
    fn next_ad(&self, rest: u64, tried: Option<(u32, usize)>) -> Option<(u32, usize)> {
        let waiting = |ad: usize| {
            let rivals = bits(self.traits[ad].rivals).map(|place| self.rivals[place].members);
            let counts = rivals.map(|members| (members & rest).count_ones());
            u32::MAX - counts.max().unwrap_or(0)
        };
        let alone = bits(rest).filter(|&ad| self.traits[ad].doubles & rest == 0);
        let keys = alone.map(|ad| (waiting(ad), ad));
        keys.filter(|&key| tried.is_none_or(|tried| key > tried))
            .min()
    }

    /// Whether an ad may start here, after those seated and before the rest.
    fn may_sit(&self, ad: usize, rest: u64, start: u32) -> bool {
        let opens = self.seats.is_empty();
        let closes = rest.is_power_of_two();
        let placed = match self.field.ads[ad].position {
            Position::Any => true,
            Position::First => opens,
            Position::Last => closes,
            Position::Edge => opens || closes,
        };
        if !placed || (opens && !self.can_open(rest & !(1 << ad))) {
            return false;
        }
        bits(self.traits[ad].rivals).all(|place| self.keeps_gap(place, ad, start))
    }

    /// Whether what is left after the first ad can all come later.
    fn can_open(&self, rest: u64) -> bool {
        let mut last = 0;
        for ad in bits(rest) {
            match self.field.ads[ad].position {
                Position::Any => {}
                Position::First => return false,
                Position::Last | Position::Edge => last += 1,
            }
        }
        last <= 1
    }

    /// The last ad seated of a set.
    fn last_of(&self, members: u64) -> Option<&Seat> {
        let mut seats = self.seats.iter().rev();
        seats.find(|seat| members & (1 << seat.ad) != 0)
    }

    /// When an ad ends.
    fn end(&self, seat: &Seat) -> u32 {
        seat.start + self.field.ads[seat.ad].ms
    }

    /// The first start that is far enough from all rivals seated.
    fn ready(&self, ad: usize) -> u32 {
        let ready = bits(self.traits[ad].rivals).filter_map(|place| {
            let seat = self.last_of(self.rivals[place].members)?;
            let gap = self.gap(place, ad, seat.ad);
            Some(self.end(seat).saturating_add(gap))
        });
        ready.max().unwrap_or(0)
    }

    /// The time that two rivals keep.
    fn gap(&self, place: usize, one: usize, two: usize) -> u32 {
        let rivals = &self.rivals[place];
        if rivals.gap == rivals.widest {
            return rivals.gap;
        }
        let classes = &self.field.classes;
        let own = classes.gap_of(one, rivals.class);
        own.max(classes.gap_of(two, rivals.class))
    }

    /// Whether a start is far enough from the rival that came last. The ones before it are
    /// farther than their gaps ask for: each gap was kept, or is kept now, from a later ad.
    fn keeps_gap(&self, place: usize, ad: usize, start: u32) -> bool {
        let rivals = &self.rivals[place];
        self.last_of(rivals.members).is_none_or(|seat| {
            let gap = self.gap(place, ad, seat.ad);
            u64::from(start) >= u64::from(self.end(seat)) + u64::from(gap)
        })
    }

    /// Whether all rivals still can keep their time when the rest follows from `start` on. With no
    /// holes the end is known.
    fn can_follow(&self, rest: u64, start: u32) -> bool {
        let spoken =
            |ads: u64| -> u64 { bits(ads).map(|ad| u64::from(self.field.ads[ad].ms)).sum() };
        let packed = u64::from(start) + spoken(rest);
        if packed > u64::from(self.room.end()) {
            return false;
        }
        let end = match self.free {
            Free::Packed => packed,
            Free::Holes => u64::from(self.room.end()),
        };
        self.rivals.iter().all(|rivals| {
            let waiting = rivals.members & rest;
            if waiting == 0 {
                return true;
            }
            let gap = u64::from(rivals.gap);
            let last = self.last_of(rivals.members);
            let earliest = last.map_or(0, |seat| u64::from(self.end(seat)) + gap);
            let between = u64::from(waiting.count_ones() - 1) * gap;
            earliest.max(u64::from(start)) + spoken(waiting) + between <= end
        })
    }

    /// What decides whether the rest can be seated; none where that is too much to keep.
    fn state(&self, rest: u64, slot: usize, clock: u32) -> Option<State> {
        if self.steps < STEPS_EASY || self.rivals.len() > RIVALS_KEPT {
            return None;
        }
        let mut ends = [0; RIVALS_KEPT];
        for (end, rivals) in ends.iter_mut().zip(self.rivals) {
            if rivals.gap != rivals.widest {
                return None;
            }
            if rivals.members & rest != 0 {
                *end = self
                    .last_of(rivals.members)
                    .map_or(0, |seat| self.end(seat));
            }
        }
        Some(State {
            rest,
            slot,
            clock,
            ends,
        })
    }
}
