//! Media playlists of the corpus: what is in them, that nothing is lost, and a second opinion.

pub(super) mod corpus;
mod ground;
mod identity;
mod opinion;
mod reading;

use bytes::Bytes;

use super::{Limits, MediaPlaylist, PlaylistError};

fn parse(text: impl Into<Vec<u8>>) -> MediaPlaylist {
    MediaPlaylist::parse(Bytes::from(text.into()), &Limits::DEFAULT).unwrap()
}

fn refused(text: &str) -> PlaylistError {
    let text = Bytes::from(text.to_owned());
    MediaPlaylist::parse(text, &Limits::DEFAULT).unwrap_err()
}

/// Lines one after another, but for addresses that no EXTINF announces: those refuse a playlist,
/// and of lines in any order little would be left to look at.
fn announced<L: AsRef<[u8]>>(lines: &[L]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut is_announced = false;
    for line in lines {
        let line = line.as_ref();
        let start = line.trim_ascii_start();
        let is_address = !start.is_empty() && !start.starts_with(b"#");
        if is_address && !std::mem::take(&mut is_announced) {
            continue;
        }
        is_announced |= start.starts_with(b"#EXTINF:");
        text.extend_from_slice(line);
    }
    text
}
