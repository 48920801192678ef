//! `/api/v1/users`: who works for a tenant. What users do about themselves is in `auth/`.

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
use crate::api::{self, UserFields};
use crate::model::{Millis, User, UserSpec};
use crate::store::catalog::{Filter, Reader, StoreError};

/// How long the code of an invite is good unless told.
const INVITE_LIFE: Millis = Millis::from_seconds(7 * 24 * 3_600);
/// The longest that one may be good.
const INVITE_LIFE_MAX: Millis = Millis::from_seconds(90 * 24 * 3_600);

pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::list::<User, _>(state, call, |call, _reader| {
        let role = call.query("role").and_then(|word| word.parse().ok());
        Ok(role.map(Filter::Role).into_iter().collect())
    })
    .await
}

pub(crate) async fn create(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::create::<User, _>(state, call, |body, reader| plan(body, None, reader)).await
}

pub(crate) async fn edit(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::edit::<User, _>(state, call, |unit, edit| {
        let spec = plan(edit.body, Some(&edit.stored.spec), &unit.reader())?;
        let user = unit.update::<User>(edit.stored.id, edit.expected, spec)?;
        if user.spec.disabled {
            unit.end_logins(user.id, None)?;
        }
        Ok(user)
    })
    .await
}

fn plan(
    body: &Value,
    stored: Option<&UserSpec>,
    reader: &Reader<'_>,
) -> Result<UserSpec, StoreError> {
    let mut form = Form::<UserFields>::read(body);
    let advertisers = form.advertisers(reader)?;
    input::user(form, stored, advertisers).map_err(StoreError::Invalid)
}

/// `POST /api/v1/users/{id}/invite`: also for who has forgotten his password.
pub(crate) async fn invite(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<User>(&state, &call).await?;
    let body = call.json().await?;
    let now = state.clock.now();
    let until = input::invite(Form::read(&body)).map_err(Refusal::Invalid)?;
    let until = until.unwrap_or_else(|| now.plus(INVITE_LIFE));
    if until <= now || until > now.plus(INVITE_LIFE_MAX) {
        let message = "must be within the next 90 days";
        return Err(Refusal::invalid("expires_at", message));
    }
    let secret = Secret::draw(Use::Invite, &state.entropy);
    let (reference, hash) = (call.id().to_owned(), secret.hash());
    let told = secret.of_call(&call);
    let answer = write(state, call, (scope, body), move |unit, _body| {
        let stored = unit.reader().find::<User>(&reference)?;
        let user = unit.invite(stored.id, &hash, until)?;
        Ok(Made {
            status: StatusCode::OK,
            body: serde_json::json!(api::Invite {
                user: api::User::from(&user),
                code: None,
            }),
            revision: Some(user.revision),
            location: None,
        })
    });
    answer.await?.telling("code", told)
}

/// `POST /api/v1/users/{id}/logout`: ends all logins of a user.
pub(crate) async fn logout(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<User>(&state, &call).await?;
    let reference = call.id().to_owned();
    write(state, call, (scope, Value::Null), move |unit, _body| {
        let user = unit.reader().find::<User>(&reference)?;
        unit.end_logins(user.id, None)?;
        Ok(Made {
            status: StatusCode::NO_CONTENT,
            body: Value::Null,
            revision: None,
            location: None,
        })
    })
    .await
}
