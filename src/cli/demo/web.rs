//! The little of HTTP that a simulated TV speaks.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::header::{CONTENT_TYPE, LOCATION, RANGE};
use hyper::{Method, Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// Longest wait for an answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// Most of an answer that is read. Bytes.
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// A connection pool of one TV.
#[derive(Clone)]
pub(super) struct Web(Client<HttpConnector, Full<Bytes>>);

/// What came back.
pub(super) struct Reply {
    /// Its status.
    pub(super) status: StatusCode,
    /// Where it leads.
    pub(super) location: Option<String>,
    /// What is in it.
    pub(super) body: Bytes,
}

impl Web {
    /// Connects to nothing yet.
    pub(super) fn new() -> Self {
        Self(Client::builder(TokioExecutor::new()).build_http())
    }

    /// Asks for something, or says that something happened.
    pub(super) async fn call(&self, method: Method, uri: &str) -> anyhow::Result<Reply> {
        let request = Request::builder().method(method).uri(uri);
        self.send(request.body(Full::default())?).await
    }

    /// Sends JSON.
    pub(super) async fn post(&self, uri: &str, json: Vec<u8>) -> anyhow::Result<Reply> {
        let request = Request::post(uri).header(CONTENT_TYPE, "application/json");
        self.send(request.body(Full::from(json))?).await
    }

    /// Asks for the first bytes of a file, as a player does that looks whether it can play it.
    pub(super) async fn peek(&self, uri: &str) -> anyhow::Result<Reply> {
        let request = Request::get(uri).header(RANGE, "bytes=0-65535");
        self.send(request.body(Full::default())?).await
    }

    async fn send(&self, request: Request<Full<Bytes>>) -> anyhow::Result<Reply> {
        let answer = async {
            let response = self.0.request(request).await?;
            let (head, body) = response.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
            let body = body.map_err(|error| anyhow::anyhow!("{error}"))?.to_bytes();
            let location = head.headers.get(LOCATION);
            anyhow::Ok(Reply {
                status: head.status,
                location: location
                    .and_then(|url| url.to_str().ok())
                    .map(str::to_owned),
                body,
            })
        };
        tokio::time::timeout(ANSWER_TIMEOUT, answer).await?
    }
}
