//! What a channel asks of its timeline, and what a round brought to it.

use crate::model::Micros;

/// What a channel asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// No break replaces more.
    pub longest: Micros,
    /// What becomes of the origin's cues; asked for in the first round only, because what was
    /// shown stays as it was.
    pub cues: CuePolicy,
    /// Breaks of our own, for content that is complete when it is first seen; elsewhere and later
    /// nobody asks for them.
    pub schedule: Vec<Scheduled>,
}

/// What becomes of the origin's cues: tags, and date ranges that carry splices.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum CuePolicy {
    /// They are left out, also in content.
    #[default]
    Strip,
    /// They stay with the content they stand at; those of replaced segments go with these, but
    /// for date ranges.
    Keep,
}

/// A break of our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheduled {
    /// Where, from the beginning; at or beyond the end is at the end.
    pub at: Micros,
    /// How much content it replaces; nothing for ads that content waits for.
    pub replaces: Micros,
}

/// What a round brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Segments that the leader has more.
    pub segments: usize,
    /// Numbers of breaks that began.
    pub opened: Vec<u32>,
    /// Numbers of breaks that ended.
    pub closed: Vec<u32>,
    /// Renditions of which an older playlist was passed over.
    pub stale: Vec<usize>,
    /// Renditions that the origin began anew.
    pub reset: Vec<usize>,
}
