//! `adctl channels`: the streams that ask for ads.

mod stream;

use clap::Args;

use self::stream::StreamFlags;
use super::catalog::Noun;
use super::catalog::plain::{self, Flags, Plain, Texts};
use super::input::{Clearable, clearable, parse_clearable_span};
use super::output::{Column, Row, Value};
use crate::api::{Channel, ChannelFields, Stream};
use crate::client::Collection;

/// What to do with them.
pub(super) type Command = plain::Command<Channel>;

#[derive(Debug, Args)]
pub(super) struct ChannelFlags {
    /// What it is, for people
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Time to fill when a request names none, such as 30s, or `none`
    #[arg(long, value_name = "TIME", value_parser = parse_clearable_span)]
    slot: Option<Clearable<u64>>,
    /// Kind of pod to fill when a request describes none, by id or name, or `none`
    #[arg(long, value_name = "ID|NAME")]
    pod: Option<String>,
    #[command(flatten)]
    stream: StreamFlags,
}

impl Flags<ChannelFields> for ChannelFlags {
    fn over(self, base: ChannelFields, name: Option<String>) -> ChannelFields {
        ChannelFields {
            name: name.or(base.name),
            description: self.description.or(base.description),
            slot_ms: self.slot.map(Clearable::into_option).or(base.slot_ms),
            pod: self.pod.map(clearable).or(base.pod),
            stream: self.stream.over(base.stream),
        }
    }

    fn name(fields: &ChannelFields) -> Option<&str> {
        fields.name.as_deref()
    }
}

impl Plain for Channel {
    type Flags = ChannelFlags;
    type Filters = ();

    const TEXTS: Texts = Texts {
        name: "Its name",
        reference: "Id or name",
        list: (
            "Show channels",
            "Examples:
  adctl channels list
  adctl channels list --search news -o json",
        ),
        get: (
            "Show one channel",
            "Examples:
  adctl channels get news
  adctl channels get ch_1 -o yaml",
        ),
        create: (
            "Create a channel",
            "Examples:
  adctl channels create news --slot 30s
  adctl channels create films --origin https://origin.example/films/ --break 10m+60s
  adctl channels create news --if-not-exists -q",
        ),
        update: (
            "Change fields of a channel",
            "Examples:
  adctl channels update news --slot 15s
  adctl channels update news --origin https://origin.example/news/live.m3u8
  adctl channels update news --slot none",
        ),
        edit: (
            "Change a channel in your editor",
            "Examples:
  adctl channels edit news
  EDITOR=nano adctl channels edit ch_1",
        ),
        delete: (
            "Delete channels",
            "Examples:
  adctl channels delete news --yes
  adctl channels delete ch_1 ch_2 --dry-run",
        ),
    };
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
            stream: Some(self.stream.clone()),
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
        Column::wide("pod_id", "POD", |row| {
            Value::of(row.pod_id.as_deref(), Value::text)
        }),
        Column::wide("stream", "STREAM", |row| {
            Value::of(row.stream.as_ref().and_then(source), Value::text)
        }),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}

/// The address a stream comes from: the first where it has several.
fn source(stream: &Stream) -> Option<&str> {
    let urls = stream.origins.as_ref().or(stream.assets.as_ref())?;
    urls.first().map(String::as_str)
}
