//! `adctl completions`: scripts that let a shell complete commands, flags, ids and names.

use clap::{Args, ValueEnum};
use clap_complete::generate;

use super::complete;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::session::Session;

/// For which shell.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl completions bash --install
  adctl completions fish --install
  adctl completions zsh > ~/.zfunc/_adctl

Commands, flags, and the ids and names of things are completed: the script asks adctl, and adctl
asks the daemon, for at most 0.15 s. What it said is kept for a minute, in ~/.cache/adctl.")]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
    /// Write it to where the shell looks
    #[arg(long)]
    install: bool,
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

    /// Its name.
    const fn word(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Elvish => "elvish",
        }
    }

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

/// The script by which a shell asks `adctl` itself, which knows ids and names too.
pub fn registration(shell: Shell) -> std::io::Result<Vec<u8>> {
    complete::registration(shell.word())
}

/// Runs `adctl completions`.
pub(super) fn run(args: &Arguments, session: &mut Session) -> Outcome {
    let failed = |error: std::io::Error| {
        Failure::new(Exit::Bug, "completions", "the script cannot be made").because(&error)
    };
    let script = registration(args.shell).map_err(failed)?;
    if !args.install {
        session.out.raw(&script)?;
        return Ok(Exit::Done);
    }
    let word = args.shell.word();
    let path = session.environment.completion_file(word).ok_or_else(|| {
        Failure::usage(format!("where {word} looks for completions is not known")).hint(format!(
            "put the answer of adctl completions {word} where it is read at start"
        ))
    })?;
    let folder = path.parent().unwrap_or(std::path::Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| Failure::file("make", folder, &error))?;
    std::fs::write(&path, script).map_err(|error| Failure::file("write", &path, &error))?;
    session.out.note(&format!("written to {}", path.display()));
    if args.shell == Shell::Zsh {
        session
            .out
            .note("if it is not there yet: fpath+=(~/.zfunc) in ~/.zshrc, before compinit");
    }
    Ok(Exit::Done)
}
