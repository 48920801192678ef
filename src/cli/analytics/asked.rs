//! The flags of every report: of which time, which metrics, and what is counted.

use clap::Args;

use crate::api::nearest;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::stats::resolve;
use crate::client::Call;

/// What can be filtered by: the names of the parameters of the API.
const FILTERS: &[&str] = &["campaign", "creative", "channel", "device", "country"];

/// Of which time, and what is counted.
#[derive(Debug, Args)]
pub(in crate::cli) struct Asked {
    /// Metrics, separated by commas; see adctl help metrics
    #[arg(long, value_name = "A,B")]
    pub(in crate::cli) metrics: Option<String>,
    /// From the hour of this time, seven days unless given; see adctl help time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(in crate::cli) since: Option<String>,
    /// To the hour of this time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(in crate::cli) until: Option<String>,
    /// Count only these: campaign, creative, channel, device or country; may be repeated
    #[arg(long, value_name = "NAME=A,B")]
    pub(in crate::cli) filter: Vec<String>,
}

impl Asked {
    /// A call that asks so.
    pub(in crate::cli) async fn ask(
        &self,
        call: Call,
        session: &mut Session,
    ) -> Result<Call, Failure> {
        let mut call = call
            .with("metrics", self.metrics.as_deref())
            .with(
                "since",
                resolve(session, "--since", self.since.as_deref()).await?,
            )
            .with(
                "until",
                resolve(session, "--until", self.until.as_deref()).await?,
            );
        let mut seen = Vec::new();
        for text in &self.filter {
            let (name, values) = filter(text)?;
            if seen.contains(&name) {
                let message =
                    format!("--filter names {name} twice; give all of it at once: {name}=A,B");
                return Err(Failure::usage(message));
            }
            seen.push(name);
            call = call.with(name, Some(values));
        }
        Ok(call)
    }
}

/// The parameter and the values of a filter.
fn filter(text: &str) -> Result<(&'static str, &str), Failure> {
    let shown: String = text.chars().take(64).collect();
    let Some((name, values)) = text.split_once('=') else {
        let message = format!("--filter `{shown}` lacks a value");
        return Err(Failure::usage(message).hint("write --filter country=US,CA"));
    };
    if let Some(known) = FILTERS.iter().find(|known| **known == name.trim()) {
        return Ok((known, values));
    }
    let hint = nearest(name, FILTERS.iter().copied()).map_or_else(
        || format!("filters are {}", FILTERS.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Failure::usage(format!("there is no filter `{shown}`")).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_names_what_it_is_about() {
        assert_eq!(filter("country=US,CA").unwrap(), ("country", "US,CA"));
        assert_eq!(filter("campaign=a=b").unwrap(), ("campaign", "a=b"));
        let refused = |text| filter(text).unwrap_err();
        assert_eq!(
            refused("contry=US").hint.as_deref(),
            Some("did you mean `country`?")
        );
        assert!(refused("country").message.contains("lacks a value"));
    }
}
