//! The parts of the pacing, each against something slower or said in other words.

use proptest::prelude::*;

use super::controller::{expected, odds, urgency_milli};
use super::status::{PacingStatus as Is, Standing};
use super::*;
use crate::decision::{Headroom, Roll};
use crate::model::pacing::Knot;
use crate::model::zone::Day;
use crate::model::{CampaignId, Millis, Pacing, Timestamp, Zone};

const HOUR: u64 = 3_600_000;

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Another number of requests in every hour of the week.
fn uneven(zone: &Zone) -> Profile {
    let mut rates = [0; 168];
    for (hour, rate) in (1..).zip(rates.iter_mut()) {
        *rate = (hour * 7 % 24 + 1) * 60_000_000;
    }
    Profile::of(zone.clone(), &rates)
}

fn window(start: &str, hours: u64) -> Day {
    let start = at(start);
    Day {
        start,
        end: start.plus(Millis(hours * HOUR)),
    }
}

/// The share of `part` in `all` in thousandths.
fn permille(share: Share) -> u64 {
    share * 1_000 / WHOLE
}

#[test]
fn traffic_follows_the_clocks_of_the_zone_through_their_changes() {
    // Sixty a minute in the hour from 02:00 on Sundays and nothing else.
    let mut rates = [0; 168];
    rates[6 * 24 + 2] = 3_600_000_000;
    let profile = Profile::of(zone("America/New_York"), &rates);
    let requests = |start: &str, hours: u64| {
        let day = window(start, hours);
        profile.between(day.start, day.end) / 1_000_000
    };
    assert_eq!(requests("2026-06-07T00:00:00-04:00", 24), 3_600);
    // The hour does not exist on the day the clocks go forward...
    assert_eq!(requests("2026-03-08T00:00:00-05:00", 23), 0);
    // ...and an hour that is there twice counts twice.
    rates = [0; 168];
    rates[6 * 24 + 1] = 3_600_000_000;
    let profile = Profile::of(zone("America/New_York"), &rates);
    let day = window("2026-11-01T00:00:00-04:00", 25);
    assert_eq!(profile.between(day.start, day.end) / 1_000_000, 7_200);
    assert_eq!(profile.between(day.end, day.start), 0);
}

#[test]
fn a_profile_is_learned_by_the_hours_of_the_zone() {
    let zone = zone("Asia/Kolkata");
    let first = at("2026-10-05T00:00:00Z");
    let hours = |days: u64| -> Vec<(Timestamp, u64)> {
        let hours = (0..24 * days).map(|hour| first.plus(Millis(hour * HOUR)));
        hours
            .map(|start| {
                // Mondays are busy from 18:30 UTC, which is their midnight there.
                let monday = zone.day(start).start == zone.day(first).start;
                (start, if monday { 0 } else { 3_600 })
            })
            .collect()
    };
    let until = |days: u64| first.plus(Millis(24 * days * HOUR));
    assert_eq!(Profile::learn(&zone, &[], until(28)), None);
    assert_eq!(
        Profile::learn(&zone, &hours(1), until(1)),
        None,
        "too little"
    );
    let learned = Profile::learn(&zone, &hours(28), until(28)).unwrap();
    let week = learned.between(until(28), until(35)) / 1_000_000;
    // Four weeks, of which the first had a day without a request.
    let all: u64 = hours(28).iter().map(|&(_start, count)| count).sum();
    assert!(
        week.abs_diff(u128::from(all) / 4) < u128::from(all) / 80,
        "{week}"
    );
}

#[test]
fn a_day_is_enough_for_the_hours_of_a_day() {
    let zone = Zone::UTC;
    let first = at("2026-10-05T00:00:00Z");
    let hours: Vec<(Timestamp, u64)> = (0..72)
        .map(|hour| {
            let start = first.plus(Millis(hour * HOUR));
            (start, if hour % 24 == 20 { 9_000 } else { 1_000 })
        })
        .collect();
    let profile = Profile::learn(&zone, &hours, first.plus(Millis(72 * HOUR))).unwrap();
    let of_hour = |hour: u64| {
        let start = first.plus(Millis(hour * HOUR));
        profile.between(start, start.plus(Millis(HOUR))) / 1_000_000
    };
    let evening = of_hour(5 * 24 + 20);
    assert!((8_000..9_001).contains(&evening), "{evening}");
    assert!((1_000..1_100).contains(&of_hour(5 * 24 + 3)));
}

proptest! {
    #[test]
    fn traffic_adds_up_and_equals_a_sum_of_minutes(
        start in 0_u64..(400 * 24 * 60),
        minutes in (0_u64..3_000, 0_u64..3_000),
        place in 0_usize..3,
    ) {
        let zone = zone(["Europe/Prague", "America/New_York", "Australia/Lord_Howe"][place]);
        let profile = uneven(&zone);
        let minute = Millis(60_000);
        let from = at("2026-01-01T00:00:00Z").plus(Millis(start * 60_000));
        let middle = from.plus(Millis(minutes.0 * 60_000));
        let end = middle.plus(Millis(minutes.1 * 60_000));
        let whole = profile.between(from, end);
        let parts = profile.between(from, middle) + profile.between(middle, end);
        // Each part may lose a millionth of a request at its ends.
        prop_assert!(whole.abs_diff(parts) <= 4);
        let mut sum = 0;
        let mut now = from;
        while now < end {
            sum += profile.between(now, now.plus(minute));
            now = now.plus(minute);
        }
        prop_assert!(whole.abs_diff(sum) <= 2 * u128::from(minutes.0 + minutes.1) + 4);
    }

    #[test]
    fn every_course_rises_from_nothing_to_all(
        knots in prop::collection::btree_map(1_u16..1_000, 0_u16..=1_000, 1..8),
        kind in 0..3,
        hours in 1_u64..2_000,
    ) {
        let mut delivered: Vec<u16> = knots.values().copied().collect();
        delivered.sort_unstable();
        let times = knots.keys().copied();
        let knots = times.zip(delivered).map(|(time, delivered)| Knot { time, delivered });
        let pacing = match kind {
            0 => Pacing::Even,
            1 => Pacing::FrontLoaded,
            _ => Pacing::Custom(knots.collect()),
        };
        let profile = uneven(&zone("Europe/Prague"));
        let window = window("2026-03-20T11:30:00Z", hours);
        let mut before = 0;
        for step in 0..=100 {
            let now = window.start.plus(Millis(hours * HOUR / 100 * step));
            let course = Course::at(&pacing, &profile, window, now);
            prop_assert!((before..=WHOLE).contains(&course.planned));
            before = course.planned;
        }
        let end = Course::at(&pacing, &profile, window, window.end);
        prop_assert_eq!((end.planned, end.ahead, end.left), (WHOLE, Some(0), 0));
        let early = Course::at(&pacing, &profile, window, window.start.minus(Millis(1)));
        prop_assert_eq!(early.planned, 0);
    }
}

#[test]
fn the_front_loaded_course_is_a_quarter_ahead_at_half_way_and_never_faster_than_allowed() {
    let profile = Profile::even(Zone::UTC, 1_000);
    let window = window("2026-07-01T00:00:00Z", 240);
    let planned = |hour: u64| {
        let now = window.start.plus(Millis(hour * HOUR));
        permille(Course::at(&Pacing::FrontLoaded, &profile, window, now).planned)
    };
    assert_eq!(planned(120), 624);
    for hour in 0..240 {
        let step = planned(hour + 1) - planned(hour);
        // 1.4 times a 240th, in thousandths, and what rounding adds.
        assert!(step <= 6, "{step} in hour {hour}");
    }
}

#[test]
fn a_custom_course_meets_its_knots_and_follows_the_traffic_between() {
    let knots = [(250, 100), (500, 800), (750, 800)];
    let knots = knots.map(|(time, delivered)| Knot { time, delivered });
    let pacing = Pacing::Custom(knots.to_vec());
    let zone = Zone::UTC;
    let profile = uneven(&zone);
    let window = window("2026-07-01T00:00:00Z", 400);
    let course = |hour: u64| {
        let now = window.start.plus(Millis(hour * HOUR));
        Course::at(&pacing, &profile, window, now)
    };
    for knot in knots {
        let hour = u64::from(knot.time) * 400 / 1_000;
        let planned = permille(course(hour).planned + 1);
        assert_eq!(planned, u64::from(knot.delivered));
    }
    assert_eq!(
        course(250).ahead,
        None,
        "nothing is due where the curve is flat"
    );
    let instant = |hour: u64| window.start.plus(Millis(hour * HOUR));
    let passed = profile.between(instant(100), instant(150));
    let all = profile.between(instant(100), instant(200));
    let expected = 100 + 700 * passed / all;
    assert!(u128::from(permille(course(150).planned)).abs_diff(expected) <= 1);
}

fn need(goal: u64, settled: u64, reserved: u64) -> Need {
    Need {
        measure: Measure::Impressions,
        goal,
        settled,
        reserved,
    }
}

/// A campaign that has seen as much as the forecast said, and wins and fires as is believed.
fn as_forecast() -> Rates {
    let mut rates = Rates::default();
    let observed = Observed {
        offered: 1_000,
        entered: 0,
        won: 0,
    };
    rates.observe(Millis(1_000), 1_000_000_000, observed);
    rates
}

#[test]
fn the_odds_are_what_is_left_over_what_is_to_come() {
    let profile = Profile::even(Zone::UTC, 1_000);
    let window = window("2026-07-01T00:00:00Z", 240);
    let rates = as_forecast();
    let odds_at = |need: &Need, hour: u64| {
        let now = window.start.plus(Millis(hour * HOUR));
        let course = Course::at(&Pacing::Even, &profile, window, now);
        permille(odds(need, &course, &rates).share())
    };
    // 120,000 requests to come, of which 95% are won and 95% of those seen, and 2.5% of lead.
    let fair = 120_000 * 95 * 95 / 10_000;
    let expected = 30_000 * 1_025 / fair;
    assert!(odds_at(&need(60_000, 30_000, 0), 120).abs_diff(expected) <= 1);
    // What is reserved will be seen, nearly all of it.
    let reserved = odds_at(&need(60_000, 20_000, 10_500), 120);
    assert!(reserved.abs_diff(expected) <= 2);
    assert_eq!(odds_at(&need(60_000, 60_000, 0), 120), 0);
    assert_eq!(odds_at(&need(600_000, 0, 0), 120), 1_000);
    assert_eq!(
        odds_at(&need(60_000, 59_000, 0), 240),
        1_000,
        "the end is near"
    );
}

#[test]
fn what_is_seen_outweighs_the_forecast_up_and_down() {
    for (offered, forecast) in [(100, 1), (5, 500), (40, 40), (1_000, 0)] {
        let mut rates = Rates::default();
        for _ in 0..3_600 {
            let observed = Observed {
                offered,
                ..Observed::default()
            };
            rates.observe(Millis(1_000), forecast * 1_000_000, observed);
        }
        let thousand = u128::from(rates.factor()) * 1_000 / u128::from(WHOLE);
        match (u128::from(offered) * 1_000).checked_div(forecast) {
            Some(expected) => {
                let off = thousand.abs_diff(expected);
                assert!(off <= expected / 20 + 1, "{thousand} for {expected}");
            }
            None => assert!(thousand > 1_000_000_000, "{thousand}"),
        }
    }
}

#[test]
fn a_shock_is_half_forgotten_after_an_hour() {
    let mut rates = Rates::default();
    let mut hour = |offered: u64| {
        for _ in 0..3_600 {
            let observed = Observed {
                offered,
                ..Observed::default()
            };
            rates.observe(Millis(1_000), 10_000_000, observed);
        }
        u128::from(rates.factor()) * 100 / u128::from(WHOLE)
    };
    assert_eq!(hour(10), 100);
    // Of all that is remembered, two thirds are of the last hour, since only one came before.
    let after = hour(40);
    assert!((298..=302).contains(&after), "{after}");
}

#[test]
fn a_clock_that_was_set_teaches_nothing() {
    let mut rates = as_forecast();
    let before = rates;
    let observed = Observed {
        offered: 1_000_000,
        entered: 1_000_000,
        won: 0,
    };
    rates.observe(Millis(0), 0, observed);
    rates.observe(Millis(61_000), 1_000_000, observed);
    rates.observe(Millis::from_seconds(30 * 86_400), 1_000_000_000, observed);
    assert_eq!(rates, before);
}

#[test]
fn the_coin_falls_as_often_as_the_odds_say_and_always_alike() {
    let campaign = CampaignId::new(9);
    for percent in [0, 1, 30, 99, 100] {
        let odds = Odds::of(WHOLE * percent / 100);
        let count = (0..100_000_u64)
            .filter(|&seed| {
                let roll = Roll(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
                let admitted = odds.admit(roll, campaign);
                assert_eq!(odds.admit(roll, campaign), admitted);
                admitted
            })
            .count();
        // Five standard deviations at most.
        assert!(
            count.abs_diff(usize::try_from(percent).unwrap() * 1_000) < 730,
            "{count}"
        );
    }
    assert_eq!(Odds::of(u64::MAX), Odds::ALWAYS);
    assert!((0..1_000).all(|seed| Odds::ALWAYS.admit(Roll(seed), campaign)));
    assert!((0..1_000).all(|seed| !Odds::NEVER.admit(Roll(seed), campaign)));
    // Two campaigns throw coins of their own.
    let half = Odds::of(WHOLE / 2);
    let alike = (0..10_000)
        .filter(|&seed| {
            let other = CampaignId::new(10);
            half.admit(Roll(seed), campaign) == half.admit(Roll(seed), other)
        })
        .count();
    assert!(alike.abs_diff(5_000) < 250, "{alike}");
}

#[test]
fn urgency_is_the_square_of_being_behind_within_its_bounds() {
    let profile = Profile::even(Zone::UTC, 1_000);
    let window = window("2026-07-01T00:00:00Z", 240);
    let rates = Rates::default();
    let urgency = |settled: u64, hour: u64| {
        let now = window.start.plus(Millis(hour * HOUR));
        let course = Course::at(&Pacing::Even, &profile, window, now);
        urgency_milli(&need(10_000, settled, 0), &course, &rates)
    };
    assert_eq!(urgency(5_000, 120), 1_000);
    assert_eq!(urgency(4_000, 120), 1_562);
    assert_eq!(urgency(2_000, 120), Headroom::URGENCY_MAX);
    assert_eq!(urgency(0, 120), Headroom::URGENCY_MAX);
    assert_eq!(urgency(6_250, 120), 640);
    assert_eq!(urgency(9_999, 120), Headroom::URGENCY_MIN);
    // Four hours are not enough to judge by.
    assert_eq!(urgency(0, 4), Headroom::URGENCY_NORMAL);
}

#[test]
fn each_status_has_its_place() {
    let profile = Profile::even(Zone::UTC, 1_000);
    let window = window("2026-07-01T00:00:00Z", 240);
    let rates = as_forecast();
    let hour = |hour: u64| window.start.plus(Millis(hour * HOUR));
    let some = Odds::of(WHOLE / 3);
    let judge = |settled: u64, now: Timestamp, odds: Odds, filtered: Filtered| {
        let need = need(100_000, settled, 0);
        let course = Course::at(&Pacing::Even, &profile, window, now);
        let standing = Standing {
            need: &need,
            window,
            course: &course,
            rates: &rates,
            odds,
            filtered,
        };
        PacingStatus::of(&standing, now)
    };
    let none = Filtered::default();
    let taken = |by_caps, by_separation, by_floors| Filtered {
        eligible: 100,
        by_caps,
        by_separation,
        by_floors,
    };
    for (settled, now, odds, filtered, expected) in [
        (0, window.start.minus(Millis(1)), some, none, Is::NotStarted),
        (
            0,
            window.start.plus(Millis(HOUR / 4)),
            some,
            none,
            Is::OnTrack,
        ),
        (53_000, hour(120), some, none, Is::Ahead),
        (52_000, hour(120), some, none, Is::OnTrack),
        (48_000, hour(120), some, none, Is::OnTrack),
        (47_000, hour(120), some, none, Is::Behind),
        (47_000, hour(120), Odds::ALWAYS, none, Is::SupplyLimited),
        (47_000, hour(120), some, taken(51, 0, 0), Is::CapLimited),
        (47_000, hour(120), some, taken(50, 0, 0), Is::Behind),
        (
            47_000,
            hour(120),
            some,
            taken(0, 51, 0),
            Is::SeparationLimited,
        ),
        (47_000, hour(120), some, taken(0, 0, 51), Is::FloorLimited),
        (39_000, hour(120), some, none, Is::AtRisk),
        (99_999, hour(239), some, none, Is::OnTrack),
        (94_800, hour(239), some, none, Is::AtRisk),
        (100_000, hour(120), some, none, Is::Complete),
        (100_001, hour(120), some, none, Is::OverDelivered),
        (98_000, window.end, some, none, Is::Complete),
        (97_999, window.end, some, none, Is::Behind),
    ] {
        assert_eq!(
            judge(settled, now, odds, filtered),
            expected,
            "{settled} at {now}"
        );
    }
    let course = Course::at(&Pacing::Even, &profile, window, hour(60));
    assert_eq!(expected(&need(100_000, 0, 0), &course), 25_000);
}
