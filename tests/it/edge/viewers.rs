//! Who watches, on what and where: what the connection and the request say of the viewer decides
//! which ad is chosen.

use serde_json::{Value, json};

use super::Station;
use crate::support::mmdb;

const ROKU: &str = "User-Agent: Roku/DVP-12.0 (12.0.0.4182-AE)";
const TIZEN: &str = "User-Agent: Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.5) TV Safari/537.36";
const CALIFORNIA: &str = "X-Forwarded-For: 203.0.113.5";
const GERMANY: &str = "X-Forwarded-For: 198.51.100.7";
const NOWHERE: &str = "X-Forwarded-For: 192.0.2.1";

/// A daemon that knows two networks, and campaigns from the dearest and pickiest to one for all.
struct Market {
    station: Station,
    /// Their names by id.
    names: Vec<(String, &'static str)>,
    _geo: tempfile::TempDir,
}

impl Market {
    fn open() -> Self {
        let geo = tempfile::tempdir().unwrap();
        let path = geo.path().join("geo.mmdb");
        let california = json!({
            "country": {"iso_code": "US"}, "subdivisions": [{"iso_code": "CA"}],
            "location": {"time_zone": "America/Los_Angeles"},
        });
        let germany = json!({"country": {"iso_code": "DE"}});
        let networks = [("203.0.113.0/24", california), ("198.51.100.0/24", germany)];
        std::fs::write(&path, mmdb::database("GeoIP2-City", &networks)).unwrap();
        let station = Station::open_with(&[
            ("ADSERVED_GEO__DATABASE", path.to_str().unwrap()),
            ("ADSERVED_SERVER__TRUSTED_PROXIES", "127.0.0.1"),
        ]);
        let rule = |include: Value| json!({"rules": [{"include": include}]});
        let cap = json!([{"scope": "device", "fallback": "skip",
            "windows": [{"max": 1, "rolling_seconds": 3600}]}]);
        let campaigns = [
            (
                "roku in california",
                json!({"targeting": rule(json!({"geo": ["US-CA"], "device": ["roku"]}))}),
            ),
            (
                "california",
                json!({"targeting": rule(json!({"geo": ["US-CA"]}))}),
            ),
            ("once", json!({"caps": cap})),
            (
                "germany",
                json!({"targeting": rule(json!({"geo": ["DE"]}))}),
            ),
            ("everyone", json!({})),
        ];
        let prices = (1..=5_i64).rev();
        let names = campaigns
            .into_iter()
            .zip(prices)
            .map(|((name, mut fields), price)| {
                fields["price_micros"] = json!(price * 10_000_000);
                (station.campaign(name, &fields), name)
            });
        Self {
            names: names.collect(),
            station,
            _geo: geo,
        }
    }

    /// The campaign that a request gets.
    fn winner(&self, headers: &[&str], body: &Value) -> &'static str {
        let mut whole = json!({"request_id": "r", "channel": "news", "pod_duration": 6});
        for (field, value) in body.as_object().unwrap() {
            whole[field] = value.clone();
        }
        let whole = whole.to_string();
        let daemon = &self.station.daemon;
        let answer = daemon.ask("POST", "/api/v2/ad-request", headers, whole.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.text());
        let pod = answer.json();
        let id = pod["ads"][0]["campaign_id"].as_str();
        let id = id.unwrap_or_else(|| panic!("no ad: {pod}"));
        let found = self.names.iter().find(|(known, _name)| known == id);
        found.unwrap().1
    }
}

#[test]
fn place_device_and_identity_decide_which_ad_is_chosen() {
    let market = Market::open();
    let device = |ifa: &str| json!({"device": {"ifa": ifa}});
    for (headers, body, expected) in [
        // Where and on what, as the connection says.
        (&[CALIFORNIA, ROKU][..], json!({}), "roku in california"),
        (&[CALIFORNIA, TIZEN], json!({}), "california"),
        (&[CALIFORNIA], json!({}), "california"),
        // As the request says, which goes before what the connection says.
        (
            &[GERMANY, ROKU],
            json!({"geo": {"country": "US", "region": "CA"}}),
            "roku in california",
        ),
        (
            &[CALIFORNIA, ROKU],
            json!({"geo": {"country": "DE"}}),
            "germany",
        ),
        (
            &[CALIFORNIA, TIZEN],
            json!({"device": {"ua": "Roku/DVP-12.0"}}),
            "roku in california",
        ),
        // Once a device, whoever else watches from there.
        (&[GERMANY, ROKU], device("one"), "once"),
        (&[GERMANY, ROKU], device("one"), "germany"),
        (&[GERMANY, TIZEN], device("two"), "once"),
        (&[GERMANY, TIZEN], device("two"), "germany"),
        // Who is not to be known is not counted, and so not served past a cap.
        (
            &[GERMANY],
            json!({"device": {"ifa": "three", "lmt": 1}}),
            "germany",
        ),
        (
            &[NOWHERE],
            json!({"device": {"ifa": "four"}, "regs": {"coppa": 1}}),
            "everyone",
        ),
        (&[NOWHERE], json!({}), "everyone"),
        (&[], json!({}), "everyone"),
    ] {
        let winner = market.winner(headers, &body);
        assert_eq!(winner, expected, "{headers:?} {body}");
    }
}

#[test]
fn a_tag_says_the_same_as_a_body() {
    let market = Market::open();
    let ask = |query: &str| {
        let target = format!("/api/v1/vast?channel=news&duration=6&{query}");
        let answer = market.station.daemon.ask("GET", &target, &[GERMANY], b"");
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.text()
    };
    let creative = |name: &str| {
        let named = market.names.iter().find(|(_id, known)| *known == name);
        let path = format!("/api/v1/creatives?campaign={}", named.unwrap().0);
        let listed = market.station.daemon.admin("GET", &path, &Value::Null);
        listed["items"][0]["id"].to_string()
    };
    for (query, expected) in [
        (
            "country=US&region=CA&ua=Roku%2FDVP-12.0",
            "roku in california",
        ),
        ("country=US&region=CA", "california"),
        ("did=five", "once"),
        ("did=five", "germany"),
        ("did=six&lmt=1", "germany"),
        ("did=six", "once"),
    ] {
        let document = ask(query);
        let id = creative(expected);
        assert!(document.contains(&id), "{query}: no {id} in {document}");
    }
}
