//! The addresses of the ads of one session.

use std::io::Write as _;

use smallvec::SmallVec;

use super::Parts;
use super::session::{SessionFacts, SessionState};
use crate::model::rendition::{RenditionPiece, RenditionSet};
use crate::model::{EventKind, Micros, Reporting};
use crate::render::seen;
use crate::render::stream::{AdPart, Seen, SessionPart, StreamAddress, TrackFile};
use crate::render::token::Token;
use crate::render::tracking::Links;
use crate::stitch::guided::{AdFacts, AdNames, Airing, Lists};
use crate::stitch::{AdLinks, Break, Piece, Spot};

/// The registry of names of creatives: our own.
const REGISTRY: &str = "adserved";

/// Writes the addresses of the ads of one session.
pub(super) struct SessionLinks<'a> {
    parts: &'a Parts,
    facts: &'a SessionFacts,
    state: &'a SessionState,
    /// The token of the ad that was written last: the segments of one follow one another.
    last: Option<((u32, u16), Token)>,
}

impl<'a> SessionLinks<'a> {
    pub(super) const fn new(
        parts: &'a Parts,
        facts: &'a SessionFacts,
        state: &'a SessionState,
    ) -> Self {
        Self {
            parts,
            facts,
            state,
            last: None,
        }
    }

    /// Whether asking for a segment says that it is seen.
    const fn seen(&self) -> Seen {
        match self.facts.reporting {
            Reporting::Server => Seen::Yes,
            Reporting::Client => Seen::Unsaid,
        }
    }

    /// The token of an ad; none for one that is not the session's.
    fn token(&mut self, no: u32, place: u16) -> Option<Token> {
        if let Some((of, token)) = self.last
            && of == (no, place)
        {
            return Some(token);
        }
        let ad = self.state.ads_of(no)?.get(usize::from(place))?;
        let token = self.parts.tokens.mint(&ad.served(self.facts));
        self.last = Some(((no, place), token));
        Some(token)
    }
}

impl AdLinks for SessionLinks<'_> {
    fn write(&mut self, piece: &Piece<'_>, out: &mut Vec<u8>) {
        let (segment, extension) = match piece.file {
            RenditionPiece::Init => (None, ""),
            RenditionPiece::Segment(number, extension) => (Some(number), extension.as_str()),
        };
        let file = TrackFile {
            track: piece.files,
            segment,
        };
        let profile = piece.set.profile;
        let seen = self.seen();
        let written = match piece.spot {
            Spot::Ad(place) => match self.token(piece.of.no, place) {
                Some(token) => {
                    let address = StreamAddress::Ad {
                        token: token.as_str(),
                        profile,
                        part: AdPart::File(file),
                        seen,
                    };
                    write!(out, "{address}")
                }
                None => Ok(()),
            },
            Spot::Slate(_) => {
                let channel = self.facts.stage.channel;
                let address = StreamAddress::Slate {
                    channel,
                    profile,
                    file,
                };
                write!(out, "{address}")
            }
        };
        written.expect("a Vec takes any text");
        if segment.is_some() {
            out.push(b'.');
            out.extend_from_slice(extension.as_bytes());
        }
    }
}

impl Lists for SessionLinks<'_> {
    fn write(&mut self, of: &Break, out: &mut Vec<u8>) {
        let address = StreamAddress::Session {
            session: self.facts.id,
            part: SessionPart::Assets(of.no),
        };
        write!(out, "{}{address}", self.parts.public_url).expect("a Vec takes any text");
    }
}

impl AdFacts for SessionLinks<'_> {
    fn names(&self, ad: &Airing) -> Option<AdNames> {
        let known = self.state.ads_of(ad.no)?.get(usize::from(ad.place))?;
        let served = known.served(self.facts);
        Some(AdNames {
            ad: served.id.to_string(),
            creative: served.creative.to_string(),
            registry: REGISTRY,
            universal: served.creative.to_string(),
        })
    }

    fn write_stream(&mut self, ad: &Airing, set: &RenditionSet, out: &mut Vec<u8>) {
        let Some(token) = self.token(ad.no, ad.place) else {
            return;
        };
        let address = StreamAddress::Ad {
            token: token.as_str(),
            profile: set.profile,
            part: AdPart::Index,
            seen: self.seen(),
        };
        write!(out, "{}{address}", self.parts.public_url).expect("a Vec takes any text");
    }

    fn course(&self, duration: Micros) -> SmallVec<[(EventKind, Micros); 7]> {
        seen::course(duration).collect()
    }

    fn write_beacon(&mut self, ad: &Airing, event: EventKind, out: &mut Vec<u8>) {
        let Some(token) = self.token(ad.no, ad.place) else {
            return;
        };
        let links = Links::new(&self.parts.public_url, token.as_str());
        write!(out, "{}", links.event(event)).expect("a Vec takes any text");
    }
}
