//! What happens around every handler: refuse, name, call, catch, count, close.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::FutureExt;
use http::header::CONNECTION;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tracing::error;

use super::body::RequestBody;
use super::client::{REQUEST_ID, name_request};
use super::limits::Incident;
use super::reply::{ReplyBody, text};
use super::serve::Server;
use super::stream::Peer;
use super::strict::Framing;
use super::wire::Wire;
use crate::host::Shutdown;

/// Answers requests. It always answers: an error is a response too.
pub trait Handler: Send + Sync + 'static {
    /// The body of its answers.
    type Body: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>>
        + Send
        + Unpin
        + 'static;

    /// Answers one request. Its headers carry a valid [`REQUEST_ID`]; the answer will too.
    fn handle(
        &self,
        peer: &Peer,
        request: Request<RequestBody>,
    ) -> impl Future<Output = Response<ReplyBody<Self::Body>>> + Send;
}

/// The guard of one connection.
pub(super) struct Guard<H> {
    pub(super) server: Arc<Server>,
    pub(super) handler: Arc<H>,
    pub(super) wire: Arc<Wire>,
    pub(super) peer: Peer,
    pub(super) shutdown: Shutdown,
}

impl<H: Handler> Guard<H> {
    /// Answers the `nth` request of the connection, counted from 1.
    pub(super) async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
        nth: u32,
    ) -> Response<Watch<ReplyBody<H::Body>>> {
        let (mut parts, body) = request.into_parts();
        let id = name_request(&mut parts.headers, &self.server.entropy);
        let checked = self.check(&parts.method, &parts.uri);
        let limits = &self.server.limits;
        let mut last = checked.is_err() || nth >= limits.requests_per_connection_max;
        let mut response = match checked {
            Err(refusal) => {
                self.server.observer.note(refusal.incident);
                text(refusal.status, refusal.why)
            }
            Ok(framing) => {
                // Where a chunked body ends is not tracked, so nothing may follow it.
                last |= framing == Framing::Chunked;
                let server = &self.server;
                let body = RequestBody::new(body, limits, &server.clock, &server.observer);
                self.call(Request::from_parts(parts, body)).await
            }
        };
        let headers = response.headers_mut();
        headers.insert(REQUEST_ID, id);
        if last || self.shutdown.is_requested() {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        let wire = Arc::clone(&self.wire);
        response.map(|body| Watch { body, wire })
    }

    fn check(&self, method: &Method, target: &http::Uri) -> Result<Framing, Refusal> {
        let framing = self.wire.head_ended().map_err(|_why| AMBIGUOUS)?;
        if *method == Method::CONNECT {
            return Err(NO_PROXY);
        }
        let length = target
            .path_and_query()
            .map_or(0, |path| path.as_str().len());
        if length > self.server.limits.url_bytes_max {
            return Err(URL_TOO_LONG);
        }
        Ok(framing)
    }

    /// Calls the handler. A panic in it is a bug of one request, not the end of the program.
    async fn call(&self, request: Request<RequestBody>) -> Response<ReplyBody<H::Body>> {
        let answer = async { self.handler.handle(&self.peer, request).await };
        match AssertUnwindSafe(answer).catch_unwind().await {
            Ok(response) => response,
            Err(_panic) => {
                self.server.observer.note(Incident::Panicked);
                error!("a request handler panicked");
                text(StatusCode::INTERNAL_SERVER_ERROR, "internal error\n")
            }
        }
    }
}

/// A request that no handler sees. The connection ends with it.
struct Refusal {
    incident: Incident,
    status: StatusCode,
    why: &'static str,
}

const AMBIGUOUS: Refusal = Refusal {
    incident: Incident::Ambiguous,
    status: StatusCode::BAD_REQUEST,
    why: "the request is ambiguous\n",
};
const NO_PROXY: Refusal = Refusal {
    incident: Incident::Refused,
    status: StatusCode::BAD_REQUEST,
    why: "this is not a proxy\n",
};
const URL_TOO_LONG: Refusal = Refusal {
    incident: Incident::Refused,
    status: StatusCode::URI_TOO_LONG,
    why: "the URL is too long\n",
};

/// The body of a response, which tells the wire when it was taken whole or dropped.
pub(super) struct Watch<B> {
    body: B,
    wire: Arc<Wire>,
}

impl<B> Drop for Watch<B> {
    fn drop(&mut self) {
        self.wire.response_ended();
    }
}

impl<B: Body + Unpin> Body for Watch<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
