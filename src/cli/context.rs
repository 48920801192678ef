//! `adctl context`: daemons by name, kept in one file of the user.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::environment::Environment;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::nearest;
use crate::client::{Target, replace_private};

/// What to do with contexts.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Remember a daemon under a name
    #[command(after_long_help = "Examples:
  adctl context add local --server /var/lib/adserved/admin.sock
  adctl context add prod --server https://ads.example:8443 --token-file ~/.adctl-token --protected")]
    Add(Add),
    /// Show what is remembered
    #[command(after_long_help = "Examples:
  adctl context list
  adctl context list -o json")]
    List,
    /// Talk to this daemon from now on
    #[command(after_long_help = "Examples:
  adctl context use prod
  ADCTL_CONTEXT=prod adctl status")]
    Use {
        /// Name of the context
        name: String,
    },
    /// Forget a daemon
    #[command(after_long_help = "Examples:
  adctl context remove prod
  adctl context list -q")]
    Remove {
        /// Name of the context
        name: String,
    },
}

/// A daemon to remember. Server, tenant, token and certificates come from the global flags.
#[derive(Debug, Args)]
pub(super) struct Add {
    /// Name of the context
    name: String,
    /// Ask once more before every change
    #[arg(long)]
    protected: bool,
}

/// One daemon, and as whom to talk to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Context {
    /// Where it listens; found by itself unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) server: Option<String>,
    /// The tenant to work for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tenant: Option<String>,
    /// File with the token. The token itself is never kept here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) token_file: Option<PathBuf>,
    /// Certificates to trust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ca_file: Option<PathBuf>,
    /// Whether every question is one level more serious.
    #[serde(default)]
    pub(super) protected: bool,
}

/// What a context knows that only its own daemon may be told or judged by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Credentials<'a> {
    /// File with the token.
    pub(super) token_file: Option<&'a PathBuf>,
    /// Certificates to trust.
    pub(super) ca_file: Option<&'a PathBuf>,
}

impl Context {
    /// The credentials for a daemon that was named without the context. A token must not reach
    /// a daemon that it is not of.
    pub(super) fn credentials_for(&self, server: Option<&str>) -> Credentials<'_> {
        let is_own = server.is_none_or(|server| self.server.as_deref() == Some(server));
        Credentials {
            token_file: self.token_file.as_ref().filter(|_file| is_own),
            ca_file: self.ca_file.as_ref().filter(|_file| is_own),
        }
    }
}

/// The file of contexts.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contexts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    current: Option<String>,
    #[serde(default)]
    contexts: BTreeMap<String, Context>,
}

impl Contexts {
    /// What the file of this user says; nothing when there is none.
    pub(super) fn read(environment: &Environment) -> Result<Self, Failure> {
        let Some(path) = path(environment) else {
            return Ok(Self::default());
        };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => return Err(Failure::file("read", &path, &error)),
        };
        toml::from_str(&text).map_err(|error| {
            Failure::usage(format!("{} cannot be understood", path.display())).because(&error)
        })
    }

    /// The name of the context in force, if there is one.
    pub(super) fn name<'n>(&'n self, named: Option<&'n str>) -> Option<&'n str> {
        named.or(self.current.as_deref())
    }

    /// The named context, else the one in use, else an empty one.
    pub(super) fn chosen(&self, name: Option<&str>) -> Result<Context, Failure> {
        match name.or(self.current.as_deref()) {
            None => Ok(Context::default()),
            Some(name) => self.get(name).cloned(),
        }
    }

    fn get(&self, name: &str) -> Result<&Context, Failure> {
        self.contexts.get(name).ok_or_else(|| {
            let near = nearest(name, self.contexts.keys().map(String::as_str));
            let hint = near.map_or_else(
                || "adctl context list shows the contexts".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Failure::new(
                Exit::NotFound,
                "not_found",
                format!("there is no context `{name}`"),
            )
            .hint(hint)
        })
    }

    /// Replaces the file in one step; only this user can read it.
    fn write(&self, environment: &Environment) -> Result<(), Failure> {
        let path = path(environment).ok_or_else(|| {
            Failure::usage("there is no folder for configuration").hint("set HOME")
        })?;
        let text = toml::to_string(self).map_err(|error| {
            Failure::new(Exit::Bug, "context", "the contexts cannot be written").because(&error)
        })?;
        replace_private(&path, &text).map_err(|error| Failure::file("write", &path, &error))
    }
}

fn path(environment: &Environment) -> Option<PathBuf> {
    Some(environment.config_dir()?.join("contexts.toml"))
}

/// Runs a command about contexts. None of them needs a daemon.
pub(super) fn run(command: Command, session: &mut Session) -> Outcome {
    let mut contexts = Contexts::read(&session.environment)?;
    match command {
        Command::List => return list(&contexts, session),
        Command::Add(args) => add(args, &mut contexts, session)?,
        Command::Use { name } => {
            contexts.get(&name)?;
            session.out.note(&format!("using {name}"));
            contexts.current = Some(name);
        }
        Command::Remove { name } => {
            contexts.get(&name)?;
            contexts.contexts.remove(&name);
            contexts.current = contexts.current.filter(|current| *current != name);
            session.out.note(&format!("removed {name}"));
        }
    }
    contexts.write(&session.environment)?;
    Ok(Exit::Done)
}

fn add(args: Add, contexts: &mut Contexts, session: &mut Session) -> Result<(), Failure> {
    let connect = &session.globals.connect;
    let server = connect.server.as_deref().map(lasting).transpose()?;
    let context = Context {
        server,
        tenant: connect.tenant.clone(),
        token_file: connect.token_file.as_deref().map(absolute).transpose()?,
        ca_file: connect.ca_file.as_deref().map(absolute).transpose()?,
        protected: args.protected,
    };
    let is_first = contexts.contexts.is_empty();
    if is_first {
        contexts.current = Some(args.name.clone());
    }
    let used = if contexts.current.as_ref() == Some(&args.name) {
        "; adctl talks to it from now on"
    } else {
        ""
    };
    session.out.note(&format!("added {}{used}", args.name));
    contexts.contexts.insert(args.name, context);
    Ok(())
}

/// A server that means the same from every folder.
fn lasting(server: &str) -> Result<String, Failure> {
    let target = server.parse::<Target>();
    match target.map_err(|error| Failure::usage(error.to_string()))? {
        Target::Unix(path) => Ok(absolute(&path)?.display().to_string()),
        Target::Tcp { .. } | Target::Tls { .. } => Ok(server.to_owned()),
    }
}

/// A path that means the same from every folder.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|error| Failure::file("find", path, &error))
}

fn list(contexts: &Contexts, session: &mut Session) -> Outcome {
    let row = |(name, context): (&String, &Context)| ContextRow {
        name: name.clone(),
        is_current: contexts.current.as_ref() == Some(name),
        context: context.clone(),
    };
    let rows: Vec<ContextRow> = contexts.contexts.iter().map(row).collect();
    session.out.list(&rows)?;
    if rows.is_empty() {
        session
            .out
            .note("no contexts; adctl context add NAME --server ADDRESS makes one");
    }
    Ok(Exit::Done)
}

#[derive(Debug, Serialize)]
struct ContextRow {
    name: String,
    is_current: bool,
    #[serde(flatten)]
    context: Context,
}

impl Row for ContextRow {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("is_current", "IN USE", |row| {
            Value::Word(if row.is_current { "yes" } else { "no" })
        }),
        Column::shown("server", "SERVER", |row| {
            Value::of(row.context.server.as_deref(), Value::text)
        }),
        Column::shown("tenant", "TENANT", |row| {
            Value::of(row.context.tenant.as_deref(), Value::text)
        }),
        Column::shown("protected", "PROTECTED", |row| {
            Value::Word(if row.context.protected { "yes" } else { "no" })
        }),
        Column::wide("token_file", "TOKEN FILE", |row| {
            Value::of(row.context.token_file.as_ref(), |path| {
                Value::text_of(&path.display())
            })
        }),
        Column::wide("ca_file", "CA FILE", |row| {
            Value::of(row.context.ca_file.as_ref(), |path| {
                Value::text_of(&path.display())
            })
        }),
    ];

    fn id(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn contexts_are_written_for_this_user_alone_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_str().unwrap().to_owned();
        let environment: Environment = [("XDG_CONFIG_HOME".to_owned(), home)].into_iter().collect();
        let mut contexts = Contexts::read(&environment).unwrap();
        assert_eq!(contexts.chosen(None).unwrap(), Context::default());
        let prod = Context {
            server: Some("https://ads.example".to_owned()),
            protected: true,
            ..Context::default()
        };
        contexts.contexts.insert("prod".to_owned(), prod.clone());
        contexts.current = Some("prod".to_owned());
        contexts.write(&environment).unwrap();

        let read = Contexts::read(&environment).unwrap();
        assert_eq!(read.chosen(None).unwrap(), prod);
        let missing = read.chosen(Some("prd")).unwrap_err();
        assert_eq!(missing.hint.as_deref(), Some("did you mean `prod`?"));
        let path = folder.path().join("adctl/contexts.toml");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
