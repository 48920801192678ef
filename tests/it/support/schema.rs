//! Judges a JSON value by a schema: the keywords that our types produce, and no others.
//!
//! A keyword it does not know fails the judgement, so that a schema never says more than is
//! checked.

use serde_json::Value;

/// Everything in which `value` departs from `schema`, whose references are looked up in `root`.
pub(crate) fn faults(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    judge(root, schema, (value, "$"), &mut faults);
    faults
}

fn judge(root: &Value, schema: &Value, (value, at): (&Value, &str), faults: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        if schema == &Value::Bool(false) {
            faults.push(format!("{at}: nothing is allowed here"));
        }
        return;
    };
    for (keyword, rule) in keywords {
        match keyword.as_str() {
            "$ref" => {
                let pointer = rule.as_str().unwrap().trim_start_matches('#');
                let target = root.pointer(pointer).expect("a reference leads somewhere");
                judge(root, target, (value, at), faults);
            }
            "type" if !is_of_type(rule, value) => {
                faults.push(format!("{at}: {value} is not of type {rule}"));
            }
            "enum" if !rule.as_array().unwrap().contains(value) => {
                faults.push(format!("{at}: {value} is none of {rule}"));
            }
            "const" if rule != value => faults.push(format!("{at}: {value} is not {rule}")),
            "minimum" if value.is_number() && value.as_f64() < rule.as_f64() => {
                faults.push(format!("{at}: {value} is below {rule}"));
            }
            "maximum" if value.as_f64() > rule.as_f64() => {
                faults.push(format!("{at}: {value} is above {rule}"));
            }
            "required" => faults.extend(
                rule.as_array()
                    .unwrap()
                    .iter()
                    .filter(|name| value.get(name.as_str().unwrap()).is_none())
                    .map(|name| format!("{at}: {name} is missing")),
            ),
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        judge(root, rule, (value, &format!("{at}.{name}")), faults);
                    }
                }
            }
            "items" => {
                for (place, value) in value.as_array().into_iter().flatten().enumerate() {
                    judge(root, rule, (value, &format!("{at}[{place}]")), faults);
                }
            }
            "minItems" | "maxItems" => {
                let items = value.as_array().map(|items| items.len() as u64);
                let bound = rule.as_u64();
                let is_beyond = match keyword.as_str() {
                    "minItems" => items < bound,
                    _ => items > bound,
                };
                if items.is_some() && is_beyond {
                    faults.push(format!("{at}: {keyword} is {rule}"));
                }
            }
            "additionalProperties" => judge_others(root, keywords, (value, at), faults),
            "anyOf" | "oneOf" => {
                let fits = |rule| self::faults(root, rule, value).is_empty();
                if !rule.as_array().unwrap().iter().any(fits) {
                    faults.push(format!("{at}: {value} fits no alternative"));
                }
            }
            // Kept, or words for people.
            "type" | "enum" | "const" | "minimum" | "maximum" | "title" | "description"
            | "default" | "format" => {}
            other => faults.push(format!("{at}: keyword {other} is not judged")),
        }
    }
}

fn judge_others(
    root: &Value,
    keywords: &serde_json::Map<String, Value>,
    (value, at): (&Value, &str),
    faults: &mut Vec<String>,
) {
    let known = keywords.get("properties").and_then(Value::as_object);
    let rule = &keywords["additionalProperties"];
    for (name, value) in value.as_object().into_iter().flatten() {
        if known.is_none_or(|known| !known.contains_key(name)) {
            judge(root, rule, (value, &format!("{at}.{name}")), faults);
        }
    }
}

fn is_of_type(rule: &Value, value: &Value) -> bool {
    let one = |name: &Value| match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    rule.as_array()
        .map_or_else(|| one(rule), |names| names.iter().any(one))
}

#[test]
fn departures_are_found() {
    use serde_json::json;
    let root = json!({ "defs": { "Word": { "type": "string", "enum": ["a", "b"] } } });
    let schema = json!({
        "type": "object",
        "required": ["word"],
        "additionalProperties": false,
        "properties": {
            "word": { "$ref": "#/defs/Word" },
            "list": { "type": ["array", "null"], "items": { "type": "integer", "minimum": 0 } },
        },
    });
    let count = |value: Value| faults(&root, &schema, &value).len();
    assert_eq!(count(json!({ "word": "a", "list": [1, 2] })), 0);
    assert_eq!(count(json!({ "word": "a", "list": null })), 0);
    assert_eq!(count(json!({})), 1);
    assert_eq!(count(json!({ "word": "c" })), 1);
    assert_eq!(
        count(json!({ "word": "a", "list": [-1, "x"], "more": 1 })),
        3
    );
    assert_eq!(
        faults(&root, &json!({ "pattern": "a" }), &json!("a")).len(),
        1
    );
}
