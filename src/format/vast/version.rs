//! The versions of VAST, and what each of them has.

use std::fmt;
use std::str::FromStr;

/// A version that answers can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Version {
    /// VAST 2.0, with the corrections of 2.0.1.
    V2_0,
    /// VAST 3.0: pods, skippable ads, prices.
    V3_0,
    /// VAST 4.0: viewability, universal ad ids.
    V4_0,
    /// VAST 4.1: ad serving ids.
    V4_1,
    /// VAST 4.2: what a player gets that does not ask for a version.
    #[default]
    V4_2,
    /// VAST 4.3: the schema of 4.2.
    V4_3,
}

/// Why a text is not a version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not one of the VAST versions 2.0, 3.0, 4.0, 4.1, 4.2 and 4.3")]
pub struct UnknownVersion {
    /// What was given, cut to 16 characters.
    pub text: String,
}

impl Version {
    /// Every version, oldest first.
    pub const ALL: [Self; 6] = [
        Self::V2_0,
        Self::V3_0,
        Self::V4_0,
        Self::V4_1,
        Self::V4_2,
        Self::V4_3,
    ];

    /// `VAST@version`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V3_0 => "3.0",
            Self::V4_0 => "4.0",
            Self::V4_1 => "4.1",
            Self::V4_2 => "4.2",
            Self::V4_3 => "4.3",
        }
    }

    /// Whether `Tracking` of a linear creative may report this event of ours: the lists of
    /// `Tracking@event` in the schemas.
    pub fn tracks(self, event: &str) -> bool {
        match event {
            "creativeView" | "start" | "firstQuartile" | "midpoint" | "thirdQuartile"
            | "complete" | "mute" | "unmute" | "pause" | "resume" => true,
            "skip" => self >= Self::V3_0,
            _ => false,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Also the whole number of a major version, `2` and `3`, and `4` for the default.
impl FromStr for Version {
    type Err = UnknownVersion;

    fn from_str(text: &str) -> Result<Self, UnknownVersion> {
        match text {
            "2" | "2.0" | "2.0.1" => Ok(Self::V2_0),
            "3" | "3.0" => Ok(Self::V3_0),
            "4" => Ok(Self::default()),
            "4.0" => Ok(Self::V4_0),
            "4.1" => Ok(Self::V4_1),
            "4.2" => Ok(Self::V4_2),
            "4.3" => Ok(Self::V4_3),
            _ => Err(UnknownVersion {
                text: text.chars().take(16).collect(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_read_back_and_others_are_refused() {
        for version in Version::ALL {
            assert_eq!(version.as_str().parse(), Ok(version));
        }
        assert_eq!("4".parse(), Ok(Version::V4_2));
        for text in ["", "1.0", "4.4", "04.2", "4.2 ", "VAST 4.2", "٤.٢"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}
