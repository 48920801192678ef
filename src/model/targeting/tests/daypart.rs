//! Day parts on wall clocks that are set forward and back.

use crate::model::targeting::{Daypart, DaypartZone, Dimension, Moment, Value};
use crate::model::{Timestamp, Zone};

type Change = (&'static str, i64, i64);

/// The changes of 2026: when, and the minutes east of UTC before and after. From the IANA time
/// zone database, written down here so that the library that is tested is not asked.
const CHANGES: [(&str, [Change; 2]); 6] = [
    (
        "America/New_York",
        [
            ("2026-03-08T07:00:00Z", -300, -240),
            ("2026-11-01T06:00:00Z", -240, -300),
        ],
    ),
    (
        "America/St_Johns",
        [
            ("2026-03-08T05:30:00Z", -210, -150),
            ("2026-11-01T04:30:00Z", -150, -210),
        ],
    ),
    (
        "Europe/London",
        [
            ("2026-03-29T01:00:00Z", 0, 60),
            ("2026-10-25T01:00:00Z", 60, 0),
        ],
    ),
    (
        "Africa/Cairo",
        [
            ("2026-04-23T22:00:00Z", 120, 180),
            ("2026-10-29T21:00:00Z", 180, 120),
        ],
    ),
    (
        "Australia/Lord_Howe",
        [
            ("2026-04-04T15:00:00Z", 660, 630),
            ("2026-10-03T15:30:00Z", 630, 660),
        ],
    ),
    (
        "America/Santiago",
        [
            ("2026-04-05T03:00:00Z", -180, -240),
            ("2026-09-06T04:00:00Z", -240, -180),
        ],
    ),
];

const PARTS: [&str; 9] = [
    "mon-sun 00:00-24:00",
    "sun 02:00-03:00",
    "sun 01:15-02:45",
    "sat 23:00-02:30",
    "sat,sun 22:00-06:00",
    "fri 00:00-01:00",
    "thu 23:30-00:30",
    "mon-fri 18:00-23:00",
    "sun 00:00-00:15",
];

fn part(text: &str) -> Daypart {
    match Value::parse(&Dimension::Daypart, text) {
        Ok(Value::Daypart(part)) => part,
        other => panic!("{text}: {other:?}"),
    }
}

/// Walks the week on a wall clock minute by minute: each part that began is followed to its end.
fn oracle(part: Daypart, wall_minutes: i64) -> bool {
    let length = i64::from(part.to) - i64::from(part.from);
    let length = if length < 0 { length + 1_440 } else { length };
    (0..=1).any(|days_ago| {
        let day = wall_minutes.div_euclid(1_440) - days_ago;
        // 1970-01-01 was a Thursday, the fourth day of a week that begins on Monday.
        let weekday = (day + 3).rem_euclid(7);
        let begins = day * 1_440 + i64::from(part.from);
        part.days >> weekday & 1 == 1 && (begins..begins + length).contains(&wall_minutes)
    })
}

#[test]
fn day_parts_equal_a_minute_by_minute_oracle_over_every_change_of_the_clocks() {
    let utc = Zone::UTC;
    let mut inside = 0;
    for (name, changes) in CHANGES {
        let zone: Zone = name.parse().unwrap();
        for (change, before, after) in changes {
            let change = change.parse::<Timestamp>().unwrap().millis() / 60_000;
            for minute in change - 2 * 1_440..change + 2 * 1_440 {
                let wall = minute + if minute < change { before } else { after };
                // A moment inside of the minute, not its first millisecond only.
                let now = Timestamp::from_millis(minute * 60_000 + 59_999);
                let at_home = Moment::at(now, &zone, None);
                let away = Moment::at(now, &utc, Some(&zone));
                for text in PARTS {
                    let part = part(text);
                    let expected = oracle(part, wall);
                    inside += usize::from(expected);
                    assert_eq!(
                        part.contains(at_home.campaign),
                        expected,
                        "{name} {text} {now}"
                    );
                    assert_eq!(
                        away.viewer.map(|viewer| part.contains(viewer)),
                        Some(expected),
                        "{name} {text} {now}"
                    );
                }
            }
        }
    }
    assert!(inside > 90_000, "{inside} minutes inside of any part");
}

#[test]
fn an_hour_that_is_skipped_is_not_served_and_one_that_is_repeated_is_served_twice() {
    let zone: Zone = "America/New_York".parse().unwrap();
    let part = part("sun 02:00-03:00");
    let early = part_of(&zone, part, "2026-03-08T00:00:00Z");
    assert_eq!(early, 0, "02:00 to 03:00 does not exist on that day");
    let repeated = self::part("sun 01:00-02:00");
    assert_eq!(part_of(&zone, repeated, "2026-11-01T00:00:00Z"), 120);
}

/// Minutes of the 24 hours from an instant that lie in the part.
fn part_of(zone: &Zone, part: Daypart, from: &str) -> usize {
    let from = from.parse::<Timestamp>().unwrap().millis();
    (0..1_440)
        .map(|minute| Timestamp::from_millis(from + minute * 60_000))
        .filter(|now| part.contains(Moment::at(*now, zone, None).campaign))
        .count()
}

#[test]
fn the_ends_of_the_calendar_have_a_minute_too() {
    for millis in [i64::MIN, -1, 0, i64::MAX] {
        let now = Timestamp::from_millis(millis);
        assert!(Moment::at(now, &Zone::UTC, None).campaign < 10_080);
    }
    let zone = DaypartZone::Campaign;
    assert_eq!(zone.to_string(), "campaign");
}
