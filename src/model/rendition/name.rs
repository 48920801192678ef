//! Names made of hashes: of a stream profile, and of what a set of renditions was made of.

use std::fmt;
use std::str::FromStr;

/// A name made of bytes: written as lower-case hexadecimal digits, in SQL, JSON and addresses.
macro_rules! hex_name {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $bytes]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = HexError;

            fn from_str(text: &str) -> Result<Self, HexError> {
                let mut bytes = [0; $bytes];
                parse_hex(text, &mut bytes)?;
                Ok(Self(bytes))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

hex_name!(
    /// Names a [`StreamProfile`](super::StreamProfile): the first bytes of the SHA-256 of its canonical text.
    ProfileKey,
    8
);
hex_name!(
    /// Names what a set was made of: the SHA-256 of a file, or of the text that says what a
    /// generated slate looks like.
    SourceHash,
    32
);

impl SourceHash {
    /// The slate that is made of nothing: black and silent.
    pub fn blank() -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(b"slate black silent").into())
    }
}

/// A text that is not the hexadecimal name that was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not {digits} lower-case hexadecimal digits")]
pub struct HexError {
    /// How many digits were wanted.
    pub digits: usize,
}

fn parse_hex(text: &str, bytes: &mut [u8]) -> Result<(), HexError> {
    let error = HexError {
        digits: 2 * bytes.len(),
    };
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        _ => Err(error),
    };
    if text.len() != error.digits {
        return Err(error);
    }
    for (byte, two) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(two[0])? << 4 | digit(two[1])?;
    }
    Ok(())
}
