//! A JSON body as what it says: one pass, any shape, nothing kept that no field needs.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::fields::{SECTIONS, of_path};
use super::said::{Given, Origin, Said, is_unfilled};
use crate::model::targeting::traits::{KEYS_MAX, LIST_MAX};

/// Where key-values are in a body.
const PAIRS: &str = "key_values";

/// Reads a body; the error says where it stops being JSON.
pub(super) fn of_body(body: &[u8]) -> Result<Said<'_>, serde_json::Error> {
    let mut said = Said::new(Origin::Body);
    let mut reader = serde_json::Deserializer::from_slice(body);
    let object = Object {
        said: &mut said,
        section: "",
    };
    reader.deserialize_map(object)?;
    reader.end()?;
    Ok(said)
}

/// A key or a text, borrowed from the body where it has no escapes.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// The body or one of its sections.
struct Object<'s, 'a> {
    said: &'s mut Said<'a>,
    section: &'static str,
}

impl<'a> Visitor<'a> for Object<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an ad request: a JSON object")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key_seed(Text)? {
            let key: &str = &key;
            if let Some(named) = of_path(self.section, key) {
                let given = map.next_value_seed(Value)?;
                self.said.note(named, given);
            } else if !self.section.is_empty() {
                map.next_value::<IgnoredAny>()?;
            } else if let Some(&section) = SECTIONS.iter().find(|&&known| known == key) {
                let said = &mut *self.said;
                map.next_value_seed(Section {
                    said,
                    name: section,
                })?;
            } else if key == PAIRS {
                map.next_value_seed(Pairs(self.said))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// A section, or something else in its place.
struct Section<'s, 'a> {
    said: &'s mut Said<'a>,
    name: &'static str,
}

/// Makes a visitor refuse everything but an object, in the name of its field.
macro_rules! only_an_object {
    ($self:ident, $name:expr, $said:expr) => {
        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
        fn visit_bool<E>($self, _value: bool) -> Result<(), E> {
            $said.problems.add($name, "must be an object");
            Ok(())
        }
        fn visit_u64<E>($self, _value: u64) -> Result<(), E> {
            $said.problems.add($name, "must be an object");
            Ok(())
        }
        fn visit_i64<E>($self, _value: i64) -> Result<(), E> {
            $said.problems.add($name, "must be an object");
            Ok(())
        }
        fn visit_f64<E>($self, _value: f64) -> Result<(), E> {
            $said.problems.add($name, "must be an object");
            Ok(())
        }
        fn visit_str<E>($self, _value: &str) -> Result<(), E> {
            $said.problems.add($name, "must be an object");
            Ok(())
        }
        fn visit_seq<S: SeqAccess<'a>>($self, mut seq: S) -> Result<(), S::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            $said.problems.add($name, "must be an object");
            Ok(())
        }
    };
}

impl<'a> DeserializeSeed<'a> for Section<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Section<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    only_an_object!(self, self.name, self.said);

    fn visit_map<M: MapAccess<'a>>(self, map: M) -> Result<(), M::Error> {
        let object = Object {
            said: self.said,
            section: self.name,
        };
        object.visit_map(map)
    }
}

/// The key-values.
struct Pairs<'s, 'a>(&'s mut Said<'a>);

impl<'a> DeserializeSeed<'a> for Pairs<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Pairs<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    only_an_object!(self, PAIRS, self.0);

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        let mut keys = 0;
        while let Some(key) = map.next_key_seed(Text)? {
            let given = map.next_value_seed(Value)?;
            keys += 1;
            if keys <= KEYS_MAX {
                self.0.note_pair(key, given);
            } else if keys == KEYS_MAX + 1 {
                self.0
                    .problems
                    .add(PAIRS, format!("has more than {KEYS_MAX} keys"));
            }
        }
        Ok(())
    }
}

/// Any value.
struct Value;

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Given<'de>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Given<'de>, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Given<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Given<'de>, E> {
        Ok(Given::Absent)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Given<'de>, E> {
        Ok(Given::Flag(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(value.to_string())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Given<'de>, S::Error> {
        let mut list = Vec::new();
        let mut wrong = None;
        let mut count = 0;
        while let Some(given) = seq.next_element_seed(Value)? {
            count += 1;
            match given {
                Given::Text(text) if is_unfilled(&text) => {}
                Given::Text(text) if count <= LIST_MAX => list.push(text),
                Given::Text(_) => wrong = Some(Given::TooMany),
                Given::Absent => {}
                _ => wrong = wrong.or(Some(Given::Wrong("must be a list of texts"))),
            }
        }
        Ok(match wrong {
            Some(wrong) => wrong,
            None if list.is_empty() => Given::Absent,
            None => Given::List(list),
        })
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Given<'de>, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Given::Wrong("must not be an object"))
    }
}
