//! `adctl top`: the dashboard, and the same without a screen.

use std::ffi::OsString;
use std::io::IsTerminal as _;

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use tokio::sync::{mpsc, watch};

use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::output::Format;
use super::session::Session;
use super::tui::feed::{self, Asked, Feed, NEWS_MAX};
use super::tui::glance::{Glance, frame, told};
use super::tui::lines::Teller;
use super::tui::look::{Glyphs, Look, Palette};
use super::tui::runner::Runner;
use super::tui::{self, Ended, Event, Screen, Setup, State, update};
use super::{args, environment::Environment};
use crate::client::Client;
use crate::host::Entropy;

/// Columns and rows of a frame where there is no terminal to ask.
const FRAME: (u16, u16) = (100, 32);

/// How the dashboard is shown.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl top
  adctl top --tenant acme-fast --screen campaigns
  adctl top --once -o json
  adctl top --lines | tee today.log

Press ? for the keys, : for commands, q to leave. docs/dashboard.md shows the screens.")]
pub(super) struct Arguments {
    #[command(flatten)]
    mode: ModeArgs,
    /// The screen to begin with
    #[arg(long, value_name = "SCREEN", default_value = "home")]
    screen: First,
    /// Colours to use; found out from the terminal unless given
    #[arg(
        long,
        value_name = "NAME",
        env = "ADCTL_PALETTE",
        hide_env_values = true
    )]
    palette: Option<Colours>,
    /// Look and change nothing
    #[arg(long)]
    readonly: bool,
    /// Draw with ASCII alone, as where the locale is not UTF-8
    #[arg(long)]
    ascii: bool,
}

/// How it is told without a screen.
#[derive(Debug, Args)]
struct ModeArgs {
    /// Print how things stand once, and end; with -o json for programs
    #[arg(long, conflicts_with = "lines")]
    once: bool,
    /// Print a sentence for each change, without moving the cursor
    #[arg(long)]
    lines: bool,
}

/// The screen to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum First {
    /// How things stand at a glance
    Home,
    /// The buys
    Campaigns,
    /// Their spots
    Creatives,
    /// Who watches
    Sessions,
    /// Where ads are asked for
    Channels,
    /// How the daemon is
    Health,
    /// Who changed what
    Audit,
}

/// Colours of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colours {
    /// True colour on a dark ground
    Dark,
    /// True colour on a light ground
    Light,
    /// The 256 colours of xterm
    #[value(name = "256")]
    Indexed,
    /// The sixteen of the terminal
    #[value(name = "16")]
    Sixteen,
    /// No colour at all
    None,
}

/// Runs `adctl top`.
pub(super) async fn run(args: Arguments, session: &mut Session) -> Outcome {
    let is_screen = !args.mode.once && !args.mode.lines;
    if is_screen && !std::io::stdout().is_terminal() {
        return Err(Failure::usage("standard output is no terminal")
            .hint("adctl top --once prints how things stand, --lines what changes"));
    }
    if is_screen {
        // A trace would be written over the screen.
        session.globals.talk.debug = false;
    }
    let client = session.client()?;
    let setup = setup(&args, session, &client)?;
    if args.mode.once {
        return once(setup, &args, client, session).await;
    }
    if args.mode.lines {
        return Box::pin(lines(setup, client, session)).await;
    }
    let runner = runner(session)?;
    let ended = tui::run(
        setup,
        args.screen.screen(),
        client,
        runner,
        session.clock().clone(),
    );
    match Box::pin(ended).await {
        Ok(Ended::Left) => Ok(Exit::Done),
        Ok(Ended::HungUp) => Err(Failure::new(
            Exit::Signal(1),
            "signal",
            "the terminal went away",
        )),
        Err(error) => {
            Err(Failure::new(Exit::Failed, "terminal", error.to_string()).because(&error))
        }
    }
}

/// How lines of the dashboard are run: by this program, with the same way to the daemon.
fn runner(session: &Session) -> Result<Runner, Failure> {
    let program = std::env::current_exe().map_err(|error| {
        Failure::new(Exit::Failed, "system", "this program cannot be found").because(&error)
    })?;
    let connect = &session.globals.connect;
    let file = |path: &Option<std::path::PathBuf>| path.as_ref().map(Into::into);
    let given: [(&str, Option<OsString>); 4] = [
        ("--context", connect.context.as_ref().map(Into::into)),
        ("--server", connect.server.as_ref().map(Into::into)),
        ("--token-file", file(&connect.token_file)),
        ("--ca-file", file(&connect.ca_file)),
    ];
    let given = given
        .into_iter()
        .filter_map(|(flag, value)| Some([flag.into(), value?]));
    Ok(Runner {
        program,
        before: given.flatten().collect(),
    })
}

fn setup(args: &Arguments, session: &mut Session, client: &Client) -> Result<Setup, Failure> {
    let mut look = look(&session.environment);
    if let Some(palette) = args.palette {
        look.palette = palette.palette();
    } else if session.globals.format.color == args::ColourWhen::Never {
        look.palette = Palette::None;
    }
    if args.ascii {
        look.glyphs = Glyphs::Ascii;
    }
    let zone: Option<TimeZone> = super::streams::asked_zone(&session.globals.format)?;
    let context = session.globals.connect.context.clone();
    Ok(Setup {
        look,
        place: context.unwrap_or_else(|| client.target().to_string()),
        tenant: client.tenant().map(str::to_owned),
        zone,
        now: session.now(),
        size: size().unwrap_or(FRAME),
        is_readonly: args.readonly,
    })
}

fn look(environment: &Environment) -> Look {
    Look::of_environment(|name| environment.get(name))
}

/// Columns and rows of the terminal on standard output.
fn size() -> Option<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    (size.ws_col > 0 && size.ws_row > 0).then_some((size.ws_col, size.ws_row))
}

/// Prints one frame, or how things stand as a document.
async fn once(setup: Setup, args: &Arguments, client: Client, session: &mut Session) -> Outcome {
    let mut state = State::new(setup.clone());
    state.screen = args.screen.screen();
    let news = feed::once(client, session.clock(), &state.wanted()).await?;
    let mut state = told(setup, news, session.now());
    state.screen = args.screen.screen();
    state.rebuild();
    match session.out.settings().format {
        Format::Json | Format::Jsonl | Format::Yaml => session.out.document(&Glance::of(&state))?,
        _ => session.out.raw(frame(&state).as_bytes())?,
    }
    Ok(Exit::Done)
}

/// Prints what changes until a signal comes or nobody reads any more.
async fn lines(setup: Setup, client: Client, session: &mut Session) -> Outcome {
    let mut state = State::new(setup);
    // Nobody changes what is wanted, but the feed ends with the sender.
    let (ask, asked) = watch::channel(Asked {
        wanted: state.wanted(),
        times: 0,
    });
    let (news, mut heard) = mpsc::channel(NEWS_MAX);
    let clock = session.clock().clone();
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(
        Feed {
            client,
            clock,
            entropy: Entropy::real(),
            asked,
            news,
        }
        .run(),
    );
    let mut teller = Teller::default();
    while let Some((news, at)) = heard.recv().await {
        let is_whole = matches!(news, tui::data::News::Fresh | tui::data::News::Lost { .. });
        update(&mut state, Event::News(Box::new(news), at));
        if !is_whole {
            continue;
        }
        for sentence in teller.sentences(&state) {
            session.out.text(&sentence)?;
        }
        session.out.finish()?;
    }
    drop(ask);
    Ok(Exit::Done)
}

impl First {
    const fn screen(self) -> Screen {
        match self {
            Self::Home => Screen::Home,
            Self::Campaigns => Screen::Campaigns,
            Self::Creatives => Screen::Creatives,
            Self::Sessions => Screen::Sessions,
            Self::Channels => Screen::Channels,
            Self::Health => Screen::Health,
            Self::Audit => Screen::Audit,
        }
    }
}

impl Colours {
    const fn palette(self) -> Palette {
        match self {
            Self::Dark => Palette::Dark,
            Self::Light => Palette::Light,
            Self::Indexed => Palette::Indexed,
            Self::Sixteen => Palette::Sixteen,
            Self::None => Palette::None,
        }
    }
}
