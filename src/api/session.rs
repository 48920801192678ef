//! Sessions: viewers of streams with ads.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One viewer's way through one stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StreamSession {
    /// 32 hexadecimal digits; whoever knows them can read what the session is told.
    pub id: String,
    /// `ch_…`: what is watched.
    pub channel_id: String,
    /// Which asset, where the channel is a folder of them.
    pub asset: Option<String>,
    /// Who puts the ads in: `stitched` or `guided`.
    pub insertion: String,
    /// Who reports what was seen: `server` or `client`.
    pub reporting: String,
    /// When it began.
    pub created_at: String,
    /// When something of it was asked for last.
    pub asked_at: String,
    /// Breaks that were decided and can still be seen.
    pub breaks: u64,
    /// Ads in them.
    pub ads: u64,
}
