//! What came back: read within limits, then decoded, or turned into the refusal it is.

use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, RETRY_AFTER};
use hyper::{HeaderMap, Response, StatusCode};
use serde::de::DeserializeOwned;

use super::{ClientError, Target, clean};
use crate::api;

/// Largest answer that is read. A full page of history is well below.
pub const ANSWER_BYTES_MAX: usize = 32 * 1024 * 1024;
/// How much of an answer that cannot be read is shown.
const EXCERPT_CHARS_MAX: usize = 120;

/// What the daemon said, decoded.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    /// The thing itself.
    pub value: T,
    /// The id to look for in the logs.
    pub request_id: Option<String>,
    /// The operation that a write is in the history.
    pub operation: Option<String>,
    /// Whether the write was answered from memory, having been done before.
    pub was_replayed: bool,
}

/// An answer whose body is not looked at yet.
#[derive(Debug)]
pub(super) struct RawAnswer {
    pub(super) target: Target,
    pub(super) status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// Reads the whole body, up to [`ANSWER_BYTES_MAX`].
pub(super) async fn read(
    target: &Target,
    response: Response<Incoming>,
) -> Result<RawAnswer, ClientError> {
    let (head, body) = response.into_parts();
    let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
    let body = body.map_err(|error| match error.downcast::<hyper::Error>() {
        Ok(source) => ClientError::Broken {
            target: target.clone(),
            source: *source,
        },
        Err(other) if other.is::<LengthLimitError>() => ClientError::Protocol {
            target: target.clone(),
            what: format!("it is larger than {} MiB", ANSWER_BYTES_MAX >> 20),
        },
        Err(other) => ClientError::Protocol {
            target: target.clone(),
            what: other.to_string(),
        },
    })?;
    Ok(RawAnswer {
        target: target.clone(),
        status: head.status,
        headers: head.headers,
        body: body.to_bytes(),
    })
}

impl RawAnswer {
    /// The refusal that a status of 400 or more is.
    pub(super) fn refusal(&self) -> Option<ClientError> {
        if self.status.is_success() {
            return None;
        }
        let Ok(body) = serde_json::from_slice::<api::ErrorBody>(&self.body) else {
            return Some(self.protocol(&format!("status {}", self.status.as_u16())));
        };
        Some(ClientError::Api {
            status: self.status.as_u16(),
            retry_after: self
                .header(RETRY_AFTER.as_str())
                .and_then(|text| text.parse().ok()),
            detail: Box::new(body.error),
        })
    }

    /// The answer as the type it should be.
    pub(super) fn decode<T: DeserializeOwned>(self) -> Result<Answer<T>, ClientError> {
        if let Some(refusal) = self.refusal() {
            return Err(refusal);
        }
        // A delete answers with nothing at all, which reads as null.
        let text: &[u8] = if self.body.is_empty() {
            b"null"
        } else {
            &self.body
        };
        let mut reader = serde_json::Deserializer::from_slice(text);
        let value = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| self.protocol(&error.to_string()))?;
        Ok(Answer {
            value,
            request_id: self.header(api::REQUEST_ID_HEADER).map(str::to_owned),
            operation: self.header(api::OPERATION_HEADER).map(str::to_owned),
            was_replayed: self.header(api::REPLAYED_HEADER).is_some(),
        })
    }

    /// Size of the body.
    pub(super) fn bytes(&self) -> usize {
        self.body.len()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn protocol(&self, what: &str) -> ClientError {
        let kind = self
            .header(CONTENT_TYPE.as_str())
            .unwrap_or("no content type");
        let text = String::from_utf8_lossy(&self.body);
        let excerpt: String = clean(text.trim()).chars().take(EXCERPT_CHARS_MAX).collect();
        ClientError::Protocol {
            target: self.target.clone(),
            what: format!("{what} ({kind}: {excerpt})"),
        }
    }
}
