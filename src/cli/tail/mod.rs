//! `adctl tail`: what happens now, a line an event.

mod cursor;
mod line;
mod row;

use clap::{Args, ValueEnum};

use self::cursor::Cursor;
use self::row::TailRow;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::parse_filter;
use super::output::{Format, Header, count};
use super::session::Session;
use crate::api::{LiveEvent, LiveGap, LiveSampled, LiveSnapshot, RECENT_MAX, Topic};
use crate::client::{Happening, Live, LiveAsk, Until};
use crate::model::{Millis, Timestamp};

/// Events of before that are shown first, unless asked otherwise.
const LINES_DEFAULT: u32 = 10;
/// How often it is said what sampling left out.
const SAMPLED_EVERY: Millis = Millis(5_000);

/// What to show.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl tail decisions --filter 'channel=news and outcome!=filled'
  adctl tail beacons --filter 'event=error or result!=accepted'
  adctl tail audit -n 100 --no-follow
  adctl tail -o jsonl --cursor /var/lib/me/tail.cursor >> events.jsonl

A filter joins tests with and, or, not and parentheses: FIELD = VALUE, !=, in (A, B), and for
numbers < <= > >=. Fields of decisions: channel, campaign, creative, outcome, reason, ads, took, id.
Of beacons: channel, campaign, creative, event, result, reason, code, id. Of audit: actor, action,
kind, subject, id. Of all: topic.

A busy daemon tells 50 decisions and 50 beacons a second that fit the filter, and how many it left
out. After a broken connection the stream goes on where it ended, and says what is missing.")]
pub(super) struct Arguments {
    /// What to show; decisions, beacons and audit unless given
    #[arg(value_name = "TOPIC")]
    topics: Vec<TopicArg>,
    /// Begin with so many events of before
    #[arg(short = 'n', long, value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(0..=i64::from(RECENT_MAX)))]
    lines: Option<u32>,
    /// Go on as things happen: what it does anyway
    #[arg(short, long, conflicts_with = "no_follow")]
    follow: bool,
    /// End where the present is
    #[arg(long)]
    no_follow: bool,
    /// Only events that fit
    #[arg(long, value_name = "EXPR", value_parser = parse_filter)]
    filter: Option<String>,
    /// Keep in this file what was shown last, and go on behind it
    #[arg(long, value_name = "FILE")]
    cursor: Option<std::path::PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TopicArg {
    /// Ad requests and what became of them
    Decisions,
    /// What players report
    Beacons,
    /// Every write
    Audit,
    /// What is counted, once a second
    Metrics,
    /// How the daemon is, when it changes
    Health,
}

impl TopicArg {
    const fn topic(self) -> Topic {
        match self {
            Self::Decisions => Topic::Decisions,
            Self::Beacons => Topic::Beacons,
            Self::Audit => Topic::Audit,
            Self::Metrics => Topic::Metrics,
            Self::Health => Topic::Health,
        }
    }
}

/// Runs `adctl tail`.
pub(super) async fn run(args: Arguments, session: &mut Session) -> Outcome {
    session.ends_by_signal();
    let mut cursor = args.cursor.map(Cursor::open).transpose()?;
    let after = cursor.as_ref().and_then(Cursor::id);
    let topics = match args.topics.as_slice() {
        [] => vec![Topic::Decisions, Topic::Beacons, Topic::Audit],
        given => given.iter().map(|topic| topic.topic()).collect(),
    };
    let ask = LiveAsk {
        topics,
        filter: args.filter,
        recent: args.lines.unwrap_or(LINES_DEFAULT),
        after,
        until: if args.no_follow {
            Until::Now
        } else {
            Until::Stopped
        },
    };
    let mut tail = Tail {
        live: Live::new(session.client()?, ask),
        was_open: false,
        is_lost: false,
        rows: 0,
        sampled: Sampled::default(),
        health_at: None,
    };
    loop {
        let happening = tail.live.next().await?;
        let goes_on = tail.show(happening, session)?;
        if let Some(cursor) = &mut cursor {
            cursor.move_to(tail.live.last_id(), session.now())?;
        }
        if !goes_on {
            tail.sampled.say(session);
            return Ok(Exit::Done);
        }
    }
}

/// A stream on its way to the terminal.
struct Tail {
    live: Live,
    /// Whether it was open before.
    was_open: bool,
    /// Whether it is broken.
    is_lost: bool,
    /// Rows that were printed.
    rows: u64,
    sampled: Sampled,
    /// Of when the health is that was printed last.
    health_at: Option<String>,
}

impl Tail {
    /// Shows what happened; false at the end.
    fn show(&mut self, happening: Happening, session: &mut Session) -> Result<bool, Failure> {
        match happening {
            Happening::Opened => {
                if std::mem::take(&mut self.is_lost) {
                    session.out.note("connected again");
                }
                self.was_open = true;
            }
            Happening::Told(told) => self.tell(told.event, session)?,
            Happening::Lost { error, .. } if !self.was_open => return Err(error.into()),
            Happening::Lost { error, again_in } => {
                self.is_lost = true;
                let tenths = again_in.as_millis() / 100;
                let (seconds, tenths) = (tenths / 10, tenths % 10);
                let text = format!("{error}; trying again in {seconds}.{tenths}s");
                session.out.warn(&text);
            }
            Happening::Ended => return Ok(false),
        }
        Ok(true)
    }

    fn tell(&mut self, event: LiveEvent, session: &mut Session) -> Result<(), Failure> {
        match &event {
            LiveEvent::Snapshot(snapshot) => {
                following(snapshot, session);
                if let Some(health) = &snapshot.health {
                    return self.tell(LiveEvent::Health(health.clone()), session);
                }
            }
            // The snapshot said it already.
            LiveEvent::Health(health) if self.health_at.as_ref() == Some(&health.at) => {}
            LiveEvent::Gap(gap) => session.out.warn(&missing(gap)),
            LiveEvent::Sampled(sampled) => self.sampled.add(sampled, session),
            LiveEvent::Heartbeat(_) => {}
            _ => {
                self.print(event, session)?;
                return session.out.flush();
            }
        }
        Ok(())
    }

    fn print(&mut self, event: LiveEvent, session: &mut Session) -> Result<(), Failure> {
        if let LiveEvent::Health(health) = &event {
            self.health_at = Some(health.at.clone());
        }
        let settings = session.out.settings();
        if settings.format.is_for_people() && settings.columns.is_none() {
            let line = line::of(&event, &settings.view.zone, settings.style);
            return session.out.raw(line.as_bytes());
        }
        let row = TailRow::of(event);
        self.rows += 1;
        let header = if self.rows > 1 {
            Header::Left
        } else {
            Header::Shown
        };
        session.out.append(&[row], header)
    }
}

/// What sampling left out, since it was said last.
#[derive(Debug, Default)]
struct Sampled {
    matched: u64,
    dropped: u64,
    since: Option<Timestamp>,
}

impl Sampled {
    fn add(&mut self, sampled: &LiveSampled, session: &mut Session) {
        self.matched += sampled.matched;
        self.dropped += sampled.dropped;
        let now = session.now();
        let since = *self.since.get_or_insert(now);
        if now.since(since) >= SAMPLED_EVERY {
            self.say(session);
            self.since = Some(now);
        }
    }

    fn say(&mut self, session: &mut Session) {
        if self.dropped > 0 {
            session.out.note(&format!(
                "{} of {} events were left out: more than 50 of a kind a second; \
                 --filter chooses what is shown",
                count(self.dropped),
                count(self.matched)
            ));
        }
        (self.matched, self.dropped) = (0, 0);
    }
}

fn following(snapshot: &LiveSnapshot, session: &mut Session) {
    let topics: Vec<&str> = snapshot.topics.iter().map(|topic| topic.as_str()).collect();
    let (tenant, topics) = (&snapshot.tenant, topics.join(", "));
    session
        .out
        .detail(&format!("following {topics} of {tenant}"));
    let settings = session.out.settings();
    if settings.format == Format::Table && !snapshot.resumed {
        session
            .out
            .note(&format!("-- {topics} of {tenant} · Ctrl-C stops --"));
    }
}

fn missing(gap: &LiveGap) -> String {
    let why = match gap.why.as_str() {
        "slow" => "they came faster than they were read",
        "too_old" => "the daemon does not remember them any more",
        "restarted" => "the daemon was started anew",
        "busy" => "the daemon had no time for them",
        other => other,
    };
    if gap.lost.is_empty() {
        return format!("events may be missing here: {why}");
    }
    let lost: Vec<String> = gap
        .lost
        .iter()
        .map(|(topic, lost)| format!("{} {topic}", count(*lost)))
        .collect();
    format!("missing here: {} ({why})", lost.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_says_how_many_are_missing_and_why() {
        let mut gap = LiveGap {
            at: String::new(),
            why: "slow".to_owned(),
            lost: [(Topic::Beacons, 3), (Topic::Decisions, 1_200)].into(),
        };
        assert_eq!(
            missing(&gap),
            "missing here: 1,200 decisions, 3 beacons (they came faster than they were read)"
        );
        gap.lost.clear();
        gap.why = "restarted".to_owned();
        assert_eq!(
            missing(&gap),
            "events may be missing here: the daemon was started anew"
        );
    }
}
