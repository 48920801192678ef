//! What caps mean, without a store.

use super::*;
use crate::model::cap::COUNT_MAX;
use crate::model::viewer::Identified;
use crate::model::{
    CampaignId, Cap, CapFallback, CapPeriod, CapScope, CapSpan, CapWindow, CreativeId, Identity,
    OrderId, Timestamp, ViewerKey, Zone,
};

const FIRST: CapSubject = CapSubject::Campaign(CampaignId::new(1));

fn cap(scope: CapScope, max: u16, span: CapSpan) -> Cap {
    Cap {
        scope,
        windows: vec![CapWindow { max, span }],
        fallback: CapFallback::Next,
    }
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Exposures of an account that saw the first campaign at these instants, by one cap.
fn seen(cap: &Cap, instants: &[&str]) -> Exposures {
    let mut draft = Draft::default();
    let counter = CapCounter {
        subject: FIRST,
        scope: cap.scope,
    };
    for at in instants {
        draft.stamp(counter, Bounds::of(cap), instant(at)).unwrap();
    }
    let mut exposures = Exposures::default();
    exposures.add(Place::User, draft.records());
    exposures
}

#[test]
fn calendar_windows_follow_the_clock_of_the_zone() {
    for (zone, period, seen_at, full, open) in [
        // The day is the viewer's tenant's, not that of Greenwich.
        (
            "America/New_York",
            CapPeriod::Day,
            "2026-07-01T03:59:59Z",
            "2026-07-01T03:59:59.5Z",
            "2026-07-01T04:00:00Z",
        ),
        // 23 hours, then 25.
        (
            "America/New_York",
            CapPeriod::Day,
            "2026-03-08T05:00:00Z",
            "2026-03-09T03:59:59Z",
            "2026-03-09T04:00:00Z",
        ),
        (
            "America/New_York",
            CapPeriod::Day,
            "2026-11-01T04:00:00Z",
            "2026-11-02T04:59:59Z",
            "2026-11-02T05:00:00Z",
        ),
        // One o'clock comes twice.
        (
            "America/New_York",
            CapPeriod::Hour,
            "2026-11-01T05:10:00Z",
            "2026-11-01T05:59:59Z",
            "2026-11-01T06:00:00Z",
        ),
        (
            "UTC",
            CapPeriod::Week,
            "2026-06-29T00:00:00Z",
            "2026-07-05T23:59:59Z",
            "2026-07-06T00:00:00Z",
        ),
        (
            "UTC",
            CapPeriod::Month,
            "2026-02-01T00:00:00Z",
            "2026-02-28T23:59:59Z",
            "2026-03-01T00:00:00Z",
        ),
    ] {
        let zone: Zone = zone.parse().unwrap();
        let caps = [cap(CapScope::User, 1, CapSpan::Calendar(period))];
        let exposures = seen(&caps[0], &[seen_at]);
        let allows = |at: &str| {
            let calendar = Calendar::of(instant(at), &zone);
            exposures.allows(FIRST, &caps, &calendar).is_ok()
        };
        assert!(!allows(full), "{period} of {seen_at} at {full}");
        assert!(allows(open), "{period} of {seen_at} at {open}");
    }
}

#[test]
fn a_calendar_is_used_again_within_its_periods() {
    let zone: Zone = "America/New_York".parse().unwrap();
    let calendar = Calendar::of(instant("2026-11-01T05:10:00Z"), &zone);
    let later = instant("2026-11-01T05:59:59.999Z");
    assert_eq!(calendar.at(later), Some(Calendar::of(later, &zone)));
    assert_eq!(calendar.at(instant("2026-11-01T06:00:00Z")), None);
    assert_eq!(calendar.at(instant("2026-11-01T05:09:59Z")), None);
}

#[test]
fn a_sitting_ends_when_nothing_was_shown_for_a_day() {
    let caps = [cap(CapScope::Session, 2, CapSpan::Scope)];
    let instants = ["2026-07-01T00:00:00Z", "2026-07-01T20:00:00Z"];
    let mut session = Exposures::default();
    let user = seen(&caps[0], &instants);
    session.add(Place::Session, user.records(Place::User).unwrap());
    for (at, named, unnamed) in [
        ("2026-07-01T23:59:59Z", false, false),
        // By another identity the sitting is not known, and the first is a day ago.
        ("2026-07-02T00:00:00Z", false, true),
        ("2026-07-02T19:59:59Z", false, true),
        ("2026-07-02T20:00:00Z", true, true),
    ] {
        let calendar = Calendar::of(instant(at), &Zone::UTC);
        assert_eq!(
            session.allows(FIRST, &caps, &calendar).is_ok(),
            named,
            "{at}"
        );
        assert_eq!(
            user.allows(FIRST, &caps, &calendar).is_ok(),
            unnamed,
            "{at}"
        );
    }
}

#[test]
fn room_is_what_is_left_of_the_fullest_window() {
    let mut caps = [cap(CapScope::User, 5, CapSpan::Rolling(3_600))];
    let max = 9;
    let span = CapSpan::Rolling(86_400);
    caps[0].windows.push(CapWindow { max, span });
    let instants = [0, 1, 2, 3, 4, 5, 6].map(|hour| format!("2026-07-01T0{hour}:00:00Z"));
    let exposures = seen(&caps[0], &instants.each_ref().map(String::as_str));
    let room = |at: &str| exposures.room(FIRST, &caps, &Calendar::of(instant(at), &Zone::UTC));
    assert_eq!(room("2026-07-01T06:30:00Z"), Ok(2));
    assert_eq!(room("2026-07-02T03:30:00Z"), Ok(5));
    assert_eq!(pod_room(&caps), None);
    let pod = [
        cap(CapScope::Pod, 3, CapSpan::Scope),
        cap(CapScope::Pod, 2, CapSpan::Scope),
    ];
    assert_eq!(pod_room(&pod), Some(2));
}

/// Every combination of present and absent identities, with every scope and fallback: all of
/// them under limit-ad-tracking without a session is a refusal, never no cap.
#[test]
fn a_cap_counts_by_the_strongest_identity_that_is_there() {
    for present in 0..32_u64 {
        let identified = |place: Place| {
            let before = None;
            let key = ViewerKey(place as u64);
            (present >> place as u64 & 1 == 1).then_some(Identified { key, before })
        };
        let identity = Identity {
            user: identified(Place::User),
            device: identified(Place::Device),
            household: identified(Place::Household),
            address: identified(Place::Address),
            session: identified(Place::Session),
        };
        let strongest = PLACES
            .into_iter()
            .find(|&place| identified(place).is_some());
        let none = Exposures::none_of(&identity);
        for own in PLACES {
            for fallback in [CapFallback::Next, CapFallback::Skip] {
                let mut cap = cap(own.scope(), 1, CapSpan::Rolling(60));
                cap.fallback = fallback;
                let expected = match (identified(own), fallback) {
                    (Some(_), _) => Some(own),
                    (None, CapFallback::Next) => strongest,
                    (None, CapFallback::Skip) => None,
                };
                let by = counted_by(&cap, |place| place.of(&identity).is_some());
                assert_eq!(by, expected);
                let calendar = Calendar::of(instant("2026-07-01T00:00:00Z"), &Zone::UTC);
                let answer = none.allows(FIRST, &[cap], &calendar);
                assert_eq!(answer.is_ok(), expected.is_some());
                let cause = answer.err().map(|refusal| refusal.cause);
                assert!(matches!(cause, None | Some(RefusalCause::Unidentified)));
            }
        }
    }
}

#[test]
fn counters_survive_their_bits() {
    for id in [0, 1, 77, SUBJECT_ID_MAX] {
        for subject in [
            CapSubject::Campaign(CampaignId::new(id)),
            CapSubject::Order(OrderId::new(id)),
            CapSubject::Creative(CreativeId::new(id)),
        ] {
            for place in PLACES {
                let scope = place.scope();
                let counter = CapCounter { subject, scope };
                let bits = counter.to_bits().unwrap();
                assert_eq!(CapCounter::from_bits(bits), Some(counter));
            }
        }
    }
    let scope = CapScope::User;
    for id in [SUBJECT_ID_MAX + 1, u32::MAX] {
        let subject = CapSubject::Order(OrderId::new(id));
        assert!(!CapCounter { subject, scope }.is_countable());
    }
    let scope = CapScope::Pod;
    let subject = FIRST;
    assert!(!CapCounter { subject, scope }.is_countable());
    assert_eq!(CapCounter::from_bits(u64::MAX), None);
}

#[test]
fn horizons_cover_their_spans() {
    for seconds in [
        0,
        1,
        3_600,
        3_601,
        90_000,
        86_400 * 7,
        86_400 * 31,
        86_400 * 90,
    ] {
        let horizon = Horizon::over(seconds);
        assert_eq!(Horizon::from_class(horizon.class()), Some(horizon));
        let mut draft = Draft::default();
        let counter = CapCounter {
            subject: FIRST,
            scope: CapScope::User,
        };
        let bounds = Bounds { keep: 1, horizon };
        let start = instant("2026-07-01T00:00:00Z");
        draft.stamp(counter, bounds, start).unwrap();
        let mut later = draft.clone();
        let span = crate::model::Millis(seconds.max(1) * 1_000 - 1);
        later.expire(start.plus(span));
        assert_eq!(later, draft, "{seconds}");
        later.expire(start.plus(crate::model::Millis(3 * seconds * 1_000 + 3_600_000)));
        assert!(later.records().is_empty(), "{seconds}");
    }
    assert_eq!(Horizon::from_class(16), None);
}

#[test]
fn the_largest_count_is_kept_whole() {
    let caps = [cap(CapScope::User, COUNT_MAX, CapSpan::Rolling(3_600))];
    let instants = vec!["2026-07-01T00:00:00Z"; usize::from(COUNT_MAX)];
    let exposures = seen(&caps[0], &instants);
    let calendar = |at: &str| Calendar::of(instant(at), &Zone::UTC);
    let full = exposures.allows(FIRST, &caps, &calendar("2026-07-01T00:59:59Z"));
    assert!(full.is_err());
    let room = exposures.room(FIRST, &caps, &calendar("2026-07-01T01:00:00.499Z"));
    assert_eq!(room, Ok(500));
}

/// Changes stored exposures of so many bytes.
type Damage = fn(&mut serde_json::Value, usize);

#[test]
fn exposures_from_outside_are_whole_or_refused() {
    let caps = [cap(CapScope::User, 3, CapSpan::Rolling(3_600))];
    let exposures = seen(&caps[0], &["2026-07-01T00:00:00Z", "2026-07-01T00:00:01Z"]);
    let written = serde_json::to_value(&exposures).unwrap();
    let read = |value: &serde_json::Value| serde_json::from_value::<Exposures>(value.clone()).ok();
    assert_eq!(read(&written), Some(exposures));
    let bytes = written["bytes"].as_array().unwrap().len();
    let damages: [(&str, Damage); 6] = [
        ("cut short", |value, bytes| {
            value["bytes"].as_array_mut().unwrap().truncate(bytes - 1);
        }),
        ("ends beyond its bytes", |value, bytes| {
            value["places"][0]["end"] = (bytes + 1).into();
        }),
        ("ends before it starts", |value, bytes| {
            value["places"][0]["start"] = bytes.into();
            value["places"][0]["end"] = 0.into();
        }),
        ("has half of a record", |value, bytes| {
            value["places"][0]["end"] = (bytes - 6).into();
        }),
        ("promises more instants than there are", |value, _bytes| {
            value["bytes"][0] = 255.into();
        }),
        ("hides what it holds", |value, _bytes| {
            value["places"][0]["filter"] = 0.into();
        }),
    ];
    for (what, damage) in damages {
        let mut stored = written.clone();
        damage(&mut stored, bytes);
        assert_eq!(read(&stored), None, "{what}");
    }
}
