//! Streams with ads: what they fetch with, and the sessions that an earlier process left.

use std::sync::Arc;

use tokio::runtime::Handle;

use super::config::Config;
use super::exit::{Exit, Failure};
use super::world::Ground;
use crate::delivery::streams::{Earlier, Library, Parts, Streams};
use crate::delivery::{
    CatalogCell, Conditioning, ConditioningFigures, ConditioningParts, Placement,
};
use crate::media::{Conditioner, Tools};
use crate::render::token::TokenKeys;
use crate::store::DataDir;
use crate::store::blobs::Blobs;
use crate::store::catalog::CatalogStore;
use crate::store::sessions::{SessionLog, SessionWriter};
use crate::store::timelines::Timelines;
use crate::upstream::{self, GuardRules, Origins, Settings, SystemResolver};

/// How much later than everything else jobs get the processor.
const NICENESS: i32 = 10;

/// What streams need of the rest of the world.
pub(super) struct Needs<'a> {
    pub(super) data: &'a DataDir,
    pub(super) store: &'a CatalogStore,
    pub(super) blobs: &'a Blobs,
    pub(super) placement: &'a Placement,
    pub(super) catalog: CatalogCell,
    pub(super) tokens: &'a TokenKeys,
}

/// Everything about streams.
pub(super) struct Streaming {
    pub(super) conditioning: Conditioning,
    /// Decides among what can be stitched as well.
    pub(super) placement: Placement,
    pub(super) streams: Streams,
    pub(super) sessions: SessionWriter,
}

impl Streaming {
    /// Opens what streams keep, and goes on with the sessions of an earlier process.
    pub(super) fn open(
        config: &Config,
        ground: &Ground,
        needs: &Needs<'_>,
    ) -> Result<Self, Failure> {
        let (origins, library) = (origins(config, ground)?, Library::default());
        // First, because it says what sessions of before were shown.
        let conditioning = conditioning(config, ground, needs, (&origins, &library))?;
        let placement = needs.placement.clone().stitching(library.clone());
        let parts = Parts {
            origins,
            placement: placement.clone(),
            catalog: Arc::clone(&needs.catalog),
            tokens: needs.tokens.clone(),
            public_url: ground.public_url.clone(),
            library,
            timelines: Timelines::open(&needs.data.timelines()).map_err(unusable)?,
            clock: ground.clock.clone(),
            entropy: ground.entropy.clone(),
        };
        let (streams, sessions) = go_on(parts, ground, needs.data)?;
        Ok(Self {
            conditioning,
            placement,
            streams,
            sessions,
        })
    }
}

/// Streams with the sessions of an earlier process.
fn go_on(
    parts: Parts,
    ground: &Ground,
    data: &DataDir,
) -> Result<(Streams, SessionWriter), Failure> {
    let folder = data.sessions();
    let mut earlier = Earlier::default();
    let recovered = SessionLog::recover(&folder, &mut |entry| earlier.hear(entry));
    let recovered = recovered.map_err(unusable)?;
    tracing::info!(
        entries = recovered.entries,
        unreadable = recovered.unreadable,
        "sessions were read"
    );
    let sessions = earlier.restore(&parts);
    let living = {
        let sessions = sessions.clone();
        Arc::new(move || sessions.entries())
    };
    let (log, writer) =
        SessionLog::start(&folder, living, ground.clock.clone()).map_err(unusable)?;
    let run = (Handle::current(), ground.shutdown.clone());
    Ok((Streams::start(parts, &sessions, log, run), writer))
}

/// Fetches from origins, as the configuration lets it.
fn origins(config: &Config, ground: &Ground) -> Result<Origins, Failure> {
    let own = config.server.listen.port();
    let admin = config.admin.tcp.as_ref().map(|tcp| tcp.listen.port());
    let settings = Settings {
        rules: GuardRules {
            // Nobody is to reach the daemon through itself.
            own_ports: admin.into_iter().chain([own]).collect(),
            ..config.upstream.rules.clone()
        },
        ..config.upstream.clone()
    };
    let parts = upstream::Parts {
        resolver: Arc::new(SystemResolver::new()),
        runtime: Handle::current(),
        clock: ground.clock.clone(),
        entropy: ground.entropy.clone(),
        metrics: Arc::clone(&ground.metrics),
    };
    Origins::new(settings, parts).map_err(|error| Failure::new(Exit::Config, error))
}

/// Makes creatives fit streams, once it runs.
fn conditioning(
    config: &Config,
    ground: &Ground,
    needs: &Needs<'_>,
    (origins, library): (&Origins, &Library),
) -> Result<Conditioning, Failure> {
    let settings = &config.conditioning;
    let scratch = needs.data.scratch();
    std::fs::create_dir_all(&scratch).map_err(unusable)?;
    let tools = Tools::new(&settings.ffmpeg, NICENESS);
    let conditioner = Conditioner::new(tools, &scratch, settings.limits).map_err(unusable)?;
    let opened = Conditioning::open(ConditioningParts {
        store: needs.store.clone(),
        blobs: needs.blobs.clone(),
        conditioner,
        jobs: settings.limits.jobs,
        loudness: settings.loudness,
        library: library.clone(),
        catalog: Arc::clone(&needs.catalog),
        origins: origins.clone(),
        figures: ConditioningFigures::new(Arc::clone(&ground.metrics)),
        clock: ground.clock.clone(),
    });
    opened.map_err(|error| Failure::new(Exit::Unavailable, error))
}

fn unusable(error: std::io::Error) -> Failure {
    Failure::system("cannot open what streams keep", error)
}
