//! Documents that are taken from a file or from standard input: YAML, TOML or JSON.

use std::fmt;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::de::DeserializeOwned;

use crate::cli::failure::Failure;

/// Largest document that is read.
pub(crate) const DOCUMENT_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Where a document comes from: a path, or `-` for standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A file or folder.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

impl FromStr for Source {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "-" => Self::Stdin,
            path => Self::Path(path.into()),
        })
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(f),
            Self::Stdin => f.write_str("standard input"),
        }
    }
}

impl Source {
    /// The text behind it.
    pub(crate) fn read(&self) -> Result<String, Failure> {
        let (reader, path): (Box<dyn std::io::Read>, &Path) = match self {
            Self::Path(path) => {
                let file = std::fs::File::open(path)
                    .map_err(|error| Failure::file("read", path, &error))?;
                (Box::new(file), path)
            }
            Self::Stdin => {
                let stdin = std::io::stdin();
                if stdin.is_terminal() {
                    return Err(Failure::usage(
                        "`-` reads standard input, and nothing is piped in",
                    )
                    .hint("adctl apply -f - < campaigns.yaml"));
                }
                (Box::new(stdin), Path::new("standard input"))
            }
        };
        let mut text = String::new();
        reader
            .take(DOCUMENT_BYTES_MAX + 1)
            .read_to_string(&mut text)
            .map_err(|error| Failure::file("read", path, &error))?;
        if text.len() as u64 > DOCUMENT_BYTES_MAX {
            let most = DOCUMENT_BYTES_MAX >> 20;
            return Err(Failure::invalid(format!(
                "{self} is larger than {most} MiB"
            )));
        }
        Ok(text)
    }

    /// The document behind it.
    pub(crate) fn document(&self) -> Result<Document, Failure> {
        let syntax = match self {
            Self::Path(path) => {
                path.extension()
                    .and_then(|extension| match extension.to_str()? {
                        "json" => Some(Syntax::Json),
                        "toml" => Some(Syntax::Toml),
                        "yaml" | "yml" => Some(Syntax::Yaml),
                        _ => None,
                    })
            }
            Self::Stdin => None,
        };
        Ok(Document {
            name: self.to_string(),
            text: self.read()?,
            syntax,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Json,
    Toml,
    Yaml,
}

/// A text in one of the three syntaxes.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    name: String,
    text: String,
    syntax: Option<Syntax>,
}

impl Document {
    /// A YAML text with a name for messages.
    pub(crate) fn yaml(name: &str, text: String) -> Self {
        Self {
            name: name.to_owned(),
            text,
            syntax: Some(Syntax::Yaml),
        }
    }

    /// Where it came from, for messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Reads it. Without an extension to go by, JSON is YAML, and what is neither may be TOML.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        let failed = |message: String| {
            let failure = Failure::invalid(format!("{} cannot be understood", self.name));
            Failure {
                causes: vec![message],
                ..failure
            }
        };
        match self.syntax {
            Some(Syntax::Json) => {
                serde_json::from_str(&self.text).map_err(|e| failed(e.to_string()))
            }
            Some(Syntax::Toml) => toml::from_str(&self.text).map_err(|e| failed(e.to_string())),
            Some(Syntax::Yaml) => {
                serde_saphyr::from_str(&self.text).map_err(|e| failed(e.to_string()))
            }
            None => serde_saphyr::from_str(&self.text).or_else(|yaml| {
                // Only a text that is TOML at all gets a message about TOML.
                if toml::from_str::<toml::Table>(&self.text).is_ok() {
                    return toml::from_str(&self.text).map_err(|e| failed(e.to_string()));
                }
                Err(failed(yaml.to_string()))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn document(text: &str) -> Document {
        Document {
            name: "standard input".to_owned(),
            text: text.to_owned(),
            syntax: None,
        }
    }

    #[test]
    fn json_yaml_and_toml_are_told_apart() {
        for text in ["{\"a\": 1, \"b\": 2}", "a: 1\nb: 2\n", "a = 1\nb = 2\n"] {
            let map: BTreeMap<String, u32> = document(text).parse().unwrap();
            assert_eq!(map.len(), 2, "{text}");
        }
    }

    #[test]
    fn a_fault_says_where_it_is() {
        let failure = document("a: 1\nb: x\n")
            .parse::<BTreeMap<String, u32>>()
            .unwrap_err();
        assert!(failure.causes[0].contains('2'), "{failure:?}");
        let failure = document("a = 1\nb = true\n")
            .parse::<BTreeMap<String, u32>>()
            .unwrap_err();
        assert!(failure.causes[0].contains("line 2"), "{failure:?}");
    }
}
