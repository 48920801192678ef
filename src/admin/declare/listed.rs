//! Things of the catalog as a document lists them: by name, with everything said.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::api::{
    AdvertiserFields, CampaignFields, Cap, CatalogExport, CategoryFields, ChannelFields,
    CreativeFields, DeclaredCampaign, DeclaredCatalog, DeclaredCreative, OrderFields, Pacing,
    PodFields, Stream, TenantFields,
};
use crate::model::name::fold_name;
use crate::model::{
    Advertiser, Campaign, CampaignId, Category, Channel, Creative, Millis, Order, Pod, Targeting,
    Tenant,
};
use crate::store::catalog::{Entity, Reader, StoreError};

/// Something that a document can list.
pub(super) trait Listed: Entity {
    /// As it is listed.
    type Form: serde::Serialize;

    /// What is listed of it.
    fn form(&self, reader: &Reader<'_>) -> Result<Self::Form, StoreError>;

    /// The same as JSON.
    fn listed(&self, reader: &Reader<'_>) -> Result<Value, StoreError> {
        Ok(json!(self.form(reader)?))
    }
}

/// All of a tenant, each kind in the order of names, so that the same things are the same text
/// wherever they are.
pub(super) fn export(reader: &Reader<'_>) -> Result<CatalogExport, StoreError> {
    let mut creatives: BTreeMap<CampaignId, Vec<Creative>> = BTreeMap::new();
    for creative in sorted::<Creative>(reader)? {
        // A file that could not be shown cannot be brought elsewhere.
        if creative.media.is_some() {
            creatives
                .entry(creative.campaign)
                .or_default()
                .push(creative);
        }
    }
    let campaigns = sorted::<Campaign>(reader)?.into_iter().map(|campaign| {
        let its = creatives.remove(&campaign.id).unwrap_or_default();
        let its = its.iter().map(|creative| creative.form(reader));
        Ok(DeclaredCampaign {
            creatives: its.collect::<Result<_, StoreError>>()?,
            ..campaign.form(reader)?
        })
    });
    Ok(CatalogExport {
        revision: reader.revision()?,
        catalog: DeclaredCatalog {
            tenant: Some(reader.tenant()?.form(reader)?),
            campaigns: campaigns.collect::<Result<_, StoreError>>()?,
            advertisers: forms::<Advertiser>(reader)?,
            categories: forms::<Category>(reader)?,
            pods: forms::<Pod>(reader)?,
            channels: forms::<Channel>(reader)?,
            orders: forms::<Order>(reader)?,
        },
    })
}

fn sorted<E: Entity>(reader: &Reader<'_>) -> Result<Vec<E>, StoreError> {
    let mut all = reader.all::<E>()?;
    all.sort_by_cached_key(|entity| fold_name(entity.name()));
    Ok(all)
}

fn forms<E: Listed>(reader: &Reader<'_>) -> Result<Vec<E::Form>, StoreError> {
    let all = sorted::<E>(reader)?;
    all.iter().map(|entity| entity.form(reader)).collect()
}

impl Listed for Tenant {
    type Form = TenantFields;

    fn form(&self, _reader: &Reader<'_>) -> Result<TenantFields, StoreError> {
        Ok(TenantFields {
            name: Some(self.spec.name.clone()),
            timezone: Some(self.spec.zone.name().to_owned()),
            currency: Some(self.spec.currency.to_string()),
            // Of the machine, not of what is sold.
            quota_rps: None,
        })
    }
}

impl Listed for Advertiser {
    type Form = AdvertiserFields;

    fn form(&self, _reader: &Reader<'_>) -> Result<AdvertiserFields, StoreError> {
        let spec = &self.spec;
        Ok(AdvertiserFields {
            name: Some(spec.name.clone()),
            domain: Some(spec.domain.clone()),
            categories: Some(spec.categories.clone()),
        })
    }
}

impl Listed for Category {
    type Form = CategoryFields;

    fn form(&self, _reader: &Reader<'_>) -> Result<CategoryFields, StoreError> {
        let spec = &self.spec;
        Ok(CategoryFields {
            code: Some(spec.code.clone()),
            name: Some(spec.name.clone()),
            parent: Some(spec.parent.clone()),
            exclusive: Some(spec.exclusive),
            separation_ms: Some(spec.separation.map(|span| span.0)),
        })
    }
}

impl Listed for Pod {
    type Form = PodFields;

    fn form(&self, _reader: &Reader<'_>) -> Result<PodFields, StoreError> {
        let (spec, shape) = (&self.spec, &self.spec.shape);
        let millis = |span: Millis| span.0;
        Ok(PodFields {
            name: Some(spec.name.clone()),
            description: Some(spec.description.clone()),
            duration_ms: Some(shape.duration.0),
            slots_ms: Some(shape.slots.iter().copied().map(millis).collect()),
            min_ads: Some(shape.min_ads),
            max_ads: Some(shape.max_ads),
            min_ad_ms: Some(shape.min_ad.map(millis)),
            max_ad_ms: Some(shape.max_ad.map(millis)),
            per_advertiser: Some(shape.per_advertiser),
            advertiser_gap_ms: Some(shape.advertiser_gap.0),
            goal: Some(shape.goal.to_string()),
        })
    }
}

impl Listed for Channel {
    type Form = ChannelFields;

    fn form(&self, reader: &Reader<'_>) -> Result<ChannelFields, StoreError> {
        let spec = &self.spec;
        let pod = spec.pod.map(|pod| reader.load::<Pod>(pod)).transpose()?;
        Ok(ChannelFields {
            name: Some(spec.name.clone()),
            description: Some(spec.description.clone()),
            slot_ms: Some(spec.slot.map(|slot| slot.0)),
            pod: Some(pod.map(|pod| pod.spec.name)),
            stream: Some(spec.stream.as_ref().map(Stream::of)),
        })
    }
}

impl Listed for Order {
    type Form = OrderFields;

    fn form(&self, reader: &Reader<'_>) -> Result<OrderFields, StoreError> {
        let spec = &self.spec;
        let advertiser: Advertiser = reader.load(spec.advertiser)?;
        Ok(OrderFields {
            advertiser: Some(advertiser.spec.name),
            name: Some(spec.name.clone()),
            description: Some(spec.description.clone()),
            total_budget_micros: Some(spec.total_budget_micros),
            daily_budget_micros: Some(spec.daily_budget_micros),
            impression_goal: Some(spec.impression_goal),
            caps: Some(Cap::of_all(&spec.caps)),
        })
    }
}

/// Without its creatives, which are listed on their own.
impl Listed for Campaign {
    type Form = DeclaredCampaign;

    fn form(&self, reader: &Reader<'_>) -> Result<DeclaredCampaign, StoreError> {
        let spec = &self.spec;
        let advertiser: Advertiser = reader.load(spec.advertiser)?;
        let order = spec.order.map(|order| reader.load::<Order>(order));
        let order = order.transpose()?;
        Ok(DeclaredCampaign {
            fields: CampaignFields {
                advertiser: Some(advertiser.spec.name),
                name: Some(spec.name.clone()),
                description: Some(spec.description.clone()),
                total_budget_micros: Some(spec.total_budget_micros),
                daily_budget_micros: Some(spec.daily_budget_micros),
                impression_goal: Some(spec.impression_goal),
                start: Some(spec.start.to_string()),
                end: Some(spec.end.to_string()),
                price_model: Some(spec.price.model.to_string()),
                price_micros: Some(spec.price.micros),
                tier: Some(spec.tier.to_string()),
                weight: Some(spec.weight),
                order: Some(order.map(|order| order.spec.name)),
                targeting: None,
                caps: Some(Cap::of_all(&spec.caps)),
                pacing: Some(Pacing::of(&spec.pacing)),
                categories: Some(spec.categories.clone()),
                position: Some(spec.position.to_string()),
                share_of_voice: Some(spec.share_of_voice),
                status: Some(self.status.to_string()),
            },
            targeting: text(&spec.targeting, reader),
            ..DeclaredCampaign::default()
        })
    }
}

impl Listed for Creative {
    type Form = DeclaredCreative;

    fn form(&self, reader: &Reader<'_>) -> Result<DeclaredCreative, StoreError> {
        let spec = &self.spec;
        Ok(DeclaredCreative {
            fields: CreativeFields {
                name: Some(spec.name.clone()),
                weight: Some(spec.weight),
                click_url: Some(spec.click_url.clone()),
                targeting: None,
                caps: Some(Cap::of_all(&spec.caps)),
                start: Some(spec.start.map(|start| start.to_string())),
                end: Some(spec.end.map(|end| end.to_string())),
                status: Some(self.status.to_string()),
            },
            targeting: text(&spec.targeting, reader),
            sha256: self.media.as_ref().map(crate::model::Media::sha256_hex),
            ..DeclaredCreative::default()
        })
    }
}

/// In the language, with channels by name; none for everyone.
fn text(targeting: &Targeting, reader: &Reader<'_>) -> Option<String> {
    let names = |channel| {
        let found = reader.load::<Channel>(channel).ok();
        found.map(|channel| channel.spec.name)
    };
    (!targeting.is_everyone()).then(|| targeting.text_naming(&names))
}
