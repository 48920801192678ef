//! Uploads through real sockets: large ones, many at once, and callers who hang up.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use adserve::admin::{Door, Transport};
use adserve::host::http::{Limits, Listener, Observer, Server, Workers};
use adserve::host::{Clock, Entropy, ShutdownTrigger};
use adserve::store::blobs::Blobs;
use serde_json::Value;

use super::tools::ffmpeg;
use crate::support::admin::{Admin, Ask, TOKEN, campaign, folder, uploads};

/// What anything here may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The largest film that is taken here.
const BYTES_MAX: u64 = 600_000_000;
/// Uploads at one time, as the admin API has it.
const UPLOADS_MAX: usize = 16;

const HEAD: &str =
    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"film.mp4\"\r\n\r\n";
const TAIL: &str = "\r\n--b--\r\n";

/// The admin API behind a listener. Ends with the value.
struct Site {
    admin: Admin,
    address: SocketAddr,
    trigger: ShutdownTrigger,
    workers: Option<Workers>,
}

impl Site {
    async fn start() -> Self {
        let admin = Admin::start_with(|directory| {
            let blobs = Blobs::local(&folder(directory, "blobs")).unwrap();
            uploads(directory, blobs, BYTES_MAX)
        });
        admin.make_tenant("acme").await;
        admin
            .must(Ask::post("/api/v1/campaigns", &campaign("spring")))
            .await;
        let door = Arc::new(Door::new(&admin.state(), Transport::Plain));
        let listener = Listener::bind_tcp("127.0.0.1:0".parse().unwrap()).unwrap();
        let (trigger, shutdown) = ShutdownTrigger::new();
        let limits = Limits {
            body_timeout: Duration::from_secs(2),
            ..Limits::for_descriptors(1_024)
        };
        let observer = Observer::new(|_incident| {});
        let server = Server::new(limits, Clock::real(), Entropy::real(), observer);
        let workers = server
            .spawn(NonZeroU16::MIN, &listener, &door, &shutdown)
            .unwrap();
        Self {
            admin,
            address: listener.address().unwrap(),
            trigger,
            workers: Some(workers),
        }
    }

    /// Begins an upload of a body of `length` bytes.
    fn begin(&self, length: u64) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        let request = format!(
            "POST /api/v1/campaigns/spring/creatives HTTP/1.1\r\nHost: 127.0.0.1\r\n\
             Authorization: Bearer {TOKEN}\r\nConnection: close\r\nContent-Length: {length}\r\n\
             Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn spooled(&self) -> Vec<u64> {
        let entries = fs::read_dir(self.admin.directory().join("spool")).unwrap();
        entries
            .map(|entry| entry.unwrap().metadata().map_or(0, |file| file.len()))
            .collect()
    }

    async fn creatives(&self) -> Value {
        self.admin.must(Ask::get("/api/v1/creatives")).await.body
    }

    /// Waits until the spool is as it should be.
    async fn wait_for(&self, what: &str, is_so: impl Fn(&[u64]) -> bool) {
        #[expect(clippy::disallowed_methods, reason = "a test measures real time")]
        let deadline = Instant::now() + PATIENCE;
        loop {
            let spooled = self.spooled();
            if is_so(&spooled) {
                return;
            }
            #[expect(clippy::disallowed_methods, reason = "a test measures real time")]
            let late = Instant::now() > deadline;
            assert!(!late, "{what}: {spooled:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.trigger.now();
        self.workers.take().unwrap().join(|| {}).unwrap();
    }
}

/// Status and JSON body of an answer.
fn answer(mut stream: TcpStream) -> (u16, Value) {
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_hangs_up_or_falls_silent_leaves_nothing() {
    let site = Site::start().await;
    let film =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/media/spring-06s.mp4"));
    let film = film.unwrap();
    let length = (HEAD.len() + film.len() + TAIL.len()) as u64;
    for cut in [0, HEAD.len(), HEAD.len() + 10_000, HEAD.len() + film.len()] {
        let body = [HEAD.as_bytes(), &film, TAIL.as_bytes()].concat();
        let mut stream = site.begin(length);
        stream.write_all(&body[..cut]).unwrap();
        if cut > HEAD.len() {
            site.wait_for("an upload has begun", |spooled| spooled.len() == 1)
                .await;
        }
        drop(stream);
        site.wait_for("it is gone", <[u64]>::is_empty).await;
    }
    // One that says nothing more is ended by the listener.
    let mut silent = site.begin(length);
    silent.write_all(HEAD.as_bytes()).unwrap();
    silent.write_all(&film[..10_000]).unwrap();
    site.wait_for("an upload has begun", |spooled| spooled.len() == 1)
        .await;
    site.wait_for("it is ended", <[u64]>::is_empty).await;
    drop(silent);
    assert_eq!(site.creatives().await["total"], 0);
    // The same with nothing wrong.
    let mut stream = site.begin(length);
    stream
        .write_all(&[HEAD.as_bytes(), &film, TAIL.as_bytes()].concat())
        .unwrap();
    assert_eq!(answer(stream).0, 201);
    assert_eq!(site.creatives().await["total"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_file_is_refused_long_before_it_has_come() {
    let site = Site::start().await;
    // A web page that claims to be half a gigabyte: the answer comes after its first bytes.
    let mut stream = site.begin(500_000_000);
    stream.write_all(HEAD.as_bytes()).unwrap();
    stream.write_all(b"<!doctype html><html>").unwrap();
    stream.write_all(&[b' '; 1_000]).unwrap();
    let (status, body) = answer(stream);
    assert_eq!(status, 422, "{body:#}");
    assert!(body.to_string().contains("a web page"), "{body:#}");
    // Too large by its own word.
    let (status, body) = answer(site.begin(BYTES_MAX + 1_000_000));
    assert_eq!(status, 413, "{body:#}");
    assert!(site.spooled().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_is_told_to_come_back() {
    let site = Site::start().await;
    let mut streams = Vec::new();
    for _ in 0..UPLOADS_MAX {
        let mut stream = site.begin(1_000_000);
        stream.write_all(HEAD.as_bytes()).unwrap();
        streams.push(stream);
    }
    site.wait_for("all have begun", |spooled| spooled.len() == UPLOADS_MAX)
        .await;
    let (status, body) = answer(site.begin(1_000_000));
    assert_eq!(status, 503, "{body:#}");
    drop(streams);
    site.wait_for("all are gone", <[u64]>::is_empty).await;
}

/// A true film of `bytes` bytes: the last box of a small one made longer, without its bytes.
fn large_film(path: &Path, bytes: u64) {
    let small = "-f lavfi -i testsrc=size=64x64:rate=10:duration=1 -c:v libx264 -pix_fmt yuv420p";
    ffmpeg(&format!("{small} -movflags +faststart"), path);
    let mut file = fs::File::options()
        .read(true)
        .write(true)
        .open(path)
        .unwrap();
    let mut content = Vec::new();
    file.read_to_end(&mut content).unwrap();
    let at = content.windows(4).position(|four| four == b"mdat").unwrap() as u64 - 4;
    let size = u32::try_from(bytes - at).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(&size.to_be_bytes()).unwrap();
    file.set_len(bytes).unwrap();
}

/// The most memory this process ever had. Kilobytes.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_half_a_gigabyte_is_taken_in_little_memory() {
    const FILM_BYTES: u64 = 500_000_000;
    let site = Site::start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    large_film(&path, FILM_BYTES);
    let before = peak_memory();
    let length = HEAD.len() as u64 + FILM_BYTES + TAIL.len() as u64;
    let mut stream = site.begin(length);
    stream.write_all(HEAD.as_bytes()).unwrap();
    let mut film = fs::File::open(&path).unwrap();
    let mut chunk = vec![0; 1 << 20];
    loop {
        let read = film.read(&mut chunk).unwrap();
        if read == 0 {
            break;
        }
        stream.write_all(&chunk[..read]).unwrap();
    }
    stream.write_all(TAIL.as_bytes()).unwrap();
    let (status, body) = answer(stream);
    assert_eq!(status, 201, "{body:#}");
    assert_eq!(body["media"]["bytes"], FILM_BYTES);
    assert_eq!(body["media"]["duration_ms"], 1_000);
    let grown = peak_memory() - before;
    assert!(
        grown < 64 * 1024,
        "half a gigabyte took {grown} kB of memory"
    );
    assert!(site.spooled().is_empty());
    assert_eq!(site.creatives().await["total"], 1);
}
