//! One track of a movie: its header, its edits, its sample tables.

use std::io::{Read, Seek};

use super::codec::{SampleEntry, read_sample_entry};
use super::error::{ProbeError, damaged};
use super::mp4::{BoxHead, each_box, read_atom};
use super::ratio::Cadence;
use super::source::Source;

/// What is known of a track.
#[derive(Debug, Default)]
pub(super) struct Track {
    pub(super) id: u32,
    pub(super) enabled: bool,
    /// `vide`, `soun` or another.
    pub(super) handler: [u8; 4],
    /// Size that the header asks for, before rotation; 0 when it asks for none.
    asked: (u32, u32),
    /// Size of the coded picture.
    coded: (u32, u32),
    /// Clockwise. Degrees.
    pub(super) rotation: u16,
    /// Ticks a second.
    pub(super) timescale: u32,
    pub(super) codec: Option<String>,
    pub(super) cadence: Cadence,
    /// Duration of a sample of a fragment that states none.
    pub(super) default_ticks: u32,
    pub(super) edits: Edits,
}

/// An edit list, added up. Ticks of the movie.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// Time before the media begins.
    pub(super) delay: u64,
    /// Time of the media that is shown; none without an edit list.
    pub(super) shown: Option<u64>,
}

impl Track {
    /// Width and height as shown, after rotation.
    pub(super) fn shown(&self) -> (u32, u32) {
        let (width, height) = match self.asked {
            (0, _) | (_, 0) => self.coded,
            asked => asked,
        };
        match self.rotation {
            90 | 270 => (height, width),
            _ => (width, height),
        }
    }
}

/// Reads a track box (§8.3.1).
pub(super) fn read_track<R: Read + Seek>(
    source: &mut Source<R>,
    outer: &BoxHead,
) -> Result<Track, ProbeError> {
    let mut track = Track::default();
    each_box(source, outer.body, outer.end, |source, head| {
        match &head.kind {
            b"tkhd" => read_header(source, &head, &mut track),
            b"edts" => each_box(source, head.body, head.end, |source, head| {
                if &head.kind == b"elst" {
                    track.edits = read_edits(source, &head)?;
                }
                Ok(())
            }),
            b"mdia" => read_media(source, &head, &mut track),
            _ => Ok(()),
        }
    })?;
    if matches!(&track.handler, b"vide" | b"soun") && track.timescale == 0 {
        return Err(damaged(
            "a track (trak)",
            outer.at,
            "has a clock that stands still",
        ));
    }
    Ok(track)
}

fn read_header<R: Read + Seek>(
    source: &mut Source<R>,
    head: &BoxHead,
    track: &mut Track,
) -> Result<(), ProbeError> {
    let header: mp4_atom::Tkhd = read_atom(source, "track header (tkhd)", head)?;
    track.id = header.track_id;
    track.enabled = header.enabled;
    track.rotation = rotation(&header.matrix);
    if !header.size_is_aspect_ratio {
        let pixels = |whole: u16, part: u16| u32::from(whole) + u32::from(part >= 0x8000);
        track.asked = (
            pixels(header.width.integer(), header.width.decimal()),
            pixels(header.height.integer(), header.height.decimal()),
        );
    }
    Ok(())
}

/// The clockwise turn of a transformation matrix; mirrors and odd angles count as none.
fn rotation(matrix: &mp4_atom::Matrix) -> u16 {
    match [matrix.a, matrix.b, matrix.c, matrix.d].map(i32::signum) {
        [-1, 0, 0, -1] => 180,
        [0, 1, -1, 0] => 90,
        [0, -1, 1, 0] => 270,
        _ => 0,
    }
}

/// Adds up an edit list (§8.6.6).
fn read_edits<R: Read + Seek>(source: &mut Source<R>, head: &BoxHead) -> Result<Edits, ProbeError> {
    const PART: &str = "edit list (elst)";
    let table = Table::open(source, PART, head, 0)?;
    let wide = table.version == 1;
    let entry_bytes = if wide { 20 } else { 12 };
    let mut edits = Edits {
        delay: 0,
        shown: Some(0),
    };
    table.each(source, entry_bytes, |entry| {
        let (ticks, media) = if wide {
            (be64(entry, 0), be64(entry, 8))
        } else {
            // Sign-extended, so that -1 is one value in both versions.
            let media = i64::from(be32(entry, 4).cast_signed()).cast_unsigned();
            (u64::from(be32(entry, 0)), media)
        };
        if media == u64::MAX {
            edits.delay = edits.delay.saturating_add(ticks);
        } else {
            edits.shown = edits.shown.map(|shown| shown.saturating_add(ticks));
        }
    })?;
    Ok(edits)
}

fn read_media<R: Read + Seek>(
    source: &mut Source<R>,
    mdia: &BoxHead,
    track: &mut Track,
) -> Result<(), ProbeError> {
    // The handler decides how samples are described, and may come after them.
    each_box(source, mdia.body, mdia.end, |source, head| {
        match &head.kind {
            b"mdhd" => {
                let header: mp4_atom::Mdhd = read_atom(source, "media header (mdhd)", &head)?;
                track.timescale = header.timescale;
            }
            b"hdlr" => track.handler = source.array("handler (hdlr)", head.body + 8)?,
            _ => {}
        }
        Ok(())
    })?;
    if !matches!(&track.handler, b"vide" | b"soun") {
        return Ok(());
    }
    each_box(source, mdia.body, mdia.end, |source, head| {
        if &head.kind != b"minf" {
            return Ok(());
        }
        each_box(source, head.body, head.end, |source, head| {
            if &head.kind != b"stbl" {
                return Ok(());
            }
            each_box(source, head.body, head.end, |source, head| {
                read_table(source, &head, track)
            })
        })
    })
}

fn read_table<R: Read + Seek>(
    source: &mut Source<R>,
    head: &BoxHead,
    track: &mut Track,
) -> Result<(), ProbeError> {
    match &head.kind {
        b"stsd" => {
            let entry = read_sample_entry(source, head, track.handler)?;
            let SampleEntry { codec, coded } = entry;
            track.coded = coded;
            track.codec = Some(codec);
        }
        b"stts" => {
            let table = Table::open(source, "sample times (stts)", head, 0)?;
            table.each(source, 8, |entry| {
                track.cadence.add(be32(entry, 0).into(), be32(entry, 4));
            })?;
        }
        b"stsz" if &track.handler == b"vide" => check_sizes(source, head)?,
        b"stco" => check_chunks(source, head, 4)?,
        b"co64" => check_chunks(source, head, 8)?,
        _ => {}
    }
    Ok(())
}

/// All samples together cannot be larger than the file.
fn check_sizes<R: Read + Seek>(source: &mut Source<R>, head: &BoxHead) -> Result<(), ProbeError> {
    const PART: &str = "sample sizes (stsz)";
    let each = u32::from_be_bytes(source.array(PART, head.body + 4)?);
    let mut total: u64 = 0;
    if each == 0 {
        let table = Table::open(source, PART, head, 4)?;
        table.each(source, 4, |entry| {
            total = total.saturating_add(be32(entry, 0).into());
        })?;
    } else {
        let count = u32::from_be_bytes(source.array(PART, head.body + 8)?);
        total = u64::from(each) * u64::from(count);
    }
    if total > source.length() {
        return Err(ProbeError::Truncated {
            part: "media data",
            at: head.at,
            missing: total - source.length(),
        });
    }
    Ok(())
}

/// Every chunk of samples must begin inside the file.
fn check_chunks<R: Read + Seek>(
    source: &mut Source<R>,
    head: &BoxHead,
    entry_bytes: usize,
) -> Result<(), ProbeError> {
    let table = Table::open(source, "chunk offsets", head, 0)?;
    let mut furthest = 0;
    table.each(source, entry_bytes, |entry| {
        let offset = match entry_bytes {
            8 => be64(entry, 0),
            _ => be32(entry, 0).into(),
        };
        furthest = furthest.max(offset);
    })?;
    if furthest > 0 && furthest >= source.length() {
        return Err(ProbeError::Truncated {
            part: "media data",
            at: furthest,
            missing: furthest - source.length() + 1,
        });
    }
    Ok(())
}

/// A table of fixed entries in a full box: version and flags, some fields, a count, the entries.
struct Table {
    part: &'static str,
    version: u8,
    at: u64,
    count: u64,
    head: BoxHead,
}

impl Table {
    /// Opens the table after `skip` bytes of other fields.
    fn open<R: Read + Seek>(
        source: &mut Source<R>,
        part: &'static str,
        head: &BoxHead,
        skip: u64,
    ) -> Result<Self, ProbeError> {
        let [version, ..] = source.array::<4>(part, head.body)?;
        let count_at = head.body + 4 + skip;
        let count = u64::from(u32::from_be_bytes(source.array(part, count_at)?));
        Ok(Self {
            part,
            version,
            at: count_at + 4,
            count,
            head: *head,
        })
    }

    fn each<R: Read + Seek>(
        &self,
        source: &mut Source<R>,
        entry_bytes: usize,
        mut visit: impl FnMut(&[u8]),
    ) -> Result<(), ProbeError> {
        let bytes = self.count * entry_bytes as u64;
        if self.head.end.saturating_sub(self.at) < bytes {
            let fault = "states more entries than it holds";
            return Err(damaged(self.part, self.head.at, fault));
        }
        for place in 0..self.count {
            source.step()?;
            let at = self.at + place * entry_bytes as u64;
            visit(source.slice(self.part, at, entry_bytes)?);
        }
        Ok(())
    }
}

fn be32(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..).and_then(|rest| rest.first_chunk());
    four.map_or(0, |four| u32::from_be_bytes(*four))
}

fn be64(bytes: &[u8], at: usize) -> u64 {
    let eight = bytes.get(at..).and_then(|rest| rest.first_chunk());
    eight.map_or(0, |eight| u64::from_be_bytes(*eight))
}
