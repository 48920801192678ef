//! What a player asks for, in the words of the decision.

use crate::model::{
    CampaignId, ChannelId, Country, DeviceType, Identity, Millis, PodShape, Privacy, ProfileKey,
    Receiver, TenantId, Traits,
};

/// What a player asks for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AdRequest {
    /// Of which tenant.
    pub tenant: TenantId,
    /// On which channel, when the player said.
    pub channel: Option<ChannelId>,
    /// Only this campaign, when the player said.
    pub campaign: Option<CampaignId>,
    /// The time that is to be filled.
    pub opening: Opening,
    /// What the player says of viewer, device, content and place.
    pub traits: Traits,
    /// Who watches, for caps.
    pub identity: Identity,
    /// What was not to be known of the viewer, and is therefore in neither of them.
    pub privacy: Privacy,
    /// What an ad must have been made to fit, where it is to be stitched.
    #[serde(default)]
    pub profile: Option<ProfileKey>,
}

/// The time that is to be filled.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Opening {
    /// One ad, as long as this at most; without it any length fits.
    Slot(Option<Millis>),
    /// Several ads.
    Pod(PodShape),
}

impl Opening {
    /// How long one ad may be at most.
    pub fn longest(&self) -> Option<Millis> {
        match self {
            Self::Slot(slot) => *slot,
            Self::Pod(shape) => Some(
                shape
                    .max_ad
                    .map_or(shape.duration, |max| max.min(shape.duration)),
            ),
        }
    }
}

impl Opening {
    /// How long one ad must be at least.
    pub const fn shortest(&self) -> Option<Millis> {
        match self {
            Self::Slot(_) => None,
            Self::Pod(shape) => shape.min_ad,
        }
    }
}

impl AdRequest {
    /// What is counted of device and place.
    pub fn receiver(&self) -> Receiver {
        let Traits { device, geo, .. } = &self.traits;
        Receiver::new(
            DeviceType::said(device.kind.as_deref()),
            Country::said(geo.country.as_deref()),
        )
    }

    /// How long the time is that is to be filled; none where any length fits.
    pub const fn wanted(&self) -> Option<Millis> {
        match &self.opening {
            Opening::Slot(slot) => *slot,
            Opening::Pod(shape) => Some(shape.duration),
        }
    }

    /// For one ad, of any channel, campaign and viewer.
    pub fn of(tenant: TenantId) -> Self {
        Self {
            tenant,
            channel: None,
            campaign: None,
            opening: Opening::Slot(None),
            traits: Traits::default(),
            identity: Identity::default(),
            privacy: Privacy::default(),
            profile: None,
        }
    }
}
