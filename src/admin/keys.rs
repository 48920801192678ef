//! `/api/v1/keys`: what programs call with. A secret is told when it is made, and nowhere again.

use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::call::Call;
use super::input::{self, Form};
use super::resource;
use super::respond::{Answer, Refusal};
use super::secret::{Secret, Use};
use super::state::State;
use super::tenancy::scope_of;
use super::work::{Made, write};
use crate::api;
use crate::model::{Key, KeySpec};
use crate::store::catalog::{Reader, StoreError};

pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::list_parts::<Key, _, _>(state, call, |_call, _reader| Ok(Vec::new()), shown).await
}

pub(crate) async fn get(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::get_part::<Key, _>(state, call, shown).await
}

/// A key as it is stored, and when it was last used.
fn shown(key: &Key, reader: &Reader<'_>) -> Result<Value, StoreError> {
    let used_at = reader.key_used_at(key.id)?;
    Ok(serde_json::json!(api::Key {
        used_at: used_at.map(|at| at.to_string()),
        ..api::Key::from(key)
    }))
}

pub(crate) async fn create(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<Key>(&state, &call).await?;
    let body = call.json().await?;
    let secret = Secret::draw(Use::Key, &state.entropy);
    let (prefix, hash, path) = (secret.prefix(), secret.hash(), call.path.clone());
    let told = secret.of_call(&call);
    let answer = write(state, call, (scope, body), move |unit, body| {
        let spec = input::key(Form::read(body), prefix).map_err(StoreError::Invalid)?;
        let key = unit.insert::<Key>(spec)?;
        unit.set_key_secret(key.id, &hash)?;
        Ok(Made {
            location: Some(format!("{path}/{}", key.id)),
            ..resource::made(unit, StatusCode::CREATED, &key)?
        })
    });
    answer.await?.telling("secret", told)
}

/// `POST /api/v1/keys/{id}/rotate`: the secret until now is good for nothing at once.
pub(crate) async fn rotate(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<Key>(&state, &call).await?;
    let secret = Secret::draw(Use::Key, &state.entropy);
    let (prefix, hash, told) = (secret.prefix(), secret.hash(), secret.of_call(&call));
    let (reference, expected) = (call.id().to_owned(), call.expected);
    let answer = write(state, call, (scope, Value::Null), move |unit, _body| {
        let stored = unit.reader().find::<Key>(&reference)?;
        let spec = KeySpec {
            prefix,
            ..stored.spec
        };
        let key = unit.update::<Key>(stored.id, expected, spec)?;
        unit.set_key_secret(key.id, &hash)?;
        resource::made(unit, StatusCode::OK, &key)
    });
    answer.await?.telling("secret", told)
}
