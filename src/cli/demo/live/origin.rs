//! The origin of the live channel: files in memory, for the daemon and for players in browsers.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context as _;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{Either, Full};

use crate::host::http::{
    Handler, Limits, Listener, Observer, Peer, ReplyBody, RequestBody, Server, allow_any_origin,
    empty,
};
use crate::host::{Clock, Entropy, ShutdownTrigger};

/// Descriptors that it may count on: half of them are connections.
const DESCRIPTORS: u64 = 256;

/// A listening origin. It ends when this is dropped.
pub(super) struct Origin {
    address: SocketAddr,
    _trigger: ShutdownTrigger,
}

impl Origin {
    /// Serves files by their paths on a free port of this machine.
    pub(super) fn start(files: BTreeMap<String, Bytes>, clock: &Clock) -> anyhow::Result<Self> {
        let listener = Listener::bind_tcp(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.address().context("a listener without address")?;
        let (trigger, shutdown) = ShutdownTrigger::new();
        let limits = Limits::for_descriptors(DESCRIPTORS);
        let observer = Observer::new(|_incident| {});
        let server = Server::new(limits, clock.clone(), Entropy::real(), observer);
        tokio::spawn(server.run(listener, Arc::new(Files(files)), shutdown));
        Ok(Self {
            address,
            _trigger: trigger,
        })
    }

    /// The address of a path.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

struct Files(BTreeMap<String, Bytes>);

impl Handler for Files {
    type Body = Full<Bytes>;

    async fn handle(
        &self,
        _peer: &Peer,
        request: Request<RequestBody>,
    ) -> Response<ReplyBody<Self::Body>> {
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            return empty(StatusCode::METHOD_NOT_ALLOWED);
        }
        let path = request.uri().path();
        let Some(file) = self.0.get(path) else {
            return empty(StatusCode::NOT_FOUND);
        };
        let mut response = Response::new(Either::Left(Full::new(file.clone())));
        let kind = if path.strip_suffix(".ts").is_some() {
            HeaderValue::from_static("video/mp2t")
        } else {
            HeaderValue::from_static("application/vnd.apple.mpegurl")
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, kind);
        // The page that plays the channel comes from the daemon, which has another port.
        allow_any_origin(headers);
        response
    }
}
