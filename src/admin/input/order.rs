//! What an operator decides about an order.

use super::Form;
use crate::api::{Cap, OrderFields};
use crate::model::{AdvertiserId, OrderSpec, Problem};

impl Form<OrderFields> {
    /// The advertiser as it was given, to be looked up.
    pub(crate) fn advertiser(&self) -> Option<String> {
        self.fields.advertiser.clone()
    }
}

/// What an operator decides about an order. `advertiser` is what was found under the one given.
pub(crate) fn order(
    mut form: Form<OrderFields>,
    stored: Option<&OrderSpec>,
    advertiser: Option<AdvertiserId>,
) -> Result<OrderSpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let base = stored.cloned().unwrap_or_else(blank);
    let kept_name = stored.map(|spec| spec.name.clone());
    let kept_advertiser = stored.map(|spec| spec.advertiser);
    let caps = fields.caps.map(|wire| Cap::read_all(&wire, "caps"));
    let spec = OrderSpec {
        advertiser: form.required("advertiser", advertiser, (kept_advertiser, base.advertiser)),
        name: form.required("name", fields.name, (kept_name, base.name)),
        description: fields.description.unwrap_or(base.description),
        total_budget_micros: fields
            .total_budget_micros
            .unwrap_or(base.total_budget_micros),
        daily_budget_micros: fields
            .daily_budget_micros
            .unwrap_or(base.daily_budget_micros),
        impression_goal: fields.impression_goal.unwrap_or(base.impression_goal),
        caps: form.rule(caps, base.caps),
    };
    let checks = spec.problems();
    form.finish(spec, checks)
}

/// An order about which nothing was said.
const fn blank() -> OrderSpec {
    OrderSpec {
        advertiser: AdvertiserId::new(0),
        name: String::new(),
        description: String::new(),
        total_budget_micros: None,
        daily_budget_micros: None,
        impression_goal: None,
        caps: Vec::new(),
    }
}
