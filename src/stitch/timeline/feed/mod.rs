//! What one rendition of the origin has listed, under numbers that never go back.

mod axis;
mod same;

use std::collections::VecDeque;

use super::render::{self, Frame, Style, Text};
use crate::format::hls::{MediaPlaylist, Segment};
use crate::model::Micros;
use crate::stitch::breaks::Mark;
use same::{is_before, name};

/// How often in a row an older playlist is passed over before it counts as a new beginning.
const STALE_MAX: u32 = 10;
/// Target durations of content kept after the origin has let go of it: what a playlist may have
/// to reach back for while ads are not paid for yet.
const KEPT_TARGETS: u64 = 6;

/// One segment of content.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one segment"
)]
pub(in crate::stitch::timeline) struct Content {
    /// Its number in the channel: the origin's, moved where the origin began anew.
    pub(in crate::stitch::timeline) number: u64,
    /// What tells it from another: a hash of the last part of its address and its byte range.
    name: u64,
    /// Where it begins on the channel's axis.
    pub(in crate::stitch::timeline) start: i64,
    pub(in crate::stitch::timeline) duration: Micros,
    /// Discontinuity number, its own counted.
    pub(in crate::stitch::timeline) dsn: u64,
    pub(in crate::stitch::timeline) split: bool,
    pub(in crate::stitch::timeline) date: Option<i64>,
    /// Nothing is known of what was right before it.
    pub(in crate::stitch::timeline) blind: bool,
    pub(in crate::stitch::timeline) keyed: bool,
    pub(in crate::stitch::timeline) text: Text,
    /// What cues say before it, heard when the channel's edge passes it; read again from every
    /// playlist until then, and so not kept.
    #[serde(skip)]
    pub(in crate::stitch::timeline) marks: Vec<Mark>,
}

impl Content {
    pub(in crate::stitch::timeline) fn end(&self) -> i64 {
        self.start.saturating_add(self.duration.signed())
    }

    /// It is before every instant that is later than its middle.
    pub(in crate::stitch::timeline) fn middle(&self) -> i64 {
        self.start.saturating_add(self.duration.signed() / 2)
    }
}

/// One rendition of the origin.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one rendition"
)]
pub(in crate::stitch::timeline) struct Feed {
    /// What is kept, oldest first.
    pub(in crate::stitch::timeline) segments: VecDeque<Content>,
    /// Number of the first segment that the origin lists.
    pub(in crate::stitch::timeline) first: u64,
    /// The channel's number less the origin's.
    base: i64,
    /// The channel's discontinuity number less the origin's.
    split_base: i64,
    pub(in crate::stitch::timeline) frame: Frame,
    pub(in crate::stitch::timeline) target: u32,
    pub(in crate::stitch::timeline) version: u16,
    pub(in crate::stitch::timeline) iframes_only: bool,
    pub(in crate::stitch::timeline) ended: bool,
    pub(in crate::stitch::timeline) mapped: bool,
    pub(in crate::stitch::timeline) bitrates: bool,
    stale: u32,
}

/// What became of a playlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stitch::timeline) enum Took {
    /// It went on where the last one ended, or said the same again.
    Next,
    /// It is older than what was known and was passed over.
    Stale,
    /// The origin began anew: it goes on after a discontinuity.
    Reset,
}

/// What a rendition needs to place segments on the channel's axis.
#[derive(Debug, Clone, Copy)]
pub(in crate::stitch::timeline) struct Around<'a> {
    /// None for the leader itself.
    pub(in crate::stitch::timeline) leader: Option<&'a Feed>,
    pub(in crate::stitch::timeline) style: Style,
}

/// How new segments follow those known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follow {
    Directly,
    AfterGap,
    Anew,
}

impl Feed {
    pub(in crate::stitch::timeline) fn new() -> Self {
        Self {
            segments: VecDeque::new(),
            first: 0,
            base: 0,
            split_base: 0,
            frame: Frame::default(),
            target: 0,
            version: 1,
            iframes_only: false,
            ended: false,
            mapped: false,
            bitrates: false,
            stale: 0,
        }
    }

    /// Takes in what the origin lists now.
    pub(in crate::stitch::timeline) fn take(
        &mut self,
        playlist: &MediaPlaylist,
        around: Around<'_>,
    ) -> Took {
        let (Some(first), Some(newest)) = (playlist.segments.first(), playlist.segments.last())
        else {
            return Took::Stale;
        };
        let Some(last) = self.segments.back() else {
            self.first = first.msn;
            self.append(playlist, 0, Follow::AfterGap, around);
            if let Some(leader) = around.leader {
                self.agree(leader);
            }
            self.note(playlist, around.style);
            return Took::Next;
        };
        let last_number = last.number;
        let (known, agreed) = self.agreement(playlist);
        let listed = (self.number(first.msn), self.number(newest.msn));
        let goes_on = if known > 0 {
            agreed * 2 >= known
        } else {
            listed.0 > last_number && self.may_skip(first, listed.0 - last_number, last)
        };
        let is_older = if known > 0 {
            goes_on && listed.1 < last_number
        } else {
            !goes_on && is_before(newest, last)
        };
        if is_older && self.stale < STALE_MAX {
            self.stale += 1;
            return Took::Stale;
        }
        if is_older || !goes_on {
            return self.begin_anew(playlist, around);
        }
        self.stale = 0;
        let from = playlist
            .segments
            .partition_point(|segment| self.number(segment.msn) <= last_number);
        let follow = if listed.0 <= last_number + 1 {
            Follow::Directly
        } else {
            Follow::AfterGap
        };
        self.first = self.first.max(listed.0);
        self.append(playlist, from, follow, around);
        self.note(playlist, around.style);
        Took::Next
    }

    /// Reads what cues say before the segments from a number on.
    pub(in crate::stitch::timeline) fn mark(&mut self, playlist: &MediaPlaylist, from: u64) {
        for (place, segment) in playlist.segments.iter().enumerate() {
            let number = self.number(segment.msn);
            let known = self.place(number);
            if number < from {
                continue;
            }
            let marks = self.marks(playlist, place);
            let content = self.segments.get_mut(known);
            if let Some(content) = content.filter(|content| content.number == number) {
                content.marks = marks;
            }
        }
    }

    /// Lets go of what no playlist reaches back to any more.
    pub(in crate::stitch::timeline) fn trim(&mut self, target: u32) {
        let listed = self.place(self.first);
        let kept = Micros::from_seconds(u64::from(target) * KEPT_TARGETS);
        let mut sum = Micros::ZERO;
        let mut place = listed;
        while place > 0 && sum < kept {
            place -= 1;
            sum = sum.plus(
                self.segments
                    .get(place)
                    .map_or(Micros::ZERO, |old| old.duration),
            );
        }
        self.segments.drain(..place);
    }

    /// Position of the first segment whose number is not below.
    pub(in crate::stitch::timeline) fn place(&self, number: u64) -> usize {
        self.segments
            .partition_point(|content| content.number < number)
    }

    /// Number of the segment that comes next.
    pub(in crate::stitch::timeline) fn next(&self) -> u64 {
        self.segments.back().map_or(0, |last| last.number + 1)
    }

    /// How many segments there are from a number on.
    pub(in crate::stitch::timeline) fn count_from(&self, number: u64) -> usize {
        self.segments.len() - self.place(number)
    }

    /// The end of what is listed, on the channel's axis.
    pub(in crate::stitch::timeline) fn end(&self) -> Option<i64> {
        self.segments.back().map(Content::end)
    }

    fn number(&self, msn: u64) -> u64 {
        msn.wrapping_add_signed(self.base)
    }

    /// Another origin, or the same with numbers of its own: what is later than all that is known
    /// goes on after a discontinuity; without dates, what is nearest to the end.
    fn begin_anew(&mut self, playlist: &MediaPlaylist, around: Around<'_>) -> Took {
        let last_date = self
            .segments
            .back()
            .and_then(|last| Some(last.date?.saturating_add(last.duration.signed())));
        let is_dated = playlist
            .segments
            .iter()
            .all(|segment| segment.pdt.is_some());
        let from = match last_date {
            Some(end) if is_dated && self.stale < STALE_MAX => {
                let is_old = |segment: &Segment| {
                    let middle = segment.duration.signed() / 2;
                    segment
                        .pdt
                        .is_some_and(|date| date.saturating_add(middle) < end)
                };
                playlist.segments.partition_point(is_old)
            }
            _ => nearest(playlist),
        };
        let Some(first) = playlist.segments.get(from) else {
            self.stale += 1;
            return Took::Stale;
        };
        self.stale = 0;
        let number = self
            .segments
            .back()
            .map_or(first.msn, |last| last.number + 1);
        self.base = number.wrapping_sub(first.msn).cast_signed();
        self.first = number;
        self.append(playlist, from, Follow::Anew, around);
        self.note(playlist, around.style);
        Took::Reset
    }

    fn append(
        &mut self,
        playlist: &MediaPlaylist,
        from: usize,
        follow: Follow,
        around: Around<'_>,
    ) {
        let begin = around
            .leader
            .and_then(|leader| leader.likely_start(playlist, from));
        for (place, segment) in playlist.segments.iter().enumerate().skip(from) {
            let follow = if place == from {
                follow
            } else {
                Follow::Directly
            };
            let (dsn, split) = self.split(segment, follow);
            let mut text = render::segment(playlist, place, around.style);
            if split {
                text.mark_split();
            }
            let blind = follow != Follow::Directly;
            if blind {
                text.restate();
            }
            let start = self.start(segment, follow, (around.leader, begin));
            self.bitrates |= segment.bitrate.is_some();
            self.mapped |= segment.map > 0;
            if follow == Follow::AfterGap {
                // A list cannot skip a number: it begins anew behind the gap.
                self.segments.clear();
            }
            self.segments.push_back(Content {
                number: self.number(segment.msn),
                name: name(playlist, segment),
                start,
                duration: segment.duration,
                dsn,
                split,
                date: segment.pdt,
                blind,
                keyed: segment.key > 0,
                text,
                marks: Vec::new(),
            });
        }
    }

    /// The discontinuity number of the next segment, and whether it has a discontinuity. Counted
    /// by the tags that were seen: the origin's own count may be missing or start anew.
    fn split(&mut self, segment: &Segment, follow: Follow) -> (u64, bool) {
        let Some(last) = self.segments.back() else {
            return (segment.dsn, segment.discontinuity);
        };
        let claimed = segment.dsn.wrapping_add_signed(self.split_base);
        let split = match follow {
            Follow::Directly => segment.discontinuity,
            // One tag stands for all that were missed.
            Follow::AfterGap => claimed != last.dsn,
            Follow::Anew => true,
        };
        let dsn = last.dsn + u64::from(split);
        if follow != Follow::Directly {
            self.split_base = dsn.wrapping_sub(segment.dsn).cast_signed();
        }
        (dsn, split)
    }

    fn marks(&self, playlist: &MediaPlaylist, place: usize) -> Vec<Mark> {
        let cues = playlist.cues_at(place).iter();
        cues.map(|line| Mark {
            cue: line.cue.clone(),
            spelling: line.spelling,
            at: line.at.and_then(|date| self.instant(date)),
        })
        .collect()
    }

    fn note(&mut self, playlist: &MediaPlaylist, style: Style) {
        self.target = playlist.target;
        self.version = self.version.max(playlist.version);
        self.iframes_only = playlist.iframes_only;
        self.ended = playlist.ended;
        let first = self.segments.get(self.place(self.first));
        let text = first
            .map(|content| content.text.clone())
            .unwrap_or_default();
        self.frame = render::frame(playlist, &text, style);
    }
}

/// Position of the first segment of the last three target durations.
fn nearest(playlist: &MediaPlaylist) -> usize {
    let most = Micros::from_seconds(u64::from(playlist.target) * 3);
    let mut sum = Micros::ZERO;
    let back = playlist.segments.iter().rev().take_while(|segment| {
        sum = sum.plus(segment.duration);
        sum <= most
    });
    playlist.segments.len() - back.count().max(1)
}
