//! `--watch`: a command that shows something, again and again.
//!
//! On a terminal every round is drawn over the one before; elsewhere it is appended, a line of
//! JSON at a time where JSON was asked for.

use std::io::{IsTerminal as _, Write};
use std::sync::{Arc, Mutex, PoisonError};

use clap::{Args, CommandFactory as _, Parser as _};

use super::args::Cli;
use super::environment::Environment;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::parse_span;
use super::output::{Format, Header, Out, Settings, Style, clock_time};
use super::session::Session;
use super::streams::output_settings;
use crate::client::clean;
use crate::host::Clock;
use crate::model::Millis;

/// The verbs that only show something; a command that ends with none of them is done once.
const SHOWING: &[&str] = &[
    "list",
    "get",
    "stats",
    "status",
    "history",
    "why",
    "preview",
    "tree",
    "dashboard",
];
/// The shortest time between two rounds.
const INTERVAL_MIN: Millis = Millis(200);

/// Whether to look again, and how often.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct WatchArgs {
    /// Look again and again: redrawn on a terminal, appended in a pipe
    #[arg(short, long, global = true, hide_short_help = true)]
    pub(super) watch: bool,
    /// Time between two looks, with --watch
    #[arg(long, global = true, value_name = "TIME", default_value = "2s",
        value_parser = parse_span, hide_short_help = true)]
    pub(super) interval: Millis,
}

/// One command line, to be run every so often.
pub(super) struct Watch<'a> {
    pub(super) arguments: &'a [std::ffi::OsString],
    pub(super) environment: &'a Environment,
    pub(super) interval: Millis,
}

/// Which round it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    First,
    Later,
}

/// Where a round writes, to be shown as a whole.
#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        page.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Page {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Watch<'_> {
    /// Runs rounds until one fails in a way that no repetition helps against.
    pub(super) async fn run(&self, clock: &Clock) -> Outcome {
        self.check()?;
        let mut round = Round::First;
        loop {
            let began = clock.monotonic();
            self.round(round).await?;
            round = Round::Later;
            let spent = clock.monotonic() - began;
            tokio::time::sleep(self.interval.std().saturating_sub(spent)).await;
        }
    }

    fn check(&self) -> Result<(), Failure> {
        if self.interval < INTERVAL_MIN {
            let least = INTERVAL_MIN.0;
            return Err(Failure::usage(format!(
                "--interval must be at least {least}ms"
            )));
        }
        let verb = self.verb();
        if SHOWING.contains(&verb.as_str()) {
            return Ok(());
        }
        Err(
            Failure::usage(format!("--watch does not go with `{verb}`")).hint(format!(
                "it goes with {}; `adctl tail` follows events",
                SHOWING.join(", ")
            )),
        )
    }

    /// The last command word of the line.
    fn verb(&self) -> String {
        let matches = Cli::command().try_get_matches_from(self.arguments).ok();
        let mut verb = String::new();
        let mut level = matches.as_ref();
        while let Some((name, inner)) = level.and_then(|matches| matches.subcommand()) {
            name.clone_into(&mut verb);
            level = Some(inner);
        }
        verb
    }

    async fn round(&self, round: Round) -> Result<(), Failure> {
        let cli = Cli::try_parse_from(self.arguments)
            .map_err(|error| Failure::usage(error.to_string()))?;
        let mut settings = output_settings(&cli.globals, self.environment)?;
        let redraws = redraws(&settings);
        if !redraws {
            if settings.format == Format::Json {
                settings.format = Format::Jsonl;
            }
            if round == Round::Later {
                settings.header = Header::Left;
            }
        }
        let (zone, now) = (settings.view.zone.clone(), settings.view.now);
        let style = settings.style;
        let (page, prose) = (Page::default(), Page::default());
        let out = Out::new(settings, Box::new(page.clone()), Box::new(prose.clone()));
        let mut session = Session::new(cli.globals, self.environment.clone(), out);
        let outcome = super::dispatch(cli.command, &mut session).await;
        let outcome = outcome.and_then(|exit| session.out.finish().map(|()| exit));
        if let Err(failure) = outcome {
            // Whoever watches sees a daemon come back; what is wrong from the start stays wrong.
            if round == Round::First || failure.exit != Exit::Unreachable {
                return Err(failure);
            }
            session.out.failure(&failure);
        }
        let (answer, prose) = (page.take(), prose.take());
        if !redraws {
            return append(&answer, &prose);
        }
        let title = format!(
            "every {} · {} · {}",
            span(self.interval),
            self.line(),
            clock_time(now, &zone)
        );
        draw(&title, &[answer, prose].concat(), style)
    }

    /// The command line, as it was typed.
    fn line(&self) -> String {
        let words = self.arguments.iter().skip(1);
        let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
        clean(&format!("adctl {}", words.join(" "))).into_owned()
    }
}

/// Whether a round is drawn over the one before.
fn redraws(settings: &Settings) -> bool {
    settings.format.is_for_people() && std::io::stdout().is_terminal()
}

fn append(answer: &[u8], prose: &[u8]) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(answer)?;
    stdout.flush()?;
    // Prose that nobody can read is no reason to fail.
    drop(std::io::stderr().write_all(prose));
    Ok(())
}

/// Draws a page from the top left corner: each line over the one that stood there, and nothing
/// below the last. A page that is higher than the terminal is cut.
fn draw(title: &str, page: &[u8], style: Style) -> Result<(), Failure> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok();
    let rows = size.map_or(24, |size| usize::from(size.ws_row)).max(2);
    let text = screen(title, &String::from_utf8_lossy(page), (rows, style));
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    Ok(stdout.flush()?)
}

/// The bytes of one screen (ECMA-48 §8.3: CUP, EL, ED).
fn screen(title: &str, page: &str, (rows, style): (usize, Style)) -> String {
    let title = style.paint(super::output::Colour::Dim, title);
    let lines: Vec<&str> = page.lines().collect();
    let room = rows.saturating_sub(2);
    let shown = lines.iter().take(if lines.len() > room {
        room.saturating_sub(1)
    } else {
        room
    });
    let shown: Vec<&str> = shown.copied().collect();
    let mut text = format!("\u{1b}[H{title}\u{1b}[K\n\u{1b}[K");
    for line in &shown {
        text.push('\n');
        text.push_str(line);
        text.push_str("\u{1b}[K");
    }
    if shown.len() < lines.len() {
        let more = lines.len() - shown.len();
        text = format!("{text}\n… {more} more lines\u{1b}[K");
    }
    text.push_str("\u{1b}[J");
    text
}

fn span(span: Millis) -> String {
    match (span.0 / 1_000, span.0 % 1_000) {
        (seconds, 0) => format!("{seconds}s"),
        _ => format!("{}ms", span.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_to_the_terminal_and_says_so() {
        let page: String = (0..50).fold(String::new(), |page, n| format!("{page}line {n}\n"));
        let text = screen("title", &page, (10, Style::Plain));
        assert_eq!(text.lines().count(), 10);
        assert!(text.contains("line 6\u{1b}[K\n… 43 more lines"), "{text:?}");
        assert!(text.starts_with("\u{1b}[Htitle\u{1b}[K\n") && text.ends_with("\u{1b}[J"));
        let all = screen("title", "one\ntwo\n", (10, Style::Plain));
        assert_eq!(
            all,
            "\u{1b}[Htitle\u{1b}[K\n\u{1b}[K\none\u{1b}[K\ntwo\u{1b}[K\u{1b}[J"
        );
    }

    #[test]
    fn only_what_shows_is_watched() {
        let environment = Environment::default();
        let check = |line: &str| {
            let arguments: Vec<_> = line.split(' ').map(Into::into).collect();
            let watch = Watch {
                arguments: &arguments,
                environment: &environment,
                interval: Millis(1_000),
            };
            watch.check()
        };
        for line in [
            "adctl status -w",
            "adctl campaigns list --watch",
            "adctl stats -w --by day",
        ] {
            assert!(check(line).is_ok(), "{line}");
        }
        for line in [
            "adctl undo -w",
            "adctl campaigns pause cmp_1 -w",
            "adctl tail -w",
        ] {
            assert!(check(line).is_err(), "{line}");
        }
    }
}
