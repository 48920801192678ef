//! Who sits before a simulated TV: what it says of its viewers, as JSON and as the query of a tag.

use serde_json::{Value, json};

use super::script::pick;
use crate::decision::Roll;

/// How many people watch on whatever TV is near, again and again: they meet their caps.
const RESIDENTS: u64 = 4;

/// Questions to the dice of a TV; they differ from those about a break.
const HOME: u64 = 1 << 33;
const RESIDENT: u64 = HOME + 1;
/// Questions to the dice of a break.
const IS_GUEST: u64 = HOME + 2;
const GUEST: u64 = HOME + 3;

/// Where a TV stands, and what it is.
struct Home {
    country: &'static str,
    region: &'static str,
    dma: Option<&'static str>,
    device: [&'static str; 3],
    segments: &'static [&'static str],
    /// Whether tracking is limited: then nobody is known, and no segment.
    is_private: bool,
}

/// The homes of the demo. Type, brand and operating system of the device.
const HOMES: [Home; 6] = [
    Home {
        country: "US",
        region: "CA",
        dma: Some("803"),
        device: ["streaming_stick", "roku", "roku_os"],
        segments: &["dog_owner", "driver"],
        is_private: false,
    },
    Home {
        country: "US",
        region: "NY",
        dma: Some("501"),
        device: ["smart_tv", "samsung", "tizen"],
        segments: &["dog_owner"],
        is_private: false,
    },
    Home {
        country: "US",
        region: "TX",
        dma: Some("623"),
        device: ["console", "microsoft", "xbox"],
        segments: &[],
        is_private: false,
    },
    Home {
        country: "CH",
        region: "ZH",
        dma: None,
        device: ["set_top_box", "kaon", "linux"],
        segments: &["driver"],
        is_private: false,
    },
    Home {
        country: "DE",
        region: "BE",
        dma: None,
        device: ["smart_tv", "lg", "webos"],
        segments: &["dog_owner"],
        is_private: false,
    },
    Home {
        country: "AT",
        region: "9",
        dma: None,
        device: ["streaming_stick", "amazon", "fire_os"],
        segments: &["driver"],
        is_private: true,
    },
];

/// Who watches one break, and where.
pub(super) struct Viewer {
    home: &'static Home,
    user: String,
    device_id: String,
    session: String,
}

impl Viewer {
    /// Who watches on a TV with the dice `tv` in the break with the dice `one`: the same person
    /// as ever, or a guest.
    pub(super) fn of(tv: Roll, one: Roll) -> Self {
        let user = if one.favours(IS_GUEST, 1, 3) {
            format!("guest-{:x}", one.draw(GUEST))
        } else {
            format!("resident-{}", tv.draw(RESIDENT) % RESIDENTS)
        };
        Self {
            home: pick(tv, HOME, &HOMES).expect("there are homes"),
            user,
            device_id: format!("{:016x}", tv.0),
            session: format!("{:x}", tv.0),
        }
    }

    /// Somebody who watches on a TV with the dice `tv` and is seen nowhere else.
    pub(super) fn guest(tv: Roll) -> Self {
        Self {
            user: format!("guest-{:x}", tv.draw(GUEST)),
            ..Self::of(tv, tv)
        }
    }

    /// Who counts for caps by user; nobody where that must not be known.
    pub(super) fn user(&self) -> Option<&str> {
        (!self.home.is_private).then_some(&self.user)
    }

    /// What the body of a version 2 request says.
    pub(super) fn body(&self) -> Value {
        let Home {
            country,
            region,
            dma,
            device: [kind, brand, os],
            segments,
            is_private,
        } = self.home;
        json!({
            "session": self.session,
            "user": {"id": self.user, "segments": segments},
            "device": {
                "type": kind,
                "brand": brand,
                "os": os,
                "ifa": self.device_id,
                "lmt": u8::from(*is_private),
            },
            "geo": {"country": country, "region": region, "dma": dma},
            "app": {"bundle": "tv.adserve.demo"},
        })
    }

    /// The same as parameters of a tag; DMA and the app stay unfilled macros where a player does
    /// not know them.
    pub(super) fn query(&self) -> String {
        let home = self.home;
        let [kind, brand, os] = home.device;
        let dma = home.dma.unwrap_or("[DMA]");
        format!(
            "session={}&user={}&segments={}&did={}&lmt={}&device_type={kind}&device_brand={brand}\
             &os={os}&country={}&region={}&dma={dma}&app_bundle=[APPBUNDLE]",
            self.session,
            self.user,
            home.segments.join(","),
            self.device_id,
            u8::from(home.is_private),
            home.country,
            home.region,
        )
        .replace('[', "%5B")
        .replace(']', "%5D")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn residents_come_back_and_guests_do_not() {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for tv in 0..20 {
            for number in 0..20 {
                let tv = Roll(tv);
                let viewer = Viewer::of(tv, Roll(tv.draw(number)));
                *seen.entry(viewer.user).or_default() += 1;
            }
        }
        let (residents, guests): (Vec<_>, Vec<_>) = seen
            .into_iter()
            .partition(|(user, _times)| user.starts_with("resident"));
        assert_eq!(residents.len() as u64, RESIDENTS);
        assert!(residents.iter().all(|&(_, times)| times > 5));
        assert!(guests.len() > 50 && guests.iter().all(|&(_, times)| times == 1));
    }

    #[test]
    fn body_and_query_say_the_same() {
        for tv in 0..20 {
            let viewer = Viewer::of(Roll(tv), Roll(1));
            let (body, query) = (viewer.body(), viewer.query());
            let said = |pair: String| format!("&{query}&").contains(&format!("&{pair}&"));
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            assert!(said(format!("user={}", text(&body["user"]["id"]))));
            assert!(said(format!(
                "device_type={}",
                text(&body["device"]["type"])
            )));
            assert!(said(format!("country={}", text(&body["geo"]["country"]))));
            assert!(said(format!("lmt={}", body["device"]["lmt"])));
            assert_eq!(viewer.user().is_none(), body["device"]["lmt"] == 1);
        }
    }
}
