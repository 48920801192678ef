//! Ogg files with Theora video: the pages of each stream and what its first packet says.
//!
//! RFC 3533 (pages), Theora I §6.2, Vorbis I §4.2.2, RFC 7845 (Opus), the FLAC-to-Ogg mapping.

use std::io::{Read, Seek};

use crate::model::{Container, Millis};

use super::Probe;
use super::error::{ProbeError, damaged};
use super::ratio::{millis, reduced};
use super::source::Source;

/// Streams of a file before it is given up.
const STREAMS_MAX: usize = 16;
/// Bytes of a page before its segment table.
const HEADER_BYTES: u64 = 27;
/// Bytes of a first packet that are looked at.
const PACKET_BYTES_MAX: usize = 64;

const PAGE: &str = "a page";

/// One logical bit stream.
#[derive(Debug)]
struct Stream {
    serial: u32,
    codec: Codec,
    /// Position stated by its last page.
    last: u64,
    /// Frames before its first page of data, for a file cut out of a longer one.
    skipped: Option<u64>,
    ended: bool,
}

#[derive(Debug)]
enum Codec {
    Theora(Theora),
    /// Its name, samples a second, and samples before the first that is heard.
    Sound(&'static str, u32, u64),
    Other,
}

#[derive(Debug)]
struct Theora {
    width: u32,
    height: u32,
    /// Frames in `rate.1` seconds, and those seconds.
    rate: (u32, u32),
    /// Width and height of a pixel.
    aspect: (u32, u32),
    /// Bits of a position that count frames since a key frame.
    shift: u32,
    /// Whether positions count frames from 1 (3.2.1 and later) or from 0.
    counts_from_one: bool,
}

/// The head of a page.
#[derive(Debug)]
struct Page {
    flags: u8,
    position: u64,
    serial: u32,
    body: u64,
    end: u64,
    /// Packets that end on it.
    packets: u64,
}

const FIRST: u8 = 0x02;
const LAST: u8 = 0x04;

/// Reads a file that begins with a page.
pub(super) fn probe<R: Read + Seek>(source: &mut Source<R>) -> Result<Probe, ProbeError> {
    let mut streams: Vec<Stream> = Vec::new();
    let mut in_data = false;
    let mut at = 0;
    while at < source.length() {
        let page = read_page(source, at)?;
        if page.flags & FIRST != 0 {
            if in_data {
                return Err(ProbeError::Unusable("is several files, one after another"));
            }
            if streams.len() == STREAMS_MAX {
                return Err(ProbeError::Intricate {
                    what: "streams",
                    limit: STREAMS_MAX as u64,
                });
            }
            streams.push(Stream::begin(source, &page)?);
        } else {
            in_data = true;
        }
        let stream = streams
            .iter_mut()
            .find(|stream| stream.serial == page.serial);
        let Some(stream) = stream else {
            return Err(damaged(PAGE, at, "belongs to a stream that never began"));
        };
        stream.add(&page);
        at = page.end;
    }
    conclude(&streams, at)
}

fn read_page<R: Read + Seek>(source: &mut Source<R>, at: u64) -> Result<Page, ProbeError> {
    source.step()?;
    let magic: [u8; 5] = source.array(PAGE, at)?;
    if &magic != b"OggS\0" {
        return Err(damaged(PAGE, at, "does not begin with OggS"));
    }
    let [flags] = source.array(PAGE, at + 5)?;
    let position = u64::from_le_bytes(source.array(PAGE, at + 6)?);
    let serial = u32::from_le_bytes(source.array(PAGE, at + 14)?);
    let [segments] = source.array(PAGE, at + 26)?;
    let table = source.slice(PAGE, at + HEADER_BYTES, segments.into())?;
    let body_bytes: u64 = table.iter().map(|&lacing| u64::from(lacing)).sum();
    let packets = table.iter().filter(|&&lacing| lacing < 255).count() as u64;
    let body = at + HEADER_BYTES + u64::from(segments);
    let end = body + body_bytes;
    if end > source.length() {
        let missing = end - source.length();
        return Err(ProbeError::Truncated {
            part: PAGE,
            at,
            missing,
        });
    }
    Ok(Page {
        flags,
        position,
        serial,
        body,
        end,
        packets,
    })
}

fn conclude(streams: &[Stream], end: u64) -> Result<Probe, ProbeError> {
    let video = streams.iter().find_map(|stream| match &stream.codec {
        Codec::Theora(theora) => Some((stream, theora)),
        _ => None,
    });
    let Some((stream, theora)) = video else {
        return Err(ProbeError::Unusable("has no Theora video"));
    };
    if !stream.ended {
        let part = "the last page of the video, which is not there and";
        let missing = HEADER_BYTES;
        return Err(ProbeError::Truncated {
            part,
            at: end,
            missing,
        });
    }
    let skipped = stream.skipped.unwrap_or(0);
    let mut duration = theora.duration(theora.frames(stream.last).saturating_sub(skipped));
    let mut audio_codec = None;
    for sound in streams {
        if let Codec::Sound(name, rate, lead) = sound.codec {
            audio_codec = audio_codec.or(Some(name.to_owned()));
            // Positions of a cut-out file do not begin at nought; its pictures then decide.
            if skipped == 0 {
                let samples = sound.last.saturating_sub(lead);
                duration = duration.max(millis(samples.into(), rate.into()));
            }
        }
    }
    Ok(Probe {
        container: Container::Ogg,
        duration,
        width: theora.shown_width(),
        height: theora.height,
        rotation: 0,
        video_codec: "theora".to_owned(),
        audio_codec,
        frame_rate: reduced(theora.rate.0.into(), theora.rate.1.into()),
    })
}

impl Stream {
    fn begin<R: Read + Seek>(source: &mut Source<R>, page: &Page) -> Result<Self, ProbeError> {
        let length = usize::try_from(page.end - page.body).unwrap_or(0);
        let packet = source.slice(PAGE, page.body, length.min(PACKET_BYTES_MAX))?;
        let codec = Codec::of_packet(packet)
            .ok_or_else(|| damaged("a stream header", page.body, "cannot be read"))?;
        Ok(Self {
            serial: page.serial,
            codec,
            last: 0,
            skipped: None,
            ended: false,
        })
    }

    fn add(&mut self, page: &Page) {
        self.ended |= page.flags & LAST != 0;
        // All ones: no packet ends on this page. Nought: a page of headers.
        if page.position == u64::MAX || page.position == 0 {
            return;
        }
        self.last = page.position;
        if let (Codec::Theora(theora), None) = (&self.codec, self.skipped) {
            let frames = theora.frames(page.position);
            self.skipped = Some(frames.saturating_sub(page.packets));
        }
    }
}

impl Codec {
    /// The codec of a stream by its first packet; none for a damaged packet of a known codec.
    fn of_packet(packet: &[u8]) -> Option<Self> {
        if packet.starts_with(b"\x80theora") {
            return Theora::parse(packet).map(Self::Theora);
        }
        let sound = |name, rate: u32, lead| (rate > 0).then_some(Self::Sound(name, rate, lead));
        if packet.starts_with(b"\x01vorbis") {
            let rate = packet.get(12..)?.first_chunk()?;
            return sound("vorbis", u32::from_le_bytes(*rate), 0);
        }
        if packet.starts_with(b"OpusHead") {
            let lead = packet.get(10..)?.first_chunk()?;
            // Positions count at 48 kHz whatever the input was (RFC 7845 §4).
            return sound("opus", 48_000, u16::from_le_bytes(*lead).into());
        }
        if packet.starts_with(b"\x7fFLAC") {
            let rate = be(packet.get(27..30)?) >> 4;
            return sound("flac", rate, 0);
        }
        Some(Self::Other)
    }
}

impl Theora {
    fn parse(packet: &[u8]) -> Option<Self> {
        let field = |from: usize, to: usize| packet.get(from..to).map(be);
        let quality_and_shift = field(40, 42)?;
        let theora = Self {
            width: field(14, 17)?,
            height: field(17, 20)?,
            rate: (field(22, 26)?, field(26, 30)?),
            aspect: (field(30, 33)?, field(33, 36)?),
            shift: (quality_and_shift >> 5) & 0x1f,
            counts_from_one: field(7, 10)? >= 0x03_02_01,
        };
        (theora.rate.0 > 0 && theora.rate.1 > 0).then_some(theora)
    }

    /// Frames up to and with the one at a position (Theora I §A.2.3).
    fn frames(&self, position: u64) -> u64 {
        let since_key = position & ((1 << self.shift) - 1);
        let frame = (position >> self.shift).saturating_add(since_key);
        frame.saturating_add(u64::from(!self.counts_from_one))
    }

    fn duration(&self, frames: u64) -> Millis {
        let (numerator, denominator) = self.rate;
        millis(
            u128::from(frames) * u128::from(denominator),
            numerator.into(),
        )
    }

    /// The width as shown, with square pixels.
    fn shown_width(&self) -> u32 {
        match self.aspect {
            (0, _) | (_, 0) => self.width,
            (across, down) => {
                let (width, across, down) =
                    (u64::from(self.width), u64::from(across), u64::from(down));
                let fitted = (across * width + down / 2) / down;
                u32::try_from(fitted).unwrap_or(u32::MAX)
            }
        }
    }
}

/// Up to four bytes, the first the highest.
fn be(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |value, &byte| value << 8 | u32::from(byte))
}
