//! The flags that say how ads get into the stream of a channel.

use clap::Args;

use crate::api::{Stream, StreamBreak};
use crate::cli::input::{Clearable, InputError, parse_span};
use crate::model::{Filler, Insertion, Join, Mode, Reporting};

/// How ads get into the stream.
#[derive(Debug, Args)]
#[command(next_help_heading = "Ads in the stream")]
pub(super) struct StreamFlags {
    /// Playlist of the stream, live or on demand, or a folder of assets ending with `/`; give it
    /// again for origins that are asked when the first fails; `none` takes all about the stream away
    #[arg(long, value_name = "URL", conflicts_with = "asset")]
    origin: Option<Vec<String>>,
    /// Multivariant playlist of an asset; several are played in turn, for ever, as one live stream
    #[arg(long, value_name = "URL")]
    asset: Option<Vec<String>>,
    /// Who puts the ads in: `stitched` the server, `guided` the player (HLS interstitials)
    #[arg(long, value_name = "HOW")]
    insertion: Option<Insertion>,
    /// Who reports what was seen: the `server`, or the `client`
    #[arg(long, value_name = "WHO")]
    reporting: Option<Reporting>,
    /// A break known beforehand, as offset and length such as 10m+60s; give it several times, or
    /// `none`
    #[arg(long = "break", value_name = "AT+TIME", value_parser = parse_break)]
    breaks: Option<Vec<Clearable<StreamBreak>>>,
    /// What such breaks do to a stream on demand: `insert` into it, or `replace` content
    #[arg(long = "break-mode", value_name = "HOW")]
    mode: Option<Mode>,
    /// No break is longer than this, such as 4m
    #[arg(long, value_name = "TIME", value_parser = parse_millis)]
    break_max: Option<u64>,
    /// Time to fill when a cue tells none, such as 60s
    #[arg(long, value_name = "TIME", value_parser = parse_millis)]
    break_default: Option<u64>,
    /// Who joins in the middle of a break sees `partial` ads, or `suppress` the content under it
    #[arg(long, value_name = "WHAT")]
    join: Option<Join>,
    /// Where no ad stands in a break: the `slate`, or the `content` under it
    #[arg(long, value_name = "WHAT")]
    filler: Option<Filler>,
    /// Thousandths of a break that ads must fill, else it is all filler
    #[arg(long, value_name = "0-1000")]
    fill_min: Option<u16>,
}

impl StreamFlags {
    /// What was said: nothing, that there is no stream, or something of it over `base`.
    pub(super) fn over(self, base: Option<Option<Stream>>) -> Option<Option<Stream>> {
        if self.origin.as_deref() == Some(&["none".to_owned()]) {
            return Some(None);
        }
        let said = Stream {
            origins: self.origin,
            assets: self.asset,
            insertion: self.insertion.map(|word| word.to_string()),
            reporting: self.reporting.map(|word| word.to_string()),
            breaks: self.breaks.map(|breaks| {
                let breaks = breaks.into_iter();
                breaks.filter_map(Clearable::into_option).collect()
            }),
            mode: self.mode.map(|word| word.to_string()),
            break_max_ms: self.break_max,
            break_default_ms: self.break_default,
            join: self.join.map(|word| word.to_string()),
            filler: self.filler.map(|word| word.to_string()),
            fill_min: self.fill_min,
        };
        if said == Stream::default() {
            return base;
        }
        Some(Some(said.or(base.flatten().unwrap_or_default())))
    }
}

fn parse_millis(text: &str) -> Result<u64, InputError> {
    parse_span(text).map(|span| span.0)
}

/// A break such as `10m+60s`, or `none`.
fn parse_break(text: &str) -> Result<Clearable<StreamBreak>, InputError> {
    Clearable::parse(text, |text| {
        let (at, duration) = text.split_once('+').ok_or_else(|| {
            let shown: String = text.chars().take(64).collect();
            InputError::new(format!(
                "`{shown}` is not a break: write its offset and its length, such as 10m+60s"
            ))
        })?;
        let at_ms = if at == "0" { 0 } else { parse_millis(at)? };
        Ok(StreamBreak {
            at_ms,
            duration_ms: parse_millis(duration)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_is_its_offset_and_its_length() {
        let read = |text| parse_break(text).map(Clearable::into_option);
        let one = |at_ms, duration_ms| Some(StreamBreak { at_ms, duration_ms });
        assert_eq!(read("10m+60s").expect("a break"), one(600_000, 60_000));
        assert_eq!(read("0+15s").expect("a preroll"), one(0, 15_000));
        assert_eq!(read("none").expect("no break"), None);
        for wrong in ["", "10m", "10m+", "+5s", "10m+x"] {
            let error = read(wrong).expect_err(wrong).to_string();
            assert!(!error.is_empty(), "{wrong}");
        }
    }
}
