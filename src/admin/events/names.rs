//! Names of the things in events, read when they are first met and again after a change.

use std::collections::HashMap;

use crate::admin::state::State;
use crate::admin::work::read;
use crate::api::LiveEvent;
use crate::delivery::pulse::Place;
use crate::model::{Campaign, CampaignId, Channel, ChannelId, Creative, CreativeId, TenantId};
use crate::store::catalog::{Reader, Scope, StoreError};

/// Names that are remembered; with more they are read anew.
const NAMES_MAX: usize = 20_000;

/// Names of the things of a tenant by id.
#[derive(Debug)]
pub(super) struct Names {
    tenant: TenantId,
    /// The catalog they were read from.
    revision: u64,
    known: HashMap<String, Option<String>>,
}

impl Names {
    pub(super) fn of(tenant: TenantId) -> Self {
        Self {
            tenant,
            revision: 0,
            known: HashMap::new(),
        }
    }

    /// Gives the things in events their names. Without the database they have none.
    pub(super) async fn fill(&mut self, state: &State, events: &mut [(Place, LiveEvent)]) {
        let revision = state.publisher.cell().load().revision();
        if revision != self.revision || self.known.len() > NAMES_MAX {
            self.known.clear();
            self.revision = revision;
        }
        let mut unknown: Vec<String> = Vec::new();
        for (_place, event) in events.iter_mut() {
            each(event, &mut |id, _name| {
                if !self.known.contains_key(id) {
                    unknown.push(id.to_owned());
                }
            });
        }
        if !unknown.is_empty() {
            unknown.sort_unstable();
            unknown.dedup();
            let found = read(state, Scope::Tenant(self.tenant), move |reader| {
                let named = unknown.into_iter().map(|id| {
                    let name = name_of(reader, &id)?;
                    Ok((id, name))
                });
                named.collect::<Result<Vec<_>, StoreError>>()
            });
            match found.await {
                Ok(found) => self.known.extend(found),
                Err(refusal) => tracing::debug!(%refusal, "events are told without names"),
            }
        }
        for (_place, event) in events {
            each(event, &mut |id, name| {
                *name = self.known.get(id).cloned().flatten();
            });
        }
    }
}

/// Every id in an event that has a name beside it.
fn each(event: &mut LiveEvent, see: &mut impl FnMut(&str, &mut Option<String>)) {
    match event {
        LiveEvent::Decision(decision) => {
            if let Some(id) = &decision.channel_id {
                see(id, &mut decision.channel);
            }
            for ad in &mut decision.ads {
                see(&ad.campaign_id, &mut ad.campaign);
                see(&ad.creative_id, &mut ad.creative);
            }
        }
        LiveEvent::Beacon(beacon) => {
            if let Some(id) = &beacon.channel_id {
                see(id, &mut beacon.channel);
            }
            see(&beacon.campaign_id, &mut beacon.campaign);
            see(&beacon.creative_id, &mut beacon.creative);
        }
        _ => {}
    }
}

/// The name of what an id stands for, if it is still there.
fn name_of(reader: &Reader<'_>, id: &str) -> Result<Option<String>, StoreError> {
    let name = if let Ok(id) = id.parse::<CampaignId>() {
        reader.load::<Campaign>(id).map(|found| found.spec.name)
    } else if let Ok(id) = id.parse::<CreativeId>() {
        reader.load::<Creative>(id).map(|found| found.spec.name)
    } else if let Ok(id) = id.parse::<ChannelId>() {
        reader.load::<Channel>(id).map(|found| found.spec.name)
    } else {
        return Ok(None);
    };
    match name {
        Ok(name) => Ok(Some(name)),
        Err(StoreError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
