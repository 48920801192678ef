//! A second opinion: `m3u8_rs`, on the inputs it reads faithfully.

use proptest::prelude::*;

use super::parse;

/// One segment of a generated playlist within what both readers understand: no title with a
/// comma, no blank before a duration, one key at a time, no METHOD=NONE.
fn segment() -> impl Strategy<Value = String> {
    let duration = prop_oneof![
        (0..20_u32).prop_map(|seconds| seconds.to_string()),
        (0..20_u32, 0..1_000_000_u32).prop_map(|(whole, micros)| format!("{whole}.{micros:06}")),
    ];
    let tags = proptest::collection::vec(
        prop_oneof![
            Just("#EXT-X-DISCONTINUITY\n".to_owned()),
            Just("#EXT-X-MAP:URI=\"init.mp4\"\n".to_owned()),
            Just("#EXT-X-KEY:METHOD=AES-128,URI=\"key\"\n".to_owned()),
            (0..60_u32).prop_map(|second| format!(
                "#EXT-X-PROGRAM-DATE-TIME:2026-11-20T12:00:{second:02}.250Z\n"
            )),
            (1..1000_u32, 0..1000_u32)
                .prop_map(|(length, at)| format!("#EXT-X-BYTERANGE:{length}@{at}\n")),
        ],
        0..3,
    );
    (
        tags,
        duration,
        "[a-z0-9]{1,8}(/[a-z0-9]{1,4})?\\.ts(\\?[a-z]=[0-9]{1,3})?",
    )
        .prop_map(|(mut tags, duration, uri)| {
            tags.sort();
            tags.dedup_by_key(|tag| tag.split(':').next().unwrap_or_default().to_owned());
            format!("{}#EXTINF:{duration},\n{uri}\n", tags.concat())
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn another_reader_agrees_on_its_subset(
        segments in proptest::collection::vec(segment(), 0..20),
        msn in 0..1_u64 << 40,
        dsn in 0..1000_u64,
        ended in any::<bool>(),
    ) {
        let mut text = format!(
            "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:20\n#EXT-X-MEDIA-SEQUENCE:{msn}\n\
             #EXT-X-DISCONTINUITY-SEQUENCE:{dsn}\n{}",
            segments.concat(),
        );
        if ended {
            text.push_str("#EXT-X-ENDLIST\n");
        }
        let ours = parse(text.clone());
        let theirs = m3u8_rs::parse_media_playlist_res(text.as_bytes()).unwrap();
        prop_assert_eq!(ours.segments.len(), theirs.segments.len());
        prop_assert_eq!(ours.first_msn, theirs.media_sequence);
        prop_assert_eq!(ours.first_dsn, theirs.discontinuity_sequence);
        prop_assert_eq!(u64::from(ours.target), theirs.target_duration);
        prop_assert_eq!(ours.ended, theirs.end_list);
        let mut count = dsn;
        let mut keyed = false;
        for (our, their) in ours.segments.iter().zip(&theirs.segments) {
            prop_assert_eq!(ours.str(&our.uri), Some(their.uri.as_str()));
            let text = our.duration.to_string();
            prop_assert_eq!(text.parse(), Ok(their.duration));
            prop_assert_eq!(our.discontinuity, their.discontinuity);
            count += u64::from(their.discontinuity);
            prop_assert_eq!(our.dsn, count);
            keyed |= their.key.is_some();
            prop_assert_eq!(our.key > 0, keyed);
            let range = their.byte_range.as_ref().map(|range| (range.length, range.offset));
            prop_assert_eq!(our.byte_range.map(|(length, at)| (length, Some(at))), range);
            let date = their.program_date_time.map(|date| date.timestamp_micros());
            prop_assert_eq!(our.pdt.filter(|_| our.pdt_written), date);
        }
    }
}
