//! Consent strings made bit by bit, as the specifications lay them out, and strings from elsewhere.

use proptest::prelude::*;

use super::*;
use PrivacySignal::{Child, LimitTracking, NoConsent, NoProfile, OptOut};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes fields of bits as base64url letters.
#[derive(Default)]
struct Writer(Vec<bool>);

impl Writer {
    fn put(mut self, value: u64, width: usize) -> Self {
        self.0
            .extend((0..width).rev().map(|place| value >> place & 1 == 1));
        self
    }

    /// Numbers from 1 to `width`, one bit each.
    fn set(self, members: &[usize], width: usize) -> Self {
        (1..=width).fold(self, |it, n| it.put(u64::from(members.contains(&n)), 1))
    }

    fn text(mut self) -> String {
        while !self.0.len().is_multiple_of(24) {
            self.0.push(false);
        }
        let letter = |six: &[bool]| {
            let index = six.iter().fold(0, |n, &bit| n << 1 | usize::from(bit));
            char::from(LETTERS[index])
        };
        self.0.chunks(6).map(letter).collect()
    }
}

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

const DAY: i64 = 86_400;

/// A TC string updated `days` ago, with purposes by consent and by legitimate interest.
fn tc(days: i64, consents: &[usize], interests: &[usize]) -> String {
    let instant = u64::try_from((now().seconds() - days * DAY) * 10).unwrap();
    Writer::default()
        .put(2, 6)
        .put(instant, 36)
        .put(instant, 36)
        .put(31, 12)
        .put(640, 12)
        .put(1, 6)
        .put(269, 12)
        .put(278, 12)
        .put(5, 6)
        .put(0b10, 2)
        .set(&[], 12)
        .set(consents, 24)
        .set(interests, 24)
        .put(0, 1)
        .put(196, 12)
        .put(2, 16)
        .put(0, 1)
        .put(0b11, 2)
        .text()
}

/// A section of the US: pairs of bits behind its version.
fn us(version: u64, pairs: &[u64]) -> String {
    let writer = Writer::default().put(version, 6);
    pairs
        .iter()
        .fold(writer, |it, &pair| it.put(pair, 2))
        .text()
}

fn told(signals: Signals<'_>) -> Vec<PrivacySignal> {
    judge(&signals, now()).signals().collect()
}

fn gdpr(text: &str) -> Vec<PrivacySignal> {
    told(Signals {
        gdpr: Some(true),
        tc: Some(text),
        ..Signals::default()
    })
}

fn gpp(text: &str, sid: Option<&str>) -> Vec<PrivacySignal> {
    told(Signals {
        gpp: Some(text),
        gpp_sid: sid,
        ..Signals::default()
    })
}

#[test]
fn flags_say_what_they_say() {
    assert_eq!(told(Signals::default()), []);
    let both = Signals {
        limit: true,
        child: true,
        ..Signals::default()
    };
    assert_eq!(told(both), [LimitTracking, Child]);
}

#[test]
fn us_privacy_by_its_third_letter_and_unreadable_is_opted_out() {
    for (text, is_out) in [
        ("1YNN", false),
        ("1---", false),
        ("1NNN", false),
        ("1ynn", false),
        ("1YYN", true),
        ("1NYY", true),
        ("1yyn", true),
        ("", true),
        ("1", true),
        ("1YN", true),
        ("1YNNN", true),
        ("2YNN", true),
        ("1YXN", true),
        ("ÿÿ", true),
    ] {
        assert_eq!(opted_out(text), is_out, "{text}");
    }
}

#[test]
fn purposes_1_and_2_let_identities_stay_and_4_the_audience() {
    for (consents, interests, expected) in [
        (&[1, 2, 3, 4][..], &[][..], &[][..]),
        (&[1, 4], &[2], &[]),
        (&[1, 2], &[], &[NoProfile]),
        (&[1, 2], &[4], &[NoProfile]),
        (&[1], &[2], &[NoProfile]),
        (&[1], &[], &[NoConsent]),
        (&[2, 3, 4], &[], &[NoConsent]),
        (&[2, 4], &[1], &[NoConsent]),
        (&[], &[], &[NoConsent]),
    ] {
        let text = tc(10, consents, interests);
        assert_eq!(gdpr(&text), expected, "{consents:?} {interests:?} {text}");
    }
}

#[test]
fn consent_that_is_old_cut_or_garbage_is_none() {
    let good = tc(395, &[1, 2, 4], &[]);
    assert_eq!(gdpr(&good), []);
    assert_eq!(
        gdpr(&format!("{good}.YAAA.bogus~")),
        [],
        "later segments are not read"
    );
    assert_eq!(gdpr(&tc(397, &[1, 2, 4], &[])), [NoConsent], "expired");
    assert_eq!(
        gdpr(&tc(-2, &[1, 2, 4], &[])),
        [NoConsent],
        "from the future"
    );
    let long = format!("{good}{}", "A".repeat(CONSENT_BYTES_MAX));
    let version_1 = format!("B{}", good.strip_prefix('C').unwrap());
    let cut: String = good.chars().take(34).collect();
    for bad in [
        "", "C", "garbage!", "0", "1YNN", ".", &long, &version_1, &cut,
    ] {
        assert_eq!(gdpr(bad), [NoConsent], "{bad}");
    }
}

#[test]
fn a_string_without_a_flag_counts_as_gdpr_and_a_flag_of_0_ends_it() {
    let refused = tc(1, &[], &[]);
    for (gdpr, tc, expected) in [
        (None, Some(&refused), &[NoConsent][..]),
        (Some(false), Some(&refused), &[]),
        (Some(true), None, &[NoConsent]),
        (None, None, &[]),
    ] {
        let signals = Signals {
            gdpr,
            tc: tc.map(String::as_str),
            ..Signals::default()
        };
        assert_eq!(told(signals), expected, "{gdpr:?}");
    }
}

/// Headers from the specification and from deployments: sections 2 and 6; 6; 7; 8.
#[test]
fn the_sections_of_a_gpp_string_are_judged_each_by_its_kind() {
    let granted = tc(10, &[1, 2, 4], &[]);
    assert_eq!(gpp(&format!("DBACNY~{granted}~1YNN"), None), []);
    assert_eq!(gpp(&format!("DBACNY~{granted}~1YYN"), None), [OptOut]);
    let refused = tc(10, &[], &[]);
    assert_eq!(
        gpp(&format!("DBACNY~{refused}~1YYN"), None),
        [OptOut, NoConsent]
    );
    assert_eq!(gpp(&format!("DBACNY~{refused}~1YYN"), Some("6")), [OptOut]);
    assert_eq!(
        gpp(&format!("DBACNY~{refused}~1YNN"), Some("2_6")),
        [NoConsent]
    );
    assert_eq!(gpp("DBABTA~1YNN", None), []);
    assert_eq!(gpp("DBABTA~1YYN", Some("6")), [OptOut]);
    // As published with the national section: opted out of nothing, then of sale.
    assert_eq!(
        gpp("DBABLA~BVVqAAAAAWA.QA", Some("7")),
        [],
        "usnat from a deployment"
    );
}

#[test]
fn us_sections_opt_out_by_sale_sharing_or_targeting_and_know_children() {
    // 7 = usnat version 1: six notices, three opt-outs, 12 sensitive, 2 children, and the rest.
    let nat = |opt: [u64; 3], children: [u64; 2]| {
        let mut pairs = vec![1; 6];
        pairs.extend(opt);
        pairs.extend([0; 12]);
        pairs.extend(children);
        pairs.extend([0, 1, 2, 2]);
        gpp(&format!("DBABLA~{}", us(1, &pairs)), Some("7"))
    };
    assert_eq!(nat([2, 2, 2], [0, 0]), []);
    assert_eq!(nat([0, 0, 0], [2, 2]), []);
    assert_eq!(nat([1, 2, 2], [0, 0]), [OptOut]);
    assert_eq!(nat([2, 1, 2], [0, 0]), [OptOut]);
    assert_eq!(nat([2, 2, 1], [0, 0]), [OptOut]);
    assert_eq!(nat([3, 2, 2], [0, 0]), [OptOut], "no such answer");
    assert_eq!(nat([2, 2, 2], [0, 1]), [Child]);
    // 8 = usca: three notices, sale and sharing, nine sensitive, two children.
    let ca = |sale, sharing, child, rest: &str| {
        let mut pairs = vec![1, 1, 1, sale, sharing];
        pairs.extend([0; 9]);
        pairs.extend([child, 0, 0, 1, 2, 2]);
        gpp(&format!("DBABBg~{}{rest}", us(1, &pairs)), Some("8"))
    };
    assert_eq!(ca(2, 2, 0, ""), []);
    assert_eq!(ca(1, 2, 0, ""), [OptOut]);
    assert_eq!(ca(2, 1, 1, ""), [Child, OptOut]);
    assert_eq!(ca(2, 2, 0, ".QA"), [], "GPC: off");
    assert_eq!(ca(2, 2, 0, ".YA"), [OptOut], "GPC: on");
}

#[test]
fn a_gpp_string_that_applies_and_cannot_be_read_is_a_no() {
    let fine = "DBABTA~1YNN";
    for (text, sid, expected) in [
        ("garbage", None, &[OptOut][..]),
        ("", None, &[OptOut]),
        ("DBABTA", None, &[OptOut]),
        ("DBABTA~1YNN~1YNN", None, &[OptOut]),
        ("CBABTA~1YNN", None, &[OptOut]),
        ("garbage", Some("2"), &[NoConsent]),
        ("garbage", Some("2,7"), &[OptOut, NoConsent]),
        ("garbage", Some("-1"), &[]),
        ("garbage", Some("0"), &[]),
        (fine, Some("7"), &[OptOut]),
        (fine, Some("2"), &[NoConsent]),
        (fine, Some("x"), &[OptOut]),
        (fine, Some("99"), &[OptOut]),
        ("DBABLA~BAA", Some("7"), &[OptOut]),
        ("DBAA", None, &[]),
    ] {
        assert_eq!(gpp(text, sid), expected, "{text} {sid:?}");
    }
    let only_ids = Signals {
        gpp_sid: Some("8"),
        ..Signals::default()
    };
    assert_eq!(told(only_ids), [OptOut]);
}

proptest! {
    #[test]
    fn anything_is_read_without_a_panic(text in "\\PC{0,80}", sid in "[-0-9,_x]{0,12}") {
        let signals = Signals {
            us_privacy: Some(&text),
            tc: Some(&text),
            gpp: Some(&text),
            gpp_sid: Some(&sid),
            ..Signals::default()
        };
        judge(&signals, now());
    }

    #[test]
    fn letters_of_the_alphabet_are_read_without_a_panic(
        text in "D[A-Za-z0-9_-]{0,12}(~[A-Za-z0-9_.-]{0,60}){0,4}",
        tc in "[BC][A-Za-z0-9_-]{0,60}",
    ) {
        let signals = Signals { tc: Some(&tc), gpp: Some(&text), ..Signals::default() };
        judge(&signals, now());
    }

    #[test]
    fn a_purpose_that_is_taken_away_never_allows_more(
        consents in proptest::collection::btree_set(1_usize..=10, 0..10),
        gone in 1_usize..=10,
    ) {
        let all: Vec<_> = consents.iter().copied().collect();
        let less: Vec<_> = all.iter().copied().filter(|&n| n != gone).collect();
        let rank = |purposes: &[usize]| {
            gdpr(&tc(1, purposes, &[])).first().map_or(2, |&signal| i32::from(signal == NoProfile))
        };
        prop_assert!(rank(&less) <= rank(&all));
    }
}
