//! Where the files of a set of renditions are kept and shown.

use super::{Extension, ProfileKey, SourceHash};
use crate::model::TenantId;

/// One set of files in the object store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RenditionPlace {
    /// Whose it is.
    pub tenant: TenantId,
    /// What it was made of.
    pub source: SourceHash,
    /// What it fits.
    pub profile: ProfileKey,
}

/// One file of a set. Its path is made by us: no text of a user is part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RenditionFile {
    /// The set.
    pub place: RenditionPlace,
    /// The track of the set.
    pub track: u16,
    /// Which file of the track.
    pub piece: RenditionPiece,
}

/// Which file of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RenditionPiece {
    /// The initialization section.
    Init,
    /// A segment, counted from 0.
    Segment(u32, Extension),
}

impl RenditionFile {
    /// Its place in an object store, or below the folder of blobs:
    /// `renditions/ten_1/abcd…/0123456789abcdef/0/0.m4s`.
    pub fn blob_path(&self) -> String {
        let RenditionPlace {
            tenant,
            source,
            profile,
        } = self.place;
        let folder = format!("renditions/{tenant}/{source}/{profile}/{}", self.track);
        match self.piece {
            RenditionPiece::Init => format!("{folder}/init.mp4"),
            RenditionPiece::Segment(number, extension) => format!("{folder}/{number}.{extension}"),
        }
    }

    /// Its path on the public listener, without a leading slash: `media/renditions/…`.
    pub fn url_path(&self) -> String {
        format!("media/{}", self.blob_path())
    }

    /// The file that a [`RenditionFile::blob_path`] names; none for any other text.
    pub fn parse_blob_path(path: &str) -> Option<Self> {
        let mut parts = path.strip_prefix("renditions/")?.split('/');
        let place = RenditionPlace {
            tenant: parts.next()?.parse().ok()?,
            source: parts.next()?.parse().ok()?,
            profile: parts.next()?.parse().ok()?,
        };
        let track = parts.next()?.parse().ok()?;
        let piece = match parts.next()? {
            "init.mp4" => RenditionPiece::Init,
            name => {
                let (number, extension) = name.split_once('.')?;
                RenditionPiece::Segment(number.parse().ok()?, extension.parse().ok()?)
            }
        };
        let file = Self {
            place,
            track,
            piece,
        };
        // One text for each file: no signs, no leading zeros, nothing behind.
        (file.blob_path() == path).then_some(file)
    }

    /// The file that a [`RenditionFile::url_path`] names; none for any other text.
    pub fn parse_url_path(path: &str) -> Option<Self> {
        Self::parse_blob_path(path.strip_prefix("media/")?)
    }

    /// The media type of the file.
    pub const fn mime(&self) -> &'static str {
        match self.piece {
            RenditionPiece::Init => "video/mp4",
            RenditionPiece::Segment(_, extension) => extension.mime(),
        }
    }
}
