//! Why a file cannot be a creative, with the part of the file and the place in it.

use std::io;

/// Why a file was refused.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// The first bytes are those of something else.
    #[error("the file is {what}; upload an MP4, MOV, WebM or Ogg video")]
    Foreign {
        /// What it is, where its bytes tell.
        what: &'static str,
    },
    /// The file ends before one of its parts does.
    #[error("the file is cut off: {part} at byte {at} needs {missing} bytes more")]
    Truncated {
        /// The part that is not whole.
        part: &'static str,
        /// Where it begins.
        at: u64,
        /// How many bytes are missing, at least.
        missing: u64,
    },
    /// The file says it is longer than what is in it.
    #[error("the file is cut off: it states {stated_ms} ms and holds {held_ms} ms")]
    Short {
        /// The duration it states. Milliseconds.
        stated_ms: u64,
        /// The duration of what is there. Milliseconds.
        held_ms: u64,
    },
    /// A part of the file breaks its format.
    #[error("the file is damaged: {part} at byte {at} {fault}")]
    Damaged {
        /// The part.
        part: &'static str,
        /// Where it begins.
        at: u64,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// Whole and well made, but of no use as an ad.
    #[error("the file {0}")]
    Unusable(&'static str),
    /// Looking at it would take longer than any honest file does.
    #[error("the file is too intricate: more than {limit} {what}")]
    Intricate {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The file itself cannot be read: not the fault of who made it.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

/// A part that breaks its format.
pub(super) fn damaged(part: &'static str, at: u64, fault: &'static str) -> ProbeError {
    ProbeError::Damaged { part, at, fault }
}
