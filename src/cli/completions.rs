//! `adctl completions`: scripts that let a shell complete commands and flags.

use clap::{Args, ValueEnum};
use clap_complete::generate;

use super::args;
use super::exit::Exit;
use super::failure::Outcome;
use super::session::Session;

/// For which shell.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl completions bash > ~/.local/share/bash-completion/completions/adctl
  adctl completions zsh > ~/.zfunc/_adctl
  adctl completions fish > ~/.config/fish/completions/adctl.fish")]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

/// A shell with completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// GNU Bash
    Bash,
    /// Z shell
    Zsh,
    /// Fish
    Fish,
    /// PowerShell
    Powershell,
    /// Elvish
    Elvish,
}

impl Shell {
    /// Every shell.
    pub const ALL: &'static [Self] = &[
        Self::Bash,
        Self::Zsh,
        Self::Fish,
        Self::Powershell,
        Self::Elvish,
    ];

    /// What the file for a program is called in the folder of its shell.
    pub fn file_name(self, program: &str) -> String {
        match self {
            Self::Bash => format!("{program}.bash"),
            Self::Zsh => format!("_{program}"),
            Self::Fish => format!("{program}.fish"),
            Self::Powershell => format!("_{program}.ps1"),
            Self::Elvish => format!("{program}.elv"),
        }
    }
}

/// The script for a shell and a program.
pub fn completion(shell: Shell, mut command: clap::Command) -> Vec<u8> {
    use clap_complete::shells;
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    match shell {
        Shell::Bash => generate(shells::Bash, &mut command, name, &mut script),
        Shell::Zsh => generate(shells::Zsh, &mut command, name, &mut script),
        Shell::Fish => generate(shells::Fish, &mut command, name, &mut script),
        Shell::Powershell => generate(shells::PowerShell, &mut command, name, &mut script),
        Shell::Elvish => generate(shells::Elvish, &mut command, name, &mut script),
    }
    script
}

/// Runs `adctl completions`.
pub(super) fn run(args: &Arguments, session: &mut Session) -> Outcome {
    session.out.raw(&completion(args.shell, args::command()))?;
    Ok(Exit::Done)
}
