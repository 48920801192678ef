//! Variables of playlists: `EXT-X-DEFINE` and what stands for `{$name}` (rfc8216bis §4.3).

use std::borrow::Cow;
use std::collections::BTreeMap;

use url::Url;

use super::attributes::{attribute, attribute_list, with_attribute};

/// Names and values in force.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variables {
    values: BTreeMap<String, String>,
}

/// Where `EXT-X-DEFINE` finds the values that it does not state itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sources<'a> {
    /// The address of the playlist, for `QUERYPARAM`.
    pub(super) base: &'a Url,
    /// What the multivariant playlist defines, for `IMPORT`.
    pub(super) imports: &'a Variables,
}

/// Why variables of a text cannot be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unresolved<'t> {
    /// This name is not defined.
    Undefined(&'t str),
    /// The text would be too long.
    Long,
}

impl Variables {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Takes in one `EXT-X-DEFINE` line and answers the line that says the same without sources:
    /// `None` when it does already, or defines nothing. The first definition of a name counts.
    ///
    /// A name whose source has no value stays undefined; that is a fault only of who uses it.
    pub(super) fn define(&mut self, line: &[u8], sources: Sources<'_>) -> Option<Vec<u8>> {
        let list = attribute_list(line);
        let text = |name: &str| {
            let found = attribute(list, name)?;
            Some(std::str::from_utf8(found.value).ok()?.to_owned())
        };
        if let (Some(name), Some(value)) = (text("NAME"), text("VALUE")) {
            self.set(name, value);
            return None;
        }
        let (name, value) = if let Some(name) = text("IMPORT") {
            let value = sources.imports.get(&name)?.to_owned();
            (name, value)
        } else {
            let name = text("QUERYPARAM")?;
            let mut pairs = sources.base.query_pairs();
            let value = pairs.find(|(key, _)| *key == name)?.1.into_owned();
            (name, value)
        };
        // Such a value cannot be written in quotes, nor put into a line.
        if value.contains(['"', '\n', '\r']) {
            return None;
        }
        let end = line.get(line.trim_ascii_end().len()..).unwrap_or_default();
        let mut stated = b"#EXT-X-DEFINE:".to_vec();
        stated = with_attribute(&stated, "NAME", &format!("\"{name}\""));
        stated = with_attribute(&stated, "VALUE", &format!("\"{value}\""));
        stated.extend_from_slice(end);
        self.set(name, value);
        Some(stated)
    }

    fn set(&mut self, name: String, value: String) {
        self.values.entry(name).or_insert(value);
    }

    /// The text with every `{$name}` replaced, `most` bytes at most.
    pub(super) fn substitute<'t>(
        &self,
        text: &'t str,
        most: usize,
    ) -> Result<Cow<'t, str>, Unresolved<'t>> {
        if !text.contains("{$") {
            return Ok(Cow::Borrowed(text));
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{$") {
            out.push_str(before);
            let reference = after.split_once('}').filter(|(name, _)| is_name(name));
            if let Some((name, after)) = reference {
                out.push_str(self.get(name).ok_or(Unresolved::Undefined(name))?);
                rest = after;
                if out.len() > most {
                    return Err(Unresolved::Long);
                }
            } else {
                out.push_str("{$");
                rest = after;
            }
        }
        out.push_str(rest);
        Ok(Cow::Owned(out))
    }
}

fn is_name(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !text.is_empty() && text.bytes().all(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defined(lines: &[&str]) -> (Variables, Vec<Option<String>>) {
        let base = Url::parse("https://o.example/a/b.m3u8?token=a%2Fb&n=%22").unwrap();
        let mut imports = Variables::default();
        imports.set("host".to_owned(), "cdn.example".to_owned());
        let imports = &imports;
        let sources = Sources {
            base: &base,
            imports,
        };
        let mut variables = Variables::default();
        let written = lines
            .iter()
            .map(|line| variables.define(line.as_bytes(), sources))
            .map(|line| line.map(|line| String::from_utf8(line).unwrap()))
            .collect();
        (variables, written)
    }

    #[test]
    fn values_come_from_the_tag_the_query_and_the_multivariant_playlist() {
        let (variables, written) = defined(&[
            "#EXT-X-DEFINE:NAME=\"p\",VALUE=\"x,y\"\r\n",
            "#EXT-X-DEFINE:QUERYPARAM=\"token\"\r\n",
            "#EXT-X-DEFINE:IMPORT=\"host\"",
            "#EXT-X-DEFINE:QUERYPARAM=\"missing\"\n",
            "#EXT-X-DEFINE:QUERYPARAM=\"n\"\n",
            "#EXT-X-DEFINE:NAME=\"p\",VALUE=\"second\"\n",
        ]);
        assert_eq!(
            written,
            [
                None,
                Some("#EXT-X-DEFINE:NAME=\"token\",VALUE=\"a/b\"\r\n".to_owned()),
                Some("#EXT-X-DEFINE:NAME=\"host\",VALUE=\"cdn.example\"".to_owned()),
                None,
                None,
                None,
            ]
        );
        let written = "https://{$host}/{$p}?t={$token}{$}{$ x}";
        let text = variables.substitute(written, 100);
        let expected = "https://cdn.example/x,y?t=a/b{$}{$ x}";
        assert_eq!(text.as_deref(), Ok(expected));
        let missing = variables.substitute("a{$missing}b", 100);
        assert_eq!(missing, Err(Unresolved::Undefined("missing")));
        assert_eq!(variables.substitute(written, 20), Err(Unresolved::Long));
    }
}
