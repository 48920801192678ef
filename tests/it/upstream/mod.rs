//! Fetching from origins that fail in every way, through real sockets.

mod failover;
mod faults;
mod guard;
mod sharing;
mod site;

use std::collections::BTreeSet;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use adserve::host::{Clock, Entropy, FakeClock};
use adserve::model::{Millis, Timestamp};
use adserve::telemetry::Metrics;
use adserve::telemetry::metrics::Build;
use adserve::upstream::{
    AllowRule, FetchLimits, Fetched, Freshness, GuardRules, Origins, Parts, Resolve, Settings,
    SystemResolver,
};
use async_trait::async_trait;
use url::Url;

/// What a test waits for at most: far more than anything takes.
const PATIENCE: Duration = Duration::from_secs(20);
/// Half a target duration of six seconds, and three of them.
const LIVE: Freshness = Freshness {
    fresh: Duration::from_secs(3),
    stale: Duration::from_secs(18),
};
/// Time limits of fetches here; the parts are apart, so that it is seen which one ended a fetch.
const CONNECT: Duration = Duration::from_millis(300);
const HEAD: Duration = Duration::from_millis(600);
const WHOLE: Duration = Duration::from_secs(1);
/// The largest body.
const BYTES_MAX: usize = 256 * 1_024;

/// Fetches as the daemon does, with a clock that the test moves.
struct Desk {
    origins: Origins,
    metrics: Arc<Metrics>,
    clock: FakeClock,
}

/// What differs from one desk to another.
#[derive(Debug)]
struct Setup {
    allow: &'static [&'static str],
    own_ports: BTreeSet<u16>,
    resolver: Arc<dyn Resolve>,
    ca_file: Option<PathBuf>,
    limits: (Duration, Duration, Duration),
    cache_bytes_max: usize,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            allow: &["127.0.0.0/8"],
            own_ports: BTreeSet::new(),
            resolver: Arc::new(SystemResolver::new()),
            ca_file: None,
            limits: (CONNECT, HEAD, WHOLE),
            cache_bytes_max: 1 << 20,
        }
    }
}

impl Setup {
    fn open(self) -> Desk {
        let metrics = Arc::new(Metrics::new(&Build {
            version: "",
            commit: "",
            schema: "",
        }));
        let allow = self.allow.iter().map(|rule| rule.parse::<AllowRule>());
        let settings = Settings {
            rules: GuardRules {
                allow: allow.map(Result::unwrap).collect(),
                ports: BTreeSet::new(),
                own_ports: self.own_ports,
            },
            limits: FetchLimits {
                connect_timeout: self.limits.0,
                head_timeout: self.limits.1,
                whole_timeout: self.limits.2,
                body_bytes_max: BYTES_MAX,
                ca_file: self.ca_file,
            },
            cache_bytes_max: self.cache_bytes_max,
        };
        let clock = FakeClock::at(Timestamp::from_millis(0));
        let origins = Origins::new(
            settings,
            Parts {
                resolver: self.resolver,
                runtime: tokio::runtime::Handle::current(),
                clock: clock.clock(),
                entropy: Entropy::seeded(7),
                metrics: Arc::clone(&metrics),
            },
        );
        Desk {
            origins: origins.unwrap(),
            metrics,
            clock,
        }
    }
}

impl Desk {
    fn new() -> Self {
        Setup::default().open()
    }

    async fn fetch(&self, url: &Url) -> Result<Fetched, adserve::upstream::FetchError> {
        within(self.origins.fetch(url, LIVE)).await
    }

    /// What was wrong, as one line.
    async fn failure(&self, url: &Url) -> String {
        self.fetch(url).await.unwrap_err().to_string()
    }

    async fn text(&self, url: &Url) -> String {
        String::from_utf8(self.fetch(url).await.unwrap().bytes.to_vec()).unwrap()
    }

    fn pass(&self, span: Duration) {
        let millis = u64::try_from(span.as_millis()).unwrap();
        self.clock.advance(Millis(millis));
    }

    /// A figure, by the start of its line in a scrape.
    fn figure(&self, name: &str) -> u64 {
        let text = self.metrics.text();
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name} not in\n{text}"))
            .trim()
            .parse()
            .unwrap()
    }
}

/// Ends a test that hangs.
async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.unwrap()
}

/// Waits for something that comes about by itself.
async fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let clock = Clock::real();
    let end = clock.monotonic() + PATIENCE;
    while !is_so() {
        assert!(clock.monotonic() < end, "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// How long something took.
async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let clock = Clock::real();
    let start = clock.monotonic();
    let done = within(work).await;
    (done, clock.monotonic() - start)
}

/// Answers each lookup with the next of a list, the last for ever; none is a resolver that hangs.
#[derive(Debug)]
struct Scripted {
    answers: Vec<Option<Vec<IpAddr>>>,
    asked: std::sync::atomic::AtomicUsize,
}

impl Scripted {
    fn new(answers: &[Option<&[&str]>]) -> Arc<Self> {
        let parse = |texts: &&[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        Arc::new(Self {
            answers: answers
                .iter()
                .map(|answer| answer.as_ref().map(parse))
                .collect(),
            asked: std::sync::atomic::AtomicUsize::new(0),
        })
    }

    fn asked(&self) -> usize {
        self.asked.load(std::sync::atomic::Ordering::SeqCst)
    }
}

#[async_trait]
impl Resolve for Scripted {
    async fn resolve(&self, _name: &str) -> io::Result<Vec<IpAddr>> {
        let asked = self.asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let last = self.answers.len() - 1;
        match &self.answers[asked.min(last)] {
            Some(answer) => Ok(answer.clone()),
            None => std::future::pending().await,
        }
    }
}
