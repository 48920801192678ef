//! Reads the JSON body of a request: bounded, of one meaning, and with the place of a fault.
//!
//! Stricter than `serde_json` alone: a name given twice is refused, because the two readers of a
//! body that says `"weight": 1, "weight": 9` would disagree about it (RFC 8259 §4), and nesting
//! is bounded well below what a stack can take.

use std::error::Error;
use std::fmt;

use axum::body::Body;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::{DeserializeSeed, Deserializer, Error as JsonError, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::respond::Refusal;
use crate::host::http::BodyError;

/// Most bytes of a JSON body.
pub const JSON_BYTES_MAX: usize = 1 << 20;
/// Deepest nesting of a JSON body.
pub const JSON_DEPTH_MAX: u32 = 32;

/// The one content type of a JSON body. A browser sends it to another site only after asking,
/// and we never say yes.
const JSON_TYPE: &str = "application/json";

/// Reads the whole body as JSON, of at most `max` bytes.
pub(crate) async fn read_json(
    headers: &HeaderMap,
    body: Body,
    max: usize,
) -> Result<Value, Refusal> {
    check_type(headers)?;
    let bytes = read_bytes(headers, body, max).await?;
    parse_json(&bytes)
}

fn check_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let refused = || Refusal::UnsupportedMedia(JSON_TYPE);
    let mut given = headers.get_all(CONTENT_TYPE).iter();
    let (Some(only), None) = (given.next(), given.next()) else {
        return Err(refused());
    };
    let text = only.to_str().map_err(|_not_text| refused())?;
    let (kind, parameter) = text.split_once(';').unwrap_or((text, ""));
    let parameter = parameter.trim().replace('"', "");
    let utf8 = parameter.is_empty() || parameter.eq_ignore_ascii_case("charset=utf-8");
    (kind.trim().eq_ignore_ascii_case(JSON_TYPE) && utf8)
        .then_some(())
        .ok_or_else(refused)
}

async fn read_bytes(headers: &HeaderMap, body: Body, max: usize) -> Result<Vec<u8>, Refusal> {
    let too_large = || Refusal::TooLarge { max: max as u64 };
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > max as u64) {
        return Err(too_large());
    }
    match Limited::new(body, max).collect().await {
        Ok(whole) => Ok(whole.to_bytes().to_vec()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(error) if is_too_slow(error.as_ref()) => Err(Refusal::TooSlow),
        Err(_broken) => Err(Refusal::Malformed {
            what: "the body ended before its end".to_owned(),
            line: 1,
            column: 1,
            path: String::new(),
        }),
    }
}

/// Whether the listener gave the client up. Its error comes wrapped by those between.
pub(crate) fn is_too_slow(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(BodyError::TooSlow) = error.downcast_ref::<BodyError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Reads one JSON text and nothing after it.
fn parse_json(bytes: &[u8]) -> Result<Value, Refusal> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut reader, &mut track);
    let value = Strict { depth: 0 }
        .deserialize(tracked)
        .map_err(|error| malformed(&error, &track.path().to_string()))?;
    reader.end().map_err(|error| malformed(&error, ""))?;
    Ok(value)
}

fn malformed(error: &serde_json::Error, path: &str) -> Refusal {
    let text = error.to_string();
    // serde_json appends the place, which has its own fields here.
    let what = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(what, _place)| what);
    Refusal::Malformed {
        what: what.chars().take(200).collect(),
        line: error.line(),
        column: error.column(),
        path: path.chars().take(200).collect(),
    }
}

/// Reads any JSON value at a depth.
#[derive(Clone, Copy)]
struct Strict {
    depth: u32,
}

impl Strict {
    fn deeper<E: JsonError>(self) -> Result<Self, E> {
        if self.depth >= JSON_DEPTH_MAX {
            let message = format!("nesting is deeper than {JSON_DEPTH_MAX}");
            return Err(E::custom(message));
        }
        Ok(Self {
            depth: self.depth + 1,
        })
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: JsonError>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            if object.contains_key(&name) {
                let shown: String = name.chars().take(64).collect();
                return Err(A::Error::custom(format!("`{shown}` is given twice")));
            }
            let value = entries.next_value_seed(inner)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn fault(text: &str) -> String {
        parse_json(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn good_json_is_read_as_it_is() {
        let text = r#"{"a":[1,-2,2.5,true,null,"é"],"b":{}}"#;
        assert_eq!(parse_json(text.as_bytes()).unwrap().to_string(), text);
    }

    #[test]
    fn the_place_of_a_fault_is_told() {
        let text = fault("{\n  \"name\": \"a\",\n  \"categories\": [\"x\", oops]\n}");
        assert!(text.contains("line 3 column 23"), "{text}");
        assert!(text.contains("categories[1]"), "{text}");
    }

    #[test]
    fn what_has_two_meanings_is_refused() {
        for (text, why) in [
            (r#"{"a":1,"a":2}"#, "`a` is given twice"),
            (r#"{"a":{"b":1,"b":1}}"#, "`b` is given twice"),
            (r#"{"a":NaN}"#, "expected value"),
            (r#"{"a":1e999}"#, "number out of range"),
            (r#"{"a":-Infinity}"#, "invalid number"),
            (r#"{"a":"\ud800"}"#, "unexpected end of hex escape"),
            (r#"{"a":1} x"#, "trailing characters"),
            ("", "EOF"),
            ("{", "EOF"),
            ("\u{feff}{}", "expected value"),
        ] {
            assert!(fault(text).contains(why), "{text}: {}", fault(text));
        }
        assert!(parse_json(b"{\"a\":\"\xff\"}").is_err());
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let depth = JSON_DEPTH_MAX as usize;
        assert!(parse_json(nested(depth).as_bytes()).is_ok());
        assert!(fault(&nested(depth + 1)).contains("deeper than 32"));
        assert!(fault(&nested(100_000)).contains("deeper than 32"));
    }

    #[test]
    fn only_the_json_type_passes() {
        let passes = |kinds: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for kind in kinds {
                headers.append(CONTENT_TYPE, HeaderValue::from_static(kind));
            }
            check_type(&headers).is_ok()
        };
        assert!(passes(&["application/json"]));
        assert!(passes(&["Application/JSON; charset=UTF-8"]));
        assert!(!passes(&[]));
        assert!(!passes(&["text/plain"]));
        assert!(!passes(&["application/json; charset=latin1"]));
        assert!(!passes(&["application/x-www-form-urlencoded"]));
        assert!(!passes(&["application/json", "text/plain"]));
    }

    #[tokio::test]
    async fn a_body_is_bounded_whatever_it_announces() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON_TYPE));
        let text = |bytes: usize| Body::from(format!("\"{}\"", "x".repeat(bytes - 2)));
        assert!(
            read_json(&headers, text(JSON_BYTES_MAX), JSON_BYTES_MAX)
                .await
                .is_ok()
        );
        let over = read_json(&headers, text(JSON_BYTES_MAX + 1), JSON_BYTES_MAX).await;
        assert!(matches!(over, Err(Refusal::TooLarge { .. })));
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("1048577"));
        let announced = read_json(&headers, Body::empty(), JSON_BYTES_MAX).await;
        assert!(matches!(announced, Err(Refusal::TooLarge { .. })));
    }
}
