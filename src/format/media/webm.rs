//! WebM files: the tracks of a segment and the times of its blocks (RFC 9559).
//!
//! Clusters may be of unknown size, as live encoders write them; blocks are stepped over, and
//! only their first bytes are read.

use std::io::{Read, Seek};

use crate::model::creative::FrameRate;
use crate::model::{Container, Millis};

use super::ebml::{
    Element, each_element, read_element, read_scaled_float, read_unsigned, read_vint,
};
use super::error::{ProbeError, damaged};
use super::ratio::{frame_rate_of_nanos, frame_rate_of_starts, millis};
use super::source::Source;
use super::webm_track::{Track, read_track};
use super::{Probe, SHORT_MAX};

/// Tracks of a segment before it is given up.
const TRACKS_MAX: usize = 64;

const NANOS: u128 = 1_000_000_000;

/// What a segment tells.
#[derive(Debug)]
struct Segment {
    /// Nanoseconds a tick.
    scale: u64,
    /// Nanoseconds.
    stated: Option<u64>,
    tracks: Vec<Track>,
}

/// Reads a file whose header says `webm`.
pub(super) fn probe<R: Read + Seek>(source: &mut Source<R>) -> Result<Probe, ProbeError> {
    let header = read_element(source, 0)?;
    let mut at = bounded(source, &header)?;
    loop {
        if at >= source.length() {
            let (part, missing) = ("the segment, which is not there and", 8);
            return Err(ProbeError::Truncated { part, at, missing });
        }
        let element = read_element(source, at)?;
        if element.id == 0x1853_8067 {
            return read_segment(source, &element)?.conclude();
        }
        at = bounded(source, &element)?;
    }
}

/// The end of an element of the file itself.
fn bounded<R: Read + Seek>(source: &mut Source<R>, element: &Element) -> Result<u64, ProbeError> {
    let Some(end) = element.end else {
        return Err(damaged(
            "an element",
            element.at,
            "states no size where it must",
        ));
    };
    within(element, end, source.length())
}

fn within(element: &Element, end: u64, limit: u64) -> Result<u64, ProbeError> {
    if end <= limit {
        return Ok(end);
    }
    let part = match element.id {
        0x1853_8067 => "the segment",
        0x1f43_b675 => "a cluster",
        0xa0 | 0xa3 => "a block",
        _ => "an element",
    };
    Err(ProbeError::Truncated {
        part,
        at: element.at,
        missing: end - limit,
    })
}

/// Walks a segment with its clusters opened: the children of a cluster of unknown size end where
/// the next element of the segment begins (RFC 9559 §5, RFC 8794 §6.2).
fn read_segment<R: Read + Seek>(
    source: &mut Source<R>,
    element: &Element,
) -> Result<Segment, ProbeError> {
    let segment_end = match element.end {
        Some(end) => within(element, end, source.length())?,
        None => source.length(),
    };
    let mut segment = Segment {
        scale: 1_000_000,
        stated: None,
        tracks: Vec::new(),
    };
    let mut cluster_end = segment_end;
    let mut cluster_time = 0;
    let mut at = element.body;
    while at < segment_end {
        if at == cluster_end {
            cluster_end = segment_end;
        }
        let element = read_element(source, at)?;
        if element.id == 0x1f43_b675 {
            cluster_end = match element.end {
                Some(end) => within(&element, end, segment_end)?,
                None => segment_end,
            };
            at = element.body;
            continue;
        }
        let Some(end) = element.end else {
            return Err(damaged("an element", at, "states no size where it must"));
        };
        within(&element, end, segment_end)?;
        if end > cluster_end {
            return Err(damaged(
                "an element",
                at,
                "is larger than the cluster around it",
            ));
        }
        match element.id {
            0x1549_a966 => segment.read_info(source, &element, end)?,
            0x1654_ae6b => segment.read_tracks(source, &element, end)?,
            0xe7 => cluster_time = read_unsigned(source, &element, end)?,
            0xa3 => segment.read_block(source, &element, cluster_time, None)?,
            0xa0 => segment.read_group(source, &element, end, cluster_time)?,
            0x1a45_dfa3 | 0x1853_8067 => {
                return Err(ProbeError::Unusable("is several files, one after another"));
            }
            _ => {}
        }
        at = end;
    }
    Ok(segment)
}

impl Segment {
    fn read_info<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        info: &Element,
        end: u64,
    ) -> Result<(), ProbeError> {
        let mut duration = None;
        each_element(source, info.body, end, |source, element, end| {
            match element.id {
                0x2a_d7b1 => self.scale = read_unsigned(source, &element, end)?,
                0x4489 => duration = Some((element, end)),
                _ => {}
            }
            Ok(())
        })?;
        if self.scale == 0 {
            return Err(damaged(
                "segment information",
                info.at,
                "has a clock of no length",
            ));
        }
        // The scale may come after the duration.
        if let Some((element, end)) = duration {
            self.stated = read_scaled_float(source, &element, end, self.scale)?;
        }
        Ok(())
    }

    fn read_tracks<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        tracks: &Element,
        end: u64,
    ) -> Result<(), ProbeError> {
        each_element(source, tracks.body, end, |source, element, end| {
            if element.id == 0xae {
                if self.tracks.len() == TRACKS_MAX {
                    return Err(ProbeError::Intricate {
                        what: "tracks",
                        limit: TRACKS_MAX as u64,
                    });
                }
                self.tracks.push(read_track(source, &element, end)?);
            }
            Ok(())
        })
    }

    fn read_group<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        group: &Element,
        end: u64,
        cluster_time: u64,
    ) -> Result<(), ProbeError> {
        let (mut block, mut duration) = (None, None);
        each_element(source, group.body, end, |source, element, end| {
            match element.id {
                0xa1 => block = Some(element),
                0x9b => duration = Some(read_unsigned(source, &element, end)?),
                _ => {}
            }
            Ok(())
        })?;
        match block {
            Some(block) => self.read_block(source, &block, cluster_time, duration),
            None => Ok(()),
        }
    }

    /// Notes the time of a block: track number, then 16 signed bits after its cluster's time.
    fn read_block<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        block: &Element,
        cluster_time: u64,
        duration: Option<u64>,
    ) -> Result<(), ProbeError> {
        let (number, bytes) = read_vint(source, "a block", block.body)?;
        let offset = i16::from_be_bytes(source.array("a block", block.body + bytes)?);
        let track = self
            .tracks
            .iter_mut()
            .find(|track| Some(track.number) == number);
        if let Some(track) = track {
            let start = cluster_time.saturating_add_signed(offset.into());
            track.times.add(start, duration);
        }
        Ok(())
    }

    fn conclude(&self) -> Result<Probe, ProbeError> {
        let video = self
            .track_of(1)
            .ok_or(ProbeError::Unusable("has no video track"))?;
        if video.encrypted {
            return Err(ProbeError::Unusable("is encrypted"));
        }
        if video.times.blocks == 0 {
            return Err(ProbeError::Unusable("has a video track without pictures"));
        }
        let sound = self.track_of(2).filter(|track| track.times.blocks > 0);
        let audio_codec = sound.map(Track::audio_codec).transpose()?;
        let duration = self.duration()?;
        let (width, height) = video.shown();
        Ok(Probe {
            container: Container::Webm,
            duration,
            width,
            height,
            rotation: 0,
            video_codec: video.video_codec()?,
            audio_codec,
            frame_rate: self.frame_rate(video),
        })
    }

    fn track_of(&self, kind: u64) -> Option<&Track> {
        let mut tracks = self.tracks.iter().filter(|track| track.kind == kind);
        let first = tracks.clone().next();
        tracks.find(|track| !track.off).or(first)
    }

    /// The stated duration where the blocks bear it out, else that of the blocks.
    fn duration(&self) -> Result<Millis, ProbeError> {
        let used = || self.tracks.iter().filter(|track| track.times.blocks > 0);
        let ends = used().map(|track| track.end_nanos(self.scale));
        let starts = used().map(|track| u128::from(track.times.first) * u128::from(self.scale));
        let end = ends.max().unwrap_or(0);
        let start = starts.min().unwrap_or(0);
        let held = millis(end, NANOS);
        let Some(stated) = self.stated.map(|nanos| millis(nanos.into(), NANOS)) else {
            return Ok(millis(end.saturating_sub(start), NANOS));
        };
        if stated > held.plus(SHORT_MAX) {
            return Err(ProbeError::Short {
                stated_ms: stated.0,
                held_ms: held.0,
            });
        }
        let longer = held > stated.plus(SHORT_MAX);
        Ok(if longer { held } else { stated })
    }

    fn frame_rate(&self, video: &Track) -> Option<FrameRate> {
        frame_rate_of_nanos(video.frame_nanos).or_else(|| {
            let ticks = video.times.last.saturating_sub(video.times.first);
            let span = millis(u128::from(ticks) * u128::from(self.scale), NANOS);
            frame_rate_of_starts(video.times.blocks, span.0)
        })
    }
}
