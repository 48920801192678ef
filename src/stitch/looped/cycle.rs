//! One turn through all assets and breaks, laid out once.

use super::{Asset, BreakPoint, LoopError, Piece, Plan, SEGMENTS_MAX};
use crate::model::Micros;

/// What a stretch without a discontinuity inside is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Content.
    Content,
    /// Filler of a break, counted from 0 within the cycle.
    Break(usize),
}

/// One break as it came out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Laid {
    /// When it starts, in microseconds from the start of the cycle.
    pub(super) start: u64,
    pub(super) length: u64,
}

/// One segment in the cycle of one rendition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// When it starts, in microseconds from the start of the cycle.
    pub(super) start: u64,
    /// When it may be listed: at its end, or at the end of its stretch if that is earlier.
    pub(super) ready: u64,
    pub(super) part: Part,
    /// Whether a discontinuity stands before it.
    pub(super) splits: bool,
    /// The asset, the filler being the one after the last, and the segment of it.
    pub(super) piece: (usize, usize),
}

/// The cycle of one rendition.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) rendition: usize,
    pub(super) items: Vec<Item>,
    /// For each item how many discontinuities stand before it and at it.
    pub(super) splits: Vec<u64>,
}

/// One turn through all assets and breaks.
#[derive(Debug, Clone, Default)]
pub(super) struct Cycle {
    /// Microseconds.
    pub(super) length: u64,
    pub(super) rows: Vec<Row>,
    pub(super) breaks: Vec<Laid>,
    longest: u64,
}

impl Cycle {
    pub(super) fn lay(plan: &Plan) -> Result<Self, LoopError> {
        check(plan)?;
        let renditions = plan.assets.first().map_or(0, |asset| asset.tracks.len());
        let mut cycle = Self {
            rows: (0..renditions)
                .map(|rendition| Row {
                    rendition,
                    ..Row::default()
                })
                .collect(),
            ..Self::default()
        };
        let mut breaks = plan.breaks.clone();
        breaks.sort();
        for (index, asset) in plan.assets.iter().enumerate() {
            let own: Vec<&BreakPoint> = breaks.iter().filter(|one| one.asset == index).collect();
            cycle.asset(plan, (index, asset), &own)?;
        }
        for row in &mut cycle.rows {
            let mut count = 0;
            row.splits = row
                .items
                .iter()
                .map(|item| {
                    count += u64::from(item.splits);
                    count
                })
                .collect();
        }
        Ok(cycle)
    }

    /// The longest segment in whole seconds, rounded up: it holds for every version.
    pub(super) const fn target(&self) -> u64 {
        self.longest.div_ceil(1_000_000)
    }

    /// One asset with its breaks.
    fn asset(
        &mut self,
        plan: &Plan,
        (index, asset): (usize, &Asset),
        breaks: &[&BreakPoint],
    ) -> Result<(), LoopError> {
        let ends = boundaries(&asset.tracks);
        let leader = ends.first().map_or(&[][..], Vec::as_slice);
        let count = leader.len() - 1;
        let mut from = 0;
        for point in breaks {
            let to = nearest(leader, point.offset.0).max(from);
            self.stretch(asset, index, Part::Content, (from, to))?;
            self.fill(plan, point.length.0)?;
            from = to;
        }
        self.stretch(asset, index, Part::Content, (from, count))
    }

    /// The filler of one break: again from its start until the break is full.
    fn fill(&mut self, plan: &Plan, length: u64) -> Result<(), LoopError> {
        let number = self.breaks.len();
        let start = self.length;
        let ends = boundaries(&plan.filler.tracks);
        let leader = ends.first().map_or(&[][..], Vec::as_slice);
        let whole = leader.last().copied().unwrap_or(0);
        let filler = plan.assets.len();
        let mut rest = length;
        loop {
            let to = if rest >= whole {
                leader.len() - 1
            } else {
                nearest(leader, rest)
            };
            // A break is at least one segment long, and ends where less than half of one is left.
            let is_first = self.length == start;
            let to = if is_first { to.max(1) } else { to };
            if to == 0 {
                break;
            }
            self.stretch(&plan.filler, filler, Part::Break(number), (0, to))?;
            rest = rest.saturating_sub(leader.get(to).copied().unwrap_or(whole));
            if to < leader.len() - 1 {
                break;
            }
        }
        self.breaks.push(Laid {
            start,
            length: self.length - start,
        });
        Ok(())
    }

    /// Segments of one asset from one boundary of the leader to another, in every rendition.
    fn stretch(
        &mut self,
        asset: &Asset,
        index: usize,
        part: Part,
        (from, to): (usize, usize),
    ) -> Result<(), LoopError> {
        if from == to {
            return Ok(());
        }
        let ends = boundaries(&asset.tracks);
        let at = |boundary: usize| {
            let leader = ends.first().and_then(|leader| leader.get(boundary));
            leader.copied().unwrap_or(0)
        };
        let (begin, end) = (at(from), at(to));
        let start = self.length;
        let last = ends.first().map_or(0, |leader| leader.len() - 1);
        for (row, (track, ends)) in self.rows.iter_mut().zip(asset.tracks.iter().zip(&ends)) {
            // The end of the asset is the end in every rendition, however long it is there.
            let near = |boundary: usize, time: u64| match boundary {
                0 => 0,
                boundary if boundary == last => track.len(),
                _ => nearest(ends, time),
            };
            let (own_from, own_to) = (near(from, begin), near(to, end));
            if own_from >= own_to {
                return Err(LoopError::Coarse {
                    asset: index,
                    rendition: row.rendition,
                });
            }
            if row.items.len() + own_to - own_from > SEGMENTS_MAX {
                return Err(LoopError::TooMany);
            }
            let mut passed = start;
            for (offset, piece) in track.iter().enumerate().take(own_to).skip(own_from) {
                let begins = passed;
                passed += piece.duration.0;
                self.longest = self.longest.max(piece.duration.0);
                row.items.push(Item {
                    start: begins,
                    ready: passed.min(start + (end - begin)),
                    part,
                    splits: offset == own_from,
                    piece: (index, offset),
                });
            }
        }
        self.length = start + (end - begin);
        Ok(())
    }
}

/// Everything that can be said before laying anything out.
fn check(plan: &Plan) -> Result<(), LoopError> {
    let Some(first) = plan.assets.first() else {
        return Err(LoopError::Empty);
    };
    let expected = first.tracks.len();
    if expected == 0 {
        return Err(LoopError::Empty);
    }
    let filler = (!plan.breaks.is_empty()).then_some(&plan.filler);
    for (asset, tracks) in plan.assets.iter().chain(filler).enumerate() {
        let found = tracks.tracks.len();
        if found != expected {
            return Err(LoopError::Renditions {
                asset,
                found,
                expected,
            });
        }
        let is_empty = |track: &Vec<Piece>| {
            track.is_empty() || track.iter().any(|piece| piece.duration == Micros::ZERO)
        };
        if let Some(rendition) = tracks.tracks.iter().position(is_empty) {
            return Err(LoopError::NoTime { asset, rendition });
        }
    }
    let is_mapped = |asset: &Asset| {
        let mut pieces = asset.tracks.iter().flatten();
        pieces.any(|piece| piece.scope.contains("#EXT-X-MAP"))
    };
    let mut all = plan.assets.iter().chain(filler);
    if let Some(asset) = all.position(|asset| is_mapped(asset) != is_mapped(first)) {
        return Err(LoopError::Mixed { asset });
    }
    let assets = plan.assets.len();
    let lost = plan.breaks.iter().find(|point| point.asset >= assets);
    lost.map_or(Ok(()), |point| {
        let asset = point.asset;
        Err(LoopError::Nowhere { asset, assets })
    })
}

/// For each rendition the times of its boundaries, 0 first.
fn boundaries(tracks: &[Vec<Piece>]) -> Vec<Vec<u64>> {
    let of = |track: &Vec<Piece>| {
        let mut sum = 0_u64;
        let ends = track.iter().map(|piece| {
            sum = sum.saturating_add(piece.duration.0);
            sum
        });
        let mut all = vec![0];
        all.extend(ends);
        all
    };
    tracks.iter().map(of).collect()
}

/// The boundary nearest to a time; the earlier of two.
fn nearest(boundaries: &[u64], time: u64) -> usize {
    let after = boundaries.partition_point(|boundary| *boundary < time);
    let before = after.saturating_sub(1);
    let away = |index: usize| {
        boundaries
            .get(index)
            .map_or(u64::MAX, |boundary| boundary.abs_diff(time))
    };
    if away(before) <= away(after) {
        before
    } else {
        after
    }
}
