//! What a request says of viewer, device, content and place, in the words of targeting.

use super::Located;
use super::fields::Field;
use super::reader::cut;
use super::said::Said;
use crate::format::user_agent;
use crate::model::Zone;
use crate::model::targeting::traits::{Audience, Content, Device, Geo, WORD_MAX};
use crate::model::targeting::value::fold_word;

/// Oldest viewer.
const AGE_MAX: u32 = 130;
/// Numbers of DMAs have three digits.
const DMA_MAX: u32 = 999;

pub(super) fn audience(said: &mut Said<'_>) -> Audience {
    Audience {
        age: said.number(Field::Age, 0..=AGE_MAX),
        gender: said.word(Field::Gender).map(gender),
        income: said.number(Field::Income, 0..=u32::MAX),
        segments: said.words(Field::Segments),
    }
}

/// OpenRTB writes one letter.
fn gender(word: String) -> String {
    match word.as_str() {
        "m" => "male".to_owned(),
        "f" => "female".to_owned(),
        "o" => "other".to_owned(),
        _ => word,
    }
}

pub(super) fn content(said: &mut Said<'_>) -> Content {
    Content {
        id: said.word(Field::ContentId),
        categories: said.words(Field::Category),
        genres: said.words(Field::Genre),
        rating: said.word(Field::Rating),
    }
}

/// What the request says of the device; only when that is nothing, what its user agent says.
pub(super) fn device(said: &mut Said<'_>, header: Option<&str>) -> Device {
    let own = said.user_agent();
    let device = Device {
        kind: said.word(Field::DeviceType).as_deref().and_then(kind),
        brand: said.word(Field::Brand),
        os: said.word(Field::Os),
    };
    if device != Device::default() {
        return device;
    }
    let agent = own.as_deref().or(header).unwrap_or_default();
    user_agent::device(cut(agent))
}

/// One spelling for the types of devices. Numbers are those of OpenRTB (`AdCOM` list "Device
/// Types"); 1 and 6 can be several things, and say nothing here.
fn kind(word: &str) -> Option<String> {
    let word = word.replace([' ', '-'], "_");
    let known = match word.as_str() {
        "1" | "6" => return None,
        "2" | "pc" | "computer" => "desktop",
        "3" | "tv" | "ctv" | "connected_tv" | "smarttv" => "smart_tv",
        "4" | "mobile" | "smartphone" => "phone",
        "5" => "tablet",
        "7" | "stb" | "settopbox" | "settop_box" => "set_top_box",
        "game_console" | "games_console" => "console",
        "stick" | "streaming_device" | "streaming_box" => "streaming_stick",
        _ => return Some(word),
    };
    Some(known.to_owned())
}

/// Where the request says the viewer is; none when it names no place at all.
pub(super) fn geo(said: &mut Said<'_>) -> Option<Geo> {
    let mut geo = Geo {
        country: said.word(Field::Country).map(|word| word.to_uppercase()),
        region: said.word(Field::Region).map(|word| word.to_uppercase()),
        city: said.word(Field::City),
        dma: said
            .number(Field::Dma, 1..=DMA_MAX)
            .and_then(|dma| u16::try_from(dma).ok()),
        postal: said.word(Field::Postal),
    };
    let letters = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    if geo
        .country
        .as_deref()
        .is_some_and(|country| !letters(country))
    {
        said.refuse(
            Field::Country,
            "must be two letters of ISO 3166-1, such as US",
        );
    }
    region(said, &mut geo);
    if let Some(code) = geo.postal.take() {
        geo.postal = Some(postal(&code, geo.country.as_deref()));
    }
    (geo != Geo::default()).then_some(geo)
}

/// `CA`, or the whole of ISO 3166-2, `US-CA`, which names the country too.
fn region(said: &mut Said<'_>, geo: &mut Geo) {
    let Some(region) = geo.region.take() else {
        return;
    };
    let (country, code) = match region.split_once('-') {
        Some((country, code)) => (Some(country.to_owned()), code.to_owned()),
        None => (None, region),
    };
    let is_code = (1..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_code || country.as_ref().is_some_and(|country| country.len() != 2) {
        said.refuse(
            Field::Region,
            "must be a code of ISO 3166-2, such as CA or US-CA",
        );
        return;
    }
    match (&geo.country, country) {
        (Some(known), Some(named)) if *known != named => {
            said.refuse(Field::Region, format!("is not in {known}"));
        }
        (None, Some(named)) => geo.country = Some(named),
        _ => {}
    }
    geo.region = Some(code);
}

/// Without blanks; the four digits that pick out houses in a ZIP code are cut off.
fn postal(code: &str, country: Option<&str>) -> String {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    match code.split_once('-') {
        Some((zip, plus)) if country == Some("US") && zip.len() == 5 && plus.len() == 4 => {
            zip.to_owned()
        }
        _ => code,
    }
}

/// A place of a database in the same words.
pub fn located(geo: Geo, zone: Option<Zone>) -> Located {
    let short = |text: &String| text.len() <= WORD_MAX;
    let country = geo.country.map(|it| it.to_uppercase());
    let postal = geo.postal.as_deref().map(fold_word);
    Located {
        geo: Geo {
            region: geo.region.map(|it| it.to_uppercase()).filter(short),
            city: geo.city.as_deref().map(fold_word).filter(short),
            dma: geo.dma,
            postal: postal
                .map(|code| self::postal(&code, country.as_deref()))
                .filter(short),
            country: country.filter(short),
        },
        zone,
    }
}

/// The wall clock of the viewer, when the request says it.
pub(super) fn zone(said: &mut Said<'_>) -> Option<Zone> {
    if let Some(name) = said.short(Field::TimeZone, WORD_MAX) {
        return name.trim().parse().map_or_else(
            |error: crate::model::zone::ZoneError| {
                said.refuse(Field::TimeZone, error.to_string());
                None
            },
            Some,
        );
    }
    let text = said.text(Field::UtcOffset)?;
    let minutes: Option<i16> = text.trim().parse().ok();
    let zone = minutes.and_then(zone_at);
    if zone.is_none() {
        let message = "must be the minutes by which the viewer's clock is ahead of UTC, such as \
                       -300; where few clocks show it, name the zone in time_zone";
        said.refuse(Field::UtcOffset, message);
    }
    zone
}

/// A zone that is always so many minutes ahead of UTC. Whole hours have one each (their names
/// count westward); of the others those are here that know no daylight saving.
fn zone_at(minutes: i16) -> Option<Zone> {
    let name = match minutes {
        0 => "Etc/UTC".to_owned(),
        270 => "Asia/Kabul".to_owned(),
        330 => "Asia/Kolkata".to_owned(),
        345 => "Asia/Kathmandu".to_owned(),
        390 => "Asia/Yangon".to_owned(),
        210 => "Asia/Tehran".to_owned(),
        525 => "Australia/Eucla".to_owned(),
        570 => "Australia/Darwin".to_owned(),
        -570 => "Pacific/Marquesas".to_owned(),
        whole if whole % 60 == 0 => format!("Etc/GMT{:+}", -(whole / 60)),
        _ => return None,
    };
    name.parse().ok()
}
