//! `POST …/targeting/test`: which rules an ad request matches, and where the others fail.

use std::sync::Arc;

use super::Targeted;
use crate::admin::asked::as_asked;
use crate::admin::call::Call;
use crate::admin::respond::{Answer, Refusal};
use crate::admin::state::State;
use crate::admin::tenancy::scope_of;
use crate::admin::work::read;
use crate::api::{TargetingTest, TargetingTestRule};
use crate::decision::AdRequest;
use crate::model::targeting::{Moment, Rule, Subject};
use crate::model::{Tenant, Timestamp};

/// Reads the body as a player's ad request, asks every rule, and decides nothing.
pub(crate) async fn test<E: Targeted>(
    state: Arc<State>,
    mut call: Call,
) -> Result<Answer, Refusal> {
    let scope = scope_of::<E>(&state, &call).await?;
    let body = call.json().await?;
    let now = match call.query("at") {
        Some(text) => text
            .parse()
            .map_err(|error: crate::model::time::TimestampError| {
                Refusal::invalid("at", error.to_string())
            })?,
        None => state.clock.now(),
    };
    let found = read(&state, scope, move |reader| {
        let entity = reader.find::<E>(call.id())?;
        Ok((entity.targeting().clone(), reader.tenant()?))
    });
    let (targeting, tenant) = found.await?;
    let request = as_asked(&state, (tenant.id, None), body, now)?;
    let subject = Subject {
        traits: &request.traits,
        channel: request.channel,
        moment: moment(&tenant, &request, now),
    };
    let rules = (1..).zip(&targeting.rules);
    let rules = rules.map(|(number, rule)| outcome(number, rule, &subject));
    Answer::ok(&TargetingTest {
        matches: targeting.matches(&subject),
        at: now.to_string(),
        rules: rules.collect(),
    })
}

fn moment(tenant: &Tenant, request: &AdRequest, now: Timestamp) -> Moment {
    Moment::at(now, &tenant.spec.zone, request.traits.zone.as_ref())
}

fn outcome(number: u32, rule: &Rule, subject: &Subject<'_>) -> TargetingTestRule {
    let failing = rule.failing(subject);
    TargetingTestRule {
        rule: number,
        text: rule.to_string(),
        matches: failing.is_none(),
        fails: failing.map(ToString::to_string),
        said: failing.map_or_else(Vec::new, |dimension| subject.says(dimension)),
    }
}
