//! Rivals, lengths and caps that the book of the demo knows.

use serde_json::json;

use super::*;

fn campaign(id: &str, advertiser: &str, categories: &[&str], caps: &serde_json::Value) -> Campaign {
    serde_json::from_value(json!({
        "id": id, "name": id, "description": "", "advertiser_id": advertiser, "status": "active",
        "total_budget_micros": 1, "daily_budget_micros": null, "impression_goal": null,
        "start": "", "end": "", "price_model": "cpm", "price_micros": 1, "currency": "USD",
        "tier": "standard", "weight": 1, "categories": categories, "caps": caps,
        "revision": 1, "created_at": "", "updated_at": "",
    }))
    .unwrap()
}

/// Those without a parent are exclusive.
fn category(code: &str, parent: Option<&str>) -> Category {
    serde_json::from_value(json!({
        "id": code, "code": code, "name": code, "parent": parent, "exclusive": parent.is_none(),
        "separation_ms": null, "revision": 1, "created_at": "", "updated_at": "",
    }))
    .unwrap()
}

/// Two car makers, one of them by a category below, a third that has two campaigns.
fn book() -> Book {
    let categories = [
        category("auto", None),
        category("auto.electric", Some("auto")),
        category("food", Some("grocery")),
    ];
    let user = json!([{"scope": "user", "windows": [
        {"max": 2, "rolling_seconds": 3600}, {"max": 1, "rolling_seconds": 5},
    ]}]);
    let pod = json!([{"scope": "pod", "windows": [{"max": 1, "within": "scope"}]}]);
    let mut book = Book::default();
    for one in [
        campaign("motor", "adv_1", &["auto"], &json!([])),
        campaign("volt", "adv_2", &["auto.electric"], &json!([])),
        campaign("pizza", "adv_3", &["food"], &user),
        campaign("pasta", "adv_3", &[], &json!([])),
        campaign("coffee", "adv_4", &["food"], &pod),
    ] {
        book.insert("ten_1", one, &categories);
    }
    book
}

#[test]
fn rivals_and_siblings_may_not_share_a_pod() {
    let faults = |ads: &[&str]| {
        let ads: Vec<(&str, u64)> = ads.iter().map(|&ad| (ad, 15_015)).collect();
        book().faults(&ads, None).len()
    };
    assert_eq!(faults(&["motor", "pizza", "coffee"]), 0);
    assert_eq!(faults(&["volt", "pizza", "coffee"]), 0);
    assert_eq!(
        faults(&["motor", "pizza", "volt"]),
        1,
        "one exclusive category"
    );
    assert_eq!(faults(&["pizza", "pasta"]), 1, "one advertiser");
    // Of one advertiser, and each of the two once too often.
    assert_eq!(faults(&["coffee", "coffee"]), 3);
    assert_eq!(faults(&["motor", "nobody"]), 1);
}

#[test]
fn a_pod_is_as_long_as_its_break() {
    let book = book();
    let ads = [("motor", 15_015), ("pizza", 15_015)];
    assert!(book.faults(&ads, Some(30)).is_empty());
    assert_eq!(book.faults(&ads, Some(29)).len(), 1);
}

#[test]
fn a_cap_is_broken_by_one_more_and_counts_windows_longer_than_the_evening() {
    let mut seen = Seen::default();
    for user in ["a", "a", "b"] {
        seen.show("pizza", user);
    }
    let kept = book().capped(&seen, Duration::from_secs(10));
    let [row] = kept.as_slice() else {
        panic!("{kept:?}");
    };
    assert_eq!(
        (row.users, row.users_at_max, row.most, row.max),
        (2, 1, 2, 2)
    );
    assert_eq!(row.cap, "user:2/1h,1/5s");
    assert!(row.is_kept());
    seen.show("pizza", "a");
    assert!(!book().capped(&seen, Duration::from_secs(10))[0].is_kept());
    // In a shorter evening the shorter window holds as well.
    assert_eq!(book().capped(&seen, Duration::from_secs(4))[0].max, 1);
}
