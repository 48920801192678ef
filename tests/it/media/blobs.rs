//! Files in a local folder and in a store that speaks S3, also one that fails.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use adserve::format::media::MediaKey;
use adserve::host::{FakeClock, ShutdownTrigger};
use adserve::model::{Container, Millis, TenantId, Timestamp};
use adserve::store::blobs::{
    BlobError, BlobFault, Blobs, CdnRule, MediaUrls, S3Options, keep_signed,
};
use sha2::{Digest, Sha256};

use super::moto::{Fate, Moto, Proxy, exchange, status};

/// More than two parts of an upload.
const LARGE_BYTES: usize = 20_000_000;

fn file(folder: &Path, bytes: usize) -> (PathBuf, MediaKey, Vec<u8>) {
    let content: Vec<u8> = (0..bytes as u64)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0])
        .collect();
    let path = folder.join(format!("{bytes}.mp4"));
    fs::write(&path, &content).unwrap();
    let key = MediaKey {
        tenant: TenantId::new(1),
        sha256: Sha256::digest(&content).into(),
        container: Container::Mp4,
    };
    (path, key, content)
}

fn s3(address: SocketAddr) -> Blobs {
    impatient_s3(address, Duration::from_secs(5))
}

fn impatient_s3(address: SocketAddr, patience: Duration) -> Blobs {
    let options = S3Options {
        bucket: "ads".to_owned(),
        endpoint: Some(format!("http://{address}")),
        region: "eu-central-1".to_owned(),
        access_key_id: "AKIAEXAMPLE".to_owned(),
        secret_access_key: "geheim".to_owned(),
        patience,
    };
    assert!(!format!("{options:?}").contains("geheim"));
    Blobs::s3(&options).unwrap()
}

/// Whether it had to be stored.
async fn put(blobs: &Blobs, key: MediaKey, path: &Path) -> Result<bool, BlobError> {
    let bytes = fs::metadata(path).unwrap().len();
    let claim = blobs.claim(key).await;
    let missing = !blobs.has(&key, bytes).await?;
    if missing {
        blobs.put(&claim, path).await?;
    }
    assert!(blobs.has(&key, bytes).await?);
    Ok(missing)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (folders, mut files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| files_below(folder)));
    files
}

fn now() -> Timestamp {
    "2026-07-01T12:00:00Z".parse().unwrap()
}

fn url_of(urls: &MediaUrls, key: &MediaKey, now: Timestamp) -> String {
    let mut url = String::new();
    urls.put(key, now, &mut url).unwrap();
    url
}

#[tokio::test]
async fn a_local_folder_keeps_one_file_for_one_content() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("blobs");
    fs::create_dir(&root).unwrap();
    let blobs = Blobs::local(&root).unwrap();
    for bytes in [1, 1_000, LARGE_BYTES] {
        let (path, key, content) = file(folder.path(), bytes);
        assert!(!blobs.has(&key, bytes as u64).await.unwrap());
        assert!(put(&blobs, key, &path).await.unwrap());
        assert!(!put(&blobs, key, &path).await.unwrap());
        let kept = root.join(key.blob_path());
        assert_eq!(files_below(&root), std::slice::from_ref(&kept));
        assert!(
            fs::read(&kept).unwrap() == content,
            "{bytes} bytes came back changed"
        );
        // A damaged file is written anew.
        fs::write(&kept, b"damaged").unwrap();
        assert!(put(&blobs, key, &path).await.unwrap());
        assert!(fs::read(&kept).unwrap() == content);
        blobs.remove(&blobs.claim(key).await).await.unwrap();
        blobs.remove(&blobs.claim(key).await).await.unwrap();
        assert_eq!(files_below(&root), [] as [PathBuf; 0]);
    }
    blobs.check().await.unwrap();
}

#[tokio::test]
async fn a_local_folder_keeps_nothing_of_a_failed_put() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("blobs");
    assert!(Blobs::local(&root).is_err(), "the folder is not there");
    fs::create_dir(&root).unwrap();
    let blobs = Blobs::local(&root).unwrap();
    let (path, key, _) = file(folder.path(), 1_000);
    let claim = blobs.claim(key).await;
    let error = blobs
        .put(&claim, &folder.path().join("gone"))
        .await
        .unwrap_err();
    assert_eq!(error.fault(), BlobFault::Broken);
    assert_eq!(files_below(&root), [] as [PathBuf; 0]);
    // A file where the folder of the tenant should be.
    fs::create_dir(root.join("tenant")).unwrap();
    fs::write(root.join("tenant/ten_1"), b"").unwrap();
    let error = blobs.put(&claim, &path).await.unwrap_err();
    assert!(error.to_string().starts_with("cannot "), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_s3_store_keeps_what_it_was_given_and_shows_it_by_signed_addresses() {
    let moto = Moto::start();
    let folder = tempfile::tempdir().unwrap();
    let blobs = s3(moto.address);
    blobs.check().await.unwrap();
    let life = Millis::from_seconds(3_600);
    let urls = MediaUrls::new(&blobs, Vec::new(), "https://ads.example", life);
    for bytes in [1_000, LARGE_BYTES] {
        let (path, key, content) = file(folder.path(), bytes);
        assert!(put(&blobs, key, &path).await.unwrap());
        assert!(!put(&blobs, key, &path).await.unwrap());
        assert_eq!(moto.keys(), [key.blob_path()]);
        assert!(key.blob_path().starts_with("tenant/ten_1/"));

        let url = url_of(&urls, &key, now());
        let base = format!("http://{}", moto.address);
        let target = url.strip_prefix(&base).unwrap();
        assert!(
            target.starts_with(&format!("/ads/{}?", key.blob_path())),
            "{url}"
        );
        assert!(
            target.contains("X-Amz-Expires=3600") && !target.contains("geheim"),
            "{url}"
        );
        let (head, body) = exchange(moto.address, &format!("GET {target}"), "");
        assert_eq!(status(&head), 200, "{head}");
        assert!(body == content, "{bytes} bytes came back changed");
        let head = head.to_ascii_lowercase();
        assert!(head.contains("content-type: video/mp4"), "{head}");
        assert!(head.contains("immutable"), "{head}");
        let range = "Range: bytes=10-19\r\n";
        let (head, body) = exchange(moto.address, &format!("GET {target}"), range);
        assert_eq!((status(&head), body.as_slice()), (206, &content[10..20]));

        blobs.remove(&blobs.claim(key).await).await.unwrap();
        assert_eq!(moto.keys(), [] as [String; 0]);
    }
    assert_eq!(moto.open_uploads(), 0);
}

#[test]
fn signed_addresses_are_made_ahead_and_renewed_at_half_their_life() {
    let blobs = s3("127.0.0.1:9".parse().unwrap());
    let life = Millis::from_seconds(3_600);
    let cdn = vec!["https://cdn.example/ads/#tenant=ten_2".parse().unwrap()];
    let urls = MediaUrls::new(&blobs, cdn, "https://ads.example", life);
    let key = |tenant, byte| MediaKey {
        tenant: TenantId::new(tenant),
        sha256: [byte; 32],
        container: Container::Mp4,
    };
    let later = |seconds| now().plus(Millis::from_seconds(seconds));
    let all = || [key(1, 1), key(1, 2), key(2, 3), key(1, 1)];
    // The CDN's needs no signature, and the repeated one is signed once.
    assert_eq!(urls.sign_ahead(all(), now()).unwrap(), 2);
    assert_eq!(urls.sign_ahead(all(), later(1_799)).unwrap(), 0);
    let first = url_of(&urls, &key(1, 1), later(1_799));
    assert_eq!(url_of(&urls, &key(1, 1), now()), first);
    assert_eq!(urls.sign_ahead(all(), later(1_800)).unwrap(), 2);
    // One that nobody foresaw is signed once and remembered, until it is forgotten.
    url_of(&urls, &key(1, 9), now());
    assert_eq!(urls.sign_ahead([key(1, 9)], now()).unwrap(), 0);
    assert_eq!(urls.sign_ahead(all(), now()).unwrap(), 2);
    let path = key(2, 3).blob_path();
    let shown = url_of(&urls, &key(2, 3), now());
    assert_eq!(shown, format!("https://cdn.example/ads/{path}"));
}

#[tokio::test]
async fn addresses_are_kept_signed_until_the_end() {
    let blobs = s3("127.0.0.1:9".parse().unwrap());
    let urls = MediaUrls::new(&blobs, Vec::new(), "", Millis::from_seconds(3_600));
    let (_, key, _) = file(tempfile::tempdir().unwrap().path(), 10);
    let clock = FakeClock::at(now());
    let (trigger, shutdown) = ShutdownTrigger::new();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let keys = move || {
        count.fetch_add(1, Ordering::SeqCst);
        vec![key]
    };
    let task = tokio::spawn(keep_signed(urls.clone(), keys, clock.clock(), shutdown));
    while asked.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        urls.sign_ahead([key], now()).unwrap(),
        0,
        "it was not signed"
    );
    trigger.drain();
    task.await.unwrap();
    // Nothing is signed where nothing needs it.
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::local(folder.path()).unwrap();
    let urls = MediaUrls::new(&blobs, Vec::new(), "", Millis::from_seconds(3_600));
    let (_trigger, shutdown) = ShutdownTrigger::new();
    keep_signed(urls, Vec::new, clock.clock(), shutdown).await;
}

#[test]
fn the_first_fitting_cdn_shows_a_local_file() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::local(folder.path()).unwrap();
    let rules: Vec<CdnRule> = [
        "https://a.example#tenant=ten_2&container=webm",
        "https://b.example/x/#container=webm",
        "http://c.example:8080#tenant=ten_3",
    ]
    .map(|rule| rule.parse().unwrap())
    .into();
    let urls = MediaUrls::new(&blobs, rules, "https://ads.example/", Millis(0));
    for (tenant, container, base) in [
        (2, Container::Webm, "https://a.example"),
        (1, Container::Webm, "https://b.example/x"),
        (3, Container::Mp4, "http://c.example:8080"),
        (1, Container::Mp4, "https://ads.example"),
    ] {
        let key = MediaKey {
            tenant: TenantId::new(tenant),
            sha256: [7; 32],
            container,
        };
        let url = url_of(&urls, &key, now());
        assert_eq!(&*url, format!("{base}/{}", key.url_path()));
    }
    for rule in [
        "",
        "cdn.example",
        "ftp://cdn.example",
        "https://user@cdn.example",
        "https://cdn.example?x=1",
        "https://cdn.example#x",
        "https://cdn.example tenant=ten_1",
        "https://cdn.example#tenant=",
        "https://cdn.example#tenant=ten_1&tenant=ten_2",
        "https://cdn.example#container=exe",
        "https://cdn.example#weight=3",
    ] {
        assert!(rule.parse::<CdnRule>().is_err(), "{rule}");
    }
}

/// What fails, on which requests (start of the method, part of the address), how, what we say.
type Fault = (&'static str, (&'static str, &'static str), Fate, BlobFault);

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("403", ("", ""), Fate::Answered(403), BlobFault::Denied),
    ("401", ("", ""), Fate::Answered(401), BlobFault::Denied),
    ("500", ("", ""), Fate::Answered(500), BlobFault::Unavailable),
    ("503", ("", ""), Fate::Answered(503), BlobFault::Unavailable),
    ("silence", ("", ""), Fate::Hangs, BlobFault::Unavailable),
    ("404 for a put", ("P", ""), Fate::Answered(404), BlobFault::Missing),
    ("403 for a put", ("P", ""), Fate::Answered(403), BlobFault::Denied),
    ("cut puts", ("PUT", ""), Fate::Cut(500), BlobFault::Unavailable),
    ("cut parts", ("PUT", "partNumber=2"), Fate::Cut(1 << 20), BlobFault::Unavailable),
    ("hung parts", ("PUT", "partNumber=3"), Fate::Hangs, BlobFault::Unavailable),
    ("503 in the end", ("POST", "uploadId"), Fate::Answered(503), BlobFault::Unavailable),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_s3_store_is_named_and_shows_nothing_half() {
    let moto = Moto::start();
    let proxy = Proxy::before(moto.address);
    let folder = tempfile::tempdir().unwrap();
    let (small, small_key, _) = file(folder.path(), 1_000);
    let (large, large_key, _) = file(folder.path(), LARGE_BYTES);
    for &(what, (method, mark), fate, fault) in FAULTS {
        proxy.set(move |line| {
            let hit = line.starts_with(method) && line.contains(mark);
            if hit { fate } else { Fate::Passes }
        });
        let patience = match what {
            "silence" => Duration::from_millis(200),
            _ => Duration::from_secs(2),
        };
        let blobs = impatient_s3(proxy.address, patience);
        let mut puts = vec![(large_key, &large)];
        // A small file has no parts and no end.
        if !(what.ends_with("parts") || what.ends_with("end")) {
            puts.push((small_key, &small));
        }
        for (key, path) in puts {
            let error = put(&blobs, key, path).await.expect_err(what);
            assert_eq!(error.fault(), fault, "{what}: {error:?}");
            assert!(!format!("{error} {error:?}").contains("geheim"));
        }
        assert!(proxy.fired() > 0, "{what} never happened");
        assert_eq!(moto.keys(), [] as [String; 0], "{what}");
        assert_eq!(moto.open_uploads(), 0, "{what}");
    }
    let nobody = s3("127.0.0.1:9".parse().unwrap());
    let error = nobody.check().await.unwrap_err();
    assert_eq!(error.fault(), BlobFault::Unavailable);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_passes_is_not_even_noticed() {
    let moto = Moto::start();
    let proxy = Proxy::before(moto.address);
    let blobs = s3(proxy.address);
    let folder = tempfile::tempdir().unwrap();
    let (path, key, _) = file(folder.path(), LARGE_BYTES);
    for fate in [Fate::Answered(503), Fate::Cut(10), Fate::AnswerLost] {
        let mut left = 1;
        proxy.set(move |line| {
            if left == 0 || !line.starts_with("PUT") {
                return Fate::Passes;
            }
            left -= 1;
            fate
        });
        assert!(put(&blobs, key, &path).await.unwrap(), "{fate:?}");
        assert_eq!(proxy.fired(), 1);
        assert_eq!(moto.keys(), [key.blob_path()]);
        assert_eq!(moto.open_uploads(), 0);
        blobs.remove(&blobs.claim(key).await).await.unwrap();
    }
}
