//! What one session gets in one break, and how much of it content has paid for.

use std::sync::Arc;

use smallvec::SmallVec;

use super::breaks::{Break, BreakKind, TOLERANCE};
use crate::model::Micros;
use crate::model::rendition::{RenditionSet, Track};

/// Most pieces of slate in one break.
const SLATES_MAX: usize = 512;
/// Most ads of one break.
pub(super) const ADS_MAX: usize = 64;
/// Most that ads may take back of what earlier breaks left over, and so the most that dates of
/// ads and content overlap: less than a second (rfc8216bis §6.2.1).
const CARRY_MAX: i64 = 900_000;
/// What begins in a break begins at least this much before its end.
const BEFORE_MIN: i64 = 10_000;

/// What follows the ads when they are shorter than the break.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
pub enum Remainder {
    /// The slate, to the end of the break; content where there is no slate.
    #[default]
    Slate,
    /// The content of the break, from the next boundary on.
    Content,
}

/// What one session gets in one break. Decided once, and then never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    ads: SmallVec<[Arc<RenditionSet>; 4]>,
    slate: Option<Arc<RenditionSet>>,
    /// Microseconds that earlier breaks left over; below zero what they took too much.
    carry: i32,
    from: u16,
    remainder: Remainder,
}

/// Why ads cannot stand in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// Not the tracks of the channel.
    #[error("the ad has {ad} tracks and the channel {channel} renditions")]
    Tracks {
        /// Of the ad.
        ad: usize,
        /// Of the channel.
        channel: usize,
    },
    /// Its tracks do not have the same count of segments.
    #[error("the tracks of the ad do not have the same count of segments")]
    Uneven,
    /// A segment is longer than the target duration.
    #[error("a segment of {seconds} s is longer than the target duration of {target} s")]
    Long {
        /// The segment, rounded as players do.
        seconds: u64,
        /// Of the channel.
        target: u32,
    },
    /// A transport stream after fragments: nothing takes back an `EXT-X-MAP`.
    #[error("a transport stream cannot follow content with an initialisation section")]
    Container,
    /// More ads than one break may have.
    #[error("more than {most} ads in one break")]
    TooMany {
        /// How many may be.
        most: usize,
    },
}

/// How much of a fill is shown, and where content comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Segments of ads, from the first.
    pub(super) segments: usize,
    /// Pieces of slate after them.
    pub(super) slates: SmallVec<[u16; 8]>,
    /// The boundary at which content comes back; none while ads may still come.
    pub(super) until: Option<usize>,
    /// What is left for the next break.
    pub(super) carry: i32,
}

/// Segments of ads that content has paid for.
#[derive(Debug, Clone, Copy)]
struct Paid {
    segments: usize,
    /// Whether these are all.
    whole: bool,
    /// Their time, microseconds.
    used: i64,
    /// Where the last of them begins, from the first.
    last: i64,
}

impl Fill {
    /// Ads in order, for a break from its beginning.
    pub fn new(ads: impl IntoIterator<Item = Arc<RenditionSet>>) -> Self {
        Self {
            ads: ads.into_iter().take(ADS_MAX).collect(),
            slate: None,
            carry: 0,
            from: 0,
            remainder: Remainder::Slate,
        }
    }

    /// The same from a later boundary of the break, with what earlier breaks left over: both as
    /// an [`Opportunity`](super::Opportunity) says.
    #[must_use]
    pub fn starting(self, from: u16, carry: i32) -> Self {
        Self {
            carry,
            from,
            ..self
        }
    }

    /// The same with a slate for what ads leave over.
    #[must_use]
    pub fn with_slate(self, slate: Option<Arc<RenditionSet>>, remainder: Remainder) -> Self {
        Self {
            slate,
            remainder,
            ..self
        }
    }

    /// The ads.
    pub fn ads(&self) -> &[Arc<RenditionSet>] {
        &self.ads
    }

    /// The slate.
    pub fn slate(&self) -> Option<&Arc<RenditionSet>> {
        self.slate.as_ref()
    }

    /// The boundary of the break from which it fills.
    pub const fn from(&self) -> u16 {
        self.from
    }

    /// What earlier breaks left over, microseconds.
    pub const fn carry(&self) -> i32 {
        self.carry
    }

    /// What follows the ads.
    pub const fn remainder(&self) -> Remainder {
        self.remainder
    }

    /// The time of all ads.
    pub fn duration(&self) -> Micros {
        self.ads.iter().map(|ad| ad.duration()).sum()
    }

    /// How many whole ads fit into `room`, from the first: what does not is to be left out.
    pub fn fitting<'a>(ads: impl IntoIterator<Item = &'a RenditionSet>, room: Micros) -> usize {
        let room = room.plus(Micros(TOLERANCE.unsigned_abs()));
        let mut used = Micros::ZERO;
        ads.into_iter()
            .take(ADS_MAX)
            .take_while(|ad| {
                used = used.plus(ad.duration());
                used <= room
            })
            .count()
    }

    /// What of this fill is shown in the state of its break; none if content is.
    pub(super) fn shown(&self, of: &Break) -> Option<Shown> {
        let from = usize::from(self.from);
        let start = of.offsets.get(from).copied()?.signed();
        let exposed = of.elapsed().signed() - start;
        let carry = i64::from(self.carry);
        let is_insert = of.kind == BreakKind::Insert;
        let paid = if is_insert {
            i64::MAX
        } else {
            exposed.saturating_add(carry)
        };
        let until = if is_insert { i64::MAX } else { exposed };
        let Paid {
            segments,
            whole,
            used,
            last,
        } = self.paid(paid, until);
        if !self.ads.is_empty() && segments == 0 && of.ended.is_some() {
            return None;
        }
        let (until, room) = if is_insert {
            (Some(from), used)
        } else if whole && self.returns_to_content() {
            let until = self.boundary_after(of, (used - carry).max(last + BEFORE_MIN))?;
            let end = of.offsets.get(until).copied().unwrap_or_default();
            (Some(until), end.signed() - start + carry)
        } else if of.ended.is_some() {
            (Some(of.last()), paid)
        } else {
            (None, paid)
        };
        let may_slate = whole || of.ended.is_some();
        let (slates, left) = self.slates(
            until,
            may_slate.then_some((room - used, room - carry - used)),
        );
        if until == Some(from) && !is_insert {
            return None;
        }
        if segments == 0 && slates.is_empty() && until.is_some() {
            return None;
        }
        let carry = if is_insert {
            self.carry
        } else {
            let left = left.unwrap_or(room - used);
            i32::try_from(left.clamp(-CARRY_MAX, CARRY_MAX)).unwrap_or(0)
        };
        Some(Shown {
            segments,
            slates,
            until,
            carry,
        })
    }

    /// Segments of ads that content has paid for. Each begins before `until`, so that it is dated before the content that follows.
    fn paid(&self, paid: i64, until: i64) -> Paid {
        let mut so_far = Paid {
            segments: 0,
            whole: false,
            used: 0,
            last: 0,
        };
        for ad in &self.ads {
            for segment in ad.leader().map_or(&[][..], |track| &track.segments) {
                let used = so_far.used;
                let next = used.saturating_add(segment.duration.signed());
                if next > paid.saturating_add(TOLERANCE) || used > until - BEFORE_MIN {
                    return so_far;
                }
                so_far.used = next;
                so_far.last = used;
                so_far.segments += 1;
            }
        }
        so_far.whole = true;
        so_far
    }

    /// Whether content comes back before the break is over.
    fn returns_to_content(&self) -> bool {
        self.remainder == Remainder::Content || self.slate.is_none()
    }

    /// The first boundary that lies at or after a time from where this fill begins.
    fn boundary_after(&self, of: &Break, time: i64) -> Option<usize> {
        let from = usize::from(self.from);
        let start = of.offsets.get(from).copied()?.signed();
        let reaches = |end: &Micros| end.signed() - start >= time - TOLERANCE;
        of.offsets
            .iter()
            .skip(from)
            .position(reaches)
            .map(|place| from + place)
    }

    /// Pieces of slate for the room, each of which begins before the end, and what they leave of
    /// the room. Before the end of the break is known only the longest piece is taken: that is
    /// what comes first whatever the end will be.
    fn slates(
        &self,
        until: Option<usize>,
        room_and_end: Option<(i64, i64)>,
    ) -> (SmallVec<[u16; 8]>, Option<i64>) {
        let mut pieces = SmallVec::new();
        let (Some(slate), Some((mut room, mut end))) = (&self.slate, room_and_end) else {
            return (pieces, room_and_end.map(|(room, _)| room));
        };
        let Some(longest) = slate.count().checked_sub(1) else {
            return (pieces, Some(room));
        };
        while pieces.len() < SLATES_MAX && end >= BEFORE_MIN {
            let open = Micros(u64::try_from(room.saturating_add(TOLERANCE)).unwrap_or(0));
            let Some(piece) = slate.piece(open) else {
                break;
            };
            if until.is_none() && piece != longest {
                break;
            }
            let length = slate.leader().and_then(|track| track.segments.get(piece));
            let length = length.map_or(0, |segment| segment.duration.signed());
            let Ok(place) = u16::try_from(piece) else {
                break;
            };
            if length == 0 {
                break;
            }
            pieces.push(place);
            room -= length;
            end -= length;
        }
        (pieces, Some(room))
    }
}

/// Whether a set can stand in a channel.
pub(super) fn check(set: &RenditionSet, channel: &[(bool, u32)]) -> Result<(), FillError> {
    if set.tracks.len() != channel.len() {
        return Err(FillError::Tracks {
            ad: set.tracks.len(),
            channel: channel.len(),
        });
    }
    let count = set.count();
    for (track, (mapped, target)) in set.tracks.iter().zip(channel) {
        check_track(track, count, (*mapped, *target))?;
    }
    Ok(())
}

fn check_track(track: &Track, count: usize, channel: (bool, u32)) -> Result<(), FillError> {
    let (mapped, target) = channel;
    if track.segments.len() != count {
        return Err(FillError::Uneven);
    }
    if mapped && !track.has_init() {
        return Err(FillError::Container);
    }
    let longest = track.segments.iter().map(|segment| segment.duration).max();
    let seconds = longest.unwrap_or_default().rounded_seconds();
    if seconds > u64::from(target) {
        return Err(FillError::Long { seconds, target });
    }
    Ok(())
}
