//! What is dropped, when, and what is said of it.

use super::*;

#[test]
fn a_sweep_drops_what_matters_no_more_and_nothing_else() {
    let store = CapStore::default();
    let (short, long) = ([rolling(3, 3_600)], [rolling(3, 86_400)]);
    for key in 0..500 {
        reserve_one(&store, &user(key), &short, NOW).unwrap();
        reserve_one(&store, &user(1_000 + key), &long, NOW).unwrap();
    }
    assert_eq!(store.figures().viewers, 1_000);
    let swept = store.sweep(NOW.plus(Millis(HOUR.0 - 1)), usize::MAX);
    assert_eq!((swept.seen, swept.expired), (1_000, 0));
    // A bounded sweep goes on where the one before ended.
    let mut expired = 0;
    let mut turns = 0;
    while expired < 500 {
        let swept = store.sweep(NOW.plus(HOUR), 50);
        assert!(swept.seen < 100, "a shard has few of a thousand");
        (expired, turns) = (expired + swept.expired, turns + 1);
        assert!(turns <= 40);
    }
    assert_eq!(store.figures().viewers, 500);
    assert_eq!(exhaust(&store, &user(1_000), &long, NOW), 2);
    // The last were counted at the hour that the sweeps had reached.
    store.sweep(NOW.plus(Millis(27 * HOUR.0 + 1)), usize::MAX);
    assert_eq!(store.figures(), CapFigures::default());
}

#[test]
fn a_touch_drops_what_matters_no_more_of_the_viewer() {
    let store = CapStore::default();
    let caps = [rolling(3, 3_600)];
    for id in 0..10 {
        let subject = CapSubject::Campaign(CampaignId::new(id));
        let grants = [grant(subject, &caps)];
        let calendar = at(&store, NOW);
        store.reserve(&user(1), &grants, &calendar).unwrap();
    }
    reserve_one(&store, &user(1), &caps, NOW.plus(HOUR)).unwrap();
    let exposures = store.exposures(&user(1));
    assert_eq!(exposures.records(Place::User).unwrap().stamps(), 1);
}

#[test]
fn beyond_the_bound_the_longest_idle_go_and_are_counted() {
    let bytes_max = 256 * SHARDS * 8;
    let store = CapStore::new(bytes_max);
    let caps = [rolling(1, 86_400)];
    let viewers = 40_000_u64;
    for key in 0..viewers {
        let now = NOW.plus(Millis(key));
        reserve_one(&store, &user(key), &caps, now).unwrap();
    }
    let figures = store.figures();
    assert!(figures.bytes <= bytes_max, "{figures:?}");
    assert!(figures.bytes > bytes_max / 2, "{figures:?}");
    assert_eq!(figures.forgotten, viewers - figures.viewers as u64);
    // The latest are all there: nothing of theirs was granted twice.
    let now = NOW.plus(Millis(viewers));
    let recent = viewers - figures.viewers as u64 / 4;
    for key in recent..viewers {
        assert!(
            reserve_one(&store, &user(key), &caps, now).is_err(),
            "{key}"
        );
    }
    assert!(
        reserve_one(&store, &user(0), &caps, now).is_ok(),
        "forgotten"
    );
    // What matters no more goes first, and is not counted as forgotten.
    let store = CapStore::new(bytes_max);
    for key in 0..viewers {
        let now = NOW.plus(Millis(key * 3_600_000));
        reserve_one(&store, &user(key), &[rolling(1, 60)], now).unwrap();
    }
    assert_eq!(store.figures().forgotten, 0);
}

#[test]
fn a_store_without_room_still_counts_one_viewer_at_a_time() {
    let store = CapStore::new(0);
    let caps = [rolling(2, 60)];
    assert_eq!(exhaust(&store, &user(1), &caps, NOW), 2);
    assert_eq!(exhaust(&store, &user(1), &caps, NOW), 0);
}

#[test]
fn one_viewer_is_bounded() {
    let store = CapStore::default();
    let caps = [rolling(1_000, 86_400)];
    let mut granted = 0;
    for id in 0..60 {
        let subject = CapSubject::Campaign(CampaignId::new(id));
        let grants = vec![grant(subject, &caps); 1_000];
        match store.reserve(&user(1), &grants, &at(&store, NOW)) {
            Ok(_receipt) => granted += 1_000,
            Err(loser) => {
                assert_eq!(loser.refusal.cause, RefusalCause::Uncountable);
                break;
            }
        }
    }
    assert_eq!(granted, 43_000);
}
