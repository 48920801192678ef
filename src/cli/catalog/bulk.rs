//! Acting on several things: asked once for all; go on after a failure, report each, say so in the
//! exit.

use super::pick::Target;
use super::{Noun, WriteArgs};
use crate::cli::confirm::{MANY, Question, Weight};
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Row;
use crate::cli::session::Session;
use crate::client::{Call, DryRun};

/// What is done to each.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Deed {
    /// `pause`, …
    pub(in crate::cli) verb: &'static str,
    /// How hard it is to take back for one.
    pub(in crate::cli) weight: Weight,
}

/// Asks once for all, then makes a call for each, and goes on after a failure. `said` tells what
/// became of one.
pub(in crate::cli) async fn each<N: Noun>(
    session: &mut Session,
    (picked, write): (&[Target], &WriteArgs),
    deed: Deed,
    call: impl Fn(&Target) -> Call,
    said: impl Fn(&N) -> String,
) -> Outcome {
    let mode = write.trial.mode();
    if mode == DryRun::No {
        confirm::<N>(session, picked, deed)?;
    }
    let mut bulk: Bulk<N> = Bulk::default();
    for target in picked {
        let call = call(target).if_revision(write.if_match).dry_run(mode);
        match session.write::<N>(call).await {
            Ok(thing) => {
                let line = format!("{}{}", write.trial.said(), said(&thing));
                session.out.note(&line);
                bulk.done.push(thing);
            }
            Err(failure) => bulk.fail(session, &target.name, failure)?,
        }
    }
    bulk.finish(session)
}

/// Asks before many are touched, and before what is hard to take back.
fn confirm<N: Noun>(session: &mut Session, picked: &[Target], deed: Deed) -> Result<(), Failure> {
    let Some(first) = picked.first() else {
        return Ok(());
    };
    let verb = deed.verb;
    session.confirm(&Question {
        weight: if picked.len() > MANY {
            deed.weight.max(Weight::Moderate)
        } else {
            deed.weight
        },
        action: match picked.len() {
            1 => format!("{verb} {} {}", N::COLLECTION.noun(), first.name),
            count => format!("{verb} {count} {}", N::COLLECTION.plural()),
        },
        name: &first.name,
        confirm: None,
    })
}

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
