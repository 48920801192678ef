//! A unit of work: the changes of one request, in one transaction, each with its audit row.
//!
//! There is no way to change a row beside [`Unit`], and none in it that does not audit.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::entity::{Entity, Kind, Meta};
use super::error::StoreError;
use super::history::{Action, Entry};
use super::reader::{Reader, Scope};
use super::rows::{NewCampaign, NewCreative};
use crate::model::name::fold_name;
use crate::model::{
    Campaign, CampaignId, CampaignStatus, Creative, CreativeId, CreativeStatus, Media, OperationId,
    TenantId, Timestamp,
};

/// Who writes, as whom, and when.
#[derive(Debug, Clone)]
pub struct WriteContext {
    /// Whose things may be touched.
    pub scope: Scope,
    /// Who does it: `uid:1000`, `token`, `us_1`, `key_1`, or [`SYSTEM`](super::SYSTEM).
    pub actor: String,
    /// The request that does it.
    pub request_id: String,
    /// The instant of it.
    pub now: Timestamp,
    /// Check and answer as if done, and keep nothing.
    pub dry_run: bool,
}

/// The changes of one request. All of them are kept, or none.
#[derive(Debug)]
pub struct Unit<'c> {
    connection: &'c Connection,
    context: &'c WriteContext,
    /// The first operation of this unit; the others belong to it.
    group: Option<OperationId>,
}

impl<'c> Unit<'c> {
    pub(super) fn new(connection: &'c Connection, context: &'c WriteContext) -> Self {
        Self {
            connection,
            context,
            group: None,
        }
    }

    /// Reads within this unit: what it has changed so far included.
    pub fn reader(&self) -> Reader<'c> {
        Reader::new(self.connection, self.context.scope)
    }

    /// Who writes, as whom, and when.
    pub fn context(&self) -> &'c WriteContext {
        self.context
    }

    /// What follows is taken back by an undo of its own, and not with what came before.
    pub fn begin_group(&mut self) {
        self.group = None;
    }

    /// The first operation written so far, which stands for all of the unit.
    pub fn operation(&self) -> Option<OperationId> {
        self.group
    }

    /// Makes one.
    pub fn insert<E: Entity>(&mut self, new: E::New) -> Result<E, StoreError> {
        if E::KIND != Kind::Tenant {
            // Whoever names a tenant that is gone hears that, and not of a broken reference.
            self.reader().tenant()?;
        } else if self.context.scope != Scope::Tenants {
            return Err(StoreError::invalid(
                "tenant",
                "a tenant is not part of a tenant",
            ));
        }
        let now = self.context.now;
        let meta = Meta {
            id: 0,
            tenant: TenantId::new(self.context.scope.raw()),
            revision: 1,
            created_at: now,
            updated_at: now,
        };
        let entity = E::build(meta, new);
        entity.check_new(now)?;
        let entity = self.insert_row(entity)?;
        self.audit(Action::Create, None, Some(&entity), None)?;
        Ok(entity)
    }

    /// Replaces what was decided about one. With `expected`, only if it is at that revision.
    /// A change that changes nothing is no change: no new revision, no audit row.
    pub fn update<E: Entity>(
        &mut self,
        id: E::Id,
        expected: Option<u32>,
        spec: E::Spec,
    ) -> Result<E, StoreError> {
        self.change::<E>(id, expected, |entity| {
            *entity.spec_mut() = spec;
            Ok(())
        })
    }

    /// Moves a campaign to another status, along [`CampaignStatus::next`].
    pub fn set_campaign_status(
        &mut self,
        id: CampaignId,
        expected: Option<u32>,
        status: CampaignStatus,
    ) -> Result<Campaign, StoreError> {
        let now = self.context.now;
        self.change::<Campaign>(id, expected, |campaign| {
            let from = campaign.status;
            if from != status && !from.next().contains(&status) {
                let next: Vec<_> = from.next().iter().map(|next| next.as_str()).collect();
                let message = format!(
                    "cannot go from {from} to {status}; possible: {}",
                    next.join(", ")
                );
                return Err(StoreError::invalid("status", message));
            }
            if status == CampaignStatus::Active && campaign.spec.end <= now {
                let message = format!("{} is past; move it out first", campaign.spec.end);
                return Err(StoreError::invalid("end", message));
            }
            campaign.status = status;
            Ok(())
        })
    }

    /// Holds a creative or lets it be served again.
    pub fn set_creative_status(
        &mut self,
        id: CreativeId,
        expected: Option<u32>,
        status: CreativeStatus,
    ) -> Result<Creative, StoreError> {
        self.change::<Creative>(id, expected, |creative| {
            let held = |status| matches!(status, CreativeStatus::Active | CreativeStatus::Inactive);
            if creative.status != status && !(held(creative.status) && held(status)) {
                let message = format!("cannot go from {} to {status}", creative.status);
                return Err(StoreError::invalid("status", message));
            }
            creative.status = status;
            Ok(())
        })
    }

    /// Says what became of the file of a creative that is being looked at.
    pub fn finish_creative(
        &mut self,
        id: CreativeId,
        found: Result<Media, String>,
    ) -> Result<Creative, StoreError> {
        self.change::<Creative>(id, None, |creative| {
            if creative.status != CreativeStatus::Processing {
                let message = format!("is {}, not processing", creative.status);
                return Err(StoreError::invalid("status", message));
            }
            match found {
                Ok(media) => {
                    creative.status = CreativeStatus::Active;
                    creative.media = Some(media);
                }
                Err(failure) => {
                    creative.status = CreativeStatus::Failed;
                    creative.failure = Some(failure);
                }
            }
            Ok(())
        })
    }

    /// Makes a draft of the same campaign with the same creatives under another name.
    pub fn clone_campaign(&mut self, id: CampaignId, name: String) -> Result<Campaign, StoreError> {
        let original: Campaign = self.reader().load(id)?;
        let mut spec = original.spec;
        spec.name = name;
        let copy: Campaign = self.insert(NewCampaign {
            spec,
            status: CampaignStatus::Draft,
        })?;
        for creative in self.reader().creatives_of(id)? {
            // A file that is still being looked at belongs to the original alone.
            if creative.status == CreativeStatus::Processing {
                continue;
            }
            self.insert::<Creative>(NewCreative {
                campaign: copy.id,
                spec: creative.spec,
                status: creative.status,
                failure: creative.failure,
                media: creative.media,
            })?;
        }
        Ok(copy)
    }

    /// Deletes one, and what goes with it: a campaign takes its creatives along.
    /// A tenant or advertiser that something depends on is refused.
    pub fn delete<E: Entity>(&mut self, id: E::Id, expected: Option<u32>) -> Result<E, StoreError> {
        let entity: E = self.reader().load(id)?;
        check_revision(&entity, expected)?;
        entity.delete_parts(self)?;
        self.delete_row(&entity)?;
        self.audit(Action::Delete, Some(&entity), None, None)?;
        Ok(entity)
    }

    pub(super) fn change<E: Entity>(
        &mut self,
        id: E::Id,
        expected: Option<u32>,
        edit: impl FnOnce(&mut E) -> Result<(), StoreError>,
    ) -> Result<E, StoreError> {
        let before: E = self.reader().load(id)?;
        check_revision(&before, expected)?;
        let mut after = before.clone();
        edit(&mut after)?;
        if after == before {
            return Ok(before);
        }
        self.save_row(&before, &mut after)?;
        self.audit(Action::Update, Some(&before), Some(&after), None)?;
        Ok(after)
    }

    /// Checks and inserts; a number that is not 0 is kept, which only an undo may want.
    pub(super) fn insert_row<E: Entity>(&self, mut entity: E) -> Result<E, StoreError> {
        self.check(&entity)?;
        let (names, values) = row_of(&entity);
        let marks = vec!["?"; names.len()].join(", ");
        let (table, names) = (E::KIND.table(), names.join(", "));
        let sql = format!("INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut meta = entity.meta();
        meta.id = statement.query_row(params_from_iter(values), |row| row.get(0))?;
        if E::KIND == Kind::Tenant {
            meta.tenant = TenantId::new(meta.id);
        }
        entity.set_meta(meta);
        Ok(entity)
    }

    /// Checks and saves as the next revision of `before`.
    pub(super) fn save_row<E: Entity>(&self, before: &E, after: &mut E) -> Result<(), StoreError> {
        let mut meta = before.meta();
        meta.revision = meta.revision.saturating_add(1);
        meta.updated_at = self.context.now;
        after.set_meta(meta);
        self.check(after)?;
        after.check_change(before, &self.reader())?;
        let (names, mut values) = row_of(after);
        let sets: Vec<_> = names.iter().map(|name| format!("{name} = ?")).collect();
        let (table, sets) = (E::KIND.table(), sets.join(", "));
        values.push(meta.id.into());
        values.push(meta.tenant.get().into());
        let sql = format!("UPDATE {table} SET {sets} WHERE id = ? AND tenant_id = ?");
        self.connection
            .prepare_cached(&sql)?
            .execute(params_from_iter(values))?;
        Ok(())
    }

    /// Deletes a row that nothing depends on.
    pub(super) fn delete_row<E: Entity>(&self, entity: &E) -> Result<(), StoreError> {
        let dependents = entity.dependents(&self.reader())?;
        if let Some((dependents, count)) = dependents.into_iter().find(|&(_, count)| count > 0) {
            return Err(StoreError::InUse {
                kind: E::KIND,
                id: entity.entity_id().to_string(),
                dependents,
                count,
            });
        }
        let sql = format!(
            "DELETE FROM {} WHERE id = ? AND tenant_id = ?",
            E::KIND.table()
        );
        let meta = entity.meta();
        self.connection
            .prepare_cached(&sql)?
            .execute((meta.id, meta.tenant.get()))?;
        Ok(())
    }

    fn check<E: Entity>(&self, entity: &E) -> Result<(), StoreError> {
        let problems = entity.problems();
        if !problems.is_empty() {
            return Err(StoreError::Invalid(problems));
        }
        entity.check_references(&self.reader())?;
        // Names of tenants are unique among all, also for one who may see only his own; others in
        // their tenant, also for one who sees only some of it.
        let scope = if E::KIND == Kind::Tenant {
            Scope::Tenants
        } else {
            self.context.scope.whole_tenant()
        };
        match Reader::new(self.connection, scope).holder_of_name(entity)? {
            None => Ok(()),
            Some(holder) => Err(StoreError::NameTaken {
                kind: E::KIND,
                name: entity.name().to_owned(),
                holder: self.shown_holder(&holder)?,
            }),
        }
    }

    /// Who has a name, as far as that may be known.
    fn shown_holder<E: Entity>(&self, holder: &E) -> Result<String, StoreError> {
        let id = holder.entity_id();
        let scope = self.context.scope;
        if scope.is_confined() && self.reader().load_if_any::<E>(id)?.is_none() {
            return Ok("of another advertiser".to_owned());
        }
        Ok(id.to_string())
    }

    /// Writes down one change.
    pub(super) fn audit<E: Entity>(
        &mut self,
        action: Action,
        before: Option<&E>,
        after: Option<&E>,
        undoes: Option<OperationId>,
    ) -> Result<OperationId, StoreError> {
        let Some(subject) = after.or(before) else {
            // Nothing before and nothing after is no change.
            return Err(StoreError::Invalid(Vec::new()));
        };
        let reader = self.reader();
        let snapshot = |entity: Option<&E>| -> Result<Option<String>, StoreError> {
            let value = entity.map(|entity| entity.snapshot(&reader)).transpose()?;
            Ok(value.map(|value| value.to_string()))
        };
        let entry = Entry {
            group: self.group,
            action,
            kind: E::KIND,
            subject: subject.meta(),
            subject_name: subject.name().to_owned(),
            before: snapshot(before)?,
            after: snapshot(after)?,
            undoes,
        };
        let operation = entry.insert(self.connection, self.context)?;
        self.group.get_or_insert(operation);
        Ok(operation)
    }
}

/// The columns that are written and their values.
fn row_of<E: Entity>(entity: &E) -> (Vec<&'static str>, Vec<Value>) {
    let meta = entity.meta();
    let mut names = vec!["revision", "created_at", "updated_at", "name", "folded"];
    let mut values: Vec<Value> = vec![
        meta.revision.into(),
        meta.created_at.millis().into(),
        meta.updated_at.millis().into(),
        entity.name().to_owned().into(),
        fold_name(entity.name()).into(),
    ];
    if meta.id != 0 {
        names.push("id");
        values.push(meta.id.into());
    }
    // The tenant of a tenant is its id.
    if E::KIND != Kind::Tenant {
        names.push("tenant_id");
        values.push(meta.tenant.get().into());
    }
    names.extend(E::COLUMNS);
    values.extend(entity.values());
    (names, values)
}

fn check_revision<E: Entity>(entity: &E, expected: Option<u32>) -> Result<(), StoreError> {
    let found = entity.meta().revision;
    match expected {
        Some(expected) if expected != found => Err(StoreError::Conflict {
            kind: E::KIND,
            id: entity.entity_id().to_string(),
            expected,
            found,
        }),
        Some(_) | None => Ok(()),
    }
}
