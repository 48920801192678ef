//! Runs lines of `adctl`: this very program, beside the dashboard.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde::Deserialize;
use tokio::process::Command;

use super::jobs::Ran;
use crate::client::clean;

/// Longest time for one line; an upload may take long.
const LINE_TIME_MAX: Duration = Duration::from_hours(1);
/// Exit code of a line that could not be run at all.
const NOT_RUN: u8 = 70;
/// Longest sentence that is kept, in characters.
const CHARS_MAX: usize = 500;

/// How lines are run.
#[derive(Debug, Clone)]
pub struct Runner {
    /// This program.
    pub program: PathBuf,
    /// Words before those of each line: how the daemon is reached. They are in no line that is
    /// shown, since the shell that started the dashboard has them already.
    pub before: Vec<OsString>,
}

/// What a failed line says on standard error.
#[derive(Debug, Deserialize)]
struct Said {
    error: Failed,
}

#[derive(Debug, Deserialize)]
struct Failed {
    message: String,
    #[serde(default)]
    hint: Option<String>,
    #[serde(default)]
    problems: Vec<Wrong>,
}

#[derive(Debug, Deserialize)]
struct Wrong {
    field: String,
    message: String,
}

impl Runner {
    /// Runs the line of these words to its end. What would be asked was asked already.
    pub async fn run(self, words: Vec<String>) -> Ran {
        let mut command = Command::new(&self.program);
        command
            .args(&self.before)
            .args(&words)
            .env("ADCTL_OUTPUT", "json")
            .env("ADCTL_YES", "true")
            .env("ADCTL_NO_INPUT", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let output = match tokio::time::timeout(LINE_TIME_MAX, command.output()).await {
            Ok(Ok(output)) => output,
            Ok(Err(error)) => return not_run(&error.to_string()),
            Err(_elapsed) => return not_run("it did not end in time"),
        };
        let code = output
            .status
            .code()
            .and_then(|code| u8::try_from(code).ok());
        read(
            code.unwrap_or(NOT_RUN),
            &String::from_utf8_lossy(&output.stderr),
        )
    }
}

fn not_run(why: &str) -> Ran {
    Ran {
        code: NOT_RUN,
        message: shown(why),
        ..Ran::default()
    }
}

/// What a line said on standard error: an object with the error, or prose.
fn read(code: u8, text: &str) -> Ran {
    let said = text
        .lines()
        .find_map(|line| serde_json::from_str::<Said>(line).ok());
    if let Some(Said { error }) = said {
        let problem = |wrong: Wrong| (shown(&wrong.field), shown(&wrong.message));
        return Ran {
            code,
            message: shown(&error.message),
            hint: error.hint.as_deref().map(shown),
            problems: error.problems.into_iter().map(problem).collect(),
        };
    }
    let is_undo = |line: &&str| line.starts_with("undo with:");
    let hint = text.lines().find(is_undo);
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !is_undo(line));
    let first = lines.next().unwrap_or_default();
    Ran {
        code,
        message: shown(first.trim_start_matches("error: ")),
        hint: hint.map(shown),
        problems: Vec::new(),
    }
}

fn shown(text: &str) -> String {
    clean(text.trim()).chars().take(CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_read_with_its_fields_and_prose_with_its_undo() {
        let text = "start: now is 2026 (UTC)\n{\"error\":{\"code\":\"invalid\",\"exit\":6,\"message\":\"2 fields\",\
                    \"problems\":[{\"field\":\"end\",\"message\":\"before\\u001b[2J start\"}]}}\n";
        let ran = read(6, text);
        assert_eq!((ran.code, ran.message.as_str()), (6, "2 fields"));
        assert_eq!(
            ran.problems,
            [("end".to_owned(), "before\\x1b[2J start".to_owned())]
        );
        let ran = read(0, "paused campaign a (cmp_1)\nundo with: adctl undo op_3\n");
        assert_eq!(ran.message, "paused campaign a (cmp_1)");
        assert_eq!(ran.hint.as_deref(), Some("undo with: adctl undo op_3"));
        let ran = read(0, "undo with: adctl undo op_3\n");
        assert_eq!((ran.message.as_str(), ran.hint.is_some()), ("", true));
        assert_eq!(
            read(2, "error: unexpected argument\n").message,
            "unexpected argument"
        );
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_is_a_failure_and_no_panic() {
        let runner = Runner {
            program: PathBuf::from("/nowhere/adctl"),
            before: Vec::new(),
        };
        let ran = runner.run(vec!["status".to_owned()]).await;
        assert_eq!(ran.code, NOT_RUN);
        assert!(!ran.message.is_empty());
    }
}
