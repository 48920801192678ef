//! How ads get into the stream of a channel. What an operator sends, what is shown and what is
//! stored have this one form.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{self, Millis, Problem, ScheduledBreak, Source};

/// How ads get into the stream of a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Stream {
    /// Playlists of the stream at its origins, the first one preferred; or folders of assets,
    /// ending with `/`. Either these or `assets`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origins: Option<Vec<String>>,
    /// Multivariant playlists of assets that are played in turn, for ever, as one live stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assets: Option<Vec<String>>,
    /// `stitched`: ad segments stand in the playlist; `guided`: the player is told where ads are.
    /// `stitched` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insertion: Option<String>,
    /// `server`: events are counted when segments are asked for; `client`: the player reports
    /// them. `server` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporting: Option<String>,
    /// Breaks known beforehand, in order, beside those that cues tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breaks: Option<Vec<StreamBreak>>,
    /// Whether scheduled breaks `insert` into a stream on demand or `replace` content. `insert`
    /// unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// No break is longer. Milliseconds; 240,000 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_max_ms: Option<u64>,
    /// The time to fill when a cue tells none. Milliseconds; 60,000 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_default_ms: Option<u64>,
    /// Who joins in the middle of a break sees `partial`: ads for what is left, or `suppress`: the
    /// content under it. `partial` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join: Option<String>,
    /// Where no ad stands in a break: `slate` or `content`. `slate` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filler: Option<String>,
    /// Thousandths of a break that ads must fill, else it is all filler. 0 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill_min: Option<u16>,
}

/// A break known beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StreamBreak {
    /// When it begins, from the start of the stream or of each asset of a loop. Milliseconds.
    pub at_ms: u64,
    /// The time to fill. Milliseconds.
    pub duration_ms: u64,
}

impl Stream {
    /// The wire form, with everything said.
    pub fn of(stream: &model::Stream) -> Self {
        let (origins, assets) = match &stream.source {
            Source::Origins(urls) => (Some(urls.clone()), None),
            Source::Loop(urls) => (None, Some(urls.clone())),
        };
        let breaks = stream.breaks.iter().map(|one| StreamBreak {
            at_ms: one.at.0,
            duration_ms: one.duration.0,
        });
        Self {
            origins,
            assets,
            insertion: Some(stream.insertion.to_string()),
            reporting: Some(stream.reporting.to_string()),
            breaks: Some(breaks.collect()),
            mode: Some(stream.mode.to_string()),
            break_max_ms: Some(stream.break_max.0),
            break_default_ms: Some(stream.break_default.0),
            join: Some(stream.join.to_string()),
            filler: Some(stream.filler.to_string()),
            fill_min: Some(stream.fill_min),
        }
    }

    /// What it says over what is `stored`, or what in it cannot be understood; `field` names it.
    /// Whether it can be so, the channel judges.
    pub fn read(
        &self,
        field: &str,
        stored: Option<&model::Stream>,
    ) -> Result<model::Stream, Vec<Problem>> {
        let mut problems = Vec::new();
        let source = match (&self.origins, &self.assets, stored) {
            (Some(_), Some(_), _) => {
                let message = "has both origins and assets: a stream comes from one of them";
                problems.push(Problem::new(field, message));
                Source::Origins(Vec::new())
            }
            (Some(urls), None, _) => Source::Origins(urls.clone()),
            (None, Some(urls), _) => Source::Loop(urls.clone()),
            (None, None, Some(stored)) => stored.source.clone(),
            (None, None, None) => {
                let message = "needs origins or assets: where the stream comes from";
                problems.push(Problem::new(field, message));
                Source::Origins(Vec::new())
            }
        };
        let base = match stored {
            Some(stored) => model::Stream {
                source,
                ..stored.clone()
            },
            None => model::Stream::of(source),
        };
        let mut words = Words {
            field,
            problems: &mut problems,
        };
        let breaks = self.breaks.as_ref().map(|breaks| {
            let breaks = breaks.iter().copied();
            breaks.map(StreamBreak::read).collect()
        });
        let stream = model::Stream {
            insertion: words.read("insertion", self.insertion.as_deref(), base.insertion),
            reporting: words.read("reporting", self.reporting.as_deref(), base.reporting),
            breaks: breaks.unwrap_or(base.breaks),
            mode: words.read("mode", self.mode.as_deref(), base.mode),
            break_max: self.break_max_ms.map_or(base.break_max, Millis),
            break_default: self.break_default_ms.map_or(base.break_default, Millis),
            join: words.read("join", self.join.as_deref(), base.join),
            filler: words.read("filler", self.filler.as_deref(), base.filler),
            fill_min: self.fill_min.unwrap_or(base.fill_min),
            source: base.source,
        };
        if problems.is_empty() {
            return Ok(stream);
        }
        Err(problems)
    }
}

impl Stream {
    /// What is said here, and what it does not say as `base` says it.
    #[must_use]
    pub fn or(self, base: Self) -> Self {
        let sourced = self.origins.is_some() || self.assets.is_some();
        let (origins, assets) = if sourced {
            (self.origins, self.assets)
        } else {
            (base.origins, base.assets)
        };
        Self {
            origins,
            assets,
            insertion: self.insertion.or(base.insertion),
            reporting: self.reporting.or(base.reporting),
            breaks: self.breaks.or(base.breaks),
            mode: self.mode.or(base.mode),
            break_max_ms: self.break_max_ms.or(base.break_max_ms),
            break_default_ms: self.break_default_ms.or(base.break_default_ms),
            join: self.join.or(base.join),
            filler: self.filler.or(base.filler),
            fill_min: self.fill_min.or(base.fill_min),
        }
    }
}

impl StreamBreak {
    const fn read(self) -> ScheduledBreak {
        ScheduledBreak {
            at: Millis(self.at_ms),
            duration: Millis(self.duration_ms),
        }
    }
}

/// Reads words of closed lists and gathers those that are none.
struct Words<'a> {
    field: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Words<'_> {
    fn read<T>(&mut self, name: &str, text: Option<&str>, otherwise: T) -> T
    where
        T: std::str::FromStr<Err = model::word::UnknownWord>,
    {
        match text.map(str::parse) {
            None => otherwise,
            Some(Ok(word)) => word,
            Some(Err(error)) => {
                let field = format!("{}.{name}", self.field);
                self.problems.push(Problem::new(field, error.to_string()));
                otherwise
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looped() -> model::Stream {
        model::Stream {
            breaks: vec![ScheduledBreak {
                at: Millis(5),
                duration: Millis(30_000),
            }],
            join: model::Join::Suppress,
            fill_min: 250,
            ..model::Stream::of(Source::Loop(vec!["https://a.example/x.m3u8".to_owned()]))
        }
    }

    #[test]
    fn what_is_shown_reads_back_as_the_same() {
        let stream = looped();
        assert_eq!(Stream::of(&stream).read("stream", None), Ok(stream));
    }

    #[test]
    fn what_is_not_said_stays_as_it_was() {
        let edit = Stream {
            origins: Some(vec!["https://a.example/y.m3u8".to_owned()]),
            fill_min: Some(0),
            ..Stream::default()
        };
        let edited = edit.read("stream", Some(&looped())).expect("an edit");
        let expected = model::Stream {
            source: Source::Origins(vec!["https://a.example/y.m3u8".to_owned()]),
            fill_min: 0,
            ..looped()
        };
        assert_eq!(edited, expected);
    }

    #[test]
    fn what_cannot_be_understood_is_told_with_its_field() {
        let fields = |wire: &Stream| -> Vec<String> {
            let problems = wire.read("stream", None).expect_err("faults");
            problems.into_iter().map(|one| one.field).collect()
        };
        let both = Stream {
            origins: Some(Vec::new()),
            assets: Some(Vec::new()),
            insertion: Some("both".to_owned()),
            ..Stream::default()
        };
        assert_eq!(fields(&both), ["stream", "stream.insertion"]);
        assert_eq!(fields(&Stream::default()), ["stream"]);
    }
}
