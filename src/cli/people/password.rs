//! Passwords: typed without an echo, or read from standard input; never words of the command.

use std::io::{BufRead as _, IsTerminal as _};

use clap::Args;

use crate::api::Password;
use crate::cli::failure::Failure;
use crate::cli::session::Session;

/// Longest line with a password.
const LINE_BYTES_MAX: u64 = 4 * 1024;

/// Where passwords come from.
#[derive(Debug, Clone, Args)]
pub(super) struct PasswordArgs {
    /// Read the password from standard input, a line each where there are several
    #[arg(long)]
    password_stdin: bool,
}

impl PasswordArgs {
    /// A password that is known already.
    pub(super) fn known(&self, session: &mut Session, prompt: &str) -> Result<Password, Failure> {
        if self.password_stdin {
            return line();
        }
        if session.globals.ask.no_input || !std::io::stdin().is_terminal() {
            return Err(
                Failure::usage("a password is needed, and nobody is there to type it")
                    .hint("pipe it in, with --password-stdin"),
            );
        }
        session.out.ask(prompt);
        let typed = rpassword::read_password();
        let typed = typed.map_err(|error| unreadable(&error))?;
        given(typed)
    }

    /// A password that is new, so that it is typed twice.
    pub(super) fn typed_twice(&self, session: &mut Session) -> Result<Password, Failure> {
        if self.password_stdin {
            return line();
        }
        let first = self.known(session, "New password, at least 12 characters:")?;
        let second = self.known(session, "Once more:")?;
        if first != second {
            return Err(Failure::invalid("the two passwords differ").hint("try again"));
        }
        Ok(first)
    }
}

/// The next line of standard input.
fn line() -> Result<Password, Failure> {
    use std::io::Read as _;
    let mut text = String::new();
    let stdin = std::io::stdin().lock();
    let read = stdin.take(LINE_BYTES_MAX).read_line(&mut text);
    read.map_err(|error| unreadable(&error))?;
    given(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn given(text: String) -> Result<Password, Failure> {
    if text.is_empty() {
        return Err(Failure::usage("no password was given"));
    }
    Ok(Password(text))
}

fn unreadable(error: &std::io::Error) -> Failure {
    Failure::usage("the password cannot be read").because(error)
}
