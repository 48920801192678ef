//! An origin on a real socket: files, and a channel made of them that is live.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use adserve::stitch::looped::{Channel, Plan};

use super::media::Media;

/// What a test does to a playlist before it is sent: its path and its text.
type Spoil = dyn Fn(&str, String) -> String + Send + Sync;

/// What the origin plays.
#[derive(Debug)]
pub(crate) struct Programme {
    /// Files that are served below `/media/NAME/`.
    pub(crate) media: Vec<(&'static str, Media)>,
    /// A channel over them, at `/live/index.m3u8`; assets have addresses below `/media/NAME`.
    pub(crate) plan: Option<Plan>,
    /// How much faster than life its clock goes.
    pub(crate) speed: u32,
}

impl Programme {
    /// A channel of one asset after another, each one by its name, at the speed of life.
    pub(crate) fn of(media: Vec<(&'static str, Media)>) -> Self {
        Self {
            media,
            plan: None,
            speed: 1,
        }
    }

    /// The segments of one of its media for a plan.
    pub(crate) fn asset(&self, name: &str) -> adserve::stitch::looped::Asset {
        let (_, media) = self.media.iter().find(|(other, _)| *other == name).unwrap();
        media.asset(&format!("/media/{name}"))
    }
}

/// A listening origin; it serves until the test process ends.
pub(crate) struct Origin {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.address.fmt(f)
    }
}

struct Shared {
    media: HashMap<&'static str, Media>,
    /// The multivariant playlist, the channel and its renditions.
    live: Option<(String, Channel, &'static [&'static str])>,
    speed: u32,
    /// When the origin began: an instant and what its own clock said then.
    began: (Instant, i64),
    requests: Mutex<Vec<String>>,
    spoil: Mutex<Option<Arc<Spoil>>>,
    fails: Mutex<bool>,
}

impl Origin {
    /// Listens on a free port.
    pub(crate) fn start(programme: Programme) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let now = now_micros();
        let live = programme.plan.map(|plan| {
            let (_, first) = programme.media.first().unwrap();
            let channel = Channel::new(plan).unwrap();
            (
                first.text("index.m3u8"),
                channel,
                first.packing.renditions(),
            )
        });
        let shared = Arc::new(Shared {
            media: programme.media.into_iter().collect(),
            live,
            speed: programme.speed,
            began: (adserve::host::Clock::real().monotonic(), now),
            requests: Mutex::default(),
            spoil: Mutex::default(),
            fails: Mutex::default(),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                thread::spawn(move || shared.talk(stream));
            }
        });
        Self { address, shared }
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every path that was asked for, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// Changes every playlist from now on.
    pub(crate) fn spoil(&self, spoil: impl Fn(&str, String) -> String + Send + Sync + 'static) {
        *self.shared.spoil.lock().unwrap() = Some(Arc::new(spoil));
    }

    /// From now on every request is answered with 503, or as before.
    pub(crate) fn fail(&self, fails: Fails) {
        *self.shared.fails.lock().unwrap() = fails == Fails::Everything;
    }
}

/// Whether an origin fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fails {
    Nothing,
    Everything,
}

/// The time of the machine, in microseconds since 1970.
pub(crate) fn now_micros() -> i64 {
    adserve::host::Clock::real().now().millis() * 1000
}

impl Shared {
    fn now(&self) -> i64 {
        let (instant, micros) = self.began;
        let passed = instant.elapsed() * self.speed;
        micros + i64::try_from(passed.as_micros()).unwrap()
    }

    /// Answers request after request of one connection.
    fn talk(&self, stream: TcpStream) {
        let _set = stream.set_read_timeout(Some(Duration::from_mins(1)));
        let Ok(mut writer) = stream.try_clone() else {
            return;
        };
        let mut reader = BufReader::new(stream);
        loop {
            let mut line = String::new();
            let mut length = 0;
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            loop {
                let mut header = String::new();
                if reader.read_line(&mut header).unwrap_or(0) == 0 {
                    return;
                }
                let header = header.trim().to_ascii_lowercase();
                if let Some(value) = header.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap_or(0);
                }
                if header.is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            if reader.read_exact(&mut body).is_err() {
                return;
            }
            let target = line.split(' ').nth(1).unwrap_or("/").to_owned();
            let (status, kind, body) = self.answer(&target);
            self.requests.lock().unwrap().push(target);
            let head = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\
                 access-control-allow-origin: *\r\ncache-control: no-store\r\n\r\n",
                body.len()
            );
            let sent = writer.write_all(head.as_bytes());
            if sent.and_then(|()| writer.write_all(&body)).is_err() {
                return;
            }
        }
    }

    fn answer(&self, target: &str) -> (u16, &'static str, Vec<u8>) {
        const PLAYLIST: &str = "application/vnd.apple.mpegurl";
        let path = target.split('?').next().unwrap_or_default();
        if *self.fails.lock().unwrap() {
            return (503, "text/plain", b"fails".to_vec());
        }
        let found = if let Some(name) = path.strip_prefix("/live/") {
            self.live(name).map(String::into_bytes)
        } else {
            self.file(path)
        };
        let Some(body) = found else {
            return (404, "text/plain", b"nothing".to_vec());
        };
        if path.strip_suffix(".m3u8").is_none() {
            return (200, "application/octet-stream", body);
        }
        let spoil = self.spoil.lock().unwrap().clone();
        let text = String::from_utf8(body).unwrap();
        let text = spoil.map_or(text.clone(), |spoil| spoil(path, text));
        (200, PLAYLIST, text.into_bytes())
    }

    /// `index.m3u8`, or `v0/index.m3u8`.
    fn live(&self, name: &str) -> Option<String> {
        let (multivariant, channel, renditions) = self.live.as_ref()?;
        if name == "index.m3u8" {
            return Some(multivariant.clone());
        }
        let rendition = name.strip_suffix("/index.m3u8")?;
        let index = renditions.iter().position(|other| *other == rendition)?;
        let mut text = String::new();
        channel.write(index, self.now(), &mut text).then_some(text)
    }

    fn file(&self, path: &str) -> Option<Vec<u8>> {
        let (name, file) = path.strip_prefix("/media/")?.split_once('/')?;
        let media = self.media.get(name)?;
        (!file.contains("..")).then_some(())?;
        std::fs::read(media.folder.join(file)).ok()
    }
}
