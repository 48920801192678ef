//! References by something else than an id column: codes of categories, channels in targeting.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension as _;

use super::error::StoreError;
use super::reader::Reader;
use crate::model::category::{CATEGORIES_MAX, DEPTH_MAX};
use crate::model::name::fold_name;
use crate::model::targeting::Value;
use crate::model::{Category, Channel, Problem, Targeting};

impl Reader<'_> {
    /// A problem for each of these codes that is no category; `field` names the list. Of a list
    /// that is too long, which is a problem of its own, the rest is not looked at.
    pub fn missing_categories(
        &self,
        field: &str,
        codes: &[String],
    ) -> Result<Vec<Problem>, StoreError> {
        let mut problems = Vec::new();
        for (place, code) in codes.iter().take(CATEGORIES_MAX).enumerate() {
            // An id would be understood too, but what is stored must be a code.
            let found = self.find::<Category>(code);
            let hint = match found {
                Ok(found) if fold_name(&found.spec.code) == fold_name(code) => continue,
                Ok(found) => format!("; did you mean `{}`?", found.spec.code),
                Err(StoreError::NotFound { suggestions, .. }) => suggestions
                    .first()
                    .map_or_else(String::new, |near| format!("; did you mean `{near}`?")),
                Err(other) => return Err(other),
            };
            let code: String = code.chars().take(64).collect();
            let message = format!("there is no category `{code}`{hint}");
            problems.push(Problem::new(format!("{field}[{place}]"), message));
        }
        Ok(problems)
    }

    /// A problem for each channel that a targeting names and that is not there; `field` names it.
    pub fn missing_channels(
        &self,
        field: &str,
        targeting: &Targeting,
    ) -> Result<Vec<Problem>, StoreError> {
        let clauses = targeting.rules.iter().flat_map(|rule| &rule.clauses);
        let named = clauses.flat_map(|clause| &clause.values);
        let named: BTreeSet<_> = named
            .filter_map(|value| match value {
                Value::Channel(channel) => Some(*channel),
                _ => None,
            })
            .collect();
        let mut problems = Vec::new();
        for channel in named {
            if self.load_if_any::<Channel>(channel)?.is_none() {
                problems.push(Problem::new(
                    field,
                    format!("there is no channel {channel}"),
                ));
            }
        }
        Ok(problems)
    }

    /// The folded codes of a category and of all it is part of, from the inside out; one more
    /// than a tree can be deep at most.
    pub(super) fn categories_above(&self, code: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT lower(parent) FROM categories WHERE tenant_id = ?1 AND folded = ?2",
        )?;
        let mut above = vec![fold_name(code)];
        while let Some(last) = above.last().filter(|_| above.len() <= DEPTH_MAX) {
            let parent: Option<Option<String>> = statement
                .query_row((self.scope().raw(), last), |row| row.get(0))
                .optional()?;
            match parent.flatten() {
                Some(parent) => above.push(parent),
                None => break,
            }
        }
        Ok(above)
    }

    /// How many levels a category has with all below it: 1 for one without children.
    pub(super) fn category_levels(&self, folded: &str) -> Result<usize, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "WITH RECURSIVE below (code, level) AS ( \
                 SELECT ?2, 1 UNION ALL \
                 SELECT categories.folded, level + 1 FROM below JOIN categories \
                     ON categories.tenant_id = ?1 AND lower(categories.parent) = below.code \
                 WHERE level <= ?3 \
             ) SELECT max(level) FROM below",
        )?;
        let most = i64::try_from(DEPTH_MAX).unwrap_or(i64::MAX);
        let levels: i64 =
            statement.query_row((self.scope().raw(), folded, most), |row| row.get(0))?;
        Ok(usize::try_from(levels).unwrap_or(usize::MAX))
    }

    /// How many campaigns compete in a category, by its folded code.
    pub(super) fn campaigns_in(&self, folded: &str) -> Result<u64, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT count(*) FROM campaigns WHERE tenant_id = ?1 AND EXISTS ( \
                 SELECT 1 FROM json_each(campaigns.categories) WHERE lower(value) = ?2 \
             )",
        )?;
        let count: i64 = statement.query_row((self.scope().raw(), folded), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}
