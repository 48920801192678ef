//! `adctl sessions`: viewers of streams with ads.

use clap::{Args, Subcommand};

use super::catalog::{self, PageArgs};
use super::exit::Exit;
use super::failure::Outcome;
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::StreamSession;
use crate::client::{Call, Collection};

/// What to do with them.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show sessions
    #[command(after_long_help = "Examples:
  adctl sessions list
  adctl sessions list --channel news --all -o json")]
    List(List),
    /// Show one session
    #[command(after_long_help = "Examples:
  adctl sessions get 000102030405060708090a0b0c0d0e0f
  adctl sessions get 000102030405060708090a0b0c0d0e0f -o yaml")]
    Get(Get),
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Only those of this channel, by id or name
    #[arg(long, value_name = "ID|NAME")]
    channel: Option<String>,
    #[command(flatten)]
    page: PageArgs,
}

#[derive(Debug, Args)]
pub(super) struct Get {
    /// Its name: 32 hexadecimal digits
    #[arg(value_name = "SESSION")]
    session: String,
}

/// Runs `adctl sessions`.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::List(args) => {
            let channel = match args.channel {
                Some(reference) => {
                    let entry = Collection::Channels.entry(&reference);
                    let channel: crate::api::Channel = session.send(Call::get(entry)).await?;
                    Some(channel.id)
                }
                None => None,
            };
            let call = Call::get("/api/v1/sessions").with("channel", channel);
            catalog::page::<StreamSession>(session, call, &args.page, "sessions").await
        }
        Command::Get(args) => {
            let path = format!("/api/v1/sessions/{}", args.session);
            let found: StreamSession = session.send(Call::get(path)).await?;
            session.out.item(&found)?;
            Ok(Exit::Done)
        }
    }
}

impl Row for StreamSession {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("channel_id", "CHANNEL", |row| Value::text(&row.channel_id)),
        Column::shown("insertion", "ADS BY", |row| Value::Word(&row.insertion)),
        Column::shown("reporting", "REPORTED BY", |row| {
            Value::Word(&row.reporting)
        }),
        Column::shown("breaks", "BREAKS", |row| Value::Count(row.breaks)),
        Column::shown("ads", "ADS", |row| Value::Count(row.ads)),
        Column::shown("asked_at", "ASKED", |row| Value::Ago(&row.asked_at)),
        Column::wide("created_at", "BEGAN", |row| Value::Instant(&row.created_at)),
        Column::wide("asset", "ASSET", |row| {
            Value::of(row.asset.as_deref(), Value::text)
        }),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
