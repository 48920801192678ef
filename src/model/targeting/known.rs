//! Words that are common in their dimension: for hints and completion, never a limit.

use super::Dimension;

/// The common words of a dimension; none where every operator has words of their own.
pub const fn known_words(dimension: &Dimension) -> &'static [&'static str] {
    match dimension {
        Dimension::Device => DEVICES,
        Dimension::DeviceType => DEVICE_TYPES,
        Dimension::Brand => BRANDS,
        Dimension::Os => SYSTEMS,
        Dimension::Rating => RATINGS,
        Dimension::Gender => GENDERS,
        _ => &[],
    }
}

const DEVICE_TYPES: &[&str] = &[
    "smart_tv",
    "streaming_stick",
    "set_top_box",
    "console",
    "phone",
    "tablet",
    "desktop",
];

const BRANDS: &[&str] = &[
    "amazon",
    "apple",
    "google",
    "hisense",
    "lg",
    "microsoft",
    "nvidia",
    "panasonic",
    "philips",
    "roku",
    "samsung",
    "sharp",
    "sony",
    "tcl",
    "toshiba",
    "vizio",
    "xiaomi",
];

const SYSTEMS: &[&str] = &[
    "android",
    "android_tv",
    "fire_os",
    "ios",
    "linux",
    "macos",
    "roku_os",
    "smartcast",
    "tizen",
    "tvos",
    "vidaa",
    "webos",
    "windows",
    "xbox",
    "playstation",
];

/// Types, brands and systems together.
const DEVICES: &[&str] = &[
    "smart_tv",
    "streaming_stick",
    "set_top_box",
    "console",
    "phone",
    "tablet",
    "desktop",
    "amazon",
    "apple",
    "google",
    "hisense",
    "lg",
    "microsoft",
    "nvidia",
    "panasonic",
    "philips",
    "roku",
    "samsung",
    "sharp",
    "sony",
    "tcl",
    "toshiba",
    "vizio",
    "xiaomi",
    "android",
    "android_tv",
    "fire_os",
    "ios",
    "linux",
    "macos",
    "roku_os",
    "smartcast",
    "tizen",
    "tvos",
    "vidaa",
    "webos",
    "windows",
    "xbox",
    "playstation",
];

const RATINGS: &[&str] = &[
    "tv-y", "tv-y7", "tv-g", "tv-pg", "tv-14", "tv-ma", "g", "pg", "pg-13", "r", "nc-17",
];

const GENDERS: &[&str] = &["female", "male", "other"];
