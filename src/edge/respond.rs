//! Every refusal of the public side as HTTP. The one place where errors become statuses.

use bytes::Bytes;
use http::{HeaderValue, Method, Response, StatusCode, header};
use http_body_util::{Either, Full};
use serde::Serialize;

use super::media::FileBody;
use super::quota::Limited;
use crate::api::{ErrorBody, ErrorDetail, FieldProblem};
use crate::host;
use crate::host::http::{BodyError, ReplyBody};
use crate::intake;

/// The body of every answer: bytes at hand, or a file that is streamed.
pub(super) type Answer = ReplyBody<FileBody>;

/// Why a request of a player is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Its query or body cannot be read.
    Malformed(String),
    /// These of its fields are wrong; at least one.
    Fields(Vec<FieldProblem>),
    /// What it names does not exist.
    NotFound(&'static str),
    /// There is no such address.
    UnknownRoute,
    /// The route exists and does not know the method.
    Method(&'static [Method]),
    /// The body is larger than allowed.
    TooLarge,
    /// The body did not come in time.
    TooSlow,
    /// The tenant sends more than its quota.
    Limited(Limited),
    /// Nothing can be written now; asking again later may work.
    Unavailable(&'static str),
}

/// Seconds after which a player may ask again.
const RETRY_SECONDS: &str = "1";

impl Refusal {
    pub(super) fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Fields(vec![FieldProblem {
            field: field.to_owned(),
            message: message.into(),
        }])
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) | Self::Fields(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(_) | Self::UnknownRoute => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Limited(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Fields(_) => "invalid",
            Self::NotFound(_) => "not_found",
            Self::UnknownRoute => "unknown_route",
            Self::Method(_) => "method_not_allowed",
            Self::TooLarge => "too_large",
            Self::TooSlow => "timeout",
            Self::Limited(_) => "too_many_requests",
            Self::Unavailable(_) => "unavailable",
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Malformed(message) => message.clone(),
            Self::Fields(problems) => told(problems),
            Self::NotFound(what) => format!("no such {what}"),
            Self::UnknownRoute => "no such route for players".to_owned(),
            Self::Method(_) => "the method is not allowed here".to_owned(),
            Self::TooLarge => "the body is too large".to_owned(),
            Self::TooSlow => "the body did not come in time".to_owned(),
            Self::Limited(_) => "the tenant sends more requests than its quota".to_owned(),
            Self::Unavailable(what) => format!("{what}; try again"),
        }
    }

    /// The answer, with the id under which the logs have it.
    pub(super) fn respond(self, request_id: Option<&HeaderValue>) -> Response<Answer> {
        let id = request_id
            .and_then(|id| id.to_str().ok())
            .unwrap_or_default();
        let detail = ErrorDetail {
            code: self.code().to_owned(),
            message: self.message(),
            hint: None,
            problems: match &self {
                Self::Fields(problems) => problems.clone(),
                _ => Vec::new(),
            },
            request_id: id.to_owned(),
        };
        let mut response = json(self.status(), &ErrorBody { error: detail });
        match self {
            Self::Method(allowed) => {
                let names: Vec<&str> = allowed.iter().map(Method::as_str).collect();
                if let Ok(value) = HeaderValue::from_str(&names.join(", ")) {
                    response.headers_mut().insert(header::ALLOW, value);
                }
            }
            Self::Limited(limited) => {
                let value = limited.retry_after();
                response.headers_mut().insert(header::RETRY_AFTER, value);
            }
            Self::Unavailable(_) => {
                let value = HeaderValue::from_static(RETRY_SECONDS);
                response.headers_mut().insert(header::RETRY_AFTER, value);
            }
            _ => {}
        }
        response
    }
}

/// The first problem, and how many more there are.
fn told(problems: &[FieldProblem]) -> String {
    let first = problems
        .first()
        .map(|it| format!("{} {}", it.field, it.message));
    let first = first.unwrap_or_default();
    match problems.len().saturating_sub(1) {
        0 => first,
        1 => format!("{first}, and one more field is wrong"),
        more => format!("{first}, and {more} more fields are wrong"),
    }
}

/// Room for the headers of an answer, so that their table does not grow.
const HEADERS: usize = 12;

/// The content type of JSON.
pub(super) const JSON: &str = "application/json";

/// A JSON answer that no cache may keep.
pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Response<Answer> {
    let body = serde_json::to_vec(body).expect("our answers have only text as keys");
    typed(status, JSON, Bytes::from(body))
}

/// An answer made for one viewer: no cache may keep it.
pub(super) fn typed(
    status: StatusCode,
    content_type: &'static str,
    body: Bytes,
) -> Response<Answer> {
    let mut response = Response::new(Either::Left(Full::new(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An answer without a body that no cache may keep.
pub(super) fn empty(status: StatusCode) -> Response<Answer> {
    let mut response = host::http::empty(status);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl From<Limited> for Refusal {
    fn from(limited: Limited) -> Self {
        Self::Limited(limited)
    }
}

impl From<intake::Refusal> for Refusal {
    fn from(refusal: intake::Refusal) -> Self {
        match refusal {
            intake::Refusal::Malformed(message) => Self::Malformed(message),
            intake::Refusal::Fields(problems) => Self::Fields(problems),
            intake::Refusal::NotFound(what) => Self::NotFound(what),
        }
    }
}

impl From<BodyError> for Refusal {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge { .. } => Self::TooLarge,
            BodyError::TooSlow => Self::TooSlow,
            BodyError::Broken(_) => Self::Malformed(error.to_string()),
        }
    }
}
