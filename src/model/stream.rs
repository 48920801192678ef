//! How ads get into the stream of a channel: where the stream comes from, its breaks, and what
//! fills them.

use url::Url;

use super::channel::SLOT_MAX;
use super::name::check_url;
use super::word::words;
use super::{Millis, Problem};

/// Most origins of one channel: the first, and those asked when it fails.
pub const ORIGINS_MAX: usize = 4;
/// Most assets that one channel plays in turn.
pub const ASSETS_MAX: usize = 1_000;
/// Most breaks of one schedule.
pub const BREAKS_MAX: usize = 200;
/// Latest offset of a scheduled break: a day.
pub const OFFSET_MAX: Millis = Millis::from_seconds(24 * 60 * 60);

/// Where a stream comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Playlists of an origin, live or on demand; more than one are the same stream, each asked
    /// when those before it fail. An address that ends with `/` is a folder of assets.
    Origins(Vec<String>),
    /// Multivariant playlists of assets, played in turn for ever as one live stream.
    Loop(Vec<String>),
}

impl Source {
    /// Where an asset of a folder is; none where the source is no folder.
    pub fn asset(&self, name: &str) -> Option<Url> {
        let Self::Origins(urls) = self else {
            return None;
        };
        let folder = urls.first().filter(|url| url.ends_with('/'))?;
        Url::parse(folder).ok()?.join(name).ok()
    }
}

/// Who puts the ads between the segments.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Insertion {
    /// The server: ad segments stand in the playlist (server-side ad insertion).
    #[default]
    Stitched,
    /// The player: the playlist says where ads are and whom to ask (HLS interstitials).
    Guided,
}
words!(Insertion { Stitched = "stitched", Guided = "guided" });

/// Who reports what was seen.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Reporting {
    /// The server, when the segment is asked for in which it happens.
    #[default]
    Server,
    /// The player, by what the tracking document of its session says.
    Client,
}
words!(Reporting { Server = "server", Client = "client" });

/// What a viewer sees who joins in the middle of a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Join {
    /// Ads for what is left of it.
    #[default]
    Partial,
    /// The content under the break, until it ends.
    Suppress,
}
words!(Join { Partial = "partial", Suppress = "suppress" });

/// What stands where no ad does in a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Filler {
    /// The slate, where there is one, else the content.
    #[default]
    Slate,
    /// The content under the break.
    Content,
}
words!(Filler { Slate = "slate", Content = "content" });

/// What a scheduled break does to the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Mode {
    /// Content waits until the ads are over; for streams on demand and loops.
    #[default]
    Insert,
    /// Ads stand in its place.
    Replace,
}
words!(Mode { Insert = "insert", Replace = "replace" });

/// A break that is known beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduledBreak {
    /// When it begins, from the start of the stream or of each asset of a loop.
    pub at: Millis,
    /// The time that is ours.
    pub duration: Millis,
}

/// How ads get into the stream of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// Where the stream comes from.
    pub source: Source,
    /// Who puts the ads in, unless a session says otherwise.
    pub insertion: Insertion,
    /// Who reports what was seen, unless a session says otherwise.
    pub reporting: Reporting,
    /// Breaks known beforehand, in order; beside those that cues tell.
    pub breaks: Vec<ScheduledBreak>,
    /// What scheduled breaks do to the content of a stream on demand.
    pub mode: Mode,
    /// No break is longer than this, whatever its cue says.
    pub break_max: Millis,
    /// The time to fill when a cue tells none.
    pub break_default: Millis,
    /// What a viewer sees who joins in the middle of a break.
    pub join: Join,
    /// What stands where no ad does.
    pub filler: Filler,
    /// Thousandths of a break that ads must fill; below, the viewer sees the filler alone.
    pub fill_min: u16,
}

impl Stream {
    /// One from a source, with what holds unless something else is decided.
    pub const fn of(source: Source) -> Self {
        Self {
            source,
            insertion: Insertion::Stitched,
            reporting: Reporting::Server,
            breaks: Vec::new(),
            mode: Mode::Insert,
            break_max: Millis::from_seconds(240),
            break_default: Millis::from_seconds(60),
            join: Join::Partial,
            filler: Filler::Slate,
            fill_min: 0,
        }
    }

    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.check_source(&mut problems);
        self.check_breaks(&mut problems);
        let spans = [
            ("stream.break_max_ms", self.break_max),
            ("stream.break_default_ms", self.break_default),
        ];
        for (field, span) in spans {
            check_span(field, span, &mut problems);
        }
        if self.break_default > self.break_max {
            let message = "is more than stream.break_max_ms";
            problems.push(Problem::new("stream.break_default_ms", message));
        }
        if self.fill_min > 1_000 {
            let message = "must be at most 1000 thousandths";
            problems.push(Problem::new("stream.fill_min", message));
        }
        problems
    }

    fn check_source(&self, problems: &mut Vec<Problem>) {
        let (field, urls, most) = match &self.source {
            Source::Origins(urls) => ("stream.origins", urls, ORIGINS_MAX),
            Source::Loop(urls) => ("stream.assets", urls, ASSETS_MAX),
        };
        if !(1..=most).contains(&urls.len()) {
            problems.push(Problem::new(
                field,
                format!("must be 1 to {most} addresses"),
            ));
            return;
        }
        for (place, url) in urls.iter().enumerate() {
            check_url(&format!("{field}[{place}]"), url, problems);
        }
        let folders = urls.iter().filter(|url| url.ends_with('/')).count();
        if folders > 0 && folders < urls.len() {
            let message = "must all be folders, ending with `/`, or all be playlists";
            problems.push(Problem::new(field, message));
        }
        if folders > 0 && matches!(self.source, Source::Loop(_)) {
            problems.push(Problem::new(field, "must be playlists, not folders"));
        }
    }

    fn check_breaks(&self, problems: &mut Vec<Problem>) {
        if self.breaks.len() > BREAKS_MAX {
            let message = format!("has more than {BREAKS_MAX} breaks");
            problems.push(Problem::new("stream.breaks", message));
            return;
        }
        for (place, one) in self.breaks.iter().enumerate() {
            let field = format!("stream.breaks[{place}]");
            check_span(&format!("{field}.duration_ms"), one.duration, problems);
            if one.at > OFFSET_MAX {
                let message = format!("must be at most {} milliseconds", OFFSET_MAX.0);
                problems.push(Problem::new(format!("{field}.at_ms"), message));
            }
        }
        let pairs = self.breaks.iter().zip(self.breaks.iter().skip(1));
        for (place, (one, next)) in pairs.enumerate() {
            // Where ads stand in the place of content, the content between must not be negative.
            let end = match self.mode {
                Mode::Insert => one.at.plus(Millis(1)),
                Mode::Replace => one.at.plus(one.duration),
            };
            if next.at < end {
                let field = format!("stream.breaks[{}].at_ms", place + 1);
                problems.push(Problem::new(field, "is not after the break before it"));
            }
        }
    }
}

fn check_span(field: &str, span: Millis, problems: &mut Vec<Problem>) {
    if span.0 == 0 || span > SLOT_MAX {
        let message = format!("must be 1 to {} milliseconds", SLOT_MAX.0);
        problems.push(Problem::new(field, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live() -> Stream {
        Stream::of(Source::Origins(vec![
            "https://origin.example/live/main.m3u8".to_owned(),
        ]))
    }

    fn fields(stream: &Stream) -> Vec<String> {
        let problems = stream.problems();
        problems.into_iter().map(|problem| problem.field).collect()
    }

    fn at(at: u64, duration: u64) -> ScheduledBreak {
        ScheduledBreak {
            at: Millis(at),
            duration: Millis(duration),
        }
    }

    #[test]
    fn what_holds_unless_something_is_decided_is_sound() {
        assert_eq!(fields(&live()), Vec::<String>::new());
    }

    #[test]
    fn everything_wrong_is_told_with_its_field() {
        let url = |text: &str| text.to_owned();
        let none = Stream::of(Source::Origins(Vec::new()));
        assert_eq!(fields(&none), ["stream.origins"]);
        let many = Stream::of(Source::Origins(vec![url("https://a.example/"); 5]));
        assert_eq!(fields(&many), ["stream.origins"]);
        let mixed = vec![
            url("https://a.example/vod/"),
            url("https://a.example/x.m3u8"),
        ];
        assert_eq!(
            fields(&Stream::of(Source::Origins(mixed))),
            ["stream.origins"]
        );
        let odd = vec![url("https://a.example/x.m3u8"), url("ftp://a.example/x")];
        assert_eq!(fields(&Stream::of(Source::Loop(odd))), ["stream.assets[1]"]);
        let folder = vec![url("https://a.example/")];
        assert_eq!(fields(&Stream::of(Source::Loop(folder))), ["stream.assets"]);
        let wrong = Stream {
            breaks: vec![at(0, 0), at(OFFSET_MAX.0 + 1, 1), at(5, 1)],
            break_max: Millis(0),
            fill_min: 1_001,
            ..live()
        };
        assert_eq!(
            fields(&wrong),
            [
                "stream.breaks[0].duration_ms",
                "stream.breaks[1].at_ms",
                "stream.breaks[2].at_ms",
                "stream.break_max_ms",
                "stream.break_default_ms",
                "stream.fill_min",
            ]
        );
        let crowded = vec![at(0, 1); BREAKS_MAX + 1];
        assert_eq!(
            fields(&Stream {
                breaks: crowded,
                ..live()
            }),
            ["stream.breaks"]
        );
    }

    #[test]
    fn breaks_that_replace_content_must_not_overlap() {
        let breaks = vec![at(0, 30_000), at(20_000, 30_000)];
        let inserted = Stream { breaks, ..live() };
        assert_eq!(fields(&inserted), Vec::<String>::new());
        let replaced = Stream {
            mode: Mode::Replace,
            ..inserted
        };
        assert_eq!(fields(&replaced), ["stream.breaks[1].at_ms"]);
    }
}
