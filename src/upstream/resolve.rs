//! Looks up the addresses of names: a port, so that tests can answer as an attacker would.

use std::fmt::Debug;
use std::io;
use std::net::{IpAddr, ToSocketAddrs as _};
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Semaphore;

/// Lookups under way at one time. The system cannot be told to give one up, so that a resolver
/// which hangs would otherwise take a thread for each try.
const LOOKUPS_MAX: usize = 32;

/// Knows the addresses of names.
#[async_trait]
pub trait Resolve: Debug + Send + Sync {
    /// The addresses of a name, in the order in which they should be tried.
    async fn resolve(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// The resolver of the machine.
#[derive(Debug)]
pub struct SystemResolver {
    slots: Arc<Semaphore>,
}

impl SystemResolver {
    /// The resolver of the machine, bounded in lookups.
    pub fn new() -> Self {
        Self {
            slots: Arc::new(Semaphore::new(LOOKUPS_MAX)),
        }
    }
}

impl Default for SystemResolver {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Resolve for SystemResolver {
    async fn resolve(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let slot = Arc::clone(&self.slots).acquire_owned().await;
        let slot = slot.map_err(io::Error::other)?;
        let name = name.to_owned();
        // The slot ends with the lookup, not with whoever waits for it.
        let lookup = tokio::task::spawn_blocking(move || {
            let found = (name.as_str(), 0).to_socket_addrs();
            let found = found.map(|found| found.map(|socket| socket.ip()).collect());
            drop(slot);
            found
        });
        lookup.await.map_err(io::Error::other)?
    }
}
