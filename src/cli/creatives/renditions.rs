//! `adctl creatives renditions` and `condition`: creatives made to fit streams.

use std::time::Duration;

use clap::Args;

use crate::api::{Rendition, Renditions};
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Column, Row, Value};
use crate::cli::progress::Gauge;
use crate::cli::session::Session;
use crate::client::{Call, Collection};

/// Time between two looks at how far it is.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What to make fit which streams.
#[derive(Debug, Args)]
pub(in crate::cli) struct ConditionArguments {
    /// Id, or name where only one creative has it
    #[arg(value_name = "ID|NAME")]
    reference: String,
    /// Only for the stream of this channel, by id or name
    #[arg(long, value_name = "ID|NAME")]
    channel: Option<String>,
    /// Wait until it is ready or has failed
    #[arg(long)]
    wait: bool,
}

/// Shows how far a creative is for each stream.
pub(super) async fn list(session: &mut Session, reference: &str) -> Outcome {
    let path = format!("{}/renditions", Collection::Creatives.entry(reference));
    let found: Renditions = session.send(Call::get(path)).await?;
    if found.renditions.is_empty() {
        session.out.note("no channel has a stream");
    }
    session.out.report(&found, &found.renditions)?;
    Ok(Exit::Done)
}

/// Has what failed tried anew, and now; waits for the end of it when asked to.
pub(super) async fn condition(session: &mut Session, args: &ConditionArguments) -> Outcome {
    let entry = Collection::Creatives.entry(&args.reference);
    let begin = Call::post(format!("{entry}/condition"));
    let begin = begin.with("channel", args.channel.as_deref());
    let mut found: Renditions = session.send(begin).await?;
    if args.wait {
        let gauge = Gauge::start(session, &args.reference);
        while !found.renditions.iter().all(is_over) {
            gauge.set(mean(&found.renditions));
            tokio::time::sleep(LOOK_EVERY).await;
            let look = Call::get(format!("{entry}/renditions"));
            let look = look.with("channel", args.channel.as_deref());
            found = session.send(look).await?;
        }
        gauge.finish();
    }
    session.out.report(&found, &found.renditions)?;
    verdict(args, &found)
}

fn verdict(args: &ConditionArguments, found: &Renditions) -> Outcome {
    let is_missing = |one: &&Rendition| one.status != "ready";
    match found.renditions.iter().find(is_missing) {
        Some(one) if args.wait => Err(Failure::invalid(format!(
            "creative {} does not fit the stream of channel {}: {}",
            found.creative_id,
            one.channel,
            one.failure
                .as_deref()
                .unwrap_or("the daemon does not say why"),
        ))),
        Some(_) | None => Ok(Exit::Done),
    }
}

/// Ready or failed, or waiting for something that only an operator can mend.
fn is_over(one: &Rendition) -> bool {
    match one.status.as_str() {
        "ready" | "failed" => true,
        // ffmpeg is missing, or the origin of the stream does not answer.
        "queued" | "unknown" => one.failure.is_some(),
        _ => false,
    }
}

/// How far all are together. Percent.
fn mean(renditions: &[Rendition]) -> u64 {
    let done = renditions.iter().map(|one| match one.status.as_str() {
        "ready" | "failed" => 100,
        _ => u64::from(one.progress),
    });
    done.sum::<u64>() / (renditions.len().max(1) as u64)
}

impl Row for Rendition {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("channel_id", "CHANNEL ID", |row| {
            Value::text(&row.channel_id)
        }),
        Column::shown("channel", "CHANNEL", |row| Value::text(&row.channel)),
        Column::shown("status", "STATUS", |row| Value::Word(&row.status)),
        Column::shown("progress", "PERCENT", |row| {
            Value::Count(row.progress.into())
        }),
        Column::shown("duration_ms", "DURATION", |row| {
            Value::of(row.duration_ms, Value::Span)
        }),
        Column::shown("segments", "SEGMENTS", |row| {
            Value::of(row.segments, |count| Value::Count(count.into()))
        }),
        Column::shown("tracks", "TRACKS", |row| {
            Value::of(row.tracks, |count| Value::Count(count.into()))
        }),
        Column::shown("bytes", "SIZE", |row| Value::of(row.bytes, Value::Bytes)),
        Column::shown("failure", "FAILURE", |row| {
            Value::of(row.failure.as_deref(), Value::text)
        }),
        Column::wide("profile", "PROFILE", |row| {
            Value::of(row.profile.as_deref(), Value::text)
        }),
        Column::wide("attempts", "ATTEMPTS", |row| {
            Value::Count(row.attempts.into())
        }),
        Column::wide("retry_at", "RETRY", |row| {
            Value::of(row.retry_at.as_deref(), Value::Instant)
        }),
        Column::wide("updated_at", "UPDATED", |row| {
            Value::of(row.updated_at.as_deref(), Value::Ago)
        }),
    ];

    fn id(&self) -> &str {
        &self.channel_id
    }
}
