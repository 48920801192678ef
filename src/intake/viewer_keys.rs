//! Identities as keyed hashes: what frequency caps count by, and nobody can turn back.

use std::fmt;
use std::hash::Hasher as _;

use siphasher::sip::SipHasher24;

use crate::model::viewer::Identified;
use crate::model::{CapScope, TenantId, ViewerKey};

/// Bytes of a key.
pub const VIEWER_KEY_LEN: usize = 16;

/// The secret of now and the one before.
///
/// SipHash-2-4 is a pseudo-random function under a secret key of 128 bits (Aumasson and
/// Bernstein, 2012): without the key a hash says nothing of the id, not even whether two hashes
/// of two keys belong together; with the key no hash would hide an IPv4 address. A request hashes
/// up to five identities under two keys, which HMAC-SHA-256 makes ten times as dear.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ViewerKeys {
    current: [u8; VIEWER_KEY_LEN],
    previous: Option<[u8; VIEWER_KEY_LEN]>,
}

impl ViewerKeys {
    /// Hashes under `current` and, as long as something counted under it may matter, `previous`.
    pub const fn new(
        current: [u8; VIEWER_KEY_LEN],
        previous: Option<[u8; VIEWER_KEY_LEN]>,
    ) -> Self {
        Self { current, previous }
    }

    /// An identity of a tenant's viewer. Tenant and scope are part of what is hashed, so that
    /// nobody can join two tenants, or a user and a device of one name.
    pub fn key(&self, tenant: TenantId, scope: CapScope, id: &[u8]) -> Identified {
        let under = |key: &[u8; VIEWER_KEY_LEN]| {
            let mut hasher = SipHasher24::new_with_key(key);
            hasher.write(&tenant.get().to_le_bytes());
            hasher.write(&[scope as u8]);
            hasher.write(id);
            ViewerKey(hasher.finish())
        };
        Identified {
            key: under(&self.current),
            before: self.previous.as_ref().map(under),
        }
    }
}

/// Never says a digit of the keys.
impl fmt::Debug for ViewerKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ViewerKeys").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(number: u64) -> TenantId {
        format!("ten_{number}").parse().unwrap()
    }

    #[test]
    fn tenant_scope_id_and_key_each_make_another_hash() {
        let keys = ViewerKeys::new([1; 16], None);
        let one = keys.key(tenant(1), CapScope::User, b"a");
        assert_eq!(keys.key(tenant(1), CapScope::User, b"a"), one);
        assert_eq!(one.before, None);
        for other in [
            keys.key(tenant(2), CapScope::User, b"a"),
            keys.key(tenant(1), CapScope::Device, b"a"),
            keys.key(tenant(1), CapScope::User, b"b"),
            ViewerKeys::new([2; 16], None).key(tenant(1), CapScope::User, b"a"),
        ] {
            assert_ne!(other.key, one.key);
        }
    }

    #[test]
    fn after_a_rotation_the_hash_before_is_still_known_and_after_two_it_is_not() {
        let hash = |keys: ViewerKeys| keys.key(tenant(1), CapScope::Device, b"ifa");
        let first = hash(ViewerKeys::new([1; 16], None));
        let second = hash(ViewerKeys::new([2; 16], Some([1; 16])));
        let third = hash(ViewerKeys::new([3; 16], Some([2; 16])));
        assert_eq!(second.before, Some(first.key));
        assert_eq!(third.before, Some(second.key));
        assert!(third.key != first.key && third.before != Some(first.key));
    }

    #[test]
    fn nobody_reads_the_keys_in_a_log() {
        let shown = format!("{:?}", ViewerKeys::new([0xab; 16], Some([0xcd; 16])));
        assert_eq!(shown, "ViewerKeys { .. }");
    }
}
