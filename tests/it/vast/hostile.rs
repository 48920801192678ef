//! Text and addresses of ill will: they come back as they were, and nothing else does.

use adserve::format::vast::{Version, read};
use adserve::format::xml::is_legal;
use proptest::prelude::*;

use super::fixture::Fixture;
use super::{read_back, setting, with_ads};

/// What people put into text fields to break what shows them: markup, ends of sections,
/// characters that XML cannot carry, macros, spoofs, and plain size.
fn payloads() -> Vec<String> {
    let fixed = [
        "]]>",
        "]]]]>>",
        "]]><Ad id=\"x\"><InLine/></Ad>",
        "]]\u{0}>",
        "<![CDATA[",
        "<Ad>",
        "</AdTitle><Impression>https://evil.example</Impression><AdTitle>",
        "<!--",
        "-->",
        "<?xml version=\"1.0\"?>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
        "&e;",
        "&amp;",
        "&#0;",
        "&#x3c;",
        "&",
        "<",
        ">",
        "\"",
        "'",
        "\" onload=\"x",
        "a\u{0}b",
        "a\u{1}\u{8}\u{b}\u{c}\u{e}\u{1f}b",
        "a\u{7f}\u{80}\u{85}\u{9f}b",
        "a\u{fffe}b\u{ffff}c",
        "a\u{feff}b",
        "a\tb\nc\rd\r\ne",
        "[ERRORCODE]",
        "[CACHEBUSTING][ERRORCODE]",
        "%%CACHEBUSTER%%",
        "${AUCTION_PRICE}",
        "{{name}}",
        "%5BERRORCODE%5D",
        "\u{202e}gpj.exe",
        "\u{200b}zero\u{200d}width",
        "\u{1b}[2J\u{1b}]0;title\u{7}",
        "𝄞 👩‍👩‍👧‍👦 ﷽",
        "e\u{301}\u{301}\u{301}",
        "' OR 1=1--",
        "=1+1",
        "javascript:alert(1)",
    ];
    let mut payloads: Vec<_> = fixed.map(|text| format!("x{text}y")).to_vec();
    payloads.push("<&]]>\"".repeat(64 * 1024 / 6));
    payloads
}

/// What XML leaves of a text.
fn legal(text: &str) -> String {
    text.chars().filter(|&c| is_legal(c)).collect()
}

/// A text in every field that comes from outside must come back from each of them.
fn check(payload: &str) {
    let mut fixture = Fixture::new();
    payload.clone_into(&mut fixture.media_url);
    let spot = fixture.spot();
    payload.clone_into(&mut spot.name);
    payload.clone_into(&mut spot.media.video_codec);
    let harmless = Fixture::new();
    for version in Version::ALL {
        let text = with_ads(&setting(version), &[fixture.served()]);
        let found = read_back(&text);
        assert_eq!(found.ads.len(), 1);
        let ad = &found.ads[0];
        let expected = legal(payload);
        assert_eq!(ad.ad_title, expected);
        assert_eq!(ad.media_files[0].uri, expected);
        if version >= Version::V3_0 {
            let codec = format!("{expected}, mp4a.40.2");
            assert_eq!(ad.media_files[0].codec.as_deref(), Some(codec.as_str()));
        }
        // Everything else is what it is with a harmless name.
        let plain = with_ads(&setting(version), &[harmless.served()]);
        let mut changed = ad.clone();
        let plain = &read_back(&plain).ads[0];
        changed.ad_title.clone_from(&plain.ad_title);
        changed.media_files.clone_from(&plain.media_files);
        assert_eq!(&changed, plain);
    }
}

#[test]
fn hostile_text_comes_back_as_it_was_and_changes_nothing_else() {
    let payloads = payloads();
    assert!(payloads.len() >= 40);
    for payload in &payloads {
        check(payload);
    }
}

#[test]
fn hostile_text_leaves_documents_that_others_can_read() {
    for payload in payloads() {
        let mut fixture = Fixture::new();
        fixture.spot().name.clone_from(&payload);
        for version in Version::ALL {
            let text = with_ads(&setting(version), &[fixture.served()]);
            let result = vastlint_core::validate(&text);
            let errors: Vec<_> = result
                .issues
                .iter()
                .filter(|issue| issue.severity == vastlint_core::Severity::Error)
                .collect();
            assert!(errors.is_empty(), "{payload:.80}: {errors:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_comes_back(payload in any::<String>()) {
        check(&format!("x{payload}y"));
    }

    #[test]
    fn a_damaged_document_is_read_or_refused(
        damages in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..8),
    ) {
        let mut document = with_ads(&setting(Version::V4_2), &[Fixture::new().served()]).into_bytes();
        for (place, byte, kind) in damages {
            let place = place.index(document.len());
            match kind {
                0 => document[place] = byte,
                1 => document.insert(place, byte),
                _ => document.truncate(place.max(1)),
            }
        }
        if let Ok(found) = read(&document) {
            // Damage cannot make more of a document than there was.
            prop_assert!(found.ads.len() <= 1);
            let urls: usize = found.ads.iter().map(|ad| ad.tracking.len()).sum();
            prop_assert!(urls <= 10);
        }
    }
}
