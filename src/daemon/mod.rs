//! Floor 7: the program `adserved`: read the configuration, wire everything, serve, drain.

pub mod args;
mod backups;
pub mod check;
pub mod config;
pub mod exit;
mod healthcheck;
pub mod observe;
mod records;
mod rotate;
pub mod signals;
mod status;
mod streaming;
mod wire;
mod world;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use self::args::{Arguments, Command, ConfigCommand};
use self::config::{ConfigProblem, ShowOrigin, Sources};
use self::exit::{Exit, Failure};
use crate::host::Entropy;

/// Runs `adserved`.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers, everything else is a usage error.
            error.print().ok();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let (command, sources) = arguments.split(environment());
    let exit = perform(&command, &sources, &mut io::stdout()).unwrap_or_else(|failure| {
        complain(&format!("adserved: {failure}"));
        failure.exit
    });
    exit.into()
}

/// Does what was asked; answers go to `out`.
fn perform(command: &Command, sources: &Sources, out: &mut impl Write) -> Result<Exit, Failure> {
    match command {
        Command::Run => {
            let (config, _origins) = load(sources)?;
            wire::run(&config)
        }
        Command::Check => {
            let (config, _origins) = load(sources)?;
            let problems = check::try_config(&config);
            if problems.is_empty() {
                for remark in check::remarks(&config) {
                    complain(&remark);
                }
                answer(out, "the configuration is fine\n")
            } else {
                Err(wrong(&problems))
            }
        }
        Command::Config(ConfigCommand::Print { show_origin }) => {
            let (_config, origins) = load(sources)?;
            let show = if *show_origin {
                ShowOrigin::Yes
            } else {
                ShowOrigin::No
            };
            answer(out, &origins.text(show))
        }
        Command::Config(ConfigCommand::Default) => answer(out, &config::default_file()),
        Command::Healthcheck => {
            let (config, _origins) = load(sources)?;
            healthcheck::ask(&config)
        }
        Command::RotateKeys => {
            let (config, _origins) = load(sources)?;
            answer(out, &rotate::rotate(&config, &Entropy::real())?)
        }
        Command::Version => answer(out, concat!("adserved ", env!("CARGO_PKG_VERSION"), "\n")),
    }
}

fn load(sources: &Sources) -> Result<(config::Config, config::Origins), Failure> {
    config::load(sources).map_err(|problems| wrong(&problems))
}

/// Shows everything that is wrong, a line each.
fn wrong(problems: &[ConfigProblem]) -> Failure {
    for problem in problems {
        complain(&problem.to_string());
    }
    let count = problems.len();
    let plural = if count == 1 { "" } else { "s" };
    let summary = anyhow::anyhow!("the configuration has {count} problem{plural}");
    Failure::new(Exit::Config, summary)
}

fn answer(out: &mut impl Write, text: &str) -> Result<Exit, Failure> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(Exit::Done),
        // Whoever read it has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(error) => Err(Failure::system("cannot write the answer", error)),
    }
}

fn complain(line: &str) {
    // If nobody hears it, the exit code still says it.
    writeln!(io::stderr(), "{line}").ok();
}

/// What is not UTF-8 is replaced: a setting that holds it is then refused with its name.
fn environment() -> BTreeMap<String, String> {
    let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
    std::env::vars_os()
        .map(|(name, value)| (text(name), text(value)))
        .collect()
}
