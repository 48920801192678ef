//! Floor 1: the contract between `adserved` and `adctl`: wire types of the admin API, and the
//! JSON answers to players.
//!
//! Serde types and nothing else: no checks beyond shape, no HTTP. Everything here may gain
//! fields at any time and loses none. Instants are RFC 3339 in UTC, money is integer micros of
//! the tenant's currency, spans are integer milliseconds, ratios are between 0 and 1.
//!
//! Inputs have only optional fields: a create starts from nothing, an edit from what is stored.
//! In an edit, `null` clears a field that may be empty.

mod analytics;
mod backup;
mod catalog;
mod category;
mod decision;
mod declare;
mod delivery;
mod error;
mod input;
mod live;
mod operation;
mod order;
mod parts;
mod people;
mod pod;
mod public;
mod rendition;
mod rules;
mod session;
mod stream;
mod targeting;

pub use crate::model::suggest::nearest;
pub use analytics::{
    Attention, CampaignAnalytics, ComparedMetric, Comparison, CustomReport, Dashboard,
    DashboardCampaign, DashboardCard, GroupValue, MetricInfo, MetricValue, MetricValues,
    ReportDimension, ReportRow, Series, SeriesPoint, SeriesStep, Severity, Span,
};
pub use backup::{Backup, BackupFields, BackupFile, BackupManifest, BackupMedia, MediaState};
pub use catalog::{Advertiser, Campaign, Channel, Creative, FrameRate, Media, Tag, Tenant};
pub use category::{Category, CategoryFields, TaxonomyFields, TaxonomyOutcome};
pub use decision::{CampaignVerdict, DecidedAd, DecisionReport, WhyReason, WhyReport};
pub use declare::{
    ApplyReport, CatalogExport, DeclaredCampaign, DeclaredCatalog, DeclaredChange,
    DeclaredCreative, MediaUpload,
};
pub use delivery::{
    CampaignPacing, ErrorCount, MetricRow, NoFillCount, ServerStatus, Stats, StatsBy, StatsTotals,
    Version,
};
pub use error::{ErrorBody, ErrorDetail, FieldProblem};
pub use input::{
    AdvertiserFields, CampaignFields, ChannelFields, CloneFields, CreativeFields, CreativeUpload,
    Input, StatusFields, TenantFields, read_fields, read_good_fields,
};
pub use live::{
    EVENTS_PATH, Field, Filter, FilterError, HEARTBEAT_MS, LAST_EVENT_HEADER, LiveAd, LiveBeacon,
    LiveCounts, LiveDecision, LiveEvent, LiveGap, LiveHealth, LiveHeartbeat, LiveLatency,
    LiveMetrics, LiveOperation, LiveSampled, LiveSnapshot, RECENT_MAX, SAMPLE_PER_SECOND,
    SILENCE_MAX_MS, Sampler, Topic,
};
pub use operation::{Operation, UndoFields};
pub use order::{Order, OrderFields};
pub use parts::{CampaignCategories, CampaignCategoriesFields, FrequencyCap, FrequencyCapFields};
pub use people::{
    Invite, InviteFields, Key, KeyFields, LoginFields, LogoutFields, Password, PasswordFields,
    Profile, ProfileFields, RefreshFields, RegisterFields, Tokens, User, UserFields,
};
pub use pod::{Pod, PodFields};
pub use public::{AdAnswer, NoAd, PodAd, PodAnswer, SessionAnswer};
pub use rendition::{Rendition, Renditions};
pub use rules::{Cap, CapWindow, Pacing, Targeting, TargetingRule};
pub use session::StreamSession;
pub use stream::{Stream, StreamBreak};
pub use targeting::{TargetingFields, TargetingForms, TargetingTest, TargetingTestRule};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    /// The entries, in the order that was asked for.
    pub items: Vec<T>,
    /// How many there are in all pages together.
    pub total: u64,
    /// Pass it as `cursor` to get the next page; none on the last.
    pub next_cursor: Option<String>,
}

/// Largest `limit` of a list.
pub const PAGE_MAX: u32 = 1_000;
/// `limit` when none is given.
pub const PAGE_DEFAULT: u32 = 50;

/// Request header that names the tenant, by id or name. May be left out when there is only one.
pub const TENANT_HEADER: &str = "x-tenant";
/// Request header that makes a write safe to repeat: 1 to 200 printable ASCII characters.
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";
/// Response header of a write that was answered from memory and not done again.
pub const REPLAYED_HEADER: &str = "idempotency-replayed";
/// Response header of a write: the operation it is in the history, which `undo` takes back.
pub const OPERATION_HEADER: &str = "x-operation";
/// Header of the id under which request, answer and log lines are found together.
pub const REQUEST_ID_HEADER: &str = "x-request-id";
/// Query parameter of every write: check and answer as if done, and write nothing.
pub const DRY_RUN_PARAMETER: &str = "dry_run";
