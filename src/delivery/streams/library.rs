//! What can be stitched: creatives and slates that were made to fit a stream, and which stream
//! wants which. Replaced whole when something became ready.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use url::Url;

use crate::model::rendition::{ProfileKey, RenditionSet, SourceHash, StreamProfile};
use crate::model::{ChannelId, CreativeId};

/// Everything that can be stitched now. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Library(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    shelves: ArcSwap<Shelves>,
    sightings: Mutex<HashMap<ChannelId, Url>>,
}

/// What a library holds.
#[derive(Debug, Default)]
pub struct Shelves {
    /// What a stream is made of.
    pub profiles: HashMap<ChannelId, Arc<StreamProfile>>,
    /// Creatives that fit.
    pub creatives: HashMap<(CreativeId, ProfileKey), Arc<RenditionSet>>,
    /// Slates that fit, by channel.
    pub slates: HashMap<(ChannelId, ProfileKey), Arc<RenditionSet>>,
}

impl Library {
    /// Holds this from now on.
    pub fn replace(&self, shelves: Shelves) {
        self.0.shelves.store(Arc::new(shelves));
    }

    /// Says where a stream of a channel is whose source is a folder: what it is made of cannot be
    /// told before somebody watches one of its assets.
    pub fn saw(&self, channel: ChannelId, url: Url) {
        if self.profile_of(channel).is_none() {
            self.sightings().entry(channel).or_insert(url);
        }
    }

    /// Where such a stream was seen first.
    pub fn sighting(&self, channel: ChannelId) -> Option<Url> {
        self.sightings().get(&channel).cloned()
    }

    fn sightings(&self) -> MutexGuard<'_, HashMap<ChannelId, Url>> {
        let sightings = self.0.sightings.lock();
        sightings.unwrap_or_else(PoisonError::into_inner)
    }

    /// What it holds now.
    pub fn shelves(&self) -> Arc<Shelves> {
        self.0.shelves.load_full()
    }

    /// What the stream of a channel is made of, once that is known.
    pub fn profile_of(&self, channel: ChannelId) -> Option<Arc<StreamProfile>> {
        self.0.shelves.load().profiles.get(&channel).map(Arc::clone)
    }

    /// A creative as it fits a profile, once it is ready.
    pub fn creative(&self, creative: CreativeId, fits: ProfileKey) -> Option<Arc<RenditionSet>> {
        let shelves = self.0.shelves.load();
        shelves.creatives.get(&(creative, fits)).map(Arc::clone)
    }

    /// The slate of a channel as it fits a profile, once it is ready.
    pub fn slate(&self, channel: ChannelId, fits: ProfileKey) -> Option<Arc<RenditionSet>> {
        let shelves = self.0.shelves.load();
        shelves.slates.get(&(channel, fits)).map(Arc::clone)
    }

    /// Whatever was made of a source to fit a profile: to go on with a session of before.
    pub fn made_of(&self, source: SourceHash, fits: ProfileKey) -> Option<Arc<RenditionSet>> {
        let shelves = self.0.shelves.load();
        let all = shelves.creatives.values().chain(shelves.slates.values());
        let mut fitting = all.filter(|set| set.profile == fits && set.source == source);
        fitting.next().map(Arc::clone)
    }
}
