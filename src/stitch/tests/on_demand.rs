//! Content that is complete when it is first seen: ads put in, and ads in place of it.

use std::sync::Arc;

use super::dice::Dice;
use super::origin::{Origin, address, grounded};
use super::viewers::{Library, playlist};
use crate::format::hls::history::{History, Invariant, Mode, Rules, Sight, Source};
use crate::model::{Micros, Timestamp};
use crate::stitch::{CuePolicy, Fill, Join, Policy, Remainder, Scheduled, SessionView, Timeline};

struct Film {
    origin: Origin,
    texts: Vec<String>,
    timeline: Timeline,
    view: SessionView,
    library: Library,
    /// Media time of the fills of insertions, by the leader.
    inserted: Micros,
}

fn film(seed: u64, replaces: &[u64]) -> Film {
    let mut dice = Dice(seed);
    let mut origin = Origin::random(&mut dice);
    origin.window = u64::MAX / 4;
    let end = origin.end();
    // No cues of its own.
    for piece in &mut origin.renditions[0].1 {
        piece.cues.clear();
    }
    let texts: Vec<String> = (0..origin.renditions.len())
        .map(|rendition| {
            let text = origin.playlist(rendition, end).unwrap();
            text.replacen("#EXTM3U\n", "#EXTM3U\n#EXT-X-PLAYLIST-TYPE:VOD\n", 1)
        })
        .collect();
    let schedule = replaces.iter().map(|replaces| Scheduled {
        at: Micros(dice.range(0, end + 1_000_000)),
        replaces: Micros(*replaces),
    });
    let policy = Policy {
        longest: Micros::from_seconds(600),
        cues: CuePolicy::Strip,
        schedule: schedule.collect(),
    };
    let library = Library::random(&mut dice, &origin);
    let read: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(rendition, text)| grounded(text, rendition))
        .collect();
    let round: Vec<_> = read.iter().map(Some).collect();
    let mut timeline = Timeline::new(read.len());
    timeline.ingest(&round, &policy);
    let snapshot = timeline.snapshot();
    assert!(snapshot.is_complete() && snapshot.has_ended());
    let mut view = SessionView::join(&snapshot, Join::Suppress);
    let mut inserted = Micros::ZERO;
    while let Some(chance) = view.undecided(&snapshot) {
        let no = chance.of.no;
        let mut ads = vec![
            Arc::clone(dice.pick(&library.ads)),
            Arc::clone(dice.pick(&library.ads)),
        ];
        if let Some(room) = chance.room {
            ads.truncate(Fill::fitting(ads.iter().map(AsRef::as_ref), room));
        }
        let fill = Fill::new(ads)
            .starting(chance.from, chance.carry)
            .with_slate(Some(Arc::clone(&library.slate)), Remainder::Slate);
        inserted = inserted.plus(fill.duration());
        view.fill(&snapshot, no, Arc::new(fill)).unwrap();
    }
    Film {
        origin,
        texts,
        timeline,
        view,
        library,
        inserted,
    }
}

fn findings(film: &Film, mode: Mode) -> Vec<String> {
    let rules = Rules {
        mode,
        ..Rules::default()
    };
    let mut history = History::new(rules);
    let snapshot = film.timeline.snapshot();
    for reload in 0..2 {
        for (rendition, text) in film.texts.iter().enumerate() {
            let name = format!("r{rendition}");
            let out = playlist(&snapshot, rendition, &film.view, "s").unwrap();
            let url = address(rendition);
            for (source, url, text) in [
                (Source::Origin, url.as_str(), text.as_str()),
                (
                    Source::Session("s"),
                    "https://us.example/v/index.m3u8",
                    &out,
                ),
            ] {
                history.see(&Sight {
                    at: Timestamp::from_millis(reload * 1000),
                    source,
                    rendition: &name,
                    url,
                    text,
                });
            }
        }
    }
    let ours = history.findings().iter().filter(|finding| {
        // Segments that end elsewhere splice elsewhere, and inserted ads take dates away.
        let is_loose = matches!(
            finding.invariant,
            Invariant::DatesAtSplices
                | Invariant::DatesStable
                | Invariant::Conservation
                | Invariant::DiscontinuityAgreement
                | Invariant::Determinism
        );
        finding.session.is_some() && !is_loose
    });
    ours.map(ToString::to_string).collect()
}

/// Seconds of all segments of a playlist whose address holds a text, in microseconds.
fn time(text: &str, of: &str) -> u64 {
    let mut sum = 0;
    let mut last = 0;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("#EXTINF:") {
            let (whole, part) = rest.trim_end_matches(',').split_once('.').unwrap();
            let part: u64 = format!("{part:0<6}").parse().unwrap();
            last = whole.parse::<u64>().unwrap() * 1_000_000 + part;
        } else if !line.starts_with('#') && line.contains(of) {
            sum += last;
        }
    }
    sum
}

#[test]
fn inserted_ads_add_their_time_and_take_nothing() {
    for seed in 0..40 {
        let film = film(seed, &[0, 0, 0]);
        let faults = findings(&film, Mode::Insert);
        assert!(faults.is_empty(), "seed {seed}: {faults:#?}");
        let snapshot = film.timeline.snapshot();
        let out = playlist(&snapshot, 0, &film.view, "s").unwrap();
        assert_eq!(
            time(&out, "origin.example"),
            film.origin.end(),
            "seed {seed}"
        );
        assert_eq!(time(&out, "ads.example"), film.inserted.0, "seed {seed}");
        assert!(out.ends_with("#EXT-X-ENDLIST\n"), "{out}");
        assert_eq!(out.matches("#EXT-X-PLAYLIST-TYPE:VOD").count(), 1);
        assert!(!out.contains("PROGRAM-DATE-TIME"), "dates would overlap");
        let content: Vec<&str> = out
            .lines()
            .filter(|line| line.contains("/seg-0-"))
            .collect();
        assert_eq!(content.len(), film.origin.renditions[0].1.len());
    }
}

#[test]
fn replacing_ads_leave_the_length_as_it_was() {
    for seed in 0..40 {
        let film = film(seed, &[20_000_000, 45_000_000]);
        let faults = findings(&film, Mode::Replace);
        assert!(faults.is_empty(), "seed {seed}: {faults:#?}");
        let out = playlist(&film.timeline.snapshot(), 0, &film.view, "s").unwrap();
        let whole = time(&out, "example");
        assert!(
            whole.abs_diff(film.origin.end()) < 1_000_000,
            "seed {seed}: {whole} instead of {}",
            film.origin.end()
        );
        assert!(out.ends_with("#EXT-X-ENDLIST\n"), "{out}");
    }
}

#[test]
fn an_ad_that_does_not_fit_the_channel_is_refused_before_it_is_shown() {
    let mut film = film(3, &[0]);
    let snapshot = film.timeline.snapshot();
    let mut lacking = film.library.ads[0].as_ref().clone();
    lacking.tracks.pop();
    let before = playlist(&snapshot, 0, &film.view, "s");
    assert!(snapshot.check(&lacking).is_err());
    let wrong = Arc::new(Fill::new([Arc::new(lacking)]));
    film.view.fill(&snapshot, 7, wrong).unwrap_err();
    assert_eq!(playlist(&snapshot, 0, &film.view, "s"), before);
    assert_eq!(film.view.next(), 8, "decided all the same: content");
}
