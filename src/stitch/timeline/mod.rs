//! One channel over time: what its origin listed, and the breaks in it.

mod facts;
mod feed;
mod policy;
mod render;
mod shared;
mod snapshot;

use std::sync::Arc;

use super::breaks::{Break, BreakKind, Detector, Ended, Event, Inserts, Mark, Step};
use crate::format::hls::{Cue, MediaPlaylist};
use crate::model::Micros;
use facts::break_id;
use feed::{Around, Feed, Took};
use render::{Dates, Style};

pub use policy::{Changes, CuePolicy, Policy, Scheduled};
pub(super) use render::{write_date, write_instant};
pub use snapshot::Snapshot;
pub(super) use snapshot::View;

/// Most breaks that are remembered. Sessions that began before the oldest one cannot go on.
pub(super) const BREAKS_MAX: usize = 4096;

/// One channel over time. Grows by rounds; kept as it is serialized, it goes on after a restart.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a channel"
)]
pub struct Timeline {
    /// One for each rendition of the channel; the first one leads.
    feeds: Vec<Feed>,
    style: Style,
    detector: Detector,
    #[serde(with = "shared")]
    breaks: Arc<Vec<Arc<Break>>>,
    /// Number of the next break.
    next_break: u32,
    /// Number of the leader's next segment beyond the edge.
    next: u64,
    /// The end of what is shown, on the channel's axis.
    edge: i64,
    /// Target duration, once known: that of the first round for good, as long as the origin keeps
    /// to it.
    target: u32,
    /// Whether cues of the segments beyond the edge were read since the start of the process.
    #[serde(skip)]
    heard: bool,
    /// Everything was there at first sight.
    complete: bool,
    ended: bool,
}

impl Timeline {
    /// A channel of so many renditions, none of which was seen yet. The first one is the leader:
    /// cues are taken from it, and its segments are where breaks begin and end.
    pub fn new(renditions: usize) -> Self {
        Self {
            feeds: (0..renditions.max(1)).map(|_| Feed::new()).collect(),
            style: Style {
                cues: CuePolicy::Strip,
                dates: Dates::Keep,
            },
            detector: Detector::new(),
            breaks: Arc::default(),
            next_break: 0,
            next: 0,
            edge: i64::MIN,
            target: 0,
            heard: false,
            complete: false,
            ended: false,
        }
    }

    /// Takes in what the origin answered: one entry for each rendition, none where nothing new
    /// was fetched. Playlists must be grounded ([`MediaPlaylist::ground`], low latency stripped).
    pub fn ingest(&mut self, round: &[Option<&MediaPlaylist>], policy: &Policy) -> Changes {
        let mut changes = Changes::default();
        let is_first = self.feeds.iter().all(|feed| feed.segments.is_empty());
        if is_first {
            self.begin(round, policy);
        }
        let inserts = if self.complete {
            Inserts::Allowed
        } else {
            Inserts::Ignored
        };
        self.detector.configure(policy.longest, inserts);
        let known = self.feeds.first().map_or(0, Feed::next);
        self.take_all(round, &mut changes);
        if is_first {
            self.schedule(policy);
        }
        let leads = round.first().copied().flatten();
        if let Some(leads) = leads.filter(|_| !changes.stale.contains(&0)) {
            self.hear_dated(leads);
            if let Some(leader) = self.feeds.first_mut() {
                leader.mark(leads, self.next);
                self.heard = true;
            }
        }
        changes.segments = self
            .feeds
            .first()
            .map_or(0, |leader| leader.count_from(known));
        self.advance(round, &mut changes);
        self.cut();
        for feed in &mut self.feeds {
            feed.trim(self.target);
        }
        self.forget();
        changes
    }

    /// The channel as it is now, for everybody.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(self)
    }

    fn begin(&mut self, round: &[Option<&MediaPlaylist>], policy: &Policy) {
        let lists = || round.iter().flatten();
        let Some(leader) = round.first().copied().flatten() else {
            return;
        };
        self.complete = leader.ended;
        let asks = |cue: &Cue| {
            matches!(
                cue,
                Cue::Out {
                    duration: Some(Micros::ZERO),
                    ..
                }
            )
        };
        let has_inserts = policy
            .schedule
            .iter()
            .any(|planned| planned.replaces == Micros::ZERO)
            || leader.cues.iter().any(|line| asks(&line.cue));
        self.style = Style {
            cues: policy.cues,
            dates: if self.complete && has_inserts {
                Dates::Drop
            } else {
                Dates::Keep
            },
        };
        self.target = lists().map(|list| list.target).max().unwrap_or(0);
    }

    fn take_all(&mut self, round: &[Option<&MediaPlaylist>], changes: &mut Changes) {
        let Some((leader, others)) = self.feeds.split_first_mut() else {
            return;
        };
        let style = self.style;
        let mut take = |feed: &mut Feed, place: usize, leader: Option<&Feed>| {
            let Some(playlist) = round.get(place).copied().flatten() else {
                return;
            };
            match feed.take(playlist, Around { leader, style }) {
                Took::Next => {}
                Took::Stale => changes.stale.push(place),
                Took::Reset => changes.reset.push(place),
            }
        };
        take(leader, 0, None);
        if leader.segments.is_empty() {
            return;
        }
        for (place, feed) in others.iter_mut().enumerate() {
            take(feed, place + 1, Some(leader));
        }
        let target = round.iter().flatten().map(|list| list.target).max();
        self.target = self.target.max(target.unwrap_or(0));
    }

    fn schedule(&mut self, policy: &Policy) {
        let begin = self
            .feeds
            .first()
            .and_then(|leader| leader.segments.front());
        let Some(begin) = begin.filter(|_| self.complete) else {
            return;
        };
        let (begin, end) = (begin.start, self.feeds.first().and_then(Feed::end));
        for planned in &policy.schedule {
            let at = begin.saturating_add(planned.at.signed());
            let at = end.map_or(at, |end| at.min(end));
            self.detector.schedule(at, planned.replaces);
        }
    }

    /// Cues with a date of their own are heard whenever they are said; the others when the edge
    /// passes their segment.
    fn hear_dated(&mut self, playlist: &MediaPlaylist) {
        let Some(leader) = self.feeds.first() else {
            return;
        };
        for line in &playlist.cues {
            let Some(at) = line.at.and_then(|date| leader.instant(date)) else {
                continue;
            };
            let mark = Mark {
                cue: line.cue.clone(),
                spelling: line.spelling,
                at: Some(at),
            };
            self.detector.hear(&mark, at);
        }
    }

    /// Moves the edge over the leader's segments, as far as the other renditions are there too: a
    /// rendition that is late is waited for, but not longer than one target duration.
    fn advance(&mut self, round: &[Option<&MediaPlaylist>], changes: &mut Changes) {
        let Some(leader) = self.feeds.first() else {
            return;
        };
        let Some(listed) = leader.end().filter(|_| self.heard) else {
            return;
        };
        let is_fresh = |place: usize| round.get(place).copied().flatten().is_some();
        let others = self.feeds.iter().enumerate().skip(1);
        let ends = others.filter(|(place, _)| is_fresh(*place));
        let covered = ends
            .filter_map(|(_, feed)| feed.end())
            .min()
            .unwrap_or(listed);
        let patience = i64::from(self.target) * 1_000_000;
        let is_shown = |middle: i64, end: i64| {
            leader.ended || middle <= covered || listed.saturating_sub(end) >= patience
        };
        let from = leader.place(self.next);
        let waiting = leader.segments.iter().skip(from);
        let ready = waiting.take_while(|content| is_shown(content.middle(), content.end()));
        for place in from..from + ready.count() {
            self.pass(place, changes);
        }
        let leader = self.feeds.first();
        if !self.ended && leader.is_some_and(|leader| leader.ended && leader.next() == self.next) {
            self.finish(changes);
        }
    }

    /// The edge passes one segment of the leader.
    fn pass(&mut self, place: usize, changes: &mut Changes) {
        let content = self
            .feeds
            .first_mut()
            .and_then(|leader| leader.segments.get_mut(place));
        let Some(content) = content else {
            return;
        };
        let marks = std::mem::take(&mut content.marks);
        let (start, end, number) = (content.start, content.end(), content.number);
        let step = Step {
            start,
            duration: content.duration,
            blind: content.blind,
            marks: &marks,
        };
        let turn = self.detector.step(&step);
        if let Some(why) = turn.close {
            self.close(why, changes);
        }
        for event in turn.open {
            self.open(event, start, changes);
        }
        self.next = number + 1;
        self.edge = end;
        let Some(event) = self.detector.open() else {
            return;
        };
        let event = event.clone();
        if let Some(open) = Arc::make_mut(&mut self.breaks)
            .last_mut()
            .map(Arc::make_mut)
        {
            let offset = u64::try_from(end - open.from).unwrap_or(0);
            open.offsets.push(Micros(offset));
            open.planned = event.duration;
            open.end = event.end;
        }
        if let Some(why) = self.detector.reach(end) {
            self.close(why, changes);
        }
    }

    fn finish(&mut self, changes: &mut Changes) {
        self.ended = true;
        let turn = self.detector.finish();
        if let Some(why) = turn.close {
            self.close(why, changes);
        }
        for event in turn.open {
            self.open(event, self.edge, changes);
        }
    }

    fn open(&mut self, event: Event, from: i64, changes: &mut Changes) {
        let leader = self.feeds.first();
        let date = |instant| leader.and_then(|leader| leader.date(instant));
        let date = |instant| date(instant).filter(|_| self.style.dates == Dates::Keep);
        let no = self.next_break;
        let (start_date, from_date) = (date(event.at), date(from));
        let first = leader.and_then(|leader| Some(leader.cut(from)?.number));
        let ended = (event.kind == BreakKind::Insert).then_some(Ended::Planned);
        let mut id = break_id(&event, start_date, first.unwrap_or(self.next));
        if self
            .breaks
            .iter()
            .rev()
            .take(64)
            .any(|known| known.id == id)
        {
            id = format!("{id}-{no}");
        }
        let opened = Break {
            no,
            id,
            kind: event.kind,
            at: event.at,
            start_date,
            planned: event.duration,
            upid: event.upid,
            from,
            from_date,
            offsets: vec![Micros::ZERO],
            ended,
            end: event.end,
            cuts: vec![Vec::new(); self.feeds.len()],
            totals: Vec::new(),
        };
        self.next_break += 1;
        changes.opened.push(no);
        if ended.is_some() {
            changes.closed.push(no);
        }
        Arc::make_mut(&mut self.breaks).push(Arc::new(opened));
    }

    fn close(&mut self, why: Ended, changes: &mut Changes) {
        if let Some(open) = Arc::make_mut(&mut self.breaks)
            .last_mut()
            .map(Arc::make_mut)
        {
            open.ended = Some(why);
            changes.closed.push(open.no);
        }
    }

    fn forget(&mut self) {
        let over = self.breaks.len().saturating_sub(BREAKS_MAX);
        if over > 0 {
            Arc::make_mut(&mut self.breaks).drain(..over);
        }
    }
}
