//! `/api/v1/creatives`. They are made by an upload, in `upload.rs`.

use std::sync::Arc;

use super::call::Call;
use super::input::{self, Form};
use super::resource;
use super::respond::{Answer, Refusal};
use super::state::State;
use crate::model::{Campaign, Creative};
use crate::store::catalog::{Filter, Reader, StoreError};

pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::list::<Creative, _>(state, call, |call, reader| {
        let mut filters = with_status(call);
        if let Some(reference) = call.query("campaign") {
            let found = resource::refer::<Campaign>(reader, "campaign", reference)?;
            filters.push(Filter::Campaign(found.id));
        }
        Ok(filters)
    })
    .await
}

/// `GET /api/v1/campaigns/{id}/creatives`
pub(crate) async fn list_of_campaign(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::list::<Creative, _>(state, call, |call: &Call, reader: &Reader<'_>| {
        let campaign = reader.find::<Campaign>(call.id())?;
        let mut filters = with_status(call);
        filters.push(Filter::Campaign(campaign.id));
        Ok(filters)
    })
    .await
}

fn with_status(call: &Call) -> Vec<Filter> {
    let status = call.query("status").and_then(|text| text.parse().ok());
    status.map(Filter::CreativeStatus).into_iter().collect()
}

pub(crate) async fn edit(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::edit::<Creative, _>(state, call, |unit, edit| {
        let (id, base) = (edit.stored.id, edit.stored.spec);
        let mut form = Form::read(edit.body);
        form.name_channels(&unit.reader());
        let (spec, status) = input::creative(form, base).map_err(StoreError::Invalid)?;
        let edited = unit.update::<Creative>(id, edit.expected, spec)?;
        match status {
            Some(status) => unit.set_creative_status(id, None, status),
            None => Ok(edited),
        }
    })
    .await
}
