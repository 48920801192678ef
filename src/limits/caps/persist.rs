//! Snapshots of the shards, and the replay of what came after them.
//!
//! To lose nothing: write every change of a receipt to the log, in order, before the answer
//! leaves; take a snapshot of each shard now and then, and put it in the place of the one before
//! only when the log is durable up to the instant it was taken. To start: load all snapshots, in
//! any order, then replay the log from where the oldest of them began. Changes that a snapshot
//! has already change nothing.
//!
//! | bytes of a snapshot | what, little endian |
//! |---|---|
//! | 1 | version of this layout, 1 |
//! | 4 | CRC-32C of everything after it |
//! | 8 | the instant before which nothing is counted any more, in milliseconds |
//! | 4 | number of viewers |
//! | 8 + 4 + n each | key, length and records of a viewer |

use crc_fast::{CrcAlgorithm, checksum};

use super::{CapChange, CapStore};
use crate::decision::caps::{Draft, Records};
use crate::model::{Timestamp, ViewerKey};

const VERSION: u8 = 1;

/// Why bytes are not a snapshot. Nothing of them was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// Written by a version of the program that this one does not know.
    #[error("has the unknown layout {0}")]
    Version(u8),
    /// Changed since it was written.
    #[error("is damaged: its checksum does not fit")]
    Checksum,
    /// Cut short, or holding what was never written.
    #[error("is malformed")]
    Malformed,
}

impl CapStore {
    /// Everything in one shard, below [`super::SHARDS`]; none for a number beyond.
    pub fn snapshot(&self, index: usize) -> Option<Vec<u8>> {
        if index >= super::SHARDS {
            return None;
        }
        let shard = self.lock_at(index);
        let floor = self.instant(Timestamp::default()).millis();
        let mut body = Vec::with_capacity(12 + shard.bytes());
        body.extend(floor.to_le_bytes());
        body.extend(u32::try_from(shard.len()).ok()?.to_le_bytes());
        for (key, records) in shard.iter() {
            let block = records.as_bytes();
            body.extend(key.0.to_le_bytes());
            body.extend(u32::try_from(block.len()).ok()?.to_le_bytes());
            body.extend_from_slice(block);
        }
        drop(shard);
        let mut bytes = Vec::with_capacity(body.len() + 5);
        bytes.push(VERSION);
        bytes.extend(crc(&body).to_le_bytes());
        bytes.append(&mut body);
        Some(bytes)
    }

    /// Adds what [`CapStore::snapshot`] gave to what is there. Answers of how many viewers.
    pub fn load(&self, bytes: &[u8]) -> Result<usize, LoadError> {
        let (&version, rest) = bytes.split_first().ok_or(LoadError::Malformed)?;
        if version != VERSION {
            return Err(LoadError::Version(version));
        }
        let (sum, body) = rest.split_first_chunk().ok_or(LoadError::Malformed)?;
        if crc(body) != u32::from_le_bytes(*sum) {
            return Err(LoadError::Checksum);
        }
        let (floor, viewers) = read(body).ok_or(LoadError::Malformed)?;
        self.advance(floor);
        for &(key, block) in &viewers {
            let records = Records::new(block);
            if let Some(to) = records.moved_to() {
                let at = Timestamp::from_millis(records.newest().cast_signed());
                self.move_counts(key, to, at);
            } else {
                self.edit(key, |draft| {
                    draft.union(records);
                    true
                });
            }
        }
        Ok(viewers.len())
    }

    /// Does again what the log says was done.
    pub fn replay(&self, change: CapChange) {
        match change {
            CapChange::Granted {
                viewer,
                counter,
                horizon,
                at,
                ..
            } => {
                self.edit(viewer, |draft: &mut Draft| {
                    self.advance(at);
                    draft.restore(counter, horizon, at);
                    true
                });
            }
            CapChange::Released {
                viewer,
                counter,
                at,
            } => {
                self.remove(viewer, counter, at);
            }
            CapChange::Moved { from, to, at } => self.move_counts(from, to, at),
        }
    }
}

pub(super) fn crc(bytes: &[u8]) -> u32 {
    let sum = checksum(CrcAlgorithm::Crc32Iscsi, bytes);
    u32::try_from(sum).unwrap_or(u32::MAX)
}

type Loaded<'a> = (Timestamp, Vec<(ViewerKey, &'a [u8])>);

fn read(mut body: &[u8]) -> Option<Loaded<'_>> {
    let floor = i64::from_le_bytes(take(&mut body)?);
    let count = u32::from_le_bytes(take(&mut body)?);
    let mut viewers = Vec::new();
    for _ in 0..count {
        let key = ViewerKey(u64::from_le_bytes(take(&mut body)?));
        let len = usize::try_from(u32::from_le_bytes(take(&mut body)?)).ok()?;
        let (block, rest) = body.split_at_checked(len)?;
        if !Records::are_well_formed(block) {
            return None;
        }
        viewers.push((key, block));
        body = rest;
    }
    body.is_empty()
        .then_some((Timestamp::from_millis(floor), viewers))
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}
