//! A creative as a row and as something to edit.

use crate::api::{Creative, CreativeFields};
use crate::cli::catalog::Noun;
use crate::cli::output::{Column, Row, Value};
use crate::client::Collection;

impl Noun for Creative {
    const COLLECTION: Collection = Collection::Creatives;
    type Fields = CreativeFields;

    fn name(&self) -> &str {
        &self.name
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> CreativeFields {
        CreativeFields {
            name: Some(self.name.clone()),
            weight: Some(self.weight),
            click_url: Some(self.click_url.clone()),
            targeting: Some(self.targeting.clone()),
            caps: Some(self.caps.clone()),
            start: Some(self.start.clone()),
            end: Some(self.end.clone()),
            status: None,
        }
    }
}

impl Row for Creative {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("status", "STATUS", |row| Value::Word(&row.status)),
        Column::spare(1, "weight", "WEIGHT", |row| Value::Count(row.weight.into())),
        Column::shown("duration_ms", "DURATION", |row| {
            Value::of(row.media.as_ref(), |media| Value::Span(media.duration_ms))
        }),
        Column::spare(3, "width", "WIDTH", |row| {
            Value::of(row.media.as_ref(), |media| Value::Count(media.width.into()))
        }),
        Column::spare(4, "height", "HEIGHT", |row| {
            Value::of(row.media.as_ref(), |media| {
                Value::Count(media.height.into())
            })
        }),
        Column::spare(2, "container", "TYPE", |row| {
            Value::of(row.media.as_ref(), |media| Value::text(&media.container))
        }),
        Column::shown("bytes", "SIZE", |row| {
            Value::of(row.media.as_ref(), |media| Value::Bytes(media.bytes))
        }),
        Column::shown("campaign_id", "CAMPAIGN", |row| {
            Value::text(&row.campaign_id)
        }),
        Column::wide("video_codec", "VIDEO", |row| {
            Value::of(row.media.as_ref(), |media| Value::text(&media.video_codec))
        }),
        Column::wide("audio_codec", "AUDIO", |row| {
            let media = row.media.as_ref();
            Value::of(
                media.and_then(|media| media.audio_codec.as_deref()),
                Value::text,
            )
        }),
        Column::wide("bitrate_kbps", "KBIT/S", |row| {
            Value::of(row.media.as_ref(), |media| {
                Value::Count(media.bitrate_kbps.into())
            })
        }),
        Column::wide("click_url", "CLICK URL", |row| {
            Value::of(row.click_url.as_deref(), Value::text)
        }),
        Column::wide("failure", "FAILURE", |row| {
            Value::of(row.failure.as_deref(), Value::text)
        }),
        Column::wide("sha256", "SHA256", |row| {
            Value::of(row.media.as_ref(), |media| Value::text(&media.sha256))
        }),
        Column::wide("updated_at", "UPDATED", |row| Value::Ago(&row.updated_at)),
        Column::wide("created_at", "CREATED", |row| {
            Value::Instant(&row.created_at)
        }),
        Column::wide("revision", "REVISION", |row| {
            Value::Count(row.revision.into())
        }),
        Column::wide("caps", "CAPS", |row| Value::texts(&row.caps)),
        Column::wide("start", "START", |row| {
            Value::of(row.start.as_deref(), Value::Instant)
        }),
        Column::wide("end", "END", |row| {
            Value::of(row.end.as_deref(), Value::Instant)
        }),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
