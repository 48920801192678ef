//! `adctl help`: help about a command or a topic; and answers to command lines that are wrong.

mod topics;

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory as _};

use super::args::{Cli, ColourWhen};
use super::environment::Environment;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::output::{Format, Header, Out, Settings, Style, Talk, View};
use super::session::Session;
use super::streams::style;
use crate::api::nearest;
use crate::model::Timestamp;

/// What to explain.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl help campaigns create
  adctl help exit-codes

adctl help alone lists the topics.")]
pub(super) struct Arguments {
    /// A command, or a topic such as exit-codes
    #[arg(value_name = "COMMAND|TOPIC")]
    words: Vec<String>,
}

/// Runs `adctl help`.
pub(super) fn run(args: &Arguments, session: &mut Session) -> Outcome {
    if let [word] = args.words.as_slice()
        && let Some(text) = topics::text(word)
    {
        session.out.raw(text.as_bytes())?;
        return Ok(Exit::Done);
    }
    let mut command = Cli::command();
    command.build();
    let mut found = &mut command;
    for word in &args.words {
        let known: Vec<String> = found
            .get_subcommands()
            .map(|c| c.get_name().to_owned())
            .collect();
        found = match found.find_subcommand_mut(word) {
            Some(next) => next,
            None => return Err(unknown(word, &known)),
        };
    }
    let help = found.render_long_help();
    let text = match session.out.settings().style {
        Style::Coloured => help.ansi().to_string(),
        Style::Plain => help.to_string(),
    };
    session.out.raw(text.as_bytes())?;
    if args.words.is_empty() {
        session.out.raw(topics::list().as_bytes())?;
    }
    Ok(Exit::Done)
}

fn unknown(word: &str, known: &[String]) -> Failure {
    let mut near: Vec<&str> = known.iter().map(String::as_str).collect();
    for name in topics::names() {
        near.push(name);
    }
    let hint = nearest(word, near).map_or_else(
        || {
            let names: Vec<&str> = topics::names().collect();
            format!("the topics are {}", names.join(", "))
        },
        |near| format!("did you mean `{near}`?"),
    );
    Failure::usage(format!("there is no command or topic `{word}`")).hint(hint)
}

/// Answers a command line that clap did not take: help and version are answers, the rest is a
/// failure in the form that was asked for.
pub(super) fn answer_parse(
    mut error: clap::Error,
    arguments: &[OsString],
    environment: &Environment,
) -> Exit {
    let mut out = plain_out(arguments, environment);
    // Clap shows what the environment gave as if the command needed it.
    if error.get(ContextKind::Usage).is_some() {
        let usage = ContextValue::StyledStr(usage_of(arguments));
        error.insert(ContextKind::Usage, usage);
    }
    let rendered = error.render();
    let text = match out.settings().style {
        Style::Coloured => rendered.ansi().to_string(),
        Style::Plain => rendered.to_string(),
    };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let written = out.raw(text.as_bytes()).and_then(|()| out.finish());
            return written.map_or_else(|failure| failure.exit, |()| Exit::Done);
        }
        _ if out.settings().format.is_document() => {
            out.failure(&usage_failure(&error));
        }
        _ => out.prose(&text),
    }
    Exit::Usage
}

/// How the command is used that the first words name. Behind a flag may stand its value.
fn usage_of(arguments: &[OsString]) -> StyledStr {
    let mut command = Cli::command();
    command.build();
    let mut found = &mut command;
    let mut is_behind_flag = false;
    for word in arguments.iter().skip(1) {
        let is_flag = word.to_string_lossy().starts_with('-');
        if found.find_subcommand(word).is_some() {
            found = found
                .find_subcommand_mut(word)
                .expect("it was found just now");
        } else if !is_flag && !is_behind_flag {
            break;
        }
        is_behind_flag = is_flag;
    }
    found.render_usage()
}

/// Says a failure that came before the settings were known.
pub(super) fn fail_early(
    failure: &Failure,
    arguments: &[OsString],
    environment: &Environment,
) -> Exit {
    plain_out(arguments, environment).failure(failure);
    failure.exit
}

/// What clap says, in our form.
fn usage_failure(error: &clap::Error) -> Failure {
    let rendered = error.render().to_string();
    let first = rendered.lines().next().unwrap_or_default();
    let failure = Failure::usage(first.trim_start_matches("error: "));
    let suggestions = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let suggested = suggestions.iter().find_map(|&kind| match error.get(kind)? {
        ContextValue::String(word) => Some(word.clone()),
        ContextValue::Strings(words) => words.first().cloned(),
        _ => None,
    });
    match suggested {
        Some(word) => failure.hint(format!("did you mean `{word}`?")),
        None => failure,
    }
}

/// Output for when the arguments could not be read: what can be told from them is.
fn plain_out(arguments: &[OsString], environment: &Environment) -> Out {
    let when = ColourWhen::Auto;
    let settings = Settings {
        format: if wants_document(arguments, environment) {
            Format::Json
        } else {
            Format::Plain
        },
        columns: None,
        header: Header::Shown,
        talk: Talk::Normal,
        width: None,
        view: View {
            now: Timestamp::default(),
            zone: jiff::tz::TimeZone::UTC,
        },
        style: style(when, &std::io::stdout(), environment),
        error_style: style(when, &std::io::stderr(), environment),
    };
    Out::new(
        settings,
        Box::new(std::io::stdout()),
        Box::new(std::io::stderr()),
    )
}

/// Whether the arguments ask for an answer that programs read.
fn wants_document(arguments: &[OsString], environment: &Environment) -> bool {
    let texts: Vec<&str> = arguments.iter().filter_map(|text| text.to_str()).collect();
    let flag = texts
        .iter()
        .zip(texts.iter().skip(1).chain([&""]))
        .find_map(|(text, next)| match *text {
            "-o" | "--output" => Some(*next),
            text => text
                .strip_prefix("--output=")
                .or_else(|| text.strip_prefix("-o")),
        });
    let format = flag.or_else(|| environment.get("ADCTL_OUTPUT"));
    format.is_some_and(|format| {
        matches!(
            format.trim_start_matches('='),
            "json" | "jsonl" | "yaml" | "toml"
        )
    })
}
