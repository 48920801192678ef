//! What the daemon finds wrong with a document, where the files say it.

use super::plan::{Fault, Origin, Plan};
use super::source::{Loaded, refused};
use crate::cli::failure::Failure;
use crate::client::ClientError;

/// What the daemon refuses, where the files say it.
pub(super) fn told(error: ClientError, plan: &Plan, files: &[Loaded]) -> Failure {
    match faults_of(error, plan) {
        Ok(faults) => refused(files, &faults),
        Err(failure) => failure,
    }
}

/// What the daemon finds wrong, where the files say it; any other failure as it is.
pub(super) fn faults_of(error: ClientError, plan: &Plan) -> Result<Vec<Fault>, Failure> {
    let failure = Failure::from(error);
    if failure.problems.is_empty() {
        let is_outdated = &*failure.code == "revision";
        return Err(if is_outdated {
            failure.hint("see what changed with adctl diff, and apply again with its revision")
        } else {
            failure
        });
    }
    let problems = failure.problems.iter();
    let faults = problems.map(|problem| {
        let (origin, rest) = origin_of(&problem.field, plan);
        Fault {
            origin,
            field: file_field(rest),
            message: problem.message.clone(),
        }
    });
    Ok(faults.collect())
}

/// Where the thing is listed that a field of the API is of, and what is left of the field.
fn origin_of<'f>(field: &'f str, plan: &Plan) -> (Origin, &'f str) {
    let mut end = field.len();
    loop {
        let (head, rest) = field.split_at(end);
        if let Some(origin) = plan.origins.get(head) {
            return (origin.clone(), rest.trim_start_matches('.'));
        }
        let Some(place) = head.rfind(['.', '[']) else {
            let unknown = Origin {
                file: 0,
                path: String::new(),
                what: field.to_owned(),
            };
            return (unknown, "");
        };
        end = place;
    }
}

/// A field of the API as files name it.
fn file_field(field: &str) -> String {
    let field = field.strip_prefix("fields.").unwrap_or(field);
    let end = field.find(['.', '[']).unwrap_or(field.len());
    let (first, rest) = field.split_at(end);
    let first = match first {
        "total_budget_micros" => "budget",
        "impression_goal" => "goal",
        "price_model" | "price_micros" => "rate",
        other => {
            let plain = other.strip_suffix("_micros").or(other.strip_suffix("_ms"));
            plain.unwrap_or(other)
        }
    };
    format!("{first}{rest}")
}
