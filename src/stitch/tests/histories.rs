//! Random histories of an origin, seen by random sessions, checked by an independent checker.

use super::dice::Dice;
use super::origin::{Cutting, Origin, address, grounded};
use super::viewers::{GUIDED, Library, Viewer, playlist};
use crate::format::hls::history::{AssetList, History, Invariant, Resumes, Rules, Sight, Source};
use crate::model::{Micros, Timestamp};
use crate::stitch::{CuePolicy, Policy, Timeline};

/// What goes wrong on the way from the origin.
#[expect(clippy::struct_excessive_bools, reason = "independent mishaps")]
#[derive(Debug, Clone, Copy)]
struct Way {
    /// Renditions are behind the leader by up to a target duration.
    lags: bool,
    /// An older copy answers now and then.
    copies: bool,
    /// Some requests fail.
    fails: bool,
}

struct World {
    dice: Dice,
    origin: Origin,
    way: Way,
    policy: Policy,
    library: Library,
    timeline: Timeline,
    viewers: Vec<Viewer>,
    history: History,
    /// Until when each rendition was listed, and before.
    listed: Vec<(u64, u64)>,
}

impl World {
    fn random(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let mut origin = Origin::random(&mut dice);
        let library = Library::random(&mut dice, &origin);
        let way = Way {
            lags: dice.once_in(2),
            copies: dice.once_in(3),
            fails: dice.once_in(3),
        };
        if way.fails {
            // Who comes late has not missed anything yet.
            origin.window = origin.window.max(10 * origin.target * 1_000_000);
        }
        let policy = Policy {
            longest: Micros(origin.longest),
            cues: *dice.pick(&[CuePolicy::Strip, CuePolicy::Keep]),
            schedule: Vec::new(),
        };
        let rules = Rules {
            break_max: None,
            // Lost requests and copies that are behind make the stream late: not what is tested.
            slack: origin.target * 20_000,
            ..Rules::default()
        };
        let count = origin.renditions.len();
        Self {
            dice,
            way,
            policy,
            library,
            timeline: Timeline::new(count),
            viewers: Vec::new(),
            history: History::new(rules),
            listed: vec![(0, 0); count],
            origin,
        }
    }

    fn run(&mut self) {
        let target = self.origin.target * 1_000_000;
        let mut now = self.dice.range(target, 12 * target);
        let end = self.origin.end() + 3 * target;
        while now < end {
            self.round(now);
            now += self.dice.range(target / 5, target * 6 / 5);
        }
    }

    fn round(&mut self, now: u64) {
        let target = self.origin.target * 1_000_000;
        let mut texts = Vec::new();
        for rendition in 0..self.listed.len() {
            let lag = if rendition > 0 && self.way.lags && now < self.origin.end() {
                self.dice.range(0, target)
            } else {
                0
            };
            let (last, before) = self.listed[rendition];
            let until = now.saturating_sub(lag).max(last);
            let is_old = self.way.copies && self.dice.once_in(6) && before > 0;
            let is_lost = self.way.fails && self.dice.once_in(8);
            let text = if is_lost {
                None
            } else if is_old {
                self.origin.playlist(rendition, before)
            } else {
                self.listed[rendition] = (until, last);
                self.origin.playlist(rendition, until)
            };
            if let Some(text) = text.as_ref().filter(|_| !is_old) {
                self.see(now, Source::Origin, rendition, text);
            }
            texts.push(text);
        }
        let read = texts.iter().enumerate();
        let read: Vec<_> = read
            .map(|(rendition, text)| text.as_ref().map(|text| grounded(text, rendition)))
            .collect();
        let round: Vec<_> = read.iter().map(Option::as_ref).collect();
        self.timeline.ingest(&round, &self.policy);
        self.restart();
        self.watch(now);
    }

    /// What is kept is all there is.
    fn restart(&mut self) {
        if self.dice.once_in(5) {
            let kept = serde_json::to_string(&self.timeline).unwrap();
            let back: Timeline = serde_json::from_str(&kept).unwrap();
            let before = self.timeline.snapshot();
            for viewer in &self.viewers {
                for rendition in 0..self.listed.len() {
                    let (one, other) = (
                        viewer.playlist(&before, rendition),
                        viewer.playlist(&back.snapshot(), rendition),
                    );
                    assert_eq!(one, other, "another answer after a restart");
                }
            }
            self.timeline = back;
        }
    }

    fn watch(&mut self, now: u64) {
        let snapshot = self.timeline.snapshot();
        let count = self.listed.len();
        if !(0..count).all(|rendition| snapshot.is_ready(rendition)) {
            return;
        }
        if self.viewers.len() < 4 && self.dice.once_in(4) || self.viewers.is_empty() {
            let name = self.viewers.len();
            self.viewers
                .push(Viewer::join(&mut self.dice, name, &snapshot));
        }
        let mut viewers = std::mem::take(&mut self.viewers);
        for viewer in &mut viewers {
            // Not everybody asks in every round.
            if self.way.fails && self.dice.once_in(5) {
                continue;
            }
            viewer.decide(&mut self.dice, &snapshot, &self.library);
            for rendition in 0..count {
                let text = viewer.playlist(&snapshot, rendition).unwrap();
                let mut settled = viewer.view.clone();
                settled.settle(&snapshot);
                let again = playlist(&snapshot, rendition, &settled, &viewer.name).unwrap();
                assert_eq!(text, again, "another answer once the past is settled");
                self.see(now, Source::Session(&viewer.name), rendition, &text);
            }
            for (id, length, offset, text) in viewer.assets(&snapshot) {
                self.history.see_assets(&AssetList {
                    at: Timestamp::from_millis(i64::try_from(now / 1000).unwrap()),
                    session: Some(&viewer.name),
                    id: &id,
                    length: Some(length),
                    start_offset: Some(offset),
                    resumes: Resumes::Implied,
                    text: &text,
                });
            }
            if self.dice.once_in(3) {
                viewer.view.settle(&snapshot);
            }
        }
        self.viewers = viewers;
    }

    fn see(&mut self, now: u64, source: Source<'_>, rendition: usize, text: &str) {
        let name = format!("r{rendition}");
        let url = address(rendition);
        self.history.see(&Sight {
            at: Timestamp::from_millis(i64::try_from(now / 1000).unwrap()),
            source,
            rendition: &name,
            url: match source {
                Source::Origin => url.as_str(),
                Source::Session(_) => "https://us.example/hls/playlist.m3u8",
            },
            text,
        });
    }

    /// Whether renditions have other numbers for the same content.
    fn is_numbered_apart(&self) -> bool {
        let mut cuttings = self.origin.renditions.iter().map(|(cutting, _)| cutting);
        cuttings.any(|cutting| matches!(cutting, Cutting::Audio | Cutting::IFrames))
    }

    /// Whether the segments of a rendition end nowhere near those of the leader.
    fn is_far(&self, rendition: &str) -> bool {
        let place: usize = rendition.trim_start_matches('r').parse().unwrap();
        self.origin.renditions[place].0 == Cutting::Audio
    }

    /// What was found that is not the origin's own fault or asked for.
    fn faults(&self) -> Vec<String> {
        let findings = self.history.findings().iter();
        let ours = findings.filter(|finding| {
            let Some(session) = &finding.session else {
                return false;
            };
            let viewer = self.viewers.iter().find(|viewer| viewer.name == *session);
            let has_slate = viewer.is_some_and(|viewer| viewer.has_slate);
            match finding.invariant {
                // Without a slate nothing can fill what ads leave over.
                Invariant::Conservation | Invariant::RunningAhead => has_slate,
                // Where segments end elsewhere, splices do.
                Invariant::DatesAtSplices => !self.is_far(&finding.rendition),
                // Without dates the checker takes equal numbers and lengths for equal content.
                Invariant::DiscontinuityAgreement | Invariant::Determinism => {
                    self.origin.dated || !self.is_numbered_apart()
                }
                // The origin says its splices in one rendition alone.
                Invariant::DateRangeSets => {
                    let is_origins = finding.to_string().contains("`splice-");
                    !(is_origins && session.starts_with(GUIDED))
                }
                _ => true,
            }
        });
        ours.map(ToString::to_string).collect()
    }
}

fn check(seeds: std::ops::Range<u64>) {
    let mut faults = Vec::new();
    for seed in seeds {
        let mut world = World::random(seed);
        world.run();
        let found = world.faults();
        let count = found.len();
        let first = found.into_iter().next();
        let kinds: Vec<_> = world
            .origin
            .renditions
            .iter()
            .map(|(cutting, _)| cutting)
            .collect();
        let kind = format!("dated {} {kinds:?}", world.origin.dated);
        faults.extend(
            first.map(|first| format!("seed {seed} ({kind}): {first} (and {count} in all)")),
        );
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_session_keeps_to_the_law_through_any_history() {
    check(0..24);
}

#[test]
fn slow_every_session_keeps_to_the_law_through_many_histories() {
    check(24..200);
}
