//! From what an operator sent to what the model decides about, with everything that is wrong.
//!
//! An edit starts from what is stored, a create from nothing. A field that cannot be read is
//! stood in for by a value that offends no other check, so that the rest is judged in the same
//! answer and nothing is said twice about one field.

mod campaign;
mod category;
mod order;
mod people;
mod pod;

#[cfg(test)]
mod tests;

pub(crate) use campaign::campaign;
pub(crate) use category::{category, taxonomy};
pub(crate) use order::order;
pub(crate) use people::{
    credentials, invite, key, logout, new_password, profile, refresh, registration, user,
};
pub(crate) use pod::pod;

use std::str::FromStr;

use serde_json::Value;

use super::resource;
use crate::api::{
    AdvertiserFields, CampaignCategoriesFields, Cap, ChannelFields, CloneFields, CreativeFields,
    FrequencyCapFields, Input, StatusFields, TenantFields, UndoFields, read_good_fields,
};
use crate::model::cap::check_caps;
use crate::model::category::check_codes;
use crate::model::name::check_name;
use crate::model::zone::ZoneError;
use crate::model::{
    self, AdvertiserSpec, CampaignStatus, ChannelSpec, CreativeSpec, CreativeStatus, Currency,
    Millis, OperationId, PodId, Problem, TenantSpec, Zone,
};
use crate::store::catalog::{Entity, Reader, StoreError};

/// The fields of an input, and what is wrong with them so far.
#[derive(Debug, Clone)]
pub(crate) struct Form<F> {
    fields: F,
    problems: Vec<Problem>,
}

impl<F: Input> Form<F> {
    /// Fields whose shape was read already.
    pub(crate) const fn of(fields: F) -> Self {
        Self {
            fields,
            problems: Vec::new(),
        }
    }

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
    pub(crate) fn parse<T: FromStr>(&mut self, field: &str, text: Option<&str>) -> Option<T>
    where
        T::Err: ToString,
    {
        let parsed = text?.parse();
        if let Err(error) = &parsed {
            self.fault(field, ToString::to_string(error));
        }
        parsed.ok()
    }

    /// What a text stands for, nothing where it was cleared, else what is kept.
    fn parse_clearable<T: FromStr>(
        &mut self,
        field: &str,
        text: Option<Option<String>>,
        kept: Option<T>,
    ) -> Option<T>
    where
        T::Err: ToString,
    {
        match text {
            None => kept,
            Some(text) => self.parse(field, text.as_deref()),
        }
    }

    /// What a rule says, else what is kept; what is wrong with it is a problem.
    fn rule<T>(&mut self, read: Option<Result<T, Vec<Problem>>>, kept: T) -> T {
        match read {
            None => kept,
            Some(Ok(given)) => given,
            Some(Err(problems)) => {
                self.problems.extend(problems);
                kept
            }
        }
    }

    /// Adds what was found wrong elsewhere.
    pub(crate) fn add(&mut self, problems: Vec<Problem>) {
        self.problems.extend(problems);
    }

    /// What a field refers to, if it was given; that there is none is one more problem.
    pub(crate) fn find<E: Entity>(
        &mut self,
        reader: &Reader<'_>,
        field: &str,
        reference: Option<&str>,
    ) -> Result<Option<E>, StoreError> {
        let Some(reference) = reference else {
            return Ok(None);
        };
        match resource::refer::<E>(reader, field, reference) {
            Ok(found) => Ok(Some(found)),
            Err(StoreError::Invalid(problems)) => {
                self.add(problems);
                Ok(None)
            }
            Err(other) => Err(other),
        }
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

impl Form<TenantFields> {
    /// The zone that a text names; one that is misspelled is told the one that was meant.
    fn zone(&mut self, field: &str, text: Option<&str>) -> Option<Zone> {
        let text = text?;
        match text.parse() {
            Ok(zone) => Some(zone),
            Err(error) => {
                let error: ZoneError = error;
                let meant = Zone::near(text).map(|near| format!("; did you mean `{near}`?"));
                self.fault(field, format!("{error}{}", meant.unwrap_or_default()));
                None
            }
        }
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
    let zone = form.zone("timezone", fields.timezone.as_deref());
    let currency = form.parse("currency", fields.currency.as_deref());
    let spec = TenantSpec {
        name,
        zone: zone.unwrap_or_else(|| stored.map_or(Zone::UTC, |spec| spec.zone.clone())),
        currency: currency.unwrap_or_else(|| stored.map_or(Currency::USD, |spec| spec.currency)),
        quota_rps: fields
            .quota_rps
            .unwrap_or_else(|| stored.and_then(|spec| spec.quota_rps)),
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

impl Form<ChannelFields> {
    /// The kind of pod as it was given, to be looked up.
    pub(crate) fn pod(&self) -> Option<String> {
        self.fields.pod.clone().flatten()
    }
}

/// What an operator decides about a channel. `pod` is what was found under the one given.
pub(crate) fn channel(
    mut form: Form<ChannelFields>,
    stored: Option<&ChannelSpec>,
    pod: Option<PodId>,
) -> Result<ChannelSpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let base = stored.cloned().unwrap_or_default();
    let kept = stored.map(|spec| spec.name.clone());
    let stream = match fields.stream {
        None => base.stream,
        Some(None) => None,
        Some(Some(wire)) => wire
            .read("stream", base.stream.as_ref())
            .map_err(|problems| form.add(problems))
            .ok(),
    };
    let spec = ChannelSpec {
        name: form.required("name", fields.name, (kept, String::new())),
        description: fields.description.unwrap_or(base.description),
        slot: fields.slot_ms.map_or(base.slot, |slot| slot.map(Millis)),
        pod: fields.pod.map_or(base.pod, |_given| pod),
        stream,
    };
    let checks = spec.problems();
    form.finish(spec, checks)
}

impl Form<CreativeFields> {
    /// Finds the channels that the targeting gives by name.
    pub(crate) fn name_channels(&mut self, reader: &Reader<'_>) {
        if let Some(targeting) = &mut self.fields.targeting {
            targeting.name_channels(&|name| resource::channel_named(reader, name));
        }
    }
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
    let targeting = fields.targeting.map(|wire| wire.read("targeting"));
    let caps = fields.caps.map(|wire| Cap::read_all(&wire, "caps"));
    let start = form.parse_clearable("start", fields.start, base.start);
    let end = form.parse_clearable("end", fields.end, base.end);
    let spec = CreativeSpec {
        name: fields.name.unwrap_or(base.name),
        weight: fields.weight.unwrap_or(base.weight),
        click_url: fields.click_url.unwrap_or(base.click_url),
        targeting: form.rule(targeting, base.targeting),
        caps: form.rule(caps, base.caps),
        start,
        end,
    };
    let checks = spec.problems();
    form.finish((spec, status), checks)
}

/// The status a campaign is to have.
pub(crate) fn status(mut form: Form<StatusFields>) -> Result<CampaignStatus, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let given = form.parse("status", fields.status.as_deref());
    let status = form.required("status", given, (None, CampaignStatus::Draft));
    form.finish(status, Vec::new())
}

/// The caps that a campaign is to have.
pub(crate) fn caps(mut form: Form<FrequencyCapFields>) -> Result<Vec<model::Cap>, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let given = form.required("caps", fields.caps, (None, Vec::new()));
    let caps = form.rule(Some(Cap::read_all(&given, "caps")), Vec::new());
    let mut checks = Vec::new();
    check_caps("caps", &caps, &mut checks);
    form.finish(caps, checks)
}

/// The categories that a campaign is to be in.
pub(crate) fn categories(
    mut form: Form<CampaignCategoriesFields>,
) -> Result<Vec<String>, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let codes = form.required("categories", fields.categories, (None, Vec::new()));
    let mut checks = Vec::new();
    check_codes("categories", &codes, &mut checks);
    form.finish(codes, checks)
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
