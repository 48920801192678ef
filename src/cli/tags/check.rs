//! Calls an address as a player would and judges the answer.

use std::time::Duration;

use serde::Serialize;

use crate::api::{AdAnswer, DecisionReport, Tag};
use crate::cli::output::{Column, Row, Value};
use crate::client::{Fetched, fetch};
use crate::format::vast;
use crate::format::xml::DOCUMENT_BYTES_MAX;
use crate::host::Clock;

/// Most media files that are looked for.
const MEDIA_MAX: usize = 20;

/// One check and how it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    /// What was checked.
    #[serde(rename = "check")]
    pub(super) what: &'static str,
    /// `ok` or `failed`.
    pub(super) result: &'static str,
    /// What was found.
    pub(super) detail: String,
}

impl Check {
    fn of(what: &'static str, outcome: Result<String, String>) -> Self {
        let (result, detail) = match outcome {
            Ok(detail) => ("ok", detail),
            Err(detail) => ("failed", detail),
        };
        Self {
            what,
            result,
            detail,
        }
    }
}

impl Row for Check {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("check", "CHECK", |row| Value::text(row.what)),
        Column::shown("result", "RESULT", |row| Value::Word(row.result)),
        Column::shown("detail", "DETAIL", |row| Value::text(&row.detail)),
    ];

    fn id(&self) -> &str {
        self.what
    }
}

/// What was found at an address.
#[derive(Debug)]
pub(super) struct Judged {
    /// Every check in order; one that cannot be made is left out.
    pub(super) checks: Vec<Check>,
    /// Whether a good answer came that has no ad.
    pub(super) is_empty: bool,
}

/// Checks an address.
pub(super) async fn check(tag: &Tag, limit: Duration, clock: &Clock) -> Judged {
    let body = tag.body.as_ref().map(|body| fill_macros(&body.to_string()));
    let body: Option<serde_json::Value> = body.and_then(|text| serde_json::from_str(&text).ok());
    let begun = clock.monotonic();
    let answer = fetch(
        &fill_macros(&tag.url),
        body.as_ref(),
        limit,
        DOCUMENT_BYTES_MAX,
    )
    .await;
    let took = clock.monotonic().duration_since(begun).as_millis();
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => {
            return Judged {
                checks: vec![Check::of("answer", Err(error.to_string()))],
                is_empty: false,
            };
        }
    };
    let status = match answer.status {
        200 | 204 => Ok(format!("{} in {took} ms", answer.status)),
        other => Err(format!("status {other} in {took} ms")),
    };
    let mut checks = vec![Check::of("answer", status)];
    let (document, found) = if answer.content_type().contains("json") {
        judge_json(&answer)
    } else {
        judge_vast(&answer)
    };
    let is_empty = document.is_ok() && found.is_empty();
    checks.push(Check::of("document", document));
    for media in found.iter().take(MEDIA_MAX) {
        checks.push(Check::of("media", judge_media(media, limit).await));
    }
    Judged { checks, is_empty }
}

/// Why there is no ad, as deciding the same again tells; nothing where there is one now.
pub(super) fn reason(report: &DecisionReport) -> Option<Check> {
    let why = report.no_ad_reason.as_ref()?;
    let detail = if let [only] = report.campaigns.as_slice() {
        let word = only.now.as_ref().unwrap_or(why);
        format!("{word}: {}", only.meaning)
    } else {
        let reasons = report.reasons.iter();
        let counted: Vec<String> = reasons
            .map(|(reason, campaigns)| format!("{reason} {campaigns}"))
            .collect();
        format!("{why}; campaigns by reason: {}", counted.join(", "))
    };
    Some(Check::of("no ad", Ok(detail)))
}

/// Macros as a player without anything to hide would fill them: `-1` for what is not known
/// (VAST 4.2 §6).
fn fill_macros(text: &str) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        filled.push_str(before);
        let letters = after.find(|c: char| !c.is_ascii_uppercase() && c != '_');
        let (name, next) = after.split_at(letters.unwrap_or(after.len()));
        match next.strip_prefix(']') {
            Some(next) if !name.is_empty() => {
                let known = name == "CACHEBUSTING";
                filled.push_str(if known { "12345678" } else { "-1" });
                rest = next;
            }
            _ => {
                filled.push('[');
                rest = after;
            }
        }
    }
    filled + rest
}

fn judge_json(answer: &Fetched) -> (Result<String, String>, Vec<String>) {
    let found: AdAnswer = match serde_json::from_slice(&answer.body) {
        Ok(found) => found,
        Err(error) => {
            return (
                Err(format!("not an answer of version 1: {error}")),
                Vec::new(),
            );
        }
    };
    let said = match (found.creative_id, found.no_ad) {
        (Some(creative), _) => Ok(format!("an ad: creative {creative}")),
        (None, Some(no_ad)) => Ok(format!("no ad: {}", no_ad.reason)),
        (None, None) => Err("neither an ad nor a reason for none".to_owned()),
    };
    (said, found.video_url.into_iter().collect())
}

/// What the document is, and the addresses of its media.
fn judge_vast(answer: &Fetched) -> (Result<String, String>, Vec<String>) {
    let kind = answer.content_type();
    if !kind.contains("xml") {
        return (Err(format!("its type is `{kind}`, not XML")), Vec::new());
    }
    let document = match vast::read(&answer.body) {
        Ok(document) => document,
        Err(error) => return (Err(error.to_string()), Vec::new()),
    };
    if document.version.is_empty() {
        return (Err("it is no VAST document".to_owned()), Vec::new());
    }
    if let Some(warning) = document.warnings.first() {
        return (
            Err(format!("VAST {}: {warning}", document.version)),
            Vec::new(),
        );
    }
    let media = document.ads.iter().flat_map(|ad| &ad.media_files);
    let media: Vec<String> = media.map(|file| file.uri.clone()).collect();
    let ads = match document.ads.len() {
        0 => "no ad".to_owned(),
        1 => "one ad".to_owned(),
        count => format!("{count} ads"),
    };
    let said = format!(
        "VAST {}, {ads}, media files: {}",
        document.version,
        media.len()
    );
    (Ok(said), media)
}

/// Asks for the start of a file: enough to know that it is there.
async fn judge_media(url: &str, limit: Duration) -> Result<String, String> {
    let answer = fetch(url, None, limit, 0)
        .await
        .map_err(|error| format!("{url}: {error}"))?;
    match answer.status {
        200 | 206 => Ok(format!("{url}: {}", answer.content_type())),
        other => Err(format!("{url}: status {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fetched(kind: &str, body: &str) -> Fetched {
        Fetched::new(200, kind, body)
    }

    #[test]
    fn a_document_is_known_by_its_content() {
        let vast = r#"<VAST version="4.2"><Ad id="1"><InLine><Creatives><Creative><Linear>
            <MediaFiles><MediaFile type="video/mp4" delivery="progressive" width="1" height="1">
            <![CDATA[http://a/b.mp4]]></MediaFile></MediaFiles></Linear></Creative></Creatives>
            </InLine></Ad></VAST>"#;
        let (found, media) = judge_vast(&fetched("text/xml", vast));
        assert_eq!(found, Ok("VAST 4.2, one ad, media files: 1".to_owned()));
        assert_eq!(media, ["http://a/b.mp4"]);
        for (kind, body) in [
            ("text/html", vast),
            ("text/xml", "<VAST><Ad></VAST>"),
            ("text/xml", "<html></html>"),
        ] {
            assert!(judge_vast(&fetched(kind, body)).0.is_err(), "{body}");
        }
        let json = r#"{"request_id":"r","no_ad":{"reason":"no_demand"}}"#;
        let (found, media) = judge_json(&fetched("application/json", json));
        assert_eq!(found, Ok("no ad: no_demand".to_owned()));
        assert!(media.is_empty());
    }

    #[test]
    fn macros_are_filled() {
        assert_eq!(
            fill_macros("http://a?b=[CACHEBUSTING]&c=[IFA]&d"),
            "http://a?b=12345678&c=-1&d"
        );
        assert_eq!(fill_macros("http://[::1]/[A"), "http://[::1]/[A");
        assert_eq!(fill_macros("{\"a\":[\"[IFA]\"]}"), "{\"a\":[\"-1\"]}");
    }
}
