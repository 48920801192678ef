//! `adctl whoami`, `profile`, `password`: what one is for the daemon.

use clap::Args;

use super::password::PasswordArgs;
use crate::api::{PasswordFields, Profile, ProfileFields, User};
use crate::cli::exit::Exit;
use crate::cli::failure::Outcome;
use crate::cli::output::{Column, Row, Value};
use crate::cli::session::Session;
use crate::client::Call;

/// Where one's own facts are.
const PROFILE: &str = "/api/v1/auth/profile";

/// What to change about oneself.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl profile
  adctl profile --name 'Ann Lee'")]
pub(in crate::cli) struct ProfileArgs {
    /// What people call you
    #[arg(long)]
    name: Option<String>,
}

/// A new password for oneself.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl password
  printf '%s\\n%s\\n' \"$OLD\" \"$NEW\" | adctl password --password-stdin")]
pub(in crate::cli) struct ChangePassword {
    #[command(flatten)]
    password: PasswordArgs,
}

/// Runs `adctl whoami`.
pub(in crate::cli) async fn whoami(session: &mut Session) -> Outcome {
    let profile: Profile = session.send(Call::get(PROFILE)).await?;
    session.out.item(&profile)?;
    Ok(Exit::Done)
}

/// Runs `adctl profile`.
pub(in crate::cli) async fn profile(args: ProfileArgs, session: &mut Session) -> Outcome {
    let Some(name) = args.name else {
        return whoami(session).await;
    };
    let call = Call::patch(PROFILE).json(&ProfileFields { name: Some(name) });
    let user: User = session.write(call).await?;
    session.out.note(&format!("you are called {}", user.name));
    session.out.report(&user, std::slice::from_ref(&user))?;
    Ok(Exit::Done)
}

/// Runs `adctl password`.
pub(in crate::cli) async fn password(args: ChangePassword, session: &mut Session) -> Outcome {
    let current = args.password.known(session, "Password until now:")?;
    let new = args.password.typed_twice(session)?;
    let call = Call::post("/api/v1/auth/password").json(&PasswordFields {
        current: Some(current),
        new: Some(new),
    });
    session.send::<serde_json::Value>(call).await?;
    session
        .out
        .note("the password is changed; every other login of yours ended");
    Ok(Exit::Done)
}

impl Row for Profile {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("actor", "ACTOR", |row| Value::text(&row.actor)),
        Column::shown("kind", "KIND", |row| Value::Word(&row.kind)),
        Column::shown("email", "EMAIL", |row| {
            Value::of(row.user.as_ref(), |user| Value::text(&user.email))
        }),
        Column::shown("role", "ROLE", |row| {
            Value::of(row.user.as_ref(), |user| Value::Word(&user.role))
        }),
        Column::shown("key", "KEY", |row| {
            Value::of(row.key.as_ref(), |key| Value::text(&key.name))
        }),
        Column::shown("tenant", "TENANT", |row| {
            Value::of(row.tenant.as_deref(), Value::text)
        }),
        Column::shown("scopes", "SCOPES", |row| Value::list(&row.scopes)),
    ];

    fn id(&self) -> &str {
        &self.actor
    }
}
