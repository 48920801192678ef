//! `GET /api/v1/analytics/compare`: one range of time against another.

use std::sync::Arc;

use super::asked::{Given, Question, Range, SPAN_DAYS_MAX, Subject, sums};
use super::parameters::{filter_parameters, metrics_parameter, range_parameters};
use super::shown::value;
use crate::admin::call::Call;
use crate::admin::respond::{Answer, Refusal};
use crate::admin::route::{Kind, Parameter};
use crate::admin::state::State;
use crate::api::{ComparedMetric, Comparison, Span};
use crate::ledger::Figures;
use crate::ledger::measure::{Amount, Measure, change};
use crate::model::{Millis, Timestamp, Zone};

/// Metrics when none are named.
const METRICS: &str = "requests,served,impressions,completions,clicks,spend_micros,ecpm_micros,\
                       fill_rate,fill_time_rate,click_rate,view_through_rate,completion_rate,\
                       error_rate";

/// The parameters of a comparison.
pub(crate) fn parameters() -> Vec<Parameter> {
    let mut parameters = vec![metrics_parameter()];
    parameters.extend(range_parameters());
    parameters.extend([
        Parameter {
            name: "against_since",
            about: "From the hour of this instant in the other range; the time right before `since`, of the same length, unless given.",
            kind: Kind::Text,
        },
        Parameter {
            name: "against_until",
            about: "To the hour of this instant in the other range; the same length after `against_since` unless given.",
            kind: Kind::Text,
        },
    ]);
    parameters.extend(filter_parameters());
    parameters
}

pub(crate) async fn compare(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let against = Given::read(&call, ["against_since", "against_until"])?;
    let asked = Question::read(&call, METRICS)?.find(&state, &call).await?;
    let previous = previous(&asked.subject, &asked.range, against)?;
    let now = sums(&state, asked.query(Vec::new())).await?;
    let mut query = asked.query(Vec::new());
    (query.cut.since, query.cut.until) = (previous.since, previous.until);
    let before = sums(&state, query).await?;
    let compared = |&measure: &Measure| compared(measure, (&now.totals, &before.totals));
    Answer::ok(&Comparison {
        current: span(&asked.range),
        previous: span(&previous),
        timezone: asked.subject.timezone(),
        currency: asked.subject.currency(),
        rows: asked.measures.iter().map(compared).collect(),
    })
}

fn span(range: &Range) -> Span {
    Span {
        since: range.start().to_string(),
        until: range.end().to_string(),
    }
}

/// The range that another is held against: as long, unless both of its ends are given.
fn previous(subject: &Subject, range: &Range, given: Given) -> Result<Range, Refusal> {
    let length = range.end().since(range.start());
    let (since, until) = match (given.since, given.until) {
        (Some(since), Some(until)) => (since, until),
        (Some(since), None) => (since, since.plus(length)),
        (None, Some(until)) => (until.minus(length), until),
        (None, None) => earlier(&subject.tenant.spec.zone, range),
    };
    let previous = Range::of(since, until);
    if previous.hours() > SPAN_DAYS_MAX * 24 {
        let message = format!("the range is longer than {SPAN_DAYS_MAX} days");
        return Err(Refusal::invalid("against_since", message));
    }
    Ok(previous)
}

/// The time right before a range: by the calendar where it begins with a day, so that a change of
/// the clocks moves nothing, and today until now is held against yesterday until then.
fn earlier(zone: &Zone, range: &Range) -> (Timestamp, Timestamp) {
    let (start, end) = (range.start(), range.end());
    let length = end.since(start);
    let begins_day = |at: Timestamp| zone.day(at).start == at;
    if !begins_day(start) {
        return (start.minus(length), start);
    }
    let (mut at, mut since) = (start, start);
    while at < end {
        at = zone.day(at).end.max(at.plus(Millis(1)));
        since = zone.day(since.minus(Millis(1))).start;
    }
    let until = if begins_day(end) {
        start
    } else {
        since.plus(length)
    };
    (since, until)
}

fn compared(measure: Measure, (now, before): (&Figures, &Figures)) -> ComparedMetric {
    let (current, previous) = (measure.of(now), measure.of(before));
    let both = current.zip(previous);
    ComparedMetric {
        metric: measure.name().to_owned(),
        unit: measure.unit().to_string(),
        current: current.map(value),
        previous: previous.map(value),
        difference: both
            .and_then(|(now, before)| Amount::less(now, before))
            .map(value),
        change: both.and_then(|(now, before)| change(now, before)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Metric;

    #[test]
    fn the_time_before_is_that_of_the_calendar() {
        let zone: Zone = "America/New_York".parse().unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        for (since, until, from, to) in [
            // Whole days over the change of the clocks of 8 March.
            (
                "03-08T00:00:00-05:00",
                "03-10T00:00:00-04:00",
                "03-06T00:00:00-05:00",
                "03-08T00:00:00-05:00",
            ),
            // Today until ten, against yesterday until ten.
            (
                "03-10T00:00:00-04:00",
                "03-10T10:00:00-04:00",
                "03-09T00:00:00-04:00",
                "03-09T10:00:00-04:00",
            ),
            // Any hours.
            (
                "03-10T07:00:00-04:00",
                "03-10T10:00:00-04:00",
                "03-10T04:00:00-04:00",
                "03-10T07:00:00-04:00",
            ),
        ] {
            let read = |text: &str| at(&format!("2026-{text}"));
            let range = Range::of(read(since), read(until));
            assert_eq!(earlier(&zone, &range), (read(from), read(to)), "{since}");
        }
    }

    #[test]
    fn a_metric_is_compared_by_difference_and_change() {
        let figures = |impressions: u64, clicks: u64| {
            let mut figures = Figures::default();
            figures.add(Metric::Impressions, impressions);
            figures.add(Metric::Clicks, clicks);
            figures
        };
        let (now, before) = (figures(150, 3), figures(200, 1));
        let of = |name: &str| {
            let row = compared(Measure::named(name).unwrap(), (&now, &before));
            serde_json::json!([row.current, row.previous, row.difference, row.change])
        };
        assert_eq!(of("impressions"), serde_json::json!([150, 200, -50, -0.25]));
        assert_eq!(of("ctr"), serde_json::json!([0.02, 0.005, 0.015, 3.0]));
        assert_eq!(of("starts"), serde_json::json!([0, 0, 0, null]));
        assert_eq!(of("vcr"), serde_json::json!([null, null, null, null]));
    }
}
