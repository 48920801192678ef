//! Advertisers: who pays for campaigns.

use super::name::check_name;
use super::{AdvertiserId, Problem, TenantId, Timestamp};

/// Most categories of one advertiser.
pub const CATEGORIES_MAX: usize = 20;

/// What an operator decides about an advertiser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdvertiserSpec {
    /// Unique in its tenant, whatever the case.
    pub name: String,
    /// Its web domain, in lower case: what `adomain` is in OpenRTB.
    pub domain: Option<String>,
    /// Content or product categories such as `IAB2-3`, in the order given.
    pub categories: Vec<String>,
}

impl AdvertiserSpec {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        if self
            .domain
            .as_deref()
            .is_some_and(|domain| !is_domain(domain))
        {
            problems.push(Problem::new(
                "domain",
                "is not a lower-case domain such as example.com",
            ));
        }
        if self.categories.len() > CATEGORIES_MAX {
            let message = format!("has more than {CATEGORIES_MAX} entries");
            problems.push(Problem::new("categories", message));
        }
        for (place, category) in self.categories.iter().enumerate() {
            if !is_category(category) {
                let message = "is not 1 to 32 letters, digits, dots, dashes or underscores";
                problems.push(Problem::new(format!("categories[{place}]"), message));
            }
        }
        problems
    }
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label)
}

fn is_category(category: &str) -> bool {
    let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    (1..=32).contains(&category.len()) && category.bytes().all(known)
}

/// An advertiser as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advertiser {
    /// Its id.
    pub id: AdvertiserId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What was decided about it.
    pub spec: AdvertiserSpec,
}
