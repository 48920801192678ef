//! One file for each table: how its rows become facts and back.

mod advertiser;
mod campaign;
mod category;
mod channel;
mod creative;
mod key;
mod order;
mod pod;
mod tenant;
mod user;

pub use campaign::NewCampaign;
pub use creative::NewCreative;

/// Moves what the store keeps about a thing between its fields and a
/// [`Meta`](super::entity::Meta).
macro_rules! meta_fields {
    () => {
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
            self.id = Self::Id::from_raw(meta.id);
            self.tenant = meta.tenant;
            self.revision = meta.revision;
            self.created_at = meta.created_at;
            self.updated_at = meta.updated_at;
        }

        fn name(&self) -> &str {
            &self.spec.name
        }

        fn spec_mut(&mut self) -> &mut Self::Spec {
            &mut self.spec
        }

        fn problems(&self) -> Vec<Problem> {
            self.spec.problems()
        }
    };
}
use meta_fields;
