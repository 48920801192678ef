//! `/api/v1/catalog` and `/api/v1/apply`: all that an operator keeps of a tenant as one document,
//! and the way back into the catalog, in one unit of work that one undo takes back.

mod apply;
mod campaign;
mod listed;

use std::collections::HashMap;
use std::sync::Arc;

use http::StatusCode;
use serde_json::json;

use super::call::Call;
use super::respond::{Answer, Refusal};
use super::state::State;
use super::tenancy::tenant;
use super::work::{Made, read, write};
use crate::api::{DeclaredCatalog, read_fields};
use crate::store::catalog::{Kind, Scope, StoreError, Unit};
use apply::{Applying, Existing};

/// Most bytes of a document.
pub const DOCUMENT_BYTES_MAX: usize = 16 << 20;
/// The query parameter that says what is done with things that are there.
pub(super) const EXISTING: &str = "existing";
/// What it may say.
pub(super) const EXISTING_WORDS: [&str; 2] = ["change", "keep"];

/// `GET /api/v1/catalog`
pub(crate) async fn export(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let tenant = tenant(&state, &call).await?;
    let export = read(&state, Scope::Tenant(tenant), |reader| {
        listed::export(reader)
    })
    .await?;
    Ok(Answer::ok(&export)?.at_revision(export.revision))
}

/// `POST /api/v1/apply`: all of it, or nothing.
pub(crate) async fn apply(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let tenant = tenant(&state, &call).await?;
    let body = call.json_up_to(DOCUMENT_BYTES_MAX).await?;
    let existing = match call.query(EXISTING) {
        Some("keep") => Existing::Keep,
        _ => Existing::Change,
    };
    let expected = call.expected;
    // Kept from being taken back for as long as this may take.
    let media = state.uploads.unclaimed.of(tenant, state.clock.now());
    let known: Vec<[u8; 32]> = media.keys().copied().collect();
    let scope = Scope::Tenant(tenant);
    let is_trial = call.is_dry_run();
    let unclaimed = state.uploads.unclaimed.clone();
    let catalog = state.catalog.clone();
    let answer = write(state, call, (scope, body), move |unit, body| {
        check_revision(unit, expected)?;
        let document: DeclaredCatalog = read_fields(body).map_err(StoreError::Invalid)?;
        let report = Applying::run(unit, document, existing, media)?;
        Ok(Made {
            status: StatusCode::OK,
            revision: Some(report.revision),
            body: json!(report),
            location: None,
        })
    })
    .await?;
    if !is_trial && !known.is_empty() {
        let used = catalog.read(scope, move |reader| {
            let used = known
                .into_iter()
                .map(|sha256| Ok((sha256, reader.uses_file(&sha256)?)));
            used.collect::<Result<HashMap<_, _>, StoreError>>()
        });
        let used = used.await?;
        unclaimed.claimed(tenant, |sha256| used.get(sha256) == Some(&true));
    }
    Ok(answer)
}

/// Refuses when the catalog of the tenant moved on since the document was made for it.
fn check_revision(unit: &Unit<'_>, expected: Option<u32>) -> Result<(), StoreError> {
    let reader = unit.reader();
    let found = reader.revision()?;
    match expected {
        Some(expected) if expected != found => Err(StoreError::Conflict {
            kind: Kind::Tenant,
            id: reader.tenant()?.id.to_string(),
            expected,
            found,
        }),
        Some(_) | None => Ok(()),
    }
}
