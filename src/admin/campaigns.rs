//! `/api/v1/campaigns`

use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::call::Call;
use super::input::{self, Form};
use super::resource::{self, Edit};
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::scope_of;
use super::work::{Made, write};
use crate::model::{Advertiser, Campaign, CampaignStatus, Order};
use crate::store::catalog::{Entity as _, Filter, NewCampaign, Reader, StoreError, Unit};

pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let shown = with_status(&state);
    resource::list_parts::<Campaign, _, _>(state, call, filters, shown).await
}

pub(crate) async fn get(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let shown = with_status(&state);
    resource::get_part::<Campaign, _>(state, call, shown).await
}

/// A campaign as it is stored, and how its delivery stands now.
fn with_status(
    state: &State,
) -> impl Fn(&Campaign, &Reader<'_>) -> Result<Value, StoreError> + use<> {
    let (pacer, now) = (Arc::clone(&state.pacer), state.clock.now());
    move |campaign, reader| {
        let mut body = campaign.snapshot(reader)?;
        let report = pacer.report(campaign, &reader.tenant()?.spec.zone, now);
        if let (Some(report), Some(fields)) = (report, body.as_object_mut()) {
            let status = report.status.to_string();
            fields.insert("pacing_status".to_owned(), Value::String(status));
        }
        Ok(body)
    }
}

fn filters(call: &Call, reader: &Reader<'_>) -> Result<Vec<Filter>, StoreError> {
    let word = |name| call.query(name);
    let status = word("status").and_then(|text| text.parse().ok());
    let tier = word("tier").and_then(|text| text.parse().ok());
    let mut filters: Vec<Filter> = status.map(Filter::CampaignStatus).into_iter().collect();
    filters.extend(tier.map(Filter::Tier));
    if let Some(reference) = word("advertiser") {
        let found = resource::refer::<Advertiser>(reader, "advertiser", reference)?;
        filters.push(Filter::Advertiser(found.id));
    }
    if let Some(reference) = word("in_order") {
        let found = resource::refer::<Order>(reader, "in_order", reference)?;
        filters.push(Filter::Order(found.id));
    }
    Ok(filters)
}

pub(crate) async fn create(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let plan = |body: &Value, reader: &Reader<'_>| {
        let mut form = Form::read(body);
        let links = form.links(reader)?;
        let (spec, status) = input::campaign(form, None, links).map_err(StoreError::Invalid)?;
        Ok(NewCampaign {
            spec,
            status: status.unwrap_or(CampaignStatus::Draft),
        })
    };
    let shown = with_status(&state);
    resource::create_shown::<Campaign, _, _>(state, call, plan, shown).await
}

pub(crate) async fn edit(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let change = |unit: &mut Unit<'_>, edit: Edit<'_, Campaign>| {
        let mut form = Form::read(edit.body);
        let links = form.links(&unit.reader())?;
        let stored = Some(&edit.stored.spec);
        let (spec, _status) = input::campaign(form, stored, links).map_err(StoreError::Invalid)?;
        unit.update::<Campaign>(edit.stored.id, edit.expected, spec)
    };
    let shown = with_status(&state);
    resource::edit_part(state, call, change, shown).await
}

/// `PUT /api/v1/campaigns/{id}/status`
pub(crate) async fn set_status(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let change = |unit: &mut Unit<'_>, edit: Edit<'_, Campaign>| {
        let status = input::status(Form::read(edit.body)).map_err(StoreError::Invalid)?;
        unit.set_campaign_status(edit.stored.id, edit.expected, status)
    };
    let shown = with_status(&state);
    resource::edit_part(state, call, change, shown).await
}

/// `POST /api/v1/campaigns/{id}/clone`
pub(crate) async fn copy(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<Campaign>(&state, &call).await?;
    let body = call.json().await?;
    let reference = call.id().to_owned();
    let shown = with_status(&state);
    write(state, call, (scope, body), move |unit, body| {
        let original = unit.reader().find::<Campaign>(&reference)?;
        let name = input::copy(Form::read(body)).map_err(StoreError::Invalid)?;
        let copy = unit.clone_campaign(original.id, name)?;
        Ok(Made {
            status: StatusCode::CREATED,
            body: shown(&copy, &unit.reader())?,
            revision: Some(copy.revision),
            location: Some(format!("/api/v1/campaigns/{}", copy.id)),
        })
    })
    .await
}
