//! An ad request in the hands of an operator: read as a player's would be, and not answered.

use serde_json::{Value, json};

use super::respond::Refusal;
use super::state::State;
use crate::decision::AdRequest;
use crate::intake::{self, Caller, Surroundings};
use crate::model::{CampaignId, Problem, TenantId, Timestamp};

/// What the body asks, of this tenant whichever it names, and of the one campaign that a tag may
/// be of. It was not sent from anywhere, so nothing is known but what it says.
pub(crate) fn as_asked(
    state: &State,
    (tenant, campaign): (TenantId, Option<CampaignId>),
    mut body: Value,
    now: Timestamp,
) -> Result<AdRequest, Refusal> {
    let Some(fields) = body.as_object_mut() else {
        return Err(Refusal::invalid("", "the body must be a JSON object"));
    };
    fields.insert("tenant".to_owned(), json!(tenant.to_string()));
    fields.remove("campaign_id");
    if let Some(campaign) = campaign {
        fields.insert("campaign_id".to_owned(), json!(campaign.to_string()));
    }
    let caller = Caller {
        address: None,
        is_trusted: false,
        user_agent: None,
        now,
    };
    let catalog = state.publisher.cell().load_full();
    let around = Surroundings {
        catalog: &catalog,
        locate: &|_address| None,
        keys: &state.viewer_keys.load(),
    };
    let ask = intake::ask(body.to_string().as_bytes(), &caller, &around);
    ask.map(|ask| ask.request).map_err(|refusal| match refusal {
        intake::Refusal::Malformed(message) => Refusal::invalid("", message),
        intake::Refusal::Fields(problems) => Refusal::Invalid(
            problems
                .into_iter()
                .map(|problem| Problem::new(problem.field, problem.message))
                .collect(),
        ),
        intake::Refusal::NotFound(what) => {
            Refusal::invalid(what, format!("there is no such {what}"))
        }
    })
}
