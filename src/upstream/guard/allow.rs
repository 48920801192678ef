//! What an operator frees for fetching: ranges of addresses, and names.

use std::net::IpAddr;
use std::str::FromStr;

use url::Host;

use crate::host::http::AddressRange;

/// One entry of the operator's list: `10.0.0.0/8`, `origin.internal` or `*.cdn.internal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowRule(Rule);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    /// These addresses, whatever leads to them.
    Range(AddressRange),
    /// This name, wherever inside it leads.
    Name(String),
    /// Every name that ends so; with the dot.
    Below(String),
}

/// Not an entry of the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no range such as 10.0.0.0/8 and no name such as origin.internal or *.internal"
)]
pub struct AllowRuleError {
    text: String,
}

impl FromStr for AllowRule {
    type Err = AllowRuleError;

    fn from_str(text: &str) -> Result<Self, AllowRuleError> {
        if let Ok(range) = text.parse() {
            return Ok(Self(Rule::Range(range)));
        }
        let (is_below, name) = match text.strip_prefix("*.") {
            Some(name) => (true, name),
            None => (false, text),
        };
        match Host::parse(name) {
            Ok(Host::Domain(name)) if !name.is_empty() && !name.contains('*') => {
                let name = bare(&name).to_owned();
                Ok(Self(if is_below {
                    Rule::Below(format!(".{name}"))
                } else {
                    Rule::Name(name)
                }))
            }
            _ => Err(AllowRuleError {
                text: text.chars().take(64).collect(),
            }),
        }
    }
}

impl AllowRule {
    /// Whether an address is freed, reached as `host`.
    pub(super) fn frees(&self, host: &str, address: IpAddr) -> bool {
        match &self.0 {
            Rule::Range(range) => range.contains(address),
            Rule::Name(name) => bare(host).eq_ignore_ascii_case(name),
            Rule::Below(end) => {
                let host = bare(host);
                let at = host.len().checked_sub(end.len());
                at.and_then(|at| host.get(at..))
                    .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
            }
        }
    }
}

/// A name without the dot that says it is whole.
fn bare(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}
