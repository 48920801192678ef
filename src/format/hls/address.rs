//! Addresses relative to where a playlist came from, made absolute.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::{CONTROLS, percent_encode};
use url::Url;

use super::attributes::{Attributes, attribute_list};
use super::error::PlaylistError;
use super::lines::Lines;
use super::variables::{Unresolved, Variables};

/// Attributes whose value is the address of something, in any tag.
const ADDRESSES: [&[u8]; 4] = [b"URI", b"SERVER-URI", b"X-ASSET-URI", b"X-ASSET-LIST"];

/// Where a playlist came from.
#[derive(Debug, Clone)]
pub(super) struct Base<'a> {
    url: &'a Url,
    /// Its address up to the last slash of its path; empty where joining text is not enough.
    folder: &'a str,
}

impl<'a> Base<'a> {
    pub(super) fn new(url: &'a Url) -> Self {
        let text = url.as_str();
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let folder = path.rsplit_once('/').and_then(|(folder, _)| {
            let plain = matches!(url.scheme(), "http" | "https");
            plain.then(|| text.get(..=folder.len())).flatten()
        });
        let folder = folder.unwrap_or_default();
        Self { url, folder }
    }

    /// The absolute form of a URI. One that is absolute already stays as it is written, byte for
    /// byte: it may be signed.
    pub(super) fn resolve<'t>(&self, uri: &'t str) -> Cow<'t, str> {
        if is_absolute(uri) {
            return Cow::Borrowed(uri);
        }
        if !self.folder.is_empty() && is_plain(uri) {
            return Cow::Owned([self.folder, uri].concat());
        }
        match self.url.join(uri) {
            Ok(url) => Cow::Owned(url.into()),
            Err(_unresolvable) => Cow::Borrowed(uri),
        }
    }
}

/// Whether it begins with a scheme (RFC 3986 §3.1).
fn is_absolute(uri: &str) -> bool {
    let Some((scheme, _)) = uri.split_once(':') else {
        return false;
    };
    let mut bytes = scheme.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Whether it is a path below the folder, of characters that no standard would rewrite, perhaps
/// with a query: then joining is putting one text after the other.
fn is_plain(uri: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=@%/?".contains(&byte);
    let dotted = uri.starts_with('.') || uri.contains("/.") || uri.contains("%2");
    !uri.is_empty() && !uri.starts_with(['/', '?']) && !dotted && uri.bytes().all(plain)
}

/// How addresses of one text become absolute.
pub(super) struct Resolve<'a> {
    pub(super) text: &'a [u8],
    pub(super) base: &'a Base<'a>,
    pub(super) variables: &'a Variables,
    /// Most bytes of one address.
    pub(super) most: usize,
}

impl Resolve<'_> {
    /// The absolute form of the address at a place of the text, variables replaced. Bytes that
    /// are not UTF-8 come out as escapes.
    pub(super) fn absolute(&self, range: &Range<u32>) -> Result<String, PlaylistError> {
        let (from, to) = (range.start as usize, range.end as usize);
        let bytes = self.text.get(from..to).unwrap_or_default();
        let written = match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_foreign) => percent_encode(bytes, CONTROLS).into(),
        };
        let uri = self.variables.substitute(&written, self.most);
        let uri = uri.map_err(|fault| {
            let line = self.line_of(from);
            match fault {
                Unresolved::Undefined(name) => PlaylistError::Undefined {
                    line,
                    name: name.chars().take(64).collect(),
                },
                Unresolved::Long => PlaylistError::Limit {
                    line,
                    what: "bytes in one address",
                    most: self.most,
                },
            }
        })?;
        Ok(self.base.resolve(&uri).into_owned())
    }

    fn line_of(&self, at: usize) -> u32 {
        let lines = Lines::new(self.text, 0).take_while(|line| line.start <= at);
        u32::try_from(lines.count()).unwrap_or(u32::MAX)
    }
}

/// Places of addresses in the attributes of a tag, from the start of the tag.
pub(super) fn addresses(tag: &[u8]) -> Vec<Range<usize>> {
    if memchr::memmem::find(tag, b"=\"").is_none() {
        return Vec::new();
    }
    let list = attribute_list(tag);
    let at = memchr::memchr(b':', tag).map_or(0, |colon| colon + 1);
    let mut attributes = Attributes::new(list);
    let found: Vec<_> = attributes
        .by_ref()
        .filter(|found| found.quoted && ADDRESSES.contains(&found.name))
        .map(|found| at + found.range.start..at + found.range.end)
        .collect();
    // A tag with an open quote means nothing to a player: it stays as it is.
    if attributes.is_broken() {
        Vec::new()
    } else {
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(base: &str, uri: &str, expected: &str) {
        let url = Url::parse(base).unwrap();
        assert_eq!(Base::new(&url).resolve(uri), expected, "{uri} in {base}");
    }

    #[test]
    fn relative_addresses_follow_the_playlist_and_absolute_ones_stay() {
        let base = "https://o.example/live/720/index.m3u8?token=a/b";
        check(base, "seg 1.ts", "https://o.example/live/720/seg%201.ts");
        check(
            base,
            "seg1.ts?x=1/2",
            "https://o.example/live/720/seg1.ts?x=1/2",
        );
        check(base, "../480/1.ts", "https://o.example/live/480/1.ts");
        check(base, "/1.ts", "https://o.example/1.ts");
        check(base, "//cdn.example/1.ts", "https://cdn.example/1.ts");
        check(base, "?n=1", "https://o.example/live/720/index.m3u8?n=1");
        check(
            base,
            "HTTPS://CDN.example:443/a b/./1.ts",
            "HTTPS://CDN.example:443/a b/./1.ts",
        );
        check(base, "data:text/plain,x", "data:text/plain,x");
        check("https://o.example", "1.ts", "https://o.example/1.ts");
        check("file:///media/a/index.m3u8", "1.ts", "file:///media/a/1.ts");
    }

    proptest! {
        /// Putting texts together is what a library of addresses would have done.
        #[test]
        fn joining_text_agrees_with_joining_addresses(
            base in "https?://[a-z]{1,5}(:81)?(/[a-z.%~ ]{0,4}){0,3}(\\?[a-z/=?#]{0,6})?",
            uri in "[a-zA-Z0-9./?%2eE~!$&()*+,;=@ :#'\\\\é-]{0,12}",
        ) {
            let url = Url::parse(&base).unwrap();
            if !is_absolute(&uri) && let Ok(joined) = url.join(&uri) {
                prop_assert_eq!(Base::new(&url).resolve(&uri), joined.as_str());
            }
        }
    }
}
