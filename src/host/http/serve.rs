//! The accept loop, on one runtime or on many workers, and its orderly end.

use std::convert::Infallible;
use std::io;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{sleep, timeout, timeout_at};
use tracing::warn;

use super::connection;
use super::guard::Handler;
use super::limits::{Incident, Limits, Observer};
use super::stream::{Accepted, Accepting, Listener};
use crate::host::{Clock, Entropy, Shutdown, ShutdownTrigger};

/// Pause after a failed accept: long enough not to spin, short enough that a free descriptor is
/// used at once.
const ACCEPT_RETRY: Duration = Duration::from_millis(20);
/// When draining, the queue of the kernel counts as empty after this long without a connection.
const QUEUE_QUIET: Duration = Duration::from_millis(200);

/// Serves one listener under one set of limits, on any number of workers.
#[derive(Debug)]
pub struct Server {
    pub(super) limits: Arc<Limits>,
    pub(super) clock: Clock,
    pub(super) entropy: Entropy,
    pub(super) observer: Observer,
    slots: Arc<Semaphore>,
}

/// How serving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drained {
    /// Connections that were cut because they did not end in time.
    pub cut: usize,
}

impl Server {
    /// A server that is not listening yet. Clones of the `Arc` share its connection cap.
    pub fn new(limits: Limits, clock: Clock, entropy: Entropy, observer: Observer) -> Arc<Self> {
        let slots = limits.connections_max.min(Semaphore::MAX_PERMITS);
        Arc::new(Self {
            limits: Arc::new(limits),
            clock,
            entropy,
            observer,
            slots: Arc::new(Semaphore::new(slots)),
        })
    }

    /// Accepts and serves on the current runtime until `shutdown`; then takes what the kernel
    /// has queued, finishes what was begun, and returns.
    pub async fn run<H: Handler>(
        self: Arc<Self>,
        listener: Listener,
        handler: Arc<H>,
        mut shutdown: Shutdown,
    ) -> io::Result<Drained> {
        let accepting = listener.open()?;
        let (trigger, cut) = ShutdownTrigger::new();
        // Every connection holds a sender: when the last is gone, the receiver says so.
        let (alive, mut all_gone) = mpsc::channel::<Infallible>(1);
        let asked = shutdown.clone();
        let begin = |accepted: Accepted, slot: OwnedSemaphorePermit| {
            let (server, handler) = (Arc::clone(&self), Arc::clone(&handler));
            let (shutdown, cut, alive) = (asked.clone(), cut.clone(), alive.clone());
            tokio::spawn(async move {
                connection::serve(server, handler, accepted, shutdown, cut).await;
                drop((slot, alive));
            });
        };
        tokio::select! {
            biased;
            () = shutdown.requested() => {}
            () = self.accept_all(&accepting, &begin) => {}
        }
        let deadline = self.clock.monotonic() + self.limits.drain_timeout;
        listener.refuse_new();
        tokio::select! {
            () = shutdown.now() => {}
            () = self.accept_queued(&accepting, &begin) => {}
        }
        drop((accepting, listener, alive));
        tokio::select! {
            () = shutdown.now() => {}
            _none = timeout_at(deadline.into(), all_gone.recv()) => {}
        }
        let drained = Drained {
            cut: all_gone.sender_strong_count(),
        };
        trigger.now();
        all_gone.recv().await;
        Ok(drained)
    }

    /// Starts `workers` threads that accept from one queue, each with a runtime of its own: a
    /// connection stays on its thread, and no two threads share a socket.
    pub fn spawn<H: Handler>(
        self: &Arc<Self>,
        workers: NonZeroU16,
        listener: &Listener,
        handler: &Arc<H>,
        shutdown: &Shutdown,
    ) -> io::Result<Workers> {
        let mut threads = Vec::new();
        for number in 0..workers.get() {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let served =
                Arc::clone(self).run(listener.clone(), Arc::clone(handler), shutdown.clone());
            let thread = std::thread::Builder::new()
                .name(format!("http-{number}"))
                .spawn(move || runtime.block_on(served))?;
            threads.push(thread);
        }
        Ok(Workers(threads))
    }

    /// Accepts for ever.
    async fn accept_all(
        &self,
        accepting: &Accepting,
        begin: &impl Fn(Accepted, OwnedSemaphorePermit),
    ) {
        let mut failed = false;
        loop {
            let slot = self.slot().await;
            match accepting.accept().await {
                Ok(accepted) => {
                    failed = false;
                    begin(accepted, slot);
                    // Let it say something before the next: on a busy worker the next is then
                    // taken by an idle one.
                    tokio::task::yield_now().await;
                }
                // The client went away between connecting and being accepted.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => {
                    // Once, not fifty times a second, however long it lasts.
                    if !std::mem::replace(&mut failed, true) {
                        warn!(%error, "accepting connections fails; trying on");
                    }
                    self.accept_failed().await;
                }
            }
        }
    }

    /// Accepts what the kernel has queued, until it was quiet for a while.
    async fn accept_queued(
        &self,
        accepting: &Accepting,
        begin: &impl Fn(Accepted, OwnedSemaphorePermit),
    ) {
        let until = sleep(self.limits.drain_idle);
        let queued = async {
            while let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() {
                match timeout(QUEUE_QUIET, accepting.accept()).await {
                    Ok(Ok(accepted)) => begin(accepted, slot),
                    Ok(Err(_error)) => self.accept_failed().await,
                    Err(_quiet) => return,
                }
            }
        };
        tokio::select! {
            () = queued => {}
            () = until => {}
        }
    }

    async fn slot(&self) -> OwnedSemaphorePermit {
        if let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() {
            return slot;
        }
        self.observer.note(Incident::AtCapacity);
        let slot = Arc::clone(&self.slots).acquire_owned().await;
        slot.expect("the semaphore is never closed")
    }

    async fn accept_failed(&self) {
        self.observer.note(Incident::AcceptFailed);
        sleep(ACCEPT_RETRY).await;
    }
}

/// The threads of a listener.
#[derive(Debug)]
pub struct Workers(Vec<JoinHandle<io::Result<Drained>>>);

impl Workers {
    /// Waits for all of them, once shutdown was asked for. Blocks the thread.
    pub fn join(self) -> io::Result<Drained> {
        let mut all = Drained::default();
        for worker in self.0 {
            let ended = worker.join();
            let ended = ended.map_err(|_panic| io::Error::other("an HTTP worker panicked"))?;
            all.cut += ended?.cut;
        }
        Ok(all)
    }
}
