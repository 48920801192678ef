//! Floor 2: decisions as bytes for players: VAST, JSON, tracking addresses and their tokens; the addresses
//! of streams.

pub mod asset;
pub mod json;
pub mod seen;
pub mod stream;
pub mod token;
pub mod tracking;
pub mod vast;
pub mod vmap;

use crate::decision::Chosen;
use crate::model::ServedAd;
use token::Token;
use tracking::Links;

/// An ad on its way to a player.
#[derive(Debug, Clone, Copy)]
pub struct Served<'a> {
    /// What was decided.
    pub chosen: Chosen<'a>,
    /// The record of it.
    pub ad: &'a ServedAd,
    /// That record, signed.
    pub token: &'a Token,
    /// Where the file of the creative is.
    pub media_url: &'a str,
}

impl<'a> Served<'a> {
    /// The addresses that the player of this ad may call.
    pub fn links(&self, public_url: &'a str) -> Links<'a> {
        Links::new(public_url, self.token.as_str())
    }
}
