//! Gives every served ad its id, and no two ads the same, through any crash.
//!
//! Segments of ids are claimed in the ledger before the first of them is given out. What a crash
//! leaves of a segment is never used: there are enough.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::ServedAdId;
use crate::model::id::{SEGMENT_BITS, SEQUENCE_BITS};

/// Segments claimed at one time: four million ads.
const SEGMENTS_CLAIMED: u32 = 4;
/// One past the last id of a node, counted through its segments.
const END: u64 = 1 << (SEGMENT_BITS + SEQUENCE_BITS);

/// The ids of one node, in order.
#[derive(Debug)]
pub struct ServedAdIds {
    node: u16,
    /// The next id, as segment and sequence in one number.
    next: AtomicU64,
    /// Ids from this one on are not claimed yet.
    limit: AtomicU64,
}

impl ServedAdIds {
    /// The ids of `node` from `segment` on; none is claimed yet.
    pub fn starting(node: u16, segment: u32) -> Self {
        let first = u64::from(segment) << SEQUENCE_BITS;
        Self {
            node,
            next: AtomicU64::new(first),
            limit: AtomicU64::new(first),
        }
    }

    /// The id of the next served ad. None when all that is claimed is used up, which takes a disk
    /// that cannot be written for millions of ads.
    pub fn next(&self) -> Option<ServedAdId> {
        let next = self.next.fetch_add(1, Ordering::Relaxed);
        if next >= self.limit.load(Ordering::Acquire) {
            return None;
        }
        let (segment, sequence) = (next >> SEQUENCE_BITS, next & ((1 << SEQUENCE_BITS) - 1));
        let small = |part: u64| u32::try_from(part).ok();
        Some(ServedAdId::compose(
            self.node,
            small(segment)?,
            small(sequence)?,
        ))
    }

    /// The segment up to which to claim, when less than half a claim is left. The claim is to be
    /// kept first and then granted.
    pub(super) fn wanted(&self) -> Option<u32> {
        let limit = self.limit.load(Ordering::Acquire);
        let left = limit.saturating_sub(self.next.load(Ordering::Relaxed));
        if left > u64::from(SEGMENTS_CLAIMED / 2) << SEQUENCE_BITS {
            return None;
        }
        // Ids asked for in vain are skipped, so that a claim never covers them again.
        let from = self.next.load(Ordering::Relaxed).max(limit);
        let wanted = from
            .div_ceil(1 << SEQUENCE_BITS)
            .checked_add(u64::from(SEGMENTS_CLAIMED))?;
        (wanted << SEQUENCE_BITS <= END)
            .then(|| u32::try_from(wanted).ok())
            .flatten()
    }

    /// The segment up to which all are claimed.
    pub(super) fn claimed(&self) -> u32 {
        let limit = self.limit.load(Ordering::Acquire) >> SEQUENCE_BITS;
        u32::try_from(limit).unwrap_or(u32::MAX)
    }

    /// The claim up to `segment` is kept.
    pub(super) fn grant(&self, segment: u32) {
        let limit = u64::from(segment) << SEQUENCE_BITS;
        self.limit.fetch_max(limit, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn nothing_is_given_before_it_is_claimed() {
        let ids = ServedAdIds::starting(3, 7);
        assert_eq!(ids.next(), None);
        let wanted = ids.wanted().unwrap();
        ids.grant(wanted);
        assert_eq!(ids.wanted(), None, "enough is claimed");
        let first = ids.next().unwrap();
        assert_eq!(
            first,
            ServedAdId::compose(3, 7, 1),
            "the one asked for in vain is skipped"
        );
        assert!(wanted > 7 + SEGMENTS_CLAIMED);
    }

    #[test]
    fn a_claim_is_renewed_in_time_and_ends_where_it_was_kept() {
        let ids = ServedAdIds::starting(0, 0);
        ids.grant(2);
        let mut given = 0_u64;
        while ids.next().is_some() {
            given += 1;
        }
        assert_eq!(given, 2 << SEQUENCE_BITS);
        assert!(ids.wanted().is_some());
    }

    #[test]
    fn the_last_segment_is_never_passed() {
        let ids = ServedAdIds::starting(0, u32::MAX - 2);
        assert_eq!(ids.wanted(), None);
        assert_eq!(ids.next(), None);
    }

    #[test]
    fn threads_never_share_an_id() {
        let ids = ServedAdIds::starting(1, 0);
        ids.grant(1);
        let all: Vec<ServedAdId> = std::thread::scope(|scope| {
            let take = || (0..5_000).map(|_| ids.next().unwrap()).collect::<Vec<_>>();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(take)).collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap())
                .collect()
        });
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }
}
