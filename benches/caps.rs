//! What frequency caps cost one decision, and what they keep in memory.
//!
//! Run with `cargo bench --bench caps`. Three million viewers, of each eleven impressions under
//! four or five of 500 campaigns' caps, are in memory, and every decision is for a random one of
//! them, so that nothing is in the processor's cache. `ADSERVE_BENCH_VIEWERS` sets another number.

use std::cell::RefCell;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use adserve::decision::caps::{Calendar, CapSubject, Exposures};
use adserve::limits::caps::{CapStore, Grant};
use adserve::model::viewer::Identified;
use adserve::model::{
    CampaignId, Cap, CapFallback, CapPeriod, CapScope, CapSpan, CapWindow, Identity, Millis,
    Timestamp, ViewerKey, Zone,
};
use divan::Bencher;

/// The allocator of the daemon: what it rounds up is part of the figure.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const START: Timestamp = Timestamp::from_millis(1_790_000_000_000);
const CAMPAIGNS: u64 = 500;
const CHECKS: usize = 20;
const PODS: usize = 4;

struct World {
    store: CapStore,
    caps: Vec<Cap>,
    viewers: u64,
    dice: AtomicU64,
}

thread_local! {
    /// Used again by every decision of a thread.
    static EXPOSURES: RefCell<Exposures> = RefCell::default();
}

static WORLD: LazyLock<World> = LazyLock::new(World::fill);

fn main() {
    divan::main();
}

/// The finaliser of `SplitMix64`.
fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn campaign(number: u64) -> CapSubject {
    let id = u32::try_from(number % CAMPAIGNS).expect("below 500");
    CapSubject::Campaign(CampaignId::new(id))
}

fn viewer(number: u64) -> Identity {
    let key = ViewerKey(mix(number));
    let before = None;
    Identity {
        user: Some(Identified { key, before }),
        ..Identity::default()
    }
}

fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0_u64) * 4_096
}

#[expect(clippy::print_stdout, reason = "the figures are what the bench is for")]
impl World {
    fn fill() -> Self {
        let viewers = std::env::var("ADSERVE_BENCH_VIEWERS").ok();
        let viewers = viewers
            .and_then(|text| text.parse().ok())
            .unwrap_or(3_000_000);
        let windows = [
            (3, CapSpan::Rolling(3_600)),
            (5, CapSpan::Calendar(CapPeriod::Day)),
            (10, CapSpan::Rolling(7 * 86_400)),
        ];
        let cap = Cap {
            scope: CapScope::User,
            windows: windows.map(|(max, span)| CapWindow { max, span }).to_vec(),
            fallback: CapFallback::Next,
        };
        let world = Self {
            store: CapStore::new(1 << 34),
            caps: vec![cap],
            viewers,
            dice: AtomicU64::new(1),
        };
        let before = resident_bytes();
        // One after the other through all viewers, as traffic comes, not all of one at once.
        for impression in 0..11_u64 {
            let now = START.plus(Millis::from_seconds(impression * 4_000));
            let calendar = Calendar::of(now, &Zone::UTC);
            for number in 0..viewers {
                // Four campaigns for every second viewer, five for the others.
                let subject = campaign(mix(number) + impression % (4 + number % 2));
                let granted =
                    world
                        .store
                        .reserve(&viewer(number), &[world.grant(subject)], &calendar);
                assert!(granted.is_ok(), "the caps have room for eleven");
            }
        }
        let resident = resident_bytes() - before;
        let figures = world.store.figures();
        println!(
            "{viewers} viewers of 11 impressions: {} bytes each resident, {} estimated",
            resident / viewers,
            figures.bytes as u64 / viewers
        );
        assert!(resident / viewers <= 160, "the bound of the design");
        world
    }

    fn grant(&self, subject: CapSubject) -> Grant<'_> {
        Grant {
            ad: 0,
            subject,
            caps: &self.caps,
        }
    }

    /// A random viewer, at an instant when the viewer's windows of an hour have passed.
    fn next(&self) -> (Identity, u64, Calendar) {
        let seed = mix(self.dice.fetch_add(1, Ordering::Relaxed));
        let now = START.plus(Millis::from_seconds(
            50_000 + self.dice.load(Ordering::Relaxed) / 1_000,
        ));
        let calendar = Calendar::of(now, &Zone::UTC);
        (viewer(seed % self.viewers), seed, calendar)
    }

    /// One pod: twenty candidates checked, four of those allowed reserved together.
    fn decide(
        &self,
        (identity, seed, calendar): &(Identity, u64, Calendar),
        exposures: &mut Exposures,
    ) -> usize {
        self.store.copy_exposures(identity, exposures);
        let mut grants = [self.grant(campaign(0)); PODS];
        let mut allowed = 0;
        for candidate in 0..CHECKS as u64 {
            // Every fifth is one that the viewer may have seen.
            let subject = campaign(seed.wrapping_add(candidate * 101));
            if exposures.allows(subject, &self.caps, calendar).is_ok() {
                if let Some(slot) = grants.get_mut(allowed) {
                    *slot = self.grant(subject);
                }
                allowed += 1;
            }
        }
        let grants = &grants[..allowed.min(PODS)];
        self.store
            .reserve(identity, grants, calendar)
            .map_or(0, |receipt| receipt.changes().len())
    }
}

#[divan::bench(sample_size = 2_000, sample_count = 100)]
fn exposures_of_one_viewer(bencher: Bencher<'_, '_>) {
    let world = &*WORLD;
    let mut exposures = Exposures::default();
    bencher
        .with_inputs(|| world.next())
        .bench_local_refs(|(identity, _seed, _calendar)| {
            world.store.copy_exposures(identity, &mut exposures);
        });
}

#[divan::bench(threads = [1, 2], sample_size = 2_000, sample_count = 100)]
fn twenty_checks_and_four_reserves(bencher: Bencher<'_, '_>) {
    let world = &*WORLD;
    bencher
        .with_inputs(|| world.next())
        .bench_refs(|asked| EXPOSURES.with_borrow_mut(|exposures| world.decide(asked, exposures)));
}

#[divan::bench]
fn calendar_of_a_zone(bencher: Bencher<'_, '_>) {
    let zone: Zone = "America/New_York".parse().expect("a zone");
    bencher.bench_local(|| Calendar::of(divan::black_box(START), &zone));
}
