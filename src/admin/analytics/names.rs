//! Where a row stands, in words: ids, names, types of device, countries, instants.

use std::collections::BTreeMap;

use crate::admin::respond::Refusal;
use crate::admin::state::State;
use crate::admin::work::read;
use crate::api::GroupValue;
use crate::ledger::{Dimension, GroupKey};
use crate::model::{
    Campaign, CampaignId, Channel, ChannelId, Country, Creative, CreativeId, DeviceType, TenantId,
    Timestamp,
};
use crate::store::catalog::{Entity, EntityId as _, Reader, Scope, StoreError};

/// The names of campaigns, creatives and channels; what was deleted since has none.
#[derive(Debug, Default)]
pub(crate) struct Names {
    campaigns: BTreeMap<u32, Option<String>>,
    creatives: BTreeMap<u32, Option<String>>,
    channels: BTreeMap<u32, Option<String>>,
}

impl Names {
    /// The names of everything in these keys.
    pub(crate) async fn find(
        state: &State,
        tenant: TenantId,
        dimensions: &[Option<Dimension>],
        keys: impl Iterator<Item = &GroupKey>,
    ) -> Result<Self, Refusal> {
        let mut names = Self::default();
        for key in keys {
            for (&dimension, &value) in dimensions.iter().zip(key) {
                let id = u32::try_from(value).unwrap_or_default();
                match dimension {
                    Some(Dimension::Campaign) => drop(names.campaigns.insert(id, None)),
                    Some(Dimension::Creative) => drop(names.creatives.insert(id, None)),
                    Some(Dimension::Channel) => drop(names.channels.insert(id, None)),
                    Some(
                        Dimension::Hour
                        | Dimension::Day
                        | Dimension::Week
                        | Dimension::Device
                        | Dimension::Country,
                    )
                    | None => {}
                }
            }
        }
        let filled = read(state, Scope::Tenant(tenant), move |reader| {
            fill::<Campaign>(reader, &mut names.campaigns)?;
            fill::<Creative>(reader, &mut names.creatives)?;
            fill::<Channel>(reader, &mut names.channels)?;
            Ok(names)
        });
        filled.await
    }

    /// Where a row stands in one dimension.
    pub(crate) fn value(&self, dimension: Dimension, value: i64) -> GroupValue {
        let id = u32::try_from(value).unwrap_or_default();
        let named = |names: &BTreeMap<u32, Option<String>>| names.get(&id).cloned().flatten();
        let name = match dimension {
            Dimension::Campaign => named(&self.campaigns),
            Dimension::Creative => named(&self.creatives),
            Dimension::Channel => named(&self.channels),
            Dimension::Hour
            | Dimension::Day
            | Dimension::Week
            | Dimension::Device
            | Dimension::Country => None,
        };
        GroupValue {
            value: standing(dimension, value),
            name,
        }
    }
}

/// Where a row stands in one dimension, as text.
pub(crate) fn standing(dimension: Dimension, value: i64) -> String {
    let id = u32::try_from(value).unwrap_or_default();
    match dimension {
        Dimension::Hour | Dimension::Day | Dimension::Week => {
            Timestamp::from_millis(value).to_string()
        }
        Dimension::Campaign => CampaignId::new(id).to_string(),
        Dimension::Creative => CreativeId::new(id).to_string(),
        Dimension::Channel if id == 0 => "none".to_owned(),
        Dimension::Channel => ChannelId::new(id).to_string(),
        Dimension::Device => {
            let place = usize::try_from(value).unwrap_or_default();
            let device = DeviceType::ALL.get(place).copied();
            device.unwrap_or(DeviceType::Other).to_string()
        }
        Dimension::Country => {
            Country::numbered(u16::try_from(value).unwrap_or(u16::MAX)).to_string()
        }
    }
}

fn fill<E: Entity>(
    reader: &Reader<'_>,
    names: &mut BTreeMap<u32, Option<String>>,
) -> Result<(), StoreError> {
    for (&id, name) in names.iter_mut().filter(|(id, _name)| **id != 0) {
        *name = match reader.load::<E>(E::Id::from_raw(id)) {
            Ok(entity) => Some(entity.name().to_owned()),
            Err(StoreError::NotFound { .. }) => None,
            Err(error) => return Err(error),
        };
    }
    Ok(())
}
