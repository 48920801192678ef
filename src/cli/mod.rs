//! Floor 7: the program `adctl`: one file per noun, over the one door in `client`.
//!
//! Answers go to standard output, prose to standard error, and the exit code says how it went.
//! What every command inherits is here: `args` (global flags), `output` (formats), `failure` and
//! `exit` (errors), `confirm`, `session` (the daemon and the tenant), `catalog` (the verbs that
//! nouns share).

mod advertisers;
mod analytics;
mod args;
mod backup;
mod campaigns;
mod catalog;
mod categories;
mod change;
mod channels;
mod complete;
mod completions;
mod confirm;
mod context;
mod creatives;
mod declare;
mod demo;
mod doctor;
mod editor;
mod environment;
mod exit;
mod explain;
mod failure;
mod figures;
mod help;
mod history;
mod hls;
mod input;
mod man;
mod orders;
mod output;
mod people;
mod pods;
mod progress;
mod reports;
mod seed;
mod session;
mod sessions;
mod stats;
mod status;
mod streams;
mod tags;
mod tail;
mod targeting;
mod tenants;
mod top;
pub mod tui;
mod undo;
mod version;
mod watch;

pub use args::{Cli, command};
pub use completions::{Shell, completion, registration};
pub use man::{Page, file_page, page, pages};

use std::ffi::OsString;
use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use args::Command;
use environment::Environment;
use exit::Exit;
use failure::{Failure, Outcome};
use output::Out;
use session::Session;

/// Bytes of an answer that are held back before they are written.
const ANSWER_BUFFER_BYTES: usize = 64 * 1024;

/// Runs `adctl` with the arguments of the process.
pub fn main() -> ExitCode {
    std::panic::set_hook(Box::new(report_bug));
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let outcome = std::panic::catch_unwind(|| {
        if complete::answer(&arguments) {
            return Exit::Done;
        }
        run(&arguments)
    });
    outcome.unwrap_or(Exit::Bug).into()
}

/// Says on standard error that the program is at fault, without a word of the answer.
fn report_bug(panic: &std::panic::PanicHookInfo<'_>) {
    let written = writeln!(
        std::io::stderr(),
        "error: adctl {} has a fault: {panic}\nhint: please report this line and the command",
        env!("CARGO_PKG_VERSION")
    );
    drop(written);
}

fn run(arguments: &[OsString]) -> Exit {
    let environment = Environment::of_process();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return help::answer_parse(error, arguments, &environment),
    };
    let settings = match streams::output_settings(&cli.globals, &environment) {
        Ok(settings) => settings,
        Err(failure) => return help::fail_early(&failure, arguments, &environment),
    };
    let answers = BufWriter::with_capacity(ANSWER_BUFFER_BYTES, std::io::stdout());
    let out = Out::new(settings, Box::new(answers), Box::new(std::io::stderr()));
    let mut session = Session::new(cli.globals, environment, out);
    let outcome = run_to_the_end(cli.command, arguments, &mut session);
    let outcome = outcome.and_then(|exit| session.out.finish().map(|()| exit));
    outcome.unwrap_or_else(|failure| {
        // What was answered before the failure is still an answer.
        drop(session.out.finish());
        session.out.failure(&failure);
        failure.exit
    })
}

/// Runs a command until it ends or a signal asks it to.
fn run_to_the_end(command: Command, arguments: &[OsString], session: &mut Session) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Failed, "system", "cannot start").because(&error))?;
    let outcome = runtime.block_on(async {
        tokio::select! {
            // First, so that signals are taken before anything is begun.
            biased;
            signal = signalled() => Err(signal),
            outcome = once_or_more(command, arguments, session) => outcome,
        }
    });
    let outcome = outcome.map_err(|failure| match failure.exit {
        Exit::Signal(_) if session.is_endless() => Failure {
            exit: failure.exit,
            ..Failure::silent()
        },
        _ => failure,
    });
    // A read of standard input may never end; it must not hold the program back.
    runtime.shutdown_background();
    outcome
}

/// The failure that a signal is, once one comes.
async fn signalled() -> Failure {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) else {
        return std::future::pending().await;
    };
    let (number, word) = tokio::select! {
        _received = interrupt.recv() => (2, "interrupted"),
        _received = terminate.recv() => (15, "terminated"),
    };
    Failure::new(Exit::Signal(number), "signal", word)
}

/// Runs a command, again and again where that was asked for.
async fn once_or_more(command: Command, arguments: &[OsString], session: &mut Session) -> Outcome {
    let args = session.globals.watch.clone();
    if !args.watch {
        return dispatch(command, session).await;
    }
    session.ends_by_signal();
    let watch = watch::Watch {
        arguments,
        environment: &session.environment,
        interval: args.interval,
    };
    watch.run(session.clock()).await
}

async fn dispatch(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::Tenants(command) => catalog::plain::run(command, session).await,
        Command::Advertisers(command) => catalog::plain::run(command, session).await,
        Command::Orders(command) => catalog::plain::run(command, session).await,
        Command::Campaigns(command) => campaigns::run(command, session).await,
        Command::Creatives(command) => creatives::run(command, session).await,
        Command::Channels(command) => catalog::plain::run(command, session).await,
        Command::Pods(command) => catalog::plain::run(command, session).await,
        Command::Categories(command) => categories::run(command, session).await,
        Command::Sessions(command) => sessions::run(command, session).await,
        Command::Targeting(command) => targeting::run(command, session).await,
        Command::Tags(command) => tags::run(command, session).await,
        Command::Hls(command) => hls::run(command, session).await,
        Command::Tail(arguments) => tail::run(arguments, session).await,
        Command::Stats(arguments) => stats::run(arguments, session).await,
        Command::Analytics(command) => analytics::run(command, session).await,
        Command::Reports(command) => reports::run(command, session).await,
        Command::Explain(arguments) => explain::run(arguments, session).await,
        Command::Decide(arguments) => explain::decide(arguments, session).await,
        Command::History(arguments) => history::run(arguments, session).await,
        Command::Undo(arguments) => undo::run(arguments, session).await,
        Command::Apply(arguments) => declare::apply(arguments, session).await,
        Command::Diff(arguments) => declare::diff(arguments, session).await,
        Command::Export(arguments) => declare::export(arguments, session).await,
        Command::Validate(arguments) => declare::validate(&arguments, session),
        Command::Seed(arguments) => seed::run(arguments, session).await,
        Command::Demo(arguments) => demo::run(arguments, session).await,
        Command::Users(command) => people::users::run(command, session).await,
        Command::Keys(command) => people::keys::run(command, session).await,
        Command::Login(arguments) => people::login::login(arguments, session).await,
        Command::Register(arguments) => people::login::register(arguments, session).await,
        Command::Logout(arguments) => people::login::logout(arguments, session).await,
        Command::Whoami => people::profile::whoami(session).await,
        Command::Profile(arguments) => people::profile::profile(arguments, session).await,
        Command::Password(arguments) => people::profile::password(arguments, session).await,
        Command::Top(arguments) => Box::pin(top::run(arguments, session)).await,
        Command::Backup(command) => backup::run(command, session).await,
        Command::Doctor => doctor::run(session).await,
        Command::Status => status::run(session).await,
        Command::Version => version::run(session).await,
        Command::Context(command) => context::run(command, session),
        Command::Completions(arguments) => completions::run(&arguments, session),
        Command::Man(arguments) => man::run(&arguments, session),
        Command::Help(arguments) => help::run(&arguments, session),
    }
}
