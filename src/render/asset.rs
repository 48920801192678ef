//! An ad as a stream of its own (rfc8216bis §4), for players that put it in themselves.
//!
//! Addresses in it are relative to `/hls/ad/TOKEN/PROFILE/`, where it is served.

use std::fmt::Write as _;

use crate::model::creative::FrameRate;
use crate::model::rendition::{
    AudioProfile, RenditionSet, StreamProfile, TrackKind, TrackProfile, VideoProfile,
};

/// Written text never fails.
const INFALLIBLE: &str = "a String takes any text";
/// The name of the group of sound.
const SOUND: &str = "sound";

/// Its multivariant playlist: every track with pictures is a variant.
pub fn index(profile: &StreamProfile, set: &RenditionSet) -> String {
    let mut text = String::from("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    let tracks = || profile.tracks.iter().enumerate();
    let mut sounds = tracks().filter_map(|(place, track)| match &track.kind {
        TrackKind::Audio(audio) => Some((place, track, audio)),
        _ => None,
    });
    let sound = sounds.next();
    if let Some((place, track, audio)) = sound {
        write_sound(&mut text, place, (track, audio), "YES");
        for (place, track, audio) in sounds {
            write_sound(&mut text, place, (track, audio), "NO");
        }
    }
    for (place, track) in tracks() {
        let (video, own) = match &track.kind {
            TrackKind::Video(video) => (video, None),
            TrackKind::Muxed { video, audio } => (video, Some(audio)),
            TrackKind::Audio(_) | TrackKind::Subtitles | TrackKind::IFrames { .. } => continue,
        };
        let apart = sound
            .filter(|_| own.is_none())
            .map(|(at, _, audio)| (at, audio));
        let audio = own.or(apart.map(|(_at, audio)| audio));
        let bandwidth = |place: usize| set.tracks.get(place).map_or(0, |track| track.bandwidth);
        let total = bandwidth(place).saturating_add(apart.map_or(0, |(at, _)| bandwidth(at)));
        write_variant(&mut text, total, video, audio);
        if apart.is_some() {
            write!(text, ",AUDIO=\"{SOUND}\"").expect(INFALLIBLE);
        }
        writeln!(text, "\n{place}.m3u8").expect(INFALLIBLE);
    }
    text
}

fn write_sound(
    text: &mut String,
    place: usize,
    (track, audio): (&TrackProfile, &AudioProfile),
    default: &str,
) {
    let name: String = track
        .name
        .chars()
        .filter(|letter| !letter.is_control() && *letter != '"')
        .collect();
    writeln!(
        text,
        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"{SOUND}\",NAME=\"{name} {place}\",DEFAULT={default},\
         AUTOSELECT=YES,CHANNELS=\"{}\",URI=\"{place}.m3u8\"",
        audio.channels,
    )
    .expect(INFALLIBLE);
}

fn write_variant(
    text: &mut String,
    bandwidth: u32,
    video: &VideoProfile,
    audio: Option<&AudioProfile>,
) {
    let VideoProfile { width, height, .. } = video;
    let rate = Rate(video.frame_rate);
    let codec = &video.codec;
    write!(
        text,
        "#EXT-X-STREAM-INF:BANDWIDTH={bandwidth},RESOLUTION={width}x{height},FRAME-RATE={rate},\
         CODECS=\"{codec}"
    )
    .expect(INFALLIBLE);
    if let Some(audio) = audio {
        write!(text, ",{}", audio.codec).expect(INFALLIBLE);
    }
    text.push('"');
}

/// Frames a second with three digits, as the attribute wants them (§4.4.6.2).
struct Rate(FrameRate);

impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let thousandth = u64::from(self.0.numerator) * 1_000;
        let rate = thousandth.div_ceil(u64::from(self.0.denominator.max(1)));
        write!(f, "{}.{:03}", rate / 1_000, rate % 1_000)
    }
}

/// The media playlist of one of its tracks; none for a track that it does not have.
pub fn playlist(set: &RenditionSet, track: usize) -> Option<String> {
    let track = set.tracks.get(track)?;
    let longest = track
        .segments
        .iter()
        .map(|segment| segment.duration)
        .max()?;
    let target = longest.0.div_ceil(1_000_000);
    let mut text = format!(
        "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:{target}\n#EXT-X-MEDIA-SEQUENCE:0\n\
         #EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n"
    );
    let files = track.files;
    if track.has_init() {
        writeln!(text, "#EXT-X-MAP:URI=\"{files}/init.mp4\"").expect(INFALLIBLE);
    }
    for (number, segment) in track.segments.iter().enumerate() {
        let (whole, part) = (
            segment.duration.0 / 1_000_000,
            segment.duration.0 % 1_000_000,
        );
        let extension = track.extension;
        writeln!(
            text,
            "#EXTINF:{whole}.{part:06},\n{files}/{number}.{extension}"
        )
        .expect(INFALLIBLE);
    }
    text.push_str("#EXT-X-ENDLIST\n");
    Some(text)
}
