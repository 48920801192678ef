//! Every setting of `adserved`: its name, its default and what it means. The reader, the default
//! file and the manual page are made from this table.

mod content;
mod daemon;

use std::sync::LazyLock;

/// One setting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    /// Its full name, such as `server.listen`.
    pub(super) path: &'static str,
    /// What it is, for the manual.
    pub(super) kind: &'static str,
    /// Its value when nobody sets it, or that it has none.
    pub(super) value: Value,
    /// What it means. Each line is at most 90 characters.
    pub(super) doc: &'static [&'static str],
}

/// What a setting is when nobody sets it. Texts are TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// This.
    Default(&'static str),
    /// Nothing; here is what it could be.
    Example(&'static str),
    /// Nothing, and it may come from the environment only.
    Secret,
}

/// A section of the file and what it is about.
pub(super) const SECTIONS: &[(&str, &str)] = &[
    ("server", "The daemon and its public listener."),
    (
        "server.limits",
        "What one client may take, on every listener.",
    ),
    (
        "admin",
        "The listeners of the admin API, which adctl speaks to.",
    ),
    (
        "creatives",
        "Where video files are kept and which are taken.",
    ),
    (
        "creatives.s3",
        "An S3-compatible object store, when creatives.store is \"s3\".",
    ),
    (
        "conditioning",
        "How creatives are made to fit streams. Needs ffmpeg 5 or later; nothing else does.",
    ),
    (
        "upstream",
        "What is fetched from others: playlists of origins.",
    ),
    ("geo", "Where viewers are, when their requests do not say."),
    ("privacy", "How long viewers can be told apart."),
    ("decisions", "How what was decided is kept."),
    ("log", "What is logged to standard error."),
];

const fn key(
    path: &'static str,
    kind: &'static str,
    value: Value,
    doc: &'static [&'static str],
) -> Key {
    Key {
        path,
        kind,
        value,
        doc,
    }
}

/// Every setting, in the order of the default file.
pub(super) static KEYS: LazyLock<Vec<Key>> =
    LazyLock::new(|| [daemon::KEYS, content::KEYS].concat());

/// The setting of that name.
pub(super) fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// Whether there are settings below that name.
pub(super) fn is_section(path: &str) -> bool {
    SECTIONS.iter().any(|(section, _)| *section == path)
}

impl Key {
    /// The section it is in and its name there.
    pub(super) fn parts(&self) -> (&'static str, &'static str) {
        self.path
            .rsplit_once('.')
            .expect("every setting is in a section")
    }

    /// The environment variable that sets it.
    pub(super) fn variable(&self) -> String {
        let name = self.path.to_uppercase().replace('.', "__");
        format!("ADSERVED_{name}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_setting_is_unique_in_a_section_and_short_to_read() {
        let paths: BTreeSet<_> = KEYS.iter().map(|key| key.path).collect();
        assert_eq!(paths.len(), KEYS.len());
        for key in KEYS.iter() {
            assert!(is_section(key.parts().0), "{}", key.path);
            assert!(key.doc.iter().all(|line| line.len() <= 90), "{}", key.path);
        }
        for (section, _) in SECTIONS {
            assert!(
                KEYS.iter().any(|key| key.parts().0 == *section),
                "{section}"
            );
        }
    }
}
