//! `adctl orders`: campaigns that share a budget and caps.

use clap::Args;

use super::catalog::Noun;
use super::catalog::plain::{self, Filters, Flags, Plain, Texts};
use super::input::{
    Clearable, given_caps, parse_clearable_cap, parse_clearable_goal, parse_clearable_money,
};
use super::output::{Column, Row, Value};
use crate::api::{Order, OrderFields};
use crate::client::{Call, Collection};
use crate::model::Cap;

/// What to do with them.
pub(super) type Command = plain::Command<Order>;

#[derive(Debug, Args)]
pub(super) struct OrderFilters {
    /// Only those of this advertiser, by id or name
    #[arg(long, value_name = "ID|NAME")]
    advertiser: Option<String>,
}

impl Filters for OrderFilters {
    fn narrow(self, call: Call) -> Call {
        call.with("advertiser", self.advertiser)
    }
}

#[derive(Debug, Args)]
pub(super) struct OrderFlags {
    /// Who pays, by id or name
    #[arg(long, value_name = "ID|NAME")]
    advertiser: Option<String>,
    /// What it is, for people
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Budget of its campaigns together, such as 120000 or 1.5M, or `none`
    #[arg(long, value_name = "AMOUNT", value_parser = parse_clearable_money)]
    budget: Option<Clearable<i64>>,
    /// Budget of its campaigns together in one day of the tenant's zone, or `none`
    #[arg(long, value_name = "AMOUNT", value_parser = parse_clearable_money)]
    daily_budget: Option<Clearable<i64>>,
    /// Impressions of its campaigns together, such as 5M, or `none`
    #[arg(long, value_name = "COUNT", value_parser = parse_clearable_goal)]
    goal: Option<Clearable<u64>>,
    /// How often one viewer may be shown any of its campaigns, such as user:3/1h,10/7d or
    /// household:5/day; give it several times for several scopes, or `none`; see adctl help caps
    #[arg(long, value_name = "CAP", value_parser = parse_clearable_cap)]
    cap: Option<Vec<Clearable<Cap>>>,
}

impl Flags<OrderFields> for OrderFlags {
    fn over(self, base: OrderFields, name: Option<String>) -> OrderFields {
        OrderFields {
            advertiser: self.advertiser.or(base.advertiser),
            name: name.or(base.name),
            description: self.description.or(base.description),
            total_budget_micros: self
                .budget
                .map(Clearable::into_option)
                .or(base.total_budget_micros),
            daily_budget_micros: self
                .daily_budget
                .map(Clearable::into_option)
                .or(base.daily_budget_micros),
            impression_goal: self
                .goal
                .map(Clearable::into_option)
                .or(base.impression_goal),
            caps: self.cap.map(given_caps).or(base.caps),
        }
    }

    fn name(fields: &OrderFields) -> Option<&str> {
        fields.name.as_deref()
    }
}

impl Plain for Order {
    type Flags = OrderFlags;
    type Filters = OrderFilters;

    const TEXTS: Texts = Texts {
        name: "Its name",
        reference: "Id or name",
        list: (
            "Show orders",
            "Examples:
  adctl orders list
  adctl orders list --advertiser motorco -o csv",
        ),
        get: (
            "Show one order",
            "Examples:
  adctl orders get motorco-2026
  adctl orders get ord_1 -o yaml",
        ),
        create: (
            "Create an order",
            "Examples:
  adctl orders create motorco-2026 --advertiser motorco --budget 500k --cap household:5/day
  adctl orders create motorco-2026 --advertiser motorco --if-not-exists -q",
        ),
        update: (
            "Change fields of an order",
            "Examples:
  adctl orders update motorco-2026 --budget 600k
  adctl orders update motorco-2026 --cap none --dry-run",
        ),
        edit: (
            "Change an order in your editor",
            "Examples:
  adctl orders edit motorco-2026
  EDITOR=nano adctl orders edit ord_1",
        ),
        delete: (
            "Delete orders without campaigns",
            "Examples:
  adctl orders delete motorco-2026 --yes
  adctl orders list -q | adctl orders delete - --dry-run",
        ),
    };
}

impl Noun for Order {
    const COLLECTION: Collection = Collection::Orders;
    type Fields = OrderFields;

    fn name(&self) -> &str {
        &self.name
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> OrderFields {
        OrderFields {
            advertiser: Some(self.advertiser_id.clone()),
            name: Some(self.name.clone()),
            description: Some(self.description.clone()),
            total_budget_micros: Some(self.total_budget_micros),
            daily_budget_micros: Some(self.daily_budget_micros),
            impression_goal: Some(self.impression_goal),
            caps: Some(self.caps.clone()),
        }
    }
}

impl Row for Order {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("advertiser_id", "ADVERTISER", |row| {
            Value::text(&row.advertiser_id)
        }),
        Column::shown("total_budget_micros", "BUDGET", |row| {
            Value::of(row.total_budget_micros, |micros| {
                Value::Micros(micros, &row.currency)
            })
        }),
        Column::shown("daily_budget_micros", "DAILY BUDGET", |row| {
            Value::of(row.daily_budget_micros, |micros| {
                Value::Micros(micros, &row.currency)
            })
        }),
        Column::shown("impression_goal", "GOAL", |row| {
            Value::of(row.impression_goal, Value::Count)
        }),
        Column::shown("caps", "CAPS", |row| Value::texts(&row.caps)),
        Column::wide("description", "DESCRIPTION", |row| {
            Value::text(&row.description)
        }),
        Column::wide("currency", "CURRENCY", |row| Value::text(&row.currency)),
        Column::wide("updated_at", "UPDATED", |row| Value::Ago(&row.updated_at)),
        Column::wide("created_at", "CREATED", |row| {
            Value::Instant(&row.created_at)
        }),
        Column::wide("revision", "REVISION", |row| {
            Value::Count(row.revision.into())
        }),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
