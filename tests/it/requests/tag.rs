//! `GET /api/v1/vast` with all that players and stitchers send.

use super::Station;

#[test]
fn a_tag_with_everything_is_answered_with_an_ad() {
    let station = Station::with_campaign();
    let tag = "/api/v1/vast?channel=NEWS&pod_duration=90&max_ads=3&did=8b5cb6f2-0000-4000-8000-01\
        &lmt=0&dnt=0&us_privacy=1YNN&gdpr=0&gdpr_consent=&gpp=&gpp_sid=-1&coppa=0\
        &app_bundle=com.example.tv&app_name=Example&content_genre=football,live&content_rating=tv-pg\
        &device_type=ctv&device_make=Samsung&country=US&region=CA&metro=803&zip=90210&ua=Roku/DVP-9.10\
        &ip=203.0.113.7&kv.tier=premium&cust_params=a%3D1%26b%3D2&session=s-1&ppid=u-1&cb=123";
    let answer = station.daemon.get(tag);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.text().contains("<MediaFile "), "{}", answer.text());
}

#[test]
fn a_tag_that_nobody_filled_is_as_good_as_a_short_one() {
    let station = Station::with_campaign();
    for tag in [
        "/api/v1/vast?channel=news&did={{DEVICE_ID}}&ip={{IP}}&ua={{USER_AGENT}}&lmt={{LMT}}\
         &us_privacy={{US_PRIVACY}}&gdpr={{GDPR}}&app_bundle={{APP_BUNDLE}}&country={{GEO}}",
        "/api/v1/vast?channel=news&pod_duration=[BREAKMAXDURATION]&max_ads=[BREAKMAXADS]&did=[IFA]\
         &lmt=[LIMITADTRACKING]&gdpr_consent=[GDPRCONSENT]&ip=[DEVICEIP]",
        "/api/v1/vast?channel=news&rdid=%%ADVERTISING_IDENTIFIER_PLAIN%%&gdpr=${GDPR}",
        "/api/v1/vast?channel=news&rdid=%25%25ADVERTISING_IDENTIFIER_PLAIN%25%25&gdpr=$%7BGDPR%7D",
        "/api/v1/vast?channel=news&did=null&dma=-1&zip=-2",
    ] {
        let answer = station.daemon.get(tag);
        assert_eq!(answer.status, 200, "{tag}: {}", answer.text());
        assert!(answer.text().contains("<MediaFile "), "{tag}");
    }
}

#[test]
fn every_parameter_stands_in_the_documents() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ad-requests.md");
    let text = std::fs::read_to_string(file).unwrap();
    let fields = adserve::intake::fields::TABLE.iter();
    let names = fields.flat_map(|(_field, paths, names)| paths.iter().chain(*names));
    let extras = adserve::intake::fields::EXTRAS.iter();
    for name in names.chain(extras.flat_map(|(key, path)| [key, path])) {
        assert!(text.contains(&format!("`{name}`")), "{name}");
    }
    for signal in adserve::model::PrivacySignal::ALL {
        assert!(text.contains(&format!("| `{signal}` |")), "{signal}");
    }
}
