//! How far an upload or a job of the daemon is: a bar on a terminal.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::{Talk, bytes};
use super::session::Session;
use crate::client::{Progress, clean};
use crate::host::Clock;

/// Time between lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);
/// Redraws of the bar in a second.
const DRAWS_PER_SECOND: u8 = 10;

/// Watches one upload.
#[derive(Debug)]
pub(super) struct Meter {
    name: String,
    size: Option<u64>,
    sent: Arc<AtomicU64>,
    begun: Instant,
    clock: Clock,
    face: Face,
}

/// Who looks at it.
#[derive(Debug, Clone)]
enum Face {
    Bar(ProgressBar),
    Lines,
    Nobody,
}

impl Meter {
    /// Begins to watch; `size` is not known for a pipe.
    pub(super) fn start(session: &Session, name: &str, size: Option<u64>) -> Self {
        let name = clean(name).into_owned();
        let face = if session.out.settings().talk == Talk::Quiet {
            Face::Nobody
        } else if std::io::stderr().is_terminal() && !is_dumb(session) {
            Face::Bar(bar(&name, size))
        } else {
            Face::Lines
        };
        Self {
            name,
            size,
            sent: Arc::default(),
            begun: session.clock().monotonic(),
            clock: session.clock().clone(),
            face,
        }
    }

    /// What the upload tells its progress to.
    pub(super) fn callback(&self) -> Progress {
        let (sent, face, clock) = (
            Arc::clone(&self.sent),
            self.face.clone(),
            self.clock.clone(),
        );
        let (name, size, begun) = (self.name.clone(), self.size, self.begun);
        let mut told = self.begun;
        Box::new(move |count| {
            sent.store(count, Ordering::Relaxed);
            match &face {
                Face::Bar(bar) => bar.set_position(count),
                Face::Lines => {
                    let now = clock.monotonic();
                    if now.duration_since(told) >= LINE_EVERY {
                        told = now;
                        let line = line(&name, count, size, now.duration_since(begun));
                        // Progress that nobody can read is no reason to stop.
                        drop(writeln!(std::io::stderr(), "{line}"));
                    }
                }
                Face::Nobody => {}
            }
        })
    }

    /// Takes the bar away and sums up.
    pub(super) fn finish(self, clock: &Clock) -> String {
        if let Face::Bar(bar) = &self.face {
            bar.finish_and_clear();
        }
        let took = clock.monotonic().duration_since(self.begun);
        let count = self.sent.load(Ordering::Relaxed);
        format!("uploaded {}", line(&self.name, count, None, took))
    }
}

/// `spot.mp4: 42.0 MiB of 84.2 MiB, 41.0 MiB/s`.
fn line(name: &str, count: u64, size: Option<u64>, took: Duration) -> String {
    let millis = took.as_millis().max(1);
    let rate = u64::try_from(u128::from(count) * 1_000 / millis).unwrap_or(u64::MAX);
    let of = size.map_or(String::new(), |size| format!(" of {}", bytes(size)));
    format!("{name}: {}{of}, {}/s", bytes(count), bytes(rate))
}

fn bar(name: &str, size: Option<u64>) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(DRAWS_PER_SECOND);
    let bar = ProgressBar::with_draw_target(size, target);
    let template = if size.is_some() {
        "{msg}  {bar:30}  {binary_bytes}/{binary_total_bytes}  {binary_bytes_per_sec}  {eta}"
    } else {
        "{msg}  {spinner}  {binary_bytes}  {binary_bytes_per_sec}"
    };
    let style = ProgressStyle::with_template(template)
        .expect("the template above has only known keys")
        .progress_chars("█▉▊▋▌▍▎▏░");
    bar.set_style(style);
    bar.set_message(name.to_owned());
    bar
}

/// Watches work that the daemon does, in percent: a bar on a terminal, nothing elsewhere, where
/// the answer says it all.
#[derive(Debug)]
pub(super) struct Gauge(Option<ProgressBar>);

impl Gauge {
    /// Begins to watch.
    pub(super) fn start(session: &Session, name: &str) -> Self {
        let quiet = session.out.settings().talk == Talk::Quiet;
        if quiet || !std::io::stderr().is_terminal() || is_dumb(session) {
            return Self(None);
        }
        let target = ProgressDrawTarget::stderr_with_hz(DRAWS_PER_SECOND);
        let bar = ProgressBar::with_draw_target(Some(100), target);
        let style = ProgressStyle::with_template("{msg}  {bar:30}  {percent}%  {elapsed}")
            .expect("the template above has only known keys")
            .progress_chars("█▉▊▋▌▍▎▏░");
        bar.set_style(style);
        bar.set_message(clean(name).into_owned());
        Self(Some(bar))
    }

    /// So far it is.
    pub(super) fn set(&self, percent: u64) {
        if let Some(bar) = &self.0 {
            bar.set_position(percent);
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

fn is_dumb(session: &Session) -> bool {
    let terminal = session.environment.get("TERM");
    terminal.is_none_or(|term| term == "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_and_how_fast() {
        let took = Duration::from_secs(2);
        assert_eq!(
            line("a.mp4", 44_150_000, Some(88_300_000), took),
            "a.mp4: 42.1 MiB of 84.2 MiB, 21.0 MiB/s"
        );
        assert_eq!(line("-", 0, None, Duration::ZERO), "-: 0 B, 0 B/s");
    }
}
