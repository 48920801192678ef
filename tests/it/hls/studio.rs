//! The real daemon with a channel over a stream of colours, and ads of other colours.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use adserve::host::Clock;
use serde_json::{Value, json};

use crate::support::daemon::Daemon;
use crate::support::hls::media::Colour;

/// How long conditioning may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(150);

/// The colours of the ads; the stream has none of them.
pub(super) const ADS: [Colour; 2] = [Colour::Red, Colour::Yellow];

/// A daemon whose ads fit its one channel.
#[derive(Debug)]
pub(super) struct Studio {
    pub(super) daemon: Daemon,
    _data: tempfile::TempDir,
}

impl Studio {
    /// A channel with `stream`, and a campaign of one film of three seconds for each colour of
    /// [`ADS`], ready to be stitched.
    pub(super) fn open(stream: &Value) -> Self {
        let data = tempfile::tempdir().unwrap();
        let environment = [("ADSERVED_UPSTREAM__ALLOW", "127.0.0.0/8")];
        let daemon = Daemon::start(&data.path().join("data"), &environment);
        daemon.admin("POST", "/api/v1/tenants", &json!({"name": "acme"}));
        let channel = json!({ "name": "news", "stream": stream });
        daemon.admin("POST", "/api/v1/channels", &channel);
        let films = ADS.map(|colour| {
            let name = format!("{colour:?}").to_lowercase();
            // A break has one ad of each advertiser.
            daemon.admin("POST", "/api/v1/advertisers", &json!({ "name": name }));
            let campaign = json!({
                "name": name,
                "advertiser": name,
                "total_budget_micros": 1_000_000_000,
                "price_micros": 20_000_000,
                "start": "2020-01-01T00:00:00Z",
                "end": "2100-01-01T00:00:00Z",
                "status": "active",
            });
            let campaign = daemon.admin("POST", "/api/v1/campaigns", &campaign);
            let film = film(data.path(), colour);
            let made = daemon.upload(campaign["id"].as_str().unwrap(), &name, &film);
            made["id"].as_str().unwrap().to_owned()
        });
        let studio = Self {
            daemon,
            _data: data,
        };
        for film in films {
            studio.wait_until_ready(&film);
        }
        studio
    }

    /// Where viewers tune in.
    pub(super) fn url(&self) -> String {
        format!("http://{}/hls/ch_1/index.m3u8", self.daemon.address())
    }

    fn wait_until_ready(&self, film: &str) {
        let path = format!("/api/v1/creatives/{film}/renditions");
        let clock = Clock::real();
        let begun = clock.monotonic();
        loop {
            let found = self.daemon.admin("GET", &path, &Value::Null);
            let rendition = &found["renditions"][0];
            assert_ne!(rendition["status"], "failed", "{rendition}");
            if rendition["status"] == "ready" {
                return;
            }
            let waited = clock.monotonic().duration_since(begun);
            assert!(waited < PATIENCE, "{found}");
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }

    /// What was counted for all campaigns, once it says so many impressions or patience ends.
    pub(super) fn impressions(&self, expected: usize) -> u64 {
        let clock = Clock::real();
        let begun = clock.monotonic();
        loop {
            let stats = self.daemon.admin("GET", "/api/v1/stats", &Value::Null);
            let counted = stats["totals"]["impressions"].as_u64().unwrap();
            let waited = clock.monotonic().duration_since(begun);
            if counted >= expected as u64 || waited > Duration::from_secs(5) {
                return counted;
            }
            std::thread::park_timeout(Duration::from_millis(50));
        }
    }
}

/// A spot of three seconds in one colour, as an agency would send it.
fn film(folder: &Path, colour: Colour) -> PathBuf {
    let path = folder.join(format!("{colour:?}.mp4"));
    let [red, green, blue] = colour.rgb();
    let picture = format!("color=c=0x{red:02x}{green:02x}{blue:02x}:s=640x360:r=25:d=3");
    let output = Command::new("ffmpeg")
        .args(["-hide_banner", "-loglevel", "error", "-y", "-threads", "1"])
        .args(["-f", "lavfi", "-i", &picture])
        .args([
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=880:sample_rate=48000:duration=3",
        ])
        .args([
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
        ])
        .args(["-c:a", "aac", "-shortest"])
        .arg(&path)
        .output()
        .unwrap_or_else(|error| panic!("ffmpeg: {error}; scripts/bootstrap installs it"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "ffmpeg: {said}");
    path
}
