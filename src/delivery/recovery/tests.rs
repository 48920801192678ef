//! One process after the other on one log: each finds what the one before it knew.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::decision::caps::{Calendar, CapSubject};
use crate::decision::{Budget, Offer, OrderRef, Terms};
use crate::delivery::Upkeep;
use crate::host::Entropy;
use crate::ledger::Due;
use crate::limits::caps::{Grant, Receipt};
use crate::limits::{Bounds, DayUsage, HOLD_DEFAULT};
use crate::model::viewer::Identified;
use crate::model::zone::Day;
use crate::model::{
    CampaignId, Cap, CapFallback, CapScope, CapSpan, CapWindow, CreativeId, Event, Identity,
    Millis, Nanos, OrderId, Pacing, PriceModel, Receiver, ServedAd, TenantId, Tier, ViewerKey,
    Zone,
};
use crate::store::decisions::{
    Handout, Release, SNAPSHOT_GROUPS, TraceLog, TraceSettings, is_in_memory,
};

const START: Timestamp = Timestamp::from_millis(1_772_323_200_000);
const CHARGE: Nanos = Nanos(10_000_000);
const CAMPAIGNS: u32 = 4;
/// The order of the last two of them.
const ORDER: OrderRef = OrderRef {
    id: OrderId::new(9),
    budget: Budget {
        total: Nanos(CHARGE.0 * 1_000),
        daily: Some(Nanos(CHARGE.0 * 80)),
        impressions: Some(900),
    },
};

/// One process after the other on one log and one ledger.
struct Run {
    folder: tempfile::TempDir,
    entropy: Entropy,
    now: Timestamp,
    zone: Zone,
    offers: Vec<Offer>,
    /// What the ledger keeps: what was seen, and what was settled in all and by day.
    book: Book,
    settled: BTreeMap<CampaignId, Settled>,
    settled_order: Settled,
    log: DecisionLog,
    limits: Embedded,
    ads: Vec<ServedAd>,
}

type Settled = (u64, Nanos, BTreeMap<Timestamp, (Day, Nanos)>);

fn add(sums: &mut Settled, units: u64, billed: Option<Day>) {
    sums.0 += units;
    if let Some(day) = billed {
        sums.1 = Nanos(sums.1.0 + CHARGE.0);
        let of_day = sums.2.entry(day.start).or_insert((day, Nanos::ZERO));
        of_day.1 = Nanos(of_day.1.0 + CHARGE.0);
    }
}

fn days((_units, _spend, days): &Settled) -> Vec<(Day, Nanos)> {
    days.values().copied().collect()
}

fn offer(id: u32, price_model: PriceModel) -> Offer {
    Offer {
        campaign: CampaignId::new(id),
        tier: Tier::Standard,
        weight: 1,
        start: START,
        end: START.plus(Millis::from_seconds(9_000_000)),
        charge: CHARGE,
        price_model,
        budget: Budget {
            total: Nanos(CHARGE.0 * 900),
            daily: id.is_multiple_of(2).then_some(Nanos(CHARGE.0 * 60)),
            impressions: Some(700),
        },
        order: (id > 2).then_some(ORDER),
        pacing: Pacing::Asap,
        terms: Terms::default(),
        shortest: Millis(15_000),
        sole: None,
        spots: Vec::new(),
    }
}

/// Where a disk need not be waited for, if there is such a place: a restart syncs.
fn folder() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if is_in_memory(memory) {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

impl Run {
    fn new(seed: u64) -> Self {
        let folder = folder();
        let log = DecisionLog::open(folder.path(), folder.path(), 0).unwrap();
        let models = [PriceModel::Cpm, PriceModel::Cpc, PriceModel::Cpv];
        let offers = (0..CAMPAIGNS).map(|id| offer(1 + id, models[id as usize % 3]));
        Self {
            folder,
            entropy: Entropy::seeded(seed),
            now: START,
            zone: "America/New_York".parse().unwrap(),
            offers: offers.collect(),
            book: Book::default(),
            settled: BTreeMap::new(),
            settled_order: Settled::default(),
            log,
            limits: Embedded::new(HOLD_DEFAULT),
            ads: Vec::new(),
        }
    }

    fn below(&self, bound: usize) -> usize {
        usize::try_from(self.entropy.roll() % bound as u64).unwrap()
    }

    fn hand_out(&mut self) {
        let offer = &self.offers[self.below(self.offers.len())];
        let ad = ServedAd {
            id: ServedAdId::new(1 + self.ads.len() as u64),
            tenant: TenantId::new(1),
            channel: None,
            campaign: offer.campaign,
            creative: CreativeId::new(1),
            price_model: offer.price_model,
            charge: offer.charge,
            decided_at: self.now,
            duration: Millis(15_000),
            receiver: Receiver::UNKNOWN,
        };
        self.ads.push(ad);
        let Ok(booked) = self.limits.reserve(&ad, offer, &self.zone, self.now) else {
            return;
        };
        let reservation = Reservation {
            ad: ad.id,
            tenant: ad.tenant,
            campaign: ad.campaign,
            order: booked.order,
            creative: ad.creative,
            price_model: ad.price_model,
            charge: ad.charge,
            day: booked.day,
            expires: booked.expires,
        };
        let handout = Handout {
            at: self.now,
            ads: vec![reservation],
            caps: Vec::new(),
        };
        self.log.reserved(&handout).unwrap();
        if self.below(10) == 0 {
            let release = Release {
                until: booked.expires,
                ads: vec![ad.id],
                caps: Vec::new(),
            };
            // Another worker may write it.
            let log = self.log.clone();
            let writing = std::thread::spawn(move || log.released(&release));
            writing.join().unwrap().unwrap();
            self.limits.release(ad.id);
        }
    }

    fn report(&mut self) {
        let recent = self.ads.len().min(600);
        if recent == 0 {
            return;
        }
        let ad = self.ads[self.ads.len() - 1 - self.below(recent)];
        let kinds = [EventKind::Impression, EventKind::Click, EventKind::Complete];
        let event = Event {
            ad,
            kind: kinds[self.below(3)],
            error_code: None,
            at: self.now,
        };
        if self.book.apply(&event) != crate::ledger::Verdict::Fresh {
            return;
        }
        let settlement = self.limits.settle(&event).settlement;
        let of_campaign = match settlement.due {
            Due::Billed(day) => Some(day),
            Due::Nothing | Due::Unbilled => None,
        };
        let sums = self.settled.entry(ad.campaign).or_default();
        let units = u64::from(settlement.unit);
        add(sums, units, of_campaign);
        if let Some((_order, day)) = settlement.order {
            add(&mut self.settled_order, units, of_campaign.map(|_| day));
        }
    }

    /// Forgets all that is in memory and starts again from log and ledger.
    fn kill(&mut self) {
        // As the tick of the process before, or the first of the next, would do.
        self.limits.expire(self.now);
        let (log, limits) = (
            DecisionLog::open(self.folder.path(), self.folder.path(), 0).unwrap(),
            Embedded::new(HOLD_DEFAULT),
        );
        for (&campaign, settled) in &self.settled {
            limits.restore(campaign, (settled.0, settled.1), &days(settled));
        }
        let settled = &self.settled_order;
        limits.restore_order(ORDER.id, (settled.0, settled.1), &days(settled));
        self.restore(&log, &limits);
        limits.expire(self.now);
        log.tidy(self.now, u64::MAX);
        self.tell(&limits);
        // A day of which nothing is used may be known or not.
        let used = |usage: Option<DayUsage>| {
            usage.filter(|usage| usage.spend.0 + usage.spend_reserved.0 > 0)
        };
        for offer in &self.offers {
            let campaign = offer.campaign;
            assert_eq!(limits.usage(campaign), self.limits.usage(campaign));
            let [ours, theirs] =
                [&limits, &self.limits].map(|limits| used(limits.usage_on_day(campaign, self.now)));
            assert_eq!(ours, theirs);
        }
        assert_eq!(
            limits.order_usage(ORDER.id),
            self.limits.order_usage(ORDER.id)
        );
        let [ours, theirs] = [&limits, &self.limits]
            .map(|limits| used(limits.order_usage_on_day(ORDER.id, self.now)));
        assert_eq!(ours, theirs);
        assert_eq!(limits.held(), self.limits.held());
        (self.log, self.limits) = (log, limits);
    }

    fn restore(&self, log: &DecisionLog, limits: &Embedded) -> Restored {
        let kept = Kept {
            log,
            snapshots: &Snapshots::open(self.folder.path()).unwrap(),
            book: &self.book,
        };
        restore(&kept, limits, self.now).unwrap()
    }

    fn tell(&self, limits: &Embedded) {
        limits.tell_order(ORDER.id, ORDER.budget, self.zone.clone());
        for offer in &self.offers {
            let bounds = Bounds {
                budget: offer.budget,
                zone: self.zone.clone(),
                order: offer.order.map(|order| order.id),
            };
            limits.tell(offer.campaign, bounds);
        }
    }
}

#[test]
fn a_start_finds_every_budget_as_the_kill_left_it() {
    let mut held = 0;
    for seed in 0..20 {
        let mut run = Run::new(seed);
        run.tell(&run.limits);
        for _ in 0..3_000 {
            match run.below(100) {
                // Whole seconds: within the last one a hold may be over already or not yet.
                0 => run.now = run.now.plus(Millis::from_seconds(run.entropy.roll() % 200)),
                1 => {
                    run.kill();
                    held += run.limits.held();
                }
                2 => drop(run.limits.expire(run.now)),
                3..60 => run.hand_out(),
                _ => run.report(),
            }
        }
    }
    assert!(held > 10_000, "only {held} ads were held over all kills");
}

#[test]
fn without_the_log_the_same_kill_forgets_what_was_handed_out() {
    let mut run = Run::new(1);
    run.hand_out();
    let before = run.limits.held();
    let limits = Embedded::new(HOLD_DEFAULT);
    let wiped = tempfile::tempdir().unwrap();
    let log = DecisionLog::open(wiped.path(), wiped.path(), 0).unwrap();
    run.restore(&log, &limits);
    assert_eq!((before, limits.held()), (1, 0));
}

/// Viewers of one process after the other.
struct Crowd {
    folder: tempfile::TempDir,
    entropy: Entropy,
    now: Timestamp,
    upkeep: Upkeep,
    receipts: Vec<Receipt>,
    /// How often the hashing key has changed.
    keys: u64,
}

const VIEWERS: u64 = 30;

fn caps() -> Vec<Cap> {
    let window = |max, seconds| CapWindow {
        max,
        span: CapSpan::Rolling(seconds),
    };
    let of = |scope, windows| Cap {
        scope,
        windows,
        fallback: CapFallback::Next,
    };
    vec![
        of(CapScope::User, vec![window(3, 600), window(8, 7_200)]),
        of(CapScope::Household, vec![window(12, 3_600)]),
    ]
}

fn upkeep(folder: &std::path::Path, limits: &Arc<Embedded>) -> Upkeep {
    let settings = TraceSettings {
        keep: Millis(1),
        bytes_max: 1,
    };
    let traces = folder.join("traces");
    std::fs::create_dir_all(&traces).unwrap();
    let snapshots = Snapshots::open(folder).unwrap();
    Upkeep {
        log: DecisionLog::open(folder, folder, snapshots.latest()).unwrap(),
        traces: Arc::new(TraceLog::open(&traces, settings).unwrap()),
        limits: Arc::clone(limits),
        snapshots,
    }
}

impl Crowd {
    fn new(seed: u64) -> Self {
        let folder = folder();
        Self {
            upkeep: upkeep(folder.path(), &Arc::default()),
            folder,
            entropy: Entropy::seeded(seed),
            now: START,
            receipts: Vec::new(),
            keys: 1,
        }
    }

    fn below(&self, bound: u64) -> u64 {
        self.entropy.roll() % bound
    }

    fn identity(&self, viewer: u64) -> Identity {
        let under = |name: u64| Identified {
            key: ViewerKey(self.keys * 1_000 + name),
            before: Some(ViewerKey((self.keys - 1) * 1_000 + name)),
        };
        Identity {
            user: Some(under(viewer)),
            household: (!viewer.is_multiple_of(5)).then(|| under(500 + viewer / 3)),
            ..Identity::default()
        }
    }

    fn calendar(&self) -> Calendar {
        Calendar::of(self.now, &Zone::UTC)
    }

    fn show(&mut self) {
        let caps = caps();
        let campaign = CampaignId::new(1 + u32::try_from(self.below(3)).unwrap());
        let grants = [Grant {
            ad: 0,
            subject: CapSubject::Campaign(campaign),
            caps: &caps,
        }];
        let identity = self.identity(self.below(VIEWERS));
        let Ok(receipt) = self
            .upkeep
            .limits
            .caps()
            .reserve(&identity, &grants, &self.calendar())
        else {
            return;
        };
        let mut handout = Handout {
            at: self.now,
            ..Handout::default()
        };
        for change in receipt.changes() {
            change.write(&mut handout.caps);
        }
        self.upkeep.log.reserved(&handout).unwrap();
        self.receipts.push(receipt);
    }

    fn take_back(&mut self) {
        let Some(receipt) = self.receipts.pop() else {
            return;
        };
        let mut release = Release::default();
        for change in self.upkeep.limits.caps().release(receipt.of_ad(0)) {
            change.write(&mut release.caps);
        }
        // Another worker writes it, into a segment of its own.
        let log = self.upkeep.log.clone();
        let writing = std::thread::spawn(move || log.released(&release));
        writing.join().unwrap().unwrap();
    }

    /// Starts again from log and snapshots, and answers how many changes it had to do again.
    fn kill(&mut self) -> u64 {
        let limits = Arc::new(Embedded::default());
        let upkeep = upkeep(self.folder.path(), &limits);
        let kept = Kept {
            log: &upkeep.log,
            snapshots: &upkeep.snapshots,
            book: &Book::default(),
        };
        let restored = restore(&kept, &limits, self.now).unwrap();
        let (caps, calendar) = (caps(), self.calendar());
        for viewer in 0..VIEWERS {
            let identity = self.identity(viewer);
            for campaign in 1..=3 {
                let subject = CapSubject::Campaign(CampaignId::new(campaign));
                let room = |limits: &Embedded| {
                    let exposures = limits.caps().exposures(&identity);
                    exposures.room(subject, &caps, &calendar)
                };
                assert_eq!(
                    room(&upkeep.limits),
                    room(&self.upkeep.limits),
                    "{viewer} {campaign}"
                );
            }
        }
        self.upkeep = upkeep;
        restored.cap_changes
    }
}

#[test]
fn a_start_finds_every_viewer_as_the_kill_left_them() {
    let (mut changes, mut kills) = (0, 0);
    for seed in 0..3 {
        let mut crowd = Crowd::new(seed);
        let mut group = 0;
        for _ in 0..600 {
            match crowd.below(100) {
                0 => crowd.now = crowd.now.plus(Millis(crowd.below(900_000))),
                1 => {
                    changes += crowd.kill();
                    kills += 1;
                }
                2 => crowd.keys += u64::from(crowd.below(5) == 0),
                3..8 => {
                    crowd.upkeep.keep_group(group % SNAPSHOT_GROUPS).unwrap();
                    group += 1;
                    let needed_from = crowd.upkeep.snapshots.needed_from();
                    crowd.upkeep.log.tidy(crowd.now, needed_from);
                }
                8..20 => crowd.take_back(),
                _ => crowd.show(),
            }
            crowd.now = crowd.now.plus(Millis(crowd.below(200)));
        }
    }
    assert!(
        kills > 10 && changes > 500,
        "{kills} kills, {changes} changes"
    );
}

#[test]
fn what_was_counted_for_an_ad_that_nobody_saw_is_taken_back_after_a_kill_too() {
    for is_seen in [false, true] {
        let mut crowd = Crowd::new(7);
        let (caps, identity) = (caps(), crowd.identity(1));
        let subject = CapSubject::Campaign(CampaignId::new(1));
        let grants = [Grant {
            ad: 0,
            subject,
            caps: &caps,
        }];
        let counted = crowd
            .upkeep
            .limits
            .caps()
            .reserve(&identity, &grants, &crowd.calendar());
        let mut handout = Handout {
            at: crowd.now,
            ads: vec![reservation_of_one(crowd.now)],
            caps: Vec::new(),
        };
        for change in counted.unwrap().changes() {
            change.write(&mut handout.caps);
        }
        crowd.upkeep.log.reserved(&handout).unwrap();
        let mut book = Book::default();
        if is_seen {
            book.apply(&impression_of_one(crowd.now));
        }
        let limits = Embedded::default();
        let kept = Kept {
            log: &DecisionLog::open(crowd.folder.path(), crowd.folder.path(), 0).unwrap(),
            snapshots: &crowd.upkeep.snapshots,
            book: &book,
        };
        restore(&kept, &limits, crowd.now).unwrap();
        let room = |now| {
            let calendar = Calendar::of(now, &Zone::UTC);
            limits
                .caps()
                .exposures(&identity)
                .room(subject, &caps, &calendar)
        };
        assert_eq!(room(crowd.now), Ok(2));
        crowd.now = crowd.now.plus(HOLD_DEFAULT);
        limits.expire_counts(crowd.now, |_ads, _changes| {});
        assert_eq!(room(crowd.now), Ok(if is_seen { 2 } else { 3 }));
    }
}

#[test]
fn what_was_taken_back_at_its_time_stays_taken_back_after_a_kill() {
    let mut crowd = Crowd::new(9);
    let (caps, identity) = (caps(), crowd.identity(1));
    let grants = [Grant {
        ad: 0,
        subject: CapSubject::Campaign(CampaignId::new(1)),
        caps: &caps,
    }];
    let limits = Arc::clone(&crowd.upkeep.limits);
    let counted = limits.caps().reserve(&identity, &grants, &crowd.calendar());
    let counted = counted.unwrap();
    let mut handout = Handout {
        at: crowd.now,
        ads: vec![reservation_of_one(crowd.now)],
        caps: Vec::new(),
    };
    for change in counted.changes() {
        change.write(&mut handout.caps);
    }
    crowd.upkeep.log.reserved(&handout).unwrap();
    let expires = handout.ads[0].expires;
    limits.restore_unseen(ServedAdId::new(1), expires, counted.of_ad(0).collect());
    // The snapshots have the count, and by its end nothing else does.
    for group in 0..SNAPSHOT_GROUPS {
        crowd.upkeep.keep_group(group).unwrap();
    }
    crowd.now = expires.plus(Millis(61_000));
    crowd.upkeep.take_back(crowd.now);
    let needed_from = crowd.upkeep.snapshots.needed_from();
    crowd.upkeep.log.tidy(crowd.now, needed_from);
    assert!(crowd.kill() > 0, "nothing was done again");
}

fn reservation_of_one(now: Timestamp) -> Reservation {
    Reservation {
        ad: ServedAdId::new(1),
        tenant: TenantId::new(1),
        campaign: CampaignId::new(1),
        order: None,
        creative: CreativeId::new(1),
        price_model: PriceModel::Cpm,
        charge: CHARGE,
        day: Zone::UTC.day(now),
        expires: now.plus(HOLD_DEFAULT),
    }
}

fn impression_of_one(now: Timestamp) -> Event {
    Event {
        ad: ServedAd {
            id: ServedAdId::new(1),
            tenant: TenantId::new(1),
            channel: None,
            campaign: CampaignId::new(1),
            creative: CreativeId::new(1),
            price_model: PriceModel::Cpm,
            charge: CHARGE,
            decided_at: now,
            duration: Millis(15_000),
            receiver: Receiver::UNKNOWN,
        },
        kind: EventKind::Impression,
        error_code: None,
        at: now,
    }
}
