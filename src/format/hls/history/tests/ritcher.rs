//! Faults that were measured in stitchers of the field, each as a small history.

use std::fmt::Write as _;

use super::world::{Seen, World, alone, findings, numbers};
use crate::format::hls::history::Rules;

/// Spoils the playlists of the session and says what is found.
fn spoil(rules: Rules, mut spoil: impl FnMut(usize, &mut Seen)) -> Vec<u8> {
    let mut history = World::default().history();
    for (round, one) in history.iter_mut().enumerate() {
        if one.session == "s1" {
            spoil(round, one);
        }
    }
    numbers(&findings(rules, &history))
}

#[test]
fn a_decision_on_every_reload_changes_what_a_number_names() {
    let found = spoil(Rules::default(), |round, one| {
        one.text = one.text.replace("//ads/", &format!("//ads/{round}/"));
    });
    assert!(found.contains(&1), "{found:?}");
}

/// A session by hand: `extra` ads appear with the cue, and then nothing for as long.
fn at_once(ads: usize, seconds: u32) -> Vec<Seen> {
    let mut history = World {
        renditions: vec!["v0"],
        breaks: Vec::new(),
        ..World::default()
    }
    .history();
    history.retain(|one| one.session.is_empty());
    let mut seen = Vec::new();
    for one in history {
        let round = one.second / 6 - 1;
        let mut text = String::from(
            "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n",
        );
        for number in 0..=round.min(11) {
            text.push_str(&content(number));
        }
        if round >= 12 {
            text.push_str("#EXT-X-DISCONTINUITY\n");
            for ad in 0..ads {
                let date = super::world::EPOCH / 1000
                    + 72
                    + i64::try_from(ad).unwrap() * i64::from(seconds);
                let date = crate::model::Timestamp::from_millis(date * 1000);
                write!(
                    text,
                    "#EXT-X-PROGRAM-DATE-TIME:{date}\n#EXTINF:{seconds}.000,\nhttp://ads/{ad}.m4s\n"
                )
                .unwrap();
            }
        }
        for number in 17..=round {
            if number == 17 {
                text.push_str("#EXT-X-DISCONTINUITY\n");
            }
            text.push_str(&content(number));
        }
        seen.push(one.clone());
        seen.push(Seen {
            session: "s1",
            text,
            ..one
        });
    }
    seen
}

fn content(number: i64) -> String {
    let date = crate::model::Timestamp::from_millis(super::world::EPOCH + number * 6000);
    format!("#EXT-X-PROGRAM-DATE-TIME:{date}\n#EXTINF:6.000,\nhttp://origin/v0/seg{number}.m4s\n")
}

#[test]
fn a_whole_pod_at_once_runs_ahead_and_then_stands() {
    let history = at_once(5, 6);
    let found = numbers(&findings(Rules::default(), &history));
    assert_eq!(found, [8, 9]);
    let found = numbers(&findings(Rules::default(), &alone(history)));
    assert_eq!(found, [8, 9], "visible from outside alone");
}

#[test]
fn a_creative_as_one_segment_is_longer_than_the_target() {
    let found = numbers(&findings(Rules::default(), &at_once(2, 15)));
    assert_eq!(found, [7, 8, 9]);
}

#[test]
fn the_numbering_of_the_origin_does_not_fit_what_is_listed() {
    let mut history = World::default().history();
    let mut origin = String::new();
    for one in &mut history {
        let line = |text: &str| {
            let mut lines = text
                .lines()
                .filter(|line| line.starts_with("#EXT-X-MEDIA-SEQ"));
            lines.next().unwrap().to_owned()
        };
        if one.session.is_empty() {
            origin = line(&one.text);
        } else {
            one.text = one.text.replace(&line(&one.text), &origin);
            let dsn = one
                .text
                .lines()
                .find(|line| line.starts_with("#EXT-X-DISCONTINUITY-SEQ"));
            let dsn = format!("{}\n", dsn.unwrap());
            one.text = one.text.replace(&dsn, "");
        }
    }
    let found = numbers(&findings(Rules::default(), &alone(history)));
    assert!(found.contains(&1) && found.contains(&2), "{found:?}");
    assert!(found.contains(&3), "{found:?}");
}

#[test]
fn a_break_that_reverts_to_content_when_its_cue_rolls_off_is_not_marked() {
    let mut history = World {
        renditions: vec!["v0"],
        ad_unit: 6,
        window: 4,
        ..World::default()
    }
    .history();
    let origin: Vec<Seen> = history
        .iter()
        .filter(|one| one.session.is_empty())
        .cloned()
        .collect();
    for one in &mut history {
        let twin = origin
            .iter()
            .find(|other| other.second == one.second)
            .unwrap();
        let has_cue = twin.text.contains("CUE-OUT");
        if one.session == "s1" && !has_cue {
            // The pure content of the origin, numbered alike since ads are as long as content.
            one.text.clone_from(&twin.text);
        }
    }
    let found = numbers(&findings(Rules::default(), &history));
    assert!(found.contains(&1), "{found:?}");
    assert!(found.contains(&5), "{found:?}");
}

#[test]
fn the_second_break_with_the_addresses_of_the_first_is_not_counted() {
    let rules = Rules {
        counted: Some("//ads/".to_owned()),
        ..Rules::default()
    };
    let found = spoil(rules, |_, one| {
        one.text = one.text.replace("/b27/", "/b12/");
    });
    assert_eq!(found, [34]);
    let found = spoil(Rules::default(), |_, one| {
        one.text = one.text.replace("/b27/", "/b12/");
    });
    assert!(found.is_empty(), "a player counts by itself: {found:?}");
}

#[test]
fn ranges_named_by_their_place_in_the_window_change() {
    let mut reload = 0;
    let found = spoil(Rules::default(), |_, one| {
        if one.rendition == "v0" {
            reload += 1;
            let start = crate::model::Timestamp::from_millis(super::world::EPOCH + reload * 6000);
            writeln!(
                one.text,
                "#EXT-X-DATERANGE:ID=\"ad-break-0\",START-DATE=\"{start}\",DURATION=30"
            )
            .unwrap();
        }
    });
    assert!(found.contains(&15), "{found:?}");
}
