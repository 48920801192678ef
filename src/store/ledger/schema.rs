//! What `ledger.db` is and how it came to be.

use crate::store::sqlite::{Migration, Schema, Synchronous};

/// The source of truth of what happened.
pub static SCHEMA: Schema = Schema {
    name: "ledger",
    application_id: 0x4164_4c65, // "AdLe"
    // An acknowledged event survives a power cut.
    synchronous: Synchronous::Full,
    migrations: &[
        Migration {
            number: 1,
            name: "what_happened",
            sql: include_str!("../../../migrations/ledger/0001_what_happened.sql"),
        },
        Migration {
            number: 2,
            name: "counts_follow",
            sql: include_str!("../../../migrations/ledger/0002_counts_follow.sql"),
        },
        Migration {
            number: 3,
            name: "orders",
            sql: include_str!("../../../migrations/ledger/0003_orders.sql"),
        },
        Migration {
            number: 4,
            name: "receivers",
            sql: include_str!("../../../migrations/ledger/0004_receivers.sql"),
        },
    ],
};
