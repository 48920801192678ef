//! The admin API in this process on a data directory of its own, and one way to ask it.
//!
//! Every reply is judged against the route table and the document before a test sees it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use adserve::admin::{self, Access, Parts, Peer, Remote, Route, State, Uploads};
use adserve::api::{Backup, ServerStatus, Version};
use adserve::backup::{BackupError, Wanted};
use adserve::decision::{AdRequest, Answers, Catalog, Inquiry, Roll, Trace, decide};
use adserve::delivery::publish::{CatalogCell, Publisher};
use adserve::delivery::streams::Session;
use adserve::delivery::{Recorder, RecorderSettings, Standing};
use adserve::host::{Entropy, FakeClock, ShutdownTrigger, Tasks};
use adserve::limits::{Embedded, Pacer};
use adserve::model::SessionId;
use adserve::model::{DecisionId, Millis, TenantId, Timestamp};
use adserve::store::blobs::Blobs;
use adserve::store::catalog::CatalogStore;
use adserve::store::decisions::{TraceLog, TraceSettings, Traced};
use adserve::store::spool::Spool;
use adserve::store::viewer_keys::ViewerKeyring;
use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::schema;

/// The user that the socket lets in.
pub(crate) const UID: u32 = 1000;
/// The token that TCP lets in.
pub(crate) const TOKEN: &str = "test-token";
/// The instant at which every test begins.
pub(crate) const NOW: &str = "2026-03-01T12:00:00Z";
/// Writes at one time.
const WRITES_MAX: u32 = 256;
/// The largest film that is taken.
pub(crate) const UPLOAD_BYTES_MAX: u64 = 1_000_000;

/// A running admin API. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Admin {
    router: Router,
    state: Arc<State>,
    routes: Arc<Vec<Route>>,
    document: Arc<Value>,
    store: CatalogStore,
    cell: CatalogCell,
    clock: FakeClock,
    recorder: Arc<Recorder>,
    traces: Arc<TraceLog>,
    directory: Arc<TempDir>,
    _shutdown: ShutdownTrigger,
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    method: Method,
    target: String,
    peer: Option<Peer>,
    remote: Option<Remote>,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Ask {
    /// A request over the unix socket, by the user it lets in.
    pub(crate) fn new(method: Method, target: impl Into<String>) -> Self {
        Self {
            method,
            target: target.into(),
            peer: Some(Peer::Socket { uid: UID }),
            remote: None,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn get(target: impl Into<String>) -> Self {
        Self::new(Method::GET, target)
    }

    pub(crate) fn delete(target: impl Into<String>) -> Self {
        Self::new(Method::DELETE, target)
    }

    pub(crate) fn post(target: impl Into<String>, body: &Value) -> Self {
        Self::new(Method::POST, target).json(body)
    }

    pub(crate) fn put(target: impl Into<String>, body: &Value) -> Self {
        Self::new(Method::PUT, target).json(body)
    }

    pub(crate) fn patch(target: impl Into<String>, body: &Value) -> Self {
        Self::new(Method::PATCH, target).json(body)
    }

    /// The request, coming from this peer.
    pub(crate) fn from(self, peer: Option<Peer>) -> Self {
        Self { peer, ..self }
    }

    /// The request, coming from this address.
    pub(crate) fn remote(mut self, remote: Remote) -> Self {
        self.remote = Some(remote);
        self
    }

    /// The request about this tenant.
    pub(crate) fn tenant(self, tenant: &str) -> Self {
        self.header("x-tenant", tenant)
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.raw(body.to_string())
    }

    /// A body that claims to be JSON.
    pub(crate) fn raw(self, body: impl Into<Vec<u8>>) -> Self {
        self.bytes(body).header("content-type", "application/json")
    }

    /// A body that claims nothing.
    pub(crate) fn bytes(self, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self { body, ..self }
    }
}

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// `null` when there is no body.
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A text of the body.
    pub(crate) fn text(&self, name: &str) -> String {
        let text = self.body[name].as_str();
        text.unwrap_or_else(|| panic!("no {name} in {self:?}"))
            .to_owned()
    }

    /// The texts of one field of all items of a page.
    pub(crate) fn items(&self, name: &str) -> Vec<String> {
        let items = self.body["items"].as_array();
        let items = items.unwrap_or_else(|| panic!("no page in {self:?}"));
        items
            .iter()
            .map(|item| item[name].as_str().unwrap().to_owned())
            .collect()
    }

    /// The code of a refusal.
    pub(crate) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    /// The sentence of a refusal.
    pub(crate) fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    /// `field: message` of each problem of a refusal.
    pub(crate) fn problems(&self) -> Vec<String> {
        let all = self.body["error"]["problems"].as_array();
        let text = |problem: &Value| {
            let part = |name: &str| problem[name].as_str().unwrap().to_owned();
            format!("{}: {}", part("field"), part("message"))
        };
        all.into_iter().flatten().map(text).collect()
    }

    /// A refusal without what differs between any two.
    pub(crate) fn anonymous(&self) -> Value {
        let mut body = self.body.clone();
        if let Some(error) = body["error"].as_object_mut() {
            error.remove("request_id");
        }
        body
    }
}

impl Admin {
    /// Keeps a decision of the first tenant whole.
    pub(crate) fn keep_decision(&self, decision: DecisionId) {
        let request = AdRequest::of(TenantId::new(1));
        let now: Timestamp = NOW.parse().unwrap();
        let answers = Answers::default();
        let inquiry = Inquiry {
            request: &request,
            limits: &answers,
            now,
            roll: Roll(1),
        };
        let catalog = Catalog::default();
        let made = decide(&catalog, &inquiry);
        let trace = Trace::of(&request, &made, Answers::default());
        self.traces.write(Traced {
            decision,
            at: now,
            trace: serde_json::to_vec(&trace).unwrap(),
        });
    }

    /// Starts one with nothing in it.
    pub(crate) fn start() -> Self {
        Self::start_with(|directory| {
            let blobs = Blobs::local(&folder(directory, "blobs")).unwrap();
            uploads(directory, blobs, UPLOAD_BYTES_MAX)
        })
    }

    /// Starts one whose uploads go where `uploads` says, given its data directory.
    pub(crate) fn start_with(uploads: impl FnOnce(&Path) -> Uploads) -> Self {
        let directory = Arc::new(tempfile::tempdir().unwrap());
        let now: Timestamp = NOW.parse().unwrap();
        let clock = FakeClock::at(now);
        let store = CatalogStore::open(&directory.path().join("catalog.db"), now).unwrap();
        let limits = Arc::new(Embedded::default());
        let publisher = Publisher::start(store.clone(), Arc::clone(&limits)).unwrap();
        let ledger = directory.path().join("ledger.db");
        let settings = RecorderSettings::default();
        let pacer = Arc::new(Pacer::new(Arc::clone(&limits)));
        let started = Arc::clone(&limits);
        let recorder = Recorder::start(&ledger, settings, started, clock.clock()).unwrap();
        let traces = directory.path().join("traces");
        fs::create_dir(&traces).unwrap();
        let kept = TraceSettings {
            keep: Millis::from_seconds(3_600),
            bytes_max: 1 << 20,
        };
        let traces = Arc::new(TraceLog::open(&traces, kept).unwrap());
        let life = Millis::from_seconds(86_400);
        let keys = ViewerKeyring::open(directory.path(), life, now, &Entropy::seeded(2)).unwrap();
        let (trigger, shutdown) = ShutdownTrigger::new();
        let cell = publisher.cell();
        let state = Arc::new(State::new(Parts {
            uploads: uploads(directory.path()),
            access: Access::new([UID, own_uid()], Some(TOKEN)),
            catalog: store.clone(),
            publisher,
            tasks: Tasks::new(WRITES_MAX, shutdown),
            clock: clock.clock(),
            entropy: Entropy::seeded(1),
            public_url: "http://ads.example".to_owned(),
            journal: recorder.journal.clone(),
            pulse: recorder.pulse.clone(),
            ledger: recorder.reader.clone(),
            pacer,
            limits,
            traces: Arc::clone(&traces),
            viewer_keys: keys,
            conditioning: Arc::new(Idle),
            streams: Arc::new(Idle),
            status: Arc::new(Idle),
            backups: Arc::new(Idle),
            version: Version {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                catalog_schema: 1,
                ledger_schema: 1,
            },
        }));
        let routes = admin::routes();
        Self {
            router: admin::router(&state),
            state,
            document: Arc::new(admin::document(&routes)),
            routes: Arc::new(routes),
            store,
            cell,
            clock,
            recorder: Arc::new(recorder),
            traces,
            directory,
            _shutdown: trigger,
        }
    }

    /// Starts one with a tenant, an advertiser and a channel.
    pub(crate) async fn with_tenant() -> Self {
        let admin = Self::start();
        admin.make_tenant("acme").await;
        admin
    }

    /// Makes a tenant with an advertiser `Coffee` and a channel `news`; its id.
    pub(crate) async fn make_tenant(&self, name: &str) -> String {
        let made = self
            .must(Ask::post("/api/v1/tenants", &json!({ "name": name })))
            .await;
        let id = made.text("id");
        let advertiser = Ask::post("/api/v1/advertisers", &json!({ "name": "Coffee" }));
        self.must(advertiser.tenant(&id)).await;
        let channel = Ask::post("/api/v1/channels", &json!({ "name": "news" }));
        self.must(channel.tenant(&id)).await;
        id
    }

    pub(crate) fn routes(&self) -> &[Route] {
        &self.routes
    }

    pub(crate) fn state(&self) -> Arc<State> {
        Arc::clone(&self.state)
    }

    pub(crate) fn store(&self) -> &CatalogStore {
        &self.store
    }

    pub(crate) fn cell(&self) -> &CatalogCell {
        &self.cell
    }

    pub(crate) fn clock(&self) -> &FakeClock {
        &self.clock
    }

    /// What records what happens.
    pub(crate) fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Asks what must go well.
    pub(crate) async fn must(&self, ask: Ask) -> Reply {
        let reply = self.ask(ask).await;
        assert!(reply.status.is_success(), "{reply:#?}");
        reply
    }

    /// Asks and judges the reply.
    pub(crate) async fn ask(&self, ask: Ask) -> Reply {
        let mut request = Request::builder().method(&ask.method).uri(&ask.target);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        let mut request = request.body(Body::from(ask.body.clone())).unwrap();
        if let Some(peer) = ask.peer {
            request.extensions_mut().insert(peer);
        }
        if let Some(remote) = ask.remote {
            request.extensions_mut().insert(remote);
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let has_no_end = parts
            .headers
            .get("content-type")
            .is_some_and(|kind| kind == "text/event-stream");
        let bytes = if has_no_end {
            bytes::Bytes::new()
        } else {
            body.collect().await.unwrap().to_bytes()
        };
        let reply = Reply {
            status: parts.status,
            headers: parts.headers,
            body: match bytes.len() {
                0 => Value::Null,
                _ => serde_json::from_slice(&bytes).expect("every body is JSON"),
            },
        };
        self.judge(&ask, &reply);
        reply
    }

    fn judge(&self, ask: &Ask, reply: &Reply) {
        let id = reply.header("x-request-id").expect("every reply has an id");
        if ask.method == Method::HEAD {
            return assert_eq!(reply.body, Value::Null, "{ask:?}");
        }
        if reply.status.is_client_error() || reply.status.is_server_error() {
            assert_eq!(reply.body["error"]["request_id"], id, "{ask:?}");
            let error = &self.document["components"]["schemas"]["ErrorBody"];
            let faults = schema::faults(&self.document, error, &reply.body);
            assert_eq!(faults, Vec::<String>::new(), "{ask:?}");
        }
        let path = ask.target.split('?').next().unwrap();
        let routes = self.routes.iter();
        let mut fitting =
            routes.filter(|route| route.method == ask.method && is_at(route.path, path));
        let Some(route) = fitting.next() else {
            return;
        };
        let method = ask.method.as_str().to_ascii_lowercase();
        let responses = &self.document["paths"][route.path][method]["responses"];
        let declared = &responses[reply.status.as_str()];
        assert!(declared.is_object(), "{route:?} answered {reply:?}");
        let content = &declared["content"]["application/json"]["schema"];
        if declared["$ref"].is_string() {
            // A refusal, judged above.
        } else if content.is_null() {
            assert_eq!(reply.body, Value::Null, "{route:?}");
        } else {
            let faults = schema::faults(&self.document, content, &reply.body);
            assert_eq!(faults, Vec::<String>::new(), "{route:?}");
        }
    }
}

/// The user these tests run as.
pub(crate) fn own_uid() -> u32 {
    rustix::process::getuid().as_raw()
}

/// The fields of a campaign in which nothing is wrong.
pub(crate) fn campaign(name: &str) -> Value {
    json!({
        "name": name,
        "advertiser": "Coffee",
        "total_budget_micros": 1_000_000_000,
        "start": "2026-01-01T00:00:00Z",
        "end": "2026-12-31T00:00:00Z",
        "price_micros": 20_000_000,
    })
}

/// The fields with some of them replaced.
pub(crate) fn with(mut fields: Value, changes: &Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        fields[name] = value.clone();
    }
    fields
}

/// Whether a path is one of a route's.
fn is_at(route: &str, path: &str) -> bool {
    let (route, path) = (route.split('/'), path.split('/'));
    route.clone().count() == path.clone().count()
        && route
            .zip(path)
            .all(|(known, given)| known == given || known.starts_with('{'))
}

/// A folder of the data directory.
pub(crate) fn folder(directory: &Path, name: &str) -> PathBuf {
    let folder = directory.join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Uploads of films of at most 20 seconds into `blobs`.
pub(crate) fn uploads(directory: &Path, blobs: Blobs, bytes_max: u64) -> Uploads {
    let spool = Spool::open(&folder(directory, "spool")).unwrap();
    Uploads::new(spool, blobs, bytes_max, Millis::from_seconds(20))
}

struct Idle;

impl admin::Audience for Idle {
    fn sessions(&self) -> Vec<Arc<Session>> {
        Vec::new()
    }

    fn session(&self, _id: SessionId) -> Option<Arc<Session>> {
        None
    }
}

impl admin::Conditions for Idle {
    fn standing(&self) -> Standing {
        Standing::default()
    }

    fn wake(&self) {}
}

#[async_trait::async_trait]
impl admin::BackupSource for Idle {
    async fn take(&self, wanted: Wanted) -> Option<Result<Backup, BackupError>> {
        Some(Err(BackupError::Exists(wanted.to)))
    }
}

#[async_trait::async_trait]
impl admin::StatusSource for Idle {
    async fn status(&self) -> ServerStatus {
        ServerStatus {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pid: 1,
            started_at: NOW.to_owned(),
            data_dir: "data".to_owned(),
            public_url: "http://ads.example".to_owned(),
            catalog_revision: 1,
            offers: 0,
            requests: 0,
            served: 0,
            events: 0,
            duplicates: 0,
            refused: 0,
            queue: 0,
            dependencies: [("catalog".to_owned(), "up".to_owned())].into(),
        }
    }
}
