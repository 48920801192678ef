//! `adctl hls`: streams as players see them.

mod check;
mod row;
mod watch;

use clap::{Args, Subcommand};

use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::parse_span;
use super::session::Session;
use crate::model::Millis;

/// Most sessions that are watched at once.
const SESSIONS_MAX: u16 = 20;

/// What to do with streams.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Watch a stream as a player would, and say what is wrong with its playlists
    ///
    /// Loads the playlist and every rendition in it again and again, and compares each answer
    /// with all before: that numbers keep their segments, that every splice is marked, that dates,
    /// keys and durations hold, that renditions agree. With --origin also that ads replace exactly
    /// the content they cover. Any HLS stream can be checked; no daemon is needed.
    ///
    /// Exits with 1 if anything is found. Each rule has a number, a name and a reason; -o wide
    /// and -o json show them all, and docs/hls-check.md lists the rules.
    #[command(after_long_help = "Examples:
  adctl hls check http://127.0.0.1:8080/hls/ch_7/index.m3u8
  adctl hls check https://example.com/live.m3u8 --for 10m -o json
  adctl hls check http://127.0.0.1:8080/hls/ch_7/index.m3u8 --sessions 3 --origin https://example.com/live.m3u8")]
    Check(Check),
}

/// What to check, and how.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Address of a multivariant or media playlist
    url: String,
    /// How long to watch; what has ended is watched only twice
    #[arg(long = "for", value_name = "TIME", default_value = "1m", value_parser = parse_span)]
    span: Millis,
    /// Time between two looks; half of the target duration unless given
    #[arg(long, value_name = "TIME", value_parser = parse_span)]
    every: Option<Millis>,
    /// Sessions to open and compare
    #[arg(long, value_name = "COUNT", default_value_t = 1,
        value_parser = clap::value_parser!(u16).range(1..=i64::from(SESSIONS_MAX)))]
    sessions: u16,
    #[command(flatten)]
    against: Against,
}

/// What is known of the stream.
#[derive(Debug, Args)]
struct Against {
    /// The stream before ads, to compare content with
    #[arg(long, value_name = "URL")]
    origin: Option<String>,
    /// Ads push content back instead of replacing it
    #[arg(long)]
    inserted: bool,
    /// What stands behind ? in addresses may change
    #[arg(long)]
    ignore_queries: bool,
    /// Part of the addresses by which a server counts ads; none of them may appear twice
    #[arg(long, value_name = "TEXT")]
    counted: Option<String>,
    /// Longest break that is allowed
    #[arg(long, value_name = "TIME", value_parser = parse_span)]
    max_break: Option<Millis>,
}

/// Runs a command about streams.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::Check(arguments) => check(&arguments, session).await,
    }
}

async fn check(arguments: &Check, session: &mut Session) -> Outcome {
    let verdict = check::check(arguments, session).await?;
    session.out.list(&verdict.rows)?;
    let found = match verdict.rows.len() {
        0 => "nothing found".to_owned(),
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    session.out.note(&format!(
        "{found} in {} playlists of {} renditions",
        verdict.playlists, verdict.renditions
    ));
    if verdict.left_out > 0 {
        let more = verdict.left_out;
        session.out.note(&format!("{more} more findings left out"));
    }
    Ok(if verdict.rows.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

/// The stream cannot be watched at all.
fn unwatchable(url: &str, why: &str) -> Failure {
    Failure::new(
        Exit::Unreachable,
        "stream",
        format!("cannot watch {url}: {why}"),
    )
}
