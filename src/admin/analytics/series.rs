//! `GET /api/v1/analytics/series`: metrics along time.

use std::sync::Arc;

use super::asked::{Question, info, sums};
use super::calendar::{POINTS_MAX, dimension, stretches};
use super::parameters::{filter_parameters, metrics_parameter, range_parameters};
use super::shown::values;
use crate::admin::call::Call;
use crate::admin::list::words;
use crate::admin::respond::{Answer, Refusal};
use crate::admin::route::Parameter;
use crate::admin::state::State;
use crate::api::{Series, SeriesPoint, SeriesStep};
use crate::ledger::measure::Measure;
use crate::ledger::{Figures, GroupKey, Sums};
use crate::model::zone::Day;

/// Metrics when none are named.
const METRICS: &str = "requests,served,impressions,completions,clicks,spend_micros,fill_rate";

/// The parameters of a series.
pub(crate) fn parameters() -> Vec<Parameter> {
    let mut parameters = vec![
        metrics_parameter(),
        words(
            "step",
            "How long each point is; `day` unless given.",
            SeriesStep::ALL.iter().map(|step| step.as_str()),
        ),
    ];
    parameters.extend(range_parameters());
    parameters.extend(filter_parameters());
    parameters
}

pub(crate) async fn series(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let step = call.query("step").and_then(|word| word.parse().ok());
    let step = step.unwrap_or(SeriesStep::Day);
    let asked = Question::read(&call, METRICS)?.find(&state, &call).await?;
    let zone = &asked.subject.tenant.spec.zone;
    let stretches = stretches(zone, step, &asked.range).ok_or_else(|| {
        let message = format!("the range has more than {POINTS_MAX} points by the {step}");
        Refusal::invalid("step", message)
    })?;
    let sums = sums(&state, asked.query(vec![dimension(step)])).await?;
    Answer::ok(&Series {
        since: asked.range.start().to_string(),
        until: asked.range.end().to_string(),
        step,
        timezone: asked.subject.timezone(),
        currency: asked.subject.currency(),
        metrics: asked.measures.iter().copied().map(info).collect(),
        points: points(&stretches, &sums, &asked.measures),
        totals: values(&asked.measures, &sums.totals),
    })
}

/// A point for each stretch, of zeros where nothing was counted.
pub(super) fn points(stretches: &[Day], sums: &Sums, measures: &[Measure]) -> Vec<SeriesPoint> {
    let nothing = Figures::default();
    let point = |stretch: &Day| {
        let key = GroupKey::from_slice(&[stretch.start.millis()]);
        let figures = sums.groups.get(&key).unwrap_or(&nothing);
        SeriesPoint {
            start: stretch.start.to_string(),
            end: stretch.end.to_string(),
            values: values(measures, figures),
        }
    };
    stretches.iter().map(point).collect()
}
