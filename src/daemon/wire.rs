//! Builds everything, serves, drains.

use std::num::NonZeroU16;
use std::sync::Arc;

use anyhow::Context;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{Either, Full};
use tracing::info;

use super::config::Config;
use super::exit::{Exit, Failure};
use super::observe;
use super::signals::Signals;
use crate::host::http::{
    Handler, Listener, Peer, ReplyBody, RequestBody, Server, raise_descriptor_limit, text,
};
use crate::host::{Clock, Entropy, ShutdownTrigger};
use crate::telemetry::metrics::{Build, CONTENT_TYPE as METRICS_TYPE};
use crate::telemetry::{Logs, Metrics};

/// Serves until it is asked to end.
pub(super) fn run(config: &Config) -> Result<Exit, Failure> {
    let clock = Clock::real();
    let metrics = Arc::new(Metrics::new(&Build {
        version: env!("CARGO_PKG_VERSION"),
        commit: option_env!("ADSERVE_COMMIT").unwrap_or("unknown"),
        schema: "0",
    }));
    let now = {
        let clock = clock.clone();
        move || clock.now()
    };
    let logs = Logs::start(config.log.clone(), &metrics, now)
        .map_err(|error| Failure::system("cannot start the log", error))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::system("cannot start the runtime", error))?;
    let ended = runtime.block_on(serve(config, &clock, &metrics));
    logs.flush();
    ended
}

async fn serve(config: &Config, clock: &Clock, metrics: &Arc<Metrics>) -> Result<Exit, Failure> {
    let signals = Signals::new().map_err(|error| Failure::system("cannot take signals", error))?;
    let (trigger, shutdown) = ShutdownTrigger::new();
    let limits = config
        .server
        .limits
        .for_descriptors(raise_descriptor_limit());
    let listen = config.server.listen;
    let listener = Listener::bind_tcp(listen)
        .map_err(|error| Failure::system(format!("cannot listen on {listen}"), error))?;
    let public = Server::new(
        limits,
        clock.clone(),
        Entropy::real(),
        observe::incidents(metrics, "public"),
    );
    let health = Arc::new(Health {
        metrics: Arc::clone(metrics),
    });
    let workers = config.server.workers.unwrap_or_else(processors);
    let workers = public
        .spawn(workers, &listener, &health, &shutdown)
        .map_err(|error| Failure::system("cannot start the workers", error))?;
    if let Some(address) = listener.address() {
        info!(%address, url = config.server.public_url_at(address), "serving");
    }
    // The kernel's queue closes with the last handle on it.
    drop(listener);
    let passing = tokio::spawn(signals.pass_on(trigger));
    let drained = tokio::task::spawn_blocking(|| workers.join()).await;
    passing.abort();
    let drained = drained
        .context("waiting for the workers")
        .map_err(|error| Failure::new(Exit::Bug, error))?
        .map_err(|error| Failure::system("serving failed", error))?;
    info!(cut = drained.cut, "ended");
    Ok(Exit::Done)
}

/// One worker a processor, as far as the system says.
fn processors() -> NonZeroU16 {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    u16::try_from(processors.min(64))
        .ok()
        .and_then(NonZeroU16::new)
        .unwrap_or(NonZeroU16::MIN)
}

/// Answers whoever watches the daemon.
struct Health {
    metrics: Arc<Metrics>,
}

impl Handler for Health {
    type Body = Full<Bytes>;

    async fn handle(
        &self,
        _peer: &Peer,
        request: Request<RequestBody>,
    ) -> Response<ReplyBody<Full<Bytes>>> {
        match request.uri().path() {
            "/livez" | "/readyz" | "/health" => text(StatusCode::OK, "ok\n"),
            "/metrics" => {
                let body = Either::Left(Full::from(self.metrics.text()));
                let mut response = Response::new(body);
                let headers = response.headers_mut();
                headers.insert(CONTENT_TYPE, HeaderValue::from_static(METRICS_TYPE));
                headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
                response
            }
            _ => text(StatusCode::NOT_FOUND, "not found\n"),
        }
    }
}
