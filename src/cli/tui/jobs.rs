//! Lines of `adctl` that the dashboard runs: what they say, and what came of them.
//!
//! Every write is such a line. It is shown before it is run, and the same words do the same in a
//! shell.

use std::collections::VecDeque;

use crate::model::Timestamp;

/// Lines that are remembered.
pub const LOG_MAX: usize = 200;

/// A line of `adctl` to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Counts the lines of this dashboard.
    pub number: u64,
    /// What it does, for people: `pause 2 campaigns`.
    pub action: String,
    /// The words after `adctl`.
    pub words: Vec<String>,
    /// What is done with its answer.
    pub purpose: Purpose,
}

/// What is done with the answer of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It changes something; the answer is told.
    Write,
    /// It tries the form that is filled in.
    Try,
}

/// What came of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ran {
    /// The exit code.
    pub code: u8,
    /// What was said about it in one sentence; why it failed, where it did.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Fields that are wrong: their names in the API, and why.
    pub problems: Vec<(String, String)>,
}

/// One line that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counts the lines of this dashboard.
    pub number: u64,
    /// When it was begun.
    pub at: Timestamp,
    /// The line, as a shell takes it.
    pub line: String,
    /// What came of it; none while it runs.
    pub ran: Option<Ran>,
}

/// The lines that were run, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// The lines.
    pub entries: VecDeque<Entry>,
    numbers: u64,
}

impl Log {
    /// The number of the next line.
    pub const fn next(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// Remembers a line that is begun.
    pub fn begin(&mut self, job: &Job, at: Timestamp) {
        if job.purpose == Purpose::Try {
            return;
        }
        let line = line_of(&job.words);
        self.entries.push_back(Entry {
            number: job.number,
            at,
            line,
            ran: None,
        });
        while self.entries.len() > LOG_MAX {
            self.entries.pop_front();
        }
    }

    /// Remembers what came of a line.
    pub fn end(&mut self, number: u64, ran: &Ran) {
        let mut entries = self.entries.iter_mut();
        if let Some(entry) = entries.find(|entry| entry.number == number) {
            entry.ran = Some(ran.clone());
        }
    }

    /// Whether a line still runs.
    pub fn is_busy(&self) -> bool {
        self.entries.iter().any(|entry| entry.ran.is_none())
    }
}

/// The words as a line that a shell takes.
pub fn line_of(words: &[String]) -> String {
    let quoted = words.iter().map(|word| quote(word));
    ["adctl".to_owned()]
        .into_iter()
        .chain(quoted)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A word as a shell takes it (POSIX.1-2024, XCU 2.2.2).
fn quote(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=@+%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_a_shell_takes() {
        let words = [
            "campaigns",
            "update",
            "cmp_1",
            "--rename",
            "it's new",
            "--goal",
            "",
        ];
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(
            line_of(&words),
            r"adctl campaigns update cmp_1 --rename 'it'\''s new' --goal ''"
        );
    }

    #[test]
    fn the_log_is_bounded_and_knows_what_runs() {
        let mut log = Log::default();
        for _line in 0..LOG_MAX + 5 {
            let job = Job {
                number: log.next(),
                action: String::new(),
                words: Vec::new(),
                purpose: Purpose::Write,
            };
            log.begin(&job, Timestamp::default());
        }
        assert_eq!((log.entries.len(), log.is_busy()), (LOG_MAX, true));
        for number in 0..=log.numbers {
            log.end(number, &Ran::default());
        }
        assert!(!log.is_busy());
    }
}
