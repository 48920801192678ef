//! For each invariant a history that breaks it and, as far as possible, nothing else.

use super::good::encrypted;
use super::world::{EPOCH, Scope, Seen, World, alone, findings, numbers, told};
use crate::format::hls::history::{Mode, Queries, Rules};
use crate::model::Timestamp;

/// Spoils playlists of a session and compares the numbers of what is found.
fn check(world: &World, rules: Rules, expected: &[u8], spoil: impl Fn(&mut Seen)) {
    let mut history = world.history();
    for one in history.iter_mut().filter(|one| one.session == "s1") {
        spoil(one);
    }
    let found = findings(rules, &history);
    let told = told(&found);
    assert_eq!(numbers(&found), expected, "{told}");
}

/// What follows from a fault may be told too; the fault itself is told first.
fn check_includes(world: &World, expected: &[u8], spoil: impl Fn(&mut Seen)) {
    let mut history = world.history();
    for one in history.iter_mut().filter(|one| one.session == "s1") {
        spoil(one);
    }
    let found = findings(Rules::default(), &history);
    let told = told(&found);
    let found = numbers(&found);
    assert!(
        expected.iter().all(|number| found.contains(number)),
        "{told}"
    );
}

fn check_default(expected: &[u8], spoil: impl Fn(&mut Seen)) {
    check(&World::default(), Rules::default(), expected, spoil);
}

/// The first line of a text that starts with this.
fn line(text: &str, start: &str) -> String {
    let mut lines = text.lines().filter(|line| line.starts_with(start));
    lines
        .next()
        .map_or_else(String::new, |line| format!("{line}\n"))
}

fn number(text: &str, tag: &str) -> u64 {
    let line = line(text, tag);
    line.trim().rsplit(':').next().unwrap().parse().unwrap()
}

const MSN: &str = "#EXT-X-MEDIA-SEQUENCE";
const DSN: &str = "#EXT-X-DISCONTINUITY-SEQUENCE";

#[test]
fn a_number_that_names_another_segment_is_found() {
    check_default(&[1], |one| {
        if one.second == 180 {
            one.text = one.text.replace("ad0/v0/1.m4s", "ad0/v0/0b.m4s");
        }
    });
    check_default(&[1], |one| {
        if one.second == 90 && one.rendition == "v0" {
            one.text = one.text.replace("#EXTINF:6.000,", "#EXTINF:6.00,");
        }
    });
}

#[test]
fn a_sequence_that_falls_is_found() {
    check_includes(&World::default(), &[1], |one| {
        if one.second == 90 && one.rendition == "v1" {
            let msn = number(&one.text, MSN);
            one.text = one
                .text
                .replace(&format!("{MSN}:{msn}\n"), &format!("{MSN}:{}\n", msn - 4));
        }
    });
}

#[test]
fn a_sequence_that_miscounts_is_found() {
    check_includes(&World::default(), &[1, 2], |one| {
        if one.second >= 90 && one.rendition == "v0" {
            let msn = number(&one.text, MSN);
            one.text = one
                .text
                .replace(&format!("{MSN}:{msn}\n"), &format!("{MSN}:{}\n", msn + 1));
        }
    });
}

#[test]
fn a_discontinuity_sequence_that_stands_still_is_found() {
    check_includes(&World::default(), &[1, 3, 4], |one| {
        if one.rendition == "v0" {
            let dsn = number(&one.text, DSN);
            one.text = one.text.replace(
                &format!("{DSN}:{dsn}\n"),
                &format!("{DSN}:{}\n", dsn.min(2)),
            );
        }
    });
    let world = World {
        renditions: vec!["v0"],
        rounds: 17,
        ..World::default()
    };
    check(&world, Rules::default(), &[3], |one| {
        one.text = one.text.replace(&line(&one.text, DSN), "");
    });
}

#[test]
fn renditions_that_count_apart_are_found() {
    for dated in [true, false] {
        let world = World {
            dated,
            ..World::default()
        };
        check(&world, Rules::default(), &[4], |one| {
            if one.rendition == "a0" {
                let dsn = number(&one.text, DSN);
                one.text = one
                    .text
                    .replace(&format!("{DSN}:{dsn}\n"), &format!("{DSN}:{}\n", dsn + 7));
            }
        });
    }
}

#[test]
fn a_splice_without_its_mark_is_found() {
    check_default(&[5], |one| {
        // The discontinuity of the second creative of each break, gone everywhere.
        let gone = |text: &str, from: &str| {
            let lines: Vec<&str> = text.lines().collect();
            let mut kept = Vec::new();
            for (index, line) in lines.iter().enumerate() {
                let ahead = lines
                    .iter()
                    .skip(index)
                    .take(5)
                    .find(|line| line.starts_with("http"));
                let is_second = ahead.is_some_and(|uri| uri.contains(from));
                if *line != "#EXT-X-DISCONTINUITY" || !is_second {
                    kept.push(*line);
                }
            }
            kept.join("\n") + "\n"
        };
        let msn = number(&one.text, DSN);
        // Those that rolled off are not counted any more either.
        let fewer = msn - (msn + 1) / 3;
        one.text = one
            .text
            .replace(&format!("{DSN}:{msn}\n"), &format!("{DSN}:{fewer}\n"));
        one.text = gone(&one.text, "/ad1/");
    });
}

#[test]
fn a_type_of_what_slides_and_a_change_after_the_end_are_found() {
    check_default(&[6], |one| {
        one.text = one
            .text
            .replace(MSN, &format!("#EXT-X-PLAYLIST-TYPE:EVENT\n{MSN}"));
    });
    let world = World {
        rounds: 10,
        window: 9,
        breaks: Vec::new(),
        renditions: vec!["v0"],
        ..World::default()
    };
    let mut history = world.history();
    for one in &mut history {
        one.text.push_str("#EXT-X-ENDLIST\n");
    }
    let mut again = history.clone();
    history.append(&mut again);
    assert!(findings(Rules::default(), &history).is_empty());
    history.last_mut().unwrap().text.push_str("# changed\n");
    assert_eq!(numbers(&findings(Rules::default(), &history)), [6, 31]);
}

#[test]
fn a_target_that_does_not_hold_is_found() {
    // Below version 6 the exact duration counts, above it the rounded one.
    let long = |one: &mut Seen| {
        one.text = one
            .text
            .replace("#EXTINF:5.000,", "#EXTINF:5.100,")
            .replace("TARGETDURATION:6", "TARGETDURATION:5");
        one.text = one.text.replace("#EXTINF:6.000,", "#EXTINF:5.000,");
    };
    let world = World {
        version: 5,
        renditions: vec!["v0"],
        ..World::default()
    };
    let mut history = alone(world.history());
    history.iter_mut().for_each(long);
    assert!(numbers(&findings(Rules::default(), &history)).contains(&7));
    let world = World {
        renditions: vec!["v0"],
        ..World::default()
    };
    let mut history = alone(world.history());
    history.iter_mut().for_each(long);
    assert!(!numbers(&findings(Rules::default(), &history)).contains(&7));
    check_default(&[7], |one| {
        if one.rendition == "a0" {
            one.text = one.text.replace("TARGETDURATION:6", "TARGETDURATION:7");
        }
    });
    check_default(&[7], |one| {
        if one.second >= 120 {
            one.text = one.text.replace("TARGETDURATION:6", "TARGETDURATION:7");
        }
    });
}

#[test]
fn a_window_that_is_short_or_stands_still_is_found() {
    let world = World {
        window: 2,
        ..World::default()
    };
    let found = findings(Rules::default(), &alone(world.history()));
    assert_eq!(numbers(&found), [8]);
    let mut history = World::default().history();
    let stuck: Vec<Seen> = history
        .iter()
        .filter(|one| one.session == "s1" && one.second == 120)
        .cloned()
        .collect();
    for one in &mut history {
        if one.session == "s1" && (121..=150).contains(&one.second) {
            let before = stuck.iter().find(|other| other.rendition == one.rendition);
            one.text.clone_from(&before.unwrap().text);
        }
    }
    assert_eq!(numbers(&findings(Rules::default(), &history)), [8]);
    assert_eq!(numbers(&findings(Rules::default(), &alone(history))), [8]);
}

#[test]
fn what_replaces_less_or_more_than_a_second_is_found() {
    // Ads of 20 s in a break of 30 s.
    let world = World {
        ad_unit: 4,
        breaks: vec![(12, 17)],
        ..World::default()
    };
    check(&world, Rules::default(), &[10], |_| {});
    let world = World {
        ad_unit: 5,
        breaks: vec![(12, 17), (27, 32)],
        ..World::default()
    };
    check_includes(&world, &[10], |one| {
        // One ad segment of a break is left out.
        if one.text.contains("/4.m4s") {
            one.text = one
                .text
                .replace("#EXTINF:5.000,\nhttp://ads/b27/ad1/v0/4.m4s\n", "");
        }
    });
}

#[test]
fn content_that_is_lost_or_out_of_order_is_found() {
    let rules = Rules {
        mode: Mode::Insert,
        ..Rules::default()
    };
    check(&World::default(), rules, &[11], |_| {});
    let world = World {
        breaks: Vec::new(),
        renditions: vec!["v0"],
        ..World::default()
    };
    check_includes(&world, &[5, 11], |one| {
        one.text = one.text.replace("seg21.m4s", "seg19.m4s");
    });
}

#[test]
fn durations_that_are_printed_anew_are_found() {
    check_default(&[12], |one| {
        one.text = one.text.replace("#EXTINF:6.000,", "#EXTINF:6,");
    });
}

#[test]
fn dates_that_are_missing_at_a_splice_or_go_back_are_found() {
    check_default(&[13], |one| {
        let mut lines: Vec<&str> = one.text.lines().collect();
        let dated = lines.windows(2).position(|pair| {
            matches!(pair, [split, date] if *split == "#EXT-X-DISCONTINUITY"
                && date.starts_with("#EXT-X-PROGRAM"))
        });
        // Only where ads are on time, so that the date carried on is the same.
        if let Some(index) = dated {
            lines.remove(index + 1);
        }
        one.text = lines.join("\n") + "\n";
    });
    check_default(&[13, 14], |one| {
        let shown = Timestamp::from_millis(EPOCH + 120_000);
        let moved = Timestamp::from_millis(EPOCH + 119_000 - 500);
        if one.rendition == "v0" && one.second > 130 {
            one.text = one.text.replace(&shown.to_string(), &moved.to_string());
        }
    });
    // Content with its date moved by the ads before it.
    check_default(&[13], |one| {
        let shown = Timestamp::from_millis(EPOCH + 216_000);
        let moved = Timestamp::from_millis(EPOCH + 216_500);
        one.text = one.text.replace(&shown.to_string(), &moved.to_string());
    });
}

#[test]
fn dates_of_some_renditions_or_that_move_are_found() {
    check_default(&[14], |one| {
        if one.rendition == "a0" {
            let lines = one.text.lines().filter(|line| !line.contains("PROGRAM"));
            one.text = lines.collect::<Vec<_>>().join("\n") + "\n";
        }
    });
    let mut history = alone(World::default().history());
    for one in &mut history {
        // Invented anew on each reload.
        let lines: Vec<String> = one.text.lines().map(ToOwned::to_owned).collect();
        let mut first = EPOCH + one.second * 1000 - 48_000 + one.second;
        let mut text = String::new();
        for line in lines {
            if line.starts_with("#EXT-X-PROGRAM") {
                continue;
            }
            if line.starts_with("#EXTINF:") {
                let date = Timestamp::from_millis(first);
                text.extend(["#EXT-X-PROGRAM-DATE-TIME:", &date.to_string(), "\n"]);
                first += if line.contains(":6") { 6000 } else { 5000 };
            }
            text.push_str(&line);
            text.push('\n');
        }
        one.text = text;
    }
    assert!(numbers(&findings(Rules::default(), &history)).contains(&14));
}

#[test]
fn tags_of_a_splice_in_the_wrong_order_or_not_undone_are_found() {
    let swapped = World {
        scope: |scope| {
            let mut lines = encrypted(scope);
            lines.reverse();
            lines
        },
        ..World::default()
    };
    check(&swapped, Rules::default(), &[17], |_| {});
    // The key of content stays over the ads.
    let world = World {
        scope: encrypted,
        ..World::default()
    };
    let mut history = world.history();
    for one in history.iter_mut().filter(|one| one.session == "s1") {
        one.text = one.text.replace("#EXT-X-KEY:METHOD=NONE\n", "");
    }
    assert!(numbers(&findings(Rules::default(), &history)).contains(&17));
    // A transport stream cannot follow a map.
    check(&world, Rules::default(), &[17], |one| {
        let lines = one.text.lines().map(|line| {
            if line.contains("//ads/b") {
                line.replace(".m4s", ".ts")
            } else {
                line.to_owned()
            }
        });
        one.text = lines.collect::<Vec<_>>().join("\n") + "\n";
    });
}

#[test]
fn keys_and_maps_that_are_not_restated_are_found() {
    let world = World {
        scope: encrypted,
        ..World::default()
    };
    check(&world, Rules::default(), &[18], |one| {
        if (156..=204).contains(&one.second) {
            let map = "#EXT-X-MAP:URI=\"http://origin/init.mp4\"\n";
            one.text = one.text.replacen(map, "", 1);
        }
    });
    // Alone it is seen by what was in force before.
    let mut history = alone(world.history());
    for one in history
        .iter_mut()
        .filter(|one| (156..=204).contains(&one.second))
    {
        let map = "#EXT-X-MAP:URI=\"http://origin/init.mp4\"\n";
        one.text = one.text.replacen(map, "", 1);
    }
    assert_eq!(numbers(&findings(Rules::default(), &history)), [18]);
}

#[test]
fn an_implicit_vector_under_another_number_is_found() {
    let counted = |scope| match scope {
        Scope::Content => vec!["#EXT-X-KEY:METHOD=AES-128,URI=\"http://keys/1\"".to_owned()],
        Scope::Ad => vec!["#EXT-X-KEY:METHOD=NONE".to_owned()],
    };
    let world = World {
        scope: counted,
        ..World::default()
    };
    check(&world, Rules::default(), &[19], |_| {});
    // With ads as many as what they replace, the numbers are the same.
    let world = World {
        scope: counted,
        ad_unit: 6,
        ..World::default()
    };
    check(&world, Rules::default(), &[], |_| {});
}

#[test]
fn an_open_range_that_follows_nothing_is_found() {
    let first = "#EXT-X-BYTERANGE:10@0\n#EXTINF:6,\nhttp://a/1.m4s\n";
    let next = "#EXT-X-BYTERANGE:10\n#EXTINF:6,\nhttp://a/1.m4s\n";
    let other = "#EXTINF:6,\nhttp://ads/1.m4s\n";
    for (segments, expected) in [
        ([first, next, next], &[][..]),
        ([next, next, next], &[20]),
        ([first, other, next], &[20]),
    ] {
        let segments = segments.concat();
        let one = Seen {
            second: 0,
            session: "s1",
            rendition: "v0",
            text: format!("#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:6\n{segments}"),
        };
        let found = findings(Rules::default(), &[one]);
        assert_eq!(numbers(&found), expected, "{segments}");
    }
}

#[test]
fn a_bit_rate_or_gap_of_another_is_found() {
    let world = World {
        extra: |number| {
            let mut lines = vec![format!("#EXT-X-BITRATE:{}", 1000 + number)];
            if number == 20 {
                lines.push("#EXT-X-GAP".to_owned());
            }
            lines
        },
        ..World::default()
    };
    // Ads stand under the bit rate of the content before.
    check(&world, Rules::default(), &[21], |_| {});
    let world = World {
        breaks: Vec::new(),
        ..world
    };
    check(&world, Rules::default(), &[21], |one| {
        one.text = one.text.replace("#EXT-X-GAP\n", "");
    });
    check(&world, Rules::default(), &[21], |one| {
        one.text = one.text.replace("BITRATE:1021", "BITRATE:2");
    });
}

#[test]
fn addresses_that_mean_something_else_are_found() {
    let mut history = World {
        breaks: Vec::new(),
        renditions: vec!["v0"],
        ..World::default()
    }
    .history();
    for one in &mut history {
        one.text = one.text.replace("http://origin/v0/", "");
    }
    let found = numbers(&findings(Rules::default(), &history));
    assert!(found.contains(&22), "{found:?}");
    check_default(&[22], |one| {
        one.text = one
            .text
            .replace(MSN, &format!("#EXT-X-STATION:{{$name}}\n{MSN}"));
    });
    let world = World {
        version: 11,
        ..World::default()
    };
    for (define, expected) in [
        ("NAME=\"name\",VALUE=\"x\"", &[][..]),
        ("QUERYPARAM=\"u\"", &[]),
        ("QUERYPARAM=\"missing\"", &[22]),
        ("IMPORT=\"missing\"", &[22]),
    ] {
        check(&world, Rules::default(), expected, |one| {
            let lines = format!("#EXT-X-DEFINE:{define}\n#EXT-X-STATION:{{${}}}\n{MSN}", "x");
            let name = if define.starts_with("NAME") {
                "name"
            } else {
                define.split('"').nth(1).unwrap()
            };
            one.text = one
                .text
                .replace(MSN, &lines.replace("{$x}", &format!("{{${name}}}")));
        });
    }
}

#[test]
fn a_version_that_is_too_low_is_found() {
    for (line, needed) in [
        ("#EXT-X-KEY:METHOD=AES-128,URI=\"http://k\",IV=0x1", 2),
        ("#EXT-X-BYTERANGE:1@0", 4),
        ("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"http://k\"", 5),
        ("#EXT-X-MAP:URI=\"http://m\"", 6),
        ("#EXT-X-DEFINE:NAME=\"a\",VALUE=\"b\"", 8),
        ("#EXT-X-DEFINE:QUERYPARAM=\"u\"", 11),
    ] {
        for version in [needed - 1, needed] {
            let text = format!(
                "#EXTM3U\n#EXT-X-VERSION:{version}\n#EXT-X-TARGETDURATION:6\n{line}\n#EXTINF:6,\nhttp://a/1.m4s\n"
            );
            let one = Seen {
                second: 0,
                session: "s1",
                rendition: "v0",
                text,
            };
            let expected: &[u8] = if version < needed { &[23] } else { &[] };
            assert_eq!(
                numbers(&findings(Rules::default(), &[one])),
                expected,
                "{line}"
            );
        }
    }
    check_default(&[23], |one| {
        one.text = one.text.replace("#EXT-X-VERSION:6", "#EXT-X-VERSION:4");
    });
}

#[test]
fn what_stands_twice_and_a_wrong_end_are_found() {
    check_default(&[24], |one| {
        one.text = one.text.replace(MSN, &format!("#EXT-X-VERSION:6\n{MSN}"));
    });
    check_default(&[24], |one| {
        if one.second == 240 {
            one.text.push_str("#EXT-X-ENDLIST\n");
        }
    });
    check_default(&[24], |one| {
        one.text = format!("<html>{}", one.text);
    });
}

#[test]
fn unknown_lines_that_are_lost_are_found() {
    let world = World {
        extra: |number| vec![format!("#EXT-X-STATION:{number}"), "# comment".to_owned()],
        ..World::default()
    };
    check(&world, Rules::default(), &[], |_| {});
    check(&world, Rules::default(), &[25], |one| {
        one.text = one.text.replace("#EXT-X-STATION:21\n", "");
    });
    check(&world, Rules::default(), &[25], |one| {
        one.text = one.text.replace(
            "#EXT-X-STATION:21\n# comment\n",
            "# comment\n#EXT-X-STATION:21\n",
        );
    });
}

#[test]
fn splices_at_other_places_are_found() {
    let early = World {
        renditions: vec!["v0"],
        breaks: vec![(12, 17), (25, 30)],
        ..World::default()
    };
    let late = World {
        renditions: vec!["a0"],
        breaks: vec![(12, 17), (28, 33)],
        ..World::default()
    };
    let mut history = early.history();
    history.append(&mut late.history());
    history.sort_by_key(|one| one.second);
    let found = numbers(&findings(Rules::default(), &history));
    assert!(found.contains(&26), "{found:?}");
}

#[test]
fn a_break_beyond_its_cue_or_bound_is_found() {
    let rules = Rules {
        break_max: Some(20_000_000),
        ..Rules::default()
    };
    check(&World::default(), rules, &[30], |_| {});
    // The cue to return stands three segments before the content that is shown.
    let mut history = World::default().history();
    for one in history.iter_mut().filter(|one| one.session.is_empty()) {
        one.text = one.text.replace("#EXT-X-CUE-IN\n", "");
        for rendition in ["v0", "v1", "a0"] {
            let uri = format!("#EXTINF:6.000,\nhttp://origin/{rendition}/seg14.m4s");
            one.text = one.text.replace(&uri, &format!("#EXT-X-CUE-IN\n{uri}"));
        }
    }
    let found = findings(Rules::default(), &history);
    assert_eq!(numbers(&found), [30]);
}

#[test]
fn a_window_told_in_two_ways_is_found() {
    let mut history = alone(World::default().history());
    let mut twice: Vec<Seen> = history
        .iter()
        .filter(|one| one.second == 90 && one.is("s1", "v0"))
        .cloned()
        .collect();
    for one in &mut twice {
        one.text = one
            .text
            .replace("TARGETDURATION:6\n", "TARGETDURATION:6\n# copy 2\n");
    }
    let at = history.iter().position(|one| one.second == 96).unwrap();
    history.splice(at..at, twice);
    assert_eq!(numbers(&findings(Rules::default(), &history)), [31]);
    let rules = Rules {
        queries: Queries::Ignored,
        ..Rules::default()
    };
    assert!(findings(rules, &history).is_empty());
}

#[test]
fn ads_of_other_lengths_in_one_rendition_are_found() {
    let world = World {
        dated: false,
        ..World::default()
    };
    check(&world, Rules::default(), &[31], |one| {
        if one.rendition == "a0" {
            one.text = one.text.replace(
                "#EXTINF:5.000,\nhttp://ads/b12/ad0/a0/1.m4s",
                "#EXTINF:4.000,\nhttp://ads/b12/ad0/a0/1.m4s",
            );
        }
    });
}
