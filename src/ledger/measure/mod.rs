//! The metrics that reports show: name, unit and formula of each, in this one place.

mod amount;
mod text;

use std::fmt::Write as _;

pub use amount::{Amount, change, ratio};
pub use text::{document, help};

use super::{Figures, Metric};
use crate::model::word::words;

/// A metric of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// One of what the ledger counts.
    Count(Metric),
    /// One that follows from those.
    Derived(Derived),
}

/// A metric that follows from what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Derived {
    /// Reports of players of every kind.
    Events,
    /// Calls that were given at least one ad.
    Filled,
    /// What campaigns were charged.
    Spend,
    /// What the tenant earns.
    Revenue,
    /// What a thousand impressions brought in (eCPM).
    Ecpm,
    /// Fill by ads.
    FillRate,
    /// Fill by seconds.
    FillTimeRate,
    /// Length of the answers.
    AdsPerRequest,
    /// Of what was handed out, what was shown.
    ImpressionRate,
    /// CTR.
    ClickRate,
    /// VTR.
    ViewThroughRate,
    /// Started and played to the end.
    CompletionRate,
    /// Started and a quarter played.
    FirstQuartileRate,
    /// Started and half played.
    MidpointRate,
    /// Started and three quarters played.
    ThirdQuartileRate,
    /// Started and skipped.
    SkipRate,
    /// Handed out and given up by the player.
    ErrorRate,
    /// Judged and viewable.
    ViewableRate,
}
words!(Derived {
    Events = "events",
    Filled = "filled",
    Spend = "spend_micros",
    Revenue = "revenue_micros",
    Ecpm = "ecpm_micros",
    FillRate = "fill_rate",
    FillTimeRate = "fill_time_rate",
    AdsPerRequest = "ads_per_request",
    ImpressionRate = "impression_rate",
    ClickRate = "click_rate",
    ViewThroughRate = "view_through_rate",
    CompletionRate = "completion_rate",
    FirstQuartileRate = "first_quartile_rate",
    MidpointRate = "midpoint_rate",
    ThirdQuartileRate = "third_quartile_rate",
    SkipRate = "skip_rate",
    ErrorRate = "error_rate",
    ViewableRate = "viewable_rate",
});

/// What a metric is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// How often.
    Count,
    /// Millionths of the tenant's currency.
    Micros,
    /// Milliseconds.
    Ms,
    /// A quotient.
    Ratio,
}
words!(Unit {
    Count = "count",
    Micros = "micros",
    Ms = "ms",
    Ratio = "ratio",
});

/// How a metric follows from what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// The sum of the first less the sum of the second.
    Sum(&'static [Metric], &'static [Metric]),
    /// What was charged.
    Charges,
    /// What was charged for a thousand of these.
    PerThousand(Metric),
    /// The sum of the first less the sum of the second, divided by the sum of the third.
    Quotient(&'static [Metric], &'static [Metric], &'static [Metric]),
}

/// Names that people know a metric by, besides its own.
const ALSO: &[(&str, Derived)] = &[
    ("spend", Derived::Spend),
    ("revenue", Derived::Revenue),
    ("ecpm", Derived::Ecpm),
    ("fill", Derived::FillRate),
    ("ctr", Derived::ClickRate),
    ("vtr", Derived::ViewThroughRate),
    ("vcr", Derived::CompletionRate),
];

/// Every kind of report that a player sends.
const EVENTS: &[Metric] = &[
    Metric::Impressions,
    Metric::CreativeViews,
    Metric::Starts,
    Metric::FirstQuartiles,
    Metric::Midpoints,
    Metric::ThirdQuartiles,
    Metric::Completions,
    Metric::Mutes,
    Metric::Unmutes,
    Metric::Pauses,
    Metric::Resumes,
    Metric::Skips,
    Metric::Clicks,
    Metric::Errors,
    Metric::Viewable,
    Metric::NotViewable,
    Metric::ViewUndetermined,
];

impl Measure {
    /// Every metric, in order of what is counted and then of what follows.
    pub fn all() -> impl Iterator<Item = Self> {
        let counted = Metric::ALL.iter().copied().map(Self::Count);
        counted.chain(Derived::ALL.iter().copied().map(Self::Derived))
    }

    /// The metric of this name, or of one that people know it by.
    pub fn named(name: &str) -> Option<Self> {
        let also = || ALSO.iter().find(|(also, _)| *also == name);
        Self::all()
            .find(|measure| measure.name() == name)
            .or_else(|| also().map(|&(_, derived)| Self::Derived(derived)))
    }

    /// Its name in API, CLI and docs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count(metric) => metric.as_str(),
            Self::Derived(derived) => derived.as_str(),
        }
    }

    /// Another name that people know it by.
    pub fn also(self) -> Option<&'static str> {
        let found = ALSO.iter().find(|&&(_, of)| Self::Derived(of) == self);
        found.map(|&(also, _)| also)
    }

    /// What it is measured in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Count(Metric::AskedMs | Metric::FilledMs) => Unit::Ms,
            Self::Count(_) => Unit::Count,
            Self::Derived(derived) => match derived.formula() {
                Formula::Sum(..) => Unit::Count,
                Formula::Charges | Formula::PerThousand(_) => Unit::Micros,
                Formula::Quotient(..) => Unit::Ratio,
            },
        }
    }

    /// What it means, in a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Count(metric) => metric.about(),
            Self::Derived(derived) => derived.about(),
        }
    }

    /// How it is computed, in a line.
    pub fn formula(self) -> String {
        match self {
            Self::Count(_) => "counted".to_owned(),
            Self::Derived(derived) => derived.formula().text(),
        }
    }

    /// Whether it needs what was charged.
    pub const fn is_money(self) -> bool {
        matches!(self.unit(), Unit::Micros)
    }

    /// What must be counted to know it.
    pub fn needs(self) -> Vec<Metric> {
        match self {
            Self::Count(metric) => vec![metric],
            Self::Derived(derived) => match derived.formula() {
                Formula::Charges => Vec::new(),
                Formula::PerThousand(below) => vec![below],
                Formula::Sum(plus, minus) => [plus, minus].concat(),
                Formula::Quotient(plus, minus, below) => [plus, minus, below].concat(),
            },
        }
    }

    /// Its value; none where nothing was counted below the line of a quotient.
    pub fn of(self, figures: &Figures) -> Option<Amount> {
        match self {
            Self::Count(metric) => Some(Amount::Whole(whole(figures.of(metric)))),
            Self::Derived(derived) => derived.formula().of(figures),
        }
    }
}

impl Derived {
    const fn formula(self) -> Formula {
        use Metric::{
            AskedMs, Clicks, Completions, Errors, FilledMs, FirstQuartiles, Impressions, Midpoints,
            NotViewable, Requests, Served, Skips, Starts, ThirdQuartiles, Unfilled, Viewable,
        };
        const fn rate(above: &'static [Metric], below: &'static [Metric]) -> Formula {
            Formula::Quotient(above, &[], below)
        }
        match self {
            Self::Events => Formula::Sum(EVENTS, &[]),
            Self::Filled => Formula::Sum(&[Requests], &[Unfilled]),
            Self::Spend | Self::Revenue => Formula::Charges,
            Self::Ecpm => Formula::PerThousand(Impressions),
            Self::FillRate => Formula::Quotient(&[Requests], &[Unfilled], &[Requests]),
            Self::FillTimeRate => rate(&[FilledMs], &[AskedMs]),
            Self::AdsPerRequest => rate(&[Served], &[Requests]),
            Self::ImpressionRate => rate(&[Impressions], &[Served]),
            Self::ClickRate => rate(&[Clicks], &[Impressions]),
            Self::ViewThroughRate => rate(&[Completions], &[Impressions]),
            Self::CompletionRate => rate(&[Completions], &[Starts]),
            Self::FirstQuartileRate => rate(&[FirstQuartiles], &[Starts]),
            Self::MidpointRate => rate(&[Midpoints], &[Starts]),
            Self::ThirdQuartileRate => rate(&[ThirdQuartiles], &[Starts]),
            Self::SkipRate => rate(&[Skips], &[Starts]),
            Self::ErrorRate => rate(&[Errors], &[Served]),
            Self::ViewableRate => rate(&[Viewable], &[Viewable, NotViewable]),
        }
    }

    const fn about(self) -> &'static str {
        match self {
            Self::Events => "Verified beacons of every kind, each kind once for each ad.",
            Self::Filled => "Calls that were given at least one ad.",
            Self::Spend => {
                "What campaigns were charged; flat fees fall due with the first impression."
            }
            Self::Revenue => "What the tenant earns: all that is charged, as nobody takes a share.",
            Self::Ecpm => "What a thousand impressions brought in (eCPM), rounded down.",
            Self::FillRate => "Fill by ads: share of the calls that were given at least one ad.",
            Self::FillTimeRate => {
                "Fill by seconds: share of the time asked for that the ads handed out play; of calls that said how long."
            }
            Self::AdsPerRequest => {
                "Ads handed out for each call; above 1 where pods are asked for."
            }
            Self::ImpressionRate => "Share of the ads handed out that were shown.",
            Self::ClickRate => "Share of the shown ads that were clicked (CTR).",
            Self::ViewThroughRate => "Share of the shown ads that were played to the end (VTR).",
            Self::CompletionRate => "Share of the started ads that were played to the end (VCR).",
            Self::FirstQuartileRate => "Share of the started ads of which a quarter was played.",
            Self::MidpointRate => "Share of the started ads of which half was played.",
            Self::ThirdQuartileRate => {
                "Share of the started ads of which three quarters were played."
            }
            Self::SkipRate => "Share of the started ads that were skipped.",
            Self::ErrorRate => "Share of the ads handed out that the player gave up.",
            Self::ViewableRate => "Share of the ads judged that met the viewability standard.",
        }
    }
}

impl Formula {
    fn of(self, figures: &Figures) -> Option<Amount> {
        let sum = |metrics: &[Metric]| -> u64 {
            let counts = metrics.iter().map(|&metric| figures.of(metric));
            counts.fold(0, u64::saturating_add)
        };
        match self {
            Self::Sum(plus, minus) => {
                Some(Amount::Whole(whole(sum(plus).saturating_sub(sum(minus)))))
            }
            Self::Charges => Some(Amount::Whole(figures.spend.micros())),
            Self::PerThousand(below) => {
                // Nanos for one are micros for a thousand.
                let micros = i128::from(figures.spend.0);
                let micros = micros.checked_div_euclid(i128::from(figures.of(below)))?;
                i64::try_from(micros).ok().map(Amount::Whole)
            }
            Self::Quotient(plus, minus, below) => {
                ratio(sum(plus).saturating_sub(sum(minus)), sum(below)).map(Amount::Ratio)
            }
        }
    }

    fn text(self) -> String {
        let sum = |plus: &[Metric], minus: &[Metric]| {
            let mut text = String::new();
            for (place, metric) in plus.iter().enumerate() {
                let sign = if place == 0 { "" } else { " + " };
                // Writing to a String cannot fail.
                let _written = write!(text, "{sign}{metric}");
            }
            for metric in minus {
                let _written = write!(text, " - {metric}");
            }
            text
        };
        let bracketed = |plus: &[Metric], minus: &[Metric]| {
            if plus.len() + minus.len() == 1 {
                sum(plus, minus)
            } else {
                format!("({})", sum(plus, minus))
            }
        };
        match self {
            Self::Sum(EVENTS, _) => "sum of the events".to_owned(),
            Self::Sum(plus, minus) => sum(plus, minus),
            Self::Charges => "charges".to_owned(),
            Self::PerThousand(below) => format!("1000 x charges / {below}"),
            Self::Quotient(plus, minus, below) => {
                format!("{} / {}", bracketed(plus, minus), bracketed(below, &[]))
            }
        }
    }
}

/// A count as a number with a sign. It would take centuries to leave the range.
fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Nanos;

    #[test]
    fn every_name_is_one_metric_and_found_again() {
        let mut names: Vec<&str> = Measure::all().map(Measure::name).collect();
        names.extend(ALSO.iter().map(|&(also, _)| also));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for measure in Measure::all() {
            assert_eq!(Measure::named(measure.name()), Some(measure));
            assert_eq!(
                measure.also().and_then(Measure::named).unwrap_or(measure),
                measure
            );
            let unit = measure.unit().as_str();
            let ends = |end: &str| measure.name().ends_with(end);
            assert_eq!(unit == "micros", ends("_micros"), "{measure:?}");
            assert_eq!(unit == "ms", ends("_ms"), "{measure:?}");
            assert!(unit == "ratio" || !ends("_rate"), "{measure:?}");
        }
        assert_eq!(Measure::named("CTR"), None);
    }

    #[test]
    fn quotients_are_none_without_a_divisor() {
        let mut figures = Figures::default();
        figures.add(Metric::Completions, 1);
        figures.charge(Nanos(50_000_001));
        let of = |figures: &Figures, derived| Measure::Derived(derived).of(figures);
        assert_eq!(of(&figures, Derived::CompletionRate), None);
        assert_eq!(of(&figures, Derived::Ecpm), None);
        figures.add(Metric::Starts, 4);
        figures.add(Metric::Impressions, 2);
        assert_eq!(
            of(&figures, Derived::CompletionRate),
            Some(Amount::Ratio(0.25))
        );
        assert_eq!(of(&figures, Derived::Ecpm), Some(Amount::Whole(25_000_000)));
        figures.add(Metric::Requests, 10);
        figures.add(Metric::Unfilled, 4);
        assert_eq!(of(&figures, Derived::FillRate), Some(Amount::Ratio(0.6)));
        assert_eq!(of(&figures, Derived::Filled), Some(Amount::Whole(6)));
    }

    #[test]
    fn formulas_read_as_they_compute() {
        let text = |derived| Measure::Derived(derived).formula();
        assert_eq!(text(Derived::ClickRate), "clicks / impressions");
        assert_eq!(text(Derived::FillRate), "(requests - unfilled) / requests");
        assert_eq!(
            text(Derived::ViewableRate),
            "viewable / (viewable + not_viewable)"
        );
        assert_eq!(text(Derived::Ecpm), "1000 x charges / impressions");
    }
}
