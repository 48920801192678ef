//! The body of a request: bounded in size where it is read, and in the client's time always.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use tokio::time::Sleep;

use super::limits::{Incident, Limits, Observer};
use crate::host::Clock;

/// What a handler reads. It fails when the client takes too long.
#[derive(Debug)]
pub struct RequestBody {
    source: Source,
}

#[derive(Debug)]
enum Source {
    Wire(Box<Patience>),
    /// No body, or the bytes of a test.
    Whole(Full<Bytes>),
}

/// Why a body could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// It is larger than its reader takes.
    #[error("the body is larger than {bytes_max} bytes")]
    TooLarge {
        /// The limit.
        bytes_max: usize,
    },
    /// The client was slower than allowed.
    #[error("the body did not come in time")]
    TooSlow,
    /// It ended early or its chunks are malformed.
    #[error("the body is malformed or was cut off")]
    Broken(#[source] hyper::Error),
}

impl BodyError {
    /// What to answer. The connection ends with that answer.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken(_) => StatusCode::BAD_REQUEST,
        }
    }
}

impl RequestBody {
    pub(super) fn new(
        incoming: Incoming,
        limits: &Limits,
        clock: &Clock,
        observer: &Observer,
    ) -> Self {
        if incoming.is_end_stream() {
            return Self::from(Bytes::new());
        }
        let source = Source::Wire(Box::new(Patience {
            incoming,
            left: limits.body_timeout,
            whole: limits.body_timeout,
            rate_min: limits.body_rate_min.max(1),
            clock: clock.clone(),
            observer: observer.clone(),
            waiting: None,
        }));
        Self { source }
    }

    /// Reads it whole, if it is at most `bytes_max` long. Of a longer one nothing more is read:
    /// a declared length is refused before the first byte.
    pub async fn collect(mut self, bytes_max: usize) -> Result<Bytes, BodyError> {
        let too_large = BodyError::TooLarge { bytes_max };
        let announced = self.size_hint().lower();
        if usize::try_from(announced).map_or(true, |bytes| bytes > bytes_max) {
            return Err(too_large);
        }
        let mut first = Bytes::new();
        let mut all = BytesMut::new();
        while let Some(frame) = self.frame().await {
            let Ok(data) = frame?.into_data() else {
                continue;
            };
            if data.len() > bytes_max - first.len() - all.len() {
                return Err(too_large);
            }
            if first.is_empty() && all.is_empty() {
                // Nearly every body comes in one piece, which then needs no copy.
                first = data;
                continue;
            }
            if all.is_empty() {
                all.extend_from_slice(&std::mem::take(&mut first));
            }
            all.extend_from_slice(&data);
        }
        Ok(if all.is_empty() { first } else { all.freeze() })
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self {
            source: Source::Whole(Full::new(bytes)),
        }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        match &mut self.source {
            Source::Wire(patience) => patience.poll_frame(cx),
            Source::Whole(bytes) => Pin::new(bytes)
                .poll_frame(cx)
                .map(|frame| frame.map(|frame| frame.map_err(|never| match never {}))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            Source::Wire(patience) => patience.incoming.is_end_stream(),
            Source::Whole(bytes) => bytes.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Wire(patience) => patience.incoming.size_hint(),
            Source::Whole(bytes) => bytes.size_hint(),
        }
    }
}

/// An incoming body and the time its client has left. Only waiting for the client counts, not
/// the time the handler takes between reads.
#[derive(Debug)]
struct Patience {
    incoming: Incoming,
    left: Duration,
    whole: Duration,
    rate_min: u32,
    clock: Clock,
    observer: Observer,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Patience {
    fn poll_frame(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(cx) else {
            return self.poll_deadline(cx);
        };
        if let Some((since, _timer)) = self.waiting.take() {
            let waited = self.clock.monotonic().saturating_duration_since(since);
            self.left = self.left.saturating_sub(waited);
        }
        if let Some(Ok(frame)) = &frame {
            self.earn(frame.data_ref().map_or(0, Bytes::len));
        }
        Poll::Ready(frame.map(|frame| frame.map_err(BodyError::Broken)))
    }

    fn poll_deadline(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let (clock, left) = (&self.clock, self.left);
        let (_since, timer) = self
            .waiting
            .get_or_insert_with(|| (clock.monotonic(), Box::pin(tokio::time::sleep(left))));
        timer.as_mut().poll(cx).map(|()| {
            self.observer.note(Incident::BodyTimeout);
            Some(Err(BodyError::TooSlow))
        })
    }

    /// Bytes buy time at the least rate, up to the whole allowance.
    fn earn(&mut self, bytes: usize) {
        let micros = bytes as u64 * 1_000_000 / u64::from(self.rate_min);
        self.left = (self.left + Duration::from_micros(micros)).min(self.whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_read_up_to_its_limit() {
        let body = || RequestBody::from(Bytes::from_static(b"12345"));
        assert_eq!(&body().collect(5).await.unwrap()[..], b"12345");
        let error = body().collect(4).await.unwrap_err();
        assert_eq!(error.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let empty = RequestBody::from(Bytes::new());
        assert!(empty.collect(0).await.unwrap().is_empty());
    }
}
