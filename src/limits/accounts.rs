//! Accounts, found by the number of a campaign or an order without hashing or locking.
//!
//! Such numbers are small and dense, so an account is a place in an array. The array is cut into
//! leaves that are made when the first account of theirs is touched, so that one odd large id
//! costs two small tables and not gigabytes.

use std::sync::OnceLock;

use super::account::Account;

const LEAF_BITS: u32 = 8;
const TABLE_BITS: u32 = 12;
const LEAF: usize = 1 << LEAF_BITS;
const TABLE: usize = 1 << TABLE_BITS;

type Leaf = Box<[Account]>;
type Table<T> = Box<[OnceLock<T>]>;

/// All accounts: a table of tables of leaves.
#[derive(Debug)]
pub(super) struct Accounts(Table<Table<Leaf>>);

impl Accounts {
    pub(super) fn new() -> Self {
        Self(table())
    }

    /// The account with this number, if it or a neighbour was ever touched.
    pub(super) fn find(&self, number: u32) -> Option<&Account> {
        let (top, middle, place) = split(number);
        self.0.get(top)?.get()?.get(middle)?.get()?.get(place)
    }

    /// The account with this number, made when it is not there.
    pub(super) fn open(&self, number: u32) -> &Account {
        let (top, middle, place) = split(number);
        let found = self.0.get(top).and_then(|slot| {
            let leaf = slot.get_or_init(table).get(middle)?;
            leaf.get_or_init(|| (0..LEAF).map(|_| Account::default()).collect())
                .get(place)
        });
        found.expect("the three parts of a number are below the sizes of the tables")
    }
}

fn table<T>() -> Table<T> {
    (0..TABLE).map(|_| OnceLock::new()).collect()
}

/// The places in the table, in the inner table and in the leaf.
const fn split(number: u32) -> (usize, usize, usize) {
    let id = number as usize;
    (
        id >> (TABLE_BITS + LEAF_BITS),
        (id >> LEAF_BITS) & (TABLE - 1),
        id & (LEAF - 1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_has_one_account_of_its_own() {
        let accounts = Accounts::new();
        let ids = [0, 1, 255, 256, 65_535, 1 << 20, u32::MAX - 1, u32::MAX];
        assert!(accounts.find(0).is_none());
        for id in ids {
            let made: *const Account = accounts.open(id);
            let found: *const Account = accounts.find(id).unwrap();
            assert_eq!(made, found);
        }
        let places: std::collections::BTreeSet<*const Account> = ids
            .iter()
            .map(|&id| std::ptr::from_ref(accounts.open(id)))
            .collect();
        assert_eq!(places.len(), ids.len());
    }
}
