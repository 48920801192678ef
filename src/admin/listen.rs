//! The admin API as a handler of the listeners of `host`.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{Request, Response};
use http_body_util::Either;
use tower::ServiceExt as _;

use super::identity::{Peer, Remote};
use super::router::router;
use super::state::State;
use crate::host::http::{self as listener, Handler, ReplyBody, RequestBody};

/// How the bytes of a TCP listener travel. A unix socket needs no telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// As they are: for the loopback interface only.
    Plain,
    /// Over TLS.
    Tls,
}

/// The handler of one listener.
#[derive(Debug, Clone)]
pub struct Door {
    router: Router,
    transport: Transport,
}

impl Door {
    /// The admin API behind a listener of this kind.
    pub fn new(state: &Arc<State>, transport: Transport) -> Self {
        Self {
            router: router(state),
            transport,
        }
    }

    fn peer(&self, peer: &listener::Peer) -> Peer {
        match (peer, self.transport) {
            (listener::Peer::Unix(process), _) => Peer::Socket { uid: process.uid },
            (listener::Peer::Tcp(_), Transport::Plain) => Peer::Tcp,
            (listener::Peer::Tcp(_), Transport::Tls) => Peer::Tls,
        }
    }
}

impl Handler for Door {
    type Body = Body;

    async fn handle(
        &self,
        peer: &listener::Peer,
        request: Request<RequestBody>,
    ) -> Response<ReplyBody<Body>> {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(self.peer(peer));
        if let listener::Peer::Tcp(address) = peer {
            request.extensions_mut().insert(Remote(address.ip()));
        }
        let answer = self.router.clone().oneshot(request).await;
        answer
            .unwrap_or_else(|never| match never {})
            .map(Either::Right)
    }
}
