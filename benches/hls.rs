//! What reading a playlist costs: the index beside `m3u8_rs`, grounding, and the cues of a break.
//!
//! `cargo bench --profile quick --bench hls`. The plain playlists are numbered and named as long
//! as CDNs name them; the dated ones have a date on every segment; the one with a break is the
//! worst a live origin writes, a splice message on each of its segments.

use std::fmt::Write as _;

use adserve::format::hls::{Ground, Limits, LowLatency, MediaPlaylist, Variables};
use bytes::Bytes;
use divan::Bencher;
use divan::counter::BytesCount;
use url::Url;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const LENGTHS: [usize; 3] = [6, 60, 600];
const SPLICE: &str = "/DAxAAAAAAAA///wBQb+AA27oAAbAhlDVUVJAAAB9X//AABSZcAIA5QlvDQBAQECecOihg==";

fn main() {
    divan::main();
}

/// Which lines a segment has beside its duration and address.
#[derive(Clone, Copy, PartialEq)]
enum Lines {
    Plain,
    Dated,
    Break,
}

fn playlist(segments: usize, lines: Lines) -> Bytes {
    let mut text = String::from(
        "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:4711\n\
         #EXT-X-DISCONTINUITY-SEQUENCE:3\n",
    );
    for segment in 0..segments {
        let (minute, second) = (segment / 10 % 60, segment % 10 * 6);
        let written = match lines {
            Lines::Plain => Ok(()),
            Lines::Dated => {
                let date = format!("2026-11-20T12:{minute:02}:{second:02}.250Z");
                writeln!(text, "#EXT-X-PROGRAM-DATE-TIME:{date}")
            }
            Lines::Break => {
                let elapsed = format!("ElapsedTime={second},Duration=60");
                writeln!(text, "#EXT-X-CUE-OUT-CONT:{elapsed},SCTE35={SPLICE}")
            }
        };
        let uri = format!("video_720p/segment_{:010}.m4s?t=abc", 4711 + segment);
        written
            .and_then(|()| writeln!(text, "#EXTINF:6.006,\n{uri}"))
            .expect("a string takes any text");
    }
    Bytes::from(text)
}

fn read(text: &Bytes) -> MediaPlaylist {
    MediaPlaylist::parse(text.clone(), &Limits::DEFAULT).expect("the playlist is sound")
}

fn index(bencher: Bencher<'_, '_>, segments: usize, lines: Lines) {
    let text = playlist(segments, lines);
    let bytes = BytesCount::new(text.len());
    bencher
        .counter(bytes)
        .bench(|| read(divan::black_box(&text)));
}

#[divan::bench(args = LENGTHS)]
fn index_plain(bencher: Bencher<'_, '_>, segments: usize) {
    index(bencher, segments, Lines::Plain);
}

#[divan::bench(args = LENGTHS)]
fn index_dated(bencher: Bencher<'_, '_>, segments: usize) {
    index(bencher, segments, Lines::Dated);
}

#[divan::bench(args = LENGTHS)]
fn index_break(bencher: Bencher<'_, '_>, segments: usize) {
    index(bencher, segments, Lines::Break);
}

fn m3u8_rs(bencher: Bencher<'_, '_>, segments: usize, lines: Lines) {
    let text = playlist(segments, lines);
    let bytes = BytesCount::new(text.len());
    bencher
        .counter(bytes)
        .bench(|| m3u8_rs::parse_media_playlist_res(divan::black_box(&text)));
}

#[divan::bench(args = LENGTHS)]
fn m3u8_rs_plain(bencher: Bencher<'_, '_>, segments: usize) {
    m3u8_rs(bencher, segments, Lines::Plain);
}

#[divan::bench(args = LENGTHS)]
fn m3u8_rs_dated(bencher: Bencher<'_, '_>, segments: usize) {
    m3u8_rs(bencher, segments, Lines::Dated);
}

/// Once for each playlist that came from an origin, not for each viewer.
#[divan::bench(args = LENGTHS)]
fn ground(bencher: Bencher<'_, '_>, segments: usize) {
    let playlist = read(&playlist(segments, Lines::Dated));
    let base = Url::parse("https://origin.example/live/channel/index.m3u8").expect("an address");
    let on = Ground {
        base: &base,
        imports: &Variables::default(),
        low_latency: LowLatency::Strip,
    };
    bencher.bench(|| playlist.ground(&on, &Limits::DEFAULT));
}
