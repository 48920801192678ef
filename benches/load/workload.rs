//! The market that requests for pods are measured in: campaigns that target six or more
//! dimensions each, and viewers that differ in everything a request can say. All from one seed.

use adserve::decision::Roll;
use adserve::model::{
    AdvertiserId, AdvertiserSpec, CampaignSpec, Cap, CapFallback, CapPeriod, CapScope, CapSpan,
    CapWindow, CategorySpec, Container, Media, Millis, OrderId, OrderSpec, Pacing, Position, Price,
    PriceModel, Targeting, Tier, Timestamp,
};
use serde_json::{Value, json};

/// Streams that ask.
pub(crate) const CHANNELS: u32 = 8;
/// Who pays; each has an order that some of its campaigns share.
pub(crate) const ADVERTISERS: u32 = 200;
/// Competitive categories without a parent; each has two below it.
const CATEGORIES: u32 = 12;
/// What every request asks for, in seconds.
const POD_SECONDS: u32 = 120;
/// A unit of currency.
const MICROS: i64 = 1_000_000;
const DAY_MS: i64 = 86_400_000;

const TYPES: [&str; 4] = ["smart_tv", "streaming_stick", "set_top_box", "console"];
const BRANDS: [&str; 6] = ["samsung", "lg", "roku", "amazon", "sony", "vizio"];
const SYSTEMS: [&str; 6] = ["tizen", "webos", "roku_os", "fire_os", "android_tv", "tvos"];
const STATES: [&str; 12] = [
    "CA", "TX", "FL", "NY", "PA", "IL", "OH", "GA", "NC", "MI", "NJ", "WA",
];
const CONTENT: [&str; 8] = [
    "sports",
    "news",
    "movies",
    "series",
    "kids",
    "music",
    "lifestyle",
    "documentary",
];
const GENRES: [&str; 10] = [
    "drama", "comedy", "action", "crime", "reality", "football", "cooking", "travel", "history",
    "science",
];
const RATINGS: [&str; 5] = ["tv-g", "tv-pg", "tv-14", "tv-ma", "tv-y7"];
const PLANS: [&str; 3] = ["free", "standard", "premium"];
const ZONES: [&str; 8] = [
    "America/New_York",
    "America/Los_Angeles",
    "Europe/London",
    "Europe/Athens",
    "Asia/Dubai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Honolulu",
];
const SEGMENTS: u32 = 20;

/// Draws from one seed.
#[derive(Debug)]
pub(crate) struct Dice {
    roll: Roll,
    draws: u64,
}

impl Dice {
    pub(crate) const fn of(seed: u64) -> Self {
        let roll = Roll(seed);
        Self { roll, draws: 0 }
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.draws += 1;
        let scaled = (u128::from(self.roll.draw(self.draws)) * u128::from(bound)) >> 64;
        u32::try_from(scaled).expect("it is below the bound")
    }

    fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let count = u32::try_from(of.len()).expect("lists are short");
        of[self.below(count) as usize]
    }

    /// So many different ones.
    fn some<'a>(&mut self, of: &[&'a str], count: usize) -> Vec<&'a str> {
        let mut left = of.to_vec();
        while left.len() > count {
            let lefts = u32::try_from(left.len()).expect("lists are short");
            left.swap_remove(self.below(lefts) as usize);
        }
        left
    }
}

pub(crate) fn channel(number: u32) -> String {
    format!("channel-{number}")
}

/// The tree of categories, parents first: some are exclusive, some keep 30 s between their ads.
pub(crate) fn categories() -> Vec<CategorySpec> {
    let top = (0..CATEGORIES).map(|number| CategorySpec {
        code: format!("cat-{number}"),
        name: format!("Category {number}"),
        parent: None,
        exclusive: number % 3 == 0,
        separation: (number % 3 == 1).then_some(Millis::from_seconds(30)),
    });
    let below = (0..CATEGORIES * 2).map(|number| CategorySpec {
        code: format!("cat-{}.{}", number / 2, number % 2),
        name: format!("Part {} of category {}", number % 2, number / 2),
        parent: Some(format!("cat-{}", number / 2)),
        exclusive: false,
        separation: None,
    });
    top.chain(below).collect()
}

pub(crate) fn advertiser(number: u32) -> AdvertiserSpec {
    AdvertiserSpec {
        name: format!("Advertiser {number}"),
        domain: Some(format!("advertiser-{number}.example")),
        categories: Vec::new(),
    }
}

/// A budget and a cap that several campaigns share.
pub(crate) fn order(advertiser: AdvertiserId, number: u32) -> OrderSpec {
    OrderSpec {
        advertiser,
        name: format!("Order {number}"),
        description: String::new(),
        total_budget_micros: Some(1_000_000_000 * MICROS),
        daily_budget_micros: None,
        impression_goal: None,
        caps: vec![cap(CapScope::User, 20, CapSpan::Calendar(CapPeriod::Day))],
    }
}

/// A campaign of an advertiser, which may join its order. A quarter is paced evenly, half of
/// those with less money than they could spend; four in ten have a cap.
pub(crate) fn campaign(
    dice: &mut Dice,
    name: String,
    (advertiser, order): (AdvertiserId, OrderId),
    now: Timestamp,
) -> CampaignSpec {
    let is_even = dice.percent(25);
    let is_tight = is_even && dice.percent(50);
    let budget = if is_tight {
        20_000 + i64::from(dice.below(180_000))
    } else {
        1_000_000_000
    };
    let tier = match dice.below(10) {
        0 => Tier::Sponsorship,
        1..=5 => Tier::Standard,
        6..=8 => Tier::Bulk,
        _ => Tier::House,
    };
    let category = dice.percent(60).then(|| {
        let (top, part) = (dice.below(CATEGORIES), dice.below(2));
        format!("cat-{top}.{part}")
    });
    CampaignSpec {
        advertiser,
        name,
        description: String::new(),
        total_budget_micros: budget * MICROS,
        daily_budget_micros: None,
        impression_goal: None,
        start: Timestamp::from_millis(now.millis() - DAY_MS),
        end: Timestamp::from_millis(now.millis() + 30 * DAY_MS),
        price: Price {
            model: PriceModel::Cpm,
            micros: i64::from(5 + dice.below(40)) * MICROS,
        },
        tier,
        weight: 1 + dice.below(10),
        order: dice.percent(20).then_some(order),
        targeting: targeting(dice),
        caps: if dice.percent(40) {
            caps(dice)
        } else {
            Vec::new()
        },
        pacing: if is_even { Pacing::Even } else { Pacing::Asap },
        categories: category.into_iter().collect(),
        position: match dice.below(100) {
            0..=3 => Position::First,
            4..=5 => Position::Last,
            _ => Position::Any,
        },
        share_of_voice: (tier == Tier::Sponsorship && dice.percent(10)).then_some(5),
    }
}

/// What would be found in a file of 10 to 60 s; no file is there, since none is asked for.
pub(crate) fn media(dice: &mut Dice, number: u32) -> Media {
    let seconds = match dice.below(20) {
        0 => 10,
        1..=9 => 15,
        10..=12 => 20,
        13..=18 => 30,
        _ => 60,
    };
    let mut sha256 = [0; 32];
    for (place, bytes) in sha256.chunks_exact_mut(8).zip(0_u64..) {
        place.copy_from_slice(&Roll(u64::from(number)).draw(bytes).to_be_bytes());
    }
    Media {
        sha256,
        bytes: seconds * 1_000_000,
        container: Container::Mp4,
        duration: Millis::from_seconds(seconds),
        width: 1_920,
        height: 1_080,
        rotation: 0,
        video_codec: "avc1.640028".to_owned(),
        audio_codec: Some("mp4a.40.2".to_owned()),
        frame_rate: None,
    }
}

fn cap(scope: CapScope, max: u16, span: CapSpan) -> Cap {
    Cap {
        scope,
        windows: vec![CapWindow { max, span }],
        fallback: CapFallback::Next,
    }
}

fn caps(dice: &mut Dice) -> Vec<Cap> {
    match dice.below(4) {
        0 => vec![cap(CapScope::User, 3, CapSpan::Calendar(CapPeriod::Day))],
        1 => vec![cap(CapScope::Household, 6, CapSpan::Rolling(7 * 86_400))],
        2 => vec![cap(CapScope::Device, 2, CapSpan::Rolling(3_600))],
        _ => vec![
            cap(CapScope::User, 10, CapSpan::Rolling(30 * 86_400)),
            cap(CapScope::Session, 2, CapSpan::Scope),
        ],
    }
}

/// One rule of six to nine dimensions, each of which most viewers pass: together about one in ten.
fn targeting(dice: &mut Dice) -> Targeting {
    let list = |dice: &mut Dice, of, count| dice.some(of, count).join(", ");
    let mut clauses = vec![
        geo(dice),
        format!("device_type in ({})", list(dice, &TYPES, 3)),
        format!("category in ({})", list(dice, &CONTENT, 6)),
        format!("genre in ({})", list(dice, &GENRES, 5)),
    ];
    let ages = ["18-64", "25+", "21-70", "18+"];
    let segments: Vec<String> = (0..8)
        .map(|_| format!("segment-{}", dice.below(SEGMENTS)))
        .collect();
    let hours = ["06:00-24:00", "08:00-02:00", "00:00-20:00"];
    let more = [
        format!("age in ({})", dice.one(&ages)),
        format!("segment in ({})", segments.join(", ")),
        format!("rating in ({})", list(dice, &RATINGS, 4)),
        format!("brand not in ({})", list(dice, &BRANDS, 1)),
        format!("os not in ({})", list(dice, &SYSTEMS, 1)),
        format!("key.plan in ({})", list(dice, &PLANS, 2)),
        format!("daypart in (\"mon-sun {} viewer\")", dice.one(&hours)),
        "income in (30000+)".to_owned(),
    ];
    let count = 2 + dice.below(4) as usize;
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    clauses.extend(dice.some(&more, count).into_iter().map(str::to_owned));
    let text = clauses.join(" and ");
    text.parse().expect("it is written in the language")
}

fn geo(dice: &mut Dice) -> String {
    match dice.below(10) {
        0..=4 => "geo in (US)".to_owned(),
        5..=6 => "geo in (US, CA, GB)".to_owned(),
        7 => "geo not in (GB, dma:501, dma:510)".to_owned(),
        _ => {
            let states = dice.some(&STATES, 9);
            let regions: Vec<String> = states.iter().map(|code| format!("US-{code}")).collect();
            format!("geo in ({}, CA)", regions.join(", "))
        }
    }
}

/// The body of one request; every viewer is another.
pub(crate) fn body(dice: &mut Dice, viewer: u32) -> Value {
    let geo = match dice.below(20) {
        0 => json!({"country": "CA", "region": "ON", "city": "Toronto"}),
        1 => json!({"country": "GB", "city": "London"}),
        _ => json!({
            "country": "US", "region": dice.one(&STATES), "city": format!("City {}", dice.below(40)),
            "dma": (500 + dice.below(210)).to_string(), "zip": format!("{:05}", dice.below(99_999)),
        }),
    };
    let segments: Vec<String> = (0..2 + dice.below(5))
        .map(|_| format!("segment-{}", dice.below(SEGMENTS)))
        .collect();
    let mut user = json!({
        "id": format!("user-{viewer}"), "household": format!("home-{}", viewer / 2),
        "gender": dice.one(&["male", "female"]), "segments": segments,
    });
    if dice.percent(85) {
        user["age"] = (16 + dice.below(60)).into();
        user["income"] = (10_000 + dice.below(150_000)).into();
    }
    let ifa = Roll(u64::from(viewer)).draw(1);
    let (low, high) = (ifa & 0xffff, ifa >> 16);
    json!({
        "request_id": format!("request-{viewer}"),
        "channel": channel(dice.below(CHANNELS)),
        "pod_duration": POD_SECONDS,
        "session": format!("session-{viewer}"),
        "user": user,
        "device": {
            "type": dice.one(&TYPES), "brand": dice.one(&BRANDS), "os": dice.one(&SYSTEMS),
            "ifa": format!("{viewer:08x}-{low:04x}-4000-8000-{high:012x}"), "lmt": 0,
            "time_zone": dice.one(&ZONES),
        },
        "app": {"bundle": "com.example.tv", "name": "Example TV", "version": "4.2.1"},
        "content": {
            "id": format!("title-{}", dice.below(5_000)), "category": dice.one(&CONTENT),
            "genre": dice.some(&GENRES, 2), "rating": dice.one(&RATINGS),
        },
        "geo": geo,
        "privacy": {"us_privacy": "1YNN", "gdpr": 0},
        "key_values": {"plan": [dice.one(&PLANS)], "placement": [format!("break-{}", dice.below(6))]},
    })
}
