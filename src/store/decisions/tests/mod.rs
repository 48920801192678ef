//! The log against what was written to it: whole, cut at every byte, refused, lost by a sync,
//! left in memory by a kill.

mod memory;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::record::{FRAME_MAX, Frame, TooLong, put_released, put_reserved, read_frame};
use super::segment::{MAGIC, list, path_of};
use super::*;
use crate::model::zone::Day;
use crate::model::{
    CampaignId, CreativeId, Millis, Nanos, OrderId, PriceModel, ServedAdId, TenantId, Timestamp,
};

const NOW: Timestamp = Timestamp::from_millis(1_772_323_200_000);
const HOLD: Millis = Millis::from_seconds(300);

fn reservation(ad: u64) -> Reservation {
    Reservation {
        ad: ServedAdId::new(ad),
        tenant: TenantId::new(1),
        campaign: CampaignId::new(2),
        order: None,
        creative: CreativeId::new(3),
        price_model: PriceModel::Cpm,
        charge: Nanos(24_000_000),
        day: Day {
            start: NOW,
            end: NOW.plus(Millis::from_seconds(86_400)),
        },
        expires: NOW.plus(HOLD),
    }
}

fn handout(ad: u64) -> Handout {
    Handout {
        at: NOW,
        ads: vec![reservation(ad)],
        caps: Vec::new(),
    }
}

fn capped(ad: u64) -> Handout {
    Handout {
        caps: vec![7; 26],
        ..handout(ad)
    }
}

fn release(ad: u64) -> Release {
    Release {
        until: NOW.plus(HOLD),
        ads: vec![ServedAdId::new(ad)],
        caps: Vec::new(),
    }
}

/// What a restart reads.
fn replay(folder: &Path) -> (Vec<Logged>, Replayed) {
    let mut records = Vec::new();
    let log = DecisionLog::open(folder, folder, 0).unwrap();
    let replayed = log.replay(&mut |logged| records.push(logged));
    (records, replayed.unwrap())
}

/// The files in which records wait for the disk.
fn parts(log: &DecisionLog) -> Vec<PathBuf> {
    let entries = fs::read_dir(log.memory()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut parts: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "part"))
        .collect();
    parts.sort();
    parts
}

/// The first ad that a record is about.
fn ad_of(logged: &Logged) -> u64 {
    let ad = match &logged.record {
        Record::Reserved(handout) => handout.ads[0].ad,
        Record::Released(release) => release.ads[0],
    };
    ad.get()
}

fn any_reservation(at: Timestamp) -> impl Strategy<Value = Reservation> {
    let ids = (any::<u64>(), any::<u32>(), any::<u32>(), any::<u32>());
    let day = move || {
        (-90_000_000..90_000_000_i64, 0..90_000_000_u64).prop_map(move |(start, length)| {
            let start = Timestamp::from_millis(at.millis() + start);
            let end = start.plus(Millis(length));
            Day { start, end }
        })
    };
    let order = proptest::option::of(((1_u32..).prop_map(OrderId::new), day()));
    let price = (0..PriceModel::ALL.len(), any::<i64>(), any::<u32>());
    (ids, order, day(), price).prop_map(move |(ids, order, day, price)| Reservation {
        ad: ServedAdId::new(ids.0),
        tenant: TenantId::new(ids.1),
        campaign: CampaignId::new(ids.2),
        order,
        creative: CreativeId::new(ids.3),
        price_model: PriceModel::ALL[price.0],
        charge: Nanos(price.1),
        day,
        expires: at.plus(Millis(u64::from(price.2))),
    })
}

fn any_handout() -> impl Strategy<Value = Handout> {
    let at = (0..1_i64 << 46).prop_map(Timestamp::from_millis);
    at.prop_flat_map(|at| {
        let ads = proptest::collection::vec(any_reservation(at), 0..20);
        (ads, any::<Vec<u8>>()).prop_map(move |(ads, caps)| Handout { at, ads, caps })
    })
}

proptest! {
    #[test]
    fn every_record_comes_back(
        handout in any_handout(), ads: Vec<u64>, caps: Vec<u8>, sequence: u64,
    ) {
        let mut bytes = Vec::new();
        put_reserved(&mut bytes, sequence, &handout).unwrap();
        let first = bytes.len();
        let release = Release {
            until: handout.at,
            ads: ads.into_iter().map(ServedAdId::new).collect(),
            caps,
        };
        put_released(&mut bytes, sequence, &release).unwrap();
        prop_assert_eq!(
            read_frame(&bytes),
            Frame::Record(sequence, Record::Reserved(handout), first)
        );
        prop_assert_eq!(
            read_frame(&bytes[first..]),
            Frame::Record(sequence, Record::Released(release), bytes.len() - first)
        );
    }

    #[test]
    fn bytes_of_anybody_are_read_without_harm(bytes: Vec<u8>) {
        read_frame(&bytes);
    }

    #[test]
    fn a_record_with_one_bit_turned_is_no_record(
        handout in any_handout(), place: prop::sample::Index, bit in 0..8_u8,
    ) {
        let mut bytes = Vec::new();
        put_reserved(&mut bytes, 1, &handout).unwrap();
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        prop_assert_eq!(read_frame(&bytes), Frame::Torn);
    }
}

#[test]
fn an_answer_is_27_bytes_and_49_for_each_ad() {
    let mut bytes = Vec::new();
    let mut pod = handout(1);
    put_reserved(&mut bytes, 1, &pod).unwrap();
    assert_eq!(bytes.len(), 27 + 49);
    pod.ads = vec![reservation(1); ADS_MAX];
    put_reserved(&mut bytes, 2, &pod).unwrap();
    pod.ads = vec![reservation(1); ADS_MAX + 1];
    assert_eq!(put_reserved(&mut bytes, 3, &pod), Err(TooLong));
    pod.ads.clear();
    pod.caps = vec![0; FRAME_MAX];
    assert_eq!(put_reserved(&mut bytes, 4, &pod), Err(TooLong));
}

#[test]
fn a_restart_reads_what_all_workers_wrote_and_no_worker_shares_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let log = DecisionLog::open(folder.path(), folder.path(), 0).unwrap();
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let log = log.clone();
            scope.spawn(move || {
                for ad in 0..100 {
                    log.reserved(&handout(worker * 1_000 + ad)).unwrap();
                }
                log.released(&release(worker * 1_000)).unwrap();
            });
        }
    });
    // Nothing was synced or closed, as if the process had been killed here.
    assert_eq!(list(folder.path()).unwrap(), [0_u64; 0]);
    assert_eq!(parts(&log).len(), 4);
    let (records, replayed) = replay(folder.path());
    assert_eq!((replayed.records, replayed.torn), (404, 0));
    assert_eq!((replayed.segments, replayed.from_memory), (1, 404));
    let mut sequences: Vec<_> = records.iter().map(|logged| logged.sequence).collect();
    for worker in 0..4 {
        let mut expected: Vec<_> = (0..100)
            .map(|ad| Record::Reserved(handout(worker * 1_000 + ad)))
            .collect();
        expected.push(Record::Released(release(worker * 1_000)));
        let of_worker = |logged: &&Logged| ad_of(logged) / 1_000 == worker;
        let found: Vec<_> = records.iter().filter(of_worker).collect();
        assert!(found.is_sorted_by_key(|logged| logged.sequence));
        let found: Vec<_> = found.iter().map(|logged| logged.record.clone()).collect();
        assert_eq!(found, expected);
    }
    sequences.sort_unstable();
    sequences.dedup();
    assert_eq!(sequences.len(), 404);
    let log = DecisionLog::open(folder.path(), folder.path(), 0).unwrap();
    log.reserved(&handout(7)).unwrap();
    let (after, _) = replay(folder.path());
    assert!(after.last().unwrap().sequence > *sequences.last().unwrap());
}

#[test]
fn what_was_cut_at_any_byte_is_read_up_to_the_last_whole_record() {
    let folder = tempfile::tempdir().unwrap();
    let log = DecisionLog::open(folder.path(), folder.path(), 0).unwrap();
    for handout in [handout(1), capped(2), handout(3)] {
        log.reserved(&handout).unwrap();
    }
    log.sync();
    let path = path_of(folder.path(), 1);
    let whole = fs::read(&path).unwrap();
    let ends = [8 + 76, 8 + 76 + 102, 8 + 76 + 102 + 76];
    assert_eq!(whole.len(), ends[2]);
    for cut in 0..=whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let (records, replayed) = replay(folder.path());
        let expected = ends.iter().filter(|&&end| end <= cut).count();
        assert_eq!(records.len(), expected, "cut at {cut}");
        let rest = fs::read(&path).unwrap();
        assert_eq!(rest.len() as u64, cut as u64 - replayed.torn);
        assert_eq!(replay(folder.path()).1.torn, 0, "the tail is cut off");
    }
}

#[test]
fn a_record_of_a_later_program_is_skipped_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = MAGIC.to_vec();
    put_reserved(&mut bytes, 1, &handout(1)).unwrap();
    let strange = [9_u8, 77, 1, 2, 3];
    bytes.extend(u32::try_from(strange.len()).unwrap().to_le_bytes());
    bytes.extend(record::crc(&strange).to_le_bytes());
    bytes.extend(strange);
    put_reserved(&mut bytes, 2, &handout(2)).unwrap();
    fs::write(path_of(folder.path(), 5), &bytes).unwrap();
    let (records, replayed) = replay(folder.path());
    assert_eq!((records.len(), replayed.unknown, replayed.torn), (2, 1, 0));
    let log = DecisionLog::open(folder.path(), folder.path(), 0).unwrap();
    log.reserved(&handout(3)).unwrap();
    log.sync();
    assert_eq!(list(folder.path()).unwrap(), [5, 6], "numbers go on");
    let log = DecisionLog::open(folder.path(), folder.path(), 9).unwrap();
    log.reserved(&handout(4)).unwrap();
    log.sync();
    // Snapshots may know of segments that are deleted since: their numbers never come again.
    assert_eq!(list(folder.path()).unwrap(), [5, 6, 9]);
}

#[test]
fn a_segment_goes_when_its_last_reservation_has_expired_and_its_caps_are_kept_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let log = DecisionLog::open(folder.path(), folder.path(), 0).unwrap();
    let expired = NOW.plus(HOLD).plus(Millis::from_seconds(61));
    log.reserved(&handout(1)).unwrap();
    assert_eq!(log.rotate(), 2);
    log.reserved(&capped(2)).unwrap();
    let after = log.rotate();
    assert_eq!(after, 3);
    log.reserved(&handout(3)).unwrap();
    log.sync();
    let left = || list(folder.path()).unwrap();
    log.tidy(NOW.plus(HOLD), after);
    assert_eq!(left(), [1, 2, 3]);
    log.tidy(expired, 2);
    assert_eq!(left(), [2, 3], "the second is needed for its caps");
    log.tidy(expired, after);
    assert_eq!(left(), [3], "the third is being written");
    drop(log);
    let log = DecisionLog::open(folder.path(), folder.path(), 0).unwrap();
    log.replay(&mut |_logged| {}).unwrap();
    log.tidy(expired, 4);
    assert_eq!(left(), [0_u64; 0], "an earlier process left it");
}

/// The first ads of all records of a restart.
fn ads(folder: &Path) -> Vec<u64> {
    replay(folder).0.iter().map(ad_of).collect()
}

#[test]
fn memory_that_takes_nothing_refuses_and_heals() {
    let folder = tempfile::tempdir().unwrap();
    let log = DecisionLog::open(folder.path(), folder.path(), 0).unwrap();
    fs::remove_dir_all(folder.path()).unwrap();
    assert_eq!(log.reserved(&handout(1)), Err(Refused));
    assert!(!log.is_open());
    fs::create_dir(folder.path()).unwrap();
    log.reserved(&handout(2)).unwrap();
    assert!(log.is_open());
    log.close();
    assert_eq!(ads(folder.path()), [2]);
    let figures = log.figures();
    assert_eq!((figures.written, figures.refused), (1, 1));
}

#[test]
fn what_the_disk_does_not_take_is_refused_until_all_of_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let memory = tempfile::tempdir().unwrap();
    let log = DecisionLog::open(folder.path(), memory.path(), 0).unwrap();
    log.reserved(&handout(1)).unwrap();
    log.sync();
    log.reserved(&handout(2)).unwrap();
    log.rotate();
    log.reserved(&handout(3)).unwrap();
    // The next segment cannot be made: something else has its name.
    let in_the_way = path_of(folder.path(), 2);
    fs::create_dir(&in_the_way).unwrap();
    log.sync();
    assert!(!log.is_open());
    assert_eq!(log.reserved(&handout(4)), Err(Refused));
    assert_eq!(
        parts(&log).len(),
        2,
        "nothing is let go of that does not stand"
    );
    fs::remove_dir(&in_the_way).unwrap();
    log.sync();
    assert!(log.is_open());
    assert_eq!(parts(&log).len(), 0);
    log.reserved(&handout(5)).unwrap();
    log.close();
    // The second stands in the first segment as well, though nobody knew whether it does.
    assert_eq!(ads(folder.path()), [1, 2, 2, 3, 5]);
    assert!(
        !list(folder.path()).unwrap().contains(&2),
        "never again under that number"
    );
}

mod traces {
    use super::*;
    use crate::model::DecisionId;
    use crate::store::decisions::{TraceLog, TraceSettings, Traced, Wanted};

    const KEEP: TraceSettings = TraceSettings {
        keep: Millis::from_seconds(86_400),
        bytes_max: 1 << 30,
    };

    fn traced(id: u64, at: Timestamp, bytes: usize) -> Traced {
        Traced {
            decision: DecisionId::new(id),
            at,
            trace: vec![u8::try_from(id % 251).unwrap(); bytes],
        }
    }

    #[test]
    fn a_trace_is_found_by_its_decision_also_after_a_kill() {
        let folder = tempfile::tempdir().unwrap();
        let log = TraceLog::open(folder.path(), KEEP).unwrap();
        // Several segments; neighbours change places, as decisions of several workers do.
        for id in 0..10_000_u64 {
            log.write(traced(10 * (id ^ 1), NOW.plus(Millis(id)), 1_000));
            if id % 1_000 == 0 {
                log.flush();
            }
        }
        log.flush();
        assert!(list(folder.path()).unwrap().len() >= 3);
        let after = TraceLog::open(folder.path(), KEEP).unwrap();
        after.write(traced(200_000, NOW, 10));
        for log in [&log, &after] {
            for id in (0..10_000).step_by(499) {
                let found = log.find(DecisionId::new(10 * id)).unwrap();
                assert_eq!(
                    found,
                    Some(traced(10 * id, NOW.plus(Millis(id ^ 1)), 1_000))
                );
            }
            for missing in [5, 99_995, 1 << 40] {
                assert_eq!(log.find(DecisionId::new(missing)).unwrap(), None);
            }
        }
        assert!(after.find(DecisionId::new(200_000)).unwrap().is_some());
        assert_eq!(log.figures().written, 10_000);
    }

    #[test]
    fn traces_go_when_their_time_is_over_or_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let settings = TraceSettings {
            keep: Millis::from_seconds(3_600),
            bytes_max: 9 << 20,
        };
        let log = TraceLog::open(folder.path(), settings).unwrap();
        let minute = Millis::from_seconds(60);
        let mut now = NOW;
        for id in 0..200 {
            log.write(traced(id, now, 1_000));
            log.tidy(now);
            now = now.plus(minute);
        }
        let oldest = |log: &TraceLog, now| {
            let mut oldest = u64::MAX;
            let all = log.recent(now, &mut |traced| {
                oldest = oldest.min(traced.decision.get());
                Wanted::More
            });
            all.unwrap();
            oldest
        };
        let kept = oldest(&log, NOW);
        assert!((120..140).contains(&kept), "an hour and a segment: {kept}");
        assert!(log.find(DecisionId::new(kept - 1)).unwrap().is_none());
        for id in 200..220 {
            log.write(traced(id, now, 1_000_000));
            log.flush();
        }
        log.tidy(now);
        let bytes: u64 = list(folder.path())
            .unwrap()
            .iter()
            .map(|&number| fs::metadata(path_of(folder.path(), number)).unwrap().len())
            .sum();
        assert!(bytes <= 9 << 20, "{bytes}");
        assert!(log.find(DecisionId::new(219)).unwrap().is_some());
    }

    #[test]
    fn the_newest_come_first_until_there_is_enough() {
        let folder = tempfile::tempdir().unwrap();
        let log = TraceLog::open(folder.path(), KEEP).unwrap();
        for id in 0..50 {
            log.write(traced(id, NOW.plus(Millis::from_seconds(60 * id)), 10));
        }
        let mut seen = Vec::new();
        let since = NOW.plus(Millis::from_seconds(60 * 20));
        log.recent(since, &mut |traced| {
            seen.push(traced.decision.get());
            if seen.len() < 15 {
                Wanted::More
            } else {
                Wanted::Enough
            }
        })
        .unwrap();
        assert_eq!(seen.len(), 15);
        assert!(
            seen.iter().all(|&id| id >= 20) && seen.contains(&49),
            "{seen:?}"
        );
    }

    #[test]
    fn a_disk_that_takes_nothing_loses_traces_and_counts_them() {
        let folder = tempfile::tempdir().unwrap();
        let log = TraceLog::open(folder.path(), KEEP).unwrap();
        fs::remove_dir(folder.path()).unwrap();
        log.write(traced(1, NOW, 10));
        log.flush();
        assert_eq!((log.figures().written, log.figures().lost), (0, 1));
        fs::create_dir(folder.path()).unwrap();
        log.write(traced(2, NOW, 10));
        assert!(log.find(DecisionId::new(2)).unwrap().is_some());
    }

    #[test]
    fn a_disk_that_stands_still_loses_traces_and_takes_no_more_memory() {
        let folder = tempfile::tempdir().unwrap();
        let log = TraceLog::open(folder.path(), KEEP).unwrap();
        for id in 0..10 {
            log.write(traced(id, NOW, 1 << 20));
        }
        assert_eq!((log.figures().written, log.figures().lost), (0, 2));
        log.flush();
        assert_eq!((log.figures().written, log.figures().lost), (8, 2));
        log.write(traced(10, NOW, 1 << 20));
        assert!(
            log.find(DecisionId::new(10)).unwrap().is_some(),
            "unflushed is found"
        );
    }
}
