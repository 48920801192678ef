//! Texts: targeting, tokens, user agents, consent strings, the configuration.

use adserve::daemon::config::{Sources, load};
use adserve::format::consent::{Signals, judge};
use adserve::format::user_agent;
use adserve::model::{
    CampaignId, ChannelId, CreativeId, Millis, Nanos, PriceModel, Receiver, ServedAd, ServedAdId,
    Targeting, TenantId, Timestamp,
};
use adserve::render::token::{KEY_LEN, SigningKey, TokenKeys};

use super::{Target, seeds_of, text};

/// The instant at which all this happens: 2026-11-20T12:00:00Z.
const NOW: Timestamp = Timestamp::from_millis(1_795_176_000_000);

pub(crate) const TARGETING: Target = Target {
    name: "targeting",
    property: targeting,
    seeds: || {
        seeds_of(&[
            "everyone",
            "geo in (US-CA, dma:501) and device = roku and daypart in mon-fri 18:00-23:00 viewer",
            "geo = US and (age = 18-34 or income >= 1) and not",
            "segment in (auto, \"home & garden\") and rating != tv-ma or key.tier = basic",
            "(geo = FR or geo = DE) and (device != tv or channel in (ch_1, ch_2a))",
            "geo in (\"city:US-CA/los angeles\", postal:US/90210) or daypart = sat,sun 22:00-02:00",
        ])
    },
    words: &[
        "and",
        "or",
        "not in",
        "in",
        "=",
        "!=",
        "(",
        ")",
        ",",
        "\"",
        "\\",
        "geo",
        "device",
        "daypart",
        "key.",
        "age",
        "18-34",
        "campaign",
        "viewer",
        "city:",
        "everyone",
        "channel",
        "ch_1",
        "\n",
        "\u{202e}",
        "18:00-23:00",
    ],
};

/// What is read is printed so that it reads the same; what is not is told with its place.
fn targeting(data: &[u8]) {
    let Some(text) = text(data) else { return };
    match text.parse::<Targeting>() {
        Ok(read) => {
            let printed = read.to_string();
            let again: Targeting = printed.parse().expect("what was printed can be read");
            assert_eq!(again, read, "{printed}");
            assert_eq!(again.to_string(), printed, "printing is stable");
            assert!(read.problems().is_empty(), "what is read is sound");
        }
        Err(error) => {
            assert!(error.at.start <= error.at.end && error.at.end <= text.len());
            assert!(text.is_char_boundary(error.at.start) && text.is_char_boundary(error.at.end));
            let excerpt = error.excerpt(text);
            assert_eq!(excerpt.lines().count(), 2, "{excerpt:?}");
            assert!(
                !excerpt.chars().any(|c| c.is_control() && c != '\n'),
                "{excerpt:?}"
            );
            assert!(!error.to_string().contains('\u{1b}'));
        }
    }
}

pub(crate) const TOKEN: Target = Target {
    name: "token",
    property: token,
    seeds: || vec![keys().mint(&ad()).as_str().as_bytes().to_vec()],
    words: &["-", "_", "=", "AQ", "AQE", "%2D"],
};

/// A token that is taken says what was signed, and is the only text that does.
fn token(data: &[u8]) {
    let Some(text) = text(data) else { return };
    if let Ok(found) = keys().verify(text, NOW) {
        assert_eq!(
            keys().mint(&found).as_str(),
            text,
            "each token has one text"
        );
        assert_eq!(found, ad(), "nothing else was ever signed");
    }
}

fn keys() -> TokenKeys {
    let key = SigningKey {
        id: 1,
        secret: [7; KEY_LEN],
    };
    TokenKeys::new(&key, None)
}

fn ad() -> ServedAd {
    ServedAd {
        id: ServedAdId::new(77),
        tenant: TenantId::new(1),
        channel: Some(ChannelId::new(3)),
        campaign: CampaignId::new(5),
        creative: CreativeId::new(9),
        price_model: PriceModel::Cpm,
        charge: Nanos(24_000_000),
        decided_at: NOW,
        duration: Millis(30_000),
        receiver: Receiver::UNKNOWN,
    }
}

pub(crate) const USER_AGENT: Target = Target {
    name: "user_agent",
    property: user_agent,
    seeds: || {
        seeds_of(&[
            "Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.5) AppleWebKit/537.36 TV Safari/537.36",
            "Roku/DVP-12.0 (12.0.0.4182-AE)",
            "Mozilla/5.0 (Linux; Android 9; AFTMM) AppleWebKit/537.36 Silk/98.2.4",
            "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 Chrome/94 Safari/537.36",
            "AppleCoreMedia/1.0.0.20J373 (Apple TV; U; CPU OS 16_0 like Mac OS X; en_us)",
            "Mozilla/5.0 (iPad; CPU OS 15_2 like Mac OS X) Version/15.2 Mobile/15E148",
        ])
    },
    words: &[
        "Tizen", "Roku", "Android", "AFT", "SmartTV", "Apple TV", "Windows", "(", ";", "TV",
    ],
};

/// Words of a closed list, and the same twice.
fn user_agent(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let device = user_agent::device(text);
    assert_eq!(user_agent::device(text), device);
    for word in [&device.kind, &device.brand, &device.os]
        .into_iter()
        .flatten()
    {
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-. ".contains(c);
        assert!(!word.is_empty() && word.chars().all(is_word), "{word:?}");
    }
    assert!(device.kind.is_some() || (device.brand.is_none() && device.os.is_none()));
}

pub(crate) const CONSENT: Target = Target {
    name: "consent",
    property: consent,
    seeds: || {
        seeds_of(&[
            "1YNN",
            "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA",
            "DBABMA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA",
            "DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN\n2,6",
            "DBABLA~BVQqAAAAAgA.QA\n7",
        ])
    },
    words: &["~", ".", "DBAA", "1Y", "B", "\n", ",", "7", "CP"],
};

/// Nothing that is said besides takes protection away.
fn consent(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (string, sections) = text.split_once('\n').unwrap_or((text, ""));
    let signals = Signals {
        us_privacy: Some(string),
        tc: Some(string),
        gpp: Some(string),
        gpp_sid: (!sections.is_empty()).then_some(sections),
        ..Signals::default()
    };
    let judged = judge(&signals, NOW);
    assert_eq!(judge(&signals, NOW), judged);
    let child = judge(
        &Signals {
            child: true,
            limit: true,
            ..signals
        },
        NOW,
    );
    for signal in judged.signals() {
        assert!(
            child.signals().any(|other| other == signal),
            "{signal:?} is gone"
        );
    }
}

pub(crate) const CONFIG: Target = Target {
    name: "config",
    property: config,
    seeds: || {
        seeds_of(&[
            "server.listen=127.0.0.1:8080\nserver.workers=2\nlog.level=info,adserve=debug",
            "admin.listen=127.0.0.1:9000\nadmin.token=tttttttttttttttttttttttttttttttttttttt",
            "creatives.store=s3\ncreatives.s3.bucket=ads\ncreatives.s3.presign_seconds=60",
            "server.trusted_proxies=10.0.0.0/8,::1\nserver.public_url=https://ads.example/x",
            "creatives.cdn_base_urls=https://cdn.example\ndecisions.trace_every=100",
            "server.limits.idle_timeout_ms=100\nprivacy.viewer_key_days=30\nadmin.socket_uids=1,2",
        ])
    },
    words: &[
        "server.",
        "admin.",
        "listen",
        "=",
        "\n",
        "0",
        "-1",
        "true",
        "[]",
        ",",
        "/",
        "://",
        "1e9",
        "99999999999999999999",
        "log.level",
        "s3",
        "\u{0}",
    ],
};

/// Everything wrong is told with its name, and what is right is read alike again.
fn config(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let settings = text.lines().filter_map(|line| line.split_once('='));
    let environment = settings.map(|(key, value)| {
        let name = key.to_ascii_uppercase().replace('.', "__");
        (format!("ADSERVED_{name}"), value.to_owned())
    });
    let sources = Sources {
        environment: environment
            .filter(|(name, value)| {
                // A file that is named is read, and there is none here.
                !(name.ends_with("_FILE") || name == "ADSERVED_CONFIG" || value.contains('\0'))
            })
            .collect(),
        ..Sources::default()
    };
    match (load(&sources), load(&sources)) {
        (Ok((one, _)), Ok((two, _))) => assert_eq!(format!("{one:?}"), format!("{two:?}")),
        (Err(one), Err(two)) => {
            assert!(!one.is_empty());
            let told = |problems: &[_]| {
                let told = problems.iter().map(ToString::to_string);
                told.collect::<Vec<String>>()
            };
            assert_eq!(told(&one), told(&two));
            assert!(told(&one).iter().all(|line| line.contains(": ")), "{one:?}");
        }
        _ => panic!("read in two ways"),
    }
}
