//! Lists: what they may be searched, filtered and sorted by, and the cursor between pages.
//!
//! Columns come from closed lists, values are bound: no text of a caller reaches a statement.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::types::Value;

use super::entity::{Entity, Kind};
use super::error::StoreError;
use crate::api;
use crate::model::name::fold_name;
use crate::model::word::words;
use crate::model::{
    AdvertiserId, CampaignId, CampaignStatus, CreativeStatus, OrderId, Problem, Role, Tier,
};

/// What a list is sorted by. Equal ones are in order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// In the order they were made.
    #[default]
    Id,
    /// By name, whatever the case.
    Name,
    /// When they were made.
    CreatedAt,
    /// When they were last changed.
    UpdatedAt,
    /// Campaigns and creatives: by the word of the status.
    Status,
    /// Campaigns: by first instant.
    Start,
    /// Campaigns: by last instant.
    End,
    /// Campaigns: by the word of the tier.
    Tier,
}
words!(Sort {
    Id = "id",
    Name = "name",
    CreatedAt = "created_at",
    UpdatedAt = "updated_at",
    Status = "status",
    Start = "start",
    End = "end",
    Tier = "tier",
});

impl Sort {
    /// What every list can be sorted by.
    pub const COMMON: &'static [Self] = &[Self::Id, Self::Name, Self::CreatedAt, Self::UpdatedAt];

    const fn column(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "folded",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::Status => "status",
            Self::Start => "start_at",
            Self::End => "end_at",
            Self::Tier => "tier",
        }
    }
}

/// Which way a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}
words!(Order { Ascending = "asc", Descending = "desc" });

/// What the entries of a list must have. Several must all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Campaigns and orders of one advertiser.
    Advertiser(AdvertiserId),
    /// Creatives of one campaign.
    Campaign(CampaignId),
    /// Campaigns in one status.
    CampaignStatus(CampaignStatus),
    /// Creatives in one status.
    CreativeStatus(CreativeStatus),
    /// Campaigns of one tier.
    Tier(Tier),
    /// Campaigns of one order.
    Order(OrderId),
    /// Categories right below the one with this code.
    Parent(String),
    /// Users of one role.
    Role(Role),
}

impl Filter {
    const fn word(&self) -> &'static str {
        match self {
            Self::Advertiser(_) => "advertiser",
            Self::Campaign(_) => "campaign",
            Self::CampaignStatus(_) | Self::CreativeStatus(_) => "status",
            Self::Tier(_) => "tier",
            Self::Order(_) => "in_order",
            Self::Parent(_) => "parent",
            Self::Role(_) => "role",
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Advertiser(id) => id.get().into(),
            Self::Campaign(id) => id.get().into(),
            Self::CampaignStatus(status) => status.to_string().into(),
            Self::CreativeStatus(status) => status.to_string().into(),
            Self::Tier(tier) => tier.to_string().into(),
            Self::Order(id) => id.get().into(),
            Self::Parent(code) => fold_name(code).into(),
            Self::Role(role) => role.to_string().into(),
        }
    }
}

/// Which entries, in which order, and which page of them.
#[derive(Debug, Clone)]
pub struct ListQuery {
    /// A part of the name, whatever the case.
    pub search: Option<String>,
    /// What they must have.
    pub filters: Vec<Filter>,
    /// What they are sorted by.
    pub sort: Sort,
    /// Which way.
    pub order: Order,
    /// Entries of a page: 1 to [`api::PAGE_MAX`].
    pub limit: u32,
    /// Where the page before ended, as it said.
    pub cursor: Option<String>,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            search: None,
            filters: Vec::new(),
            sort: Sort::default(),
            order: Order::default(),
            limit: api::PAGE_DEFAULT,
            cursor: None,
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<E> {
    /// The entries in order.
    pub items: Vec<E>,
    /// How many there are in all pages together.
    pub total: u64,
    /// Where the next page starts; none on the last.
    pub next_cursor: Option<String>,
}

/// A statement that lists, and what is bound to it.
#[derive(Debug)]
pub(super) struct Statement {
    /// Conditions on the rows, for the page and for the total.
    conditions: String,
    values: Vec<Value>,
    /// Conditions and order of the page alone.
    page: String,
    page_values: Vec<Value>,
    sort: Sort,
    order: Order,
    limit: usize,
}

impl Statement {
    /// Checks a query against what lists of `E` know.
    pub(super) fn of<E: Entity>(query: &ListQuery) -> Result<Self, StoreError> {
        let mut problems = Vec::new();
        check_limit(query.limit, &mut problems);
        if !Sort::COMMON.contains(&query.sort) && !E::SORTS.contains(&query.sort) {
            let known = Sort::COMMON.iter().chain(E::SORTS);
            let known: Vec<_> = known.map(|sort| sort.as_str()).collect();
            let message = format!("`{}` is not one of {}", query.sort, known.join(", "));
            problems.push(Problem::new("sort", message));
        }
        let mut conditions = String::new();
        let mut values = Vec::new();
        if let Some(search) = &query.search {
            let found = E::SEARCHED.iter().map(|column| {
                values.push(fold_name(search).into());
                format!("instr({column}, ?) > 0")
            });
            let found: Vec<String> = found.collect();
            conditions.extend([" AND (", &found.join(" OR "), ")"]);
        }
        for filter in &query.filters {
            let Some(column) = E::filter_column(filter) else {
                let message = format!("is no filter of {}", E::KIND.plural());
                problems.push(Problem::new(filter.word(), message));
                continue;
            };
            conditions.extend([" AND ", column, " = ?"]);
            values.push(filter.value());
        }
        let (page, page_values) = page(query, &mut problems);
        if !problems.is_empty() {
            return Err(StoreError::Invalid(problems));
        }
        Ok(Self {
            conditions,
            values,
            page,
            page_values,
            sort: query.sort,
            order: query.order,
            limit: query.limit as usize,
        })
    }

    /// The statement of one page: `columns`, the sort value last. One row more than the page
    /// tells whether there is a next one.
    pub(super) fn page_sql(&self, columns: &str, kind: Kind, scope: &str) -> String {
        format!(
            "SELECT {columns}, {sort} FROM {table} WHERE {scope}{conditions}{page} LIMIT {limit}",
            sort = self.sort.column(),
            table = kind.table(),
            conditions = self.conditions,
            page = self.page,
            limit = self.limit + 1,
        )
    }

    /// What is bound to [`Statement::page_sql`] after the scope.
    pub(super) fn page_values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().chain(&self.page_values)
    }

    /// The statement that counts all pages.
    pub(super) fn total_sql(&self, kind: Kind, scope: &str) -> String {
        let (table, conditions) = (kind.table(), &self.conditions);
        format!("SELECT count(*) FROM {table} WHERE {scope}{conditions}")
    }

    /// What is bound to [`Statement::total_sql`] after the scope.
    pub(super) fn total_values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter()
    }

    /// Cuts the extra row off and makes a cursor of the last row that stays.
    pub(super) fn finish<E: Entity>(&self, mut rows: Vec<(E, Value)>, total: u64) -> Listed<E> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let last = rows.last().filter(|_row| more);
        let next_cursor = last.map(|(entity, value)| self.cursor(entity.meta().id, value));
        Listed {
            items: rows.into_iter().map(|(entity, _value)| entity).collect(),
            total,
            next_cursor,
        }
    }

    fn cursor(&self, id: u32, value: &Value) -> String {
        let value = match value {
            Value::Integer(number) => serde_json::json!(number),
            Value::Text(text) => serde_json::json!(text),
            // No list is sorted by a column that may be empty or binary.
            Value::Null | Value::Real(_) | Value::Blob(_) => serde_json::Value::Null,
        };
        let place = serde_json::json!([self.sort.as_str(), self.order.as_str(), value, id]);
        URL_SAFE_NO_PAD.encode(place.to_string())
    }
}

/// Adds a problem unless `limit` is 1 to [`api::PAGE_MAX`].
pub(super) fn check_limit(limit: u32, problems: &mut Vec<Problem>) {
    if !(1..=api::PAGE_MAX).contains(&limit) {
        let message = format!("must be 1 to {}", api::PAGE_MAX);
        problems.push(Problem::new("limit", message));
    }
}

fn page(query: &ListQuery, problems: &mut Vec<Problem>) -> (String, Vec<Value>) {
    let column = query.sort.column();
    let (direction, comparison) = match query.order {
        Order::Ascending => ("ASC", ">"),
        Order::Descending => ("DESC", "<"),
    };
    let order = format!(" ORDER BY {column} {direction}, id {direction}");
    let Some(cursor) = &query.cursor else {
        return (order, Vec::new());
    };
    let Some((value, id)) = read_cursor(cursor, query) else {
        problems.push(Problem::new(
            "cursor",
            "is not from a page of this list in this order",
        ));
        return (order, Vec::new());
    };
    let condition = format!(" AND ({column}, id) {comparison} (?, ?)");
    (condition + &order, vec![value, id.into()])
}

fn read_cursor(cursor: &str, query: &ListQuery) -> Option<(Value, u32)> {
    let text = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let place: (String, String, serde_json::Value, u32) = serde_json::from_slice(&text).ok()?;
    let (sort, order, value, id) = place;
    if sort != query.sort.as_str() || order != query.order.as_str() {
        return None;
    }
    let value = match value {
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Number(number) => Value::Integer(number.as_i64()?),
        _other => return None,
    };
    Some((value, id))
}
