//! What a session's playlist costs: composing it, taking in a round, and memory.
//!
//! Run with `cargo bench --bench stitch`. Each figure is the best of many runs on one thread, so
//! that what else the machine does shows less; the buffer is kept, as a server keeps it.
#![expect(
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench reads the clock, prints, and rounds for people"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use adserve::format::hls::{Ground, Limits, LowLatency, MediaPlaylist, Variables};
use adserve::model::Micros;
use adserve::model::rendition::{
    Extension, ProfileKey, RenditionPiece, RenditionSet, SourceHash, Track, TrackSegment,
};
use adserve::stitch::{
    AdLinks, CuePolicy, Fill, Join, Piece, Policy, Remainder, SessionView, Spot, Timeline, compose,
};

const RUNS: u32 = 200;
/// Segments of content are 6.006 s, those of ads 5.005 s; a break of five segments.
const BREAK_SEGMENTS: u64 = 5;

/// A window of so many segments with so many breaks in it.
#[derive(Clone, Copy)]
struct Case {
    segments: u64,
    breaks: u64,
}

const CASES: &[Case] = &[
    Case {
        segments: 6,
        breaks: 1,
    },
    Case {
        segments: 60,
        breaks: 3,
    },
    Case {
        segments: 600,
        breaks: 10,
    },
];

const POLICY: Policy = Policy {
    longest: Micros(120_000_000),
    cues: CuePolicy::Strip,
    schedule: Vec::new(),
};

fn main() {
    println!("window            compose     playlist    take in a round");
    for case in CASES {
        let stage = Stage::new(*case);
        let (time, bytes) = stage.compose();
        println!(
            "{:>4} segs {:>2} breaks {:>7.2} us  {:>7.1} KB  {:>9.1} us",
            case.segments,
            case.breaks,
            micros(time),
            bytes as f64 / 1000.0,
            micros(stage.ingest()),
        );
    }
    memory();
}

fn micros(time: Duration) -> f64 {
    time.as_nanos() as f64 / 1000.0
}

/// The text that an origin lists: numbers `from` to `to`, a break every `period` segments.
fn listed(from: u64, to: u64, period: u64) -> String {
    let mut text = format!(
        "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:{from}\n"
    );
    for number in from..to {
        if number % period == 0 {
            text.push_str("#EXT-X-CUE-OUT:DURATION=30.030\n");
        }
        if number % period == BREAK_SEGMENTS {
            text.push_str("#EXT-X-CUE-IN\n");
        }
        if number % 10 == 0 || number == from {
            let (minute, second) = (number / 10 % 60, number % 10 * 6);
            writeln!(
                text,
                "#EXT-X-PROGRAM-DATE-TIME:2026-11-20T15:{minute:02}:{second:02}.000Z"
            )
            .expect("a String takes any text");
        }
        writeln!(
            text,
            "#EXTINF:6.006,\nseg-{number}-{:016x}.m4s",
            number * 77
        )
        .expect("a String takes any text");
    }
    text
}

fn grounded(text: String) -> MediaPlaylist {
    let base = "https://origin.example/live/720p/index.m3u8".parse();
    let base = base.expect("this is an address");
    let playlist = MediaPlaylist::parse(text.into(), &Limits::DEFAULT).expect("this is a playlist");
    let on = Ground {
        base: &base,
        imports: &Variables::default(),
        low_latency: LowLatency::Strip,
    };
    playlist
        .ground(&on, &Limits::DEFAULT)
        .expect("nothing in it is undefined")
}

/// An ad of 15.015 s, or a slate of pieces.
fn set(name: u8, lengths: &[u64]) -> Arc<RenditionSet> {
    let segment = |length: &u64| TrackSegment {
        duration: Micros(*length),
        bytes: 1_000_000,
        iframe_bytes: 0,
    };
    Arc::new(RenditionSet {
        profile: ProfileKey([1; 8]),
        source: SourceHash([name; 32]),
        tracks: vec![Track {
            segments: lengths.iter().map(segment).collect(),
            files: 0,
            extension: Extension::Ts,
            bandwidth: 3_000_000,
        }],
    })
}

/// Addresses as long as those of a server that signs them.
struct Links;

impl AdLinks for Links {
    fn write(&mut self, piece: &Piece<'_>, out: &mut Vec<u8>) {
        let (Spot::Ad(place) | Spot::Slate(place)) = piece.spot;
        let file = match piece.file {
            RenditionPiece::Init => 0,
            RenditionPiece::Segment(number, _) => number,
        };
        let (no, files) = (piece.of.no, piece.files);
        write!(
            out,
            "a/{no}/{place}/{files}/{file}.ts?s=0123456789abcdefghijklmnopqrstuvwxyz0123456789"
        )
        .expect("a Vec takes any bytes");
    }
}

/// A channel whose window is full, and a session that saw it fill.
struct Stage {
    timeline: Timeline,
    view: SessionView,
    next: MediaPlaylist,
}

impl Stage {
    fn new(case: Case) -> Self {
        let period = (case.segments / case.breaks).max(BREAK_SEGMENTS + 1);
        let ads = [set(1, &[5_005_000; 3]), set(2, &[5_005_000; 3])];
        let mut timeline = Timeline::new(1);
        timeline.ingest(&[Some(&grounded(listed(0, 1, period)))], &POLICY);
        let mut view = SessionView::join(&timeline.snapshot(), Join::Suppress);
        for to in 2..=case.segments * 2 {
            let from = to.saturating_sub(case.segments);
            timeline.ingest(&[Some(&grounded(listed(from, to, period)))], &POLICY);
            let snapshot = timeline.snapshot();
            while let Some(chance) = view.undecided(&snapshot) {
                let no = chance.of.no;
                let fill = Fill::new(ads.iter().cloned())
                    .starting(chance.from, chance.carry)
                    .with_slate(Some(set(9, &[1_001_000, 2_002_000])), Remainder::Slate);
                view.fill(&snapshot, no, Arc::new(fill))
                    .expect("the ads fit");
            }
            view.settle(&snapshot);
        }
        let next = case.segments * 2 + 1;
        Self {
            timeline,
            view,
            next: grounded(listed(next - case.segments, next, period)),
        }
    }

    /// The best time of one playlist, and its size.
    fn compose(&self) -> (Duration, usize) {
        let snapshot = self.timeline.snapshot();
        let mut out = Vec::with_capacity(1 << 20);
        let time = best(|| {
            out.clear();
            compose(
                black_box(&snapshot),
                0,
                black_box(&self.view),
                &mut Links,
                &mut out,
            )
            .expect("the rendition is there");
        });
        (time, out.len())
    }

    /// The best time of taking in the next playlist and making the snapshot of it.
    fn ingest(&self) -> Duration {
        let rounds = (0..RUNS).map(|_| {
            let mut timeline = self.timeline.clone();
            let begun = Instant::now();
            timeline.ingest(&[Some(black_box(&self.next))], &POLICY);
            black_box(timeline.snapshot());
            begun.elapsed()
        });
        rounds.min().unwrap_or_default()
    }
}

/// The best of many times, each of enough calls to be measured.
fn best(mut call: impl FnMut()) -> Duration {
    let rounds = (0..RUNS).map(|_| {
        let begun = Instant::now();
        for _ in 0..32 {
            call();
        }
        begun.elapsed() / 32
    });
    rounds.min().unwrap_or_default()
}

/// What a session keeps of a break: its fill while it is in a window, nothing once it has left.
fn memory() {
    let fill = size_of::<Fill>() + 2 * size_of::<usize>();
    let entry = size_of::<(u32, Arc<Fill>)>();
    println!(
        "a session {} bytes; a break in a window {} bytes, of up to 4 ads; a run of breaks that have left {} bytes in all",
        size_of::<SessionView>(),
        fill + entry,
        12
    );
}
