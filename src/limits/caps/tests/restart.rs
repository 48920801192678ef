//! Snapshots and replay: what survives a kill, in whatever order the pieces were written.

use super::*;
use crate::limits::caps::CHANGE_BYTES_MAX;

fn restart(snapshots: &[Vec<u8>], log: &[u8]) -> CapStore {
    let store = CapStore::default();
    for snapshot in snapshots {
        store.load(snapshot).unwrap();
    }
    let mut rest = log;
    while let Some(change) = CapChange::read(&mut rest) {
        store.replay(change);
    }
    assert!(rest.is_empty(), "the log is whole");
    store
}

fn write(log: &mut Vec<u8>, changes: &[CapChange]) {
    for change in changes {
        let start = log.len();
        change.write(log);
        assert!(log.len() - start <= CHANGE_BYTES_MAX);
        let mut written = &log[start..];
        assert_eq!(CapChange::read(&mut written), Some(*change));
        assert!(written.is_empty());
        assert_eq!(
            CapChange::read(&mut &log[start..log.len() - 1]),
            None,
            "cut short"
        );
    }
}

/// What a viewer may still be shown, subject by subject.
fn rooms(store: &CapStore, viewers: &[Identity], caps: &[Cap], now: Timestamp) -> Vec<u16> {
    let calendar = at(store, now);
    let subjects = (0..4).map(|id| CapSubject::Campaign(CampaignId::new(id)));
    let pairs = subjects.flat_map(|subject| viewers.iter().map(move |viewer| (subject, viewer)));
    pairs
        .map(|(subject, viewer)| {
            let exposures = store.exposures(viewer);
            exposures.room(subject, caps, &calendar).unwrap_or(0)
        })
        .collect()
}

/// Five viewers whose keys change once, and everything that a daemon would keep of them.
struct Run {
    store: CapStore,
    caps: [Cap; 1],
    now: Timestamp,
    log: Vec<u8>,
    /// Where the log may be replayed from: before the first snapshot.
    starts: Vec<usize>,
    snapshots: Vec<Vec<u8>>,
}

const STEPS: usize = 600;

fn viewer(raw: u64, step: usize) -> Identity {
    let epoch = u64::from(step > 350);
    let key = |epoch| ViewerKey(raw * 7_919 + epoch);
    Identity {
        user: Some(Identified {
            key: key(epoch),
            before: (epoch > 0).then(|| key(epoch - 1)),
        }),
        ..Identity::default()
    }
}

impl Run {
    /// Reservations and releases go on while the shards are snapshot one by one, out of order,
    /// before and after the keys change.
    fn new(dice: &mut Dice) -> Self {
        let windows = [
            window(4, CapSpan::Rolling(600)),
            window(9, CapSpan::Rolling(86_400)),
        ];
        let mut run = Self {
            store: CapStore::default(),
            caps: [cap(CapScope::User, &windows)],
            now: NOW,
            log: Vec::new(),
            starts: vec![0],
            snapshots: Vec::new(),
        };
        let mut open = Vec::new();
        for step in 0..STEPS {
            run.now = run.now.plus(Millis(dice.below(20_000)));
            open.extend(run.reserve(dice, step));
            if dice.below(4) == 0 && !open.is_empty() {
                let receipt: Receipt = open.swap_remove(dice.index(open.len()));
                write(&mut run.log, &run.store.release(receipt.of_ad(0)));
            }
            open.retain(|_| dice.below(20) > 0);
            if step < 300 {
                run.starts.push(run.log.len());
            } else if step < 400 {
                let due = (0..SHARDS).filter(|shard| shard * 37 % 100 == step - 300);
                let taken = due.map(|shard| run.store.snapshot(shard).unwrap());
                run.snapshots.extend(taken);
            }
        }
        assert_eq!(run.snapshots.len(), SHARDS);
        run
    }

    fn reserve(&mut self, dice: &mut Dice, step: usize) -> Option<Receipt> {
        let id = u32::try_from(dice.below(4)).unwrap();
        let subject = CapSubject::Campaign(CampaignId::new(id));
        let grants = vec![grant(subject, &self.caps); 1 + dice.index(2)];
        let calendar = at(&self.store, self.now);
        let viewer = viewer(dice.below(5), step);
        let receipt = self.store.reserve(&viewer, &grants, &calendar).ok()?;
        write(&mut self.log, receipt.changes());
        Some(receipt)
    }
}

/// From snapshots and the log since the first of them, or from any earlier part of it, or twice,
/// or from the whole log alone, comes back what was there.
#[test]
fn snapshots_taken_at_any_time_and_the_log_give_everything_back() {
    for seed in 0..40 {
        let mut dice = Dice(seed);
        let run = Run::new(&mut dice);
        let viewers: Vec<_> = (0..5).map(|raw| viewer(raw, STEPS)).collect();
        let rooms = |store: &CapStore| rooms(store, &viewers, &run.caps, run.now);
        let expected = rooms(&run.store);
        let latest = *run.starts.last().unwrap();
        for start in [0, dice.pick(&run.starts), latest] {
            let restarted = restart(&run.snapshots, &run.log[start..]);
            assert_eq!(rooms(&restarted), expected, "seed {seed} from {start}");
        }
        let twice = [&run.log[latest..], &run.log[latest..]].concat();
        let restarted = restart(&run.snapshots, &twice);
        assert_eq!(rooms(&restarted), expected, "seed {seed}, twice");
        assert_eq!(
            rooms(&restart(&[], &run.log)),
            expected,
            "seed {seed}, log alone"
        );
    }
}

#[test]
fn a_grant_that_the_snapshot_has_is_not_counted_again() {
    let store = CapStore::default();
    let caps = [rolling(5, 3_600)];
    let receipt = store
        .reserve(&user(1), &[grant(FIRST, &caps); 3], &at(&store, NOW))
        .unwrap();
    let snapshots: Vec<_> = (0..SHARDS)
        .map(|shard| store.snapshot(shard).unwrap())
        .collect();
    let mut log = Vec::new();
    write(&mut log, receipt.changes());
    write(&mut log, receipt.changes());
    let restarted = restart(&snapshots, &log);
    assert_eq!(restarted.figures(), store.figures());
    assert_eq!(exhaust(&restarted, &user(1), &caps, NOW), 2);
}

#[test]
fn the_time_that_was_reached_survives() {
    let store = CapStore::default();
    reserve_one(&store, &user(1), &[rolling(5, 3_600)], NOW).unwrap();
    let restarted = restart(&[store.snapshot(0).unwrap()], &[]);
    assert_eq!(restarted.instant(NOW.minus(HOUR)), NOW);
}

#[test]
fn damaged_snapshots_are_refused_whole() {
    let store = CapStore::default();
    let receipt = reserve_one(&store, &user(1), &[rolling(5, 3_600)], NOW).unwrap();
    let CapChange::Granted { viewer, .. } = receipt.changes()[0] else {
        panic!("a grant");
    };
    let good = store.snapshot(shard_of(viewer)).unwrap();
    assert_eq!(CapStore::default().load(&good), Ok(1));
    assert_eq!(store.snapshot(SHARDS), None);
    for place in 0..good.len() {
        let mut bad = good.clone();
        bad[place] ^= 1;
        let loaded = CapStore::default();
        let expected = match place {
            0 => LoadError::Version(0),
            _ => LoadError::Checksum,
        };
        assert_eq!(loaded.load(&bad), Err(expected), "bit of byte {place}");
        assert_eq!(loaded.figures(), CapFigures::default());
    }
    for len in 0..good.len() {
        assert!(
            CapStore::default().load(&good[..len]).is_err(),
            "cut to {len}"
        );
    }
    // A right checksum over what was never written.
    for body in [
        vec![0; 11],
        [vec![0; 8], vec![1, 0, 0, 0]].concat(),
        [&[0; 8][..], &[1, 0, 0, 0], &[0; 8], &[6, 0, 0, 0], &[9; 6]].concat(),
        [&good[5..], &[0]].concat(),
    ] {
        let mut bytes = vec![1];
        bytes.extend(persist::crc(&body).to_le_bytes());
        bytes.extend(body);
        assert_eq!(CapStore::default().load(&bytes), Err(LoadError::Malformed));
    }
}
