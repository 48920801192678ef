//! What ffprobe says of a segment of a channel. Pure.

use super::learn::{SeenAudio, SeenSegment, SeenVideo};
use crate::model::creative::FrameRate;

/// Reads the JSON of ffprobe; none for anything else.
pub(super) fn parse(json: &str) -> Option<SeenSegment> {
    let told: Told = serde_json::from_str(json).ok()?;
    let of_type = |wanted: &str| {
        let mut streams = told.streams.iter();
        streams.find(|stream| stream.codec_type == wanted)
    };
    Some(SeenSegment {
        video: of_type("video").and_then(video),
        audio: of_type("audio").and_then(audio),
    })
}

#[derive(Debug, serde::Deserialize)]
struct Told {
    #[serde(default)]
    streams: Vec<Stream>,
}

#[derive(Debug, serde::Deserialize)]
struct Stream {
    #[serde(default)]
    codec_type: String,
    #[serde(default)]
    codec_name: String,
    profile: Option<String>,
    level: Option<i32>,
    width: Option<u32>,
    height: Option<u32>,
    r_frame_rate: Option<String>,
    sample_rate: Option<String>,
    channels: Option<u8>,
}

fn video(stream: &Stream) -> Option<SeenVideo> {
    Some(SeenVideo {
        width: stream.width.filter(|&width| width > 0)?,
        height: stream.height.filter(|&height| height > 0)?,
        frame_rate: stream.r_frame_rate.as_deref().and_then(rate),
        codec: video_codec(stream),
    })
}

/// `30000/1001`; what a segment that is too short for one says is no rate.
fn rate(text: &str) -> Option<FrameRate> {
    let (numerator, denominator) = text.split_once('/')?;
    let rate = FrameRate {
        numerator: numerator.parse().ok()?,
        denominator: denominator.parse().ok()?,
    };
    let (low, high) = (
        u64::from(rate.denominator),
        240 * u64::from(rate.denominator),
    );
    let usable = rate.denominator > 0 && (low..=high).contains(&u64::from(rate.numerator));
    usable.then_some(rate)
}

/// RFC 6381 §3.3 for H.264; ISO/IEC 14496-15 annex E for H.265.
fn video_codec(stream: &Stream) -> Option<String> {
    let level = stream.level.filter(|level| (10..=255).contains(level))?;
    match stream.codec_name.as_str() {
        "h264" => {
            let profile = match stream.profile.as_deref()? {
                "Baseline" => "4200",
                "Constrained Baseline" => "42e0",
                "Main" => "4d40",
                _ => "6400",
            };
            Some(format!("avc1.{profile}{level:02x}"))
        }
        "hevc" => Some(format!("hvc1.1.6.L{level}.B0")),
        _ => None,
    }
}

fn audio(stream: &Stream) -> Option<SeenAudio> {
    let codec = match stream.codec_name.as_str() {
        "aac" => Some("mp4a.40.2"),
        "ac3" => Some("ac-3"),
        "eac3" => Some("ec-3"),
        _ => None,
    };
    Some(SeenAudio {
        sample_rate: stream.sample_rate.as_deref()?.parse().ok()?,
        channels: stream.channels?,
        codec: codec.map(ToOwned::to_owned),
    })
}
