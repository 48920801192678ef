//! `adctl tenants`: the media owners.

use clap::Args;

use super::catalog::Noun;
use super::catalog::plain::{self, Flags, Plain, Texts};
use super::confirm::Weight;
use super::input::{Clearable, InputError};
use super::output::{Column, Row, Value};
use crate::api::{Tenant, TenantFields};
use crate::client::Collection;

/// What to do with them.
pub(super) type Command = plain::Command<Tenant>;

#[derive(Debug, Args)]
pub(super) struct TenantFlags {
    /// IANA zone of its days; UTC unless given
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// ISO 4217 code of its money; USD unless given
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Ad requests and sessions a second that are answered, or `none` for as many as come
    #[arg(long, value_name = "COUNT", value_parser = parse_clearable_count)]
    quota_rps: Option<Clearable<u32>>,
}

fn parse_clearable_count(text: &str) -> Result<Clearable<u32>, InputError> {
    Clearable::parse(text, |text| {
        text.parse()
            .map_err(|_not_a_number| InputError::new("write a whole number, such as 500, or none"))
    })
}

impl Flags<TenantFields> for TenantFlags {
    fn over(self, base: TenantFields, name: Option<String>) -> TenantFields {
        TenantFields {
            name: name.or(base.name),
            timezone: self.timezone.or(base.timezone),
            currency: self.currency.or(base.currency),
            quota_rps: self
                .quota_rps
                .map(Clearable::into_option)
                .or(base.quota_rps),
        }
    }

    fn name(fields: &TenantFields) -> Option<&str> {
        fields.name.as_deref()
    }
}

impl Plain for Tenant {
    type Flags = TenantFlags;
    type Filters = ();

    const TEXTS: Texts = Texts {
        name: "Its name",
        reference: "Id or name",
        list: (
            "Show all tenants",
            "Examples:
  adctl tenants list
  adctl tenants list --sort -created_at -o json",
        ),
        get: (
            "Show one tenant",
            "Examples:
  adctl tenants get acme-fast
  adctl tenants get ten_1 -o yaml",
        ),
        create: (
            "Create a tenant",
            "Examples:
  adctl tenants create acme-fast --timezone America/New_York --currency USD
  adctl tenants create acme-fast --if-not-exists -q",
        ),
        update: (
            "Change fields of a tenant",
            "Examples:
  adctl tenants update acme-fast --timezone Europe/Berlin
  adctl tenants update acme-fast --quota-rps 500
  adctl tenants update acme-fast --rename acme-tv --dry-run",
        ),
        edit: (
            "Change a tenant in your editor",
            "Examples:
  adctl tenants edit acme-fast
  EDITOR=nano adctl tenants edit ten_1",
        ),
        delete: (
            "Delete tenants that have nothing left",
            "Examples:
  adctl tenants delete acme-fast
  adctl tenants delete acme-fast --confirm acme-fast",
        ),
    };
    const DELETE: Weight = Weight::Severe;
}

impl Noun for Tenant {
    const COLLECTION: Collection = Collection::Tenants;
    type Fields = TenantFields;

    fn name(&self) -> &str {
        &self.name
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> TenantFields {
        TenantFields {
            name: Some(self.name.clone()),
            timezone: Some(self.timezone.clone()),
            currency: Some(self.currency.clone()),
            quota_rps: Some(self.quota_rps),
        }
    }
}

impl Row for Tenant {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("timezone", "TIMEZONE", |row| Value::text(&row.timezone)),
        Column::shown("currency", "CURRENCY", |row| Value::text(&row.currency)),
        Column::shown("updated_at", "UPDATED", |row| Value::Ago(&row.updated_at)),
        Column::wide("quota_rps", "QUOTA", |row| {
            Value::of(row.quota_rps, |quota| Value::Count(quota.into()))
        }),
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
