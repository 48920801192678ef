//! Ad requests: the query of a tag and the bodies of both versions.

use adserve::api::FieldProblem;
use adserve::decision::{AdRequest, Catalog, Opening, TenantFacts};
use adserve::intake::{
    Caller, Refusal, Surroundings, VIEWER_KEY_LEN, ViewerKeys, ask, ask_one, tag,
};
use adserve::model::{
    Channel, ChannelId, ChannelSpec, Millis, Tenant, TenantId, TenantSpec, Timestamp, Zone,
};

use super::{Target, seeds_of, text};

const FIELDS: &[&str] = &[
    "channel",
    "news",
    "ch_1",
    "duration",
    "30",
    "pod_duration",
    "slots",
    "max_ads",
    "min_ad",
    "ip",
    "ua",
    "did",
    "ifa",
    "lmt",
    "gdpr",
    "gdpr_consent",
    "gpp",
    "us_privacy",
    "coppa",
    "country",
    "zone",
    "age",
    "segments",
    "content",
    "device",
    "geo",
    "user",
    "key_values",
    "[IFA]",
    "-1",
    "null",
    "true",
    "1e400",
    "NaN",
    "%00",
    "%",
    "&",
    "=",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    ":",
    "+",
];

pub(crate) const QUERY: Target = Target {
    name: "query",
    property: query,
    seeds: || {
        seeds_of(&[
            "channel=news&pod_duration=90&max_ads=3&did=5f0c&lmt=0&gdpr=0",
            "channel=ch_1&duration=30&cb=[CACHEBUSTING]&version=4.2&us_privacy=1YNN",
            "channel=news&country=US&region=CA&city=Los%20Angeles&zone=America%2FLos_Angeles",
            "channel=news&ip=203.0.113.7&ua=Roku%2FDVP-12.0&content_genre=sports,news&coppa=1",
            "tenant=ten_1&slots=30,15,15&kv.tier=basic&segments=auto,home&age=25&gender=f",
        ])
    },
    words: FIELDS,
};

fn query(data: &[u8]) {
    let Some(text) = text(data) else { return };
    holds(|caller, around| tag(text, caller, around).map(|tag| tag.request));
}

pub(crate) const BODY_V1: Target = Target {
    name: "body_v1",
    property: |data| holds(|caller, around| ask_one(data, caller, around).map(|ask| ask.request)),
    seeds: || {
        seeds_of(&[
            r#"{"request_id":"r1","duration":30,"channel":"news"}"#,
            r#"{"request_id":"r1","duration":29.97,"channel":"ch_1","more":[1,{"a":null}]}"#,
        ])
    },
    words: FIELDS,
};

pub(crate) const BODY_V2: Target = Target {
    name: "body_v2",
    property: |data| holds(|caller, around| ask(data, caller, around).map(|ask| ask.request)),
    seeds: || {
        seeds_of(&[
            r#"{"request_id":"5f0c","channel":"news","pod_duration":90,"max_ads":3,"session":"s"}"#,
            r#"{"channel":"news","user":{"id":"u1","age":25,"segments":["auto"]},"geo":{"country":"US"}}"#,
            r#"{"channel":"ch_1","device":{"type":"tv","ifa":"x","lmt":1,"ua":"Roku"},"slots":[30,15]}"#,
            r#"{"channel":"news","content":{"genres":["news"],"rating":"tv-g"},"key_values":{"a":["b"]}}"#,
            r#"{"channel":"news","privacy":{"gdpr":true,"gdpr_consent":"CP","gpp":"DBAA"},"coppa":1}"#,
        ])
    },
    words: FIELDS,
};

/// Read twice it is the same; a refusal says what is wrong; and a question can be answered.
fn holds(read: impl Fn(&Caller<'_>, &Surroundings<'_>) -> Result<AdRequest, Refusal>) {
    let catalog = catalog();
    let keys = ViewerKeys::new([7; VIEWER_KEY_LEN], None);
    let around = Surroundings {
        catalog: &catalog,
        locate: &|_address| None,
        keys: &keys,
    };
    let caller = Caller {
        address: Some([203, 0, 113, 7].into()),
        is_trusted: true,
        user_agent: None,
        now: Timestamp::from_millis(1_795_176_000_000),
    };
    let found = read(&caller, &around);
    assert_eq!(found, read(&caller, &around));
    match found {
        Err(Refusal::Malformed(message)) => assert!(!message.is_empty()),
        Err(Refusal::Fields(problems)) => {
            assert!(!problems.is_empty());
            let is_told = |one: &FieldProblem| !one.field.is_empty() && !one.message.is_empty();
            assert!(problems.iter().all(is_told), "{problems:?}");
        }
        Err(Refusal::NotFound(what)) => assert!(!what.is_empty()),
        Ok(request) => sound(&request),
    }
}

fn sound(request: &AdRequest) {
    if let Opening::Pod(shape) = &request.opening {
        assert!(shape.problems().is_empty(), "{shape:?}");
    }
    let words = &request.traits.audience.segments;
    assert!(words.iter().all(|word| !word.is_empty()), "{words:?}");
    // It goes through a trace and comes back.
    let written = serde_json::to_vec(request).expect("it has only text as keys");
    let again: AdRequest = serde_json::from_slice(&written).expect("it was just written");
    assert_eq!(&again, request);
}

fn catalog() -> Catalog {
    let (id, at) = (TenantId::new(1), Timestamp::from_millis(0));
    let tenant = Tenant {
        id,
        revision: 1,
        created_at: at,
        updated_at: at,
        spec: TenantSpec {
            name: "acme".to_owned(),
            zone: Zone::UTC,
            currency: "USD".parse().expect("it is a currency"),
            quota_rps: None,
        },
    };
    let channel = Channel {
        id: ChannelId::new(1),
        tenant: id,
        revision: 1,
        created_at: at,
        updated_at: at,
        spec: ChannelSpec {
            name: "news".to_owned(),
            slot: Some(Millis(30_000)),
            ..ChannelSpec::default()
        },
    };
    let facts = TenantFacts {
        tenant,
        channels: vec![channel],
        advertisers: Vec::new(),
        orders: Vec::new(),
        categories: Vec::new(),
        pods: Vec::new(),
        campaigns: Vec::new(),
        creatives: Vec::new(),
    };
    Catalog::compile(1, vec![facts])
}
