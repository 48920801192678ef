//! `adserved rotate-keys`: another key signs the tokens from the next start on.

use super::config::Config;
use super::exit::{Exit, Failure};
use crate::host::Entropy;
use crate::store::DataDir;
use crate::store::keys::{KeyFile, KeysError};

/// Makes a new key and keeps the one before it; says which is which.
///
/// The daemon must be down: it has read its keys, and would go on signing with the old one.
pub(super) fn rotate(config: &Config, entropy: &Entropy) -> Result<String, Failure> {
    let unavailable = |error: KeysError| Failure::new(Exit::Unavailable, error);
    let data = DataDir::lock(&config.server.data_dir)
        .map_err(|error| Failure::new(Exit::Unavailable, error))?;
    let keys = KeyFile::load_or_create(&data.keys(), entropy.bytes()).map_err(unavailable)?;
    let before = keys.current_id();
    let keys = keys.rotate(entropy.bytes()).map_err(unavailable)?;
    Ok(format!(
        "key {} signs from the next start on; tokens of key {before} stay good\n",
        keys.current_id()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::config::{Sources, load};

    fn config(data: &std::path::Path) -> Config {
        let setting = data.to_string_lossy().into_owned();
        let flag = (
            "--data-dir".to_owned(),
            "server.data_dir".to_owned(),
            setting,
        );
        let sources = Sources {
            flags: vec![flag],
            ..Sources::default()
        };
        load(&sources).unwrap().0
    }

    #[test]
    fn each_rotation_signs_with_another_key() {
        let data = tempfile::tempdir().unwrap();
        let (config, entropy) = (config(data.path()), Entropy::seeded(7));
        let rotate = || rotate(&config, &entropy).unwrap();
        assert!(rotate().starts_with("key 2 signs"));
        assert!(rotate().starts_with("key 3 signs"));
    }

    #[test]
    fn a_running_daemon_keeps_its_keys() {
        let data = tempfile::tempdir().unwrap();
        let daemon = DataDir::lock(data.path()).unwrap();
        let refusal = rotate(&config(data.path()), &Entropy::seeded(7)).unwrap_err();
        assert_eq!(refusal.exit, Exit::Unavailable);
        assert!(refusal.to_string().contains("in use"), "{refusal}");
        drop(daemon);
    }
}
