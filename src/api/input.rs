//! What an operator sends to make or edit something.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::nearest;
use super::rules::{Cap, Pacing, Targeting};
use super::stream::Stream;
use crate::model::Problem;

/// Tells a field that is `null` (clear it) from one that is left out (keep it).
pub(super) fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// Fields of a tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TenantFields {
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// IANA zone of its days; `UTC` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// ISO 4217 code; `USD` unless given. Cannot change once there are campaigns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Ad requests and sessions a second that are answered; as many as come unless given.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub quota_rps: Option<Option<u32>>,
}

/// Fields of an advertiser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AdvertiserFields {
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its web domain.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub domain: Option<Option<String>>,
    /// Its categories; none unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<String>>,
}

/// Fields of a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChannelFields {
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For people; empty unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The slot to fill when a request names none. Milliseconds.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub slot_ms: Option<Option<u64>>,
    /// Id or name of the kind of pod to fill when a request describes none.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub pod: Option<Option<String>>,
    /// How ads get into its stream, whole; none unless given.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub stream: Option<Option<Stream>>,
}

/// Fields of a campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CampaignFields {
    /// Required: id or name of an advertiser of the tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advertiser: Option<String>,
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For people; empty unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Required. Micros.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_budget_micros: Option<i64>,
    /// Micros a day of the tenant's zone.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub daily_budget_micros: Option<Option<i64>>,
    /// Impressions over the flight.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub impression_goal: Option<Option<u64>>,
    /// Required. RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Required. RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// `cpm`, `cpc`, `cpv` or `flat`; `cpm` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_model: Option<String>,
    /// Required. Micros.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_micros: Option<i64>,
    /// `sponsorship`, `standard`, `bulk` or `house`; `standard` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Share in the tier; 1 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// Id or name of an order of the same advertiser.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub order: Option<Option<String>>,
    /// For whom and when; everyone unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targeting: Option<Targeting>,
    /// How often one viewer may be shown it; no cap unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caps: Option<Vec<Cap>>,
    /// How what may be delivered is spread; `asap` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pacing: Option<Pacing>,
    /// Codes of the categories it competes in; none unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<String>>,
    /// Where in a pod it wants to be: `any`, `first`, `last` or `edge`; `any` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Percent of the requests it may be served for that it is drawn for first.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub share_of_voice: Option<Option<u8>>,
    /// With a create only: `draft` (unless given) or `active`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// Fields of a creative.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CreativeFields {
    /// The file's name without its extension unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Share in the campaign; 1 unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// Where a click leads.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub click_url: Option<Option<String>>,
    /// For whom and when, beside what its campaign says; everyone unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targeting: Option<Targeting>,
    /// How often one viewer may be shown it; no cap unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caps: Option<Vec<Cap>>,
    /// RFC 3339; the start of its campaign unless given.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub start: Option<Option<String>>,
    /// RFC 3339; the end of its campaign unless given.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub end: Option<Option<String>>,
    /// With an edit only: `active` or `inactive`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// The form of an upload.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CreativeUpload {
    /// The file's name without its extension unless given.
    pub name: Option<String>,
    /// Share in the campaign; 1 unless given.
    pub weight: Option<u32>,
    /// Where a click leads.
    pub click_url: Option<String>,
    /// RFC 3339; the start of its campaign unless given.
    pub start: Option<String>,
    /// RFC 3339; the end of its campaign unless given.
    pub end: Option<String>,
    /// JSON text of a list of caps, as in an edit.
    pub caps: Option<String>,
    /// JSON text of its targeting, as in an edit.
    pub targeting: Option<String>,
    /// The film, with its file name. Put it last: what is wrong before it is told at once.
    #[schemars(extend("format" = "binary"))]
    pub file: String,
}

/// A change of a campaign's status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StatusFields {
    /// Required: `active`, `paused` or `completed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// The copy of a campaign: a draft with the same creatives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CloneFields {
    /// Required: the name of the copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Reads one of the inputs above, or says everything that is wrong with its shape: each unknown
/// field (with the nearest known one) and each value of a wrong type.
pub fn read_fields<T: Input>(value: &Value) -> Result<T, Vec<Problem>> {
    let (fields, problems) = read_good_fields(value);
    problems.is_empty().then_some(fields).ok_or(problems)
}

/// Reads the fields whose shape is right, and says what is wrong with the others: so that the
/// values of the good ones can be judged in the same answer.
pub fn read_good_fields<T: Input>(value: &Value) -> (T, Vec<Problem>) {
    let Some(fields) = value.as_object() else {
        let problem = Problem::new("", "the body must be a JSON object");
        return (T::default(), vec![problem]);
    };
    let schema = schemars::schema_for!(T).to_value();
    let known = schema.get("properties").and_then(Value::as_object);
    let known: Vec<&str> = known
        .into_iter()
        .flat_map(Map::keys)
        .map(String::as_str)
        .collect();
    let mut good = Map::new();
    let mut problems = Vec::new();
    for (name, value) in fields {
        // Every field of an input is optional, so each can be judged alone.
        match field_fault::<T>(name, value, &known) {
            None => _ = good.insert(name.clone(), value.clone()),
            Some(fault) if problems.len() < PROBLEMS_MAX => problems.push(fault),
            Some(_one_of_too_many) => {}
        }
    }
    let fields = T::deserialize(Value::Object(good));
    (fields.unwrap_or_default(), problems)
}

/// What [`read_fields`] reads.
pub trait Input: DeserializeOwned + Default + Serialize + JsonSchema {}

impl<T: DeserializeOwned + Default + Serialize + JsonSchema> Input for T {}

/// Most unknown or misshapen fields that are told in one answer.
const PROBLEMS_MAX: usize = 100;

fn field_fault<T: Input>(name: &str, value: &Value, known: &[&str]) -> Option<Problem> {
    let shown: String = name.chars().take(64).collect();
    if !known.contains(&name) {
        let hint = nearest(name, known.iter().copied()).map_or_else(
            || format!("the fields are {}", known.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("is not a known field; {hint}");
        return Some(Problem::new(shown, message));
    }
    let alone = Value::Object(Map::from_iter([(name.to_owned(), value.clone())]));
    match serde_path_to_error::deserialize::<_, T>(&alone) {
        Ok(fields) => {
            let kept = serde_json::to_value(fields).ok()?;
            // What can be cleared keeps its `null`; what cannot has lost it.
            if value.is_null() {
                return (kept != alone).then(|| Problem::new(shown, "may not be null"));
            }
            let place = list_for_object(value, kept.get(name)?)?;
            let message = "invalid type: sequence; it must be an object";
            Some(Problem::new(format!("{shown}{place}"), message))
        }
        Err(error) => {
            // A field inside is named by its place: `caps[0].windows[1].max`.
            let place: String = error.path().to_string().chars().take(200).collect();
            Some(Problem::new(place, plain(&error.into_inner().to_string())))
        }
    }
}

/// Where a list was given and read as an object: serde takes the fields of an object in their
/// order too, which nobody means.
fn list_for_object(given: &Value, read: &Value) -> Option<String> {
    match (given, read) {
        (Value::Array(_), Value::Object(_)) => Some(String::new()),
        (Value::Array(given), Value::Array(read)) => {
            given
                .iter()
                .zip(read)
                .enumerate()
                .find_map(|(place, (given, read))| {
                    list_for_object(given, read).map(|inner| format!("[{place}]{inner}"))
                })
        }
        (Value::Object(given), Value::Object(read)) => given.iter().find_map(|(name, given)| {
            list_for_object(given, read.get(name)?).map(|inner| format!(".{name}{inner}"))
        }),
        _ => None,
    }
}

/// What serde says about a wrong type, without the names of Rust's types.
fn plain(error: &str) -> String {
    let (found, expected) = error.rsplit_once(", expected ").unwrap_or((error, ""));
    let expected = match expected {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" => "a whole number, 0 or more",
        "i64" => "a whole number",
        "a sequence" => "a list",
        other => other,
    };
    let found: String = found.chars().take(160).collect();
    if expected.is_empty() {
        return found;
    }
    format!("{found}; it must be {expected}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn good_fields_survive_beside_every_fault() {
        let body = json!({
            "name": "spring",
            "weight": -1,
            "total_budget_micros": 1e30,
            "daily_budget_micros": null,
            "description": null,
            "statsu": "draft",
            "zzz": 1,
            "caps": [{ "scope": "user", "windows": [{ "max": "3", "calendar": "day" }] }],
            "pacing": { "mode": "even", "nots": [] },
            "share_of_voice": 300,
        });
        let (fields, problems) = read_good_fields::<CampaignFields>(&body);
        assert_eq!(fields.name.as_deref(), Some("spring"));
        assert_eq!(fields.daily_budget_micros, Some(None));
        let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        caps[0].windows[0].max: invalid type: string "3"; it must be a whole number from 0 to 4294967295
        description: may not be null
        pacing.nots: unknown field `nots`; it must be `mode` or `knots`
        share_of_voice: invalid value: integer `300`; it must be a whole number from 0 to 255
        statsu: is not a known field; did you mean `status`?
        total_budget_micros: invalid type: floating point `1e+30`; it must be a whole number
        weight: invalid value: integer `-1`; it must be a whole number from 0 to 4294967295
        zzz: is not a known field; the fields are advertiser, caps, categories, daily_budget_micros, description, end, impression_goal, name, order, pacing, position, price_micros, price_model, share_of_voice, start, status, targeting, tier, total_budget_micros, weight
        "#);
    }

    #[test]
    fn a_list_is_no_object_however_deep() {
        let body = json!({
            "targeting": [],
            "pacing": ["even"],
            "caps": [
                { "scope": "pod", "windows": [{ "max": 1 }] },
                { "scope": "user", "windows": [{ "max": 1 }, [3]] },
            ],
        });
        let problems = read_fields::<CampaignFields>(&body).unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["caps[1].windows[1]", "pacing", "targeting"]);
    }

    #[test]
    fn only_an_object_is_an_input() {
        for body in [json!([]), json!(1), json!("x"), json!(null)] {
            assert!(read_fields::<TenantFields>(&body).is_err());
        }
    }

    #[test]
    fn a_flood_of_wrong_fields_is_answered_briefly() {
        let body = (0..5_000).map(|n| (format!("f{n}"), json!(n))).collect();
        let problems = read_fields::<TenantFields>(&Value::Object(body)).unwrap_err();
        assert_eq!(problems.len(), PROBLEMS_MAX);
    }
}
