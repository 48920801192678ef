//! `adctl backup`: takes backups from a daemon that serves; checks them and puts them back without
//! one.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::{Backup, BackupFields};
use crate::backup::{self, BackupError};
use crate::client::Call;

/// What to do with them.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Take a backup while the daemon serves
    #[command(
        after_long_help = "The file has everything that a start needs: catalog, ledger, what \
was handed out, sessions, and the keys that sign tokens. Whoever has it has the secrets: it can \
be read by its owner alone, who is the user of adserved. It is made by adserved, on its machine, \
and needs room for twice the data until it is there.

Examples:
  adctl backup create /var/backups/adserved
  adctl backup create monday.tar --with-media
  adctl backup create /var/backups/adserved -q"
    )]
    Create(Create),
    /// Check a backup: every byte, both databases, and that the ledger recovers
    #[command(
        after_long_help = "Needs no daemon. The backup is unpacked below TMPDIR for it.

Examples:
  adctl backup verify monday.tar
  adctl backup verify monday.tar -o json"
    )]
    Verify(Verify),
    /// Make a backup a new data directory
    #[command(
        after_long_help = "Needs no daemon, and checks what verify checks. The directory \
must be empty or not there: nothing is ever written over.

Examples:
  adctl backup restore monday.tar --to /var/lib/adserved
  adctl backup restore monday.tar --to rehearsal -o json"
    )]
    Restore(Restore),
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// File to make, or folder to make it in, on the machine of the daemon
    #[arg(value_name = "DIR|FILE", default_value = ".")]
    to: PathBuf,
    /// Put the films of creatives into it too
    #[arg(long)]
    with_media: bool,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The data directory to make
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// Runs `adctl backup`.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::Create(args) => create(&args, session).await,
        Command::Verify(args) => verify(&args, session),
        Command::Restore(args) => restore(&args, session),
    }
}

async fn create(args: &Create, session: &mut Session) -> Outcome {
    let to = std::path::absolute(&args.to);
    let to = to.map_err(|error| Failure::file("find", &args.to, &error))?;
    let to = to
        .to_str()
        .ok_or_else(|| Failure::usage(format!("{} is not a text in UTF-8", args.to.display())))?;
    let call = Call::post("/api/v1/backups")
        .unhurried()
        .json(&BackupFields {
            to: Some(to.to_owned()),
            with_media: Some(args.with_media),
        });
    let backup: Backup = session.send(call).await?;
    session
        .out
        .note("backed up; check it with adctl backup verify");
    tell_missing(&backup, session);
    session.out.item(&backup)?;
    Ok(Exit::Done)
}

fn verify(args: &Verify, session: &mut Session) -> Outcome {
    let backup = backup::verify(&args.file, session.now());
    let backup = backup.map_err(|error| failure(&error, &args.file))?;
    session.out.note("good: a start would take it");
    tell_missing(&backup, session);
    session.out.item(&backup)?;
    Ok(Exit::Done)
}

fn restore(args: &Restore, session: &mut Session) -> Outcome {
    let backup = backup::restore(&args.file, &args.to, session.now());
    let backup = backup.map_err(|error| failure(&error, &args.to))?;
    session.out.note(&format!(
        "restored as of {}; next: make it belong to the user of adserved, and start \
         `adserved run --data-dir {}`",
        backup.made_at,
        args.to.display()
    ));
    let elsewhere = backup.media - backup.media_copied;
    if elsewhere > 0 {
        session.out.warn(&format!(
            "{elsewhere} of {} films are not in the backup: put `blobs/` of the old data \
             directory back as well, unless they are in an object store",
            backup.media
        ));
    }
    session.out.item(&backup)?;
    Ok(Exit::Done)
}

fn tell_missing(backup: &Backup, session: &mut Session) {
    for path in &backup.media_missing {
        session
            .out
            .warn(&format!("a film is not where it should be: {path}"));
    }
}

/// What went wrong with a path, and what to do about it.
fn failure(error: &BackupError, path: &Path) -> Failure {
    let failed = |exit, hint: &str| Failure::new(exit, "backup", error.to_string()).hint(hint);
    match error {
        BackupError::Io { path, source, .. } => match source.kind() {
            std::io::ErrorKind::StorageFull => failed(Exit::Failed, "make room; nothing was left"),
            _ => Failure::file("use", path, source),
        },
        BackupError::NotEmpty(_) => failed(Exit::Conflict, "name one that is not there yet"),
        BackupError::InUse(_) => failed(Exit::Conflict, "stop that adserved, or name another"),
        BackupError::Foreign(_) => failed(Exit::Invalid, "adctl backup create makes backups"),
        _ => Failure::new(Exit::Invalid, "backup", error.to_string()).hint(format!(
            "take an older backup instead of {}",
            path.display()
        )),
    }
}

impl Row for Backup {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("file", "FILE", |row| Value::text(&row.file)),
        Column::shown("bytes", "BYTES", |row| Value::Bytes(row.bytes)),
        Column::shown("made_at", "MADE", |row| Value::Instant(&row.made_at)),
        Column::shown("version", "VERSION", |row| Value::text(&row.version)),
        Column::shown("catalog_revision", "CATALOG", |row| {
            Value::text_of(&row.catalog_revision)
        }),
        Column::shown("last_batch", "LAST BATCH", |row| {
            Value::text_of(&row.last_batch)
        }),
        Column::shown("files", "FILES", |row| Value::Count(row.files)),
        Column::shown("media", "FILMS", |row| Value::Count(row.media)),
        Column::shown("media_copied", "FILMS IN IT", |row| {
            Value::Count(row.media_copied)
        }),
    ];

    fn id(&self) -> &str {
        &self.file
    }
}
