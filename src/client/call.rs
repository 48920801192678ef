//! One call of the admin API, and where its things are found.

use hyper::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::api;

/// All that stands for itself in a path segment or a query value (RFC 3986 §2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The lists of the admin API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collection {
    /// Media owners.
    Tenants,
    /// Who pays.
    Advertisers,
    /// Streams that ask for ads.
    Channels,
    /// Buys.
    Campaigns,
    /// Spots.
    Creatives,
    /// Campaigns that share a budget.
    Orders,
    /// What keeps rivals apart.
    Categories,
    /// Kinds of pods.
    Pods,
    /// People.
    Users,
    /// What programs call with.
    Keys,
}

impl Collection {
    /// Path of the list.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Tenants => "/api/v1/tenants",
            Self::Advertisers => "/api/v1/advertisers",
            Self::Channels => "/api/v1/channels",
            Self::Campaigns => "/api/v1/campaigns",
            Self::Creatives => "/api/v1/creatives",
            Self::Orders => "/api/v1/orders",
            Self::Categories => "/api/v2/categories",
            Self::Pods => "/api/v2/pods",
            Self::Users => "/api/v1/users",
            Self::Keys => "/api/v1/keys",
        }
    }

    /// Path of one entry, by id or name.
    pub fn entry(self, reference: &str) -> String {
        format!("{}/{}", self.path(), encode(reference))
    }

    /// What several entries are called, which is also the word of the command line.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Tenants => "tenants",
            Self::Advertisers => "advertisers",
            Self::Channels => "channels",
            Self::Campaigns => "campaigns",
            Self::Creatives => "creatives",
            Self::Orders => "orders",
            Self::Categories => "categories",
            Self::Pods => "pods",
            Self::Users => "users",
            Self::Keys => "keys",
        }
    }

    /// What one entry is called.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Tenants => "tenant",
            Self::Advertisers => "advertiser",
            Self::Channels => "channel",
            Self::Campaigns => "campaign",
            Self::Creatives => "creative",
            Self::Orders => "order",
            Self::Categories => "category",
            Self::Pods => "pod",
            Self::Users => "user",
            Self::Keys => "key",
        }
    }
}

/// One call of the admin API.
#[derive(Debug, Clone)]
pub struct Call {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Vec<u8>>,
    pub(super) revision: Option<u32>,
    pub(super) is_open: bool,
    pub(super) is_unhurried: bool,
}

impl Call {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: None,
            revision: None,
            is_open: false,
            is_unhurried: false,
        }
    }

    /// Shows no token: what is sent proves who it is.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.is_open = true;
        self
    }

    /// May take as long as it takes: what it does grows with what is kept.
    #[must_use]
    pub const fn unhurried(mut self) -> Self {
        self.is_unhurried = true;
        self
    }

    /// Asks for one thing below a path that is no collection.
    pub fn get_one(path: &str, reference: &str) -> Self {
        Self::get(format!("{path}/{}", encode(reference)))
    }

    /// Asks.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// Makes or does something.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// Changes what the body names.
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path)
    }

    /// Sets the whole of something.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::PUT, path)
    }

    /// Removes.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// Adds a query parameter, where there is a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        if let Some(value) = value {
            self.query.push((name, value.to_string()));
        }
        self
    }

    /// Sets the JSON body.
    #[must_use]
    pub fn json(mut self, fields: &impl Serialize) -> Self {
        let body = serde_json::to_vec(fields).expect("fields are strings, numbers and lists");
        self.body = Some(body);
        self
    }

    /// Does it only to this revision of the thing.
    #[must_use]
    pub const fn if_revision(mut self, revision: Option<u32>) -> Self {
        self.revision = revision;
        self
    }

    /// Checks and answers as if done, and writes nothing.
    #[must_use]
    pub fn dry_run(self, dry: DryRun) -> Self {
        match dry {
            DryRun::Yes => self.with(api::DRY_RUN_PARAMETER, Some(true)),
            DryRun::No => self,
        }
    }

    /// Whether it may change something.
    pub(super) fn writes(&self) -> bool {
        self.method != Method::GET
    }

    /// Path and query as they stand in the request line.
    pub(super) fn path_and_query(&self) -> String {
        let mut text = self.path.clone();
        for (place, (name, value)) in self.query.iter().enumerate() {
            text.push(if place == 0 { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            text.push_str(&encode(value));
        }
        text
    }
}

/// Whether a write is only tried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DryRun {
    /// Check and answer as if done.
    Yes,
    /// Do it.
    #[default]
    No,
}

/// A text as a path segment or query value. A segment that is only dots would be taken for a
/// step in the tree.
fn encode(text: &str) -> String {
    if !text.is_empty() && text.bytes().all(|byte| byte == b'.') {
        return text.replace('.', "%2E");
    }
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_in_paths_and_queries() {
        assert_eq!(
            Collection::Campaigns.entry("a/b ?ü"),
            "/api/v1/campaigns/a%2Fb%20%3F%C3%BC"
        );
        assert_eq!(Collection::Tenants.entry(".."), "/api/v1/tenants/%2E%2E");
        let call = Call::get("/x")
            .with("a", Some("1&2"))
            .with("b", None::<u32>);
        assert_eq!(call.with("c", Some(3)).path_and_query(), "/x?a=1%262&c=3");
    }
}
