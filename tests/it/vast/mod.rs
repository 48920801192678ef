//! Every form of a VAST answer, once as a snapshot and then against those who must read it.

mod client;
pub(crate) mod fixture;
mod hostile;
mod json;
mod lint;
pub(crate) mod schema;

use adserve::api::AdAnswer;
use adserve::format::vast::{Document, Version, read};
use adserve::model::{Currency, DecisionId};
use adserve::render::Served;
use adserve::render::json::{Forms, write_ad as write_json_ad, write_no_ad as write_json_no_ad};
use adserve::render::vast::{Setting, write_ads, write_no_ad};
use fixture::Fixture;

pub(crate) const PUBLIC_URL: &str = "https://ads.example";

/// A document and what it is about.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) version: Version,
    pub(crate) text: String,
}

fn setting(version: Version) -> Setting<'static> {
    Setting {
        version,
        public_url: PUBLIC_URL,
        currency: None,
    }
}

pub(crate) fn with_ads(setting: &Setting<'_>, served: &[Served<'_>]) -> String {
    let mut out = Vec::new();
    write_ads(setting, served, &mut out);
    String::from_utf8(out).unwrap()
}

fn without_ads(setting: &Setting<'_>) -> String {
    let mut out = Vec::new();
    write_no_ad(setting, DecisionId::new(99), &mut out);
    String::from_utf8(out).unwrap()
}

/// Every version of every kind of answer.
pub(crate) fn cases() -> Vec<Case> {
    let full = Fixture::new();
    let mut silent = Fixture::silent_webm();
    silent.spot().click_url = None;
    let priced = |version| Setting {
        currency: Some("EUR".parse::<Currency>().unwrap()),
        ..setting(version)
    };
    let mut cases = Vec::new();
    for version in Version::ALL {
        for (kind, text) in [
            ("ad", with_ads(&setting(version), &[full.served()])),
            ("silent", with_ads(&setting(version), &[silent.served()])),
            ("priced", with_ads(&priced(version), &[full.served()])),
            (
                "pod",
                with_ads(&setting(version), &[full.served(), silent.served()]),
            ),
            ("no_ad", without_ads(&setting(version))),
        ] {
            cases.push(Case {
                name: format!("vast_{version}_{kind}"),
                version,
                text,
            });
        }
    }
    cases
}

/// A line an element, for those who read the snapshot.
fn by_lines(text: &str) -> String {
    text.replace("><", ">\n<")
        .replace(">\n<![CDATA", "><![CDATA")
}

#[test]
fn every_form_of_answer_is_as_it_was() {
    for case in cases() {
        insta::assert_snapshot!(case.name, by_lines(&case.text));
    }
}

#[test]
fn the_json_answers_are_as_they_were() {
    let fixture = Fixture::new();
    let forms = Forms::new(PUBLIC_URL);
    let pretty = |text: String| {
        let answer: AdAnswer = serde_json::from_str(&text).unwrap();
        serde_json::to_string_pretty(&answer).unwrap()
    };
    let ad = json::written(|out| write_json_ad(&forms, &fixture.served(), "request-1", out));
    insta::assert_snapshot!("json_ad", pretty(ad));
    let reason = adserve::decision::NoFill::NoDemand;
    let no_ad = json::written(|out| write_json_no_ad(reason, "request-1", out));
    insta::assert_snapshot!("json_no_ad", pretty(no_ad));
}

/// What our own reader finds in a document that should hold one ad.
pub(crate) fn read_back(text: &str) -> Document {
    let document = read(text.as_bytes()).unwrap();
    assert_eq!(document.warnings, []);
    document
}

#[test]
fn our_reader_finds_what_a_player_needs() {
    for case in cases() {
        let document = read_back(&case.text);
        assert_eq!(document.version, case.version.as_str());
        let ads = match case.name.rsplit('_').next() {
            Some("ad") if case.name.ends_with("no_ad") => 0,
            Some("pod") => 2,
            _ => 1,
        };
        assert_eq!(document.ads.len(), ads, "{}", case.name);
        for ad in &document.ads {
            assert_eq!(ad.id.as_deref(), Some("cmp_1a"));
            assert_eq!(ad.duration.map(|span| span.0), Some(30_030));
            assert_eq!((ad.impressions.len(), ad.errors.len()), (1, 1));
            assert_eq!(ad.media_files.len(), 1);
            for event in [
                "start",
                "firstQuartile",
                "midpoint",
                "thirdQuartile",
                "complete",
            ] {
                let uris: Vec<_> = ad.tracking_of(event).collect();
                assert_eq!(uris.len(), 1, "{} {event}", case.name);
                assert!(uris[0].contains(&format!("?event={event}&t=")));
            }
        }
        let no_ad_errors = usize::from(ads == 0 && case.version >= Version::V3_0);
        assert_eq!(document.errors.len(), no_ad_errors, "{}", case.name);
    }
}

#[test]
fn what_a_version_does_not_have_is_not_written() {
    for case in cases().iter().filter(|case| case.name.ends_with("pod")) {
        let has = |text: &str| case.text.contains(text);
        let since = |version| case.version >= version;
        assert_eq!(has(" sequence="), since(Version::V3_0), "{}", case.name);
        assert_eq!(has(" codec="), since(Version::V3_0), "{}", case.name);
        assert_eq!(has("<UniversalAdId"), since(Version::V4_0), "{}", case.name);
        assert_eq!(has("<Viewable>"), since(Version::V4_0), "{}", case.name);
        assert_eq!(
            has("idValue"),
            case.version == Version::V4_0,
            "{}",
            case.name
        );
        assert_eq!(has("<AdServingId>"), since(Version::V4_1), "{}", case.name);
        assert_eq!(has(" fileSize="), since(Version::V4_1), "{}", case.name);
        assert!(
            !has("event=\"skip\""),
            "{}: nothing is skippable",
            case.name
        );
    }
}

#[test]
fn the_same_bytes_have_the_same_universal_id() {
    let (one, mut other) = (Fixture::new(), Fixture::new());
    other.spot().name = "Another name".to_owned();
    other.media_url = "https://other.example/file".to_owned();
    let id = |fixture: &Fixture| {
        let text = with_ads(&setting(Version::V4_2), &[fixture.served()]);
        read_back(&text).ads[0].universal_ad_ids.clone()
    };
    let hash = one.offer.spots[0].media.sha256_hex();
    assert_eq!(id(&one), [("adserve-sha256".to_owned(), hash)]);
    assert_eq!(id(&one), id(&other));
    other.spot().media.sha256[31] ^= 1;
    assert_ne!(id(&one), id(&other));
}
