//! A job under way: measure, encode, read back, check.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::command::{self, Encoding, Footage, Gain, PLAYLIST, Short, Sound, folder_of};
use super::condition::{ConditionError, ConditioningLimits, MadeFile, Order, Progress, Shape};
use super::loudness::Measured;
use super::made::{MadeTrack, Packet};
use super::plan::{Plan, PlanError};
use super::tool::{Program, RunLimits, Tools};
use super::verify::{Fault, Found, verify};
use super::weight::{bandwidth, bytes_max};
use crate::format::media::picture::{self, Entry, FirstPicture, VideoCodec};
use crate::model::rendition::{Extension, Packaging, TrackKind};
use crate::model::{Millis, RenditionPiece, RenditionSet, Track, TrackSegment};

/// The instant that a transport stream of ours begins at, in units of 90 kHz.
const TS_START: u64 = 126_000;

/// A job under way.
pub(super) struct Job<'a> {
    pub(super) tools: &'a Tools,
    pub(super) limits: ConditioningLimits,
    pub(super) order: Order<'a>,
    pub(super) progress: Progress<'a>,
    pub(super) folder: &'a Path,
}

/// What one run of the encoder made, track by track.
type Parts = Vec<Part>;

struct Part {
    segments: Vec<TrackSegment>,
    paths: Vec<PathBuf>,
    init: Option<PathBuf>,
}

/// Shares of the progress: measuring, encoding, looking. Percent.
const MEASURED: u64 = 10;
const ENCODED: u64 = 90;

impl Job<'_> {
    /// Does all of it.
    pub(super) async fn run(
        &self,
        plans: &[Plan],
    ) -> Result<(RenditionSet, Vec<MadeFile>), ConditionError> {
        let measured = self.measure().await?;
        let target = self.order.profile.loudness;
        let gain = measured.gain(target);
        (self.progress)(percent(MEASURED));
        let total: u64 = plans.iter().map(|plan| plan.frames).sum();
        let mut before = 0;
        let mut all: Parts = Vec::new();
        for (plan, number) in plans.iter().zip(0_usize..) {
            let folder = self.folder.join(number.to_string());
            fs::create_dir(&folder)?;
            let share = (before, plan.frames, total.max(1));
            self.encode(plan, gain, (&folder, share)).await?;
            let parts = self.read_back(plan, &folder).await?;
            join(&mut all, parts)?;
            before += plan.frames;
        }
        if self.order.shape == Shape::Whole {
            self.check_loudness(measured, &plans[0]).await?;
        }
        self.finish(all)
    }

    /// How loud the file is; nothing is silent.
    async fn measure(&self) -> Result<Measured, ConditionError> {
        let Footage::File {
            path,
            container,
            duration,
            sound: Sound::Present,
        } = self.order.footage
        else {
            return Ok(Measured::Silence);
        };
        if !self
            .order
            .profile
            .tracks
            .iter()
            .any(|track| track.kind.audio().is_some())
        {
            return Ok(Measured::Silence);
        }
        let words = command::measure(path, *container, *duration);
        self.loudness(&words).await
    }

    async fn loudness(&self, words: &[OsString]) -> Result<Measured, ConditionError> {
        let limits = self.bounds(None);
        let said = self
            .tools
            .run(Program::Ffmpeg, words, limits, |_line| ())
            .await?;
        Measured::parse(&said.errors).ok_or(ConditionError::Unreadable("its loudness"))
    }

    const fn bounds<'l>(&self, folder: Option<(&'l Path, u64)>) -> RunLimits<'l> {
        RunLimits {
            time: self.limits.time,
            folder,
        }
    }

    async fn encode(
        &self,
        plan: &Plan,
        gain: Gain,
        (folder, (before, frames, total)): (&Path, (u64, u64, u64)),
    ) -> Result<(), ConditionError> {
        let profile = self.order.profile;
        let words = command::encode(&Encoding {
            footage: self.order.footage,
            profile,
            plan: *plan,
            gain,
            folder,
            threads: self.limits.threads,
            short: match self.order.shape {
                Shape::Whole => Short::Bridge,
                Shape::Pieces => Short::Hold,
            },
        });
        let duration = plan.duration(profile);
        let limits = self.bounds(Some((self.folder, bytes_max(profile, duration))));
        let hear = |line: &str| {
            let Some(done) = line.strip_prefix("out_time_us=") else {
                return;
            };
            let done = done.parse().unwrap_or(0).min(duration.0);
            let frames_done = u128::from(frames) * u128::from(done) / u128::from(duration.0.max(1));
            let all_done = u128::from(before) + frames_done;
            let span = u128::from(ENCODED - MEASURED);
            let share = all_done * span / u128::from(total);
            (self.progress)(percent(MEASURED + u64::try_from(share).unwrap_or(0)));
        };
        self.tools
            .run(Program::Ffmpeg, &words, limits, hear)
            .await?;
        Ok(())
    }

    /// Reads what one run made and checks it.
    async fn read_back(&self, plan: &Plan, folder: &Path) -> Result<Parts, ConditionError> {
        let profile = self.order.profile;
        let (mut found, mut parts) = (Vec::new(), Parts::new());
        for (track, place) in profile.tracks.iter().zip(0_usize..) {
            let Some(number) = folder_of(profile, place) else {
                parts.push(match track.kind {
                    TrackKind::Subtitles => self.write_subtitles(plan, folder, place)?,
                    _ => Part::empty(),
                });
                continue;
            };
            let at = folder.join(number.to_string());
            let made = fs::read_to_string(at.join(PLAYLIST))?;
            let made = MadeTrack::parse(&made);
            let made = made.ok_or(ConditionError::Unreadable("a playlist"))?;
            let words = command::packets(&at.join(PLAYLIST));
            let said = self
                .tools
                .run(Program::Ffprobe, &words, self.bounds(None), |_line| ())
                .await?;
            let packets = Packet::parse_all(&said.answer);
            found.push(Found {
                track: place,
                lengths: made
                    .segments
                    .iter()
                    .map(|(_name, length)| *length)
                    .collect(),
                packets: packets.ok_or(ConditionError::Unreadable("a list of packets"))?,
            });
            parts.push(self.read_track(plan, (&at, &made), place)?);
        }
        verify(profile, plan, &found)?;
        Ok(parts)
    }

    fn read_track(
        &self,
        plan: &Plan,
        (folder, made): (&Path, &MadeTrack),
        track: usize,
    ) -> Result<Part, ConditionError> {
        let profile = self.order.profile;
        let kind = &profile.tracks[track].kind;
        let mut part = Part::empty();
        for ((name, length), segment) in made.segments.iter().zip(0_usize..) {
            let path = folder.join(name);
            let bytes = fs::read(&path)?;
            let iframe_bytes = match kind.video() {
                None => 0,
                Some(video) => {
                    let first = first_picture(profile.packaging, &video.codec, &bytes);
                    let first = first.ok_or(ConditionError::Unreadable("a first picture"))?;
                    if first.entry == Entry::Dependent {
                        return Err(Fault::Dependent { track, segment }.into());
                    }
                    size(first.end)?
                }
            };
            // Pictures are cut where we said; only sound has lengths of its own.
            let duration = match kind.video() {
                Some(_) => plan.length(profile, segment as u64),
                None => *length,
            };
            part.segments.push(TrackSegment {
                duration,
                bytes: size(bytes.len())?,
                iframe_bytes,
            });
            part.paths.push(path);
        }
        part.init = made.init.as_ref().map(|name| folder.join(name));
        if (profile.packaging == Packaging::Fmp4) != part.init.is_some() {
            let what = "initialization section where one belongs";
            return Err(Fault::Missing { track, what }.into());
        }
        Ok(part)
    }

    /// Text without a cue, on the clock of the other tracks.
    fn write_subtitles(
        &self,
        plan: &Plan,
        folder: &Path,
        track: usize,
    ) -> Result<Part, ConditionError> {
        let profile = self.order.profile;
        let zero = match profile.packaging {
            Packaging::Ts => TS_START,
            Packaging::Fmp4 => 0,
        };
        let mut part = Part::empty();
        for segment in 0..plan.segments {
            let at = zero + plan.span(profile, segment).start.0 * 9 / 100;
            let text = format!("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:{at},LOCAL:00:00:00.000\n\n");
            let path = folder.join(format!("text-{track}-{segment}.vtt"));
            fs::write(&path, &text)?;
            part.segments.push(TrackSegment {
                duration: plan.length(profile, segment),
                bytes: size(text.len())?,
                iframe_bytes: 0,
            });
            part.paths.push(path);
        }
        Ok(part)
    }

    /// Measures the first sound that was made.
    async fn check_loudness(&self, source: Measured, plan: &Plan) -> Result<(), ConditionError> {
        let profile = self.order.profile;
        let mut tracks = profile.tracks.iter();
        let with_sound = tracks.position(|track| track.kind.audio().is_some());
        let Some(folder) = with_sound.and_then(|track| folder_of(profile, track)) else {
            return Ok(());
        };
        let playlist = self
            .folder
            .join("0")
            .join(folder.to_string())
            .join(PLAYLIST);
        let duration = Millis(plan.duration(profile).0.div_ceil(1_000) + 1_000);
        let made = self
            .loudness(&command::measure_made(&playlist, duration))
            .await?;
        if source.is_met_by(made, profile.loudness) {
            Ok(())
        } else {
            Err(Fault::Loudness.into())
        }
    }

    fn finish(&self, parts: Parts) -> Result<(RenditionSet, Vec<MadeFile>), ConditionError> {
        let profile = self.order.profile;
        let mut tracks: Vec<Track> = Vec::new();
        let mut files = Vec::new();
        for (track, (part, number)) in profile.tracks.iter().zip(parts.into_iter().zip(0_u16..)) {
            let extension = match (&track.kind, profile.packaging) {
                (TrackKind::Subtitles, _) => Extension::Vtt,
                (_, Packaging::Ts) => Extension::Ts,
                (_, Packaging::Fmp4) => Extension::M4s,
            };
            let files_of = |part: Part| {
                let init = part.init.map(|path| (RenditionPiece::Init, path));
                let segments = (0..).map(|place| RenditionPiece::Segment(place, extension));
                let all = segments.zip(part.paths).chain(init);
                all.map(|(piece, path)| MadeFile {
                    track: number,
                    piece,
                    path,
                })
                .collect::<Vec<_>>()
            };
            let segments = match &track.kind {
                TrackKind::IFrames { of } => {
                    let of = tracks.get(usize::from(*of));
                    let of = of.ok_or(PlanError::Profile("its I-frames are of no track before"))?;
                    of.segments.clone()
                }
                _ => part.segments.clone(),
            };
            let source = match &track.kind {
                TrackKind::IFrames { of } => *of,
                _ => number,
            };
            let bandwidth = bandwidth(&segments, &track.kind);
            files.extend(files_of(part));
            tracks.push(Track {
                segments,
                files: source,
                extension,
                bandwidth,
            });
        }
        let set = RenditionSet {
            profile: profile.key(),
            source: self.order.source,
            tracks,
        };
        Ok((set, files))
    }
}

impl Part {
    const fn empty() -> Self {
        Self {
            segments: Vec::new(),
            paths: Vec::new(),
            init: None,
        }
    }
}

/// Puts the next piece of a slate behind those before. One initialization section must serve all.
fn join(all: &mut Parts, parts: Parts) -> Result<(), ConditionError> {
    if all.is_empty() {
        *all = parts;
        return Ok(());
    }
    for (before, part) in all.iter_mut().zip(parts) {
        if let Some((first, next)) = before.init.as_ref().zip(part.init.as_ref())
            && fs::read(first)? != fs::read(next)?
        {
            return Err(ConditionError::Unreadable("initialization sections differ"));
        }
        before.segments.extend(part.segments);
        before.paths.extend(part.paths);
    }
    Ok(())
}

fn first_picture(packaging: Packaging, codec: &str, bytes: &[u8]) -> Option<FirstPicture> {
    match packaging {
        Packaging::Ts => picture::of_transport_stream(bytes),
        Packaging::Fmp4 => picture::of_fragment(bytes, VideoCodec::named(codec)?),
    }
}

fn size(bytes: usize) -> Result<u32, ConditionError> {
    u32::try_from(bytes).map_err(|_large| ConditionError::Unreadable("a file is too large"))
}

fn percent(part: u64) -> u8 {
    u8::try_from(part.min(99)).unwrap_or(99)
}
