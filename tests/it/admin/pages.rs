//! Lists: search, filter, sort, and pages that neither skip nor repeat.

use serde_json::json;

use crate::support::admin::{Admin, Ask, campaign, with};

/// Every page of a list, one after the other.
async fn walk(admin: &Admin, target: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut cursor: Option<String> = None;
    for _page in 0..50 {
        let joint = if target.contains('?') { '&' } else { '?' };
        let next = cursor.map_or(String::new(), |cursor| format!("{joint}cursor={cursor}"));
        let page = admin.must(Ask::get(format!("{target}{next}"))).await;
        names.extend(page.items("name"));
        cursor = page.body["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            return names;
        }
    }
    panic!("the list has no end: {names:?}");
}

async fn seeded() -> Admin {
    let admin = Admin::with_tenant().await;
    admin
        .must(Ask::post("/api/v1/advertisers", &json!({ "name": "Tea" })))
        .await;
    for (name, change) in [
        (
            "Beta",
            json!({ "tier": "house", "start": "2026-01-03T00:00:00Z" }),
        ),
        (
            "alpha",
            json!({ "status": "active", "start": "2026-01-01T00:00:00Z" }),
        ),
        (
            "Gamma 100%",
            json!({ "advertiser": "Tea", "start": "2026-01-05T00:00:00Z" }),
        ),
        (
            "delta_1",
            json!({ "status": "active", "start": "2026-01-04T00:00:00Z" }),
        ),
        (
            "Épsilon",
            json!({ "tier": "bulk", "start": "2026-01-02T00:00:00Z" }),
        ),
    ] {
        let fields = with(campaign(name), &change);
        admin.must(Ask::post("/api/v1/campaigns", &fields)).await;
    }
    admin
}

#[tokio::test]
async fn lists_are_searched_filtered_and_sorted() {
    let admin = seeded().await;
    for (query, expected) in [
        (
            "",
            &["Beta", "alpha", "Gamma 100%", "delta_1", "Épsilon"][..],
        ),
        (
            "sort=name",
            &["alpha", "Beta", "delta_1", "Gamma 100%", "Épsilon"],
        ),
        (
            "sort=start&order=desc",
            &["Gamma 100%", "delta_1", "Beta", "Épsilon", "alpha"],
        ),
        (
            "sort=tier",
            &["Épsilon", "Beta", "alpha", "Gamma 100%", "delta_1"],
        ),
        ("search=TA", &["Beta", "delta_1"]),
        ("search=%C3%A9p", &["Épsilon"]),
        ("search=100%25", &["Gamma 100%"]),
        ("search=%25", &["Gamma 100%"]),
        ("search=_", &["delta_1"]),
        ("search='", &[]),
        ("status=active", &["alpha", "delta_1"]),
        (
            "status=active&search=a&sort=name&order=desc",
            &["delta_1", "alpha"],
        ),
        ("tier=bulk", &["Épsilon"]),
        ("advertiser=tea", &["Gamma 100%"]),
        ("advertiser=adv_1&tier=standard", &["alpha", "delta_1"]),
    ] {
        let page = admin
            .must(Ask::get(format!("/api/v1/campaigns?{query}")))
            .await;
        assert_eq!(page.items("name"), expected, "{query}");
        assert_eq!(page.body["total"], expected.len(), "{query}");
    }
}

#[tokio::test]
async fn pages_together_are_the_list_whatever_the_order_and_size() {
    let admin = seeded().await;
    for sort in [
        "id",
        "name",
        "created_at",
        "updated_at",
        "status",
        "start",
        "end",
        "tier",
    ] {
        for order in ["asc", "desc"] {
            let list = format!("/api/v1/campaigns?sort={sort}&order={order}");
            let whole = admin.must(Ask::get(&list)).await.items("name");
            assert_eq!(whole.len(), 5);
            for limit in 1..=6 {
                let pages = walk(&admin, &format!("{list}&limit={limit}")).await;
                assert_eq!(pages, whole, "{list} by {limit}");
            }
        }
    }
}

#[tokio::test]
async fn a_list_that_grows_between_pages_repeats_nothing() {
    let admin = seeded().await;
    let first = admin
        .must(Ask::get("/api/v1/campaigns?sort=name&limit=2"))
        .await;
    assert_eq!(first.items("name"), ["alpha", "Beta"]);
    admin
        .must(Ask::post("/api/v1/campaigns", &campaign("aardvark")))
        .await;
    admin.must(Ask::delete("/api/v1/campaigns/Beta")).await;
    let cursor = first.text("next_cursor");
    let rest = Ask::get(format!(
        "/api/v1/campaigns?sort=name&limit=9&cursor={cursor}"
    ));
    assert_eq!(
        admin.must(rest).await.items("name"),
        ["delta_1", "Gamma 100%", "Épsilon"]
    );
}

#[tokio::test]
async fn history_comes_in_pages_too() {
    let admin = seeded().await;
    let whole = admin.must(Ask::get("/api/v1/operations")).await.items("id");
    let mut paged = Vec::new();
    let mut target = "/api/v1/operations?limit=3".to_owned();
    loop {
        let page = admin.must(Ask::get(&target)).await;
        paged.extend(page.items("id"));
        let Some(cursor) = page.body["next_cursor"].as_str() else {
            break;
        };
        target = format!("/api/v1/operations?limit=3&cursor={cursor}");
    }
    assert_eq!(paged, whole);
    for (query, count) in [
        ("kind=campaign", 5),
        ("actor=uid:1000", 9),
        ("actor=token", 0),
        ("since=2026-03-01T12:00:00Z", 9),
        ("since=2026-03-01T12:00:01Z", 0),
        ("subject=adv_1", 1),
        ("subject=TEA", 1),
        ("kind=campaign&subject=alpha", 1),
    ] {
        let page = admin
            .must(Ask::get(format!("/api/v1/operations?{query}")))
            .await;
        assert_eq!(page.body["total"], count, "{query}");
    }
    for query in ["since=noon", "kind=campaign&subject=adv_1", "cursor=x"] {
        let reply = admin
            .ask(Ask::get(format!("/api/v1/operations?{query}")))
            .await;
        assert_eq!(reply.problems().len(), 1, "{query}: {reply:?}");
    }
}

#[tokio::test]
async fn history_is_found_by_every_name_that_something_had() {
    let admin = seeded().await;
    let rename = json!({ "name": "omega" });
    admin
        .must(Ask::patch("/api/v1/campaigns/alpha", &rename))
        .await;
    admin.must(Ask::delete("/api/v1/campaigns/omega")).await;
    for name in ["alpha", "Omega"] {
        let target = format!("/api/v1/operations?subject={name}");
        let page = admin.must(Ask::get(target)).await;
        assert_eq!(page.body["total"], 3, "{name}: {page:?}");
    }
    for (query, hint) in [
        ("subject=omeg", "omega"),
        ("subject=alpha&kind=channel", ""),
    ] {
        let reply = admin
            .ask(Ask::get(format!("/api/v1/operations?{query}")))
            .await;
        assert_eq!(reply.code(), "not_found", "{query}: {reply:?}");
        let said = format!("{reply:?}");
        assert!(said.contains(hint), "{said}");
    }
}
