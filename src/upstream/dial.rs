//! Opens connections for the HTTP client: to judged addresses only, within a time.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tower::Service;

use super::guard::{Forbidden, Guard, NoAddress};

/// Addresses of one name that are tried, one after the other.
const TRIES_MAX: u32 = 4;

type BoxError = Box<dyn Error + Send + Sync>;
type Connecting<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(super) enum DialError {
    #[error(transparent)]
    Guard(#[from] NoAddress),
    #[error("no connection: {0}")]
    Connect(#[source] io::Error),
    #[error("no connection in time")]
    Timeout,
}

/// TCP to a judged address.
#[derive(Debug, Clone)]
pub(super) struct Dial {
    guard: Guard,
    patience: Duration,
}

/// TCP, and TLS over it where the URL says so, all within one time.
#[derive(Debug, Clone)]
pub(super) struct Connector {
    https: HttpsConnector<Dial>,
    patience: Duration,
}

impl Connector {
    /// Connections whose making may take `patience`.
    pub(super) fn new(guard: Guard, tls: Arc<ClientConfig>, patience: Duration) -> Self {
        let dial = Dial { guard, patience };
        Self {
            https: HttpsConnector::from((dial, tls)),
            patience,
        }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = BoxError;
    type Future = Connecting<Self::Response, BoxError>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.https.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (connecting, patience) = (self.https.call(uri), self.patience);
        Box::pin(async move {
            timeout(patience, connecting)
                .await
                .unwrap_or_else(|_late| Err(DialError::Timeout.into()))
        })
    }
}

impl Service<Uri> for Dial {
    type Response = TokioIo<TcpStream>;
    type Error = DialError;
    type Future = Connecting<Self::Response, DialError>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), DialError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let dial = self.clone();
        Box::pin(async move { dial.connect(&uri).await.map(TokioIo::new) })
    }
}

impl Dial {
    async fn connect(&self, uri: &Uri) -> Result<TcpStream, DialError> {
        let host = uri.host().ok_or(NoAddress::Forbidden(Forbidden::Host))?;
        let is_https = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if is_https { 443 } else { 80 });
        let end = Instant::now() + self.patience;
        let found = timeout_at(end, self.guard.addresses(host)).await;
        let found = found.map_err(|_late| DialError::Timeout)??;
        let mut left = TRIES_MAX.min(u32::try_from(found.len()).unwrap_or(TRIES_MAX));
        let mut failed = DialError::Timeout;
        for address in found {
            if left == 0 {
                break;
            }
            // One that hangs must leave time for the next.
            let share = end.saturating_duration_since(Instant::now()) / left;
            left -= 1;
            match timeout(share, TcpStream::connect(SocketAddr::new(address, port))).await {
                Ok(Ok(stream)) => return self.judged(stream),
                Ok(Err(error)) => failed = DialError::Connect(error),
                Err(_late) => failed = DialError::Timeout,
            }
        }
        Err(failed)
    }

    fn judged(&self, stream: TcpStream) -> Result<TcpStream, DialError> {
        let ends = stream.local_addr().and_then(|own| {
            let peer = stream.peer_addr()?;
            stream.set_nodelay(true)?;
            Ok((own, peer))
        });
        let (own, peer) = ends.map_err(DialError::Connect)?;
        let judged = self.guard.check_ends(own, peer);
        judged.map_err(NoAddress::Forbidden)?;
        Ok(stream)
    }
}
