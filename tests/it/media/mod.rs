//! Creatives' files: what is found in them, where they are kept, how they come in and go out.

/// Local folders and S3, and their faults.
mod blobs;
/// A server that speaks S3.
mod moto;
/// Real files from ffmpeg, judged by ffprobe.
mod probe;
/// Files on their way to players.
mod serving;
/// Outside tools that these tests run.
mod tools;
/// Films that come in.
mod upload;
/// Uploads through real sockets.
mod wire;
