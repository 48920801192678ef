//! What the index says about each playlist of the corpus.

use bytes::Bytes;

use super::corpus::corpus;
use super::{parse, refused};
use crate::format::hls::{
    HeaderTag, KeySet, Limits, MediaPlaylist, PlaylistError, PlaylistType, Segment,
};
use crate::model::Micros;

/// Names and values of all segments in a line each, so that a table can be compared.
fn table(playlist: &MediaPlaylist, row: impl Fn(&Segment) -> String) -> Vec<String> {
    let line = |segment: &Segment| {
        let uri = playlist.str(&segment.uri).unwrap_or("?");
        format!("{uri} {}", row(segment))
    };
    playlist.segments.iter().map(line).collect()
}

#[test]
fn numbers_and_durations_of_a_live_playlist() {
    let playlist = parse(corpus("live"));
    assert_eq!((playlist.target, playlist.version), (6, 3));
    assert_eq!((playlist.first_msn, playlist.first_dsn), (4711, 3));
    assert!(!playlist.ended && playlist.kind.is_none());
    let rows = table(&playlist, |segment| {
        let text = playlist.str(&segment.extinf).unwrap();
        format!(
            "{} {} {} {text}",
            segment.msn, segment.dsn, segment.duration.0
        )
    });
    assert_eq!(
        rows,
        [
            "seg4711.ts 4711 3 6006000 6.006",
            "seg4712.ts 4712 3 6006000 6.006",
            "seg4713.ts 4713 4 5005333 5.005333",
            "seg4714.ts 4714 4 1000999 1.000999",
        ]
    );
    assert_eq!(playlist.duration(), Micros(18_018_332));
}

#[test]
fn dates_are_carried_on_and_counted_back() {
    let playlist = parse(corpus("dated"));
    let rows = table(&playlist, |segment| {
        let millis = segment.pdt.unwrap() / 1000 % 60_000;
        format!("{millis} {}", segment.pdt_written)
    });
    assert_eq!(
        rows,
        [
            "a.m4s 250 false",
            "b.m4s 6250 false",
            "c.m4s 12250 true",
            "d.m4s 18256 false",
            "e.m4s 30000 true",
        ]
    );
    assert!(
        parse(corpus("live"))
            .segments
            .iter()
            .all(|segment| segment.pdt.is_none())
    );
}

#[test]
fn byte_ranges_follow_one_another_and_titles_hold_commas() {
    let playlist = parse(corpus("vod"));
    assert!(playlist.ended && playlist.independent);
    assert_eq!(playlist.kind, Some(PlaylistType::Vod));
    assert_eq!(playlist.maps[0].byte_range, Some((720, 0)));
    let rows = table(&playlist, |segment| {
        format!(
            "{} {:?} {}",
            segment.duration, segment.byte_range, segment.map
        )
    });
    assert_eq!(
        rows,
        [
            "all.mp4 10 Some((5000, 720)) 1",
            "all.mp4 10 Some((6000, 5720)) 1",
            "all.mp4 2.5 Some((900, 20000)) 1",
            "tail.mp4 2.5 None 1",
        ]
    );
    let other = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n#EXT-X-BYTERANGE:5@1\na\n\
                 #EXTINF:1,\n#EXT-X-BYTERANGE:5\nb\n";
    let playlist = parse(other);
    assert_eq!(playlist.segments[1].byte_range, Some((5, 0)));
    assert_eq!(playlist.warnings[0].line, 8);
}

#[test]
fn keys_are_held_by_format_until_another_or_none() {
    let playlist = parse(corpus("keys"));
    let rows = table(&playlist, |segment| {
        let set = playlist.keys_of(segment);
        let uris = set.map_or(&[][..], |set| &set.keys).iter();
        let uris = uris.map(|key| playlist.str(key.uri.as_ref().unwrap()).unwrap());
        let implicit = set.is_some_and(KeySet::implicit_iv);
        format!("{} {implicit}", uris.collect::<Vec<_>>().join(" "))
    });
    assert_eq!(
        rows,
        [
            "clear.ts  false",
            "one.ts https://k.example/1?a=1,2 true",
            "two.ts https://k.example/1?a=1,2 true",
            "three.ts https://k.example/1?a=1,2 skd://three data:text/plain;base64,AAAA true",
            "four.ts skd://three data:text/plain;base64,AAAA k2 false",
            "five.ts  false",
        ]
    );
}

#[test]
fn a_map_keeps_the_keys_of_where_it_stands() {
    let playlist = parse(corpus("encrypted-map"));
    let keys: Vec<u32> = playlist.maps.iter().map(|map| map.key).collect();
    assert_eq!(keys, [0, 1]);
    let rows = table(&playlist, |segment| {
        format!("{} {}", segment.map, segment.key)
    });
    assert_eq!(rows, ["9.m4s 1 1", "10.m4s 2 1", "11.m4s 2 0"]);
}

#[test]
fn low_latency_tags_are_known_and_harmless() {
    let playlist = parse(corpus("low-latency"));
    assert_eq!(playlist.segments.len(), 3);
    assert_eq!(playlist.low_latency.len(), 7);
    assert_eq!(playlist.segments[2].msn, 268);
    assert!(playlist.warnings.is_empty(), "{:?}", playlist.warnings);
    let tail = playlist.str(&playlist.tail).unwrap();
    assert!(
        tail.starts_with("#EXT-X-PART:") && tail.ends_with("LAST-PART=0\n"),
        "{tail}"
    );
    let playlist = parse(corpus("delta"));
    assert_eq!((playlist.first_msn, playlist.skipped), (103, 3));
    assert_eq!(playlist.segments[0].msn, 103);
}

#[test]
fn every_date_range_is_found_also_after_the_last_segment() {
    let playlist = parse(corpus("ranges"));
    let rows: Vec<_> = playlist
        .ranges
        .iter()
        .map(|range| {
            let class = range
                .class
                .as_ref()
                .map(|class| playlist.str(class).unwrap());
            let length = range.duration.or(range.planned).map(|length| length.0);
            let id = playlist.str(&range.id).unwrap();
            (id, range.segment, class, length)
        })
        .collect();
    let interstitial = Some("com.apple.hls.interstitial");
    assert_eq!(
        rows,
        [
            ("pre", 0, interstitial, None),
            ("mid", 0, interstitial, Some(15_015_000)),
            ("open,end", 1, Some("chapter"), None),
            ("announced", 2, None, Some(30_000_000)),
        ]
    );
    assert!(playlist.ranges[2].end_on_next);
    assert!(playlist.cues.is_empty());
}

#[test]
fn gaps_and_bit_rates_are_those_in_force() {
    let playlist = parse(corpus("gaps"));
    let rows = table(&playlist, |segment| {
        format!("{} {:?}", segment.gap, segment.bitrate)
    });
    assert_eq!(
        rows,
        [
            "7.ts false Some(1200)",
            "8.ts true Some(1200)",
            "9.ts false Some(1500)",
            "10.ts false None",
        ]
    );
    assert!(parse(corpus("iframes")).iframes_only);
}

#[test]
fn the_header_is_what_no_segment_owns() {
    let playlist = parse(corpus("odd-order"));
    let header = playlist.str(&playlist.header).unwrap();
    assert!(header.ends_with("#EXT-X-MEDIA-SEQUENCE:5\n"), "{header}");
    let strays: Vec<_> = playlist
        .strays
        .iter()
        .map(|line| playlist.str(line).unwrap())
        .collect();
    assert_eq!(
        strays,
        [
            "#EXT-X-INDEPENDENT-SEGMENTS\n",
            "#EXT-X-TARGETDURATION:6\n",
            "#EXT-X-ENDLIST\n",
            "#EXT-X-VERSION:4\n",
        ]
    );
    assert_eq!(
        (playlist.version, playlist.target, playlist.segments.len()),
        (4, 6, 3)
    );
    assert_eq!(playlist.segments[2].msn, 7);
    let kept = playlist.header_without(&[HeaderTag::Start, HeaderTag::MediaSequence]);
    assert_eq!(kept, b"\n# made by hand\n#EXT-X-UNHEARD-OF:YES\n");
}

#[test]
fn lines_end_in_any_way_and_blanks_do_not_count() {
    let playlist = parse(corpus("mixed-ends"));
    let rows = table(&playlist, |segment| segment.duration.to_string());
    assert_eq!(rows, ["a b.ts 6.5", "lone-cr.ts 6", "last.ts 0"]);
    let marked = parse(corpus("byte-order-mark"));
    assert_eq!(marked.segments.len(), 4);
    assert_eq!(marked.first_msn, 4711);
    let foreign = parse(corpus("not-utf8"));
    assert_eq!(foreign.slice(&foreign.segments[0].uri), b"caf\xe9 1.ts");
    assert_eq!(foreign.str(&foreign.segments[0].uri), None);
}

#[test]
fn an_open_quote_harms_its_own_line_alone() {
    let playlist = parse(corpus("open-quotes"));
    assert_eq!(playlist.segments.len(), 3);
    assert!(playlist.keys.is_empty() && playlist.maps.is_empty());
    let lines: Vec<u32> = playlist
        .warnings
        .iter()
        .map(|warning| warning.line)
        .collect();
    assert_eq!(lines, [5, 8, 11]);
}

#[test]
fn what_numbers_and_times_rest_on_must_be_readable() {
    let head = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n";
    let tag = |line, tag, fault| PlaylistError::Tag { line, tag, fault };
    let cases = [
        (String::new(), PlaylistError::NotAPlaylist),
        ("#EXTM3U8\n".to_owned(), PlaylistError::NotAPlaylist),
        ("\n#EXTM3U\n".to_owned(), PlaylistError::NotAPlaylist),
        (
            "#EXTM3U\n#EXTINF:6,\na\n".to_owned(),
            PlaylistError::Missing {
                tag: "EXT-X-TARGETDURATION",
            },
        ),
        (
            format!("{head}#EXTINF:6,\na\nb\n"),
            tag(5, "EXTINF", "is missing before this address"),
        ),
        (
            format!("{head}#EXT-X-STREAM-INF:BANDWIDTH=1\na\n"),
            PlaylistError::Multivariant { line: 3 },
        ),
        (
            format!("{head}#EXTINF:six,\na\n"),
            tag(3, "EXTINF", "is not a number of seconds"),
        ),
        (
            format!("{head}#EXTINF:-1,\na\n"),
            tag(3, "EXTINF", "is not a number of seconds"),
        ),
        (
            format!("{head}#EXTINF:6.0s,\na\n"),
            tag(
                3,
                "EXTINF",
                "has something other than a comma after its duration",
            ),
        ),
        (
            format!("{head}#EXTINF:6,\na\n#EXT-X-MEDIA-SEQUENCE:9\n"),
            tag(5, "EXT-X-MEDIA-SEQUENCE", "stands after the first segment"),
        ),
        (
            format!("{head}#EXT-X-MEDIA-SEQUENCE:x\n"),
            tag(3, "EXT-X-MEDIA-SEQUENCE", "is not a number"),
        ),
        (
            format!("{head}#EXT-X-DISCONTINUITY-SEQUENCE:\n"),
            tag(3, "EXT-X-DISCONTINUITY-SEQUENCE", "is not a number"),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(refused(&text), expected, "{text}");
    }
}

#[test]
fn limits_are_kept_and_named() {
    let limits = Limits {
        bytes: 200,
        segments: 2,
        line_bytes: 60,
        attributes: 3,
        marks: 2,
    };
    let head = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n";
    let check = |body: &str, line, what, most| {
        let text = Bytes::from(format!("{head}{body}"));
        let error = MediaPlaylist::parse(text, &limits).unwrap_err();
        assert_eq!(error, PlaylistError::Limit { line, what, most }, "{body}");
    };
    check(&"#\n".repeat(100), 1, "bytes", 200);
    check(&"#EXTINF:1,\na\n".repeat(3), 8, "segments", 2);
    check(
        &format!("#{}\n", "x".repeat(60)),
        3,
        "bytes in one line",
        60,
    );
    check("#EXT-X-KEY:A=1,B=2,C=3,D=4\n", 3, "attributes", 3);
    check(&"#EXT-X-DISCONTINUITY\n".repeat(3), 5, "discontinuities", 2);
    check(&"#EXT-X-CUE-IN\n".repeat(3), 5, "markers of breaks", 2);
    check(
        &"#EXT-X-DATERANGE:ID=\"a\"\n".repeat(3),
        5,
        "date ranges",
        2,
    );
    check(&"#EXT-X-PART:A=1\n".repeat(3), 5, "low-latency tags", 2);
    let formats = (0..17).map(|n| format!("#EXT-X-KEY:METHOD=AES-128,KEYFORMAT=\"{n}\"\n"));
    let text = Bytes::from(format!("{head}{}", formats.collect::<String>()));
    let error = MediaPlaylist::parse(text, &Limits::DEFAULT).unwrap_err();
    assert!(
        matches!(
            error,
            PlaylistError::Limit {
                line: 19,
                most: 16,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn discontinuities_count_each_and_the_sequence_may_follow_them() {
    let text = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-DISCONTINUITY\n\
                #EXT-X-DISCONTINUITY-SEQUENCE:7\n#EXTINF:6,\na\n#EXT-X-DISCONTINUITY\n\
                #EXT-X-DISCONTINUITY\n#EXTINF:6,\nb\n#EXT-X-DISCONTINUITY\n";
    let playlist = parse(text);
    let numbers: Vec<u64> = playlist
        .segments
        .iter()
        .map(|segment| segment.dsn)
        .collect();
    assert_eq!((playlist.first_dsn, numbers), (7, vec![8, 10]));
    assert_eq!(playlist.discontinuities.len(), 4);
}
