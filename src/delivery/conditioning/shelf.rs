//! What is kept for the library, and the library filled with it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Inner, Live};
use crate::decision::{Catalog, TenantCatalog};
use crate::delivery::streams::Shelves;
use crate::model::RenditionPlace;
use crate::model::rendition::{RenditionSet, SourceHash};
use crate::store::catalog::StoreError;

impl Inner {
    /// What an earlier process learned and made. Blocks.
    pub(super) fn load(&self) -> Result<(), StoreError> {
        let store = &self.parts.store;
        let (profiles, sets) = (store.known_profiles()?, store.ready_renditions()?);
        let mut live = self.live();
        for known in profiles {
            live.learned_at.insert(known.channel, known.learned_at);
            live.profiles.insert(known.channel, Arc::new(known.profile));
        }
        for (tenant, set) in sets {
            let key = RenditionPlace {
                tenant,
                source: set.source,
                profile: set.profile,
            };
            live.sets.insert(key, Arc::new(set));
        }
        live.is_stale = true;
        Ok(())
    }

    /// Fills the library with what there is, if any of it changed.
    pub(super) fn shelve(&self) {
        let catalog = self.parts.catalog.load_full();
        let mut live = self.live();
        let revision = Some(catalog.revision());
        if !live.is_stale && live.shelved_revision == revision {
            return;
        }
        live.is_stale = false;
        live.shelved_revision = revision;
        let shelves = live.shelves(&catalog);
        drop(live);
        self.parts.library.replace(shelves);
    }
}

impl Live {
    fn shelves(&self, catalog: &Catalog) -> Shelves {
        let mut shelves = Shelves {
            profiles: self.profiles.clone(),
            creatives: HashMap::new(),
            slates: HashMap::new(),
        };
        for tenant in catalog.tenants() {
            self.shelve_tenant(tenant, &mut shelves);
        }
        shelves
    }

    /// The slates of its channels, and its spots for each of their profiles.
    fn shelve_tenant(&self, tenant: &TenantCatalog, shelves: &mut Shelves) {
        let set = |source, profile| -> Option<Arc<RenditionSet>> {
            let place = RenditionPlace {
                tenant: tenant.id,
                source,
                profile,
            };
            self.sets.get(&place).map(Arc::clone)
        };
        let mut profiles = BTreeSet::new();
        for channel in tenant.channels() {
            let Some(profile) = self.profiles.get(&channel.id).map(|one| one.key()) else {
                continue;
            };
            profiles.insert(profile);
            if let Some(slate) = set(SourceHash::blank(), profile) {
                shelves.slates.insert((channel.id, profile), slate);
            }
        }
        for spot in tenant.offers().iter().flat_map(|offer| &offer.spots) {
            for &profile in &profiles {
                if let Some(made) = set(SourceHash(spot.media.sha256), profile) {
                    shelves.creatives.insert((spot.creative, profile), made);
                }
            }
        }
    }
}
