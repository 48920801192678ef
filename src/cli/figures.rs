//! Rows of metrics: any dimensions and any metrics as columns, each by the unit it has.

use serde::Serialize;

use super::output::{Column, Row, Value};
use crate::api::{GroupValue, MetricInfo, MetricValue, MetricValues, ReportDimension};
use crate::ledger::measure::{Measure, Unit};

/// One row of a report or series.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    /// Where it stands, in the dimensions that were asked for.
    pub(super) group: Vec<(ReportDimension, GroupValue)>,
    pub(super) values: MetricValues,
    pub(super) currency: String,
    pub(super) timezone: String,
}

impl Line {
    fn place(&self, dimension: ReportDimension) -> Option<&GroupValue> {
        let found = self.group.iter().find(|(own, _value)| *own == dimension);
        found.map(|(_own, value)| value)
    }

    fn standing(&self, dimension: ReportDimension) -> Value<'_> {
        let Some(place) = self.place(dimension) else {
            return Value::Nothing;
        };
        match dimension {
            ReportDimension::Hour => Value::Instant(&place.value),
            ReportDimension::Day | ReportDimension::Week => {
                Value::Day(&place.value, &self.timezone)
            }
            ReportDimension::Campaign
            | ReportDimension::Creative
            | ReportDimension::Channel
            | ReportDimension::Device
            | ReportDimension::Country
            | ReportDimension::Event => Value::text(&place.value),
        }
    }

    fn name(&self, dimension: ReportDimension) -> Value<'_> {
        let name = self
            .place(dimension)
            .and_then(|place| place.name.as_deref());
        Value::of(name, Value::text)
    }

    fn metric(&self, name: &str) -> Value<'_> {
        let value = self.values.get(name).copied().flatten();
        let unit = Measure::named(name).map_or(Unit::Count, Measure::unit);
        metric(value, unit, &self.currency)
    }
}

/// The value of a metric by its unit.
pub(super) fn metric(value: Option<MetricValue>, unit: Unit, currency: &str) -> Value<'_> {
    match (value, unit) {
        (None, _) => Value::Nothing,
        (Some(MetricValue::Whole(micros)), Unit::Micros) => Value::Micros(micros, currency),
        (Some(MetricValue::Whole(number)), Unit::Ms) => match u64::try_from(number) {
            Ok(millis) => Value::Span(millis),
            Err(_negative) => Value::Signed(number),
        },
        (Some(MetricValue::Whole(number)), Unit::Count | Unit::Ratio) => Value::Signed(number),
        (Some(MetricValue::Ratio(ratio)), _) => Value::Ratio(ratio),
    }
}

/// The unit that an answer names.
pub(super) fn unit(word: &str) -> Unit {
    word.parse().unwrap_or(Unit::Count)
}

/// The columns of these dimensions, with names where they have any, and metrics.
pub(super) fn columns<'a>(
    dimensions: &[ReportDimension],
    metrics: &'a [MetricInfo],
) -> Vec<&'a str> {
    let mut columns = Vec::new();
    for dimension in dimensions {
        columns.push(dimension.as_str());
        columns.extend(match dimension {
            ReportDimension::Campaign => Some("campaign_name"),
            ReportDimension::Creative => Some("creative_name"),
            ReportDimension::Channel => Some("channel_name"),
            ReportDimension::Hour
            | ReportDimension::Day
            | ReportDimension::Week
            | ReportDimension::Device
            | ReportDimension::Country
            | ReportDimension::Event => None,
        });
    }
    columns.extend(metrics.iter().map(|metric| metric.name.as_str()));
    columns
}

macro_rules! line_columns {
    ($($dimension:ident $name:literal $title:literal,)+ ; $($named:ident $its:literal $of:literal,)+ ; $($metric:literal $head:literal,)+) => {
        &[
            $(Column::shown($name, $title, |row| row.standing(ReportDimension::$dimension)),)+
            $(Column::shown($its, $of, |row| row.name(ReportDimension::$named)),)+
            $(Column::shown($metric, $head, |row| row.metric($metric)),)+
            Column::wide("currency", "CURRENCY", |row| Value::text(&row.currency)),
        ]
    };
}

impl Row for Line {
    const COLUMNS: &'static [Column<Self>] = line_columns! {
        Hour "hour" "HOUR",
        Day "day" "DAY",
        Week "week" "WEEK",
        Campaign "campaign" "CAMPAIGN",
        Creative "creative" "CREATIVE",
        Channel "channel" "CHANNEL",
        Device "device" "DEVICE",
        Country "country" "COUNTRY",
        Event "event" "EVENT",
        ;
        Campaign "campaign_name" "NAME",
        Creative "creative_name" "CREATIVE NAME",
        Channel "channel_name" "CHANNEL NAME",
        ;
        "requests" "REQUESTS",
        "served" "SERVED",
        "impressions" "IMPRESSIONS",
        "creative_views" "CREATIVE VIEWS",
        "starts" "STARTS",
        "first_quartiles" "25%",
        "midpoints" "50%",
        "third_quartiles" "75%",
        "completions" "COMPLETIONS",
        "mutes" "MUTES",
        "unmutes" "UNMUTES",
        "pauses" "PAUSES",
        "resumes" "RESUMES",
        "skips" "SKIPS",
        "clicks" "CLICKS",
        "errors" "ERRORS",
        "viewable" "VIEWABLE",
        "not_viewable" "NOT VIEWABLE",
        "view_undetermined" "UNDETERMINED",
        "billable" "BILLABLE",
        "unbilled" "UNBILLED",
        "unfilled" "UNFILLED",
        "asked_ms" "ASKED",
        "filled_ms" "FILLED TIME",
        "folded" "FOLDED",
        "events" "EVENTS",
        "filled" "FILLED",
        "spend_micros" "SPEND",
        "revenue_micros" "REVENUE",
        "ecpm_micros" "ECPM",
        "fill_rate" "FILL",
        "fill_time_rate" "FILL TIME",
        "ads_per_request" "ADS/REQUEST",
        "impression_rate" "SEEN",
        "click_rate" "CTR",
        "view_through_rate" "VTR",
        "completion_rate" "COMPLETION",
        "first_quartile_rate" "25% RATE",
        "midpoint_rate" "50% RATE",
        "third_quartile_rate" "75% RATE",
        "skip_rate" "SKIP RATE",
        "error_rate" "ERROR RATE",
        "viewable_rate" "VIEWABLE RATE",
    };

    fn id(&self) -> &str {
        self.group
            .first()
            .map_or("total", |(_dimension, place)| &place.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_and_metric_has_its_column() {
        let names: Vec<&str> = Line::COLUMNS.iter().map(|column| column.name).collect();
        let dimensions = ReportDimension::ALL.iter().map(|one| one.as_str());
        let texts = ["campaign_name", "creative_name", "channel_name"];
        let expected: Vec<&str> = dimensions
            .chain(texts)
            .chain(Measure::all().map(Measure::name))
            .chain(["currency"])
            .collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn a_metric_is_shown_by_its_unit() {
        let whole = |number| Some(MetricValue::Whole(number));
        assert_eq!(metric(whole(3), Unit::Count, ""), Value::Signed(3));
        assert_eq!(
            metric(whole(3), Unit::Micros, "EUR"),
            Value::Micros(3, "EUR")
        );
        assert_eq!(metric(whole(3), Unit::Ms, ""), Value::Span(3));
        assert_eq!(metric(whole(-3), Unit::Ms, ""), Value::Signed(-3));
        assert_eq!(metric(None, Unit::Ratio, ""), Value::Nothing);
        let ratio = Some(MetricValue::Ratio(0.5));
        assert_eq!(metric(ratio, Unit::Ratio, ""), Value::Ratio(0.5));
    }
}
