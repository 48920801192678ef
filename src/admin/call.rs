//! One request as its handler sees it: who, about which tenant, with which parameters and body.
//!
//! Query and headers are checked against the route's description before the handler runs, all
//! faults at once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Body;
use http::header::IF_MATCH;
use http::request::Parts;
use http::{HeaderMap, Method};
use serde_json::Value;

use super::body::{JSON_BYTES_MAX, read_json};
use super::identity::{Actor, Remote};
use super::respond::Refusal;
use super::route::Route;
use crate::api::{DRY_RUN_PARAMETER, IDEMPOTENCY_HEADER, TENANT_HEADER, nearest};
use crate::model::Problem;

/// Most characters of an idempotency key.
pub const KEY_CHARS_MAX: usize = 200;

/// One request.
#[derive(Debug)]
pub struct Call {
    /// Who calls.
    pub actor: Actor,
    /// From where, over a network.
    pub remote: Option<Remote>,
    /// Under which it is found in the log.
    pub request_id: String,
    /// The method.
    pub method: Method,
    /// The address without the query, as it was sent.
    pub path: String,
    /// What `X-Tenant` says.
    pub tenant: Option<String>,
    /// What `Idempotency-Key` says.
    pub key: Option<String>,
    /// The revision that `If-Match` says.
    pub expected: Option<u32>,
    path_parameters: BTreeMap<String, String>,
    query: BTreeMap<&'static str, String>,
    headers: HeaderMap,
    /// Never locked: it makes a call something that can be lent to what waits.
    body: Mutex<Body>,
}

impl Call {
    /// The request, if its query and headers are in order.
    pub(crate) fn read(
        route: &Route,
        (actor, request_id): (Actor, String),
        path_parameters: BTreeMap<String, String>,
        (parts, body): (Parts, Body),
    ) -> Result<Self, Refusal> {
        let mut problems = Vec::new();
        let query = read_query(route, parts.uri.query().unwrap_or_default(), &mut problems);
        let tenant = only_text(&parts.headers, TENANT_HEADER, &mut problems);
        let key = only_text(&parts.headers, IDEMPOTENCY_HEADER, &mut problems);
        if key.as_deref().is_some_and(|key| !is_key(key)) {
            let message = format!("must be 1 to {KEY_CHARS_MAX} printable ASCII characters");
            problems.push(Problem::new(IDEMPOTENCY_HEADER, message));
        }
        let expected = only_text(&parts.headers, IF_MATCH.as_str(), &mut problems);
        let expected = expected.and_then(|text| read_revision(&text, &mut problems));
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        Ok(Self {
            actor,
            remote: None,
            request_id,
            method: parts.method,
            path: parts.uri.path().to_owned(),
            tenant,
            key,
            expected,
            path_parameters,
            query,
            headers: parts.headers,
            body: Mutex::new(body),
        })
    }

    /// The id or name in the address; empty where the route has none.
    pub fn id(&self) -> &str {
        self.parameter("id")
    }

    /// A parameter in the address; empty where the route has none of this name.
    pub fn parameter(&self, name: &str) -> &str {
        let found = self.path_parameters.get(name);
        found.map(String::as_str).unwrap_or_default()
    }

    /// A query parameter, which was checked against its description.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// A query parameter that is a number.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.query(name)?.parse().ok()
    }

    /// A header, where it is plain text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether nothing is to be written.
    pub fn is_dry_run(&self) -> bool {
        self.query(DRY_RUN_PARAMETER) == Some("true")
    }

    /// The JSON body, read whole.
    pub async fn json(&mut self) -> Result<Value, Refusal> {
        self.json_up_to(JSON_BYTES_MAX).await
    }

    /// The same, of at most `max` bytes.
    pub(crate) async fn json_up_to(&mut self, max: usize) -> Result<Value, Refusal> {
        let body = self.take_body();
        read_json(&self.headers, body, max).await
    }

    /// Headers and body for a handler that reads it as it comes.
    pub fn stream(&mut self) -> (&HeaderMap, Body) {
        let body = self.take_body();
        (&self.headers, body)
    }

    fn take_body(&mut self) -> Body {
        let body = self.body.get_mut();
        std::mem::take(body.unwrap_or_else(PoisonError::into_inner))
    }
}

/// The parameters a route knows, each at most once.
fn read_query(
    route: &Route,
    text: &str,
    problems: &mut Vec<Problem>,
) -> BTreeMap<&'static str, String> {
    let mut query = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let shown: String = name.chars().take(64).collect();
        let Some(known) = route.query.iter().find(|known| known.name == name) else {
            let near = nearest(&name, route.query.iter().map(|known| known.name));
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            problems.push(Problem::new(
                shown,
                format!("is not a parameter here{hint}"),
            ));
            continue;
        };
        if let Some(message) = known.fault(&value) {
            problems.push(Problem::new(shown, message));
        } else if query.insert(known.name, value.into_owned()).is_some() {
            problems.push(Problem::new(shown, "is given twice"));
        }
    }
    query
}

/// A header that may be there once.
fn only_text(headers: &HeaderMap, name: &str, problems: &mut Vec<Problem>) -> Option<String> {
    let mut given = headers.get_all(name).iter();
    let only = given.next()?;
    let text = std::str::from_utf8(only.as_bytes());
    match (text, given.next()) {
        (Ok(text), None) if !text.is_empty() => return Some(text.to_owned()),
        (Ok(_text), None) => problems.push(Problem::new(name, "is empty")),
        (Err(_bytes), None) => problems.push(Problem::new(name, "is not UTF-8 text")),
        (_, Some(_)) => problems.push(Problem::new(name, "is given twice")),
    }
    None
}

fn is_key(key: &str) -> bool {
    (1..=KEY_CHARS_MAX).contains(&key.len()) && key.bytes().all(|b| matches!(b, b' '..=b'~'))
}

/// An entity tag as we write them: `"3"`. `*` matches whatever is there.
fn read_revision(text: &str, problems: &mut Vec<Problem>) -> Option<u32> {
    if text == "*" {
        return None;
    }
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let revision = inner.and_then(|digits| digits.parse().ok());
    if revision.is_none() {
        let message = "must be a revision in quotes, such as \"3\", or *";
        problems.push(Problem::new("if-match", message));
    }
    revision
}
