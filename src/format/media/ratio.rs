//! Durations and frame rates in integers: rescaling, reducing, naming broadcast rates.

use crate::model::Millis;
use crate::model::creative::FrameRate;

/// Rates that files mean when their clock is too coarse to say so: this many frames a second,
/// or 1000/1001 of it.
const NOMINAL_RATES: &[u32] = &[12, 15, 24, 25, 30, 48, 50, 60, 90, 100, 120];

/// `ticks` of a clock with `timescale` ticks a second, rounded to the nearest millisecond.
pub(super) fn millis(ticks: u128, timescale: u128) -> Millis {
    let scale = timescale.max(1);
    let rounded = ticks.saturating_mul(1000).saturating_add(scale / 2) / scale;
    Millis(u64::try_from(rounded).unwrap_or(u64::MAX))
}

/// Different frame durations that are told apart; the rest count as uneven.
const PACES_MAX: usize = 16;

/// Frames of a track, by how long each lasts.
#[derive(Debug, Default)]
pub(super) struct Cadence {
    frames: u64,
    ticks: u64,
    /// Duration in ticks and how many frames have it.
    paces: Vec<(u32, u64)>,
}

impl Cadence {
    /// Adds `frames` that last `ticks` each.
    pub(super) fn add(&mut self, frames: u64, ticks: u32) {
        self.frames = self.frames.saturating_add(frames);
        let together = frames.saturating_mul(ticks.into());
        self.ticks = self.ticks.saturating_add(together);
        let mut paces = self.paces.iter_mut();
        if let Some((_pace, count)) = paces.find(|(pace, _count)| *pace == ticks) {
            *count = count.saturating_add(frames);
        } else if self.paces.len() < PACES_MAX {
            self.paces.push((ticks, frames));
        }
    }

    /// How many frames there are.
    pub(super) fn frames(&self) -> u64 {
        self.frames
    }

    /// How long they last together.
    pub(super) fn ticks(&self) -> u64 {
        self.ticks
    }

    /// The rate that nine in ten frames keep, else the mean, in lowest terms.
    ///
    /// Muxers stretch the first or last frame to end with the sound: that is no change of rate.
    pub(super) fn rate(&self, timescale: u32) -> Option<FrameRate> {
        let usual = self.paces.iter().max_by_key(|(_pace, count)| *count);
        let steady = usual.filter(|(_pace, count)| self.frames - self.frames / 10 <= *count);
        let (frames, ticks) = match steady {
            Some(&(pace, _count)) => (1, u64::from(pace)),
            None => (self.frames, self.ticks),
        };
        let numerator = u128::from(frames) * u128::from(timescale);
        reduced(numerator, u128::from(ticks))
    }
}

/// The rate of frames that last `nanos` each, which is rounded to whole nanoseconds.
pub(super) fn frame_rate_of_nanos(nanos: u64) -> Option<FrameRate> {
    let nominal = nominal_rates().find(|rate| {
        let exact = u64::from(rate.denominator) * 1_000_000_000 / u64::from(rate.numerator);
        exact.abs_diff(nanos) <= 1
    });
    nominal.or_else(|| reduced(1_000_000_000, u128::from(nanos)))
}

/// The broadcast rate that puts `frames` frame starts over `millis`, within one millisecond.
pub(super) fn frame_rate_of_starts(frames: u64, millis: u64) -> Option<FrameRate> {
    let gaps = frames.checked_sub(1).filter(|&gaps| gaps > 0)?;
    let error = |rate: &FrameRate| {
        let exact = u128::from(gaps) * u128::from(rate.denominator) * 1_000_000
            / u128::from(rate.numerator);
        exact.abs_diff(u128::from(millis) * 1000)
    };
    nominal_rates()
        .min_by_key(error)
        .filter(|rate| error(rate) <= 1000)
}

fn nominal_rates() -> impl Iterator<Item = FrameRate> {
    let rate = |numerator, denominator| FrameRate {
        numerator,
        denominator,
    };
    let whole = NOMINAL_RATES.iter().map(move |&frames| rate(frames, 1));
    let dropped = NOMINAL_RATES
        .iter()
        .map(move |&frames| rate(frames * 1000, 1001));
    whole.chain(dropped)
}

/// A fraction in lowest terms; none unless both parts are between 1 and `u32::MAX`.
pub(super) fn reduced(numerator: u128, denominator: u128) -> Option<FrameRate> {
    let (mut divisor, mut rest) = (numerator, denominator);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    let part = |value: u128| u32::try_from(value.checked_div(divisor)?).ok();
    let rate = FrameRate {
        numerator: part(numerator)?,
        denominator: part(denominator)?,
    };
    (rate.numerator > 0 && rate.denominator > 0).then_some(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_become_the_nearest_millisecond() {
        assert_eq!(millis(1_001 * 450, 30_000), Millis(15_015));
        assert_eq!(millis(1, 3), Millis(333));
        assert_eq!(millis(2, 3), Millis(667));
        assert_eq!(millis(5, 0), Millis(5_000));
    }

    fn cadence(frames: &[(u64, u32)], timescale: u32) -> Option<FrameRate> {
        let mut cadence = Cadence::default();
        for &(frames, ticks) in frames {
            cadence.add(frames, ticks);
        }
        cadence.rate(timescale)
    }

    #[test]
    fn rates_are_exact_fractions() {
        for (found, rate) in [
            (cadence(&[(450, 1001)], 30_000), Some((30_000, 1001))),
            (cadence(&[(44, 512), (1, 840)], 15_360), Some((30, 1))),
            (cadence(&[(300, 33), (150, 34)], 1_000), Some((30, 1))),
            (cadence(&[(2, 10), (2, 20)], 60), Some((4, 1))),
            (cadence(&[], 10), None),
            (cadence(&[(10, 0)], 10), None),
            (frame_rate_of_nanos(33_366_666), Some((30_000, 1001))),
            (frame_rate_of_nanos(33_333_333), Some((30, 1))),
            (frame_rate_of_nanos(16_683_333), Some((60_000, 1001))),
            (frame_rate_of_nanos(100_000_000), Some((10, 1))),
            (frame_rate_of_nanos(0), None),
            (frame_rate_of_starts(180, 5_967), Some((30, 1))),
            (frame_rate_of_starts(450, 14_982), Some((30_000, 1001))),
            (frame_rate_of_starts(7, 5_967), None),
            (frame_rate_of_starts(1, 0), None),
        ] {
            assert_eq!(found.map(|rate| (rate.numerator, rate.denominator)), rate);
        }
    }
}
