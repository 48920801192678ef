//! `adctl version`: of this program and of the daemon.

use serde::Serialize;

use super::exit::Exit;
use super::failure::Outcome;
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api;
use crate::client::Call;

/// Both versions.
#[derive(Debug, Serialize)]
struct Versions {
    client: String,
    /// None when no daemon answers.
    server: Option<api::Version>,
}

/// Runs `adctl version`. It answers without a daemon, too.
pub(super) async fn run(session: &mut Session) -> Outcome {
    let server = session
        .send::<api::Version>(Call::get("/api/v1/version"))
        .await;
    let (server, silence) = match server {
        Ok(server) => (Some(server), None),
        Err(failure) => (None, Some(failure.message)),
    };
    let versions = Versions {
        client: env!("CARGO_PKG_VERSION").to_owned(),
        server,
    };
    session.out.item(&versions)?;
    if let Some(silence) = silence {
        session
            .out
            .note(&format!("version of the daemon: {silence}"));
    }
    let other = versions
        .server
        .as_ref()
        .filter(|server| server.version != versions.client);
    if let Some(server) = other {
        let (ours, theirs) = (&versions.client, &server.version);
        session
            .out
            .warn(&format!("adctl is {ours} and adserved is {theirs}"));
    }
    Ok(Exit::Done)
}

impl Row for Versions {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("client", "ADCTL", |row| Value::text(&row.client)),
        Column::shown("server", "ADSERVED", |row| {
            Value::of(row.server.as_ref(), |server| Value::text(&server.version))
        }),
        Column::shown("catalog_schema", "CATALOG SCHEMA", |row| {
            Value::of(row.server.as_ref(), |server| {
                Value::text_of(&server.catalog_schema)
            })
        }),
        Column::shown("ledger_schema", "LEDGER SCHEMA", |row| {
            Value::of(row.server.as_ref(), |server| {
                Value::text_of(&server.ledger_schema)
            })
        }),
    ];

    fn id(&self) -> &str {
        &self.client
    }
}
