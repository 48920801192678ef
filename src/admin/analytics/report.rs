//! `GET /api/v2/analytics/custom-report` and `/performance`: any dimensions, any metrics.

use std::cmp::Ordering;
use std::sync::Arc;

use super::asked::{Asked, Question, info, list, sums};
use super::names::Names;
use super::parameters::{filter_parameters, metrics_parameter, range_parameters};
use super::shown::values;
use crate::admin::call::Call;
use crate::admin::list::words;
use crate::admin::respond::{Answer, Refusal};
use crate::admin::route::{Kind, Parameter};
use crate::admin::state::State;
use crate::api::{CustomReport, GroupValue, ReportDimension, ReportRow};
use crate::ledger::measure::{Amount, Derived, Measure};
use crate::ledger::{DIMENSIONS_MAX, Dimension, Figures, GroupKey, Metric, Sums};
use crate::model::{EventKind, Problem};

/// Rows of one report at most.
pub(crate) const ROWS_MAX: u32 = 10_000;
/// Rows when no number is given.
const ROWS_DEFAULT: u32 = 1_000;
/// Rows of a ranking when no number is given.
const BEST_DEFAULT: u32 = 20;
/// Metrics when none are named.
const METRICS: &str = "served,impressions,completions,clicks,spend_micros,ecpm_micros,\
                       view_through_rate,completion_rate,click_rate,error_rate";
const EVENTS: Measure = Measure::Derived(Derived::Events);

fn limit(about: &'static str) -> Parameter {
    Parameter {
        name: "limit",
        about,
        kind: Kind::Number(1, ROWS_MAX),
    }
}

fn sort() -> Parameter {
    Parameter {
        name: "sort",
        about: "The metric or dimension that rows are sorted by; with `-` before it, from the highest down.",
        kind: Kind::Text,
    }
}

/// The parameters of a custom report.
pub(crate) fn parameters() -> Vec<Parameter> {
    let mut parameters = vec![
        Parameter {
            name: "dimensions",
            about: "What the rows are cut by, separated by commas: hour, day, week, campaign, creative, channel, device, country; event with the metric `events` alone. At most four.",
            kind: Kind::Text,
        },
        metrics_parameter(),
        sort(),
        limit("Most rows; 1000 unless given."),
    ];
    parameters.extend(range_parameters());
    parameters.extend(filter_parameters());
    parameters
}

/// The parameters of a ranking.
pub(crate) fn performance_parameters() -> Vec<Parameter> {
    let mut parameters = vec![
        words(
            "by",
            "What is ranked; campaigns unless given.",
            ReportDimension::ALL
                .iter()
                .map(|dimension| dimension.as_str()),
        ),
        metrics_parameter(),
        sort(),
        limit("Most rows; 20 unless given."),
    ];
    parameters.extend(range_parameters());
    parameters.extend(filter_parameters());
    parameters
}

/// `GET /api/v2/analytics/custom-report`
pub(crate) async fn custom(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let dimensions = dimensions(call.query("dimensions").unwrap_or_default())?;
    let is_by_event = dimensions.contains(&ReportDimension::Event);
    let metrics = if is_by_event { "events" } else { METRICS };
    let asked = Question::read(&call, metrics)?.find(&state, &call).await?;
    let sorting = match call.query("sort") {
        Some(text) => Some(Sorting::read(text, (&dimensions, &asked.measures))?),
        None => None,
    };
    let limit = call.number("limit").unwrap_or(ROWS_DEFAULT);
    let plan = Plan {
        dimensions,
        sorting,
        limit,
    };
    Answer::ok(&made(&state, &asked, plan).await?)
}

/// `GET /api/v2/analytics/performance`
pub(crate) async fn performance(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let by = call.query("by").and_then(|word| word.parse().ok());
    let by = by.unwrap_or(ReportDimension::Campaign);
    let metrics = if by == ReportDimension::Event {
        "events"
    } else {
        METRICS
    };
    let asked = Question::read(&call, metrics)?.find(&state, &call).await?;
    let dimensions = vec![by];
    let best = if asked
        .measures
        .contains(&Measure::Count(Metric::Impressions))
    {
        Measure::Count(Metric::Impressions)
    } else {
        asked.measures.first().copied().unwrap_or(EVENTS)
    };
    let sorting = match call.query("sort") {
        Some(text) => Sorting::read(text, (&dimensions, &asked.measures))?,
        None => Sorting {
            by: By::Measure(best),
            down: Down::Yes,
        },
    };
    let plan = Plan {
        dimensions,
        sorting: Some(sorting),
        limit: call.number("limit").unwrap_or(BEST_DEFAULT),
    };
    Answer::ok(&made(&state, &asked, plan).await?)
}

/// The rows of a report as they are wanted.
struct Plan {
    dimensions: Vec<ReportDimension>,
    sorting: Option<Sorting>,
    limit: u32,
}

/// What rows are sorted by.
#[derive(Debug, Clone, Copy)]
struct Sorting {
    by: By,
    down: Down,
}

#[derive(Debug, Clone, Copy)]
enum By {
    Measure(Measure),
    /// The place of a dimension.
    Place(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Down {
    Yes,
    No,
}

impl Sorting {
    fn read(
        text: &str,
        (dimensions, measures): (&[ReportDimension], &[Measure]),
    ) -> Result<Self, Refusal> {
        let (name, down) = match text.strip_prefix('-') {
            Some(name) => (name, Down::Yes),
            None => (text, Down::No),
        };
        let place = dimensions.iter().position(|one| one.as_str() == name);
        let measure = Measure::named(name).filter(|measure| measures.contains(measure));
        let by = place.map(By::Place).or(measure.map(By::Measure));
        let by = by.ok_or_else(|| {
            Refusal::invalid(
                "sort",
                "must be one of the dimensions or metrics of the report, with `-` before it for the highest first",
            )
        })?;
        Ok(Self { by, down })
    }

    fn order(self, one: &Line, other: &Line) -> Ordering {
        let order = match self.by {
            By::Place(place) => one.key.get(place).cmp(&other.key.get(place)),
            By::Measure(measure) => compare(measure.of(&one.figures), measure.of(&other.figures)),
        };
        match self.down {
            Down::Yes => order.reverse(),
            Down::No => order,
        }
    }
}

/// What is not known is below all that is.
fn compare(one: Option<Amount>, other: Option<Amount>) -> Ordering {
    match (one, other) {
        (Some(Amount::Whole(one)), Some(Amount::Whole(other))) => one.cmp(&other),
        (Some(Amount::Ratio(one)), Some(Amount::Ratio(other))) => one.total_cmp(&other),
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

/// A row before it is shown.
struct Line {
    key: GroupKey,
    event: Option<EventKind>,
    figures: Figures,
}

fn dimensions(text: &str) -> Result<Vec<ReportDimension>, Refusal> {
    let mut dimensions: Vec<ReportDimension> = Vec::new();
    let mut problems = Vec::new();
    for word in list(text) {
        match word.parse::<ReportDimension>() {
            Ok(dimension) if dimensions.contains(&dimension) => {}
            Ok(dimension) => dimensions.push(dimension),
            Err(error) => problems.push(Problem::new("dimensions", error.to_string())),
        }
    }
    if dimensions.len() > DIMENSIONS_MAX {
        let message = format!("names more than {DIMENSIONS_MAX} dimensions");
        problems.push(Problem::new("dimensions", message));
    }
    if problems.is_empty() {
        Ok(dimensions)
    } else {
        Err(Refusal::Invalid(problems))
    }
}

/// How the ledger cuts by a dimension; events are told apart afterwards.
const fn of_ledger(dimension: ReportDimension) -> Option<Dimension> {
    match dimension {
        ReportDimension::Hour => Some(Dimension::Hour),
        ReportDimension::Day => Some(Dimension::Day),
        ReportDimension::Week => Some(Dimension::Week),
        ReportDimension::Campaign => Some(Dimension::Campaign),
        ReportDimension::Creative => Some(Dimension::Creative),
        ReportDimension::Channel => Some(Dimension::Channel),
        ReportDimension::Device => Some(Dimension::Device),
        ReportDimension::Country => Some(Dimension::Country),
        ReportDimension::Event => None,
    }
}

async fn made(state: &State, asked: &Asked, plan: Plan) -> Result<CustomReport, Refusal> {
    let is_by_event = plan.dimensions.contains(&ReportDimension::Event);
    if is_by_event && asked.measures != [EVENTS] {
        return Err(Refusal::invalid(
            "metrics",
            "by event there is only the metric `events`",
        ));
    }
    let cut: Vec<Option<Dimension>> = plan.dimensions.iter().map(|&one| of_ledger(one)).collect();
    let mut query = asked.query(cut.iter().flatten().copied().collect());
    query.cut.wanted.count(Metric::Folded);
    let mut found = sums(state, query).await?;
    let mut lines = lines(&mut found, &plan.dimensions);
    if let Some(sorting) = plan.sorting {
        // Stable: lines that are alike stay in the order of their keys.
        lines.sort_by(|one, other| sorting.order(one, other));
    }
    let rows_total = lines.len() as u64;
    lines.truncate(usize::try_from(plan.limit).unwrap_or(usize::MAX));
    let keys = lines.iter().map(|line| &line.key);
    let names = Names::find(state, asked.subject.tenant.id, &cut, keys).await?;
    let row = |line: &Line| shown(line, (&plan.dimensions, &names), &asked.measures);
    Ok(CustomReport {
        since: asked.range.start().to_string(),
        until: asked.range.end().to_string(),
        timezone: asked.subject.timezone(),
        currency: asked.subject.currency(),
        metrics: asked.measures.iter().copied().map(info).collect(),
        rows: lines.iter().map(row).collect(),
        rows_total,
        totals: values(&asked.measures, &found.totals),
        folded: found.totals.of(Metric::Folded),
        dimensions: plan.dimensions,
    })
}

/// The groups of a cut, each kind of event on a line of its own where that is wanted.
fn lines(sums: &mut Sums, dimensions: &[ReportDimension]) -> Vec<Line> {
    let place = dimensions
        .iter()
        .position(|&dimension| dimension == ReportDimension::Event);
    let mut lines = Vec::new();
    if dimensions.is_empty() {
        sums.groups.entry(GroupKey::new()).or_default();
    }
    for (key, figures) in std::mem::take(&mut sums.groups) {
        let Some(place) = place else {
            lines.push(Line {
                key,
                event: None,
                figures,
            });
            continue;
        };
        for (number, &kind) in (0..).zip(EventKind::ALL) {
            let metric = Metric::of(kind);
            if figures.of(metric) > 0 {
                let mut own = Figures::default();
                own.add(metric, figures.of(metric));
                let mut key = key.clone();
                key.insert(place, number);
                lines.push(Line {
                    key,
                    event: Some(kind),
                    figures: own,
                });
            }
        }
    }
    lines
}

fn shown(
    line: &Line,
    (dimensions, names): (&[ReportDimension], &Names),
    measures: &[Measure],
) -> ReportRow {
    let group = dimensions
        .iter()
        .zip(&line.key)
        .map(
            |(&dimension, &value)| match (of_ledger(dimension), line.event) {
                (Some(dimension), _) => names.value(dimension, value),
                (None, event) => GroupValue {
                    value: event.map_or_else(String::new, |kind| kind.to_string()),
                    name: None,
                },
            },
        );
    ReportRow {
        group: group.collect(),
        values: values(measures, &line.figures),
    }
}
