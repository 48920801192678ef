//! Nothing leads a fetch inside: no literal, no redirect, no name that changes its mind.

use std::collections::BTreeSet;
use std::sync::Arc;

use adserve::upstream::{Cause, Forbidden, Misdirection};
use url::Url;

use super::site::{Act, Identity, Site, ok, with};
use super::{CONNECT, Desk, Scripted, Setup, timed};

/// Ways to this machine and to what only it should reach.
const INSIDE: [&str; 34] = [
    "127.0.0.1",
    "127.1",
    "127.0.0.2",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "%3127.0.0.1",
    "0",
    "0.0.0.0",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "169.254.169.254",
    "169.254.170.2",
    "168.63.129.16",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "10.0.0.1",
    "localhost",
    "localhost.",
];

#[tokio::test]
async fn no_literal_reaches_this_machine_unless_the_operator_says_so() {
    let canary = Site::canary("127.0.0.1:0").await;
    let shut = Setup {
        allow: &[],
        ..Setup::default()
    };
    let desk = shut.open();
    for host in INSIDE {
        let url: Url = format!("http://{host}:{}/x", canary.port())
            .parse()
            .unwrap();
        let error = desk.fetch(&url).await.unwrap_err();
        let is_refused = match error.cause {
            Cause::Forbidden(Forbidden::Inside { .. } | Forbidden::Never { .. }) => true,
            // Not every machine knows itself by this name.
            Cause::Lookup(_) => host == "localhost.",
            _ => false,
        };
        assert!(is_refused, "{url}: {error}");
    }
    assert_eq!(canary.connections(), 0);
    // The same with the operator's word.
    assert_eq!(Desk::new().text(&canary.url("/x")).await, "canary");
    assert_eq!(canary.count("/x"), 1);
}

#[tokio::test]
async fn every_redirect_is_judged_anew() {
    let canary = Site::canary("127.0.0.2:0").await;
    let port = canary.port();
    let site = Site::start(move |path, _head| {
        // /CODE/NUMBER
        let mut parts = path.split('/').skip(1);
        let code = parts.next().unwrap();
        let host = INSIDE[parts.next().unwrap().parse::<usize>().unwrap()];
        let to = format!("Location: http://{host}:{port}/inside\r\n");
        Act::Send(with(&format!("{code} Moved"), &to, b""))
    })
    .await;
    // The origin itself is freed, by its one address.
    let setup = Setup {
        allow: &["127.0.0.1/32"],
        ..Setup::default()
    };
    let desk = setup.open();
    let mut fired = 0;
    for code in [301, 302, 303, 307, 308] {
        for (number, host) in INSIDE.iter().enumerate() {
            // What is freed by itself may be redirected to.
            let to: Url = format!("http://{host}/").parse().unwrap();
            let freed = ["127.0.0.1", "[::ffff:7f00:1]", "localhost", "localhost."];
            if freed.contains(&to.host_str().unwrap()) {
                continue;
            }
            let path = format!("/{code}/{number}");
            let error = desk.fetch(&site.url(&path)).await.unwrap_err();
            assert!(
                matches!(error.cause, Cause::Forbidden(_)),
                "{host}: {error}"
            );
            assert_eq!(site.count(&path), 1);
            fired += 1;
        }
    }
    assert!(fired > 100, "{fired}");
    assert_eq!(canary.connections(), 0);
}

/// Redirects of all kinds.
fn redirect(path: &str, _head: &str) -> Act {
    let to = |to: &str| Act::Send(with("302 Found", &format!("Location: {to}\r\n"), b""));
    let number = |path: &str| path.rsplit('/').next().unwrap().parse::<u32>().unwrap();
    match path {
        "/loop/a" => to("/loop/b"),
        "/loop/b" => to("a"),
        "/self" => to("/self"),
        "/none" => Act::Send(with("302 Found", "", b"")),
        "/empty" => to(""),
        "/two" => Act::Send(with(
            "302 Found",
            "Location: /good\r\nLocation: /bad\r\n",
            b"",
        )),
        "/odd" => to("http://[::1"),
        "/file" => to("file:///etc/passwd"),
        "/credentials" => to("http://me:secret@127.0.0.1/"),
        "/relative/here" => to("../good?a=b#part"),
        "/good?a=b" => Act::Send(ok("good")),
        path if path.starts_with("/down/") && number(path) > 0 => {
            to(&format!("/down/{}", number(path) - 1))
        }
        path if path.starts_with("/down/") => Act::Send(ok("down")),
        // Another URL each time, for ever.
        path => to(&format!("{path}/x")),
    }
}

#[tokio::test]
async fn redirects_end_and_never_go_down_to_http() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::new(folder.path());
    let plain = Site::start(redirect).await;
    let to_plain = plain.url("/good?a=b");
    let secure = Site::start_tls(&identity, move |path, _head| match path {
        "/down" => Act::Send(with("301 x", &format!("Location: {to_plain}\r\n"), b"")),
        "/across" => Act::Send(with("301 x", "Location: /there\r\n", b"")),
        _ => Act::Send(ok("secure")),
    })
    .await;
    let setup = Setup {
        ca_file: Some(identity.certificate.clone()),
        ..Setup::default()
    };
    let desk = setup.open();
    for (path, expected) in [
        ("/loop/a", Misdirection::Loop),
        ("/self", Misdirection::Loop),
        ("/down/4", Misdirection::TooMany),
        ("/ever", Misdirection::TooMany),
        ("/none", Misdirection::Location),
        ("/empty", Misdirection::Location),
        ("/two", Misdirection::Location),
        ("/odd", Misdirection::Location),
    ] {
        let error = desk.fetch(&plain.url(path)).await.unwrap_err();
        assert_eq!(error.cause, Cause::Redirect(expected), "{path}");
        assert_eq!(plain.count(path), 1);
    }
    assert!(plain.count("/good?a=b") == 0 && plain.count("/bad") == 0);
    for (path, expected) in [
        ("/file", Forbidden::Scheme),
        ("/credentials", Forbidden::Credentials),
    ] {
        let error = desk.fetch(&plain.url(path)).await.unwrap_err();
        assert_eq!(error.cause, Cause::Forbidden(expected), "{path}");
    }
    assert_eq!(desk.text(&plain.url("/down/3")).await, "down");
    let there = desk.fetch(&plain.url("/relative/here")).await.unwrap();
    assert_eq!(*there.final_url, plain.url("/good?a=b"));
    assert_eq!(plain.count("/good?a=b"), 1);

    let error = desk.fetch(&secure.url("/down")).await.unwrap_err();
    assert_eq!(error.cause, Cause::Redirect(Misdirection::Downgrade));
    assert_eq!((secure.count("/down"), plain.count("/good?a=b")), (1, 1));
    assert_eq!(desk.text(&secure.url("/across")).await, "secure");
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let secure = Site::start_tls(&Identity::new(folder.path()), |_path, _head| {
        Act::Send(ok("secure"))
    })
    .await;
    let error = Desk::new().fetch(&secure.url("/")).await.unwrap_err();
    assert!(matches!(error.cause, Cause::Tls(_)), "{error}");
    assert_eq!((secure.connections(), secure.count("/")), (1, 0));
}

#[tokio::test]
async fn the_judged_address_is_the_one_that_is_reached() {
    let site = Site::start(|_path, _head| Act::Close(ok("site"))).await;
    let canary = Site::canary(&format!("127.0.0.2:{}", site.port())).await;
    // Whoever asks twice is led elsewhere.
    let resolver = Scripted::new(&[Some(&["127.0.0.1"]), Some(&["127.0.0.2"])]);
    let setup = Setup {
        allow: &["127.0.0.1"],
        resolver: Arc::clone(&resolver) as _,
        ..Setup::default()
    };
    let desk = setup.open();
    let url: Url = format!("http://rebind.example:{}/", site.port())
        .parse()
        .unwrap();
    assert_eq!(desk.text(&url).await, "site");
    assert_eq!(resolver.asked(), 1);
    // The next connection is judged by the next answer.
    let again = url.join("/again").unwrap();
    let error = desk.fetch(&again).await.unwrap_err();
    assert!(matches!(error.cause, Cause::Forbidden(_)), "{error}");
    assert_eq!(resolver.asked(), 2);
    assert_eq!(canary.connections(), 0);
}

#[tokio::test]
async fn one_bad_address_among_good_ones_refuses_the_name() {
    let site = Site::start(|_path, _head| Act::Send(ok("site"))).await;
    for (answer, is_fine) in [
        (&["127.0.0.1"][..], true),
        (&["127.0.0.1", "10.0.0.1"], false),
        (&["127.0.0.1", "::1"], false),
        (&["127.0.0.1", "169.254.169.254"], false),
    ] {
        let setup = Setup {
            allow: &["127.0.0.1"],
            resolver: Scripted::new(&[Some(answer)]),
            ..Setup::default()
        };
        let url = format!("http://a.example:{}/", site.port())
            .parse()
            .unwrap();
        let fetched = setup.open().fetch(&url).await;
        assert_eq!(fetched.is_ok(), is_fine, "{answer:?}: {fetched:?}");
    }
    assert_eq!(site.connections(), 1);
}

#[tokio::test]
async fn the_next_address_of_a_name_is_tried_when_one_does_not_answer() {
    let site = Site::start(|_path, _head| Act::Send(ok("site"))).await;
    let setup = Setup {
        // Nobody listens at the first.
        resolver: Scripted::new(&[Some(&["127.0.0.3", "127.0.0.1"])]),
        ..Setup::default()
    };
    let url = format!("http://a.example:{}/", site.port())
        .parse()
        .unwrap();
    assert_eq!(setup.open().text(&url).await, "site");
}

#[tokio::test]
async fn a_resolver_that_hangs_costs_the_time_to_connect() {
    let resolver = Scripted::new(&[None]);
    let setup = Setup {
        resolver: Arc::clone(&resolver) as _,
        ..Setup::default()
    };
    let desk = setup.open();
    let url = "http://a.example/".parse().unwrap();
    let (error, took) = timed(desk.failure(&url)).await;
    assert_eq!(error, "http://a.example: no connection in time");
    assert!(took >= CONNECT && took < CONNECT * 2, "{took:?}");
    assert_eq!(resolver.asked(), 1);
}

#[tokio::test]
async fn our_own_admin_listener_gets_no_byte() {
    let admin = Site::canary("127.0.0.1:0").await;
    let setup = Setup {
        own_ports: BTreeSet::from([admin.port()]),
        ..Setup::default()
    };
    let error = setup.open().fetch(&admin.url("/")).await.unwrap_err();
    assert_eq!(error.cause, Cause::Forbidden(Forbidden::Own(admin.port())));
    assert_eq!(admin.bytes(), 0);
}
