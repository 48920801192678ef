//! `/api/v1/campaigns`

use std::sync::Arc;

use http::StatusCode;

use super::call::Call;
use super::input::{self, Form};
use super::resource::{self, Edit, made};
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::scope_of;
use super::work::{Made, write};
use crate::model::{Advertiser, Campaign, CampaignStatus, Order};
use crate::store::catalog::{Filter, NewCampaign, Reader, StoreError};

pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::list::<Campaign, _>(state, call, filters).await
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
    resource::create::<Campaign, _>(state, call, |body, reader| {
        let mut form = Form::read(body);
        let links = form.links(reader)?;
        let (spec, status) = input::campaign(form, None, links).map_err(StoreError::Invalid)?;
        Ok(NewCampaign {
            spec,
            status: status.unwrap_or(CampaignStatus::Draft),
        })
    })
    .await
}

pub(crate) async fn edit(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::edit::<Campaign, _>(state, call, |unit, edit| {
        let mut form = Form::read(edit.body);
        let links = form.links(&unit.reader())?;
        let stored = Some(&edit.stored.spec);
        let (spec, _status) = input::campaign(form, stored, links).map_err(StoreError::Invalid)?;
        unit.update::<Campaign>(edit.stored.id, edit.expected, spec)
    })
    .await
}

/// `PUT /api/v1/campaigns/{id}/status`
pub(crate) async fn set_status(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::edit::<Campaign, _>(state, call, |unit, edit: Edit<'_, Campaign>| {
        let status = input::status(Form::read(edit.body)).map_err(StoreError::Invalid)?;
        unit.set_campaign_status(edit.stored.id, edit.expected, status)
    })
    .await
}

/// `POST /api/v1/campaigns/{id}/clone`
pub(crate) async fn copy(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<Campaign>(&state, call.tenant.as_deref()).await?;
    let body = call.json().await?;
    let reference = call.id().to_owned();
    write(state, call, (scope, body), move |unit, body| {
        let original = unit.reader().find::<Campaign>(&reference)?;
        let name = input::copy(Form::read(body)).map_err(StoreError::Invalid)?;
        let copy = unit.clone_campaign(original.id, name)?;
        Ok(Made {
            location: Some(format!("/api/v1/campaigns/{}", copy.id)),
            ..made(unit, StatusCode::CREATED, &copy)?
        })
    })
    .await
}
