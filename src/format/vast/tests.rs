//! Reading documents of others, and of nobody.

use super::*;

const FOREIGN: &str = r#"<?xml version="1.0"?>
<!-- a comment -->
<v:VAST xmlns:v="http://www.iab.com/VAST" version=" 4.0">
  <v:Ad id="1" sequence="2"><v:InLine>
    <v:Creatives><v:Creative>
      <v:UniversalAdId idRegistry="Ad-ID" idValue="8465"/>
      <v:Linear skipoffset="25%">
        <v:MediaFiles>
          <v:MediaFile type="video/mp4" width="640" height="wide" bitrate="500">
            https://a.example/v.mp4?a=1&amp;b=2
          </v:MediaFile>
        </v:MediaFiles>
        <v:VideoClicks><v:ClickTracking>https://a.example/c</v:ClickTracking></v:VideoClicks>
        <v:Duration> 00:00:15 </v:Duration>
        <v:TrackingEvents>
          <v:Tracking event="start"><![CDATA[ https://a.example/s?x=[CACHEBUSTING] ]]></v:Tracking>
          <v:Tracking event="progress" offset="00:00:05">https://a.example/p</v:Tracking>
          <v:Tracking event="complete"/>
        </v:TrackingEvents>
      </v:Linear>
      <v:CompanionAds><v:Companion><v:TrackingEvents>
        <v:Tracking event="creativeView">https://a.example/companion</v:Tracking>
      </v:TrackingEvents></v:Companion></v:CompanionAds>
    </v:Creative></v:Creatives>
    <v:Impression><![CDATA[https://a.example/i]]></v:Impression>
    <v:Impression>https://b.example/i</v:Impression>
    <v:Extensions><v:Extension><v:Impression>https://c.example</v:Impression></v:Extension></v:Extensions>
  </v:InLine></v:Ad>
  <v:Ad id="2"><v:Wrapper><v:AdSystem>other</v:AdSystem>
    <v:VASTAdTagURI><![CDATA[https://b.example/vast]]></v:VASTAdTagURI>
    <v:Creatives><v:Creative><v:Linear><v:Duration>soon</v:Duration></v:Linear></v:Creative></v:Creatives>
  </v:Wrapper></v:Ad>
</v:VAST>"#;

#[test]
fn a_document_of_another_server_is_read() {
    let document = read(FOREIGN.as_bytes()).unwrap();
    let [first, wrapper] = document.ads.as_slice() else {
        panic!("{} ads", document.ads.len());
    };
    assert_eq!((first.id.as_deref(), first.sequence), (Some("1"), Some(2)));
    assert_eq!(first.duration, Some(Millis(15_000)));
    assert_eq!(first.skip_offset.as_deref(), Some("25%"));
    assert_eq!(
        first.impressions,
        ["https://a.example/i", "https://b.example/i"]
    );
    assert_eq!(
        first.universal_ad_ids,
        [("Ad-ID".to_owned(), "8465".to_owned())]
    );
    assert_eq!(
        first.media_files,
        [MediaFileFound {
            uri: "https://a.example/v.mp4?a=1&b=2".to_owned(),
            mime: "video/mp4".to_owned(),
            width: Some(640),
            bitrate: Some(500),
            ..MediaFileFound::default()
        }]
    );
    let start: Vec<_> = first.tracking_of("start").collect();
    assert_eq!(start, ["https://a.example/s?x=[CACHEBUSTING]"]);
    assert_eq!(first.tracking[1].offset.as_deref(), Some("00:00:05"));
    assert_eq!(first.tracking_of("creativeView").count(), 0);
    assert_eq!(first.click_tracking, ["https://a.example/c"]);
    assert_eq!(wrapper.tag_uri.as_deref(), Some("https://b.example/vast"));
    assert_eq!(
        document.warnings,
        [
            Warning::Empty("Tracking".to_owned()),
            Warning::Duration("soon".to_owned())
        ]
    );
}

#[test]
fn an_answer_without_ads_says_whom_to_tell() {
    let document = read(b"<VAST version='3.0'><Error>https://a.example/e</Error></VAST>").unwrap();
    assert_eq!(
        document,
        Document {
            version: "3.0".to_owned(),
            errors: vec!["https://a.example/e".to_owned()],
            ..Document::default()
        }
    );
}

#[test]
fn another_format_is_read_as_nothing() {
    let document = read(b"<html><Ad id='1'><InLine/></Ad></html>").unwrap();
    assert_eq!(document.ads, []);
    assert_eq!(document.warnings, [Warning::Root("html".to_owned())]);
}

#[test]
fn a_document_without_end_keeps_its_limits() {
    let many = |count| {
        let ads = "<Ad><InLine><Error>e</Error></InLine></Ad>".repeat(count);
        format!("<VAST version='4.2'>{ads}</VAST>")
    };
    let document = read(many(ADS_MAX + 5).as_bytes()).unwrap();
    assert_eq!(document.ads.len(), ADS_MAX);
    assert_eq!(document.warnings, [Warning::Ads]);

    let urls = "<Impression>i</Impression>".repeat(URLS_MAX + 5);
    let one = format!("<VAST><Ad><InLine>{urls}</InLine></Ad></VAST>");
    let document = read(one.as_bytes()).unwrap();
    assert_eq!(document.ads[0].impressions.len(), URLS_MAX);
    assert_eq!(document.warnings, [Warning::Urls]);
}
