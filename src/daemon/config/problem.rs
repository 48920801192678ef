//! What is wrong with a configuration, and where that was written.

use std::fmt;
use std::path::PathBuf;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// A place in the file.
    File {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// In characters, counted from 1.
        column: usize,
    },
    /// An environment variable.
    Variable(String),
    /// A flag of the command line.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line, column } => {
                write!(f, "{}:{line}:{column}", path.display())
            }
            Self::Variable(name) => write!(f, "${name}"),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// One thing that is wrong. Prints as one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Where it was written, if it was.
    pub origin: Option<Origin>,
    /// Which setting, or nothing if it is about the file.
    pub key: Option<String>,
    /// What is wrong and what would be right.
    pub message: String,
}

impl ConfigProblem {
    /// A fault of a setting that shows only when it is tried.
    pub(in crate::daemon) fn of(key: &str, message: impl Into<String>) -> Self {
        Self::new(None, key, message)
    }

    pub(super) fn new(origin: Option<&Origin>, key: &str, message: impl Into<String>) -> Self {
        Self {
            origin: origin.filter(|origin| **origin != Origin::Default).cloned(),
            key: Some(key.to_owned()),
            message: message.into(),
        }
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.key.as_ref().map(|key| format!("{key}: "));
        let origin = self.origin.as_ref().map(|origin| format!("{origin}: "));
        let line = format!(
            "{}{}{}",
            origin.unwrap_or_default(),
            key.unwrap_or_default(),
            self.message
        );
        // A hostile file name or value must not draw on the terminal.
        for c in line.chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_unicode())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}
