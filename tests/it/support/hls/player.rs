//! hls.js in a headless Chromium: plays an address, and tells what a viewer got.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

use super::media::Colour;

/// What is to be played, and how.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    order: Value,
}

impl Order {
    /// Plays an address for at most so many seconds, or until its end.
    pub(crate) fn play(url: &str, seconds: u32) -> Self {
        Self {
            order: json!({"url": url, "seconds": seconds, "config": {}, "switches": []}),
        }
    }

    /// Options of hls.js.
    pub(crate) fn config(mut self, config: Value) -> Self {
        self.order["config"] = config;
        self
    }

    /// Goes to a level so many seconds after playback began. Levels are by bandwidth, 0 is the
    /// lowest.
    pub(crate) fn switch(mut self, second: u32, level: u32) -> Self {
        let switches = self.order["switches"].as_array_mut().unwrap();
        switches.push(json!({"second": second, "level": level}));
        self
    }

    /// Plays. A player that cannot run fails the test.
    pub(crate) fn run(&self) -> Played {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/play_hls.mjs");
        let mut node = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("node does not run; scripts/bootstrap installs it");
        let sent = node
            .stdin
            .take()
            .unwrap()
            .write_all(self.order.to_string().as_bytes());
        let output = node.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && sent.is_ok(),
            "the player failed; scripts/bootstrap test installs what it lacks: {said}"
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

/// What a viewer got.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Played {
    pub(crate) started: bool,
    /// Whether the end of the stream was reached.
    pub(crate) ended: bool,
    pub(crate) errors: Vec<Fault>,
    pub(crate) fatal: Vec<Fault>,
    pub(crate) stalls: Vec<Stall>,
    /// Colours on the screen: from, to, red, green and blue.
    pub(crate) seen: Vec<(f64, f64, [u8; 3])>,
    pub(crate) fragments: Vec<Fragment>,
    pub(crate) levels: Vec<Level>,
    pub(crate) requests: Vec<Requested>,
}

/// An error of the player.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Fault {
    pub(crate) at: f64,
    pub(crate) details: String,
    pub(crate) url: Option<String>,
    pub(crate) reason: String,
}

/// A time in which nothing moved for more than a second.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Stall {
    pub(crate) at: f64,
    pub(crate) seconds: f64,
}

/// A segment that came on the screen.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Fragment {
    pub(crate) url: String,
}

/// A level that came on the screen.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Level {
    pub(crate) level: u32,
}

/// A request of the page.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Requested {
    pub(crate) url: String,
    /// None while it has no answer, or if it never had one.
    pub(crate) status: Option<u16>,
}

impl Played {
    /// The colours that were on screen for at least so many seconds, one after another.
    #[expect(clippy::float_arithmetic, reason = "the player tells time in seconds")]
    pub(crate) fn colours(&self, seconds: f64) -> Vec<Colour> {
        let mut colours: Vec<Colour> = self
            .seen
            .iter()
            .filter(|(from, to, _)| to - from >= seconds)
            .map(|(_, _, rgb)| Colour::of(*rgb))
            .collect();
        colours.dedup();
        colours
    }

    /// What is wrong with it, if anything: nothing played, a fatal error, a stall.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if !self.started {
            faults.push("nothing played".to_owned());
        }
        for fault in &self.fatal {
            let Fault {
                at,
                details,
                url,
                reason,
            } = fault;
            faults.push(format!("fatal at {at}: {details} {url:?} {reason}"));
        }
        for stall in &self.stalls {
            faults.push(format!(
                "stood still at {} for {} s",
                stall.at, stall.seconds
            ));
        }
        faults
    }
}
