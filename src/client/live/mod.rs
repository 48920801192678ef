//! What happens now, as it is told by the daemon: a stream that is opened again when it breaks.
//!
//! [`Live`] is what to use; it goes on behind the last event that it was told, so that nothing is
//! told twice, and says what is missing where the daemon does.

mod follow;
mod frames;
mod stream;

pub use follow::{Happening, Live};
pub use stream::{LiveStream, Told};

use super::Call;
use crate::api::{EVENTS_PATH, Topic};

/// What is wanted of the stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LiveAsk {
    /// What it is about; everything when empty.
    pub topics: Vec<Topic>,
    /// Only events that fit this filter.
    pub filter: Option<String>,
    /// Begin with the last so many events that are remembered.
    pub recent: u32,
    /// Go on behind the event of this id instead.
    pub after: Option<String>,
    /// Whether it goes on for ever.
    pub until: Until,
}

/// How long a stream lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Until {
    /// Until somebody ends it.
    #[default]
    Stopped,
    /// Until the present is reached.
    Now,
}

impl LiveAsk {
    /// The call that opens the stream.
    pub(super) fn call(&self) -> Call {
        let words: Vec<&str> = self.topics.iter().map(|topic| topic.as_str()).collect();
        let topics = (!words.is_empty()).then(|| words.join(","));
        let recent = (self.recent > 0 && self.after.is_none()).then_some(self.recent);
        Call::get(EVENTS_PATH)
            .with("topics", topics)
            .with("filter", self.filter.as_ref())
            .with("recent", recent)
            .with("after", self.after.as_ref())
            .with("follow", (self.until == Until::Now).then_some(false))
    }
}
