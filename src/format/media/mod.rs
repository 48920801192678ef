//! What a media file is, by its bytes alone: container, duration, size, codecs, frame rate.
//!
//! Reads MP4 and MOV (ISO/IEC 14496-12, QuickTime File Format), fragmented or not, WebM
//! (RFC 8794, RFC 9559) and Ogg (RFC 3533) with Theora. Decodes no picture and allocates
//! nothing by a count that a file states.

mod codec;
mod ebml;
mod error;
mod fragment;
pub mod key;
mod mp4;
mod ogg;
pub mod picture;
mod ratio;
mod sniff;
mod source;
#[cfg(test)]
mod tests;
mod track;
mod webm;
mod webm_track;

pub use error::ProbeError;
pub use key::MediaKey;
pub use sniff::{SNIFF_BYTES, sniff};

use std::io::{Read, Seek};

use crate::model::creative::FrameRate;
use crate::model::{Container, Media, Millis};

use self::source::Source;

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The file format.
    pub container: Container,
    /// How long it plays, from its samples where they can be counted.
    pub duration: Millis,
    /// Width as shown, after rotation. Pixels.
    pub width: u32,
    /// Height as shown, after rotation. Pixels.
    pub height: u32,
    /// Clockwise turn that the file asks for: 0, 90, 180 or 270 degrees.
    pub rotation: u16,
    /// Video codec as RFC 6381 writes it.
    pub video_codec: String,
    /// Audio codec as RFC 6381 writes it; none for a silent file.
    pub audio_codec: Option<String>,
    /// Frames a second, where the file tells.
    pub frame_rate: Option<FrameRate>,
}

impl Probe {
    /// The facts of the file, whose hash and size were taken elsewhere.
    pub fn into_media(self, sha256: [u8; 32], bytes: u64) -> Media {
        Media {
            sha256,
            bytes,
            container: self.container,
            duration: self.duration,
            width: self.width,
            height: self.height,
            rotation: self.rotation,
            video_codec: self.video_codec,
            audio_codec: self.audio_codec,
            frame_rate: self.frame_rate,
        }
    }
}

/// Largest width and height that is taken for one. Pixels.
const SIDE_MAX: u32 = 16_384;

/// How much shorter than stated the samples of a file may be: one sound frame, one long picture.
const SHORT_MAX: Millis = Millis(1_000);

/// Reads what a file is. A file that is cut off, damaged, without video or without an end is
/// refused with the reason.
pub fn probe<R: Read + Seek>(file: R) -> Result<Probe, ProbeError> {
    let mut source = Source::new(file)?;
    let head_bytes = usize::try_from(source.length()).map_or(SNIFF_BYTES, |n| n.min(SNIFF_BYTES));
    let container = sniff(source.slice("head", 0, head_bytes)?)?;
    let probe = match container {
        Container::Mp4 | Container::Mov => mp4::probe(&mut source, container),
        Container::Webm => webm::probe(&mut source),
        Container::Ogg => ogg::probe(&mut source),
    }?;
    let sides = 1..=SIDE_MAX;
    if !(sides.contains(&probe.width) && sides.contains(&probe.height)) {
        return Err(ProbeError::Unusable(
            "states a picture size that no screen has",
        ));
    }
    if probe.duration == Millis(0) {
        return Err(ProbeError::Unusable("plays for no time at all"));
    }
    Ok(probe)
}
