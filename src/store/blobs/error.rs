//! Why a store of files did not do what was asked, by whose fault it is.

use std::error::Error;
use std::io;

/// Why a store of files did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing}: {fault}")]
pub struct BlobError {
    /// What was tried.
    doing: &'static str,
    /// What stood against it.
    fault: BlobFault,
    /// The words of the store or the system, for the log.
    #[source]
    source: Box<dyn Error + Send + Sync>,
}

/// What stands against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobFault {
    /// The store knows us and refuses, or does not know us.
    Denied,
    /// The bucket or the object is not there.
    Missing,
    /// The store does not answer, answers with an error of its own, or hangs up.
    Unavailable,
    /// The local disk is full.
    Full,
    /// The local disk fails, or the settings cannot be right.
    Broken,
}

impl std::fmt::Display for BlobFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Denied => "the store refuses our credentials",
            Self::Missing => "the bucket is not there",
            Self::Unavailable => "the store does not answer as it should",
            Self::Full => "the disk is full",
            Self::Broken => "the disk or the settings are broken",
        })
    }
}

impl BlobFault {
    /// What to do about it.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Denied => "look at the keys in [creatives.s3] and at the policy of the bucket",
            Self::Missing => "look at the bucket in [creatives.s3]; it must exist",
            Self::Unavailable => "try again in a moment; the log has the words of the store",
            Self::Full => "make room on the disk of the data directory",
            Self::Broken => "look for the request id in the log",
        }
    }
}

impl BlobError {
    pub(super) fn new(doing: &'static str, error: object_store::Error) -> Self {
        use object_store::Error as E;
        let fault = match &error {
            E::PermissionDenied { .. } | E::Unauthenticated { .. } => BlobFault::Denied,
            E::NotFound { .. } => BlobFault::Missing,
            E::Generic {
                store: "LocalFileSystem",
                ..
            } => fault_of_disk(io_cause(&error)),
            E::Generic { .. } => BlobFault::Unavailable,
            _ => BlobFault::Broken,
        };
        Self {
            doing,
            fault,
            source: Box::new(error),
        }
    }

    pub(super) fn local(doing: &'static str, error: io::Error) -> Self {
        Self {
            doing,
            fault: fault_of_disk(Some(&error)),
            source: Box::new(error),
        }
    }

    pub(super) fn internal(error: impl Error + Send + Sync + 'static) -> Self {
        Self {
            doing: "wait for a turn",
            fault: BlobFault::Broken,
            source: Box::new(error),
        }
    }

    /// What stood against it.
    pub fn fault(&self) -> BlobFault {
        self.fault
    }
}

fn fault_of_disk(error: Option<&io::Error>) -> BlobFault {
    match error.map(io::Error::kind) {
        Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => BlobFault::Full,
        _ => BlobFault::Broken,
    }
}

fn io_cause(error: &object_store::Error) -> Option<&io::Error> {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(found) = inner.downcast_ref() {
            return Some(found);
        }
        cause = inner.source();
    }
    None
}
