//! Figures as the API shows them.

use crate::api::{ErrorCount, MetricValue, MetricValues, NoFillCount, StatsTotals};
use crate::ledger::measure::{Amount, Derived, Measure};
use crate::ledger::{Figures, Metric, Sums};

/// These metrics of figures.
pub(super) fn values(measures: &[Measure], figures: &Figures) -> MetricValues {
    let of = |&measure: &Measure| {
        let amount = measure.of(figures).map(value);
        (measure.name().to_owned(), amount)
    };
    measures.iter().map(of).collect()
}

/// A value on the wire.
pub(super) const fn value(amount: Amount) -> MetricValue {
    match amount {
        Amount::Whole(number) => MetricValue::Whole(number),
        Amount::Ratio(ratio) => MetricValue::Ratio(ratio),
    }
}

/// Figures of the totals of a report.
pub(crate) fn stats_totals(figures: &Figures) -> StatsTotals {
    let rate = |derived| match Measure::Derived(derived).of(figures) {
        Some(Amount::Ratio(ratio)) => Some(ratio),
        Some(Amount::Whole(_)) | None => None,
    };
    let money = |derived| match Measure::Derived(derived).of(figures) {
        Some(Amount::Whole(micros)) => Some(micros),
        Some(Amount::Ratio(_)) | None => None,
    };
    StatsTotals {
        requests: figures.of(Metric::Requests),
        served: figures.of(Metric::Served),
        impressions: figures.of(Metric::Impressions),
        billable: figures.of(Metric::Billable),
        unbilled: figures.of(Metric::Unbilled),
        starts: figures.of(Metric::Starts),
        first_quartiles: figures.of(Metric::FirstQuartiles),
        midpoints: figures.of(Metric::Midpoints),
        third_quartiles: figures.of(Metric::ThirdQuartiles),
        completions: figures.of(Metric::Completions),
        clicks: figures.of(Metric::Clicks),
        skips: figures.of(Metric::Skips),
        errors: figures.of(Metric::Errors),
        spend_micros: money(Derived::Spend).unwrap_or_default(),
        fill_rate: rate(Derived::FillRate),
        fill_time_rate: rate(Derived::FillTimeRate),
        impression_rate: rate(Derived::ImpressionRate),
        completion_rate: rate(Derived::CompletionRate),
        click_rate: rate(Derived::ClickRate),
        view_through_rate: rate(Derived::ViewThroughRate),
        error_rate: rate(Derived::ErrorRate),
        ecpm_micros: money(Derived::Ecpm),
    }
}

/// Errors by code and calls by reason, most first.
pub(crate) fn by_count(sums: &Sums) -> (Vec<ErrorCount>, Vec<NoFillCount>) {
    let served = sums.totals.of(Metric::Served);
    let errors = sums.errors.iter().map(|(&code, &count)| ErrorCount {
        code,
        count,
        rate: crate::ledger::measure::ratio(count, served),
    });
    let mut errors: Vec<ErrorCount> = errors.collect();
    errors.sort_by_key(|error| (std::cmp::Reverse(error.count), error.code));
    let reasons = sums.no_fill.iter().map(|(reason, &count)| NoFillCount {
        reason: reason.clone(),
        count,
    });
    let mut reasons: Vec<NoFillCount> = reasons.collect();
    // Stable: reasons of one count stay in the order of their words.
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    (errors, reasons)
}
