//! `/api/v2/categories`, and `/api/v2/taxonomy`, which makes many of them at once.

use std::sync::Arc;

use http::StatusCode;
use serde_json::json;

use super::call::Call;
use super::input::{self, Form};
use super::resource;
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::scope_of;
use super::work::{Made, write};
use crate::api::{CategoryFields, TaxonomyOutcome};
use crate::model::{Category, Problem};
use crate::store::catalog::{Filter, StoreError, Unit};

pub(crate) async fn list(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::list::<Category, _>(state, call, |call, reader| {
        let Some(reference) = call.query("parent") else {
            return Ok(Vec::new());
        };
        let found = resource::refer::<Category>(reader, "parent", reference)?;
        Ok(vec![Filter::Parent(found.spec.code)])
    })
    .await
}

pub(crate) async fn create(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::create::<Category, _>(state, call, |body, _reader| {
        input::category(Form::read(body), None).map_err(StoreError::Invalid)
    })
    .await
}

pub(crate) async fn edit(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::edit::<Category, _>(state, call, |unit, edit| {
        let spec = input::category(Form::read(edit.body), Some(&edit.stored.spec))
            .map_err(StoreError::Invalid)?;
        unit.update::<Category>(edit.stored.id, edit.expected, spec)
    })
    .await
}

/// `POST /api/v2/taxonomy`: all of it in one unit of work, or nothing.
pub(crate) async fn load(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<Category>(&state, &call).await?;
    let body = call.json().await?;
    write(state, call, (scope, body), |unit, body| {
        let listed = input::taxonomy(Form::read(body)).map_err(StoreError::Invalid)?;
        let mut outcome = TaxonomyOutcome {
            created: 0,
            updated: 0,
            unchanged: 0,
        };
        let mut problems = Vec::new();
        for fields in listed {
            let code = fields.code.clone().unwrap_or_default();
            match settle(unit, fields) {
                Ok(Settled::Created) => outcome.created += 1,
                Ok(Settled::Updated) => outcome.updated += 1,
                Ok(Settled::Unchanged) => outcome.unchanged += 1,
                Err(StoreError::Invalid(faults)) => {
                    let told = faults.into_iter().map(|fault| {
                        let field = format!("categories[{code}].{}", fault.field);
                        Problem::new(field, fault.message)
                    });
                    problems.extend(told);
                }
                Err(other) => return Err(other),
            }
            if problems.len() >= PROBLEMS_MAX {
                break;
            }
        }
        if !problems.is_empty() {
            return Err(StoreError::Invalid(problems));
        }
        Ok(Made {
            status: StatusCode::OK,
            body: json!(outcome),
            revision: None,
            location: None,
        })
    })
    .await
}

/// Most faults of one taxonomy that are told in one answer.
const PROBLEMS_MAX: usize = 100;

enum Settled {
    Created,
    Updated,
    Unchanged,
}

/// Makes a category, or changes the one that has the code.
fn settle(unit: &mut Unit<'_>, fields: CategoryFields) -> Result<Settled, StoreError> {
    let code = fields.code.clone().unwrap_or_default();
    let stored = match unit.reader().find::<Category>(&code) {
        Ok(found) => Some(found),
        Err(StoreError::NotFound { .. }) => None,
        Err(other) => return Err(other),
    };
    let form = Form::of(fields);
    let spec = input::category(form, stored.as_ref().map(|stored| &stored.spec));
    let spec = spec.map_err(StoreError::Invalid)?;
    let Some(stored) = stored else {
        unit.insert::<Category>(spec)?;
        return Ok(Settled::Created);
    };
    let after = unit.update::<Category>(stored.id, None, spec)?;
    Ok(if after.revision == stored.revision {
        Settled::Unchanged
    } else {
        Settled::Updated
    })
}
