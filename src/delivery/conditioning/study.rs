//! Finds out what a stream is made of: its playlists, and the first segment of each.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use url::Url;

use crate::delivery::streams::{Carries, Listed, Roster, RosterError};
use crate::format::hls::{
    Ground, Limits, LowLatency, MediaPlaylist, Multivariant, PlaylistError, Rendition,
    RenditionKind, Variables, Variant,
};
use crate::media::{
    Conditioner, LearnError, SeenPlaylist, SeenRole, SeenSegment, SeenSound, SeenVariant, learn,
};
use crate::model::rendition::{Loudness, Packaging};
use crate::model::{Micros, StreamProfile};
use crate::upstream::{FetchError, Freshness, Origins};

/// How old the playlists may be.
const FRESHNESS: Freshness = Freshness {
    fresh: Duration::from_secs(5),
    stale: Duration::from_mins(10),
};

/// Why nothing was found out.
#[derive(Debug, thiserror::Error)]
pub(super) enum StudyError {
    /// The origin.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A playlist.
    #[error("a playlist of the stream is unreadable: {0}")]
    Playlist(#[from] PlaylistError),
    /// What the multivariant playlist lists.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// What was seen.
    #[error(transparent)]
    Learn(#[from] LearnError),
}

/// What is needed to find out.
pub(super) struct Study<'a> {
    pub(super) origins: &'a Origins,
    pub(super) conditioner: &'a Conditioner,
    pub(super) loudness: Loudness,
}

impl Study<'_> {
    /// What the stream of a multivariant playlist is made of.
    pub(super) async fn stream(&self, url: &Url) -> Result<StreamProfile, StudyError> {
        let fetched = self.origins.fetch(url, FRESHNESS).await?;
        let playlist = Multivariant::parse(fetched.bytes, &Limits::DEFAULT)?;
        let imports = playlist.variables(&fetched.final_url);
        let roster = Roster::of(playlist.ground(&fetched.final_url, &Limits::DEFAULT)?)?;
        let mut seen = Vec::new();
        for (listed, place) in roster.listed.iter().zip(0_usize..) {
            let roles = Roles {
                playlist: roster.playlist(),
                listed,
            };
            let (name, role) = roles.role(place);
            seen.push(self.media((listed, &imports), name, role).await?);
        }
        Ok(learn(&seen, self.loudness)?)
    }

    async fn media(
        &self,
        (listed, imports): (&Listed, &Variables),
        name: String,
        role: SeenRole,
    ) -> Result<SeenPlaylist, StudyError> {
        let fetched = self.origins.fetch(&listed.url, FRESHNESS).await?;
        let playlist = MediaPlaylist::parse(fetched.bytes, &Limits::DEFAULT)?;
        let ground = Ground {
            base: &fetched.final_url,
            imports,
            low_latency: LowLatency::Strip,
        };
        let playlist = playlist.ground(&ground, &Limits::DEFAULT)?;
        let segment = match role {
            SeenRole::Variant(_) | SeenRole::Audio { .. } => self.first_segment(&playlist).await,
            SeenRole::Subtitles | SeenRole::IFrames { .. } => None,
        };
        let longest = playlist.segments.iter().map(|segment| segment.duration);
        Ok(SeenPlaylist {
            name,
            role,
            target: playlist.target,
            longest: longest.max().unwrap_or(Micros::ZERO),
            packaging: if playlist.maps.is_empty() {
                Packaging::Ts
            } else {
                Packaging::Fmp4
            },
            segment,
        })
    }

    /// Looks into the first segment that is clear and whole. Whatever stands against it, the
    /// playlists may say enough.
    async fn first_segment(&self, playlist: &MediaPlaylist) -> Option<SeenSegment> {
        let mut segments = playlist.segments.iter();
        let clear = segments.find(|one| one.key == 0 && !one.gap && one.byte_range.is_none())?;
        let mut bytes = Vec::new();
        if let Some(map) = playlist.map_of(clear) {
            if map.byte_range.is_some() || map.key != 0 {
                return None;
            }
            bytes.extend_from_slice(&self.piece(playlist.str(&map.uri)?).await?);
        }
        bytes.extend_from_slice(&self.piece(playlist.str(&clear.uri)?).await?);
        let folder = self.conditioner.folder().ok()?;
        let path = folder.path().join("segment");
        self.look(&path, &bytes).await
    }

    async fn piece(&self, uri: &str) -> Option<Bytes> {
        let url = Url::parse(uri).ok()?;
        let fetched = self.origins.fetch(&url, FRESHNESS).await;
        fetched.map(|fetched| fetched.bytes).ok()
    }

    async fn look(&self, path: &Path, bytes: &[u8]) -> Option<SeenSegment> {
        tokio::fs::write(path, bytes).await.ok()?;
        match self.conditioner.look(path).await {
            Ok(seen) => Some(seen),
            Err(error) => {
                tracing::debug!(%error, "a segment of a stream cannot be looked into");
                None
            }
        }
    }
}

/// What the multivariant playlist says of one of its media playlists.
struct Roles<'a> {
    /// Of which every address is absolute.
    playlist: &'a Multivariant,
    listed: &'a Listed,
}

impl Roles<'_> {
    fn role(&self, place: usize) -> (String, SeenRole) {
        match self.listed.carries {
            Carries::Main => self.variant(place),
            Carries::Audio => self.audio(),
            Carries::Video => {
                let name = self
                    .rendition()
                    .map_or_else(String::new, |one| one.name.clone());
                (name, SeenRole::Variant(SeenVariant::default()))
            }
            Carries::Subtitles => {
                let name = self.rendition().map_or("", |one| one.name.as_str());
                (format!("subtitles {name}"), SeenRole::Subtitles)
            }
            Carries::Iframes => {
                let found = self.playlist.iframes.iter().find(|one| self.is_at(one));
                let resolution = found.and_then(|one| one.resolution);
                ("i-frames".to_owned(), SeenRole::IFrames { resolution })
            }
        }
    }

    fn variant(&self, place: usize) -> (String, SeenRole) {
        let found = self.playlist.variants.iter().find(|one| self.is_at(one));
        let Some(found) = found else {
            return (String::new(), SeenRole::Variant(SeenVariant::default()));
        };
        let group = found.audio.as_deref();
        let is_apart = |one: &Rendition| {
            one.kind == RenditionKind::Audio
                && Some(one.group.as_str()) == group
                && one.uri.is_some()
        };
        let sound = if self.playlist.renditions.iter().any(is_apart) {
            SeenSound::Apart
        } else {
            SeenSound::Inside
        };
        let name = match found.resolution {
            Some((_width, height)) => format!("{height}p"),
            None => format!("variant {place}"),
        };
        let variant = SeenVariant {
            codecs: found.codecs.clone(),
            resolution: found.resolution,
            frame_rate_milli: found.frame_rate_milli,
            bandwidth: found.average_bandwidth.unwrap_or(found.bandwidth),
            sound,
        };
        (name, SeenRole::Variant(variant))
    }

    fn audio(&self) -> (String, SeenRole) {
        let found = self.rendition();
        let group = found.map(|one| one.group.as_str());
        let mut variants = self.playlist.variants.iter();
        let of_group = variants.find(|variant| variant.audio.as_deref() == group);
        let codecs = of_group.and_then(|variant| variant.codecs.as_deref());
        let is_sound = |codec: &&str| {
            ["mp4a", "ac-3", "ec-3"]
                .iter()
                .any(|known| codec.starts_with(known))
        };
        let codec = codecs.and_then(|codecs| codecs.split(',').map(str::trim).find(is_sound));
        let role = SeenRole::Audio {
            channels: found.and_then(|one| one.channels.clone()),
            codec: codec.map(str::to_owned),
        };
        let name = found.map_or("", |one| one.name.as_str());
        (format!("audio {name}"), role)
    }

    fn rendition(&self) -> Option<&Rendition> {
        let mut renditions = self.playlist.renditions.iter();
        renditions.find(|one| one.uri.as_ref().is_some_and(|uri| self.leads_here(uri)))
    }

    fn is_at(&self, variant: &Variant) -> bool {
        self.leads_here(&variant.uri)
    }

    fn leads_here(&self, uri: &std::ops::Range<u32>) -> bool {
        let range = uri.start as usize..uri.end as usize;
        let text = self.playlist.text().get(range);
        let text = text.and_then(|bytes| std::str::from_utf8(bytes).ok());
        let url = text.and_then(|text| Url::parse(text).ok());
        url.as_ref() == Some(&self.listed.url)
    }
}
