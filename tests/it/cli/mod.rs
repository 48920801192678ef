//! `adctl` as people and scripts run it: the real program against the real admin API.

/// Acting on many, and waiting for one.
mod bulk;
/// What a shell is offered.
mod complete;
/// Creatives and their files.
mod creatives;
/// The life of what the decision engine is told.
mod decisioning;
/// The catalog as files.
mod declare;
/// A desk with `adctl` on it and a daemon behind it.
pub(crate) mod desk;
/// Decisions explained, and wrong questions about them.
mod explain;
/// Daemons that hang, close, talk garbage; readers that go away; signals.
mod faults;
/// Every format of answers.
mod formats;
/// Completions and manual pages are those that the code makes.
mod generated;
/// Texts that would like to steer the terminal.
mod hostile;
/// The life of each noun.
mod lifecycle;
/// Logins and keys.
mod people;
/// Fixtures.
mod seed;
/// Tags and their tests.
mod tags;
/// Targeting, its language and its carets.
mod targeting;
/// On a terminal: tables, questions, progress.
pub(crate) mod terminal;
/// Command lines that are wrong, and exit codes.
mod usage;
/// The two programs together.
mod whole;
