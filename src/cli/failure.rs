//! Why a command failed: what, why, what to do about it, and the exit it leads to.

use std::error::Error;
use std::io;

use super::exit::Exit;
use crate::api::FieldProblem;
use crate::client::{ClientError, Target};

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the program ends.
    pub(crate) exit: Exit,
    /// A word for programs.
    pub(crate) code: Box<str>,
    /// One sentence for people; empty when there is nothing to say.
    pub(crate) message: String,
    /// What led to it, nearest first.
    pub(crate) causes: Vec<String>,
    /// What to do about it: a command, where there is one.
    pub(crate) hint: Option<Box<str>>,
    /// Every field that is wrong.
    pub(crate) problems: Box<[FieldProblem]>,
    /// The id to look for in the logs of the daemon.
    pub(crate) request_id: Option<Box<str>>,
}

/// What a command gives back.
pub(crate) type Outcome = Result<Exit, Failure>;

impl Failure {
    /// A failure with an exit, a word for programs and a sentence.
    pub(crate) fn new(exit: Exit, code: &str, message: impl Into<String>) -> Self {
        Self {
            exit,
            code: code.into(),
            message: message.into(),
            causes: Vec::new(),
            hint: None,
            problems: Box::default(),
            request_id: None,
        }
    }

    /// The command line is wrong.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }

    /// A value was refused.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(Exit::Invalid, "invalid", message)
    }

    /// The reader of our output went away, which is no error.
    pub(crate) fn silent() -> Self {
        Self::new(Exit::Done, "closed", "")
    }

    /// A file cannot be read or written.
    pub(crate) fn file(action: &str, path: &std::path::Path, error: &io::Error) -> Self {
        let exit = match error.kind() {
            io::ErrorKind::NotFound => Exit::NotFound,
            io::ErrorKind::PermissionDenied => Exit::Denied,
            _ => Exit::Failed,
        };
        Self::new(exit, "file", format!("cannot {action} {}", path.display())).because(error)
    }

    /// With what to do about it.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<Box<str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With an error that led to it, and what led to that.
    #[must_use]
    pub(crate) fn because(mut self, error: &(dyn Error + 'static)) -> Self {
        self.causes.push(error.to_string());
        self.causes.extend(causes_of(error));
        self
    }
}

/// What lies below an error, each said once.
fn causes_of(error: &(dyn Error + 'static)) -> Vec<String> {
    let chain = std::iter::successors(error.source(), |&error| error.source());
    let mut causes: Vec<String> = chain.map(ToString::to_string).collect();
    causes.dedup();
    causes
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::silent();
        }
        Self::new(Exit::Failed, "output", "cannot write the answer").because(&error)
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        let causes = causes_of(&error);
        let hint = hint_of(&error);
        let message = error.to_string();
        let (exit, code) = match error {
            ClientError::Api { status, detail, .. } => {
                let hint = hint_of_refusal(&detail.code).map(str::to_owned);
                return Self {
                    exit: Exit::of_status(status),
                    code: detail.code.into(),
                    message,
                    causes,
                    hint: hint.or(detail.hint).map(Into::into),
                    problems: detail.problems.into(),
                    request_id: Some(detail.request_id.into()),
                };
            }
            ClientError::Unreachable { ref source, .. } if is_denied(source) => {
                (Exit::Denied, "denied")
            }
            ClientError::Unreachable { .. } => (Exit::Unreachable, "unreachable"),
            ClientError::Broken { .. } | ClientError::Ended { .. } => (Exit::Unreachable, "broken"),
            ClientError::Timeout { .. } => (Exit::Unreachable, "timeout"),
            ClientError::Protocol { .. } => (Exit::Failed, "protocol"),
            ClientError::Insecure { .. } => (Exit::Denied, "insecure"),
            ClientError::Login { .. } => (Exit::Denied, "login"),
            ClientError::Unsendable { .. } => (Exit::Usage, "usage"),
            ClientError::Certificates { .. } => (Exit::Usage, "certificates"),
            ClientError::File { ref source, .. } => match source.kind() {
                io::ErrorKind::NotFound => (Exit::NotFound, "file"),
                _ => (Exit::Failed, "file"),
            },
        };
        Self {
            causes,
            hint,
            ..Self::new(exit, code, message)
        }
    }
}

fn is_denied(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied
}

/// What to do about a refusal whose own hint speaks to programs that call the API.
fn hint_of_refusal(code: &str) -> Option<&'static str> {
    match code {
        "tenant_required" => {
            Some("name it with --tenant, ADCTL_TENANT or a context; adctl tenants list shows them")
        }
        "unauthenticated" => {
            Some("log in with adctl login, or give a token with --token-file or ADCTL_TOKEN")
        }
        "unknown_route" => Some(
            "--server must be the admin address of an adserved of this version, not the one \
                 for players; see `[admin] listen` of the daemon",
        ),
        _ => None,
    }
}

fn hint_of(error: &ClientError) -> Option<Box<str>> {
    let hint = match error {
        ClientError::Unreachable { source, .. } if is_denied(source) => {
            "be the user that runs adserved, or see `[admin] socket` and `socket_uids` there"
        }
        ClientError::Unreachable {
            target: Target::Unix(_),
            ..
        } => "start it with `adserved run`, or name another with --server or ADCTL_SERVER",
        ClientError::Unreachable { .. } => "check --server, and `[admin] listen` of the daemon",
        ClientError::Timeout { .. } => "give it more time with --timeout 2m, or see adctl status",
        ClientError::Protocol { .. } => "check that --server is the admin address of an adserved",
        ClientError::Login { .. } => "log in anew with adctl login",
        ClientError::Insecure { .. } => "use an https:// server, or tunnel to a loopback address",
        _ => return None,
    };
    Some(hint.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_of_somebody_else_is_no_missing_daemon() {
        let failed = |kind: io::ErrorKind| {
            Failure::from(ClientError::Unreachable {
                target: Target::Unix("/run/a.sock".into()),
                source: kind.into(),
            })
        };
        let denied = failed(io::ErrorKind::PermissionDenied);
        assert_eq!(denied.exit, Exit::Denied);
        assert!(denied.hint.is_some_and(|hint| hint.contains("socket_uids")));
        let missing = failed(io::ErrorKind::NotFound);
        assert_eq!(missing.exit, Exit::Unreachable);
        assert!(
            missing
                .hint
                .is_some_and(|hint| hint.contains("adserved run"))
        );
    }
}
