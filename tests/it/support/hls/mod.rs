//! Streams for tests: media made by ffmpeg, an origin that plays it live, a player in a browser.

/// Small HLS media, made once.
pub(crate) mod media;
/// An origin on a real socket.
pub(crate) mod origin;
/// hls.js in a headless Chromium.
pub(crate) mod player;
