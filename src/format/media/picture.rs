//! The first picture of a segment: where it ends, and whether decoding can begin with it.
//!
//! Reads transport streams (ISO/IEC 13818-1) and fragments of MP4 (ISO/IEC 14496-12) with
//! H.264 or H.265, and trusts no length in them.

/// A transport stream packet.
const PACKET_BYTES: usize = 188;

/// The first picture of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstPicture {
    /// From the first byte of the segment to the end of the picture.
    pub end: usize,
    /// What decoding it needs.
    pub entry: Entry,
}

/// What decoding of a picture needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Nothing before it: an IDR picture.
    Independent,
    /// Pictures before it.
    Dependent,
}

/// How pictures are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VideoCodec {
    /// H.264.
    Avc,
    /// H.265.
    Hevc,
}

impl VideoCodec {
    /// By the name that RFC 6381 gives it; none for others.
    pub fn named(codec: &str) -> Option<Self> {
        match codec.split('.').next()? {
            "avc1" | "avc3" => Some(Self::Avc),
            "hvc1" | "hev1" => Some(Self::Hevc),
            _ => None,
        }
    }

    /// What a coded picture begins with; none for what is no part of a picture.
    const fn entry(self, unit: u8) -> Option<Entry> {
        let (first, last, independent) = match self {
            Self::Avc => (1, 5, unit & 0x1f == 5),
            Self::Hevc => (0, 21, matches!((unit >> 1) & 0x3f, 19 | 20)),
        };
        let kind = match self {
            Self::Avc => unit & 0x1f,
            Self::Hevc => (unit >> 1) & 0x3f,
        };
        if kind < first || kind > last {
            return None;
        }
        Some(if independent {
            Entry::Independent
        } else {
            Entry::Dependent
        })
    }
}

/// The first picture of a transport stream; none where there is no whole one.
pub fn of_transport_stream(bytes: &[u8]) -> Option<FirstPicture> {
    let packets = || bytes.chunks_exact(PACKET_BYTES).map(Packet::read);
    let (mut map, mut video) = (None, None);
    let mut picture = Vec::new();
    let mut started = false;
    let mut end = bytes.len();
    for (packet, place) in packets().zip(0..) {
        let packet = packet?;
        if packet.id == 0 && map.is_none() {
            map = packet.section().and_then(program_map);
        } else if Some(packet.id) == map && video.is_none() {
            video = packet.section().and_then(video_stream);
        } else if let Some((id, _codec)) = video
            && packet.id == id
        {
            match (started, packet.starts) {
                (false, false) => continue,
                (true, true) => {
                    end = place * PACKET_BYTES;
                    break;
                }
                (false, true) => picture.extend_from_slice(elementary(packet.payload)?),
                (true, false) => picture.extend_from_slice(packet.payload),
            }
            started = true;
        }
    }
    let (_id, codec) = video?;
    let entry = units(&picture).find_map(|unit| codec.entry(unit))?;
    Some(FirstPicture { end, entry })
}

#[derive(Debug, Clone, Copy)]
struct Packet<'b> {
    id: u16,
    /// Whether a section or a picture starts in it.
    starts: bool,
    payload: &'b [u8],
}

impl<'b> Packet<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let &[0x47, high, low, flags, ..] = bytes else {
            return None;
        };
        let adapted = flags & 0x20 != 0;
        let skipped = if adapted {
            5 + usize::from(*bytes.get(4)?)
        } else {
            4
        };
        let payload = if flags & 0x10 == 0 {
            &[]
        } else {
            bytes.get(skipped..)?
        };
        Some(Self {
            id: u16::from_be_bytes([high & 0x1f, low]),
            starts: high & 0x40 != 0,
            payload,
        })
    }

    /// The section that starts in it, behind its pointer, without its checksum.
    fn section(&self) -> Option<&'b [u8]> {
        if !self.starts {
            return None;
        }
        let from = 1 + usize::from(*self.payload.first()?);
        let section = self.payload.get(from..)?;
        let length = usize::from(u16::from_be_bytes([
            section.get(1)? & 0x0f,
            *section.get(2)?,
        ]));
        section.get(..(3 + length).checked_sub(4)?)
    }
}

/// Where the map of the first program is (ISO/IEC 13818-1 §2.4.4.3).
fn program_map(section: &[u8]) -> Option<u16> {
    let programs = section.get(8..)?.chunks_exact(4);
    let mut maps = programs.filter(|program| program[..2] != [0, 0]);
    let program = maps.next()?;
    Some(u16::from_be_bytes([program[2] & 0x1f, program[3]]))
}

/// The first video stream of a program (ISO/IEC 13818-1 §2.4.4.8).
fn video_stream(section: &[u8]) -> Option<(u16, VideoCodec)> {
    let described = usize::from(u16::from_be_bytes([
        section.get(10)? & 0x0f,
        *section.get(11)?,
    ]));
    let mut rest = section.get(12 + described..)?;
    while let &[kind, high, low, length_high, length_low, ..] = rest {
        let id = u16::from_be_bytes([high & 0x1f, low]);
        match kind {
            0x1b => return Some((id, VideoCodec::Avc)),
            0x24 => return Some((id, VideoCodec::Hevc)),
            _ => {}
        }
        let described = usize::from(u16::from_be_bytes([length_high & 0x0f, length_low]));
        rest = rest.get(5 + described..)?;
    }
    None
}

/// What a packet of an elementary stream carries, behind its header (§2.4.3.6).
fn elementary(payload: &[u8]) -> Option<&[u8]> {
    let &[0, 0, 1, _id, _, _, _, _, length, ..] = payload else {
        return None;
    };
    payload.get(9 + usize::from(length)..)
}

/// The first byte of each unit behind a start code (ITU-T H.264 Annex B).
fn units(stream: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let codes = stream.windows(4).filter(|window| window[..3] == [0, 0, 1]);
    codes.map(|window| window[3])
}

/// The first picture of a fragment, of the first track in it; none where there is no whole one.
pub fn of_fragment(bytes: &[u8], codec: VideoCodec) -> Option<FirstPicture> {
    let (start, moof) = boxes(bytes).find_map(|found| found.named(*b"moof"))?;
    let (_, traf) = boxes(moof).find_map(|found| found.named(*b"traf"))?;
    let (_, header) = boxes(traf).find_map(|found| found.named(*b"tfhd"))?;
    let (_, run) = boxes(traf).find_map(|found| found.named(*b"trun"))?;
    let (offset, size) = first_sample(header, run)?;
    // The offset counts from the start of the fragment, its header included.
    let from = start.checked_add(offset)?;
    let end = from.checked_add(size)?;
    let mut rest = bytes.get(from..end)?;
    while let Some((length, units)) = rest.split_first_chunk() {
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        if let Some(entry) = units.first().and_then(|&unit| codec.entry(unit)) {
            return Some(FirstPicture { end, entry });
        }
        rest = units.get(length..)?;
    }
    None
}

struct Found<'b> {
    /// Where its header begins.
    start: usize,
    name: [u8; 4],
    body: &'b [u8],
}

impl<'b> Found<'b> {
    fn named(self, name: [u8; 4]) -> Option<(usize, &'b [u8])> {
        (self.name == name).then_some((self.start, self.body))
    }
}

/// The boxes of a file or of a box. Ends at what is no box.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = Found<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(start..)?;
        let (length, behind) = rest.split_first_chunk()?;
        let (name, _) = behind.split_first_chunk()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let found = Found {
            start,
            name: *name,
            body: rest.get(8..length)?,
        };
        start += length;
        Some(found)
    })
}

/// Numbers of four bytes, one after the other.
struct Numbers<'b>(&'b [u8]);

impl Numbers<'_> {
    fn take(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*number))
    }

    fn skip_if(&mut self, present: u32) -> Option<()> {
        if present != 0 {
            self.take()?;
        }
        Some(())
    }
}

/// Offset and size of the first sample (ISO/IEC 14496-12 §8.8.7, §8.8.8).
fn first_sample(header: &[u8], run: &[u8]) -> Option<(usize, usize)> {
    let mut header = Numbers(header);
    let flags = header.take()?;
    let _track = header.take()?;
    // An absolute offset is of files, not of segments.
    if flags & 0x1 != 0 {
        return None;
    }
    header.skip_if(flags & 0x2)?;
    header.skip_if(flags & 0x8)?;
    let default_size = if flags & 0x10 == 0 {
        None
    } else {
        header.take()
    };

    let mut run = Numbers(run);
    let flags = run.take()?;
    let samples = run.take()?;
    if samples == 0 || flags & 0x1 == 0 {
        return None;
    }
    let offset = run.take()?;
    run.skip_if(flags & 0x4)?;
    run.skip_if(flags & 0x100)?;
    let size = if flags & 0x200 == 0 {
        default_size?
    } else {
        run.take()?
    };
    Some((offset.try_into().ok()?, size.try_into().ok()?))
}
