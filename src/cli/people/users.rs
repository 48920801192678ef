//! `adctl users`: who works for a tenant.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::instant;
use crate::api::{Invite, InviteFields, User, UserFields};
use crate::cli::catalog::{
    self, Bulk, DeleteArgs, ListArgs, Noun, PickArgs, TargetArgs, TrialArgs, WriteArgs, pick, write,
};
use crate::cli::confirm::{Question, Weight};
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Column, Row, Value};
use crate::cli::session::Session;
use crate::client::{Call, Collection, DryRun};

/// What to do with them.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Show users
    #[command(after_long_help = "Examples:
  adctl users list
  adctl users list --role advertiser -o json")]
    List(List),
    /// Show one user
    #[command(after_long_help = "Examples:
  adctl users get ann@agency.example
  adctl users get us_1 -o yaml")]
    Get {
        /// Id or address of mail
        #[arg(value_name = "ID|EMAIL")]
        reference: String,
    },
    /// Make a user who sets a password with a code; for one who is there, a new code
    #[command(after_long_help = "Examples:
  adctl users invite ann@agency.example --role advertiser --advertiser motorco
  adctl users invite bob@acme.example --role admin --expires +2d
  adctl users invite ann@agency.example")]
    Invite(InviteArgs),
    /// Change fields of a user
    #[command(after_long_help = "Examples:
  adctl users update ann@agency.example --role viewer
  adctl users update ann@agency.example --advertiser motorco,teaco")]
    Update(Update),
    /// Keep users out; all their logins end
    #[command(after_long_help = "Examples:
  adctl users disable ann@agency.example
  adctl users list --role advertiser -q | adctl users disable - --yes")]
    Disable(TargetArgs),
    /// Let users in again
    #[command(after_long_help = "Examples:
  adctl users enable ann@agency.example
  adctl users enable us_1 us_2")]
    Enable(TargetArgs),
    /// End all logins of users
    #[command(after_long_help = "Examples:
  adctl users logout ann@agency.example
  adctl users list -q | adctl users logout -")]
    Logout(TargetArgs),
    /// Delete users; all their logins end
    #[command(after_long_help = "Examples:
  adctl users delete ann@agency.example
  adctl users delete us_1 --yes")]
    Delete(DeleteArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// Only those of this role
    #[arg(long, value_parser = ["admin", "advertiser", "viewer"])]
    role: Option<String>,
    #[command(flatten)]
    shared: ListArgs,
}

/// What is decided about a user.
#[derive(Debug, Args)]
pub(in crate::cli) struct UserFlags {
    /// What people call the user
    #[arg(long)]
    name: Option<String>,
    /// What the user may do: everything, what belongs to its advertisers, or only look
    #[arg(long, value_parser = ["admin", "advertiser", "viewer"])]
    role: Option<String>,
    /// Of an advertiser: whose campaigns, by id or name; several, separated by commas
    #[arg(long, value_name = "ID|NAME", value_delimiter = ',')]
    advertiser: Option<Vec<String>>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct InviteArgs {
    /// Address of mail
    #[arg(value_name = "EMAIL")]
    email: String,
    #[command(flatten)]
    fields: UserFlags,
    /// From when on the code is good for nothing, such as +2d; +7d unless given
    #[arg(long, value_name = "TIME")]
    expires: Option<String>,
    #[command(flatten)]
    trial: TrialArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Update {
    /// Id or address of mail
    #[arg(value_name = "ID|EMAIL")]
    reference: String,
    /// Its new address of mail
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,
    #[command(flatten)]
    fields: UserFlags,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs `adctl users`.
pub(in crate::cli) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::List(args) => {
            let call = Call::get(Collection::Users.path()).with("role", args.role);
            catalog::list::<User>(session, call, &args.shared, "users").await
        }
        Command::Get { reference } => catalog::get::<User>(session, &reference).await,
        Command::Invite(args) => invite(args, session).await,
        Command::Update(args) => {
            let mut fields = args.fields.over();
            fields.email = args.email;
            if fields
                .role
                .as_deref()
                .is_some_and(|role| role != "advertiser")
            {
                // Whoever is an advertiser no more has no advertisers.
                fields.advertisers.get_or_insert_default();
            }
            let which = PickArgs::of(args.reference);
            catalog::update::<User>(session, &which, &fields, &args.write).await
        }
        Command::Disable(args) => set(session, &args, Step::Disable).await,
        Command::Enable(args) => set(session, &args, Step::Enable).await,
        Command::Logout(args) => set(session, &args, Step::Logout).await,
        Command::Delete(args) => catalog::delete::<User>(session, Weight::Moderate, &args).await,
    }
}

impl UserFlags {
    fn over(self) -> UserFields {
        UserFields {
            email: None,
            name: self.name,
            role: self.role,
            advertisers: self.advertiser,
            disabled: None,
        }
    }
}

async fn invite(args: InviteArgs, session: &mut Session) -> Outcome {
    let expires_at = match &args.expires {
        None => None,
        Some(text) => Some(instant(session, "--expires", text).await?),
    };
    let entry = Collection::Users.entry(&args.email);
    let mode = args.trial.mode();
    let question = Question {
        weight: Weight::Mild,
        action: format!("invite {}", args.email),
        name: &args.email,
        confirm: None,
    };
    let found = session.send::<User>(Call::get(entry.clone())).await;
    let fields = UserFields {
        email: Some(args.email.clone()),
        ..args.fields.over()
    };
    match found {
        Ok(user) => check_same(&user, &fields)?,
        Err(failure) if failure.exit == Exit::NotFound => {
            let call = Call::post(Collection::Users.path()).json(&fields);
            let user: User = write(session, call, &question, mode).await?;
            let said = args.trial.said();
            session
                .out
                .note(&format!("{said}created {} {}", user.role, user.email));
            if mode == DryRun::Yes {
                return Ok(Exit::Done);
            }
        }
        Err(failure) => return Err(failure),
    }
    let call = Call::post(format!("{entry}/invite")).json(&InviteFields { expires_at });
    let invite: Invite = write(session, call, &question, mode).await?;
    let shown = CodeRow {
        email: invite.user.email.clone(),
        code: invite.code.unwrap_or_default(),
        invited_until: invite.user.invited_until.unwrap_or_default(),
    };
    session.out.note(&format!(
        "give {} this code, which is good once: adctl register CODE --server ADDRESS",
        shown.email
    ));
    session.out.report(&shown, std::slice::from_ref(&shown))?;
    Ok(Exit::Done)
}

/// A new code changes nothing else about a user, so nothing else may be asked with it.
fn check_same(user: &User, fields: &UserFields) -> Result<(), Failure> {
    let differs = |given: Option<&String>, is: &str| given.is_some_and(|given| given != is);
    if differs(fields.role.as_ref(), &user.role)
        || differs(fields.name.as_ref(), &user.name)
        || fields.advertisers.is_some()
    {
        let message = format!(
            "{} is a user already, with the role {}",
            user.email, user.role
        );
        return Err(Failure::new(Exit::Conflict, "conflict", message)
            .hint(format!("adctl users update {} changes that", user.email)));
    }
    Ok(())
}

/// What was made of an invite.
#[derive(Debug, Serialize)]
struct CodeRow {
    email: String,
    code: String,
    invited_until: String,
}

impl Row for CodeRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("email", "EMAIL", |row| Value::text(&row.email)),
        Column::shown("code", "CODE", |row| Value::text(&row.code)),
        Column::shown("invited_until", "GOOD UNTIL", |row| {
            Value::Instant(&row.invited_until)
        }),
    ];

    fn id(&self) -> &str {
        &self.code
    }
}

/// What is done to several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Disable,
    Enable,
    Logout,
}

impl Step {
    const fn verb(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::Logout => "log out",
        }
    }

    fn call(self, user: &str) -> Call {
        let entry = Collection::Users.entry(user);
        let set = |disabled| UserFields {
            disabled: Some(disabled),
            ..UserFields::default()
        };
        match self {
            Self::Disable => Call::patch(entry).json(&set(true)),
            Self::Enable => Call::patch(entry).json(&set(false)),
            Self::Logout => Call::post(format!("{entry}/logout")),
        }
    }
}

async fn set(session: &mut Session, args: &TargetArgs, step: Step) -> Outcome {
    let targets = pick::<User>(session, &args.pick).await?;
    let mode = args.write.trial.mode();
    if mode == DryRun::No {
        session.confirm(&Question {
            weight: if targets.len() > 1 {
                Weight::Moderate
            } else {
                Weight::Mild
            },
            action: format!("{} {} users", step.verb(), targets.len()),
            name: targets.first().map_or("", |target| &target.name),
            confirm: None,
        })?;
    }
    let mut bulk: Bulk<User> = Bulk::default();
    for target in &targets {
        let call = step
            .call(&target.reference)
            .if_revision(args.write.if_match)
            .dry_run(mode);
        let done = match step {
            Step::Disable | Step::Enable => session.write::<User>(call).await,
            Step::Logout => match session.write::<serde_json::Value>(call).await {
                Ok(_nothing) => {
                    session
                        .send(Call::get(Collection::Users.entry(&target.reference)))
                        .await
                }
                Err(failure) => Err(failure),
            },
        };
        match done {
            Ok(user) => {
                let (said, verb) = (args.write.trial.said(), step.verb());
                let note = format!("{said}{verb}: {} ({})", user.email, user.id);
                session.out.note(&note);
                bulk.done.push(user);
            }
            Err(failure) => bulk.fail(session, &target.name, failure)?,
        }
    }
    bulk.finish(session)
}

impl Noun for User {
    const COLLECTION: Collection = Collection::Users;
    type Fields = UserFields;

    #[expect(
        clippy::misnamed_getters,
        reason = "a user is found by the address of mail"
    )]
    fn name(&self) -> &str {
        &self.email
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> UserFields {
        UserFields {
            email: Some(self.email.clone()),
            name: Some(self.name.clone()),
            role: Some(self.role.clone()),
            advertisers: Some(self.advertisers.clone()),
            disabled: Some(self.disabled),
        }
    }
}
