//! `adctl login`, `register`, `logout`: the login of a user with this daemon.

use clap::Args;

use super::password::PasswordArgs;
use crate::api::{LoginFields, LogoutFields, Password, RegisterFields, Tokens};
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Column, Row, Value};
use crate::cli::session::Session;
use crate::client::{Call, Client, ClientError, LoginFile, Target};

/// Who logs in.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl login ann@agency.example --server https://ads.example:8443
  adctl --context prod login ann@agency.example
  pass show ads | adctl login ann@agency.example --password-stdin")]
pub(in crate::cli) struct Login {
    /// Address of mail
    #[arg(value_name = "EMAIL")]
    email: String,
    #[command(flatten)]
    password: PasswordArgs,
}

/// Who was invited.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl register adi_… --server https://ads.example:8443
  adctl register adi_… --name 'Ann Lee'")]
pub(in crate::cli) struct Register {
    /// Code of the invite; good once
    #[arg(value_name = "CODE")]
    code: String,
    /// What people call you
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    password: PasswordArgs,
}

/// Which logins end.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl logout
  adctl logout --all")]
pub(in crate::cli) struct Logout {
    /// Everywhere you are logged in
    #[arg(long)]
    all: bool,
}

/// Runs `adctl login`.
pub(in crate::cli) async fn login(args: Login, session: &mut Session) -> Outcome {
    let client = private(session)?;
    let password = args
        .password
        .known(session, &format!("Password of {}:", args.email))?;
    let call = Call::post("/api/v1/auth/login").json(&LoginFields {
        email: Some(args.email),
        password: Some(password),
        tenant: client.tenant().map(str::to_owned),
    });
    let tokens: Tokens = client.send(call.open()).await?.value;
    keep(session, client.target(), &tokens)
}

/// Runs `adctl register`.
pub(in crate::cli) async fn register(args: Register, session: &mut Session) -> Outcome {
    let client = private(session)?;
    let password = args.password.typed_twice(session)?;
    let call = Call::post("/api/v1/auth/register").json(&RegisterFields {
        code: Some(Password(args.code)),
        password: Some(password),
        name: args.name,
    });
    let tokens: Tokens = client.send(call.open()).await?.value;
    keep(session, client.target(), &tokens)
}

/// Runs `adctl logout`.
pub(in crate::cli) async fn logout(args: Logout, session: &mut Session) -> Outcome {
    let client = session.client()?;
    let file = file(session, client.target())?;
    let is_in = file
        .tokens(client.target())
        .is_ok_and(|tokens| tokens.is_some());
    if !is_in {
        file.forget().map_err(unkept)?;
        session.out.note("you are not logged in");
        return Ok(Exit::Done);
    }
    let all = args.all.then_some(true);
    let call = Call::post("/api/v1/auth/logout").json(&LogoutFields { all });
    let ended = client.send::<serde_json::Value>(call).await;
    // A login that the daemon knows no more has ended too.
    if let Err(error) = ended
        && !matches!(error, ClientError::Api { status: 401, .. })
    {
        return Err(error.into());
    }
    file.forget().map_err(unkept)?;
    session
        .out
        .note(&format!("logged out of {}", client.target()));
    Ok(Exit::Done)
}

/// A client to which a password may be told.
fn private(session: &mut Session) -> Result<Client, Failure> {
    let client = session.client()?;
    match client.target() {
        Target::Tcp { .. } if !client.target().is_local() => Err(ClientError::Insecure {
            target: client.target().clone(),
        }
        .into()),
        Target::Unix(_) | Target::Tcp { .. } | Target::Tls { .. } => Ok(client),
    }
}

fn keep(session: &mut Session, target: &Target, tokens: &Tokens) -> Outcome {
    file(session, target)?
        .keep(target, tokens)
        .map_err(unkept)?;
    let user = &tokens.user;
    session.out.note(&format!(
        "logged in to {target} as {} ({}, {})",
        user.email, user.role, user.id
    ));
    session.out.report(user, std::slice::from_ref(user))?;
    Ok(Exit::Done)
}

fn file(session: &mut Session, target: &Target) -> Result<LoginFile, Failure> {
    session
        .login_file(target)?
        .ok_or_else(|| Failure::usage("there is no folder for configuration").hint("set HOME"))
}

fn unkept(source: std::io::Error) -> Failure {
    ClientError::Login { source }.into()
}

impl Row for crate::api::User {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("email", "EMAIL", |row| Value::text(&row.email)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("role", "ROLE", |row| Value::Word(&row.role)),
        Column::shown("advertisers", "ADVERTISERS", |row| {
            Value::list(&row.advertisers)
        }),
        Column::shown("status", "STATUS", |row| Value::Word(&row.status)),
        Column::wide("invited_until", "INVITED UNTIL", |row| {
            Value::of(row.invited_until.as_deref(), Value::Instant)
        }),
        Column::wide("password_at", "PASSWORD SET", |row| {
            Value::of(row.password_at.as_deref(), Value::Ago)
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
