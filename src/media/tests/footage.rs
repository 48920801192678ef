//! Files to condition, made on the spot.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Workshop;
use crate::media::{Footage, Sound};
use crate::model::{Container, Millis};

/// Calls ffmpeg with words that are given in one text.
pub(super) fn ffmpeg(words: &str, to: &Path) {
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-y"])
        .args(words.split_whitespace())
        .arg(to)
        .status()
        .unwrap();
    assert!(status.success(), "{words}");
}

const ENCODED: &str = "-c:v libx264 -preset ultrafast -threads 1 -c:a aac -shortest";

impl Workshop {
    /// Moving pictures and a tone, with B-frames, as editors export them.
    pub(super) fn clip(&self, seconds: u32) -> PathBuf {
        let path = self.files.path().join("clip.mp4");
        let words = format!(
            "-f lavfi -i testsrc2=s=320x180:r=25:d={seconds} \
             -f lavfi -i sine=440:r=44100:d={seconds} {ENCODED} -bf 2"
        );
        ffmpeg(&words, &path);
        path
    }

    /// Pictures without sound.
    pub(super) fn silent_clip(&self, seconds: u32) -> PathBuf {
        let path = self.files.path().join("silent.webm");
        let words = format!(
            "-f lavfi -i testsrc2=s=320x240:r=30:d={seconds} -c:v libvpx -deadline realtime \
             -cpu-used 8 -b:v 300k"
        );
        ffmpeg(&words, &path);
        path
    }
}

pub(super) fn file(path: PathBuf, millis: u64, sound: Sound) -> Footage {
    let webm = path
        .extension()
        .is_some_and(|extension| extension == "webm");
    Footage::File {
        path,
        container: if webm {
            Container::Webm
        } else {
            Container::Mp4
        },
        duration: Millis(millis),
        sound,
    }
}
