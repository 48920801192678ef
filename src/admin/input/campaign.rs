//! What an operator decides about a campaign.

use super::Form;
use crate::admin::resource::channel_named;
use crate::api::{CampaignFields, Cap};
use crate::model::money::MICROS_MAX;
use crate::model::time::{TIMESTAMP_MAX, TIMESTAMP_MIN};
use crate::model::{
    Advertiser, AdvertiserId, CampaignSpec, CampaignStatus, Order, OrderId, Pacing, Position,
    Price, PriceModel, Problem, Targeting, Tier, Timestamp,
};
use crate::store::catalog::{Reader, StoreError};

/// What was found under the names that a campaign gives.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CampaignLinks {
    /// The advertiser, if one was named.
    pub(crate) advertiser: Option<AdvertiserId>,
    /// The order, if one was named.
    pub(crate) order: Option<OrderId>,
}

impl Form<CampaignFields> {
    /// Looks up what the fields name. What is not there is one more thing wrong with the form.
    pub(crate) fn links(&mut self, reader: &Reader<'_>) -> Result<CampaignLinks, StoreError> {
        let advertiser = self.fields.advertiser.clone();
        let advertiser = self.find::<Advertiser>(reader, "advertiser", advertiser.as_deref())?;
        if let Some(targeting) = &mut self.fields.targeting {
            targeting.name_channels(&|name| channel_named(reader, name));
        }
        let order = self.fields.order.clone().flatten();
        let order = self.find::<Order>(reader, "order", order.as_deref())?;
        if let Some(codes) = &self.fields.categories {
            let missing = reader.missing_categories("categories", codes)?;
            self.add(missing);
        }
        Ok(CampaignLinks {
            advertiser: advertiser.map(|found| found.id),
            order: order.map(|found| found.id),
        })
    }
}

/// What an operator decides about a campaign, and the status it is made with, if that was said.
/// `links` is what was found under the names that are given.
pub(crate) fn campaign(
    mut form: Form<CampaignFields>,
    stored: Option<&CampaignSpec>,
    links: CampaignLinks,
) -> Result<(CampaignSpec, Option<CampaignStatus>), Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let status = first_status(&mut form, fields.status.as_deref(), stored);
    let base = stored.cloned().unwrap_or_else(blank);
    let kept = stored.map(|spec| (spec.advertiser, spec.name.clone(), spec.total_budget_micros));
    let (advertiser, name, budget) = kept
        .map_or((None, None, None), |(advertiser, name, budget)| {
            (Some(advertiser), Some(name), Some(budget))
        });
    let (start, end) = flight(&mut form, (fields.start, fields.end), stored);
    let price = price(&mut form, (fields.price_model, fields.price_micros), stored);
    let targeting = fields.targeting.map(|wire| wire.read("targeting"));
    let caps = fields.caps.map(|wire| Cap::read_all(&wire, "caps"));
    let pacing = fields.pacing.map(|wire| wire.read("pacing"));
    let spec = CampaignSpec {
        advertiser: form.required(
            "advertiser",
            links.advertiser,
            (advertiser, base.advertiser),
        ),
        name: form.required("name", fields.name, (name, base.name)),
        description: fields.description.unwrap_or(base.description),
        total_budget_micros: form.required(
            "total_budget_micros",
            fields.total_budget_micros,
            (budget, base.total_budget_micros),
        ),
        daily_budget_micros: fields
            .daily_budget_micros
            .unwrap_or(base.daily_budget_micros),
        impression_goal: fields.impression_goal.unwrap_or(base.impression_goal),
        start,
        end,
        price,
        tier: form
            .parse("tier", fields.tier.as_deref())
            .unwrap_or(base.tier),
        weight: fields.weight.unwrap_or(base.weight),
        order: fields.order.map_or(base.order, |_given| links.order),
        targeting: form.rule(targeting, base.targeting),
        caps: form.rule(caps, base.caps),
        pacing: form.rule(pacing, base.pacing),
        categories: fields.categories.unwrap_or(base.categories),
        position: form
            .parse("position", fields.position.as_deref())
            .unwrap_or(base.position),
        share_of_voice: fields.share_of_voice.unwrap_or(base.share_of_voice),
    };
    let checks = spec.problems();
    form.finish((spec, status), checks)
}

/// A campaign about which nothing was said: what is required is stood in for.
fn blank() -> CampaignSpec {
    CampaignSpec {
        advertiser: AdvertiserId::new(0),
        name: String::new(),
        description: String::new(),
        total_budget_micros: MICROS_MAX,
        daily_budget_micros: None,
        impression_goal: None,
        start: TIMESTAMP_MIN,
        end: TIMESTAMP_MAX,
        price: Price {
            model: PriceModel::Cpm,
            micros: 1,
        },
        tier: Tier::Standard,
        weight: 1,
        order: None,
        targeting: Targeting::default(),
        caps: Vec::new(),
        pacing: Pacing::Asap,
        categories: Vec::new(),
        position: Position::Any,
        share_of_voice: None,
    }
}

fn first_status(
    form: &mut Form<CampaignFields>,
    given: Option<&str>,
    stored: Option<&CampaignSpec>,
) -> Option<CampaignStatus> {
    let status = form.parse("status", given)?;
    if stored.is_some() {
        form.fault("status", "is changed at /api/v1/campaigns/{id}/status");
    } else if !matches!(status, CampaignStatus::Draft | CampaignStatus::Active) {
        form.fault("status", "a new campaign is `draft` or `active`");
    }
    Some(status)
}

fn flight(
    form: &mut Form<CampaignFields>,
    (start, end): (Option<String>, Option<String>),
    stored: Option<&CampaignSpec>,
) -> (Timestamp, Timestamp) {
    let start = form.parse("start", start.as_deref());
    let end = form.parse("end", end.as_deref());
    let kept = (stored.map(|spec| spec.start), stored.map(|spec| spec.end));
    (
        form.required("start", start, (kept.0, TIMESTAMP_MIN)),
        form.required("end", end, (kept.1, TIMESTAMP_MAX)),
    )
}

fn price(
    form: &mut Form<CampaignFields>,
    (model, micros): (Option<String>, Option<i64>),
    stored: Option<&CampaignSpec>,
) -> Price {
    let model = form.parse("price_model", model.as_deref());
    let kept = stored.map(|spec| spec.price);
    Price {
        model: model
            .or(kept.map(|price| price.model))
            .unwrap_or(PriceModel::Cpm),
        micros: form.required("price_micros", micros, (kept.map(|price| price.micros), 1)),
    }
}
