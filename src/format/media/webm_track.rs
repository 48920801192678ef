//! One track of a WebM file: its entry, and the times of its blocks.

use std::io::{Read, Seek};

use super::codec::{av1_of_record, vpx_codec};
use super::ebml::{Element, each_element, read_unsigned};
use super::error::ProbeError;
use super::source::Source;

/// Bytes of codec private data that are looked at.
const RECORD_BYTES_MAX: u64 = 64;

#[derive(Debug, Default)]
pub(super) struct Track {
    pub(super) number: u64,
    pub(super) kind: u64,
    pub(super) off: bool,
    codec: Vec<u8>,
    record: Vec<u8>,
    pub(super) encrypted: bool,
    /// Nanoseconds a frame; 0 when none is stated.
    pub(super) frame_nanos: u64,
    pixels: (u64, u64),
    cropped: (u64, u64),
    display: (u64, u64),
    display_unit: u64,
    pub(super) times: Times,
}

/// Where the blocks of a track lie. Ticks.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) blocks: u64,
    pub(super) first: u64,
    pub(super) last: u64,
    /// Between the last two: how long a block lasts that does not say so.
    gap: u64,
    /// The furthest stated end of a block.
    end: u64,
}

impl Times {
    pub(super) fn add(&mut self, start: u64, duration: Option<u64>) {
        if self.blocks == 0 {
            (self.first, self.last) = (start, start);
        }
        self.blocks += 1;
        self.first = self.first.min(start);
        if start > self.last {
            self.gap = start - self.last;
            self.last = start;
        }
        self.end = self.end.max(start.saturating_add(duration.unwrap_or(0)));
    }
}

impl Track {
    /// Where the last block ends. Nanoseconds.
    pub(super) fn end_nanos(&self, scale: u64) -> u128 {
        let nanos = |ticks: u64| u128::from(ticks) * u128::from(scale);
        let length = match self.frame_nanos {
            0 => nanos(self.times.gap),
            frame => frame.into(),
        };
        let stated = nanos(self.times.end);
        if self.times.end > self.times.last {
            return stated;
        }
        nanos(self.times.last) + length
    }

    /// Size as shown (RFC 9559 §5.1.4.1.28): cropped, then fitted to its display size.
    pub(super) fn shown(&self) -> (u32, u32) {
        let width = self.pixels.0.saturating_sub(self.cropped.0);
        let height = self.pixels.1.saturating_sub(self.cropped.1);
        let side = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        let (display_width, display_height) = self.display;
        let shown = match (self.display_unit, display_width, display_height) {
            (_, 0, 0) => (width, height),
            (0, across, 0) => (across, height),
            (0, 0, down) => (width, down),
            (0, across, down) => (across, down),
            (3, across, down) if across > 0 && down > 0 => {
                let fitted = (u128::from(height) * u128::from(across) + u128::from(down) / 2)
                    / u128::from(down);
                (u64::try_from(fitted).unwrap_or(u64::MAX), height)
            }
            _ => (width, height),
        };
        (side(shown.0), side(shown.1))
    }

    pub(super) fn video_codec(&self) -> Result<String, ProbeError> {
        match self.codec.as_slice() {
            b"V_VP8" => Ok("vp8".to_owned()),
            b"V_VP9" => Ok(vp9_of_features(&self.record).unwrap_or_else(|| "vp9".to_owned())),
            b"V_AV1" => Ok(av1_of_record(&self.record).unwrap_or_else(|| "av01".to_owned())),
            _ => Err(ProbeError::Unusable(
                "has a video codec that WebM does not allow",
            )),
        }
    }

    pub(super) fn audio_codec(&self) -> Result<String, ProbeError> {
        match self.codec.as_slice() {
            b"A_VORBIS" => Ok("vorbis".to_owned()),
            b"A_OPUS" => Ok("opus".to_owned()),
            _ => Err(ProbeError::Unusable(
                "has an audio codec that WebM does not allow",
            )),
        }
    }
}

/// VP9 codec features: triples of id, length 1 and value. 1 is profile, 2 level, 3 bit depth.
fn vp9_of_features(record: &[u8]) -> Option<String> {
    let feature = |id: u8| {
        let mut triples = record.chunks_exact(3);
        triples
            .find(|triple| triple[0] == id && triple[1] == 1)
            .map(|triple| triple[2])
    };
    Some(vpx_codec(
        "vp09",
        feature(1)?,
        feature(2)?,
        feature(3).unwrap_or(8),
    ))
}

/// Reads a track entry (RFC 9559 §5.1.4.1).
pub(super) fn read_track<R: Read + Seek>(
    source: &mut Source<R>,
    entry: &Element,
    end: u64,
) -> Result<Track, ProbeError> {
    let mut track = Track::default();
    each_element(source, entry.body, end, |source, element, end| {
        let number = |source: &mut Source<R>| read_unsigned(source, &element, end);
        match element.id {
            0xd7 => track.number = number(source)?,
            0x83 => track.kind = number(source)?,
            0xb9 => track.off = number(source)? == 0,
            0x23_e383 => track.frame_nanos = number(source)?,
            0x86 => track.codec = read_start(source, &element, end)?,
            0x63a2 => track.record = read_start(source, &element, end)?,
            0xe0 => read_video(source, &element, end, &mut track)?,
            0x6d80 => track.encrypted = is_encrypted(source, &element, end)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(track)
}

fn read_video<R: Read + Seek>(
    source: &mut Source<R>,
    video: &Element,
    end: u64,
    track: &mut Track,
) -> Result<(), ProbeError> {
    each_element(source, video.body, end, |source, element, end| {
        let field = match element.id {
            0xb0 => &mut track.pixels.0,
            0xba => &mut track.pixels.1,
            0x54b0 => &mut track.display.0,
            0x54ba => &mut track.display.1,
            0x54b2 => &mut track.display_unit,
            // Left and right, top and bottom.
            0x54cc | 0x54dd => &mut track.cropped.0,
            0x54bb | 0x54aa => &mut track.cropped.1,
            _ => return Ok(()),
        };
        *field = field.saturating_add(read_unsigned(source, &element, end)?);
        Ok(())
    })
}

/// Whether any encoding of a track is encryption (`ContentEncryption`, RFC 9559 §5.1.4.1.31).
fn is_encrypted<R: Read + Seek>(
    source: &mut Source<R>,
    encodings: &Element,
    end: u64,
) -> Result<bool, ProbeError> {
    let mut encrypted = false;
    each_element(source, encodings.body, end, |source, element, end| {
        if element.id != 0x6240 {
            return Ok(());
        }
        each_element(source, element.body, end, |_source, element, _end| {
            encrypted |= element.id == 0x5035;
            Ok(())
        })
    })?;
    Ok(encrypted)
}

/// The first bytes of a text or record.
fn read_start<R: Read + Seek>(
    source: &mut Source<R>,
    element: &Element,
    end: u64,
) -> Result<Vec<u8>, ProbeError> {
    let length = (end - element.body).min(RECORD_BYTES_MAX);
    let length = usize::try_from(length).unwrap_or(0);
    Ok(source.slice("an element", element.body, length)?.to_vec())
}
