//! Small HLS media made by ffmpeg: one colour and one tone each, cached below `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use adserve::model::Micros;
use adserve::stitch::looped::{Asset, Piece};

/// How media is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Two video rungs and an audio rendition in fragmented MP4: `v0`, `v1`, `a0`.
    Fmp4,
    /// Two rungs of video with audio in transport streams: `v0`, `v1`.
    Ts,
}

impl Packing {
    /// The renditions, in the order of the multivariant playlist; the first one leads.
    pub(crate) const fn renditions(self) -> &'static [&'static str] {
        match self {
            Self::Fmp4 => &["v0", "v1", "a0"],
            Self::Ts => &["v0", "v1"],
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Fmp4 => "fmp4",
            Self::Ts => "ts",
        }
    }
}

/// A colour that can be told from every other one on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Red,
    Green,
    Blue,
    Yellow,
    White,
}

impl Colour {
    pub(crate) const fn rgb(self) -> [u8; 3] {
        match self {
            Self::Red => [208, 32, 32],
            Self::Green => [32, 176, 64],
            Self::Blue => [32, 64, 192],
            Self::Yellow => [224, 208, 32],
            Self::White => [232, 232, 232],
        }
    }

    /// The nearest colour to what a screen shows; encoders are not exact.
    pub(crate) fn of(rgb: [u8; 3]) -> Self {
        let away = |colour: &Self| -> u32 {
            let parts = colour.rgb().into_iter().zip(rgb);
            parts
                .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
                .sum()
        };
        let all = [
            Self::Red,
            Self::Green,
            Self::Blue,
            Self::Yellow,
            Self::White,
        ];
        all.into_iter().min_by_key(away).unwrap()
    }
}

/// One asset as files: a multivariant playlist and a folder for each rendition.
#[derive(Debug, Clone)]
pub(crate) struct Media {
    /// Where `index.m3u8` is.
    pub(crate) folder: PathBuf,
    pub(crate) packing: Packing,
}

impl Media {
    /// So many seconds of a colour and a tone, in segments of one second at 25 frames. Made once,
    /// whichever test process comes first.
    pub(crate) fn make(colour: Colour, seconds: u32, packing: Packing) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hls");
        let name = format!("{}-{colour:?}-{seconds}", packing.word()).to_lowercase();
        let folder = root.join(&name);
        if !folder.is_dir() {
            fs::create_dir_all(&root).unwrap();
            let making = tempfile::tempdir_in(&root).unwrap().keep();
            encode(&making, colour, seconds, packing);
            // Another process may have been faster; its files are the same.
            if fs::rename(&making, &folder).is_err() {
                fs::remove_dir_all(&making).unwrap();
            }
        }
        Self { folder, packing }
    }

    /// The text of one of its playlists; `index.m3u8` or `v0/index.m3u8`.
    pub(crate) fn text(&self, playlist: &str) -> String {
        fs::read_to_string(self.folder.join(playlist)).unwrap()
    }

    /// Its segments for a channel made of files, with addresses below `base`.
    pub(crate) fn asset(&self, base: &str) -> Asset {
        let track = |rendition: &&str| {
            let text = self.text(&format!("{rendition}/index.m3u8"));
            pieces(&text, &format!("{base}/{rendition}"))
        };
        Asset {
            tracks: self.packing.renditions().iter().map(track).collect(),
        }
    }
}

fn pieces(text: &str, base: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut scope = String::new();
    let mut seconds = "";
    for line in text.lines() {
        if let Some(uri) = line.strip_prefix("#EXT-X-MAP:URI=\"") {
            scope = format!("#EXT-X-MAP:URI=\"{base}/{uri}\n");
        } else if let Some(rest) = line.strip_prefix("#EXTINF:") {
            seconds = rest.trim_end_matches(',');
        } else if !line.starts_with('#') {
            let digits = seconds.replace('.', "");
            assert_eq!(
                seconds.len(),
                digits.len() + 1,
                "{seconds} has six decimals"
            );
            found.push(Piece {
                duration: Micros(digits.parse().unwrap()),
                lines: format!("#EXTINF:{seconds},\n{base}/{line}\n"),
                scope: scope.clone(),
            });
        }
    }
    found
}

fn encode(folder: &Path, colour: Colour, seconds: u32, packing: Packing) {
    let [red, green, blue] = colour.rgb();
    let tone = 220 + 110 * u32::from(red / 32);
    let video = format!("color=c=0x{red:02x}{green:02x}{blue:02x}:s=320x180:r=25:d={seconds}");
    let audio = format!("sine=frequency={tone}:sample_rate=48000:duration={seconds}");
    let (kind, map) = match packing {
        Packing::Fmp4 => (
            "-hls_segment_type fmp4 -hls_fmp4_init_filename init.mp4 -hls_segment_filename %v/%d.m4s",
            "v:0,agroup:a,name:v0 v:1,agroup:a,name:v1 a:0,agroup:a,default:yes,name:a0",
        ),
        Packing::Ts => (
            "-hls_segment_type mpegts -hls_segment_filename %v/%d.ts",
            "v:0,a:0,name:v0 v:1,a:1,name:v1",
        ),
    };
    let scaled = "[0:v]split=2[a][b];[b]scale=160:90[c]";
    let (filter, audios) = match packing {
        // One frame shorter than the picture, so that no segment of a single frame is left over.
        Packing::Fmp4 => {
            let end = 48_000 * seconds - 1_024;
            let filter = format!("{scaled};[1:a]atrim=end_sample={end}[e]");
            (filter, "-map [e]")
        }
        Packing::Ts => (format!("{scaled};[1:a]asplit=2[e][f]"), "-map [e] -map [f]"),
    };
    let fixed = "-c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -pix_fmt yuv420p \
         -bf 0 -g 25 -keyint_min 25 -sc_threshold 0 -b:v:0 200k -b:v:1 100k -c:a aac -b:a 64k -ac 2 \
         -f hls -hls_time 1 -hls_playlist_type vod -hls_flags independent_segments \
         -master_pl_name index.m3u8";
    let mut command = Command::new("ffmpeg");
    command
        .current_dir(folder)
        .args(["-hide_banner", "-loglevel", "error", "-y", "-threads", "1"])
        .args(["-f", "lavfi", "-i", &video, "-f", "lavfi", "-i", &audio])
        .args(["-filter_complex", &filter, "-map", "[a]", "-map", "[c]"])
        .args(audios.split_whitespace())
        .args(fixed.split_whitespace())
        .args(kind.split_whitespace())
        .args(["-var_stream_map", map, "%v/index.m3u8"]);
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("ffmpeg: {error}; scripts/bootstrap installs it"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "ffmpeg: {said}");
}
