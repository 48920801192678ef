//! A campaign as a row and as something to edit.

use crate::api::{Campaign, CampaignFields};
use crate::cli::catalog::Noun;
use crate::cli::output::{Column, Row, Value};
use crate::client::Collection;

impl Noun for Campaign {
    const COLLECTION: Collection = Collection::Campaigns;
    type Fields = CampaignFields;

    fn name(&self) -> &str {
        &self.name
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> CampaignFields {
        CampaignFields {
            advertiser: Some(self.advertiser_id.clone()),
            name: Some(self.name.clone()),
            description: Some(self.description.clone()),
            total_budget_micros: Some(self.total_budget_micros),
            daily_budget_micros: Some(self.daily_budget_micros),
            impression_goal: Some(self.impression_goal),
            start: Some(self.start.clone()),
            end: Some(self.end.clone()),
            price_model: Some(self.price_model.clone()),
            price_micros: Some(self.price_micros),
            tier: Some(self.tier.clone()),
            weight: Some(self.weight),
            order: Some(self.order_id.clone()),
            targeting: Some(self.targeting.clone()),
            caps: Some(self.caps.clone()),
            pacing: Some(self.pacing.clone()),
            categories: Some(self.categories.clone()),
            position: Some(self.position.clone()),
            share_of_voice: Some(self.share_of_voice),
            status: None,
        }
    }
}

impl Row for Campaign {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("status", "STATUS", |row| Value::Word(&row.status)),
        Column::spare(1, "tier", "TIER", |row| Value::Word(&row.tier)),
        Column::spare(4, "weight", "WEIGHT", |row| Value::Count(row.weight.into())),
        Column::shown("total_budget_micros", "BUDGET", |row| {
            Value::Micros(row.total_budget_micros, &row.currency)
        }),
        Column::spare(3, "price_model", "MODEL", |row| {
            Value::Word(&row.price_model)
        }),
        Column::spare(2, "price_micros", "PRICE", |row| {
            Value::Micros(row.price_micros, &row.currency)
        }),
        Column::shown("start", "START", |row| Value::Instant(&row.start)),
        Column::shown("end", "END", |row| Value::Instant(&row.end)),
        Column::wide("currency", "CURRENCY", |row| Value::text(&row.currency)),
        Column::wide("daily_budget_micros", "DAILY BUDGET", |row| {
            Value::of(row.daily_budget_micros, |micros| {
                Value::Micros(micros, &row.currency)
            })
        }),
        Column::wide("impression_goal", "GOAL", |row| {
            Value::of(row.impression_goal, Value::Count)
        }),
        Column::wide("advertiser_id", "ADVERTISER", |row| {
            Value::text(&row.advertiser_id)
        }),
        Column::wide("description", "DESCRIPTION", |row| {
            Value::text(&row.description)
        }),
        Column::wide("updated_at", "UPDATED", |row| Value::Ago(&row.updated_at)),
        Column::wide("created_at", "CREATED", |row| {
            Value::Instant(&row.created_at)
        }),
        Column::wide("revision", "REVISION", |row| {
            Value::Count(row.revision.into())
        }),
        Column::wide("order_id", "ORDER", |row| {
            Value::of(row.order_id.as_deref(), Value::text)
        }),
        Column::wide("caps", "CAPS", |row| Value::texts(&row.caps)),
        Column::wide("pacing", "PACING", |row| Value::text_of(&row.pacing)),
        Column::wide("categories", "CATEGORIES", |row| {
            Value::list(&row.categories)
        }),
        Column::wide("position", "POSITION", |row| Value::Word(&row.position)),
        Column::wide("share_of_voice", "SHARE OF VOICE", |row| {
            Value::of(row.share_of_voice, |percent| Value::Count(percent.into()))
        }),
        Column::shown("pacing_status", "DELIVERY", |row| {
            Value::of(row.pacing_status.as_deref(), Value::Word)
        }),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
