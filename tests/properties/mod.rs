//! What must hold for every input of a parser, whatever the bytes: shared by the fuzzers of `fuzz/`
//! and by the seeded mutator of `tests/it/fuzz.rs`, which needs no other tools.

mod files;
mod playlists;
mod requests;
mod texts;

/// A parser that is given anything.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    /// The name of its fuzzer.
    pub(crate) name: &'static str,
    /// Panics where something does not hold.
    pub(crate) property: fn(&[u8]),
    /// Inputs to begin with: good ones, which are mutated.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
    /// Words that mean something to it.
    pub(crate) words: &'static [&'static str],
}

/// All of them.
pub(crate) const TARGETS: [Target; 14] = [
    texts::TARGETING,
    texts::TOKEN,
    texts::USER_AGENT,
    texts::CONSENT,
    texts::CONFIG,
    requests::QUERY,
    requests::BODY_V1,
    requests::BODY_V2,
    files::MP4,
    files::WEBM,
    files::OGG,
    files::VAST,
    playlists::HLS,
    playlists::SCTE35,
];

/// Holds the property of one target against an input.
pub(crate) fn hold(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    let target = target.unwrap_or_else(|| panic!("there is no target {name}"));
    (target.property)(data);
}

/// The input as text, when it is one.
fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

fn seeds_of(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}
