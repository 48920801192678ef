//! The graph that pictures and sound go through before they are encoded. Pure.

use std::fmt::Write as _;

use super::command::{Encoding, Gain, Short, audios, has_sound, rate_text, videos};
use super::plan::times;

/// One branch for each track: the same instants, each at its own size and rate.
pub(super) fn filters(encoding: &Encoding<'_>) -> String {
    let mut graph = String::new();
    let (pictures, sounds) = (
        videos(encoding.profile).count(),
        audios(encoding.profile).count(),
    );
    let written = if pictures == 0 {
        Ok(())
    } else {
        write_pictures(&mut graph, encoding, pictures)
    };
    let written = written.and_then(|()| {
        if sounds == 0 {
            Ok(())
        } else {
            write_sounds(&mut graph, encoding, sounds)
        }
    });
    written.expect("a String takes any text");
    graph.truncate(graph.trim_end_matches(';').len());
    graph
}

fn write_pictures(graph: &mut String, encoding: &Encoding<'_>, count: usize) -> std::fmt::Result {
    // Only pictures that say so are interlaced.
    write!(graph, "[0:v:0]yadif=deint=interlaced,split={count}")?;
    (0..count).try_for_each(|place| write!(graph, "[p{place}]"))?;
    graph.push(';');
    for (video, place) in videos(encoding.profile).zip(0..) {
        let base = encoding.profile.frame_rate;
        let frames = encoding.plan.frames * times(video.frame_rate, base).unwrap_or(1);
        let (rate, width, height) = (rate_text(video.frame_rate), video.width, video.height);
        let hold = match encoding.short {
            Short::Bridge => "stop_duration=0.5",
            Short::Hold => "stop=-1",
        };
        write!(
            graph,
            "[p{place}]fps={rate}:start_time=0,tpad=stop_mode=clone:{hold},\
             trim=end_frame={frames},setpts=PTS-STARTPTS,\
             scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2,\
             pad={width}:{height}:-1:-1,setsar=1,format=yuv420p[v{place}];"
        )?;
    }
    Ok(())
}

fn write_sounds(graph: &mut String, encoding: &Encoding<'_>, count: usize) -> std::fmt::Result {
    let source = if has_sound(encoding.footage) {
        "0:a:0"
    } else {
        "1:a:0"
    };
    write!(graph, "[{source}]asplit={count}")?;
    (0..count).try_for_each(|place| write!(graph, "[s{place}]"))?;
    graph.push(';');
    for (audio, place) in audios(encoding.profile).zip(0..) {
        let samples = encoding.plan.samples(encoding.profile, audio);
        let (rate, layout) = (audio.sample_rate, layout(audio.channels));
        write!(
            graph,
            "[s{place}]aresample={rate}:async=1:first_pts=0,\
             aformat=sample_rates={rate}:channel_layouts={layout},{}apad,\
             atrim=end_sample={samples},asetpts=PTS-STARTPTS[a{place}];",
            loudness(encoding.gain)
        )?;
    }
    Ok(())
}

const fn layout(channels: u8) -> &'static str {
    match channels {
        1 => "mono",
        6 => "5.1",
        _ => "stereo",
    }
}

/// The gain that was worked out from the measurement, and a limiter that does nothing to a peak
/// below its limit.
fn loudness(gain: Gain) -> String {
    if gain.hundredths == 0 {
        return String::new();
    }
    let (gain, peak) = (
        decibels(gain.hundredths, 100),
        decibels(gain.peak_tenths.into(), 10),
    );
    format!("volume={gain},alimiter=limit={peak}:level=disabled,")
}

/// A level in parts of a decibel, as ffmpeg reads it: `-7.25dB`.
fn decibels(level: i32, parts: u32) -> String {
    let sign = if level < 0 { "-" } else { "" };
    let (size, digits) = (level.unsigned_abs(), parts.ilog10() as usize);
    format!("{sign}{}.{:0digits$}dB", size / parts, size % parts)
}
