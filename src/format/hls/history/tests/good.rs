//! Good histories, with and without their origin, of which nothing is said.

use super::world::{Scope, World, alone, findings, told};
use crate::format::hls::history::{Mode, Queries, Rules};

fn check(world: &World, rules: Rules) {
    let history = world.history();
    let found = findings(rules.clone(), &history);
    assert!(found.is_empty(), "{}", told(&found));
    let found = findings(rules, &alone(history));
    assert!(found.is_empty(), "without the origin: {}", told(&found));
}

#[test]
fn a_stitched_channel_is_good() {
    check(&World::default(), Rules::default());
    let strict = Rules {
        counted: Some("//ads/".to_owned()),
        break_max: Some(30_000_000),
        ..Rules::default()
    };
    check(&World::default(), strict);
    let loose = Rules {
        queries: Queries::Ignored,
        slack: 500,
        ..Rules::default()
    };
    check(&World::default(), loose);
}

#[test]
fn a_channel_without_dates_is_good() {
    let world = World {
        dated: false,
        ..World::default()
    };
    check(&world, Rules::default());
}

#[test]
fn a_channel_without_breaks_is_good_in_both_modes() {
    let world = World {
        breaks: Vec::new(),
        ..World::default()
    };
    check(&world, Rules::default());
    let rules = Rules {
        mode: Mode::Insert,
        ..Rules::default()
    };
    check(&world, rules);
}

#[test]
fn ads_of_one_length_with_content_and_breaks_of_any_length_are_good() {
    for (unit, ad_unit, to) in [(6, 6, 13), (4, 4, 20), (4, 2, 14), (5, 5, 18)] {
        let world = World {
            unit,
            ad_unit,
            breaks: vec![(12, to)],
            ..World::default()
        };
        check(&world, Rules::default());
    }
}

/// Keys and a map of content that are undone for ads and restated after them.
pub(super) fn encrypted(scope: Scope) -> Vec<String> {
    let lines: &[&str] = match scope {
        Scope::Content => &[
            "#EXT-X-KEY:METHOD=AES-128,URI=\"http://keys/1\",IV=0x00000000000000000000000000000007",
            "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://1\",KEYFORMAT=\"com.apple.streamingkeydelivery\"",
            "#EXT-X-MAP:URI=\"http://origin/init.mp4\"",
        ],
        Scope::Ad => &[
            "#EXT-X-KEY:METHOD=NONE",
            "#EXT-X-MAP:URI=\"http://ads/init.mp4\"",
        ],
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn encrypted_content_around_clear_ads_is_good() {
    let world = World {
        scope: encrypted,
        ..World::default()
    };
    check(&world, Rules::default());
}

#[test]
fn unknown_lines_that_are_kept_are_good() {
    let world = World {
        extra: |number| {
            vec![
                format!("#EXT-X-STATION:{number}"),
                "# a comment".to_owned(),
                format!("#EXT-X-BITRATE:{}", 1000 + number),
            ]
        },
        breaks: Vec::new(),
        ..World::default()
    };
    check(&world, Rules::default());
}
