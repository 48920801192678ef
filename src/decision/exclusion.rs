//! Why a campaign was not given to a request: one closed list for API, metrics, CLI and docs.

use super::caps::{Refusal, RefusalCause};
use super::catalog::Dormant;
use crate::model::CampaignId;
use crate::model::CapScope;
use crate::model::targeting::Dimension;
use crate::model::word::words;

/// Why a campaign was not given to a request, from the earliest check to the latest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Exclusion {
    /// The campaign is a draft, paused or completed.
    Inactive,
    /// The campaign has no active creative.
    CreativeNotReady,
    /// Its targeting does not mean the place of the viewer.
    TargetingGeo,
    /// Its targeting does not mean the device.
    TargetingDevice,
    /// Its targeting does not mean the type of the device.
    TargetingDeviceType,
    /// Its targeting does not mean the brand of the device.
    TargetingBrand,
    /// Its targeting does not mean the operating system.
    TargetingOs,
    /// Its targeting does not mean the channel.
    TargetingChannel,
    /// Its targeting does not mean the category of the content.
    TargetingCategory,
    /// Its targeting does not mean the genre of the content.
    TargetingGenre,
    /// Its targeting does not mean the rating of the content.
    TargetingRating,
    /// Its targeting does not mean the age of the viewer.
    TargetingAge,
    /// Its targeting does not mean the gender of the viewer.
    TargetingGender,
    /// Its targeting does not mean the income of the household.
    TargetingIncome,
    /// Its targeting does not mean the segments of the viewer.
    TargetingSegment,
    /// Its targeting does not mean this day and time.
    TargetingDaypart,
    /// Its targeting does not mean the key-values of the request.
    TargetingKey,
    /// The campaign has not started or has ended.
    Flight,
    /// None of its creatives is inside its own dates.
    CreativeFlight,
    /// The targeting of none of its creatives means the request.
    CreativeTargeting,
    /// None of its creatives was made to fit the stream yet.
    NotConditioned,
    /// No creative of the campaign fits the slot.
    DurationNoFit,
    /// The impression goal is reached or reserved.
    Goal,
    /// The total budget is spent or reserved.
    Budget,
    /// The budget of this day is spent or reserved.
    DailyBudget,
    /// The impression goal of its order is reached or reserved.
    OrderGoal,
    /// The total budget of its order is spent or reserved.
    OrderBudget,
    /// The budget of this day of its order is spent or reserved.
    OrderDailyBudget,
    /// Its pacing holds it back for later.
    Paced,
    /// It is capped, and the request does not say who watches.
    Unidentified,
    /// The user has seen it as often as its cap allows.
    CapUser,
    /// The device has shown it as often as its cap allows.
    CapDevice,
    /// The household has seen it as often as its cap allows.
    CapHousehold,
    /// The network address was given it as often as its cap allows.
    CapAddress,
    /// The session has seen it as often as its cap allows.
    CapSession,
    /// The pod holds it as often as its cap allows.
    CapPod,
    /// The draw of the shares of voice fell on others.
    ShareOfVoice,
    /// Another ad has the only place in the pod that it may have.
    PositionTaken,
    /// The pod holds as many ads of its advertiser as it may.
    Advertiser,
    /// An ad of the pod is kept apart from it by a category or its advertiser.
    Separation,
    /// The ads of the pod leave no time for it.
    PodNoFit,
    /// Others of its tier came before it: they are worth more, or the draw among equals fell on them.
    LostRotation,
    /// Campaigns of a higher tier were served.
    LostPriority,
}
words!(Exclusion {
    Inactive = "inactive",
    CreativeNotReady = "creative_not_ready",
    TargetingGeo = "targeting_geo",
    TargetingDevice = "targeting_device",
    TargetingDeviceType = "targeting_device_type",
    TargetingBrand = "targeting_brand",
    TargetingOs = "targeting_os",
    TargetingChannel = "targeting_channel",
    TargetingCategory = "targeting_category",
    TargetingGenre = "targeting_genre",
    TargetingRating = "targeting_rating",
    TargetingAge = "targeting_age",
    TargetingGender = "targeting_gender",
    TargetingIncome = "targeting_income",
    TargetingSegment = "targeting_segment",
    TargetingDaypart = "targeting_daypart",
    TargetingKey = "targeting_key",
    Flight = "flight",
    CreativeFlight = "creative_flight",
    CreativeTargeting = "creative_targeting",
    NotConditioned = "not_conditioned",
    DurationNoFit = "duration_no_fit",
    Goal = "goal",
    Budget = "budget",
    DailyBudget = "daily_budget",
    OrderGoal = "order_goal",
    OrderBudget = "order_budget",
    OrderDailyBudget = "order_daily_budget",
    Paced = "paced",
    Unidentified = "unidentified",
    CapUser = "cap_user",
    CapDevice = "cap_device",
    CapHousehold = "cap_household",
    CapAddress = "cap_address",
    CapSession = "cap_session",
    CapPod = "cap_pod",
    ShareOfVoice = "share_of_voice",
    PositionTaken = "position_taken",
    Advertiser = "advertiser",
    Separation = "separation",
    PodNoFit = "pod_no_fit",
    LostRotation = "lost_rotation",
    LostPriority = "lost_priority",
});

impl Exclusion {
    /// What it means, in one sentence for people.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Inactive => "the campaign is a draft, paused or completed",
            Self::CreativeNotReady => "the campaign has no active creative",
            Self::TargetingGeo => "its targeting does not mean the place of the viewer",
            Self::TargetingDevice => "its targeting does not mean the device",
            Self::TargetingDeviceType => "its targeting does not mean the type of the device",
            Self::TargetingBrand => "its targeting does not mean the brand of the device",
            Self::TargetingOs => "its targeting does not mean the operating system",
            Self::TargetingChannel => "its targeting does not mean the channel",
            Self::TargetingCategory => "its targeting does not mean the category of the content",
            Self::TargetingGenre => "its targeting does not mean the genre of the content",
            Self::TargetingRating => "its targeting does not mean the rating of the content",
            Self::TargetingAge => "its targeting does not mean the age of the viewer",
            Self::TargetingGender => "its targeting does not mean the gender of the viewer",
            Self::TargetingIncome => "its targeting does not mean the income of the household",
            Self::TargetingSegment => "its targeting does not mean the segments of the viewer",
            Self::TargetingDaypart => "its targeting does not mean this day and time",
            Self::TargetingKey => "its targeting does not mean the key-values of the request",
            Self::Flight => "the campaign has not started or has ended",
            Self::CreativeFlight => "none of its creatives is inside its own dates",
            Self::CreativeTargeting => "the targeting of none of its creatives means the request",
            Self::NotConditioned => "none of its creatives was made to fit the stream yet",
            Self::DurationNoFit => "no creative of the campaign fits the slot",
            Self::Goal => "the impression goal is reached or reserved",
            Self::Budget => "the total budget is spent or reserved",
            Self::DailyBudget => "the budget of this day is spent or reserved",
            Self::OrderGoal => "the impression goal of its order is reached or reserved",
            Self::OrderBudget => "the total budget of its order is spent or reserved",
            Self::OrderDailyBudget => "the budget of this day of its order is spent or reserved",
            Self::Paced => "its pacing holds it back for later",
            Self::Unidentified => "it is capped, and the request does not say who watches",
            Self::CapUser => "the user has seen it as often as its cap allows",
            Self::CapDevice => "the device has shown it as often as its cap allows",
            Self::CapHousehold => "the household has seen it as often as its cap allows",
            Self::CapAddress => "the network address was given it as often as its cap allows",
            Self::CapSession => "the session has seen it as often as its cap allows",
            Self::CapPod => "the pod holds it as often as its cap allows",
            Self::ShareOfVoice => "the draw of the shares of voice fell on others",
            Self::PositionTaken => "another ad has the only place in the pod that it may have",
            Self::Advertiser => "the pod holds as many ads of its advertiser as it may",
            Self::Separation => {
                "an ad of the pod is kept apart from it by a category or its advertiser"
            }
            Self::PodNoFit => "the ads of the pod leave no time for it",
            Self::LostRotation => {
                "others of its tier came before it: they are worth more, or the draw among equals fell on them"
            }
            Self::LostPriority => "campaigns of a higher tier were served",
        }
    }

    /// What a rule that fails in a dimension is called.
    pub const fn targeting(dimension: &Dimension) -> Self {
        match dimension {
            Dimension::Geo => Self::TargetingGeo,
            Dimension::Device => Self::TargetingDevice,
            Dimension::DeviceType => Self::TargetingDeviceType,
            Dimension::Brand => Self::TargetingBrand,
            Dimension::Os => Self::TargetingOs,
            Dimension::Channel => Self::TargetingChannel,
            Dimension::Category => Self::TargetingCategory,
            Dimension::Genre => Self::TargetingGenre,
            Dimension::Rating => Self::TargetingRating,
            Dimension::Age => Self::TargetingAge,
            Dimension::Gender => Self::TargetingGender,
            Dimension::Income => Self::TargetingIncome,
            Dimension::Segment => Self::TargetingSegment,
            Dimension::Daypart => Self::TargetingDaypart,
            Dimension::Key(_) => Self::TargetingKey,
        }
    }

    /// What a cap that leaves no room is called.
    pub const fn refused(refusal: &Refusal) -> Self {
        match refusal.cause {
            RefusalCause::Window { by, .. } => Self::cap(by),
            RefusalCause::Unidentified | RefusalCause::Uncountable => Self::Unidentified,
        }
    }

    /// What a cap that is full is called, by the identity it counts by.
    pub const fn cap(scope: CapScope) -> Self {
        match scope {
            CapScope::User => Self::CapUser,
            CapScope::Device => Self::CapDevice,
            CapScope::Household => Self::CapHousehold,
            CapScope::Address => Self::CapAddress,
            CapScope::Session => Self::CapSession,
            CapScope::Pod => Self::CapPod,
        }
    }
}

impl From<Dormant> for Exclusion {
    fn from(why: Dormant) -> Self {
        match why {
            Dormant::Inactive => Self::Inactive,
            Dormant::CreativeNotReady => Self::CreativeNotReady,
        }
    }
}

impl Exclusion {
    /// The same bound, of the order of the campaign.
    #[must_use]
    pub const fn of_order(self) -> Self {
        match self {
            Self::Goal => Self::OrderGoal,
            Self::Budget => Self::OrderBudget,
            Self::DailyBudget => Self::OrderDailyBudget,
            other => other,
        }
    }
}

/// How many campaigns fell out for each reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExclusionCounts([u32; Exclusion::ALL.len()]);

impl Default for ExclusionCounts {
    fn default() -> Self {
        Self([0; Exclusion::ALL.len()])
    }
}

impl ExclusionCounts {
    /// The counts of campaigns that no request can be given.
    pub fn of_dormant(dormant: &[(CampaignId, Dormant)]) -> Self {
        let mut counts = Self::default();
        for &(_campaign, why) in dormant {
            counts.add(why.into(), 1);
        }
        counts
    }

    /// Adds `count` campaigns to one reason.
    pub fn add(&mut self, why: Exclusion, count: u32) {
        if let Some(slot) = self.0.get_mut(why as usize) {
            *slot = slot.saturating_add(count);
        }
    }

    /// How many fell out for one reason.
    pub fn of(&self, why: Exclusion) -> u32 {
        self.0.get(why as usize).copied().unwrap_or_default()
    }

    /// The reasons that occurred, in the order of the checks.
    pub fn iter(&self) -> impl Iterator<Item = (Exclusion, u32)> + '_ {
        Exclusion::ALL
            .iter()
            .map(|&why| (why, self.of(why)))
            .filter(|&(_why, count)| count > 0)
    }
}
