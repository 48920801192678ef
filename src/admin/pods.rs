//! `/api/v2/pods`

use std::sync::Arc;

use super::call::Call;
use super::input::{self, Form};
use super::resource;
use super::respond::{Answer, Refusal};
use super::state::State;
use crate::model::Pod;
use crate::store::catalog::StoreError;

pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::list::<Pod, _>(state, call, |_call, _reader| Ok(Vec::new())).await
}

pub(crate) async fn create(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::create::<Pod, _>(state, call, |body, _reader| {
        input::pod(Form::read(body), None).map_err(StoreError::Invalid)
    })
    .await
}

pub(crate) async fn edit(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::edit::<Pod, _>(state, call, |unit, edit| {
        let spec = input::pod(Form::read(edit.body), Some(&edit.stored.spec))
            .map_err(StoreError::Invalid)?;
        unit.update::<Pod>(edit.stored.id, edit.expected, spec)
    })
    .await
}
