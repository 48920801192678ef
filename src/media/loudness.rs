//! How loud sound is and by how much it is changed. Pure.

use super::command::Gain;
use crate::model::rendition::Loudness;

/// How far from its target the sound of a set may be, in hundredths of LU.
const TOLERANCE_HUNDREDTHS: i32 = 100;

/// Quieter than this nothing can be told: the absolute gate of ITU-R BS.1770, in hundredths of
/// LUFS.
const SILENCE_HUNDREDTHS: i32 = -7_000;

/// Gain that is given at most, in hundredths of a decibel: more would be noise made loud.
const GAIN_HUNDREDTHS_MAX: i32 = 3_000;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    /// Nothing to hear.
    Silence,
    /// Something.
    Sound {
        /// Programme loudness in hundredths of LUFS.
        integrated_hundredths: i32,
        /// True peak in hundredths of dBTP.
        peak_hundredths: i32,
    },
}

impl Measured {
    /// Reads the JSON that ffmpeg prints behind its other lines; none if there is none.
    pub(super) fn parse(errors: &str) -> Option<Self> {
        let start = errors.rfind('{')?;
        let text = errors.get(start..)?;
        let text = text.get(..=text.find('}')?)?;
        let told: Told = serde_json::from_str(text).ok()?;
        let integrated_hundredths = hundredths(&told.input_i)?;
        if integrated_hundredths <= SILENCE_HUNDREDTHS {
            return Some(Self::Silence);
        }
        Some(Self::Sound {
            integrated_hundredths,
            peak_hundredths: hundredths(&told.input_tp)?,
        })
    }

    /// What brings it to its target.
    pub(super) fn gain(self, target: Loudness) -> Gain {
        let wanted = match self {
            Self::Silence => 0,
            Self::Sound {
                integrated_hundredths,
                ..
            } => i32::from(target.integrated_tenths) * 10 - integrated_hundredths,
        };
        Gain {
            hundredths: wanted.clamp(-GAIN_HUNDREDTHS_MAX * 2, GAIN_HUNDREDTHS_MAX),
            peak_tenths: target.peak_tenths,
        }
    }

    /// Whether sound that was `self` and is now `made` is as loud as it should be.
    ///
    /// Sound whose peaks are far above its mean may stay quieter: its limiter holds the peaks,
    /// and quieter harms nobody. Louder is never right.
    pub(super) fn is_met_by(self, made: Self, target: Loudness) -> bool {
        let (Self::Sound { .. }, Self::Sound { .. }) = (self, made) else {
            return self == made;
        };
        let off = made.above(target);
        let excused =
            self.is_limited(target) || self.gain(target).hundredths >= GAIN_HUNDREDTHS_MAX;
        off <= TOLERANCE_HUNDREDTHS && (off >= -TOLERANCE_HUNDREDTHS || excused)
    }

    /// How far it is above a target, in hundredths of LU.
    fn above(self, target: Loudness) -> i32 {
        match self {
            Self::Silence => 0,
            Self::Sound {
                integrated_hundredths,
                ..
            } => integrated_hundredths - i32::from(target.integrated_tenths) * 10,
        }
    }

    /// Whether the gain lifts its peaks over the limit.
    fn is_limited(self, target: Loudness) -> bool {
        match self {
            Self::Silence => false,
            Self::Sound {
                peak_hundredths, ..
            } => {
                let peak = peak_hundredths + self.gain(target).hundredths;
                peak > i32::from(target.peak_tenths) * 10
            }
        }
    }
}

#[derive(Debug, serde::Deserialize)]
struct Told {
    input_i: String,
    input_tp: String,
}

/// A decimal number in hundredths; minus infinity is as quiet as a number can say.
fn hundredths(text: &str) -> Option<i32> {
    let text = text.trim();
    if text == "-inf" {
        return Some(i32::MIN / 2);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part: String = part.chars().chain("00".chars()).take(2).collect();
    let whole: i32 = whole
        .parse()
        .ok()
        .filter(|whole| (0..10_000).contains(whole))?;
    let part: i32 = part.parse().ok().filter(|part| (0..100).contains(part))?;
    Some(sign * (whole * 100 + part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(integrated_hundredths: i32, peak_hundredths: i32) -> Measured {
        Measured::Sound {
            integrated_hundredths,
            peak_hundredths,
        }
    }

    #[test]
    fn the_measurement_stands_behind_other_lines() {
        let errors = "Input #0 {x}\n[Parsed_loudnorm_0 @ 0x1]\n{\n\t\"input_i\" : \"-17.94\",\n\
                      \t\"input_tp\" : \"-15.05\",\n\t\"input_lra\" : \"0.00\"\n}\n";
        assert_eq!(Measured::parse(errors), Some(sound(-1794, -1505)));
        let silent = errors.replace("-17.94", "-inf").replace("-15.05", "-inf");
        assert_eq!(Measured::parse(&silent), Some(Measured::Silence));
        for broken in ["", "{}", "}{", "{\"input_i\":\"x\",\"input_tp\":\"1\"}"] {
            assert_eq!(Measured::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_gain_is_what_is_missing_to_the_target() {
        let target = Loudness::EBU;
        assert_eq!(sound(-1794, -1505).gain(target).hundredths, -506);
        assert_eq!(sound(-2310, -1505).gain(target).hundredths, 10);
        assert_eq!(sound(-6900, -5000).gain(target).hundredths, 3000);
        assert_eq!(Measured::Silence.gain(target).hundredths, 0);
    }

    #[test]
    fn only_limited_sound_may_stay_quieter_than_a_unit() {
        let target = Loudness::EBU;
        let plain = sound(-1794, -1505);
        assert!(plain.is_met_by(sound(-2399, -2000), target));
        assert!(!plain.is_met_by(sound(-2401, -2000), target));
        assert!(!plain.is_met_by(sound(-2199, -2000), target));
        assert!(!plain.is_met_by(Measured::Silence, target));
        // Peaks at -2 dBTP cannot be lifted by 17 dB.
        let spiky = sound(-4000, -200);
        assert!(spiky.is_met_by(sound(-2700, -100), target));
        assert!(!spiky.is_met_by(sound(-2199, -100), target));
        assert!(Measured::Silence.is_met_by(Measured::Silence, target));
    }
}
