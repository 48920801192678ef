//! What a clause may name: words, places, spans of numbers, day parts and channels.

use unicode_normalization::UnicodeNormalization as _;

use crate::model::ChannelId;

/// One value of a clause. Which kind belongs where is fixed by the dimension: places in `geo`,
/// spans in `age` and `income`, day parts in `daypart`, channels in `channel`, words elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A word in the folded form of [`fold_word`].
    Word(String),
    /// A place.
    Place(Place),
    /// Numbers from one to another.
    Span(Span),
    /// Times of a week.
    Daypart(Daypart),
    /// A channel.
    Channel(ChannelId),
}

/// A place, each under the one before: a country holds regions, a region holds cities. DMA and
/// postal codes stand beside them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// ISO 3166-1 alpha-2, upper case: `US`.
    Country(String),
    /// ISO 3166-2, upper case, with its country: `US-CA`.
    Region(String),
    /// Country, region where known, and folded name: `city:US-CA/los angeles`, `city:FR/paris`.
    City {
        /// `US` or `US-CA`.
        within: String,
        /// Folded.
        name: String,
    },
    /// Nielsen designated market area: `dma:803`.
    Dma(u16),
    /// Country and folded postal code: `postal:US/90210`.
    Postal {
        /// ISO 3166-1 alpha-2.
        country: String,
        /// Folded, without blanks.
        code: String,
    },
}

/// Whole numbers from `from` to `to`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The least.
    pub from: u32,
    /// The greatest; [`u32::MAX`] where open.
    pub to: u32,
}

impl Span {
    /// Whether a number lies in it.
    pub const fn contains(self, number: u32) -> bool {
        self.from <= number && number <= self.to
    }
}

/// Times of the days of a week, on the wall clock of a zone. Where the clock is set forward, the
/// time that does not exist is not served; where it is set back, the hour is served twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Daypart {
    /// Monday is bit 0, Sunday bit 6; never 0. The day on which it begins.
    pub days: u8,
    /// First minute of the day, below 1,440, a multiple of 15.
    pub from: u16,
    /// First minute after it, 15 to 1,440, a multiple of 15, never `from` itself. Below `from` it
    /// ends on the next day.
    pub to: u16,
    /// Whose wall clock.
    pub zone: DaypartZone,
}

/// Whose wall clock a day part is read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DaypartZone {
    /// That of the tenant.
    Campaign,
    /// That of the viewer; without a known one the day part does not match.
    Viewer,
}

/// Minutes of a week.
pub const WEEK_MINUTES: u16 = 7 * 24 * 60;

impl Daypart {
    /// Whether a minute of the week (Monday 00:00 is 0) lies in it.
    pub const fn contains(self, minute_of_week: u16) -> bool {
        let day = minute_of_week / 1_440;
        let minute = minute_of_week % 1_440;
        let begins = self.days >> day & 1 == 1;
        if self.from < self.to {
            return begins && self.from <= minute && minute < self.to;
        }
        let yesterday = (day + 6) % 7;
        let began = self.days >> yesterday & 1 == 1;
        begins && self.from <= minute || began && minute < self.to
    }
}

/// The form in which words are compared: without blanks around, lower case, blanks inside single,
/// accents composed (Unicode NFC). Folding twice changes nothing more.
pub fn fold_word(text: &str) -> String {
    if is_tidy(text.as_bytes()) {
        return text.to_ascii_lowercase();
    }
    fold_any(text)
}

fn fold_any(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            folded.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            let lower = word.nfc().flat_map(char::to_lowercase);
            folded.extend(lower.nfc());
        }
    }
    folded
}

/// Whether a text is ASCII with no blank but single spaces inside, as nearly all are: then folding
/// is lower case alone.
fn is_tidy(text: &[u8]) -> bool {
    let is_odd = |byte: &u8| !byte.is_ascii() || matches!(byte, b'\t'..=b'\r');
    let has_odd = text.iter().fold(false, |any, byte| any | is_odd(byte));
    let is_gap = |one: &u8, next: &u8| (*one, *next) == (b' ', b' ');
    let mut pairs = text.iter().zip(text.iter().skip(1));
    let has_gap = pairs.any(|(one, next)| is_gap(one, next));
    !has_odd && !has_gap && text.first() != Some(&b' ') && text.last() != Some(&b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_part_over_midnight_ends_on_the_next_day() {
        let late = Daypart {
            days: 0b001_0000,
            from: 22 * 60,
            to: 2 * 60,
            zone: DaypartZone::Viewer,
        };
        let friday = 4 * 1_440;
        assert!(late.contains(friday + 22 * 60));
        assert!(late.contains(friday + 1_440 + 119));
        assert!(!late.contains(friday + 1_440 + 120));
        assert!(!late.contains(friday + 60));
        let sunday = Daypart {
            days: 0b100_0000,
            ..late
        };
        assert!(sunday.contains(0), "the night of Sunday ends on Monday");
    }

    #[test]
    fn words_are_compared_folded() {
        assert_eq!(fold_word("  Los   ANGELES "), "los angeles");
        assert_eq!(fold_word("Sa\u{303}o Paulo"), fold_word("SÃO PAULO"));
    }

    #[test]
    fn tidy_words_are_folded_like_all_others() {
        let odd = [
            "", " ", "\t", "\u{b}", "\r", "\u{1c}", "\u{7f}", "A", "z", "é", "\u{a0}",
        ];
        for one in odd {
            for two in odd {
                for three in odd {
                    let text = format!("{one}{two}{three}B");
                    for text in [text.as_str(), text.trim_end_matches('B')] {
                        assert_eq!(fold_word(text), fold_any(text), "{text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        // Beyond this plane no letter has two cases.
        for c in '\0'..'\u{20000}' {
            for text in [c.to_string(), format!("{c}\u{307}")] {
                let once = fold_word(&text);
                assert_eq!(fold_word(&once), once, "{text:?}");
            }
        }
    }
}
