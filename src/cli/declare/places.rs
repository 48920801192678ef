//! Where in a file something stands, so that what is wrong with it can be pointed at.

use std::collections::HashMap;
use std::ops::Range;

use serde_saphyr::granit_parser::{Event, Parser};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Widest part of a line that is shown.
const SHOWN_CHARS: usize = 120;

/// The values of a file by their paths, such as `campaigns[3].budget`, in bytes of its text.
#[derive(Debug, Default)]
pub(super) struct Places(HashMap<String, Range<usize>>);

/// A place for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// From 1.
    pub(super) line: usize,
    /// In characters, from 1.
    pub(super) column: usize,
    /// The line with carets below.
    pub(super) excerpt: String,
}

impl Places {
    /// Of a text in any of the syntaxes; JSON is read as YAML. A text that cannot be read has no
    /// places.
    pub(super) fn of(text: &str) -> Self {
        let mut places = Self::default();
        match DeTable::parse(text) {
            Ok(table) => places.add_table("", table.get_ref()),
            Err(_no_toml) => places.add_yaml(text),
        }
        places
    }

    /// The place of a path, or of the nearest thing around it that is written.
    pub(super) fn find(&self, text: &str, path: &str) -> Option<Spot> {
        let mut path = path;
        loop {
            if let Some(range) = self.0.get(path) {
                return Some(spot(text, range));
            }
            let end = path.rfind(['.', '['])?;
            path = path.get(..end)?;
        }
    }

    fn add_table(&mut self, path: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let path = below(path, key.get_ref());
            self.0.insert(path.clone(), key.span());
            self.add_value(&path, value);
        }
    }

    fn add_value(&mut self, path: &str, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Table(table) => self.add_table(path, table),
            DeValue::Array(values) => {
                for (place, value) in values.iter().enumerate() {
                    let path = format!("{path}[{place}]");
                    self.0.insert(path.clone(), first_line(value.span()));
                    self.add_value(&path, value);
                }
            }
            _ => _ = self.0.insert(path.to_owned(), value.span()),
        }
    }

    fn add_yaml(&mut self, text: &str) {
        let mut open: Vec<Open> = Vec::new();
        for next in Parser::new_from_str(text) {
            let Ok((event, span)) = next else {
                return;
            };
            let range = span.byte_range().unwrap_or_default();
            match event {
                Event::MappingStart(..) => {
                    let path = self.enter(&mut open, range);
                    open.push(Open::Mapping { path, key: None });
                }
                Event::SequenceStart(..) => {
                    let path = self.enter(&mut open, range);
                    open.push(Open::Sequence { path, next: 0 });
                }
                Event::MappingEnd | Event::SequenceEnd => _ = open.pop(),
                Event::Scalar(word, ..) => {
                    if let Some(Open::Mapping { key, .. }) = open.last_mut()
                        && key.is_none()
                    {
                        *key = Some(word.into_owned());
                        continue;
                    }
                    self.enter(&mut open, range);
                }
                Event::Alias(..) => _ = self.enter(&mut open, range),
                _ => {}
            }
        }
    }

    /// Notes the value that comes now; its path.
    fn enter(&mut self, open: &mut [Open], range: Range<usize>) -> String {
        let path = match open.last_mut() {
            None => return String::new(),
            Some(Open::Mapping { path, key }) => below(path, &key.take().unwrap_or_default()),
            Some(Open::Sequence { path, next }) => {
                let place = *next;
                *next += 1;
                format!("{path}[{place}]")
            }
        };
        self.0.insert(path.clone(), range);
        path
    }
}

/// A part of a YAML text whose end is still to come.
enum Open {
    Mapping { path: String, key: Option<String> },
    Sequence { path: String, next: usize },
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() {
        return key.to_owned();
    }
    format!("{path}.{key}")
}

/// Of something long, the beginning.
fn first_line(range: Range<usize>) -> Range<usize> {
    range.start..range.start + 1
}

fn spot(text: &str, range: &Range<usize>) -> Spot {
    let before = text.get(..range.start).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let blank = before.get(start..).unwrap_or_default().chars().count();
    let wrong = text.get(range.clone()).unwrap_or_default();
    let wrong = wrong.lines().next().unwrap_or_default().trim_end();
    let carets = "^".repeat(wrong.chars().count().clamp(1, SHOWN_CHARS / 2));
    let number = before.matches('\n').count() + 1;
    // Of a long line, what is around the fault.
    let indent = line.chars().take_while(|c| c.is_whitespace()).count();
    let cut = if blank < SHOWN_CHARS / 2 {
        indent.min(blank)
    } else {
        blank - SHOWN_CHARS / 4
    };
    let shown: String = line.chars().skip(cut).take(SHOWN_CHARS).collect();
    let under = " ".repeat(blank - cut);
    let excerpt = format!("{number:>5} | {shown}\n      | {under}{carets}");
    Spot {
        line: number,
        column: blank + 1,
        excerpt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "\
# ours
tenants:
  - name: acme
    campaigns:
      - name: spring
        budget: much   # too
        creatives: [{file: a.mp4, weight: -1}]
      - {name: autumn, budget: 12}
";

    #[test]
    fn values_are_found_in_yaml_and_json() {
        let places = Places::of(YAML);
        let at = |path: &str| places.find(YAML, path).map(|spot| (spot.line, spot.column));
        assert_eq!(at("tenants[0].campaigns[0].budget"), Some((6, 17)));
        assert_eq!(
            at("tenants[0].campaigns[0].creatives[0].weight"),
            Some((7, 43))
        );
        assert_eq!(at("tenants[0].campaigns[1].budget"), Some((8, 32)));
        // What is not written is looked for around it.
        assert_eq!(at("tenants[0].campaigns[1].rate"), Some((8, 9)));
        assert_eq!(at("channels[3].slot"), None);
        let json = "{\"tenants\": [{\"name\": 7,\n  \"campaigns\": [{\"budget\": \"x\"}]}]}";
        let spot = Places::of(json)
            .find(json, "tenants[0].campaigns[0].budget")
            .unwrap();
        assert_eq!((spot.line, spot.column), (2, 28));
    }

    #[test]
    fn values_are_found_in_toml() {
        let text = "[[campaigns]]\nname = 'a'\n\n[[campaigns]]\nname = 'b'\nbudget = 'much'\n";
        let places = Places::of(text);
        let at = |path: &str| places.find(text, path).map(|spot| (spot.line, spot.column));
        assert_eq!(at("campaigns[1].budget"), Some((6, 10)));
        assert_eq!(at("campaigns[1].rate"), Some((4, 1)));
    }

    #[test]
    fn the_wrong_part_is_pointed_at() {
        let spot = Places::of(YAML)
            .find(YAML, "tenants[0].campaigns[0].budget")
            .unwrap();
        assert_eq!(
            spot.excerpt,
            "    6 | budget: much   # too\n      |         ^^^^"
        );
    }

    #[test]
    fn a_text_that_is_neither_has_no_places() {
        for text in ["", "{", "\u{0}", "- &a [*a]", "? x"] {
            assert_eq!(Places::of(text).find(text, "a.b[3]"), None, "{text}");
        }
    }
}
