//! `adctl advertisers`: who pays for campaigns.

use clap::Args;

use super::catalog::Noun;
use super::catalog::plain::{self, Flags, Plain, Texts};
use super::input::{clearable, listed};
use super::output::{Column, Row, Value};
use crate::api::{Advertiser, AdvertiserFields};
use crate::client::Collection;

/// What to do with them.
pub(super) type Command = plain::Command<Advertiser>;

#[derive(Debug, Args)]
pub(super) struct AdvertiserFlags {
    /// Its web domain, or `none`
    #[arg(long)]
    domain: Option<String>,
    /// A category such as IAB2-3; give it several times for several, or `none`
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    category: Option<Vec<String>>,
}

impl Flags<AdvertiserFields> for AdvertiserFlags {
    fn over(self, base: AdvertiserFields, name: Option<String>) -> AdvertiserFields {
        AdvertiserFields {
            name: name.or(base.name),
            domain: self.domain.map(clearable).or(base.domain),
            categories: self.category.map(listed).or(base.categories),
        }
    }

    fn name(fields: &AdvertiserFields) -> Option<&str> {
        fields.name.as_deref()
    }
}

impl Plain for Advertiser {
    type Flags = AdvertiserFlags;
    type Filters = ();

    const TEXTS: Texts = Texts {
        name: "Its name",
        reference: "Id or name",
        list: (
            "Show advertisers",
            "Examples:
  adctl advertisers list
  adctl advertisers list --search motor --sort name -o csv",
        ),
        get: (
            "Show one advertiser",
            "Examples:
  adctl advertisers get motorco
  adctl advertisers get adv_1 -o yaml",
        ),
        create: (
            "Create an advertiser",
            "Examples:
  adctl advertisers create motorco --domain motorco.example --category IAB2-3
  adctl advertisers create motorco --if-not-exists -q
  echo '{\"name\": \"motorco\"}' | adctl advertisers create --from -",
        ),
        update: (
            "Change fields of an advertiser",
            "Examples:
  adctl advertisers update motorco --domain motor.example
  adctl advertisers update motorco --domain none --dry-run",
        ),
        edit: (
            "Change an advertiser in your editor",
            "Examples:
  adctl advertisers edit motorco
  EDITOR=nano adctl advertisers edit adv_1",
        ),
        delete: (
            "Delete advertisers without campaigns",
            "Examples:
  adctl advertisers delete motorco --yes
  adctl advertisers list -q | adctl advertisers delete - --dry-run",
        ),
    };
}

impl Noun for Advertiser {
    const COLLECTION: Collection = Collection::Advertisers;
    type Fields = AdvertiserFields;

    fn name(&self) -> &str {
        &self.name
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> AdvertiserFields {
        AdvertiserFields {
            name: Some(self.name.clone()),
            domain: Some(self.domain.clone()),
            categories: Some(self.categories.clone()),
        }
    }
}

impl Row for Advertiser {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("domain", "DOMAIN", |row| {
            Value::of(row.domain.as_deref(), Value::text)
        }),
        Column::shown("categories", "CATEGORIES", |row| {
            Value::list(&row.categories)
        }),
        Column::shown("updated_at", "UPDATED", |row| Value::Ago(&row.updated_at)),
        Column::wide("created_at", "CREATED", |row| {
            Value::Instant(&row.created_at)
        }),
        Column::wide("revision", "REVISION", |row| {
            Value::Count(row.revision.into())
        }),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
