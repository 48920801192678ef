//! `/api/v1/sessions`: viewers of streams with ads.

use std::sync::Arc;

use super::call::Call;
use super::list::{limit, page_parameters, reference};
use super::respond::{Answer, Refusal};
use super::route::Parameter;
use super::state::State;
use super::tenancy::tenant;
use crate::api::{Page, StreamSession};
use crate::delivery::streams::{Session, Streams};
use crate::model::{ChannelId, SessionId, TenantId};
use crate::store::catalog::StoreError;

/// Knows who watches.
pub trait Audience: Send + Sync {
    /// All sessions that live.
    fn sessions(&self) -> Vec<Arc<Session>>;

    /// The session of a name, if it lives.
    fn session(&self, id: SessionId) -> Option<Arc<Session>>;
}

impl Audience for Streams {
    fn sessions(&self) -> Vec<Arc<Session>> {
        Self::sessions(self)
    }

    fn session(&self, id: SessionId) -> Option<Arc<Session>> {
        Self::session(self, id)
    }
}

pub(crate) fn parameters() -> Vec<Parameter> {
    let channel = reference("channel", "Only those of this channel: its id.");
    page_parameters().into_iter().chain([channel]).collect()
}

/// `GET /api/v1/sessions`: by name, in pages.
pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let tenant = tenant(&state, &call).await?;
    let channel = call.query("channel").map(str::parse::<ChannelId>);
    let channel = channel.transpose();
    let channel = channel.map_err(|error| Refusal::invalid("channel", error.to_string()))?;
    let limit = usize::try_from(limit(&call)).unwrap_or(usize::MAX);
    let after = call.query("cursor").and_then(|text| text.parse().ok());
    let mut sessions = of_tenant(&state, tenant);
    sessions.retain(|session| channel.is_none_or(|channel| session.facts.stage.channel == channel));
    let total = sessions.len() as u64;
    // By name, so that a page goes on where the one before ended whatever came and went.
    sessions.sort_by_key(|session| session.facts.id);
    sessions.retain(|session| after.is_none_or(|after: SessionId| session.facts.id > after));
    let is_more = sessions.len() > limit;
    sessions.truncate(limit);
    let last = sessions.last().map(|session| session.facts.id.to_string());
    Answer::ok(&Page {
        items: sessions.iter().map(|session| shown(session)).collect(),
        total,
        next_cursor: last.filter(|_last| is_more),
    })
}

/// `GET /api/v1/sessions/{id}`
pub(crate) async fn get(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let tenant = tenant(&state, &call).await?;
    let id: Option<SessionId> = call.id().parse().ok();
    let session = id.and_then(|id| state.streams.session(id));
    let session = session.filter(|session| session.facts.request.tenant == tenant);
    Answer::ok(&shown(&*session.ok_or_else(|| missing(call.id()))?))
}

fn of_tenant(state: &State, tenant: TenantId) -> Vec<Arc<Session>> {
    let mut sessions = state.streams.sessions();
    sessions.retain(|session| session.facts.request.tenant == tenant);
    sessions
}

fn missing(id: &str) -> Refusal {
    Refusal::from(StoreError::NotFound {
        what: "session",
        // Its name is a secret of its viewer.
        reference: id.chars().take(4).chain(['…']).collect(),
        suggestions: Vec::new(),
    })
}

fn shown(session: &Session) -> StreamSession {
    let facts = &session.facts;
    let (breaks, ads) = session.decided();
    StreamSession {
        id: facts.id.to_string(),
        channel_id: facts.stage.channel.to_string(),
        asset: facts.stage.asset.as_deref().map(str::to_owned),
        insertion: facts.insertion.to_string(),
        reporting: facts.reporting.to_string(),
        created_at: facts.created_at.to_string(),
        asked_at: session.asked_at().to_string(),
        breaks,
        ads,
    }
}
