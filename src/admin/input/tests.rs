//! What is said of good and bad input.

use super::campaign::CampaignLinks;
use super::*;
use crate::model::{AdvertiserId, CampaignSpec};
use serde_json::json;

fn told<T>(outcome: Result<T, Vec<Problem>>) -> Vec<String> {
    let problems = outcome.err().unwrap_or_default();
    problems.iter().map(Problem::to_string).collect()
}

fn stored() -> CampaignSpec {
    let body = json!({
        "name": "spring",
        "advertiser": "adv_1",
        "total_budget_micros": 1_000,
        "daily_budget_micros": 100,
        "start": "2026-01-01T00:00:00Z",
        "end": "2026-02-01T00:00:00Z",
        "price_micros": 7,
        "weight": 5,
    });
    let made = campaign(
        Form::read(&body),
        None,
        CampaignLinks {
            advertiser: Some(AdvertiserId::new(1)),
            order: None,
        },
    );
    made.unwrap().0
}

fn edit(body: &Value) -> Result<CampaignSpec, Vec<Problem>> {
    campaign(Form::read(body), Some(&stored()), CampaignLinks::default())
        .map(|(spec, _status)| spec)
}

#[test]
fn a_create_says_everything_that_is_missing_or_wrong_at_once() {
    let body = json!({
        "nmae": "x",
        "total_budget_micros": "lots",
        "daily_budget_micros": -1,
        "start": "soon",
        "end": "2026-02-01T00:00:00Z",
        "tier": "gold",
        "status": "paused",
        "weight": 0,
    });
    let problems = told(campaign(Form::read(&body), None, CampaignLinks::default()));
    let fields: Vec<&str> = problems
        .iter()
        .map(|problem| problem.split(':').next().unwrap())
        .collect();
    let expected = [
        "nmae",
        "total_budget_micros",
        "status",
        "start",
        "price_micros",
        "advertiser",
        "name",
        "tier",
        "daily_budget_micros",
        "weight",
    ];
    assert_eq!(fields, expected, "{problems:#?}");
}

#[test]
fn an_edit_keeps_what_is_left_out_and_clears_what_is_null() {
    assert_eq!(edit(&json!({})), Ok(stored()));
    let expected = CampaignSpec {
        daily_budget_micros: None,
        weight: 6,
        ..stored()
    };
    let body = json!({ "daily_budget_micros": null, "weight": 6 });
    assert_eq!(edit(&body), Ok(expected));
}

#[test]
fn an_edit_is_judged_as_a_whole() {
    let early = told(edit(&json!({ "end": "2025-01-01T00:00:00Z" })));
    assert_eq!(early.len(), 1);
    assert!(early[0].starts_with("end: "), "{early:?}");
    // The start cannot be read, so nothing is said about an end before the old one.
    let unread = told(edit(
        &json!({ "start": "?", "end": "2025-01-01T00:00:00Z" }),
    ));
    assert_eq!(unread.len(), 1, "{unread:?}");
    assert!(unread[0].starts_with("start: "), "{unread:?}");
}

#[test]
fn the_status_of_a_campaign_has_its_own_address() {
    let problems = told(edit(&json!({ "status": "paused" })));
    assert!(problems[0].contains("/status"), "{problems:?}");
    assert!(status(Form::read(&json!({}))).is_err());
    let paused = status(Form::read(&json!({ "status": "paused" })));
    assert_eq!(paused, Ok(CampaignStatus::Paused));
}

#[test]
fn a_name_with_two_faults_tells_both() {
    let name = format!("{}\u{202e}", "x".repeat(300));
    let body = json!({ "name": name });
    assert_eq!(told(advertiser(Form::read(&body), None)).len(), 2);
}

#[test]
fn what_may_be_empty_can_be_cleared() {
    let stored = ChannelSpec {
        name: "one".to_owned(),
        description: "first".to_owned(),
        slot: Some(Millis(30_000)),
        pod: Some(PodId::new(1)),
        stream: None,
    };
    let body = json!({ "slot_ms": null });
    let edited = channel(Form::read(&body), Some(&stored), None).unwrap();
    assert_eq!(edited.slot, None);
    assert_eq!(edited.description, "first");
    let body = json!({ "description": null });
    assert_eq!(
        told(channel(Form::read(&body), Some(&stored), None)).len(),
        1
    );
}

#[test]
fn only_two_statuses_of_a_creative_are_an_operators() {
    let base = || CreativeSpec::of("spot".to_owned());
    for (word, good) in [
        ("active", true),
        ("inactive", true),
        ("failed", false),
        ("processing", false),
        ("gone", false),
    ] {
        let made = creative(Form::read(&json!({ "status": word })), base());
        assert_eq!(made.is_ok(), good, "{word}");
    }
}
