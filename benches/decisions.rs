//! What it costs to write down an ad before it is handed out, against the bare system call.
//!
//! Run with `cargo bench --bench decisions`. The files are in the temporary directory; `TMPDIR`
//! names another disk.

use std::fs::File;
use std::os::unix::fs::FileExt as _;

use adserve::model::zone::Day;
use adserve::model::{
    CampaignId, CreativeId, Millis, Nanos, PriceModel, ServedAdId, TenantId, Timestamp,
};
use adserve::store::decisions::{DecisionLog, Handout, Reservation};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const FITS: &str = "below what may wait for a sync";
/// What one exposure under a cap takes.
const CHANGE_BYTES: usize = 26;
/// Ads of one pod.
const POD: u64 = 4;

fn main() {
    divan::main();
}

fn handout(ads: u64, caps: usize) -> Handout {
    let reservation = |ad| Reservation {
        ad: ServedAdId::new(ad),
        tenant: TenantId::new(1),
        campaign: CampaignId::new(1),
        order: None,
        creative: CreativeId::new(1),
        price_model: PriceModel::Cpm,
        charge: Nanos(24_000_000),
        day: Day {
            start: NOW,
            end: NOW.plus(Millis::from_seconds(86_400)),
        },
        expires: NOW.plus(Millis::from_seconds(300)),
    };
    Handout {
        at: NOW,
        ads: (0..ads).map(reservation).collect(),
        caps: vec![7; caps * CHANGE_BYTES],
    }
}

fn log() -> (tempfile::TempDir, DecisionLog) {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let log = DecisionLog::open(folder.path(), folder.path(), 0).expect("an empty folder");
    (folder, log)
}

/// The floor: as many bytes as an ad without caps, and nothing else.
#[divan::bench(threads = [1, 2], sample_count = 100, sample_size = 1_000)]
fn bare_write(bencher: Bencher<'_, '_>) {
    let bytes = [7; 76];
    let place = std::sync::atomic::AtomicU64::new(0);
    let folder = tempfile::tempdir().expect("a temporary directory");
    thread_local! {
        static FILE: std::cell::OnceCell<File> = const { std::cell::OnceCell::new() };
    }
    bencher.counter(ItemsCount::new(1_u64)).bench(|| {
        FILE.with(|file| {
            let file = file.get_or_init(|| {
                let thread = format!("{:?}", std::thread::current().id());
                File::create(folder.path().join(thread)).expect("a new file")
            });
            let at = place.fetch_add(76, std::sync::atomic::Ordering::Relaxed) % (16 << 20);
            file.write_all_at(black_box(&bytes), at)
        })
    });
}

#[divan::bench(threads = [1, 2], sample_count = 100, sample_size = 1_000)]
fn one_ad(bencher: Bencher<'_, '_>) {
    let (_folder, log) = log();
    let handout = handout(1, 0);
    bencher.counter(ItemsCount::new(1_u64)).bench(|| {
        let written = log.reserved(black_box(&handout));
        written.expect(FITS);
    });
}

#[divan::bench(threads = [1, 2], sample_count = 100, sample_size = 1_000)]
fn a_pod_of_four_with_two_caps_each(bencher: Bencher<'_, '_>) {
    let (_folder, log) = log();
    let handout = handout(POD, 8);
    bencher.counter(ItemsCount::new(1_u64)).bench(|| {
        let written = log.reserved(black_box(&handout));
        written.expect(FITS);
    });
}
