//! Floor 0: the facts of the trade as plain values.
//!
//! Nothing here does IO, reads a clock, rolls dice or knows a wire format.
//! Values that came in through a constructor are valid; nobody checks them twice.

pub mod access;
pub mod advertiser;
pub mod campaign;
pub mod cap;
pub mod category;
pub mod channel;
pub mod creative;
pub mod event;
pub mod id;
pub mod id_hash;
pub mod key;
pub mod micros;
pub mod money;
pub mod name;
pub mod order;
pub mod pacing;
pub mod pod;
pub mod privacy;
pub mod problem;
pub mod receiver;
pub mod rendition;
pub mod session;
pub mod stream;
pub mod suggest;
pub mod targeting;
pub mod tenant;
pub mod time;
pub mod user;
pub mod viewer;
pub mod word;
pub mod zone;

pub use access::{Area, Permissions, Right, ScopeError};
pub use advertiser::{Advertiser, AdvertiserSpec};
pub use campaign::{Campaign, CampaignSpec, CampaignStatus, Price, PriceModel, Tier};
pub use cap::{Cap, CapFallback, CapPeriod, CapScope, CapSpan, CapWindow};
pub use category::{Category, CategorySpec};
pub use channel::{Channel, ChannelSpec};
pub use creative::{Container, Creative, CreativeSpec, CreativeStatus, Media};
pub use event::{Event, EventKind, ServedAd};
pub use id::{
    AdvertiserId, CampaignId, CategoryId, ChannelId, CreativeId, DecisionId, IdError, KeyId,
    OperationId, OrderId, PodId, ServedAdId, TenantId, UserId,
};
pub use key::{Key, KeySpec};
pub use micros::Micros;
pub use money::{Currency, Nanos};
pub use order::{Order, OrderSpec};
pub use pacing::Pacing;
pub use pod::{Pod, PodGoal, PodShape, PodSpec, Position};
pub use privacy::{Privacy, PrivacySignal};
pub use problem::Problem;
pub use receiver::{Country, DeviceType, Receiver};
pub use rendition::{
    ProfileKey, RenditionFile, RenditionPiece, RenditionPlace, RenditionSet, SourceHash,
    StreamProfile, Track, TrackSegment,
};
pub use session::{SessionId, SessionIdError};
pub use stream::{Filler, Insertion, Join, Mode, Reporting, ScheduledBreak, Source, Stream};
pub use targeting::{Targeting, Traits};
pub use tenant::{Tenant, TenantSpec};
pub use time::{Millis, Timestamp};
pub use user::{Role, User, UserSpec};
pub use viewer::{Identity, ViewerKey};
pub use zone::Zone;
