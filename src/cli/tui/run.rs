//! Runs the dashboard: one task reads keys, one asks the daemon, this one changes and paints.
//!
//! All queues are bounded. A frame is painted only when something happened, at once if the last
//! one is long enough ago, else as soon as it is.

use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{Event as Said, EventStream, MouseButton, MouseEvent, MouseEventKind};
use futures_util::StreamExt as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::data::News;
use super::feed::{Asked, Feed, NEWS_MAX};
use super::jobs::{Job, Ran};
use super::key::Key;
use super::runner::Runner;
use super::state::{Screen, Setup, State};
use super::terminal::Terminal;
use super::update::{Click, Effect, Event, update};
use crate::client::Client;
use crate::host::{Clock, Entropy};
use crate::model::Timestamp;

/// Shortest time between two frames: 30 in a second.
const FRAME: Duration = Duration::from_millis(33);
/// How often what depends on the time of day is painted.
const TICK: Duration = Duration::from_secs(1);
/// Keys that wait to be taken; more make the reader wait.
const KEYS_MAX: usize = 256;
/// Lines and searches that may end before the loop has time for them.
const JOBS_MAX: usize = 64;
/// Most paths that are looked at.
const PATHS_MAX: usize = 1_000;
/// News that are taken in before the next frame may be painted.
const BATCH_MAX: usize = 32;

/// Why the dashboard cannot run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal cannot be used.
    #[error("the terminal cannot be used")]
    Terminal(#[source] io::Error),
}

/// Why the dashboard ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Somebody wanted it to.
    Left,
    /// The terminal went away.
    HungUp,
}

/// Runs the dashboard until it is left. The terminal is as before when this returns, or is
/// dropped.
pub async fn run(
    setup: Setup,
    screen: Screen,
    client: Client,
    runner: Runner,
    clock: Clock,
) -> Result<Ended, RunError> {
    let mut terminal = Terminal::take().map_err(RunError::Terminal)?;
    let mut state = State::new(setup);
    state.screen = screen;
    terminal.mouse(state.mouse).map_err(RunError::Terminal)?;
    state.size = terminal.size().map_err(RunError::Terminal)?;
    let (ask, asked) = watch::channel(Asked {
        wanted: state.wanted(),
        times: 0,
    });
    let (news, heard) = mpsc::channel(NEWS_MAX);
    let (keys, pressed) = mpsc::channel(KEYS_MAX);
    // Whatever ends this function ends the tasks with it.
    let mut tasks = JoinSet::new();
    let feed = Feed {
        client,
        clock: clock.clone(),
        entropy: Entropy::real(),
        asked,
        news,
    };
    tasks.spawn(feed.run());
    tasks.spawn(read_keys(keys));
    let (tell, ended) = mpsc::channel(JOBS_MAX);
    let desk = Desk {
        runner,
        tasks,
        tell,
        ended,
        terminal,
        state,
        clock,
        ask,
        heard,
        pressed,
    };
    desk.work().await.map_err(RunError::Terminal)
}

/// Hands on what the terminal says until it says nothing more.
async fn read_keys(keys: mpsc::Sender<Event>) {
    let mut said = EventStream::new();
    while let Some(Ok(event)) = said.next().await {
        let event = match event {
            Said::Key(key) => Key::of_event(key).map(Event::Key),
            Said::Paste(text) => Some(Event::Paste(text)),
            Said::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
            Said::Mouse(mouse) => clicked(mouse),
            Said::FocusGained | Said::FocusLost => None,
        };
        if let Some(event) = event
            && keys.send(event).await.is_err()
        {
            return;
        }
    }
}

/// What the mouse did, where it means something.
fn clicked(mouse: MouseEvent) -> Option<Event> {
    let click = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Click::Press,
        MouseEventKind::ScrollUp => Click::WheelUp,
        MouseEventKind::ScrollDown => Click::WheelDown,
        _ => return None,
    };
    Some(Event::Mouse(click, mouse.column, mouse.row))
}

/// Everything the loop works with.
struct Desk {
    runner: Runner,
    /// Whatever ends the loop ends these with it.
    tasks: JoinSet<()>,
    tell: mpsc::Sender<Event>,
    ended: mpsc::Receiver<Event>,
    terminal: Terminal,
    state: State,
    clock: Clock,
    ask: watch::Sender<Asked>,
    heard: mpsc::Receiver<(News, Timestamp)>,
    pressed: mpsc::Receiver<Event>,
}

impl Desk {
    async fn work(mut self) -> io::Result<Ended> {
        let mut hang_up = signal(SignalKind::hangup())?;
        let mut tick = tokio::time::interval(TICK);
        let mut painted: Option<Instant> = None;
        let mut is_dirty = true;
        loop {
            if is_dirty && painted.is_none_or(|at| self.clock.monotonic() >= at + FRAME) {
                self.terminal.paint(&self.state)?;
                painted = Some(self.clock.monotonic());
                is_dirty = false;
            }
            let due = painted.map_or_else(|| self.clock.monotonic(), |at| at + FRAME);
            let event = tokio::select! {
                // A key never waits for news.
                biased;
                _gone = hang_up.recv() => return Ok(Ended::HungUp),
                event = self.pressed.recv() => match event {
                    Some(event) => event,
                    None => return Ok(Ended::HungUp),
                },
                () = tokio::time::sleep_until(due.into()), if is_dirty => continue,
                _now = tick.tick() => Event::Tick(self.clock.now()),
                Some(event) = self.ended.recv() => event,
                Some((news, at)) = self.heard.recv() => Event::News(Box::new(news), at),
            };
            is_dirty = true;
            if self.happen(event)? {
                return Ok(Ended::Left);
            }
            for _more in 0..BATCH_MAX {
                let Ok((news, at)) = self.heard.try_recv() else {
                    break;
                };
                self.happen(Event::News(Box::new(news), at))?;
            }
        }
    }

    /// Runs a line in a task of its own.
    fn start(&mut self, job: Job) {
        let (runner, tell) = (self.runner.clone(), self.tell.clone());
        self.tasks.spawn(async move {
            let ran: Ran = runner.run(job.words.clone()).await;
            // Nobody listens only when the dashboard ends.
            tell.send(Event::Ran(Box::new((job, ran)))).await.ok();
        });
    }

    /// Finds paths in a task of its own: a folder may be far away.
    fn find(&mut self, start: String) {
        let tell = self.tell.clone();
        self.tasks.spawn(async move {
            let paths = paths(&start).await;
            tell.send(Event::Paths(start, paths)).await.ok();
        });
    }

    /// Lets an event happen, and does what it asks for; says whether the dashboard is left.
    fn happen(&mut self, event: Event) -> io::Result<bool> {
        let effect = update(&mut self.state, event);
        let mut times = 0;
        match effect {
            Some(Effect::Leave) => return Ok(true),
            Some(Effect::Suspend) => {
                self.terminal.suspend()?;
                self.terminal.mouse(self.state.mouse)?;
                let (columns, rows) = self.terminal.size()?;
                update(&mut self.state, Event::Resize(columns, rows));
                times = 1;
            }
            Some(Effect::Refresh) => times = 1,
            Some(Effect::Run(job)) => self.start(job),
            Some(Effect::Find(path)) => self.find(path),
            Some(Effect::Copy(text)) => self.terminal.copy(&text)?,
            Some(Effect::Mouse) => self.terminal.mouse(self.state.mouse)?,
            None => {}
        }
        let wanted = self.state.wanted();
        self.ask.send_if_modified(|asked| {
            let is_new = times > 0 || asked.wanted != wanted;
            asked.times += times;
            asked.wanted = wanted;
            is_new
        });
        Ok(false)
    }
}

/// Paths that begin with a text, in order; folders end with a slash.
async fn paths(start: &str) -> Vec<String> {
    let (folder, name) = start
        .rsplit_once('/')
        .map_or(("", start), |(folder, name)| (folder, name));
    let shown = if start.contains('/') {
        format!("{folder}/")
    } else {
        String::new()
    };
    let place = if shown.is_empty() {
        "."
    } else {
        shown.as_str()
    };
    let Ok(mut entries) = tokio::fs::read_dir(place).await else {
        return Vec::new();
    };
    let mut found = Vec::new();
    while let Ok(Some(entry)) = entries.next_entry().await {
        let Ok(text) = entry.file_name().into_string() else {
            continue;
        };
        // Names of files are texts from outside; one that does not print is not offered.
        let is_meant = text.starts_with(name) && (!text.starts_with('.') || name.starts_with('.'));
        if !is_meant || !crate::client::is_clean(&text) {
            continue;
        }
        let is_folder = entry.file_type().await.is_ok_and(|kind| kind.is_dir());
        found.push(format!("{shown}{text}{}", if is_folder { "/" } else { "" }));
        if found.len() >= PATHS_MAX {
            break;
        }
    }
    found.sort_unstable();
    found
}
