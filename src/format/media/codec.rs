//! Names of codecs as RFC 6381 writes them, from sample entries and codec records.

use std::fmt::Write as _;
use std::io::{Read, Seek};

use mp4_atom::Atom;

use super::error::{ProbeError, damaged};
use super::mp4::{BoxHead, each_box, read_atom};
use super::source::Source;

/// How the samples of a track are described.
#[derive(Debug)]
pub(super) struct SampleEntry {
    pub(super) codec: String,
    /// Width and height of the coded picture; 0 for sound.
    pub(super) coded: (u32, u32),
}

/// Fields of a visual sample entry before its boxes (ISO/IEC 14496-12 §12.1.3).
const VISUAL_BYTES: u64 = 78;
/// Fields of a sound sample entry before its boxes (§12.2.3).
const SOUND_BYTES: u64 = 28;

const ENTRY: &str = "sample description (stsd)";

/// Reads the first entry of a sample description box.
pub(super) fn read_sample_entry<R: Read + Seek>(
    source: &mut Source<R>,
    stsd: &BoxHead,
    handler: [u8; 4],
) -> Result<SampleEntry, ProbeError> {
    let mut found = None;
    each_box(source, stsd.body + 8, stsd.end, |source, head| {
        if found.is_none() {
            found = Some(match &handler {
                b"vide" => read_visual(source, &head)?,
                _ => read_sound(source, &head)?,
            });
        }
        Ok(())
    })?;
    found.ok_or_else(|| damaged(ENTRY, stsd.at, "is empty"))
}

fn read_visual<R: Read + Seek>(
    source: &mut Source<R>,
    head: &BoxHead,
) -> Result<SampleEntry, ProbeError> {
    if &head.kind == b"encv" {
        return Err(ProbeError::Unusable("is encrypted"));
    }
    let [w0, w1, h0, h1] = source.array(ENTRY, head.body + 24)?;
    let side = |bytes| u32::from(u16::from_be_bytes(bytes));
    let mut codec = None;
    each_box(
        source,
        head.body + VISUAL_BYTES,
        head.end,
        |source, record| {
            if codec.is_none() {
                codec = visual_codec(source, head, &record)?;
            }
            Ok(())
        },
    )?;
    let needs_record = matches!(
        &head.kind,
        b"avc1" | b"avc3" | b"hvc1" | b"hev1" | b"av01" | b"vp08" | b"vp09"
    );
    if needs_record && codec.is_none() {
        return Err(damaged(ENTRY, head.at, "lacks the record of its codec"));
    }
    Ok(SampleEntry {
        codec: codec.unwrap_or_else(|| four_characters(head.kind)),
        coded: (side([w0, w1]), side([h0, h1])),
    })
}

/// The full name, once `record` is the one that belongs to the entry.
fn visual_codec<R: Read + Seek>(
    source: &mut Source<R>,
    entry: &BoxHead,
    record: &BoxHead,
) -> Result<Option<String>, ProbeError> {
    let name = four_characters(entry.kind);
    let name = match (&entry.kind, &record.kind) {
        (b"avc1" | b"avc3", b"avcC") => {
            let record = source.array::<4>("AVC record (avcC)", record.body)?;
            avc(&name, record)
        }
        (b"hvc1" | b"hev1", b"hvcC") => {
            hevc(&name, &read_atom(source, "HEVC record (hvcC)", record)?)
        }
        (b"av01", b"av1C") => av1(&read_atom(source, "AV1 record (av1C)", record)?),
        (b"vp08" | b"vp09", b"vpcC") => {
            let vpx: mp4_atom::VpcC = read_atom(source, "VP record (vpcC)", record)?;
            vpx_codec(&name, vpx.profile, vpx.level, vpx.bit_depth)
        }
        (b"mp4v", b"esds") => mpeg4(source, &name, record),
        _ => return Ok(None),
    };
    Ok(Some(name))
}

fn read_sound<R: Read + Seek>(
    source: &mut Source<R>,
    head: &BoxHead,
) -> Result<SampleEntry, ProbeError> {
    if &head.kind == b"enca" {
        return Err(ProbeError::Unusable("is encrypted"));
    }
    let version = u16::from_be_bytes(source.array(ENTRY, head.body + 8)?);
    // QuickTime File Format, "Sound sample descriptions", versions 1 and 2.
    let extra = match version {
        1 => 16,
        2 => 36,
        _ => 0,
    };
    let name = four_characters(head.kind);
    let mut codec = None;
    if &head.kind == b"mp4a" {
        let boxes = head.body + SOUND_BYTES + extra;
        each_box(source, boxes, head.end, |source, inner| {
            match &inner.kind {
                b"esds" => codec = Some(mpeg4(source, &name, &inner)),
                b"wave" => each_box(source, inner.body, inner.end, |source, inner| {
                    if &inner.kind == b"esds" {
                        codec = Some(mpeg4(source, &name, &inner));
                    }
                    Ok(())
                })?,
                _ => {}
            }
            Ok(())
        })?;
    }
    Ok(SampleEntry {
        codec: codec.unwrap_or(name),
        coded: (0, 0),
    })
}

/// `avc1.PPCCLL`: profile, constraints and level (RFC 6381 §3.3).
fn avc(name: &str, [_version, profile, constraints, level]: [u8; 4]) -> String {
    format!("{name}.{profile:02x}{constraints:02x}{level:02x}")
}

/// `hvc1.1.6.L93.B0` (ISO/IEC 14496-15 §E.3).
fn hevc(name: &str, record: &mp4_atom::Hvcc) -> String {
    let space = match record.general_profile_space {
        1 => "A",
        2 => "B",
        3 => "C",
        _ => "",
    };
    let flags = u32::from_be_bytes(record.general_profile_compatibility_flags).reverse_bits();
    let tier = if record.general_tier_flag { 'H' } else { 'L' };
    let (profile, level) = (record.general_profile_idc, record.general_level_idc);
    let mut text = format!("{name}.{space}{profile}.{flags:x}.{tier}{level}");
    let constraints = &record.general_constraint_indicator_flags;
    let kept = constraints
        .iter()
        .rposition(|&byte| byte != 0)
        .map_or(0, |last| last + 1);
    for byte in constraints.iter().take(kept) {
        let _infallible = write!(text, ".{byte:X}");
    }
    text
}

/// `av01.P.LLT.DD` (AV1 Codec ISO Media File Format Binding §5).
fn av1(record: &mp4_atom::Av1c) -> String {
    let tier = if record.seq_tier_0 { 'H' } else { 'M' };
    let depth = match (record.high_bitdepth, record.twelve_bit) {
        (false, _) => 8,
        (true, false) => 10,
        (true, true) => 12,
    };
    let (profile, level) = (record.seq_profile, record.seq_level_idx_0);
    format!("av01.{profile}.{level:02}{tier}.{depth:02}")
}

/// The name of an AV1 stream by its `av1C` record, which WebM keeps as codec private data.
pub(super) fn av1_of_record(mut record: &[u8]) -> Option<String> {
    mp4_atom::Av1c::decode_body(&mut record)
        .ok()
        .map(|record| av1(&record))
}

/// `vp09.PP.LL.DD` (VP Codec ISO Media File Format Binding).
pub(super) fn vpx_codec(name: &str, profile: u8, level: u8, depth: u8) -> String {
    format!("{name}.{profile:02}.{level:02}.{depth:02}")
}

/// `mp4a.40.2`, `mp4v.20.9`: the object type, then what it says more about itself.
///
/// An unreadable descriptor leaves the plain name, which is less precise and not wrong.
fn mpeg4<R: Read + Seek>(source: &mut Source<R>, name: &str, record: &BoxHead) -> String {
    let read = read_atom::<mp4_atom::Esds, R>(source, "elementary stream (esds)", record);
    let Ok(record) = read else {
        return name.to_owned();
    };
    let decoder = record.es_desc.dec_config;
    let object = decoder.object_type_indication;
    let detail = decoder.dec_specific.and_then(|specific| match object {
        0x40 => Some(specific.profile),
        // The visual object sequence begins with 00 00 01 B0 and its profile.
        0x20 => specific.raw.strip_prefix(b"\0\0\x01\xb0")?.first().copied(),
        _ => None,
    });
    match detail {
        Some(detail) => format!("{name}.{object:x}.{detail}"),
        None => format!("{name}.{object:x}"),
    }
}

/// A code of four characters without the spaces that fill it up.
fn four_characters(kind: [u8; 4]) -> String {
    let plain = kind
        .iter()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b' ' | b'-'));
    let text = String::from_utf8_lossy(&kind);
    match text.trim() {
        text if plain && !text.is_empty() => text.to_owned(),
        _ => format!("{:08x}", u32::from_be_bytes(kind)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_their_specifications() {
        assert_eq!(avc("avc1", [1, 0x64, 0, 0x1f]), "avc1.64001f");
        let mut record = mp4_atom::Hvcc::new();
        record.general_profile_idc = 1;
        record.general_profile_compatibility_flags = [0x60, 0, 0, 0];
        record.general_level_idc = 93;
        record.general_constraint_indicator_flags = [0xb0, 0, 0, 0, 0, 0];
        assert_eq!(hevc("hvc1", &record), "hvc1.1.6.L93.B0");
        record.general_tier_flag = true;
        record.general_profile_space = 2;
        record.general_constraint_indicator_flags = [0; 6];
        assert_eq!(hevc("hev1", &record), "hev1.B1.6.H93");
        assert_eq!(
            av1_of_record(&[0x81, 0x08, 0x4c, 0]).as_deref(),
            Some("av01.0.08M.10")
        );
        assert_eq!(av1_of_record(&[0x81]), None);
        assert_eq!(vpx_codec("vp09", 0, 31, 8), "vp09.00.31.08");
    }

    #[test]
    fn codes_are_safe_to_print() {
        assert_eq!(four_characters(*b"apcn"), "apcn");
        assert_eq!(four_characters(*b"raw "), "raw");
        assert_eq!(four_characters(*b"ms\0\x11"), "6d730011");
        assert_eq!(four_characters(*b"a\"><"), "61223e3c");
        assert_eq!(four_characters(*b"    "), "20202020");
    }
}
