//! `adctl keys`: what programs call with.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::instant;
use crate::api::{Key, KeyFields};
use crate::cli::catalog::{self, DeleteArgs, ListArgs, Noun, TrialArgs, write};
use crate::cli::confirm::{Question, Weight};
use crate::cli::exit::Exit;
use crate::cli::failure::Outcome;
use crate::cli::output::{Column, Row, Value};
use crate::cli::session::Session;
use crate::client::{Call, Collection};

/// What to do with them.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Show keys, without their secrets
    #[command(after_long_help = "Examples:
  adctl keys list
  adctl keys list --sort -created_at -o json")]
    List(ListArgs),
    /// Make a key; its secret is shown here and nowhere again
    #[command(after_long_help = "Examples:
  adctl keys create ci --scope stats:read
  adctl keys create sync --scope campaigns:write,creatives:write --expires +90d
  adctl keys create ci --scope '*:read' -q > key.txt")]
    Create(Create),
    /// Give a key a new secret; the one until now is good for nothing at once
    #[command(after_long_help = "Examples:
  adctl keys rotate ci
  adctl keys rotate key_1 -q > key.txt")]
    Rotate(Rotate),
    /// Revoke keys: they are good for nothing at once
    #[command(after_long_help = "Examples:
  adctl keys revoke ci
  adctl keys revoke key_1 key_2 --yes")]
    Revoke(DeleteArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Create {
    /// Its name
    #[arg(value_name = "NAME")]
    name: String,
    /// What it is for: AREA:read, AREA:write, *:read, *:write or *; several, separated by commas
    #[arg(long, value_name = "SCOPE", value_delimiter = ',', required = true)]
    scope: Vec<String>,
    /// From when on it is good for nothing, such as +90d; never unless given
    #[arg(long, value_name = "TIME")]
    expires: Option<String>,
    #[command(flatten)]
    trial: TrialArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Rotate {
    /// Id or name
    #[arg(value_name = "ID|NAME")]
    reference: String,
    #[command(flatten)]
    trial: TrialArgs,
}

/// Runs `adctl keys`.
pub(in crate::cli) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::List(args) => {
            let call = Call::get(Collection::Keys.path());
            catalog::list::<Key>(session, call, &args, "keys").await
        }
        Command::Create(args) => create(args, session).await,
        Command::Rotate(args) => {
            let path = format!("{}/rotate", Collection::Keys.entry(&args.reference));
            let action = format!("rotate key {}", args.reference);
            make(
                session,
                Call::post(path),
                (action, &args.reference),
                &args.trial,
            )
            .await
        }
        Command::Revoke(args) => catalog::delete::<Key>(session, Weight::Moderate, &args).await,
    }
}

async fn create(args: Create, session: &mut Session) -> Outcome {
    let expires_at = match &args.expires {
        None => None,
        Some(text) => Some(Some(instant(session, "--expires", text).await?)),
    };
    let call = Call::post(Collection::Keys.path()).json(&KeyFields {
        name: Some(args.name.clone()),
        scopes: Some(args.scope),
        expires_at,
    });
    let action = format!("create key {}", args.name);
    make(session, call, (action, &args.name), &args.trial).await
}

async fn make(
    session: &mut Session,
    call: Call,
    (action, name): (String, &str),
    trial: &TrialArgs,
) -> Outcome {
    let question = Question {
        weight: Weight::Mild,
        action,
        name,
        confirm: None,
    };
    let key: Key = write(session, call, &question, trial.mode()).await?;
    let made = Made {
        secret: key.secret.clone().unwrap_or_default(),
        key,
    };
    let said = trial.said();
    session.out.note(&format!(
        "{said}key {} ({}); keep the secret now, it is not shown again",
        made.key.name, made.key.id
    ));
    session.out.report(&made.key, std::slice::from_ref(&made))?;
    Ok(Exit::Done)
}

/// A key with its secret.
#[derive(Debug, Serialize)]
struct Made {
    #[serde(skip)]
    secret: String,
    #[serde(flatten)]
    key: Key,
}

impl Row for Made {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.key.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.key.name)),
        Column::shown("scopes", "SCOPES", |row| Value::list(&row.key.scopes)),
        Column::shown("secret", "SECRET", |row| Value::text(&row.secret)),
        Column::wide("expires_at", "EXPIRES", |row| {
            Value::of(row.key.expires_at.as_deref(), Value::Instant)
        }),
    ];

    fn id(&self) -> &str {
        &self.secret
    }
}

impl Noun for Key {
    const COLLECTION: Collection = Collection::Keys;
    type Fields = KeyFields;

    fn name(&self) -> &str {
        &self.name
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> KeyFields {
        KeyFields {
            name: Some(self.name.clone()),
            scopes: Some(self.scopes.clone()),
            expires_at: Some(self.expires_at.clone()),
        }
    }
}

impl Row for Key {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("scopes", "SCOPES", |row| Value::list(&row.scopes)),
        Column::shown("prefix", "BEGINS", |row| Value::text(&row.prefix)),
        Column::shown("expires_at", "EXPIRES", |row| {
            Value::of(row.expires_at.as_deref(), Value::Instant)
        }),
        Column::shown("used_at", "USED", |row| {
            Value::of(row.used_at.as_deref(), Value::Ago)
        }),
        Column::wide("created_at", "CREATED", |row| {
            Value::Instant(&row.created_at)
        }),
        Column::wide("revision", "REVISION", |row| {
            Value::Count(row.revision.into())
        }),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
