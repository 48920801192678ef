//! How the daemon is: its status and versions.

use std::sync::Arc;

use super::call::Call;
use super::respond::{Answer, Refusal};
use super::state::State;
use crate::api::ServerStatus;

/// Knows how the daemon is.
#[async_trait::async_trait]
pub trait StatusSource: Send + Sync {
    /// How it is now.
    async fn status(&self) -> ServerStatus;
}

/// `GET /api/v1/status`
pub(crate) async fn status(state: Arc<State>, _call: Call) -> Result<Answer, Refusal> {
    Answer::ok(&state.status.status().await)
}

/// `GET /api/v1/version`
pub(crate) async fn version(state: Arc<State>, _call: Call) -> Result<Answer, Refusal> {
    Answer::ok(&state.version)
}
