//! What the handlers of the admin API stand on. `daemon` fills it in.

use std::fmt;

use std::sync::Arc;

use super::backups::BackupSource;
use super::identity::Access;
use super::openapi;
use super::renditions::Conditions;
use super::route::Route;
use super::routes::routes;
use super::server::StatusSource;
use super::sessions::Audience;
use super::upload::Uploads;
use crate::api::Version;
use crate::delivery::publish::Publisher;
use crate::delivery::{Journal, Pulse};
use crate::host::{Clock, Entropy, Passwords, Tasks};
use crate::limits::{Embedded, Pacer};
use crate::store::catalog::CatalogStore;
use crate::store::decisions::TraceLog;
use crate::store::ledger::LedgerReader;
use crate::store::viewer_keys::ViewerKeyring;

/// Everything the admin API needs from the outside.
pub struct Parts {
    /// Who may call.
    pub access: Access,
    /// What is sold.
    pub catalog: CatalogStore,
    /// Makes decisions see what was changed.
    pub publisher: Publisher,
    /// Where writes run to their end. Its limit is the most writes at one time.
    pub tasks: Tasks,
    /// What time it is.
    pub clock: Clock,
    /// For request ids.
    pub entropy: Entropy,
    /// Where players reach the edge, without a slash at the end.
    pub public_url: String,
    /// Where uploads go.
    pub uploads: Uploads,
    /// Brings the ledger up to date before a report.
    pub journal: Journal,
    /// What happens now.
    pub pulse: Pulse,
    /// What was delivered.
    pub ledger: LedgerReader,
    /// How delivery stands against its course.
    pub pacer: Arc<Pacer>,
    /// Budgets and caps, for decisions that are only tried.
    pub limits: Arc<Embedded>,
    /// Decisions that were kept whole.
    pub traces: Arc<TraceLog>,
    /// What viewers are hashed with.
    pub viewer_keys: ViewerKeyring,
    /// Streams with ads, and who watches them.
    pub streams: Arc<dyn Audience>,
    /// Makes creatives fit streams.
    pub conditioning: Arc<dyn Conditions>,
    /// How the daemon is.
    pub status: Arc<dyn StatusSource>,
    /// Takes backups.
    pub backups: Arc<dyn BackupSource>,
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
    pub(crate) catalog: CatalogStore,
    pub(crate) publisher: Publisher,
    pub(crate) tasks: Tasks,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) passwords: Passwords,
    pub(crate) public_url: String,
    pub(crate) uploads: Uploads,
    pub(crate) journal: Journal,
    pub(crate) pulse: Pulse,
    pub(crate) ledger: LedgerReader,
    pub(crate) pacer: Arc<Pacer>,
    pub(crate) limits: Arc<Embedded>,
    pub(crate) traces: Arc<TraceLog>,
    pub(crate) viewer_keys: ViewerKeyring,
    pub(crate) streams: Arc<dyn Audience>,
    pub(crate) conditioning: Arc<dyn Conditions>,
    pub(crate) status: Arc<dyn StatusSource>,
    pub(crate) backups: Arc<dyn BackupSource>,
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
            catalog: parts.catalog,
            publisher: parts.publisher,
            tasks: parts.tasks,
            clock: parts.clock,
            passwords: Passwords::new(parts.entropy.clone()),
            entropy: parts.entropy,
            public_url: parts.public_url,
            uploads: parts.uploads,
            journal: parts.journal,
            pulse: parts.pulse,
            ledger: parts.ledger,
            pacer: parts.pacer,
            limits: parts.limits,
            traces: parts.traces,
            viewer_keys: parts.viewer_keys,
            streams: parts.streams,
            conditioning: parts.conditioning,
            status: parts.status,
            backups: parts.backups,
            version: parts.version,
            document: document.to_string(),
            routes,
        }
    }

    /// How many writes are under way.
    pub fn writes_running(&self) -> u32 {
        self.tasks.running()
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}
