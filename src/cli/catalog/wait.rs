//! Waiting until something is as it is wanted, or the time is over.

use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use serde_json::Value;

use super::Noun;
use crate::api::nearest;
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;
use crate::client::Call;

/// Time between two looks: at first, and at most.
const LOOK_EVERY: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// What to wait for.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct WaitArgs {
    /// Id or name
    #[arg(value_name = "ID|NAME")]
    reference: String,
    /// What it is to be, such as status=completed; a word alone is a status, and `deleted` waits
    /// until it is gone. Several must all hold
    #[arg(long = "for", value_name = "FIELD=VALUE", required = true)]
    wanted: Vec<Wanted>,
}

/// A state to wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Wanted {
    /// It is gone.
    Deleted,
    /// A field has this value.
    Field(String, String),
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (field, value) = match text.split_once('=') {
            None if text == "deleted" => return Ok(Self::Deleted),
            None => ("status", text),
            Some((field, value)) => (field.trim(), value.trim()),
        };
        if field.is_empty() || value.is_empty() {
            return Err("write FIELD=VALUE, such as status=completed".to_owned());
        }
        Ok(Self::Field(field.to_owned(), value.to_owned()))
    }
}

impl Wanted {
    /// Whether it is so.
    fn holds(&self, found: Option<&Value>) -> Result<bool, Failure> {
        match (self, found) {
            (Self::Deleted, found) => Ok(found.is_none()),
            (Self::Field(..), None) => Ok(false),
            (Self::Field(field, value), Some(found)) => Ok(said(field, found)? == *value),
        }
    }
}

/// A field of something as it would be typed.
fn said(field: &str, found: &Value) -> Result<String, Failure> {
    let mut at = found;
    for part in field.split('.') {
        let fields = at.as_object();
        let Some(inner) = fields.and_then(|fields| fields.get(part)) else {
            let known: Vec<&str> = fields
                .into_iter()
                .flat_map(serde_json::Map::keys)
                .map(String::as_str)
                .collect();
            let hint = match nearest(part, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the fields are {}", known.join(", ")),
            };
            return Err(Failure::usage(format!("it has no field `{field}`")).hint(hint));
        };
        at = inner;
    }
    Ok(match at {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
}

/// Looks again and again until it is so. The time is that of `--timeout`.
pub(in crate::cli) async fn wait<N: Noun>(session: &mut Session, args: &WaitArgs) -> Outcome {
    let timeout = session.globals.connect.timeout;
    let deadline = session.clock().monotonic() + timeout.std();
    let mut pause = LOOK_EVERY.0;
    let mut last: Option<N> = None;
    let mut was_seen = false;
    loop {
        let client = session.client()?;
        let call = Call::get(N::COLLECTION.entry(&args.reference));
        let trouble = match client.send::<N>(call).await {
            Ok(found) => {
                was_seen = true;
                last = Some(found.value);
                None
            }
            Err(error) if error.is_not_found() => {
                // Something that never was is a wrong name, unless its end is waited for.
                if !was_seen && !args.wanted.contains(&Wanted::Deleted) {
                    return Err(error.into());
                }
                last = None;
                None
            }
            // A daemon that is started again comes back.
            Err(error) => match Failure::from(error) {
                failure if failure.exit == Exit::Unreachable => Some(failure),
                failure => return Err(failure),
            },
        };
        let shown = last.as_ref().map(|found| serde_json::json!(found));
        let mut open = None;
        for wanted in &args.wanted {
            if !wanted.holds(shown.as_ref())? {
                open = Some(wanted);
            }
        }
        let is_over = session.clock().monotonic() + pause >= deadline;
        match (open, trouble) {
            (None, None) => {
                if let Some(found) = &last {
                    session.out.report(found, std::slice::from_ref(found))?;
                }
                return Ok(Exit::Done);
            }
            (_, Some(failure)) if is_over => return Err(failure),
            (Some(open), None) if is_over => {
                return Err(late(session, (args, open), (last.as_ref(), shown.as_ref())));
            }
            _ => {}
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 3 / 2).min(LOOK_EVERY.1);
    }
}

/// The time is over; the last state is the answer.
fn late<N: Noun>(
    session: &mut Session,
    (args, open): (&WaitArgs, &Wanted),
    (last, shown): (Option<&N>, Option<&Value>),
) -> Failure {
    if let Some(found) = last
        && let Err(failure) = session.out.report(found, std::slice::from_ref(found))
    {
        return failure;
    }
    let noun = N::COLLECTION.noun();
    let name = &args.reference;
    let is = match (open, shown) {
        (Wanted::Deleted, _) => "is still there".to_owned(),
        (Wanted::Field(field, _), None) => format!("is gone, and has no {field}"),
        (Wanted::Field(field, value), Some(shown)) => {
            let found = said(field, shown).unwrap_or_default();
            format!("has {field}={found}, not {value}")
        }
    };
    let after = session.globals.connect.timeout.std();
    let message = format!("{noun} {name} {is}, after {after:?}");
    Failure::new(Exit::Unreachable, "timeout", message).hint("give it more time with --timeout 10m")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn states_are_read_and_judged() {
        let field = |field: &str, value: &str| Wanted::Field(field.to_owned(), value.to_owned());
        for (text, wanted) in [
            ("status=completed", Ok(field("status", "completed"))),
            ("active", Ok(field("status", "active"))),
            ("media.width = 16", Ok(field("media.width", "16"))),
            ("deleted", Ok(Wanted::Deleted)),
            ("=x", Err(())),
            ("status=", Err(())),
        ] {
            assert_eq!(text.parse::<Wanted>().map_err(drop), wanted, "{text}");
        }
        let found = json!({"status": "active", "weight": 3, "media": {"width": 16}, "end": null});
        for (text, holds) in [
            ("active", Some(true)),
            ("paused", Some(false)),
            ("weight=3", Some(true)),
            ("media.width=16", Some(true)),
            ("end=null", Some(true)),
            ("deleted", Some(false)),
            ("stauts=active", None),
        ] {
            let wanted: Wanted = text.parse().unwrap();
            assert_eq!(wanted.holds(Some(&found)).ok(), holds, "{text}");
        }
        assert_eq!(Wanted::Deleted.holds(None).ok(), Some(true));
        assert_eq!(field("status", "active").holds(None).ok(), Some(false));
    }
}
