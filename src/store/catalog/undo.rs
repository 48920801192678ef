//! Taking operations back: what was made is deleted, what was deleted is made again under its
//! old id, what was changed is changed back. An undo is an operation itself.
//!
//! What was done together is taken back together, last first. Nothing is taken back that was
//! changed since: the present state must be what the operation left.

use super::entity::{Entity, EntityId as _, Kind};
use super::error::StoreError;
use super::history::{Action, Operation};
use super::unit::Unit;
use crate::model::{
    Advertiser, Campaign, Category, Channel, Creative, Key, OperationId, Order, Pod, Tenant, User,
};

impl Unit<'_> {
    /// Takes back an operation and those that were done together with it; without an id, the last
    /// one that somebody did and nobody took back. Asked again without an id it goes one further
    /// back; an undo is taken back by its id. Returns the operations that did so, in their order.
    pub fn undo(&mut self, id: Option<OperationId>) -> Result<Vec<Operation>, StoreError> {
        let group = match id {
            Some(id) => self.reader().operation(id)?.group,
            None => self.reader().latest_operation()?.group,
        };
        let mut done = Vec::new();
        for operation in self.reader().operations_of(group)?.iter().rev() {
            if let Some(by) = operation.undone_by {
                return Err(StoreError::AlreadyUndone {
                    operation: operation.id,
                    by,
                });
            }
            let by = match operation.kind {
                Kind::Tenant => self.undo_one::<Tenant>(operation)?,
                Kind::Advertiser => self.undo_one::<Advertiser>(operation)?,
                Kind::Campaign => self.undo_one::<Campaign>(operation)?,
                Kind::Creative => self.undo_one::<Creative>(operation)?,
                Kind::Channel => self.undo_one::<Channel>(operation)?,
                Kind::Order => self.undo_one::<Order>(operation)?,
                Kind::Category => self.undo_one::<Category>(operation)?,
                Kind::Pod => self.undo_one::<Pod>(operation)?,
                Kind::User => self.undo_one::<User>(operation)?,
                Kind::Key => self.undo_one::<Key>(operation)?,
            };
            self.mark_undone(operation, by)?;
            done.push(self.reader().operation(by)?);
        }
        Ok(done)
    }

    fn undo_one<E: Entity>(&mut self, operation: &Operation) -> Result<OperationId, StoreError> {
        let tenant = crate::model::TenantId::new(self.reader().scope().raw());
        let read = |snapshot: &Option<String>| -> Result<Option<E>, StoreError> {
            let entity = snapshot
                .as_deref()
                .map(|text| E::from_snapshot(text, tenant))
                .transpose();
            entity.map_err(super::entity::SnapshotError::into_damage)
        };
        let (mut before, after): (Option<E>, Option<E>) =
            (read(&operation.before)?, read(&operation.after)?);
        let id = E::Id::from_raw(operation.subject);
        let current: Option<E> = self.reader().load_if_any(id)?;
        if !same_content(current.as_ref(), after.as_ref()) {
            return Err(StoreError::ChangedSince {
                kind: E::KIND,
                id: id.to_string(),
                operation: operation.id,
            });
        }
        E::check_undo(current.as_ref(), before.as_mut())?;
        let restored = self.put_back(current.as_ref(), before)?;
        let undoes = Some(operation.id);
        self.audit(Action::Undo, current.as_ref(), restored.as_ref(), undoes)
    }

    /// Makes `current` what it was.
    fn put_back<E: Entity>(
        &self,
        current: Option<&E>,
        before: Option<E>,
    ) -> Result<Option<E>, StoreError> {
        match (current, before) {
            (Some(current), Some(mut before)) => {
                self.save_row(current, &mut before)?;
                Ok(Some(before))
            }
            (None, Some(mut deleted)) => {
                let mut meta = deleted.meta();
                // A revision that somebody may still hold must not come to mean something else.
                meta.revision = meta.revision.saturating_add(1);
                meta.updated_at = self.context().now;
                deleted.set_meta(meta);
                self.insert_row(deleted).map(Some)
            }
            (Some(made), None) => {
                self.delete_row(made)?;
                Ok(None)
            }
            (None, None) => Ok(None),
        }
    }

    fn mark_undone(&self, operation: &Operation, by: OperationId) -> Result<(), StoreError> {
        let mut statement = self
            .reader()
            .connection()
            .prepare_cached("UPDATE operations SET undone_by = ?2 WHERE id = ?1")?;
        statement.execute((operation.id.get(), by.get()))?;
        // Taking an undo back leaves the original done again.
        if let Some(original) = operation.undoes {
            statement.execute((original.get(), None::<u32>))?;
        }
        Ok(())
    }
}

/// Whether two are the same but for what every change moves on.
fn same_content<E: Entity>(one: Option<&E>, other: Option<&E>) -> bool {
    let plain = |entity: &E| {
        let mut entity = entity.clone();
        let mut meta = entity.meta();
        meta.revision = 0;
        meta.updated_at = meta.created_at;
        entity.set_meta(meta);
        entity
    };
    one.map(plain) == other.map(plain)
}
