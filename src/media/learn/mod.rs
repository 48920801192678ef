//! What a channel is made of, from its playlists and its first segments. Pure.

#[cfg(test)]
mod tests;

use crate::model::creative::FrameRate;
use crate::model::rendition::{
    AudioProfile, Loudness, Packaging, TrackKind, TrackProfile, VideoProfile,
};
use crate::model::{Micros, StreamProfile};

/// One media playlist of a channel, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPlaylist {
    /// The rendition in words, for people.
    pub name: String,
    /// What the multivariant playlist says of it.
    pub role: SeenRole,
    /// `EXT-X-TARGETDURATION`. Seconds.
    pub target: u32,
    /// Its longest segment.
    pub longest: Micros,
    /// How its segments are packed: in MP4 where it has an `EXT-X-MAP`.
    pub packaging: Packaging,
    /// What was found in its first segment, where one could be looked into.
    pub segment: Option<SeenSegment>,
}

/// What the multivariant playlist says of a media playlist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeenRole {
    /// A variant.
    Variant(SeenVariant),
    /// Sound of its own.
    Audio {
        /// `CHANNELS`.
        channels: Option<String>,
        /// The sound's codec, of the `CODECS` of a variant with its group.
        codec: Option<String>,
    },
    /// Text.
    Subtitles,
    /// I-frames.
    IFrames {
        /// `RESOLUTION`.
        resolution: Option<(u32, u32)>,
    },
}

/// What the multivariant playlist says of a variant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeenVariant {
    /// `CODECS`.
    pub codecs: Option<String>,
    /// `RESOLUTION`.
    pub resolution: Option<(u32, u32)>,
    /// `FRAME-RATE`, in thousandths.
    pub frame_rate_milli: Option<u32>,
    /// `AVERAGE-BANDWIDTH`, else `BANDWIDTH`. Bits a second.
    pub bandwidth: u64,
    /// Whether its sound has playlists of its own.
    pub sound: SeenSound,
}

/// Where the sound of a variant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SeenSound {
    /// In its segments, if there is any.
    #[default]
    Inside,
    /// In other playlists.
    Apart,
}

/// What ffprobe found in a segment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeenSegment {
    /// Its pictures.
    pub video: Option<SeenVideo>,
    /// Its sound.
    pub audio: Option<SeenAudio>,
}

/// Pictures that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenVideo {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Frames a second.
    pub frame_rate: Option<FrameRate>,
    /// Codec as RFC 6381 writes it.
    pub codec: Option<String>,
}

/// Sound that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenAudio {
    /// Samples a second.
    pub sample_rate: u32,
    /// Channels.
    pub channels: u8,
    /// Codec as RFC 6381 writes it.
    pub codec: Option<String>,
}

/// Why a channel has no profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// Nothing to learn from.
    #[error("the channel has no variant with pictures or sound")]
    Nothing,
    /// Ads cannot be both.
    #[error("some renditions are transport streams and others MP4")]
    Mixed,
    /// Said nowhere.
    #[error("`{name}`: neither the playlists nor its first segment tell its {what}")]
    Unknown {
        /// Which rendition.
        name: String,
        /// What is not known.
        what: &'static str,
    },
    /// Not one that ads can be encoded in.
    #[error("`{name}`: ads cannot be made in {codec}")]
    Codec {
        /// Which rendition.
        name: String,
        /// The codec.
        codec: String,
    },
}

/// The profile of a channel with these media playlists, one track for each, in their order.
pub fn learn(seen: &[SeenPlaylist], loudness: Loudness) -> Result<StreamProfile, LearnError> {
    let with_media = || seen.iter().filter(|seen| has_media(seen));
    let packaging = with_media().next().ok_or(LearnError::Nothing)?.packaging;
    if with_media().any(|seen| seen.packaging != packaging) {
        return Err(LearnError::Mixed);
    }
    let mut tracks = seen
        .iter()
        .map(|seen| {
            Ok(TrackProfile {
                kind: kind(seen)?,
                name: seen.name.clone(),
            })
        })
        .collect::<Result<Vec<_>, LearnError>>()?;
    let frame_rate = settle_rates(&mut tracks);
    point_iframes(&mut tracks, seen);
    Ok(StreamProfile {
        packaging,
        frame_rate,
        segment_max: longest(with_media()).ok_or(LearnError::Nothing)?,
        tracks,
        loudness,
    })
}

const fn has_media(seen: &SeenPlaylist) -> bool {
    matches!(seen.role, SeenRole::Variant(_) | SeenRole::Audio { .. })
}

/// No longer than the channel's own segments, and than the target duration of any rendition
/// (RFC 8216bis §4.4.3.1), unrounded: that is right in all versions.
fn longest<'s>(seen: impl Iterator<Item = &'s SeenPlaylist>) -> Option<Micros> {
    let limit = |seen: &SeenPlaylist| {
        let target = Micros::from_seconds(seen.target.into());
        match seen.longest {
            Micros::ZERO => target,
            longest => longest.min(target),
        }
    };
    seen.map(limit)
        .min()
        .filter(|&longest| longest > Micros::ZERO)
}

fn kind(seen: &SeenPlaylist) -> Result<TrackKind, LearnError> {
    match &seen.role {
        SeenRole::Variant(variant) => variant_kind(seen, variant),
        SeenRole::Audio { channels, codec } => {
            audio(seen, codec.as_deref(), channels.as_deref()).map(TrackKind::Audio)
        }
        SeenRole::Subtitles => Ok(TrackKind::Subtitles),
        SeenRole::IFrames { .. } => Ok(TrackKind::IFrames { of: 0 }),
    }
}

fn variant_kind(seen: &SeenPlaylist, variant: &SeenVariant) -> Result<TrackKind, LearnError> {
    let codecs = || variant.codecs.iter().flat_map(|codecs| codecs.split(','));
    let named = |is: fn(&str) -> bool| codecs().map(str::trim).find(|codec| is(codec));
    let (video_codec, audio_codec) = (named(is_video), named(is_audio));
    let inside = seen.segment.as_ref();
    let with_pictures = video_codec.is_some()
        || variant.resolution.is_some()
        || inside.is_some_and(|segment| segment.video.is_some());
    let with_sound = variant.sound == SeenSound::Inside
        && (audio_codec.is_some() || inside.is_some_and(|segment| segment.audio.is_some()));
    if let Some(strange) = codecs().map(str::trim).find(|codec| !is_known(codec)) {
        return Err(LearnError::Codec {
            name: seen.name.clone(),
            codec: strange.to_owned(),
        });
    }
    let sound = with_sound
        .then(|| audio(seen, audio_codec, None))
        .transpose()?;
    if !with_pictures {
        let sound = sound.ok_or(LearnError::Unknown {
            name: seen.name.clone(),
            what: "pictures and sound",
        })?;
        return Ok(TrackKind::Audio(sound));
    }
    let taken = sound.as_ref().map_or(0, |sound| sound.kbps);
    let pictures = video(seen, variant, (video_codec, taken))?;
    Ok(match sound {
        Some(audio) => TrackKind::Muxed {
            video: pictures,
            audio,
        },
        None => TrackKind::Video(pictures),
    })
}

fn is_video(codec: &str) -> bool {
    ["avc1", "avc3", "hvc1", "hev1"]
        .iter()
        .any(|known| codec.starts_with(known))
}

fn is_audio(codec: &str) -> bool {
    ["mp4a", "ac-3", "ec-3"]
        .iter()
        .any(|known| codec.starts_with(known))
}

/// Text may be named among the codecs and needs none of ours.
fn is_known(codec: &str) -> bool {
    let is_text = codec.is_empty() || codec.starts_with("wvtt") || codec.starts_with("stpp");
    is_video(codec) || is_audio(codec) || is_text
}

fn video(
    seen: &SeenPlaylist,
    variant: &SeenVariant,
    (codec, taken): (Option<&str>, u32),
) -> Result<VideoProfile, LearnError> {
    let unknown = |what| LearnError::Unknown {
        name: seen.name.clone(),
        what,
    };
    let found = seen
        .segment
        .as_ref()
        .and_then(|segment| segment.video.as_ref());
    let resolution = variant
        .resolution
        .or(found.map(|found| (found.width, found.height)));
    let (width, height) = resolution.ok_or_else(|| unknown("resolution"))?;
    // What was found is a fraction; the playlist says three digits of it.
    let said = variant.frame_rate_milli.and_then(rate_of);
    let frame_rate = said.or(found.and_then(|found| found.frame_rate));
    let codec = codec.or(found.and_then(|found| found.codec.as_deref()));
    let kbps = u32::try_from(variant.bandwidth / 1_000).unwrap_or(u32::MAX);
    Ok(VideoProfile {
        width: width.next_multiple_of(2),
        height: height.next_multiple_of(2),
        frame_rate: frame_rate.ok_or_else(|| unknown("frame rate"))?,
        kbps: rounded(kbps.saturating_sub(taken)).max(KBPS_MIN),
        codec: codec.ok_or_else(|| unknown("video codec"))?.to_owned(),
    })
}

/// Less is no picture.
const KBPS_MIN: u32 = 100;

/// Two digits: a rate that is measured anew differs a little, and would be another profile.
fn rounded(kbps: u32) -> u32 {
    let unit = 10_u32.pow(kbps.max(1).ilog10().saturating_sub(1));
    kbps / unit * unit
}

/// The rates that cameras have, of a rate in thousandths.
fn rate_of(milli: u32) -> Option<FrameRate> {
    let near = |wanted: u32| milli.abs_diff(wanted) <= 10;
    let drop = [24_u32, 30, 60, 120]
        .into_iter()
        .find(|&whole| near(whole * 1_000_000 / 1_001));
    if let Some(whole) = drop {
        return Some(FrameRate {
            numerator: whole * 1_000,
            denominator: 1_001,
        });
    }
    let whole = (milli + 500) / 1_000;
    let fits = (1..=240).contains(&whole) && near(whole * 1_000);
    fits.then_some(FrameRate {
        numerator: whole,
        denominator: 1,
    })
}

fn audio(
    seen: &SeenPlaylist,
    codec: Option<&str>,
    channels: Option<&str>,
) -> Result<AudioProfile, LearnError> {
    let found = seen
        .segment
        .as_ref()
        .and_then(|segment| segment.audio.as_ref());
    let codec = codec.or(found.and_then(|found| found.codec.as_deref()));
    let codec = codec.ok_or_else(|| LearnError::Unknown {
        name: seen.name.clone(),
        what: "audio codec",
    })?;
    // `16/JOC`: the number is what counts.
    let said = channels.and_then(|text| text.split('/').next()?.trim().parse::<u8>().ok());
    let channels = match said.or(found.map(|found| found.channels)) {
        Some(1) => 1,
        Some(3..) => 6,
        Some(_) | None => 2,
    };
    Ok(AudioProfile {
        sample_rate: found.map_or(SAMPLE_RATE, |found| found.sample_rate),
        channels,
        kbps: match channels {
            1 => 64,
            2 => 128,
            _ => 384,
        },
        // Newer kinds of AAC decode the plain one, which is all that can be made everywhere.
        codec: match codec {
            codec if codec.starts_with("mp4a") => "mp4a.40.2".to_owned(),
            codec => codec.to_owned(),
        },
    })
}

/// What nearly every stream has, where nobody looked.
const SAMPLE_RATE: u32 = 48_000;

/// The slowest rate is that of the profile. A track whose rate is no multiple of it gets it.
fn settle_rates(tracks: &mut [TrackProfile]) -> FrameRate {
    let slower = |one: &FrameRate, other: &FrameRate| {
        let left = u64::from(one.numerator) * u64::from(other.denominator);
        let right = u64::from(other.numerator) * u64::from(one.denominator);
        left.cmp(&right)
    };
    let rates = tracks.iter().filter_map(|track| track.kind.video());
    let base = rates.map(|video| video.frame_rate).min_by(slower);
    // Sound alone is cut on a grid of pictures too; any will do.
    let base = base.unwrap_or(FrameRate {
        numerator: 25,
        denominator: 1,
    });
    for track in tracks {
        if let TrackKind::Video(video) | TrackKind::Muxed { video, .. } = &mut track.kind
            && super::plan::times(video.frame_rate, base).is_none()
        {
            video.frame_rate = base;
        }
    }
    base
}

/// I-frames are those of the track of their size, else of the smallest.
fn point_iframes(tracks: &mut [TrackProfile], seen: &[SeenPlaylist]) {
    let sides: Vec<_> = tracks
        .iter()
        .zip(0_u16..)
        .filter_map(|(track, place)| {
            let video = track.kind.video()?;
            Some(((video.width, video.height), place))
        })
        .collect();
    for (track, seen) in tracks.iter_mut().zip(seen) {
        if let (TrackKind::IFrames { of }, SeenRole::IFrames { resolution }) =
            (&mut track.kind, &seen.role)
        {
            let same = sides
                .iter()
                .find(|(sides, _place)| Some(*sides) == *resolution);
            let nearest = same.or(sides.iter().min());
            *of = nearest.map_or(0, |&(_sides, place)| place);
        }
    }
}
