//! The route table, the router and the committed document say the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use adserve::admin;
use http::{Method, StatusCode};
use serde_json::Value;

use crate::support::admin::{Admin, Ask};

#[test]
fn the_committed_document_is_the_one_the_code_writes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/adserved.json");
    let document = admin::document(&admin::routes());
    let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "openapi/adserved.json is not what the code writes; run the tests with UPDATE=1"
    );
}

#[tokio::test]
async fn the_document_is_served() {
    let reply = Admin::start().ask(Ask::get("/openapi.json")).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.body, admin::document(&admin::routes()));
}

#[test]
fn every_operation_is_named_once_and_described() {
    let mut ids = BTreeSet::new();
    let mut places = BTreeSet::new();
    for route in admin::routes() {
        assert!(ids.insert(route.id), "{route:?}");
        assert!(
            places.insert((route.path, route.method.to_string())),
            "{route:?}"
        );
        assert!(
            !route.summary.is_empty() && !route.summary.ends_with('.'),
            "{route:?}"
        );
        assert!(!route.answers.is_empty(), "{route:?}");
        let mut names: Vec<_> = route.query.iter().map(|known| known.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), route.query.len(), "{route:?}");
    }
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    fn walk(root: &Value, value: &Value) {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            let target = root.pointer(reference.trim_start_matches('#'));
            assert!(target.is_some(), "{reference}");
        }
        match value {
            Value::Array(list) => list.iter().for_each(|value| walk(root, value)),
            Value::Object(map) => map.values().for_each(|value| walk(root, value)),
            _ => {}
        }
    }
    let document = admin::document(&admin::routes());
    walk(&document, &document);
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_refused_in_the_one_shape() {
    let admin = Admin::start();
    for target in [
        "/",
        "/api/v1",
        "/api/v2/campaigns",
        "/api/v1/version/",
        "/api/v1//version",
        "/api/v1/../api/v1/version",
        "/API/V1/VERSION",
        "/api/v1/version%00",
    ] {
        let reply = admin.ask(Ask::get(target)).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{target}");
        assert_eq!(reply.code(), "unknown_route", "{target}");
    }
    for method in [Method::POST, Method::DELETE, Method::OPTIONS, Method::TRACE] {
        let reply = admin.ask(Ask::new(method.clone(), "/api/v1/version")).await;
        assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(reply.code(), "method_not_allowed");
        assert_eq!(reply.header("allow"), Some("GET,HEAD"));
    }
}

#[tokio::test]
async fn a_parameter_a_route_does_not_know_is_refused() {
    let reply = Admin::start()
        .ask(Ask::get("/api/v1/version?verbose=1&x="))
        .await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let expected = [
        "verbose: is not a parameter here",
        "x: is not a parameter here",
    ];
    assert_eq!(reply.problems(), expected);
}
