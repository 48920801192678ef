//! What a reservation changed: enough to take it back, and for the durable log to do it again.

use crate::decision::caps::{CapCounter, Horizon};
use crate::model::{Timestamp, ViewerKey};

/// One change to what is counted. Done twice it changes nothing more, so that a log can be
/// replayed over a snapshot that has some of it already, as long as the order is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapChange {
    /// An instant was counted.
    Granted {
        /// For which ad of the reservation.
        ad: u8,
        /// Under which key.
        viewer: ViewerKey,
        /// By which cap.
        counter: CapCounter,
        /// How long it may matter.
        horizon: Horizon,
        /// Which instant: no other one of this count.
        at: Timestamp,
    },
    /// An instant is not counted any more.
    Released {
        /// Under which key it was.
        viewer: ViewerKey,
        /// By which cap.
        counter: CapCounter,
        /// Which instant.
        at: Timestamp,
    },
    /// All that was counted under one key is counted under another since.
    Moved {
        /// The key before.
        from: ViewerKey,
        /// The key of now.
        to: ViewerKey,
        /// When.
        at: Timestamp,
    },
}

/// What one reservation changed, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    changes: Vec<CapChange>,
}

impl Receipt {
    pub(super) fn push(&mut self, change: CapChange) {
        self.changes.push(change);
    }

    pub(super) fn with_room_for(grants: usize) -> Self {
        Self {
            changes: Vec::with_capacity(grants),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub(super) fn append(&mut self, mut later: Self) {
        self.changes.append(&mut later.changes);
    }

    /// Everything for the durable log. It holds more than the grants when the key of a viewer has
    /// changed: the counts that went along are stated again.
    pub fn changes(&self) -> &[CapChange] {
        &self.changes
    }

    /// What releasing all its ads changes: not what has moved along with a key.
    pub fn taken_back(&self) -> Vec<CapChange> {
        let of_ads = |change: &&CapChange| !matches!(change, CapChange::Granted { ad: NO_AD, .. });
        let released = self.changes.iter().filter(of_ads);
        released.filter_map(CapChange::taken_back).collect()
    }

    /// The grants of one ad of the reservation: what [`super::CapStore::release`] takes back when
    /// that ad is not seen.
    pub fn of_ad(&self, wanted: u8) -> impl Iterator<Item = CapChange> + '_ {
        let is_of = move |change: &&CapChange| matches!(change, CapChange::Granted { ad, .. } if *ad == wanted);
        self.changes.iter().filter(is_of).copied()
    }
}

/// The grants that go along with a move belong to no ad of the reservation.
pub(super) const NO_AD: u8 = u8::MAX;

const GRANTED: u8 = 1;
const RELEASED: u8 = 2;
const MOVED: u8 = 3;
/// Longest change in bytes.
pub const CHANGE_BYTES_MAX: usize = 26;

impl CapChange {
    /// What takes it back, where it counted something.
    pub const fn taken_back(&self) -> Option<Self> {
        match *self {
            Self::Granted {
                viewer,
                counter,
                at,
                ..
            } => Some(Self::Released {
                viewer,
                counter,
                at,
            }),
            Self::Released { .. } | Self::Moved { .. } => None,
        }
    }

    /// Appends the change to an entry of the log; at most [`CHANGE_BYTES_MAX`] bytes, all numbers
    /// little endian.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        match *self {
            Self::Granted {
                ad,
                viewer,
                counter,
                horizon,
                at,
            } => {
                let bits = counter.to_bits().unwrap_or(u64::MAX >> 4);
                let packed = bits << 4 | u64::from(horizon.class());
                bytes.extend([GRANTED, ad]);
                put(bytes, &[viewer.0, packed, at.millis().cast_unsigned()]);
            }
            Self::Released {
                viewer,
                counter,
                at,
            } => {
                let packed = counter.to_bits().unwrap_or(u64::MAX);
                bytes.push(RELEASED);
                put(bytes, &[viewer.0, packed, at.millis().cast_unsigned()]);
            }
            Self::Moved { from, to, at } => {
                bytes.push(MOVED);
                put(bytes, &[from.0, to.0, at.millis().cast_unsigned()]);
            }
        }
    }

    /// Reads what [`CapChange::write`] wrote and moves `bytes` behind it; none, without moving,
    /// when that is not there.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mut rest = *bytes;
        let kind = take::<1>(&mut rest)?[0];
        let ad = if kind == GRANTED {
            take::<1>(&mut rest)?[0]
        } else {
            NO_AD
        };
        let mut number = || take(&mut rest).map(u64::from_le_bytes);
        let (first, second, at) = (number()?, number()?, number()?);
        let at = Timestamp::from_millis(at.cast_signed());
        let viewer = ViewerKey(first);
        let change = match kind {
            GRANTED => Self::Granted {
                ad,
                viewer,
                counter: CapCounter::from_bits(second >> 4)?,
                horizon: Horizon::from_class(u8::try_from(second & 15).ok()?)?,
                at,
            },
            RELEASED => Self::Released {
                viewer,
                counter: CapCounter::from_bits(second)?,
                at,
            },
            MOVED => Self::Moved {
                from: viewer,
                to: ViewerKey(second),
                at,
            },
            _ => return None,
        };
        *bytes = rest;
        Some(change)
    }
}

fn put(bytes: &mut Vec<u8>, numbers: &[u64; 3]) {
    for number in numbers {
        bytes.extend(number.to_le_bytes());
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}
