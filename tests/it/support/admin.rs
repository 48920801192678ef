//! The admin API in this process, and one way to ask it.
//!
//! Every reply is judged against the route table and the served document before a test sees it.

use std::sync::Arc;

use adserve::admin::{self, Access, Parts, Peer, Route, State};
use adserve::api::{ServerStatus, Version};
use adserve::host::Entropy;
use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use super::schema;

/// The user that the socket lets in.
pub(crate) const UID: u32 = 1000;
/// The token that TCP lets in.
pub(crate) const TOKEN: &str = "test-token";

/// A running admin API.
pub(crate) struct Admin {
    router: Router,
    routes: Vec<Route>,
    document: Value,
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    method: Method,
    target: String,
    peer: Option<Peer>,
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
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn get(target: impl Into<String>) -> Self {
        Self::new(Method::GET, target)
    }

    /// The request, coming from this peer.
    pub(crate) fn from(self, peer: Option<Peer>) -> Self {
        Self { peer, ..self }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
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

    /// The code of a refusal.
    pub(crate) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
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
    /// Starts one.
    pub(crate) fn start() -> Self {
        let state = Arc::new(State::new(Parts {
            access: Access::new([UID], Some(TOKEN)),
            entropy: Entropy::seeded(1),
            status: Arc::new(Idle),
            version: Version {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                catalog_schema: 1,
                ledger_schema: 1,
            },
        }));
        let routes = admin::routes();
        Self {
            router: admin::router(&state),
            document: admin::document(&routes),
            routes,
        }
    }

    pub(crate) fn routes(&self) -> &[Route] {
        &self.routes
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
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
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
        let Some(route) = self
            .routes
            .iter()
            .find(|route| route.method == ask.method && is_at(route.path, path))
        else {
            return;
        };
        let method = ask.method.as_str().to_ascii_lowercase();
        let responses = &self.document["paths"][route.path][method]["responses"];
        let declared = &responses[reply.status.as_str()];
        assert!(declared.is_object(), "{route:?} answered {}", reply.status);
        let content = &declared["content"]["application/json"]["schema"];
        if content.is_null() {
            assert_eq!(reply.body, Value::Null, "{route:?}");
        } else {
            let faults = schema::faults(&self.document, content, &reply.body);
            assert_eq!(faults, Vec::<String>::new(), "{route:?}");
        }
    }
}

/// Whether a path is one of a route's.
fn is_at(route: &str, path: &str) -> bool {
    let (route, path) = (route.split('/'), path.split('/'));
    route.clone().count() == path.clone().count()
        && route
            .zip(path)
            .all(|(known, given)| known == given || known.starts_with('{'))
}

struct Idle;

#[async_trait::async_trait]
impl admin::StatusSource for Idle {
    async fn status(&self) -> ServerStatus {
        ServerStatus {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pid: 1,
            started_at: "2026-01-01T00:00:00Z".to_owned(),
            data_dir: "data".to_owned(),
            public_url: "http://127.0.0.1:8080".to_owned(),
            catalog_revision: 1,
            offers: 0,
            requests: 0,
            served: 0,
            events: 0,
            refused: 0,
            queue: 0,
            dependencies: [("catalog".to_owned(), "up".to_owned())].into(),
        }
    }
}
