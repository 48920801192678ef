//! User agents of TVs and what else plays video, read as type, brand and operating system.
//!
//! One pass cuts the text into words; each word sets at most one mark of `marks`; the first
//! rule whose marks are there says what it is. What no rule knows stays unknown: a program that
//! names only itself says nothing of the device it runs on.

mod marks;

#[cfg(test)]
mod tests;

use crate::model::targeting::Device;
use marks::{BRANDS, Brand, Mark, WORDS};

/// Most of a text that is read, in bytes.
const BYTES_MAX: usize = 512;

/// The marks that were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Marks(u64);

impl Marks {
    const fn of(marks: &[Mark]) -> Self {
        let mut all = 0;
        let mut place = 0;
        while place < marks.len() {
            all |= 1 << marks[place] as u64;
            place += 1;
        }
        Self(all)
    }

    const fn has_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// One line of the table: what it takes, and what it then is.
struct Rule {
    marks: Marks,
    kind: &'static str,
    os: Option<&'static str>,
    /// The maker of everything of this kind, unless the text names another.
    brand: Option<&'static str>,
}

const fn rule(marks: &[Mark], kind: &'static str, os: &'static str, brand: &'static str) -> Rule {
    const fn some(word: &'static str) -> Option<&'static str> {
        if word.is_empty() { None } else { Some(word) }
    }
    Rule {
        marks: Marks::of(marks),
        kind,
        os: some(os),
        brand: some(brand),
    }
}

/// From the surest to the vaguest: consoles and platforms of their own first, then what runs on
/// Android, then browsers.
const RULES: &[Rule] = &[
    rule(&[Mark::Bot], "", "", ""),
    rule(&[Mark::Roku], "streaming_stick", "roku_os", "roku"),
    rule(&[Mark::PlayStation], "console", "playstation", "sony"),
    rule(&[Mark::Xbox], "console", "xbox", "microsoft"),
    rule(&[Mark::Nintendo], "console", "nintendo", "nintendo"),
    rule(&[Mark::FireTvSet], "smart_tv", "fire_os", "amazon"),
    rule(&[Mark::FireTv], "streaming_stick", "fire_os", "amazon"),
    rule(&[Mark::AppleTv], "streaming_stick", "tvos", "apple"),
    rule(&[Mark::Apple, Mark::Tv], "streaming_stick", "tvos", "apple"),
    rule(&[Mark::Comcast], "set_top_box", "", "comcast"),
    rule(&[Mark::SkyBox], "set_top_box", "", "sky"),
    rule(&[Mark::Vidaa], "smart_tv", "vidaa", "hisense"),
    rule(&[Mark::SmartCast], "smart_tv", "smartcast", "vizio"),
    rule(&[Mark::Tizen, Mark::Mobile], "phone", "tizen", "samsung"),
    rule(&[Mark::Tizen], "smart_tv", "tizen", "samsung"),
    rule(&[Mark::SmartHub], "smart_tv", "orsay", "samsung"),
    rule(&[Mark::WebOs], "smart_tv", "webos", "lg"),
    rule(&[Mark::NetCast], "smart_tv", "netcast", "lg"),
    rule(&[Mark::Box, Mark::Android], "set_top_box", "android_tv", ""),
    rule(&[Mark::Box], "set_top_box", "", ""),
    rule(
        &[Mark::Player, Mark::Android],
        "streaming_stick",
        "android_tv",
        "",
    ),
    rule(
        &[Mark::Cast, Mark::Android],
        "streaming_stick",
        "android_tv",
        "google",
    ),
    rule(&[Mark::Cast], "streaming_stick", "cast", "google"),
    rule(&[Mark::TvSet, Mark::Android], "smart_tv", "android_tv", ""),
    rule(&[Mark::AndroidTv], "smart_tv", "android_tv", ""),
    rule(&[Mark::Android, Mark::Tv], "smart_tv", "android_tv", ""),
    rule(&[Mark::Android, Mark::HbbTv], "smart_tv", "android_tv", ""),
    rule(&[Mark::HbbTv], "smart_tv", "", ""),
    rule(&[Mark::TvSet], "smart_tv", "", ""),
    rule(&[Mark::SmartTv], "smart_tv", "", ""),
    rule(&[Mark::Smart, Mark::Tv], "smart_tv", "", ""),
    rule(&[Mark::IPad], "tablet", "ios", "apple"),
    rule(&[Mark::AppleMobile], "phone", "ios", "apple"),
    rule(
        &[Mark::FireTablet, Mark::Android],
        "tablet",
        "fire_os",
        "amazon",
    ),
    rule(&[Mark::Tablet, Mark::Android], "tablet", "android", ""),
    rule(&[Mark::Mobile, Mark::Android], "phone", "android", ""),
    rule(&[Mark::PhoneModel, Mark::Android], "phone", "android", ""),
    rule(&[Mark::Android, Mark::Browser], "tablet", "android", ""),
    rule(&[Mark::Windows], "desktop", "windows", ""),
    rule(&[Mark::Mac], "desktop", "macos", "apple"),
    rule(&[Mark::ChromeOs], "desktop", "chromeos", ""),
    rule(&[Mark::Linux, Mark::X11], "desktop", "linux", ""),
];

/// What a user agent says of its device, in the words of targeting.
pub fn device(agent: &str) -> Device {
    let end = agent.floor_char_boundary(BYTES_MAX);
    let (found, brand) = read(agent.get(..end).unwrap_or_default());
    let Some(rule) = RULES.iter().find(|rule| found.has_all(rule.marks)) else {
        return Device::default();
    };
    if rule.kind.is_empty() {
        return Device::default();
    }
    let own = |word: &str| word.to_owned();
    let brand = brand.filter(|_named| rule.brand.is_none_or(names_makers));
    Device {
        kind: Some(own(rule.kind)),
        brand: brand.or(rule.brand).map(own),
        os: rule.os.map(own),
    }
}

/// Whether sets of others run the platform of this maker too, so that a name in the text is theirs.
fn names_makers(maker: &str) -> bool {
    ["samsung", "lg", "hisense", "amazon", "google"].contains(&maker)
}

/// The marks of all words, and the first brand among them.
fn read(agent: &str) -> (Marks, Option<&'static str>) {
    let (mut marks, mut brand) = (Marks::default(), None);
    for word in agent.split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if let Some(mark) = mark_of(word) {
            marks.0 |= 1 << mark as u64;
        }
        brand = brand.or_else(|| brand_of(word));
    }
    (marks, brand)
}

/// Words that begin like this and go on with a model.
const PREFIXES: &[(&str, Mark)] = &[
    ("AFT", Mark::FireTv),
    ("AppleTV", Mark::AppleTv),
    ("BRAVIA", Mark::TvSet),
    ("Roku", Mark::Roku),
    ("iPhone", Mark::AppleMobile),
    ("iPad", Mark::IPad),
    ("KF", Mark::FireTablet),
    ("Web0S", Mark::WebOs),
    ("WEBOS", Mark::WebOs),
    ("webOS", Mark::WebOs),
    ("SmartTV", Mark::SmartTv),
    ("PlayStation", Mark::PlayStation),
    ("Nintendo", Mark::Nintendo),
    ("MIBOX", Mark::Player),
    ("MiTV", Mark::TvSet),
];

/// Longest word of the tables.
const WORD_MAX: usize = 20;

fn mark_of(word: &str) -> Option<Mark> {
    if let Some(mark) = exact(word, WORDS) {
        return Some(mark);
    }
    let (_prefix, mark) = PREFIXES
        .iter()
        .find(|(prefix, _mark)| word.starts_with(prefix))?;
    match mark {
        // Amazon's models are capitals and digits throughout.
        Mark::FireTv | Mark::FireTablet if !is_model(word) => None,
        Mark::FireTv if marks::FIRE_TV_SETS.contains(&word) => Some(Mark::FireTvSet),
        mark => Some(*mark),
    }
}

fn is_model(word: &str) -> bool {
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    (4..=16).contains(&word.len()) && word.bytes().all(is_capital)
}

fn brand_of(word: &str) -> Option<&'static str> {
    exact::<Brand>(word, BRANDS)
}

/// Looks a word up, whatever its case, in a table that is sorted by lower-case words.
fn exact<T: Copy>(word: &str, table: &[(&str, T)]) -> Option<T> {
    if word.len() > WORD_MAX {
        return None;
    }
    let lower = |byte: u8| byte.to_ascii_lowercase();
    let place = table.binary_search_by(|(known, _)| known.bytes().cmp(word.bytes().map(lower)));
    table.get(place.ok()?).map(|&(_known, value)| value)
}
