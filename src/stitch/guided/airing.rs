//! When the ads of a break are on.

use smallvec::SmallVec;

use crate::model::Micros;
use crate::stitch::breaks::{Break, BreakKind};
use crate::stitch::fill::Fill;

/// An ad in a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Airing {
    /// The number of the break.
    pub no: u32,
    /// The place of the ad in it, counted from 0.
    pub place: u16,
    /// When it begins, from where the break does by its cue.
    pub start: Micros,
    /// How long it is.
    pub duration: Micros,
}

impl Airing {
    /// When it ends, from where the break begins.
    pub const fn end(&self) -> Micros {
        self.start.plus(self.duration)
    }
}

/// The ads of a break one after another, from the boundary that they were decided from.
pub(super) fn airings(of: &Break, fill: &Fill) -> SmallVec<[Airing; 4]> {
    let mut start = begin(of, fill);
    let ads = fill.ads().iter().zip(0..);
    ads.map(|(set, place)| {
        let airing = Airing {
            no: of.no,
            place,
            start,
            duration: set.duration(),
        };
        start = airing.end();
        airing
    })
    .collect()
}

/// Where the ads begin, from where the break does by its cue.
fn begin(of: &Break, fill: &Fill) -> Micros {
    match of.kind {
        BreakKind::Insert => Micros::ZERO,
        BreakKind::Replace => {
            let boundary = of.instant(usize::from(fill.from()));
            Micros(u64::try_from(boundary.saturating_sub(of.at)).unwrap_or(0))
        }
    }
}

/// Where a break that is over ended, from where it began by its cue; none while it is on, and for
/// one that content waits for: its ads are never cut.
pub(super) fn end(of: &Break) -> Option<Micros> {
    let is_over = of.ended.is_some() && of.kind == BreakKind::Replace;
    let end = of.instant(of.last()).saturating_sub(of.at);
    is_over.then(|| Micros(u64::try_from(end).unwrap_or(0)))
}
