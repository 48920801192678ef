//! Everything the daemon is made of, built in the order in which it depends.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use super::backups::Backups;
use super::config::{Config, CreativeStore, S3Config};
use super::exit::{Exit, Failure};
use super::records::Records;
use super::status::{Status, Vital};
use super::streaming::{self, Streaming};
use crate::admin::{Access, Parts, State, StatusSource, Uploads};
use crate::api::Version;
use crate::delivery::{
    Conditioning, Keeper, Lifecycle, Pacemaker, Publisher, Pulse, Recorder, RecorderHandle,
};
use crate::edge::media::LocalMedia;
use crate::edge::{Edge, Parties};
use crate::format::media::MediaKey;
use crate::host::{Clock, Entropy, Shutdown, Tasks};
use crate::limits::caps::CapStore;
use crate::limits::{Embedded, Pacer};
use crate::model::Millis;
use crate::render::token::TokenKeys;
use crate::store::blobs::{Blobs, MediaUrls, S3Options};
use crate::store::catalog::CatalogStore;
use crate::store::decisions::DecisionLog;
use crate::store::geo::GeoDatabase;
use crate::store::keys::KeyFile;
use crate::store::sessions::SessionWriter;
use crate::store::spool::Spool;
use crate::store::viewer_keys::ViewerKeyring;
use crate::store::{DataDir, catalog, ledger};
use crate::telemetry::Metrics;

/// Writes of the admin API that may be under way at one time.
const WRITES_MAX: u32 = 1_024;
/// How long one call to the object store may take before it is given up.
const BLOB_PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// What all parts are given.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    pub(super) clock: Clock,
    pub(super) entropy: Entropy,
    pub(super) metrics: Arc<Metrics>,
    pub(super) shutdown: Shutdown,
    /// Where players reach us, without a slash at its end.
    pub(super) public_url: String,
}

/// The running parts. Dropping it unlocks the data directory.
#[derive(Debug)]
pub(super) struct World {
    /// Answers players.
    pub(super) edge: Arc<Edge>,
    /// Answers operators.
    pub(super) admin: Arc<State>,
    /// Writes of operators that are under way; each ends by itself.
    pub(super) writes: Tasks,
    /// What happens now.
    pub(super) pulse: Pulse,
    /// What of it is looked at and not counted.
    pub(super) vitals: Arc<Vital>,
    /// Completes campaigns.
    pub(super) lifecycle: Lifecycle,
    /// Paces campaigns.
    pub(super) pacemaker: Pacemaker,
    /// Makes creatives fit streams.
    pub(super) conditioning: Conditioning,
    /// What viewers have seen.
    pub(super) caps: Arc<CapStore>,
    /// Where uploads go first.
    pub(super) spool: Spool,
    /// Where files are kept.
    pub(super) blobs: Blobs,
    /// Where players find files.
    pub(super) media_urls: MediaUrls,
    /// Where addresses are, if there is a database.
    pub(super) geo: Option<GeoDatabase>,
    /// What viewers are hashed with.
    pub(super) viewer_keys: ViewerKeyring,
    /// Writes the ledger.
    pub(super) recorder: RecorderHandle,
    /// Writes the log of sessions.
    pub(super) sessions: SessionWriter,
    /// Syncs and tidies the log of decisions.
    pub(super) keeper: Keeper,
    /// Compiles the catalog.
    pub(super) publisher: Publisher,
    /// Keeps the catalog.
    pub(super) store: CatalogStore,
    /// Where everything is; locked.
    pub(super) data: DataDir,
}

impl World {
    /// Opens, checks and compiles everything. Blocks.
    #[expect(
        clippy::too_many_lines,
        reason = "one list: every part once, in the order in which they need one another"
    )]
    pub(super) fn build(config: &Config, ground: &Ground) -> Result<Self, Failure> {
        let data = DataDir::lock(&config.server.data_dir).map_err(unavailable)?;
        let tokens = tokens(ground, &data)?;
        let now = ground.clock.now();
        let (geo, viewer_keys) = viewers(config, ground, &data)?;
        let store = CatalogStore::open(&data.catalog_db(), now).map_err(unavailable)?;
        let records = Records::open(config, &data, &ground.clock)?;
        let (limits, recorder) = (records.limits, records.recorder);
        let publisher =
            Publisher::start(store.clone(), Arc::clone(&limits)).map_err(unavailable)?;
        let blobs = blobs(config, &data)?;
        let media_urls = media_urls(config, &blobs, &ground.public_url);
        let local_media = local_media(config, &data)?;
        let spool = spool(&data)?;
        let status = Arc::new(status(
            ground,
            &data,
            &publisher,
            (&recorder, &records.log, &blobs),
        ));
        let backups = Backups::of(config, &data, (&records.log, &recorder.reader, &store));
        let writes = Tasks::new(WRITES_MAX, ground.shutdown.clone());
        let (pacer, pacemaker) = pacing(&limits, &recorder, &publisher);
        let needs = streaming::Needs {
            data: &data,
            store: &store,
            blobs: &blobs,
            placement: &records.placement,
            catalog: publisher.cell(),
            tokens: &tokens,
        };
        let streaming = Streaming::open(config, ground, &needs)?;
        let admin = State::new(Parts {
            access: access(config),
            catalog: store.clone(),
            publisher: publisher.clone(),
            tasks: writes.clone(),
            clock: ground.clock.clone(),
            entropy: ground.entropy.clone(),
            public_url: ground.public_url.clone(),
            journal: recorder.journal.clone(),
            pulse: recorder.pulse.clone(),
            ledger: recorder.reader,
            pacer,
            limits: Arc::clone(&limits),
            traces: records.traces,
            viewer_keys: viewer_keys.clone(),
            streams: Arc::new(streaming.streams.clone()),
            conditioning: Arc::new(streaming.conditioning.clone()),
            status: Arc::clone(&status) as Arc<dyn StatusSource>,
            backups: Arc::new(backups),
            version: version(),
            uploads: uploads(config, &spool, &blobs),
        });
        let vitals = Arc::new(Vital {
            status,
            streams: streaming.streams.clone(),
            clock: ground.clock.clone(),
        });
        let edge = Edge::new(Parties {
            streams: streaming.streams,
            player: player(config)?,
            catalog: publisher.cell(),
            placement: streaming.placement,
            quotas: Arc::clone(&limits.quotas),
            journal: recorder.journal,
            tokens,
            public_url: ground.public_url.clone(),
            media_urls: media_urls.clone(),
            local_media,
            trusted_proxies: config.server.trusted_proxies.clone(),
            geo: geo.clone(),
            viewer_keys: viewer_keys.clone(),
            shutdown: ground.shutdown.clone(),
            metrics: Arc::clone(&ground.metrics),
            clock: ground.clock.clone(),
            entropy: ground.entropy.clone(),
        });
        Ok(Self {
            edge: Arc::new(edge),
            admin: Arc::new(admin),
            caps: limits.caps(),
            lifecycle: lifecycle(&store, &publisher, limits),
            pacemaker,
            conditioning: streaming.conditioning,
            writes,
            pulse: recorder.pulse,
            vitals,
            media_urls,
            spool,
            blobs,
            geo,
            viewer_keys,
            recorder: recorder.handle,
            sessions: streaming.sessions,
            keeper: records.keeper,
            publisher,
            store,
            data,
        })
    }

    /// Takes back the blobs that uploads of an earlier process left without a creative.
    pub(super) async fn settle_uploads(spool: Spool, blobs: Blobs, store: CatalogStore) {
        match spool.settle(&blobs, &store).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "files of broken uploads were removed"),
            Err(error) => tracing::warn!(%error, "broken uploads are settled at the next start"),
        }
    }

    /// Closes everything in the order in which it must be: first what writes. Blocks.
    pub(super) fn close(self) {
        self.recorder.stop();
        self.keeper.stop();
        // The log of sessions ends with the last that can write it.
        drop((self.edge, self.admin, self.vitals));
        drop((self.lifecycle, self.conditioning));
        self.sessions.join();
        self.publisher.close();
        self.store.close();
        drop(self.data);
    }

    /// The files of everything that is on offer now.
    pub(super) fn files_on_offer(publisher: &Publisher) -> impl Fn() -> Vec<MediaKey> + use<> {
        let cell = publisher.cell();
        move || {
            let catalog = cell.load_full();
            let keys = catalog.tenants().flat_map(|tenant| {
                let spots = tenant.offers().iter().flat_map(|offer| &offer.spots);
                spots.map(|spot| MediaKey::of(tenant.id, &spot.media))
            });
            keys.collect()
        }
    }
}

/// What tells where viewers are and who they are.
fn viewers(
    config: &Config,
    ground: &Ground,
    data: &DataDir,
) -> Result<(Option<GeoDatabase>, ViewerKeyring), Failure> {
    let database = config.geo.database.as_deref();
    let geo = database
        .map(GeoDatabase::open)
        .transpose()
        .map_err(|error| Failure::new(Exit::Config, error))?;
    let life = config.privacy.viewer_key_life;
    let keys = ViewerKeyring::open(&data.keys(), life, ground.clock.now(), &ground.entropy);
    Ok((geo, keys.map_err(unavailable)?))
}

fn status(
    ground: &Ground,
    data: &DataDir,
    publisher: &Publisher,
    (recorder, log, blobs): (&Recorder, &DecisionLog, &Blobs),
) -> Status {
    Status {
        started_at: ground.clock.now(),
        data_dir: data.path().to_owned(),
        public_url: ground.public_url.clone(),
        catalog: publisher.cell(),
        journal: recorder.journal.clone(),
        decisions: log.clone(),
        tally: Arc::clone(&recorder.tally),
        blobs: blobs.clone(),
    }
}

fn pacing(
    limits: &Arc<Embedded>,
    recorder: &Recorder,
    publisher: &Publisher,
) -> (Arc<Pacer>, Pacemaker) {
    let pacer = Arc::new(Pacer::new(Arc::clone(limits)));
    let (reader, catalog) = (recorder.reader.clone(), publisher.cell());
    (Arc::clone(&pacer), Pacemaker::new(pacer, reader, catalog))
}

fn lifecycle(store: &CatalogStore, publisher: &Publisher, limits: Arc<Embedded>) -> Lifecycle {
    let finished =
        move |campaign, budget, charge| limits.finished(campaign, &budget, charge).is_some();
    Lifecycle::new(store.clone(), publisher.clone(), Arc::new(finished))
}

/// The player that the operator named.
fn player(config: &Config) -> Result<Option<Bytes>, Failure> {
    let Some(path) = &config.server.player else {
        return Ok(None);
    };
    let script = std::fs::read(path);
    let script = script.map_err(|error| {
        Failure::system(
            format!("cannot read server.player {}", path.display()),
            error,
        )
    })?;
    Ok(Some(Bytes::from(script)))
}

fn tokens(ground: &Ground, data: &DataDir) -> Result<TokenKeys, Failure> {
    let keys = KeyFile::load_or_create(&data.keys(), ground.entropy.bytes());
    Ok(keys.map_err(unavailable)?.token_keys())
}

fn spool(data: &DataDir) -> Result<Spool, Failure> {
    Spool::open(&data.spool())
        .map_err(|error| Failure::system("cannot open the spool of uploads", error))
}

fn uploads(config: &Config, spool: &Spool, blobs: &Blobs) -> Uploads {
    let creatives = &config.creatives;
    Uploads::new(
        spool.clone(),
        blobs.clone(),
        creatives.max_bytes,
        creatives.max_duration,
    )
}

fn unavailable(error: impl Into<anyhow::Error>) -> Failure {
    Failure::new(Exit::Unavailable, error)
}

fn version() -> Version {
    Version {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        catalog_schema: catalog::SCHEMA.version(),
        ledger_schema: ledger::SCHEMA.version(),
    }
}

fn access(config: &Config) -> Access {
    let own = rustix::process::geteuid().as_raw();
    let uids = config.admin.socket_uids.iter().copied().chain([own]);
    let token = config.admin.tcp.as_ref().map(|tcp| tcp.token.expose());
    Access::new(uids, token)
}

fn blobs(config: &Config, data: &DataDir) -> Result<Blobs, Failure> {
    let blobs = match &config.creatives.store {
        CreativeStore::Local => Blobs::local(&data.blobs()),
        CreativeStore::S3(s3) => Blobs::s3(&s3_options(s3)),
    };
    blobs.map_err(unavailable)
}

fn local_media(config: &Config, data: &DataDir) -> Result<Option<LocalMedia>, Failure> {
    match config.creatives.store {
        CreativeStore::Local => LocalMedia::open(&data.blobs())
            .map(Some)
            .map_err(|error| Failure::system("cannot open the folder of blobs", error)),
        CreativeStore::S3(_) => Ok(None),
    }
}

fn s3_options(s3: &S3Config) -> S3Options {
    S3Options {
        bucket: s3.bucket.clone(),
        endpoint: s3.endpoint.as_ref().map(|url| url.as_str().to_owned()),
        region: s3.region.clone(),
        access_key_id: s3.access_key_id.clone(),
        secret_access_key: s3.secret_access_key.expose().to_owned(),
        patience: BLOB_PATIENCE,
    }
}

fn media_urls(config: &Config, blobs: &Blobs, public_url: &str) -> MediaUrls {
    let life = config.creatives.presign.as_millis();
    let life = Millis(u64::try_from(life).unwrap_or(u64::MAX));
    MediaUrls::new(
        blobs,
        config.creatives.cdn_base_urls.clone(),
        public_url,
        life,
    )
}

/// Where the admin socket is.
pub(super) fn admin_socket(config: &Config, data: &Path) -> std::path::PathBuf {
    config
        .admin
        .socket
        .clone()
        .unwrap_or_else(|| data.join("admin.sock"))
}
