//! `/api/v2/campaigns/{id}/targeting` and `/api/v1/creatives/{id}/targeting`: the rules as a
//! whole and one by one, as rules or as text. They are read and written with what they belong to:
//! its revision, its history.

mod trial;

pub(crate) use trial::test;

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use crate::admin::call::Call;
use crate::admin::resource::{self, Edit, channel_named};
use crate::admin::respond::{Answer, Refusal};
use crate::admin::state::State;
use crate::admin::tenancy::scope_of;
use crate::admin::work::{Made, write};
use crate::api::{TargetingFields, TargetingForms, read_fields};
use crate::model::targeting::Rule;
use crate::model::{Campaign, CampaignSpec, Creative, CreativeSpec, Targeting};
use crate::store::catalog::{Entity, Reader, StoreError, Unit};

/// What has targeting.
pub(crate) trait Targeted: Entity {
    /// What it has.
    fn targeting(&self) -> &Targeting;

    /// What is decided about it, with another targeting.
    fn retargeted(self, targeting: Targeting) -> Self::Spec;
}

impl Targeted for Campaign {
    fn targeting(&self) -> &Targeting {
        &self.spec.targeting
    }

    fn retargeted(self, targeting: Targeting) -> CampaignSpec {
        CampaignSpec {
            targeting,
            ..self.spec
        }
    }
}

impl Targeted for Creative {
    fn targeting(&self) -> &Targeting {
        &self.spec.targeting
    }

    fn retargeted(self, targeting: Targeting) -> CreativeSpec {
        CreativeSpec {
            targeting,
            ..self.spec
        }
    }
}

/// `GET …/targeting`
pub(crate) async fn get<E: Targeted>(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    resource::get_part::<E, _>(state, call, |entity, _reader| Ok(shown(entity))).await
}

/// `PUT …/targeting`
pub(crate) async fn set<E: Targeted>(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let change = |unit: &mut Unit<'_>, edit: Edit<'_, E>| {
        let targeting = given(edit.body, &unit.reader())?;
        keep(unit, edit.stored, edit.expected, targeting)
    };
    resource::edit_part(state, call, change, |entity, _reader| Ok(shown(entity))).await
}

/// `POST …/targeting`: adds rules after those there are. What had none was for everyone, and is
/// now for those whom the new rules mean.
pub(crate) async fn add<E: Targeted>(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let scope = scope_of::<E>(&state, &call).await?;
    let body = call.json().await?;
    let (reference, expected) = (call.id().to_owned(), call.expected);
    let path = call.path.clone();
    write(state, call, (scope, body), move |unit, body| {
        let stored = unit.reader().find::<E>(&reference)?;
        let added = given(body, &unit.reader())?;
        if added.is_everyone() {
            return Err(StoreError::invalid("rules", "has no rule to add"));
        }
        let mut targeting = stored.targeting().clone();
        let number = targeting.rules.len() + 1;
        targeting.rules.extend(added.rules);
        let entity = keep(unit, stored, expected, targeting)?;
        Ok(Made {
            status: StatusCode::CREATED,
            body: shown(&entity),
            revision: Some(entity.meta().revision),
            location: Some(format!("{path}/{number}")),
        })
    })
    .await
}

/// `DELETE …/targeting`
pub(crate) async fn clear<E: Targeted>(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    take::<E, _>(state, call, |targeting| {
        targeting.rules.clear();
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

/// `GET …/targeting/{rule}`
pub(crate) async fn get_rule<E: Targeted>(
    state: Arc<State>,
    call: Call,
) -> Result<Answer, Refusal> {
    let wanted = call.parameter("rule").to_owned();
    resource::get_part::<E, _>(state, call, move |entity, _reader| {
        let place = place_of(entity.targeting(), &wanted)?;
        Ok(shown_rule(entity.targeting(), place))
    })
    .await
}

/// `PUT …/targeting/{rule}`
pub(crate) async fn set_rule<E: Targeted>(
    state: Arc<State>,
    call: Call,
) -> Result<Answer, Refusal> {
    let wanted = call.parameter("rule").to_owned();
    let again = wanted.clone();
    let change = move |unit: &mut Unit<'_>, edit: Edit<'_, E>| {
        let mut targeting = edit.stored.targeting().clone();
        let place = place_of(&targeting, &wanted)?;
        let rule = only_rule(given(edit.body, &unit.reader())?)?;
        targeting.rules.splice(place..=place, [rule]);
        keep(unit, edit.stored, edit.expected, targeting)
    };
    let shown = move |entity: &E, _reader: &Reader<'_>| {
        let place = place_of(entity.targeting(), &again)?;
        Ok(shown_rule(entity.targeting(), place))
    };
    resource::edit_part(state, call, change, shown).await
}

/// `DELETE …/targeting/{rule}`: shows what is left.
pub(crate) async fn remove_rule<E: Targeted>(
    state: Arc<State>,
    call: Call,
) -> Result<Answer, Refusal> {
    let wanted = call.parameter("rule").to_owned();
    take::<E, _>(state, call, move |targeting| {
        let place = place_of(targeting, &wanted)?;
        targeting.rules.remove(place);
        Ok(StatusCode::OK)
    })
    .await
}

/// Takes rules away, and shows what is left unless the answer is to be empty.
async fn take<E, F>(state: Arc<State>, call: Call, remove: F) -> Result<Answer, Refusal>
where
    E: Targeted,
    F: FnOnce(&mut Targeting) -> Result<StatusCode, StoreError> + Send + 'static,
{
    let scope = scope_of::<E>(&state, &call).await?;
    let (reference, expected) = (call.id().to_owned(), call.expected);
    write(state, call, (scope, Value::Null), move |unit, _body| {
        let stored = unit.reader().find::<E>(&reference)?;
        let mut targeting = stored.targeting().clone();
        let status = remove(&mut targeting)?;
        let entity = keep(unit, stored, expected, targeting)?;
        let body = match status {
            StatusCode::NO_CONTENT => Value::Null,
            _ => shown(&entity),
        };
        Ok(Made {
            status,
            body,
            revision: Some(entity.meta().revision),
            location: None,
        })
    })
    .await
}

/// What the body says. Channels are found by id or by name.
fn given(body: &Value, reader: &Reader<'_>) -> Result<Targeting, StoreError> {
    let fields: TargetingFields = read_fields(body).map_err(StoreError::Invalid)?;
    let read = fields.read(&|name| channel_named(reader, name));
    read.map_err(StoreError::Invalid)
}

fn only_rule(targeting: Targeting) -> Result<Rule, StoreError> {
    let count = targeting.rules.len();
    let [rule]: [Rule; 1] = targeting.rules.try_into().map_err(|_rules| {
        let message = format!("must be one rule; {count} were given");
        StoreError::invalid("rules", message)
    })?;
    Ok(rule)
}

/// Writes it, if it is sound.
fn keep<E: Targeted>(
    unit: &mut Unit<'_>,
    stored: E,
    expected: Option<u32>,
    targeting: Targeting,
) -> Result<E, StoreError> {
    let problems = targeting.problems();
    if !problems.is_empty() {
        return Err(StoreError::Invalid(problems));
    }
    let id = stored.entity_id();
    unit.update::<E>(id, expected, stored.retargeted(targeting))
}

/// The place in the list of a rule, which is numbered from 1.
fn place_of(targeting: &Targeting, wanted: &str) -> Result<usize, StoreError> {
    let digits = !wanted.is_empty() && wanted.bytes().all(|byte| byte.is_ascii_digit());
    let number: Option<usize> = wanted.parse().ok().filter(|_number| digits);
    let place = number.and_then(|number| number.checked_sub(1));
    place
        .filter(|place| *place < targeting.rules.len())
        .ok_or_else(|| StoreError::NotFound {
            what: "rule",
            reference: wanted.chars().take(64).collect(),
            suggestions: Vec::new(),
        })
}

fn shown<E: Targeted>(entity: &E) -> Value {
    json!(TargetingForms::of(entity.targeting()))
}

fn shown_rule(targeting: &Targeting, place: usize) -> Value {
    let rules = targeting.rules.get(place).cloned().into_iter().collect();
    json!(TargetingForms::of(&Targeting { rules }))
}
