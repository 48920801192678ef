//! Keys and initialisation sections in force, and how they are written anew.

use std::ops::Range;

use super::attributes::Attribute;
use super::media::{MediaPlaylist, Segment};

/// The line that ends all keys in force.
pub const KEY_NONE: &[u8] = b"#EXT-X-KEY:METHOD=NONE\n";

/// The `EXT-X-KEY` tags in force together, one per key format (rfc8216bis §4.4.4.4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeySet {
    /// In the order of the text; never one of `METHOD=NONE`.
    pub keys: Vec<Key>,
}

/// One `EXT-X-KEY` tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The line, terminator included.
    pub line: Range<u32>,
    /// The value of `URI`, quotes left out.
    pub uri: Option<Range<u32>>,
    /// The value of `KEYFORMAT`, quotes left out; `None` is `identity`.
    pub format: Option<Range<u32>>,
    /// Whether the media sequence number of a segment is its initialisation vector: a whole
    /// segment or its samples under an `identity` key without `IV`.
    pub implicit_iv: bool,
}

/// One `EXT-X-MAP` tag (rfc8216bis §4.4.4.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// The line, terminator included.
    pub line: Range<u32>,
    /// The value of `URI`, quotes left out.
    pub uri: Range<u32>,
    /// Length and offset in its resource.
    pub byte_range: Option<(u64, u64)>,
    /// Keys in force where it stands: position in `keys` plus one, 0 for none.
    pub key: u32,
}

/// What a list of attributes says about a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum KeyWords<'l, 'a> {
    /// `METHOD=NONE`.
    Off,
    /// A key.
    On {
        uri: Option<&'l Attribute<'a>>,
        format: Option<&'l Attribute<'a>>,
        implicit_iv: bool,
    },
}

/// Reads a key; `None` without `METHOD`.
pub(super) fn read_key<'l, 'a>(attributes: &'l [Attribute<'a>]) -> Option<KeyWords<'l, 'a>> {
    let get = |name: &[u8]| attributes.iter().find(|found| found.name == name);
    let method = get(b"METHOD")?.value;
    if method == b"NONE" {
        return Some(KeyWords::Off);
    }
    let format = get(b"KEYFORMAT").filter(|found| found.value != b"identity");
    // SAMPLE-AES-CTR keeps its vectors inside the media.
    let numbered = [&b"AES-128"[..], b"AES-256", b"AES-256-CTR", b"SAMPLE-AES"];
    Some(KeyWords::On {
        uri: get(b"URI"),
        format,
        implicit_iv: format.is_none() && get(b"IV").is_none() && numbered.contains(&method),
    })
}

/// The initialisation vector that stands for a media sequence number (§5.2): `0x` and 128 bits.
pub fn implicit_iv(msn: u64) -> String {
    format!("{msn:#034x}")
}

impl KeySet {
    /// Whether a segment decrypts differently under another number.
    pub fn implicit_iv(&self) -> bool {
        self.keys.iter().any(|key| key.implicit_iv)
    }
}

impl MediaPlaylist {
    /// Writes the keys and the map in force for `segment`, all of them, as they must stand where
    /// it is the first listed or follows an ad: after `EXT-X-DISCONTINUITY`, before everything
    /// else of it (rfc8216bis §4.4.4.4: keys scope later maps). Lines of the segment that say
    /// them anyway may follow; [`MediaPlaylist::says_scope`] tells when nothing need be written.
    ///
    /// Nothing is written for a segment in the clear without a map; [`KEY_NONE`] for one in the
    /// clear after one that is not is the caller's, who knows what stood before.
    pub fn write_scope(&self, segment: &Segment, out: &mut Vec<u8>) {
        let map = self.map_of(segment);
        let map_key = map.map_or(segment.key, |map| map.key);
        self.write_keys(map_key, out);
        if let Some(map) = map {
            self.write_line(&map.line, out);
        }
        if segment.key == map_key {
            return;
        }
        if segment.key == 0 {
            out.extend_from_slice(KEY_NONE);
        }
        self.write_keys(segment.key, out);
    }

    /// Whether the lines of `segment` themselves state all keys and the map in force for it.
    pub fn says_scope(&self, segment: &Segment) -> bool {
        let own = |line: &Range<u32>| line.start >= segment.lines.start;
        let keys = self.keys_of(segment).map_or(&[][..], |set| &set.keys);
        let map = self.map_of(segment);
        keys.iter().all(|key| own(&key.line)) && map.is_none_or(|map| own(&map.line))
    }

    /// The lines of a segment without the discontinuities they begin with; in a grounded
    /// playlist that is without any.
    pub fn after_discontinuity(&self, segment: &Segment) -> &[u8] {
        let mut start = segment.lines.start;
        let first = self
            .discontinuities
            .partition_point(|line| line.start < start);
        for line in self.discontinuities.get(first..).unwrap_or_default() {
            if line.start != start {
                break;
            }
            start = line.end;
        }
        self.slice(&(start..segment.lines.end))
    }

    fn write_keys(&self, key: u32, out: &mut Vec<u8>) {
        let set = (key as usize)
            .checked_sub(1)
            .and_then(|at| self.keys.get(at));
        for key in set.map_or(&[][..], |set| &set.keys) {
            self.write_line(&key.line, out);
        }
    }

    /// A line with a terminator that ends it everywhere, should its own be missing or odd.
    pub(super) fn write_line(&self, line: &Range<u32>, out: &mut Vec<u8>) {
        let text = self.slice(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        out.extend_from_slice(text);
        if !text.ends_with(b"\n") {
            out.push(b'\n');
        }
    }
}
