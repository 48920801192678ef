//! Files of the local store on their way to players, through real sockets.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZeroU16;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use adserve::edge::media::{FileBody, LocalMedia, serve};
use adserve::format::media::MediaKey;
use adserve::host::http::{
    Handler, Limits, Listener, Observer, Peer, ReplyBody, RequestBody, Server, Workers,
};
use adserve::host::{Clock, Entropy, ShutdownTrigger};
use adserve::model::{Container, TenantId};
use http::{Request, Response};

use super::moto::{exchange, status};

struct Files(LocalMedia);

impl Handler for Files {
    type Body = FileBody;

    async fn handle(
        &self,
        _peer: &Peer,
        request: Request<RequestBody>,
    ) -> Response<ReplyBody<FileBody>> {
        serve(&self.0, &request).await
    }
}

/// A listener before a folder of blobs. Ends with the value.
struct Site {
    folder: tempfile::TempDir,
    address: SocketAddr,
    trigger: ShutdownTrigger,
    workers: Option<Workers>,
}

impl Site {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = Arc::new(Files(LocalMedia::open(folder.path()).unwrap()));
        let listener = Listener::bind_tcp("127.0.0.1:0".parse().unwrap()).unwrap();
        let (trigger, shutdown) = ShutdownTrigger::new();
        let limits = Limits::for_descriptors(1_024);
        let observer = Observer::new(|_incident| {});
        let server = Server::new(limits, Clock::real(), Entropy::real(), observer);
        let one = NonZeroU16::MIN;
        let workers = server.spawn(one, &listener, &files, &shutdown).unwrap();
        Self {
            folder,
            address: listener.address().unwrap(),
            trigger,
            workers: Some(workers),
        }
    }

    fn place(&self, key: &MediaKey) -> PathBuf {
        self.folder.path().join(key.blob_path())
    }

    fn keep(&self, key: &MediaKey, content: &[u8]) {
        let place = self.place(key);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, content).unwrap();
    }

    /// Status, head in lower case, and body.
    fn ask(&self, method: &str, path: &str, headers: &str) -> (u16, String, Vec<u8>) {
        let (head, body) = exchange(self.address, &format!("{method} {path}"), headers);
        (status(&head), head.to_ascii_lowercase(), body)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.trigger.now();
        self.workers.take().unwrap().join(|| {}).unwrap();
    }
}

fn key(byte: u8, container: Container) -> MediaKey {
    MediaKey {
        tenant: TenantId::new(1),
        sha256: [byte; 32],
        container,
    }
}

fn content(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|n| (n % 251).to_le_bytes()[0]).collect()
}

#[test]
fn a_file_is_served_whole_described_and_for_good() {
    let site = Site::start();
    for (container, mime) in [
        (Container::Mp4, "video/mp4"),
        (Container::Mov, "video/quicktime"),
        (Container::Webm, "video/webm"),
        (Container::Ogg, "video/ogg"),
    ] {
        let key = key(0xab, container);
        let film = content(300_000);
        site.keep(&key, &film);
        let path = format!("/{}", key.url_path());
        let (status, head, body) = site.ask("GET", &path, "");
        assert_eq!(status, 200, "{head}");
        assert!(body == film);
        let tag = format!("\"{}\"", "ab".repeat(32));
        for line in [
            &format!("content-type: {mime}"),
            "content-length: 300000",
            "cache-control: public, max-age=31536000, immutable",
            "accept-ranges: bytes",
            "access-control-allow-origin: *",
            "x-content-type-options: nosniff",
            &format!("etag: {tag}"),
        ] {
            assert!(head.contains(line), "{line} is not in {head}");
        }
        let (status, head, body) = site.ask("HEAD", &path, "Range: bytes=0-1\r\n");
        assert_eq!((status, body.len()), (200, 0));
        assert!(head.contains("content-length: 300000"), "{head}");
        let known = format!("If-None-Match: {tag}\r\n");
        let (status, head, body) = site.ask("GET", &path, &known);
        assert_eq!((status, body.len()), (304, 0), "{head}");
        assert!(head.contains(&format!("etag: {tag}")), "{head}");
    }
}

#[test]
fn ranges_are_served_as_asked() {
    let site = Site::start();
    let key = key(1, Container::Mp4);
    let film = content(300_000);
    site.keep(&key, &film);
    let path = format!("/{}", key.url_path());
    for (range, (first, last)) in [
        ("0-0", (0, 0)),
        ("0-", (0, 299_999)),
        ("100000-200000", (100_000, 200_000)),
        ("299999-400000", (299_999, 299_999)),
        ("-70000", (230_000, 299_999)),
    ] {
        let (status, head, body) = site.ask("GET", &path, &format!("Range: bytes={range}\r\n"));
        assert_eq!(status, 206, "{range}");
        assert!(body == film[first..=last], "{range}");
        let line = format!("content-range: bytes {first}-{last}/300000");
        assert!(head.contains(&line), "{range}: {head}");
    }
    for range in ["300000-", "-0"] {
        let (status, head, body) = site.ask("GET", &path, &format!("Range: bytes={range}\r\n"));
        assert_eq!((status, body.len()), (416, 0), "{range}");
        assert!(head.contains("content-range: bytes */300000"), "{head}");
    }
    // Many ranges at once are a known way to make a server work.
    let many = vec!["0-299999"; 100].join(",");
    let (status, _, body) = site.ask("GET", &path, &format!("Range: bytes={many}\r\n"));
    assert_eq!((status, body.len()), (200, 300_000));
    let other = "Range: bytes=0-0\r\nIf-Range: \"other\"\r\n";
    assert_eq!(site.ask("GET", &path, other).0, 200);
}

#[test]
fn nothing_but_a_file_of_ours_is_served() {
    let site = Site::start();
    let key = key(2, Container::Mp4);
    site.keep(&key, b"film");
    fs::write(site.folder.path().join("secret.mp4"), b"secret").unwrap();
    let hex = "02".repeat(32);
    for path in [
        "/media/".to_owned(),
        format!("/media/ten_1/{hex}"),
        format!("/media/ten_1/{hex}.webm"),
        format!("/media/ten_1/{hex}.exe"),
        format!("/media/ten_2/{hex}.mp4"),
        format!("/media/ten_1/{hex}.mp4/"),
        format!("/media/ten_1//{hex}.mp4"),
        format!("/media/ten_1/../ten_1/{hex}.mp4"),
        format!("/media/ten_1/%2e%2e/ten_1/{hex}.mp4"),
        format!("/media/ten_1/..%2f{hex}.mp4"),
        format!("/media/ten_1/%252e%252e/{hex}.mp4"),
        format!("/media/ten_1/{hex}.mp4%00"),
        format!("/media/ten_1\\{hex}.mp4"),
        "/media/../secret.mp4".to_owned(),
        "/media/..%2fsecret.mp4".to_owned(),
        "/media/ten_1/secret.mp4".to_owned(),
        "/secret.mp4".to_owned(),
        "/media/ten_1/../../../../etc/passwd".to_owned(),
    ] {
        let (status, head, body) = site.ask("GET", &path, "");
        assert!(matches!(status, 400 | 404), "{path}: {head}");
        assert!(!String::from_utf8_lossy(&body).contains("secret"), "{path}");
    }
    let path = format!("/{}", key.url_path());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let (status, head, _) = site.ask(method, &path, "");
        assert_eq!(status, 405, "{method}: {head}");
        assert!(head.contains("allow: get, head"), "{method}: {head}");
    }
    assert_eq!(site.ask("GET", &format!("{path}?x=1"), "").0, 200);
}

#[test]
fn links_and_folders_in_the_place_of_a_file_are_not_followed() {
    let site = Site::start();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("passwd"), b"secret").unwrap();
    let kept = key(3, Container::Mp4);
    site.keep(&kept, b"film");
    let get = |key: &MediaKey| site.ask("GET", &format!("/{}", key.url_path()), "").0;
    // A link in the place of the file.
    let linked = key(4, Container::Mp4);
    fs::create_dir_all(site.place(&linked).parent().unwrap()).unwrap();
    symlink(outside.path().join("passwd"), site.place(&linked)).unwrap();
    assert_eq!(get(&linked), 404);
    // A link in the place of the folder, to a folder that has the file.
    let beside = key(5, Container::Mp4);
    let folder = site.place(&beside).parent().unwrap().to_owned();
    let name = site.place(&beside).file_name().unwrap().to_owned();
    fs::write(outside.path().join(name), b"secret").unwrap();
    symlink(outside.path(), folder).unwrap();
    assert_eq!(get(&beside), 404);
    // A folder in the place of the file.
    let directory = key(6, Container::Mp4);
    fs::create_dir_all(site.place(&directory)).unwrap();
    assert_eq!(get(&directory), 404);
    assert_eq!(get(&kept), 200);
}

#[test]
fn a_file_that_shrinks_ends_the_connection_and_not_the_daemon() {
    let site = Site::start();
    let key = key(7, Container::Mp4);
    let film = content(40_000_000);
    site.keep(&key, &film);
    let path = format!("/{}", key.url_path());
    let mut stream = TcpStream::connect(site.address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    let mut first = [0; 1_000];
    stream.read_exact(&mut first).unwrap();
    shorten(&site.place(&key), 1_000_000);
    let mut rest = Vec::new();
    let _either = stream.read_to_end(&mut rest);
    assert!(rest.len() < film.len(), "more than there was");
    assert_eq!(site.ask("HEAD", &path, "").0, 200);
}

fn shorten(path: &Path, length: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_len(length).unwrap();
}
