//! Channels: the streams that ask for ads.

use super::name::{check_name, check_text};
use super::{ChannelId, Millis, PodId, Problem, Stream, TenantId, Timestamp};

/// Longest slot a channel or a request may ask for: one hour.
pub const SLOT_MAX: Millis = Millis(3_600_000);

/// What an operator decides about a channel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChannelSpec {
    /// Unique in its tenant, whatever the case.
    pub name: String,
    /// For people.
    pub description: String,
    /// The slot to fill when a request names no duration; without it any length fits.
    pub slot: Option<Millis>,
    /// The kind of pod to fill when a request describes none.
    pub pod: Option<PodId>,
    /// How ads get into its stream; none for a channel that only asks for ads.
    pub stream: Option<Stream>,
}

impl ChannelSpec {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        check_text("description", &self.description, &mut problems);
        if self.slot.is_some_and(|slot| slot.0 == 0 || slot > SLOT_MAX) {
            let message = format!("must be 1 to {} milliseconds", SLOT_MAX.0);
            problems.push(Problem::new("slot_ms", message));
        }
        if let Some(stream) = &self.stream {
            problems.extend(stream.problems());
        }
        problems
    }
}

/// A channel as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What was decided about it.
    pub spec: ChannelSpec,
}
