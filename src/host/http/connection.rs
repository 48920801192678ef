//! One connection from its first byte to its last.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::time::{sleep_until, timeout};

use super::guard::{Guard, Handler};
use super::limits::Incident;
use super::serve::Server;
use super::stream::{Accepted, Stream};
use super::wire::{Verdict, Watched, Wire};
use crate::host::Shutdown;

/// What hyper may hold of one connection. Bodies pass through in pieces of at most this.
const BUFFER_BYTES_MAX: usize = 64 * 1024;

/// Serves one connection until it ends by itself, soon after `shutdown` is requested, or at once
/// when `cut` says so.
pub(super) async fn serve<H: Handler>(
    server: Arc<Server>,
    handler: Arc<H>,
    accepted: Accepted,
    shutdown: Shutdown,
    mut cut: Shutdown,
) {
    server.observer.note(Incident::Opened);
    let life = async {
        let peer = accepted.peer;
        let handshake = timeout(server.limits.head_timeout, accepted.handshake());
        let Ok(Ok(stream)) = handshake.await else {
            server.observer.note(Incident::HandshakeFailed);
            return;
        };
        let wire = Arc::new(Wire::new(Arc::clone(&server.limits), server.clock.clone()));
        let guard = Guard {
            server: Arc::clone(&server),
            handler,
            wire,
            peer,
            shutdown,
        };
        speak(Arc::new(guard), stream).await;
    };
    tokio::select! {
        () = life => {}
        () = cut.now() => server.observer.note(Incident::Cut),
    }
    server.observer.note(Incident::Closed);
}

/// Speaks HTTP/1.1, watched by the deadlines of the wire.
async fn speak<H: Handler>(guard: Arc<Guard<H>>, stream: Stream) {
    let (server, wire) = (Arc::clone(&guard.server), Arc::clone(&guard.wire));
    let mut shutdown = guard.shutdown.clone();
    let requests = AtomicU32::new(0);
    let service = service_fn(move |request| {
        let nth = requests.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let answer = Arc::clone(&guard).answer(request, nth);
        async move { Ok::<_, Infallible>(answer.await) }
    });
    let watched = Watched::new(stream, Arc::clone(&wire));
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            // The wire has this deadline: hyper's would also end idle connections.
            .header_read_timeout(None)
            .max_header_size(server.limits.head_bytes_max)
            .max_buf_size(BUFFER_BYTES_MAX)
            .serve_connection(TokioIo::new(watched), service)
    );
    let mut look = pin!(sleep_until(soon(&wire).into()));
    loop {
        tokio::select! {
            biased;
            ended = &mut connection => {
                note_end(&server, ended);
                return;
            }
            () = look.as_mut() => match wire.verdict() {
                Verdict::Wait(until) => look.as_mut().reset(until.into()),
                Verdict::Finish => {
                    server.observer.note(Incident::IdleTimeout);
                    connection.as_mut().graceful_shutdown();
                    look.as_mut().reset((server.clock.monotonic() + server.limits.head_timeout).into());
                }
                Verdict::Cut(why) => {
                    server.observer.note(why);
                    return;
                }
            },
            () = shutdown.requested(), if !wire.is_draining() => {
                wire.drain();
                look.as_mut().reset(soon(&wire).into());
            }
        }
    }
}

fn soon(wire: &Wire) -> Instant {
    match wire.verdict() {
        Verdict::Wait(until) => until,
        Verdict::Finish | Verdict::Cut(_) => wire.now(),
    }
}

/// hyper answers what it cannot parse by itself; here it is counted. Clients that go away are
/// nothing to note.
fn note_end(server: &Server, ended: hyper::Result<()>) {
    if ended.is_err_and(|error| error.is_parse()) {
        server.observer.note(Incident::Refused);
    }
}
