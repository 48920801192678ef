//! What the encoder made: its playlists and packets as they are read back. Pure.

use crate::model::Micros;

/// The segments of one track, by its playlist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MadeTrack {
    /// Name and length of each.
    pub(super) segments: Vec<(String, Micros)>,
    /// The name of its initialization section.
    pub(super) init: Option<String>,
}

impl MadeTrack {
    /// Reads a playlist of the encoder's own; none for anything that it does not write.
    pub(super) fn parse(playlist: &str) -> Option<Self> {
        let mut made = Self {
            segments: Vec::new(),
            init: None,
        };
        let mut length = None;
        for line in playlist.lines() {
            if let Some(text) = line.strip_prefix("#EXTINF:") {
                length = Some(micros(text.split(',').next()?)?);
            } else if let Some(text) = line.strip_prefix("#EXT-X-MAP:URI=\"") {
                made.init = Some(file_name(text.strip_suffix('"')?)?);
            } else if !line.starts_with('#') && !line.is_empty() {
                made.segments.push((file_name(line)?, length.take()?));
            }
        }
        Some(made)
    }
}

/// A name without a folder.
fn file_name(text: &str) -> Option<String> {
    let plain = !text.is_empty() && !text.contains('/') && text != "..";
    plain.then(|| text.to_owned())
}

/// Decimal seconds.
fn micros(text: &str) -> Option<Micros> {
    signed_micros(text)
        .and_then(|micros| u64::try_from(micros).ok())
        .map(Micros)
}

fn signed_micros(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = part.parse().ok()?;
    Some(sign * whole.checked_mul(1_000_000)?.checked_add(part)?)
}

/// One packet of a track, as ffprobe lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Packet {
    /// Picture or sound.
    pub(super) carries: Carries,
    /// When it is shown. Microseconds.
    pub(super) shown: i64,
    /// When it is decoded. Microseconds.
    pub(super) decoded: i64,
    /// Whether decoding can begin with it.
    pub(super) key: Key,
}

/// What a packet carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carries {
    /// A picture.
    Picture,
    /// Sound.
    Sound,
}

/// Whether decoding can begin with a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// It can.
    Yes,
    /// It needs others.
    No,
}

impl Packet {
    /// Reads all of the packets that ffprobe lists as
    /// `video,0.000000,0.000000,K_` ; none for a line without instants.
    pub(super) fn parse_all(list: &str) -> Option<Vec<Self>> {
        let lines = list.lines().filter(|line| !line.trim().is_empty());
        lines.map(Self::parse).collect()
    }

    fn parse(line: &str) -> Option<Self> {
        let mut fields = line.trim().split(',');
        let carries = match fields.next()? {
            "video" => Carries::Picture,
            "audio" => Carries::Sound,
            _ => return None,
        };
        Some(Self {
            carries,
            shown: signed_micros(fields.next()?)?,
            decoded: signed_micros(fields.next()?)?,
            key: if fields.next()?.starts_with('K') {
                Key::Yes
            } else {
                Key::No
            },
        })
    }
}
