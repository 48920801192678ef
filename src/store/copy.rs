//! Copies of files that others go on writing.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// How often a folder is copied anew because its files changed meanwhile.
const TRIES_MAX: u32 = 16;

/// Makes a file for its owner only, which must not be there.
pub fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Copies what a file holds now into a new one, for its owner only.
pub fn copy_private(from: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    io::copy(&mut from, &mut create_private(to)?)?;
    Ok(())
}

/// Copies the files with this suffix from one folder into another, which is there and empty, until
/// none of them came or went meanwhile. A folder that is not there has none.
pub fn copy_folder(from: &Path, suffix: &str, to: &Path) -> io::Result<()> {
    for _ in 0..TRIES_MAX {
        let before = names(from, suffix)?;
        let copied = before
            .iter()
            .try_for_each(|name| copy_private(&from.join(name), &to.join(name)));
        match copied {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        if copied.is_ok() && names(from, suffix)? == before {
            return Ok(());
        }
        for name in names(to, suffix)? {
            fs::remove_file(to.join(name))?;
        }
    }
    let why = format!("{} changes faster than it can be copied", from.display());
    Err(io::Error::other(why))
}

fn names(folder: &Path, suffix: &str) -> io::Result<Vec<std::ffi::OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let is_wanted = Path::new(&name).extension().is_some_and(|it| it == suffix);
        names.extend(is_wanted.then_some(name));
    }
    names.sort_unstable();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_files_of_a_folder_are_copied_for_their_owner_alone() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(from.path().join("1.log"), "one").unwrap();
        fs::write(from.path().join("2.new"), "half").unwrap();
        copy_folder(from.path(), "log", to.path()).unwrap();
        assert_eq!(names(to.path(), "log").unwrap(), ["1.log"]);
        assert_eq!(names(to.path(), "new").unwrap(), [""; 0]);
        let copy = to.path().join("1.log");
        assert_eq!(
            fs::metadata(&copy).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(fs::read(copy).unwrap(), b"one");
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_files() {
        let to = tempfile::tempdir().unwrap();
        copy_folder(&to.path().join("none"), "log", to.path()).unwrap();
    }
}
