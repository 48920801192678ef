//! Cleans what came from the daemon, once, before anything else sees it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::{Call, Client, ClientError, clean};

/// Longest text that is kept, in characters; no screen is wider.
const CHARS_MAX: usize = 4_000;

/// Makes a call; no text of its answer holds what could steer a terminal.
pub(super) async fn fetch<T: DeserializeOwned>(
    client: &Client,
    call: Call,
) -> Result<T, ClientError> {
    let answer = client.send::<Value>(call).await?;
    let value = cleaned(answer.value);
    serde_json::from_value(value).map_err(|error| ClientError::Protocol {
        target: client.target().clone(),
        what: error.to_string(),
    })
}

/// A value with every text in it cleaned and cut.
fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(cut(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(cleaned).collect()),
        Value::Object(fields) => {
            let fields = fields.into_iter();
            Value::Object(
                fields
                    .map(|(name, value)| (cut(&name), cleaned(value)))
                    .collect(),
            )
        }
        plain => plain,
    }
}

fn cut(text: &str) -> String {
    clean(text).chars().take(CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_are_cleaned_wherever_they_stand() {
        let hostile = json!({
            "name": "a\u{1b}[2Jb",
            "list": ["\u{9b}31m", 7, null, {"deep\u{7}": "x\ny"}],
            "long": "x".repeat(2 * CHARS_MAX),
        });
        let value = cleaned(hostile);
        assert_eq!(value["name"], "a\\x1b[2Jb");
        assert_eq!(value["list"][0], "\\x9b31m");
        assert_eq!(value["list"][1], 7);
        assert_eq!(value["list"][3]["deep\\x07"], "x\\ny");
        assert_eq!(value["long"].as_str().unwrap().len(), CHARS_MAX);
    }
}
