//! What one viewer has seen, copied once for a decision, and the caps held against it.

use super::draft::Draft;
use super::records::{Records, Ring};
use super::window::{first_full, room};
use super::{Calendar, CapCounter, CapSubject};
use crate::model::cap::COUNT_MAX;
use crate::model::{Cap, CapFallback, CapScope, CapWindow, Identity, Timestamp};

/// An identity that caps can count by, from the strongest to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The account.
    User,
    /// The device.
    Device,
    /// Those who live together.
    Household,
    /// The network address.
    Address,
    /// The sitting.
    Session,
}

/// All of them, in the order in which a cap falls back.
pub const PLACES: [Place; 5] = [
    Place::User,
    Place::Device,
    Place::Household,
    Place::Address,
    Place::Session,
];

impl Place {
    /// The one of a scope; none for the pod.
    const fn named(scope: CapScope) -> Option<Self> {
        match scope {
            CapScope::User => Some(Self::User),
            CapScope::Device => Some(Self::Device),
            CapScope::Household => Some(Self::Household),
            CapScope::Address => Some(Self::Address),
            CapScope::Session => Some(Self::Session),
            CapScope::Pod => None,
        }
    }

    /// The same as the scope of a cap.
    pub const fn scope(self) -> CapScope {
        match self {
            Self::User => CapScope::User,
            Self::Device => CapScope::Device,
            Self::Household => CapScope::Household,
            Self::Address => CapScope::Address,
            Self::Session => CapScope::Session,
        }
    }

    /// What a request says of it.
    pub const fn of(self, identity: &Identity) -> Option<crate::model::viewer::Identified> {
        match self {
            Self::User => identity.user,
            Self::Device => identity.device,
            Self::Household => identity.household,
            Self::Address => identity.address,
            Self::Session => identity.session,
        }
    }
}

/// Which identity a cap counts by, of those that are present; none when the ad is not served.
///
/// A cap by pod counts by no identity: it is never asked for here.
pub fn counted_by(cap: &Cap, is_present: impl Fn(Place) -> bool) -> Option<Place> {
    let own = Place::named(cap.scope).filter(|&place| is_present(place));
    match (own, cap.fallback) {
        (Some(own), _) => Some(own),
        (None, CapFallback::Next) => PLACES.into_iter().find(|&place| is_present(place)),
        (None, CapFallback::Skip) => None,
    }
}

/// Why a cap leaves no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Refusal {
    /// On what the cap is.
    pub subject: CapSubject,
    /// By whom it counts.
    pub scope: CapScope,
    /// What stands against the ad.
    pub cause: RefusalCause,
}

/// What stands against an ad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalCause {
    /// A window is full.
    Window {
        /// The identity that was counted by: another one than the scope when the cap fell back.
        by: CapScope,
        /// The first of the windows that is full.
        window: CapWindow,
    },
    /// Nothing is known to count by.
    Unidentified,
    /// The count cannot be kept: the id is beyond [`super::SUBJECT_ID_MAX`], or too much is
    /// stored of the viewer already.
    Uncountable,
}

/// Where the records of one identity are, and what may be among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Span {
    start: u32,
    end: u32,
    /// One bit of 64 for each counter: nearly all candidates are new to the viewer.
    filter: u64,
}

/// What one viewer has seen, under each identity of a request.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Stored")]
pub struct Exposures {
    bytes: Vec<u8>,
    places: [Option<Span>; PLACES.len()],
    floor: Timestamp,
}

/// Exposures as they come from outside.
#[derive(serde::Deserialize)]
struct Stored {
    bytes: Vec<u8>,
    places: [Option<Span>; PLACES.len()],
    floor: Timestamp,
}

/// Bytes that are no exposures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the exposures of a viewer are damaged")]
struct Damaged;

/// Whatever is read later is read without a check, so all of it is checked here.
impl TryFrom<Stored> for Exposures {
    type Error = Damaged;

    fn try_from(stored: Stored) -> Result<Self, Damaged> {
        for span in stored.places.iter().flatten() {
            let bytes = stored.bytes.get(span.start as usize..span.end as usize);
            let bytes = bytes.ok_or(Damaged)?;
            let records = Records::new(bytes);
            let is_sound = Records::are_well_formed(bytes) && records.moved_to().is_none();
            if !is_sound || records.filter() != span.filter {
                return Err(Damaged);
            }
        }
        Ok(Self {
            bytes: stored.bytes,
            places: stored.places,
            floor: stored.floor,
        })
    }
}

impl Exposures {
    /// Of a viewer of whom nothing is stored, with the identities of a request.
    pub fn none_of(identity: &Identity) -> Self {
        let mut exposures = Self::default();
        for place in PLACES
            .into_iter()
            .filter(|place| place.of(identity).is_some())
        {
            exposures.add(place, Records::default());
        }
        exposures
    }

    /// Forgets everything, to be filled anew, at instants from `floor` on.
    pub fn clear(&mut self, floor: Timestamp) {
        self.bytes.clear();
        self.places = [None; PLACES.len()];
        self.floor = floor;
    }

    /// Adds what is counted under one identity.
    pub fn add(&mut self, place: Place, records: Records<'_>) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(records.as_bytes());
        // A viewer's records are bounded far below 4 GiB.
        let bound = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.places[place as usize] = Some(Span {
            start: bound(start),
            end: bound(self.bytes.len()),
            filter: records.filter(),
        });
    }

    /// Adds what is counted under an identity of two keys.
    pub fn add_union(&mut self, place: Place, records: Records<'_>, before: Records<'_>) {
        let mut both = Draft::of(records);
        both.union(before);
        self.add(place, both.records());
    }

    /// What is counted under one identity; none when the request does not have it.
    pub fn records(&self, place: Place) -> Option<Records<'_>> {
        let span = self.places[place as usize]?;
        let bytes = self.bytes.get(span.start as usize..span.end as usize);
        Some(Records::new(bytes.unwrap_or_default()))
    }

    /// The records of one identity, or none of them when the counter is not among them.
    fn records_for(
        &self,
        place: Place,
        subject: CapSubject,
        scope: CapScope,
    ) -> Option<Records<'_>> {
        let span = self.places[place as usize]?;
        if Records::may_hold(span.filter, CapCounter { subject, scope }) {
            return self.records(place);
        }
        Some(Records::default())
    }

    /// Whether all caps of a subject have room for one more ad; otherwise the first that has not.
    /// Caps by pod always do here: see [`super::pod_room`].
    pub fn allows(
        &self,
        subject: CapSubject,
        caps: &[Cap],
        calendar: &Calendar,
    ) -> Result<(), Refusal> {
        let calendar = calendar.not_before(self.floor);
        allows(subject, caps, &calendar, |place, scope| {
            self.records_for(place, subject, scope)
        })
    }

    /// For how many more ads all caps of a subject have room: what a pod may have of it, as far
    /// as its viewer is concerned. None is a refusal.
    pub fn room(
        &self,
        subject: CapSubject,
        caps: &[Cap],
        calendar: &Calendar,
    ) -> Result<u16, Refusal> {
        let calendar = &calendar.not_before(self.floor);
        let records = |place, _scope| self.records(place);
        allows(subject, caps, calendar, records)?;
        let mut least = COUNT_MAX;
        for cap in caps.iter().filter(|cap| cap.scope != CapScope::Pod) {
            let (place, ring) = count(subject, cap, records)?;
            least = least.min(room(cap, place.scope(), ring, calendar));
        }
        Ok(least)
    }
}

impl Exposures {
    /// How many ads of a subject the viewer was counted since an instant, by the cap that counted
    /// most; none where no cap counts.
    pub fn seen(&self, subject: CapSubject, caps: &[Cap], since: Timestamp) -> usize {
        let since = Ring::instant(since);
        let kept = caps.iter().filter(|cap| cap.scope != CapScope::Pod);
        let counted = kept.filter_map(|cap| {
            let (_place, ring) = count(subject, cap, |place, _scope| self.records(place)).ok()?;
            Some(ring.len() - ring.partition_point(|at| at < since))
        });
        counted.max().unwrap_or_default()
    }
}

/// Whether all caps of a subject, but for those by pod, have room for one more ad, by what is
/// counted under each identity that is present, by the cap of each scope.
pub fn allows<'a>(
    subject: CapSubject,
    caps: &[Cap],
    calendar: &Calendar,
    records: impl Fn(Place, CapScope) -> Option<Records<'a>>,
) -> Result<(), Refusal> {
    for cap in caps.iter().filter(|cap| cap.scope != CapScope::Pod) {
        let (place, ring) = count(subject, cap, &records)?;
        let by = place.scope();
        if let Some(window) = first_full(cap, by, ring, calendar) {
            return Err(Refusal {
                subject,
                scope: cap.scope,
                cause: RefusalCause::Window { by, window },
            });
        }
    }
    Ok(())
}

fn count<'a>(
    subject: CapSubject,
    cap: &Cap,
    records: impl Fn(Place, CapScope) -> Option<Records<'a>>,
) -> Result<(Place, Ring<'a>), Refusal> {
    let scope = cap.scope;
    let refusal = |cause| Refusal {
        subject,
        scope,
        cause,
    };
    let place = counted_by(cap, |place| records(place, scope).is_some());
    let place = place.ok_or(refusal(RefusalCause::Unidentified))?;
    let ring = records(place, scope)
        .unwrap_or_default()
        .ring(CapCounter { subject, scope });
    Ok((place, ring.ok_or(refusal(RefusalCause::Uncountable))?))
}
