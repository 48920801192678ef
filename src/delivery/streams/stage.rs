//! One stream in motion: its content is fetched in rounds as long as somebody watches.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::sync::watch;

use super::feed::{Feed, FeedError, Instants, Round};
use super::roster::Roster;
use super::{Parts, StageKey};
use crate::host::Shutdown;
use crate::model::{Micros, Millis, Mode, SessionId, Source, Stream, Timestamp};
use crate::stitch::{Changes, CuePolicy, Policy, Scheduled, Snapshot, Timeline};

/// How long a stream is fetched after somebody asked for it last.
const IDLE: Millis = Millis::from_seconds(90);
/// How long whoever asks first waits for the first round.
const PATIENCE: Duration = Duration::from_secs(6);
/// Between two looks at an origin at least, and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// One stream in motion.
#[derive(Debug)]
pub struct Stage {
    /// What it is.
    pub key: StageKey,
    screen: ArcSwapOption<Screen>,
    state: watch::Sender<State>,
    /// When it was asked for last. Milliseconds since 1970.
    asked_at: AtomicI64,
}

/// What is on.
#[derive(Debug)]
pub struct Screen {
    /// The media playlists there are.
    pub roster: Arc<Roster>,
    /// The channel as it is now.
    pub snapshot: Snapshot,
    /// When a round last brought it, or showed that it is as it was.
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Starting,
    On,
    /// There never was anything.
    Failed {
        is_not_found: bool,
    },
}

/// There is nothing to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dark {
    pub(super) is_not_found: bool,
}

impl Stage {
    pub(super) fn new(key: StageKey, now: Timestamp) -> Self {
        Self {
            key,
            screen: ArcSwapOption::empty(),
            state: watch::Sender::new(State::Starting),
            asked_at: AtomicI64::new(now.millis()),
        }
    }

    /// The multivariant playlist of a session.
    pub fn index(&self, session: SessionId) -> Vec<u8> {
        let screen = self.screen.load();
        let roster = screen.as_ref().map(|screen| &screen.roster);
        roster.map_or_else(Vec::new, |roster| roster.render(session))
    }

    /// What is on, once there is something.
    pub(super) fn screen(&self) -> Option<Arc<Screen>> {
        self.screen.load_full()
    }

    /// Somebody asks for it.
    pub(super) fn touch(&self, now: Timestamp) {
        self.asked_at.fetch_max(now.millis(), Ordering::Relaxed);
    }

    /// Whether nobody has asked for it for a while.
    pub(super) fn is_idle(&self, now: Timestamp) -> bool {
        let asked = Timestamp::from_millis(self.asked_at.load(Ordering::Relaxed));
        now.since(asked) > IDLE
    }

    /// Waits for the first round.
    pub(super) async fn lit(&self) -> Result<Arc<Screen>, Dark> {
        if let Some(screen) = self.screen() {
            return Ok(screen);
        }
        let mut state = self.state.subscribe();
        let settled = state.wait_for(|state| *state != State::Starting);
        let settled = tokio::time::timeout(PATIENCE, settled).await;
        let is_not_found = match settled {
            Ok(Ok(state)) => matches!(*state, State::Failed { is_not_found: true }),
            _ => false,
        };
        self.screen().ok_or(Dark { is_not_found })
    }

    /// Fetches and takes in until nobody watches any more, or the program ends.
    pub(super) async fn run(self: Arc<Self>, parts: Arc<Parts>, mut shutdown: Shutdown) {
        let mut play = Play {
            stage: &self,
            timeline: None,
            feed: None,
            renditions: 0,
        };
        while let Some((stream, epoch)) = parts.stream(&self.key) {
            let pause = play.round(&parts, &stream, epoch).await;
            if self.is_idle(parts.clock.now()) {
                break;
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = shutdown.requested() => break,
            }
        }
        play.keep(&parts).await;
    }

    fn fail(&self, error: &FeedError) {
        let is_not_found = error.is_not_found();
        self.state.send_if_modified(|state| {
            let is_first = *state == State::Starting;
            if is_first {
                *state = State::Failed { is_not_found };
            }
            is_first
        });
    }

    fn show(&self, screen: Screen) {
        self.screen.store(Some(Arc::new(screen)));
        self.state.send_replace(State::On);
    }
}

/// What the task of a stream holds.
struct Play<'s> {
    stage: &'s Stage,
    timeline: Option<Timeline>,
    feed: Option<Feed>,
    renditions: usize,
}

impl Play<'_> {
    /// One round; how long to wait for the next.
    async fn round(&mut self, parts: &Parts, stream: &Stream, epoch: Timestamp) -> Duration {
        let asset = self.stage.key.asset.as_deref();
        if !self.feed.as_ref().is_some_and(|feed| feed.is_of(stream)) {
            self.feed = Feed::new(stream, asset, epoch);
            if let Some(url) = asset.and_then(|asset| stream.source.asset(asset)) {
                parts.library.saw(self.stage.key.channel, url);
            }
        }
        let Some(feed) = &mut self.feed else {
            return PAUSES.1;
        };
        let at = Instants {
            now: parts.clock.now(),
            monotonic: parts.clock.monotonic(),
        };
        match feed.round(&parts.origins, at).await {
            Ok(round) => self.take(parts, stream, &round).await,
            Err(error) => {
                tracing::info!(channel = %self.stage.key.channel, %error, "a stream cannot be read");
                self.stage.fail(&error);
                PAUSES.0 * 4
            }
        }
    }

    async fn take(&mut self, parts: &Parts, stream: &Stream, round: &Round) -> Duration {
        let renditions = round.roster.listed.len();
        self.renditions = renditions;
        let timeline = match &mut self.timeline {
            Some(timeline) => timeline,
            none => {
                let kept = parts.timelines.load(&self.stage.key, renditions).await;
                none.insert(kept.unwrap_or_else(|| Timeline::new(renditions)))
            }
        };
        let playlists: Vec<_> = round.playlists.iter().map(Option::as_deref).collect();
        let changes = timeline.ingest(&playlists, &policy(stream));
        let snapshot = timeline.snapshot();
        let pause = pause(&snapshot, &changes);
        self.stage.show(Screen {
            roster: Arc::clone(&round.roster),
            snapshot,
            at: parts.clock.now(),
        });
        let is_turn = !changes.opened.is_empty() || !changes.closed.is_empty();
        if is_turn || !changes.reset.is_empty() {
            self.keep(parts).await;
        }
        pause
    }

    /// Keeps the timeline, so that a restart goes on with the same numbers.
    async fn keep(&self, parts: &Parts) {
        if let Some(timeline) = &self.timeline {
            let renditions = self.renditions;
            parts
                .timelines
                .save(&self.stage.key, renditions, timeline)
                .await;
        }
    }
}

fn policy(stream: &Stream) -> Policy {
    let micros = |millis: Millis| Micros(millis.0.saturating_mul(1_000));
    // Those of a loop are in its playlists already, as cues.
    let scheduled = match stream.source {
        Source::Origins(_) => stream.breaks.as_slice(),
        Source::Loop(_) => &[],
    };
    let schedule = scheduled.iter().map(|planned| Scheduled {
        at: micros(planned.at),
        replaces: match stream.mode {
            Mode::Insert => Micros::ZERO,
            Mode::Replace => micros(planned.duration),
        },
    });
    Policy {
        longest: micros(stream.break_max),
        cues: CuePolicy::Strip,
        schedule: schedule.collect(),
    }
}

/// Soon after the next segment is due; often while it is late; seldom when there will be none.
fn pause(snapshot: &Snapshot, changes: &Changes) -> Duration {
    if snapshot.has_ended() {
        return PAUSES.1;
    }
    let target = Duration::from_secs(u64::from(snapshot.target()));
    let pause = if changes.segments > 0 {
        target / 2
    } else {
        target / 8
    };
    pause.clamp(PAUSES.0, PAUSES.1)
}
