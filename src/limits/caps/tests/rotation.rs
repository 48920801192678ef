//! Identities whose hashing key has changed.

use super::*;

fn rotated(key: u64, before: u64) -> Identity {
    Identity {
        user: Some(Identified {
            key: ViewerKey(key),
            before: Some(ViewerKey(before)),
        }),
        ..Identity::default()
    }
}

#[test]
fn what_was_seen_under_the_key_before_counts_under_the_key_of_now() {
    let store = CapStore::default();
    let caps = [rolling(3, 3_600)];
    let early = reserve_one(&store, &user(1), &caps, NOW).unwrap();
    let calendar = at(&store, NOW);
    let seen = store.exposures(&rotated(2, 1));
    assert_eq!(
        seen.room(FIRST, &caps, &calendar),
        Ok(2),
        "also before anything moved"
    );
    reserve_one(&store, &rotated(2, 1), &caps, NOW).unwrap();
    assert_eq!(
        store.exposures(&user(2)).room(FIRST, &caps, &calendar),
        Ok(1)
    );
    // Who still asks by the key before is led on, and what was reserved by it can be taken back.
    assert_eq!(
        store.exposures(&user(1)).room(FIRST, &caps, &calendar),
        Ok(1)
    );
    assert_eq!(store.release(early.of_ad(0)).len(), 1);
    assert_eq!(exhaust(&store, &user(1), &caps, NOW), 2);
    assert_eq!(exhaust(&store, &rotated(2, 1), &caps, NOW), 0);
    assert_eq!(
        exhaust(&store, &rotated(3, 2), &caps, NOW),
        0,
        "and once more"
    );
    assert_eq!(exhaust(&store, &user(1), &caps, NOW), 0);
}

#[test]
fn what_is_left_behind_by_a_move_goes_after_an_hour() {
    let store = CapStore::default();
    let caps = [rolling(3, 86_400)];
    reserve_one(&store, &user(1), &caps, NOW).unwrap();
    reserve_one(&store, &rotated(2, 1), &caps, NOW).unwrap();
    assert_eq!(store.figures().viewers, 2);
    store.sweep(NOW.plus(HOUR), usize::MAX);
    assert_eq!(store.figures().viewers, 1);
    assert_eq!(exhaust(&store, &user(2), &caps, NOW), 1);
}

/// Keys that lead to themselves, to one another, or that two identities share.
#[test]
fn mixed_up_keys_count_once_and_end() {
    let caps = [
        cap(CapScope::User, &[window(3, CapSpan::Rolling(3_600))]),
        cap(CapScope::Device, &[window(3, CapSpan::Rolling(3_600))]),
    ];
    for [user, user_before, device, device_before] in [
        [1, 1, 1, 1],
        [1, 2, 2, 1],
        [1, 2, 1, 2],
        [1, 2, 3, 2],
        [1, 2, 2, 3],
    ] {
        let identified = |key, before| {
            Some(Identified {
                key: ViewerKey(key),
                before: Some(ViewerKey(before)),
            })
        };
        let identity = Identity {
            user: identified(user, user_before),
            device: identified(device, device_before),
            ..Identity::default()
        };
        let store = CapStore::default();
        for key in 1..=3 {
            let identity = super::user(key);
            reserve_one(&store, &identity, &caps[..1], NOW).unwrap();
        }
        let granted = exhaust(&store, &identity, &caps, NOW);
        assert!(
            (1..=2).contains(&granted),
            "{user} {user_before}: {granted}"
        );
    }
}

#[test]
fn threads_on_both_keys_never_pass_the_cap_together() {
    for run in 0..20 {
        let store = CapStore::default();
        let caps = [rolling(8, 3_600)];
        reserve_one(&store, &user(1), &caps, NOW).unwrap();
        let granted = AtomicUsize::new(1);
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let (store, caps, granted) = (&store, &caps, &granted);
                scope.spawn(move || {
                    let identity = if thread % 2 == 0 {
                        user(1)
                    } else {
                        rotated(2, 1)
                    };
                    for _ in 0..20 {
                        let won = reserve_one(store, &identity, caps, NOW).is_ok();
                        granted.fetch_add(usize::from(won), Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(granted.into_inner(), 8, "run {run}");
    }
}
