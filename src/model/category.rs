//! Competitive categories: a tree by which rivals are kept apart.

use super::name::{check_name, looks_like_id};
use super::{CategoryId, Millis, Problem, TenantId, Timestamp};

/// Deepest tree, counted in categories from the root.
pub const DEPTH_MAX: usize = 8;
/// Most categories of one campaign or advertiser.
pub const CATEGORIES_MAX: usize = 20;
/// Longest separation: one hour.
pub const SEPARATION_MAX: Millis = Millis(3_600_000);

/// What an operator decides about a category.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CategorySpec {
    /// The code by which campaigns and advertisers name it, such as `IAB2-3` or `auto.luxury`.
    /// Unique in its tenant, whatever the case.
    pub code: String,
    /// For people.
    pub name: String,
    /// Code of the category it is part of.
    pub parent: Option<String>,
    /// Whether two ads of it, or of anything below it, never share a pod.
    pub exclusive: bool,
    /// Least time between the end of one ad of it, or of anything below it, and the start of the
    /// next in a pod.
    pub separation: Option<Millis>,
}

impl CategorySpec {
    /// Everything wrong with it by itself.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        check_code("code", &self.code, &mut problems);
        if looks_like_id(&self.code) {
            let message = "starts like an id; choose a code that does not";
            problems.push(Problem::new("code", message));
        }
        if let Some(parent) = &self.parent {
            check_code("parent", parent, &mut problems);
            if parent.eq_ignore_ascii_case(&self.code) {
                problems.push(Problem::new("parent", "is the category itself"));
            }
        }
        if self
            .separation
            .is_some_and(|span| span.0 == 0 || span > SEPARATION_MAX)
        {
            let message = format!("must be 1 to {} milliseconds", SEPARATION_MAX.0);
            problems.push(Problem::new("separation_ms", message));
        }
        problems
    }
}

/// Adds a problem unless it is the code of a category.
pub fn check_code(field: &str, code: &str, problems: &mut Vec<Problem>) {
    let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    if !(1..=32).contains(&code.len()) || !code.bytes().all(known) {
        let message = "is not 1 to 32 letters, digits, dots, dashes or underscores";
        problems.push(Problem::new(field, message));
    }
}

/// Adds everything wrong with a list of codes.
pub fn check_codes(field: &str, codes: &[String], problems: &mut Vec<Problem>) {
    if codes.len() > CATEGORIES_MAX {
        let message = format!("has more than {CATEGORIES_MAX} entries");
        problems.push(Problem::new(field, message));
        return;
    }
    for (place, code) in codes.iter().enumerate() {
        check_code(&format!("{field}[{place}]"), code, problems);
    }
}

/// A category as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What was decided about it.
    pub spec: CategorySpec,
}
