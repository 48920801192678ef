//! Floor 5: backups: one file with everything that a start needs, taken while the daemon serves.
//!
//! `take.rs` makes one, `check.rs` says whether it is good and puts it into a new data directory;
//! both need no daemon and ask none. `archive.rs` is the file: a tar archive that begins with its
//! list and ends with a seal over every byte, so that a file which was cut off or changed is never
//! taken for a backup.
//!
//! **Why a backup that was taken at any moment is one that a start accepts.** The parts are copied
//! one after the other while all of them are written, so none is of the same instant as another.
//! Each is whole by itself: a database is copied in one read transaction, a log has records that
//! are there or not, a small file is replaced whole. Between them the order makes the copy what a
//! power cut could have left, with the first parts the older ones:
//!
//! 1. Sessions, then timelines: a timeline may know of breaks that no session has, which are then
//!    decided when they are asked for; the other way round a session's ads would have no place.
//! 2. The log of decisions: snapshots first, then segments (`store/decisions/copy.rs`).
//! 3. The ledger. Every id in the log was claimed in the ledger before it was given out, so the
//!    younger ledger has claimed all that the older log names. An ad that was handed out after the
//!    log was copied is forgotten as after a power cut: it may find its budget again, and is never
//!    billed beyond it. An ad whose event is in the ledger is settled there, and is not held again
//!    by the log: what was seen decides (`delivery/recovery`).
//! 4. The catalog last: whatever the ledger counts for has then its row, or was deleted, and no
//!    new row can get a number that something was counted for.
//!
//! The ledger alone says what was counted, in one transaction with the number of the last batch;
//! so an event is in the copy once or not at all. All that was acknowledged before the backup began
//! was committed before, and is in it. Ids that the daemon gives out after the copy are passed over
//! when it is put back (`store/ledger/copy.rs`): no id is given out twice, and a token that was
//! handed out after the backup still counts for its own ad.

mod archive;
mod check;
mod error;
mod take;

pub use check::{restore, verify};
pub use error::BackupError;
pub use take::{Films, Source, Wanted, create};

use crate::api::{Backup, BackupManifest, MediaState};

/// The layout of the file that this program writes and reads.
const FORMAT: u32 = 1;

/// What is told of a backup.
fn told(file: &std::path::Path, bytes: u64, manifest: &BackupManifest) -> Backup {
    let is = |state| move |film: &&crate::api::BackupMedia| film.state == state;
    let films = || manifest.media.iter();
    let copied = films().filter(is(MediaState::Copied)).count() as u64;
    Backup {
        file: file.display().to_string(),
        bytes,
        made_at: manifest.made_at.clone(),
        version: manifest.version.clone(),
        catalog_schema: manifest.catalog_schema,
        ledger_schema: manifest.ledger_schema,
        catalog_revision: manifest.catalog_revision,
        last_batch: manifest.last_batch,
        files: manifest.files.len() as u64 - copied,
        media: manifest.media.len() as u64,
        media_copied: copied,
        media_missing: films()
            .filter(is(MediaState::Missing))
            .map(|film| film.path.clone())
            .collect(),
    }
}
