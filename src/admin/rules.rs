//! `/api/v2/campaigns/{id}/…`: parts of a campaign at addresses of their own. They are read and
//! written with the campaign: its revision, its history.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use super::call::Call;
use super::input::{self, Form};
use super::resource::{self, Edit};
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::scope_of;
use super::work::{Made, write};
use crate::api::{CampaignCategories, Cap, FrequencyCap};
use crate::model::Campaign;
use crate::store::catalog::{Entity as _, StoreError, Unit};

fn shown_caps(campaign: &Campaign) -> Value {
    let caps = Cap::of_all(&campaign.spec.caps);
    json!(FrequencyCap { caps })
}

/// `GET …/frequency-cap`
pub(crate) async fn get_caps(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::get_part::<Campaign, _>(state, call, |campaign, _reader| Ok(shown_caps(campaign)))
        .await
}

/// `PUT …/frequency-cap`
pub(crate) async fn set_caps(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let change = |unit: &mut Unit<'_>, edit: Edit<'_, Campaign>| {
        let mut spec = edit.stored.spec;
        spec.caps = input::caps(Form::read(edit.body)).map_err(StoreError::Invalid)?;
        unit.update::<Campaign>(edit.stored.id, edit.expected, spec)
    };
    resource::edit_part(state, call, change, |campaign, _reader| {
        Ok(shown_caps(campaign))
    })
    .await
}

/// `DELETE …/frequency-cap`
pub(crate) async fn remove_caps(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<Campaign>(&state, &call).await?;
    let (reference, expected) = (call.id().to_owned(), call.expected);
    write(state, call, (scope, Value::Null), move |unit, _body| {
        let stored = unit.reader().find::<Campaign>(&reference)?;
        let mut spec = stored.spec;
        spec.caps.clear();
        let campaign = unit.update::<Campaign>(stored.id, expected, spec)?;
        Ok(Made {
            status: StatusCode::NO_CONTENT,
            body: Value::Null,
            revision: Some(campaign.meta().revision),
            location: None,
        })
    })
    .await
}

fn shown_categories(campaign: &Campaign) -> Value {
    let categories = campaign.spec.categories.clone();
    json!(CampaignCategories { categories })
}

/// `GET …/categories`
pub(crate) async fn get_categories(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::get_part::<Campaign, _>(state, call, |campaign, _reader| {
        Ok(shown_categories(campaign))
    })
    .await
}

/// `PUT …/categories`
pub(crate) async fn set_categories(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let change = |unit: &mut Unit<'_>, edit: Edit<'_, Campaign>| {
        let mut spec = edit.stored.spec;
        spec.categories = input::categories(Form::read(edit.body)).map_err(StoreError::Invalid)?;
        unit.update::<Campaign>(edit.stored.id, edit.expected, spec)
    };
    resource::edit_part(state, call, change, |campaign, _reader| {
        Ok(shown_categories(campaign))
    })
    .await
}
