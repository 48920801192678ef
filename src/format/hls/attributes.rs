//! Attribute lists of tags (rfc8216bis §4.2): read within their line, changed without reprinting.

use std::ops::Range;

use super::text::trim;

/// One `NAME=value` of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name, blanks left out.
    pub name: &'a [u8],
    /// The value, quotes left out.
    pub value: &'a [u8],
    /// Where the value is in the list, quotes left out.
    pub range: Range<usize>,
    /// Whether it was in quotes.
    pub quoted: bool,
}

/// Reads a list from left to right. A quote that is never closed ends it: what is before counts,
/// [`Attributes::is_broken`] tells.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    list: &'a [u8],
    at: usize,
    broken: bool,
}

impl<'a> Attributes<'a> {
    /// Of what follows the colon of a tag, without the line's end.
    pub fn new(list: &'a [u8]) -> Self {
        let (at, broken) = (0, false);
        Self { list, at, broken }
    }

    /// Whether a quote was found that is never closed, or a word without a value.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    fn position_of(&self, from: usize, byte: u8) -> Option<usize> {
        let found = memchr::memchr(byte, self.list.get(from..)?)?;
        Some(from + found)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            while matches!(self.list.get(self.at), Some(b',' | b' ' | b'\t')) {
                self.at += 1;
            }
            let start = self.at;
            let length = self.list.get(start..)?.iter();
            let length = length.take_while(|byte| !matches!(byte, b'=' | b',' | b'"'));
            let equals = start + length.count();
            match self.list.get(equals) {
                Some(b'=') => {}
                Some(b'"') => {
                    // A quote where a name is expected hides where the next one begins.
                    self.broken = true;
                    self.at = self.list.len();
                    return None;
                }
                found => {
                    self.broken |= equals > start;
                    self.at = equals;
                    found?;
                    continue;
                }
            }
            let name = trim(self.list.get(start..equals)?);
            let value_start = equals + 1;
            let quoted = self.list.get(value_start) == Some(&b'"');
            let range = if quoted {
                let Some(close) = self.position_of(value_start + 1, b'"') else {
                    self.broken = true;
                    self.at = self.list.len();
                    return None;
                };
                self.at = close + 1;
                value_start + 1..close
            } else {
                let end = self
                    .position_of(value_start, b',')
                    .unwrap_or(self.list.len());
                self.at = end;
                let value = self.list.get(value_start..end)?;
                let trimmed = trim(value);
                let blanks = value
                    .iter()
                    .take_while(|byte| b" \t".contains(byte))
                    .count();
                let start = value_start + blanks.min(value.len() - trimmed.len());
                start..start + trimmed.len()
            };
            let value = self.list.get(range.clone())?;
            return Some(Attribute {
                name,
                value,
                range,
                quoted,
            });
        }
    }
}

/// The first attribute of a name in a list.
pub fn attribute<'a>(list: &'a [u8], name: &str) -> Option<Attribute<'a>> {
    Attributes::new(list).find(|attribute| attribute.name == name.as_bytes())
}

/// What follows the colon of a tag's line, the line's end left out; empty without a colon.
pub fn attribute_list(line: &[u8]) -> &[u8] {
    let start = memchr::memchr(b':', line).map_or(line.len(), |colon| colon + 1);
    let list = line.get(start..).unwrap_or_default();
    list.trim_ascii_end()
}

/// A tag's line with one attribute set: its value exchanged where it is, else put at the end.
///
/// `value` is what stands after the equals sign, with quotes where it needs them.
pub fn with_attribute(line: &[u8], name: &str, value: &str) -> Vec<u8> {
    let list = attribute_list(line);
    let list_start = memchr::memchr(b':', line).map_or(line.len(), |colon| colon + 1);
    let (range, text) = match attribute(list, name) {
        Some(found) => {
            let quotes = usize::from(found.quoted);
            let range = found.range.start - quotes..found.range.end + quotes;
            (range, value.to_owned())
        }
        None if list.is_empty() => (0..0, format!("{name}={value}")),
        None => (list.len()..list.len(), format!(",{name}={value}")),
    };
    let (start, end) = (list_start + range.start, list_start + range.end);
    let before = line.get(..start).unwrap_or_default();
    let after = line.get(end..).unwrap_or_default();
    [before, text.as_bytes(), after].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(list: &str) -> Vec<(String, String, bool)> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Attributes::new(list.as_bytes())
            .map(|found| (text(found.name), text(found.value), found.quoted))
            .collect()
    }

    fn check(list: &str, expected: &[(&str, &str, bool)]) {
        let expected = expected
            .iter()
            .map(|(name, value, quoted)| ((*name).to_owned(), (*value).to_owned(), *quoted));
        assert_eq!(read(list), expected.collect::<Vec<_>>(), "{list}");
    }

    #[test]
    fn quotes_hide_commas_and_equals_signs() {
        check(
            r#"METHOD=AES-128,URI="https://k/?a=1,2&b=3",IV=0x1"#,
            &[
                ("METHOD", "AES-128", false),
                ("URI", "https://k/?a=1,2&b=3", true),
                ("IV", "0x1", false),
            ],
        );
    }

    #[test]
    fn blanks_and_idle_commas_are_passed_over() {
        check(
            " A = 1 , B=\"\",,C= 2 2 ,",
            &[("A", "1", false), ("B", "", true), ("C", "2 2", false)],
        );
        check("", &[]);
        check(",,", &[]);
    }

    #[test]
    fn an_open_quote_ends_the_list_and_is_told() {
        let mut list = Attributes::new(br#"A=1,URI="https://x,B=2"#);
        assert_eq!(list.by_ref().count(), 1);
        assert!(list.is_broken());
        let mut list = Attributes::new(b"A=1,word,B=2");
        assert_eq!(list.by_ref().count(), 2);
        assert!(list.is_broken());
    }

    #[test]
    fn an_attribute_is_set_where_it_is_or_at_the_end() {
        let set = |line: &str, value: &str| {
            String::from_utf8(with_attribute(line.as_bytes(), "IV", value)).unwrap()
        };
        assert_eq!(
            set("#EXT-X-KEY:METHOD=AES-128,URI=\"k:1\"\r\n", "0x1"),
            "#EXT-X-KEY:METHOD=AES-128,URI=\"k:1\",IV=0x1\r\n"
        );
        assert_eq!(set("#T:IV=0x2,A=1\n", "0x1"), "#T:IV=0x1,A=1\n");
        assert_eq!(
            set("#T:A=\"IV=3\",IV=\"old\"", "\"new\""),
            "#T:A=\"IV=3\",IV=\"new\""
        );
    }

    proptest! {
        /// Values are where their ranges say, in order, and apart; no bytes make it panic.
        #[test]
        fn ranges_point_at_values(
            list in proptest::collection::vec(
                prop_oneof![Just(b'"'), Just(b','), Just(b'='), Just(b' '), Just(b'A'), any::<u8>()],
                0..60,
            ),
        ) {
            let mut end = 0;
            for found in Attributes::new(&list) {
                prop_assert!(found.range.start > end || end == 0);
                prop_assert_eq!(&list[found.range.clone()], found.value);
                end = found.range.end;
            }
        }
    }
}
