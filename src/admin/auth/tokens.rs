//! The tokens of a login: a short one that goes with every call, and one that is traded for the
//! next pair, once.

use std::sync::Arc;

use crate::admin::call::Call;
use crate::admin::identity::{Actor, Login};
use crate::admin::input::{self, Form};
use crate::admin::respond::{Answer, Refusal};
use crate::admin::secret::{self, Secret, Use};
use crate::admin::state::State;
use crate::api;
use crate::model::{Millis, Timestamp, User};
use crate::store::catalog::{Attempt, Ending, TokenPair, Traded};
use http::StatusCode;

/// How long the token of the calls is good: as long as a copy of it is at most.
const ACCESS_LIFE: Millis = Millis::from_seconds(15 * 60);
/// How long a login lasts that is not used.
const REFRESH_LIFE: Millis = Millis::from_seconds(30 * 24 * 3_600);

/// A pair as it is kept, and as it is told.
struct Drawn {
    kept: TokenPair,
    access: Secret,
    refresh: Secret,
}

impl Drawn {
    fn new(state: &State, now: Timestamp) -> Self {
        let access = Secret::draw(Use::Access, &state.entropy);
        let refresh = Secret::draw(Use::Refresh, &state.entropy);
        let kept = TokenPair {
            access: access.hash(),
            access_until: now.plus(ACCESS_LIFE),
            refresh: refresh.hash(),
            refresh_until: now.plus(REFRESH_LIFE),
        };
        Self {
            kept,
            access,
            refresh,
        }
    }

    fn told(self, user: &User) -> Result<Answer, Refusal> {
        Answer::ok(&api::Tokens {
            access_token: self.access.tell(),
            access_until: self.kept.access_until.to_string(),
            refresh_token: self.refresh.tell(),
            refresh_until: self.kept.refresh_until.to_string(),
            user: user.into(),
        })
    }
}

/// Begins the login of a user who has shown who he is.
pub(super) async fn begin(state: &State, user: &User, attempt: Attempt) -> Result<Answer, Refusal> {
    let now = state.clock.now();
    let drawn = Drawn::new(state, now);
    let begun = state
        .catalog
        .begin_login(user.id, drawn.kept, (attempt, now));
    begun.await?;
    tracing::info!(user = %user.id, tenant = %user.tenant, "a user logged in");
    drawn.told(user)
}

/// `POST /api/v1/auth/refresh`
pub(crate) async fn refresh(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let body = call.json().await?;
    let token = input::refresh(Form::read(&body)).map_err(Refusal::Invalid)?;
    let spent = secret::hash_of(Use::Refresh, &token).ok_or(Refusal::Unauthenticated)?;
    let now = state.clock.now();
    let drawn = Drawn::new(&state, now);
    match state.catalog.trade(spent, drawn.kept, now).await? {
        Traded::New(user) => drawn.told(&user),
        Traded::Reused(user) => {
            tracing::warn!(%user, "a token was traded twice: its login ended");
            Err(Refusal::Unauthenticated)
        }
        Traded::Unknown => Err(Refusal::Unauthenticated),
    }
}

/// `POST /api/v1/auth/logout`
pub(crate) async fn logout(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let body = call.json().await?;
    let all = input::logout(Form::read(&body)).map_err(Refusal::Invalid)?;
    let which = if all {
        Ending::AllOfTheUser
    } else {
        Ending::ThisOne
    };
    let login = login_of(&call)?;
    state.catalog.end_login(login.login, which).await?;
    tracing::info!(user = %login.user.id, all, "a user logged out");
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// The login of a call that only users may make.
pub(super) fn login_of(call: &Call) -> Result<Arc<Login>, Refusal> {
    match &call.actor {
        Actor::User(login) => Ok(Arc::clone(login)),
        Actor::Uid(_) | Actor::Token | Actor::Nobody | Actor::Key(_) => {
            Err(Refusal::Unauthenticated)
        }
    }
}
