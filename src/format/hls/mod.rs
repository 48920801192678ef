//! HLS playlists (rfc8216bis): read into places, changed by ranges, never reprinted.
//!
//! A line that is not changed leaves as the bytes that came, known or not.

mod address;
mod attributes;
mod cue;
mod edit;
mod error;
mod ground;
pub mod history;
mod index;
mod lines;
mod media;
mod multivariant;
mod scope;
mod text;
mod variables;

pub use super::scte35::{CueKind, Upid};
pub use attributes::{Attribute, Attributes, attribute, attribute_list, with_attribute};
pub use cue::{Cue, CueId, CueLine, Spelling};
pub use edit::{Edit, rewrite};
pub use error::{Limits, PlaylistError, WARNINGS_MAX, Warning};
pub use ground::{Ground, LowLatency};
pub use media::{DateRange, HeaderTag, MediaPlaylist, PlaylistType, Segment};
pub use multivariant::{Listed, Multivariant, Rendition, RenditionKind, UriRole, UriSite, Variant};
pub use scope::{KEY_NONE, Key, KeySet, Map, implicit_iv};
pub use variables::Variables;

#[cfg(test)]
mod tests;
