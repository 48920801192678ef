//! Floor 5: facts in motion: events to the ledger, changes to the catalog that decides.
