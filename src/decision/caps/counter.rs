//! The name of one count: what is counted, and by which of its caps.

use crate::model::{CampaignId, CapScope, CreativeId, OrderId};

/// Largest id that can be counted. Ids are given one after the other, so this is a billion of
/// them; what has a larger one and a cap is not served.
pub const SUBJECT_ID_MAX: u32 = (1 << ID_BITS) - 1;

const ID_BITS: u32 = 30;
/// Caps that are stored: all scopes but the pod.
const SCOPES: [CapScope; 5] = [
    CapScope::User,
    CapScope::Device,
    CapScope::Household,
    CapScope::Address,
    CapScope::Session,
];

/// What a cap is a cap on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CapSubject {
    /// One campaign.
    Campaign(CampaignId),
    /// All campaigns of one order together.
    Order(OrderId),
    /// One creative.
    Creative(CreativeId),
}

/// One cap of one subject. A list of caps has at most one of each scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CapCounter {
    /// What it is a cap on.
    pub subject: CapSubject,
    /// By whom the cap counts, whether or not it has to fall back.
    pub scope: CapScope,
}

/// A [`CapCounter`] in 34 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Packed(pub(super) u64);

impl Packed {
    pub(super) const BITS: u32 = ID_BITS + 4;
    /// No counter: the record says where the others went.
    pub(super) const MOVED: Self = Self(15 << ID_BITS);
}

impl CapCounter {
    /// None for the scope of the pod, which is not stored, and for ids that cannot be counted.
    pub(super) fn pack(self) -> Option<Packed> {
        let (kind, id) = match self.subject {
            CapSubject::Campaign(id) => (0, id.get()),
            CapSubject::Order(id) => (1, id.get()),
            CapSubject::Creative(id) => (2, id.get()),
        };
        let scope = match self.scope {
            CapScope::User => 0,
            CapScope::Device => 1,
            CapScope::Household => 2,
            CapScope::Address => 3,
            CapScope::Session => 4,
            CapScope::Pod => return None,
        };
        let tag: u64 = kind * 5 + scope;
        (id <= SUBJECT_ID_MAX).then_some(Packed((tag << ID_BITS) | u64::from(id)))
    }

    /// Whether it can be stored at all.
    pub fn is_countable(self) -> bool {
        self.pack().is_some()
    }

    /// The counter in 34 bits, for the log; none for one that is not stored.
    pub fn to_bits(self) -> Option<u64> {
        self.pack().map(|packed| packed.0)
    }

    /// Reads what [`CapCounter::to_bits`] gave.
    pub fn from_bits(bits: u64) -> Option<Self> {
        let id = u32::try_from(bits & u64::from(SUBJECT_ID_MAX)).ok()?;
        let tag = usize::try_from(bits >> ID_BITS).ok()?;
        let subject = match tag / 5 {
            0 => CapSubject::Campaign(CampaignId::new(id)),
            1 => CapSubject::Order(OrderId::new(id)),
            2 => CapSubject::Creative(CreativeId::new(id)),
            _ => return None,
        };
        let scope = *SCOPES.get(tag % 5)?;
        Some(Self { subject, scope })
    }
}
