//! Caps, identities and instants that no careful caller sends: a refusal or a right answer.

use super::*;
use crate::model::cap::COUNT_MAX;

#[test]
fn odd_caps_never_grant_too_much() {
    let by_user = |windows: &[CapWindow]| vec![cap(CapScope::User, windows)];
    let hour = CapSpan::Rolling(3_600);
    for (what, caps, granted) in [
        ("no caps", vec![], 2_000),
        ("no windows", by_user(&[]), 2_000),
        ("nothing allowed", by_user(&[window(0, hour)]), 0),
        (
            "nothing allowed in nothing",
            by_user(&[window(0, CapSpan::Rolling(0))]),
            0,
        ),
        (
            "one in no time",
            by_user(&[window(1, CapSpan::Rolling(0))]),
            2_000,
        ),
        (
            "one beside none",
            by_user(&[window(1, hour), window(0, hour)]),
            0,
        ),
        (
            "beyond the largest count",
            by_user(&[window(u16::MAX, hour)]),
            usize::from(COUNT_MAX),
        ),
        (
            "the longest span",
            by_user(&[window(2, CapSpan::Rolling(u32::MAX))]),
            2,
        ),
        (
            "a sitting of an account",
            by_user(&[window(2, CapSpan::Scope)]),
            2,
        ),
        (
            "one scope twice",
            [by_user(&[window(3, hour)]), by_user(&[window(2, hour)])].concat(),
            2,
        ),
        (
            "a pod alone",
            vec![cap(CapScope::Pod, &[window(1, CapSpan::Scope)])],
            2_000,
        ),
        (
            "a pod that allows nothing",
            vec![cap(CapScope::Pod, &[window(0, CapSpan::Scope)])],
            2_000,
        ),
        (
            "a small window last",
            by_user(&[window(900, hour), window(1, hour)]),
            1,
        ),
    ] {
        let store = CapStore::default();
        assert_eq!(exhaust(&store, &user(1), &caps, NOW), granted, "{what}");
    }
}

#[test]
fn nobody_is_never_no_cap() {
    let store = CapStore::default();
    let nobody = Identity::default();
    for scope in [
        CapScope::User,
        CapScope::Device,
        CapScope::Household,
        CapScope::Address,
        CapScope::Session,
    ] {
        let caps = [cap(scope, &[window(5, CapSpan::Rolling(60))])];
        let lost = reserve_one(&store, &nobody, &caps, NOW).unwrap_err();
        assert_eq!(lost.refusal.cause, RefusalCause::Unidentified);
        assert_eq!(lost.refusal.scope, scope);
        let exposures = store.exposures(&nobody);
        assert_eq!(
            exposures.allows(FIRST, &caps, &at(&store, NOW)),
            Err(lost.refusal)
        );
    }
    assert_eq!(store.figures(), CapFigures::default());
}

/// With limit-ad-tracking the device is absent: its cap counts by the session, apart from the
/// cap that counts by sessions anyway.
#[test]
fn a_fallback_counts_for_itself() {
    let store = CapStore::default();
    let limited = Identity {
        session: id(9),
        ..Identity::default()
    };
    let device = [cap(CapScope::Device, &[window(2, CapSpan::Rolling(60))])];
    let both = [
        device[0].clone(),
        cap(CapScope::Session, &[window(3, CapSpan::Scope)]),
    ];
    assert_eq!(exhaust(&store, &limited, &device, NOW), 2);
    let later = NOW.plus(Millis::from_seconds(100));
    assert_eq!(exhaust(&store, &limited, &both, later), 2);
    let lost = reserve_one(&store, &limited, &both, later).unwrap_err();
    assert_eq!(lost.refusal.scope, CapScope::Device);
    let cause = RefusalCause::Window {
        by: CapScope::Session,
        window: window(2, CapSpan::Rolling(60)),
    };
    assert_eq!(lost.refusal.cause, cause);
    let final_turn = NOW.plus(Millis::from_seconds(200));
    assert_eq!(
        exhaust(&store, &limited, &both, final_turn),
        1,
        "three in the sitting"
    );
    let mut strict = device;
    strict[0].fallback = CapFallback::Skip;
    let lost = reserve_one(&store, &limited, &strict, final_turn).unwrap_err();
    assert_eq!(lost.refusal.cause, RefusalCause::Unidentified);
}

#[test]
fn ids_beyond_the_largest_are_refused() {
    let store = CapStore::default();
    let caps = [rolling(5, 60)];
    for id in [SUBJECT_ID_MAX + 1, u32::MAX] {
        let subject = CapSubject::Campaign(CampaignId::new(id));
        let lost = store.reserve(&user(1), &[grant(subject, &caps)], &at(&store, NOW));
        assert_eq!(lost.unwrap_err().refusal.cause, RefusalCause::Uncountable);
        let uncapped = store.reserve(&user(1), &[grant(subject, &[])], &at(&store, NOW));
        assert_eq!(uncapped, Ok(Receipt::default()));
    }
}

#[test]
fn instants_at_the_ends_of_time_are_counted() {
    for now in [
        Timestamp::from_millis(-1),
        Timestamp::from_millis(0),
        Timestamp::from_millis(253_402_214_400_000),
        Timestamp::from_millis(i64::MAX),
    ] {
        let store = CapStore::default();
        for caps in [
            [rolling(3, u32::MAX)],
            [cap(
                CapScope::User,
                &[window(3, CapSpan::Calendar(CapPeriod::Month))],
            )],
        ] {
            let granted = exhaust(&store, &user(1), &caps, now);
            assert!(granted <= 3, "{granted} at {}", now.millis());
        }
        store.sweep(now, usize::MAX);
        assert!(store.figures().viewers <= 1);
    }
}

/// A log that holds the future makes time stand still, and never grants for it.
#[test]
fn a_stamp_from_the_future_counts() {
    let store = CapStore::default();
    let caps = [rolling(1, 60)];
    let ahead = CapStore::default();
    let future = NOW.plus(HOUR);
    let receipt = reserve_one(&ahead, &user(1), &caps, future).unwrap();
    for &change in receipt.changes() {
        store.replay(change);
    }
    assert_eq!(store.behind(NOW), HOUR);
    assert_eq!(exhaust(&store, &user(1), &caps, NOW), 0);
    assert_eq!(
        exhaust(&store, &user(1), &caps, future.plus(Millis(60_000))),
        1
    );
}
