//! `adctl analytics heatmap`: one metric by day and hour of the day.

use std::collections::BTreeMap;

use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Asked, range};
use crate::api::{MetricValue, Series, SeriesStep};
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::figures;
use crate::cli::output::{Column, Row, Value};
use crate::cli::session::Session;
use crate::client::Call;
use crate::ledger::measure::Unit;

const HOURS: usize = 24;
/// From nothing to the most there is.
const SHADES: [&str; 5] = ["··", "░░", "▒▒", "▓▓", "██"];

/// Which metric, of which time.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl analytics heatmap
  adctl analytics heatmap --metrics fill_rate --since -14d
  adctl analytics heatmap --metrics completions --filter channel=news -o csv

For people each hour is a shade between nothing and the most of the grid; other formats have the
values. Of the two hours that a clock set back makes one, counts are added and ratios are those of
the second.")]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    asked: Asked,
}

/// Runs `adctl analytics heatmap`.
pub(super) async fn run(arguments: Arguments, session: &mut Session) -> Outcome {
    let mut asked = arguments.asked;
    let metric = asked
        .metrics
        .get_or_insert_with(|| "impressions".to_owned());
    if metric.contains(',') {
        return Err(Failure::usage(
            "a heatmap shows one metric: give --metrics one name",
        ));
    }
    let call = Call::get("/api/v1/analytics/series").with("step", Some(SeriesStep::Hour));
    let call = asked.ask(call, session).await?;
    let series: Series = session.send(call).await?;
    let days = days(&series)?;
    if session.out.settings().format.is_for_people() {
        let grid = grid(&days);
        session.out.raw(grid.as_bytes())?;
        let unit = series.metrics.first().map(|metric| metric.name.clone());
        let most = figures::metric(most(&days), days_unit(&series), &series.currency);
        let view = session.out.settings().view.clone();
        session.out.note(&format!(
            "{} by hour; {} is {}",
            unit.unwrap_or_default(),
            SHADES.last().copied().unwrap_or_default(),
            most.shown(&view)
        ));
    } else {
        session.out.report(&days, &days)?;
    }
    range(session, (&series.since, &series.until), &series.timezone);
    Ok(Exit::Done)
}

fn days_unit(series: &Series) -> Unit {
    let unit = series.metrics.first().map(|metric| metric.unit.as_str());
    figures::unit(unit.unwrap_or_default())
}

/// One day of the grid.
#[derive(Debug, PartialEq, Serialize)]
struct Line {
    day: String,
    /// From midnight; none where the day has no such hour, or the range is elsewhere.
    hours: [Option<MetricValue>; HOURS],
    #[serde(skip)]
    unit: Unit,
    currency: String,
}

fn days(series: &Series) -> Result<Vec<Line>, Failure> {
    let zone = TimeZone::get(&series.timezone).map_err(|error| {
        let message = format!(
            "the zone `{}` of the tenant is unknown here",
            series.timezone
        );
        Failure::new(Exit::Failed, "zone", message).because(&error)
    })?;
    let unit = days_unit(series);
    let mut grid: BTreeMap<Date, [Option<MetricValue>; HOURS]> = BTreeMap::new();
    for point in &series.points {
        let start: jiff::Timestamp = point.start.parse().map_err(|error| {
            let message = "the answer has a time that cannot be read";
            Failure::new(Exit::Failed, "answer", message).because(&error)
        })?;
        let wall = start.to_zoned(zone.clone());
        let hours = grid.entry(wall.date()).or_default();
        let hour = usize::try_from(wall.hour()).unwrap_or_default();
        if let Some(slot) = hours.get_mut(hour) {
            let value = point.values.values().next().copied().flatten();
            *slot = together(*slot, value);
        }
    }
    let day = |(date, hours): (Date, [Option<MetricValue>; HOURS])| Line {
        day: date.to_string(),
        hours,
        unit,
        currency: series.currency.clone(),
    };
    Ok(grid.into_iter().map(day).collect())
}

/// Two hours that the wall clock calls the same.
fn together(one: Option<MetricValue>, other: Option<MetricValue>) -> Option<MetricValue> {
    match (one, other) {
        (Some(MetricValue::Whole(one)), Some(MetricValue::Whole(other))) => {
            Some(MetricValue::Whole(one.saturating_add(other)))
        }
        (one, other) => other.or(one),
    }
}

/// A value as a size to shade by.
#[expect(
    clippy::cast_precision_loss,
    reason = "a shade of five; nothing is computed from it"
)]
fn size(value: Option<MetricValue>) -> f64 {
    match value {
        Some(MetricValue::Whole(number)) => number as f64,
        Some(MetricValue::Ratio(ratio)) => ratio,
        None => 0.0,
    }
}

fn most(days: &[Line]) -> Option<MetricValue> {
    let all = days.iter().flat_map(|day| day.hours);
    all.max_by(|one, other| size(*one).total_cmp(&size(*other)))
        .flatten()
}

/// The grid as text: a line a day, two cells an hour.
#[expect(
    clippy::float_arithmetic,
    reason = "a shade of five; nothing is computed from it"
)]
fn grid(days: &[Line]) -> String {
    let most = size(most(days));
    let shade = |value: Option<MetricValue>| {
        if value.is_none() {
            return "  ";
        }
        let share = if most > 0.0 { size(value) / most } else { 0.0 };
        let place = if share <= 0.0 {
            0
        } else if share <= 0.25 {
            1
        } else if share <= 0.5 {
            2
        } else if share <= 0.75 {
            3
        } else {
            4
        };
        SHADES.get(place).copied().unwrap_or_default()
    };
    let hours: String = (0..HOURS)
        .map(|hour| {
            if hour % 3 == 0 {
                format!("{hour:02}")
            } else {
                "  ".to_owned()
            }
        })
        .collect();
    let mut text = format!("{:<10}  {}\n", "DAY", hours.trim_end());
    for day in days {
        let line: String = day.hours.iter().map(|&value| shade(value)).collect();
        let line = format!("{:<10}  {line}", day.day);
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

macro_rules! hour_columns {
    ($($hour:literal $name:literal $title:literal,)+) => {
        &[
            Column::shown("day", "DAY", |row| Value::text(&row.day)),
            $(Column::shown($name, $title, |row| {
                let value = row.hours.get($hour).copied().flatten();
                figures::metric(value, row.unit, &row.currency)
            }),)+
        ]
    };
}

impl Row for Line {
    const COLUMNS: &'static [Column<Self>] = hour_columns! {
        0 "h00" "00", 1 "h01" "01", 2 "h02" "02", 3 "h03" "03", 4 "h04" "04", 5 "h05" "05",
        6 "h06" "06", 7 "h07" "07", 8 "h08" "08", 9 "h09" "09", 10 "h10" "10", 11 "h11" "11",
        12 "h12" "12", 13 "h13" "13", 14 "h14" "14", 15 "h15" "15", 16 "h16" "16",
        17 "h17" "17", 18 "h18" "18", 19 "h19" "19", 20 "h20" "20", 21 "h21" "21",
        22 "h22" "22", 23 "h23" "23",
    };

    fn id(&self) -> &str {
        &self.day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{MetricInfo, SeriesPoint};

    fn series(since: &str, values: &[i64]) -> Series {
        let start: jiff::Timestamp = since.parse().unwrap();
        let at = |hour: usize| {
            let start = start.as_millisecond() + i64::try_from(hour).unwrap() * 3_600_000;
            jiff::Timestamp::from_millisecond(start)
                .unwrap()
                .to_string()
        };
        let point = |(hour, &value): (usize, &i64)| SeriesPoint {
            start: at(hour),
            end: at(hour + 1),
            values: [("impressions".to_owned(), Some(MetricValue::Whole(value)))].into(),
        };
        Series {
            since: at(0),
            until: at(values.len()),
            step: SeriesStep::Hour,
            timezone: "America/New_York".to_owned(),
            currency: "USD".to_owned(),
            metrics: vec![MetricInfo {
                name: "impressions".to_owned(),
                unit: "count".to_owned(),
            }],
            points: values.iter().enumerate().map(point).collect(),
            totals: crate::api::MetricValues::new(),
        }
    }

    #[test]
    fn an_hour_that_comes_twice_is_one_cell_and_one_that_is_left_out_none() {
        // Midnight of the days on which the clocks are set, with every hour of them.
        let back = days(&series("2026-11-01T04:00:00Z", &[1; 25])).unwrap();
        let [day] = back.as_slice() else {
            panic!("{back:?}")
        };
        assert_eq!(day.day, "2026-11-01");
        assert_eq!(day.hours[1], Some(MetricValue::Whole(2)));
        assert!(day.hours.iter().all(Option::is_some));
        let ahead = days(&series("2026-03-08T05:00:00Z", &[1; 23])).unwrap();
        let [day] = ahead.as_slice() else {
            panic!("{ahead:?}")
        };
        let missing: Vec<usize> = (0..HOURS)
            .filter(|&hour| day.hours[hour].is_none())
            .collect();
        assert_eq!(missing, [2]);
    }

    #[test]
    fn the_grid_is_shaded_from_nothing_to_the_most() {
        let days = days(&series("2026-07-01T04:00:00Z", &[0, 1, 2, 3, 4])).unwrap();
        assert_eq!(
            grid(&days),
            "DAY         00    03    06    09    12    15    18    21\n\
             2026-07-01  ··░░▒▒▓▓██\n"
        );
    }
}
