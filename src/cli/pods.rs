//! `adctl pods`: kinds of pods, which channels fill.

use clap::Args;

use super::catalog::Noun;
use super::catalog::plain::{self, Flags, Plain, Texts};
use super::input::{Clearable, parse_clearable_span, parse_span};
use super::output::{Column, Row, Value};
use crate::api::{Pod, PodFields};
use crate::client::Collection;
use crate::model::{Millis, PodGoal};

/// What to do with them.
pub(super) type Command = plain::Command<Pod>;

#[derive(Debug, Args)]
pub(super) struct PodFlags {
    /// What it is, for people
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Time to fill, such as 90s or 2m; that of the slots unless given
    #[arg(long, value_name = "TIME", value_parser = parse_span)]
    duration: Option<Millis>,
    /// Length of a fixed slot; give it several times for several, in order, or `none`
    #[arg(long, value_name = "TIME", value_parser = parse_clearable_span)]
    slot: Option<Vec<Clearable<u64>>>,
    /// Serve nothing rather than fewer ads than this
    #[arg(long, value_name = "COUNT")]
    min_ads: Option<u16>,
    /// Never more ads than this
    #[arg(long, value_name = "COUNT")]
    max_ads: Option<u16>,
    /// Shortest ad, or `none`
    #[arg(long, value_name = "TIME", value_parser = parse_clearable_span)]
    min_ad: Option<Clearable<u64>>,
    /// Longest ad, or `none`
    #[arg(long, value_name = "TIME", value_parser = parse_clearable_span)]
    max_ad: Option<Clearable<u64>>,
    /// Most ads of one advertiser
    #[arg(long, value_name = "COUNT")]
    per_advertiser: Option<u16>,
    /// Least time between two ads of one advertiser
    #[arg(long, value_name = "TIME", value_parser = parse_span)]
    advertiser_gap: Option<Millis>,
    /// What it is filled for: revenue, fill or experience
    #[arg(long)]
    goal: Option<PodGoal>,
}

impl Flags<PodFields> for PodFlags {
    fn over(self, base: PodFields, name: Option<String>) -> PodFields {
        let millis = |span: Millis| span.0;
        let slots = self.slot.map(|slots| {
            let slots = slots.into_iter().filter_map(Clearable::into_option);
            slots.collect::<Vec<u64>>()
        });
        PodFields {
            name: name.or(base.name),
            description: self.description.or(base.description),
            duration_ms: self.duration.map(millis).or(base.duration_ms),
            slots_ms: slots.or(base.slots_ms),
            min_ads: self.min_ads.or(base.min_ads),
            max_ads: self.max_ads.or(base.max_ads),
            min_ad_ms: self.min_ad.map(Clearable::into_option).or(base.min_ad_ms),
            max_ad_ms: self.max_ad.map(Clearable::into_option).or(base.max_ad_ms),
            per_advertiser: self.per_advertiser.or(base.per_advertiser),
            advertiser_gap_ms: self.advertiser_gap.map(millis).or(base.advertiser_gap_ms),
            goal: self.goal.map(|goal| goal.to_string()).or(base.goal),
        }
    }

    fn name(fields: &PodFields) -> Option<&str> {
        fields.name.as_deref()
    }
}

impl Plain for Pod {
    type Flags = PodFlags;
    type Filters = ();

    const TEXTS: Texts = Texts {
        name: "Its name",
        reference: "Id or name",
        list: (
            "Show kinds of pods",
            "Examples:
  adctl pods list
  adctl pods list --search mid -o json",
        ),
        get: (
            "Show one kind of pod",
            "Examples:
  adctl pods get midroll
  adctl pods get pod_1 -o yaml",
        ),
        create: (
            "Create a kind of pod",
            "Examples:
  adctl pods create midroll --duration 120s --max-ads 6 --goal revenue
  adctl pods create fixed --slot 30s --slot 30s --slot 15s --min-ads 3
  adctl pods create long --duration 3m --per-advertiser 2 --advertiser-gap 60s",
        ),
        update: (
            "Change fields of a kind of pod",
            "Examples:
  adctl pods update midroll --duration 90s
  adctl pods update fixed --slot none --dry-run",
        ),
        edit: (
            "Change a kind of pod in your editor",
            "Examples:
  adctl pods edit midroll
  EDITOR=nano adctl pods edit pod_1",
        ),
        delete: (
            "Delete kinds of pods that no channel uses",
            "Examples:
  adctl pods delete midroll --yes
  adctl pods delete pod_1 pod_2 --dry-run",
        ),
    };
}

impl Noun for Pod {
    const COLLECTION: Collection = Collection::Pods;
    type Fields = PodFields;

    fn name(&self) -> &str {
        &self.name
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> PodFields {
        PodFields {
            name: Some(self.name.clone()),
            description: Some(self.description.clone()),
            duration_ms: Some(self.duration_ms),
            slots_ms: Some(self.slots_ms.clone()),
            min_ads: Some(self.min_ads),
            max_ads: Some(self.max_ads),
            min_ad_ms: Some(self.min_ad_ms),
            max_ad_ms: Some(self.max_ad_ms),
            per_advertiser: Some(self.per_advertiser),
            advertiser_gap_ms: Some(self.advertiser_gap_ms),
            goal: Some(self.goal.clone()),
        }
    }
}

impl Row for Pod {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("duration_ms", "DURATION", |row| {
            Value::Span(row.duration_ms)
        }),
        Column::shown("slots_ms", "SLOTS", |row| Value::texts(&row.slots_ms)),
        Column::shown("min_ads", "MIN ADS", |row| Value::Count(row.min_ads.into())),
        Column::shown("max_ads", "MAX ADS", |row| Value::Count(row.max_ads.into())),
        Column::shown("goal", "GOAL", |row| Value::Word(&row.goal)),
        Column::shown("updated_at", "UPDATED", |row| Value::Ago(&row.updated_at)),
        Column::wide("min_ad_ms", "MIN AD", |row| {
            Value::of(row.min_ad_ms, Value::Span)
        }),
        Column::wide("max_ad_ms", "MAX AD", |row| {
            Value::of(row.max_ad_ms, Value::Span)
        }),
        Column::wide("per_advertiser", "PER ADVERTISER", |row| {
            Value::Count(row.per_advertiser.into())
        }),
        Column::wide("advertiser_gap_ms", "ADVERTISER GAP", |row| {
            Value::Span(row.advertiser_gap_ms)
        }),
        Column::wide("description", "DESCRIPTION", |row| {
            Value::text(&row.description)
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
