//! `/api/v1/auth`: what people do about themselves: register, log in and out, change a password.

mod attempts;
mod profile;
mod tokens;

pub(crate) use profile::{change_password, edit_profile, get_profile};
pub(crate) use tokens::{logout, refresh};

use std::sync::Arc;

use super::call::Call;
use super::input::{self, Form};
use super::respond::{Answer, Refusal};
use super::secret::{self, Use};
use super::state::State;
use super::work::read;
use crate::host::PasswordError;
use crate::model::{Millis, Tenant, TenantId, User, UserSpec};
use crate::store::catalog::{Scope, StoreError, WriteContext};

/// How long whoever finds all turns taken is to wait.
const BUSY_WAIT: Millis = Millis::from_seconds(1);
/// The tenant of nobody.
const NO_TENANT: TenantId = TenantId::new(0);

/// `POST /api/v1/auth/login`
///
/// Whoever is refused learns nothing: not whether there is such a user, in which tenant, or
/// whether only the password is wrong; nor from how long it takes.
pub(crate) async fn login(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let body = call.json().await?;
    let given = input::credentials(Form::read(&body)).map_err(Refusal::Invalid)?;
    let attempt = attempts::begin(&state, &call, &given.email).await?;
    let tenant = named_tenant(&state, given.tenant).await?;
    let mut candidates = state.catalog.candidates(&given.email, tenant).await?;
    let last = candidates.pop();
    // Of two, neither is meant before it is said which.
    let only = last.filter(|_one| candidates.is_empty());
    let known = only.as_ref().map(|one| one.phc.clone());
    let is_right = state.passwords.verify(given.password, known).await?;
    let Some(candidate) = only.filter(|_one| is_right) else {
        return Err(Refusal::WrongLogin);
    };
    if candidate.user.spec.disabled {
        return Err(Refusal::Denied {
            what: "this user is disabled".to_owned(),
            hint: "ask an admin of the tenant".to_owned(),
        });
    }
    tokens::begin(&state, &candidate.user, attempt).await
}

/// The tenant that was named, if one was. One that is not there is that of nobody.
async fn named_tenant(state: &State, named: Option<String>) -> Result<Option<TenantId>, Refusal> {
    let Some(named) = named else {
        return Ok(None);
    };
    let found = read(state, Scope::Tenants, move |reader| {
        match reader.find::<Tenant>(&named) {
            Ok(tenant) => Ok(tenant.id),
            Err(StoreError::NotFound { .. }) => Ok(NO_TENANT),
            Err(other) => Err(other),
        }
    });
    found.await.map(Some)
}

/// `POST /api/v1/auth/register`: sets the password of an invited user, and logs him in.
pub(crate) async fn register(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let body = call.json().await?;
    let given = input::registration(Form::read(&body)).map_err(Refusal::Invalid)?;
    let attempt = attempts::begin(&state, &call, &given.code).await?;
    let now = state.clock.now();
    let code = secret::hash_of(Use::Invite, given.code.trim());
    let invited = match code {
        Some(code) => state
            .catalog
            .invited(code, now)
            .await?
            .map(|user| (code, user)),
        None => None,
    };
    let Some((code, user)) = invited else {
        let message = "is not good: mistyped, used, or too old; ask for a new invite";
        return Err(Refusal::invalid("code", message));
    };
    let phc = state.passwords.hash(given.password).await?;
    let context = WriteContext {
        scope: Scope::Tenant(user.tenant),
        actor: user.id.to_string(),
        request_id: call.request_id.clone(),
        now,
        dry_run: false,
    };
    let name = given.name;
    let registered = state.catalog.write(context, move |unit| {
        let user = unit.redeem(&code)?;
        let user = unit.set_password(user.id, &phc, None)?;
        let Some(name) = name else {
            return Ok(user);
        };
        let spec = UserSpec { name, ..user.spec };
        unit.update::<User>(user.id, None, spec)
    });
    tokens::begin(&state, &registered.await?, attempt).await
}

impl From<PasswordError> for Refusal {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::TooMany { wait: BUSY_WAIT },
            PasswordError::Failed(_) => Self::internal(error),
        }
    }
}
