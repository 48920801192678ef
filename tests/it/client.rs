//! The client against daemons that hang, close, talk garbage, refuse and recover.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use adserve::api;
use adserve::client::{Call, Client, ClientError, Settings, Target, Upload};
use adserve::host::Entropy;

use crate::fake_daemon::{FakeDaemon, Reply};

fn client(target: &str) -> Client {
    client_with(target, |_settings| {})
}

fn client_with(target: &str, change: impl FnOnce(&mut Settings)) -> Client {
    let mut settings = Settings {
        target: target.parse::<Target>().unwrap(),
        login: None,
        token: None,
        ca_file: None,
        tenant: None,
        timeout: Duration::from_secs(20),
        trace: None,
    };
    change(&mut settings);
    Client::new(settings, Entropy::seeded(1)).unwrap()
}

const VERSION: &str = r#"{"version":"1.2.3","catalog_schema":1,"ledger_schema":2}"#;

async fn version(client: &Client) -> Result<api::Version, ClientError> {
    let answer = client
        .send::<api::Version>(Call::get("/api/v1/version"))
        .await;
    answer.map(|answer| answer.value)
}

#[tokio::test]
async fn an_answer_comes_over_tcp_and_over_a_unix_socket() {
    for daemon in [
        FakeDaemon::tcp(|_number| Reply::json(200, VERSION)),
        FakeDaemon::unix(|_number| Reply::json(200, VERSION)),
    ] {
        assert_eq!(
            version(&client(daemon.address())).await.unwrap().version,
            "1.2.3"
        );
        assert!(daemon.requests()[0].starts_with("GET /api/v1/version HTTP/1.1\r\n"));
    }
}

#[tokio::test]
async fn nobody_there_is_unreachable_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("none.sock");
    let error = version(&client(socket.to_str().unwrap()))
        .await
        .unwrap_err();
    assert!(
        matches!(error, ClientError::Unreachable { .. }),
        "{error:?}"
    );
    assert!(error.may_pass());
}

#[tokio::test]
async fn a_daemon_that_hangs_times_out() {
    let daemon = FakeDaemon::tcp(|_number| Reply::Hang);
    let client = client_with(daemon.address(), |settings| {
        settings.timeout = Duration::from_millis(50);
    });
    let error = version(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{} did not answer within 50 ms", client.target())
    );
}

#[tokio::test]
async fn a_broken_connection_is_tried_again_with_the_same_key() {
    let daemon = FakeDaemon::tcp(|number| match number {
        0 => Reply::Close,
        1 => Reply::json(503, "{}").with("retry-after: 0"),
        _ => Reply::json(200, VERSION),
    });
    let call = Call::post("/api/v1/things").json(&api::TenantFields::default());
    let answer = client(daemon.address()).send::<api::Version>(call).await;
    // The second reply is no error body of ours, so it is no reason to go on.
    assert!(
        matches!(answer, Err(ClientError::Protocol { .. })),
        "{answer:?}"
    );

    let refusal = r#"{"error":{"code":"busy","message":"full","request_id":"r1"}}"#;
    let daemon = FakeDaemon::tcp(move |number| match number {
        0 => Reply::Close,
        1 => Reply::json(503, refusal).with("retry-after: 0"),
        _ => Reply::json(200, VERSION).with("idempotency-replayed: true"),
    });
    let call = Call::post("/api/v1/things").json(&api::TenantFields::default());
    let answer = client(daemon.address())
        .send::<api::Version>(call)
        .await
        .unwrap();
    assert!(answer.was_replayed);
    let keys: Vec<String> = daemon.requests().iter().map(|text| key_of(text)).collect();
    assert_eq!(keys.len(), 3);
    assert!(
        keys[0].len() == 32 && keys.iter().all(|key| *key == keys[0]),
        "{keys:?}"
    );
}

fn key_of(request: &str) -> String {
    let line = request
        .lines()
        .find_map(|line| line.strip_prefix("idempotency-key: "));
    line.unwrap().to_owned()
}

#[tokio::test]
async fn it_gives_up_after_three_attempts() {
    let daemon = FakeDaemon::tcp(|_number| Reply::Close);
    let error = version(&client(daemon.address())).await.unwrap_err();
    assert!(matches!(error, ClientError::Broken { .. }), "{error:?}");
    assert_eq!(daemon.requests().len(), 3);
}

#[tokio::test]
async fn a_refusal_is_not_repeated_and_keeps_all_it_says() {
    let body = r#"{"error":{"code":"invalid","message":"2 fields are wrong","hint":"fix them",
        "problems":[{"field":"name","message":"is blank"}],"request_id":"r7"}}"#;
    let daemon = FakeDaemon::tcp(move |_number| Reply::json(422, body));
    let error = version(&client(daemon.address())).await.unwrap_err();
    let ClientError::Api {
        status: 422,
        detail,
        ..
    } = error
    else {
        panic!("{error:?}");
    };
    assert_eq!(detail.problems[0].field, "name");
    assert_eq!(daemon.requests().len(), 1);
}

#[tokio::test]
async fn garbage_and_answers_of_others_are_named() {
    let html = "<html>\u{1b}[2J bad gateway</html>";
    for (reply, part) in [
        (Reply::Raw(b"\x00\x01garbage\r\n\r\n".to_vec()), "broke"),
        (Reply::json(200, "{\"version\":7}"), "version: invalid type"),
        (Reply::json(200, ""), "null"),
        (Reply::json(404, html), "<html>\\x1b[2J bad gateway"),
        (
            Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()),
            "broke",
        ),
    ] {
        let daemon = FakeDaemon::tcp(move |_number| reply.clone());
        let error = version(&client(daemon.address())).await.unwrap_err();
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[tokio::test]
async fn a_huge_answer_is_cut_off() {
    let daemon = FakeDaemon::tcp(|_number| Reply::Endless);
    let error = version(&client(daemon.address())).await.unwrap_err();
    assert!(error.to_string().contains("larger than 32 MiB"), "{error}");
}

#[tokio::test]
async fn a_token_never_crosses_a_network_in_the_clear() {
    let settings = Settings {
        target: "http://192.0.2.1:9".parse().unwrap(),
        login: None,
        token: Some("secret".to_owned()),
        ca_file: None,
        tenant: None,
        timeout: Duration::from_secs(1),
        trace: None,
    };
    let error = Client::new(settings, Entropy::seeded(1)).unwrap_err();
    assert!(matches!(error, ClientError::Insecure { .. }));
}

#[tokio::test]
async fn headers_carry_tenant_token_and_revision_and_a_trace_hides_the_token() {
    let daemon = FakeDaemon::tcp(|_number| Reply::json(200, VERSION));
    let lines = Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let client = client_with(daemon.address(), |settings| {
        settings.tenant = Some("Čaj".to_owned());
        settings.token = Some("hush".to_owned());
        settings.trace = Some(Arc::new(move |line: &str| {
            sink.lock().unwrap().push(line.to_owned());
        }));
    });
    let call = Call::patch("/api/v1/x").if_revision(Some(7));
    client.send::<api::Version>(call).await.unwrap();
    let request = &daemon.requests()[0];
    for line in [
        "x-tenant: Čaj\r\n",
        "authorization: Bearer hush\r\n",
        "if-match: \"7\"\r\n",
    ] {
        assert!(request.contains(line), "{request}");
    }
    let trace = lines.lock().unwrap().join("\n");
    assert!(
        trace.contains("PATCH /api/v1/x") && trace.contains("(secret)"),
        "{trace}"
    );
    assert!(!trace.contains("hush"), "{trace}");
}

#[tokio::test]
async fn an_upload_is_a_form_of_known_length_with_the_file_last() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("spot \"30\".mp4");
    let bytes: Vec<u8> = (0..300_000_u32).map(|i| (i % 251) as u8).collect();
    std::fs::write(&path, &bytes).unwrap();
    let daemon = FakeDaemon::tcp(|_number| Reply::json(201, VERSION));
    let seen = Arc::new(AtomicU64::new(0));
    let told = Arc::clone(&seen);
    let upload = Upload::file(
        &path,
        Box::new(move |sent| told.store(sent, Ordering::SeqCst)),
    )
    .with("name", Some("spot"))
    .with("weight", None::<u32>);
    let call = Call::post("/api/v1/campaigns/cmp_1/creatives");
    client(daemon.address())
        .upload::<api::Version>(call, upload)
        .await
        .unwrap();
    assert_eq!(seen.load(Ordering::SeqCst), 300_000);
    let request = daemon.request_bytes(0);
    let text = String::from_utf8_lossy(&request);
    assert!(text.contains("content-length: "));
    assert!(text.contains("name=\"name\"\r\n\r\nspot\r\n"));
    assert!(text.contains("filename=\"spot %2230%22.mp4\""));
    assert!(!text.contains("weight"));
    let start = request
        .windows(bytes.len())
        .position(|window| window == bytes);
    let after = &request[start.unwrap() + bytes.len()..];
    assert!(after.starts_with(b"\r\n--adctl-") && after.ends_with(b"--\r\n"));
}

#[tokio::test]
async fn an_upload_that_is_refused_early_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("big.mp4");
    // Far more than the buffers between the two ends hold.
    std::fs::File::create(&path)
        .unwrap()
        .set_len(64 << 20)
        .unwrap();
    let body = r#"{"error":{"code":"too_large","message":"at most 10 MB","request_id":"r"}}"#;
    let daemon = FakeDaemon::tcp(move |_number| Reply::Early(413, body.to_owned()));
    let upload = Upload::file(&path, Box::new(|_sent| {}));
    let error = client(daemon.address())
        .upload::<api::Version>(Call::post("/x"), upload)
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "at most 10 MB", "{error:?}");
}

#[tokio::test]
async fn an_upload_that_stands_still_times_out_and_a_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("big.mp4");
    std::fs::File::create(&path)
        .unwrap()
        .set_len(64 << 20)
        .unwrap();
    let daemon = FakeDaemon::tcp(|_number| Reply::Hang);
    let client = client_with(daemon.address(), |settings| {
        settings.timeout = Duration::from_millis(200);
    });
    let upload = Upload::file(&path, Box::new(|_sent| {}));
    let error = client
        .upload::<api::Version>(Call::post("/x"), upload)
        .await
        .unwrap_err();
    assert!(matches!(error, ClientError::Timeout { .. }), "{error:?}");

    let upload = Upload::file(&folder.path().join("none"), Box::new(|_sent| {}));
    let error = client
        .upload::<api::Version>(Call::post("/x"), upload)
        .await
        .unwrap_err();
    assert!(error.to_string().ends_with("none"), "{error}");
}
