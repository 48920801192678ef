//! Questions before what cannot be taken back easily.
//!
//! Mild needs nothing, since `undo` is there; moderate asks y/N or takes `--yes`; severe wants
//! the name typed, or `--confirm NAME`. A protected context raises each by one. Without a
//! terminal nothing is asked: the command fails and names the flag.

use std::io::{BufRead as _, IsTerminal as _};

use super::exit::Exit;
use super::failure::Failure;
use super::session::Session;

/// More things than this at once are severe.
pub(crate) const MANY: usize = 25;

/// How hard something is to take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// `undo` takes it back.
    Mild,
    /// It stops delivery or removes something.
    Moderate,
    /// It removes much.
    Severe,
}

/// What is about to be done.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    /// How hard it is to take back.
    pub(crate) weight: Weight,
    /// What is done, such as `delete campaign spring`.
    pub(crate) action: String,
    /// What has to be typed when it is severe.
    pub(crate) name: &'a str,
    /// What `--confirm` says.
    pub(crate) confirm: Option<&'a str>,
}

impl Session {
    /// Goes on only when the question needs no answer or gets a yes.
    pub(crate) fn confirm(&mut self, question: &Question<'_>) -> Result<(), Failure> {
        let weight = match (question.weight, self.context()?.protected) {
            (weight, false) => weight,
            (Weight::Mild, true) => Weight::Moderate,
            (Weight::Moderate | Weight::Severe, true) => Weight::Severe,
        };
        match weight {
            Weight::Mild => Ok(()),
            Weight::Moderate if self.globals.ask.yes => Ok(()),
            Weight::Moderate => {
                self.must_ask(question, "--yes")?;
                self.out.ask(&format!("{}? [y/N]", question.action));
                let answer = read_line()?;
                let agreed = matches!(answer.to_lowercase().as_str(), "y" | "yes");
                agreed.then_some(()).ok_or_else(declined)
            }
            Weight::Severe if question.confirm == Some(question.name) => Ok(()),
            Weight::Severe if question.confirm.is_some() => {
                let hint = format!("--confirm must say `{}`", question.name);
                Err(unconfirmed(question).hint(hint))
            }
            Weight::Severe => {
                self.must_ask(question, &format!("--confirm '{}'", question.name))?;
                self.out.ask(&format!(
                    "{}? Type `{}` to go on:",
                    question.action, question.name
                ));
                let agreed = read_line()? == question.name;
                agreed.then_some(()).ok_or_else(declined)
            }
        }
    }

    /// Fails unless somebody is there to ask.
    fn must_ask(&self, question: &Question<'_>, flag: &str) -> Result<(), Failure> {
        let can_ask = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        if can_ask && !self.globals.ask.no_input {
            return Ok(());
        }
        Err(unconfirmed(question).hint(format!("add {flag} to do it without being asked")))
    }
}

fn unconfirmed(question: &Question<'_>) -> Failure {
    let message = format!("{}: this needs a confirmation", question.action);
    Failure::new(Exit::Conflict, "unconfirmed", message)
}

fn declined() -> Failure {
    Failure::new(Exit::Failed, "declined", "nothing was done")
}

fn read_line() -> Result<String, Failure> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| {
            Failure::new(Exit::Failed, "input", "the answer cannot be read").because(&error)
        })?;
    Ok(line.trim().to_owned())
}
