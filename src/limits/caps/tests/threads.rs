//! Many threads at once.

use super::*;

#[test]
fn a_cap_of_five_under_64_threads_grants_exactly_five() {
    for run in 0..5 {
        let store = CapStore::default();
        let caps = [rolling(5, 3_600)];
        let granted = AtomicUsize::new(0);
        let start = Barrier::new(64);
        std::thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    start.wait();
                    for turn in 0..157 {
                        let now = NOW.plus(Millis(turn));
                        let won = reserve_one(&store, &user(7), &caps, now).is_ok();
                        granted.fetch_add(usize::from(won), Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(granted.into_inner(), 5, "run {run}");
    }
}

/// Threads reserve pods that need two identities and three subjects each, give some back, and
/// sweep: at the end what is counted is what was granted and not given back.
#[test]
fn what_threads_reserve_and_release_adds_up() {
    let store = CapStore::default();
    let caps = [
        cap(CapScope::User, &[window(40, CapSpan::Rolling(3_600))]),
        cap(CapScope::Household, &[window(70, CapSpan::Rolling(3_600))]),
    ];
    let kept = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for thread in 0..16 {
            let (store, caps, kept) = (&store, &caps, &kept);
            scope.spawn(move || {
                let mut dice = Dice(thread);
                for _ in 0..400 {
                    let identity = Identity {
                        user: id(dice.below(4)),
                        household: id(100 + dice.below(2)),
                        ..Identity::default()
                    };
                    let grants = [grant(FIRST, caps), grant(FIRST, caps)];
                    let won = store.reserve(&identity, &grants, &at(store, NOW));
                    if let Ok(receipt) = won {
                        if dice.below(2) == 0 {
                            assert_eq!(store.release(receipt.of_ad(0)).len(), 4);
                        } else {
                            kept.fetch_add(2, Ordering::Relaxed);
                        }
                    }
                    store.sweep(NOW, 10);
                }
            });
        }
    });
    let count = |identity: &Identity| -> usize {
        let exposures = store.exposures(identity);
        let places = PLACES.into_iter();
        places
            .filter_map(|place| Some(exposures.records(place)?.stamps()))
            .sum()
    };
    let households = [100, 101].map(|household| {
        count(&Identity {
            household: id(household),
            ..Identity::default()
        })
    });
    let users: usize = (0..4).map(|key| count(&user(key))).sum();
    assert_eq!(users, kept.load(Ordering::Relaxed));
    assert_eq!(households.iter().sum::<usize>(), users);
    assert!(households.iter().all(|&count| count <= 70));
    assert!(users > 0);
}
