//! VMAP documents against the schema of IAB Tech Lab and a client that players use.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use adserve::format::vast::Version;
use adserve::model::stream::ScheduledBreak;
use adserve::model::{ChannelId, Millis};
use adserve::render::vast::Setting;
use adserve::render::vmap::{Ads, Tag, write_vmap};
use serde_json::{Value, json};

use crate::vast::fixture::Fixture;
use crate::vast::schema::{complaints, schemas};
use crate::vast::{PUBLIC_URL, with_ads};

/// A document and what it is about.
struct Case {
    name: String,
    text: String,
    /// The tag, or the ads, of each break.
    expected: Value,
}

const BREAKS: [(u64, u64); 3] = [(0, 15_000), (600_000, 60_000), (3_723_004, 15_500)];

fn document(query: &str, breaks: &[(u64, u64)], ads: impl Fn(usize) -> Ads) -> String {
    let tag = Tag {
        public_url: PUBLIC_URL,
        channel: ChannelId::new(3),
        query,
    };
    let breaks: Vec<_> = breaks
        .iter()
        .map(|(at, duration)| ScheduledBreak {
            at: Millis(*at),
            duration: Millis(*duration),
        })
        .collect();
    let mut out = Vec::new();
    write_vmap(&tag, &breaks, |place, _one| ads(place), &mut out);
    String::from_utf8(out).unwrap()
}

/// A pod of two ads, the first with a name that would break out of anything.
fn pod(version: Version) -> String {
    let mut hostile = Fixture::new();
    "]]></VAST></vmap:VASTAdData>&amp;\u{1b}[2J".clone_into(&mut hostile.spot().name);
    let silent = Fixture::silent_webm();
    let setting = Setting {
        version,
        public_url: PUBLIC_URL,
        currency: None,
    };
    with_ads(&setting, &[hostile.served(), silent.served()])
}

fn cases() -> Vec<Case> {
    let query = "did=[DEVICE]&geo=US-CA&channel=other&ua=%3C%22%5D%5D%3E&x=]]>\"<";
    let tag = |time: &str| {
        let channel = ChannelId::new(3);
        json!(format!(
            "{PUBLIC_URL}/api/v1/vast?channel={channel}&pod_duration={time}\
             &did=[DEVICE]&geo=US-CA&ua=%3C%22%5D%5D%3E&x=]]>\"<"
        ))
    };
    let asked = [tag("15"), tag("60"), tag("15.500")];
    let mut cases = vec![
        Case {
            name: "none".to_owned(),
            text: document(query, &[], |_place| Ads::Asked),
            expected: json!([]),
        },
        Case {
            name: "asked".to_owned(),
            text: document(query, &BREAKS, |_place| Ads::Asked),
            expected: json!(asked),
        },
    ];
    for version in Version::ALL {
        let text = document(query, &BREAKS, |place| match place {
            1 => Ads::Decided(pod(version)),
            _ => Ads::Asked,
        });
        cases.push(Case {
            name: format!("decided_{version}"),
            text,
            expected: json!([asked[0], ["cmp_1a", "cmp_1a"], asked[2]]),
        });
    }
    cases
}

#[test]
fn every_form_is_as_it_was() {
    let text = &cases()[2].text;
    let lines = text
        .replace("><", ">\n<")
        .replace(">\n<![CDATA", "><![CDATA");
    insta::assert_snapshot!("vmap_decided", lines);
}

#[test]
fn the_schema_accepts_every_document() {
    let Some(folder) = schemas() else { return };
    let documents: Vec<_> = cases()
        .into_iter()
        // What a macro or a client's own text leaves is no `anyURI`; the address around it is.
        .map(|case| {
            (
                case.name,
                case.text
                    .replace("[DEVICE]", "d")
                    .replace("]]]]><![CDATA[>\"<", ""),
            )
        })
        .collect();
    assert!(documents.len() >= 8);
    let schema = folder.join("vmap.xsd");
    assert_eq!(complaints(&schema, &documents), [""; 0]);
    // It would find a fault.
    let broken = documents[1].1.replace(" timeOffset=", " offset=");
    assert_ne!(
        complaints(&schema, &[("broken".to_owned(), broken)]),
        [""; 0]
    );
}

#[test]
fn a_client_finds_each_break_and_its_ads() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/read_vmap.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node does not run; scripts/bootstrap installs it");
    let cases = cases();
    let input = cases
        .iter()
        .map(|case| json!({"name": case.name, "text": case.text}));
    let input = Value::Array(input.collect()).to_string();
    // A client that ends early closes its end: what it said is told below.
    let sent = node.stdin.take().unwrap().write_all(input.as_bytes());
    let output = node.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && sent.is_ok(),
        "the client failed; if it lacks a package, scripts/bootstrap installs it: {said}"
    );
    let found: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found.len(), cases.len());
    for (found, case) in found.iter().zip(&cases) {
        assert_eq!(found["version"], "1.0", "{}", case.name);
        let breaks = found["breaks"].as_array().unwrap();
        let ads = breaks.iter().map(|one| match &one["tag"] {
            Value::Null => one["ads"].clone(),
            tag => tag.clone(),
        });
        assert_eq!(Value::Array(ads.collect()), case.expected, "{}", case.name);
        let offsets: Vec<_> = breaks.iter().map(|one| one["offset"].clone()).collect();
        let expected = json!(["start", "00:10:00.000", "01:02:03.004"]);
        let expected = &expected.as_array().unwrap()[..offsets.len()];
        assert_eq!(offsets, expected, "{}", case.name);
        for one in breaks {
            assert_eq!(one["type"], "linear");
            assert_eq!(one["isManyAllowed"], "true", "a pod is several ads");
        }
    }
}
