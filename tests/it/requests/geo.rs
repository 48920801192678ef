//! Where addresses are: databases good, bad and replaced.

use std::fs;
use std::net::IpAddr;
use std::path::Path;

use adserve::intake::Located;
use adserve::store::geo::{GeoDatabase, GeoError};
use serde_json::{Value, json};

use crate::support::mmdb;

fn los_angeles() -> Value {
    json!({
        "country": {"iso_code": "US", "names": {"en": "United States"}},
        "subdivisions": [{"iso_code": "CA", "names": {"en": "California"}}],
        "city": {"names": {"de": "Los Angeles (de)", "en": "Los  Angeles"}},
        "postal": {"code": "90210"},
        "location": {"metro_code": 803, "time_zone": "America/Los_Angeles", "accuracy_radius": 5},
    })
}

fn cities() -> Vec<u8> {
    mmdb::database(
        "GeoIP2-City",
        &[
            ("203.0.113.0/24", los_angeles()),
            ("198.51.100.7/32", json!({"country": {"iso_code": "DE"}})),
            (
                "2a00:1::/32",
                json!({"country": {"iso_code": "FR"}, "postal": {"code": "75 001"}}),
            ),
            ("2a00:2::/32", json!({"continent": {"code": "EU"}})),
        ],
    )
}

fn at(database: &GeoDatabase, address: &str) -> Option<Located> {
    let address: IpAddr = address.parse().unwrap();
    database.locate(address)
}

fn put(folder: &Path, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.join("geo.mmdb");
    let beside = folder.join("geo.new");
    fs::write(&beside, bytes).unwrap();
    fs::rename(beside, &path).unwrap();
    path
}

#[test]
fn addresses_are_found_in_the_words_of_targeting() {
    let folder = tempfile::tempdir().unwrap();
    let database = GeoDatabase::open(&put(folder.path(), &cities())).unwrap();
    let found = at(&database, "203.0.113.200").unwrap();
    let word = |word: &str| Some(word.to_owned());
    assert_eq!(
        (found.geo.country, found.geo.region),
        (word("US"), word("CA"))
    );
    assert_eq!(
        (found.geo.city, found.geo.postal),
        (word("los angeles"), word("90210"))
    );
    assert_eq!(found.geo.dma, Some(803));
    assert_eq!(found.zone.unwrap().name(), "America/Los_Angeles");
    let france = at(&database, "2a00:1:2::3").unwrap();
    assert_eq!(
        (france.geo.country, france.geo.postal),
        (word("FR"), word("75001"))
    );
    assert_eq!(france.zone, None);
    let only_country = at(&database, "198.51.100.7").unwrap();
    assert_eq!(
        (only_country.geo.country, only_country.geo.region),
        (word("DE"), None)
    );
    assert_eq!(at(&database, "2a00:2::1"), Some(Located::default()));
    for unknown in ["198.51.100.8", "192.0.2.1", "2a00:3::1", "::1"] {
        assert_eq!(at(&database, unknown), None, "{unknown}");
    }
}

#[test]
fn what_is_no_sound_database_of_places_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("geo.mmdb");
    assert!(matches!(GeoDatabase::open(&path), Err(GeoError::Io { .. })));
    assert!(matches!(
        GeoDatabase::open(folder.path()),
        Err(GeoError::Io { .. })
    ));
    for bytes in [&b""[..], b"not a database", &[0xff; 4_096]] {
        let opened = GeoDatabase::open(&put(folder.path(), bytes));
        assert!(matches!(opened, Err(GeoError::Broken { .. })));
    }
    let asn = mmdb::database("GeoLite2-ASN", &[("203.0.113.0/24", json!({"n": 1}))]);
    let error = GeoDatabase::open(&put(folder.path(), &asn)).unwrap_err();
    assert!(matches!(&error, GeoError::OtherKind { kind, .. } if kind == "GeoLite2-ASN"));
}

#[test]
fn a_damaged_database_is_refused_or_read_and_never_worse() {
    let folder = tempfile::tempdir().unwrap();
    let good = cities();
    let mut refused = 0;
    for place in 0..good.len() {
        let mut bytes = good.clone();
        bytes[place] ^= 0x55;
        let Ok(database) = GeoDatabase::open(&put(folder.path(), &bytes)) else {
            refused += 1;
            continue;
        };
        at(&database, "203.0.113.1");
        at(&database, "2a00:1::1");
    }
    assert!(refused > good.len() / 10, "{refused} of {}", good.len());
    for end in (0..good.len()).step_by(7) {
        let opened = GeoDatabase::open(&put(folder.path(), &good[..end]));
        assert!(opened.is_err(), "cut at {end}");
    }
}

#[test]
fn a_replaced_file_is_read_again_and_a_broken_one_leaves_the_old_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let database = GeoDatabase::open(&put(folder.path(), &cities())).unwrap();
    assert!(!database.refresh().unwrap(), "nothing has changed");
    put(folder.path(), b"half a downl");
    assert!(matches!(database.refresh(), Err(GeoError::Broken { .. })));
    fs::remove_file(folder.path().join("geo.mmdb")).unwrap();
    assert!(matches!(database.refresh(), Err(GeoError::Io { .. })));
    assert!(
        at(&database, "203.0.113.1").is_some(),
        "the old one answers"
    );
    let moved = mmdb::database("GeoIP2-City", &[("192.0.2.0/24", los_angeles())]);
    put(folder.path(), &moved);
    assert!(database.refresh().unwrap());
    assert_eq!(at(&database, "203.0.113.1"), None);
    assert!(at(&database, "192.0.2.9").is_some());
}
