//! Content for the live channel, made on the spot: two short assets with a picture and a tone.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use bytes::Bytes;

/// The program that makes it.
const FFMPEG: &str = "ffmpeg";
/// How long each asset is. Seconds.
const ASSET_SECONDS: u32 = 24;
/// The multivariant playlist of each.
const INDEX: &str = "main.m3u8";

/// The assets: a name, what is seen and how high it sounds. Hertz.
const ASSETS: [(&str, &str, u32); 2] = [("lake", "testsrc2", 440), ("harbour", "smptebars", 660)];

/// Files by the path at which they are served.
pub(super) struct Content {
    /// What is in each.
    pub(super) files: BTreeMap<String, Bytes>,
    /// The paths of the multivariant playlists, in the order in which they play.
    pub(super) indices: Vec<String>,
}

/// Makes all of it below a folder; nothing where there is no ffmpeg. Blocks the thread.
pub(super) fn make(folder: &Path) -> anyhow::Result<Option<Content>> {
    let mut content = Content {
        files: BTreeMap::new(),
        indices: Vec::new(),
    };
    for (name, picture, tone) in ASSETS {
        let folder = folder.join(name);
        fs::create_dir_all(&folder)?;
        let mut command = command(&folder, picture, tone);
        let output = match command.output() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            output => output.context(FFMPEG)?,
        };
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "{FFMPEG} {}: {said}",
            output.status
        );
        for file in fs::read_dir(&folder)? {
            let file = file?;
            let path = format!("/{name}/{}", file.file_name().to_string_lossy());
            content.files.insert(path, fs::read(file.path())?.into());
        }
        content.indices.push(format!("/{name}/{INDEX}"));
    }
    Ok(Some(content))
}

/// Segments of four seconds, each of which begins with a whole picture.
fn command(folder: &Path, picture: &str, tone: u32) -> Command {
    let picture = format!("{picture}=size=640x360:rate=25:duration={ASSET_SECONDS}");
    let tone = format!("sine=frequency={tone}:sample_rate=48000:duration={ASSET_SECONDS}");
    let mut command = Command::new(FFMPEG);
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .args(["-v", "error", "-f", "lavfi", "-i", &picture])
        .args(["-f", "lavfi", "-i", &tone])
        .args(["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0"])
        .args(["-pix_fmt", "yuv420p", "-b:v", "300k"])
        .args(["-g", "100", "-keyint_min", "100", "-sc_threshold", "0"])
        .args(["-c:a", "aac", "-b:a", "64k"])
        .args(["-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod"])
        .args(["-hls_segment_filename", "seg%d.ts"])
        .args(["-master_pl_name", INDEX, "v.m3u8"]);
    command
}
