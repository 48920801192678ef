//! `adctl history`: every change to the catalog.

use clap::Args;

use super::catalog::{self, PageArgs};
use super::failure::Outcome;
use super::output::{Column, Row, Value};
use super::session::Session;
use super::stats::resolve;
use crate::api::Operation;
use crate::client::Call;

/// Which changes to show.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl history
  adctl history --subject spring-launch
  adctl history --subject cmp_1a -o json
  adctl history --kind campaign --all -o jsonl")]
pub(super) struct Arguments {
    /// Only changes of this thing, by id or by any name it has had
    #[arg(long, value_name = "ID|NAME")]
    subject: Option<String>,
    /// Only changes of things of this kind, such as campaign or creative
    #[arg(long)]
    kind: Option<String>,
    /// Only what this one did, such as uid:1000
    #[arg(long)]
    actor: Option<String>,
    /// Only since this time; see adctl help time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    since: Option<String>,
    #[command(flatten)]
    page: PageArgs,
}

/// Runs `adctl history`.
pub(super) async fn run(args: Arguments, session: &mut Session) -> Outcome {
    let since = resolve(session, "--since", args.since.as_deref()).await?;
    let call = Call::get("/api/v1/operations")
        .with("subject", args.subject)
        .with("kind", args.kind)
        .with("actor", args.actor)
        .with("since", since);
    catalog::page::<Operation>(session, call, &args.page, "changes").await
}

impl Row for Operation {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("at", "WHEN", |row| Value::Ago(&row.at)),
        Column::shown("actor", "WHO", |row| Value::text(&row.actor)),
        Column::shown("action", "ACTION", |row| Value::Word(&row.action)),
        Column::shown("kind", "KIND", |row| Value::text(&row.kind)),
        Column::shown("subject_id", "SUBJECT", |row| Value::text(&row.subject_id)),
        Column::shown("subject_name", "NAME", |row| Value::text(&row.subject_name)),
        Column::shown("undone_by", "UNDONE BY", |row| {
            Value::of(row.undone_by.as_deref(), Value::text)
        }),
        Column::wide("undoes", "UNDOES", |row| {
            Value::of(row.undoes.as_deref(), Value::text)
        }),
        Column::wide("request_id", "REQUEST", |row| Value::text(&row.request_id)),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
