//! The HTTP client under `object_store`: hyper with rustls, bounded in time and bytes.
//!
//! Replaces the client that `object_store` would bring along. We only put, look and delete, so
//! every answer is small and is read whole within the time of its request.

use std::error::Error;
use std::time::Duration;

use async_trait::async_trait;
use http::Response;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse,
    HttpResponseBody, HttpService,
};

/// The most time for a connection to be made.
const CONNECT_MAX: Duration = Duration::from_secs(5);
/// The most bytes of an answer: lists of parts and XML errors are far smaller.
const ANSWER_BYTES_MAX: usize = 1 << 20;
/// Connections kept for the next request.
const IDLE_MAX: usize = 8;

/// Makes the client.
#[derive(Debug)]
pub(super) struct Connector {
    patience: Duration,
}

#[derive(Debug)]
struct Service {
    client: Client<HttpsConnector<HttpConnector>, HttpRequestBody>,
    patience: Duration,
}

impl Connector {
    /// Requests end after `patience`, whatever happened to them.
    pub(super) fn new(patience: Duration) -> Self {
        Self { patience }
    }
}

impl object_store::client::HttpConnector for Connector {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(CONNECT_MAX));
        let provider = rustls::crypto::ring::default_provider();
        let https = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider)
            .map_err(|source| object_store::Error::Generic {
                store: "S3",
                source: Box::new(source),
            })?
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(30))
            .pool_max_idle_per_host(IDLE_MAX)
            .build(https);
        Ok(HttpClient::new(Service {
            client,
            patience: self.patience,
        }))
    }
}

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        match tokio::time::timeout(self.patience, self.answer(request)).await {
            Ok(answer) => answer,
            Err(late) => Err(HttpError::new(HttpErrorKind::Timeout, late)),
        }
    }
}

impl Service {
    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let response = self.client.request(request).await.map_err(|error| {
            let kind = if error.is_connect() {
                HttpErrorKind::Connect
            } else {
                kind_of(&error)
            };
            HttpError::new(kind, error)
        })?;
        let (parts, body) = response.into_parts();
        let whole = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
        let bytes = whole
            .map_err(|error| HttpError::new_boxed(kind_of(error.as_ref()), error))?
            .to_bytes();
        let body = Full::new(bytes).map_err(|never| match never {});
        Ok(Response::from_parts(parts, HttpResponseBody::new(body)))
    }
}

/// Whether a failed exchange may be tried again: the connection broke, and not the message.
fn kind_of(error: &(dyn Error + 'static)) -> HttpErrorKind {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        if let Some(error) = inner.downcast_ref::<hyper::Error>()
            && (error.is_closed() || error.is_incomplete_message() || error.is_body_write_aborted())
        {
            return HttpErrorKind::Request;
        }
        if inner.downcast_ref::<std::io::Error>().is_some() {
            return HttpErrorKind::Interrupted;
        }
        cause = inner.source();
    }
    HttpErrorKind::Unknown
}
