//! What players report, and about which served ad.

use super::word::words;
use super::{
    CampaignId, ChannelId, CreativeId, Millis, Nanos, PriceModel, Receiver, ServedAdId, TenantId,
    Timestamp,
};

/// A fact about the playing of an ad. The words are those of VAST 4.2 §3.14 where it has one.
///
/// The order is stored in the ledger as bit numbers: append, never insert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// The first frame was shown; the billable fact of a CPM campaign.
    Impression,
    /// The creative was first shown.
    CreativeView,
    /// Playing began.
    Start,
    /// A quarter was played.
    FirstQuartile,
    /// Half was played.
    Midpoint,
    /// Three quarters were played.
    ThirdQuartile,
    /// Played to the end.
    Complete,
    /// Sound was turned off.
    Mute,
    /// Sound was turned on.
    Unmute,
    /// Playing was held.
    Pause,
    /// Playing went on.
    Resume,
    /// The viewer skipped.
    Skip,
    /// The viewer clicked through.
    Click,
    /// The player gave up; comes with a code of VAST 4.2 §2.3.6.
    Error,
    /// Met the viewability standard.
    Viewable,
    /// Did not meet it.
    NotViewable,
    /// Could not be judged.
    ViewUndetermined,
}
words!(EventKind {
    Impression = "impression",
    CreativeView = "creativeView",
    Start = "start",
    FirstQuartile = "firstQuartile",
    Midpoint = "midpoint",
    ThirdQuartile = "thirdQuartile",
    Complete = "complete",
    Mute = "mute",
    Unmute = "unmute",
    Pause = "pause",
    Resume = "resume",
    Skip = "skip",
    Click = "click",
    Error = "error",
    Viewable = "viewable",
    NotViewable = "notViewable",
    ViewUndetermined = "viewUndetermined",
});

impl EventKind {
    /// The bit of this kind in the mask of what was seen of an ad.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// One ad handed to one viewer: all that its signed token carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ServedAd {
    /// Its dense id.
    pub id: ServedAdId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Where it was asked for, when the request said.
    pub channel: Option<ChannelId>,
    /// Which buy it serves.
    pub campaign: CampaignId,
    /// Which spot was handed out.
    pub creative: CreativeId,
    /// What the price buys.
    pub price_model: PriceModel,
    /// What the billable event costs, fixed at the decision.
    pub charge: Nanos,
    /// When it was decided, to the second.
    pub decided_at: Timestamp,
    /// How long the spot plays.
    pub duration: Millis,
    /// What it was decided for; for counts alone.
    pub receiver: Receiver,
}

/// A verified report about a served ad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Event {
    /// The ad.
    pub ad: ServedAd,
    /// What happened to it.
    pub kind: EventKind,
    /// The VAST error code that came with [`EventKind::Error`], 100 to 999.
    pub error_code: Option<u16>,
    /// When the report came in.
    pub at: Timestamp,
}
