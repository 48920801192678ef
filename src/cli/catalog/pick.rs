//! Which things to act on: named, read from a file, or selected by the filters of their lists.

use std::str::FromStr;

use clap::Args;

use super::Noun;
use crate::api::{PAGE_MAX, Page, nearest};
use crate::cli::failure::Failure;
use crate::cli::input::Source;
use crate::cli::session::Session;
use crate::client::Call;

/// Most things of one run.
const THINGS_MAX: usize = 100_000;

/// Which things to act on.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct PickArgs {
    /// Ids or names; `-` reads one a line from standard input
    #[arg(value_name = "ID|NAME", required_unless_present_any = ["selector", "ids_from"])]
    targets: Vec<String>,
    /// All that a list with these filters shows, such as status=active,advertiser=motorco
    #[arg(long, value_name = "FIELD=VALUE,…")]
    selector: Option<Selector>,
    /// File with an id or name a line, or `-` for standard input
    #[arg(long, value_name = "FILE|-")]
    ids_from: Option<Source>,
}

/// What things must have: the filters of their lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Selector(Vec<(&'static str, String)>);

/// Fields of a selector, and the parameters of lists that they are.
const SELECTED: &[(&str, &str)] = &[
    ("status", "status"),
    ("advertiser", "advertiser"),
    ("order", "in_order"),
    ("tier", "tier"),
    ("campaign", "campaign"),
    ("parent", "parent"),
    ("role", "role"),
    ("search", "search"),
];

impl FromStr for Selector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(|part| {
            let (field, value) = part
                .split_once('=')
                .ok_or_else(|| format!("`{part}` is not FIELD=VALUE"))?;
            let (field, value) = (field.trim(), value.trim());
            let known = SELECTED.iter().find(|(name, _parameter)| *name == field);
            let names = SELECTED.iter().map(|(name, _parameter)| *name);
            let Some((_name, parameter)) = known else {
                let names: Vec<&str> = names.collect();
                let hint = match nearest(field, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("they are {}", names.join(", ")),
                };
                return Err(format!("`{field}` is not a field to select by; {hint}"));
            };
            if value.is_empty() {
                return Err(format!("`{field}` has no value"));
            }
            Ok((*parameter, value.to_owned()))
        });
        parts.collect::<Result<_, _>>().map(Self)
    }
}

impl PickArgs {
    /// One thing alone.
    pub(in crate::cli) fn of(reference: String) -> Self {
        Self {
            targets: vec![reference],
            selector: None,
            ids_from: None,
        }
    }

    /// The only thing that was named, where one was named and no more.
    pub(in crate::cli) fn only(&self) -> Option<&str> {
        match (self.targets.as_slice(), &self.selector, &self.ids_from) {
            ([only], None, None) if only != "-" => Some(only),
            _ => None,
        }
    }
}

/// Something to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Target {
    /// Its id, or what was given.
    pub(in crate::cli) reference: String,
    /// Its name, as far as it is known.
    pub(in crate::cli) name: String,
}

/// The things that were picked, each once, in the order in which they were named.
pub(in crate::cli) async fn pick<N: Noun>(
    session: &mut Session,
    args: &PickArgs,
) -> Result<Vec<Target>, Failure> {
    let mut picked: Vec<Target> = Vec::new();
    let mut add = |target: Target| {
        let known = picked.iter().any(|one| one.reference == target.reference);
        if !known {
            picked.push(target);
        }
    };
    let mut names = Vec::new();
    for target in &args.targets {
        match target.as_str() {
            "-" => names.extend(read_lines(&Source::Stdin)?),
            name => names.push(name.to_owned()),
        }
    }
    if let Some(source) = &args.ids_from {
        names.extend(read_lines(source)?);
    }
    for name in names {
        add(Target {
            reference: name.clone(),
            name,
        });
    }
    if let Some(selector) = &args.selector {
        for thing in select::<N>(session, selector).await? {
            add(Target {
                reference: thing.id().to_owned(),
                name: thing.name().to_owned(),
            });
        }
    }
    let plural = N::COLLECTION.plural();
    if picked.len() > THINGS_MAX {
        let message = format!("more than {THINGS_MAX} {plural} were picked");
        return Err(Failure::usage(message));
    }
    if picked.is_empty() && args.selector.is_none() {
        return Err(Failure::usage("nothing to act on came in"));
    }
    if picked.is_empty() {
        session.out.note(&format!("no {plural} are selected"));
    }
    Ok(picked)
}

/// The ids or names in a text, one a line.
fn read_lines(source: &Source) -> Result<Vec<String>, Failure> {
    let text = source.read()?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
}

/// Everything that a list with these filters shows.
async fn select<N: Noun>(session: &mut Session, selector: &Selector) -> Result<Vec<N>, Failure> {
    let mut list = Call::get(N::COLLECTION.path()).with("limit", Some(PAGE_MAX));
    for (parameter, value) in &selector.0 {
        list = list.with(parameter, Some(value));
    }
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let call = list.clone().with("cursor", cursor.as_ref());
        let page: Page<N> = session.send(call).await?;
        found.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() || found.len() > THINGS_MAX {
            return Ok(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_the_filters_of_lists() {
        let read = |text: &str| text.parse::<Selector>();
        let selector = read("status=active, order = frame,search=a=b").unwrap();
        let pairs: Vec<(&str, &str)> = selector
            .0
            .iter()
            .map(|(parameter, value)| (*parameter, value.as_str()))
            .collect();
        let expected = [
            ("status", "active"),
            ("in_order", "frame"),
            ("search", "a=b"),
        ];
        assert_eq!(pairs, expected);
        for (text, said) in [
            ("stauts=active", "did you mean `status`?"),
            ("active", "is not FIELD=VALUE"),
            ("status=", "has no value"),
            ("", "is not FIELD=VALUE"),
            ("limit=3", "is not a field to select by"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
