//! Who calls, and what users change about themselves.

use std::sync::Arc;

use http::StatusCode;

use super::attempts;
use super::tokens::login_of;
use crate::admin::call::Call;
use crate::admin::identity::Actor;
use crate::admin::input::{self, Form};
use crate::admin::resource::made;
use crate::admin::respond::{Answer, Refusal};
use crate::admin::state::State;
use crate::admin::work::{read, write};
use crate::api::{self, Profile};
use crate::model::{Permissions, User};
use crate::store::catalog::{Scope, StoreError, WriteContext};

/// `GET /api/v1/auth/profile`
pub(crate) async fn get_profile(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let tenant = match call.actor.tenant() {
        None => None,
        Some(tenant) => {
            let scope = Scope::Tenant(tenant);
            read(&state, scope, |reader| reader.tenant().map(Some)).await?
        }
    };
    let (kind, permissions, user, key) = match &call.actor {
        Actor::Uid(_) | Actor::Token => ("operator", Permissions::ALL, None, None),
        Actor::Nobody => return Err(Refusal::Unauthenticated),
        Actor::User(login) => {
            let user = &login.user;
            let permissions = user.spec.role.permissions();
            ("user", permissions, Some(api::User::from(user)), None)
        }
        Actor::Key(key) => {
            let shown = api::Key::from(key.as_ref());
            ("key", key.spec.permissions, None, Some(shown))
        }
    };
    Answer::ok(&Profile {
        kind: kind.to_owned(),
        actor: call.actor.to_string(),
        tenant_id: tenant.as_ref().map(|tenant| tenant.id.to_string()),
        tenant: tenant.map(|tenant| tenant.spec.name),
        scopes: permissions.scopes(),
        user,
        key,
    })
}

/// `PATCH /api/v1/auth/profile`
pub(crate) async fn edit_profile(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let body = call.json().await?;
    let login = login_of(&call)?;
    let (scope, id) = (Scope::Tenant(login.user.tenant), login.user.id);
    write(state, call, (scope, body), move |unit, body| {
        let stored: User = unit.reader().load(id)?;
        let spec = input::profile(Form::read(body), &stored.spec).map_err(StoreError::Invalid)?;
        let user = unit.update::<User>(id, None, spec)?;
        made(unit, StatusCode::OK, &user)
    })
    .await
}

/// `POST /api/v1/auth/password`: every other login of the user ends.
pub(crate) async fn change_password(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let body = call.json().await?;
    let given = input::new_password(Form::read(&body)).map_err(Refusal::Invalid)?;
    let login = login_of(&call)?;
    let user = &login.user;
    let attempt = attempts::begin(&state, &call, &user.spec.email).await?;
    let known = state.catalog.password_of(user.id).await?;
    if !state.passwords.verify(given.current, known).await? {
        return Err(Refusal::invalid("current", "is not the password"));
    }
    state.catalog.attempt_went_well(attempt).await?;
    let phc = state.passwords.hash(given.new).await?;
    let context = WriteContext {
        scope: Scope::Tenant(user.tenant),
        actor: call.actor.to_string(),
        request_id: call.request_id.clone(),
        now: state.clock.now(),
        dry_run: false,
    };
    let (id, kept) = (user.id, login.login);
    let set = state.catalog.write(context, move |unit| {
        unit.set_password(id, &phc, Some(kept))?;
        Ok(())
    });
    set.await?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}
