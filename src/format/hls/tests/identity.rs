//! Reading and writing a playlist back changes no byte, whatever the bytes are.

use bytes::Bytes;
use proptest::prelude::*;

use super::announced;
use super::corpus::{ALL, corpus};
use crate::format::hls::{Edit, Limits, MediaPlaylist, Multivariant, rewrite};

/// Every byte is in the header, in one segment or in the tail; and all of them come back.
fn whole(text: &[u8]) -> Result<bool, TestCaseError> {
    let bytes = Bytes::copy_from_slice(text);
    if let Ok(multivariant) = Multivariant::parse(bytes.clone(), &Limits::DEFAULT) {
        prop_assert_eq!(&multivariant.rewrite_uris(|_, _| None)[..], text);
        let same = multivariant.rewrite_uris(|_, uri| Some(uri.to_owned()));
        prop_assert_eq!(&same[..], text);
    }
    let Ok(playlist) = MediaPlaylist::parse(bytes, &Limits::DEFAULT) else {
        return Ok(false);
    };
    prop_assert_eq!(&playlist.rewrite(&[])[..], text);
    let mut parts = playlist.slice(&playlist.header).to_vec();
    for segment in &playlist.segments {
        prop_assert_eq!(segment.lines.start as usize, parts.len());
        parts.extend_from_slice(playlist.slice(&segment.lines));
        for part in [&segment.uri, &segment.extinf] {
            prop_assert!(part.start >= segment.lines.start && part.end <= segment.lines.end);
        }
    }
    parts.extend_from_slice(playlist.slice(&playlist.tail));
    prop_assert_eq!(&parts[..], text);
    let lines = playlist.ranges.iter().map(|range| &range.line);
    for line in lines.chain(&playlist.markers).chain(&playlist.low_latency) {
        let before = &text[..line.start as usize];
        prop_assert!(matches!(before.last(), None | Some(b'\n' | b'\r' | 0xBF)));
    }
    Ok(true)
}

#[test]
fn the_corpus_comes_back_byte_for_byte() {
    for (name, text) in ALL {
        let media = !name.starts_with("multivariant");
        assert_eq!(whole(text).unwrap(), media, "{name}");
    }
}

#[test]
fn edits_change_only_what_they_name() {
    let edit = |range: std::ops::Range<u32>, with: &str| Edit {
        range,
        with: with.into(),
    };
    let edits = [
        edit(0..0, "<"),
        edit(1..3, "X"),
        edit(3..3, "|"),
        edit(5..6, ""),
    ];
    assert_eq!(rewrite(b"abcdef", &edits), b"<aX|de");
    // One that overlaps the one before it, or the end, is left out.
    let edits = [edit(0..4, "X"), edit(1..2, "Y"), edit(5..9, "Z")];
    assert_eq!(rewrite(b"abcdef", &edits), b"Xef");
}

/// Lines and pieces of lines out of which playlists and near-playlists are made.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let lines: Vec<Vec<u8>> = ALL
        .iter()
        .flat_map(|(_, text)| {
            text.split_inclusive(|byte| *byte == b'\n')
                .map(<[u8]>::to_vec)
        })
        .collect();
    let line = proptest::sample::select(lines);
    let noise = proptest::collection::vec(any::<u8>(), 0..12);
    let ends = proptest::sample::select(vec!["\n", "\r\n", "\r", "\n\n", " ", "\"", ",", "="]);
    prop_oneof![
        8 => line,
        1 => noise,
        1 => ends.prop_map(|end| end.as_bytes().to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Any bytes at all.
    #[test]
    fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        whole(&bytes)?;
        let mut playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n".to_vec();
        playlist.extend_from_slice(&bytes);
        whole(&playlist)?;
    }

    /// Lines of the corpus in any order, with noise between them.
    #[test]
    fn shuffled_playlists_come_back(pieces in proptest::collection::vec(pieces(), 0..40)) {
        let mut playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n".to_vec();
        playlist.extend(announced(&pieces));
        whole(&playlist)?;
    }

    /// Playlists of the corpus with a few bytes changed, left out or put in.
    #[test]
    fn mutations_of_the_corpus_come_back(
        which in any::<proptest::sample::Index>(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), 0..3_u8, any::<u8>()), 1..8),
    ) {
        let mut text = which.get(ALL).1.to_vec();
        for (at, how, byte) in changes {
            let at = at.index(text.len());
            match how {
                0 => text[at] = byte,
                1 => { text.remove(at); }
                _ => text.insert(at, byte),
            }
        }
        whole(&text)?;
    }

    /// A playlist cut off anywhere is read or refused, and loses nothing when read.
    #[test]
    fn truncated_playlists_come_back(cut in any::<proptest::sample::Index>()) {
        for name in ["low-latency", "keys", "mixed-ends"] {
            let text = corpus(name);
            whole(&text[..cut.index(text.len())])?;
        }
    }
}
