//! Draws rules and requests as they are in the field, from one seed.

use adserve::decision::Roll;
use adserve::model::targeting::{
    Audience, Clause, Content, Daypart, DaypartZone, Device, Dimension, Geo, Moment, Place, Rule,
    Sense, Span, Value,
};
use adserve::model::{ChannelId, Targeting, Traits};

/// Draws from one seed.
pub(crate) struct Dice {
    roll: Roll,
    draws: u64,
}

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self {
            roll: Roll(seed),
            draws: 0,
        }
    }

    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.draws += 1;
        let scaled = (u128::from(self.roll.draw(self.draws)) * u128::from(bound)) >> 64;
        u32::try_from(scaled).expect("below the bound")
    }

    pub(crate) fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    /// Low numbers more often than high ones.
    pub(crate) fn skewed(&mut self, bound: u32) -> u32 {
        let one = self.below(bound);
        one.min(self.below(bound))
    }
}

fn word(kind: &str, number: u32) -> String {
    format!("{kind} {number}")
}

fn place(dice: &mut Dice) -> Place {
    let region = format!("US-{:02}", dice.skewed(50));
    match dice.below(10) {
        0 => Place::Country(["US", "CA", "GB"][dice.skewed(3) as usize].to_owned()),
        1..=4 => Place::Region(region),
        5..=7 => Place::Dma(500 + u16::try_from(dice.skewed(210)).expect("a small number")),
        8 => Place::City {
            within: region,
            name: word("city", dice.below(40)),
        },
        _ => Place::Postal {
            country: "US".to_owned(),
            code: word("", dice.below(5_000)),
        },
    }
}

fn span(dice: &mut Dice, step: u32) -> Span {
    let from = dice.below(9) * step;
    let to = if dice.percent(30) {
        u32::MAX
    } else {
        from + (1 + dice.below(4)) * step - 1
    };
    Span { from, to }
}

fn daypart(dice: &mut Dice) -> Daypart {
    let days = [0b111_1111, 0b001_1111, 0b110_0000, 0b001_0000, 0b000_0001];
    let hours = [(6, 10), (9, 17), (17, 20), (18, 23), (20, 24), (22, 2)];
    let (from, to) = hours[dice.below(6) as usize];
    Daypart {
        days: days[dice.below(5) as usize],
        from: from * 60,
        to: to * 60,
        zone: [DaypartZone::Campaign, DaypartZone::Viewer][dice.below(2) as usize],
    }
}

/// The share of campaigns that target a dimension, in percent, and how many values at most.
const MIX: [(Dimension, u32, u32); 14] = [
    (Dimension::Geo, 70, 4),
    (Dimension::Device, 5, 2),
    (Dimension::DeviceType, 40, 2),
    (Dimension::Brand, 8, 2),
    (Dimension::Os, 8, 2),
    (Dimension::Channel, 40, 4),
    (Dimension::Category, 40, 3),
    (Dimension::Genre, 25, 3),
    (Dimension::Rating, 10, 3),
    (Dimension::Age, 45, 1),
    (Dimension::Gender, 20, 1),
    (Dimension::Income, 15, 1),
    (Dimension::Segment, 50, 4),
    (Dimension::Daypart, 25, 1),
];
const KEYS: u32 = 6;

fn value(dice: &mut Dice, dimension: &Dimension) -> Value {
    match dimension {
        Dimension::Geo => Value::Place(place(dice)),
        Dimension::Age => Value::Span(span(dice, 9)),
        Dimension::Income => Value::Span(span(dice, 20_000)),
        Dimension::Daypart => Value::Daypart(daypart(dice)),
        Dimension::Channel => Value::Channel(ChannelId::new(1 + dice.skewed(100))),
        Dimension::Device | Dimension::DeviceType => Value::Word(word("type", dice.skewed(7))),
        Dimension::Brand => Value::Word(word("brand", dice.skewed(15))),
        Dimension::Os => Value::Word(word("os", dice.skewed(10))),
        Dimension::Category => Value::Word(word("category", dice.skewed(30))),
        Dimension::Genre => Value::Word(word("genre", dice.skewed(25))),
        Dimension::Rating => Value::Word(word("rating", dice.skewed(8))),
        Dimension::Gender => Value::Word(word("gender", dice.below(2))),
        Dimension::Segment => Value::Word(word("segment", dice.skewed(300))),
        Dimension::Key(_) => Value::Word(word("value", dice.skewed(20))),
    }
}

fn clause(dice: &mut Dice, dimension: Dimension, most: u32) -> Clause {
    let count = 1 + dice.below(most);
    let mut values: Vec<_> = (0..count).map(|_| value(dice, &dimension)).collect();
    values.sort();
    values.dedup();
    let sense = if dice.percent(10) {
        Sense::Exclude
    } else {
        Sense::Include
    };
    Clause {
        dimension,
        sense,
        values,
    }
}

/// The rules of one campaign.
pub(crate) fn targeting(dice: &mut Dice) -> Targeting {
    let count = if dice.percent(5) {
        2 + dice.below(2)
    } else {
        1
    };
    let rule = |dice: &mut Dice| {
        let mut clauses = Vec::new();
        for (dimension, share, most) in MIX {
            if dice.percent(share) {
                clauses.push(clause(dice, dimension, most));
            }
        }
        for key in 0..KEYS {
            if dice.percent(3) {
                clauses.push(clause(dice, Dimension::Key(word("key", key)), 3));
            }
        }
        Rule { clauses }
    };
    Targeting {
        rules: (0..count).map(|_| rule(dice)).collect(),
    }
}

/// One request.
pub(crate) fn request(dice: &mut Dice) -> (Traits, Option<ChannelId>, Moment) {
    let geo = Geo {
        country: Some(if dice.percent(90) { "US" } else { "CA" }.to_owned()),
        region: Some(format!("{:02}", dice.skewed(50))),
        city: dice.percent(80).then(|| word("city", dice.below(40))),
        dma: Some(500 + u16::try_from(dice.skewed(210)).expect("a small number")),
        postal: dice.percent(80).then(|| word("", dice.below(5_000))),
    };
    let device = Device {
        kind: Some(word("type", dice.skewed(7))),
        brand: Some(word("brand", dice.skewed(15))),
        os: Some(word("os", dice.skewed(10))),
    };
    let words = |dice: &mut Dice, kind, count: u32, bound| -> Vec<String> {
        (0..count).map(|_| word(kind, dice.skewed(bound))).collect()
    };
    let content = Content {
        id: None,
        categories: words(dice, "category", 3, 30),
        genres: words(dice, "genre", 2, 25),
        rating: Some(word("rating", dice.skewed(8))),
    };
    let count = dice.below(16);
    let audience = Audience {
        age: dice.percent(70).then(|| 10 + dice.below(70)),
        gender: dice.percent(70).then(|| word("gender", dice.below(2))),
        income: dice.percent(50).then(|| dice.below(200_000)),
        segments: words(dice, "segment", count, 300),
    };
    let keys = (0..KEYS).filter(|_| dice.percent(50)).collect::<Vec<_>>();
    let key_values = keys
        .into_iter()
        .map(|key| (word("key", key), words(dice, "value", 1, 20)));
    let traits = Traits {
        geo,
        device,
        content,
        audience,
        zone: None,
        key_values: key_values.collect(),
    };
    let moment = Moment {
        campaign: u16::try_from(dice.below(10_080)).expect("a minute of a week"),
        viewer: Some(u16::try_from(dice.below(10_080)).expect("a minute of a week")),
    };
    (traits, Some(ChannelId::new(1 + dice.skewed(100))), moment)
}
