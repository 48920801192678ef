//! Playlists of HLS and the splice messages inside them.

use std::fs;
use std::path::Path;

use adserve::format::hls::{
    Attributes, Cue, Ground, Limits, LowLatency, MediaPlaylist, Multivariant, Variables, rewrite,
};
use adserve::format::scte35::Message;
use bytes::Bytes;
use url::Url;

use super::Target;

const BASE: &str = "https://origin.example/live/index.m3u8?sid=a%2Fb";
const WORDS: &[&str] = &[
    "#EXTM3U\n",
    "#EXTINF:6.006,\n",
    "#EXT-X-TARGETDURATION:6\n",
    "#EXT-X-DISCONTINUITY\n",
    "#EXT-X-ENDLIST\n",
    "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n",
    "#EXT-X-KEY:METHOD=NONE\n",
    "#EXT-X-MAP:URI=\"i\"\n",
    "#EXT-X-BYTERANGE:9\n",
    "#EXT-X-PROGRAM-DATE-TIME:2026-11-20T12:00:00Z\n",
    "#EXT-X-CUE-OUT:30\n",
    "#EXT-X-CUE-OUT-CONT:6/30\n",
    "#EXT-X-DATERANGE:ID=\"a\",SCTE35-OUT=0xFC\n",
    "#EXT-X-DEFINE:NAME=\"v\",VALUE=\"{$v}\"\n",
    "#EXT-X-STREAM-INF:BANDWIDTH=1\n",
    "{$v}",
    "segment.ts\n",
    "\n",
    "\r\n",
    "\r",
    "\"",
    ",",
    "=",
    "@",
    "\u{FEFF}",
];

pub(super) const HLS: Target = Target {
    name: "hls",
    property: playlist,
    seeds: playlists,
    words: WORDS,
};

pub(super) const SCTE35: Target = Target {
    name: "scte35",
    property: message,
    seeds: messages,
    words: &["\u{2}\u{f}CUEI", "\u{5}", "\u{6}", "\u{fc}0"],
};

/// No byte is lost, numbers go up, and grounding is done once: a second time changes nothing.
fn playlist(data: &[u8]) {
    let text = Bytes::copy_from_slice(data);
    let base = Url::parse(BASE).expect("it is an address");
    if let Ok(multivariant) = Multivariant::parse(text.clone(), &Limits::DEFAULT) {
        let same = multivariant.rewrite_uris(|_role, uri| Some(uri.to_owned()));
        assert_eq!(same, data);
        drop(multivariant.ground(&base, &Limits::DEFAULT));
    }
    let Ok(playlist) = MediaPlaylist::parse(text, &Limits::DEFAULT) else {
        return;
    };
    assert_eq!(playlist.rewrite(&[]), data);
    assert_eq!(rewrite(data, &[]), data);
    let mut end = playlist.header.end;
    let mut msn = playlist.first_msn;
    for segment in &playlist.segments {
        assert_eq!((segment.lines.start, segment.msn), (end, msn));
        assert!(segment.uri.start >= end && segment.uri.end <= segment.lines.end);
        (end, msn) = (segment.lines.end, msn.saturating_add(1));
    }
    assert_eq!(
        (end, playlist.tail.end as usize),
        (playlist.tail.start, data.len())
    );
    for line in &playlist.cues {
        if let Cue::Out { duration, .. } = &line.cue {
            assert!(duration.is_none_or(|span| span.0 < u64::MAX));
        }
        assert!(line.line.end as usize <= data.len());
    }
    for low_latency in [LowLatency::Keep, LowLatency::Strip] {
        let on = Ground {
            base: &base,
            imports: &Variables::default(),
            low_latency,
        };
        let Ok(grounded) = playlist.ground(&on, &Limits::DEFAULT) else {
            continue;
        };
        assert!(grounded.strays.is_empty());
        let numbers = |playlist: &MediaPlaylist| -> Vec<_> {
            let segments = playlist.segments.iter();
            segments
                .map(|one| (one.msn, one.dsn, one.duration))
                .collect()
        };
        assert_eq!(numbers(&grounded), numbers(&playlist));
        // Variables may hold variables, which a second time would replace.
        if !data.windows(2).any(|pair| pair == b"{$") {
            let again = grounded
                .ground(&on, &Limits::DEFAULT)
                .expect("it was grounded before");
            assert_eq!(again.text(), grounded.text());
        }
        let mut scope = Vec::new();
        for segment in grounded.segments.iter().take(100) {
            grounded.write_scope(segment, &mut scope);
        }
    }
}

/// A message is read or refused, and says no more than it has room for.
fn message(data: &[u8]) {
    let Ok(message) = Message::parse(data) else {
        return;
    };
    assert!(message.splices.len() <= data.len() / 9);
}

fn playlists() -> Vec<Vec<u8>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found = Vec::new();
    for folder in ["hls", "cues"] {
        let files = fs::read_dir(fixtures.join(folder)).expect("the playlists are there");
        let mut files: Vec<_> = files.flatten().map(|file| file.path()).collect();
        files.retain(|path| {
            path.extension()
                .is_some_and(|extension| extension == "m3u8")
        });
        files.sort();
        found.extend(files.iter().flat_map(fs::read));
    }
    found
}

fn messages() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for text in playlists() {
        let Ok(text) = String::from_utf8(text) else {
            continue;
        };
        for line in text.lines() {
            let list = line.split_once(':').map_or("", |(_, list)| list);
            let hex = Attributes::new(list.as_bytes()).filter_map(|found| {
                let digits = std::str::from_utf8(found.value).ok()?.strip_prefix("0x")?;
                let bytes = digits
                    .as_bytes()
                    .chunks(2)
                    .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
                bytes.collect::<Option<Vec<u8>>>()
            });
            found.extend(hex.filter(|bytes| Message::parse(bytes).is_ok()));
        }
    }
    assert!(!found.is_empty());
    found
}
