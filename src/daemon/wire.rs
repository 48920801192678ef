//! Binds the listeners, serves, and ends in good order.
//!
//! Players are served by workers of their own, a thread and a runtime each; operators and
//! everything in the background share one small runtime beside them.

use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tracing::info;

use super::config::{AdminTcp, Config};
use super::exit::{Exit, Failure};
use super::observe;
use super::signals::Signals;
use super::world::{Ground, World, admin_socket};
use crate::admin::{Door, Transport};
use crate::delivery::pulse::{Pump, Vitals};
use crate::host::http::{Limits, Listener, Server, Workers, raise_descriptor_limit};
#[cfg(target_os = "linux")]
use crate::host::memory;
use crate::host::tls::server_config;
use crate::host::{Clock, Entropy, Shutdown, ShutdownTrigger, background};
use crate::store::blobs::keep_signed;
use crate::store::{catalog, ledger};
use crate::telemetry::metrics::Build;
use crate::telemetry::{Logs, Metrics};

/// Threads for operators and the background.
const CONTROL_THREADS: usize = 2;
/// Connections of operators at one time, on each listener.
const ADMIN_CONNECTIONS_MAX: usize = 256;
/// Operators upload large files: a body may pause this long.
const ADMIN_BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// How long the writes of operators may take to end, after their connections have.
const WRITES_PATIENCE: Duration = Duration::from_secs(10);
/// The admin socket is for its owner...
const SOCKET_MODE_OWN: u32 = 0o600;
/// ...unless more users are named: then anybody may knock, and the kernel says who it is.
const SOCKET_MODE_SHARED: u32 = 0o666;

/// Serves until it is asked to end.
pub(super) fn run(config: &Config) -> Result<Exit, Failure> {
    // Where it cannot be had, the process is a little larger and works as well.
    #[cfg(target_os = "linux")]
    memory::use_small_pages().ok();
    let clock = Clock::real();
    let schema = format!("{}.{}", catalog::SCHEMA.version(), ledger::SCHEMA.version());
    let metrics = Arc::new(Metrics::new(&Build {
        version: env!("CARGO_PKG_VERSION"),
        commit: option_env!("ADSERVE_COMMIT").unwrap_or("unknown"),
        // Once in the life of the program.
        schema: schema.leak(),
    }));
    let now = {
        let clock = clock.clone();
        move || clock.now()
    };
    let logs = Logs::start(config.log.clone(), &metrics, now)
        .map_err(|error| Failure::system("cannot start the log", error))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(CONTROL_THREADS)
        .thread_name("control")
        .on_thread_start(background::give_way)
        .enable_all()
        .build()
        .map_err(|error| Failure::system("cannot start the runtime", error))?;
    let ended = runtime.block_on(serve(config, clock, metrics));
    logs.flush();
    ended
}

async fn serve(config: &Config, clock: Clock, metrics: Arc<Metrics>) -> Result<Exit, Failure> {
    let signals = Signals::new().map_err(|error| Failure::system("cannot take signals", error))?;
    let (trigger, shutdown) = ShutdownTrigger::new();
    let listener = bind(config.server.listen)?;
    let address = listener.address().unwrap_or(config.server.listen);
    let ground = Ground {
        clock,
        entropy: Entropy::real(),
        metrics,
        shutdown,
        public_url: config.server.public_url_at(address),
    };
    let mut world = World::build(config, &ground)?;
    let refresh = Arc::new(Notify::new());
    let mut tasks = start_tasks(&world, &ground, &refresh);
    let doors = open_doors(config, &ground, &world)?;
    for door in doors {
        tasks.spawn(door.run(ground.shutdown.clone()));
    }
    let workers = start_workers(config, &ground, &world, &listener)?;
    info!(%address, url = %ground.public_url, data = %world.data.path().display(), "serving");
    // The kernel's queue closes with the last handle on it.
    drop(listener);
    tokio::spawn(signals.pass_on(trigger.clone(), refresh));
    let mut drained = pin!(drained(workers, trigger.clone()));
    let exit = tokio::select! {
        ended = world.recorder.ended() => {
            tracing::error!(?ended, "the ledger cannot be kept; ending");
            trigger.drain();
            drained.await;
            Exit::Bug
        }
        exit = &mut drained => exit,
    };
    while tasks.join_next().await.is_some() {}
    if let Err(left) = world.writes.drain(WRITES_PATIENCE).await {
        tracing::warn!(%left, "ending all the same");
    }
    blocking(move || world.close()).await?;
    info!("ended");
    Ok(exit)
}

/// Waits for the workers to end, which they do when asked to. When one has failed, all are.
async fn drained(workers: Workers, trigger: ShutdownTrigger) -> Exit {
    let ended = tokio::task::spawn_blocking(move || {
        workers.join(|| {
            tracing::error!("a worker has failed; ending");
            trigger.drain();
        })
    });
    match ended.await {
        Ok(Ok(drained)) => {
            info!(cut = drained.cut, "the workers have ended");
            Exit::Done
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "a worker failed; ending");
            Exit::System
        }
        Err(error) => {
            tracing::error!(%error, "a worker panicked; ending");
            Exit::Bug
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    let joined = tokio::task::spawn_blocking(work).await;
    joined.map_err(|error| Failure::new(Exit::Bug, error))
}

fn bind(address: SocketAddr) -> Result<Listener, Failure> {
    Listener::bind_tcp(address)
        .map_err(|error| Failure::system(format!("cannot listen on {address}"), error))
}

/// What goes on beside requests.
fn start_tasks(world: &World, ground: &Ground, refresh: &Arc<Notify>) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    let (clock, shutdown) = (ground.clock.clone(), ground.shutdown.clone());
    tasks.spawn(world.lifecycle.clone().run(clock, shutdown));
    let vitals = Arc::clone(&world.vitals) as Arc<dyn Vitals>;
    let pump = Pump::new(&world.pulse, world.store.clone(), vitals);
    tasks.spawn(pump.run(ground.shutdown.clone()));
    let (clock, shutdown) = (ground.clock.clone(), ground.shutdown.clone());
    tasks.spawn(world.pacemaker.clone().run(clock, shutdown));
    tasks.spawn(world.conditioning.clone().run(ground.shutdown.clone()));
    let (clock, shutdown) = (ground.clock.clone(), ground.shutdown.clone());
    let (caps, metrics) = (Arc::clone(&world.caps), Arc::clone(&ground.metrics));
    tasks.spawn(observe::watch_caps(caps, metrics, clock, shutdown));
    let (clock, shutdown) = (ground.clock.clone(), ground.shutdown.clone());
    let files = World::files_on_offer(&world.publisher);
    tasks.spawn(keep_signed(
        world.media_urls.clone(),
        files,
        clock,
        shutdown,
    ));
    let (clock, shutdown) = (ground.clock.clone(), ground.shutdown.clone());
    let keyring = world.viewer_keys.clone();
    tasks.spawn(keyring.run(clock, ground.entropy.clone(), shutdown));
    if let Some(geo) = world.geo.clone() {
        tasks.spawn(geo.run(Arc::clone(refresh), ground.shutdown.clone()));
    }
    let (spool, blobs) = (world.spool.clone(), world.blobs.clone());
    tasks.spawn(World::settle_uploads(spool, blobs, world.store.clone()));
    tasks
}

fn start_workers(
    config: &Config,
    ground: &Ground,
    world: &World,
    listener: &Listener,
) -> Result<Workers, Failure> {
    let limits = config
        .server
        .limits
        .for_descriptors(raise_descriptor_limit());
    let server = server(ground, limits, "public");
    let workers = config.server.workers.unwrap_or_else(processors);
    server
        .spawn(workers, listener, &world.edge, &ground.shutdown)
        .map_err(|error| Failure::system("cannot start the workers", error))
}

fn server(ground: &Ground, limits: Limits, name: &'static str) -> Arc<Server> {
    let observer = observe::incidents(&ground.metrics, name);
    Server::new(
        limits,
        ground.clock.clone(),
        ground.entropy.clone(),
        observer,
    )
}

/// A listener for operators, not yet served.
struct AdminListener {
    server: Arc<Server>,
    listener: Listener,
    door: Arc<Door>,
}

impl AdminListener {
    async fn run(self, shutdown: Shutdown) {
        if let Err(error) = self.server.run(self.listener, self.door, shutdown).await {
            tracing::error!(%error, "a listener of the admin API failed");
        }
    }
}

fn open_doors(
    config: &Config,
    ground: &Ground,
    world: &World,
) -> Result<Vec<AdminListener>, Failure> {
    let socket = admin_socket(config, world.data.path());
    let mut doors = vec![socket_door(config, ground, world, &socket)?];
    if let Some(tcp) = &config.admin.tcp {
        doors.push(tcp_door(tcp, ground, world)?);
    }
    Ok(doors)
}

fn socket_door(
    config: &Config,
    ground: &Ground,
    world: &World,
    socket: &Path,
) -> Result<AdminListener, Failure> {
    let mode = if config.admin.socket_uids.is_empty() {
        SOCKET_MODE_OWN
    } else {
        SOCKET_MODE_SHARED
    };
    let listener = Listener::bind_unix(socket, mode).map_err(|error| {
        Failure::system(format!("cannot listen on {}", socket.display()), error)
    })?;
    info!(socket = %socket.display(), "the admin API listens");
    Ok(AdminListener {
        server: server(ground, admin_limits(), "admin_socket"),
        listener,
        door: Arc::new(Door::new(&world.admin, Transport::Plain)),
    })
}

fn tcp_door(tcp: &AdminTcp, ground: &Ground, world: &World) -> Result<AdminListener, Failure> {
    let (listener, transport) = match &tcp.tls {
        Some(files) => {
            let tls = server_config(&files.certificate, &files.key)
                .map_err(|error| Failure::new(Exit::Config, error))?;
            (bind(tcp.listen)?.with_tls(tls), Transport::Tls)
        }
        None => (bind(tcp.listen)?, Transport::Plain),
    };
    let address = listener.address().unwrap_or(tcp.listen);
    info!(%address, ?transport, "the admin API listens");
    Ok(AdminListener {
        server: server(ground, admin_limits(), "admin_tcp"),
        listener,
        door: Arc::new(Door::new(&world.admin, transport)),
    })
}

fn admin_limits() -> Limits {
    Limits {
        connections_max: ADMIN_CONNECTIONS_MAX,
        body_timeout: ADMIN_BODY_TIMEOUT,
        ..Limits::for_descriptors(raise_descriptor_limit())
    }
}

/// One worker a processor, as far as the system says.
fn processors() -> NonZeroU16 {
    const WORKERS_MAX: usize = 64;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    u16::try_from(processors.min(WORKERS_MAX))
        .ok()
        .and_then(NonZeroU16::new)
        .unwrap_or(NonZeroU16::MIN)
}
