//! What counting costs: the book, the batch, the budget.
//!
//! Run with `cargo bench --bench ledger`. Events come in the order of a player that asks for ads
//! one after another: six events of each ad, over a thousand campaigns. A commit does all that the
//! writer does for a batch, sync included, on the disk of the temporary directory; `TMPDIR` names
//! another, and on a memory file system the figure is what the processor alone could do.

use adserve::decision::{Budget, LimitsView as _, Offer, Roll, Terms};
use adserve::ledger::{Book, Entry, Postings, Settlement, decode, encode};
use adserve::limits::{Bounds, Embedded, HOLD_DEFAULT};
use adserve::model::{
    CampaignId, ChannelId, Country, CreativeId, DeviceType, Event, EventKind, Millis, Nanos,
    Pacing, PriceModel, Receiver, ServedAd, ServedAdId, TenantId, Tier, Timestamp, Zone,
};
use adserve::store::ledger::{Batch, Ledger};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const CAMPAIGNS: u64 = 1_000;
const KINDS: [EventKind; 6] = [
    EventKind::Impression,
    EventKind::Start,
    EventKind::FirstQuartile,
    EventKind::Midpoint,
    EventKind::ThirdQuartile,
    EventKind::Complete,
];

fn main() {
    divan::main();
}

fn ad(id: u64) -> ServedAd {
    // Neighbours are of different campaigns, as draws would have it.
    let campaign = u32::try_from(id.wrapping_mul(7_919) % CAMPAIGNS).expect("below a thousand");
    ServedAd {
        id: ServedAdId::new(id),
        tenant: TenantId::new(1),
        channel: Some(ChannelId::new(1 + campaign % 10)),
        campaign: CampaignId::new(1 + campaign),
        creative: CreativeId::new(1 + campaign * 2),
        price_model: PriceModel::Cpm,
        charge: Nanos(24_000_000),
        decided_at: NOW,
        duration: Millis(30_000),
        receiver: Receiver::new(DeviceType::SmartTv, Country::said(Some("US"))),
    }
}

/// The `place`-th event of the stream.
fn event(place: u64) -> Event {
    let kinds = KINDS.len() as u64;
    let kind = usize::try_from(place % kinds).expect("below six");
    Event {
        ad: ad(place / kinds),
        kind: KINDS[kind],
        error_code: None,
        at: NOW,
    }
}

fn offer(campaign: u32) -> Offer {
    Offer {
        campaign: CampaignId::new(campaign),
        tier: Tier::Standard,
        weight: 1,
        start: NOW,
        end: NOW.plus(Millis::from_seconds(86_400)),
        charge: Nanos(24_000_000),
        price_model: PriceModel::Cpm,
        budget: budget(),
        order: None,
        pacing: Pacing::Asap,
        terms: Terms::default(),
        shortest: Millis(30_000),
        sole: None,
        spots: Vec::new(),
    }
}

const fn budget() -> Budget {
    Budget {
        total: Nanos(4_000_000_000_000_000_000),
        daily: Some(Nanos(4_000_000_000_000_000_000)),
        impressions: Some(1 << 40),
    }
}

fn limits() -> Embedded {
    let limits = Embedded::new(HOLD_DEFAULT);
    for campaign in 0..=1_000 {
        let bounds = Bounds {
            budget: budget(),
            zone: Zone::UTC,
            order: None,
        };
        limits.tell(CampaignId::new(campaign), bounds);
    }
    limits
}

/// A ledger with its book, and all that the writer does for a batch.
struct Writer {
    _folder: tempfile::TempDir,
    ledger: Ledger,
    book: Book,
    limits: Embedded,
    pending: Postings,
    next: u64,
}

impl Writer {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let path = folder.path().join("ledger.db");
        let (ledger, _reader, recovered) = Ledger::open(&path, NOW).expect("a new ledger");
        Self {
            _folder: folder,
            ledger,
            book: recovered.book,
            limits: limits(),
            pending: Postings::default(),
            next: 0,
        }
    }

    fn commit(&mut self, batch: u64) {
        let mut entries = Vec::new();
        for event in (self.next..self.next + batch).map(event) {
            black_box(self.book.apply(&event));
            let settlement = self.limits.settle(&event).settlement;
            entries.push(Entry { event, settlement });
        }
        self.next += batch;
        self.write(&entries, None);
        for entry in &entries {
            self.pending.post(entry);
        }
    }

    fn write(&mut self, entries: &[Entry], postings: Option<&Postings>) {
        let written = self.ledger.write(&Batch {
            at: NOW,
            entries,
            postings,
            checkpoint: None,
            next_segment: None,
        });
        written.expect("the disk takes it");
    }

    /// Adds to the counts what all batches since the last time brought.
    fn post(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        self.write(&[], Some(&pending));
    }
}

#[divan::bench(min_time = 2, args = [1, 100, 500, 1_000, 4_000])]
fn commit(bencher: Bencher<'_, '_>, batch: u64) {
    let mut writer = Writer::new();
    bencher
        .counter(ItemsCount::new(batch))
        .bench_local(|| writer.commit(batch));
}

/// What is done once a second: the counts of so many events over a thousand campaigns.
#[divan::bench(min_time = 1, args = [1_000, 70_000])]
fn post(bencher: Bencher<'_, '_>, events: u64) {
    let mut writer = Writer::new();
    writer.commit(events);
    let pending = writer.pending.clone();
    bencher.bench_local(|| {
        writer.pending = pending.clone();
        writer.post();
    });
}

#[divan::bench(min_time = 1)]
fn book_apply(bencher: Bencher<'_, '_>) {
    let (mut book, mut next) = (Book::default(), 0);
    bencher.counter(ItemsCount::new(1_000_u64)).bench_local(|| {
        for place in next..next + 1_000 {
            black_box(book.apply(&event(place)));
        }
        next += 1_000;
    });
}

#[divan::bench(min_time = 1)]
fn headroom(bencher: Bencher<'_, '_>) {
    let limits = limits();
    let offers: Vec<Offer> = (1..=1_000).map(offer).collect();
    bencher
        .counter(ItemsCount::new(offers.len()))
        .bench_local(|| {
            offers
                .iter()
                .filter(|offer| limits.headroom(black_box(offer), NOW, Roll(7)).is_ok())
                .count()
        });
}

#[divan::bench(min_time = 1)]
fn reserve_and_settle(bencher: Bencher<'_, '_>) {
    let (limits, offers) = (limits(), (0..=1_000).map(offer).collect::<Vec<_>>());
    let mut next = 0;
    bencher.counter(ItemsCount::new(1_000_u64)).bench_local(|| {
        for id in next..next + 1_000 {
            let event = event(id * KINDS.len() as u64);
            let place = usize::try_from(event.ad.campaign.get()).expect("up to a thousand");
            let reserved = limits.reserve(&event.ad, &offers[place], &Zone::UTC, NOW);
            reserved.expect("the budget is as good as endless");
            black_box(limits.settle(&event));
        }
        next += 1_000;
    });
}

/// Holds that nobody claims, and the second in which all of them expire.
#[divan::bench(min_time = 1)]
fn expire(bencher: Bencher<'_, '_>) {
    const ADS: u64 = 100_000;
    let offers: Vec<Offer> = (0..=1_000).map(offer).collect();
    let held = || {
        let limits = limits();
        for id in 0..ADS {
            let ad = ad(id);
            let place = usize::try_from(ad.campaign.get()).expect("up to a thousand");
            let reserved = limits.reserve(&ad, &offers[place], &Zone::UTC, NOW);
            reserved.expect("the budget is as good as endless");
        }
        limits
    };
    bencher
        .counter(ItemsCount::new(ADS))
        .with_inputs(held)
        .bench_local_refs(|limits| limits.expire(NOW.plus(HOLD_DEFAULT)));
}

fn entries(count: u64) -> Vec<Entry> {
    let settlement = Settlement::default();
    (0..count)
        .map(event)
        .map(|event| Entry { event, settlement })
        .collect()
}

#[divan::bench]
fn encode_1000(bencher: Bencher<'_, '_>) {
    let entries = entries(1_000);
    bencher
        .counter(ItemsCount::new(entries.len()))
        .bench_local(|| encode(black_box(&entries)));
}

/// What a start does with the batches since the last checkpoint.
#[divan::bench]
fn replay_1000(bencher: Bencher<'_, '_>) {
    let bytes = encode(&entries(1_000));
    bencher
        .counter(ItemsCount::new(1_000_u64))
        .with_inputs(Book::default)
        .bench_local_refs(|book| {
            for entry in decode(black_box(&bytes)).expect("just encoded") {
                black_box(book.apply(&entry.event));
            }
        });
}
