//! What a client may take: sizes, counts and times, each with a name, and what is noted when one
//! is reached.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::model::word::words;

/// Caps and times of one listener. Sizes are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Open connections. At the cap nothing more is accepted; those that are open are served.
    pub connections_max: usize,
    /// Requests on one connection, so that long-lived ones move between workers.
    pub requests_per_connection_max: u32,
    /// Start line and headers together; more is answered 431. (The number of headers is at most
    /// 100, the parser's own limit.)
    pub head_bytes_max: usize,
    /// The request target; more is answered 414.
    pub url_bytes_max: usize,
    /// From the first byte of a request, or from accepting, to the end of its headers. The TLS
    /// handshake has the same.
    pub head_timeout: Duration,
    /// How long a handler waits for the client within one body...
    pub body_timeout: Duration,
    /// ...a second more for each so many bytes that came.
    pub body_rate_min: u32,
    /// How long a client may take nothing of a response.
    pub write_timeout: Duration,
    /// Between the end of a response and the next request.
    pub idle_timeout: Duration,
    /// When draining: how long a silent connection is kept for a request that is on its way.
    pub drain_idle: Duration,
    /// When draining: after this, what still runs is cut.
    pub drain_timeout: Duration,
}

impl Limits {
    /// Share of the descriptors of the process that connections may take: Envoy's advice is to
    /// stay below half, so that files, databases and the other listener never go without.
    const DESCRIPTOR_SHARE: u64 = 2;
    /// More connections than this want a configured value: a thousand of them hold some 20 MB.
    const CONNECTIONS_DEFAULT_MAX: u64 = 16_384;

    /// The defaults in a process that may open `descriptors` files.
    pub fn for_descriptors(descriptors: u64) -> Self {
        let connections = (descriptors / Self::DESCRIPTOR_SHARE)
            .saturating_sub(1)
            .clamp(1, Self::CONNECTIONS_DEFAULT_MAX);
        Self {
            connections_max: usize::try_from(connections).unwrap_or(usize::MAX),
            requests_per_connection_max: 10_000,
            head_bytes_max: 16 * 1024,
            url_bytes_max: 8 * 1024,
            head_timeout: Duration::from_secs(5),
            body_timeout: Duration::from_secs(10),
            body_rate_min: 4 * 1024,
            write_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(30),
            drain_idle: Duration::from_secs(1),
            drain_timeout: Duration::from_secs(30),
        }
    }
}

/// Raises the soft limit of open files to the hard one, as every server with many sockets must,
/// and says what it is now.
pub fn raise_descriptor_limit() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    // Refused only where the kernel's own ceiling is below the hard limit: keep what there is.
    let now = setrlimit(Resource::Nofile, raised).map_or(limit.current, |()| limit.maximum);
    now.unwrap_or(u64::MAX)
}

/// Something a listener met, for metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Incident {
    /// A connection was accepted.
    Opened,
    /// A connection ended.
    Closed,
    /// Accepting failed, as it does when descriptors run out; it is tried again.
    AcceptFailed,
    /// The connection cap was reached and accepting waits.
    AtCapacity,
    /// The TLS handshake failed or took too long.
    HandshakeFailed,
    /// The headers took too long.
    HeadTimeout,
    /// The body took too long.
    BodyTimeout,
    /// The client took nothing of the response for too long.
    WriteTimeout,
    /// Nothing was asked for too long. Not a fault.
    IdleTimeout,
    /// A request that two parsers could read differently was refused.
    Ambiguous,
    /// The parser or a size cap refused a request.
    Refused,
    /// A handler panicked.
    Panicked,
    /// A connection was cut at the end of a drain.
    Cut,
}
words!(Incident {
    Opened = "opened",
    Closed = "closed",
    AcceptFailed = "accept_failed",
    AtCapacity = "at_capacity",
    HandshakeFailed = "handshake_failed",
    HeadTimeout = "head_timeout",
    BodyTimeout = "body_timeout",
    WriteTimeout = "write_timeout",
    IdleTimeout = "idle_timeout",
    Ambiguous = "ambiguous",
    Refused = "refused",
    Panicked = "panicked",
    Cut = "cut",
});

/// Told of every incident, on the thread where it happens. It must not block.
#[derive(Clone)]
pub struct Observer(Arc<dyn Fn(Incident) + Send + Sync>);

impl Observer {
    /// Calls `note` for every incident.
    pub fn new(note: impl Fn(Incident) + Send + Sync + 'static) -> Self {
        Self(Arc::new(note))
    }

    /// Tells it.
    pub fn note(&self, incident: Incident) {
        (self.0)(incident);
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_stay_below_half_of_the_descriptors() {
        assert_eq!(Limits::for_descriptors(1_024).connections_max, 511);
        assert_eq!(Limits::for_descriptors(0).connections_max, 1);
        assert_eq!(Limits::for_descriptors(u64::MAX).connections_max, 16_384);
    }

    #[test]
    fn the_soft_limit_is_the_hard_limit_afterwards() {
        let raised = raise_descriptor_limit();
        let limit = getrlimit(Resource::Nofile);
        assert_eq!(limit.current, limit.maximum);
        assert_eq!(limit.current.unwrap_or(u64::MAX), raised);
    }
}
