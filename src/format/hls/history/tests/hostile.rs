//! Whatever is fed to the checker, it answers.

use proptest::prelude::*;

use super::world::{Seen, findings};
use crate::format::hls::history::{Mode, Queries, Rules, asset_lists, renditions};

/// Lines that mean something, and numbers that are too large for anything.
fn line() -> impl Strategy<Value = String> {
    let tags = prop::sample::select(vec![
        "#EXTM3U",
        "#EXT-X-VERSION:",
        "#EXT-X-TARGETDURATION:",
        "#EXT-X-MEDIA-SEQUENCE:",
        "#EXT-X-DISCONTINUITY-SEQUENCE:",
        "#EXT-X-DISCONTINUITY",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-ENDLIST",
        "#EXTINF:",
        "#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0x",
        "#EXT-X-KEY:METHOD=NONE",
        "#EXT-X-MAP:URI=\"m\",BYTERANGE=",
        "#EXT-X-BYTERANGE:",
        "#EXT-X-BITRATE:",
        "#EXT-X-GAP",
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-20T12:00:",
        "#EXT-X-PROGRAM-DATE-TIME:-009998-01-01T00:00:00Z",
        "#EXT-X-PROGRAM-DATE-TIME:9999-01-01T00:00:00Z",
        "#EXT-X-DATERANGE:ID=\"a\",CLASS=\"com.apple.hls.interstitial\",X-ASSET-LIST=\"l\",DURATION=",
        "#EXT-X-DATERANGE:ID=\"b\",START-DATE=\"9999-01-01T00:00:00Z\",DURATION=",
        "#EXT-X-DEFINE:NAME=\"n\",VALUE=",
        "#EXT-X-CUE-OUT:",
        "#EXT-X-CUE-IN",
        "#{$n}",
        "{$n}",
        "a.ts",
        "http://origin/b.m4s",
        "",
    ]);
    let rest = prop_oneof![
        Just(String::new()),
        (0_u64..20).prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        Just("99999999999999999999999999".to_owned()),
        Just("0.000001".to_owned()),
        ".{0,12}",
    ];
    (tags, rest).prop_map(|(tag, rest)| format!("{tag}{rest}"))
}

fn playlist() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..25).prop_map(|lines| {
        let head = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n";
        format!("{head}{}\n", lines.join("\n"))
    })
}

proptest! {
    #[test]
    fn no_history_is_too_strange(
        texts in prop::collection::vec((playlist(), any::<bool>(), any::<bool>(), 0_i64..1_000_000), 1..8),
        strict in any::<bool>(),
    ) {
        let seen: Vec<Seen> = texts
            .into_iter()
            .map(|(text, is_origin, is_video, second)| Seen {
                second,
                session: if is_origin { "" } else { "s1" },
                rendition: if is_video { "v0" } else { "a0" },
                text,
            })
            .collect();
        let rules = if strict {
            Rules {
                mode: Mode::Insert,
                queries: Queries::Ignored,
                counted: Some(String::new()),
                break_max: Some(u64::MAX),
                slack: u64::MAX,
            }
        } else {
            Rules::default()
        };
        for finding in findings(rules, &seen) {
            prop_assert!(!finding.to_string().is_empty());
        }
        for one in &seen {
            let _listed = renditions(&one.text, "http://origin/index.m3u8");
            let _asked = asset_lists(&one.text, "http://origin/v0.m3u8");
        }
    }
}
