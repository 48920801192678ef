//! A stream that lasts: opened again when it breaks, behind the last event that was told.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use super::stream::{LiveStream, Told};
use super::{LiveAsk, Until};
use crate::client::{Client, ClientError};

/// The first wait before a stream is opened again; each further one is twice as long...
const PAUSE_MIN: Duration = Duration::from_millis(500);
/// ...up to this.
const PAUSE_MAX: Duration = Duration::from_secs(10);

/// What is to be known of a stream.
#[derive(Debug)]
pub enum Happening {
    /// The stream is open.
    Opened,
    /// Something happened.
    Told(Box<Told>),
    /// The stream broke, or could not be opened; it is tried again in a while.
    Lost {
        /// Why.
        error: ClientError,
        /// When it is tried again.
        again_in: Duration,
    },
    /// The stream reached its end: the present, as it was asked to.
    Ended,
}

type Opening = Pin<Box<dyn Future<Output = Result<LiveStream, ClientError>> + Send>>;

enum Phase {
    Closed,
    Opening(Opening),
    Open(Box<LiveStream>),
    Waiting(Pin<Box<tokio::time::Sleep>>),
}

/// A stream that lasts.
pub struct Live {
    client: Client,
    ask: LiveAsk,
    phase: Phase,
    /// How often in a row it could not be opened, or broke before anything was told.
    failures: u32,
    /// Whether the stream that is open told anything.
    is_told: bool,
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("ask", &self.ask)
            .field("failures", &self.failures)
            .finish_non_exhaustive()
    }
}

impl Live {
    /// A stream of a daemon, which is opened with the first [`Live::next`].
    pub const fn new(client: Client, ask: LiveAsk) -> Self {
        Self {
            client,
            ask,
            phase: Phase::Closed,
            failures: 0,
            is_told: false,
        }
    }

    /// The id of the last event that was told.
    pub fn last_id(&self) -> Option<&str> {
        self.ask.after.as_deref()
    }

    /// Tries again now instead of waiting.
    pub fn hurry(&mut self) {
        if matches!(self.phase, Phase::Waiting(_)) {
            self.phase = Phase::Closed;
        }
    }

    /// What happens next. An error is one that no repetition helps against. It may be dropped and
    /// asked again, and loses nothing.
    pub async fn next(&mut self) -> Result<Happening, ClientError> {
        loop {
            match &mut self.phase {
                Phase::Closed => {
                    let (client, ask) = (self.client.clone(), self.ask.clone());
                    let open = async move { client.listen(&ask).await };
                    self.phase = Phase::Opening(Box::pin(open));
                }
                Phase::Opening(opening) => match opening.await {
                    Ok(stream) => {
                        self.is_told = false;
                        self.phase = Phase::Open(Box::new(stream));
                        return Ok(Happening::Opened);
                    }
                    Err(error) => return self.lost(error),
                },
                Phase::Open(stream) => match stream.next().await {
                    Ok(Some(told)) => {
                        self.failures = 0;
                        self.is_told = true;
                        self.ask.after = Some(told.id.clone());
                        return Ok(Happening::Told(Box::new(told)));
                    }
                    Ok(None) if self.ask.until == Until::Now => {
                        self.phase = Phase::Closed;
                        return Ok(Happening::Ended);
                    }
                    // The daemon ends streams now and then, to see who it is that listens.
                    Ok(None) if self.is_told => self.phase = Phase::Closed,
                    Ok(None) => {
                        let target = self.client.target().clone();
                        return self.lost(ClientError::Ended { target });
                    }
                    Err(error) => return self.lost(error),
                },
                Phase::Waiting(pause) => {
                    pause.await;
                    self.phase = Phase::Closed;
                }
            }
        }
    }

    fn lost(&mut self, error: ClientError) -> Result<Happening, ClientError> {
        if !error.may_pass() {
            self.phase = Phase::Closed;
            return Err(error);
        }
        let [dice] = self.client.entropy.bytes::<1>();
        let again_in = pause(self.failures, dice);
        self.failures = self.failures.saturating_add(1);
        self.phase = Phase::Waiting(Box::pin(tokio::time::sleep(again_in)));
        Ok(Happening::Lost { error, again_in })
    }
}

/// How long to wait after so many failures: up to a quarter less or more, as `dice` says, so that
/// many do not come back at once.
fn pause(failures: u32, dice: u8) -> Duration {
    let doubled = PAUSE_MIN.saturating_mul(2_u32.saturating_pow(failures.min(16)));
    let base = doubled.min(PAUSE_MAX * 4 / 5);
    base * 3 / 4 + base * u32::from(dice) / 512
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_within_bounds() {
        for failures in 0..40 {
            let (short, long) = (pause(failures, 0), pause(failures, 255));
            assert!(short < long);
            assert!(short >= Duration::from_millis(375) && long <= PAUSE_MAX);
            assert!(pause(failures + 1, 0) >= short);
        }
        assert!(pause(0, 128) <= Duration::from_millis(510));
        assert!(pause(10, 255) > Duration::from_secs(9));
    }
}
