//! The store against a keep-everything oracle, many threads, restarts, and bad input.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::decision::caps::{
    Calendar, CapCounter, CapSubject, Place, Refusal, RefusalCause, SITTING, SUBJECT_ID_MAX,
    counted_by,
};
use crate::model::viewer::Identified;
use crate::model::{
    CampaignId, Cap, CapFallback, CapPeriod, CapScope, CapSpan, CapWindow, CreativeId, OrderId,
    Zone,
};

const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);
const HOUR: Millis = Millis(3_600_000);
const FIRST: CapSubject = CapSubject::Campaign(CampaignId::new(1));

/// Dice for tests: `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    fn index(&mut self, bound: usize) -> usize {
        usize::try_from(self.below(bound as u64)).unwrap()
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.index(list.len())]
    }
}

#[expect(clippy::unnecessary_wraps, reason = "as an identity holds it")]
fn id(key: u64) -> Option<Identified> {
    Some(Identified {
        key: ViewerKey(key),
        before: None,
    })
}

fn user(key: u64) -> Identity {
    Identity {
        user: id(key),
        ..Identity::default()
    }
}

fn window(max: u16, span: CapSpan) -> CapWindow {
    CapWindow { max, span }
}

fn cap(scope: CapScope, windows: &[CapWindow]) -> Cap {
    Cap {
        scope,
        windows: windows.to_vec(),
        fallback: CapFallback::Next,
    }
}

fn rolling(max: u16, seconds: u32) -> Cap {
    cap(CapScope::User, &[window(max, CapSpan::Rolling(seconds))])
}

fn grant(subject: CapSubject, caps: &[Cap]) -> Grant<'_> {
    Grant {
        ad: 0,
        subject,
        caps,
    }
}

/// The calendar of the store at `now`, in UTC.
fn at(store: &CapStore, now: Timestamp) -> Calendar {
    Calendar::of(store.instant(now), &Zone::UTC)
}

fn reserve_one(
    store: &CapStore,
    identity: &Identity,
    caps: &[Cap],
    now: Timestamp,
) -> Result<Receipt, Loser> {
    store.reserve(identity, &[grant(FIRST, caps)], &at(store, now))
}

/// How many a viewer gets at `now` before the caps end it.
fn exhaust(store: &CapStore, identity: &Identity, caps: &[Cap], now: Timestamp) -> usize {
    (0..2_000)
        .take_while(|_| reserve_one(store, identity, caps, now).is_ok())
        .count()
}

mod bad_input;
mod memory;
mod oracle;
mod restart;
mod rotation;
mod threads;

#[test]
fn a_window_opens_when_its_span_has_passed() {
    let store = CapStore::default();
    let caps = [rolling(2, 60)];
    assert_eq!(exhaust(&store, &user(1), &caps, NOW), 2);
    // The second of one millisecond counts as a millisecond later.
    assert_eq!(
        exhaust(&store, &user(1), &caps, NOW.plus(Millis(59_999))),
        0
    );
    assert_eq!(
        exhaust(&store, &user(1), &caps, NOW.plus(Millis(60_000))),
        1
    );
    assert_eq!(
        exhaust(&store, &user(1), &caps, NOW.plus(Millis(60_001))),
        1
    );
    assert_eq!(exhaust(&store, &user(2), &caps, NOW), 2);
}

#[test]
fn all_windows_of_a_cap_bind() {
    let store = CapStore::default();
    let caps = [cap(
        CapScope::User,
        &[
            window(3, CapSpan::Rolling(3_600)),
            window(5, CapSpan::Rolling(86_400)),
            window(6, CapSpan::Calendar(CapPeriod::Month)),
        ],
    )];
    // 2026-09-21, with days left in the month.
    let mut counts = Vec::new();
    for hour in [0, 1, 2, 24, 25, 26, 24 * 12] {
        let now = NOW.plus(Millis(hour * (HOUR.0 + 10)));
        counts.push(exhaust(&store, &user(1), &caps, now));
    }
    assert_eq!(counts, [3, 2, 0, 1, 0, 0, 3]);
}

#[test]
fn a_reservation_counts_every_ad_or_none() {
    let store = CapStore::default();
    let (two, one) = ([rolling(2, 60)], [rolling(1, 60)]);
    let second = CapSubject::Creative(CreativeId::new(1));
    let grants = [grant(FIRST, &two), grant(FIRST, &two), grant(second, &one)];
    let full = [&grants[..], &[grant(second, &one)]].concat();
    let calendar = at(&store, NOW);
    let lost = store.reserve(&user(1), &full, &calendar).unwrap_err();
    assert_eq!((lost.grant, lost.refusal.subject), (3, second));
    assert_eq!(store.figures().viewers, 0, "nothing was counted");
    let receipt = store.reserve(&user(1), &grants, &calendar).unwrap();
    assert_eq!(receipt.changes().len(), 3);
    let exposures = store.exposures(&user(1));
    assert!(exposures.allows(FIRST, &two, &calendar).is_err());
    assert!(exposures.allows(second, &one, &calendar).is_err());
}

#[test]
fn a_release_takes_back_its_own_instants_only() {
    let store = CapStore::default();
    let caps = [rolling(3, 60)];
    let mut receipts: Vec<_> = (0..3_u64)
        .map(|second| {
            let now = NOW.plus(Millis::from_seconds(second * 10));
            reserve_one(&store, &user(1), &caps, now).unwrap()
        })
        .collect();
    let middle = receipts.remove(1);
    assert_eq!(store.release(middle.of_ad(0)).len(), 1);
    assert_eq!(store.release(middle.of_ad(0)).len(), 0, "only once");
    let later = NOW.plus(Millis::from_seconds(30));
    assert_eq!(exhaust(&store, &user(1), &caps, later), 1);
    // The first leaves its window at 60, the third at 80: both are where they were.
    let counts = [59, 60, 79, 80].map(|second| {
        exhaust(
            &store,
            &user(1),
            &caps,
            NOW.plus(Millis::from_seconds(second)),
        )
    });
    assert_eq!(counts, [0, 1, 0, 1]);
}

#[test]
fn what_one_ad_of_a_pod_counted_can_be_taken_back_alone() {
    let store = CapStore::default();
    let caps = [rolling(2, 60)];
    let order = CapSubject::Order(OrderId::new(1));
    let ads = [(0, FIRST), (0, order), (1, FIRST), (1, order)];
    let grants = ads.map(|(ad, subject)| Grant {
        ad,
        subject,
        caps: &caps,
    });
    let receipt = store.reserve(&user(1), &grants, &at(&store, NOW)).unwrap();
    assert_eq!(store.release(receipt.of_ad(1)).len(), 2);
    let exposures = store.exposures(&user(1));
    for subject in [FIRST, order] {
        assert_eq!(exposures.room(subject, &caps, &at(&store, NOW)), Ok(1));
    }
}

#[test]
fn a_clock_that_is_set_back_neither_grants_nor_locks_out() {
    let store = CapStore::default();
    let caps = [rolling(1, 3_600)];
    let receipt = reserve_one(&store, &user(1), &caps, NOW).unwrap();
    let later = NOW.plus(HOUR);
    let second = reserve_one(&store, &user(1), &caps, later).unwrap();
    store.release(second.of_ad(0));
    // What was dropped at the later instant would be in the window of an earlier one.
    let back = NOW.plus(Millis(1));
    assert_eq!(store.behind(back), Millis(HOUR.0 - 1));
    let third = reserve_one(&store, &user(1), &caps, back).unwrap();
    assert_eq!(third.changes().len(), receipt.changes().len());
    let CapChange::Granted { at, .. } = third.changes()[0] else {
        panic!("a grant");
    };
    assert_eq!(at, later, "time stands still until the clock has caught up");
    assert_eq!(
        exhaust(&store, &user(1), &caps, later.plus(Millis(HOUR.0 - 1))),
        0
    );
    assert_eq!(exhaust(&store, &user(1), &caps, later.plus(HOUR)), 1);
}
