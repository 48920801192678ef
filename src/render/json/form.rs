//! What the ads of all answers have in common, put together once, with blanks for the token.

use super::Served;
use super::put::put_text;
use crate::model::EventKind;
use crate::render::token::{TOKEN_LEN, Token};
use crate::render::tracking::Links;

/// A token while a form is put together, in a character that no address and no name has.
const BLANK: char = '\u{7f}';

/// The end of every ad, with a click and without one.
#[derive(Debug, Clone)]
pub struct Forms {
    with_click: Form,
    without_click: Form,
}

impl Forms {
    /// `public_url` is where players reach us, without a slash at its end.
    pub fn new(public_url: &str) -> Self {
        let of = |click| Form::of(public_url, click);
        Self {
            with_click: of(Click::Counted),
            without_click: of(Click::Nowhere),
        }
    }

    /// The one of an ad.
    pub(super) fn of(&self, served: &Served<'_>) -> &Form {
        match served.chosen.spot.click_url {
            Some(_) => &self.with_click,
            None => &self.without_click,
        }
    }
}

/// Where a click leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Click {
    /// To us, and then to the advertiser.
    Counted,
    /// The advertiser did not say.
    Nowhere,
}

/// `"tracking":{…},"click_url":…,"token":"…"` with blanks.
#[derive(Debug, Clone)]
pub(super) struct Form {
    text: Box<[u8]>,
    /// Where the token goes.
    blanks: Box<[usize]>,
}

impl Form {
    fn of(public_url: &str, click: Click) -> Self {
        let blank = BLANK.to_string().repeat(TOKEN_LEN);
        let links = Links::new(public_url, &blank);
        let mut text = b"\"tracking\":{".to_vec();
        let mut kinds = EventKind::ALL.to_vec();
        kinds.sort_unstable_by_key(|kind| kind.as_str());
        for (kind, place) in kinds.into_iter().zip(0..) {
            if place > 0 {
                text.push(b',');
            }
            put_text(kind.as_str(), &mut text);
            text.push(b':');
            put_text(&links.event(kind).to_string(), &mut text);
        }
        text.extend_from_slice(b"},\"click_url\":");
        match click {
            Click::Counted => put_text(&links.click_through().to_string(), &mut text),
            Click::Nowhere => text.extend_from_slice(b"null"),
        }
        text.extend_from_slice(b",\"token\":");
        put_text(&blank, &mut text);
        let windows = text.windows(TOKEN_LEN).enumerate();
        let blanks = windows.filter(|(_place, window)| *window == blank.as_bytes());
        Self {
            blanks: blanks.map(|(place, _window)| place).collect(),
            text: text.into_boxed_slice(),
        }
    }

    /// How long it is.
    pub(super) const fn len(&self) -> usize {
        self.text.len()
    }

    /// Appends the form with a token in all its blanks.
    pub(super) fn fill(&self, token: &Token, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(&self.text);
        let filled = out.get_mut(start..).unwrap_or_default();
        for &blank in &self.blanks {
            let room = filled.get_mut(blank..).and_then(<[u8]>::first_chunk_mut);
            *room.expect("a blank is within its form") = *token.as_bytes();
        }
    }
}
