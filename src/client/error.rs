//! Why a call failed, and whether trying again may help.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::Target;
use crate::api;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No connection could be made.
    #[error("no answer from adserved at {target}")]
    Unreachable {
        /// Where it was looked for.
        target: Target,
        /// What the system said.
        source: io::Error,
    },
    /// The connection broke before the whole answer was there.
    #[error("the connection to {target} broke before the answer was complete")]
    Broken {
        /// Where it was.
        target: Target,
        /// What broke.
        source: hyper::Error,
    },
    /// The daemon ended a stream that it should not have.
    #[error("{target} ended the stream; it may be restarting")]
    Ended {
        /// Where it was open.
        target: Target,
    },
    /// The deadline passed.
    #[error("{target} did not answer within {}", seconds(.after))]
    Timeout {
        /// Where it was asked.
        target: Target,
        /// The deadline.
        after: Duration,
    },
    /// The daemon refused.
    #[error("{}", .detail.message)]
    Api {
        /// HTTP status.
        status: u16,
        /// Seconds after which it may be tried again.
        retry_after: Option<u64>,
        /// What it said.
        detail: Box<api::ErrorDetail>,
    },
    /// What answered does not speak our API.
    #[error("{target} gave an answer that is not of the admin API: {what}")]
    Protocol {
        /// Where it was asked.
        target: Target,
        /// What is wrong with the answer.
        what: String,
    },
    /// A token would cross a network in the clear.
    #[error("a token is not sent to {target} without TLS")]
    Insecure {
        /// Where it would have gone.
        target: Target,
    },
    /// A header value has characters that HTTP does not allow.
    #[error("the {what} has characters that cannot be sent")]
    Unsendable {
        /// Which value.
        what: &'static str,
    },
    /// The certificates to trust cannot be read.
    #[error("cannot read certificates from {}", .path.display())]
    Certificates {
        /// Their file.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The tokens of a login cannot be read or kept.
    #[error("cannot use the login that is kept")]
    Login {
        /// What the system said.
        source: io::Error,
    },
    /// The file to upload cannot be read.
    #[error("cannot read {}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ClientError {
    /// Whether the same call may succeed later without any change.
    pub const fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Broken { .. }
            | Self::Ended { .. }
            | Self::Timeout { .. } => true,
            Self::Api { status, .. } => matches!(status, 429 | 502 | 503 | 504),
            Self::Protocol { .. }
            | Self::Insecure { .. }
            | Self::Unsendable { .. }
            | Self::Certificates { .. }
            | Self::Login { .. }
            | Self::File { .. } => false,
        }
    }

    /// Whether the daemon says that there is no such thing.
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::Api { status: 404, .. })
    }
}

fn seconds(span: &Duration) -> String {
    let millis = span.as_millis();
    match (millis / 1000, millis % 1000) {
        (seconds, 0) => format!("{seconds} s"),
        (0, millis) => format!("{millis} ms"),
        (seconds, millis) => format!("{seconds}.{millis:03} s"),
    }
}
