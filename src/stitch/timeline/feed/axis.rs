//! Where the segments of a rendition lie on the channel's axis, by dates or by likeness.

use super::{Content, Feed, Follow};
use crate::format::hls::{MediaPlaylist, Segment};
use crate::model::Micros;
use crate::stitch::breaks::Cut;

impl Feed {
    /// The instant of a date on the channel's axis: by the last segment that is not later.
    pub(in crate::stitch::timeline) fn instant(&self, date: i64) -> Option<i64> {
        let is_later = |content: &Content| content.date.is_some_and(|begin| begin > date);
        let place = self.segments.partition_point(|content| !is_later(content));
        let content = self.segments.get(place.saturating_sub(1))?;
        Some(
            content
                .start
                .saturating_add(date.saturating_sub(content.date?)),
        )
    }

    /// The date of an instant of the channel's axis.
    pub(in crate::stitch::timeline) fn date(&self, instant: i64) -> Option<i64> {
        let place = self
            .segments
            .partition_point(|content| content.start <= instant);
        let content = self.segments.get(place.saturating_sub(1))?;
        Some(
            content
                .date?
                .saturating_add(instant.saturating_sub(content.start)),
        )
    }

    /// The boundary nearest to an instant; none while it is not known to be behind everything.
    pub(in crate::stitch::timeline) fn cut(&self, instant: i64) -> Option<Cut> {
        let place = self
            .segments
            .partition_point(|content| content.middle() < instant);
        let before = place
            .checked_sub(1)
            .and_then(|before| self.segments.get(before));
        match (self.segments.get(place), before) {
            (Some(content), before) => Some(Cut {
                number: content.number,
                before: before.map_or(
                    content.dsn.saturating_sub(u64::from(content.split)),
                    |before| before.dsn,
                ),
                at: content.dsn,
            }),
            (None, Some(last)) if self.ended => Some(Cut {
                number: last.number + 1,
                before: last.dsn,
                at: last.dsn,
            }),
            (None, _) => None,
        }
    }

    /// Counts discontinuities as the leader does: what an origin that does not count them itself
    /// lists of a rendition may begin before one that the leader's list begins after.
    pub(super) fn agree(&mut self, leader: &Self) {
        let leads = |content: &Content| {
            let place = leader
                .segments
                .partition_point(|lead| lead.end() <= content.middle());
            let lead = leader.segments.get(place)?;
            (lead.start <= content.middle()).then_some(lead.dsn.cast_signed())
        };
        let both = |content: &Content| Some((leads(content)?, content.dsn.cast_signed()));
        let Some((theirs, own)) = self.segments.iter().rev().find_map(both) else {
            return;
        };
        self.split_base = theirs - own;
        // There are no numbers below zero.
        let base = self.split_base;
        let too_old =
            |content: &Content| content.dsn.cast_signed() + base < i64::from(content.split);
        let count = self.segments.partition_point(too_old);
        self.segments.drain(..count);
        for content in &mut self.segments {
            content.dsn = content.dsn.wrapping_add_signed(base);
        }
        self.first = self
            .segments
            .front()
            .map_or(self.first, |first| first.number);
    }

    /// Where the next segment begins on the channel's axis.
    pub(super) fn start(
        &self,
        segment: &Segment,
        follow: Follow,
        (leader, begin): (Option<&Self>, Option<i64>),
    ) -> i64 {
        let last = self.segments.back();
        let Some(leader) = leader else {
            return self.leading_start(segment, follow);
        };
        let after = last.map(Content::end);
        let target = i64::from(self.target.max(leader.target)) * 1_000_000;
        let is_near = |start: &i64, most: i64| {
            after.is_none_or(|after| {
                follow != Follow::Directly || start.saturating_sub(after).saturating_abs() <= most
            })
        };
        let by_date = segment.pdt.and_then(|date| leader.instant(date));
        let start = by_date.filter(|start| is_near(start, 2 * target));
        let start = start.or_else(|| {
            let number = leader.number(segment.msn);
            let twin = leader.segments.get(leader.place(number));
            let twin = twin.filter(|twin| twin.number == number && segment.pdt.is_none())?;
            (is_alike(twin, segment) && is_near(&twin.start, target / 2)).then_some(twin.start)
        });
        let first = || leader.segments.front().map_or(0, |first| first.start);
        let start = start
            .or(after)
            .unwrap_or_else(|| begin.unwrap_or_else(first));
        last.map_or(start, |last| start.max(last.start.saturating_add(1)))
    }

    /// Where a rendition without dates most likely begins, if this feed leads it: by segments of
    /// the same number, where most are as long, or by a discontinuity of the same number. What
    /// has ended is there from its beginning.
    pub(super) fn likely_start(&self, playlist: &MediaPlaylist, from: usize) -> Option<i64> {
        if playlist.ended {
            return None;
        }
        let (mut before, mut known, mut alike) = (0_i64, 0, 0);
        let (mut by_twin, mut by_split) = (None, None);
        for segment in playlist.segments.iter().skip(from) {
            let number = self.number(segment.msn);
            let twin = self.segments.get(self.place(number));
            if let Some(twin) = twin.filter(|twin| twin.number == number) {
                known += 1;
                alike += usize::from(is_alike(twin, segment));
                by_twin = by_twin.or(Some(twin.start.saturating_sub(before)));
            }
            if segment.discontinuity && by_split.is_none() {
                let same = |content: &&Content| content.split && content.dsn == segment.dsn;
                let twin = self.segments.iter().find(same);
                by_split = twin.map(|twin| twin.start.saturating_sub(before));
            }
            before = before.saturating_add(segment.duration.signed());
        }
        by_twin.filter(|_| alike * 2 > known).or(by_split)
    }

    fn leading_start(&self, segment: &Segment, follow: Follow) -> i64 {
        let Some(last) = self.segments.back() else {
            return segment.pdt.unwrap_or(0);
        };
        if follow != Follow::AfterGap {
            return last.end();
        }
        let apart = segment
            .pdt
            .zip(last.date)
            .map(|(date, before)| date - before);
        let missed = self.number(segment.msn).saturating_sub(last.number + 1);
        let counted = Micros::from_seconds(missed.saturating_mul(u64::from(self.target)));
        match apart {
            Some(apart) if apart >= last.duration.signed() => last.start.saturating_add(apart),
            _ => last.end().saturating_add(counted.signed()),
        }
    }
}

/// Whether two segments of different renditions are as long, but for audio frames.
fn is_alike(content: &Content, segment: &Segment) -> bool {
    content.duration.distance(segment.duration) <= Micros(50_000)
}
