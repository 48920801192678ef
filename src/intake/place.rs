//! Whose ads a request means: those of the channel or campaign it names, or of the only tenant.

use super::Refusal;
use super::fields::Field;
use super::opening::Preset;
use super::said::Said;
use crate::decision::{Catalog, TenantCatalog};
use crate::model::name::{NAME_CHARS_MAX, fold_name};
use crate::model::{CampaignId, Channel, ChannelId, IdError, PodId, TenantId};

/// Longest name or id that is looked up, in bytes.
const NAME_BYTES_MAX: usize = NAME_CHARS_MAX * 4;

/// Whose ads, and where they are shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'c> {
    pub(super) tenant: &'c TenantCatalog,
    pub(super) channel: Option<&'c Channel>,
    pub(super) campaign: Option<CampaignId>,
}

/// Finds the place; none when something in it is wrong, which is then noted.
pub(super) fn resolve<'c>(
    said: &mut Said<'_>,
    catalog: &'c Catalog,
) -> Result<Option<Place<'c>>, Refusal> {
    let Ok(named) = id::<TenantId>(said, Field::Tenant) else {
        return Ok(None);
    };
    let named = match named {
        Some(id) => Some(catalog.tenant(id).ok_or(Refusal::NotFound("tenant"))?),
        None => None,
    };
    let Ok(campaign) = id::<CampaignId>(said, Field::Campaign) else {
        return Ok(None);
    };
    if let Some(text) = said.short(Field::Channel, NAME_BYTES_MAX) {
        let found = channel(said, catalog, named, &text)?;
        return Ok(found.map(|(tenant, channel)| Place {
            tenant,
            channel: Some(channel),
            campaign,
        }));
    }
    let tenant = match (named, campaign) {
        (Some(tenant), _) => Some(tenant),
        (None, Some(campaign)) => {
            let tenant = catalog.tenant_of_campaign(campaign);
            Some(tenant.ok_or(Refusal::NotFound("campaign"))?)
        }
        (None, None) => only_tenant(said, catalog)?,
    };
    Ok(tenant.map(|tenant| Place {
        tenant,
        channel: None,
        campaign,
    }))
}

/// An id; the error is noted.
fn id<T: std::str::FromStr<Err = IdError>>(
    said: &mut Said<'_>,
    field: Field,
) -> Result<Option<T>, ()> {
    let Some(text) = said.short(field, NAME_BYTES_MAX) else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|error: IdError| {
        said.refuse(field, error.to_string());
    })
}

/// A channel by its id, or by its name whatever the case. Names are unique in a tenant only.
fn channel<'c>(
    said: &mut Said<'_>,
    catalog: &'c Catalog,
    tenant: Option<&'c TenantCatalog>,
    text: &str,
) -> Result<Option<(&'c TenantCatalog, &'c Channel)>, Refusal> {
    const UNKNOWN: Refusal = Refusal::NotFound("channel");
    // No name begins like an id.
    if text.starts_with("ch_") {
        let id: ChannelId = match text.parse() {
            Ok(id) => id,
            Err(error) => {
                let error: IdError = error;
                said.refuse(Field::Channel, error.to_string());
                return Ok(None);
            }
        };
        let tenant = tenant
            .or_else(|| catalog.tenant_of_channel(id))
            .ok_or(UNKNOWN)?;
        let channel = tenant.channel(id).ok_or(UNKNOWN)?;
        return Ok(Some((tenant, channel)));
    }
    let name = fold_name(text.trim());
    let mut found = catalog
        .tenants()
        .filter(|it| tenant.is_none_or(|tenant| tenant.id == it.id))
        .filter_map(|tenant| Some((tenant, tenant.channel_named(&name)?)));
    match (found.next(), found.next()) {
        (Some(found), None) => Ok(Some(found)),
        (None, _) => Err(UNKNOWN),
        (Some(_), Some(_)) => {
            said.refuse(
                Field::Channel,
                "is the name of channels of several tenants: give its id, or name the tenant",
            );
            Ok(None)
        }
    }
}

/// What the channel is set to, and the pod that is named or that it is set to.
pub(super) fn preset<'c>(said: &mut Said<'_>, place: &Place<'c>) -> Result<Preset<'c>, Refusal> {
    let tenant = place.tenant;
    let set = place.channel.map(|channel| &channel.spec);
    let own = || set.and_then(|set| tenant.pod(set.pod?));
    let pod = match said.short(Field::Pod, NAME_BYTES_MAX) {
        None => own(),
        Some(text) if text.starts_with("pod_") => match text.parse::<PodId>() {
            Ok(id) => Some(tenant.pod(id).ok_or(Refusal::NotFound("pod"))?),
            Err(error) => {
                said.refuse(Field::Pod, error.to_string());
                own()
            }
        },
        Some(name) => {
            let pod = tenant.pod_named(&fold_name(name.trim()));
            Some(pod.ok_or(Refusal::NotFound("pod"))?)
        }
    };
    Ok(Preset {
        slot: set.and_then(|set| set.slot),
        pod: pod.map(|pod| &pod.spec.shape),
    })
}

fn only_tenant<'c>(
    said: &mut Said<'_>,
    catalog: &'c Catalog,
) -> Result<Option<&'c TenantCatalog>, Refusal> {
    let mut tenants = catalog.tenants();
    match (tenants.next(), tenants.next()) {
        (Some(tenant), None) => Ok(Some(tenant)),
        (None, _) => Err(Refusal::NotFound("channel")),
        (Some(_), Some(_)) => {
            let message = "is required: this server has several tenants";
            said.problems.add("channel", message);
            Ok(None)
        }
    }
}
