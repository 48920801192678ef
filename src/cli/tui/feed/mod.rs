//! Asks the daemon for what the screen shows, again and again, in a task of its own.
//!
//! A question that is no longer wanted is dropped where it stands, so that no key waits for an
//! answer. When the daemon is lost it is tried again, ever less often, until it is back.

mod ask;
mod clean;

use std::time::Duration;

use tokio::sync::{mpsc, watch};

use super::data::News;
use super::state::Screen;
use crate::client::{Client, ClientError};
use crate::host::{Clock, Entropy};
use crate::model::{Millis, Timestamp};

/// How long after an answered round the next one begins.
const PERIOD: Duration = Duration::from_secs(2);
/// Longest time for one round.
const ROUND_MAX: Duration = Duration::from_secs(20);
/// Wait after the first failure; twice as long after each further one.
const BACKOFF_MIN: Duration = Duration::from_millis(500);
/// Longest wait between two tries.
const BACKOFF_MAX: Duration = Duration::from_secs(10);
/// News that wait to be taken in; more make the feed wait.
pub const NEWS_MAX: usize = 64;

/// What the screen shows, and so what is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The tenant; the first one there is unless given.
    pub tenant: Option<String>,
    /// What is looked at.
    pub screen: Screen,
    /// The campaign that is open.
    pub campaign: Option<String>,
}

/// What is wanted, and how often it was asked for by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is wanted.
    pub wanted: Wanted,
    /// Counts the wishes to be told at once.
    pub times: u64,
}

/// What the feed works with.
#[derive(Debug)]
pub struct Feed {
    /// The way to the daemon.
    pub client: Client,
    /// The clocks.
    pub clock: Clock,
    /// The dice for the wait between two tries.
    pub entropy: Entropy,
    /// What is wanted now.
    pub asked: watch::Receiver<Asked>,
    /// Where the news go.
    pub news: mpsc::Sender<(News, Timestamp)>,
}

impl Feed {
    /// Asks until nobody listens any more.
    pub async fn run(mut self) {
        let mut failures = 0;
        let mut round = 0;
        let mut before = None;
        while !self.news.is_closed() {
            let asked = self.asked.borrow_and_update().clone();
            if before.as_ref() != Some(&asked.wanted) {
                round = 0;
                before = Some(asked.wanted.clone());
            }
            let work = self.round(&asked.wanted, round);
            let mut changes = self.asked.clone();
            let outcome = tokio::select! {
                biased;
                wish = changes.changed() => match wish {
                    Ok(()) => continue,
                    Err(_gone) => return,
                },
                outcome = work => outcome,
            };
            let pause = match outcome {
                Ok(()) => {
                    failures = 0;
                    round += 1;
                    PERIOD
                }
                Err(Failure::Unheard) => return,
                Err(Failure::Refused(why)) => {
                    self.tell(News::Refused(why)).await;
                    self.tell(News::Fresh).await;
                    PERIOD
                }
                Err(Failure::Lost(why)) => {
                    failures += 1;
                    let pause = self.backoff(failures);
                    let wait = Millis(u64::try_from(pause.as_millis()).unwrap_or(u64::MAX));
                    let again = self.clock.now().plus(wait);
                    self.tell(News::Lost { why, again }).await;
                    pause
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                wish = changes.changed() => if wish.is_err() {
                    return;
                },
            }
        }
    }

    /// Asks once for all that is wanted.
    async fn round(&self, wanted: &Wanted, round: u64) -> Result<(), Failure> {
        let asking = ask::Asking {
            client: self.client.clone(),
            now: self.clock.now(),
            news: &self.news,
            clock: &self.clock,
        };
        match tokio::time::timeout(ROUND_MAX, asking.all(wanted, round)).await {
            Ok(outcome) => outcome,
            Err(_elapsed) => Err(Failure::Lost(
                "the daemon does not answer in time".to_owned(),
            )),
        }
    }

    /// Waits longer after each failure, with up to a half added, so that many dashboards do not
    /// come back at once.
    fn backoff(&self, failures: u32) -> Duration {
        let base = BACKOFF_MIN.saturating_mul(1 << failures.saturating_sub(1).min(8));
        let base = base.min(BACKOFF_MAX);
        let share = u32::from(self.entropy.bytes::<1>()[0]);
        base + base * share / 512
    }

    async fn tell(&self, news: News) {
        // Nobody listens only when the dashboard ends, and then the loop does too.
        self.news.send((news, self.clock.now())).await.ok();
    }
}

/// Why a round was not answered.
#[derive(Debug)]
enum Failure {
    /// The daemon cannot be reached.
    Lost(String),
    /// It refuses one of the questions.
    Refused(String),
    /// Nobody listens to the news any more.
    Unheard,
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        let why = crate::client::clean(&error.to_string()).into_owned();
        match error {
            ClientError::Api {
                status: 401 | 403, ..
            } => Self::Refused(format!("login needed: {why}")),
            ClientError::Api {
                status: 400..=499, ..
            } => Self::Refused(why),
            _ => Self::Lost(why),
        }
    }
}

/// What the daemon says in one round, for an answer without a screen; none where it cannot be
/// asked.
pub async fn once(
    client: Client,
    clock: &Clock,
    wanted: &Wanted,
) -> Result<Vec<News>, ClientError> {
    let (news, mut heard) = mpsc::channel(NEWS_MAX);
    let asking = ask::Asking {
        client,
        now: clock.now(),
        news: &news,
        clock,
    };
    asking.raw(wanted, 0).await?;
    let mut all = Vec::new();
    while let Ok((one, _at)) = heard.try_recv() {
        all.push(one);
    }
    Ok(all)
}
