//! Sessions that join anywhere and get random ads.

use std::fmt::Write as _;
use std::sync::Arc;

use smallvec::SmallVec;

use super::dice::Dice;
use super::origin::{Cutting, Origin};
use crate::model::rendition::{
    Extension, ProfileKey, RenditionPiece, RenditionSet, SourceHash, Track, TrackSegment,
};
use crate::model::{EventKind, Micros};
use crate::stitch::guided::{self, AdFacts, AdNames, Airing, Lists, Restrict, Signals};
use crate::stitch::{
    AdLinks, Break, Fill, Join, Piece, Remainder, SessionView, Snapshot, Spot, compose,
};

/// A set of segments of these lengths for every rendition of the origin.
pub(super) fn set(origin: &Origin, name: u8, lengths: &[u64]) -> Arc<RenditionSet> {
    let tracks = origin
        .renditions
        .iter()
        .zip(0..)
        .map(|((cutting, _), place)| {
            let mut end = 0;
            let segments = lengths.iter().map(|length| {
                // Sound ends with the last whole frame.
                let frame = match cutting {
                    Cutting::Audio | Cutting::NearAudio => 21_333,
                    Cutting::AsLeader | Cutting::IFrames => 1,
                };
                let start = end;
                end += length;
                TrackSegment {
                    duration: Micros(end / frame * frame - start / frame * frame),
                    bytes: 10_000,
                    iframe_bytes: 500,
                }
            });
            Track {
                segments: segments.collect(),
                files: if *cutting == Cutting::IFrames {
                    0
                } else {
                    place
                },
                extension: if origin.is_mapped() {
                    Extension::M4s
                } else {
                    Extension::Ts
                },
                bandwidth: 80_000,
            }
        });
    Arc::new(RenditionSet {
        profile: ProfileKey([0; 8]),
        source: SourceHash([name; 32]),
        tracks: tracks.collect(),
    })
}

/// Ads of 2 to 30 seconds in whole frames, and one slate.
#[derive(Debug)]
pub(super) struct Library {
    pub(super) ads: Vec<Arc<RenditionSet>>,
    pub(super) slate: Arc<RenditionSet>,
}

impl Library {
    pub(super) fn random(dice: &mut Dice, origin: &Origin) -> Self {
        let target = origin.target * 1_000_000;
        let ads = (0..6).map(|name| {
            let frames = dice.range(50, 750);
            let per_segment = dice.range(target / 80_000, target / 40_000 + 1);
            let mut left = frames;
            let mut lengths = Vec::new();
            while left > 0 {
                let now = left.min(per_segment);
                lengths.push(now * 40_000);
                left -= now;
            }
            set(origin, name, &lengths)
        });
        let pieces: Vec<u64> = (1..=target / 800_000)
            .map(|count| count * 800_000)
            .collect();
        Self {
            ads: ads.collect(),
            slate: set(origin, 255, &pieces),
        }
    }
}

/// One viewer.
#[derive(Debug)]
pub(super) struct Viewer {
    pub(super) name: String,
    pub(super) view: SessionView,
    /// What ads leave over is filled.
    pub(super) has_slate: bool,
    pub(super) decided: Vec<(u32, bool)>,
}

impl Viewer {
    pub(super) fn join(dice: &mut Dice, name: usize, snapshot: &Snapshot) -> Self {
        let policy = *dice.pick(&[Join::Suppress, Join::Partial]);
        // Some put their ads in themselves.
        let way = if name % 4 == 1 { GUIDED } else { 's' };
        Self {
            name: format!("{way}{name}"),
            view: SessionView::join(snapshot, policy),
            has_slate: !dice.once_in(4),
            decided: Vec::new(),
        }
    }

    /// Decides every break of the snapshot, once.
    pub(super) fn decide(&mut self, dice: &mut Dice, snapshot: &Snapshot, library: &Library) {
        while let Some(chance) = self.view.undecided(snapshot) {
            let no = chance.of.no;
            assert!(
                self.decided.iter().all(|(known, _)| *known != no),
                "decided twice"
            );
            if dice.once_in(8) {
                self.view.pass(no);
                self.decided.push((no, false));
                continue;
            }
            let room = chance.room.unwrap_or(Micros::from_seconds(40));
            let mut ads = Vec::new();
            for _ in 0..dice.range(0, 6) {
                ads.push(Arc::clone(dice.pick(&library.ads)));
            }
            let fitting = Fill::fitting(ads.iter().map(AsRef::as_ref), room);
            // Whoever decides may also give too much: it is cut.
            if !dice.once_in(6) {
                ads.truncate(fitting);
            }
            let slate = self.has_slate.then(|| Arc::clone(&library.slate));
            let remainder = *dice.pick(&[Remainder::Slate, Remainder::Content]);
            let fill = Fill::new(ads)
                .starting(chance.from, chance.carry)
                .with_slate(slate, remainder);
            self.view.fill(snapshot, no, Arc::new(fill)).unwrap();
            self.decided.push((no, true));
        }
    }

    pub(super) fn playlist(&self, snapshot: &Snapshot, rendition: usize) -> Option<String> {
        playlist(snapshot, rendition, &self.view, &self.name)
    }

    /// The lists of assets of its breaks, from a position in them: name, length, position, text.
    pub(super) fn assets(&self, snapshot: &Snapshot) -> Vec<(String, f64, f64, String)> {
        if !self.name.starts_with(GUIDED) {
            return Vec::new();
        }
        let fills = self.view.fills().iter();
        let known = fills.filter_map(|(no, fill)| Some((snapshot.find(*no)?, &**fill)));
        let lists = known.flat_map(|(of, fill)| {
            ["0", "7.25", "1000"].map(|at| {
                let mut out = Vec::new();
                let offset = guided::read_offset(at).unwrap();
                let (signals, facts) = (Signals::Inside, &mut Links(&self.name));
                guided::asset_list((of, fill), offset, signals, facts, &mut out);
                let begin = of.offsets[usize::from(fill.from())];
                let length = begin.plus(fill.duration()).to_string();
                let text = String::from_utf8(out).unwrap();
                (
                    of.id.clone(),
                    length.parse().unwrap(),
                    at.parse().unwrap(),
                    text,
                )
            })
        });
        lists.collect()
    }
}

/// How names of viewers begin who put their ads in themselves.
pub(super) const GUIDED: char = 'g';

pub(super) fn playlist(
    snapshot: &Snapshot,
    rendition: usize,
    view: &SessionView,
    name: &str,
) -> Option<String> {
    let mut out = Vec::new();
    let links = &mut Links(name);
    if name.starts_with(GUIDED) {
        let told = (Restrict::default(), links as &mut dyn Lists);
        guided::compose(snapshot, rendition, view, told, &mut out).ok()?;
    } else {
        compose(snapshot, rendition, view, links, &mut out).ok()?;
    }
    Some(String::from_utf8(out).unwrap())
}

/// Addresses that tell everything.
struct Links<'a>(&'a str);

impl Lists for Links<'_> {
    fn write(&mut self, of: &Break, out: &mut Vec<u8>) {
        let text = format!("https://ads.example/{}/assets/{}.json", self.0, of.no);
        out.extend_from_slice(text.as_bytes());
    }
}

impl AdFacts for Links<'_> {
    fn names(&self, ad: &Airing) -> Option<AdNames> {
        Some(AdNames {
            ad: format!("{}-{}", ad.no, ad.place),
            creative: "one".to_owned(),
            registry: "some",
            universal: "two".to_owned(),
        })
    }

    fn write_stream(&mut self, ad: &Airing, _set: &RenditionSet, out: &mut Vec<u8>) {
        let text = format!("https://ads.example/{}/{}/index.m3u8", ad.no, ad.place);
        out.extend_from_slice(text.as_bytes());
    }

    fn course(&self, duration: Micros) -> SmallVec<[(EventKind, Micros); 7]> {
        [(EventKind::Complete, duration)].into_iter().collect()
    }

    fn write_beacon(&mut self, _ad: &Airing, event: EventKind, out: &mut Vec<u8>) {
        out.extend_from_slice(event.as_str().as_bytes());
    }
}

impl AdLinks for Links<'_> {
    fn write(&mut self, piece: &Piece<'_>, out: &mut Vec<u8>) {
        let (kind, place) = match piece.spot {
            Spot::Ad(place) => ('a', place),
            Spot::Slate(place) => ('s', place),
        };
        let file = match piece.file {
            RenditionPiece::Init => "init.mp4".to_owned(),
            RenditionPiece::Segment(number, extension) => format!("{number}.{extension}"),
        };
        let name = self.0;
        let (id, ad, rendition) = (&piece.of.id, piece.set.source.0[0], piece.rendition);
        let mut text = String::new();
        write!(
            text,
            "https://ads.example/{name}/{id}/{kind}{place}/{ad}/{rendition}/{file}"
        )
        .unwrap();
        out.extend_from_slice(text.as_bytes());
    }
}
