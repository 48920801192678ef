//! What is sold and cannot be delivered: campaigns without a spot, out of time or out of budget,
//! and creatives that failed.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::Check;
use crate::api::{Campaign, Creative, PAGE_MAX, Page, Tenant};
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::client::{Call, Client, Collection};
use crate::model::Timestamp;

/// Most pages of one list that are read.
const PAGES_MAX: u32 = 1_000;

/// Looks at every tenant, or at the one that was named.
pub(super) async fn look(session: &mut Session) -> Result<Vec<Check>, Failure> {
    let client = session.client()?;
    let now = session.now();
    let named = client.tenant().map(str::to_owned);
    let tenants: Vec<Tenant> = match &named {
        Some(name) => {
            let call = Call::get(Collection::Tenants.entry(name));
            vec![session.send(call).await?]
        }
        None => all(&client, &Call::get(Collection::Tenants.path())).await?,
    };
    let mut checks = Vec::new();
    for tenant in &tenants {
        let client = client.for_tenant(&tenant.id);
        let active = Call::get(Collection::Campaigns.path()).with("status", Some("active"));
        let campaigns: Vec<Campaign> = all(&client, &active).await?;
        let creatives: Vec<Creative> =
            all(&client, &Call::get(Collection::Creatives.path())).await?;
        checks.extend(judge(tenant, (&campaigns, &creatives), now));
    }
    Ok(checks)
}

async fn all<T: DeserializeOwned>(client: &Client, first: &Call) -> Result<Vec<T>, Failure> {
    let (mut items, mut cursor) = (Vec::new(), None);
    for _ in 0..PAGES_MAX {
        let call = first.clone().with("limit", Some(PAGE_MAX));
        let page: Page<T> = client.send(call.with("cursor", cursor)).await?.value;
        items.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    Ok(items)
}

fn judge(
    tenant: &Tenant,
    (campaigns, creatives): (&[Campaign], &[Creative]),
    now: Timestamp,
) -> Vec<Check> {
    let is_active = |creative: &&Creative| creative.status == "active";
    let served: BTreeSet<&str> = creatives
        .iter()
        .filter(is_active)
        .map(|creative| creative.campaign_id.as_str())
        .collect();
    let mut checks: Vec<Check> = campaigns
        .iter()
        .filter_map(|campaign| stuck(tenant, campaign, &served, now))
        .collect();
    checks.extend(creatives.iter().filter_map(|creative| {
        let why = creative.failure.as_ref()?;
        let hint = format!(
            "upload a better file: adctl creatives upload FILE --campaign {} --tenant {}",
            creative.campaign_id, tenant.id
        );
        let cause = format!("{} cannot be served: {why}", creative.name);
        Some(Check::warn(creative.id.clone(), (cause, hint)))
    }));
    if checks.is_empty() {
        let found = format!("{} active campaigns can be delivered", campaigns.len());
        return vec![Check::ok(format!("tenant {}", tenant.name), found)];
    }
    checks
}

/// Why an active campaign has nothing to deliver now, if so.
fn stuck(
    tenant: &Tenant,
    campaign: &Campaign,
    served: &BTreeSet<&str>,
    now: Timestamp,
) -> Option<Check> {
    let id = &campaign.id;
    let is_before = |text: &str| text.parse::<Timestamp>().is_ok_and(|at| at <= now);
    let of = format!("--tenant {}", tenant.id);
    let (why, hint) = if !served.contains(id.as_str()) {
        (
            "has no active creative",
            format!("adctl creatives upload FILE --campaign {id} {of}"),
        )
    } else if is_before(&campaign.end) {
        (
            "is past its end",
            format!("adctl campaigns update {id} --end +30d {of}, or complete it"),
        )
    } else if !is_before(&campaign.start) {
        (
            "has not begun",
            format!("it begins by itself; adctl campaigns get {id} {of} says when"),
        )
    } else if campaign.pacing_status.as_deref() == Some("complete") {
        (
            "has delivered all that it may",
            format!("adctl campaigns update {id} --budget AMOUNT {of}, or complete it"),
        )
    } else {
        return None;
    };
    let cause = format!("{} is active and {why}", campaign.name);
    let found = (cause, hint);
    if served.contains(id.as_str()) {
        Some(Check::warn(id.clone(), found))
    } else {
        Some(Check::fail(id.clone(), found))
    }
}
