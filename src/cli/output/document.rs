//! JSON and YAML: exact, with every character that a terminal could obey written as an escape.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::client::is_clean;
use crate::model::name::is_unprintable;

/// One line of JSON.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> Result<String, Failure> {
    write(value, Escaping(CompactFormatter, Escapes::Json))
}

/// JSON with an indented line for each field.
pub(super) fn pretty_json(value: &(impl Serialize + ?Sized)) -> Result<String, Failure> {
    write(value, Escaping(PrettyFormatter::new(), Escapes::Json))
}

fn write<F: Formatter>(value: &(impl Serialize + ?Sized), formatter: F) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let result = value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter));
    result.map_err(|error| unwritable(&error))?;
    String::from_utf8(bytes).map_err(|error| unwritable(&error))
}

fn unwritable(error: &(dyn std::error::Error + 'static)) -> Failure {
    Failure::new(
        Exit::Bug,
        "output",
        "the answer cannot be written in this format",
    )
    .because(error)
}

/// YAML: plain where all characters show, else JSON, which is YAML with escapes.
pub(super) fn yaml(value: &impl Serialize) -> Result<String, Failure> {
    yaml_with(
        value,
        serde_saphyr::ser_options! { prefer_block_scalars: false },
    )
}

/// The same with lines of a text on lines of their own, for who keeps it in a file.
pub(super) fn readable_yaml(value: &impl Serialize) -> Result<String, Failure> {
    yaml_with(
        value,
        serde_saphyr::ser_options! { prefer_block_scalars: true },
    )
}

fn yaml_with(
    value: &impl Serialize,
    options: serde_saphyr::SerializerOptions,
) -> Result<String, Failure> {
    let text =
        serde_saphyr::to_string_with_options(value, options).map_err(|error| unwritable(&error))?;
    if text.lines().all(is_clean) {
        return Ok(text);
    }
    let text = write(value, Escaping(PrettyFormatter::new(), Escapes::Yaml))?;
    Ok(text + "\n")
}

/// TOML, without what is null, which it has no word for.
pub(super) fn toml(value: &impl Serialize) -> Result<String, Failure> {
    let mut value = serde_json::to_value(value).map_err(|error| unwritable(&error))?;
    drop_nulls(&mut value);
    toml::to_string_pretty(&value).map_err(|error| unwritable(&error))
}

fn drop_nulls(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Object(fields) => {
            fields.retain(|_name, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(values) => values.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// Writes what the inner formatter does, with unprintable characters as escapes.
struct Escaping<F>(F, Escapes);

/// How characters beyond U+FFFF are escaped.
#[derive(Clone, Copy)]
enum Escapes {
    /// By two units of UTF-16 (RFC 8259 §7).
    Json,
    /// By their number: in YAML two units would be two characters (YAML 1.2 §5.7).
    Yaml,
}

impl Escapes {
    fn write<W: io::Write + ?Sized>(self, writer: &mut W, c: char) -> io::Result<()> {
        match self {
            Self::Yaml if u32::from(c) > 0xffff => write!(writer, "\\U{:08x}", u32::from(c)),
            Self::Json | Self::Yaml => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
                Ok(())
            }
        }
    }
}

/// Hands everything but the text of strings to the inner formatter.
macro_rules! forward {
    ($($name:ident($($argument:ident: $type:ty),*)),+ $(,)?) => {
        $(fn $name<W: io::Write + ?Sized>(
            &mut self, writer: &mut W $(, $argument: $type)*
        ) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        })+
    };
}

impl<F: Formatter> Formatter for Escaping<F> {
    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(place) = rest.find(is_unprintable) {
            let (before, after) = rest.split_at(place);
            writer.write_all(before.as_bytes())?;
            let mut chars = after.chars();
            self.1.write(writer, chars.next().unwrap_or_default())?;
            rest = chars.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    forward! {
        begin_array(), end_array(), begin_array_value(first: bool), end_array_value(),
        begin_object(), end_object(), begin_object_key(first: bool), end_object_key(),
        begin_object_value(), end_object_value(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unprintable_characters_are_escapes_in_both() {
        let text = "a\u{1b}]52;\u{7}\u{9b}\u{202e}\u{200b}\u{7f}\u{e0041}\n";
        let line = json(text).unwrap();
        assert_eq!(
            line,
            r#""a\u001b]52;\u0007\u009b\u202e\u200b\u007f\udb40\udc41\n""#
        );
        assert!(yaml(&text).unwrap().lines().all(is_clean));
    }

    #[test]
    fn yaml_is_plain_where_it_can_be() {
        let value = serde_json::json!({"name": "spring", "list": [1, "2", null], "yes": "no"});
        let text = yaml(&value).unwrap();
        assert!(text.contains("name: spring\n"), "{text}");
        assert_eq!(
            serde_saphyr::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
    }

    proptest! {
        #[test]
        fn documents_are_clean_and_read_back(key in any::<String>(), text in any::<String>()) {
            let value = serde_json::json!({ (key): [text.clone(), {"deep": text}] });
            let written = pretty_json(&value).unwrap();
            prop_assert!(written.lines().all(is_clean));
            prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&written).unwrap(), &value);
            let written = yaml(&value).unwrap();
            prop_assert!(written.lines().all(is_clean), "{}", written);
            let read: serde_json::Value = serde_saphyr::from_str(&written).unwrap();
            prop_assert_eq!(&read, &value);
            let written = readable_yaml(&value).unwrap();
            prop_assert!(written.lines().all(is_clean), "{}", written);
            let read: serde_json::Value = serde_saphyr::from_str(&written).unwrap();
            prop_assert_eq!(&read, &value);
        }
    }
}
