//! `adctl man`: manual pages, one for the program and one for each noun.

use std::io;
use std::path::PathBuf;

use clap::Args;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

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
    let mut pages = vec![write_page(&name, section, [command.clone()])?];
    for noun in command.get_subcommands().filter(|noun| !noun.is_hide_set()) {
        let title = format!("{name}-{}", noun.get_name());
        let verbs = noun
            .get_subcommands()
            .filter(|verb| verb.get_name() != "help");
        let all = std::iter::once(noun).chain(verbs).cloned();
        pages.push(write_page(&title, section, all)?);
    }
    Ok(pages)
}

/// One page for a program with all its commands, in this section of the manual.
pub fn page(command: &clap::Command, section: &str) -> io::Result<Page> {
    let mut command = command.clone().disable_help_subcommand(true);
    command.build();
    let name = command.get_name().to_owned();
    let inner: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    let names: Vec<String> = inner
        .iter()
        .map(|inner| inner.get_name().to_owned())
        .collect();
    let mut page = write_page(&name, section, std::iter::once(command).chain(inner))?;
    let mut text = String::from_utf8_lossy(&page.text).into_owned();
    for inner in names {
        // What would be a page of its own is a section here.
        text = text.replace(
            &format!("{name}\\-{inner}({section})"),
            &format!("{name} {inner}"),
        );
    }
    page.text = text.into_bytes();
    Ok(page)
}

/// A page that shows a file as it stands, in this section of the manual.
pub fn file_page(name: &str, section: &str, about: &str, content: &str) -> Page {
    let mut roff = Roff::new();
    roff.control("TH", [&name.to_uppercase(), section, "", SOURCE, "adserve"]);
    roff.control("SH", ["NAME"]);
    roff.text([roman(format!("{name} - {about}"))]);
    roff.control("SH", ["THE FILE"]);
    roff.control("nf", []);
    for line in content.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    Page {
        file_name: format!("{name}.{section}"),
        text: roff.render().into_bytes(),
    }
}

/// Where the pages come from.
const SOURCE: &str = concat!("adserve ", env!("CARGO_PKG_VERSION"));

/// One page: a program whole, or a noun with a section for each of its verbs.
fn write_page(
    title: &str,
    section: &str,
    commands: impl IntoIterator<Item = clap::Command>,
) -> io::Result<Page> {
    let mut text = Vec::new();
    for (place, command) in commands.into_iter().enumerate() {
        let name = command.get_bin_name().unwrap_or(title).to_owned();
        let is_program = name == command.get_name();
        let is_noun = command.has_subcommands();
        let man = Man::new(readable(command, is_program.then_some(Globals)))
            .title(title.to_uppercase())
            .section(section)
            .source(SOURCE)
            .manual("adserve");
        if is_program {
            man.render(&mut text)?;
            continue;
        }
        if place == 0 {
            man.render_title(&mut text)?;
            man.render_name_section(&mut text)?;
        }
        let mut part = Vec::new();
        man.render_synopsis_section(&mut part)?;
        man.render_description_section(&mut part)?;
        if !is_noun {
            man.render_options_section(&mut part)?;
            man.render_extra_section(&mut part)?;
        }
        let part = String::from_utf8_lossy(&part);
        let heading = if place == 0 {
            "SYNOPSIS".to_owned()
        } else {
            name.to_uppercase()
        };
        text.extend_from_slice(
            part.replace("SH SYNOPSIS", &format!("SH \"{heading}\""))
                .as_bytes(),
        );
    }
    let mut text = String::from_utf8_lossy(&text).into_owned();
    for (long, short) in [(".SH DESCRIPTION\n", ".PP\n"), (".SH EXTRA", ".SS Notes")] {
        text = text.replace(long, short);
    }
    if !title.eq_ignore_ascii_case("adctl") && section == "1" {
        text.push_str(".SH SEE ALSO\nadctl(1), which has the flags that all commands take\n");
    }
    Ok(Page {
        file_name: format!("{title}.{section}"),
        text: text.into_bytes(),
    })
}

/// That a page shows the flags which all commands take.
#[derive(Debug, Clone, Copy)]
struct Globals;

/// A command with all that a page is to show, also what short help leaves out.
fn readable(command: clap::Command, globals: Option<Globals>) -> clap::Command {
    let command = command.version(env!("CARGO_PKG_VERSION"));
    command.mut_args(|arg| {
        let hide = arg.is_hide_set() || (arg.is_global_set() && globals.is_none());
        arg.hide(hide).hide_short_help(false)
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
