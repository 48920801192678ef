//! Routes of the catalog as a document.

use super::{OK, get, post, words};
use crate::admin::route::Route;
use crate::admin::{declare, media};
use crate::api::{ApplyReport, CatalogExport, DeclaredCatalog, Media, MediaUpload};
use crate::model::Area;

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    let existing = words(
        declare::EXISTING,
        "What is done with things that are there: they `change` to what the document says, unless \
         given; or the tenant and all its things `keep` what they are.",
        declare::EXISTING_WORDS,
    );
    vec![
        get("/api/v1/catalog", "getCatalog", declare::export)
            .about("All that is kept of a tenant, as one document")
            .answers::<CatalogExport>(OK),
        post("/api/v1/apply", "applyCatalog", declare::apply)
            .about("Bring the catalog of a tenant to what a document says, all of it or nothing")
            .query([existing])
            .changes::<DeclaredCatalog, ApplyReport>(),
        post("/api/v1/media", "uploadMedia", media::upload)
            .about("Upload a film before the creative that is to have it")
            .in_area(Area::Creatives)
            .reads_form::<MediaUpload>()
            .answers::<Media>(OK),
    ]
}
