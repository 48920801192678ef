//! The environment of the process, read once and in one place; tests bring their own.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Environment variables. Empty ones count as not set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process; those that are not UTF-8 are left out.
    pub(crate) fn of_process() -> Self {
        let texts = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        texts.collect()
    }

    /// The value of a variable.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Where this user keeps configuration of `adctl` (XDG base directory specification).
    pub(crate) fn config_dir(&self) -> Option<PathBuf> {
        self.xdg("XDG_CONFIG_HOME", ".config")
            .map(|dir| dir.join("adctl"))
    }

    /// Where this user keeps what may go at any time (XDG base directory specification).
    pub(crate) fn cache_dir(&self) -> Option<PathBuf> {
        self.xdg("XDG_CACHE_HOME", ".cache")
            .map(|dir| dir.join("adctl"))
    }

    /// Where a shell of this user looks for completions; none where it has to be told.
    pub(crate) fn completion_file(&self, shell: &str) -> Option<PathBuf> {
        match shell {
            "bash" => {
                let data = self.xdg("XDG_DATA_HOME", ".local/share")?;
                Some(data.join("bash-completion/completions/adctl"))
            }
            "zsh" => Some(PathBuf::from(self.get("HOME")?).join(".zfunc/_adctl")),
            "fish" => {
                let config = self.xdg("XDG_CONFIG_HOME", ".config")?;
                Some(config.join("fish/completions/adctl.fish"))
            }
            _ => None,
        }
    }

    /// Where daemons put their admin socket when nothing else is said: below the working
    /// directory, for this user, for the machine.
    pub(crate) fn default_sockets(&self) -> Vec<PathBuf> {
        let mut folders = vec![PathBuf::from("data")];
        folders.extend(
            self.xdg("XDG_DATA_HOME", ".local/share")
                .map(|dir| dir.join("adserved")),
        );
        folders.push(PathBuf::from("/var/lib/adserved"));
        folders
            .into_iter()
            .map(|folder| folder.join("admin.sock"))
            .collect()
    }

    fn xdg(&self, variable: &str, below_home: &str) -> Option<PathBuf> {
        let set = self
            .get(variable)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute());
        set.or_else(|| Some(PathBuf::from(self.get("HOME")?).join(below_home)))
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(variables: I) -> Self {
        Self(variables.into_iter().collect())
    }
}
