//! What the handlers of the admin API stand on. `daemon` fills it in.

use std::fmt;

use std::sync::Arc;

use super::identity::Access;
use super::openapi;
use super::route::Route;
use super::routes::routes;
use super::server::StatusSource;
use crate::api::Version;
use crate::host::Entropy;

/// Everything the admin API needs from the outside.
pub struct Parts {
    /// Who may call.
    pub access: Access,
    /// For request ids.
    pub entropy: Entropy,
    /// How the daemon is.
    pub status: Arc<dyn StatusSource>,
    /// Versions of the daemon and its databases.
    pub version: Version,
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").finish_non_exhaustive()
    }
}

/// What the handlers share.
pub struct State {
    pub(crate) access: Access,
    pub(crate) entropy: Entropy,
    pub(crate) status: Arc<dyn StatusSource>,
    pub(crate) version: Version,
    pub(crate) routes: Vec<Route>,
    /// The OpenAPI document as text.
    pub(crate) document: String,
}

impl State {
    /// The state of one daemon.
    pub fn new(parts: Parts) -> Self {
        let routes = routes();
        let document = openapi::document(&routes);
        Self {
            access: parts.access,
            entropy: parts.entropy,
            status: parts.status,
            version: parts.version,
            document: document.to_string(),
            routes,
        }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}
