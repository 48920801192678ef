//! The accept loop, on one runtime or on many workers, and its orderly end.

use std::convert::Infallible;
use std::io;
use std::num::NonZeroU16;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
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
        let mut started = Workers::none();
        for number in 0..workers.get() {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let served =
                Arc::clone(self).run(listener.clone(), Arc::clone(handler), shutdown.clone());
            started.start(number, move || runtime.block_on(served))?;
        }
        Ok(started)
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
pub struct Workers {
    count: usize,
    /// How each ended, in the order in which they do.
    ended: Receiver<io::Result<Drained>>,
    end: Sender<io::Result<Drained>>,
}

impl Workers {
    fn none() -> Self {
        let (end, ended) = std::sync::mpsc::channel();
        Self {
            count: 0,
            ended,
            end,
        }
    }

    fn start(
        &mut self,
        number: u16,
        work: impl FnOnce() -> io::Result<Drained> + Send + 'static,
    ) -> io::Result<()> {
        let end = self.end.clone();
        std::thread::Builder::new()
            .name(format!("http-{number}"))
            .spawn(move || {
                let ended = catch_unwind(AssertUnwindSafe(work));
                let ended =
                    ended.unwrap_or_else(|_panic| Err(io::Error::other("an HTTP worker panicked")));
                // Nobody waits any more: then nobody needs to know.
                drop(end.send(ended));
            })?;
        self.count += 1;
        Ok(())
    }

    /// Waits for all of them, once shutdown was asked for. Blocks the thread.
    ///
    /// A worker that fails before is told at once through `failed`, whatever the others do, so
    /// that they can be asked to end; they are waited for all the same.
    pub fn join(self, failed: impl FnOnce()) -> io::Result<Drained> {
        let mut failed = Some(failed);
        let mut all = Ok(Drained::default());
        for ended in self.ended.iter().take(self.count) {
            all = match (all, ended) {
                (Ok(all), Ok(one)) => Ok(Drained {
                    cut: all.cut + one.cut,
                }),
                (Err(first), _) => Err(first),
                (Ok(_), Err(error)) => {
                    if let Some(failed) = failed.take() {
                        failed();
                    }
                    Err(error)
                }
            };
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_fails_is_told_while_the_others_work_and_they_are_waited_for() {
        let (ask, asked) = std::sync::mpsc::channel();
        let (done, is_done) = std::sync::mpsc::channel();
        let mut workers = Workers::none();
        let works_on = move || {
            // Long enough for any machine; a failure that waits for its turn would wait for this.
            let asked = asked.recv_timeout(Duration::from_secs(20));
            done.send(asked.is_ok()).unwrap();
            Ok(Drained { cut: 1 })
        };
        workers.start(0, works_on).unwrap();
        workers.start(1, || panic!("a fault")).unwrap();
        workers.start(2, || Ok(Drained::default())).unwrap();
        let ended = workers.join(|| ask.send(()).unwrap());
        assert!(ended.unwrap_err().to_string().contains("panicked"));
        assert_eq!(
            is_done.try_recv(),
            Ok(true),
            "the first was asked and waited for"
        );
    }

    #[test]
    fn what_all_workers_cut_is_summed() {
        let mut workers = Workers::none();
        for number in 0..3 {
            let cut = usize::from(number);
            workers.start(number, move || Ok(Drained { cut })).unwrap();
        }
        let ended = workers.join(|| panic!("none has failed"));
        assert_eq!(ended.unwrap(), Drained { cut: 3 });
    }
}
