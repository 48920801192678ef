//! Why a fetch failed: which origin, and what was wrong. Never a path or a query: they hold tokens.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use url::Url;

use super::guard::Forbidden;

/// A fetch that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{origin}: {cause}")]
pub struct FetchError {
    /// Scheme, host and port of whoever was asked last.
    pub origin: Arc<str>,
    /// What was wrong.
    pub cause: Cause,
}

/// What can be wrong with a fetch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// It may not be fetched.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Its name has no address, or too many, or nobody who knows.
    #[error("{0}")]
    Lookup(String),
    /// No connection.
    #[error("no connection: {0}")]
    Connect(String),
    /// The other side is not who it should be, or does not speak TLS.
    #[error("no TLS: {0}")]
    Tls(String),
    /// It took too long.
    #[error("{} in time", phase.as_str())]
    Timeout {
        /// What did.
        phase: Phase,
    },
    /// Sent on to somewhere it is not followed to.
    #[error("{}", .0.as_str())]
    Redirect(Misdirection),
    /// An answer that is none.
    #[error("answered {status}")]
    Status {
        /// With which status.
        status: StatusCode,
        /// When it wants to be asked again.
        retry_after: Option<Duration>,
    },
    /// More than is taken.
    #[error("{} larger than {max} bytes", part.as_str())]
    TooLarge {
        /// What is.
        part: Part,
        /// How much is taken.
        max: usize,
    },
    /// The connection ended before the answer did.
    #[error("the answer broke off")]
    Truncated,
    /// Encoded in a way that was not asked for.
    #[error("the answer has a content coding that was not asked for")]
    Coding,
    /// Said to be gzip and is not.
    #[error("the answer is no gzip, or a damaged one")]
    Gzip,
    /// Not HTTP.
    #[error("the answer is not HTTP: {0}")]
    Protocol(String),
    /// It failed so often that it is left alone for a while.
    #[error("left alone for another {} ms after it failed again and again", retry_in.as_millis())]
    Backoff {
        /// For how long still.
        retry_in: Duration,
    },
    /// Too much is being fetched already.
    #[error("too much is being fetched already")]
    Busy,
    /// The daemon ends.
    #[error("the fetch was given up because the daemon ends")]
    Ended,
}

/// A part of a fetch that has a time of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Until there is a connection.
    Connect,
    /// Until the head of the answer is there.
    Head,
    /// Everything, redirects included.
    Whole,
}

/// A part of an answer that has a limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Status line and headers.
    Head,
    /// The bytes on the wire.
    Wire,
    /// The bytes after decompression.
    Content,
}

/// Why a redirect is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misdirection {
    /// One too many.
    TooMany,
    /// Back to where it was.
    Loop,
    /// From https to http.
    Downgrade,
    /// To nowhere: none, several, or what is no URL.
    Location,
}

impl Phase {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "no connection",
            Self::Head => "no head of an answer",
            Self::Whole => "no whole answer",
        }
    }
}

impl Part {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Head => "the head of the answer is",
            Self::Wire => "the answer is",
            Self::Content => "the decompressed answer is",
        }
    }
}

impl Misdirection {
    const fn as_str(self) -> &'static str {
        match self {
            Self::TooMany => "redirected too often",
            Self::Loop => "redirected in a circle",
            Self::Downgrade => "redirected from https to http",
            Self::Location => "redirected to no single URL",
        }
    }
}

impl FetchError {
    /// An error at the origin of a URL.
    pub(super) fn at(url: &Url, cause: Cause) -> Self {
        Self {
            origin: origin_of(url).into(),
            cause,
        }
    }
}

/// Scheme, host and port of a URL: what of it can be shown.
pub(super) fn origin_of(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl Cause {
    /// The words of [`Cause::as_str`].
    pub const WORDS: [&'static str; 15] = [
        "forbidden",
        "lookup",
        "connect",
        "tls",
        "timeout",
        "redirect",
        "not_found",
        "status",
        "too_large",
        "truncated",
        "coding",
        "protocol",
        "backoff",
        "busy",
        "ended",
    ];

    /// The word for metrics.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Forbidden(_) => "forbidden",
            Self::Lookup(_) => "lookup",
            Self::Connect(_) => "connect",
            Self::Tls(_) => "tls",
            Self::Timeout { .. } => "timeout",
            Self::Redirect(_) => "redirect",
            Self::Status { status, .. } if matches!(status.as_u16(), 404 | 410) => "not_found",
            Self::Status { .. } => "status",
            Self::TooLarge { .. } => "too_large",
            Self::Truncated => "truncated",
            Self::Coding | Self::Gzip => "coding",
            Self::Protocol(_) => "protocol",
            Self::Backoff { .. } => "backoff",
            Self::Busy => "busy",
            Self::Ended => "ended",
        }
    }

    /// Whether the origin answered, and says that there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.as_str() == "not_found"
    }

    /// Whether it says that the origin as a whole is not well, and not just this one URL.
    pub(super) fn is_illness(&self) -> bool {
        match self {
            Self::Lookup(_)
            | Self::Connect(_)
            | Self::Tls(_)
            | Self::Timeout { .. }
            | Self::Truncated
            | Self::Protocol(_) => true,
            Self::Status { status, .. } => {
                status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS
            }
            Self::Forbidden(_)
            | Self::Redirect(_)
            | Self::TooLarge { .. }
            | Self::Coding
            | Self::Gzip
            | Self::Backoff { .. }
            | Self::Busy
            | Self::Ended => false,
        }
    }
}
