//! One open stream: a connection, read event by event.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Incoming;
use hyper::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use hyper_util::rt::TokioIo;

use super::LiveAsk;
use super::frames::Frames;
use crate::api::{LiveEvent, SILENCE_MAX_MS};
use crate::client::answer;
use crate::client::connect::connect;
use crate::client::{Client, ClientError, Target};

const EVENT_STREAM: &str = "text/event-stream";
/// How long a stream may say nothing.
const SILENCE_MAX: Duration = Duration::from_millis(SILENCE_MAX_MS);

/// An event and the id behind which a stream goes on after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The id.
    pub id: String,
    /// What happened.
    pub event: LiveEvent,
}

/// An open stream.
pub struct LiveStream {
    target: Target,
    body: Incoming,
    /// Moves the bytes; none once it has ended.
    connection: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    frames: Frames,
}

impl fmt::Debug for LiveStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveStream")
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Opens a stream of what happens. It is opened once; [`super::Live`] opens it again.
    pub async fn listen(&self, ask: &LiveAsk) -> Result<LiveStream, ClientError> {
        let open = tokio::time::timeout(self.settings.timeout, self.open(ask));
        open.await.map_err(|_elapsed| self.timed_out())?
    }

    async fn open(&self, ask: &LiveAsk) -> Result<LiveStream, ClientError> {
        let target = &self.settings.target;
        let bearer = self.bearer(None).await?;
        let body = Empty::<Bytes>::new()
            .map_err(|never| match never {})
            .boxed_unsync();
        let mut request = self.request(&ask.call(), ("", bearer.as_deref()), body)?;
        let wanted = HeaderValue::from_static(EVENT_STREAM);
        request.headers_mut().insert(ACCEPT, wanted);
        let line = format!("{} {}", request.method(), request.uri());
        self.trace(|| format!("> {line} at {target}"));
        let broken = |source| ClientError::Broken {
            target: target.clone(),
            source,
        };
        let stream = connect(target, self.tls.as_ref()).await;
        let stream = stream.map_err(|source| ClientError::Unreachable {
            target: target.clone(),
            source,
        })?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .map_err(broken)?;
        let mut connection: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(async {
            // How it ended shows in what it carried.
            connection.await.ok();
        });
        let response = sender.send_request(request);
        tokio::pin!(response);
        let response = tokio::select! {
            response = &mut response => response,
            () = &mut connection => response.await,
        };
        let response = response.map_err(broken)?;
        self.trace(|| format!("< {} to {line}", response.status()));
        let kind = response.headers().get(CONTENT_TYPE).cloned();
        let is_stream =
            kind.is_some_and(|kind| kind.as_bytes().starts_with(EVENT_STREAM.as_bytes()));
        if response.status().is_success() && is_stream {
            return Ok(LiveStream {
                target: target.clone(),
                body: response.into_body(),
                connection: Some(connection),
                frames: Frames::default(),
            });
        }
        let read = answer::read(target, response);
        tokio::pin!(read);
        let answer = tokio::select! {
            answer = &mut read => answer,
            () = &mut connection => read.await,
        }?;
        Err(answer.refusal().unwrap_or_else(|| ClientError::Protocol {
            target: target.clone(),
            what: "it is no stream of events".to_owned(),
        }))
    }
}

impl LiveStream {
    /// The next event; none at the end. It may be dropped and asked again, and loses nothing.
    pub async fn next(&mut self) -> Result<Option<Told>, ClientError> {
        loop {
            while let Some(frame) = self.frames.next() {
                let event = LiveEvent::read(&frame.data)
                    .map_err(|error| self.protocol(&format!("an event is unreadable: {error}")))?;
                // One of a later version is not for us.
                if let Some(event) = event {
                    return Ok(Some(Told {
                        id: frame.id,
                        event,
                    }));
                }
            }
            let piece = tokio::time::timeout(SILENCE_MAX, self.piece()).await;
            let piece = piece.map_err(|_elapsed| ClientError::Timeout {
                target: self.target.clone(),
                after: SILENCE_MAX,
            })?;
            let Some(piece) = piece? else {
                return Ok(None);
            };
            self.frames
                .push(&piece)
                .map_err(|error| self.protocol(&error.to_string()))?;
        }
    }

    /// The next bytes; none at the end.
    async fn piece(&mut self) -> Result<Option<Bytes>, ClientError> {
        loop {
            let frame = match &mut self.connection {
                None => self.body.frame().await,
                Some(connection) => tokio::select! {
                    frame = self.body.frame() => frame,
                    () = connection => {
                        self.connection = None;
                        continue;
                    }
                },
            };
            match frame {
                None => return Ok(None),
                Some(Err(source)) => {
                    return Err(ClientError::Broken {
                        target: self.target.clone(),
                        source,
                    });
                }
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
            }
        }
    }

    fn protocol(&self, what: &str) -> ClientError {
        ClientError::Protocol {
            target: self.target.clone(),
            what: what.to_owned(),
        }
    }
}
