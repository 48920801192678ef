//! The container of a file by its first bytes, never by its name.

use crate::model::Container;

use super::error::ProbeError;

/// How many of the first bytes decide.
pub const SNIFF_BYTES: usize = 512;

/// Boxes that a QuickTime file without a brand may begin with (QuickTime File Format, "Overview").
const QUICKTIME_FIRST: &[&[u8; 4]] = &[b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"];

/// Brands of ISO base media that are not video: still pictures and pure sound.
const STILL_BRANDS: &[&[u8; 4]] = &[
    b"heic", b"heix", b"heim", b"heis", b"avif", b"avis", b"mif1", b"msf1", b"jxl ", b"jp2 ",
    b"jpx ", b"crx ",
];

/// What other files begin with, and what they are.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"%PDF", "a PDF document"),
    (b"FLV", "a Flash video"),
    (b"ID3", "an MP3 sound"),
    (b"fLaC", "a FLAC sound"),
    (b"\x30\x26\xb2\x75", "a Windows Media file"),
    (b"\x00\x00\x01\xba", "an MPEG program stream"),
    (b"\x00\x00\x01\xb3", "a bare MPEG video stream"),
    (b"\x00\x00\x00\x01", "a bare video stream"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"#!", "a script"),
    (b"#EXTM3U", "an HLS playlist"),
];

/// The container that begins with `head`, the first [`SNIFF_BYTES`] bytes or the whole file.
pub fn sniff(head: &[u8]) -> Result<Container, ProbeError> {
    if head.is_empty() {
        return Err(ProbeError::Foreign { what: "empty" });
    }
    if head.starts_with(b"\x1a\x45\xdf\xa3") {
        return sniff_ebml(head);
    }
    if head.starts_with(b"OggS\x00") {
        return Ok(Container::Ogg);
    }
    match head.get(4..8) {
        // Larger ones are the heads of other files that contain the word.
        Some(b"ftyp") if (16..=4_096).contains(&first_size(head)) => sniff_brand(head),
        Some(first) if is_quicktime(first) && !(2..8).contains(&first_size(head)) => {
            Ok(Container::Mov)
        }
        _ => Err(ProbeError::Foreign {
            what: foreign(head),
        }),
    }
}

/// The major brand decides between MP4 and QuickTime.
fn sniff_brand(head: &[u8]) -> Result<Container, ProbeError> {
    match head.get(8..12) {
        Some(b"qt  ") => Ok(Container::Mov),
        Some(brand) if STILL_BRANDS.iter().any(|still| *still == brand) => {
            Err(ProbeError::Foreign {
                what: "a still picture",
            })
        }
        Some(_) => Ok(Container::Mp4),
        None => Err(ProbeError::Truncated {
            part: "file type box",
            at: 0,
            missing: 1,
        }),
    }
}

fn is_quicktime(first: &[u8]) -> bool {
    QUICKTIME_FIRST.iter().any(|kind| *kind == first)
}

fn first_size(head: &[u8]) -> u32 {
    head.first_chunk()
        .map_or(0, |size| u32::from_be_bytes(*size))
}

/// The document type of an EBML header (RFC 8794 §11.2.4) must say `webm`.
fn sniff_ebml(head: &[u8]) -> Result<Container, ProbeError> {
    const DOCTYPE: &[u8] = b"\x42\x82";
    let foreign = |what| Err(ProbeError::Foreign { what });
    let Some(at) = head.windows(2).position(|two| two == DOCTYPE) else {
        return foreign("an EBML document without a type");
    };
    let word = head.get(at + 3..).unwrap_or_default();
    let length = head.get(at + 2).map_or(0, |size| usize::from(size & 0x7f));
    match word.get(..length) {
        Some(word) if word.strip_suffix(b"\0").unwrap_or(word) == b"webm" => Ok(Container::Webm),
        Some(b"matroska") => foreign("a Matroska file, of which WebM is a part"),
        _ => foreign("an EBML document of an unknown type"),
    }
}

/// A name for what is not video of ours.
fn foreign(head: &[u8]) -> &'static str {
    if let Some((_start, what)) = FOREIGN.iter().find(|(start, _)| head.starts_with(start)) {
        return what;
    }
    if head.starts_with(b"RIFF") {
        return match head.get(8..12) {
            Some(b"AVI ") => "an AVI video",
            Some(b"WEBP") => "a WebP picture",
            _ => "a RIFF file",
        };
    }
    if head.first() == Some(&0x47) && head.get(188).is_none_or(|&sync| sync == 0x47) {
        return "an MPEG transport stream";
    }
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    if text.starts_with(b"#EXTM3U") {
        "an HLS playlist"
    } else if text.starts_with(b"<") {
        "a web page or XML document"
    } else if text.starts_with(b"{") || text.starts_with(b"[") {
        "a JSON document"
    } else if head
        .iter()
        .all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace())
    {
        "a text"
    } else {
        "of an unknown kind"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide() {
        let webm = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm";
        for (head, container) in [
            (
                &b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"[..],
                Container::Mp4,
            ),
            (b"\0\0\0\x14ftypqt  \0\0\x02\0qt  ", Container::Mov),
            (b"\0\0\0\x08wide\0\0\0\0mdat", Container::Mov),
            (webm, Container::Webm),
            (b"OggS\0\x02", Container::Ogg),
        ] {
            assert_eq!(sniff(head).unwrap(), container, "{head:?}");
        }
    }

    #[test]
    fn everything_else_is_named_and_refused() {
        let mut transport = vec![0; 376];
        (transport[0], transport[188]) = (0x47, 0x47);
        for (head, what) in [
            (&b""[..], "empty"),
            (b"\x89PNG\r\n\x1a\n", "PNG"),
            (b"<!doctype html><html>", "web page"),
            (b"\xef\xbb\xbf  <html>", "web page"),
            (b"#EXTM3U\n#EXT-X-VERSION:3\n", "HLS playlist"),
            (b"PK\x03\x04\x14\0", "ZIP"),
            (b"%PDF-1.7 ftypisom", "PDF"),
            (b"RIFF\0\0\0\0AVI LIST", "AVI"),
            (b"\0\0\0\x18ftypheic", "still picture"),
            (b"\0\0\0\x18ftyp", "cut off"),
            (b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska", "Matroska"),
            (b"\x1a\x45\xdf\xa3\x80", "without a type"),
            (b"\x1a\x45\xdf\xa3\x84\x42\x82\xffw", "unknown type"),
            (b"OggT", "text"),
            (b"MZ\x90\0ftypisom", "program"),
            (b"\0\0\0\x02moov", "unknown kind"),
            (b"{\"a\":1}", "JSON"),
            (b"hello world, this is text", "text"),
            (b"\0\0\0\0\0\0\0\0", "unknown kind"),
            (&transport, "transport stream"),
        ] {
            let error = sniff(head).unwrap_err().to_string();
            assert!(error.contains(what), "{error} does not say {what}");
        }
    }
}
