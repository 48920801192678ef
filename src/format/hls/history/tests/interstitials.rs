//! Date ranges and interstitials that are good, and each way in which they are not.

use super::world::{EPOCH, World, findings, numbers, told};
use crate::format::hls::history::{AssetList, History, Mode, Resumes, Rules};
use crate::model::Timestamp;

/// A range over the first break, in every rendition from its announcement until it rolled off.
fn range(more: &str) -> String {
    let start = Timestamp::from_millis(EPOCH + 72_000);
    format!(
        "#EXT-X-DATERANGE:ID=\"b1\",CLASS=\"com.apple.hls.interstitial\",START-DATE=\"{start}\"{more}\n"
    )
}

const LIST: &str = ",PLANNED-DURATION=30,X-ASSET-LIST=\"http://edge/b1.json\",X-SNAP=\"OUT,IN\"";

/// A channel without ads in it, where each playlist gets lines that depend on the second.
fn check(rules: Rules, expected: &[u8], lines: impl Fn(i64, &str) -> String) {
    let world = World {
        breaks: Vec::new(),
        ..World::default()
    };
    let mut history = world.history();
    for one in history.iter_mut().filter(|one| one.session == "s1") {
        let lines = lines(one.second, one.rendition);
        one.text.push_str(&lines);
    }
    let found = findings(rules, &history);
    let told = told(&found);
    assert_eq!(numbers(&found), expected, "{told}");
}

/// From a while before the break until nothing of it is listed.
fn on_air(second: i64) -> bool {
    (66..=150).contains(&second)
}

#[test]
fn an_interstitial_that_stays_and_grows_is_good() {
    check(Rules::default(), &[], |second, _| {
        let early = if second > 90 {
            range(",X-PLAYOUT-LIMIT=12")
        } else {
            String::new()
        };
        if on_air(second) {
            range(LIST) + &early
        } else {
            String::new()
        }
    });
}

#[test]
fn a_range_that_changes_or_goes_is_found() {
    check(Rules::default(), &[15], |second, _| {
        let more = if second > 90 {
            LIST.replace("=30", "=20")
        } else {
            LIST.to_owned()
        };
        if on_air(second) {
            range(&more)
        } else {
            String::new()
        }
    });
    check(Rules::default(), &[15], |second, _| {
        if second < 90 {
            range(LIST)
        } else {
            String::new()
        }
    });
}

#[test]
fn a_range_of_the_origin_that_is_lost_is_found() {
    let world = World {
        breaks: Vec::new(),
        ..World::default()
    };
    let cue = |second: i64| {
        let start = Timestamp::from_millis(EPOCH + second * 1000);
        format!("#EXT-X-DATERANGE:ID=\"c{second}\",START-DATE=\"{start}\",SCTE35-OUT=0xFC\n")
    };
    let plain = range(LIST);
    // Everything is kept, all cues are stripped, one cue is lost, a plain range is lost.
    let cases = [
        (cue(60) + &cue(72) + &plain, &[][..]),
        (plain.clone(), &[]),
        (cue(60) + &plain, &[15]),
        (cue(60) + &cue(72), &[15]),
    ];
    for (lines, expected) in cases {
        let mut history = world.history();
        history.retain(|one| on_air(one.second) && one.second < 108);
        for one in &mut history {
            let all = cue(60) + &cue(72) + &plain;
            let is_origin = one.session.is_empty();
            one.text.push_str(if is_origin { &all } else { &lines });
        }
        let found = findings(Rules::default(), &history);
        assert_eq!(numbers(&found), expected, "{}", told(&found));
    }
}

#[test]
fn a_range_without_dates_or_in_some_renditions_is_found() {
    let world = World {
        dated: false,
        breaks: Vec::new(),
        ..World::default()
    };
    let mut history = world.history();
    for one in history.iter_mut().filter(|one| one.session == "s1") {
        one.text.push_str(&range(LIST));
    }
    assert_eq!(numbers(&findings(Rules::default(), &history)), [16]);
    check(Rules::default(), &[16], |second, rendition| {
        let other = Timestamp::from_millis(EPOCH + 80_000);
        let other = format!("#EXT-X-DATERANGE:ID=\"other\",START-DATE=\"{other}\"\n");
        match rendition {
            _ if !on_air(second) || second > 132 => String::new(),
            "v0" => range(LIST).replace(",PLANNED-DURATION=30", "") + &other,
            _ => range(LIST).replace(",PLANNED-DURATION=30", ""),
        }
    });
}

#[test]
fn an_interstitial_that_cannot_be_played_is_found() {
    let with = |more: &'static str| {
        move |second: i64, _: &str| {
            if on_air(second) {
                range(more)
            } else {
                String::new()
            }
        }
    };
    check(Rules::default(), &[36], with(",PLANNED-DURATION=30"));
    check(
        Rules::default(),
        &[36],
        with(",DURATION=30,X-ASSET-LIST=\"http://a\",X-ASSET-URI=\"http://b\""),
    );
    check(
        Rules::default(),
        &[36],
        with(",DURATION=30,X-ASSET-URI=\"ad.m3u8\""),
    );
    check(
        Rules::default(),
        &[36],
        with(",DURATION=soon,PLANNED-DURATION=30,X-ASSET-LIST=\"http://a\""),
    );
    check(
        Rules::default(),
        &[36],
        with(",DURATION=30,X-ASSET-LIST=\"http://a?x=1&_HLS_mine=1\""),
    );
    let resumes = ",DURATION=30,X-RESUME-OFFSET=0,X-ASSET-LIST=\"http://a\"";
    check(Rules::default(), &[37], with(resumes));
    let insert = Rules {
        mode: Mode::Insert,
        ..Rules::default()
    };
    check(insert, &[], with(resumes));
}

#[test]
fn an_interstitial_that_lies_nowhere_is_found() {
    check(Rules::default(), &[40], |_, _| {
        let start = Timestamp::from_millis(EPOCH - 3_600_000);
        let shown = Timestamp::from_millis(EPOCH + 72_000);
        range(LIST).replace(&shown.to_string(), &start.to_string())
    });
    check(Rules::default(), &[], |_, _| {
        let start = Timestamp::from_millis(EPOCH - 3_600_000);
        let shown = Timestamp::from_millis(EPOCH + 72_000);
        let tied = range(",X-ASSET-LIST=\"http://a\",CUE=\"PRE,ONCE\"");
        tied.replace(&shown.to_string(), &start.to_string())
    });
}

#[test]
fn lists_of_assets_are_judged() {
    let ad = |seconds: &str| format!("{{\"URI\":\"http://a/ad.m3u8\",\"DURATION\":{seconds}}}");
    let list = |ads: &[String]| format!("{{\"ASSETS\":[{}]}}", ads.join(","));
    let cases = [
        (
            list(&[ad("15"), ad("15.0")]),
            None,
            Resumes::Implied,
            &[][..],
        ),
        (list(&[]), None, Resumes::Implied, &[]),
        (list(&[]), None, Resumes::Said, &[38]),
        ("[]".to_owned(), None, Resumes::Implied, &[36]),
        ("nothing".to_owned(), None, Resumes::Implied, &[36]),
        (list(&[ad("\"15\"")]), None, Resumes::Implied, &[36]),
        (
            list(&["{\"URI\":\"ad.m3u8\",\"DURATION\":5}".to_owned()]),
            None,
            Resumes::Implied,
            &[36],
        ),
        (list(&[ad("15")]), Some(15.0), Resumes::Implied, &[]),
        (
            list(&[ad("15"), ad("15")]),
            Some(15.0),
            Resumes::Implied,
            &[39],
        ),
    ];
    for (text, start_offset, resumes, expected) in cases {
        let mut history = History::new(Rules::default());
        history.see_assets(&AssetList {
            at: Timestamp::from_millis(EPOCH),
            session: Some("s1"),
            id: "b1",
            length: Some(30.0),
            start_offset,
            resumes,
            text: &text,
        });
        assert_eq!(numbers(history.findings()), expected, "{text}");
    }
}
