//! What `catalog.db` is and how it came to be.

use crate::store::sqlite::{Migration, Schema, Synchronous};

/// The source of truth of what is sold.
pub static SCHEMA: Schema = Schema {
    name: "catalog",
    application_id: 0x4164_4361, // "AdCa"
    // An acknowledged change must survive a power cut too; operators make few.
    synchronous: Synchronous::Full,
    migrations: &[
        Migration {
            number: 1,
            name: "what_is_sold",
            sql: include_str!("../../../migrations/catalog/0001_what_is_sold.sql"),
        },
        Migration {
            number: 2,
            name: "rules_of_delivery",
            sql: include_str!("../../../migrations/catalog/0002_rules_of_delivery.sql"),
        },
        Migration {
            number: 3,
            name: "streams",
            sql: include_str!("../../../migrations/catalog/0003_streams.sql"),
        },
        Migration {
            number: 4,
            name: "renditions",
            sql: include_str!("../../../migrations/catalog/0004_renditions.sql"),
        },
        Migration {
            number: 5,
            name: "people",
            sql: include_str!("../../../migrations/catalog/0005_people.sql"),
        },
        Migration {
            number: 6,
            name: "quotas",
            sql: include_str!("../../../migrations/catalog/0006_quotas.sql"),
        },
    ],
};
