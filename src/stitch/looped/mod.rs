//! A channel made of files: assets one after another, with breaks, for ever.
//!
//! A [`Channel`] is a pure function of its assets, its epoch and the time: any machine, at any
//! moment and after any restart, answers the same playlist. One turn through all assets and breaks
//! is a *cycle*; the segment at place `i` of cycle `k` has the number `k × length + i`, and so
//! have its discontinuities and its date. Breaks are announced by cues and hold filler, so that
//! there is something to replace.

mod cue;
mod cycle;
mod error;
mod write;

#[cfg(test)]
mod tests;

pub use error::LoopError;

use crate::model::Micros;
use cycle::Cycle;

/// Most segments of one rendition in a cycle: a week of two-second segments.
pub const SEGMENTS_MAX: usize = 302_400;

/// Fewest target durations in a window: three must remain when one segment is removed.
pub const WINDOW_TARGETS_MIN: u64 = 4;

/// One segment of an asset in one rendition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// How long it lasts.
    pub duration: Micros,
    /// Its lines, EXTINF to address, each with its end, meaning the same wherever they stand.
    pub lines: String,
    /// The lines of keys and initialisation in force for it; empty for none.
    pub scope: String,
}

/// One asset: for each rendition of the channel its segments, in the order of the renditions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asset {
    /// Segments by rendition; the first rendition leads.
    pub tracks: Vec<Vec<Piece>>,
}

/// Where a break is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BreakPoint {
    /// The asset it is in, counted from 0.
    pub asset: usize,
    /// How far into it; at or beyond its end is after it.
    pub offset: Micros,
    /// How long it should be. It becomes as long as the nearest whole number of segments.
    pub length: Micros,
}

/// How breaks are announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cues {
    /// EXT-X-CUE-OUT, EXT-X-CUE-OUT-CONT and EXT-X-CUE-IN.
    #[default]
    Tags,
    /// EXT-X-DATERANGE with SCTE 35.
    Ranges,
    /// Both.
    Both,
    /// Not at all.
    Silent,
}

/// What a channel is made of.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// When the first cycle began, in microseconds since 1970.
    pub epoch: i64,
    /// What is played, in order.
    pub assets: Vec<Asset>,
    /// What stands in breaks, again from its start in each; needed if there are any.
    pub filler: Asset,
    /// Breaks, in any order.
    pub breaks: Vec<BreakPoint>,
    /// How breaks are announced.
    pub cues: Cues,
    /// How much is listed.
    pub window: Micros,
    /// EXT-X-VERSION; 6 at least.
    pub version: u16,
}

/// A live channel made of files.
#[derive(Debug, Clone)]
pub struct Channel {
    plan: Plan,
    cycle: Cycle,
    target: u64,
}

impl Channel {
    /// Lays the cycle out.
    ///
    /// # Errors
    /// Assets differ in their renditions, a break is nowhere, or something is empty, too short or
    /// too much.
    pub fn new(plan: Plan) -> Result<Self, LoopError> {
        let cycle = Cycle::lay(&plan)?;
        let target = cycle.target();
        let needed = Micros::from_seconds(target.saturating_mul(WINDOW_TARGETS_MIN));
        if plan.window < needed {
            return Err(LoopError::Window {
                window: plan.window,
                needed,
            });
        }
        Ok(Self {
            plan,
            cycle,
            target,
        })
    }

    /// EXT-X-TARGETDURATION, in seconds.
    pub const fn target(&self) -> u64 {
        self.target
    }

    /// How long a cycle is, breaks and all.
    pub const fn length(&self) -> Micros {
        Micros(self.cycle.length)
    }

    /// How many renditions there are.
    pub fn renditions(&self) -> usize {
        self.cycle.rows.len()
    }

    /// Writes the media playlist of a rendition as it is at `now`, in microseconds since 1970.
    /// False if there is no such rendition.
    pub fn write(&self, rendition: usize, now: i64, out: &mut String) -> bool {
        let Some(row) = self.cycle.rows.get(rendition) else {
            return false;
        };
        write::playlist(self, row, now, out);
        true
    }
}
