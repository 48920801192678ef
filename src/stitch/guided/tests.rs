//! What players are told of breaks, live and on demand, from origins of a few lines.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::Value;
use smallvec::SmallVec;
use url::Url;

use super::*;
use crate::format::hls::{Ground, Limits, LowLatency, MediaPlaylist, Variables};
use crate::model::rendition::{Extension, ProfileKey, SourceHash, Track, TrackSegment};
use crate::stitch::{Break, Fill, Join, Policy, Scheduled, SessionView, Snapshot, Timeline};

/// 2026-11-20T15:00:00Z.
const DAWN: i64 = 1_795_186_800_000_000;
const SEGMENT: u64 = 6_000_000;

/// A channel of six-second segments in two renditions.
struct Channel {
    timeline: Timeline,
    is_dated: bool,
    /// What is said before a segment, by number.
    cues: Vec<(u64, &'static str)>,
    splits: Vec<u64>,
    policy: Policy,
}

impl Channel {
    fn live(cues: &[(u64, &'static str)]) -> Self {
        Self {
            timeline: Timeline::new(2),
            is_dated: true,
            cues: cues.to_vec(),
            splits: Vec::new(),
            policy: Policy {
                longest: Micros::from_seconds(240),
                ..Policy::default()
            },
        }
    }

    fn text(&self, from: u64, to: u64, end: &str) -> String {
        let before = self.splits.iter().filter(|split| **split < from).count();
        let mut text = format!(
            "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:{from}\n\
             #EXT-X-DISCONTINUITY-SEQUENCE:{before}\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        );
        for number in from..to {
            if self.splits.contains(&number) {
                text.push_str("#EXT-X-DISCONTINUITY\n");
            }
            if let Some((_, cue)) = self.cues.iter().find(|(at, _)| *at == number) {
                writeln!(text, "{cue}").unwrap();
            }
            if self.is_dated {
                let mut date = Vec::new();
                let at = number * SEGMENT;
                super::super::timeline::write_date(DAWN + at.cast_signed(), &mut date);
                text.push_str(&String::from_utf8(date).unwrap());
            }
            writeln!(text, "#EXTINF:6.000,\n{number}.ts").unwrap();
        }
        text.push_str(end);
        text
    }

    fn see(&mut self, from: u64, to: u64, end: &str) -> Snapshot {
        let text = self.text(from, to, end);
        let lists = ["video", "audio"].map(|name| {
            let limits = Limits::DEFAULT;
            let list = MediaPlaylist::parse(text.clone().into(), &limits).unwrap();
            let base: Url = format!("https://origin.example/{name}/live.m3u8")
                .parse()
                .unwrap();
            let ground = Ground {
                base: &base,
                imports: &Variables::default(),
                low_latency: LowLatency::Strip,
            };
            list.ground(&ground, &limits).unwrap()
        });
        let round = [Some(&lists[0]), Some(&lists[1])];
        self.timeline.ingest(&round, &self.policy);
        self.timeline.snapshot()
    }
}

/// An ad of whole segments of five seconds.
fn ad(segments: usize) -> Arc<RenditionSet> {
    let track = |files| Track {
        segments: vec![
            TrackSegment {
                duration: Micros::from_seconds(5),
                bytes: 1_000,
                iframe_bytes: 0,
            };
            segments
        ],
        files,
        extension: Extension::Ts,
        bandwidth: 1_000,
    };
    Arc::new(RenditionSet {
        profile: ProfileKey([0; 8]),
        source: SourceHash([1; 32]),
        tracks: vec![track(0), track(1)],
    })
}

/// Decides every break of a snapshot: ads of so many segments each.
fn decide(session: &mut SessionView, snapshot: &Snapshot, ads: &[usize]) {
    while let Some(opportunity) = session.undecided(snapshot) {
        let (no, from) = (opportunity.of.no, opportunity.from);
        if ads.is_empty() {
            session.pass(no);
            continue;
        }
        let fill = Fill::new(ads.iter().map(|segments| ad(*segments))).starting(from, 0);
        session.fill(snapshot, no, Arc::new(fill)).unwrap();
    }
}

struct Addresses;

impl Lists for Addresses {
    fn write(&mut self, of: &Break, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("https://ads.example/assets/{}.json", of.no).as_bytes());
    }
}

impl AdFacts for Addresses {
    fn names(&self, ad: &Airing) -> Option<AdNames> {
        // One that is forgotten.
        (ad.place != 9).then(|| AdNames {
            ad: format!("ad-{}-{}", ad.no, ad.place),
            creative: "crv_1".to_owned(),
            registry: "adserve-sha256",
            universal: "cafe".to_owned(),
        })
    }

    fn write_stream(&mut self, ad: &Airing, _set: &RenditionSet, out: &mut Vec<u8>) {
        let text = format!("https://ads.example/ad/{}/{}/index.m3u8", ad.no, ad.place);
        out.extend_from_slice(text.as_bytes());
    }

    fn course(&self, duration: Micros) -> SmallVec<[(EventKind, Micros); 7]> {
        let at = |quarter| Micros(duration.0 * quarter / 4);
        [
            (EventKind::Impression, at(0)),
            (EventKind::Midpoint, at(2)),
            (EventKind::Complete, at(4)),
        ]
        .into_iter()
        .collect()
    }

    fn write_beacon(&mut self, ad: &Airing, event: EventKind, out: &mut Vec<u8>) {
        let text = format!("https://ads.example/track?event={event}&t=\"{}\"", ad.place);
        out.extend_from_slice(text.as_bytes());
    }
}

fn playlist(snapshot: &Snapshot, session: &SessionView, rendition: usize) -> String {
    let mut out = b"before".to_vec();
    let told = (Restrict::SkipAndJump, &mut Addresses as &mut dyn Lists);
    compose(snapshot, rendition, session, told, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    text.strip_prefix("before").unwrap().to_owned()
}

fn ranges(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| line.starts_with("#EXT-X-DATERANGE"))
        .collect()
}

fn assets(snapshot: &Snapshot, session: &SessionView, offset: &str, signals: Signals) -> Value {
    let (no, fill) = &session.fills()[0];
    let of = snapshot.find(*no).unwrap();
    let offset = read_offset(offset).unwrap();
    let mut out = Vec::new();
    asset_list((of, fill), offset, signals, &mut Addresses, &mut out);
    serde_json::from_slice(&out).unwrap()
}

fn places(list: &Value) -> Vec<&str> {
    let assets = list["ASSETS"].as_array().unwrap().iter();
    assets
        .map(|asset| asset["URI"].as_str().unwrap().split('/').nth(5).unwrap())
        .collect()
}

fn told(snapshot: &Snapshot, session: &SessionView, by: (Inserted, u32)) -> Value {
    let mut out = Vec::new();
    tracking(snapshot, session, by, &mut Addresses, &mut out);
    serde_json::from_slice(&out).unwrap()
}

const OUT: &str = "#EXT-X-CUE-OUT:30";
const IN: &str = "#EXT-X-CUE-IN";

/// The date range of the break that begins with segment 10, by its name.
fn expected(id: &str) -> String {
    format!(
        "#EXT-X-DATERANGE:ID=\"{id}\",CLASS=\"com.apple.hls.interstitial\",\
         START-DATE=\"2026-11-20T15:01:00.020Z\",PLANNED-DURATION=25,\
         X-ASSET-LIST=\"https://ads.example/assets/0.json?_HLS_interstitial_id={id}\",\
         X-SNAP=\"IN\",X-RESTRICT=\"SKIP,JUMP\""
    )
}

#[test]
fn a_live_break_is_content_with_a_date_range_from_its_first_sight_until_it_has_left() {
    let mut channel = Channel::live(&[(10, OUT), (15, IN)]);
    let before = channel.see(4, 10, "");
    let mut session = SessionView::join(&before, Join::Partial);
    let mut seen = Vec::new();
    for edge in 10..40 {
        let from = edge - 6;
        let snapshot = channel.see(from, edge, "");
        decide(&mut session, &snapshot, &[2, 3]);
        session.settle(&snapshot);
        for rendition in 0..2 {
            let text = playlist(&snapshot, &session, rendition);
            let ranges = ranges(&text);
            // From the segment of the cue for as long as anything of the break is kept.
            let id = snapshot.breaks().first().map(|of| of.id.clone());
            match id.filter(|_| !ranges.is_empty()) {
                Some(id) => {
                    assert_eq!(ranges, [expected(&id)], "edge {edge}");
                    seen.push(edge);
                }
                None => assert_eq!(ranges, [""; 0], "edge {edge}"),
            }
            // The rest is the content: no number moves, no segment goes, no key or date changes.
            let content = text
                .lines()
                .filter(|line| !line.starts_with("#EXT-X-DATERANGE"));
            let own: Vec<_> = content.collect();
            let name = ["video", "audio"][rendition];
            let origin = channel.text(from, edge, "");
            let origin = origin
                .lines()
                .filter(|line| !line.starts_with("#EXT-X-CUE"));
            let origin: Vec<_> = origin
                .map(|line| {
                    if line.starts_with('#') {
                        line.to_owned()
                    } else {
                        format!("https://origin.example/{name}/{line}")
                    }
                })
                .collect();
            assert_eq!(own, origin, "edge {edge}");
        }
    }
    seen.dedup();
    let last = *seen.last().unwrap();
    assert_eq!(
        seen,
        (11..=last).collect::<Vec<_>>(),
        "it came and went once"
    );
    assert!((20..30).contains(&last), "{last}");
}

#[test]
fn an_early_return_adds_a_limit_and_changes_nothing() {
    let mut channel = Channel::live(&[(10, OUT), (12, IN)]);
    let before = channel.see(4, 10, "");
    let mut session = SessionView::join(&before, Join::Partial);
    let open = channel.see(5, 12, "");
    decide(&mut session, &open, &[2, 3]);
    let id = open.breaks()[0].id.clone();
    assert_eq!(ranges(&playlist(&open, &session, 0)), [expected(&id)]);
    let ended = channel.see(7, 14, "");
    let limit = format!("#EXT-X-DATERANGE:ID=\"{id}\",DURATION=12,X-PLAYOUT-LIMIT=12");
    for rendition in 0..2 {
        let text = playlist(&ended, &session, rendition);
        assert_eq!(ranges(&text), [expected(&id), limit.clone()]);
    }
    // Whoever asks now gets what still fits; an ad that would be over at once is left out.
    assert_eq!(
        places(&assets(&ended, &session, "0", Signals::Apart)),
        ["0", "1"]
    );
    let until = told(&ended, &session, (Inserted::ByPlayer, 0));
    let events = |ad: usize| {
        let events = &until["avails"][0]["ads"][ad]["trackingEvents"];
        let events = events.as_array().unwrap().iter();
        events
            .map(|event| event["eventType"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(events(0), ["impression", "midpoint", "complete"]);
    assert_eq!(
        events(1),
        ["impression"],
        "it ends after two of fifteen seconds"
    );
    assert_eq!(until["avails"][0]["durationInSeconds"], 12);
    // It takes no second range if the ads were over before.
    let mut short = SessionView::join(&before, Join::Partial);
    decide(&mut short, &open, &[2]);
    assert_eq!(ranges(&playlist(&ended, &short, 0)).len(), 1);
}

#[test]
fn a_break_without_ads_sends_nobody_anywhere() {
    let mut channel = Channel::live(&[(10, OUT)]);
    let before = channel.see(4, 10, "");
    let mut session = SessionView::join(&before, Join::Partial);
    let open = channel.see(5, 12, "");
    decide(&mut session, &open, &[]);
    assert_eq!(ranges(&playlist(&open, &session, 0)), [""; 0]);
    let told = told(&open, &session, (Inserted::ByPlayer, 0));
    assert_eq!(told["avails"], serde_json::json!([]));
    // Nor is there one for who joined in it and is to see content.
    let mut late = SessionView::join(&open, Join::Suppress);
    decide(&mut late, &open, &[2]);
    assert_eq!(ranges(&playlist(&open, &late, 0)), [""; 0]);
}

#[test]
fn who_begins_in_the_middle_gets_whole_ads_that_fit() {
    let mut channel = Channel::live(&[(10, OUT), (15, IN)]);
    let before = channel.see(4, 10, "");
    let mut session = SessionView::join(&before, Join::Partial);
    let open = channel.see(5, 12, "");
    decide(&mut session, &open, &[2, 1, 2]);
    for (offset, expected) in [
        ("0", &["0", "1", "2"][..]),
        ("0.4", &["0", "1", "2"]),
        ("0.6", &["1", "2"]),
        ("10", &["1", "2"]),
        ("10.500001", &["2"]),
        ("14.99", &["2"]),
        ("15.6", &[]),
        ("4000", &[]),
    ] {
        let list = assets(&open, &session, offset, Signals::Apart);
        assert_eq!(places(&list), expected, "{offset}");
        // What is left of the break is never passed by more than a player's own error.
        let ads = list["ASSETS"].as_array().unwrap().iter();
        let sum: f64 = ads.map(|asset| asset["DURATION"].as_f64().unwrap()).sum();
        let left = 30.0 - offset.parse::<f64>().unwrap();
        assert!(sum == 0.0 || sum <= left + 0.5, "{offset}");
    }
    // One who joined: ads were decided for what was left, and begin there.
    let mut late = SessionView::join(&open, Join::Partial);
    decide(&mut late, &open, &[2]);
    let text = playlist(&open, &late, 0);
    let range = ranges(&text)[0];
    assert!(
        range.contains("START-DATE=\"2026-11-20T15:01:00.020Z\",PLANNED-DURATION=22,"),
        "{range}"
    );
    for offset in ["3", "12", "12.3"] {
        assert_eq!(
            places(&assets(&open, &late, offset, Signals::Apart)),
            ["0"],
            "{offset}"
        );
    }
    assert_eq!(places(&assets(&open, &late, "13", Signals::Apart)), [""; 0]);
}

#[test]
fn on_demand_ads_before_between_and_after_take_no_time_of_the_content() {
    for is_dated in [true, false] {
        let mut channel = Channel::live(&[]);
        channel.is_dated = is_dated;
        channel.splits = vec![2, 5];
        channel.policy.schedule = [0, 25_000_000, 60_000_000]
            .map(|at| Scheduled {
                at: Micros(at),
                replaces: Micros::ZERO,
            })
            .to_vec();
        let snapshot = channel.see(0, 10, "#EXT-X-ENDLIST\n");
        let mut session = SessionView::join(&snapshot, Join::Partial);
        decide(&mut session, &snapshot, &[3]);
        let texts = [0, 1].map(|rendition| playlist(&snapshot, &session, rendition));
        assert_eq!(ranges(&texts[0]), ranges(&texts[1]));
        let cues = ranges(&texts[0]).into_iter().map(|range| {
            assert!(range.contains("X-RESUME-OFFSET=0"), "{range}");
            assert!(range.contains("PLANNED-DURATION=15,"), "{range}");
            let cue = range
                .split("CUE=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            cue.unwrap_or_default()
        });
        assert_eq!(cues.collect::<Vec<_>>(), ["PRE,ONCE", "", "POST,ONCE"]);
        // Every range lies on the dates of the segments, which are those of the axis and are
        // said anew behind each discontinuity.
        let dates: Vec<_> = texts[0]
            .lines()
            .filter_map(|line| line.strip_prefix("#EXT-X-PROGRAM-DATE-TIME:"))
            .collect();
        // Dates of the origin would overlap those of stitched ads, and are left out for everybody.
        let dawn = "2000-01-01T00";
        let expected = ["00:00", "00:12", "00:30"].map(|at| format!("{dawn}:{at}.000Z"));
        assert_eq!(dates, expected, "{}", texts[0]);
        let start = ranges(&texts[0])[1].split("START-DATE=\"").nth(1).unwrap();
        assert!(start.starts_with(&format!("{dawn}:00:25.000Z")), "{start}");
        // A date stands behind its discontinuity and before its segment.
        let after: Vec<_> = texts[0]
            .lines()
            .zip(texts[0].lines().skip(1))
            .filter(|(line, _)| *line == "#EXT-X-DISCONTINUITY")
            .map(|(_, next)| next.starts_with("#EXT-X-PROGRAM-DATE-TIME:"))
            .collect();
        assert_eq!(after, [true, true]);
        assert!(texts[0].ends_with("#EXT-X-ENDLIST\n"));
        assert_eq!(texts[0].matches(".ts\n").count(), 10);
    }
}

#[test]
fn a_live_channel_without_dates_gets_the_same_ones_each_time() {
    let mut channel = Channel::live(&[(10, OUT)]);
    channel.is_dated = false;
    channel.splits = vec![9];
    let before = channel.see(4, 10, "");
    let mut session = SessionView::join(&before, Join::Partial);
    let mut date_of = std::collections::HashMap::new();
    let mut told = std::collections::BTreeSet::new();
    for edge in 11..15 {
        let snapshot = channel.see(edge - 6, edge, "");
        decide(&mut session, &snapshot, &[2]);
        let text = playlist(&snapshot, &session, 1);
        told.extend(ranges(&text).into_iter().map(str::to_owned));
        let mut date = None;
        for line in text.lines() {
            if let Some(said) = line.strip_prefix("#EXT-X-PROGRAM-DATE-TIME:") {
                let said: jiff::Timestamp = said.parse().unwrap();
                date = Some(said.as_microsecond());
            } else if !line.starts_with('#') {
                let at = date.expect("the first segment has a date");
                let before = *date_of.entry(line.to_owned()).or_insert(at);
                assert_eq!(before, at, "{line}");
                date = Some(at + SEGMENT.cast_signed());
            }
        }
    }
    // And the range begins a little after the segment of its cue.
    assert_eq!(told.len(), 1, "{told:#?}");
    let range = told.first().unwrap();
    let start = range
        .split("START-DATE=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let start: jiff::Timestamp = start.parse().unwrap();
    let cue = date_of["https://origin.example/audio/10.ts"];
    assert_eq!(start.as_microsecond(), cue + 20_000);
}

#[test]
fn signals_say_who_an_ad_is_and_what_to_call_when() {
    let mut channel = Channel::live(&[(10, OUT)]);
    let before = channel.see(4, 10, "");
    let mut session = SessionView::join(&before, Join::Partial);
    let open = channel.see(5, 12, "");
    decide(&mut session, &open, &[3]);
    let list = assets(&open, &session, "0", Signals::Inside);
    assert_eq!(
        list,
        serde_json::json!({"ASSETS": [{
            "URI": "https://ads.example/ad/0/0/index.m3u8",
            "DURATION": 15,
            "X-AD-CREATIVE-SIGNALING": {"version": 2, "type": "slot", "payload": [{
                "type": "linear",
                "start": 0,
                "duration": 15,
                "identifiers": [{"scheme": "adserve-sha256", "value": "cafe"}],
                "tracking": [
                    {"type": "impression", "offset": 0,
                     "urls": ["https://ads.example/track?event=impression&t=\"0\""]},
                    {"type": "midpoint", "offset": 7.5,
                     "urls": ["https://ads.example/track?event=midpoint&t=\"0\""]},
                    {"type": "complete", "offset": 15,
                     "urls": ["https://ads.example/track?event=complete&t=\"0\""]},
                ],
            }]},
        }]})
    );
    let list = assets(&open, &session, "0", Signals::Apart);
    assert!(list["ASSETS"][0].get("X-AD-CREATIVE-SIGNALING").is_none());
    // An ad that is forgotten is left out, and the list stays one.
    let mut many = SessionView::join(&before, Join::Partial);
    decide(&mut many, &open, &[1; 11]);
    let places = places(&assets(&open, &many, "0", Signals::Inside)).len();
    assert_eq!(places, 10);
}

#[test]
fn tracking_tells_where_ads_are_in_the_playlist_and_goes_on_from_its_token() {
    let mut channel = Channel::live(&[(10, OUT), (15, IN), (16, OUT)]);
    let before = channel.see(4, 10, "");
    let mut session = SessionView::join(&before, Join::Partial);
    let open = channel.see(8, 14, "");
    decide(&mut session, &open, &[2, 3]);
    let first = told(&open, &session, (Inserted::ByServer, 0));
    let avail = &first["avails"][0];
    assert_eq!(avail["startTimeInSeconds"], 12);
    assert_eq!(avail["startTime"], "PT12S");
    assert_eq!(avail["durationInSeconds"], 25);
    assert_eq!(avail["availProgramDateTime"], "2026-11-20T15:01:00.000Z");
    let second = &avail["ads"][1];
    assert_eq!(second["adId"], "ad-0-1");
    assert_eq!(second["startTimeInSeconds"], 22);
    assert_eq!(second["adProgramDateTime"], "2026-11-20T15:01:10.000Z");
    let midpoint = &second["trackingEvents"][1];
    assert_eq!(midpoint["eventId"], "ad-0-1.midpoint");
    assert_eq!(midpoint["startTimeInSeconds"], 29.5);
    assert_eq!(midpoint["startTime"], "PT29.5S");
    let url = "https://ads.example/track?event=midpoint&t=\"1\"";
    assert_eq!(midpoint["beaconUrls"], serde_json::json!([url]));
    assert_eq!(
        first["window"]["startProgramDateTime"],
        "2026-11-20T15:00:48.000Z"
    );
    assert_eq!(first["window"]["endTimeInSeconds"], 36);
    // It is on, and told again; what is over is not.
    assert_eq!(first["nextToken"], "0");
    let over = channel.see(10, 16, "");
    assert_eq!(
        told(&over, &session, (Inserted::ByServer, 0))["nextToken"],
        "1"
    );
    let snapshot = channel.see(12, 18, "");
    decide(&mut session, &snapshot, &[1]);
    let both = told(&snapshot, &session, (Inserted::ByServer, 0));
    assert_eq!(both["avails"].as_array().unwrap().len(), 2);
    // Before the window: the break began when it had not.
    assert_eq!(both["avails"][0]["startTimeInSeconds"], -12);
    assert_eq!(both["avails"][0]["startTime"], "-PT12S");
    let rest = told(&snapshot, &session, (Inserted::ByServer, 1));
    assert_eq!(rest["avails"].as_array().unwrap().len(), 1);
    assert_eq!(rest["avails"][0], both["avails"][1]);
}

#[test]
fn on_demand_times_are_those_of_the_playlist_the_player_has() {
    let mut channel = Channel::live(&[]);
    channel.policy.schedule = [0, 24_000_000, 36_000_000]
        .map(|at| Scheduled {
            at: Micros(at),
            replaces: Micros::ZERO,
        })
        .to_vec();
    let snapshot = channel.see(0, 10, "#EXT-X-ENDLIST\n");
    let mut session = SessionView::join(&snapshot, Join::Partial);
    decide(&mut session, &snapshot, &[3]);
    let starts = |inserted| {
        let told = told(&snapshot, &session, (inserted, 0));
        let avails = told["avails"].as_array().unwrap().iter();
        let starts = avails.map(|avail| avail["startTimeInSeconds"].as_u64().unwrap());
        (
            starts.collect::<Vec<_>>(),
            told["window"]["endTimeInSeconds"].as_u64().unwrap(),
        )
    };
    assert_eq!(starts(Inserted::ByServer), (vec![0, 39, 66], 105));
    assert_eq!(starts(Inserted::ByPlayer), (vec![0, 24, 36], 60));
}

#[test]
fn offsets_and_tokens_of_anybody_are_read_or_refused() {
    for (text, micros) in [
        ("0", 0),
        ("12", 12_000_000),
        ("12.5", 12_500_000),
        (".25", 250_000),
        ("3.", 3_000_000),
        ("1.23456789", 1_234_567),
    ] {
        assert_eq!(read_offset(text), Some(Micros(micros)), "{text}");
    }
    for text in [
        "",
        ".",
        "-1",
        "+1",
        "1e3",
        "NaN",
        "1.2.3",
        "99999999999999999999",
        "1 ",
    ] {
        assert_eq!(read_offset(text), None, "{text}");
    }
    assert_eq!(read_token("7"), Some(7));
    for text in ["", "-1", "4294967296", "7a"] {
        assert_eq!(read_token(text), None, "{text}");
    }
}
