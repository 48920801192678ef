//! `adctl man`: manual pages, one for the program and one for each noun.

use std::io;
use std::path::PathBuf;

use clap::Args;
use clap_mangen::Man;

use super::args;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::session::Session;

/// Which page, or where to put all.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl man | man -l -
  adctl man campaigns | man -l -
  adctl man --dir ~/.local/share/man/man1")]
pub(super) struct Arguments {
    /// Command to read about; the program itself unless given
    #[arg(value_name = "COMMAND")]
    name: Option<String>,
    /// Write all pages to this folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    dir: Option<PathBuf>,
}

/// One manual page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its file, such as `adctl-campaigns.1`.
    pub file_name: String,
    /// Its text in roff.
    pub text: Vec<u8>,
}

/// A page for a program and one for each of its commands, in this section of the manual.
///
/// The page of a command holds all its verbs, since nobody looks for `adctl-campaigns-pause`.
pub fn pages(command: clap::Command, section: &str) -> io::Result<Vec<Page>> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let name = command.get_name().to_owned();
    let mut pages = vec![page(&name, section, [command.clone()])?];
    for noun in command.get_subcommands().filter(|noun| !noun.is_hide_set()) {
        let title = format!("{name}-{}", noun.get_name());
        let verbs = noun
            .get_subcommands()
            .filter(|verb| verb.get_name() != "help");
        let all = std::iter::once(noun).chain(verbs).cloned();
        pages.push(page(&title, section, all)?);
    }
    Ok(pages)
}

/// One page: the first command whole, each of the others as sections below it.
fn page(
    title: &str,
    section: &str,
    commands: impl IntoIterator<Item = clap::Command>,
) -> io::Result<Page> {
    let mut text = Vec::new();
    for (place, command) in commands.into_iter().enumerate() {
        let usage = command.clone().render_usage().to_string();
        let man = Man::new(command.version(env!("CARGO_PKG_VERSION")))
            .title(title.to_uppercase())
            .section(section)
            .source(concat!("adserve ", env!("CARGO_PKG_VERSION")))
            .manual("adserve");
        if place == 0 {
            man.render(&mut text)?;
            continue;
        }
        let usage = usage
            .trim_start_matches("Usage: ")
            .split(" [OPTIONS]")
            .next();
        let heading = usage.unwrap_or_default().to_uppercase();
        let heading = heading.split(" <").next().unwrap_or_default();
        text.extend_from_slice(format!(".SH \"{heading}\"\n").as_bytes());
        man.render_description_section(&mut text)?;
        man.render_options_section(&mut text)?;
        man.render_extra_section(&mut text)?;
    }
    Ok(Page {
        file_name: format!("{title}.{section}"),
        text,
    })
}

/// Runs `adctl man`.
pub(super) fn run(args: &Arguments, session: &mut Session) -> Outcome {
    let pages = pages(args::command(), "1").map_err(|error| {
        Failure::new(Exit::Bug, "man", "the pages cannot be written").because(&error)
    })?;
    if let Some(dir) = &args.dir {
        std::fs::create_dir_all(dir).map_err(|error| Failure::file("create", dir, &error))?;
        for page in &pages {
            let path = dir.join(&page.file_name);
            std::fs::write(&path, &page.text)
                .map_err(|error| Failure::file("write", &path, &error))?;
        }
        session
            .out
            .note(&format!("wrote {} pages to {}", pages.len(), dir.display()));
        return Ok(Exit::Done);
    }
    let wanted = match &args.name {
        Some(name) => format!("adctl-{name}.1"),
        None => "adctl.1".to_owned(),
    };
    let page = pages
        .iter()
        .find(|page| page.file_name == wanted)
        .ok_or_else(|| {
            Failure::new(
                Exit::NotFound,
                "not_found",
                format!("there is no page {wanted}"),
            )
            .hint("adctl help shows the commands")
        })?;
    session.out.raw(&page.text)?;
    Ok(Exit::Done)
}
