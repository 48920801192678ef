//! `/api/v1/dashboard`, `/api/v1/analytics/…` and `/api/v2/analytics/…`: delivery, cut and compared.
//!
//! What each figure means is said once: in `ledger::measure`.

mod asked;
mod attention;
mod calendar;
mod campaign;
mod compare;
mod dashboard;
mod names;
mod parameters;
mod report;
mod series;
mod shown;

pub(crate) use asked::{Given, Range, Subject, sums};
pub(crate) use campaign::{of_campaign, parameters as campaign_parameters};
pub(crate) use compare::{compare, parameters as compare_parameters};
pub(crate) use dashboard::dashboard;
pub(crate) use names::{Names, standing};
pub(crate) use report::{
    custom, parameters as custom_parameters, performance, performance_parameters,
};
pub(crate) use series::{parameters as series_parameters, series};
pub(crate) use shown::{by_count, stats_totals};
