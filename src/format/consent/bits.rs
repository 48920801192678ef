//! Bits of base64url text, as consent strings pack them: from the left, six a letter.

/// A segment of a consent string; all its letters are base64url.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bits<'a>(&'a [u8]);

impl<'a> Bits<'a> {
    /// Checks the letters; padding is not part of these strings.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        bytes
            .iter()
            .all(|&byte| sextet(byte).is_some())
            .then_some(Self(bytes))
    }

    /// One bit; none behind the end.
    pub(super) fn bit(self, place: usize) -> Option<bool> {
        let six = sextet(*self.0.get(place / 6)?)?;
        Some(six >> (5 - place % 6) & 1 == 1)
    }

    /// Up to 64 bits as a number.
    pub(super) fn number(self, place: usize, width: usize) -> Option<u64> {
        (place..place + width).try_fold(0, |number, place| {
            Some(number << 1 | u64::from(self.bit(place)?))
        })
    }
}

const fn sextet(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    })
}
