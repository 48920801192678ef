//! A channel at one instant: immutable, shared by every request.

use std::sync::Arc;

use super::Timeline;
use super::feed::{Content, Feed};
use crate::model::Micros;
use crate::model::rendition::RenditionSet;
use crate::stitch::breaks::Break;
use crate::stitch::fill::{self, FillError};

/// A channel at one instant: its content as text ready to copy, and its breaks.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub(in crate::stitch) views: Vec<View>,
    breaks: Arc<Vec<Arc<Break>>>,
    next_break: u32,
    /// Seconds.
    pub(in crate::stitch) target: u32,
    complete: bool,
    ended: bool,
}

/// One rendition of it.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of one rendition"
)]
pub(in crate::stitch) struct View {
    pub(in crate::stitch) rows: Vec<Row>,
    /// The lines of all rows, one after another.
    pub(in crate::stitch) text: String,
    /// What rows need before them where they do not follow the one before.
    pub(in crate::stitch) leads: String,
    /// Date ranges of rows, by position.
    pub(in crate::stitch) ranges: Vec<(usize, String)>,
    /// Position of the first row that the origin lists.
    pub(in crate::stitch) first: usize,
    /// Position behind the last row that is shown.
    pub(in crate::stitch) shown: usize,
    /// Everything before the media sequence number.
    pub(in crate::stitch) head: String,
    /// Everything between the numbers and the segments.
    pub(in crate::stitch) header: String,
    /// Everything after the segments.
    pub(in crate::stitch) tail: String,
    pub(in crate::stitch) iframes_only: bool,
    pub(in crate::stitch) mapped: bool,
    pub(in crate::stitch) dated: bool,
    pub(in crate::stitch) bitrates: bool,
    pub(in crate::stitch) ended: bool,
    /// Of the first listed and of the last shown row.
    dates: Option<(i64, i64)>,
}

/// One segment of content.
#[derive(Debug, Clone, Copy)]
pub(in crate::stitch) struct Row {
    pub(in crate::stitch) number: u64,
    pub(in crate::stitch) start: i64,
    /// The time of all rows before it.
    pub(in crate::stitch) time: Micros,
    pub(in crate::stitch) duration: Micros,
    pub(in crate::stitch) dsn: u64,
    pub(in crate::stitch) split: bool,
    pub(in crate::stitch) keyed: bool,
    /// Where its lines begin in `text`.
    pub(in crate::stitch) text: u32,
    /// Length of the line of its discontinuity.
    pub(in crate::stitch) split_line: u32,
    /// Where its lead begins in `leads`.
    pub(in crate::stitch) lead: u32,
}

impl Snapshot {
    pub(super) fn new(timeline: &Timeline) -> Self {
        let version = |feed: &Feed| version(feed, &timeline.feeds);
        let views = timeline.feeds.iter();
        Self {
            views: views
                .map(|feed| View::new(feed, timeline, version(feed)))
                .collect(),
            breaks: Arc::clone(&timeline.breaks),
            next_break: timeline.next_break,
            target: timeline.target,
            complete: timeline.complete,
            ended: timeline.ended,
        }
    }

    /// Target duration, seconds: no segment of an ad may be longer.
    pub const fn target(&self) -> u32 {
        self.target
    }

    /// Whether everything was there at first sight: on demand.
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// Whether the channel has ended.
    pub const fn has_ended(&self) -> bool {
        self.ended
    }

    /// Whether there is something of a rendition to show.
    pub fn is_ready(&self, rendition: usize) -> bool {
        self.views.get(rendition).is_some_and(|view| view.shown > 0)
    }

    /// Every break that is remembered, oldest first. At most the last one is on.
    pub fn breaks(&self) -> &[Arc<Break>] {
        &self.breaks
    }

    /// Number of the oldest break that is remembered.
    pub fn first_break(&self) -> u32 {
        self.breaks
            .first()
            .map_or(self.next_break, |first| first.no)
    }

    /// Number that the next break will have.
    pub const fn next_break(&self) -> u32 {
        self.next_break
    }

    /// A break by its number.
    pub fn find(&self, no: u32) -> Option<&Break> {
        let place = no.checked_sub(self.first_break())?;
        self.breaks.get(place as usize).map(AsRef::as_ref)
    }

    /// Breaks from a number on.
    pub fn breaks_from(&self, no: u32) -> impl Iterator<Item = &Break> {
        let place = no.saturating_sub(self.first_break());
        self.breaks.iter().skip(place as usize).map(AsRef::as_ref)
    }

    /// Where the leader's first listed segment and its last shown one are dated, microseconds
    /// since 1970; none where the origin does not date its segments.
    pub fn dates(&self) -> Option<(i64, i64)> {
        self.views.first()?.dates
    }

    /// Whether an ad or a slate can stand in this channel.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self, set: &RenditionSet) -> Result<(), FillError> {
        let channel = self.views.iter().map(|view| (view.mapped, self.target));
        fill::check(set, &channel.collect::<Vec<_>>())
    }

    /// Whether everything of a break up to a boundary, and a segment more, has left what
    /// playlists can show.
    pub(in crate::stitch) fn has_left(&self, of: &Break, boundary: usize) -> bool {
        let has_left = |(rendition, view): (usize, &View)| {
            let cut = of.cut(rendition, boundary);
            let first = view.rows.first();
            cut.zip(first)
                .is_some_and(|(cut, first)| cut.number < first.number)
        };
        !of.totals.is_empty() && self.views.iter().enumerate().all(has_left)
    }
}

/// The version that the origin's lines and ours need (rfc8216bis §8).
fn version(feed: &Feed, feeds: &[Feed]) -> u16 {
    let mut needed = 3;
    if feed.iframes_only {
        needed = 4;
    }
    if feed.mapped {
        needed = if feed.iframes_only { 5 } else { 6 };
    }
    let highest = feeds.iter().map(|feed| feed.version).max().unwrap_or(1);
    needed.max(highest)
}

impl View {
    fn new(feed: &Feed, timeline: &Timeline, version: u16) -> Self {
        let mut view = Self {
            first: feed.place(feed.first),
            iframes_only: feed.iframes_only,
            mapped: feed.mapped,
            bitrates: feed.bitrates,
            ended: feed.ended,
            header: feed.frame.header.clone(),
            tail: feed.frame.tail.clone(),
            ..Self::default()
        };
        let target = timeline.target;
        view.head = format!(
            "#EXTM3U\n#EXT-X-VERSION:{version}\n#EXT-X-TARGETDURATION:{target}\n#EXT-X-MEDIA-SEQUENCE:"
        );
        view.rows.reserve_exact(feed.segments.len());
        view.text.reserve(
            feed.segments
                .iter()
                .map(|content| content.text.plain.len())
                .sum(),
        );
        let mut time = Micros::ZERO;
        for content in &feed.segments {
            view.push(content, time);
            time = time.plus(content.duration);
        }
        let is_shown = |content: &Content| content.middle() < timeline.edge || timeline.ended;
        view.shown = feed.segments.partition_point(is_shown);
        let keeps = timeline.style.dates == super::Dates::Keep;
        view.dated = keeps && feed.segments.iter().any(|content| content.date.is_some());
        let first = feed
            .segments
            .get(view.first)
            .and_then(|content| content.date);
        let last = view
            .shown
            .checked_sub(1)
            .and_then(|last| feed.segments.get(last)?.date);
        view.dates = first.zip(last).filter(|_| view.dated);
        view
    }

    fn push(&mut self, content: &Content, time: Micros) {
        let place = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.rows.push(Row {
            number: content.number,
            start: content.start,
            time,
            duration: content.duration,
            dsn: content.dsn,
            split: content.split,
            keyed: content.keyed,
            text: place(&self.text),
            split_line: content.text.split,
            lead: place(&self.leads),
        });
        self.text.push_str(&content.text.plain);
        self.leads.push_str(&content.text.lead);
        if !content.text.ranges.is_empty() {
            let ranges = (self.rows.len() - 1, content.text.ranges.clone());
            self.ranges.push(ranges);
        }
    }

    /// The end of what is listed, on the channel's axis.
    pub(in crate::stitch) fn end(&self) -> i64 {
        let last = self.rows.last();
        last.map_or(i64::MIN, |last| {
            last.start.saturating_add(last.duration.signed())
        })
    }

    /// Position of the first row whose number is not below.
    pub(in crate::stitch) fn place(&self, number: u64) -> usize {
        self.rows.partition_point(|row| row.number < number)
    }

    /// The time of the rows from one position to another.
    pub(in crate::stitch) fn time(&self, from: usize, to: usize) -> Micros {
        let time = |place: usize| match self.rows.get(place) {
            Some(row) => row.time,
            None => self
                .rows
                .last()
                .map_or(Micros::ZERO, |last| last.time.plus(last.duration)),
        };
        time(to).minus(time(from))
    }

    /// The lines of the rows from one position to another.
    pub(in crate::stitch) fn lines(&self, from: usize, to: usize) -> &str {
        let start = self
            .rows
            .get(from)
            .map_or(self.text.len(), |row| row.text as usize);
        let end = self
            .rows
            .get(to)
            .map_or(self.text.len(), |row| row.text as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// What the row at a position needs before it where it does not follow the one before.
    pub(in crate::stitch) fn lead(&self, place: usize) -> &str {
        let start = self
            .rows
            .get(place)
            .map_or(self.leads.len(), |row| row.lead as usize);
        let end = self
            .rows
            .get(place + 1)
            .map_or(self.leads.len(), |row| row.lead as usize);
        self.leads.get(start..end).unwrap_or_default()
    }
}
