//! What a report is asked: range, metrics and filters, read and checked as one.

use crate::admin::call::Call;
use crate::admin::resource::refer;
use crate::admin::respond::Refusal;
use crate::admin::state::State;
use crate::admin::tenancy::scope;
use crate::admin::work::read;
use crate::api::MetricInfo;
use crate::ledger::measure::Measure;
use crate::ledger::{Cut, Dimension, Filter, Hour, Sums, Wanted};
use crate::model::suggest::nearest;
use crate::model::time::TimestampError;
use crate::model::{
    Campaign, CampaignId, Channel, Country, Creative, DeviceType, Millis, Nanos, Problem, Tenant,
    Timestamp,
};
use crate::store::catalog::{Entity, EntityId as _, Reader, Scope, StoreError};
use crate::store::ledger::CutQuery;

/// Days of one report at most: three years and a leap day.
pub(crate) const SPAN_DAYS_MAX: u64 = 1_096;
/// Metrics of one report at most: all there are fit.
const METRICS_MAX: usize = 64;
/// Values of one filter at most.
const FILTER_MAX: usize = 200;
const HOUR: Millis = Millis::from_seconds(3_600);

/// A tenant with what of it is to be reported.
pub(crate) struct Subject {
    pub(crate) tenant: Tenant,
    pub(crate) fees: Vec<(CampaignId, Nanos)>,
    pub(crate) filter: Filter,
}

impl Subject {
    /// All of the tenant that is read as.
    pub(crate) fn of_tenant(reader: &Reader<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            fees: reader.flat_fees()?,
            tenant: reader.tenant()?,
            filter: Filter::default(),
        })
    }

    /// A question about it.
    pub(crate) fn query(
        &self,
        dimensions: Vec<Dimension>,
        range: &Range,
        wanted: Wanted,
    ) -> CutQuery {
        CutQuery {
            tenant: self.tenant.id,
            cut: Cut {
                dimensions,
                filter: self.filter.clone(),
                since: range.since,
                until: range.until,
                zone: self.tenant.spec.zone.clone(),
                wanted,
            },
            fees: self.fees.clone(),
        }
    }

    pub(crate) fn timezone(&self) -> String {
        self.tenant.spec.zone.name().to_owned()
    }

    pub(crate) fn currency(&self) -> String {
        self.tenant.spec.currency.to_string()
    }
}

/// Hours, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) since: Hour,
    pub(crate) until: Hour,
}

impl Range {
    /// From the hour of the first to the end of the hour of the second: one that has begun is
    /// counted whole.
    pub(crate) fn of(since: Timestamp, until: Timestamp) -> Self {
        let since = Hour::of(since);
        let until = Hour::of(until.plus(HOUR).minus(Millis(1)));
        Self {
            since,
            until: until.max(since),
        }
    }

    pub(crate) fn start(&self) -> Timestamp {
        self.since.start()
    }

    pub(crate) fn end(&self) -> Timestamp {
        self.until.start()
    }

    pub(crate) fn hours(&self) -> u64 {
        self.until.0.abs_diff(self.since.0)
    }
}

/// A range as it was given: parts of it may be left out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Given {
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl Given {
    /// What two parameters say.
    pub(crate) fn read(call: &Call, [since, until]: [&'static str; 2]) -> Result<Self, Refusal> {
        let mut problems = Vec::new();
        let mut instant = |name: &'static str| {
            let read: Option<Result<Timestamp, TimestampError>> = call.query(name).map(str::parse);
            match read.transpose() {
                Ok(at) => at,
                Err(error) => {
                    problems.push(Problem::new(name, error.to_string()));
                    None
                }
            }
        };
        let given = Self {
            since: instant(since),
            until: instant(until),
        };
        if let (Some(from), Some(to)) = (given.since, given.until)
            && to <= from
        {
            let message = format!("{to} is not after {since} {from}");
            problems.push(Problem::new(until, message));
        }
        if problems.is_empty() {
            Ok(given)
        } else {
            Err(Refusal::Invalid(problems))
        }
    }

    /// The whole of it; the last seven days of the zone where nothing is said.
    pub(super) fn or_week(self, subject: &Subject, now: Timestamp) -> Result<Range, Refusal> {
        let until = self.until.unwrap_or_else(|| now.plus(Millis(1)));
        let range = Range::of(
            self.since.unwrap_or_else(|| days_before(subject, until, 6)),
            until,
        );
        if range.hours() > SPAN_DAYS_MAX * 24 {
            let message = format!("the range is longer than {SPAN_DAYS_MAX} days");
            return Err(Refusal::invalid("since", message));
        }
        if range.hours() == 0 {
            return Err(Refusal::invalid("since", "is in the future"));
        }
        Ok(range)
    }
}

/// The start of the day that is so many days before that of `at`.
pub(super) fn days_before(subject: &Subject, at: Timestamp, days: u32) -> Timestamp {
    let zone = &subject.tenant.spec.zone;
    let mut start = zone.day(at.minus(Millis(1))).start;
    for _ in 0..days {
        start = zone.day(start.minus(Millis(1))).start;
    }
    start
}

/// A question, whole and checked.
pub(super) struct Asked {
    pub(super) subject: Subject,
    pub(super) range: Range,
    pub(super) measures: Vec<Measure>,
}

/// What a call says, before anything is looked up.
pub(super) struct Question {
    given: Given,
    measures: Vec<Measure>,
    /// Of the references, each as it was given.
    campaigns: Option<String>,
    creatives: Option<String>,
    channels: Option<String>,
    filter: Filter,
}

impl Question {
    /// What a call says, with these metrics where it names none.
    pub(super) fn read(call: &Call, metrics: &str) -> Result<Self, Refusal> {
        let text = |name: &str| call.query(name).map(str::to_owned);
        Ok(Self {
            given: Given::read(call, ["since", "until"])?,
            measures: measures(call.query("metrics").unwrap_or(metrics))?,
            campaigns: text("campaign"),
            creatives: text("creative"),
            channels: text("channel"),
            filter: Filter {
                devices: among("device", call.query("device"), |word| {
                    word.parse::<DeviceType>()
                        .map_err(|error| error.to_string())
                })?,
                countries: among("country", call.query("country"), |word| {
                    Country::parse(word).ok_or_else(|| {
                        "must be two letters of ISO 3166-1, `unknown` or `other`".to_owned()
                    })
                })?,
                ..Filter::default()
            },
        })
    }

    /// What is asked, with all that it names found.
    ///
    /// An advertiser asks of the campaigns that are its own.
    pub(super) async fn find(self, state: &State, call: &Call) -> Result<Asked, Refusal> {
        let Self {
            given,
            measures,
            mut filter,
            ..
        } = self;
        let scope = scope(state, call).await?;
        let (campaigns, creatives, channels) = (self.campaigns, self.creatives, self.channels);
        let subject = read(state, scope, move |reader| {
            filter.campaigns = ids::<Campaign>(reader, "campaign", campaigns.as_deref())?;
            if filter.campaigns.is_none() && matches!(scope, Scope::Advertisers(..)) {
                let own = reader.all::<Campaign>()?;
                filter.campaigns = Some(own.iter().map(|campaign| campaign.id.get()).collect());
            }
            filter.creatives = ids::<Creative>(reader, "creative", creatives.as_deref())?;
            filter.channels = ids::<Channel>(reader, "channel", channels.as_deref())?;
            Ok(Subject {
                filter,
                ..Subject::of_tenant(reader)?
            })
        });
        let subject = subject.await?;
        Ok(Asked {
            range: given.or_week(&subject, state.clock.now())?,
            subject,
            measures,
        })
    }
}

impl Asked {
    pub(super) fn query(&self, dimensions: Vec<Dimension>) -> CutQuery {
        let wanted = Wanted::of(&self.measures);
        self.subject.query(dimensions, &self.range, wanted)
    }
}

/// The metrics of a list of names, each once.
pub(super) fn measures(names: &str) -> Result<Vec<Measure>, Refusal> {
    let mut measures = Vec::new();
    let mut problems = Vec::new();
    for name in list(names) {
        match Measure::named(name) {
            Some(measure) if measures.contains(&measure) => {}
            Some(measure) => measures.push(measure),
            None => {
                let near = nearest(name, Measure::all().map(Measure::name));
                let hint = near.map_or_else(
                    || "; adctl help metrics lists all".to_owned(),
                    |near| format!("; did you mean `{near}`?"),
                );
                let name: String = name.chars().take(64).collect();
                let message = format!("there is no metric `{name}`{hint}");
                problems.push(Problem::new("metrics", message));
            }
        }
    }
    if measures.is_empty() && problems.is_empty() {
        problems.push(Problem::new("metrics", "names no metric"));
    }
    if measures.len() > METRICS_MAX {
        let message = format!("names more than {METRICS_MAX} metrics");
        problems.push(Problem::new("metrics", message));
    }
    if problems.is_empty() {
        Ok(measures)
    } else {
        Err(Refusal::Invalid(problems))
    }
}

/// The entries of a list with commas.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|one| !one.is_empty())
}

/// What a metric is, for an answer.
pub(super) fn info(measure: Measure) -> MetricInfo {
    MetricInfo {
        name: measure.name().to_owned(),
        unit: measure.unit().to_string(),
    }
}

/// The values of a filter; none where it was not given.
fn among<T>(
    field: &'static str,
    text: Option<&str>,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<Vec<T>>, Refusal> {
    let Some(text) = text else {
        return Ok(None);
    };
    let values: Result<Vec<T>, String> = list(text).take(FILTER_MAX + 1).map(parse).collect();
    let values = values.map_err(|message| Refusal::invalid(field, message))?;
    match values.len() {
        0 => Err(Refusal::invalid(field, "names nothing")),
        count if count > FILTER_MAX => {
            let message = format!("names more than {FILTER_MAX}");
            Err(Refusal::invalid(field, message))
        }
        _ => Ok(Some(values)),
    }
}

/// The ids of things that a filter names; `none` is 0.
fn ids<E: Entity>(
    reader: &Reader<'_>,
    field: &'static str,
    text: Option<&str>,
) -> Result<Option<Vec<u32>>, StoreError> {
    let Some(text) = text else {
        return Ok(None);
    };
    let mut ids = Vec::new();
    for reference in list(text).take(FILTER_MAX + 1) {
        if reference == "none" && field == "channel" {
            ids.push(0);
        } else {
            let id = refer::<E>(reader, field, reference)?.entity_id();
            ids.push(id.raw());
        }
    }
    if ids.is_empty() || ids.len() > FILTER_MAX {
        let message = format!("must name 1 to {FILTER_MAX}");
        return Err(StoreError::invalid(field, message));
    }
    Ok(Some(ids))
}

/// Asks the ledger, after all that was acknowledged is counted.
pub(crate) async fn sums(state: &State, query: CutQuery) -> Result<Sums, Refusal> {
    // Calls for an ad are in the ledger within a second; a reader need not wait for it. When they
    // cannot be written now, the report says what is there.
    let _flushed = state.journal.flush().await;
    Ok(state.ledger.report(query).await?)
}
