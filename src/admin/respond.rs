//! Every answer of the admin API as HTTP, and the one shape of every refusal.

use std::error::Error;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};

pub use super::answer::Answer;
use super::answer::JSON;
use crate::api::{ErrorBody, ErrorDetail, FieldProblem};
use crate::model::{Millis, Problem};
use crate::store::blobs::BlobError;

/// Why a request is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The body is no JSON text, or one that means two things.
    #[error(
        "the body cannot be read: {what} at line {line} column {column}{}",
        at_path(path)
    )]
    Malformed {
        /// What is wrong.
        what: String,
        /// From 1.
        line: usize,
        /// From 1; 0 where a line ended too early.
        column: usize,
        /// The field it is in, such as `categories[2]`; empty at the top.
        path: String,
    },
    /// There are several tenants and none was named.
    #[error("which tenant is meant? there is more than one, or none yet")]
    TenantRequired,
    /// Nobody we know.
    #[error("this needs a valid token")]
    Unauthenticated,
    /// Somebody who may not, or a page of a web browser.
    #[error("{0}")]
    Forbidden(&'static str),
    /// Address of mail and password do not fit together, or there is no such user.
    #[error("the address of mail or the password is wrong")]
    WrongLogin,
    /// Somebody who is known, and may not.
    #[error("{what}")]
    Denied {
        /// What is missing.
        what: String,
        /// Who can help.
        hint: String,
    },
    /// Too often, or too soon after failures.
    #[error("too many tries; the next one is heard in {}", seconds(*.wait))]
    TooMany {
        /// How long to wait.
        wait: Millis,
    },
    /// There is no such thing in this tenant.
    #[error("there is no {kind} `{wanted}`")]
    NotFound {
        /// What was looked for.
        kind: &'static str,
        /// The id or name as it was given.
        wanted: String,
        /// A name that looks like it.
        nearest: Option<String>,
    },
    /// There is no such address.
    #[error("there is nothing at this address")]
    UnknownRoute,
    /// The address is known, the method is not.
    #[error("this address does not take this method")]
    MethodNotAllowed,
    /// The body is longer than allowed.
    #[error("the body is larger than {max} bytes")]
    TooLarge {
        /// The most that is allowed.
        max: u64,
    },
    /// The body did not come in time.
    #[error("the body came too slowly")]
    TooSlow,
    /// The body is not of the type that is asked for.
    #[error("the content type must be {0}")]
    UnsupportedMedia(&'static str),
    /// Fields, parameters or headers with wrong values: all of them.
    #[error("{}", count_problems(.0))]
    Invalid(Vec<Problem>),
    /// The request is in order and does not fit what is stored.
    #[error("{what}")]
    Conflict {
        /// What stands against it.
        what: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// It was changed since the caller looked.
    #[error("it is at revision {current}, not {expected}")]
    Revision {
        /// What `If-Match` said.
        expected: u32,
        /// What is stored.
        current: u32,
    },
    /// The idempotency key was used for another request.
    #[error("this idempotency key was used for a different request")]
    KeyReused,
    /// As many do this as may.
    #[error("{0}")]
    Crowded(#[source] Box<dyn Error + Send + Sync>),
    /// It cannot be done now: the disk is full or too much waits.
    #[error("this cannot be done now")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// The store of files does not do its part.
    #[error("{0}")]
    Blobs(BlobError),
    /// Our fault. The inner text goes to the log alone.
    #[error("something went wrong inside adserved")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

fn at_path(path: &str) -> String {
    if path.is_empty() || path == "." {
        return String::new();
    }
    format!(", in `{path}`")
}

fn seconds(wait: Millis) -> String {
    match wait.0.div_ceil(1000).max(1) {
        1 => "1 second".to_owned(),
        more => format!("{more} seconds"),
    }
}

fn count_problems(problems: &[Problem]) -> String {
    match problems {
        [one] => one.to_string(),
        many => format!("{} things are wrong with the request", many.len()),
    }
}

impl Refusal {
    /// Our fault, whose text goes to the log alone.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// A single wrong value.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(field, message)])
    }

    /// The status it is answered with.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Malformed { .. } | Self::TenantRequired => StatusCode::BAD_REQUEST,
            Self::Unauthenticated | Self::WrongLogin => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) | Self::Denied { .. } => StatusCode::FORBIDDEN,
            Self::TooMany { .. } | Self::Crowded(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NotFound { .. } | Self::UnknownRoute => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::UnsupportedMedia(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid(_) | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::Revision { .. } => StatusCode::PRECONDITION_FAILED,
            Self::Unavailable(_) | Self::Blobs(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "malformed",
            Self::TenantRequired => "tenant_required",
            Self::Unauthenticated => "unauthenticated",
            Self::WrongLogin => "wrong_login",
            Self::Forbidden(_) | Self::Denied { .. } => "forbidden",
            Self::TooMany { .. } => "too_many_requests",
            Self::NotFound { .. } => "not_found",
            Self::UnknownRoute => "unknown_route",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::TooLarge { .. } => "too_large",
            Self::TooSlow => "too_slow",
            Self::UnsupportedMedia(_) => "unsupported_media_type",
            Self::Invalid(_) => "invalid",
            Self::Conflict { .. } => "conflict",
            Self::Revision { .. } => "revision",
            Self::KeyReused => "idempotency_key_reused",
            Self::Crowded(_) => "too_many",
            Self::Unavailable(_) | Self::Blobs(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::TenantRequired => {
                Some("name it in the header X-Tenant; GET /api/v1/tenants lists them".to_owned())
            }
            Self::NotFound { nearest, .. } => nearest
                .as_ref()
                .map(|name| format!("did you mean `{name}`?")),
            Self::UnknownRoute => Some("GET /openapi.json lists every address".to_owned()),
            Self::MethodNotAllowed => Some("the header Allow names those it takes".to_owned()),
            Self::Conflict { hint, .. } => hint.clone(),
            Self::Denied { hint, .. } => Some(hint.clone()),
            Self::WrongLogin => Some("who works for several tenants names one".to_owned()),
            Self::TooMany { .. } => Some("Retry-After says when".to_owned()),
            Self::Revision { .. } => {
                Some("get it again and repeat the change on what is there now".to_owned())
            }
            Self::KeyReused => Some("use a new key for a new request".to_owned()),
            Self::Blobs(error) => Some(error.fault().remedy().to_owned()),
            Self::Crowded(_) => Some("end one of them, or try again later".to_owned()),
            Self::Unavailable(_) => Some("try again in a moment".to_owned()),
            Self::Internal(_) => Some("look for the request id in the log".to_owned()),
            Self::Malformed { .. }
            | Self::Unauthenticated
            | Self::Forbidden(_)
            | Self::TooLarge { .. }
            | Self::TooSlow
            | Self::UnsupportedMedia(_)
            | Self::Invalid(_) => None,
        }
    }

    /// What the log should know and the caller need not.
    fn cause(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Internal(source) | Self::Unavailable(source) => Some(source.as_ref()),
            Self::Blobs(error) => Some(error),
            _ => None,
        }
    }

    fn problems(&self) -> Vec<FieldProblem> {
        match self {
            Self::Invalid(problems) => problems.iter().cloned().map(FieldProblem::from).collect(),
            _ => Vec::new(),
        }
    }

    /// The body it is answered with.
    pub fn body(&self, request_id: &str) -> ErrorBody {
        ErrorBody {
            error: ErrorDetail {
                code: self.code().to_owned(),
                message: self.to_string(),
                hint: self.hint(),
                problems: self.problems(),
                request_id: request_id.to_owned(),
            },
        }
    }

    fn into_response(self, request_id: &str) -> Response {
        let body = serde_json::to_string(&self.body(request_id)).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, JSON);
        if matches!(self, Self::Unauthenticated | Self::WrongLogin) {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Self::TooMany { wait } = self {
            headers.insert(RETRY_AFTER, HeaderValue::from(wait.0.div_ceil(1000).max(1)));
        }
        response
    }
}

/// Turns what a handler came to into bytes, and logs what is our fault, once.
pub(crate) fn respond(request_id: &str, outcome: Result<Answer, Refusal>) -> Response {
    if let Some(cause) = outcome.as_ref().err().and_then(Refusal::cause) {
        tracing::error!(request_id, cause = chain(cause), "an admin request failed");
    }
    let mut response = match outcome {
        Ok(answer) => answer.into_response(),
        Err(refusal) => refusal.into_response(request_id),
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_our_fault_is_told_without_its_text() {
        for refusal in [
            Refusal::internal("no such table: secrets"),
            Refusal::Unavailable("secrets is full".into()),
        ] {
            let body = refusal.body("req-1");
            let text = serde_json::to_string(&body).unwrap();
            assert!(!text.contains("secrets"), "{text}");
            assert_eq!(body.error.request_id, "req-1");
            assert!(body.error.hint.is_some());
        }
    }

    #[test]
    fn the_log_gets_the_whole_chain() {
        #[derive(Debug, thiserror::Error)]
        #[error("outer")]
        struct Outer(#[source] std::fmt::Error);
        let text = chain(&Outer(std::fmt::Error));
        assert!(text.starts_with("outer: "), "{text}");
    }

    #[test]
    fn headers_are_made_of_what_an_answer_carries() {
        let answer = Answer {
            location: Some("/api/v1/channels/ch_1".to_owned()),
            operation: Some("op_2".to_owned()),
            replayed: true,
            ..Answer::ok(&1).unwrap().at_revision(3)
        };
        let response = respond("req-1", Ok(answer));
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("etag"), "\"3\"");
        assert_eq!(header("location"), "/api/v1/channels/ch_1");
        assert_eq!(header("x-operation"), "op_2");
        assert_eq!(header("idempotency-replayed"), "true");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("x-content-type-options"), "nosniff");
    }
}
