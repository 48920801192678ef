//! Playlists made independent of where they came from.

use proptest::prelude::*;
use url::Url;

use super::corpus::{ALL, corpus};
use super::{announced, parse};
use crate::format::hls::{Ground, Limits, LowLatency, MediaPlaylist, PlaylistError, Variables};

const BASE: &str = "https://o.example/live/ch1/index.m3u8?token=a%2Fb";

fn try_ground(
    playlist: &MediaPlaylist,
    low_latency: LowLatency,
) -> Result<MediaPlaylist, PlaylistError> {
    let base = Url::parse(BASE).unwrap();
    let multivariant = b"#EXTM3U\n#EXT-X-DEFINE:NAME=\"host\",VALUE=\"cdn.example\"\n\
                         #EXT-X-STREAM-INF:BANDWIDTH=1\na\n";
    let multivariant = crate::format::hls::Multivariant::parse(
        bytes::Bytes::from_static(multivariant),
        &Limits::DEFAULT,
    );
    let imports: &Variables = &multivariant.unwrap().variables(&base);
    let on = Ground {
        base: &base,
        imports,
        low_latency,
    };
    playlist.ground(&on, &Limits::DEFAULT)
}

fn ground(name: &str) -> MediaPlaylist {
    try_ground(&parse(corpus(name)), LowLatency::Strip).unwrap()
}

fn text(playlist: &MediaPlaylist) -> &str {
    std::str::from_utf8(playlist.text()).unwrap()
}

#[test]
fn addresses_are_absolute_in_every_tag() {
    let ranges = ground("ranges");
    let text = text(&ranges);
    assert!(text.contains("X-ASSET-LIST=\"https://o.example/live/ch1/ads/list.json?x=1,2\""));
    assert!(text.contains("X-ASSET-URI=\"https://o.example/ads/one.m3u8\""));
    assert!(text.contains("\nhttps://o.example/live/ch1/1.ts\n"));
    let playlist = try_ground(&parse(corpus("low-latency")), LowLatency::Keep).unwrap();
    for part in [
        "URI=\"https://o.example/live/ch1/268.1.mp4\"",
        "URI=\"https://o.example/live/ch1/269.1.mp4\"",
        "URI=\"https://o.example/live/1M/waitForMSN.php\"",
        "#EXT-X-MAP:URI=\"https://o.example/live/ch1/init.mp4\"",
    ] {
        assert!(self::text(&playlist).contains(part), "{part}");
    }
}

#[test]
fn variables_are_replaced_in_addresses_and_stated_by_value() {
    let playlist = ground("variables");
    assert_eq!(
        text(&playlist),
        "#EXTM3U\n#EXT-X-VERSION:11\n#EXT-X-DEFINE:NAME=\"path\",VALUE=\"video/720\"\n\
         #EXT-X-DEFINE:NAME=\"token\",VALUE=\"a/b\"\n\
         #EXT-X-DEFINE:NAME=\"host\",VALUE=\"cdn.example\"\n\
         #EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:1\n\
         #EXT-X-MAP:URI=\"https://o.example/live/ch1/video/720/init.mp4?t=a/b\"\n\
         #EXTINF:6,\nhttps://cdn.example/video/720/1.m4s?t=a/b\n\
         #EXTINF:6,\nhttps://o.example/live/ch1/video/720/2.m4s?t=a/b\n"
    );
    let unknown = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na?{$nobody}\n";
    let error = try_ground(&parse(unknown), LowLatency::Strip).unwrap_err();
    let name = "nobody".to_owned();
    assert_eq!(error, PlaylistError::Undefined { line: 4, name });
}

#[test]
fn a_small_playlist_cannot_become_a_huge_one() {
    let long = "x".repeat(60_000);
    let text = format!(
        "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-DEFINE:NAME=\"v\",VALUE=\"{long}\"\n{}",
        "#EXTINF:6,\n{$v}\n".repeat(5_000),
    );
    let error = try_ground(&parse(text), LowLatency::Strip).unwrap_err();
    assert!(
        matches!(
            error,
            PlaylistError::Limit {
                most: 16_777_216,
                ..
            }
        ),
        "{error}"
    );
    let text = format!(
        "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-DEFINE:NAME=\"v\",VALUE=\"{long}\"\n\
         #EXTINF:6,\n{}\n",
        "{$v}".repeat(5_000),
    );
    let error = try_ground(&parse(text), LowLatency::Strip).unwrap_err();
    assert!(
        matches!(
            error,
            PlaylistError::Limit {
                line: 5,
                most: 65_536,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn vectors_come_from_the_numbers_of_the_origin() {
    let playlist = ground("keys");
    let iv = |msn: u64| format!(",IV=0x{msn:032x}\n");
    let first = "#EXT-X-KEY:METHOD=AES-128,URI=\"https://k.example/1?a=1,2\"";
    let lines: Vec<String> = playlist
        .segments
        .iter()
        .map(|segment| {
            let lines = playlist.str(&segment.lines).unwrap();
            let identity = lines.lines().find(|line| line.contains("AES-128"));
            identity.map(|line| format!("{line}\n")).unwrap_or_default()
        })
        .collect();
    assert_eq!(lines[0], "");
    assert_eq!(lines[1], format!("{first}{}", iv(256)));
    assert_eq!(lines[2], format!("{first}{}", iv(257)));
    assert_eq!(lines[3], format!("{first}{}", iv(258)));
    assert!(lines[4].ends_with("ch1/k2\",IV=0x00000000000000000000000000000009\n"));
    let tail = playlist.str(&playlist.tail).unwrap();
    assert!(tail.ends_with(&iv(261)), "{tail}");
    assert!(playlist.keys.iter().all(|set| !set.implicit_iv()));
    let broken = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n\
                  #EXTINF:6,\na\n#EXT-X-DISCONTINUITY\n#EXTINF:6,\nb\n";
    let playlist = try_ground(&parse(broken), LowLatency::Strip).unwrap();
    let second = playlist.str(&playlist.segments[1].lines).unwrap();
    assert!(
        second.starts_with("#EXT-X-DISCONTINUITY\n#EXT-X-KEY:"),
        "{second}"
    );
    let cut = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-ENDLIST\n#EXTINF:6,\na\n\
               #EXT-X-KEY:METHOD=AES-128,URI=\"k\"";
    let playlist = try_ground(&parse(cut), LowLatency::Strip).unwrap();
    let tail = playlist.str(&playlist.tail).unwrap();
    assert!(tail.ends_with("0001\n#EXT-X-ENDLIST\n"), "{tail}");
    let old = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n\
               #EXTINF:6,\na\n";
    let playlist = try_ground(&parse(old), LowLatency::Strip).unwrap();
    assert_eq!(playlist.version, 2);
}

#[test]
fn byte_ranges_say_where_they_begin() {
    let playlist = ground("vod");
    assert!(text(&playlist).contains("#EXT-X-BYTERANGE:6000@5720\n"));
}

#[test]
fn tags_about_the_playlist_leave_the_segments() {
    let playlist = ground("odd-order");
    assert!(playlist.strays.is_empty());
    let first = playlist.str(&playlist.segments[0].lines).unwrap();
    assert!(first.starts_with("#EXT-X-PROGRAM-DATE-TIME"), "{first}");
    let second = playlist.str(&playlist.segments[1].lines).unwrap();
    assert_eq!(
        second,
        "#EXT-X-DISCONTINUITY\n# a remark\n\
         #EXT-X-KEY:METHOD=AES-128,URI=\"https://o.example/live/ch1/k\",\
         IV=0x00000000000000000000000000000006\n#EXTINF:6,\nhttps://o.example/live/ch1/6.ts\n"
    );
    let own = playlist.after_discontinuity(&playlist.segments[1]);
    assert!(own.starts_with(b"# a remark\n"));
    assert_eq!(playlist.str(&playlist.tail), Some("#EXT-X-ENDLIST\n"));
    let delta = try_ground(&parse(corpus("delta")), LowLatency::Strip).unwrap_err();
    assert!(matches!(
        delta,
        PlaylistError::Tag {
            tag: "EXT-X-SKIP",
            ..
        }
    ));
}

#[test]
fn lines_end_as_everywhere_and_the_text_is_utf8() {
    let playlist = ground("mixed-ends");
    let text = text(&playlist);
    assert!(!text.replace("\r\n", "\n").contains('\r'), "{text:?}");
    assert!(text.contains("#EXTINF:6\nhttps://o.example/live/ch1/lone-cr.ts\n"));
    let playlist = ground("not-utf8");
    let text = self::text(&playlist);
    assert!(text.contains("#EXTINF:6,caf\u{FFFD}\nhttps://o.example/live/ch1/caf%E9%201.ts\n"));
    assert!(text.contains("URI=\"https://o.example/live/ch1/b%FF.mp4\""));
}

#[test]
fn low_latency_goes_and_hold_back_stays() {
    let playlist = ground("low-latency");
    let text = text(&playlist);
    assert!(
        text.contains("#EXT-X-SERVER-CONTROL:HOLD-BACK=12.0\n"),
        "{text}"
    );
    for gone in ["EXT-X-PART", "PRELOAD-HINT", "RENDITION-REPORT", "CAN-SKIP"] {
        assert!(!text.contains(gone), "{gone}");
    }
    assert_eq!(playlist.segments.len(), 3);
}

#[test]
fn keys_and_maps_are_said_again_in_the_order_that_scopes_them() {
    let playlist = ground("encrypted-map");
    let scope = |at: usize| {
        let mut out = Vec::new();
        playlist.write_scope(&playlist.segments[at], &mut out);
        let text = String::from_utf8(out).unwrap();
        let short = |line: &str| line.split(['"', ',']).nth(1).unwrap_or(line).to_owned();
        text.lines().map(short).collect::<Vec<_>>()
    };
    let clear = "https://o.example/live/ch1/clear-init.mp4";
    let locked = "https://o.example/live/ch1/locked-init.mp4";
    let key = "URI=";
    assert_eq!(scope(0), [clear, key]);
    assert_eq!(scope(1), [key, locked]);
    assert_eq!(scope(2), [key, locked, "#EXT-X-KEY:METHOD=NONE"]);
    let says: Vec<_> = playlist
        .segments
        .iter()
        .map(|segment| playlist.says_scope(segment))
        .collect();
    assert_eq!(says, [true, false, false]);
}

/// What a player would make of each segment.
fn meaning(playlist: &MediaPlaylist) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    let row = |segment: &crate::format::hls::Segment| {
        let keys = playlist.keys_of(segment).map_or(0, |set| set.keys.len());
        let map_keys = playlist.map_of(segment).map(|map| map.key > 0);
        let extinf = playlist.slice(&segment.extinf).to_vec();
        (
            (
                segment.duration,
                segment.msn,
                segment.dsn,
                segment.discontinuity,
                segment.gap,
            ),
            (segment.pdt, segment.byte_range, segment.bitrate),
            (keys, map_keys, extinf),
        )
    };
    playlist.segments.iter().map(row).collect()
}

/// Grounding means the same as before, and grounding again changes nothing.
fn settled(before: &MediaPlaylist, low_latency: LowLatency) -> Result<(), TestCaseError> {
    let Ok(after) = try_ground(before, low_latency) else {
        return Ok(());
    };
    prop_assert_eq!(meaning(before), meaning(&after));
    prop_assert_eq!(before.cues.len(), after.cues.len());
    prop_assert_eq!(before.ranges.len(), after.ranges.len());
    prop_assert_eq!(
        (
            before.target,
            before.first_msn,
            before.first_dsn,
            before.ended,
            before.kind
        ),
        (
            after.target,
            after.first_msn,
            after.first_dsn,
            after.ended,
            after.kind
        )
    );
    prop_assert!(after.strays.is_empty(), "{:?}", after.strays);
    let again = try_ground(&after, low_latency).unwrap();
    prop_assert_eq!(again.text(), after.text());
    Ok(())
}

#[test]
fn grounding_keeps_the_meaning_of_the_corpus() {
    for (name, text) in ALL {
        if !name.starts_with("multivariant") {
            settled(&parse(*text), LowLatency::Keep).unwrap();
            settled(&parse(*text), LowLatency::Strip).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// The same for lines of the corpus in any order.
    #[test]
    fn grounding_keeps_the_meaning_of_shuffled_lines(
        which in proptest::collection::vec(any::<proptest::sample::Index>(), 0..40),
    ) {
        let lines: Vec<&[u8]> = ALL
            .iter()
            .flat_map(|(_, text)| text.split_inclusive(|byte| *byte == b'\n'))
            .filter(|line| !line.starts_with(b"#EXT-X-SKIP"))
            .collect();
        let picked: Vec<&[u8]> = which.iter().map(|index| *index.get(&lines)).collect();
        let mut text = b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n".to_vec();
        text.extend(announced(&picked));
        if let Ok(playlist) = MediaPlaylist::parse(text.into(), &Limits::DEFAULT) {
            settled(&playlist, LowLatency::Keep)?;
            settled(&playlist, LowLatency::Strip)?;
        }
    }
}
