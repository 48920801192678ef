//! How the daemon is, for load balancers and monitors.
//!
//! `GET /livez`: the process answers. `GET /readyz`: it wants traffic. `GET /health`: the same
//! with each part it depends on. `GET /metrics`: figures, for machines on this host alone.

use std::collections::BTreeMap;

use http::{HeaderMap, Response, StatusCode};
use serde::Serialize;

use super::Edge;
use super::respond::{Answer, Refusal, json, typed};
use crate::delivery::Journal;
use crate::host::Shutdown;
use crate::host::http::Peer;
use crate::telemetry;

/// Knows how the parts are.
#[derive(Debug, Clone)]
pub(super) struct Health {
    journal: Journal,
    shutdown: Shutdown,
}

#[derive(Debug, Serialize)]
struct Report {
    /// `ok`, `degraded` (ads are served, beacons are refused) or `draining`.
    status: &'static str,
    version: &'static str,
    catalog_revision: u64,
    dependencies: BTreeMap<&'static str, &'static str>,
}

impl Health {
    /// Watches the journal, and whether the daemon is about to end.
    pub(super) fn new(journal: Journal, shutdown: Shutdown) -> Self {
        Self { journal, shutdown }
    }

    fn status(&self) -> &'static str {
        if self.shutdown.is_requested() {
            "draining"
        } else if self.journal.is_open() {
            "ok"
        } else {
            "degraded"
        }
    }
}

/// `GET /health`
pub(super) fn health(edge: &Edge) -> Response<Answer> {
    let status = edge.health.status();
    let ledger = if edge.health.journal.is_open() {
        "ok"
    } else {
        "not writable"
    };
    let report = Report {
        status,
        version: env!("CARGO_PKG_VERSION"),
        catalog_revision: edge.parties.catalog.load().revision(),
        dependencies: BTreeMap::from([("catalog", "ok"), ("ledger", ledger)]),
    };
    json(code(status), &report)
}

/// `GET /livez`
pub(super) fn live() -> Response<Answer> {
    plain(StatusCode::OK, "ok\n")
}

/// `GET /readyz`. A ledger that cannot be written is no reason to stop asking for ads: the
/// daemon goes on with what it holds, and says so in `/health`.
pub(super) fn ready(edge: &Edge) -> Response<Answer> {
    match edge.health.status() {
        "draining" => plain(StatusCode::SERVICE_UNAVAILABLE, "draining\n"),
        _ => plain(StatusCode::OK, "ready\n"),
    }
}

/// `GET /metrics`: hidden from everybody but this host, since they tell what is sold.
pub(super) fn metrics(
    edge: &Edge,
    peer: &Peer,
    headers: &HeaderMap,
) -> Result<Response<Answer>, Refusal> {
    if !edge.parties.trusted_proxies.is_local(peer, headers) {
        return Err(Refusal::UnknownRoute);
    }
    let text = edge.meter.text();
    Ok(typed(
        StatusCode::OK,
        telemetry::metrics::CONTENT_TYPE,
        text.into(),
    ))
}

fn code(status: &str) -> StatusCode {
    match status {
        "ok" => StatusCode::OK,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response<Answer> {
    typed(status, "text/plain; charset=utf-8", text.into())
}
