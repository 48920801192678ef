//! Movie fragments: samples that come after the movie box, in runs (ISO/IEC 14496-12 §8.8).

use std::io::{Read, Seek};

use super::error::{ProbeError, damaged};
use super::mp4::{BoxHead, Movie, each_box, read_atom};
use super::source::Source;
use super::track::Track;

const RUN: &str = "run of samples (trun)";

/// Adds the samples of one fragment to the tracks they belong to.
pub(super) fn read_fragment<R: Read + Seek>(
    source: &mut Source<R>,
    moof: &BoxHead,
    movie: &mut Movie,
) -> Result<(), ProbeError> {
    if !movie.fragmented {
        let fault = "is in a movie that announces no fragments";
        return Err(damaged("fragment (moof)", moof.at, fault));
    }
    each_box(source, moof.body, moof.end, |source, head| {
        if &head.kind == b"traf" {
            read_track_fragment(source, &head, &mut movie.tracks)?;
        }
        Ok(())
    })
}

fn read_track_fragment<R: Read + Seek>(
    source: &mut Source<R>,
    traf: &BoxHead,
    tracks: &mut [Track],
) -> Result<(), ProbeError> {
    let mut header: Option<mp4_atom::Tfhd> = None;
    each_box(source, traf.body, traf.end, |source, head| {
        match &head.kind {
            b"tfhd" => header = Some(read_atom(source, "fragment header (tfhd)", &head)?),
            b"trun" => {
                let Some(header) = &header else {
                    return Err(damaged(RUN, head.at, "comes before its header (tfhd)"));
                };
                let track = tracks.iter_mut().find(|track| track.id == header.track_id);
                let Some(track) = track else {
                    return Err(damaged(
                        RUN,
                        head.at,
                        "belongs to a track that is not there",
                    ));
                };
                let each = header
                    .default_sample_duration
                    .unwrap_or(track.default_ticks);
                read_run(source, &head, each, track)?;
            }
            _ => {}
        }
        Ok(())
    })
}

/// Adds a run whose samples last `each` ticks unless they say otherwise (§8.8.8).
fn read_run<R: Read + Seek>(
    source: &mut Source<R>,
    head: &BoxHead,
    each: u32,
    track: &mut Track,
) -> Result<(), ProbeError> {
    const DATA_OFFSET: u32 = 0x1;
    const FIRST_FLAGS: u32 = 0x4;
    const DURATION: u32 = 0x100;
    const PER_SAMPLE: [u32; 4] = [DURATION, 0x200, 0x400, 0x800];
    let flags = u32::from_be_bytes(source.array(RUN, head.body)?);
    let count = u64::from(u32::from_be_bytes(source.array(RUN, head.body + 4)?));
    let words = |masks: &[u32]| {
        let set = masks.iter().filter(|&&mask| flags & mask != 0).count();
        4 * set as u64
    };
    let from = head.body + 8 + words(&[DATA_OFFSET, FIRST_FLAGS]);
    let entry_bytes = words(&PER_SAMPLE);
    if head.end.saturating_sub(from) < count * entry_bytes {
        return Err(damaged(RUN, head.at, "states more samples than it holds"));
    }
    if flags & DURATION == 0 {
        track.cadence.add(count, each);
        return Ok(());
    }
    for place in 0..count {
        source.step()?;
        let ticks = u32::from_be_bytes(source.array(RUN, from + place * entry_bytes)?);
        track.cadence.add(1, ticks);
    }
    Ok(())
}
