//! Lets a person change fields in an editor, as YAML.

use std::io::{IsTerminal as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::catalog::read_document;
use super::environment::Environment;
use super::exit::Exit;
use super::failure::Failure;
use super::input::Document;
use crate::api;
use crate::host::Entropy;

/// What came out of the editor.
#[derive(Debug)]
pub(super) struct Edited<F> {
    /// The fields that were changed.
    pub(super) fields: F,
    path: PathBuf,
}

impl<F> Edited<F> {
    /// Takes the text away after it was applied; keeps it where it was not, so that no work is
    /// lost.
    pub(super) fn settle<T>(self, applied: Result<T, Failure>) -> Result<T, Failure> {
        match applied {
            Ok(done) => remove(&self.path).map(|()| done),
            Err(failure) => Err(kept(failure, &self.path)),
        }
    }
}

/// The fields that were changed, or none when nothing was. A text that cannot be understood is
/// kept in its file, so that no work is lost.
pub(super) fn edit<F: api::Input>(
    environment: &Environment,
    fields: &F,
    name: &str,
) -> Result<Option<Edited<F>>, Failure> {
    let editor = find_editor(environment)?;
    let before = serde_json::to_value(fields).unwrap_or_default();
    let text = serde_saphyr::to_string(fields).map_err(|error| {
        Failure::new(Exit::Bug, "editor", "the fields cannot be written as YAML").because(&error)
    })?;
    let path = write_new(&format!(
        "# {name}: save and close to apply; null clears\n{text}"
    ))?;
    if let Err(failure) = run_editor(editor, &path) {
        remove(&path)?;
        return Err(failure);
    }
    let edited =
        std::fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
    let document = Document::yaml(&path.display().to_string(), edited);
    let after: Value = document.parse().map_err(|failure| kept(failure, &path))?;
    let changed = changes(&before, &after);
    if changed.as_object().is_some_and(serde_json::Map::is_empty) {
        remove(&path)?;
        return Ok(None);
    }
    read_document::<F>(&document).map_err(|failure| kept(failure, &path))?;
    let known = api::read_fields(&changed);
    let fields = known.map_err(|_problems| kept(Failure::invalid("a field is wrong"), &path))?;
    Ok(Some(Edited { fields, path }))
}

fn remove(path: &Path) -> Result<(), Failure> {
    std::fs::remove_file(path).map_err(|error| Failure::file("remove", path, &error))
}

fn kept(failure: Failure, path: &Path) -> Failure {
    let kept = format!("your text is kept in {}", path.display());
    let hint = match &failure.hint {
        Some(hint) => format!("{hint}; {kept}"),
        None => kept,
    };
    failure.hint(hint)
}

/// Fields of `after` that are not what they are in `before`; what was removed is cleared.
fn changes(before: &Value, after: &Value) -> Value {
    let empty = serde_json::Map::new();
    let before = before.as_object().unwrap_or(&empty);
    let Some(after) = after.as_object() else {
        // An empty file is a mind that was changed.
        return Value::Object(empty);
    };
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let gone = gone.map(|name| (name.clone(), Value::Null));
    let changed = after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(value));
    let changed = changed.map(|(name, value)| (name.clone(), value.clone()));
    Value::Object(gone.chain(changed).collect())
}

/// A new file that only this user can read.
fn write_new(text: &str) -> Result<PathBuf, Failure> {
    let number = u64::from_le_bytes(Entropy::real().bytes());
    let path = std::env::temp_dir().join(format!("adctl-{number:016x}.yaml"));
    let write = || {
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        file.write_all(text.as_bytes())?;
        file.rewind()
    };
    write().map_err(|error| Failure::file("write", &path, &error))?;
    Ok(path)
}

/// The editor that was asked for, else the one that every terminal has.
fn find_editor(environment: &Environment) -> Result<&str, Failure> {
    let asked = environment
        .get("VISUAL")
        .or_else(|| environment.get("EDITOR"));
    if asked.is_none() && !std::io::stdin().is_terminal() {
        return Err(Failure::usage("there is no terminal for an editor")
            .hint("change fields with update, or set EDITOR to a program that edits the file"));
    }
    Ok(asked.unwrap_or("vi"))
}

fn run_editor(editor: &str, path: &Path) -> Result<(), Failure> {
    let failed = |what: String| {
        Failure::new(Exit::Failed, "editor", what).hint("set EDITOR to the editor you like")
    };
    // The variable may carry arguments, so a shell reads it, as git does.
    let status = Command::new("sh")
        .args(["-c", &format!("{editor} \"$@\""), editor])
        .arg(path)
        .status()
        .map_err(|error| failed(format!("cannot start the editor `{editor}`: {error}")))?;
    if status.success() {
        return Ok(());
    }
    Err(failed(format!(
        "the editor `{editor}` ended with {status}; nothing was changed"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_changed_is_sent_and_what_was_removed_is_cleared() {
        let before = json!({"name": "a", "weight": 1, "goal": 5});
        let after = json!({"name": "b", "weight": 1});
        assert_eq!(changes(&before, &after), json!({"goal": null, "name": "b"}));
        assert_eq!(changes(&before, &before), json!({}));
        assert_eq!(changes(&before, &Value::Null), json!({}));
    }

    #[test]
    fn an_editor_changes_a_field_and_leaves_no_file() {
        let environment: Environment = [("EDITOR".to_owned(), "sed -i s/acme/zeta/".to_owned())]
            .into_iter()
            .collect();
        let fields = api::AdvertiserFields {
            name: Some("acme".to_owned()),
            domain: Some(None),
            ..Default::default()
        };
        let edited = edit(&environment, &fields, "x").unwrap().unwrap();
        assert_eq!(edited.fields.name.as_deref(), Some("zeta"));
        assert_eq!(edited.fields.domain, None);
        let path = edited.path.clone();
        edited.settle(Ok(())).unwrap();
        assert!(!path.exists());

        let environment = [("EDITOR".to_owned(), "true".to_owned())]
            .into_iter()
            .collect();
        assert!(edit(&environment, &fields, "x").unwrap().is_none());
    }

    #[test]
    fn a_text_that_was_refused_is_kept() {
        let environment: Environment = [("EDITOR".to_owned(), "sed -i s/acme/zeta/".to_owned())]
            .into_iter()
            .collect();
        let fields = api::AdvertiserFields {
            name: Some("acme".to_owned()),
            ..Default::default()
        };
        let edited = edit(&environment, &fields, "x").unwrap().unwrap();
        let path = edited.path.clone();
        let refusal = Failure::invalid("no").hint("get it again");
        let refused = edited.settle::<()>(Err(refusal)).unwrap_err();
        let hint = refused.hint.unwrap_or_default();
        assert!(
            hint.starts_with("get it again; your text is kept in "),
            "{hint}"
        );
        assert!(std::fs::read_to_string(&path).unwrap().contains("zeta"));
        std::fs::remove_file(path).unwrap();
    }
}
