//! The command line of `adserved`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};

use super::config::Sources;

/// The ad server for connected TV and FAST channels
#[derive(Debug, Parser)]
#[command(
    name = "adserved",
    version,
    about,
    after_long_help = "\
Examples:
  adserved                                      serve, with defaults, below the working directory
  adserved --config /etc/adserved/adserved.toml
  adserved check --config adserved.toml         everything that is wrong, and nothing else
  adserved config print --show-origin           what is in force, and who said so
  adserved --set server.limits.connections_max=2000

Signals: the first SIGTERM or SIGINT takes nothing new and finishes what was begun; the second ends
at once. SIGHUP is ignored.

Exit codes: 0 done; 1 the answer is no (healthcheck); 2 usage; 69 something it needs is not there;
70 a bug; 71 the system refused; 77 no permission; 78 the configuration is wrong."
)]
pub struct Arguments {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Serve; what happens without a command
    Run,
    /// Check the configuration and all it names: files, keys, addresses
    #[command(
        after_help = "Prints one line a problem. Exits with 0 if there is none, else with 78."
    )]
    Check,
    /// Show the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Ask a running daemon whether it is ready, for container health checks
    #[command(after_help = "Exits with 0 if it is ready, else with 1.")]
    Healthcheck,
    /// Sign the addresses of beacons with a new key from the next start on
    #[command(after_help = "\
Run it while the daemon is down, at most once a day: addresses signed with the key before stay good
for the 24 hours that they live, those of the key before that do not.")]
    RotateKeys,
    /// Show the version
    Version,
}

/// What to show of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum ConfigCommand {
    /// Every setting in force, as a file that could be used; secrets are masked
    Print {
        /// Say where each comes from: default, file with line, variable or flag
        #[arg(long)]
        show_origin: bool,
    },
    /// The default file, with every setting explained
    Default,
}

/// Settings on the command line. They win over the environment and the file.
#[derive(Debug, Clone, Default, Args)]
struct Settings {
    /// Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]
    #[arg(long, short, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Keep everything here (`server.data_dir`)
    #[arg(long, value_name = "DIR", global = true)]
    data_dir: Option<String>,
    /// Serve players here (`server.listen`)
    #[arg(long, value_name = "ADDRESS", global = true)]
    listen: Option<String>,
    /// What players call this server (`server.public_url`)
    #[arg(long, value_name = "URL", global = true)]
    public_url: Option<String>,
    /// What to log (`log.level`)
    #[arg(long, value_name = "LEVELS", global = true)]
    log_level: Option<String>,
    /// json, text or auto (`log.format`)
    #[arg(long, value_name = "FORMAT", global = true)]
    log_format: Option<String>,
    /// Any setting by its name; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value, global = true)]
    set: Vec<(String, String)>,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("has no `=`; write NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// The whole command line, for manual pages and completions.
pub fn command() -> clap::Command {
    Arguments::command()
}

impl Arguments {
    /// What to do and with which settings.
    pub fn split(self, environment: BTreeMap<String, String>) -> (Command, Sources) {
        let settings = self.settings;
        let named = [
            ("--data-dir", "server.data_dir", settings.data_dir),
            ("--listen", "server.listen", settings.listen),
            ("--public-url", "server.public_url", settings.public_url),
            ("--log-level", "log.level", settings.log_level),
            ("--log-format", "log.format", settings.log_format),
        ];
        let named = named.into_iter().filter_map(|(flag, key, value)| {
            value.map(|value| (flag.to_owned(), key.to_owned(), value))
        });
        let set = settings.set.into_iter();
        let set = set.map(|(name, value)| (format!("--set {name}"), name, value));
        let sources = Sources {
            file: settings.config,
            environment,
            flags: named.chain(set).collect(),
        };
        (self.command.unwrap_or(Command::Run), sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(arguments: &[&str]) -> (Command, Sources) {
        let arguments = [&["adserved"], arguments].concat();
        Arguments::try_parse_from(arguments)
            .unwrap()
            .split(BTreeMap::new())
    }

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn without_a_command_it_serves() {
        let (command, sources) = split(&["--listen", "[::1]:1", "--set", "log.level=a=debug"]);
        assert_eq!(command, Command::Run);
        let text = |flag: &str, key: &str, value: &str| {
            (flag.to_owned(), key.to_owned(), value.to_owned())
        };
        assert_eq!(
            sources.flags,
            [
                text("--listen", "server.listen", "[::1]:1"),
                text("--set log.level", "log.level", "a=debug"),
            ]
        );
    }

    #[test]
    fn settings_may_stand_after_the_command() {
        let (command, sources) = split(&["config", "print", "--show-origin", "-c", "a.toml"]);
        assert_eq!(
            command,
            Command::Config(ConfigCommand::Print { show_origin: true })
        );
        assert_eq!(sources.file, Some(PathBuf::from("a.toml")));
        assert!(Arguments::try_parse_from(["adserved", "--set", "no"]).is_err());
    }
}
