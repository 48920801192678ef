//! The segments of ads and slates of one break, in order.

use super::Spot;
use crate::model::Micros;
use crate::model::rendition::RenditionSet;
use crate::stitch::fill::{Fill, Shown};

/// One segment of an ad or a slate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bit<'a> {
    pub(super) spot: Spot,
    pub(super) set: &'a RenditionSet,
    /// Position in the tracks of the set.
    pub(super) segment: usize,
    /// Where it begins and ends by the leader, microseconds from the start of the fill.
    pub(super) start: i64,
    pub(super) end: i64,
    /// How long it is in this rendition.
    pub(super) duration: Micros,
    /// Whether a discontinuity stands before it.
    pub(super) splits: bool,
}

/// Every segment shown of a fill; none where a set lacks the track.
pub(super) fn bits<'a>(fill: &'a Fill, shown: &Shown, rendition: usize) -> Option<Vec<Bit<'a>>> {
    let mut bits = Vec::with_capacity(shown.segments + shown.slates.len());
    let mut at = 0;
    let mut left = shown.segments;
    for (place, ad) in (0..).zip(fill.ads()) {
        let count = ad.count().min(left);
        left -= count;
        for segment in 0..count {
            let bit = bit((Spot::Ad(place), &**ad), segment, rendition, at)?;
            at = bit.end;
            bits.push(Bit {
                splits: segment == 0,
                ..bit
            });
        }
    }
    for (place, piece) in (0..).zip(&shown.slates) {
        let slate = fill.slate()?;
        let bit = bit(
            (Spot::Slate(place), &**slate),
            usize::from(*piece),
            rendition,
            at,
        )?;
        at = bit.end;
        bits.push(bit);
    }
    Some(bits)
}

fn bit(of: (Spot, &RenditionSet), segment: usize, rendition: usize, start: i64) -> Option<Bit<'_>> {
    let (spot, set) = of;
    let leading = set.leader()?.segments.get(segment)?;
    let own = set.tracks.get(rendition)?.segments.get(segment)?;
    Some(Bit {
        spot,
        set,
        segment,
        start,
        end: start.saturating_add(leading.duration.signed()),
        duration: own.duration,
        splits: true,
    })
}
