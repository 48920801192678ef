//! Brings a tenant's catalog to what a document says, in one unit of work, with all that is wrong
//! with it.

use std::collections::{HashMap, HashSet};

use super::listed::Listed;
use crate::admin::input::{self, Form};
use crate::api::{
    ApplyReport, ChannelFields, DeclaredCatalog, DeclaredChange, OrderFields, TaxonomyFields,
    TenantFields,
};
use crate::model::name::fold_name;
use crate::model::{Advertiser, Category, Channel, Media, Order, Pod, Problem, Tenant, TenantId};
use crate::store::catalog::{Entity, Kind, Reader, StoreError, Unit};

/// Most faults of one document that are told in one answer.
const PROBLEMS_MAX: usize = 200;

/// What is done with things that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// They are brought to what the document says.
    Change,
    /// They stay as they are.
    Keep,
}

/// What was found in files, by content hash.
pub(super) type MediaBySha = HashMap<[u8; 32], Media>;

/// A document on its way into the catalog.
pub(super) struct Applying<'u, 'c> {
    pub(super) unit: &'u mut Unit<'c>,
    pub(super) existing: Existing,
    pub(super) media: MediaBySha,
    report: ApplyReport,
    problems: Vec<Problem>,
    /// What was listed, by kind and folded name, with the place where.
    listed: HashMap<(Kind, String), String>,
    /// What could not be brought in.
    failed: HashSet<(Kind, String)>,
}

impl<'u, 'c> Applying<'u, 'c> {
    /// Applies a document, or says all that is wrong. Nothing may be kept after an error.
    pub(super) fn run(
        unit: &'u mut Unit<'c>,
        document: DeclaredCatalog,
        existing: Existing,
        media: MediaBySha,
    ) -> Result<ApplyReport, StoreError> {
        let revision = unit.reader().revision()?;
        let mut applying = Self {
            unit,
            existing,
            media,
            report: ApplyReport {
                base_revision: revision,
                revision,
                changes: Vec::new(),
                missing_media: Vec::new(),
            },
            problems: Vec::new(),
            listed: HashMap::new(),
            failed: HashSet::new(),
        };
        applying.document(document)?;
        if !applying.problems.is_empty() {
            return Err(StoreError::Invalid(applying.problems));
        }
        let mut report = applying.report;
        report.revision = applying.unit.reader().revision()?;
        Ok(report)
    }

    /// Each kind after those it refers to.
    fn document(&mut self, document: DeclaredCatalog) -> Result<(), StoreError> {
        if let Some(fields) = document.tenant {
            self.tenant(fields)?;
        }
        for (place, fields) in document.advertisers.into_iter().enumerate() {
            let name = fields.name.clone();
            let at = (format!("advertisers[{place}]"), name.as_deref());
            self.settle::<Advertiser>(at, |_reader| {
                input::advertiser(Form::of(fields), None).map_err(StoreError::Invalid)
            })?;
        }
        self.categories(document.categories)?;
        for (place, fields) in document.pods.into_iter().enumerate() {
            let name = fields.name.clone();
            let at = (format!("pods[{place}]"), name.as_deref());
            self.settle::<Pod>(at, |_reader| {
                input::pod(Form::of(fields), None).map_err(StoreError::Invalid)
            })?;
        }
        for (place, fields) in document.channels.into_iter().enumerate() {
            let name = fields.name.clone();
            let at = (format!("channels[{place}]"), name.as_deref());
            self.settle::<Channel>(at, |reader| channel(fields, reader))?;
        }
        for (place, fields) in document.orders.into_iter().enumerate() {
            let name = fields.name.clone();
            let at = (format!("orders[{place}]"), name.as_deref());
            self.settle::<Order>(at, |reader| order(fields, reader))?;
        }
        for (place, declared) in document.campaigns.into_iter().enumerate() {
            self.campaign(&format!("campaigns[{place}]"), declared)?;
        }
        Ok(())
    }

    fn tenant(&mut self, fields: TenantFields) -> Result<(), StoreError> {
        let stored = self.unit.reader().tenant()?;
        if self.existing == Existing::Keep {
            return self.note(Some(&stored), &stored);
        }
        if fields.quota_rps.is_some() {
            let message = "is of the machine, not of what is sold; adctl tenants update sets it";
            let error = StoreError::invalid("quota_rps", message);
            return self.refuse("tenant", error);
        }
        let read = input::tenant(Form::of(fields), Some(&stored.spec));
        let changed = read.map_err(StoreError::Invalid);
        let changed = changed.and_then(|spec| {
            let id: TenantId = stored.id;
            self.unit.update::<Tenant>(id, None, spec)
        });
        match changed {
            Ok(after) => self.note(Some(&stored), &after),
            Err(error) => self.refuse("tenant", error),
        }
    }

    /// Categories, each after the one it is part of.
    fn categories(&mut self, fields: Vec<crate::api::CategoryFields>) -> Result<(), StoreError> {
        if fields.is_empty() {
            return Ok(());
        }
        let places: HashMap<String, usize> = fields
            .iter()
            .enumerate()
            .filter_map(|(place, one)| Some((fold_name(one.code.as_deref()?), place)))
            .collect();
        let categories = Some(fields);
        let sorted = match input::taxonomy(Form::of(TaxonomyFields { categories })) {
            Ok(sorted) => sorted,
            Err(problems) => {
                self.tell(problems);
                return Ok(());
            }
        };
        for fields in sorted {
            let code = fields.code.clone();
            let place = code.as_deref().map(fold_name);
            let place = place.and_then(|code| places.get(&code).copied());
            let at = format!("categories[{}]", place.unwrap_or_default());
            self.settle::<Category>((at, code.as_deref()), |_reader| {
                input::category(Form::of(fields), None).map_err(StoreError::Invalid)
            })?;
        }
        Ok(())
    }

    /// Makes one thing, or brings the one that has the name to what is listed.
    fn settle<E>(
        &mut self,
        (place, name): (String, Option<&str>),
        read: impl FnOnce(&Reader<'_>) -> Result<E::Spec, StoreError>,
    ) -> Result<(), StoreError>
    where
        E: Listed + Entity<New = <E as Entity>::Spec>,
    {
        if !self.is_listed_once(E::KIND, &place, name) {
            return Ok(());
        }
        let reader = self.unit.reader();
        let stored = find::<E>(&reader, name)?;
        if let (Some(stored), Existing::Keep) = (&stored, self.existing) {
            return self.note(Some(stored), stored);
        }
        let spec = read(&reader);
        let settled = spec.and_then(|spec| match &stored {
            Some(stored) => self.unit.update::<E>(stored.entity_id(), None, spec),
            None => self.unit.insert::<E>(spec),
        });
        match settled {
            Ok(entity) => self.note(stored.as_ref(), &entity),
            Err(error) => {
                self.give_up(E::KIND, name);
                self.refuse(&place, error)
            }
        }
    }

    /// Whether this is the first of its kind and name; a second one is wrong.
    pub(super) fn is_listed_once(&mut self, kind: Kind, place: &str, name: Option<&str>) -> bool {
        let Some(name) = name else {
            return true;
        };
        let key = (kind, fold_name(name));
        if let Some(first) = self.listed.get(&key) {
            let field = if kind == Kind::Category {
                "code"
            } else {
                "name"
            };
            let message = format!("is that of {first} too");
            self.tell(vec![Problem::new(format!("{place}.{field}"), message)]);
            return false;
        }
        self.listed.insert(key, place.to_owned());
        true
    }

    /// Remembers that there is none of this name, so that nobody is blamed for naming it.
    pub(super) fn give_up(&mut self, kind: Kind, name: Option<&str>) {
        self.failed.extend(name.map(|name| (kind, fold_name(name))));
    }

    /// Whether it was listed and could not be brought in.
    pub(super) fn gave_up(&self, kind: Kind, name: Option<&str>) -> bool {
        name.is_some_and(|name| self.failed.contains(&(kind, fold_name(name))))
    }

    /// Notes what became of one thing.
    pub(super) fn note<E: Listed>(
        &mut self,
        before: Option<&E>,
        after: &E,
    ) -> Result<(), StoreError> {
        let change = self.change(before, after)?;
        self.report.changes.push(change);
        Ok(())
    }

    /// What became of one thing.
    pub(super) fn change<E: Listed>(
        &self,
        before: Option<&E>,
        after: &E,
    ) -> Result<DeclaredChange, StoreError> {
        let reader = self.unit.reader();
        let is_same = before == Some(after);
        let trial = before.is_none() && self.unit.context().dry_run;
        let is = before.filter(|_same| !is_same);
        let is = is.map(|entity| entity.listed(&reader)).transpose()?;
        let to_be = (!is_same).then(|| after.listed(&reader)).transpose()?;
        let action = match (is_same, before) {
            (true, _) => "none",
            (false, Some(_)) => "update",
            (false, None) => "create",
        };
        Ok(DeclaredChange {
            action: action.to_owned(),
            kind: E::KIND.to_string(),
            id: if trial {
                String::new()
            } else {
                after.entity_id().to_string()
            },
            name: after.name().to_owned(),
            campaign: None,
            before: is,
            after: to_be,
        })
    }

    /// Notes what became of something that has more to say than others.
    pub(super) fn push(&mut self, change: DeclaredChange) {
        self.report.changes.push(change);
    }

    /// Notes that a file has to come first.
    pub(super) fn miss(&mut self, sha256: String) {
        if !self.report.missing_media.contains(&sha256) {
            self.report.missing_media.push(sha256);
        }
    }

    /// Notes what is wrong with what stands at a place; what is wrong with the database ends it.
    pub(super) fn refuse(&mut self, place: &str, error: StoreError) -> Result<(), StoreError> {
        let problems = match error {
            StoreError::Database(_) => return Err(error),
            StoreError::Invalid(problems) => problems,
            other => vec![Problem::new("", other.to_string())],
        };
        let of_place = problems.into_iter().map(|problem| {
            let field = match problem.field.as_str() {
                "" => place.to_owned(),
                field => format!("{place}.{field}"),
            };
            Problem::new(field, problem.message)
        });
        self.tell(of_place.collect());
        Ok(())
    }

    fn tell(&mut self, problems: Vec<Problem>) {
        let room = PROBLEMS_MAX.saturating_sub(self.problems.len());
        self.problems.extend(problems.into_iter().take(room));
    }
}

/// The thing of a name, if there is one.
pub(super) fn find<E: Entity>(
    reader: &Reader<'_>,
    name: Option<&str>,
) -> Result<Option<E>, StoreError> {
    match name.map(|name| reader.find::<E>(name)) {
        Some(Ok(found)) => Ok(Some(found)),
        None | Some(Err(StoreError::NotFound { .. })) => Ok(None),
        Some(Err(other)) => Err(other),
    }
}

fn channel(
    fields: ChannelFields,
    reader: &Reader<'_>,
) -> Result<<Channel as Entity>::Spec, StoreError> {
    let mut form = Form::of(fields);
    let named = form.pod();
    let pod = form.find::<Pod>(reader, "pod", named.as_deref())?;
    input::channel(form, None, pod.map(|pod| pod.id)).map_err(StoreError::Invalid)
}

fn order(fields: OrderFields, reader: &Reader<'_>) -> Result<<Order as Entity>::Spec, StoreError> {
    let mut form = Form::of(fields);
    let named = form.advertiser();
    let found = form.find::<Advertiser>(reader, "advertiser", named.as_deref())?;
    input::order(form, None, found.map(|found| found.id)).map_err(StoreError::Invalid)
}
