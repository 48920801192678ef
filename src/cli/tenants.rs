//! `adctl tenants`: the media owners.

use clap::{Args, Subcommand};

use super::catalog::{
    self, CreateArgs, DeleteArgs, ListArgs, Noun, UpdateArgs, WriteArgs, base_fields,
};
use super::confirm::Weight;
use super::failure::{Failure, Outcome};
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::{Tenant, TenantFields};
use crate::client::{Call, Collection};

/// What to do with tenants.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show all tenants
    #[command(after_long_help = "Examples:
  adctl tenants list
  adctl tenants list --sort -created_at -o json")]
    List(ListArgs),
    /// Show one tenant
    #[command(after_long_help = "Examples:
  adctl tenants get acme-fast
  adctl tenants get ten_1 -o yaml")]
    Get {
        /// Id or name
        #[arg(value_name = "ID|NAME")]
        reference: String,
    },
    /// Create a tenant
    #[command(after_long_help = "Examples:
  adctl tenants create acme-fast --timezone America/New_York --currency USD
  adctl tenants create acme-fast --if-not-exists -q")]
    Create(Create),
    /// Change fields of a tenant
    #[command(after_long_help = "Examples:
  adctl tenants update acme-fast --timezone Europe/Berlin
  adctl tenants update acme-fast --rename acme-tv --dry-run")]
    Update(Update),
    /// Change a tenant in your editor
    #[command(after_long_help = "Examples:
  adctl tenants edit acme-fast
  EDITOR=nano adctl tenants edit ten_1")]
    Edit {
        /// Id or name
        #[arg(value_name = "ID|NAME")]
        reference: String,
        #[command(flatten)]
        write: WriteArgs,
    },
    /// Delete tenants that have nothing left
    #[command(after_long_help = "Examples:
  adctl tenants delete acme-fast
  adctl tenants delete acme-fast --confirm acme-fast")]
    Delete(DeleteArgs),
}

/// A new tenant.
#[derive(Debug, Args)]
pub(super) struct Create {
    /// Its name
    name: Option<String>,
    #[command(flatten)]
    fields: Flags,
    #[command(flatten)]
    shared: CreateArgs,
}

/// A change of a tenant.
#[derive(Debug, Args)]
pub(super) struct Update {
    /// Id or name
    #[arg(value_name = "ID|NAME")]
    reference: String,
    /// Its new name
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    #[command(flatten)]
    fields: Flags,
    #[command(flatten)]
    shared: UpdateArgs,
}

#[derive(Debug, Args)]
struct Flags {
    /// IANA zone of its days; UTC unless given
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// ISO 4217 code of its money; USD unless given
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
}

impl Flags {
    fn over(self, base: TenantFields, name: Option<String>) -> TenantFields {
        TenantFields {
            name: name.or(base.name),
            timezone: self.timezone.or(base.timezone),
            currency: self.currency.or(base.currency),
        }
    }
}

/// Runs a command about tenants.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::List(args) => {
            let call = Call::get(Collection::Tenants.path());
            catalog::list::<Tenant>(session, call, &args, "tenants").await
        }
        Command::Get { reference } => catalog::get::<Tenant>(session, &reference).await,
        Command::Create(args) => {
            let base = base_fields(args.shared.from.as_ref())?;
            let fields = args.fields.over(base, args.name);
            let name = fields.name.clone();
            catalog::create::<Tenant>(session, &fields, name.as_deref(), &args.shared).await
        }
        Command::Update(args) => {
            let base: Result<_, Failure> = base_fields(args.shared.from.as_ref());
            let fields = args.fields.over(base?, args.rename);
            catalog::update::<Tenant>(session, &args.reference, &fields, &args.shared.write).await
        }
        Command::Edit { reference, write } => {
            catalog::edit::<Tenant>(session, &reference, &write).await
        }
        Command::Delete(args) => catalog::delete::<Tenant>(session, Weight::Severe, &args).await,
    }
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
