//! The store against an oracle that keeps every grant and counts them one by one.

use super::*;

/// A grant that was not released. The oracle knows identities by their raw numbers, so that it
/// cannot see hashing keys change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kept {
    place: Place,
    raw: u64,
    counter: CapCounter,
    at: Timestamp,
}

/// An identity as the viewer has it, before it is hashed.
type Raw = [Option<u64>; 5];

#[derive(Default)]
struct Oracle {
    kept: Vec<Kept>,
    floor: Timestamp,
}

impl Oracle {
    fn check(
        &self,
        raw: &Raw,
        subject: CapSubject,
        caps: &[Cap],
        calendar: &Calendar,
    ) -> Result<(), Refusal> {
        for cap in caps.iter().filter(|cap| cap.scope != CapScope::Pod) {
            let scope = cap.scope;
            let refusal = |cause| Refusal {
                subject,
                scope,
                cause,
            };
            let Some(place) = counted_by(cap, |place| raw[place as usize].is_some()) else {
                return Err(refusal(RefusalCause::Unidentified));
            };
            let counter = CapCounter { subject, scope };
            let stamps = self.stamps(place, raw[place as usize].unwrap(), counter);
            for &window in &cap.windows {
                if inside(&stamps, window.span, place, calendar) >= usize::from(window.max) {
                    let by = place.scope();
                    return Err(refusal(RefusalCause::Window { by, window }));
                }
            }
        }
        Ok(())
    }

    /// The instants of a count, in order.
    fn stamps(&self, place: Place, raw: u64, counter: CapCounter) -> Vec<Timestamp> {
        let mut stamps: Vec<_> = self
            .kept
            .iter()
            .filter(|kept| kept.place == place && kept.raw == raw && kept.counter == counter)
            .map(|kept| kept.at)
            .collect();
        stamps.sort_unstable();
        stamps
    }

    fn grant(&mut self, raw: &Raw, subject: CapSubject, caps: &[Cap], now: Timestamp) -> usize {
        let mut granted = 0;
        for cap in caps.iter().filter(|cap| cap.scope != CapScope::Pod) {
            let place = counted_by(cap, |place| raw[place as usize].is_some()).unwrap();
            let raw = raw[place as usize].unwrap();
            let counter = CapCounter {
                subject,
                scope: cap.scope,
            };
            let newest = self.stamps(place, raw, counter).pop();
            let at = newest.map_or(now, |newest| now.max(newest.plus(Millis(1))));
            self.kept.push(Kept {
                place,
                raw,
                counter,
                at,
            });
            granted += 1;
        }
        granted
    }
}

fn inside(stamps: &[Timestamp], span: CapSpan, place: Place, calendar: &Calendar) -> usize {
    let now = calendar.now();
    let after = |start: Timestamp| stamps.iter().filter(|&&at| at > start).count();
    match span {
        CapSpan::Rolling(0) => 0,
        CapSpan::Rolling(seconds) => after(now.minus(Millis::from_seconds(seconds.into()))),
        CapSpan::Calendar(period) => {
            let start = calendar.start(period);
            stamps.iter().filter(|&&at| at >= start).count()
        }
        CapSpan::Scope if place == Place::Session => {
            let mut sitting = 0;
            let mut later = now;
            for &at in stamps.iter().rev() {
                if later.since(at) >= SITTING {
                    break;
                }
                (sitting, later) = (sitting + 1, at);
            }
            sitting
        }
        CapSpan::Scope => after(now.minus(SITTING)),
    }
}

struct World {
    store: CapStore,
    oracle: Oracle,
    dice: Dice,
    now: Timestamp,
    zone: Zone,
    caps: Vec<(CapSubject, Vec<Cap>)>,
    viewers: Vec<Raw>,
    /// Reservations that may yet be released, with what the oracle kept of them.
    open: Vec<(Receipt, Vec<Kept>)>,
    epoch: u64,
    /// Of each kind of answer, how often it was seen.
    seen: BTreeMap<&'static str, u64>,
}

const SPANS: &[CapSpan] = &[
    CapSpan::Rolling(1),
    CapSpan::Rolling(60),
    CapSpan::Rolling(3_600),
    CapSpan::Rolling(86_400),
    CapSpan::Rolling(40 * 86_400),
    CapSpan::Calendar(CapPeriod::Hour),
    CapSpan::Calendar(CapPeriod::Day),
    CapSpan::Calendar(CapPeriod::Week),
    CapSpan::Calendar(CapPeriod::Month),
];

fn any_caps(dice: &mut Dice) -> Vec<Cap> {
    let mut caps: Vec<Cap> = Vec::new();
    for _ in 0..=dice.below(3) {
        let scope = dice.pick(CapScope::ALL);
        if caps.iter().any(|cap| cap.scope == scope) {
            continue;
        }
        let max = |dice: &mut Dice| match dice.below(20) {
            0 => 70,
            _ => 1 + u16::try_from(dice.below(5)).unwrap(),
        };
        let bounded = matches!(scope, CapScope::Session | CapScope::Pod);
        let windows = if bounded {
            vec![window(max(dice), CapSpan::Scope)]
        } else {
            (0..=dice.below(3))
                .map(|_| window(max(dice), dice.pick(SPANS)))
                .collect()
        };
        let fallback = dice.pick(&[CapFallback::Next, CapFallback::Next, CapFallback::Skip]);
        caps.push(Cap {
            scope,
            windows,
            fallback,
        });
    }
    caps
}

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let zones = [
            "UTC",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
        ];
        let zone = dice.pick(&zones).parse().unwrap();
        let subjects = [
            FIRST,
            CapSubject::Campaign(CampaignId::new(SUBJECT_ID_MAX)),
            CapSubject::Order(OrderId::new(1)),
            CapSubject::Creative(CreativeId::new(1)),
        ];
        let caps = subjects.map(|subject| (subject, any_caps(&mut dice)));
        // Members of two households, with and without an account or a device.
        let mut maybe = |odds: u64, raw: u64| (dice.below(odds) > 0).then_some(raw);
        let viewers = (0..6_u64)
            .map(|viewer| {
                [
                    maybe(4, viewer / 2),
                    maybe(4, viewer),
                    maybe(4, viewer / 3),
                    maybe(4, viewer / 3),
                    maybe(3, viewer),
                ]
            })
            .collect();
        Self {
            store: CapStore::default(),
            oracle: Oracle::default(),
            now: NOW.plus(Millis(dice.below(400 * 86_400_000))),
            dice,
            zone,
            caps: caps.to_vec(),
            viewers,
            open: Vec::new(),
            epoch: 0,
            seen: BTreeMap::new(),
        }
    }

    fn identity(&self, raw: &Raw) -> Identity {
        let key = |place: Place, raw: u64, epoch: u64| {
            ViewerKey(shard::mix(raw * 100 + place as u64 * 10 + epoch))
        };
        let identified = |place: Place| {
            let raw = raw[place as usize]?;
            Some(Identified {
                key: key(place, raw, self.epoch),
                before: (self.epoch > 0).then(|| key(place, raw, self.epoch - 1)),
            })
        };
        Identity {
            user: identified(Place::User),
            device: identified(Place::Device),
            household: identified(Place::Household),
            address: identified(Place::Address),
            session: identified(Place::Session),
        }
    }

    fn calendar(&self) -> Calendar {
        let now = self.store.instant(self.now);
        assert_eq!(now, self.now.max(self.oracle.floor));
        Calendar::of(now, &self.zone)
    }

    fn saw(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    fn check(&mut self) {
        let raw = self.dice.index(self.viewers.len());
        let raw = self.viewers[raw];
        let calendar = self.calendar();
        let exposures = self.store.exposures(&self.identity(&raw));
        for (subject, caps) in self.caps.clone() {
            let expected = self.oracle.check(&raw, subject, &caps, &calendar);
            let answer = exposures.allows(subject, &caps, &calendar);
            assert_eq!(answer, expected, "{raw:?} {caps:?} at {}", calendar.now());
            let room = exposures.room(subject, &caps, &calendar);
            assert_eq!(room.is_ok_and(|room| room > 0), expected.is_ok());
            self.saw(match expected {
                Ok(()) => "allowed",
                Err(_) => "refused",
            });
        }
    }

    fn reserve(&mut self) {
        let raw = self.dice.index(self.viewers.len());
        let raw = self.viewers[raw];
        let calendar = self.calendar();
        let ads = 1 + self.dice.index(3);
        let picked: Vec<_> = (0..ads).map(|_| self.dice.index(self.caps.len())).collect();
        let grants: Vec<_> = picked
            .iter()
            .map(|&index| grant(self.caps[index].0, &self.caps[index].1))
            .collect();
        let answer = self.store.reserve(&self.identity(&raw), &grants, &calendar);
        let now = calendar.now();
        self.oracle.floor = self.oracle.floor.max(now);
        let before = self.oracle.kept.len();
        let mut lost = None;
        for (place, grant) in grants.iter().enumerate() {
            let checked = self
                .oracle
                .check(&raw, grant.subject, grant.caps, &calendar);
            if let Err(refusal) = checked {
                lost = Some((place, refusal));
                break;
            }
            self.oracle.grant(&raw, grant.subject, grant.caps, now);
        }
        match answer {
            Ok(receipt) => {
                assert_eq!(lost, None);
                let kept = self.oracle.kept[before..].to_vec();
                assert_eq!(receipt.of_ad(0).count(), kept.len());
                self.open.push((receipt, kept));
                self.saw("granted");
            }
            Err(loser) => {
                assert_eq!(lost, Some((loser.grant, loser.refusal)));
                self.oracle.kept.truncate(before);
                self.saw("lost");
            }
        }
    }

    fn release(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let (receipt, kept) = self.open.swap_remove(self.dice.index(self.open.len()));
        // An ad is seen or released within minutes. After it, its instant may be dropped.
        let fresh = kept.iter().all(|kept| self.now.since(kept.at) < HOUR);
        if !fresh {
            return;
        }
        let released = self.store.release(receipt.of_ad(0));
        for kept in &kept {
            let place = self.oracle.kept.iter().rposition(|other| other == kept);
            self.oracle.kept.remove(place.unwrap());
        }
        assert!(released.len() <= kept.len());
        self.saw("released");
    }

    fn restart(&mut self) {
        let restarted = CapStore::default();
        for shard in 0..SHARDS {
            restarted
                .load(&self.store.snapshot(shard).unwrap())
                .unwrap();
        }
        assert_eq!(restarted.figures(), self.store.figures());
        self.store = restarted;
        self.saw("restarted");
    }

    fn step(&mut self) {
        match self.dice.below(1_000) {
            0..=399 => self.check(),
            400..=749 => self.reserve(),
            750..=849 => self.release(),
            850..=979 => {
                let span = self.dice.pick(&[10, 1_000, 60_000, 3_600_000, 86_400_000]);
                self.now = self.now.plus(Millis(self.dice.below(span)));
                self.saw("advanced");
            }
            980..=989 => {
                let span = self.dice.pick(&[10, 60_000, 3_600_000, 86_400_000]);
                self.now = self.now.minus(Millis(self.dice.below(span)));
                self.saw("stepped back");
            }
            990..=998 => {
                let now = self.store.instant(self.now);
                self.store.sweep(now, usize::MAX);
                self.oracle.floor = now;
                self.saw("swept");
            }
            _ if self.epoch == 0 => {
                self.epoch = 1;
                self.saw("rotated");
            }
            _ => self.restart(),
        }
    }
}

fn check(worlds: u64, steps: u64) {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..worlds {
        let mut world = World::new(seed);
        for _ in 0..steps {
            world.step();
        }
        for (what, count) in world.seen {
            *seen.entry(what).or_default() += count;
        }
    }
    println!("{seen:?}");
    for what in [
        "allowed",
        "refused",
        "granted",
        "lost",
        "released",
        "stepped back",
        "swept",
        "rotated",
        "restarted",
    ] {
        assert!(seen[what] >= worlds / 4, "{what} was seen {seen:?}");
    }
}

#[test]
fn the_store_agrees_with_an_oracle_that_keeps_everything() {
    check(60, 1_000);
}

#[test]
fn slow_the_store_agrees_with_an_oracle_that_keeps_everything_a_million_times() {
    check(600, 2_000);
}
