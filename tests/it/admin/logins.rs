//! Registering, logging in and out, and what comes of trying too often.

use std::fs;
use std::net::IpAddr;

use adserve::admin::Remote;
use adserve::model::Millis;
use http::StatusCode;
use serde_json::json;

use crate::support::admin::{Admin, Ask, Reply};
use crate::support::people::{AUTH, PASSWORD, invite, key, user};

fn ann() -> serde_json::Value {
    json!({ "email": "ann@a.example", "role": "admin" })
}

fn login(email: &str, password: &str) -> Ask {
    let body = json!({ "email": email, "password": password });
    Ask::post(format!("{AUTH}/login"), &body).stranger()
}

fn refresh(token: &str) -> Ask {
    let body = json!({ "refresh_token": token });
    Ask::post(format!("{AUTH}/refresh"), &body).stranger()
}

fn who(token: &str) -> Ask {
    Ask::get(format!("{AUTH}/profile")).bearer(token)
}

fn minutes(count: u64) -> Millis {
    Millis::from_seconds(count * 60)
}

#[tokio::test]
async fn an_invited_user_registers_works_refreshes_and_leaves() {
    let admin = Admin::with_tenant().await;
    let code = invite(&admin, "acme", &ann()).await;
    let before = admin.ask(login("ann@a.example", PASSWORD)).await;
    assert_eq!(before.code(), "wrong_login");
    let register = |code: &str| {
        let body = json!({ "code": code, "password": PASSWORD, "name": "Ann" });
        Ask::post(format!("{AUTH}/register"), &body).stranger()
    };
    let first = admin.must(register(&code)).await;
    assert_eq!(first.body["user"]["status"], "active");
    assert_eq!(first.body["user"]["name"], "Ann");
    let again = admin.ask(register(&code)).await;
    assert_eq!(
        again.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a code is good once"
    );

    let tokens = admin.must(login("ANN@a.example", PASSWORD)).await;
    let (access, old) = (tokens.text("access_token"), tokens.text("refresh_token"));
    let profile = admin.must(who(&access)).await;
    assert_eq!(profile.text("actor"), "us_1");
    assert_eq!(profile.text("tenant"), "acme");
    let make = Ask::post("/api/v1/channels", &json!({ "name": "sport" }));
    admin.must(make.bearer(&access)).await;

    admin.clock().advance(minutes(16));
    assert_eq!(
        admin.ask(who(&access)).await.status,
        StatusCode::UNAUTHORIZED
    );
    let new = admin.must(refresh(&old)).await;
    let access = new.text("access_token");
    admin.must(who(&access)).await;

    let leave = Ask::post(format!("{AUTH}/logout"), &json!({}));
    admin.must(leave.bearer(&access)).await;
    assert_eq!(
        admin.ask(who(&access)).await.status,
        StatusCode::UNAUTHORIZED
    );
    let late = admin.ask(refresh(&new.text("refresh_token"))).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    // The other login stands until all end.
    let other = admin.must(refresh(&first.text("refresh_token"))).await;
    let third = admin.must(login("ann@a.example", PASSWORD)).await;
    let all = Ask::post(format!("{AUTH}/logout"), &json!({ "all": true }));
    admin.must(all.bearer(&other.text("access_token"))).await;
    let gone = admin.ask(who(&third.text("access_token"))).await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_that_is_traded_twice_ends_its_login() {
    let admin = Admin::with_tenant().await;
    user(&admin, "acme", &ann()).await;
    let stolen = admin
        .must(login("ann@a.example", PASSWORD))
        .await
        .text("refresh_token");
    let bystander = admin
        .must(login("ann@a.example", PASSWORD))
        .await
        .text("access_token");
    let thief = admin.must(refresh(&stolen)).await;
    let thief = admin.must(refresh(&thief.text("refresh_token"))).await;
    // The owner comes with the one he has, which was spent two trades ago.
    let owner = admin.ask(refresh(&stolen)).await;
    assert_eq!(owner.status, StatusCode::UNAUTHORIZED);
    for token in [thief.text("access_token"), thief.text("refresh_token")] {
        assert_eq!(
            admin.ask(who(&token)).await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    let thief = admin.ask(refresh(&thief.text("refresh_token"))).await;
    assert_eq!(thief.status, StatusCode::UNAUTHORIZED);
    admin.must(who(&bystander)).await;
}

#[tokio::test]
async fn a_login_that_is_not_used_ends_by_itself() {
    let admin = Admin::with_tenant().await;
    user(&admin, "acme", &ann()).await;
    let mut token = admin
        .must(login("ann@a.example", PASSWORD))
        .await
        .text("refresh_token");
    for _month in 0..3 {
        admin.clock().advance(minutes(29 * 24 * 60));
        token = admin.must(refresh(&token)).await.text("refresh_token");
    }
    admin.clock().advance(minutes(30 * 24 * 60 + 1));
    let late = admin.ask(refresh(&token)).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_refusal_tells_nothing_of_who_there_is() {
    let admin = Admin::with_tenant().await;
    user(&admin, "acme", &ann()).await;
    invite(&admin, "acme", &json!({ "email": "invited@a.example" })).await;
    let named = |email: &str, tenant: &str| {
        let body = json!({ "email": email, "password": "wrong", "tenant": tenant });
        Ask::post(format!("{AUTH}/login"), &body).stranger()
    };
    let mut told = Vec::new();
    for ask in [
        login("ann@a.example", "wrong"),
        login("nobody@a.example", "wrong"),
        login("invited@a.example", "wrong"),
        login("no address", "wrong"),
        named("ann@a.example", "acme"),
        named("ann@a.example", "no such tenant"),
    ] {
        let reply = admin.ask(ask).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
        assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
        told.push(reply.anonymous());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
}

#[tokio::test]
async fn who_works_for_two_tenants_says_which() {
    let admin = Admin::with_tenant().await;
    admin.make_tenant("other").await;
    user(&admin, "acme", &ann()).await;
    user(&admin, "other", &json!({ "email": "ann@a.example" })).await;
    let unsaid = admin.ask(login("ann@a.example", PASSWORD)).await;
    assert_eq!(unsaid.code(), "wrong_login");
    for (tenant, role) in [("acme", "admin"), ("ten_2", "viewer")] {
        let body = json!({ "email": "ann@a.example", "password": PASSWORD, "tenant": tenant });
        let ask = Ask::post(format!("{AUTH}/login"), &body).stranger();
        assert_eq!(admin.must(ask).await.body["user"]["role"], role);
    }
}

#[tokio::test]
async fn failures_make_an_account_rest_longer_and_longer_and_no_longer_than_five_minutes() {
    let admin = Admin::with_tenant().await;
    user(&admin, "acme", &ann()).await;
    let wait = |reply: &Reply| -> u64 {
        assert_eq!(reply.code(), "too_many_requests", "{reply:?}");
        reply.header("retry-after").unwrap().parse().unwrap()
    };
    for email in ["ann@a.example", "nobody@a.example"] {
        for _free in 0..5 {
            let reply = admin.ask(login(email, "wrong")).await;
            assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
        }
        for expected in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            // The right password is not heard either, and the next failure is not one more.
            assert_eq!(wait(&admin.ask(login(email, PASSWORD)).await), expected);
            assert_eq!(wait(&admin.ask(login(email, PASSWORD)).await), expected);
            admin.clock().advance(Millis::from_seconds(expected));
            let reply = admin.ask(login(email, "wrong")).await;
            assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{email} {expected}");
        }
    }
    admin.clock().advance(minutes(15));
    admin.must(login("ann@a.example", PASSWORD)).await;
    // What went well forgives what did not.
    for _free in 0..5 {
        admin.ask(login("ann@a.example", "wrong")).await;
    }
    assert_eq!(wait(&admin.ask(login("ann@a.example", PASSWORD)).await), 1);
    admin.clock().advance(Millis::from_seconds(1));
    admin.must(login("ann@a.example", PASSWORD)).await;
    let reply = admin.ask(login("ann@a.example", "wrong")).await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_network_has_a_hundred_tries_in_a_quarter_of_an_hour() {
    let admin = Admin::with_tenant().await;
    let from = |number: usize, address: &str| {
        let address: IpAddr = address.parse().unwrap();
        // A code of the wrong form costs no hash, and is a try all the same.
        let body = json!({ "code": format!("no code {number}"), "password": PASSWORD });
        let ask = Ask::post(format!("{AUTH}/register"), &body).stranger();
        ask.remote(Remote(address))
    };
    for number in 0..100 {
        let address = format!("2001:db8:1:2::{number:x}");
        let reply = admin.ask(from(number, &address)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
    }
    admin.clock().advance(minutes(5));
    let refused = admin.ask(from(100, "2001:db8:1:2:ffff::1")).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.header("retry-after"), Some("600"));
    for other in ["2001:db8:1:3::1", "192.0.2.1", "::ffff:192.0.2.2"] {
        let reply = admin.ask(from(101, other)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{other}");
        admin.clock().advance(Millis::from_seconds(2));
    }
    admin.clock().advance(minutes(10));
    let reply = admin.ask(from(102, "2001:db8:1:2::1")).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_ends_other_logins() {
    let admin = Admin::with_tenant().await;
    let access = user(&admin, "acme", &ann()).await;
    let other = admin
        .must(login("ann@a.example", PASSWORD))
        .await
        .text("access_token");
    let change = |current: &str, new: &str| {
        let body = json!({ "current": current, "new": new });
        Ask::post(format!("{AUTH}/password"), &body).bearer(&access)
    };
    for (current, new, problem) in [
        ("wrong", "another good one", "current: is not the password"),
        (
            PASSWORD,
            "short",
            "new: has 5 characters; at least 12 are needed",
        ),
        (
            PASSWORD,
            "aaaaaaaaaaaaaa",
            "new: is one character over and over",
        ),
    ] {
        let reply = admin.ask(change(current, new)).await;
        assert_eq!(reply.problems(), [problem]);
    }
    admin.must(change(PASSWORD, "another good one")).await;
    admin.must(who(&access)).await;
    assert_eq!(
        admin.ask(who(&other)).await.status,
        StatusCode::UNAUTHORIZED
    );
    let old = admin.ask(login("ann@a.example", PASSWORD)).await;
    assert_eq!(old.code(), "wrong_login");
    admin.must(login("ann@a.example", "another good one")).await;
    // Nobody takes it back.
    let history = admin.must(Ask::get("/api/v1/operations?kind=user")).await;
    let undo = Ask::post(
        "/api/v1/undo",
        &json!({ "operation": history.items("id")[0] }),
    );
    assert_eq!(
        admin.ask(undo).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn who_is_disabled_is_out_at_once_and_may_be_let_in_again() {
    let admin = Admin::with_tenant().await;
    let access = user(&admin, "acme", &ann()).await;
    let set = |disabled: bool| {
        Ask::patch(
            "/api/v1/users/ann@a.example",
            &json!({ "disabled": disabled }),
        )
    };
    admin.must(set(true)).await;
    assert_eq!(
        admin.ask(who(&access)).await.status,
        StatusCode::UNAUTHORIZED
    );
    let told = admin.ask(login("ann@a.example", PASSWORD)).await;
    assert_eq!(
        (told.status, told.message()),
        (StatusCode::FORBIDDEN, "this user is disabled")
    );
    assert_eq!(
        admin.ask(login("ann@a.example", "wrong")).await.code(),
        "wrong_login"
    );
    admin.must(set(false)).await;
    assert_eq!(
        admin.ask(who(&access)).await.status,
        StatusCode::UNAUTHORIZED
    );
    admin.must(login("ann@a.example", PASSWORD)).await;
}

#[tokio::test]
async fn a_key_does_what_its_scopes_say_until_it_is_rotated_or_revoked() {
    let admin = Admin::with_tenant().await;
    let fields = json!({ "name": "ci", "scopes": ["campaigns:write", "stats:read"] });
    let made = admin.must(Ask::post("/api/v1/keys", &fields)).await;
    let secret = made.text("secret");
    assert!(secret.starts_with(&made.text("prefix")));
    let list = |key: &str| Ask::get("/api/v1/campaigns").bearer(key);
    admin.must(list(&secret)).await;
    let told = admin
        .ask(Ask::get("/api/v1/channels").bearer(&secret))
        .await;
    assert_eq!(
        told.message(),
        "this needs a key with the scope `channels:read`"
    );
    let shown = admin.must(Ask::get("/api/v1/keys/ci")).await;
    assert_eq!(shown.body["used_at"], "2026-03-01T12:00:00.000Z");
    assert_eq!(shown.body["secret"], json!(null));
    let rotate = Ask::new(http::Method::POST, "/api/v1/keys/ci/rotate");
    let new = admin.must(rotate).await.text("secret");
    assert_eq!(
        admin.ask(list(&secret)).await.status,
        StatusCode::UNAUTHORIZED
    );
    admin.must(list(&new)).await;
    let revoked = admin.must(Ask::delete("/api/v1/keys/ci")).await;
    assert_eq!(admin.ask(list(&new)).await.status, StatusCode::UNAUTHORIZED);
    let undo = json!({ "operation": revoked.header("x-operation") });
    let undone = admin.ask(Ask::post("/api/v1/undo", &undo)).await;
    assert_eq!(undone.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (scopes, problem) in [
        (json!([]), "scopes: is required: what it is for"),
        (
            json!(["users:read"]),
            "scopes: `users:read` is no scope: only `*` gives it",
        ),
    ] {
        let fields = json!({ "name": "bad", "scopes": scopes });
        let reply = admin.ask(Ask::post("/api/v1/keys", &fields)).await;
        assert_eq!(reply.problems(), [problem]);
    }
}

#[tokio::test]
async fn a_secret_is_told_once_and_a_repeat_does_not_tell_it() {
    let admin = Admin::with_tenant().await;
    let make = || {
        let ask = Ask::post("/api/v1/keys", &json!({ "name": "ci", "scopes": ["*"] }));
        ask.header("idempotency-key", "once")
    };
    assert!(admin.must(make()).await.body["secret"].is_string());
    let again = admin.must(make()).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.body["secret"], json!(null));
    let dry = Ask::post(
        "/api/v1/keys?dry_run=true",
        &json!({ "name": "cd", "scopes": ["*"] }),
    );
    assert_eq!(admin.must(dry).await.body["secret"], json!(null));
}

#[tokio::test]
async fn whoever_steals_the_database_has_no_secret() {
    let admin = Admin::with_tenant().await;
    let code = invite(&admin, "acme", &json!({ "email": "bob@a.example" })).await;
    user(&admin, "acme", &ann()).await;
    let tokens = admin.must(login("ann@a.example", PASSWORD)).await;
    let secret = key(&admin, "acme", &json!({ "name": "ci", "scopes": ["*"] })).await;
    let spent = tokens.text("refresh_token");
    let new = admin.must(refresh(&spent)).await;
    let secrets = [
        PASSWORD.to_owned(),
        code,
        tokens.text("access_token"),
        spent,
        new.text("access_token"),
        new.text("refresh_token"),
        secret,
    ];
    let files = ["catalog.db", "catalog.db-wal"].map(|name| admin.directory().join(name));
    let mut bytes = Vec::new();
    for file in files.iter().filter(|file| file.exists()) {
        bytes.extend(fs::read(file).unwrap());
    }
    assert!(
        bytes.windows(13).any(|part| part == b"ann@a.example"),
        "the file is not read"
    );
    for secret in &secrets {
        let found = bytes
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        assert!(
            !found,
            "a secret of {} characters is in the file",
            secret.len()
        );
        // Nor is what it shows of itself enough to use it.
        let digits = secret.as_bytes().get(12..).unwrap();
        assert!(!bytes.windows(digits.len()).any(|part| part == digits));
    }
    // And the history, which is shown, tells none of them either.
    let history = admin.must(Ask::get("/api/v1/operations?limit=100")).await;
    let text = history.body.to_string();
    assert!(secrets.iter().all(|secret| !text.contains(secret.as_str())));
}
