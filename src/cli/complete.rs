//! What a shell is offered for ids and names: asked of the daemon, in a short time or not at all.
//!
//! Nothing here fails aloud: somebody who presses a key wants words or silence.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Arg, CommandFactory as _, Parser as _};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, EnvCompleter, Shells};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::args::Cli;
use super::environment::Environment;
use super::output::Out;
use super::session::Session;
use super::streams::output_settings;
use crate::api::{PAGE_MAX, Page};
use crate::client::{Call, Client, Collection};
use crate::model::{CampaignStatus, CreativeStatus, Tier};

/// Set by the script of a shell when it wants words.
pub(super) const VARIABLE: &str = "COMPLETE";
/// The program as scripts call it.
const PROGRAM: &str = "adctl";
/// Longest time for asking the daemon.
const PATIENCE: Duration = Duration::from_millis(150);
/// How long an answer serves again.
const FRESH: Duration = Duration::from_mins(1);
/// Largest answer that is read again.
const CACHE_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// The flags that say which daemon and which tenant is meant.
const WHERE: &[&str] = &[
    "--server",
    "--tenant",
    "--context",
    "--token-file",
    "--ca-file",
];

/// Answers a shell that asks for words; false when none does.
pub(super) fn answer(arguments: &[OsString]) -> bool {
    let here = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(command)
        .var(VARIABLE)
        .bin(PROGRAM)
        .completer(PROGRAM)
        .try_complete(arguments.iter().cloned(), here.as_deref());
    // What a shell cannot be told it does without.
    asked.unwrap_or(true)
}

/// The script by which a shell asks.
pub(super) fn registration(shell: &str) -> io::Result<Vec<u8>> {
    let shells = Shells::builtins();
    let known: Option<&dyn EnvCompleter> = shells.completer(shell);
    let mut script = Vec::new();
    if let Some(known) = known {
        known.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    }
    Ok(script)
}

/// The tree of commands, with what their values may be.
fn command() -> clap::Command {
    with_values(Cli::command(), None)
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
enum Offer {
    Things(Collection),
    Words(&'static [&'static str]),
}

fn with_values(command: clap::Command, noun: Option<Collection>) -> clap::Command {
    let own = NOUNS
        .iter()
        .copied()
        .find(|collection| collection.plural() == command.get_name());
    let noun = own.or(noun);
    let wanted = command.get_arguments().filter_map(|arg| {
        let offer = offer_of(arg, noun)?;
        Some((arg.get_id().to_string(), offer))
    });
    let wanted: Vec<(String, Offer)> = wanted.collect();
    let command = wanted.into_iter().fold(command, |command, (id, offer)| {
        command.mut_arg(id, |arg| {
            arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                candidates(offer, typed)
            }))
        })
    });
    command.mut_subcommands(|inner| with_values(inner, noun))
}

const NOUNS: &[Collection] = &[
    Collection::Tenants,
    Collection::Advertisers,
    Collection::Orders,
    Collection::Campaigns,
    Collection::Creatives,
    Collection::Channels,
    Collection::Pods,
    Collection::Categories,
];

fn offer_of(arg: &Arg, noun: Option<Collection>) -> Option<Offer> {
    let things = |collection| Some(Offer::Things(collection));
    match (arg.get_id().as_str(), noun) {
        ("tenant", _) => return things(Collection::Tenants),
        ("advertiser", _) => return things(Collection::Advertisers),
        ("campaign", _) => return things(Collection::Campaigns),
        ("channel", _) => return things(Collection::Channels),
        ("order", _) => return things(Collection::Orders),
        ("pod", _) => return things(Collection::Pods),
        ("tier", _) => return Some(Offer::Words(TIERS)),
        ("status", Some(Collection::Campaigns)) => return Some(Offer::Words(CAMPAIGN_STATUSES)),
        ("status", Some(Collection::Creatives)) => return Some(Offer::Words(CREATIVE_STATUSES)),
        _ => {}
    }
    let name = arg.get_value_names().and_then(<[_]>::first)?;
    match name.as_str() {
        "ID|NAME" if arg.is_positional() => noun.map(Offer::Things),
        "CAMPAIGN|CREATIVE" => things(Collection::Campaigns),
        _ => None,
    }
}

const TIERS: &[&str] = &[
    Tier::Sponsorship.as_str(),
    Tier::Standard.as_str(),
    Tier::Bulk.as_str(),
    Tier::House.as_str(),
];
const CAMPAIGN_STATUSES: &[&str] = &[
    CampaignStatus::Draft.as_str(),
    CampaignStatus::Active.as_str(),
    CampaignStatus::Paused.as_str(),
    CampaignStatus::Completed.as_str(),
];
const CREATIVE_STATUSES: &[&str] = &[
    CreativeStatus::Processing.as_str(),
    CreativeStatus::Active.as_str(),
    CreativeStatus::Inactive.as_str(),
    CreativeStatus::Failed.as_str(),
];

fn candidates(offer: Offer, typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else {
        return Vec::new();
    };
    match offer {
        Offer::Words(words) => words
            .iter()
            .filter(|word| word.starts_with(typed))
            .map(CompletionCandidate::new)
            .collect(),
        Offer::Things(collection) => {
            let words: Vec<OsString> = std::env::args_os().collect();
            let things = things(collection, typed, &words).unwrap_or_default();
            offered(&things, typed)
        }
    }
}

/// Something that can be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Thing {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<String>,
}

/// Names first; ids once something is typed. A name that a shell would take apart goes by its id.
fn offered(things: &[Thing], typed: &str) -> Vec<CompletionCandidate> {
    let mut names = Vec::new();
    let mut ids = Vec::new();
    for thing in things {
        let name = thing.code.as_ref().unwrap_or(&thing.name);
        let status = thing.status.iter().map(String::as_str);
        if is_one_word(name) && name.starts_with(typed) {
            let help: Vec<&str> = std::iter::once(thing.id.as_str()).chain(status).collect();
            names.push(CompletionCandidate::new(name).help(Some(help.join(" ").into())));
        } else if thing.id.starts_with(typed) && (!typed.is_empty() || !is_one_word(name)) {
            let help: Vec<&str> = std::iter::once(name.as_str()).chain(status).collect();
            let help = crate::client::clean(&help.join(" ")).into_owned();
            ids.push(CompletionCandidate::new(&thing.id).help(Some(help.into())));
        }
    }
    names.append(&mut ids);
    names
}

/// Whether every shell takes it as one word, whatever stands around it.
fn is_one_word(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '@');
    name.chars().all(plain) && !name.starts_with('-')
}

/// The things of a collection: those of a moment ago, else those that the daemon tells in time,
/// else those of earlier.
fn things(collection: Collection, typed: &str, words: &[OsString]) -> Option<Vec<Thing>> {
    let mut session = session(words)?;
    let client = session.client().ok()?;
    let cache = cache_file(&session.environment, &client, collection);
    let now = session.now();
    let kept = cache.as_deref().and_then(read_cache);
    if let Some((things, age)) = &kept
        && age(now) < FRESH
    {
        return Some(things.clone());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    let asked = runtime.block_on(async {
        let asked = ask(&client, collection, typed);
        tokio::time::timeout(PATIENCE, asked).await.ok().flatten()
    });
    runtime.shutdown_background();
    let Some((things, is_whole)) = asked else {
        return kept.map(|(things, _age)| things);
    };
    if is_whole && let Some(cache) = &cache {
        // Without a cache it is asked again.
        drop(write_cache(cache, &things));
    }
    Some(things)
}

/// The session of the flags that were typed so far; what else was typed says nothing here.
fn session(words: &[OsString]) -> Option<Session> {
    let mut given: Vec<OsString> = vec![PROGRAM.into()];
    let mut words = words.iter().skip_while(|word| *word != "--").skip(1);
    while let Some(word) = words.next() {
        let text = word.to_str().unwrap_or_default();
        let flag = text.split('=').next().unwrap_or_default();
        if !WHERE.contains(&flag) {
            continue;
        }
        given.push(word.clone());
        if !text.contains('=') {
            given.extend(words.next().cloned());
        }
    }
    given.push("status".into());
    let environment = Environment::of_process();
    let cli = Cli::try_parse_from(given).ok()?;
    let settings = output_settings(&cli.globals, &environment).ok()?;
    let out = Out::new(settings, Box::new(io::sink()), Box::new(io::sink()));
    Some(Session::new(cli.globals, environment, out))
}

/// Things that a daemon tells, and whether these are all. Of very many, those with the typed part.
async fn ask(client: &Client, collection: Collection, typed: &str) -> Option<(Vec<Thing>, bool)> {
    let call = Call::get(collection.path()).with("limit", Some(PAGE_MAX));
    let page: Page<Thing> = client.send(call.clone()).await.ok()?.value;
    if page.next_cursor.is_none() {
        return Some((page.items, true));
    }
    if typed.is_empty() {
        return Some((page.items, false));
    }
    let call = call.with("search", Some(typed));
    let page: Page<Thing> = client.send(call).await.ok()?.value;
    Some((page.items, false))
}

/// Where an answer is kept: by daemon, tenant, and who asks.
fn cache_file(
    environment: &Environment,
    client: &Client,
    collection: Collection,
) -> Option<PathBuf> {
    let mut hash = Sha256::new();
    let here = std::env::current_dir().ok()?;
    let tenant = client.tenant().unwrap_or_default();
    let token = environment.get("ADCTL_TOKEN").unwrap_or_default();
    let parts = [
        client.target().to_string(),
        here.display().to_string(),
        tenant.to_owned(),
        token.to_owned(),
        collection.plural().to_owned(),
    ];
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let name: Vec<String> = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Some(
        environment
            .cache_dir()?
            .join(format!("{}.json", name.concat())),
    )
}

/// What was kept, and how old it is at an instant.
type Kept = (Vec<Thing>, Box<dyn Fn(crate::model::Timestamp) -> Duration>);

fn read_cache(path: &Path) -> Option<Kept> {
    let facts = std::fs::metadata(path).ok()?;
    if facts.len() > CACHE_BYTES_MAX {
        return None;
    }
    let written = facts.modified().ok()?;
    let written = written.duration_since(std::time::UNIX_EPOCH).ok()?;
    let things = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    let age = move |now: crate::model::Timestamp| {
        let now = Duration::from_millis(now.millis().unsigned_abs());
        // One of the future is as good as old.
        now.checked_sub(written).unwrap_or(Duration::MAX)
    };
    Some((things, Box::new(age)))
}

/// Keeps an answer, for nobody else to read, whole or not at all.
fn write_cache(path: &Path, things: &[Thing]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let process = std::process::id();
    let part = path.with_extension(format!("{process}.part"));
    let mut options = std::fs::OpenOptions::new();
    let file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&part)?;
    serde_json::to_writer(io::BufWriter::new(file), things)?;
    std::fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_first_and_what_a_shell_takes_apart_goes_by_id() {
        let thing = |id: &str, name: &str| Thing {
            id: id.to_owned(),
            code: None,
            name: name.to_owned(),
            status: Some("active".to_owned()),
        };
        let things = [
            thing("cmp_1", "spring"),
            thing("cmp_2", "two words"),
            thing("cmp_3", "-x"),
        ];
        let shown = |typed: &str| -> Vec<String> {
            let offered = offered(&things, typed);
            offered
                .iter()
                .map(|one| {
                    let help = one.get_help().map(ToString::to_string).unwrap_or_default();
                    format!("{}: {help}", one.get_value().to_string_lossy())
                })
                .collect()
        };
        assert_eq!(
            shown(""),
            [
                "spring: cmp_1 active",
                "cmp_2: two words active",
                "cmp_3: -x active"
            ]
        );
        assert_eq!(shown("sp"), ["spring: cmp_1 active"]);
        assert_eq!(shown("cmp_1"), ["cmp_1: spring active"]);
        assert_eq!(shown("x"), [""; 0]);
    }

    #[test]
    fn only_the_flags_that_say_where_are_taken() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        let session = session(&words(
            "adctl -- adctl --server=a.sock campaigns --nonsense get --tenant acme -q spr",
        ));
        let connect = session.unwrap().globals.connect;
        assert_eq!(connect.server.as_deref(), Some("a.sock"));
        assert_eq!(connect.tenant.as_deref(), Some("acme"));
    }
}
