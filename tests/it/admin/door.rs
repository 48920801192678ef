//! Every route x method x identity, straight from the route table.

use adserve::admin::{Gate, Peer, Route};
use http::{Method, StatusCode};

use crate::support::admin::{Admin, Ask, TOKEN, UID};

/// An address for a route: each parameter filled with an id that nothing has.
fn address(path: &str) -> String {
    path.replace("{id}", "nothing")
}

fn strangers(ask: &Ask) -> Vec<(Ask, StatusCode)> {
    let tcp = |ask: &Ask| {
        ask.clone()
            .from(Some(Peer::Tcp))
            .header("host", "localhost")
    };
    let bearer = |token: &str| tcp(ask).header("authorization", format!("Bearer {token}"));
    let stranger = Some(Peer::Socket { uid: UID + 1 });
    vec![
        (ask.clone().from(None), StatusCode::UNAUTHORIZED),
        (ask.clone().from(stranger), StatusCode::FORBIDDEN),
        (tcp(ask), StatusCode::UNAUTHORIZED),
        (bearer("wrong"), StatusCode::UNAUTHORIZED),
        (bearer(&TOKEN.to_uppercase()), StatusCode::UNAUTHORIZED),
        (bearer(&"x".repeat(10_000)), StatusCode::UNAUTHORIZED),
        (
            bearer(TOKEN).header("authorization", format!("Bearer {TOKEN}")),
            StatusCode::UNAUTHORIZED,
        ),
        (
            bearer(TOKEN).header("origin", "https://page.example"),
            StatusCode::FORBIDDEN,
        ),
        (
            ask.clone()
                .from(Some(Peer::Tcp))
                .header("host", "rebound.example")
                .header("authorization", format!("Bearer {TOKEN}")),
            StatusCode::FORBIDDEN,
        ),
    ]
}

fn friends(ask: &Ask) -> [Ask; 3] {
    let bearer = format!("Bearer {TOKEN}");
    let tcp = |peer| {
        ask.clone()
            .from(Some(peer))
            .header("host", "127.0.0.1:1")
            .header("authorization", bearer.clone())
    };
    [ask.clone(), tcp(Peer::Tcp), tcp(Peer::Tls)]
}

#[tokio::test]
async fn no_route_and_no_method_answers_a_stranger() {
    let admin = Admin::start();
    let methods = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
        Method::from_bytes(b"PURGE").unwrap(),
    ];
    let paths = admin.routes().iter().map(|route| address(route.path));
    for path in paths.chain(["/".to_owned(), "/nowhere".to_owned()]) {
        for method in &methods {
            if is_open(&admin, method, &path) {
                continue;
            }
            let mut bodies = Vec::new();
            for (ask, status) in strangers(&Ask::new(method.clone(), &path)) {
                let reply = admin.ask(ask).await;
                assert_eq!(reply.status, status, "{method} {path}");
                if status == StatusCode::UNAUTHORIZED {
                    assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
                    bodies.push(reply.anonymous());
                }
            }
            bodies.dedup();
            assert_eq!(bodies.len(), 1, "a 401 tells what was wrong: {bodies:?}");
        }
    }
}

/// Whether what is sent proves who it is.
fn is_open(admin: &Admin, method: &Method, path: &str) -> bool {
    let mut routes = admin.routes().iter();
    routes.any(|route| route.gate == Gate::Open && route.method == *method && route.path == path)
}

#[tokio::test]
async fn an_open_route_is_open_to_no_page_and_to_no_unlisted_user() {
    let admin = Admin::start();
    let routes = admin.routes().iter();
    let open: Vec<_> = routes.filter(|route| route.gate == Gate::Open).collect();
    assert_eq!(open.len(), 3);
    for route in open {
        let ask = Ask::new(route.method.clone(), route.path);
        // One that came from nowhere is nobody's, whatever it asks for.
        for (ask, status) in strangers(&ask).into_iter().skip(1) {
            let reply = admin.ask(ask).await;
            if status == StatusCode::FORBIDDEN {
                assert_eq!(reply.status, status, "{route:?}");
            } else {
                assert_eq!(
                    reply.status,
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "{route:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn every_route_lets_in_its_friends() {
    let admin = Admin::start();
    let is_for_operators = |route: &&Route| route.gate != Gate::Login;
    for route in admin.routes().iter().filter(is_for_operators) {
        let ask = Ask::new(route.method.clone(), address(route.path));
        for ask in friends(&ask) {
            let status = admin.ask(ask).await.status;
            assert_ne!(status, StatusCode::UNAUTHORIZED, "{route:?}");
            assert_ne!(status, StatusCode::FORBIDDEN, "{route:?}");
            assert_ne!(status, StatusCode::METHOD_NOT_ALLOWED, "{route:?}");
        }
    }
}

#[tokio::test]
async fn request_ids_come_back_unless_they_are_no_plain_words() {
    let admin = Admin::start();
    let ask = |id: &str| Ask::get("/api/v1/version").header("x-request-id", id);
    let given = admin.ask(ask("try-1.a_b")).await;
    assert_eq!(given.header("x-request-id"), Some("try-1.a_b"));
    for bad in ["a b", "\"}", &"x".repeat(65), ""] {
        let reply = admin.ask(ask(bad)).await;
        assert_eq!(reply.header("x-request-id").unwrap().len(), 32, "{bad}");
    }
}
