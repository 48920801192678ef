//! What a break shows a session: ads decided for its viewer, and what stands beside them.

use std::sync::Arc;

use smallvec::SmallVec;

use super::Parts;
use super::session::{SessionAd, SessionAds, SessionFacts, SessionState};
use super::stage::Screen;
use crate::decision::{Catalog, Opening, Roll};
use crate::delivery::{NotRecorded, Placed};
use crate::model::rendition::RenditionSet;
use crate::model::{Filler, Join, Micros, Millis, PodShape, ProfileKey, Stream};
use crate::stitch::{self, BreakKind, Fill, Opportunity, Remainder, SessionView};

/// What is needed to decide for a session.
pub(super) struct Deciding<'a> {
    pub(super) parts: &'a Parts,
    pub(super) catalog: &'a Catalog,
    pub(super) facts: &'a SessionFacts,
    pub(super) stream: &'a Stream,
    pub(super) screen: &'a Screen,
}

/// Whether anything of a session changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decided {
    /// Every break was decided before.
    Nothing,
    /// Something is to be written down.
    Something,
}

impl Deciding<'_> {
    /// Decides every break that a session sees and that is not decided.
    pub(super) fn all(&self, state: &mut SessionState) -> Result<Decided, NotRecorded> {
        let snapshot = &self.screen.snapshot;
        let mut decided = Decided::Nothing;
        let view = state.view.get_or_insert_with(|| {
            decided = Decided::Something;
            SessionView::join(snapshot, join(self.stream.join))
        });
        while let Some(opportunity) = view.undecided(snapshot) {
            decided = Decided::Something;
            let no = opportunity.of.no;
            match self.one(&opportunity)? {
                None => view.pass(no),
                Some((fill, ads)) => match view.fill(snapshot, no, Arc::new(fill)) {
                    Ok(()) => state.ads.push((no, ads)),
                    Err(error) => {
                        let channel = self.facts.stage.channel;
                        tracing::warn!(%channel, %error, "ads that do not fit the stream");
                    }
                },
            }
        }
        view.settle(snapshot);
        state.tidy();
        Ok(decided)
    }

    /// What one break shows; nothing for content.
    fn one(
        &self,
        opportunity: &Opportunity<'_>,
    ) -> Result<Option<(Fill, SessionAds)>, NotRecorded> {
        let Some(profile) = self.profile() else {
            return Ok(None);
        };
        let room = self.room(opportunity);
        let slate = match self.stream.filler {
            Filler::Slate => self.parts.library.slate(self.facts.stage.channel, profile),
            Filler::Content => None,
        };
        let (sets, ads) = self.ads(room, profile)?;
        if sets.is_empty() && slate.is_none() {
            return Ok(None);
        }
        let remainder = match self.stream.filler {
            Filler::Slate => Remainder::Slate,
            Filler::Content => Remainder::Content,
        };
        let fill = Fill::new(sets)
            .starting(opportunity.from, opportunity.carry)
            .with_slate(slate, remainder);
        Ok(Some((fill, ads)))
    }

    fn profile(&self) -> Option<ProfileKey> {
        let library = &self.parts.library;
        Some(library.profile_of(self.facts.stage.channel)?.key())
    }

    /// The time to fill.
    fn room(&self, opportunity: &Opportunity<'_>) -> Millis {
        let of = opportunity.of;
        let planned = || match of.kind {
            BreakKind::Insert => self.scheduled(of.no),
            BreakKind::Replace => None,
        };
        let millis = |micros: Micros| Millis(micros.0 / 1_000);
        let room = opportunity.room.map(millis);
        let room = room
            .or_else(planned)
            .or_else(|| of.planned.map(millis).filter(|planned| planned.0 > 0));
        room.unwrap_or(self.stream.break_default)
            .min(self.stream.break_max)
    }

    /// How long the inserted break of a number was scheduled to be: they come in the order in
    /// which the schedule has them.
    fn scheduled(&self, no: u32) -> Option<Millis> {
        let breaks = self.screen.snapshot.breaks().iter();
        let inserts = breaks.filter(|one| one.kind == BreakKind::Insert);
        let place = inserts.map(|one| one.no).position(|one| one == no)?;
        Some(self.stream.breaks.get(place)?.duration)
    }

    /// Decides, reserves, and finds the ads as segments.
    fn ads(
        &self,
        room: Millis,
        profile: ProfileKey,
    ) -> Result<(Vec<Arc<RenditionSet>>, SessionAds), NotRecorded> {
        let nothing = (Vec::new(), SmallVec::new());
        if room.0 == 0 {
            return Ok(nothing);
        }
        let mut request = self.facts.request.clone();
        request.opening = Opening::Pod(PodShape {
            duration: room,
            ..self.shape(room)
        });
        request.profile = Some(profile);
        let parts = self.parts;
        let (now, roll) = (parts.clock.now(), Roll(parts.entropy.roll()));
        let Ok(placed) = parts.placement.place(self.catalog, &request, now, roll)? else {
            return Ok(nothing);
        };
        let sets = self.sets(&placed, profile);
        let total: u64 = placed.ads.iter().map(|placed| placed.ad.duration.0).sum();
        let enough = room.0.saturating_mul(u64::from(self.stream.fill_min)) / 1_000;
        match sets {
            Some(sets) if total >= enough => {
                let ads = placed.ads.iter();
                let ads = ads.map(|placed| SessionAd::of(&placed.ad, self.facts));
                Ok((sets, ads.collect()))
            }
            _ => {
                parts.placement.withdraw(&placed);
                Ok(nothing)
            }
        }
    }

    /// The kind of pod of the channel, for a break of another length.
    fn shape(&self, room: Millis) -> PodShape {
        match &self.facts.request.opening {
            Opening::Pod(shape) => PodShape {
                slots: Vec::new(),
                min_ad: shape.min_ad.filter(|min| *min <= room),
                ..shape.clone()
            },
            Opening::Slot(_) => PodShape::of(room),
        }
    }

    fn sets(&self, placed: &Placed<'_>, profile: ProfileKey) -> Option<Vec<Arc<RenditionSet>>> {
        let library = &self.parts.library;
        let ads = placed.ads.iter();
        ads.map(|placed| library.creative(placed.ad.creative, profile))
            .collect()
    }
}

const fn join(join: Join) -> stitch::Join {
    match join {
        Join::Partial => stitch::Join::Partial,
        Join::Suppress => stitch::Join::Suppress,
    }
}
