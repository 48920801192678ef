//! `/api/v1/channels`

use std::sync::Arc;

use serde_json::Value;

use super::call::Call;
use super::input::{self, Form};
use super::resource;
use super::respond::{Answer, Refusal};
use super::state::State;
use crate::api::ChannelFields;
use crate::model::{Channel, Pod, PodId};
use crate::store::catalog::{Reader, StoreError};

pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::list::<Channel, _>(state, call, |_call, _reader| Ok(Vec::new())).await
}

pub(crate) async fn create(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::create::<Channel, _>(state, call, |body, reader| {
        let (form, pod) = read_form(body, reader)?;
        input::channel(form, None, pod).map_err(StoreError::Invalid)
    })
    .await
}

pub(crate) async fn edit(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::edit::<Channel, _>(state, call, |unit, edit| {
        let (form, pod) = read_form(edit.body, &unit.reader())?;
        let spec = input::channel(form, Some(&edit.stored.spec), pod);
        let spec = spec.map_err(StoreError::Invalid)?;
        unit.update::<Channel>(edit.stored.id, edit.expected, spec)
    })
    .await
}

/// The fields, and what was found under the kind of pod they name.
fn read_form(
    body: &Value,
    reader: &Reader<'_>,
) -> Result<(Form<ChannelFields>, Option<PodId>), StoreError> {
    let mut form = Form::<ChannelFields>::read(body);
    let named = form.pod();
    let pod = form.find::<Pod>(reader, "pod", named.as_deref())?;
    Ok((form, pod.map(|pod| pod.id)))
}
