//! Creatives' files: what is found in them, where they are kept, how they come in and go out.

/// Real files from ffmpeg, judged by ffprobe.
mod probe;
/// Outside tools that these tests run.
mod tools;
