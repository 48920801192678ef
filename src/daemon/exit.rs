//! How the program ends: a code that says whose fault it was (sysexits.h).

use std::fmt;
use std::io;
use std::process::ExitCode;

/// What a supervisor and a script can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// The answer is no.
    No,
    /// Something the daemon needs is not there, such as its data or its object store.
    Unavailable,
    /// A bug of the daemon.
    Bug,
    /// The system refused something that should work.
    System,
    /// The user may not.
    Permission,
    /// The configuration is wrong: starting again will not help.
    Config,
}

impl Exit {
    /// The number.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Unavailable => 69,
            Self::Bug => 70,
            Self::System => 71,
            Self::Permission => 77,
            Self::Config => 78,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why the daemon ends, and with which code.
#[derive(Debug)]
pub struct Failure {
    /// The code.
    pub exit: Exit,
    /// What happened, with its causes.
    pub error: anyhow::Error,
}

impl Failure {
    /// A failure of this kind.
    pub fn new(exit: Exit, error: impl Into<anyhow::Error>) -> Self {
        Self {
            exit,
            error: error.into(),
        }
    }

    /// A refusal of the system, of the kind its error is.
    pub fn system(what: impl fmt::Display, error: io::Error) -> Self {
        let exit = match error.kind() {
            io::ErrorKind::PermissionDenied => Exit::Permission,
            _ => Exit::System,
        };
        Self::new(exit, anyhow::Error::new(error).context(what.to_string()))
    }
}

/// The whole chain of causes on one line.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.error)
    }
}
