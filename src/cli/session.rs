//! One run of `adctl`: the streams, the clock, and the way to the daemon.

use std::io::Write as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;

use super::args::Globals;
use super::context::{Context, Contexts};
use super::environment::Environment;
use super::exit::Exit;
use super::failure::Failure;
use super::output::Out;
use super::streams;
use crate::api;
use crate::client::{Answer, Call, Client, Collection, LoginFile, Settings, Target, Trace, clean};
use crate::host::{Clock, Entropy};
use crate::model::Timestamp;

/// Largest file with a token.
const TOKEN_BYTES_MAX: u64 = 16 * 1024;
/// Longest name of the file of a login, in characters.
const LOGIN_NAME_MAX: usize = 160;

/// One run of `adctl`.
#[derive(Debug)]
pub(crate) struct Session {
    /// Where answers and prose go.
    pub(crate) out: Out,
    pub(super) globals: Globals,
    pub(super) environment: Environment,
    clock: Clock,
    client: Option<Client>,
    context: Option<Context>,
    /// Whether a signal is how the command is meant to end.
    endless: bool,
}

impl Session {
    /// Nothing is read or connected before it is needed.
    pub(super) fn new(globals: Globals, environment: Environment, out: Out) -> Self {
        Self {
            out,
            globals,
            environment,
            clock: Clock::real(),
            client: None,
            context: None,
            endless: false,
        }
    }

    /// From now on a signal is how the command is meant to end, and nothing to speak of.
    pub(super) const fn ends_by_signal(&mut self) {
        self.endless = true;
    }

    /// Whether a signal is how the command is meant to end.
    pub(super) const fn is_endless(&self) -> bool {
        self.endless
    }

    /// The present.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The clock, for measuring.
    pub(crate) const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The way to the daemon: flag, environment, context, else the first socket that is there.
    pub(crate) fn client(&mut self) -> Result<Client, Failure> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let context = self.context()?;
        let connect = &self.globals.connect;
        let of_context = context.credentials_for(connect.server.as_deref());
        let target = match connect.server.as_ref().or(context.server.as_ref()) {
            Some(text) => text
                .parse::<Target>()
                .map_err(|error| Failure::usage(error.to_string()))?,
            None => self.local_target()?,
        };
        let token_file = connect.token_file.as_ref().or(of_context.token_file);
        let token = match (self.environment.get("ADCTL_TOKEN"), token_file) {
            (Some(token), _) => Some(token.to_owned()),
            (None, Some(path)) => Some(read_token(path)?),
            (None, None) => None,
        };
        let login = self.login_file(&target)?;
        let connect = &self.globals.connect;
        let settings = Settings {
            login,
            token,
            ca_file: connect
                .ca_file
                .clone()
                .or_else(|| of_context.ca_file.cloned()),
            tenant: connect.tenant.clone().or_else(|| context.tenant.clone()),
            timeout: connect.timeout.std(),
            trace: self.globals.talk.debug.then(trace),
            target,
        };
        let line = match &settings.tenant {
            Some(tenant) => format!("using {} for tenant {tenant}", settings.target),
            None => format!("using {}", settings.target),
        };
        self.out.detail(&line);
        let client = Client::new(settings, Entropy::real())?;
        self.client = Some(client.clone());
        Ok(client)
    }

    /// Where the login to this daemon is kept: that of the context, else of the daemon alone, so
    /// that one can be another user in each context. None without a folder for it.
    pub(crate) fn login_file(&mut self, target: &Target) -> Result<Option<LoginFile>, Failure> {
        let contexts = Contexts::read(&self.environment)?;
        let connect = &self.globals.connect;
        let context = match &connect.server {
            Some(_named) => None,
            None => contexts.name(connect.context.as_deref()),
        };
        let of = context.map_or_else(|| target.to_string(), |name| format!("context {name}"));
        let name = URL_SAFE_NO_PAD.encode(of);
        // A long name is told apart by its end, where sockets and hosts differ.
        let skipped = name.len().saturating_sub(LOGIN_NAME_MAX);
        let name = name.get(skipped..).unwrap_or(&name);
        let folder = self.environment.config_dir().map(|dir| dir.join("logins"));
        let file = folder.map(|folder| folder.join(format!("{name}.json")));
        Ok(file.map(|file| LoginFile::new(file, self.clock.clone())))
    }

    /// The context in force; an empty one where none was chosen.
    pub(crate) fn context(&mut self) -> Result<Context, Failure> {
        if let Some(context) = &self.context {
            return Ok(context.clone());
        }
        let contexts = Contexts::read(&self.environment)?;
        let context = contexts.chosen(self.globals.connect.context.as_deref())?;
        self.context = Some(context.clone());
        Ok(context)
    }

    /// Makes a call.
    pub(crate) async fn send<T: DeserializeOwned>(&mut self, call: Call) -> Result<T, Failure> {
        let client = self.client()?;
        Ok(client.send(call).await?.value)
    }

    /// Makes a call that writes, and says how to take it back.
    pub(crate) async fn write<T: DeserializeOwned>(&mut self, call: Call) -> Result<T, Failure> {
        let client = self.client()?;
        let answer = client.send(call).await?;
        self.tell_undo(&answer);
        Ok(answer.value)
    }

    /// Says how to take back what was done.
    pub(crate) fn tell_undo<T>(&mut self, answer: &Answer<T>) {
        if let Some(operation) = &answer.operation {
            self.out.note(&format!("undo with: adctl undo {operation}"));
        }
    }

    /// The zone in which typed dates are meant: the one asked for, else the tenant's.
    pub(crate) async fn input_zone(&mut self) -> Result<TimeZone, Failure> {
        if let Some(zone) = streams::asked_zone(&self.globals.format)? {
            return Ok(zone);
        }
        let tenant = self.tenant().await?;
        TimeZone::get(&tenant.timezone).map_err(|error| {
            Failure::new(
                Exit::Failed,
                "zone",
                format!(
                    "the zone `{}` of tenant {} is unknown here",
                    tenant.timezone, tenant.name
                ),
            )
            .because(&error)
            .hint("give the zone with --tz")
        })
    }

    /// The tenant that calls are for: the one named, else the only one there is.
    pub(crate) async fn tenant(&mut self) -> Result<api::Tenant, Failure> {
        let client = self.client()?;
        if let Some(name) = client.tenant() {
            return self.send(Call::get(Collection::Tenants.entry(name))).await;
        }
        let call = Call::get(Collection::Tenants.path()).with("limit", Some(2));
        let page: api::Page<api::Tenant> = self.send(call).await?;
        match <[api::Tenant; 1]>::try_from(page.items) {
            Ok([only]) => Ok(only),
            Err(none) if none.is_empty() => {
                Err(
                    Failure::new(Exit::NotFound, "no_tenant", "there is no tenant yet")
                        .hint("adctl tenants create NAME, or adctl seed fixtures/demo.yaml"),
                )
            }
            Err(_several) => Err(Failure::usage("which tenant is meant? there are several")
                .hint("give --tenant NAME; adctl tenants list shows them")),
        }
    }

    /// The first socket that is there and that a stranger cannot have put there.
    fn local_target(&self) -> Result<Target, Failure> {
        let sockets = self.environment.default_sockets();
        let found = sockets.iter().find(|path| is_our_socket(path));
        found.map(|path| Target::Unix(path.clone())).ok_or_else(|| {
            let looked: Vec<String> = sockets
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            let failure = Failure::new(
                Exit::Unreachable,
                "unreachable",
                "no adserved is running here",
            );
            Failure {
                causes: vec![format!("no socket at {}", looked.join(", "))],
                ..failure
            }
            .hint("start it with `adserved run`, or name another with --server or ADCTL_SERVER")
        })
    }
}

/// Whether a socket is there, and made by this user or by an administrator.
fn is_our_socket(path: &Path) -> bool {
    let us = rustix::process::geteuid().as_raw();
    std::fs::metadata(path).is_ok_and(|facts| {
        let is_trusted = [0, us].contains(&facts.uid()) || path.starts_with("/var/lib");
        facts.file_type().is_socket() && is_trusted
    })
}

fn read_token(path: &PathBuf) -> Result<String, Failure> {
    let read = || {
        use std::io::Read as _;
        let mut text = String::new();
        let file = std::fs::File::open(path)?;
        file.take(TOKEN_BYTES_MAX).read_to_string(&mut text)?;
        Ok(text)
    };
    let text = read().map_err(|error: std::io::Error| Failure::file("read", path, &error))?;
    let token = text.trim();
    if token.is_empty() {
        return Err(Failure::usage(format!("{} has no token", path.display())));
    }
    Ok(token.to_owned())
}

/// Shows each line of the exchange on standard error.
fn trace() -> Trace {
    Arc::new(|line: &str| {
        let written = writeln!(std::io::stderr(), "debug: {}", clean(line));
        drop(written);
    })
}
