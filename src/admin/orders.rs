//! `/api/v1/orders`

use std::sync::Arc;

use serde_json::Value;

use super::call::Call;
use super::input::{self, Form};
use super::resource;
use super::respond::{Answer, Refusal};
use super::state::State;
use crate::api::OrderFields;
use crate::model::{Advertiser, AdvertiserId, Order};
use crate::store::catalog::{Filter, Reader, StoreError};

pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::list::<Order, _>(state, call, |call, reader| {
        let Some(reference) = call.query("advertiser") else {
            return Ok(Vec::new());
        };
        let found = resource::refer::<Advertiser>(reader, "advertiser", reference)?;
        Ok(vec![Filter::Advertiser(found.id)])
    })
    .await
}

pub(crate) async fn create(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::create::<Order, _>(state, call, |body, reader| {
        let (form, advertiser) = read_form(body, reader)?;
        input::order(form, None, advertiser).map_err(StoreError::Invalid)
    })
    .await
}

pub(crate) async fn edit(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::edit::<Order, _>(state, call, |unit, edit| {
        let (form, advertiser) = read_form(edit.body, &unit.reader())?;
        let spec = input::order(form, Some(&edit.stored.spec), advertiser);
        let spec = spec.map_err(StoreError::Invalid)?;
        unit.update::<Order>(edit.stored.id, edit.expected, spec)
    })
    .await
}

/// The fields, and who was found under the advertiser they name.
fn read_form(
    body: &Value,
    reader: &Reader<'_>,
) -> Result<(Form<OrderFields>, Option<AdvertiserId>), StoreError> {
    let mut form = Form::<OrderFields>::read(body);
    let named = form.advertiser();
    let found = form.find::<Advertiser>(reader, "advertiser", named.as_deref())?;
    Ok((form, found.map(|found| found.id)))
}
