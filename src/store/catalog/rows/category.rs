//! Rows of `categories`. What others refer to is the code, which is the name in the catalog.

use rusqlite::types::Value;

use crate::api;
use crate::model::category::DEPTH_MAX;
use crate::model::name::fold_name;
use crate::model::{Category, CategoryId, CategorySpec, Millis, Problem, TenantId};
use crate::store::catalog::entity::{
    Columns, Entity, EntityId as _, Kind, Meta, SnapshotError, count_value, field, text_value,
};
use crate::store::catalog::error::StoreError;
use crate::store::catalog::list::Filter;
use crate::store::catalog::reader::Reader;

impl Entity for Category {
    type Id = CategoryId;
    type Spec = CategorySpec;
    type New = CategorySpec;

    const KIND: Kind = Kind::Category;
    const COLUMNS: &'static [&'static str] = &[
        "title",
        "folded_title",
        "parent",
        "exclusive",
        "separation_ms",
    ];
    const SEARCHED: &'static [&'static str] = &["folded", "folded_title"];

    fn build(meta: Meta, spec: CategorySpec) -> Self {
        Self {
            id: CategoryId::new(meta.id),
            tenant: meta.tenant,
            revision: meta.revision,
            created_at: meta.created_at,
            updated_at: meta.updated_at,
            spec,
        }
    }

    fn read(meta: Meta, code: String, columns: &mut Columns<'_>) -> rusqlite::Result<Self> {
        let name = columns.take()?;
        let _folded: String = columns.take()?;
        let spec = CategorySpec {
            code,
            name,
            parent: columns.take()?,
            exclusive: columns.take()?,
            separation: columns.count()?.map(Millis),
        };
        Ok(Self::build(meta, spec))
    }

    fn values(&self) -> Vec<Value> {
        let spec = &self.spec;
        vec![
            spec.name.clone().into(),
            fold_name(&spec.name).into(),
            text_value(spec.parent.as_deref()),
            spec.exclusive.into(),
            spec.separation
                .map_or(Value::Null, |span| count_value(span.0)),
        ]
    }

    fn meta(&self) -> Meta {
        Meta {
            id: self.id.get(),
            tenant: self.tenant,
            revision: self.revision,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    fn set_meta(&mut self, meta: Meta) {
        self.id = CategoryId::from_raw(meta.id);
        self.tenant = meta.tenant;
        self.revision = meta.revision;
        self.created_at = meta.created_at;
        self.updated_at = meta.updated_at;
    }

    #[expect(
        clippy::misnamed_getters,
        reason = "others know a category by its code; its name is for people"
    )]
    fn name(&self) -> &str {
        &self.spec.code
    }

    fn spec_mut(&mut self) -> &mut CategorySpec {
        &mut self.spec
    }

    fn problems(&self) -> Vec<Problem> {
        self.spec.problems()
    }

    fn snapshot(&self, _reader: &Reader<'_>) -> Result<serde_json::Value, StoreError> {
        Ok(serde_json::json!(api::Category::from(self)))
    }

    fn from_snapshot(snapshot: &str, tenant: TenantId) -> Result<Self, SnapshotError> {
        let wire: api::Category = serde_json::from_str(snapshot).map_err(SnapshotError::new)?;
        Ok(Self {
            id: field(&wire.id)?,
            tenant,
            revision: wire.revision,
            created_at: field(&wire.created_at)?,
            updated_at: field(&wire.updated_at)?,
            spec: CategorySpec {
                code: wire.code,
                name: wire.name,
                parent: wire.parent,
                exclusive: wire.exclusive,
                separation: wire.separation_ms.map(Millis),
            },
        })
    }

    fn filter_column(filter: &Filter) -> Option<&'static str> {
        matches!(filter, Filter::Parent(_)).then_some("lower(parent)")
    }

    fn check_references(&self, reader: &Reader<'_>) -> Result<(), StoreError> {
        let Some(parent) = &self.spec.parent else {
            return Ok(());
        };
        let own = fold_name(&self.spec.code);
        let missing = reader.missing_categories("parent", std::slice::from_ref(parent))?;
        if let Some(missing) = missing.into_iter().next() {
            return Err(StoreError::invalid("parent", missing.message));
        }
        let above = reader.categories_above(parent)?;
        if above.contains(&own) {
            let message = format!("`{parent}` is below `{}` itself", self.spec.code);
            return Err(StoreError::invalid("parent", message));
        }
        let depth = above.len() + reader.category_levels(&own)?;
        if depth > DEPTH_MAX {
            let message =
                format!("would make the tree {depth} deep; at most {DEPTH_MAX} are allowed");
            return Err(StoreError::invalid("parent", message));
        }
        Ok(())
    }

    fn check_change(&self, before: &Self, reader: &Reader<'_>) -> Result<(), StoreError> {
        if fold_name(&self.spec.code) == fold_name(&before.spec.code) {
            return Ok(());
        }
        let used = before.dependents(reader)?;
        match used.into_iter().find(|&(_kind, count)| count > 0) {
            None => Ok(()),
            Some((kind, count)) => {
                let others = kind.plural();
                let message = format!("cannot change while {count} {others} refer to it");
                Err(StoreError::invalid("code", message))
            }
        }
    }

    fn dependents(&self, reader: &Reader<'_>) -> Result<Vec<(Kind, u64)>, StoreError> {
        let code = fold_name(&self.spec.code);
        let children = reader.count_where(Kind::Category, "lower(parent)", code.clone())?;
        let campaigns = reader.campaigns_in(&code)?;
        Ok(vec![
            (Kind::Category, children),
            (Kind::Campaign, campaigns),
        ])
    }
}
