//! `adctl channels`: the streams that ask for ads.

use clap::{Args, Subcommand};

use super::catalog::{
    self, CreateArgs, DeleteArgs, ListArgs, Noun, UpdateArgs, WriteArgs, base_fields,
};
use super::confirm::Weight;
use super::failure::Outcome;
use super::input::{Clearable, InputError, parse_span};
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::{Channel, ChannelFields};
use crate::client::{Call, Collection};

/// What to do with channels.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show channels
    #[command(after_long_help = "Examples:
  adctl channels list
  adctl channels list --search news -o json")]
    List(ListArgs),
    /// Show one channel
    #[command(after_long_help = "Examples:
  adctl channels get news
  adctl channels get ch_1 -o yaml")]
    Get {
        /// Id or name
        #[arg(value_name = "ID|NAME")]
        reference: String,
    },
    /// Create a channel
    #[command(after_long_help = "Examples:
  adctl channels create news --slot 30s
  adctl channels create news --if-not-exists -q")]
    Create(Create),
    /// Change fields of a channel
    #[command(after_long_help = "Examples:
  adctl channels update news --slot 15s
  adctl channels update news --slot none")]
    Update(Update),
    /// Change a channel in your editor
    #[command(after_long_help = "Examples:
  adctl channels edit news
  EDITOR=nano adctl channels edit ch_1")]
    Edit {
        /// Id or name
        #[arg(value_name = "ID|NAME")]
        reference: String,
        #[command(flatten)]
        write: WriteArgs,
    },
    /// Delete channels
    #[command(after_long_help = "Examples:
  adctl channels delete news --yes
  adctl channels delete ch_1 ch_2 --dry-run")]
    Delete(DeleteArgs),
}

/// A new channel.
#[derive(Debug, Args)]
pub(super) struct Create {
    /// Its name
    name: Option<String>,
    #[command(flatten)]
    fields: Flags,
    #[command(flatten)]
    shared: CreateArgs,
}

/// A change of a channel.
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
    /// What it is, for people
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Time to fill when a request names none, such as 30s, or `none`
    #[arg(long, value_name = "TIME", value_parser = parse_slot)]
    slot: Option<Clearable<u64>>,
}

fn parse_slot(text: &str) -> Result<Clearable<u64>, InputError> {
    Clearable::parse(text, |text| parse_span(text).map(|span| span.0))
}

impl Flags {
    fn over(self, base: ChannelFields, name: Option<String>) -> ChannelFields {
        ChannelFields {
            name: name.or(base.name),
            description: self.description.or(base.description),
            slot_ms: self.slot.map(Clearable::into_option).or(base.slot_ms),
            pod: base.pod,
        }
    }
}

/// Runs a command about channels.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::List(args) => {
            let call = Call::get(Collection::Channels.path());
            catalog::list::<Channel>(session, call, &args, "channels").await
        }
        Command::Get { reference } => catalog::get::<Channel>(session, &reference).await,
        Command::Create(args) => {
            let base = base_fields(args.shared.from.as_ref())?;
            let fields = args.fields.over(base, args.name);
            let name = fields.name.clone();
            catalog::create::<Channel>(session, &fields, name.as_deref(), &args.shared).await
        }
        Command::Update(args) => {
            let base = base_fields(args.shared.from.as_ref())?;
            let (fields, write) = (args.fields.over(base, args.rename), &args.shared.write);
            catalog::update::<Channel>(session, &args.reference, &fields, write).await
        }
        Command::Edit { reference, write } => {
            catalog::edit::<Channel>(session, &reference, &write).await
        }
        Command::Delete(args) => catalog::delete::<Channel>(session, Weight::Moderate, &args).await,
    }
}

impl Noun for Channel {
    const COLLECTION: Collection = Collection::Channels;
    type Fields = ChannelFields;

    fn name(&self) -> &str {
        &self.name
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> ChannelFields {
        ChannelFields {
            name: Some(self.name.clone()),
            description: Some(self.description.clone()),
            slot_ms: Some(self.slot_ms),
            pod: Some(self.pod_id.clone()),
        }
    }
}

impl Row for Channel {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("slot_ms", "SLOT", |row| Value::of(row.slot_ms, Value::Span)),
        Column::shown("description", "DESCRIPTION", |row| {
            Value::text(&row.description)
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
