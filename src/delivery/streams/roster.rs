//! The media playlists of a stream, as its multivariant playlist lists them.

use std::collections::HashMap;

use url::Url;

use crate::format::hls::{Multivariant, RenditionKind, UriRole};
use crate::model::SessionId;
use crate::render::stream::{SessionPart, StreamAddress};

/// Most media playlists of one stream.
pub(super) const RENDITIONS_MAX: usize = 64;

/// What a media playlist carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carries {
    /// A variant: pictures, and sound unless that is apart.
    Main,
    /// Sound apart.
    Audio,
    /// Other pictures apart.
    Video,
    /// Subtitles.
    Subtitles,
    /// I-frames.
    Iframes,
}

/// One media playlist of a stream.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Where it is.
    pub url: Url,
    /// What it carries.
    pub carries: Carries,
}

/// A multivariant playlist, and the media playlists that it lists, each once: variants first.
#[derive(Debug)]
pub struct Roster {
    /// Of which every address is absolute.
    playlist: Multivariant,
    /// The media playlists; the first one leads.
    pub listed: Vec<Listed>,
    numbers: HashMap<String, u16>,
}

/// Why no stream can be made of a multivariant playlist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// It lists nothing.
    #[error("the multivariant playlist lists no variant")]
    Empty,
    /// It lists too much.
    #[error("the multivariant playlist lists more than {RENDITIONS_MAX} media playlists")]
    TooMany,
    /// An address in it cannot be read.
    #[error("the multivariant playlist has an address that is none: {0}")]
    Address(String),
}

impl Roster {
    /// Reads what `playlist` lists; every address in it is absolute.
    pub fn of(playlist: Multivariant) -> Result<Self, RosterError> {
        let mut listed = Vec::new();
        let mut numbers = HashMap::new();
        for one in playlist.playlists() {
            let Some(carries) = carries(&playlist, one.role) else {
                continue;
            };
            let number = u16::try_from(listed.len()).map_err(|_many| RosterError::TooMany)?;
            let url = Url::parse(one.uri);
            let url = url.map_err(|_none| RosterError::Address(one.uri.to_owned()))?;
            numbers.insert(one.uri.to_owned(), number);
            listed.push(Listed { url, carries });
        }
        if listed.len() > RENDITIONS_MAX {
            return Err(RosterError::TooMany);
        }
        if !listed.iter().any(|one| one.carries == Carries::Main) {
            return Err(RosterError::Empty);
        }
        Ok(Self {
            playlist,
            listed,
            numbers,
        })
    }

    /// The multivariant playlist for a session: every media playlist is the session's own, and
    /// all other addresses lead where they led.
    pub fn render(&self, session: SessionId) -> Vec<u8> {
        self.playlist.rewrite_uris(|_role, uri| {
            let part = SessionPart::Rendition(*self.numbers.get(uri)?);
            Some(StreamAddress::Session { session, part }.to_string())
        })
    }

    /// Whether another one lists as many of the same kinds in the same order: then it may take the
    /// place of this one.
    pub fn has_shape_of(&self, other: &Self) -> bool {
        let kinds = |roster: &Self| -> Vec<Carries> {
            roster.listed.iter().map(|one| one.carries).collect()
        };
        kinds(self) == kinds(other)
    }

    /// The multivariant playlist itself.
    pub const fn playlist(&self) -> &Multivariant {
        &self.playlist
    }
}

fn carries(playlist: &Multivariant, role: UriRole) -> Option<Carries> {
    match role {
        UriRole::Variant(_) => Some(Carries::Main),
        UriRole::Iframe(_) => Some(Carries::Iframes),
        UriRole::Rendition(place) => match playlist.renditions.get(place)?.kind {
            RenditionKind::Audio => Some(Carries::Audio),
            RenditionKind::Video => Some(Carries::Video),
            RenditionKind::Subtitles => Some(Carries::Subtitles),
            RenditionKind::ClosedCaptions => None,
        },
        UriRole::SessionData | UriRole::SessionKey | UriRole::Steering | UriRole::Other => None,
    }
}
