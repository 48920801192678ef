//! What a playlist may hold at most, and why one was refused.

/// The most of everything that is read from one playlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole text; never more than four gigabytes count.
    pub bytes: usize,
    /// Media segments, or variants and renditions of a multivariant playlist together.
    pub segments: usize,
    /// Bytes of one line: a signed URL or a hexadecimal splice section.
    pub line_bytes: usize,
    /// Attributes of one tag.
    pub attributes: usize,
    /// Markers of breaks, date ranges, keys, maps and variables: each of them.
    pub marks: usize,
}

impl Limits {
    /// A day of two-second segments with long addresses fits.
    pub const DEFAULT: Self = Self {
        bytes: 16 << 20,
        segments: 50_000,
        line_bytes: 64 << 10,
        attributes: 64,
        marks: 10_000,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Why a playlist was refused. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaylistError {
    /// The first line is not `#EXTM3U`.
    #[error("this is not an HLS playlist: its first line is not #EXTM3U")]
    NotAPlaylist,
    /// A multivariant playlist where media segments were expected.
    #[error("line {line}: this is a multivariant playlist, not one of media segments")]
    Multivariant {
        /// Where its first variant is.
        line: u32,
    },
    /// Media segments where a multivariant playlist was expected.
    #[error("line {line}: this is a playlist of media segments, not a multivariant one")]
    Media {
        /// Where its first segment is.
        line: u32,
    },
    /// A limit was passed.
    #[error("line {line}: more than {most} {what}")]
    Limit {
        /// Where.
        line: u32,
        /// What there is too much of, in the plural.
        what: &'static str,
        /// How much is allowed.
        most: usize,
    },
    /// A tag that everything else rests on is not there.
    #[error("the playlist has no {tag}")]
    Missing {
        /// The tag.
        tag: &'static str,
    },
    /// A tag that everything else rests on cannot be read.
    #[error("line {line}: {tag} {fault}")]
    Tag {
        /// Where.
        line: u32,
        /// The tag.
        tag: &'static str,
        /// What is wrong with its value.
        fault: &'static str,
    },
    /// A variable is used and not defined (rfc8216bis §4.3).
    #[error("line {line}: the variable `{name}` is not defined")]
    Undefined {
        /// Where.
        line: u32,
        /// Its name, cut to 64 characters.
        name: String,
    },
}

/// Something of a playlist that was passed over: the line is kept as it is and means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Where; lines count from 1.
    pub line: u32,
    /// What is wrong there.
    pub fault: String,
}

/// Most warnings kept of one playlist.
pub const WARNINGS_MAX: usize = 16;
