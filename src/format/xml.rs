//! XML 1.0: a push writer that cannot be broken by a value, and a reader with limits.
//!
//! The writer takes tags as literals of ours and values as text of anybody. The reader refuses
//! document types, so that nothing is ever expanded or fetched, and does not mind namespaces.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use quick_xml::Reader as Tokens;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{XmlVersion, errors::IllFormedError};

/// Largest document that is read. Bytes.
pub const DOCUMENT_BYTES_MAX: usize = 1 << 20;
/// Deepest nesting that is read.
pub const DEPTH_MAX: usize = 64;
/// Most attributes of one element that are read.
pub const ATTRIBUTES_MAX: usize = 256;

/// Appends XML to a buffer.
#[derive(Debug)]
pub struct Writer<'o> {
    out: &'o mut Vec<u8>,
}

impl<'o> Writer<'o> {
    /// Writes behind what is there.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out }
    }

    /// Tags and other markup of ours, as they are.
    pub fn markup(&mut self, literal: &'static str) {
        self.out.extend_from_slice(literal.as_bytes());
    }

    /// A value between tags. Characters that XML cannot carry are left out.
    pub fn text(&mut self, value: &str) {
        if plain(value, |byte| matches!(byte, b'<' | b'>' | b'&')) {
            self.out.extend_from_slice(value.as_bytes());
        } else {
            self.escaped(value);
        }
    }

    /// A value between the double quotes of an attribute.
    pub fn attribute(&mut self, value: &str) {
        if plain(value, |byte| matches!(byte, b'<' | b'>' | b'&' | b'"')) {
            self.out.extend_from_slice(value.as_bytes());
        } else {
            self.escaped(value);
        }
    }

    /// A value in a CDATA section, given in pieces that stand one behind the other.
    pub fn cdata(&mut self, pieces: &[&str]) {
        self.markup("<![CDATA[");
        for piece in pieces {
            // `]]>` may be spread over pieces, but no piece can end it without a `>`.
            if plain(piece, |byte| byte == b'>') {
                self.out.extend_from_slice(piece.as_bytes());
            } else {
                self.unbroken(piece);
            }
        }
        self.markup("]]>");
    }

    /// A document of ours as an element, without its XML declaration: there is one in a document.
    pub fn nested(&mut self, document: &str) {
        let declared = document
            .strip_prefix("<?xml")
            .and_then(|rest| rest.split_once("?>"));
        let element = declared.map_or(document, |(_declaration, element)| element);
        self.out.extend_from_slice(element.trim().as_bytes());
    }

    /// Whatever can be shown, between tags or quotes.
    pub fn shown(&mut self, value: impl fmt::Display) {
        write!(self, "{value}").expect("a buffer takes any text");
    }

    /// A number in decimal digits.
    pub fn number(&mut self, mut value: u64) {
        let mut digits = [0; 20];
        let mut start = digits.len();
        loop {
            start -= 1;
            digits[start] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&digits[start..]);
    }

    /// Line ends and tabs become references, since a reader would turn them into something else.
    fn escaped(&mut self, value: &str) {
        for c in value.chars() {
            match c {
                '<' => self.markup("&lt;"),
                '>' => self.markup("&gt;"),
                '&' => self.markup("&amp;"),
                '"' => self.markup("&quot;"),
                '\t' => self.markup("&#9;"),
                '\n' => self.markup("&#10;"),
                '\r' => self.markup("&#13;"),
                c => self.legal(c),
            }
        }
    }

    fn unbroken(&mut self, piece: &str) {
        for c in piece.chars() {
            match c {
                '>' if self.out.ends_with(b"]]") => self.markup("]]><![CDATA[>"),
                // A CDATA section has no references, so this one stands between two.
                '\r' => self.markup("]]>&#13;<![CDATA["),
                c => self.legal(c),
            }
        }
    }

    fn legal(&mut self, c: char) {
        if is_legal(c) {
            self.out
                .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

/// Escapes what is formatted into it.
impl fmt::Write for Writer<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.attribute(text);
        Ok(())
    }
}

/// The `Char` of XML 1.0 §2.2.
pub fn is_legal(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => true,
    }
}

/// Whether a value needs no second look: nothing special, no control character, and nothing
/// that starts like U+FFFE. Without an early exit the compiler looks at 16 bytes at a time.
fn plain(value: &str, special: impl Fn(u8) -> bool) -> bool {
    let odd = |byte: u8| byte < 0x20 || byte == 0xef || special(byte);
    !value.bytes().fold(false, |found, byte| found | odd(byte))
}

/// Why a document is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Larger than [`DOCUMENT_BYTES_MAX`].
    #[error("the document is larger than {DOCUMENT_BYTES_MAX} bytes")]
    TooLarge,
    /// Not UTF-8.
    #[error("the document is not UTF-8")]
    NotUtf8,
    /// Has a document type.
    #[error("the document has a DOCTYPE, which is refused")]
    DocumentType,
    /// Nested deeper than [`DEPTH_MAX`].
    #[error("elements are nested deeper than {DEPTH_MAX}")]
    TooDeep,
    /// An element has more than [`ATTRIBUTES_MAX`] attributes.
    #[error("an element has more than {ATTRIBUTES_MAX} attributes")]
    TooManyAttributes,
    /// Ends before its last element does.
    #[error("the document ends inside an element")]
    Truncated,
    /// Not well-formed.
    #[error("not well-formed XML at byte {at}: {what}")]
    Malformed {
        /// Bytes before the fault.
        at: u64,
        /// What is wrong.
        what: String,
    },
}

/// A piece of a document.
#[derive(Debug)]
pub enum Piece<'a> {
    /// An element begins. Its end comes as [`Piece::Close`] even if it is empty.
    Open(Tag<'a>),
    /// Text, with references resolved. One text may come in several pieces.
    Text(Cow<'a, str>),
    /// The element that began last, and has not ended, ends.
    Close,
}

/// The start of an element.
#[derive(Debug)]
pub struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without a namespace prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of its first attribute of this name, whatever the prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        // A stray `&` in an address is common and harmless: take such a value as it is.
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_stray| found.value.into_owned(), Cow::into_owned))
    }
}

/// Reads a document piece by piece.
#[derive(Debug)]
pub struct Reader<'a> {
    tokens: Tokens<&'a [u8]>,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Looks at size and encoding; everything else shows while reading.
    pub fn new(document: &'a [u8]) -> Result<Self, ReadError> {
        if document.len() > DOCUMENT_BYTES_MAX {
            return Err(ReadError::TooLarge);
        }
        let text = std::str::from_utf8(document).map_err(|_other| ReadError::NotUtf8)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut tokens = Tokens::from_str(text);
        let config = tokens.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Ok(Self { tokens, depth: 0 })
    }

    /// The next piece; none at the end.
    pub fn piece(&mut self) -> Result<Option<Piece<'a>>, ReadError> {
        loop {
            let event = self.tokens.read_event();
            match event.map_err(|error| self.malformed(&error))? {
                Event::Start(start) | Event::Empty(start) => return self.open(start).map(Some),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Piece::Close));
                }
                Event::Text(text) => return Ok(Some(Piece::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Piece::Text(text.xml10_content()))),
                Event::GeneralRef(reference) => {
                    let text = self.resolve(&reference)?;
                    return Ok(Some(Piece::Text(text)));
                }
                Event::DocType(_) => return Err(ReadError::DocumentType),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if self.depth > 0 => return Err(ReadError::Truncated),
                Event::Eof => return Ok(None),
            }
        }
    }

    fn open(&mut self, start: BytesStart<'a>) -> Result<Piece<'a>, ReadError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(ReadError::TooDeep);
        }
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).take(ATTRIBUTES_MAX + 1);
        if attributes.count() > ATTRIBUTES_MAX {
            return Err(ReadError::TooManyAttributes);
        }
        Ok(Piece::Open(Tag(start)))
    }

    /// A character or predefined reference; no other exists without a document type.
    fn resolve(&self, reference: &BytesRef<'_>) -> Result<Cow<'static, str>, ReadError> {
        let numbered = reference.resolve_char_ref();
        let numbered = numbered.map_err(|error| self.malformed(&error))?;
        if let Some(c) = numbered {
            // Written by number, an illegal character is still illegal: leave it out.
            let legal = is_legal(c).then(|| c.to_string());
            return Ok(Cow::Owned(legal.unwrap_or_default()));
        }
        if let Some(text) = resolve_predefined_entity(reference) {
            return Ok(Cow::Borrowed(text));
        }
        // `&event;` in an address that should have been escaped: what was meant is what stands.
        let name: &str = reference;
        Ok(Cow::Owned(format!("&{name};")))
    }

    fn malformed(&self, error: &quick_xml::Error) -> ReadError {
        if let quick_xml::Error::IllFormed(IllFormedError::MissingEndTag(_)) = error {
            return ReadError::Truncated;
        }
        ReadError::Malformed {
            at: self.tokens.error_position(),
            what: error.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn legal(value: &str) -> String {
        value.chars().filter(|&c| is_legal(c)).collect()
    }

    /// A document with the value in each of the three places.
    fn write(value: &str) -> Vec<u8> {
        let mut out = Vec::new();
        let mut xml = Writer::new(&mut out);
        xml.markup("<a b=\"");
        xml.attribute(value);
        xml.markup("\">");
        xml.text(value);
        xml.markup("<c>");
        xml.cdata(&[value]);
        xml.markup("</c></a>");
        out
    }

    /// The attribute, the text and the CDATA of such a document.
    fn read(document: &[u8]) -> Result<[String; 3], ReadError> {
        let mut reader = Reader::new(document)?;
        let mut values = [const { String::new() }; 3];
        let mut depth = 0;
        while let Some(piece) = reader.piece()? {
            match piece {
                Piece::Open(tag) => {
                    depth += 1;
                    if let Some(value) = tag.attribute("b") {
                        values[0] = value;
                    }
                }
                Piece::Text(text) => values[depth].push_str(&text),
                Piece::Close => depth -= 1,
            }
        }
        Ok(values)
    }

    fn check(value: &str) {
        let expected = legal(value);
        let read = read(&write(value)).unwrap();
        assert_eq!(read.each_ref(), [&expected; 3]);
    }

    #[test]
    fn hostile_values_come_back_as_they_were() {
        for value in [
            "",
            "plain",
            "<Ad>",
            "&amp;",
            "a & b",
            "\"'",
            "]]>",
            "]]]]>>",
            "]]\0>",
            "]]><![CDATA[",
            "\r\n\t",
            "\u{0}\u{8}\u{b}\u{1f}",
            "\u{fffe}\u{ffff}\u{fffd}\u{feff}",
            "\u{202e}\u{85}\u{2028}",
            "[ERRORCODE]",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "<?xml?>",
            "--><!--",
            "𝄞",
        ] {
            check(value);
        }
    }

    #[test]
    fn the_end_of_a_section_is_split_even_between_pieces() {
        let mut out = Vec::new();
        Writer::new(&mut out).cdata(&["a]", "]", ">b"]);
        assert_eq!(out, b"<![CDATA[a]]]]><![CDATA[>b]]>");
    }

    #[test]
    fn numbers_are_written_whole() {
        for number in [0, 9, 10, 1_234, u64::MAX] {
            let mut out = Vec::new();
            Writer::new(&mut out).number(number);
            assert_eq!(out, number.to_string().as_bytes());
        }
    }

    #[test]
    fn what_is_dangerous_or_broken_is_refused() {
        let nested = |depth| "<a>".repeat(depth) + &"</a>".repeat(depth);
        let wide = |count| {
            let attributes: Vec<_> = (0..count).map(|n| format!("a{n}='1'")).collect();
            format!("<a {}/>", attributes.join(" "))
        };
        let outcome = |document: &[u8]| {
            let mut reader = Reader::new(document)?;
            while reader.piece()?.is_some() {}
            Ok(())
        };
        assert_eq!(outcome(nested(DEPTH_MAX).as_bytes()), Ok(()));
        assert_eq!(
            outcome(nested(DEPTH_MAX + 1).as_bytes()),
            Err(ReadError::TooDeep)
        );
        assert_eq!(outcome(wide(ATTRIBUTES_MAX).as_bytes()), Ok(()));
        assert_eq!(
            outcome(wide(ATTRIBUTES_MAX + 1).as_bytes()),
            Err(ReadError::TooManyAttributes)
        );
        assert_eq!(
            outcome(b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
            Err(ReadError::DocumentType)
        );
        let large = vec![b' '; DOCUMENT_BYTES_MAX + 1];
        assert_eq!(outcome(&large), Err(ReadError::TooLarge));
        assert_eq!(outcome(b"<a>\xff</a>"), Err(ReadError::NotUtf8));
        assert_eq!(outcome(b"<a><b></b>"), Err(ReadError::Truncated));
        assert!(matches!(
            outcome(b"<a></b>"),
            Err(ReadError::Malformed { .. })
        ));
    }

    #[test]
    fn stray_ampersands_and_prefixes_are_forgiven() {
        let document = b"\xef\xbb\xbf<v:a b='x?a=1&c=2'>x?a=1&c=2&event;<v:c>&#65;&lt;</v:c></v:a>";
        let read = read(document).unwrap();
        assert_eq!(read, ["x?a=1&c=2", "x?a=1&c=2&event;", "A<"]);
    }

    proptest! {
        #[test]
        fn every_value_comes_back(value in any::<String>()) {
            check(&value);
        }

        #[test]
        fn a_changed_document_is_read_or_refused(
            value in any::<String>(),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let mut document = write(&value);
            for (place, byte) in changes {
                let place = place.index(document.len());
                document[place] = byte;
            }
            if let Ok(mut reader) = Reader::new(&document) {
                let mut pieces = 0;
                while let Ok(Some(_piece)) = reader.piece() {
                    pieces += 1;
                    prop_assert!(pieces <= 2 * document.len(), "does not end");
                }
            }
        }
    }
}
