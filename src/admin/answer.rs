//! What is answered when all is well.

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, ETAG, HeaderValue, LOCATION};
use http::{HeaderName, StatusCode};
use serde::Serialize;

use super::respond::Refusal;
use super::secret::Secret;
use crate::api::{OPERATION_HEADER, REPLAYED_HEADER};

/// An answer that is not a refusal.
#[derive(Debug)]
pub struct Answer {
    /// Its status, below 400.
    pub status: StatusCode,
    /// Its JSON text; empty with 204.
    pub body: String,
    /// Events without an end, in place of a text.
    pub events: Option<Body>,
    /// The revision of what it shows; becomes the `ETag`.
    pub revision: Option<u32>,
    /// Where the thing that was made is found.
    pub location: Option<String>,
    /// The operation that was written, which `undo` takes back.
    pub operation: Option<String>,
    /// Whether it was answered from memory and not done again.
    pub replayed: bool,
}

impl Answer {
    /// An answer whose body shows `value`.
    pub fn json<T: Serialize>(status: StatusCode, value: &T) -> Result<Self, Refusal> {
        Ok(Self {
            body: serde_json::to_string(value).map_err(Refusal::internal)?,
            ..Self::empty(status)
        })
    }

    /// `200 OK` with a body.
    pub fn ok<T: Serialize>(value: &T) -> Result<Self, Refusal> {
        Self::json(StatusCode::OK, value)
    }

    /// An answer without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            body: String::new(),
            events: None,
            revision: None,
            location: None,
            operation: None,
            replayed: false,
        }
    }

    /// `200 OK` with events, one after the other as they happen.
    pub fn events(events: Body) -> Self {
        Self {
            events: Some(events),
            ..Self::empty(StatusCode::OK)
        }
    }

    /// The answer, which shows something of this revision.
    #[must_use]
    pub fn at_revision(self, revision: u32) -> Self {
        Self {
            revision: Some(revision),
            ..self
        }
    }

    /// The answer, which tells a secret as well. Answers that may be given again are kept, and
    /// secrets are not: so it is added here, to what was just made and to nothing else.
    pub(crate) fn telling(self, field: &str, secret: Option<Secret>) -> Result<Self, Refusal> {
        let Some(secret) = secret.filter(|_secret| !self.replayed) else {
            return Ok(self);
        };
        let mut body: serde_json::Value =
            serde_json::from_str(&self.body).map_err(Refusal::internal)?;
        if let Some(fields) = body.as_object_mut() {
            fields.insert(field.to_owned(), secret.tell().into());
        }
        Ok(Self {
            body: body.to_string(),
            ..self
        })
    }

    pub(super) fn into_response(self) -> Response {
        let content_type = match &self.events {
            Some(_) => Some(EVENTS),
            None => (!self.body.is_empty()).then_some(JSON),
        };
        let body = self.events.unwrap_or_else(|| Body::from(self.body));
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, content_type);
        }
        let named = [
            (
                ETAG,
                self.revision.map(|revision| format!("\"{revision}\"")),
            ),
            (LOCATION, self.location),
            (HeaderName::from_static(OPERATION_HEADER), self.operation),
        ];
        for (name, value) in named {
            if let Some(value) = value.and_then(|text| HeaderValue::try_from(text).ok()) {
                headers.insert(name, value);
            }
        }
        if self.replayed {
            let yes = HeaderValue::from_static("true");
            headers.insert(HeaderName::from_static(REPLAYED_HEADER), yes);
        }
        response
    }
}

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");
const EVENTS: HeaderValue = HeaderValue::from_static("text/event-stream");
