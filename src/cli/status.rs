//! `adctl status`: how the daemon is.

use super::exit::Exit;
use super::failure::Outcome;
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::ServerStatus;
use crate::client::Call;

/// Runs `adctl status`. A part that does not work is the answer "no".
pub(super) async fn run(session: &mut Session) -> Outcome {
    let status: ServerStatus = session.send(Call::get("/api/v1/status")).await?;
    session.out.item(&status)?;
    let broken: Vec<String> = status
        .dependencies
        .iter()
        .filter(|(_part, state)| *state != "ok")
        .map(|(part, state)| format!("{part}: {state}"))
        .collect();
    for line in &broken {
        session.out.warn(line);
    }
    Ok(if broken.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

impl Row for ServerStatus {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("version", "VERSION", |row| Value::text(&row.version)),
        Column::shown("pid", "PID", |row| Value::text_of(&row.pid)),
        Column::shown("started_at", "STARTED", |row| Value::Ago(&row.started_at)),
        Column::shown("data_dir", "DATA", |row| Value::text(&row.data_dir)),
        Column::shown("public_url", "PUBLIC URL", |row| {
            Value::text(&row.public_url)
        }),
        Column::shown("catalog_revision", "CATALOG", |row| {
            Value::text_of(&row.catalog_revision)
        }),
        Column::shown("offers", "OFFERS", |row| Value::Count(row.offers)),
        Column::shown("requests", "REQUESTS", |row| Value::Count(row.requests)),
        Column::shown("served", "SERVED", |row| Value::Count(row.served)),
        Column::shown("events", "EVENTS", |row| Value::Count(row.events)),
        Column::shown("duplicates", "REPEATED", |row| Value::Count(row.duplicates)),
        Column::shown("refused", "REFUSED", |row| Value::Count(row.refused)),
        Column::shown("queue", "QUEUE", |row| Value::Count(row.queue)),
        Column::shown("dependencies", "PARTS", |row| {
            let parts = row
                .dependencies
                .iter()
                .map(|(part, state)| format!("{part} {state}"));
            Value::text_of(&parts.collect::<Vec<_>>().join(", "))
        }),
    ];

    fn id(&self) -> &str {
        &self.version
    }
}
