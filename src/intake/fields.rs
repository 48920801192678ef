//! The one table of what a request can say: where in a v2 body, and under which parameters of a tag.

use std::sync::LazyLock;

/// Something a request can say once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the table below says where each stands")]
pub enum Field {
    RequestId,
    Version,
    Tenant,
    Channel,
    Campaign,
    Duration,
    PodDuration,
    Pod,
    Slots,
    MinAds,
    MaxAds,
    MinAd,
    MaxAd,
    Session,
    User,
    Household,
    Age,
    Gender,
    Income,
    Segments,
    DeviceType,
    Brand,
    Os,
    Ifa,
    Lmt,
    Dnt,
    UserAgent,
    Ip,
    TimeZone,
    UtcOffset,
    ContentId,
    Category,
    Genre,
    Rating,
    Country,
    Region,
    City,
    Dma,
    Postal,
    Coppa,
    UsPrivacy,
    Gdpr,
    GdprConsent,
    Gpp,
    GppSid,
}

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A field.
    Field(Field),
    /// A key-value, by its key.
    Extra(&'static str),
}

/// How many fields there are.
pub(super) const FIELDS: usize = TABLE.len();

/// Each field in the order of [`Field`], its places in a v2 body, and the parameters of a tag that say it.
pub const TABLE: &[(Field, &[&str], &[&str])] = &[
    (Field::RequestId, &["request_id"], &["request_id"]),
    (Field::Version, &[], &["version"]),
    (Field::Tenant, &["tenant"], &["tenant"]),
    (Field::Channel, &["channel"], &["channel"]),
    (Field::Campaign, &["campaign_id"], &["campaign_id"]),
    (Field::Duration, &["duration"], &["duration"]),
    (Field::PodDuration, &["pod_duration"], &["pod_duration"]),
    (Field::Pod, &["pod"], &["pod"]),
    (Field::Slots, &["slots"], &["slots"]),
    (Field::MinAds, &["min_ads"], &["min_ads"]),
    (Field::MaxAds, &["max_ads"], &["max_ads", "pmad"]),
    (Field::MinAd, &["min_ad"], &["min_ad"]),
    (Field::MaxAd, &["max_ad"], &["max_ad"]),
    (
        Field::Session,
        &["session"],
        &["session", "session_id", "sid"],
    ),
    (Field::User, &["user.id"], &["user", "user_id", "ppid"]),
    (
        Field::Household,
        &["user.household"],
        &["household", "hhid"],
    ),
    (Field::Age, &["user.age"], &["age"]),
    (Field::Gender, &["user.gender"], &["gender"]),
    (Field::Income, &["user.income"], &["income"]),
    (Field::Segments, &["user.segments"], &["segments", "seg"]),
    (Field::DeviceType, &["device.type"], &["device_type"]),
    (
        Field::Brand,
        &["device.brand", "device.make"],
        &["device_brand", "device_make"],
    ),
    (Field::Os, &["device.os"], &["device_os", "os"]),
    (
        Field::Ifa,
        &["device.ifa"],
        &["did", "ifa", "rdid", "device_id"],
    ),
    (Field::Lmt, &["device.lmt"], &["lmt", "is_lat"]),
    (Field::Dnt, &["device.dnt"], &["dnt"]),
    (Field::UserAgent, &["device.ua"], &["ua"]),
    (Field::Ip, &["device.ip"], &["ip"]),
    (Field::TimeZone, &["device.time_zone"], &["time_zone", "tz"]),
    (Field::UtcOffset, &["device.utc_offset"], &["utc_offset"]),
    (Field::ContentId, &["content.id"], &["content_id"]),
    (
        Field::Category,
        &["content.category"],
        &["content_category", "content_cat"],
    ),
    (Field::Genre, &["content.genre"], &["content_genre"]),
    (Field::Rating, &["content.rating"], &["content_rating"]),
    (
        Field::Country,
        &["geo.country"],
        &["country", "geo_country"],
    ),
    (Field::Region, &["geo.region"], &["region", "geo_region"]),
    (Field::City, &["geo.city"], &["city", "geo_city"]),
    (
        Field::Dma,
        &["geo.dma", "geo.metro"],
        &["dma", "metro", "geo_dma"],
    ),
    (
        Field::Postal,
        &["geo.postal", "geo.zip"],
        &["zip", "postal", "geo_zip"],
    ),
    (
        Field::Coppa,
        &["privacy.coppa", "regs.coppa"],
        &["coppa", "tfcd"],
    ),
    (
        Field::UsPrivacy,
        &["privacy.us_privacy", "regs.us_privacy"],
        &["us_privacy"],
    ),
    (Field::Gdpr, &["privacy.gdpr", "regs.gdpr"], &["gdpr"]),
    (
        Field::GdprConsent,
        &["privacy.gdpr_consent", "user.consent"],
        &["gdpr_consent"],
    ),
    (Field::Gpp, &["privacy.gpp", "regs.gpp"], &["gpp"]),
    (
        Field::GppSid,
        &["privacy.gpp_sid", "regs.gpp_sid"],
        &["gpp_sid"],
    ),
];

/// What has no place in a request but as a key-value: the key and parameter, and the place in a
/// v2 body.
pub const EXTRAS: &[(&str, &str)] = &[
    ("app_bundle", "app.bundle"),
    ("app_domain", "app.domain"),
    ("app_id", "app.id"),
    ("app_name", "app.name"),
    ("app_store_url", "app.store_url"),
    ("app_version", "app.version"),
    ("content_channel", "content.channel"),
    ("content_episode", "content.episode"),
    ("content_language", "content.language"),
    ("content_livestream", "content.livestream"),
    ("content_network", "content.network"),
    ("content_season", "content.season"),
    ("content_series", "content.series"),
    ("content_title", "content.title"),
    ("device_language", "device.language"),
    ("device_model", "device.model"),
];

/// The objects of a v2 body that hold fields.
pub(super) const SECTIONS: [&str; 7] =
    ["app", "content", "device", "geo", "privacy", "regs", "user"];

/// A name that says a field, as it is shown in a refusal.
pub(super) type Named = (&'static str, Target);

/// A section and a name as numbers, which are compared faster than short texts are.
type Packed = [u64; 1 + NAME_MAX / 8];

/// Longest name in the tables, in bytes.
const NAME_MAX: usize = 24;

/// Packs a section and a name; none for what is too long to be in the tables.
fn pack(section: &str, name: &str) -> Option<Packed> {
    // A NUL at the end would pack like nothing at all.
    if name.ends_with('\0') {
        return None;
    }
    let mut bytes = [[0; 8]; 1 + NAME_MAX / 8];
    let [of_section, of_name @ ..] = &mut bytes;
    of_section
        .get_mut(..section.len())?
        .copy_from_slice(section.as_bytes());
    of_name
        .as_flattened_mut()
        .get_mut(..name.len())?
        .copy_from_slice(name.as_bytes());
    Some(bytes.map(u64::from_le_bytes))
}

/// Names by what they say, found at the place that their hash says or soon behind it.
struct Names(Vec<Option<(Packed, Named)>>);

/// A power of two, more than twice as many as there are names.
const PLACES: usize = 256;

impl Names {
    fn of(names: impl Iterator<Item = (Option<Packed>, Named)>) -> Self {
        let mut places = vec![None; PLACES];
        for (packed, named) in names {
            let packed = packed.expect("no name of the tables is too long");
            let mut place = place(&packed);
            while places[place].is_some() {
                place = (place + 1) % PLACES;
            }
            places[place] = Some((packed, named));
        }
        Self(places)
    }

    fn find(&self, wanted: &Packed) -> Option<Named> {
        let mut place = place(wanted);
        while let Some((known, named)) = self.0.get(place)?.as_ref() {
            if known == wanted {
                return Some(*named);
            }
            place = (place + 1) % PLACES;
        }
        None
    }
}

/// Where a name stands, or those that stand there before it.
fn place(packed: &Packed) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = packed.iter().fold(0_u64, |sum, &part| {
        (sum.rotate_left(23) ^ part).wrapping_mul(ODD)
    });
    usize::try_from(mixed >> 56).unwrap_or_default() % PLACES
}

static PARAMETERS: LazyLock<Names> = LazyLock::new(|| {
    let fields = TABLE
        .iter()
        .flat_map(|(field, _paths, names)| names.iter().map(|&name| (name, Target::Field(*field))));
    let extras = EXTRAS.iter().map(|&(key, _path)| (key, Target::Extra(key)));
    Names::of(fields.chain(extras).map(|named| (pack("", named.0), named)))
});

static PATHS: LazyLock<Names> = LazyLock::new(|| {
    let fields = TABLE
        .iter()
        .flat_map(|(field, paths, _names)| paths.iter().map(|&path| (path, Target::Field(*field))));
    let extras = EXTRAS.iter().map(|&(key, path)| (path, Target::Extra(key)));
    Names::of(fields.chain(extras).map(|named: Named| {
        let (section, key) = named.0.split_once('.').unwrap_or(("", named.0));
        (pack(section, key), named)
    }))
});

/// The field that a parameter of a tag says.
pub(super) fn of_parameter(name: &str) -> Option<Named> {
    PARAMETERS.find(&pack("", name)?)
}

/// The field at a key of a section of a v2 body; the body itself is the section without a name.
pub(super) fn of_path(section: &str, key: &str) -> Option<Named> {
    PATHS.find(&pack(section, key)?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_name_says_two_things_and_each_is_found() {
        for table in [&PARAMETERS, &PATHS] {
            let names: Vec<_> = table.0.iter().flatten().collect();
            let distinct: BTreeSet<_> = names.iter().map(|(packed, _named)| packed).collect();
            assert_eq!(distinct.len(), names.len());
            assert!(names.len() * 2 < PLACES, "a search ends soon");
        }
        for (place, (field, paths, names)) in TABLE.iter().enumerate() {
            assert_eq!(*field as usize, place);
            for name in *names {
                assert_eq!(of_parameter(name), Some((*name, Target::Field(*field))));
            }
            for path in *paths {
                let (section, key) = path.split_once('.').unwrap_or(("", path));
                assert!(
                    section.is_empty() || SECTIONS.contains(&section),
                    "{section}"
                );
                assert_eq!(of_path(section, key), Some((*path, Target::Field(*field))));
            }
        }
        for (key, path) in EXTRAS {
            let (section, rest) = path.split_once('.').unwrap();
            assert_eq!(of_parameter(key), Some((*key, Target::Extra(key))));
            assert_eq!(of_path(section, rest), Some((*path, Target::Extra(key))));
        }
    }

    #[test]
    fn other_names_are_found_nowhere() {
        let long = "x".repeat(NAME_MAX + 1);
        for name in ["", "x", "channe", "channels", "channel\0", "Channel", &long] {
            assert_eq!(of_parameter(name), None, "{name:?}");
            assert_eq!(of_path("", name), None, "{name:?}");
        }
        assert_eq!(of_path("device", "id"), None);
    }
}
