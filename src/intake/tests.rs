//! Requests of every shape, good and bad, against what they should ask.

use core::net::IpAddr;

use proptest::prelude::*;

use super::*;
use crate::decision::{Opening, TenantFacts};
use crate::model::targeting::{Content, Device};
use crate::model::{
    Channel, ChannelId, ChannelSpec, Currency, Millis, Pod, PodId, PodShape, PodSpec, Privacy,
    PrivacySignal, Tenant, TenantId, TenantSpec,
};

/// Two tenants; both have a channel `News`, the first a channel `Sports` with a slot of 60 s and a
/// channel `Movies` that is set to its kind of pod, `Prime`.
fn catalog() -> Catalog {
    let tenant = |raw: u32, channels: &[(&str, Option<Millis>)]| {
        let id = TenantId::new(raw);
        let at = Timestamp::from_millis(0);
        let channels = channels.iter().zip(1..).map(|(&(name, slot), n)| Channel {
            id: ChannelId::new(raw * 10 + n),
            tenant: id,
            revision: 1,
            created_at: at,
            updated_at: at,
            spec: ChannelSpec {
                name: name.to_owned(),
                slot,
                pod: (name == "Movies").then_some(PodId::new(5)),
                ..ChannelSpec::default()
            },
        });
        TenantFacts {
            tenant: Tenant {
                id,
                revision: 1,
                created_at: at,
                updated_at: at,
                spec: TenantSpec {
                    name: format!("tenant {raw}"),
                    zone: Zone::UTC,
                    currency: "USD".parse::<Currency>().unwrap(),
                    quota_rps: None,
                },
            },
            channels: channels.collect(),
            advertisers: Vec::new(),
            orders: Vec::new(),
            categories: Vec::new(),
            pods: vec![prime(id)],
            campaigns: Vec::new(),
            creatives: Vec::new(),
        }
    };
    let sports = ("Sports", Some(Millis(60_000)));
    Catalog::compile(
        1,
        vec![
            tenant(1, &[("News", None), sports, ("Movies", None)]),
            tenant(2, &[("NEWS", None)]),
        ],
    )
}

/// 120 s: 60 s, twice 30 s, and at least two ads.
fn prime(tenant: TenantId) -> Pod {
    let at = Timestamp::from_millis(0);
    Pod {
        id: PodId::new(5),
        tenant,
        revision: 1,
        created_at: at,
        updated_at: at,
        spec: PodSpec {
            name: "Prime".to_owned(),
            description: String::new(),
            shape: PodShape {
                slots: [60_000, 30_000, 30_000].map(Millis).to_vec(),
                min_ads: 2,
                max_ads: 4,
                ..PodShape::of(Millis(120_000))
            },
        },
    }
}

const TV: &str = "Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.5) AppleWebKit/537.36 TV Safari/537.36";

fn caller() -> Caller<'static> {
    Caller {
        address: Some("203.0.113.7".parse().unwrap()),
        is_trusted: false,
        user_agent: Some(TV),
        now: "2026-11-20T12:00:00Z".parse().unwrap(),
    }
}

/// A database that knows one network, in California.
fn locate(address: IpAddr) -> Option<Located> {
    let known: IpAddr = "203.0.113.7".parse().unwrap();
    (address == known).then(|| Located {
        geo: Geo {
            country: Some("US".to_owned()),
            region: Some("CA".to_owned()),
            city: Some("los angeles".to_owned()),
            dma: Some(803),
            postal: Some("90210".to_owned()),
        },
        zone: Some("America/Los_Angeles".parse().unwrap()),
    })
}

const KEYS: ViewerKeys = ViewerKeys::new([7; VIEWER_KEY_LEN], None);

fn with<T>(read: impl FnOnce(&Surroundings<'_>) -> T) -> T {
    let catalog = catalog();
    read(&Surroundings {
        catalog: &catalog,
        locate: &locate,
        keys: &KEYS,
    })
}

fn body(text: &str) -> Result<AdRequest, Refusal> {
    with(|around| ask(text.as_bytes(), &caller(), around)).map(|ask| ask.request)
}

fn query(text: &str) -> Result<AdRequest, Refusal> {
    with(|around| tag(text, &caller(), around)).map(|tag| tag.request)
}

/// The fields that are wrong.
fn wrong(refusal: Refusal) -> Vec<String> {
    match refusal {
        Refusal::Fields(problems) => problems.into_iter().map(|it| it.field).collect(),
        other => panic!("{other:?}"),
    }
}

/// The request of the requirements, with every field.
const FULL: &str = r#"{
    "request_id": "0b6a", "channel": "sports", "pod_duration": 90, "max_ads": 3,
    "slots": [30, 15.5], "min_ads": 1, "max_ad": 45, "session": "s-1",
    "user": {"id": "u-1", "age": 35, "gender": "M", "household": "h-1", "income": 90000,
             "segments": ["Auto", "auto", "Outdoor  Life"]},
    "device": {"type": "Smart-TV", "brand": "Samsung", "os": "Tizen", "model": "QN90",
               "ifa": "AAAAAAAA-0000-4000-8000-000000000001", "lmt": 0,
               "time_zone": "America/New_York"},
    "content": {"category": "sports", "genre": ["football", "live"], "rating": "TV-PG",
                "id": "Game 7", "series": "Finals"},
    "geo": {"country": "us", "region": "US-CA", "city": "Los Angeles", "dma": "803",
            "zip": "90210-1234"},
    "app": {"bundle": "com.example.tv", "name": "Example TV"},
    "key_values": {"Tier": ["premium"], "n": 7, "ok": true, "empty": [], "none": null},
    "of_a_later_version": {"deep": [1, {"x": null}]}
}"#;

#[test]
fn a_full_body_becomes_the_question() {
    let request = body(FULL).unwrap();
    let words = |words: &[&str]| words.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
    let word = |word: &str| Some(word.to_owned());
    assert_eq!(request.tenant, TenantId::new(1));
    assert_eq!(request.channel, Some(ChannelId::new(12)));
    let Opening::Pod(shape) = &request.opening else {
        panic!("{:?}", request.opening)
    };
    assert_eq!(shape.duration, Millis(90_000));
    assert_eq!(shape.slots, [Millis(30_000), Millis(15_500)]);
    assert_eq!(
        (shape.min_ads, shape.max_ads, shape.max_ad),
        (1, 3, Some(Millis(45_000)))
    );
    let traits = &request.traits;
    assert_eq!(traits.audience.age, Some(35));
    assert_eq!(traits.audience.gender, word("male"));
    assert_eq!(traits.audience.income, Some(90_000));
    assert_eq!(traits.audience.segments, words(&["auto", "outdoor life"]));
    let device = Device {
        kind: word("smart_tv"),
        brand: word("samsung"),
        os: word("tizen"),
    };
    assert_eq!(traits.device, device);
    let content = Content {
        id: word("game 7"),
        categories: words(&["sports"]),
        genres: words(&["football", "live"]),
        rating: word("tv-pg"),
    };
    assert_eq!(traits.content, content);
    let geo = Geo {
        country: word("US"),
        region: word("CA"),
        city: word("los angeles"),
        dma: Some(803),
        postal: word("90210"),
    };
    assert_eq!(traits.geo, geo);
    assert_eq!(traits.zone.as_ref().unwrap().name(), "America/New_York");
    let pairs: Vec<_> = [
        ("app_bundle", "com.example.tv"),
        ("app_name", "example tv"),
        ("content_series", "finals"),
        ("device_model", "qn90"),
        ("n", "7"),
        ("ok", "true"),
        ("tier", "premium"),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), words(&[value])))
    .collect();
    assert_eq!(traits.key_values, pairs);
    let identity = request.identity;
    assert!(identity.user.is_some() && identity.device.is_some() && identity.session.is_some());
    assert_ne!(identity.household, identity.address);
    assert_eq!(request.privacy, Privacy::default());
}

#[test]
fn a_tag_asks_what_the_same_body_asks() {
    let tag = "channel=sports&pod_duration=90&max_ads=3&slots=30,15.5&min_ads=1&max_ad=45&sid=s-1\
        &ppid=u-1&age=35&gender=M&household=h-1&income=90000&segments=Auto,auto,Outdoor++Life\
        &device_type=Smart-TV&device_make=Samsung&os=Tizen&device_model=QN90\
        &did=aaaaaaaa-0000-4000-8000-000000000001&lmt=0&time_zone=America/New_York\
        &content_category=sports&content_genre=football,live&content_rating=TV-PG\
        &content_id=Game%207&content_series=Finals&country=us&region=US-CA&city=Los+Angeles\
        &metro=803&zip=90210-1234&app_bundle=com.example.tv&app_name=Example%20TV\
        &cust_params=Tier%3Dpremium%26n%3D7&kv.ok=true&kv.none=[X]&cb=123&correlator=9";
    assert_eq!(query(tag).unwrap(), body(FULL).unwrap());
}

#[test]
fn absent_is_absent_but_for_what_the_connection_tells() {
    let request = body(r#"{"channel": "ch_c"}"#).unwrap();
    assert_eq!(
        request.opening,
        Opening::Slot(Some(Millis(60_000))),
        "the slot of the channel"
    );
    assert_eq!(request.traits.device.os.as_deref(), Some("tizen"));
    assert_eq!(
        request.traits.geo,
        locate(caller().address.unwrap()).unwrap().geo
    );
    assert_eq!(
        request.traits.zone.as_ref().unwrap().name(),
        "America/Los_Angeles"
    );
    assert_eq!(request.traits.content, Content::default());
    let identity = request.identity;
    assert!(identity.user.is_none() && identity.device.is_none() && identity.session.is_none());
    assert!(identity.household.is_some() && identity.address.is_some());
}

#[test]
fn what_the_request_says_of_place_or_device_stands_alone() {
    let request = body(r#"{"channel":"sports","geo":{"country":"DE"},"device":{"type":"stb"}}"#);
    let traits = request.unwrap().traits;
    let only = Geo {
        country: Some("DE".to_owned()),
        ..Geo::default()
    };
    assert_eq!((traits.geo, traits.zone), (only, None));
    assert_eq!(traits.device.kind.as_deref(), Some("set_top_box"));
    assert_eq!((traits.device.brand, traits.device.os), (None, None));
}

#[test]
fn macros_that_were_not_filled_say_nothing() {
    let plain = query("channel=sports").unwrap();
    for unfilled in [
        "[X]",
        "{X}",
        "{{X}}",
        "${X}",
        "%25%25X%25%25",
        "",
        "%20",
        "-1",
        "-2",
    ] {
        let tag = format!(
            "channel=sports&did={unfilled}&country={unfilled}&age={unfilled}&ua={unfilled}\
             &gdpr={unfilled}&gdpr_consent={unfilled}&us_privacy={unfilled}&dma={unfilled}\
             &content_genre={unfilled}&app_bundle={unfilled}&kv.x={unfilled}"
        );
        let mut request = query(&tag).unwrap();
        request.traits.key_values.retain(|(key, _)| key != "x");
        assert_eq!(request, plain, "{unfilled}");
    }
    let said = body(
        r#"{"channel":"sports","device":{"ifa":"[IFA]","type":"%%TYPE%%"},"geo":{"country":null}}"#,
    );
    assert_eq!(said.unwrap(), plain);
}

#[test]
fn a_channel_is_found_by_id_or_by_a_name_that_is_one() {
    let found = |text: &str| body(text).map(|request| (request.tenant, request.channel));
    let news = Ok((TenantId::new(1), Some(ChannelId::new(11))));
    assert_eq!(found(r#"{"channel":"ch_b"}"#), news);
    assert_eq!(found(r#"{"channel":" news ","tenant":"ten_1"}"#), news);
    assert_eq!(
        found(r#"{"channel":"ＳＰＯＲＴＳ"}"#),
        Ok((TenantId::new(1), Some(ChannelId::new(12))))
    );
    assert_eq!(found(r#"{"tenant":"ten_2"}"#), Ok((TenantId::new(2), None)));
    for (text, what) in [
        (r#"{"channel":"nothing"}"#, "channel"),
        (r#"{"channel":"ch_9"}"#, "channel"),
        (r#"{"channel":"sports","tenant":"ten_2"}"#, "channel"),
        (r#"{"tenant":"ten_9"}"#, "tenant"),
        (r#"{"campaign_id":"cmp_9"}"#, "campaign"),
    ] {
        assert_eq!(found(text), Err(Refusal::NotFound(what)), "{text}");
    }
    for text in [r#"{"channel":"news"}"#, r#"{"channel":"ch_!"}"#, "{}"] {
        assert_eq!(wrong(found(text).unwrap_err()), ["channel"], "{text}");
    }
}

#[test]
fn a_pod_is_asked_for_by_any_of_its_fields() {
    let shape = |text: &str| match query(&format!("channel=sports&{text}")).unwrap().opening {
        Opening::Pod(shape) => (
            shape.duration.0,
            shape.min_ads,
            shape.max_ads,
            shape.slots.len(),
        ),
        Opening::Slot(slot) => (slot.unwrap().0, 0, 0, 0),
    };
    assert_eq!(shape("duration=30"), (30_000, 0, 0, 0));
    assert_eq!(shape("pod_duration=120"), (120_000, 0, 32, 0));
    assert_eq!(shape("duration=120&max_ads=4"), (120_000, 0, 4, 0));
    assert_eq!(
        shape("max_ads=4"),
        (60_000, 0, 4, 0),
        "the time of the channel"
    );
    assert_eq!(shape("slots=30,30,15"), (75_000, 0, 32, 3));
    assert_eq!(
        shape("slots=30&pod_duration=90&min_ads=2"),
        (90_000, 2, 32, 1)
    );
}

#[test]
fn what_the_request_says_of_a_pod_goes_over_what_is_set_up() {
    let shape = |text: &str| match query(text).unwrap().opening {
        Opening::Pod(shape) => {
            let slots: Vec<u64> = shape.slots.iter().map(|slot| slot.0 / 1_000).collect();
            (
                shape.duration.0 / 1_000,
                shape.min_ads,
                shape.max_ads,
                slots,
            )
        }
        Opening::Slot(slot) => (slot.map_or(0, |slot| slot.0 / 1_000), 0, 0, Vec::new()),
    };
    let prime = (120, 2, 4, vec![60, 30, 30]);
    assert_eq!(shape("channel=movies"), prime, "what the channel is set to");
    assert_eq!(shape("channel=sports&pod=PRIME"), prime, "by name");
    assert_eq!(shape("channel=sports&pod=pod_5"), prime, "by id");
    assert_eq!(
        shape("channel=movies&duration=30"),
        (30, 0, 0, vec![]),
        "one slot"
    );
    assert_eq!(
        shape("channel=movies&pod_duration=100"),
        (100, 2, 4, vec![60, 30])
    );
    assert_eq!(shape("channel=movies&max_ads=1"), (120, 1, 1, vec![60]));
    assert_eq!(
        shape("channel=movies&min_ads=6"),
        (120, 6, 6, vec![60, 30, 30])
    );
    assert_eq!(
        shape("channel=movies&slots=15,15"),
        (120, 2, 4, vec![15, 15])
    );
    let slots = query("channel=movies&slots=90,60").unwrap_err();
    assert_eq!(wrong(slots), ["slots"], "longer than the pod");
    for unknown in ["late", "pod_9"] {
        let refused = query(&format!("channel=movies&pod={unknown}"));
        assert_eq!(refused, Err(Refusal::NotFound("pod")), "{unknown}");
    }
    assert_eq!(
        wrong(query("channel=movies&pod=pod_!").unwrap_err()),
        ["pod"]
    );
}

/// Bodies and the fields that are wrong in them, in their order.
const BAD_BODIES: &[(&str, &[&str])] = &[
    (
        r#"{"channel":"sports","pod_duration":0}"#,
        &["pod_duration"],
    ),
    (
        r#"{"channel":"sports","pod_duration":-5}"#,
        &["pod_duration"],
    ),
    (
        r#"{"channel":"sports","pod_duration":3601}"#,
        &["pod_duration"],
    ),
    (
        r#"{"channel":"sports","pod_duration":"x"}"#,
        &["pod_duration"],
    ),
    (
        r#"{"channel":"sports","duration":30,"pod_duration":90}"#,
        &["duration"],
    ),
    (
        r#"{"channel":"sports","pod_duration":90,"max_ads":0}"#,
        &["max_ads"],
    ),
    (
        r#"{"channel":"sports","pod_duration":90,"max_ads":33}"#,
        &["max_ads"],
    ),
    (
        r#"{"channel":"sports","pod_duration":90,"max_ads":2.5}"#,
        &["max_ads"],
    ),
    (
        r#"{"channel":"sports","pod_duration":90,"max_ads":2,"min_ads":3}"#,
        &["min_ads"],
    ),
    (
        r#"{"channel":"sports","pod_duration":60,"slots":[30,31]}"#,
        &["slots"],
    ),
    (
        r#"{"channel":"sports","pod_duration":60,"slots":[30,0]}"#,
        &["slots"],
    ),
    (
        // Each may be so long, and together they may not.
        r#"{"channel":"sports","slots":[3000,3000,3000]}"#,
        &["slots"],
    ),
    (
        r#"{"channel":"sports","pod_duration":60,"slots":{}}"#,
        &["slots"],
    ),
    (
        r#"{"channel":"sports","pod_duration":60,"max_ads":1,"slots":[5,5]}"#,
        &["slots"],
    ),
    (
        r#"{"channel":"sports","pod_duration":60,"min_ad":30,"max_ad":15}"#,
        &["min_ad"],
    ),
    (r#"{"tenant":"ten_1","max_ads":3}"#, &["pod_duration"]),
    (r#"{"channel":7}"#, &[]),
    (r#"{"channel":["sports"]}"#, &["channel", "channel"]),
    (r#"{"channel":"sports","request_id":{}}"#, &["request_id"]),
    (
        r#"{"channel":"sports","user":"u","device":[],"geo":1,"content":true}"#,
        &["user", "device", "geo", "content"],
    ),
    (
        r#"{"channel":"sports","user":{"age":-7,"gender":["m"],"income":1e12,"segments":{}}}"#,
        &["user.age", "user.gender", "user.income", "user.segments"],
    ),
    (r#"{"channel":"sports","user":{"age":131}}"#, &["user.age"]),
    (
        r#"{"channel":"sports","user":{"segments":["ok",{}]}}"#,
        &["user.segments"],
    ),
    (
        r#"{"channel":"sports","geo":{"country":"USA","region":"California","dma":"abc"}}"#,
        &["geo.dma", "geo.country", "geo.region"],
    ),
    (
        r#"{"channel":"sports","geo":{"country":"US","region":"CA-ON"}}"#,
        &["geo.region"],
    ),
    (r#"{"channel":"sports","geo":{"dma":1000}}"#, &["geo.dma"]),
    (
        r#"{"channel":"sports","device":{"lmt":2,"dnt":"yes"}}"#,
        &["device.lmt", "device.dnt"],
    ),
    (
        r#"{"channel":"sports","device":{"time_zone":"Mars/Base"}}"#,
        &["device.time_zone"],
    ),
    (
        r#"{"channel":"sports","device":{"utc_offset":7}}"#,
        &["device.utc_offset"],
    ),
    (
        r#"{"channel":"sports","device":{"utc_offset":6000}}"#,
        &["device.utc_offset"],
    ),
    (
        r#"{"channel":"sports","device":{"type":"a\u0000b"}}"#,
        &["device.type"],
    ),
    (r#"{"channel":"sports","key_values":[]}"#, &["key_values"]),
    (
        r#"{"channel":"sports","key_values":{"a":{"b":1}}}"#,
        &["key_values.a"],
    ),
    (r#"{"channel":"sports","channel":"news"}"#, &["channel"]),
    (
        r#"{"channel":"sports","geo":{"zip":"1","postal":"2"}}"#,
        &["geo.postal"],
    ),
    (
        r#"{"channel":"sports","privacy":{"gdpr":"maybe","coppa":5}}"#,
        &["privacy.coppa", "privacy.gdpr"],
    ),
];

#[test]
fn everything_wrong_in_a_body_is_told_at_once_with_its_path() {
    for (text, fields) in BAD_BODIES {
        match body(text) {
            Err(Refusal::Fields(problems)) => {
                let found: Vec<_> = problems.iter().map(|it| it.field.as_str()).collect();
                assert_eq!(found, *fields, "{text}");
            }
            Err(Refusal::NotFound(_)) => assert!(fields.is_empty(), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn what_is_no_json_object_is_malformed() {
    for text in [
        "",
        "{",
        "[]",
        "null",
        "7",
        "\"x\"",
        "{} {}",
        r#"{"channel":}"#,
    ] {
        assert!(matches!(body(text), Err(Refusal::Malformed(_))), "{text}");
    }
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let at = |name: &str| body(&format!(r#"{{"channel":"sports","{name}":{deep}}}"#));
    assert!(matches!(at("slots"), Err(Refusal::Malformed(_))));
    assert!(at("of_a_later_version").is_ok());
    let invalid = with(|around| ask(b"{\"channel\":\"\xff\"}", &caller(), around));
    assert!(matches!(invalid, Err(Refusal::Malformed(_))));
}

#[test]
fn bad_tags_name_the_parameter_that_was_used() {
    for (text, fields) in [
        ("channel=sports&metro=x&zip=%00", &["metro", "zip"][..]),
        ("channel=sports&channel=sports", &["channel"]),
        ("channel=sports&did=a&ifa=b", &["ifa"]),
        ("channel=sports&version=9", &["version"]),
        ("channel=sports&lmt=2&coppa=x", &["lmt", "coppa"]),
        ("channel=sports&duration=-1", &["duration"]),
        (
            "channel=sports&duration=1e3&max_ads=-1",
            &["duration", "max_ads"],
        ),
        ("channel=sports&slots=30,,15", &["slots"]),
    ] {
        assert_eq!(wrong(query(text).unwrap_err()), fields, "{text}");
    }
    assert!(
        query("channel=sports&did=a&ifa=a").is_ok(),
        "both names for one id"
    );
}

#[test]
fn long_lists_and_texts_are_refused() {
    let many: Vec<String> = (0..65).map(|n| format!("s{n}")).collect();
    let list = serde_json::to_string(&many).unwrap();
    let body = |inner: &str| body(&format!(r#"{{"channel":"sports",{inner}}}"#));
    let refused = |inner: &str| wrong(body(inner).unwrap_err());
    assert_eq!(
        refused(&format!(r#""user":{{"segments":{list}}}"#)),
        ["user.segments"]
    );
    assert_eq!(
        refused(&format!(r#""key_values":{{"a":{list}}}"#)),
        ["key_values.a"]
    );
    let keys: Vec<String> = (0..40).map(|n| format!(r#""k{n}":1"#)).collect();
    assert_eq!(
        refused(&format!(r#""key_values":{{{}}}"#, keys.join(","))),
        ["key_values"]
    );
    let long = "x".repeat(257);
    for field in [
        "user.id",
        "user.household",
        "device.ifa",
        "device.os",
        "geo.city",
        "content.id",
    ] {
        let (section, key) = field.split_once('.').unwrap();
        assert_eq!(
            refused(&format!(r#""{section}":{{"{key}":"{long}"}}"#)),
            [field]
        );
    }
    assert_eq!(refused(&format!(r#""session":"{long}""#)), ["session"]);
    assert_eq!(
        refused(&format!(r#""request_id":"{long}""#)),
        ["request_id"]
    );
    let tag = format!("channel=sports&segments={}", many.join(","));
    assert_eq!(wrong(query(&tag).unwrap_err()), ["segments"]);
    let flood: Vec<String> = (0..500).map(|n| format!("kv.k{n}=1")).collect();
    let problems = wrong(query(&format!("channel=sports&{}", flood.join("&"))).unwrap_err());
    assert!(!problems.is_empty() && problems.len() <= 50);
}

#[test]
fn clocks_are_zones_or_offsets() {
    for (said, zone) in [
        ("\"time_zone\":\"Europe/Berlin\"", "Europe/Berlin"),
        ("\"utc_offset\":-300", "Etc/GMT+5"),
        ("\"utc_offset\":\"330\"", "Asia/Kolkata"),
        ("\"utc_offset\":0", "Etc/UTC"),
        ("\"utc_offset\":840", "Etc/GMT-14"),
        (
            "\"utc_offset\":60,\"time_zone\":\"Asia/Tokyo\"",
            "Asia/Tokyo",
        ),
    ] {
        let request = body(&format!(r#"{{"channel":"sports","device":{{{said}}}}}"#)).unwrap();
        assert_eq!(request.traits.zone.unwrap().name(), zone, "{said}");
    }
}

/// What remains of a full request under each signal, and that the session does.
#[test]
fn signals_take_identities_audience_and_precise_places_away() {
    let ask = |more: &str| {
        query(&format!(
            "channel=sports&user=u&did=d&household=h&session=s&age=35&gender=f&income=5&seg=auto&{more}"
        ))
        .unwrap()
    };
    let free = ask("lmt=0&dnt=0&coppa=0&gdpr=0&us_privacy=1YNN");
    assert!(free.identity.user.is_some() && free.traits.geo.dma.is_some());
    for (said, signal) in [
        ("lmt=1", PrivacySignal::LimitTracking),
        ("is_lat=1", PrivacySignal::LimitTracking),
        ("dnt=1", PrivacySignal::LimitTracking),
        ("coppa=1", PrivacySignal::Child),
        ("tfcd=1", PrivacySignal::Child),
        ("us_privacy=1YYN", PrivacySignal::OptOut),
        ("us_privacy=garbage", PrivacySignal::OptOut),
        ("gdpr=1", PrivacySignal::NoConsent),
        ("gdpr=1&gdpr_consent=garbage", PrivacySignal::NoConsent),
        ("gdpr_consent=garbage", PrivacySignal::NoConsent),
        ("gpp=DBABTA~1YYN&gpp_sid=6", PrivacySignal::OptOut),
        ("gpp_sid=7", PrivacySignal::OptOut),
    ] {
        let request = ask(said);
        assert_eq!(request.privacy, Privacy::from_iter([signal]), "{said}");
        let identity = request.identity;
        let known = [
            identity.user,
            identity.device,
            identity.household,
            identity.address,
        ];
        assert!(known.iter().all(Option::is_none), "{said}");
        assert_eq!(identity.session, free.identity.session, "{said}");
        assert_eq!(
            request.traits.audience,
            crate::model::targeting::Audience::default(),
            "{said}"
        );
        let geo = request.traits.geo;
        assert_eq!(
            (geo.country, geo.region),
            (
                free.traits.geo.country.clone(),
                free.traits.geo.region.clone()
            )
        );
        assert_eq!(
            (geo.city, geo.dma, geo.postal),
            (None, None, None),
            "{said}"
        );
        assert_eq!(request.traits.device, free.traits.device, "{said}");
    }
}

#[test]
fn an_advertising_id_of_zeros_is_a_wish_not_to_be_followed() {
    for zero in [
        "00000000-0000-0000-0000-000000000000",
        "00000000000000000000000000000000",
    ] {
        let request = query(&format!("channel=sports&did={zero}&user=u")).unwrap();
        assert_eq!(
            request.privacy,
            Privacy::from_iter([PrivacySignal::LimitTracking])
        );
        assert_eq!(request.identity, crate::model::Identity::default());
    }
    for nobody in ["null", "undefined", "UNKNOWN", "0", "optout"] {
        let request = query(&format!("channel=sports&did={nobody}&user={nobody}")).unwrap();
        assert_eq!(
            (request.identity.device, request.identity.user),
            (None, None),
            "{nobody}"
        );
        assert_eq!(request.privacy, Privacy::default());
    }
}

#[test]
fn households_are_networks_where_none_is_named() {
    let at = |address: &str| {
        let caller = Caller {
            address: Some(address.parse().unwrap()),
            ..caller()
        };
        let request = with(|around| tag("channel=sports", &caller, around))
            .unwrap()
            .request;
        (request.identity.household, request.identity.address)
    };
    assert_ne!(at("203.0.113.7"), at("203.0.113.8"));
    assert_eq!(
        at("2a00:1:2:3400::1"),
        at("2a00:1:2:34ff:1:2:3:4"),
        "one /56"
    );
    assert_ne!(at("2a00:1:2:3400::1"), at("2a00:1:2:3500::1"));
    assert_eq!(at("::ffff:203.0.113.7"), at("203.0.113.7"));
    let (household, address) = at("203.0.113.7");
    assert_ne!(household, address, "the scope is hashed with it");
    for nobody in [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.9",
        "100.64.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
    ] {
        assert_eq!(at(nobody), (None, None), "{nobody}");
    }
}

#[test]
fn only_a_trusted_proxy_may_name_the_address() {
    let read = |is_trusted| {
        let caller = Caller {
            is_trusted,
            address: Some("198.51.100.1".parse().unwrap()),
            ..caller()
        };
        with(|around| tag("channel=sports&ip=203.0.113.7", &caller, around))
            .unwrap()
            .request
    };
    assert_eq!(read(true).traits.geo.dma, Some(803));
    assert_eq!(read(false).traits.geo, Geo::default());
    assert_ne!(read(true).identity.address, read(false).identity.address);
    let caller = Caller {
        is_trusted: true,
        ..caller()
    };
    let refused = with(|around| tag("channel=sports&ip=nowhere", &caller, around)).unwrap_err();
    assert_eq!(wrong(refused), ["ip"]);
}

#[test]
fn the_user_agent_of_the_request_wins_over_the_header() {
    let request = query("channel=sports&ua=Roku/DVP-9.10").unwrap();
    assert_eq!(request.traits.device.os.as_deref(), Some("roku_os"));
}

#[test]
fn version_1_asks_for_one_slot_with_what_the_connection_tells() {
    let one = |text: &str| with(|around| ask_one(text.as_bytes(), &caller(), around));
    let asked = one(r#"{"request_id":"a","duration":30,"channel":"sports","max_ads":3}"#).unwrap();
    assert_eq!(asked.request_id.as_deref(), Some("a"));
    assert_eq!(asked.request.opening, Opening::Slot(Some(Millis(30_000))));
    assert_eq!(asked.request.traits.geo.dma, Some(803));
    for bad in ["-1", "0", "3601", "\"30\""] {
        let text = format!(r#"{{"request_id":"a","duration":{bad},"channel":"sports"}}"#);
        assert!(one(&text).is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _read = with(|around| ask(&bytes, &caller(), around).is_ok());
        let _read = with(|around| ask_one(&bytes, &caller(), around).is_ok());
    }

    #[test]
    fn any_query_is_read_without_a_panic(text in "\\PC{0,200}") {
        let _read = query(&text).is_ok();
    }

    /// Every known parameter with any value is read or refused, and never kept raw too long.
    #[test]
    fn any_value_of_any_parameter_is_read_or_refused(
        place in 0..fields::TABLE.len(),
        value in "\\PC{0,300}",
    ) {
        let (_field, _paths, names) = fields::TABLE[place];
        if let Some(name) = names.first() {
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            if let Ok(request) = query(&format!("tenant=ten_1&{name}={value}")) {
                for (_key, values) in request.traits.key_values {
                    prop_assert!(values.iter().all(|it| it.len() <= 3 * 128));
                }
            }
        }
    }

    /// A body with one value of any JSON kind at any path.
    #[test]
    fn any_kind_of_value_at_any_path_is_read_or_refused(
        place in 0..fields::TABLE.len(),
        value in prop_oneof![
            Just("null"), Just("true"), Just("7"), Just("-7"), Just("1.5"), Just("1e300"),
            Just("\"x\""), Just("[]"), Just("[1,\"x\"]"), Just("[[1]]"), Just("{}"),
            Just("{\"a\":{\"b\":[1]}}"),
        ],
    ) {
        let (_field, paths, _names) = fields::TABLE[place];
        if let Some(path) = paths.first() {
            let text = match path.split_once('.') {
                Some((section, key)) => format!(r#"{{"tenant":"ten_1","{section}":{{"{key}":{value}}}}}"#),
                None => format!(r#"{{"{path}":{value}}}"#),
            };
            prop_assert!(!matches!(body(&text), Err(Refusal::Malformed(_))), "{}", text);
        }
    }
}
