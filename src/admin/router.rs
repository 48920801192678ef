//! The axum router, built from the route table: identity first, then the address, then the rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Extension, Path, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};
use http::{HeaderMap, HeaderValue, Method, Uri};

use super::call::Call;
use super::gate::Gate;
use super::guard::check_origin;
use super::identity::{self, Actor, Peer, Remote};
use super::respond::{Refusal, respond};
use super::route::Route;
use super::state::State;
use crate::api::REQUEST_ID_HEADER;

/// Most characters of a request id that is taken over from the caller.
const REQUEST_ID_CHARS_MAX: usize = 64;

type Parameters = Path<BTreeMap<String, String>>;

/// Who called and under which id: put into each request before its route is looked for.
#[derive(Debug, Clone)]
struct Caller {
    actor: Actor,
    request_id: String,
}

/// The service of the admin listeners. Each request must carry a [`Peer`] in its extensions;
/// one without is nobody's.
pub fn router(state: &Arc<State>) -> Router {
    let mut paths: BTreeMap<&'static str, MethodRouter> = BTreeMap::new();
    for route in &state.routes {
        let filter = MethodFilter::try_from(route.method.clone())
            .expect("the table names standard methods only");
        let methods = paths.remove(route.path).unwrap_or_default();
        let target = (Arc::clone(state), Arc::new(route.clone()));
        let methods = methods.on(
            filter,
            move |Extension(caller): Extension<Caller>,
                  path: Result<Parameters, PathRejection>,
                  request: Request| { run(target.clone(), (caller, path), request) },
        );
        paths.insert(route.path, methods);
    }
    let table = paths
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| {
            router.route(path, methods)
        });
    let guarded = Arc::clone(state);
    table
        .method_not_allowed_fallback(|Extension(caller): Extension<Caller>| async move {
            respond(&caller.request_id, Err(Refusal::MethodNotAllowed))
        })
        .fallback(|Extension(caller): Extension<Caller>| async move {
            respond(&caller.request_id, Err(Refusal::UnknownRoute))
        })
        .layer(middleware::from_fn(move |request, next| {
            admit(Arc::clone(&guarded), request, next)
        }))
}

/// Runs one route. What it does is not cancelled when the caller hangs up: see `work.rs`.
async fn run(
    (state, route): (Arc<State>, Arc<Route>),
    (caller, path): (Caller, Result<Parameters, PathRejection>),
    request: Request,
) -> Response {
    let Caller { actor, request_id } = caller;
    let outcome = async {
        let Path(path) = path.map_err(|_not_utf8| Refusal::invalid("id", "is not UTF-8 text"))?;
        route.gate.check(&actor)?;
        let from = (actor, request_id.clone());
        let remote = request.extensions().get::<Remote>().copied();
        let mut call = Call::read(&route, from, path, request.into_parts())?;
        call.remote = remote;
        route.run(state, call).await
    };
    respond(&request_id, outcome.await)
}

/// Names the request and lets in whom it may. Runs for unknown addresses too, so that a stranger
/// does not learn which addresses there are.
async fn admit(state: Arc<State>, mut request: Request, next: Next) -> Response {
    let request_id = request_id(&state, &request);
    let peer = request.extensions().get::<Peer>().copied();
    let head = (request.method(), request.uri(), request.headers());
    let mut response = match identify(&state, peer, head).await {
        Ok(actor) => {
            let request_id = request_id.clone();
            request
                .extensions_mut()
                .insert(Caller { actor, request_id });
            next.run(request).await
        }
        Err(refusal) => respond(&request_id, Err(refusal)),
    };
    if let Ok(value) = HeaderValue::try_from(request_id) {
        response.headers_mut().insert(REQUEST_ID_HEADER, value);
    }
    response
}

async fn identify(
    state: &State,
    peer: Option<Peer>,
    (method, uri, headers): (&Method, &Uri, &HeaderMap),
) -> Result<Actor, Refusal> {
    let peer = peer.ok_or(Refusal::Unauthenticated)?;
    check_origin(peer, uri, headers)?;
    let known = identity::identify(state, (peer, headers)).await;
    let is_open = || {
        let mut routes = state.routes.iter();
        routes.any(|route| {
            route.gate == Gate::Open && route.method == *method && route.path == uri.path()
        })
    };
    match known {
        // Over the socket, who is not let in may not even log in.
        Err(Refusal::Unauthenticated) if is_open() => Ok(Actor::Nobody),
        known => known,
    }
}

/// The caller's id if it is a plain word, else a new one.
fn request_id(state: &State, request: &Request) -> String {
    let given = request.headers().get(REQUEST_ID_HEADER);
    let given = given.and_then(|value| value.to_str().ok());
    let plain = |id: &&str| {
        (1..=REQUEST_ID_CHARS_MAX).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    given.filter(plain).map_or_else(
        || format!("{:032x}", u128::from_be_bytes(state.entropy.bytes())),
        str::to_owned,
    )
}
