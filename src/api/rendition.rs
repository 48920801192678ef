//! How far creatives are made to fit streams.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A creative and the streams it is made to fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Renditions {
    /// `cr_…`
    pub creative_id: String,
    /// One for each channel with a stream, by id.
    pub renditions: Vec<Rendition>,
}

/// How far a creative is made to fit the stream of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rendition {
    /// `ch_…`
    pub channel_id: String,
    /// The name of the channel.
    pub channel: String,
    /// `unknown` while nobody knows what the stream is made of, then `queued`, `running`, `ready`
    /// or `failed`.
    pub status: String,
    /// How far it is. Percent.
    pub progress: u8,
    /// Why it failed, or what it waits for.
    pub failure: Option<String>,
    /// What the stream is made of, in 16 hexadecimal digits. Channels with the same share what is
    /// made for them.
    pub profile: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again; none where that is of no use.
    pub retry_at: Option<String>,
    /// When it is ready: how long it plays.
    pub duration_ms: Option<u64>,
    /// When it is ready: how many segments each of its tracks has.
    pub segments: Option<u32>,
    /// When it is ready: how many tracks it has.
    pub tracks: Option<u32>,
    /// When it is ready: the size of its segments.
    pub bytes: Option<u64>,
    /// When anything of it changed.
    pub updated_at: Option<String>,
}
