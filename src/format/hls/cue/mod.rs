//! Markers of breaks: every spelling of SCTE 35 in a media playlist as one type.

mod range;
mod tag;
mod words;

use std::ops::Range;

pub(super) use range::read_range;
pub(super) use tag::{CueTag, read_tag};

use crate::format::scte35::{CueKind, Splice, SpliceAction, Upid};
use crate::model::Micros;

/// One marker of a break and where it was said. A line that says several things is several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueLine {
    /// The line, terminator included.
    pub line: Range<u32>,
    /// How it was written.
    pub spelling: Spelling,
    /// Position of the segment it stands before; the number of segments when after the last.
    pub segment: u32,
    /// The instant it is about, microseconds since 1970, where a date range states one: the
    /// start of a break, or its end for a return. Otherwise the cue is about `segment`'s start.
    pub at: Option<i64>,
    /// What it says.
    pub cue: Cue,
}

/// What a marker says about a break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cue {
    /// A break begins.
    Out {
        /// Which break.
        id: CueId,
        /// How long it will be; zero asks for an insertion that replaces nothing.
        duration: Option<Micros>,
        /// What kind of opportunity.
        kind: CueKind,
        /// Whether it ends after `duration` though no return is said. Otherwise it waits for one.
        auto_return: bool,
        /// What the splice is about, for replacing content by its identity.
        upid: Option<Upid>,
    },
    /// A break is on: evidence for those who come in its middle.
    Cont {
        /// Which break.
        id: CueId,
        /// How much of it was before.
        elapsed: Option<Micros>,
        /// How long it is as a whole.
        duration: Option<Micros>,
    },
    /// A break ends.
    In {
        /// Which break.
        id: CueId,
        /// What kind of opportunity ends; it closes only one that [`CueKind::closes`] says.
        kind: CueKind,
        /// How long it was, where a date range states it.
        length: Option<Micros>,
    },
    /// An announced break does not take place.
    Cancel {
        /// Which break.
        id: CueId,
    },
}

/// How one break is told from another; both parts may be unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct CueId {
    /// `ID` of a date range or of a tag.
    pub name: Option<Box<str>>,
    /// Event number of a splice or segmentation.
    pub event: Option<u32>,
}

/// How a marker was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spelling {
    /// `EXT-X-CUE-OUT`, with or without a duration.
    CueOut,
    /// `EXT-X-CUE-OUT-CONT`.
    CueOutCont,
    /// `EXT-X-CUE-IN`.
    CueIn,
    /// `EXT-X-CUE:TYPE=…`, Adobe's.
    Adobe,
    /// `EXT-OATCLS-SCTE35`.
    Oatcls,
    /// `EXT-X-SCTE35`.
    Scte35,
    /// `EXT-X-SPLICEPOINT-SCTE35`.
    Splicepoint,
    /// `EXT-X-DATERANGE` with `SCTE35-OUT`, `SCTE35-IN` or `SCTE35-CMD`.
    DateRange,
}

impl Cue {
    /// Which break it is about.
    pub fn id(&self) -> &CueId {
        match self {
            Self::Out { id, .. }
            | Self::Cont { id, .. }
            | Self::In { id, .. }
            | Self::Cancel { id } => id,
        }
    }

    /// Takes a duration written beside the message in the place of the message's own. Where the
    /// message has none, the break ends by it.
    fn state_duration(&mut self, written: Option<Micros>) {
        if let Self::Out {
            duration,
            auto_return,
            ..
        } = self
            && written.is_some()
        {
            *auto_return |= duration.is_none();
            *duration = written;
        }
    }

    /// What a binary message says.
    fn of_splice(splice: Splice, name: Option<&str>) -> Self {
        let id = CueId {
            name: name.map(Box::from),
            event: Some(splice.event),
        };
        let (duration, kind) = (splice.duration, splice.kind);
        match splice.action {
            SpliceAction::Out => Self::Out {
                id,
                duration,
                kind,
                auto_return: splice.auto_return,
                upid: splice.upid,
            },
            SpliceAction::In => Self::In {
                id,
                kind,
                length: None,
            },
            SpliceAction::Cancel => Self::Cancel { id },
        }
    }
}

impl CueId {
    /// Whether both are the same break: by number if both have one, else by name; `None` when
    /// they have nothing to compare.
    pub fn same(&self, other: &Self) -> Option<bool> {
        match (self.event, other.event, &self.name, &other.name) {
            (Some(one), Some(two), _, _) => Some(one == two),
            (_, _, Some(one), Some(two)) => Some(one == two),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
