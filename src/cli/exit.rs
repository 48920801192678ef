//! How `adctl` ends: the exit codes, their meaning, and nothing else.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done, or the answer is yes.
    Done,
    /// It failed, or a command that asks a question got "no".
    Failed,
    /// The command line is wrong.
    Usage,
    /// What was named does not exist.
    NotFound,
    /// A login is missing or not enough.
    Denied,
    /// It does not fit what is there, or needs a confirmation.
    Conflict,
    /// A value was refused.
    Invalid,
    /// No daemon, or no answer in time: the same command may work later.
    Unreachable,
    /// Some of several were done and some were not.
    Partial,
    /// A fault of the program itself.
    Bug,
    /// Ended by a signal of this number.
    Signal(u8),
}

impl Exit {
    /// Every exit that has a number of its own, for the documents.
    pub(crate) const ALL: &'static [Self] = &[
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::NotFound,
        Self::Denied,
        Self::Conflict,
        Self::Invalid,
        Self::Unreachable,
        Self::Partial,
        Self::Bug,
    ];

    /// The number for the shell.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Denied => 4,
            Self::Conflict => 5,
            Self::Invalid => 6,
            Self::Unreachable => 7,
            Self::Partial => 8,
            Self::Bug => 70,
            Self::Signal(number) => 128_u8.saturating_add(number),
        }
    }

    /// What the number means, for people.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done; or the answer of a test command is \"yes\"",
            Self::Failed => "it failed; or the answer of a test command (tags test) is \"no\"",
            Self::Usage => "the command line is wrong",
            Self::NotFound => "what was named does not exist",
            Self::Denied => "a login is needed, or yours may not do this",
            Self::Conflict => "it conflicts with what is there, or needs a confirmation",
            Self::Invalid => "a value was refused; every wrong field is listed",
            Self::Unreachable => "no daemon, or no answer in time; trying again may help",
            Self::Partial => "some of several items were done and some were not",
            Self::Bug => "a fault of adctl itself",
            Self::Signal(_) => "ended by signal n",
        }
    }

    /// The exit for a refusal with this HTTP status.
    pub(crate) const fn of_status(status: u16) -> Self {
        match status {
            404 | 410 => Self::NotFound,
            401 | 403 => Self::Denied,
            409 | 412 | 428 => Self::Conflict,
            400 | 405 | 411 | 413 | 414 | 415 | 422 => Self::Invalid,
            408 | 429 | 502..=504 => Self::Unreachable,
            _ => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_has_its_own_number() {
        let mut codes: Vec<u8> = Exit::ALL.iter().map(|exit| exit.code()).collect();
        codes.dedup();
        assert_eq!(codes, [0, 1, 2, 3, 4, 5, 6, 7, 8, 70]);
        assert_eq!(Exit::Signal(2).code(), 130);
    }

    #[test]
    fn a_refusal_gives_the_exit_of_its_cause() {
        for (status, exit) in [
            (404, Exit::NotFound),
            (401, Exit::Denied),
            (403, Exit::Denied),
            (409, Exit::Conflict),
            (412, Exit::Conflict),
            (422, Exit::Invalid),
            (413, Exit::Invalid),
            (429, Exit::Unreachable),
            (503, Exit::Unreachable),
            (500, Exit::Failed),
        ] {
            assert_eq!(Exit::of_status(status), exit, "{status}");
        }
    }
}
