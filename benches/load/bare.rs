//! A server of one fixed answer: how fast this machine can be at all with nothing decided, signed
//! or rendered; on nothing but hyper, or on the accept loop and guard of the product.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use adserve::host::http::{
    Handler, Limits, Listener, Observer, Peer, ReplyBody, RequestBody, Server,
    raise_descriptor_limit,
};
use adserve::host::{Clock, Entropy, ShutdownTrigger};
use bytes::Bytes;
use clap::ValueEnum;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response};
use http_body_util::{Either, Full};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// What carries the answers.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Stack {
    /// Hyper alone.
    Hyper,
    /// The accept loop and guard that `adserved` serves with.
    Guarded,
}

/// Answers every request on `listen` with `body`, on this thread, until the process ends.
pub(crate) fn serve(stack: Stack, listen: SocketAddr, body: Bytes) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    match stack {
        Stack::Hyper => {
            tokio::task::LocalSet::new().block_on(&runtime, serve_with_hyper(listen, body))
        }
        Stack::Guarded => runtime.block_on(serve_guarded(listen, body)),
    }
}

async fn serve_with_hyper(listen: SocketAddr, body: Bytes) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let body = body.clone();
        let service = service_fn(move |_request| {
            let answer = answer(Full::new(body.clone()));
            async move { Ok::<_, Infallible>(answer) }
        });
        tokio::task::spawn_local(async move {
            // A connection that breaks is the client's affair.
            drop(
                http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await,
            );
        });
    }
}

async fn serve_guarded(listen: SocketAddr, body: Bytes) -> anyhow::Result<()> {
    let limits = Limits::for_descriptors(raise_descriptor_limit());
    let observer = Observer::new(|_incident| {});
    let server = Server::new(limits, Clock::real(), Entropy::real(), observer);
    let listener = Listener::bind_tcp(listen)?;
    let (_never, shutdown) = ShutdownTrigger::new();
    server
        .run(listener, Arc::new(Fixed(body)), shutdown)
        .await?;
    Ok(())
}

struct Fixed(Bytes);

impl Handler for Fixed {
    type Body = Full<Bytes>;

    async fn handle(
        &self,
        _peer: &Peer,
        _request: Request<RequestBody>,
    ) -> Response<ReplyBody<Self::Body>> {
        answer(Either::Left(Full::new(self.0.clone())))
    }
}

fn answer<B>(body: B) -> Response<B> {
    let mut response = Response::new(body);
    let kind = HeaderValue::from_static("application/xml; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
