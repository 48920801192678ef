//! Acting on several things: go on after a failure, report each, say so in the exit.

use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::input::Source;
use crate::cli::output::Row;
use crate::cli::session::Session;

/// The outcome of acting on several things.
#[derive(Debug)]
pub(in crate::cli) struct Bulk<T> {
    /// What went well.
    pub(in crate::cli) done: Vec<T>,
    last_failure: Option<Failure>,
    failures: usize,
}

impl<T> Default for Bulk<T> {
    fn default() -> Self {
        Self {
            done: Vec::new(),
            last_failure: None,
            failures: 0,
        }
    }
}

impl<T: Row> Bulk<T> {
    /// Notes a failure and goes on, unless no other can fare better.
    pub(in crate::cli) fn fail(
        &mut self,
        session: &mut Session,
        target: &str,
        failure: Failure,
    ) -> Result<(), Failure> {
        if matches!(failure.exit, Exit::Unreachable | Exit::Denied | Exit::Usage) {
            return Err(failure);
        }
        if let Some(earlier) = self.last_failure.replace(failure) {
            session.out.failure(&earlier);
        }
        session.out.detail(&format!("{target} failed"));
        self.failures += 1;
        Ok(())
    }

    /// How many were acted on.
    pub(in crate::cli) const fn asked(&self) -> usize {
        self.done.len() + self.failures
    }

    /// Prints what went well. All wrong is the failure itself; some wrong is partial.
    pub(in crate::cli) fn finish(self, session: &mut Session) -> Outcome {
        let asked = self.asked();
        session.out.list(&self.done)?;
        let Some(failure) = self.last_failure else {
            return Ok(Exit::Done);
        };
        if self.failures == asked {
            return Err(failure);
        }
        session.out.failure(&failure);
        session
            .out
            .warn(&format!("{} of {asked} failed", self.failures));
        Ok(Exit::Partial)
    }
}

/// The things to act on, with those that `-` stands for.
pub(in crate::cli) fn read_targets(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut targets = Vec::new();
    for target in given {
        if target == "-" {
            let text = Source::Stdin.read()?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            targets.extend(lines.map(str::to_owned));
        } else {
            targets.push(target.clone());
        }
    }
    if targets.is_empty() {
        return Err(Failure::usage(
            "nothing to act on came in on standard input",
        ));
    }
    Ok(targets)
}
