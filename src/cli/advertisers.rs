//! `adctl advertisers`: who pays for campaigns.

use clap::{Args, Subcommand};

use super::catalog::{
    self, CreateArgs, DeleteArgs, ListArgs, Noun, UpdateArgs, WriteArgs, base_fields,
};
use super::confirm::Weight;
use super::failure::Outcome;
use super::input::clearable;
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::{Advertiser, AdvertiserFields};
use crate::client::{Call, Collection};

/// What to do with advertisers.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show advertisers
    #[command(after_long_help = "Examples:
  adctl advertisers list
  adctl advertisers list --search motor --sort name -o csv")]
    List(ListArgs),
    /// Show one advertiser
    #[command(after_long_help = "Examples:
  adctl advertisers get motorco
  adctl advertisers get adv_1 -o yaml")]
    Get {
        /// Id or name
        #[arg(value_name = "ID|NAME")]
        reference: String,
    },
    /// Create an advertiser
    #[command(after_long_help = "Examples:
  adctl advertisers create motorco --domain motorco.example --category IAB2-3
  adctl advertisers create motorco --if-not-exists -q
  echo '{\"name\": \"motorco\"}' | adctl advertisers create --from -")]
    Create(Create),
    /// Change fields of an advertiser
    #[command(after_long_help = "Examples:
  adctl advertisers update motorco --domain motor.example
  adctl advertisers update motorco --domain none --dry-run")]
    Update(Update),
    /// Change an advertiser in your editor
    #[command(after_long_help = "Examples:
  adctl advertisers edit motorco
  EDITOR=nano adctl advertisers edit adv_1")]
    Edit {
        /// Id or name
        #[arg(value_name = "ID|NAME")]
        reference: String,
        #[command(flatten)]
        write: WriteArgs,
    },
    /// Delete advertisers without campaigns
    #[command(after_long_help = "Examples:
  adctl advertisers delete motorco --yes
  adctl advertisers list -q | adctl advertisers delete - --dry-run")]
    Delete(DeleteArgs),
}

/// A new advertiser.
#[derive(Debug, Args)]
pub(super) struct Create {
    /// Its name
    name: Option<String>,
    #[command(flatten)]
    fields: Flags,
    #[command(flatten)]
    shared: CreateArgs,
}

/// A change of an advertiser.
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
    /// Its web domain, or `none`
    #[arg(long)]
    domain: Option<String>,
    /// A category such as IAB2-3; give it several times for several, or `none`
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    category: Option<Vec<String>>,
}

impl Flags {
    fn over(self, base: AdvertiserFields, name: Option<String>) -> AdvertiserFields {
        let categories = self.category.map(|categories| {
            if categories == ["none"] {
                Vec::new()
            } else {
                categories
            }
        });
        AdvertiserFields {
            name: name.or(base.name),
            domain: self.domain.map(clearable).or(base.domain),
            categories: categories.or(base.categories),
        }
    }
}

/// Runs a command about advertisers.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::List(args) => {
            let call = Call::get(Collection::Advertisers.path());
            catalog::list::<Advertiser>(session, call, &args, "advertisers").await
        }
        Command::Get { reference } => catalog::get::<Advertiser>(session, &reference).await,
        Command::Create(args) => {
            let base = base_fields(args.shared.from.as_ref())?;
            let fields = args.fields.over(base, args.name);
            let name = fields.name.clone();
            catalog::create::<Advertiser>(session, &fields, name.as_deref(), &args.shared).await
        }
        Command::Update(args) => {
            let base = base_fields(args.shared.from.as_ref())?;
            let (fields, write) = (args.fields.over(base, args.rename), &args.shared.write);
            catalog::update::<Advertiser>(session, &args.reference, &fields, write).await
        }
        Command::Edit { reference, write } => {
            catalog::edit::<Advertiser>(session, &reference, &write).await
        }
        Command::Delete(args) => {
            catalog::delete::<Advertiser>(session, Weight::Moderate, &args).await
        }
    }
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
