//! Closed lists of words: one spelling for SQL, API, CLI and docs.

/// Gives an enum its words: `as_str`, `ALL`, `Display` and `FromStr`.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in SQL, API and CLI.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::word::UnknownWord;

            fn from_str(text: &str) -> Result<Self, $crate::model::word::UnknownWord> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    $crate::model::word::UnknownWord {
                        text: text.chars().take(64).collect(),
                        known: Self::ALL.iter().map(|value| value.as_str()).collect(),
                    }
                })
            }
        }
    };
}
pub(crate) use words;

/// A word outside a closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not one of {}", .known.join(", "))]
pub struct UnknownWord {
    /// What was given, cut to 64 characters.
    pub text: String,
    /// What would have been right.
    pub known: Vec<&'static str>,
}
