//! Lines of the origin as text that is copied into playlists: done once for each segment.

use std::io::Write as _;

use super::CuePolicy;
use crate::format::hls::{MediaPlaylist, PlaylistType, Segment};

const SPLIT: &str = "#EXT-X-DISCONTINUITY";

/// What of the origin's lines is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Style {
    pub(super) cues: CuePolicy,
    pub(super) dates: Dates,
}

/// What becomes of dates and date ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Dates {
    /// They stay.
    Keep,
    /// They go: inserted ads move the content behind them, and its dates would overlap theirs.
    Drop,
}

/// The text of one segment.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Text {
    /// Its lines, its discontinuity first.
    pub(super) plain: String,
    /// Length of the line of its discontinuity.
    pub(super) split: u32,
    /// What stands after a discontinuity and before the rest of `plain` where this segment does
    /// not follow the one before: keys, map, date and bit rate in force.
    pub(super) lead: String,
    /// Its date ranges, which stay when the segment goes.
    pub(super) ranges: String,
}

/// The text of a playlist around its segments.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Frame {
    /// Lines about the whole playlist which are not ours.
    pub(super) header: String,
    /// Lines after the last segment.
    pub(super) tail: String,
}

/// The text of the segment at position `place`.
pub(super) fn segment(playlist: &MediaPlaylist, place: usize, style: Style) -> Text {
    let Some(segment) = playlist.segments.get(place) else {
        return Text::default();
    };
    let mut text = Text::default();
    let mut says_bitrate = false;
    let mut body = String::new();
    for (start, line) in lines(playlist, segment.lines.start, segment.lines.end) {
        if is_tag(line, SPLIT) || is_left_out(playlist, (place, start), line, style) {
            continue;
        }
        says_bitrate |= is_tag(line, "#EXT-X-BITRATE");
        if is_tag(line, "#EXT-X-DATERANGE") {
            push_line(&mut text.ranges, line);
        }
        push_line(&mut body, line);
    }
    text.plain = body;
    text.lead = lead(playlist, segment, style);
    if let Some(rate) = segment.bitrate.filter(|_| !says_bitrate) {
        push_line(&mut text.lead, &format!("#EXT-X-BITRATE:{rate}"));
    }
    text
}

/// What a segment needs to be said before it where it follows nothing of the origin.
fn lead(playlist: &MediaPlaylist, segment: &Segment, style: Style) -> String {
    let mut lead = Vec::new();
    if !playlist.says_scope(segment) {
        playlist.write_scope(segment, &mut lead);
    }
    if let Some(date) = segment.pdt.filter(|_| !segment.pdt_written)
        && style.dates == Dates::Keep
    {
        write_date(date, &mut lead);
    }
    String::from_utf8_lossy(&lead).into_owned()
}

impl Text {
    /// Puts a discontinuity before it.
    pub(super) fn mark_split(&mut self) {
        self.plain.insert_str(0, SPLIT);
        self.plain.insert(SPLIT.len(), '\n');
        self.split = u32::try_from(SPLIT.len() + 1).unwrap_or(0);
    }

    /// Writes everything in force before it wherever it stands: it follows a gap.
    pub(super) fn restate(&mut self) {
        let lead = std::mem::take(&mut self.lead);
        self.plain.insert_str(self.split as usize, &lead);
    }
}

/// The text around the segments. `first` is the text of the segment that was listed first: an
/// unknown line before it may be its own and not the playlist's.
pub(super) fn frame(playlist: &MediaPlaylist, first: &Text, style: Style) -> Frame {
    let mut frame = Frame::default();
    if playlist.kind == Some(PlaylistType::Vod) {
        push_line(&mut frame.header, "#EXT-X-PLAYLIST-TYPE:VOD");
    }
    for (start, line) in lines(playlist, playlist.header.start, playlist.header.end) {
        let is_firsts = !is_kept_header(line) && first.plain.contains(line.trim_end());
        if !is_ours(line) && !is_firsts && !is_left_out(playlist, (0, start), line, style) {
            push_line(&mut frame.header, line);
        }
    }
    let last = playlist.segments.len();
    for (start, line) in lines(playlist, playlist.tail.start, playlist.tail.end) {
        if !is_ours(line) && !is_left_out(playlist, (last, start), line, style) {
            push_line(&mut frame.tail, line);
        }
    }
    frame
}

/// Tags that are written anew, and empty lines.
fn is_ours(line: &str) -> bool {
    const OURS: &[&str] = &[
        "#EXTM3U",
        "#EXT-X-VERSION",
        "#EXT-X-TARGETDURATION",
        "#EXT-X-MEDIA-SEQUENCE",
        "#EXT-X-DISCONTINUITY-SEQUENCE",
        "#EXT-X-PLAYLIST-TYPE",
        "#EXT-X-ENDLIST",
    ];
    line.trim().is_empty() || OURS.iter().any(|tag| is_tag(line, tag))
}

/// Tags about the whole playlist that are its own wherever they stand.
fn is_kept_header(line: &str) -> bool {
    const KEPT: &[&str] = &[
        "#EXT-X-INDEPENDENT-SEGMENTS",
        "#EXT-X-I-FRAMES-ONLY",
        "#EXT-X-START",
        "#EXT-X-DEFINE",
        "#EXT-X-ALLOW-CACHE",
    ];
    KEPT.iter().any(|tag| is_tag(line, tag))
}

fn is_left_out(playlist: &MediaPlaylist, at: (usize, u32), line: &str, style: Style) -> bool {
    let (place, start) = at;
    let is_date = is_tag(line, "#EXT-X-PROGRAM-DATE-TIME") || is_tag(line, "#EXT-X-DATERANGE");
    if is_date && style.dates == Dates::Drop {
        return true;
    }
    let cues = playlist.cues_at(place);
    style.cues == CuePolicy::Strip && cues.iter().any(|cue| cue.line.start == start)
}

/// Whether a line is a tag: its name alone, or its name and a value.
fn is_tag(line: &str, tag: &str) -> bool {
    let rest = line.strip_prefix(tag);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '\r', '\n', ' ', '\t']))
}

/// Lines of a part of the text with where they start, terminators included.
fn lines(playlist: &MediaPlaylist, from: u32, to: u32) -> impl Iterator<Item = (u32, &str)> {
    let text = playlist.slice(&(from..to));
    let mut start = from;
    text.split_inclusive(|byte| *byte == b'\n')
        .map(move |line| {
            let at = start;
            start += u32::try_from(line.len()).unwrap_or(0);
            (at, std::str::from_utf8(line).unwrap_or_default())
        })
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    if !line.ends_with('\n') {
        text.push('\n');
    }
}

/// Writes `#EXT-X-PROGRAM-DATE-TIME` for microseconds since 1970; milliseconds where they do.
pub(in crate::stitch) fn write_date(micros: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(b"#EXT-X-PROGRAM-DATE-TIME:");
    write_instant(micros, out);
    out.push(b'\n');
}

/// Writes an instant as ISO 8601 has it, in UTC.
pub(in crate::stitch) fn write_instant(micros: i64, out: &mut Vec<u8>) {
    let (day, rest) = (
        micros.div_euclid(86_400_000_000),
        micros.rem_euclid(86_400_000_000),
    );
    let (year, month, day) = civil(day);
    let (second, part) = (rest / 1_000_000, rest % 1_000_000);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let written = write!(
        out,
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}."
    )
    .and_then(|()| {
        if part % 1000 == 0 {
            write!(out, "{:03}Z", part / 1000)
        } else {
            write!(out, "{part:06}Z")
        }
    });
    written.expect("a Vec takes any bytes");
}

/// Year, month and day of a day counted from 1970-01-01, by the Gregorian calendar: eras of 400
/// years whose years begin in March, so that the leap day is the last of its year.
const fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for micros in [
            0,
            -1,
            951_782_400_000_000,
            1_709_164_800_123_456,
            4_107_542_399_999_000,
            1_763_650_800_500_000,
        ] {
            let mut out = Vec::new();
            write_date(micros, &mut out);
            let text = String::from_utf8(out).unwrap();
            let date = text.trim_end().split_once(':').unwrap().1;
            let read: jiff::Timestamp = date.parse().unwrap();
            assert_eq!(read.as_microsecond(), micros, "{date}");
        }
    }
}
