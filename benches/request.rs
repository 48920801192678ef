//! What each part of a request for a pod costs in the process: the market, the bodies and the
//! budgets of `scripts/bench --only pods`, without HTTP.
//!
//! Run with `cargo bench --bench request`. Every call is of another viewer. `decide` holds the
//! candidates and the pod; `place` holds `decide`, the reservation of budgets and caps, the log
//! and the counts; `answer` is the signing of all ads of a pod and its JSON; `whole` is all of it
//! from the bytes of the body to the bytes of the answer.

use std::cell::{Cell, RefCell};
use std::hint::black_box;
use std::sync::{Arc, LazyLock};

use adserve::decision::index::{Ask, Counting, Entry, Index, Scratch};
use adserve::decision::{AdRequest, Catalog, Inquiry, Roll, decide};
use adserve::delivery::{
    CatalogCell, Placed, Placement, Publisher, Recorder, RecorderSettings, Tracer,
};
use adserve::host::Clock;
use adserve::intake::{self, Caller, Surroundings, ViewerKeys};
use adserve::limits::{Embedded, HOLD_DEFAULT};
use adserve::model::targeting::{Moment, Subject};
use adserve::model::{Millis, TenantId, Timestamp};
use adserve::render::Served;
use adserve::render::json::{Forms, PodSetting, write_pod};
use adserve::render::token::{SigningKey, Token, TokenKeys};
use adserve::store::DataDir;
use adserve::store::catalog::CatalogStore;
use adserve::store::decisions::{DecisionLog, TraceLog, TraceSettings};
use divan::Bencher;

#[path = "load/seed.rs"]
mod seed;
#[path = "load/workload.rs"]
mod workload;

/// The allocator of the daemon.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CAMPAIGNS: u32 = 10_000;
/// As many as calls are made of one kind: no viewer asks twice.
const VIEWERS: u32 = 20_000;
const SAMPLES: u32 = 100;
const CALLS: u32 = VIEWERS / SAMPLES;
const BODIES_SEED: u64 = 12;
const CANDIDATES: usize = 64;
/// No decision is traced here; one in a hundred is by default.
const TRACES: TraceSettings = TraceSettings {
    keep: Millis::from_seconds(60),
    bytes_max: 1 << 20,
};
const PUBLIC_URL: &str = "https://ads.example";
const MEDIA_URL: &str = "https://ads.example/media/0123456789abcdef0123456789abcdef01234567.mp4";

fn main() {
    LazyLock::force(&MARKET);
    divan::main();
}

/// Everything that a daemon would hold.
struct Market {
    catalog: CatalogCell,
    limits: Arc<Embedded>,
    placement: Placement,
    tokens: TokenKeys,
    forms: Forms,
    keys: ViewerKeys,
    now: Timestamp,
    bodies: Vec<String>,
    /// What the bodies say.
    requests: Vec<AdRequest>,
    _folder: tempfile::TempDir,
    _running: (Recorder, Publisher),
}

static MARKET: LazyLock<Market> = LazyLock::new(|| Market::open().expect("a market can be made"));

impl Market {
    fn open() -> anyhow::Result<Self> {
        let clock = Clock::real();
        let folder = tempfile::tempdir()?;
        seed::run(folder.path(), CAMPAIGNS, &clock)?;
        let data = DataDir::lock(folder.path())?;
        let limits = Arc::new(Embedded::new(HOLD_DEFAULT));
        let store = CatalogStore::open(&data.catalog_db(), clock.now())?;
        let publisher = Publisher::start(store, Arc::clone(&limits))?;
        let recorder = Recorder::start(
            &data.ledger_db(),
            RecorderSettings::default(),
            Arc::clone(&limits),
            clock.clone(),
        )?;
        let traces = TraceLog::open(&data.traces()?, TRACES)?;
        let placement = Placement::new(
            Arc::clone(&limits),
            Arc::clone(&recorder.ids),
            Arc::clone(&recorder.tally),
            DecisionLog::open(&data.decisions(), &data.decisions(), 1)?,
            Tracer::new(Arc::new(traces), 0),
        );
        let signing = SigningKey {
            id: 1,
            secret: [7; _],
        };
        let mut dice = workload::Dice::of(BODIES_SEED);
        let bodies = (0..VIEWERS).map(|viewer| workload::body(&mut dice, viewer).to_string());
        let mut market = Self {
            catalog: publisher.cell(),
            limits,
            placement,
            tokens: TokenKeys::new(&signing, None),
            forms: Forms::new(PUBLIC_URL),
            keys: ViewerKeys::new([7; _], None),
            now: clock.now(),
            bodies: bodies.collect(),
            requests: Vec::new(),
            _folder: folder,
            _running: (recorder, publisher),
        };
        let catalog = market.catalog.load_full();
        let requests = (0..market.bodies.len()).map(|number| market.read(&catalog, number));
        market.requests = requests.collect();
        Ok(market)
    }

    fn read(&self, catalog: &Catalog, number: usize) -> AdRequest {
        let caller = Caller {
            address: Some([192, 0, 2, 1].into()),
            is_trusted: false,
            user_agent: Some("adserve-bench"),
            now: self.now,
        };
        let around = Surroundings {
            catalog,
            locate: &|_address| None,
            keys: &self.keys,
        };
        let asked = intake::ask(self.bodies[number].as_bytes(), &caller, &around);
        asked.expect("the bodies are sound").request
    }

    fn place<'c>(
        &self,
        catalog: &'c Catalog,
        request: &AdRequest,
        number: usize,
    ) -> Option<Placed<'c>> {
        let roll = Roll(number as u64);
        let placed = self.placement.place(catalog, request, self.now, roll);
        placed.expect("it can be written down").ok()
    }

    fn answer(&self, request: &AdRequest, placed: &Placed<'_>) -> Vec<u8> {
        let tokens: Vec<Token> = placed
            .ads
            .iter()
            .map(|placed| self.tokens.mint(&placed.ad))
            .collect();
        let served: Vec<Served<'_>> = placed
            .ads
            .iter()
            .zip(&tokens)
            .map(|(placed, token)| Served {
                chosen: placed.chosen,
                ad: &placed.ad,
                token,
                media_url: MEDIA_URL,
            })
            .collect();
        let setting = PodSetting {
            request_id: "request-1",
            decision: placed.decision,
            privacy: request.privacy,
        };
        let mut out = Vec::new();
        write_pod(&self.forms, &setting, &served, &mut out);
        out
    }
}

/// Calls `work` with the numbers of all viewers, one after another.
fn each_viewer<T>(bencher: Bencher<'_, '_>, work: impl Fn(usize) -> T) {
    let next = Cell::new(0);
    bencher.bench_local(|| {
        let number = next.replace((next.get() + 1) % VIEWERS as usize);
        black_box(work(number))
    });
}

#[divan::bench(sample_count = SAMPLES, sample_size = CALLS)]
fn read(bencher: Bencher<'_, '_>) {
    let catalog = MARKET.catalog.load_full();
    each_viewer(bencher, |number| MARKET.read(&catalog, number));
}

/// With and without the counting of reasons.
#[divan::bench(args = [Counting::On, Counting::Off], sample_count = SAMPLES, sample_size = CALLS)]
fn candidates(bencher: Bencher<'_, '_>, counting: Counting) {
    let catalog = MARKET.catalog.load_full();
    let tenant = catalog.tenant(TenantId::new(1)).expect("it was made");
    let entries: Vec<Entry<'_>> = tenant
        .offers()
        .iter()
        .map(|offer| Entry {
            tier: offer.tier,
            value: offer.terms.value,
            weight: offer.weight,
            targeting: &offer.terms.targeting,
        })
        .collect();
    let index = Index::build(&entries);
    let live = index.live_bits();
    let scratch = RefCell::new(Scratch::default());
    each_viewer(bencher, |number| {
        let request = &MARKET.requests[number];
        let zone = request.traits.zone.as_ref();
        let subject = Subject {
            traits: &request.traits,
            channel: request.channel,
            moment: Moment::at(MARKET.now, &tenant.zone, zone),
        };
        let ask = Ask {
            subject: &subject,
            roll: Roll(number as u64),
            live: &live,
            counting,
        };
        let mut scratch = scratch.borrow_mut();
        let mut candidates = index.candidates(&ask, &mut scratch);
        let found = candidates.by_ref().take(CANDIDATES).count();
        black_box(candidates.tally());
        found
    });
}

#[divan::bench(name = "decide", sample_count = SAMPLES, sample_size = CALLS)]
fn decide_alone(bencher: Bencher<'_, '_>) {
    let catalog = MARKET.catalog.load_full();
    each_viewer(bencher, |number| {
        let inquiry = Inquiry {
            request: &MARKET.requests[number],
            limits: &*MARKET.limits,
            now: MARKET.now,
            roll: Roll(number as u64),
        };
        decide(&catalog, &inquiry).proof
    });
}

#[divan::bench(sample_count = SAMPLES, sample_size = CALLS)]
fn place(bencher: Bencher<'_, '_>) {
    let catalog = MARKET.catalog.load_full();
    each_viewer(bencher, |number| {
        MARKET.place(&catalog, &MARKET.requests[number], number)
    });
}

#[divan::bench(sample_count = SAMPLES, sample_size = CALLS)]
fn answer(bencher: Bencher<'_, '_>) {
    let catalog = MARKET.catalog.load_full();
    let placed: Vec<_> = (0..1_000)
        .filter_map(|number| {
            let request = &MARKET.requests[number];
            Some((request, MARKET.place(&catalog, request, number)?))
        })
        .collect();
    each_viewer(bencher, |number| {
        let (request, placed) = &placed[number % placed.len()];
        MARKET.answer(request, placed)
    });
}

/// One token; a pod has one for each of its ads.
#[divan::bench(sample_count = SAMPLES, sample_size = CALLS)]
fn token(bencher: Bencher<'_, '_>) {
    let catalog = MARKET.catalog.load_full();
    let placed =
        (0..1_000).find_map(|number| MARKET.place(&catalog, &MARKET.requests[number], number));
    let placed = placed.expect("most pods hold ads");
    let ad = &placed.ads.first().expect("a pod that is placed has ads").ad;
    bencher.bench_local(|| MARKET.tokens.mint(black_box(ad)));
}

#[divan::bench(sample_count = SAMPLES, sample_size = CALLS)]
fn whole(bencher: Bencher<'_, '_>) {
    let catalog = MARKET.catalog.load_full();
    each_viewer(bencher, |number| {
        let request = MARKET.read(&catalog, number);
        let placed = MARKET.place(&catalog, &request, number)?;
        Some(MARKET.answer(&request, &placed))
    });
}
