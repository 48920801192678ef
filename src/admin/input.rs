//! From what an operator sent to what the model decides about, with everything that is wrong.
//!
//! An edit starts from what is stored, a create from nothing. A field that cannot be read is
//! stood in for by a value that offends no other check, so that the rest is judged in the same
//! answer and nothing is said twice about one field.

use std::str::FromStr;

use serde_json::Value;

use crate::api::{
    AdvertiserFields, CampaignFields, ChannelFields, CloneFields, CreativeFields, Input,
    StatusFields, TenantFields, UndoFields, read_good_fields,
};
use crate::model::money::MICROS_MAX;
use crate::model::name::check_name;
use crate::model::time::{TIMESTAMP_MAX, TIMESTAMP_MIN};
use crate::model::{
    AdvertiserId, AdvertiserSpec, CampaignSpec, CampaignStatus, ChannelSpec, CreativeSpec,
    CreativeStatus, Currency, Millis, OperationId, Price, PriceModel, Problem, TenantSpec, Tier,
    Timestamp, Zone,
};

/// The fields of an input, and what is wrong with them so far.
#[derive(Debug, Clone)]
pub(crate) struct Form<F> {
    fields: F,
    problems: Vec<Problem>,
}

impl<F: Input> Form<F> {
    /// Reads the shape of a body.
    pub(crate) fn read(body: &Value) -> Self {
        let (fields, problems) = read_good_fields(body);
        Self { fields, problems }
    }
}

impl<F> Form<F> {
    fn has_problem(&self, field: &str) -> bool {
        self.problems.iter().any(|problem| problem.field == field)
    }

    fn fault(&mut self, field: &str, message: impl Into<String>) {
        if !self.has_problem(field) {
            self.problems.push(Problem::new(field, message));
        }
    }

    /// What was given, else what is kept, else a problem and the stand-in.
    fn required<T>(
        &mut self,
        field: &str,
        given: Option<T>,
        (kept, stand_in): (Option<T>, T),
    ) -> T {
        if self.has_problem(field) {
            return stand_in;
        }
        given.or(kept).unwrap_or_else(|| {
            self.fault(field, "is required");
            stand_in
        })
    }

    /// What a text stands for; a problem where it stands for nothing.
    fn parse<T: FromStr>(&mut self, field: &str, text: Option<&str>) -> Option<T>
    where
        T::Err: ToString,
    {
        let parsed = text?.parse();
        if let Err(error) = &parsed {
            self.fault(field, ToString::to_string(error));
        }
        parsed.ok()
    }

    /// What was made of the fields, unless something is wrong. Of the model's own checks those
    /// are left out that judged a stand-in.
    fn finish<T>(self, made: T, checks: Vec<Problem>) -> Result<T, Vec<Problem>> {
        let real = |check: &Problem| !self.has_problem(&check.field);
        let more: Vec<Problem> = checks.into_iter().filter(real).collect();
        let mut problems = self.problems;
        problems.extend(more);
        problems.is_empty().then_some(made).ok_or(problems)
    }
}

/// What an operator decides about a tenant.
pub(crate) fn tenant(
    mut form: Form<TenantFields>,
    stored: Option<&TenantSpec>,
) -> Result<TenantSpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let kept = stored.map(|spec| spec.name.clone());
    let name = form.required("name", fields.name, (kept, String::new()));
    let zone = form.parse("timezone", fields.timezone.as_deref());
    let currency = form.parse("currency", fields.currency.as_deref());
    let spec = TenantSpec {
        name,
        zone: zone.unwrap_or_else(|| stored.map_or(Zone::UTC, |spec| spec.zone.clone())),
        currency: currency.unwrap_or_else(|| stored.map_or(Currency::USD, |spec| spec.currency)),
    };
    let checks = spec.problems();
    form.finish(spec, checks)
}

/// What an operator decides about an advertiser.
pub(crate) fn advertiser(
    mut form: Form<AdvertiserFields>,
    stored: Option<&AdvertiserSpec>,
) -> Result<AdvertiserSpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let base = stored.cloned().unwrap_or_default();
    let kept = stored.map(|spec| spec.name.clone());
    let spec = AdvertiserSpec {
        name: form.required("name", fields.name, (kept, String::new())),
        domain: fields.domain.unwrap_or(base.domain),
        categories: fields.categories.unwrap_or(base.categories),
    };
    let checks = spec.problems();
    form.finish(spec, checks)
}

/// What an operator decides about a channel.
pub(crate) fn channel(
    mut form: Form<ChannelFields>,
    stored: Option<&ChannelSpec>,
) -> Result<ChannelSpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let base = stored.cloned().unwrap_or_default();
    let kept = stored.map(|spec| spec.name.clone());
    let spec = ChannelSpec {
        name: form.required("name", fields.name, (kept, String::new())),
        description: fields.description.unwrap_or(base.description),
        slot: fields.slot_ms.map_or(base.slot, |slot| slot.map(Millis)),
    };
    let checks = spec.problems();
    form.finish(spec, checks)
}

/// What an operator decides about a creative, from what is stored or what its file suggests; and
/// the status it is to have, if that was said.
pub(crate) fn creative(
    mut form: Form<CreativeFields>,
    base: CreativeSpec,
) -> Result<(CreativeSpec, Option<CreativeStatus>), Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let status = form.parse("status", fields.status.as_deref());
    if matches!(
        status,
        Some(CreativeStatus::Processing | CreativeStatus::Failed)
    ) {
        form.fault("status", "may be set to `active` or `inactive` only");
    }
    let spec = CreativeSpec {
        name: fields.name.unwrap_or(base.name),
        weight: fields.weight.unwrap_or(base.weight),
        click_url: fields.click_url.unwrap_or(base.click_url),
    };
    let checks = spec.problems();
    form.finish((spec, status), checks)
}

impl Form<CampaignFields> {
    /// The advertiser as it was given, to be looked up.
    pub(crate) fn advertiser(&self) -> Option<&str> {
        self.fields.advertiser.as_deref()
    }

    /// Adds what was found wrong elsewhere.
    pub(crate) fn add(&mut self, problems: Vec<Problem>) {
        self.problems.extend(problems);
    }
}

/// What an operator decides about a campaign, and the status it is made with, if that was said.
/// `advertiser` is what was found under the one given.
pub(crate) fn campaign(
    mut form: Form<CampaignFields>,
    stored: Option<&CampaignSpec>,
    advertiser: Option<AdvertiserId>,
) -> Result<(CampaignSpec, Option<CampaignStatus>), Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let status = first_status(&mut form, fields.status.as_deref(), stored);
    let kept_advertiser = stored.map(|spec| spec.advertiser);
    let name = stored.map(|spec| spec.name.clone());
    let budget = stored.map(|spec| spec.total_budget_micros);
    let (start, end) = flight(&mut form, (fields.start, fields.end), stored);
    let price = price(&mut form, (fields.price_model, fields.price_micros), stored);
    let tier = form.parse("tier", fields.tier.as_deref());
    let spec = CampaignSpec {
        advertiser: form.required(
            "advertiser",
            advertiser,
            (kept_advertiser, AdvertiserId::new(0)),
        ),
        name: form.required("name", fields.name, (name, String::new())),
        description: fields
            .description
            .or_else(|| stored.map(|spec| spec.description.clone()))
            .unwrap_or_default(),
        total_budget_micros: form.required(
            "total_budget_micros",
            fields.total_budget_micros,
            (budget, MICROS_MAX),
        ),
        daily_budget_micros: fields
            .daily_budget_micros
            .unwrap_or_else(|| stored.and_then(|spec| spec.daily_budget_micros)),
        impression_goal: fields
            .impression_goal
            .unwrap_or_else(|| stored.and_then(|spec| spec.impression_goal)),
        start,
        end,
        price,
        tier: tier
            .or_else(|| stored.map(|spec| spec.tier))
            .unwrap_or(Tier::Standard),
        weight: fields
            .weight
            .or_else(|| stored.map(|spec| spec.weight))
            .unwrap_or(1),
    };
    let checks = spec.problems();
    form.finish((spec, status), checks)
}

fn first_status(
    form: &mut Form<CampaignFields>,
    given: Option<&str>,
    stored: Option<&CampaignSpec>,
) -> Option<CampaignStatus> {
    let status = form.parse("status", given)?;
    if stored.is_some() {
        form.fault("status", "is changed at /api/v1/campaigns/{id}/status");
    } else if !matches!(status, CampaignStatus::Draft | CampaignStatus::Active) {
        form.fault("status", "a new campaign is `draft` or `active`");
    }
    Some(status)
}

fn flight(
    form: &mut Form<CampaignFields>,
    (start, end): (Option<String>, Option<String>),
    stored: Option<&CampaignSpec>,
) -> (Timestamp, Timestamp) {
    let start = form.parse("start", start.as_deref());
    let end = form.parse("end", end.as_deref());
    let kept = (stored.map(|spec| spec.start), stored.map(|spec| spec.end));
    (
        form.required("start", start, (kept.0, TIMESTAMP_MIN)),
        form.required("end", end, (kept.1, TIMESTAMP_MAX)),
    )
}

fn price(
    form: &mut Form<CampaignFields>,
    (model, micros): (Option<String>, Option<i64>),
    stored: Option<&CampaignSpec>,
) -> Price {
    let model = form.parse("price_model", model.as_deref());
    let kept = stored.map(|spec| spec.price);
    Price {
        model: model
            .or(kept.map(|price| price.model))
            .unwrap_or(PriceModel::Cpm),
        micros: form.required("price_micros", micros, (kept.map(|price| price.micros), 1)),
    }
}

/// The status a campaign is to have.
pub(crate) fn status(mut form: Form<StatusFields>) -> Result<CampaignStatus, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let given = form.parse("status", fields.status.as_deref());
    let status = form.required("status", given, (None, CampaignStatus::Draft));
    form.finish(status, Vec::new())
}

/// The name of the copy of a campaign.
pub(crate) fn copy(mut form: Form<CloneFields>) -> Result<String, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let name = form.required("name", fields.name, (None, String::new()));
    let mut checks = Vec::new();
    check_name("name", &name, &mut checks);
    form.finish(name, checks)
}

/// The operation to take back, if one was named.
pub(crate) fn undo(mut form: Form<UndoFields>) -> Result<Option<OperationId>, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let operation = form.parse("operation", fields.operation.as_deref());
    form.finish(operation, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Millis;
    use serde_json::json;

    fn told<T>(outcome: Result<T, Vec<Problem>>) -> Vec<String> {
        let problems = outcome.err().unwrap_or_default();
        problems.iter().map(Problem::to_string).collect()
    }

    fn stored() -> CampaignSpec {
        let body = json!({
            "name": "spring",
            "advertiser": "adv_1",
            "total_budget_micros": 1_000,
            "daily_budget_micros": 100,
            "start": "2026-01-01T00:00:00Z",
            "end": "2026-02-01T00:00:00Z",
            "price_micros": 7,
            "weight": 5,
        });
        let made = campaign(Form::read(&body), None, Some(AdvertiserId::new(1)));
        made.unwrap().0
    }

    fn edit(body: &Value) -> Result<CampaignSpec, Vec<Problem>> {
        campaign(Form::read(body), Some(&stored()), None).map(|(spec, _status)| spec)
    }

    #[test]
    fn a_create_says_everything_that_is_missing_or_wrong_at_once() {
        let body = json!({
            "nmae": "x",
            "total_budget_micros": "lots",
            "daily_budget_micros": -1,
            "start": "soon",
            "end": "2026-02-01T00:00:00Z",
            "tier": "gold",
            "status": "paused",
            "weight": 0,
        });
        let problems = told(campaign(Form::read(&body), None, None));
        let fields: Vec<&str> = problems
            .iter()
            .map(|problem| problem.split(':').next().unwrap())
            .collect();
        let expected = [
            "nmae",
            "total_budget_micros",
            "status",
            "start",
            "price_micros",
            "tier",
            "advertiser",
            "name",
            "daily_budget_micros",
            "weight",
        ];
        assert_eq!(fields, expected, "{problems:#?}");
    }

    #[test]
    fn an_edit_keeps_what_is_left_out_and_clears_what_is_null() {
        assert_eq!(edit(&json!({})), Ok(stored()));
        let expected = CampaignSpec {
            daily_budget_micros: None,
            weight: 6,
            ..stored()
        };
        let body = json!({ "daily_budget_micros": null, "weight": 6 });
        assert_eq!(edit(&body), Ok(expected));
    }

    #[test]
    fn an_edit_is_judged_as_a_whole() {
        let early = told(edit(&json!({ "end": "2025-01-01T00:00:00Z" })));
        assert_eq!(early.len(), 1);
        assert!(early[0].starts_with("end: "), "{early:?}");
        // The start cannot be read, so nothing is said about an end before the old one.
        let unread = told(edit(
            &json!({ "start": "?", "end": "2025-01-01T00:00:00Z" }),
        ));
        assert_eq!(unread.len(), 1, "{unread:?}");
        assert!(unread[0].starts_with("start: "), "{unread:?}");
    }

    #[test]
    fn the_status_of_a_campaign_has_its_own_address() {
        let problems = told(edit(&json!({ "status": "paused" })));
        assert!(problems[0].contains("/status"), "{problems:?}");
        assert!(status(Form::read(&json!({}))).is_err());
        let paused = status(Form::read(&json!({ "status": "paused" })));
        assert_eq!(paused, Ok(CampaignStatus::Paused));
    }

    #[test]
    fn a_name_with_two_faults_tells_both() {
        let name = format!("{}\u{202e}", "x".repeat(300));
        let body = json!({ "name": name });
        assert_eq!(told(advertiser(Form::read(&body), None)).len(), 2);
    }

    #[test]
    fn what_may_be_empty_can_be_cleared() {
        let stored = ChannelSpec {
            name: "one".to_owned(),
            description: "first".to_owned(),
            slot: Some(Millis(30_000)),
        };
        let body = json!({ "slot_ms": null });
        let edited = channel(Form::read(&body), Some(&stored)).unwrap();
        assert_eq!(edited.slot, None);
        assert_eq!(edited.description, "first");
        let body = json!({ "description": null });
        assert_eq!(told(channel(Form::read(&body), Some(&stored))).len(), 1);
    }

    #[test]
    fn only_two_statuses_of_a_creative_are_an_operators() {
        let base = || CreativeSpec {
            name: "spot".to_owned(),
            weight: 1,
            click_url: None,
        };
        for (word, good) in [
            ("active", true),
            ("inactive", true),
            ("failed", false),
            ("processing", false),
            ("gone", false),
        ] {
            let made = creative(Form::read(&json!({ "status": word })), base());
            assert_eq!(made.is_ok(), good, "{word}");
        }
    }
}
