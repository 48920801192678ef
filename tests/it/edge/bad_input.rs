//! Bad requests of players get an answer that says what is wrong, and harm nothing.

use serde_json::json;

use super::Station;

#[test]
fn bad_tags_say_which_parameter_is_wrong() {
    let station = Station::open();
    let cases = [
        ("/api/v1/vast?channel=ch_!", 400, "channel"),
        ("/api/v1/vast?channel=ch_1&channel=ch_1", 400, "channel"),
        ("/api/v1/vast?channel=ch_1&version=9", 400, "version"),
        ("/api/v1/vast?channel=ch_1&duration=abc", 400, "duration"),
        ("/api/v1/vast?channel=ch_1&duration=-1", 400, "duration"),
        ("/api/v1/vast?channel=ch_1&duration=0", 400, "duration"),
        ("/api/v1/vast?channel=ch_1&duration=NaN", 400, "duration"),
        ("/api/v1/vast?channel=ch_1&duration=1e3", 400, "duration"),
        (
            "/api/v1/vast?channel=ch_1&duration=99999999999999999999",
            400,
            "duration",
        ),
        (
            "/api/v1/vast?campaign_id=%27%20OR%201=1--",
            400,
            "campaign_id",
        ),
    ];
    for (target, status, field) in cases {
        let answer = station.daemon.get(target);
        assert_eq!(answer.status, status, "{target}");
        let error = &answer.json()["error"];
        assert_eq!(error["problems"][0]["field"], field, "{target}: {error}");
        assert_eq!(
            error["request_id"].as_str(),
            answer.header("x-request-id"),
            "{target}"
        );
    }
    for target in [
        "/api/v1/vast?channel=ch_9",
        "/api/v1/vast?channel=nothing",
        "/api/v1/vast?campaign_id=cmp_9",
        "/nothing",
        "/",
    ] {
        assert_eq!(station.daemon.get(target).status, 404, "{target}");
    }
}

#[test]
fn macros_that_a_player_left_in_a_tag_say_nothing() {
    let station = Station::open();
    let tag = "/api/v1/vast?channel=ch_1&duration=[BREAKMAXDURATION]&version=&cb=[CACHEBUSTING]";
    assert_eq!(station.daemon.get(tag).status, 200);
}

#[test]
fn bad_bodies_are_refused_where_they_are_bad() {
    let station = Station::open();
    let long = format!(r#"{{"request_id":"{}","duration":30}}"#, "x".repeat(129));
    let bodies: [&[u8]; 12] = [
        b"",
        b"{",
        b"[]",
        b"null",
        br#"{"request_id":"a"}"#,
        br#"{"request_id":1,"duration":30}"#,
        br#"{"request_id":"","duration":30}"#,
        br#"{"request_id":"a","duration":"30"}"#,
        br#"{"request_id":"a","duration":NaN}"#,
        br#"{"request_id":"a","duration":1e400}"#,
        br#"{"request_id":"a","duration":30} trailing"#,
        long.as_bytes(),
    ];
    for body in bodies {
        let answer = station.daemon.ask("POST", "/api/v1/ad-request", &[], body);
        assert_eq!(answer.status, 400, "{}", String::from_utf8_lossy(body));
        assert!(
            !answer.json()["error"]["message"]
                .as_str()
                .unwrap()
                .is_empty()
        );
    }
    let huge = vec![b' '; 65 * 1024];
    assert_eq!(
        station
            .daemon
            .ask("POST", "/api/v1/ad-request", &[], &huge)
            .status,
        413
    );
    let more = json!({"request_id": "a", "duration": 30, "of_a_later_version": {"x": 1}});
    let answer = station.daemon.ask(
        "POST",
        "/api/v1/ad-request",
        &[],
        more.to_string().as_bytes(),
    );
    assert_eq!(answer.status, 200, "what is not known yet is ignored");
}

#[test]
fn a_route_names_the_methods_it_knows() {
    let station = Station::open();
    let cases = [
        ("POST", "/api/v1/vast", "GET"),
        ("GET", "/api/v1/ad-request", "POST"),
        ("DELETE", "/api/v1/track", "GET, POST, HEAD"),
        ("PUT", "/health", "GET, HEAD"),
    ];
    for (method, target, allowed) in cases {
        let answer = station.daemon.ask(method, target, &[], b"");
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some(allowed)),
            "{target}"
        );
    }
}

#[test]
fn any_site_may_ask_without_credentials() {
    let station = Station::open();
    let headers = [
        "Origin: https://tv.example",
        "Access-Control-Request-Method: POST",
    ];
    let answer = station
        .daemon
        .ask("OPTIONS", "/api/v1/ad-request", &headers, b"");
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    let answer = station.daemon.get("/api/v1/vast?channel=ch_1");
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[test]
fn a_request_id_of_the_caller_is_kept_if_it_is_one() {
    let station = Station::open();
    let ask = |id: &str| {
        let answer = station
            .daemon
            .ask("GET", "/livez", &[&format!("X-Request-Id: {id}")], b"");
        answer.header("x-request-id").unwrap().to_owned()
    };
    assert_eq!(ask("abc-1"), "abc-1");
    assert_ne!(ask("a b<script>"), "a b<script>");
}
