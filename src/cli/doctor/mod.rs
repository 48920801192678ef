//! `adctl doctor`: looks for what stands in the way of delivery, from outside and inside.

mod disk;
mod sales;

use std::time::Duration;

use serde::Serialize;

use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::ServerStatus;
use crate::client::{Call, fetch};

/// Bytes of the answer of `/readyz` that are read.
const READY_BYTES_MAX: usize = 4_096;
/// Longest wait for the public address.
const PUBLIC_PATIENCE: Duration = Duration::from_secs(5);

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    /// What.
    #[serde(rename = "check")]
    what: String,
    /// `ok`, `warn` or `fail`.
    state: &'static str,
    /// What was found.
    cause: String,
    /// What to do about it; empty when it is fine.
    hint: String,
}

impl Check {
    /// All is well.
    fn ok(check: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            what: check.into(),
            state: "ok",
            cause: found.into(),
            hint: String::new(),
        }
    }

    /// It may go wrong.
    fn warn(check: impl Into<String>, (cause, hint): (String, String)) -> Self {
        Self {
            what: check.into(),
            state: "warn",
            cause,
            hint,
        }
    }

    /// It is wrong.
    fn fail(check: impl Into<String>, (cause, hint): (String, String)) -> Self {
        Self {
            state: "fail",
            ..Self::warn(check, (cause, hint))
        }
    }
}

impl Row for Check {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("check", "CHECK", |row| Value::text(&row.what)),
        Column::shown("state", "STATE", |row| Value::Word(row.state)),
        Column::shown("cause", "FOUND", |row| Value::text(&row.cause)),
        Column::shown("hint", "DO", |row| Value::text(&row.hint)),
    ];

    fn id(&self) -> &str {
        &self.what
    }
}

/// Runs `adctl doctor`. Whatever fails is the answer "no".
pub(super) async fn run(session: &mut Session) -> Outcome {
    let asked: Result<ServerStatus, Failure> = session.send(Call::get("/api/v1/status")).await;
    let checks = match asked {
        Ok(status) => examine(&status, session).await?,
        Err(failure) if failure.exit == Exit::Unreachable => vec![unreachable(failure)],
        Err(other) => return Err(other),
    };
    let count = |state| checks.iter().filter(|check| check.state == state).count();
    let (failed, warned) = (count("fail"), count("warn"));
    session.out.list(&checks)?;
    session.out.note(&format!(
        "{} checks: {failed} failed, {warned} to look at",
        checks.len()
    ));
    Ok(if failed == 0 {
        Exit::Done
    } else {
        Exit::Failed
    })
}

fn unreachable(failure: Failure) -> Check {
    let hint = failure.hint.map_or_else(String::new, Into::into);
    let causes = [vec![failure.message], failure.causes].concat();
    Check::fail("daemon", (causes.join(": "), hint))
}

async fn examine(status: &ServerStatus, session: &mut Session) -> Result<Vec<Check>, Failure> {
    let mut checks = vec![
        Check::ok("daemon", format!("answers, as process {}", status.pid)),
        version(&status.version),
    ];
    checks.extend(status.dependencies.iter().map(|(part, state)| {
        if state == "ok" {
            Check::ok(part, "works")
        } else {
            let hint = "see the log of adserved; `adctl status` says when it works again";
            Check::fail(part, (state.clone(), hint.to_owned()))
        }
    }));
    checks.push(public(&status.public_url).await);
    if session.client()?.target().is_local() {
        checks.extend(disk::look(std::path::Path::new(&status.data_dir)));
    }
    checks.extend(sales::look(session).await?);
    Ok(checks)
}

fn version(daemon: &str) -> Check {
    const OURS: &str = env!("CARGO_PKG_VERSION");
    if daemon == OURS {
        return Check::ok("version", format!("adctl and adserved are {OURS}"));
    }
    let cause = format!("adctl is {OURS}, adserved is {daemon}");
    let hint = "install both from one release, and restart adserved".to_owned();
    Check::warn("version", (cause, hint))
}

/// Whether players reach the daemon where it tells them that it is.
async fn public(url: &str) -> Check {
    let hint = "set server.public_url to where players reach adserved".to_owned();
    let ready = format!("{url}/readyz");
    match fetch(&ready, None, PUBLIC_PATIENCE, READY_BYTES_MAX).await {
        Ok(answer) if answer.status == 200 => Check::ok("public url", format!("{url} is ready")),
        Ok(answer) => {
            let cause = format!("{ready} answers {}", answer.status);
            Check::fail("public url", (cause, hint))
        }
        Err(error) => Check::fail("public url", (error.to_string(), hint)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_worth_a_look() {
        assert_eq!(version(env!("CARGO_PKG_VERSION")).state, "ok");
        assert_eq!(version("0.0.1").state, "warn");
    }
}
