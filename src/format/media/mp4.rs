//! MP4 and QuickTime movies: the boxes of a file, from the top down to its tracks.
//!
//! ISO/IEC 14496-12 and the QuickTime File Format. Media data is stepped over, never read.
//! The depth of the walk is the depth of the functions here: no box is followed blindly.

use std::io::{Read, Seek};

use mp4_atom::Atom;

use crate::model::{Container, Millis};

use super::error::{ProbeError, damaged};
use super::fragment::read_fragment;
use super::ratio::millis;
use super::source::Source;
use super::track::{Track, read_track};
use super::{Probe, SHORT_MAX};

/// Tracks of a movie before it is given up.
const TRACKS_MAX: usize = 64;

/// The head of a box and where its body lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct BoxHead {
    pub(super) kind: [u8; 4],
    pub(super) at: u64,
    pub(super) body: u64,
    pub(super) end: u64,
}

impl BoxHead {
    /// Bytes of the body.
    pub(super) fn body_bytes(&self) -> u64 {
        self.end - self.body
    }
}

/// What the movie box and the fragments tell.
#[derive(Debug, Default)]
pub(super) struct Movie {
    /// Ticks a second of edits and stated durations.
    pub(super) timescale: u32,
    /// The stated duration in ticks; 0 when none is stated.
    pub(super) stated: u64,
    pub(super) tracks: Vec<Track>,
    /// Whether samples may come in fragments.
    pub(super) fragmented: bool,
}

/// Reads a movie of `container`.
pub(super) fn probe<R: Read + Seek>(
    source: &mut Source<R>,
    container: Container,
) -> Result<Probe, ProbeError> {
    let mut movie: Option<Movie> = None;
    let mut has_data = false;
    let mut at = 0;
    while at < source.length() {
        let head = top_box(source, at)?;
        at = head.end;
        match &head.kind {
            b"moov" if movie.is_some() => {
                return Err(damaged("movie box (moov)", head.at, "is the second one"));
            }
            b"moov" => movie = Some(read_movie(source, &head)?),
            b"moof" => {
                let early = || damaged("fragment (moof)", head.at, "comes before the movie box");
                read_fragment(source, &head, movie.as_mut().ok_or_else(early)?)?;
            }
            b"sidx" => check_index(source, &head)?,
            b"mdat" => has_data = true,
            _ => {}
        }
    }
    let Some(movie) = movie else {
        let missing = 8;
        let part = "movie box (moov), which is not there and";
        return Err(ProbeError::Truncated { part, at, missing });
    };
    if !has_data {
        return Err(ProbeError::Unusable("has no media data (mdat)"));
    }
    movie.conclude(container)
}

/// The box at `at` of the file itself, which may reach to the end of the file.
fn top_box<R: Read + Seek>(source: &mut Source<R>, at: u64) -> Result<BoxHead, ProbeError> {
    let (kind, header, size) = box_size(source, at)?;
    let end = size.map_or(source.length(), |size| at.saturating_add(size));
    if end > source.length() {
        let part = match &kind {
            b"mdat" => "media data (mdat)",
            b"moov" => "movie box (moov)",
            b"moof" => "fragment (moof)",
            _ => "a box",
        };
        let missing = end - source.length();
        return Err(ProbeError::Truncated { part, at, missing });
    }
    let body = at + header;
    Ok(BoxHead {
        kind,
        at,
        body,
        end,
    })
}

/// Calls `visit` with each box between `from` and `end`, which is the end of their parent.
///
/// A zero size and a rest too short for a box end the list: QuickTime pads so.
pub(super) fn each_box<R: Read + Seek>(
    source: &mut Source<R>,
    from: u64,
    end: u64,
    mut visit: impl FnMut(&mut Source<R>, BoxHead) -> Result<(), ProbeError>,
) -> Result<(), ProbeError> {
    let mut at = from;
    while at.saturating_add(8) <= end {
        let (kind, header, size) = box_size(source, at)?;
        let Some(size) = size else {
            return Ok(());
        };
        let box_end = at.saturating_add(size);
        if box_end > end {
            return Err(damaged("a box", at, "is larger than the box around it"));
        }
        let body = at + header;
        let head = BoxHead {
            kind,
            at,
            body,
            end: box_end,
        };
        visit(source, head)?;
        at = box_end;
    }
    Ok(())
}

/// Kind, bytes of the header, and size with the header; none for "to the end" (§4.2).
fn box_size<R: Read + Seek>(
    source: &mut Source<R>,
    at: u64,
) -> Result<([u8; 4], u64, Option<u64>), ProbeError> {
    source.step()?;
    let [s0, s1, s2, s3, k0, k1, k2, k3] = source.array("a box header", at)?;
    let kind = [k0, k1, k2, k3];
    let (header, size) = match u32::from_be_bytes([s0, s1, s2, s3]) {
        0 => return Ok((kind, 8, None)),
        1 => (
            16,
            u64::from_be_bytes(source.array("a box header", at + 8)?),
        ),
        size => (8, u64::from(size)),
    };
    if size < header {
        return Err(damaged("a box", at, "is smaller than its own header"));
    }
    Ok((kind, header, Some(size)))
}

/// Decodes a small box of fixed fields.
pub(super) fn read_atom<A: Atom, R: Read + Seek>(
    source: &mut Source<R>,
    part: &'static str,
    head: &BoxHead,
) -> Result<A, ProbeError> {
    let length = usize::try_from(head.body_bytes()).unwrap_or(usize::MAX);
    let mut body = source.slice(part, head.body, length)?;
    A::decode_body(&mut body).map_err(|_detail| damaged(part, head.at, "cannot be read"))
}

fn read_movie<R: Read + Seek>(source: &mut Source<R>, moov: &BoxHead) -> Result<Movie, ProbeError> {
    let mut movie = Movie::default();
    let mut durations: Vec<(u32, u32)> = Vec::new();
    each_box(source, moov.body, moov.end, |source, head| {
        match &head.kind {
            b"mvhd" => {
                let header: mp4_atom::Mvhd = read_atom(source, "movie header (mvhd)", &head)?;
                movie.timescale = header.timescale;
                movie.stated = known(header.duration);
            }
            b"trak" if movie.tracks.len() == TRACKS_MAX => {
                return Err(ProbeError::Intricate {
                    what: "tracks",
                    limit: TRACKS_MAX as u64,
                });
            }
            b"trak" => movie.tracks.push(read_track(source, &head)?),
            b"mvex" => {
                movie.fragmented = true;
                movie.stated = movie
                    .stated
                    .max(read_extends(source, &head, &mut durations)?);
            }
            b"cmov" => return Err(ProbeError::Unusable("has a compressed movie header (cmov)")),
            _ => {}
        }
        Ok(())
    })?;
    if movie.timescale == 0 {
        let fault = "has no header (mvhd) with a clock";
        return Err(damaged("movie box (moov)", moov.at, fault));
    }
    for track in &mut movie.tracks {
        let found = durations.iter().find(|(id, _ticks)| *id == track.id);
        track.default_ticks = found.map_or(0, |&(_id, ticks)| ticks);
    }
    Ok(movie)
}

/// The stated duration of a fragmented movie, and the default sample duration of each track.
fn read_extends<R: Read + Seek>(
    source: &mut Source<R>,
    mvex: &BoxHead,
    durations: &mut Vec<(u32, u32)>,
) -> Result<u64, ProbeError> {
    let mut stated = 0;
    each_box(source, mvex.body, mvex.end, |source, head| {
        match &head.kind {
            b"mehd" => {
                let extent: mp4_atom::Mehd = read_atom(source, "extent (mehd)", &head)?;
                stated = known(extent.fragment_duration);
            }
            b"trex" if durations.len() < TRACKS_MAX => {
                let defaults: mp4_atom::Trex = read_atom(source, "defaults (trex)", &head)?;
                durations.push((defaults.track_id, defaults.default_sample_duration));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(stated)
}

/// All ones mean that nothing is stated (§8.2.2).
fn known(duration: u64) -> u64 {
    match duration {
        u64::MAX => 0,
        duration if duration == u64::from(u32::MAX) => 0,
        duration => duration,
    }
}

/// A segment index tells how long the file must be (§8.16.3).
fn check_index<R: Read + Seek>(source: &mut Source<R>, head: &BoxHead) -> Result<(), ProbeError> {
    const PART: &str = "segment index (sidx)";
    let [version, ..] = source.array::<4>(PART, head.body)?;
    let offsets = head.body + 12;
    let (first, mut at) = if version == 0 {
        let first = u32::from_be_bytes(source.array(PART, offsets + 4)?);
        (u64::from(first), offsets + 8)
    } else {
        (
            u64::from_be_bytes(source.array(PART, offsets + 8)?),
            offsets + 16,
        )
    };
    let [_, _, c0, c1] = source.array(PART, at)?;
    let count = u64::from(u16::from_be_bytes([c0, c1]));
    at += 4;
    if head.end.saturating_sub(at) < count * 12 {
        return Err(damaged(PART, head.at, "states more entries than it holds"));
    }
    let mut reach = head.end.saturating_add(first);
    for place in 0..count {
        source.step()?;
        let size = u32::from_be_bytes(source.array(PART, at + place * 12)?);
        reach = reach.saturating_add(u64::from(size & 0x7fff_ffff));
    }
    if reach > source.length() {
        let (part, missing) = ("the last segment", reach - source.length());
        return Err(ProbeError::Truncated {
            part,
            at: head.at,
            missing,
        });
    }
    Ok(())
}

impl Movie {
    fn conclude(self, container: Container) -> Result<Probe, ProbeError> {
        let duration = self.duration()?;
        let video = self
            .track_of(*b"vide")
            .ok_or(ProbeError::Unusable("has no video track"))?;
        let Some(video_codec) = video.codec.clone() else {
            return Err(ProbeError::Unusable("has a video track without a codec"));
        };
        if video.cadence.frames() == 0 {
            return Err(ProbeError::Unusable("has a video track without pictures"));
        }
        let sound = self
            .track_of(*b"soun")
            .filter(|track| track.cadence.frames() > 0);
        let (width, height) = video.shown();
        Ok(Probe {
            container,
            duration,
            width,
            height,
            rotation: video.rotation,
            video_codec,
            audio_codec: sound.and_then(|track| track.codec.clone()),
            frame_rate: video.cadence.rate(video.timescale),
        })
    }

    /// The first track of a kind that is switched on, else the first of that kind.
    fn track_of(&self, handler: [u8; 4]) -> Option<&Track> {
        let mut tracks = self.tracks.iter().filter(|track| track.handler == handler);
        let first = tracks.clone().next();
        tracks.find(|track| track.enabled).or(first)
    }

    /// How long pictures and sound play: the longest of their tracks, as edited.
    fn duration(&self) -> Result<Millis, ProbeError> {
        let stated = millis(self.stated.into(), self.timescale.into());
        let mut longest = Millis(0);
        for track in &self.tracks {
            if matches!(&track.handler, b"vide" | b"soun") {
                longest = longest.max(self.track_duration(track)?);
            }
        }
        // A movie clock of 600 ticks a second rounds by more than a millisecond.
        let rounding = Millis(2);
        if stated.0.abs_diff(longest.0) <= rounding.0 {
            return Ok(stated);
        }
        if self.fragmented && stated > longest.plus(SHORT_MAX) {
            return Err(short(stated, longest));
        }
        Ok(longest)
    }

    fn track_duration(&self, track: &Track) -> Result<Millis, ProbeError> {
        let held = millis(track.cadence.ticks().into(), track.timescale.into());
        let in_movie = |ticks: u64| millis(ticks.into(), self.timescale.into());
        let delay = in_movie(track.edits.delay);
        match track.edits.shown {
            Some(shown) if shown > 0 => {
                let shown = in_movie(shown);
                if shown > held.plus(SHORT_MAX) {
                    return Err(short(shown, held));
                }
                Ok(delay.plus(shown))
            }
            _ => Ok(held),
        }
    }
}

fn short(stated: Millis, held: Millis) -> ProbeError {
    ProbeError::Short {
        stated_ms: stated.0,
        held_ms: held.0,
    }
}
