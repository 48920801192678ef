//! The addresses of streams: written into playlists, and read when players ask for them.
//!
//! | path | what |
//! |---|---|
//! | `/hls/CHANNEL/index.m3u8` | a new session: its multivariant playlist |
//! | `/hls/CHANNEL/session` | `POST`: a new session, told in JSON |
//! | `/hls/CHANNEL/watch` | a page that plays the channel |
//! | `/hls/CHANNEL/v/PATH/index.m3u8`, `…/v/PATH/session` | the same of an asset in a folder |
//! | `/hls/s/SESSION/index.m3u8` | the multivariant playlist of a session |
//! | `/hls/s/SESSION/N.m3u8` | its media playlist of the rendition numbered N |
//! | `/hls/s/SESSION/assets/BREAK.json` | the ads of a break for an interstitial |
//! | `/hls/s/SESSION/tracking.json` | what a player that reports itself is to call |
//! | `/hls/ad/TOKEN/PROFILE/TRACK/FILE` | a piece of an ad; asking for it says that it is seen |
//! | `/hls/file/TOKEN/PROFILE/TRACK/FILE` | the same, which says nothing |
//! | `/hls/ad/TOKEN/PROFILE/index.m3u8`, `…/TRACK.m3u8` | a whole ad as a stream of its own |
//! | `/hls/slate/CHANNEL/PROFILE/TRACK/FILE` | a piece of a slate |

use std::fmt;

use crate::model::{ChannelId, ProfileKey, SessionId};

/// What all addresses of streams begin with.
pub const HLS_PATH: &str = "/hls/";

/// Longest path of an asset in a folder.
const ASSET_PATH_MAX: usize = 1_024;

/// What a player asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamAddress<'a> {
    /// Something of a channel, before there is a session.
    Channel {
        /// Which channel.
        channel: ChannelId,
        /// Which asset, if the channel is a folder of them.
        asset: Option<&'a str>,
        /// What of it.
        part: ChannelPart,
    },
    /// Something of a session.
    Session {
        /// Which session.
        session: SessionId,
        /// What of it.
        part: SessionPart,
    },
    /// A piece of an ad.
    Ad {
        /// The signed token of the ad.
        token: &'a str,
        /// What it was made to fit.
        profile: ProfileKey,
        /// What of it.
        part: AdPart,
        /// Whether asking for it says that it is seen.
        seen: Seen,
    },
    /// A piece of a slate.
    Slate {
        /// Whose.
        channel: ChannelId,
        /// What it was made to fit.
        profile: ProfileKey,
        /// Which file.
        file: TrackFile,
    },
}

/// What can be asked of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelPart {
    /// A new session, and its multivariant playlist.
    Index,
    /// A new session, told in JSON.
    Session,
    /// A page that plays it.
    Watch,
}

/// What can be asked of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionPart {
    /// Its multivariant playlist.
    Index,
    /// A media playlist, by the number of its rendition.
    Rendition(u16),
    /// The ads of a break, by its number.
    Assets(u32),
    /// What a player that reports itself is to call.
    Tracking,
}

/// What can be asked of an ad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdPart {
    /// Its multivariant playlist.
    Index,
    /// A media playlist, by the number of its track.
    Playlist(u16),
    /// A file.
    File(TrackFile),
}

/// Whether asking for a piece of an ad says that it is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It is: the server reports.
    Yes,
    /// The player says so itself.
    Unsaid,
}

/// A file of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrackFile {
    /// The number of the track.
    pub track: u16,
    /// The number of the segment; none for the initialisation section.
    pub segment: Option<u32>,
}

impl<'a> StreamAddress<'a> {
    /// Reads a path. Nothing for a path that is no address; the ending of files is not looked at.
    pub fn read(path: &'a str) -> Option<Self> {
        let rest = path.strip_prefix(HLS_PATH)?;
        let (first, rest) = rest.split_once('/')?;
        match first {
            "s" => {
                let (session, part) = rest.split_once('/')?;
                Some(Self::Session {
                    session: session.parse().ok()?,
                    part: session_part(part)?,
                })
            }
            "ad" => ad(rest, Seen::Yes),
            "file" => ad(rest, Seen::Unsaid),
            "slate" => slate(rest),
            channel => {
                let channel = channel.parse().ok()?;
                let (asset, part) = asset(rest)?;
                Some(Self::Channel {
                    channel,
                    asset,
                    part: channel_part(part)?,
                })
            }
        }
    }
}

/// What is asked of which asset.
fn asset(rest: &str) -> Option<(Option<&str>, &str)> {
    let Some(path) = rest.strip_prefix("v/") else {
        return Some((None, rest));
    };
    let (asset, part) = path.rsplit_once('/')?;
    // What leads out of the folder, or is read in two ways, is no asset.
    let odd = |name: &str| name.is_empty() || name == "." || name == "..";
    let hidden = asset.contains(['\\', '%', '?', '#']);
    let long = asset.len() > ASSET_PATH_MAX;
    (!hidden && !long && !asset.split('/').any(odd)).then_some((Some(asset), part))
}

fn channel_part(part: &str) -> Option<ChannelPart> {
    match part {
        "index.m3u8" => Some(ChannelPart::Index),
        "session" => Some(ChannelPart::Session),
        "watch" => Some(ChannelPart::Watch),
        _ => None,
    }
}

fn session_part(part: &str) -> Option<SessionPart> {
    match part {
        "index.m3u8" => Some(SessionPart::Index),
        "tracking.json" => Some(SessionPart::Tracking),
        _ => match part.strip_prefix("assets/") {
            Some(one) => number(one.strip_suffix(".json")?).map(SessionPart::Assets),
            None => number(part.strip_suffix(".m3u8")?).map(SessionPart::Rendition),
        },
    }
}

fn ad(rest: &str, seen: Seen) -> Option<StreamAddress<'_>> {
    let (token, rest) = rest.split_once('/')?;
    let (profile, rest) = rest.split_once('/')?;
    let part = match rest.strip_suffix(".m3u8") {
        Some("index") => AdPart::Index,
        Some(track) => AdPart::Playlist(number(track)?),
        None => AdPart::File(file(rest)?),
    };
    Some(StreamAddress::Ad {
        token,
        profile: profile.parse().ok()?,
        part,
        seen,
    })
}

fn slate(rest: &str) -> Option<StreamAddress<'_>> {
    let (channel, rest) = rest.split_once('/')?;
    let (profile, rest) = rest.split_once('/')?;
    Some(StreamAddress::Slate {
        channel: channel.parse().ok()?,
        profile: profile.parse().ok()?,
        file: file(rest)?,
    })
}

/// `TRACK/init.mp4` or `TRACK/SEGMENT.EXTENSION`.
fn file(rest: &str) -> Option<TrackFile> {
    let (track, name) = rest.split_once('/')?;
    let track = number(track)?;
    if name == "init.mp4" {
        return Some(TrackFile {
            track,
            segment: None,
        });
    }
    let (segment, extension) = name.split_once('.')?;
    matches!(extension, "ts" | "m4s" | "vtt").then_some(TrackFile {
        track,
        segment: Some(number(segment)?),
    })
}

/// A number as it is written here: no sign and no zero before it, so that there is one address.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let one_text = text == "0" || !text.starts_with('0');
    (plain && one_text).then(|| text.parse().ok()).flatten()
}

/// The path, without the ending of a file of a track, which depends on what it is.
impl fmt::Display for StreamAddress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HLS_PATH)?;
        match self {
            Self::Channel {
                channel,
                asset,
                part,
            } => {
                write!(f, "{channel}/")?;
                if let Some(asset) = asset {
                    write!(f, "v/{asset}/")?;
                }
                f.write_str(match part {
                    ChannelPart::Index => "index.m3u8",
                    ChannelPart::Session => "session",
                    ChannelPart::Watch => "watch",
                })
            }
            Self::Session { session, part } => {
                write!(f, "s/{session}/")?;
                match part {
                    SessionPart::Index => f.write_str("index.m3u8"),
                    SessionPart::Rendition(number) => write!(f, "{number}.m3u8"),
                    SessionPart::Assets(number) => write!(f, "assets/{number}.json"),
                    SessionPart::Tracking => f.write_str("tracking.json"),
                }
            }
            Self::Ad {
                token,
                profile,
                part,
                seen,
            } => {
                let first = match seen {
                    Seen::Yes => "ad",
                    Seen::Unsaid => "file",
                };
                write!(f, "{first}/{token}/{profile}/")?;
                match part {
                    AdPart::Index => f.write_str("index.m3u8"),
                    AdPart::Playlist(track) => write!(f, "{track}.m3u8"),
                    AdPart::File(file) => file.fmt(f),
                }
            }
            Self::Slate {
                channel,
                profile,
                file,
            } => write!(f, "slate/{channel}/{profile}/{file}"),
        }
    }
}

impl fmt::Display for TrackFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.segment {
            Some(segment) => write!(f, "{}/{segment}", self.track),
            None => write!(f, "{}/init.mp4", self.track),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = "0123456789abcdef";
    const SESSION: &str = "000102030405060708090a0b0c0d0e0f";

    #[test]
    fn every_address_is_read_as_it_is_written() {
        let paths = [
            "/hls/ch_1/index.m3u8".to_owned(),
            "/hls/ch_1/session".to_owned(),
            "/hls/ch_1/watch".to_owned(),
            "/hls/ch_1/v/films/one/index.m3u8".to_owned(),
            "/hls/ch_1/v/films/one.mp4/session".to_owned(),
            format!("/hls/s/{SESSION}/index.m3u8"),
            format!("/hls/s/{SESSION}/0.m3u8"),
            format!("/hls/s/{SESSION}/12.m3u8"),
            format!("/hls/s/{SESSION}/assets/7.json"),
            format!("/hls/s/{SESSION}/tracking.json"),
            format!("/hls/ad/TOKEN/{PROFILE}/index.m3u8"),
            format!("/hls/ad/TOKEN/{PROFILE}/3.m3u8"),
            format!("/hls/file/TOKEN/{PROFILE}/0/init.mp4"),
            format!("/hls/slate/ch_1/{PROFILE}/0/init.mp4"),
        ];
        for path in &paths {
            let read = StreamAddress::read(path).expect(path);
            assert_eq!(&read.to_string(), path);
        }
        for (prefix, ending) in [("ad/TOKEN", "m4s"), ("slate/ch_1", "ts"), ("file/T", "vtt")] {
            let path = format!("/hls/{prefix}/{PROFILE}/1/25");
            let whole = format!("{path}.{ending}");
            let read = StreamAddress::read(&whole).expect(&whole);
            assert_eq!(read.to_string(), path);
        }
    }

    #[test]
    fn what_is_no_address_is_not_read_as_one() {
        let paths = [
            "/hls".to_owned(),
            "/hls/".to_owned(),
            "/hls/ch_1".to_owned(),
            "/hls/ch_1/".to_owned(),
            "/hls/cmp_1/index.m3u8".to_owned(),
            "/hls/ch_1/v/index.m3u8".to_owned(),
            "/hls/ch_1/v/../x/index.m3u8".to_owned(),
            "/hls/ch_1/v/a//b/index.m3u8".to_owned(),
            "/hls/ch_1/v/%2e%2e/index.m3u8".to_owned(),
            format!("/hls/ch_1/v/{}/index.m3u8", "a".repeat(2_000)),
            format!("/hls/s/{SESSION}0/0.m3u8"),
            format!("/hls/s/{SESSION}/00.m3u8"),
            format!("/hls/s/{SESSION}/+1.m3u8"),
            format!("/hls/s/{SESSION}/65536.m3u8"),
            format!("/hls/s/{SESSION}/assets/1"),
            format!("/hls/ad/TOKEN/{PROFILE}/0/1.exe"),
            format!("/hls/ad/TOKEN/{PROFILE}/0/../1.ts"),
            "/hls/ad/TOKEN/xyz/0/1.ts".to_owned(),
        ];
        for path in &paths {
            assert_eq!(StreamAddress::read(path), None, "{path}");
        }
    }
}
