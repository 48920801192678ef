//! What tags of breaks have in common: attributes in any case, and messages inside them.

use crate::format::hls::attributes::Attributes;
use crate::format::hls::text::{hex, seconds, trim};
use crate::format::scte35::{Message, MessageError};
use crate::model::Micros;

/// The attributes of a tag of a break; vendors do not agree on the case of their names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a>(pub(super) &'a [u8]);

impl<'a> Words<'a> {
    /// The value of the first attribute of a name, in any case.
    pub(super) fn get(self, name: &str) -> Option<&'a [u8]> {
        let named = |found: &[u8]| found.eq_ignore_ascii_case(name.as_bytes());
        Attributes::new(self.0)
            .find(|attribute| named(attribute.name))
            .map(|attribute| trim(attribute.value))
    }

    /// The same as text; `None` too where it is not UTF-8.
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        std::str::from_utf8(self.get(name)?).ok()
    }

    /// The same as decimal seconds.
    pub(super) fn span(self, name: &str) -> Option<Micros> {
        seconds(self.get(name)?)
    }

    /// Whether the attribute has this value, in any case.
    pub(super) fn is(self, name: &str, value: &str) -> bool {
        self.get(name)
            .is_some_and(|found| found.eq_ignore_ascii_case(value.as_bytes()))
    }

    /// The message in the first of two attributes that is there.
    pub(super) fn message(self, name: &str) -> Option<Result<Message, MessageError>> {
        self.get(name).map(read_message)
    }
}

/// A message in hexadecimal with its `0x`, or in base64.
pub(super) fn read_message(text: &[u8]) -> Result<Message, MessageError> {
    if text.starts_with(b"0x") || text.starts_with(b"0X") {
        let bytes = hex(text).ok_or(MessageError::Text("hexadecimal"))?;
        return Message::parse(&bytes);
    }
    Message::parse_base64(text)
}
