//! Films that are uploaded: what becomes of good ones, and that bad ones leave nothing behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use adserve::api::OPERATION_HEADER;
use adserve::decision::TenantCatalog;
use adserve::format::media::MediaKey;
use adserve::model::{Container, TenantId};
use adserve::store::blobs::{Blobs, S3Options};
use adserve::store::spool::Spool;
use http::{Method, StatusCode};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::admin::{Admin, Ask, Reply, UPLOAD_BYTES_MAX, campaign, folder, uploads};

const BOUNDARY: &str = "x-boundary-x";
const PLACE: &str = "/api/v1/campaigns/spring/creatives";

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/media");
    fs::read(folder.join(name)).unwrap()
}

/// A part of a form: what its head says after `form-data;`, and its bytes.
type Part<'p> = (&'p str, &'p [u8]);

fn form(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (head, content) in parts {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

fn upload_to(place: &str, body: Vec<u8>) -> Ask {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    Ask::new(Method::POST, place)
        .bytes(body)
        .header("content-type", kind)
}

fn upload(body: Vec<u8>) -> Ask {
    upload_to(PLACE, body)
}

/// The form of one film and nothing else.
fn film(name: &str) -> Vec<u8> {
    let head = format!("name=\"file\"; filename=\"{name}\"");
    form(&[(&head, &fixture(name))])
}

/// Everything below a folder that is not a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (folders, mut found): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    found.extend(folders.iter().flat_map(|folder| files(folder)));
    found
}

/// Where a film of the first tenant is kept.
fn key_of(content: &[u8]) -> MediaKey {
    MediaKey {
        tenant: TenantId::new(1),
        sha256: Sha256::digest(content).into(),
        container: Container::Mp4,
    }
}

/// What is left behind: files in the spool, files among the blobs, creatives.
async fn left(admin: &Admin) -> (usize, usize, u64) {
    let count = |name: &str| files(&folder(admin.directory(), name)).len();
    let all = admin
        .must(Ask::get("/api/v1/creatives").tenant("acme"))
        .await;
    (
        count("spool"),
        count("blobs"),
        all.body["total"].as_u64().unwrap(),
    )
}

async fn with_campaign() -> Admin {
    prepared(Admin::start()).await
}

async fn prepared(admin: Admin) -> Admin {
    admin.make_tenant("acme").await;
    admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
        .await;
    admin
}

#[tokio::test]
async fn a_film_becomes_a_creative_that_can_be_served() {
    let admin = with_campaign().await;
    let active = json!({ "status": "active" });
    admin
        .must(Ask::put("/api/v1/campaigns/spring/status", &active))
        .await;
    let content = fixture("spring-06s.mp4");
    let made = admin
        .ask(upload(form(&[
            ("name=\"weight\"", b"7"),
            ("name=\"click_url\"", b"https://example.com/spring"),
            (
                "name=\"file\"; filename=\"C:\\films\\Spring Launch.mp4\"",
                &content,
            ),
        ])))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:#?}");
    let key = key_of(&content);
    let file = key.url_path().rsplit('/').next().unwrap().to_owned();
    let hash = file.strip_suffix(".mp4").unwrap();
    let shown = json!({
        "name": made.body["name"], "status": made.body["status"],
        "weight": made.body["weight"], "click_url": made.body["click_url"],
        "media": made.body["media"],
    });
    let expected = json!({
        "name": "Spring Launch", "status": "active",
        "weight": 7, "click_url": "https://example.com/spring",
        "media": {
            "sha256": hash, "bytes": content.len(), "container": "mp4",
            "duration_ms": 6_000, "width": 640, "height": 360, "rotation": 0,
            "video_codec": "avc1.64001f", "audio_codec": "mp4a.40.2",
            "frame_rate": { "numerator": 30, "denominator": 1 }, "bitrate_kbps": 98,
        },
    });
    assert_eq!(shown, expected);
    let id = made.text("id");
    assert_eq!(
        made.header("location"),
        Some(format!("/api/v1/creatives/{id}").as_str())
    );
    assert_eq!(made.header("etag"), Some("\"1\""));
    assert!(made.header(OPERATION_HEADER).is_some(), "{made:#?}");
    let found = admin
        .must(Ask::get(format!("/api/v1/creatives/{id}")))
        .await;
    assert_eq!(found.body, made.body);
    // The blob is the film, and decisions know it already.
    let kept = files(&folder(admin.directory(), "blobs"));
    assert_eq!(kept.len(), 1);
    assert!(kept[0].ends_with(key.blob_path()), "{kept:?}");
    assert!(fs::read(&kept[0]).unwrap() == content);
    let catalog = admin.cell().load_full();
    let offers = catalog.tenants().flat_map(TenantCatalog::offers);
    let spots: Vec<_> = offers.flat_map(|offer| &offer.spots).collect();
    assert_eq!(spots.len(), 1);
    assert_eq!(
        (spots[0].name.as_str(), spots[0].weight),
        ("Spring Launch", 7)
    );
    assert_eq!(left(&admin).await, (0, 1, 1));
}

#[tokio::test]
async fn the_bytes_decide_whatever_the_name_says() {
    let admin = with_campaign().await;
    let mut quicktime = fixture("spring-06s.mp4");
    quicktime[8..12].copy_from_slice(b"qt  ");
    for (name, content, container) in [
        ("a.webm", fixture("spring-06s.mp4"), "mp4"),
        ("b.mp4", fixture("harbour-06s.webm"), "webm"),
        ("c.txt", quicktime, "mov"),
    ] {
        let head = format!("name=\"file\"; filename=\"{name}\"");
        let made = admin.must(upload(form(&[(&head, &content)]))).await;
        assert_eq!(made.body["media"]["container"], container, "{name}");
    }
    assert_eq!(left(&admin).await, (0, 3, 3));
}

#[tokio::test]
async fn one_content_is_kept_once_for_a_tenant_and_never_shared_with_another() {
    let admin = with_campaign().await;
    admin
        .must(Ask::post("/api/v1/campaigns", &campaign("summer")))
        .await;
    let body = || film("spring-06s.mp4");
    admin.must(upload(body())).await;
    admin
        .must(upload_to("/api/v1/campaigns/summer/creatives", body()))
        .await;
    assert_eq!(left(&admin).await, (0, 1, 2));
    // The name is taken: the blob belongs to the others and stays.
    let again = admin.ask(upload(body())).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{again:#?}");
    assert_eq!(left(&admin).await, (0, 1, 2));
    // Taken for another film: its blob is new and goes.
    let other = form(&[
        ("name=\"name\"", b"SPRING-06s"),
        (
            "name=\"file\"; filename=\"x.mp4\"",
            &fixture("spring-15s.mp4"),
        ),
    ]);
    let again = admin.ask(upload(other)).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{again:#?}");
    assert_eq!(left(&admin).await, (0, 1, 2));
    let stranger = admin.make_tenant("globex").await;
    admin
        .must(Ask::post("/api/v1/campaigns", &campaign("spring")).tenant("globex"))
        .await;
    admin.must(upload(body()).tenant("globex")).await;
    let blobs = files(&folder(admin.directory(), "blobs"));
    assert_eq!(blobs.len(), 2);
    assert!(
        blobs
            .iter()
            .any(|path| path.to_string_lossy().contains(&format!("/{stranger}/")))
    );
}

/// What is wrong, the form, the status, what the answer says.
type Bad = (&'static str, Vec<u8>, u16, &'static str);

fn with_texts(texts: &[Part<'_>]) -> Vec<u8> {
    let film = fixture("spring-06s.mp4");
    let mut parts = texts.to_vec();
    parts.push(("name=\"file\"; filename=\"film.mp4\"", &film));
    form(&parts)
}

fn with_file(content: &[u8]) -> Vec<u8> {
    form(&[("name=\"file\"; filename=\"film.mp4\"", content)])
}

fn bad_files() -> Vec<Bad> {
    let film = fixture("spring-06s.mp4");
    let polyglot = [b"<script>alert(1)</script>" as &[u8], &film].concat();
    let zip = [b"PK\x03\x04" as &[u8], &film].concat();
    let large = [film.clone(), vec![0; 1_000_000]].concat();
    let huge = [film.clone(), vec![0; 1_300_000]].concat();
    vec![
        ("an empty file", with_file(b""), 422, "empty"),
        (
            "half a film",
            with_file(&film[..film.len() / 2]),
            422,
            "cut off",
        ),
        (
            "a film without its last byte",
            with_file(&film[..film.len() - 1]),
            422,
            "cut off",
        ),
        (
            "a web page",
            with_file(b"<!doctype html><html></html>"),
            422,
            "a web page",
        ),
        (
            "a picture",
            with_file(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            422,
            "a PNG picture",
        ),
        (
            "a playlist",
            with_file(b"#EXTM3U\n#EXT-X-VERSION:3\nhttp://10.0.0.1/a.ts\n"),
            422,
            "an HLS playlist",
        ),
        ("an archive", with_file(&zip), 422, "a ZIP archive"),
        (
            "a page that is also a film",
            with_file(&polyglot),
            422,
            "a web page",
        ),
        (
            "noise",
            with_file(&[0xa5; 5_000]),
            422,
            "of an unknown kind",
        ),
        (
            "too long a film",
            with_file(&fixture("coffee-30s.mp4")),
            422,
            "plays for 30000 ms",
        ),
        (
            "too large a film",
            with_file(&large),
            413,
            "larger than 1000000 bytes",
        ),
        (
            "far too large a film",
            with_file(&huge),
            413,
            "larger than 1000000 bytes",
        ),
    ]
}

/// What is wrong, the field, its text, what the answer says.
#[rustfmt::skip]
const BAD_TEXTS: &[(&str, &str, &[u8], &str)] = &[
    ("no number", "weight", b"many", "weight: "),
    ("not a number", "weight", b"NaN", "weight: "),
    ("a huge number", "weight", b"99999999999999999999", "weight: "),
    ("nought", "weight", b"0", "weight: "),
    ("below nought", "weight", b"-1", "weight: "),
    ("an empty name", "name", b"", "name: "),
    ("a name of 10 kB", "name", &[b'x'; 10_000], "name: "),
    ("a name of 100 kB", "name", &[b'x'; 100_000], "name: is far too long"),
    ("a name of bytes", "name", b"\xff\xfe", "name: is not UTF-8"),
    ("a name with an escape", "name", b"\x1b[2J", "name: "),
    ("a name that turns", "name", "a\u{202e}b".as_bytes(), "name: "),
    ("a name like an id", "name", b"cmp_1", "name: "),
    ("a script to click", "click_url", b"javascript:alert(1)", "click_url: "),
    ("an unknown field", "wieght", b"1", "did you mean `weight`?"),
    ("a status", "status", b"failed", "status: "),
];

fn bad_texts() -> Vec<Bad> {
    let film = fixture("spring-06s.mp4");
    let twice: [Part<'_>; 2] = [("name=\"weight\"", b"1"), ("name=\"weight\"", b"2")];
    let second = ("name=\"file\"; filename=\"a.mp4\"", &film[..]);
    let nameless = ("name=\"file\"; filename=\"..\"", &film[..]);
    let mut bad = vec![
        ("a field twice", with_texts(&twice), 422, "given twice"),
        (
            "two files",
            with_texts(&[second]),
            422,
            "file: is given twice",
        ),
        (
            "a nameless field",
            with_texts(&[("filename=\"a\"", b"1")]),
            422,
            "is not a field",
        ),
        (
            "a file of no name",
            form(&[nameless]),
            422,
            "name: is required",
        ),
        ("no file", form(&twice[..1]), 422, "file: is required"),
    ];
    for &(what, field, text, says) in BAD_TEXTS {
        let body = with_texts(&[(&format!("name=\"{field}\""), text)]);
        bad.push((what, body, 422, says));
    }
    bad
}

fn bad_forms() -> Vec<Bad> {
    let whole = film("spring-06s.mp4");
    let endless = [
        format!("--{BOUNDARY}\r\nX: ").into_bytes(),
        vec![b'x'; 600_000],
    ]
    .concat();
    vec![
        ("nothing", Vec::new(), 422, "body: "),
        ("no form", b"{}".to_vec(), 422, "body: "),
        (
            "half a form",
            whole[..whole.len() / 2].to_vec(),
            422,
            "cut off",
        ),
        (
            "a form without its end",
            whole[..whole.len() - 10].to_vec(),
            422,
            "cut off",
        ),
        ("an endless head", endless, 422, "body: "),
        (
            "a head of nonsense",
            format!("--{BOUNDARY}\r\n\0\r\n\r\nx\r\n").into_bytes(),
            422,
            "body: ",
        ),
    ]
}

#[tokio::test]
async fn what_is_bad_is_refused_with_its_reason_and_leaves_nothing() {
    let admin = with_campaign().await;
    let cases = [bad_files(), bad_texts(), bad_forms()].concat();
    for (what, body, status, says) in cases {
        let reply = admin.ask(upload(body)).await;
        assert_eq!(reply.status.as_u16(), status, "{what}: {reply:#?}");
        assert!(said(&reply).contains(says), "{what}: {reply:#?}");
        assert_eq!(left(&admin).await, (0, 0, 0), "{what}");
    }
}

/// Message and problems of a refusal in one text.
fn said(reply: &Reply) -> String {
    let error = &reply.body["error"];
    let problems = error["problems"].as_array().into_iter().flatten();
    let problems = problems.map(|problem| {
        let part = |name: &str| problem[name].as_str().unwrap_or_default();
        format!("{}: {}\n", part("field"), part("message"))
    });
    problems.collect::<String>() + error["message"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn what_is_not_a_form_or_not_ours_is_refused_before_it_is_read() {
    let admin = with_campaign().await;
    admin.make_tenant("globex").await;
    let body = || film("spring-06s.mp4");
    let plain = |kind: &'static str| {
        let ask = Ask::new(Method::POST, PLACE).bytes(body()).tenant("acme");
        ask.header("content-type", kind)
    };
    let no_type = Ask::new(Method::POST, PLACE).bytes(body()).tenant("acme");
    let announced = upload(body())
        .tenant("acme")
        .header("content-length", "5000000000");
    for (what, ask, status) in [
        ("JSON", plain("application/json"), 415),
        ("no boundary", plain("multipart/form-data"), 415),
        (
            "mixed",
            plain("multipart/mixed; boundary=x-boundary-x"),
            415,
        ),
        ("no type", no_type, 415),
        ("a huge announcement", announced, 413),
        ("no tenant", upload(body()), 400),
        (
            "another tenant's campaign",
            upload(body()).tenant("globex"),
            404,
        ),
        ("an unknown tenant", upload(body()).tenant("ten_9"), 404),
        (
            "an unknown campaign",
            upload_to("/api/v1/campaigns/cmp_9/creatives", body()).tenant("acme"),
            404,
        ),
        ("a stranger", upload(body()).tenant("acme").from(None), 401),
        (
            "an unknown parameter",
            upload_to(&format!("{PLACE}?x=1"), body()).tenant("acme"),
            422,
        ),
    ] {
        let reply = admin.ask(ask).await;
        assert_eq!(reply.status.as_u16(), status, "{what}: {reply:#?}");
        assert_eq!(left(&admin).await, (0, 0, 0), "{what}");
    }
}

#[tokio::test]
async fn a_dry_run_answers_as_if_and_keeps_nothing() {
    let admin = with_campaign().await;
    let place = format!("{PLACE}?dry_run=true");
    let made = admin.ask(upload_to(&place, film("spring-06s.mp4"))).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:#?}");
    assert_eq!(made.body["media"]["duration_ms"], 6_000);
    assert_eq!(left(&admin).await, (0, 0, 0));
}

#[tokio::test]
async fn a_key_makes_an_upload_safe_to_repeat() {
    let admin = with_campaign().await;
    let keyed = |name: &str| upload(film(name)).header("idempotency-key", "one");
    let first = admin.must(keyed("spring-06s.mp4")).await;
    let again = admin.must(keyed("spring-06s.mp4")).await;
    assert_eq!(again.body, first.body);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(left(&admin).await, (0, 1, 1));
    let other = admin.ask(keyed("spring-15s.mp4")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{other:#?}");
    assert_eq!(left(&admin).await, (0, 1, 1));
}

#[tokio::test]
async fn a_store_that_fails_is_named_and_leaves_nothing() {
    let nowhere = |directory: &Path| {
        let blobs = Blobs::s3(&S3Options {
            bucket: "ads".to_owned(),
            endpoint: Some("http://127.0.0.1:9".to_owned()),
            region: "eu-central-1".to_owned(),
            access_key_id: "id".to_owned(),
            secret_access_key: "geheim".to_owned(),
            patience: Duration::from_millis(200),
        });
        uploads(directory, blobs.unwrap(), UPLOAD_BYTES_MAX)
    };
    let admin = prepared(Admin::start_with(nowhere)).await;
    let reply = admin.ask(upload(film("spring-06s.mp4"))).await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        said(&reply).contains("the store does not answer"),
        "{reply:#?}"
    );
    assert!(!format!("{reply:?}").contains("geheim"));
    assert_eq!(left(&admin).await, (0, 0, 0));
    // A local folder in whose place something else stands.
    let admin = with_campaign().await;
    fs::write(folder(admin.directory(), "blobs").join("tenant"), b"").unwrap();
    let reply = admin.ask(upload(film("spring-06s.mp4"))).await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE, "{reply:#?}");
    let (spool, _the_obstacle, creatives) = left(&admin).await;
    assert_eq!((spool, creatives), (0, 0));
}

#[tokio::test]
async fn a_crash_between_blob_and_row_is_settled_at_the_next_start() {
    let admin = with_campaign().await;
    admin.must(upload(film("spring-06s.mp4"))).await;
    let blobs = Blobs::local(&folder(admin.directory(), "blobs")).unwrap();
    let spool_folder = folder(admin.directory(), "spool");
    let spool = Spool::open(&spool_folder).unwrap();
    let mut keys = Vec::new();
    for name in ["spring-06s.mp4", "spring-15s.mp4", "coffee-30s.mp4"] {
        let content = fixture(name);
        let key = key_of(&content);
        let mut file = spool.create().await.unwrap();
        file.write(&content).await.unwrap();
        let mut spooled = file.finish().await.unwrap();
        let claim = blobs.claim(key).await;
        spooled.mark(&key).unwrap();
        // The last one crashed before its blob was there.
        if name != "coffee-30s.mp4" {
            blobs.put(&claim, spooled.path()).await.unwrap();
        }
        if name == "spring-15s.mp4" {
            // And another put of it was half done.
            let half = folder(admin.directory(), "blobs").join(key.blob_path() + "#1");
            fs::write(half, b"half a film").unwrap();
        }
        spooled.abandon();
        keys.push(key);
    }
    fs::write(spool_folder.join("upload-3"), b"half a film").unwrap();
    assert_eq!(left(&admin).await, (4, 3, 1));
    let spool = Spool::open(&spool_folder).unwrap();
    assert_eq!(left(&admin).await, (3, 3, 1));
    assert_eq!(spool.settle(&blobs, admin.store()).await.unwrap(), 2);
    assert_eq!(left(&admin).await, (0, 1, 1));
    assert!(
        blobs
            .has(&keys[0], fixture("spring-06s.mp4").len() as u64)
            .await
            .unwrap()
    );
    assert_eq!(spool.settle(&blobs, admin.store()).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_film_many_times_at_once_is_one_blob_and_whole() {
    let admin = with_campaign().await;
    let mut asked = Vec::new();
    for n in 0..12 {
        // Half of them take the same name, and lose.
        let name = format!("film {}", n / 2);
        let film = fixture("spring-06s.mp4");
        let body = form(&[
            ("name=\"name\"", name.as_bytes()),
            ("name=\"file\"; filename=\"x.mp4\"", &film),
        ]);
        let admin = admin.clone();
        asked.push(tokio::spawn(
            async move { admin.ask(upload(body)).await.status },
        ));
    }
    let mut made = 0;
    for answer in asked {
        let status = answer.await.unwrap();
        assert!(
            matches!(status, StatusCode::CREATED | StatusCode::CONFLICT),
            "{status}"
        );
        made += u64::from(status == StatusCode::CREATED);
    }
    assert_eq!(made, 6);
    assert_eq!(left(&admin).await, (0, 1, 6));
    let kept = &files(&folder(admin.directory(), "blobs"))[0];
    assert!(fs::read(kept).unwrap() == fixture("spring-06s.mp4"));
}
