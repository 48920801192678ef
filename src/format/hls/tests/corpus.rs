//! The playlists of `fixtures/hls`, by name.

macro_rules! corpus {
    ($($name:literal),+ $(,)?) => {
        &[$((
            $name,
            include_bytes!(concat!("../../../../fixtures/hls/", $name, ".m3u8")),
        )),+]
    };
}

/// All playlists of the corpus, multivariant ones too.
pub(super) const ALL: &[(&str, &[u8])] = corpus![
    "byte-order-mark",
    "dated",
    "delta",
    "empty-live",
    "encrypted-map",
    "gaps",
    "iframes",
    "keys",
    "live",
    "low-latency",
    "mixed-ends",
    "multivariant",
    "multivariant-variables",
    "not-utf8",
    "odd-order",
    "open-quotes",
    "ranges",
    "variables",
    "vod",
];

/// One playlist of the corpus.
pub(in crate::format::hls) fn corpus(name: &str) -> &'static [u8] {
    let found = ALL.iter().find(|(known, _)| *known == name);
    found.unwrap().1
}
