//! Lines of a text and where they end: after LF, CR LF, or a lone CR.

/// One line by its places in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Its first byte.
    pub(super) start: usize,
    /// After its last byte that is not its terminator.
    pub(super) end: usize,
    /// After its terminator.
    pub(super) next: usize,
}

/// The lines of a text from a position on.
pub(super) struct Lines<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a [u8], at: usize) -> Self {
        Self { text, at }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    #[inline]
    fn next(&mut self) -> Option<Line> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let (end, next) = match memchr::memchr2(b'\n', b'\r', rest) {
            None => (self.text.len(), self.text.len()),
            Some(length) => {
                let end = start + length;
                let crlf = self.text.get(end..end + 2) == Some(b"\r\n");
                (end, end + 1 + usize::from(crlf))
            }
        };
        self.at = next;
        Some(Line { start, end, next })
    }
}

/// How many bytes a byte order mark at the start takes.
pub(super) fn mark_length(text: &[u8]) -> usize {
    if text.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_in_one_line() {
        let text = b"a\nb\r\n\r\rc\n\nd";
        let lines: Vec<&[u8]> = Lines::new(text, 0)
            .map(|line| &text[line.start..line.end])
            .collect();
        assert_eq!(lines, [&b"a"[..], b"b", b"", b"", b"c", b"", b"d"]);
        let mut at = 0;
        for line in Lines::new(text, 0) {
            assert_eq!(line.start, at);
            at = line.next;
        }
        assert_eq!(at, text.len());
    }
}
