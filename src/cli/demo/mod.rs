//! `adctl demo`: a daemon with campaigns, and TVs that ask it for ads and play them.
//!
//! It proves the main promise in front of whoever watches: what the TVs saw and what the ledger
//! counted are put beside each other, and must be equal to the unit. Then what was promised is held
//! against what they got: caps, and rivals in pods. The catalog is made as an operator would make
//! it, by `adctl` itself. Where ffmpeg is, a live channel has ads in its stream, TVs that watch it,
//! and a page for people.

mod ask;
mod book;
mod daemon;
mod live;
mod script;
mod show;
mod standing;
mod tally;
mod tv;
mod verdict;
mod viewer;
mod web;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use clap::Args;

use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::output::count;
use super::session::Session;
use crate::api::{Channel, Page, Tenant};
use crate::client::{Call, Client, Collection, Settings, Target};
use crate::decision::Roll;
use crate::host::Entropy;
use ask::Dialect;
use book::Book;
use daemon::{Daemon, without};
use live::{Live, Scene, Studio};
use tally::Seen;
use tv::Tv;
use verdict::{Evening, judge, tell};
use web::Web;

/// What the demo plays with, below the folder of fixtures.
const CATALOG: &str = "demo.yaml";
/// The player of the page of the live channel, beside the folder of fixtures.
const PLAYER: &str = "tests/clients/node_modules/hls.js/dist/hls.min.js";
/// Longest call to the admin API.
const CALL_TIMEOUT: Duration = Duration::from_secs(30);

/// What to show.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl demo
  adctl demo --once --tvs 70 --breaks 100
  adctl demo --once -o json")]
pub(super) struct Arguments {
    /// End when the TVs do: 0 if all was counted and every promise kept, else 1
    #[arg(long)]
    once: bool,
    /// How many TVs watch at the same time
    #[arg(long, default_value_t = 28, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..=1000))]
    tvs: u64,
    /// How many breaks each TV watches, of one ad or a pod
    #[arg(long, default_value_t = 20, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    breaks: u64,
    /// How many TVs watch the live channel, which needs ffmpeg; with 0 there is none
    #[arg(long, default_value_t = 6, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(0..=1000))]
    live_tvs: u64,
    /// What the viewers do follows from this number
    #[arg(long, default_value_t = 42, value_name = "NUMBER")]
    seed: u64,
    /// Folder with the catalog and the media of the demo
    #[arg(long, default_value = "fixtures", value_name = "DIR")]
    fixtures: PathBuf,
}

/// Runs `adctl demo`.
pub(super) async fn run(args: Arguments, session: &mut Session) -> Outcome {
    let clock = session.clock().clone();
    let catalog = args.fixtures.join(CATALOG);
    if !catalog.is_file() {
        let what = format!("there is no {}", catalog.display());
        let failure = Failure::new(Exit::NotFound, "file", what);
        return Err(failure.hint("run the demo in the folder of the repository, or say --fixtures"));
    }
    let mut daemon = Daemon::start(player(&args.fixtures).as_deref()).map_err(broken)?;
    daemon
        .wait_ready(&Web::new(), &clock)
        .await
        .map_err(broken)?;
    session.out.note(&format!(
        "adserved is ready: players at {}, everything else in {}",
        daemon.public_url,
        daemon.folder().display()
    ));
    let client = client(&daemon)?;
    let show = stage(&args, (&daemon, &client), session).await?;
    let evening = watch_all(&args, &show, (&daemon, &client), session).await?;
    let verdict = judge(&client, &evening, &clock).await?;
    tell(&verdict, session)?;
    if !args.once {
        session.out.finish()?;
        suggest(&daemon, &show.airings, session);
        if let Some(live) = &show.live {
            invite(live, &daemon.public_url, session);
        }
        // What every command does on a signal is right here too: end, and take the daemon along.
        std::future::pending::<()>().await;
    }
    let status = daemon.stop().map_err(broken)?;
    if !status.success() {
        let what = format!("adserved ended with {status}");
        return Err(Failure::new(Exit::Failed, "demo", what));
    }
    Ok(if verdict.is_good() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

/// What is on.
struct Show {
    /// The channels that ask for ads.
    airings: Vec<Airing>,
    /// The channel with ads in its stream.
    live: Option<Live>,
    /// What all of them sell.
    book: Arc<Book>,
}

/// Makes the catalog, and the live channel where that can be.
async fn stage(
    args: &Arguments,
    (daemon, client): (&Daemon, &Client),
    session: &mut Session,
) -> Result<Show, Failure> {
    let catalog = args.fixtures.join(CATALOG);
    let catalog = catalog.to_string_lossy();
    run_adctl(daemon, &["seed", &catalog], session).map_err(broken)?;
    let airings = airings(client).await?;
    let studio = Studio {
        daemon,
        client,
        fixtures: &args.fixtures,
    };
    let live = match args.live_tvs {
        0 => None,
        _ => studio.open(session).await?,
    };
    let on_air = airings.iter().chain(live.iter().map(|live| &live.airing));
    let book = Arc::new(book(client, on_air).await?);
    Ok(Show {
        airings,
        live,
        book,
    })
}

/// Lets all TVs watch: first those that ask for ads, while ads are made to fit the live channel.
async fn watch_all(
    args: &Arguments,
    show: &Show,
    (daemon, client): (&Daemon, &Client),
    session: &mut Session,
) -> Result<Evening, Failure> {
    let Show {
        airings,
        live,
        book,
    } = show;
    let clock = session.clock().clone();
    session.out.note(&format!(
        "{} TVs watch {} breaks each on {} channels, as fast as adserved answers",
        args.tvs,
        args.breaks,
        airings.len()
    ));
    let begun = clock.monotonic();
    let mut seen = watch(args, daemon, airings, book).await;
    let took = clock.monotonic().duration_since(begun);
    session.out.note(&format!(
        "{} breaks asked for and {} beacons sent in {:.1} s, among them repeats and HEAD, which \
         must not count",
        count(seen.requests),
        count(seen.beacons),
        took.as_secs_f64()
    ));
    if let Some(live) = live {
        let scene = Scene {
            public_url: &daemon.public_url,
            book,
            clock: &clock,
        };
        seen.add(watch_live(args, (live, client), scene, session).await?);
    }
    Ok(Evening {
        seen,
        book: Arc::clone(book),
        took: clock.monotonic().duration_since(begun),
        streaming: live.as_ref().map(|live| live.airing.tenant.clone()),
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn broken(error: anyhow::Error) -> Failure {
    Failure::new(Exit::Failed, "demo", "the demo cannot go on").because(error.as_ref())
}

/// Makes the catalog as an operator would.
fn run_adctl(daemon: &Daemon, arguments: &[&str], session: &mut Session) -> anyhow::Result<()> {
    session
        .out
        .note(&format!("$ adctl {}", arguments.join(" ")));
    let output = without(Command::new(std::env::current_exe()?), "ADCTL_")
        .env("ADCTL_SERVER", daemon.socket())
        .args(arguments)
        .output()?;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        session.out.note(&format!("  {}", line.replace('\t', "  ")));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "adctl {} ended with {}:\n{said}",
        arguments.join(" "),
        output.status
    );
    Ok(())
}

fn client(daemon: &Daemon) -> Result<Client, Failure> {
    let settings = Settings {
        target: Target::Unix(daemon.socket()),
        login: None,
        token: None,
        ca_file: None,
        tenant: None,
        timeout: CALL_TIMEOUT,
        trace: None,
    };
    Ok(Client::new(settings, Entropy::real())?)
}

/// A channel that is on air, and whose it is.
struct Airing {
    tenant: String,
    tenant_name: String,
    channel: String,
}

async fn airings(client: &Client) -> Result<Vec<Airing>, Failure> {
    let tenants: Page<Tenant> = client
        .send(Call::get(Collection::Tenants.path()))
        .await?
        .value;
    let mut airings = Vec::new();
    for tenant in tenants.items {
        airings.extend(airings_of(client, &tenant).await?);
    }
    if airings.is_empty() {
        return Err(Failure::new(
            Exit::Failed,
            "demo",
            "the catalog has no channel",
        ));
    }
    Ok(airings)
}

/// The channels of a tenant.
async fn airings_of(client: &Client, tenant: &Tenant) -> Result<Vec<Airing>, Failure> {
    let call = Call::get(Collection::Channels.path());
    let channels: Page<Channel> = client.for_tenant(&tenant.id).send(call).await?.value;
    let channels = channels.items.into_iter();
    Ok(channels
        .map(|channel| Airing {
            tenant: tenant.id.clone(),
            tenant_name: tenant.name.clone(),
            channel: channel.id,
        })
        .collect())
}

/// What the tenants that are on air sell.
async fn book(client: &Client, airings: impl Iterator<Item = &Airing>) -> Result<Book, Failure> {
    let mut book = Book::default();
    for airing in airings {
        if !book.has(&airing.tenant) {
            book.add(client, &airing.tenant, &airing.tenant_name)
                .await?;
        }
    }
    Ok(book)
}

/// Lets all TVs watch at the same time.
async fn watch(args: &Arguments, daemon: &Daemon, airings: &[Airing], book: &Arc<Book>) -> Seen {
    let dice = Roll(args.seed);
    let mut tvs = tokio::task::JoinSet::new();
    let tuned = Dialect::ALL.iter().cycle().zip(airings.iter().cycle());
    for (number, (&dialect, airing)) in (0..args.tvs).zip(tuned) {
        let tv = Tv {
            public_url: daemon.public_url.clone(),
            tenant: airing.tenant.clone(),
            channel: airing.channel.clone(),
            dialect,
            roll: Roll(dice.draw(number)),
            web: Web::new(),
            book: Arc::clone(book),
        };
        tvs.spawn(tv.watch(args.breaks));
    }
    let mut seen = Seen::default();
    while let Some(one) = tvs.join_next().await {
        match one {
            Ok(one) => seen.add(one),
            Err(error) => seen.faults.push(error.to_string()),
        }
    }
    seen
}

/// Lets TVs watch the live channel, once there are ads that fit it.
async fn watch_live(
    args: &Arguments,
    (live, client): (&Live, &Client),
    scene: Scene<'_>,
    session: &mut Session,
) -> Result<Seen, Failure> {
    live.wait_ready(client, session).await?;
    // Whoever else watched now would be counted, and seen by none of these TVs.
    if args.once {
        invite(live, scene.public_url, session);
    }
    session.out.note(&format!(
        "{} TVs watch it for a break, which takes up to a minute; some report themselves, some \
         are switched off in mid-ad",
        args.live_tvs
    ));
    // Other dice than those of the TVs that ask for ads.
    let dice = Roll(Roll(args.seed).draw(u64::MAX));
    Ok(live.watch((args.live_tvs, dice), scene).await)
}

/// Says where the live channel is.
fn invite(live: &Live, public_url: &str, session: &mut Session) {
    let [playlist, page] = live.urls(public_url);
    session
        .out
        .note(&format!("the live channel, for players: {playlist}"));
    session
        .out
        .note(&format!("the live channel, in a browser: {page}"));
}

/// A player of HLS in JavaScript, where the tests have brought one.
fn player(fixtures: &Path) -> Option<PathBuf> {
    let player = fixtures.canonicalize().ok()?.parent()?.join(PLAYER);
    player.is_file().then_some(player)
}

/// Says what to try next.
fn suggest(daemon: &Daemon, airings: &[Airing], session: &mut Session) {
    let (url, socket) = (&daemon.public_url, daemon.socket());
    let (tenant, channel) = airings.first().map_or(("", ""), |airing| {
        (airing.tenant.as_str(), airing.channel.as_str())
    });
    let program = std::env::current_exe().unwrap_or_default();
    let folder = program.parent().unwrap_or(Path::new("."));
    for line in [
        "",
        "it stays up until Ctrl-C; in another terminal, try:",
        &format!("  export PATH=\"{}:$PATH\"", folder.display()),
        &format!(
            "  export ADCTL_SERVER={} ADCTL_TENANT={tenant}",
            socket.display()
        ),
        "  adctl campaigns list",
        "  adctl stats --by campaign",
        "  adctl campaigns get dog-food",
        "  adctl categories tree",
        "  adctl campaigns pause coffee-morning",
        "  adctl history",
        &format!("  curl '{url}/api/v1/vast?channel={channel}&version=4.2'"),
        &format!("  curl '{url}/api/v1/vast?channel={channel}&pod_duration=120&country=US'"),
        &format!("  curl {url}/metrics"),
    ] {
        session.out.note(line);
    }
}
