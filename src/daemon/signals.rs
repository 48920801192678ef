//! What the system tells the daemon: end in good order, end at once, or look at files again.

use std::io;
use std::sync::Arc;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;
use tracing::{info, warn};

use crate::host::ShutdownTrigger;

/// The signals the daemon listens to, from the moment this is made.
#[derive(Debug)]
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    /// Takes the signals over from the system. Needs a runtime.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Passes them on: the first SIGTERM or SIGINT asks for an orderly end, the second ends
    /// everything. SIGHUP tells `refresh`, for files that others replace; the configuration is read
    /// at the start only. Never returns.
    pub async fn pass_on(mut self, trigger: ShutdownTrigger, refresh: Arc<Notify>) {
        let mut is_draining = false;
        loop {
            tokio::select! {
                _ = self.terminate.recv() => {}
                _ = self.interrupt.recv() => {}
                _ = self.hang_up.recv() => {
                    info!("SIGHUP: files are looked at again, the configuration at a restart");
                    refresh.notify_one();
                    continue;
                }
            }
            if is_draining {
                warn!("asked to end again: ending at once");
                trigger.now();
            } else {
                info!("asked to end: finishing what was begun");
                trigger.drain();
                is_draining = true;
            }
        }
    }
}
