//! A text of the targeting language on the command line: itself, a file, or standard input.

use std::convert::Infallible;
use std::str::FromStr;

use crate::api::{Channel, PAGE_MAX, Page};
use crate::cli::failure::Failure;
use crate::cli::input::Source;
use crate::cli::session::Session;
use crate::client::{Call, Collection};
use crate::model::Targeting;
use crate::model::name::fold_name;
use crate::model::targeting::LanguageError;

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Text {
    /// The argument itself.
    Given(String),
    /// `-` or `@FILE`.
    Read(Source),
}

impl FromStr for Text {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.strip_prefix('@') {
            Some(path) => Self::Read(Source::Path(path.into())),
            None if text == "-" => Self::Read(Source::Stdin),
            None => Self::Given(text.to_owned()),
        })
    }
}

impl Text {
    /// What it says, or where and why it cannot be so.
    pub(in crate::cli) fn targeting(&self) -> Result<Targeting, Failure> {
        let text = self.text()?;
        sound(text.parse().map_err(|error| refused(&error, &text))?)
    }

    /// The same, with channels by name as well; the daemon is asked for those when one is there.
    pub(in crate::cli) async fn targeting_of(
        &self,
        session: &mut Session,
    ) -> Result<Targeting, Failure> {
        let text = self.text()?;
        let error = match text.parse::<Targeting>() {
            Ok(targeting) => return sound(targeting),
            Err(error) => error,
        };
        if !text.to_ascii_lowercase().contains("channel") {
            return Err(refused(&error, &text));
        }
        let call = Call::get(Collection::Channels.path()).with("limit", Some(PAGE_MAX));
        let channels: Page<Channel> = session.send(call).await?;
        let names = |name: &str| {
            let name = fold_name(name);
            let mut named = channels.items.iter();
            let found = named.find(|channel| fold_name(&channel.name) == name)?;
            found.id.parse().ok()
        };
        let read = Targeting::parse_naming(&text, &names);
        sound(read.map_err(|error| refused(&error, &text))?)
    }

    fn text(&self) -> Result<String, Failure> {
        match self {
            Self::Given(text) => Ok(text.clone()),
            Self::Read(source) => source.read(),
        }
    }
}

/// The targeting, unless its rules contradict themselves.
fn sound(targeting: Targeting) -> Result<Targeting, Failure> {
    let problems = targeting.problems();
    if problems.is_empty() {
        return Ok(targeting);
    }
    Err(Failure {
        problems: problems.into_iter().map(Into::into).collect(),
        ..Failure::invalid("the rules contradict themselves")
    })
}

/// The failure with the place in the text.
fn refused(error: &LanguageError, text: &str) -> Failure {
    let (line, column) = (error.line, error.column);
    let excerpt = error.excerpt(text);
    let hint = error.hint.as_deref();
    Failure {
        causes: vec![format!("line {line}, column {column}\n{excerpt}")],
        ..Failure::invalid(error.message.clone())
            .hint(hint.unwrap_or("adctl help targeting describes the language"))
    }
}
