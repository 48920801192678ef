//! Files and documents: what is uploaded, and VAST of others.

use std::io::Cursor;

use adserve::format::media::{probe, sniff};
use adserve::format::vast;
use adserve::format::xml::{Piece, Reader};
use adserve::model::Millis;

use super::{Target, seeds_of};

/// Longer than any film that such a file can hold.
const LONGEST: Millis = Millis::from_seconds(1 << 34);

pub(crate) const MP4: Target = Target {
    name: "mp4",
    property: media,
    seeds: || {
        vec![
            include_bytes!("../../fixtures/media/spring-06s.mp4").to_vec(),
            b"\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\0\x08moov".to_vec(),
        ]
    },
    words: &[
        "ftyp",
        "moov",
        "trak",
        "mdia",
        "minf",
        "stbl",
        "stts",
        "stsz",
        "stsd",
        "avc1",
        "mp4a",
        "tkhd",
        "mdhd",
        "hdlr",
        "vide",
        "edts",
        "elst",
        "moof",
        "mvex",
        "\u{0}\u{0}\u{0}\u{1}",
    ],
};

pub(crate) const WEBM: Target = Target {
    name: "webm",
    property: media,
    seeds: || vec![include_bytes!("../../fixtures/media/harbour-06s.webm").to_vec()],
    words: &["webm", "V_VP9", "V_AV1", "A_OPUS", "\u{1}", "\u{0}\u{0}"],
};

pub(crate) const OGG: Target = Target {
    name: "ogg",
    property: media,
    seeds: || {
        let mut page =
            b"OggS\0\x02\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x12\x34\x56\x78\x01\x2a".to_vec();
        page.extend(b"\x80theora\x03\x02\x01\x00\x14\x00\x0f\x00\x01\x40\x00\x00\xf0\0\0");
        page.extend(b"\0\0\0\x1e\0\0\0\x01\0\0\x01\0\0\x01\0\0\0\0\xc0\0");
        vec![page]
    },
    words: &[
        "OggS",
        "\u{80}theora",
        "\u{1}vorbis",
        "OpusHead",
        "\u{0}\u{0}",
    ],
};

/// A file is refused, or its facts are ones that a file can have; and the same twice.
fn media(data: &[u8]) {
    let found = probe(Cursor::new(data)).map_err(|error| error.to_string());
    let again = probe(Cursor::new(data)).map_err(|error| error.to_string());
    assert_eq!(found, again);
    match found {
        Err(why) => assert!(!why.is_empty()),
        Ok(found) => {
            assert_eq!(
                sniff(&data[..data.len().min(4_096)]).ok(),
                Some(found.container)
            );
            assert!(found.width > 0 && found.height > 0, "{found:?}");
            assert!(
                found.duration > Millis(0) && found.duration < LONGEST,
                "{found:?}"
            );
            assert!(
                found.rotation.is_multiple_of(90) && found.rotation < 360,
                "{found:?}"
            );
            assert!(
                found.video_codec.chars().all(|c| c.is_ascii_graphic()),
                "{found:?}"
            );
        }
    }
}

pub(crate) const VAST: Target = Target {
    name: "vast",
    property: document,
    seeds: || {
        seeds_of(&[
            r#"<VAST version="4.2"><Ad id="1" sequence="2"><InLine><AdSystem>a</AdSystem>
            <Impression><![CDATA[http://a/b?c&d]]></Impression><Creatives><Creative><Linear>
            <Duration>00:00:15.500</Duration><TrackingEvents><Tracking event="start">http://x
            </Tracking></TrackingEvents><MediaFiles><MediaFile type="video/mp4" width="1" height="2"
            delivery="progressive">http://a/b.mp4</MediaFile></MediaFiles></Linear></Creative>
            </Creatives></InLine></Ad></VAST>"#,
            r#"<?xml version="1.0"?><VAST version="2.0"><Error>http://e/[ERRORCODE]</Error></VAST>"#,
            r#"<v:VAST xmlns:v="x"><Ad><Wrapper><VASTAdTagURI>http://w</VASTAdTagURI></Wrapper></Ad>
            <!-- c --></v:VAST>"#,
            "\u{feff}<VAST version='3.0'><Ad>&amp;&#x41;&lt;</Ad></VAST>",
        ])
    },
    words: &[
        "<VAST",
        "</VAST>",
        "<Ad>",
        "</Ad>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&#0;",
        "&#x10ffff;",
        "<!DOCTYPE",
        "<!ENTITY",
        "<!--",
        "-->",
        "<?",
        "?>",
        "/>",
        "00:00:15",
        "event=\"",
        "<MediaFile",
        "<Linear>",
        "\u{0}",
    ],
};

/// Bounded whatever it holds; and what is read of XML nests.
fn document(data: &[u8]) {
    if let Ok(mut reader) = Reader::new(data) {
        let mut depth = 0_usize;
        while let Ok(Some(piece)) = reader.piece() {
            match piece {
                Piece::Open(_) => depth += 1,
                Piece::Text(_) => {}
                Piece::Close => depth = depth.checked_sub(1).expect("what closes was open"),
            }
        }
    }
    let found = vast::read(data).ok();
    assert_eq!(found, vast::read(data).ok());
    let Some(found) = found else { return };
    assert!(found.ads.len() <= vast::ADS_MAX && found.errors.len() <= vast::URLS_MAX);
    for ad in &found.ads {
        assert!(ad.tracking.len() + ad.impressions.len() <= vast::URLS_MAX);
        let media = ad.media_files.iter().map(|file| &file.uri);
        let urls = media.chain(&ad.impressions).chain(&ad.errors);
        for url in urls {
            assert_eq!(
                url.trim(),
                url,
                "addresses are without the space around them"
            );
        }
    }
    for warning in &found.warnings {
        assert!(!warning.to_string().is_empty());
    }
}
