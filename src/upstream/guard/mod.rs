//! The one judge of every outbound request: what may be fetched, and from which addresses.
//!
//! A URL is judged before anything is done, again after each redirect, and the addresses its name
//! has are judged where the connection is made: exactly a judged address is connected to, and the
//! name is not looked up again. Text is never judged, only what it was parsed to.

mod address;
mod allow;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use url::{Host, Url};

use self::address::{Verdict, judge};
use super::resolve::Resolve;

pub use self::address::Kind;
pub use self::allow::{AllowRule, AllowRuleError};

/// More answers than this to one name are a fault or an attack.
const ANSWERS_MAX: usize = 64;
/// Ports from here on belong to nobody in particular.
const FREE_PORTS_FROM: u16 = 1_024;
/// What speaks something else than HTTP there, or HTTP that commands: databases, caches, brokers,
/// container engines and cluster stores. A stray request can do harm.
const SERVICE_PORTS: [u16; 25] = [
    1_433, 1_521, 2_049, 2_181, 2_375, 2_376, 2_379, 2_380, 3_306, 3_389, 4_369, 5_432, 5_672,
    5_900, 6_000, 6_379, 6_380, 6_443, 8_500, 9_042, 9_092, 9_200, 10_250, 11_211, 27_017,
];

/// Why something is not fetched. No part of the URL but its host is in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// Neither http nor https.
    #[error("only http and https are fetched")]
    Scheme,
    /// A user or a password in the URL.
    #[error("a URL with a user or a password is not fetched")]
    Credentials,
    /// No host.
    #[error("the URL has no host")]
    Host,
    /// A port that is not for web servers.
    #[error("port {0} is not fetched from; upstream.ports can free it")]
    Port(u16),
    /// An address that leads inside.
    #[error("{address} is {}, and not fetched from; upstream.allow can free it", kind.as_str())]
    Inside {
        /// Which.
        address: IpAddr,
        /// What it is.
        kind: Kind,
    },
    /// An address that nobody can free.
    #[error("{address} is {}, and never fetched from", kind.as_str())]
    Never {
        /// Which.
        address: IpAddr,
        /// What it is.
        kind: Kind,
    },
    /// A listener of this daemon that is not for players.
    #[error("port {0} of this machine is a listener of this daemon")]
    Own(u16),
}

/// What an operator says about fetching.
#[derive(Debug, Clone, Default)]
pub struct GuardRules {
    /// Names and addresses inside that may be fetched from.
    pub allow: Vec<AllowRule>,
    /// Ports that may be fetched from beyond the usual.
    pub ports: BTreeSet<u16>,
    /// Ports on this machine that must not be reached: the listeners of the admin API.
    pub own_ports: BTreeSet<u16>,
}

/// Judges URLs and addresses.
#[derive(Debug, Clone)]
pub struct Guard {
    rules: Arc<GuardRules>,
    resolver: Arc<dyn Resolve>,
}

/// Why there is no address to connect to.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAddress {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("the name could not be looked up: {0}")]
    Lookup(#[source] io::Error),
    #[error("the name has no address")]
    None,
    #[error("the name has more than {ANSWERS_MAX} addresses")]
    TooMany,
}

impl Guard {
    /// A judge that looks names up with `resolver`.
    pub fn new(rules: GuardRules, resolver: Arc<dyn Resolve>) -> Self {
        Self {
            rules: Arc::new(rules),
            resolver,
        }
    }

    /// Judges a URL by itself. A name in it is judged when it is connected to.
    pub fn check(&self, url: &Url) -> Result<(), Forbidden> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Forbidden::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Forbidden::Credentials);
        }
        let port = url.port_or_known_default().ok_or(Forbidden::Scheme)?;
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain("")) | None => return Err(Forbidden::Host),
            Some(Host::Domain(_)) => None,
        };
        let is_free = port >= FREE_PORTS_FROM && !SERVICE_PORTS.contains(&port);
        if !(is_free || matches!(port, 80 | 443) || self.rules.ports.contains(&port)) {
            return Err(Forbidden::Port(port));
        }
        match literal {
            Some(address) => self.admit("", address),
            None => Ok(()),
        }
    }

    /// The addresses of a host, all of them judged: one that is refused refuses the name, since
    /// whoever mixes the two kinds is trying something.
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, NoAddress> {
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = literal.parse() {
            self.admit("", address)?;
            return Ok(vec![address]);
        }
        let found = self.resolver.resolve(host).await;
        let mut found = found.map_err(NoAddress::Lookup)?;
        if found.len() > ANSWERS_MAX {
            return Err(NoAddress::TooMany);
        }
        for address in &found {
            self.admit(host, *address)?;
        }
        found.dedup();
        if found.is_empty() {
            return Err(NoAddress::None);
        }
        Ok(found)
    }

    /// Judges a connection by its two ends: a machine that reaches itself must not reach those of
    /// our listeners that are not for players.
    pub(super) fn check_ends(&self, own: SocketAddr, peer: SocketAddr) -> Result<(), Forbidden> {
        let (from, to) = (own.ip().to_canonical(), peer.ip().to_canonical());
        let is_this_machine = from == to || to.is_loopback();
        if is_this_machine && self.rules.own_ports.contains(&peer.port()) {
            return Err(Forbidden::Own(peer.port()));
        }
        Ok(())
    }

    fn admit(&self, host: &str, address: IpAddr) -> Result<(), Forbidden> {
        match judge(address) {
            Verdict::Public => Ok(()),
            Verdict::Never(kind) => Err(Forbidden::Never { address, kind }),
            Verdict::Inside(kind) => {
                let mut rules = self.rules.allow.iter();
                if rules.any(|rule| rule.frees(host, address)) {
                    Ok(())
                } else {
                    Err(Forbidden::Inside { address, kind })
                }
            }
        }
    }
}
