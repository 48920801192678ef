//! Every route x who calls: what the table declares, what is written here by hand, and what the
//! API does must be the same three times. A route that is not written here fails the test.

use adserve::admin::{Advertisers, Gate, Route};
use adserve::model::{Millis, Right};
use http::{Method, StatusCode};
use serde_json::json;

use super::nouns::make_creative;
use crate::support::admin::{Admin, Ask, Reply, TOKEN, campaign, with};
use crate::support::people::{AUTH, key, user};

/// Who may call each route. `o`: the operator. `a`: an admin. `v`: a viewer. `d`: an advertiser.
/// `*`: a key for everything. `n`: nobody in particular. Then the scope that a key needs beside
/// `*`; none where no other one will do.
const MATRIX: &[(&str, &str, Option<&str>)] = &[
    ("getOpenApi", "oavd*", Some("any")),
    ("getVersion", "oavd*", Some("any")),
    ("getProfile", "oavd*", Some("any")),
    ("getStatus", "o", None),
    ("createBackup", "o", None),
    ("register", "noavd*", Some("any")),
    ("login", "noavd*", Some("any")),
    ("refresh", "noavd*", Some("any")),
    ("logout", "avd", None),
    ("editProfile", "avd", None),
    ("changePassword", "avd", None),
    ("listTenants", "oavd*", Some("tenants:read")),
    ("getTenant", "oavd*", Some("tenants:read")),
    ("createTenant", "o", None),
    ("editTenant", "o", None),
    ("deleteTenant", "o", None),
    ("listUsers", "oav*", None),
    ("getUser", "oav*", None),
    ("createUser", "oa*", None),
    ("editUser", "oa*", None),
    ("deleteUser", "oa*", None),
    ("inviteUser", "oa*", None),
    ("logoutUser", "oa*", None),
    ("listKeys", "oav*", None),
    ("getKey", "oav*", None),
    ("createKey", "oa*", None),
    ("revokeKey", "oa*", None),
    ("rotateKey", "oa*", None),
    ("listAdvertisers", "oavd*", Some("advertisers:read")),
    ("getAdvertiser", "oavd*", Some("advertisers:read")),
    ("createAdvertiser", "oa*", Some("advertisers:write")),
    ("editAdvertiser", "oa*", Some("advertisers:write")),
    ("deleteAdvertiser", "oa*", Some("advertisers:write")),
    ("listChannels", "oav*", Some("channels:read")),
    ("getChannel", "oav*", Some("channels:read")),
    ("createChannel", "oa*", Some("channels:write")),
    ("editChannel", "oa*", Some("channels:write")),
    ("deleteChannel", "oa*", Some("channels:write")),
    ("listOrders", "oavd*", Some("orders:read")),
    ("getOrder", "oavd*", Some("orders:read")),
    ("createOrder", "oad*", Some("orders:write")),
    ("editOrder", "oad*", Some("orders:write")),
    ("deleteOrder", "oad*", Some("orders:write")),
    ("listCategories", "oavd*", Some("categories:read")),
    ("getCategory", "oavd*", Some("categories:read")),
    ("createCategory", "oa*", Some("categories:write")),
    ("editCategory", "oa*", Some("categories:write")),
    ("deleteCategory", "oa*", Some("categories:write")),
    ("loadTaxonomy", "oa*", Some("categories:write")),
    ("listPods", "oav*", Some("pods:read")),
    ("getPod", "oav*", Some("pods:read")),
    ("createPod", "oa*", Some("pods:write")),
    ("editPod", "oa*", Some("pods:write")),
    ("deletePod", "oa*", Some("pods:write")),
    ("listCampaigns", "oavd*", Some("campaigns:read")),
    ("getCampaign", "oavd*", Some("campaigns:read")),
    ("createCampaign", "oad*", Some("campaigns:write")),
    ("editCampaign", "oad*", Some("campaigns:write")),
    ("deleteCampaign", "oad*", Some("campaigns:write")),
    ("setCampaignStatus", "oad*", Some("campaigns:write")),
    ("cloneCampaign", "oad*", Some("campaigns:write")),
    ("getFrequencyCap", "oavd*", Some("campaigns:read")),
    ("setFrequencyCap", "oad*", Some("campaigns:write")),
    ("removeFrequencyCap", "oad*", Some("campaigns:write")),
    ("getCampaignCategories", "oavd*", Some("campaigns:read")),
    ("setCampaignCategories", "oad*", Some("campaigns:write")),
    ("getTargeting", "oavd*", Some("campaigns:read")),
    ("setTargeting", "oad*", Some("campaigns:write")),
    ("addTargeting", "oad*", Some("campaigns:write")),
    ("clearTargeting", "oad*", Some("campaigns:write")),
    ("getTargetingRule", "oavd*", Some("campaigns:read")),
    ("setTargetingRule", "oad*", Some("campaigns:write")),
    ("removeTargetingRule", "oad*", Some("campaigns:write")),
    ("testTargeting", "oavd*", Some("campaigns:read")),
    ("getCampaignWhy", "oavd*", Some("campaigns:read")),
    ("listCampaignCreatives", "oavd*", Some("creatives:read")),
    ("uploadCreative", "oad*", Some("creatives:write")),
    ("listCreatives", "oavd*", Some("creatives:read")),
    ("getCreative", "oavd*", Some("creatives:read")),
    ("editCreative", "oad*", Some("creatives:write")),
    ("deleteCreative", "oad*", Some("creatives:write")),
    ("listRenditions", "oavd*", Some("creatives:read")),
    ("conditionCreative", "oad*", Some("creatives:write")),
    ("getCreativeTargeting", "oavd*", Some("creatives:read")),
    ("setCreativeTargeting", "oad*", Some("creatives:write")),
    ("addCreativeTargeting", "oad*", Some("creatives:write")),
    ("clearCreativeTargeting", "oad*", Some("creatives:write")),
    ("getCreativeTargetingRule", "oavd*", Some("creatives:read")),
    ("setCreativeTargetingRule", "oad*", Some("creatives:write")),
    (
        "removeCreativeTargetingRule",
        "oad*",
        Some("creatives:write"),
    ),
    ("testCreativeTargeting", "oavd*", Some("creatives:read")),
    ("getCatalog", "oav*", Some("catalog:read")),
    ("applyCatalog", "oa*", Some("catalog:write")),
    ("uploadMedia", "oa*", Some("creatives:write")),
    ("listOperations", "oav*", None),
    ("getOperation", "oav*", None),
    ("undo", "oa*", None),
    ("getTag", "oavd*", Some("tags:read")),
    ("getStats", "oav*", Some("stats:read")),
    ("getCampaignStats", "oavd*", Some("stats:read")),
    ("getDashboard", "oav*", Some("stats:read")),
    ("getSeries", "oavd*", Some("stats:read")),
    ("getComparison", "oavd*", Some("stats:read")),
    ("getCampaignAnalytics", "oavd*", Some("stats:read")),
    ("getPerformance", "oavd*", Some("stats:read")),
    ("getCustomReport", "oavd*", Some("stats:read")),
    ("listSessions", "oav*", Some("sessions:read")),
    ("getSession", "oav*", Some("sessions:read")),
    ("getDecision", "oav*", Some("decisions:read")),
    ("tryDecision", "oav*", Some("decisions:read")),
    ("followEvents", "oav*", Some("events:read")),
];

/// The letters that a route's own declaration comes to, and the scope.
fn declared(gate: Gate) -> (String, Option<String>) {
    match gate {
        Gate::Open => ("noavd*".to_owned(), Some("any".to_owned())),
        Gate::Known => ("oavd*".to_owned(), Some("any".to_owned())),
        Gate::Login => ("avd".to_owned(), None),
        Gate::Operator => ("o".to_owned(), None),
        Gate::Needs {
            area,
            right,
            advertisers,
        } => {
            let mut letters = "oa".to_owned();
            if right == Right::Read {
                letters.push('v');
            }
            if advertisers == Advertisers::Own {
                letters.push('d');
            }
            letters.push('*');
            let people = ["users", "keys", "history"].contains(&area.as_str());
            (letters, (!people).then(|| format!("{area}:{right}")))
        }
    }
}

fn row(route: &Route) -> (&'static str, Option<&'static str>) {
    let row = MATRIX.iter().find(|row| row.0 == route.id);
    let row = row.unwrap_or_else(|| panic!("say here who may call {}", route.id));
    (row.1, row.2)
}

#[test]
fn the_table_declares_what_is_written_here() {
    let routes = adserve::admin::routes();
    for route in &routes {
        let (letters, scope) = row(route);
        let (declared, of_key) = declared(route.gate);
        assert_eq!(declared, letters, "{route:?}");
        assert_eq!(of_key.as_deref(), scope, "{route:?}");
    }
    for (id, ..) in MATRIX {
        assert!(routes.iter().any(|route| route.id == *id), "{id} is gone");
    }
}

/// Somebody who calls: the letter he has in the matrix, or what his key is for.
enum Who {
    Letter(char),
    Scope(&'static str),
    /// Nobody who is known.
    Stranger,
}

struct Caller {
    name: &'static str,
    who: Who,
    token: Option<String>,
}

impl Caller {
    fn new(name: &'static str, who: Who, token: impl Into<String>) -> Self {
        let token = Some(token.into());
        Self { name, who, token }
    }

    fn ask(&self, ask: Ask) -> Ask {
        match (&self.who, &self.token) {
            (_, Some(token)) => ask.bearer(token),
            (Who::Stranger, None) => ask.stranger(),
            // Over the socket.
            _ => ask,
        }
    }
}

/// What a key of this scope may do, by the rules of docs/people-and-keys.md.
fn scope_allows(scope: &str, needed: Option<&str>) -> bool {
    let Some(needed) = needed else { return false };
    if needed == "any" {
        return true;
    }
    let (area, right) = needed.split_once(':').unwrap();
    let (own_area, own_right) = scope.split_once(':').unwrap();
    (own_area == "*" || own_area == area) && (own_right == "write" || own_right == right)
}

/// Everybody there is, of the tenant acme; those whose time is over first.
async fn callers(admin: &Admin) -> Vec<Caller> {
    let person = |email: &str, role: &str| json!({ "email": email, "role": role });
    let expired_login = user(admin, "acme", &person("late@a.example", "admin")).await;
    let soon = "2026-03-01T12:01:00Z";
    let fields = json!({ "name": "late", "scopes": ["*"], "expires_at": soon });
    let expired_key = key(admin, "acme", &fields).await;
    admin.clock().advance(Millis::from_seconds(16 * 60));

    let mut callers = vec![
        Caller {
            name: "nobody",
            who: Who::Stranger,
            token: None,
        },
        Caller {
            name: "operator on the socket",
            who: Who::Letter('o'),
            token: None,
        },
        Caller::new("operator by token", Who::Letter('o'), TOKEN),
        Caller::new("wrong token", Who::Stranger, "ada_wrong"),
        Caller::new("expired login", Who::Stranger, expired_login),
        Caller::new("expired key", Who::Stranger, expired_key),
    ];
    let agency = |email: &str, whose: &str| json!({ "email": email, "role": "advertiser", "advertisers": [whose] });
    for (name, letter, fields) in [
        ("admin", 'a', person("ann@a.example", "admin")),
        ("viewer", 'v', person("vic@a.example", "viewer")),
        ("own advertiser", 'd', agency("own@a.example", "Coffee")),
        ("other advertiser", 'd', agency("tea@a.example", "Tea")),
    ] {
        let token = user(admin, "acme", &fields).await;
        callers.push(Caller::new(name, Who::Letter(letter), token));
    }
    for scope in [
        "*:read",
        "*:write",
        "stats:read",
        "campaigns:write",
        "campaigns:read",
    ] {
        let fields = json!({ "name": scope.replace('*', "all"), "scopes": [scope] });
        let token = key(admin, "acme", &fields).await;
        callers.push(Caller::new(scope, Who::Scope(scope), token));
    }
    let all = key(admin, "acme", &json!({ "name": "all", "scopes": ["*"] })).await;
    callers.push(Caller::new("key for all", Who::Letter('*'), all));
    callers.extend(gone(admin).await);
    let theirs = user(admin, "other", &person("ann@o.example", "admin")).await;
    callers.push(Caller::new("other tenant", Who::Letter('a'), theirs));
    callers
}

/// Those who were let in once: who logged out, was disabled or deleted, or whose key was revoked.
async fn gone(admin: &Admin) -> Vec<Caller> {
    let fields = json!({ "name": "gone", "scopes": ["*"] });
    let revoked = key(admin, "acme", &fields).await;
    let revoke = Ask::delete("/api/v1/keys/gone").tenant("acme");
    admin.must(revoke).await;
    let person = |email: &str| json!({ "email": email, "role": "admin" });
    let left = user(admin, "acme", &person("left@a.example")).await;
    let logout = Ask::post(format!("{AUTH}/logout"), &json!({}));
    admin.must(logout.bearer(&left)).await;
    let disabled = user(admin, "acme", &person("off@a.example")).await;
    let disable = Ask::patch("/api/v1/users/off@a.example", &json!({ "disabled": true }));
    admin.must(disable.tenant("acme")).await;
    let deleted = user(admin, "acme", &person("del@a.example")).await;
    admin
        .must(Ask::delete("/api/v1/users/del@a.example").tenant("acme"))
        .await;
    [
        ("revoked key", revoked),
        ("logged out", left),
        ("disabled", disabled),
        ("deleted", deleted),
    ]
    .map(|(name, token)| Caller::new(name, Who::Stranger, token))
    .into()
}

/// A route asked for with nothing that is there, so that nobody changes anything.
fn harmless(route: &Route, reference: &str) -> Ask {
    let path = route.path.replace("{id}", reference).replace("{rule}", "1");
    let dry = route.query.iter().any(|known| known.name == "dry_run");
    let path = if dry {
        format!("{path}?dry_run=true")
    } else {
        path
    };
    let ask = Ask::new(route.method.clone(), path);
    match route.method {
        Method::GET | Method::DELETE => ask,
        _ if route.id.starts_with("upload") => ask,
        _ => ask.json(&json!({ "nothing": "known" })),
    }
}

#[tokio::test]
async fn every_route_lets_in_whom_it_should_and_nobody_else() {
    let admin = Admin::with_tenant().await;
    admin
        .must(Ask::post("/api/v1/advertisers", &json!({ "name": "Tea" })))
        .await;
    admin.make_tenant("other").await;
    let callers = callers(&admin).await;
    assert!(callers.len() > 20);
    for route in admin.routes() {
        let (letters, scope) = row(route);
        for caller in &callers {
            let expected = match caller.who {
                Who::Letter(letter) => Some(letters.contains(letter)),
                Who::Scope(own) => Some(scope_allows(own, scope)),
                Who::Stranger if letters.contains('n') => Some(true),
                Who::Stranger => None,
            };
            let reply = admin.ask(caller.ask(harmless(route, "nothing"))).await;
            let name = caller.name;
            match expected {
                None => assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{name} {route:?}"),
                Some(false) => assert_eq!(reply.status, StatusCode::FORBIDDEN, "{name} {route:?}"),
                Some(true) => {
                    assert_ne!(reply.status, StatusCode::FORBIDDEN, "{name} {route:?}");
                    assert_ne!(reply.status, StatusCode::UNAUTHORIZED, "{name} {route:?}");
                    assert!(
                        !reply.status.is_server_error(),
                        "{name} {route:?} {reply:?}"
                    );
                }
            }
        }
    }
}

/// What a reply says, with the reference that was asked for taken out.
fn said(reply: &Reply, reference: &str) -> String {
    format!("{} {}", reply.status, reply.anonymous()).replace(reference, "IT")
}

#[tokio::test]
async fn who_may_not_read_the_history_does_not_hear_of_it() {
    let admin = Admin::with_tenant().await;
    let events = json!({ "name": "events", "scopes": ["events:read"] });
    let some = key(&admin, "acme", &events).await;
    let all = key(&admin, "acme", &json!({ "name": "all", "scopes": ["*"] })).await;
    let status = async |token: &str, topics: &str| {
        let ask = Ask::get(format!("/api/v1/events?follow=false{topics}"));
        admin.ask(ask.bearer(token)).await.status
    };
    assert_eq!(status(&some, "").await, StatusCode::OK);
    assert_eq!(status(&some, "&topics=beacons").await, StatusCode::OK);
    let denied = status(&some, "&topics=beacons,audit").await;
    assert_eq!(denied, StatusCode::FORBIDDEN);
    assert_eq!(status(&all, "&topics=audit").await, StatusCode::OK);
}

#[tokio::test]
async fn what_is_anothers_does_not_exist_at_any_route() {
    let admin = Admin::with_tenant().await;
    admin
        .must(Ask::post("/api/v1/advertisers", &json!({ "name": "Tea" })))
        .await;
    let spring = admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    make_creative(&admin, &spring.text("id"), "spot").await;
    let order = json!({ "name": "frame", "advertiser": "Coffee" });
    admin.must(Ask::post("/api/v1/orders", &order)).await;
    let tea = json!({ "email": "t@a.example", "role": "advertiser", "advertisers": ["Tea"] });
    let tea = user(&admin, "acme", &tea).await;
    admin.make_tenant("other").await;
    let stranger = json!({ "email": "o@o.example", "role": "admin" });
    let stranger = user(&admin, "other", &stranger).await;

    let mut walked = 0;
    for route in admin
        .routes()
        .iter()
        .filter(|route| route.path.contains("{id}"))
    {
        let (theirs, missing) = match route.path.split('/').nth(3).unwrap() {
            "campaigns" => (["cmp_1", "spring"], ["cmp_zz", "absent"]),
            "creatives" => (["cr_1", "spot"], ["cr_zz", "none"]),
            "orders" => (["ord_1", "frame"], ["ord_zz", "lattice"]),
            "advertisers" => (["adv_1", "Coffee"], ["adv_zz", "Nil"]),
            "tenants" => (["ten_1", "acme"], ["ten_zz", "nil"]),
            _ => continue,
        };
        for (name, token) in [("Tea", &tea), ("other", &stranger)] {
            // Both tenants have an advertiser Coffee, and each his own tenant.
            let is_own = matches!((name, theirs[1]), ("other", "Coffee") | ("Tea", "acme"));
            if is_own || !row(route).0.contains(if name == "Tea" { 'd' } else { 'a' }) {
                continue;
            }
            for (theirs, missing) in theirs.iter().zip(missing) {
                let ask = |reference| harmless(route, reference).bearer(token);
                let (one, none) = (admin.ask(ask(theirs)).await, admin.ask(ask(missing)).await);
                assert_eq!(
                    one.status,
                    StatusCode::NOT_FOUND,
                    "{name} {route:?} {one:?}"
                );
                assert_eq!(said(&one, theirs), said(&none, missing), "{name} {route:?}");
                walked += 1;
            }
        }
    }
    assert!(walked >= 100, "only {walked} were walked");
}

#[tokio::test]
async fn an_advertiser_sees_and_changes_his_own_alone() {
    let admin = Admin::with_tenant().await;
    admin
        .must(Ask::post("/api/v1/advertisers", &json!({ "name": "Tea" })))
        .await;
    for (name, payer) in [("spring", "Coffee"), ("autumn", "Tea")] {
        let fields = with(campaign(name), &json!({ "advertiser": payer }));
        let made = admin.must(Ask::post("/api/v1/campaigns", &fields)).await;
        make_creative(&admin, &made.text("id"), &format!("{name} spot")).await;
        let order = json!({ "name": format!("{name} frame"), "advertiser": payer });
        admin.must(Ask::post("/api/v1/orders", &order)).await;
    }
    let fields = json!({ "email": "c@a.example", "role": "advertiser", "advertisers": ["Coffee"] });
    let coffee = user(&admin, "acme", &fields).await;
    let ask = |ask: Ask| admin.ask(ask.bearer(&coffee));
    for (path, names) in [
        ("advertisers", &["Coffee"][..]),
        ("campaigns", &["spring"]),
        ("creatives", &["spring spot"]),
        ("orders", &["spring frame"]),
        ("campaigns?search=a", &[]),
    ] {
        let list = ask(Ask::get(format!("/api/v1/{path}"))).await;
        assert_eq!(list.items("name"), names, "{path}");
        assert_eq!(list.body["total"], names.len(), "{path}");
    }
    // A name of another's that is near is not suggested.
    let near = ask(Ask::get("/api/v1/campaigns/autum")).await;
    assert_eq!(near.body["error"]["hint"], json!(null), "{near:?}");
    // What he makes is his own, and cannot be made another's.
    let made = ask(Ask::post("/api/v1/campaigns", &campaign("summer"))).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    let tea = with(campaign("winter"), &json!({ "advertiser": "Tea" }));
    let refused = ask(Ask::post("/api/v1/campaigns", &tea)).await;
    assert_eq!(
        refused.problems(),
        ["advertiser: there is no advertiser `Tea`"]
    );
    let give = Ask::patch(
        "/api/v1/campaigns/summer",
        &json!({ "advertiser": "adv_2" }),
    );
    assert_eq!(ask(give).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let order = Ask::patch(
        "/api/v1/campaigns/summer",
        &json!({ "order": "autumn frame" }),
    );
    assert_eq!(ask(order).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A name that another has is taken, and not by whom.
    let taken = ask(Ask::post("/api/v1/campaigns", &campaign("autumn"))).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(!taken.message().contains("cmp_"), "{}", taken.message());
    // Who it was, history knows.
    let history = admin
        .must(Ask::get("/api/v1/operations?subject=summer"))
        .await;
    assert_eq!(history.items("actor"), ["us_1"]);
}

#[tokio::test]
async fn who_is_of_a_tenant_cannot_name_another() {
    let admin = Admin::with_tenant().await;
    admin.make_tenant("other").await;
    let fields = json!({ "email": "ann@a.example", "role": "admin" });
    let ann = user(&admin, "acme", &fields).await;
    let list = |tenant: &str| Ask::get("/api/v1/campaigns").bearer(&ann).tenant(tenant);
    for own in ["acme", "ten_1"] {
        admin.must(list(own)).await;
    }
    for other in ["other", "ten_2"] {
        let reply = admin.ask(list(other)).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{other}");
    }
    let tenants = admin.must(Ask::get("/api/v1/tenants").bearer(&ann)).await;
    assert_eq!(tenants.items("name"), ["acme"]);
    let history = admin
        .must(Ask::get("/api/v1/operations?kind=tenant").bearer(&ann))
        .await;
    assert_eq!(history.items("subject_name"), ["acme"]);
    // An idempotent answer is of who asked first.
    let make = |token: &str| {
        let ask = Ask::post("/api/v1/channels", &json!({ "name": "sport" }));
        ask.bearer(token).header("idempotency-key", "one")
    };
    admin.must(make(&ann)).await;
    let bob = json!({ "email": "bob@a.example", "role": "admin" });
    let bob = user(&admin, "acme", &bob).await;
    assert_eq!(admin.ask(make(&bob)).await.code(), "idempotency_key_reused");
}
