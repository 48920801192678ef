//! Origins that begin anew, answer from the past or fall silent.

use std::fmt::Write as _;

use super::origin::grounded;
use crate::format::hls::MediaPlaylist;
use crate::model::Micros;
use crate::stitch::{Ended, Join, Policy, SessionView, Timeline};

const POLICY: Policy = Policy {
    longest: Micros(120_000_000),
    cues: crate::stitch::CuePolicy::Strip,
    schedule: Vec::new(),
};

/// Segments of four seconds: `name` and position, from `msn` on, dated if `date` says when the
/// first one is, in seconds of a day.
fn list(msn: u64, names: &[&str], date: Option<u64>) -> MediaPlaylist {
    let mut text = format!(
        "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:{msn}\n"
    );
    for (place, name) in names.iter().enumerate() {
        if let Some(date) = date {
            let at = date + place as u64 * 4;
            let (minute, second) = (at / 60 % 60, at % 60);
            writeln!(
                text,
                "#EXT-X-PROGRAM-DATE-TIME:2026-11-20T15:{minute:02}:{second:02}.000Z"
            )
            .unwrap();
        }
        // Tags before the name belong to the segment.
        let (tags, name) = name.rsplit_once('|').unwrap_or(("", name));
        for tag in tags.split('|').filter(|tag| !tag.is_empty()) {
            writeln!(text, "#EXT-X-{tag}").unwrap();
        }
        writeln!(text, "#EXTINF:4.000,\n{name}.ts").unwrap();
    }
    grounded(&text, 0)
}

fn content(timeline: &Timeline) -> String {
    let snapshot = timeline.snapshot();
    let view = SessionView::join(&snapshot, Join::Suppress);
    let text = super::viewers::playlist(&snapshot, 0, &view, "s").unwrap();
    let mut told = String::new();
    for line in text.lines() {
        if let Some(number) = line.strip_prefix("#EXT-X-MEDIA-SEQUENCE:") {
            write!(told, "{number}:").unwrap();
        } else if line == "#EXT-X-DISCONTINUITY" {
            told.push_str(" |");
        } else if !line.starts_with('#') {
            let name = line.rsplit('/').next().unwrap();
            write!(told, " {}", name.trim_end_matches(".ts")).unwrap();
        }
    }
    told
}

fn feed(timeline: &mut Timeline, list: &MediaPlaylist) -> crate::stitch::Changes {
    timeline.ingest(&[Some(list)], &POLICY)
}

#[test]
fn an_older_copy_takes_nothing_back() {
    let mut timeline = Timeline::new(1);
    feed(&mut timeline, &list(10, &["a", "b", "c", "d"], None));
    assert_eq!(content(&timeline), "10: a b c d");
    let changes = feed(&mut timeline, &list(9, &["z", "a", "b", "c"], None));
    assert_eq!(changes.stale, [0]);
    assert_eq!(content(&timeline), "10: a b c d");
    feed(&mut timeline, &list(11, &["b", "c", "d", "e"], None));
    assert_eq!(content(&timeline), "11: b c d e");
}

#[test]
fn numbers_that_begin_anew_go_on_after_one_discontinuity() {
    let mut timeline = Timeline::new(1);
    feed(&mut timeline, &list(500, &["a", "b", "c", "d"], None));
    let changes = feed(&mut timeline, &list(0, &["x"], None));
    assert_eq!(changes.reset, [0]);
    // The window stays as long as players need it.
    assert_eq!(content(&timeline), "502: c d | x");
    feed(&mut timeline, &list(0, &["x", "y", "v", "w"], None));
    assert_eq!(content(&timeline), "504: | x y v w");
    feed(&mut timeline, &list(1, &["y", "v", "w", "u"], None));
    assert_eq!(content(&timeline), "505: y v w u");
}

#[test]
fn another_origin_goes_on_where_its_dates_do() {
    let mut timeline = Timeline::new(1);
    feed(&mut timeline, &list(10, &["a", "b", "c", "d"], Some(0)));
    let other = list(7000, &["q1", "q2", "q3", "q4", "q5"], Some(4));
    let changes = feed(&mut timeline, &other);
    assert_eq!(changes.reset, [0]);
    assert_eq!(
        content(&timeline),
        "13: d | q4 q5",
        "q1 to q3 were shown as b to d"
    );
}

#[test]
fn a_gap_keeps_the_numbers_of_the_origin() {
    let mut timeline = Timeline::new(1);
    feed(&mut timeline, &list(10, &["a", "b", "c", "d"], None));
    feed(&mut timeline, &list(20, &["k", "l", "m", "n"], None));
    assert_eq!(content(&timeline), "20: k l m n");
}

#[test]
fn a_copy_that_stays_behind_for_long_is_a_new_beginning() {
    let mut timeline = Timeline::new(1);
    feed(&mut timeline, &list(10, &["a", "b", "c", "d"], None));
    for _ in 0..10 {
        feed(&mut timeline, &list(8, &["y", "z", "a", "b"], None));
        assert_eq!(content(&timeline), "10: a b c d");
    }
    let changes = feed(&mut timeline, &list(8, &["y", "z", "a", "b"], None));
    assert_eq!(changes.reset, [0]);
    assert_eq!(content(&timeline), "14: | z a b");
}

/// The breaks of a channel that lists ever more of `names`, eight at once: first and last second,
/// and why they ended.
fn breaks(names: &[&str]) -> Vec<(i64, i64, Option<Ended>)> {
    let mut timeline = Timeline::new(1);
    for end in 1..=names.len() {
        let from = end.saturating_sub(8);
        feed(&mut timeline, &list(from as u64, &names[from..end], None));
    }
    let snapshot = timeline.snapshot();
    let told = snapshot.breaks().iter().map(|of| {
        let end = of.from + of.elapsed().signed();
        (of.from / 1_000_000, end / 1_000_000, of.ended)
    });
    told.collect()
}

#[test]
fn every_way_to_say_a_break_is_one_break() {
    let out = "CUE-OUT:8|b";
    for (names, expected) in [
        // With a length: it ends by itself, and the cue that says so is no other break.
        (
            vec!["a", out, "c", "CUE-IN|d", "e"],
            vec![(4, 12, Some(Ended::Planned))],
        ),
        (
            vec!["a", out, "c", "d", "e"],
            vec![(4, 12, Some(Ended::Planned))],
        ),
        // Without: by the cue.
        (
            vec!["a", "CUE-OUT|b", "c", "d", "CUE-IN|e"],
            vec![(4, 16, Some(Ended::Early))],
        ),
        // Or not at all yet.
        (vec!["a", "CUE-OUT|b", "c", "d", "e"], vec![(4, 20, None)]),
        // Early.
        (
            vec!["a", "CUE-OUT:40|b", "CUE-IN|c", "d"],
            vec![(4, 8, Some(Ended::Early))],
        ),
        // Nothing to replace.
        (vec!["a", "CUE-OUT:0|b", "c"], vec![]),
        // Said again inside.
        (
            vec![
                "a",
                "CUE-OUT:12|b",
                "CUE-OUT-CONT:4/12|c",
                "CUE-OUT:12|d",
                "e",
                "f",
                "g",
            ],
            vec![(4, 16, Some(Ended::Planned))],
        ),
        // The next one at once.
        (
            vec!["a", out, "c", "CUE-IN|CUE-OUT:4|d", "e", "f"],
            vec![
                (4, 12, Some(Ended::Planned)),
                (12, 16, Some(Ended::Planned)),
            ],
        ),
        // Cut to whole segments, at the nearest boundary.
        (
            vec!["a", "CUE-OUT:9.9|b", "c", "d", "e"],
            vec![(4, 12, Some(Ended::Planned))],
        ),
        (
            vec!["a", "CUE-OUT:10.1|b", "c", "d", "e"],
            vec![(4, 16, Some(Ended::Planned))],
        ),
    ] {
        assert_eq!(breaks(&names), expected, "{names:?}");
    }
}

#[test]
fn a_break_in_whose_middle_we_come_begins_with_what_is_left_of_it() {
    let names = ["CUE-OUT-CONT:8/16|a", "CUE-OUT-CONT:12/16|b", "c", "d"];
    assert_eq!(breaks(&names), [(0, 8, Some(Ended::Planned))]);
    let mut timeline = Timeline::new(1);
    feed(&mut timeline, &list(0, &names, None));
    let snapshot = timeline.snapshot();
    let of = &snapshot.breaks()[0];
    assert_eq!(of.missed(), Micros::from_seconds(8));
    assert_eq!(of.planned, Some(Micros::from_seconds(16)));
    assert_eq!(of.room(0), Some(Micros::from_seconds(8)));
}

#[test]
fn no_break_is_longer_than_the_longest_allowed() {
    let mut names = vec!["CUE-OUT|a"];
    names.extend(["b"; 40]);
    assert_eq!(breaks(&names), [(0, 120, Some(Ended::Maximum))]);
    names[0] = "CUE-OUT:600|a";
    assert_eq!(breaks(&names), [(0, 120, Some(Ended::Maximum))]);
}

#[test]
fn a_break_keeps_its_name_on_every_machine() {
    let names = ["a", "b", "CUE-OUT:8|c", "d", "e"];
    let mut names_of = Vec::new();
    for from in 0..3 {
        let mut timeline = Timeline::new(1);
        let at = from as u64;
        feed(&mut timeline, &list(70 + at, &names[from..], Some(at * 4)));
        let kept = serde_json::to_vec(&timeline).unwrap();
        let timeline: Timeline = serde_json::from_slice(&kept).unwrap();
        names_of.push(timeline.snapshot().breaks()[0].id.clone());
    }
    assert_eq!(names_of[0], "t1795186808000");
    assert!(
        names_of.iter().all(|name| *name == names_of[0]),
        "{names_of:?}"
    );
    let mut undated = Timeline::new(1);
    feed(&mut undated, &list(70, &names, None));
    assert_eq!(undated.snapshot().breaks()[0].id, "n72");
}
