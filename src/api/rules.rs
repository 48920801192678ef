//! The rules of campaigns, orders and creatives: targeting, caps and pacing. What an operator
//! sends, what is shown and what is stored have this one form.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::cap::{CAPS_MAX, WINDOWS_MAX};
use crate::model::pacing::Knot;
use crate::model::targeting::{Clause, Dimension, Names, RULES_MAX, Rule, Sense, Value};
use crate::model::{self, CapFallback, CapScope, CapSpan, Problem};

/// Most faults of one targeting that are told in one answer.
const PROBLEMS_MAX: usize = 100;

/// For whom and when: matched when any of its rules is. Without rules everyone is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Targeting {
    /// The rules.
    pub rules: Vec<TargetingRule>,
}

/// A rule: matched when the request has one of the values that are included in each dimension,
/// and none of those excluded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TargetingRule {
    /// By dimension (`geo`, `device`, `daypart`, `key.NAME`, …), of which values one is wanted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub include: BTreeMap<String, Vec<String>>,
    /// By dimension, of which values none is wanted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub exclude: BTreeMap<String, Vec<String>>,
}

/// How often one viewer may be shown something: in every window there must be room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// By whom it counts: `user`, `device`, `household`, `address`, `session` or `pod`.
    pub scope: String,
    /// When that is unknown: `next` counts by the strongest identity there is, `skip` serves
    /// nothing. `next` unless given.
    #[serde(default = "next")]
    pub fallback: String,
    /// How often in which spans.
    pub windows: Vec<CapWindow>,
}

fn next() -> String {
    CapFallback::Next.to_string()
}

/// A count in a span, which is exactly one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapWindow {
    /// How often at most.
    pub max: u32,
    /// In this many seconds before now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rolling_seconds: Option<u32>,
    /// In the `hour`, `day`, `week` or `month` of now, in the zone of the tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// `scope`: in the session or the pod itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

/// The word of [`CapWindow::within`].
const SCOPE: &str = "scope";

/// How what may be delivered is spread over the flight, and with a daily budget over each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pacing {
    /// `asap`, `even`, `front_loaded` or `custom`.
    pub mode: String,
    /// With `custom`: points of the curve, each the part of the time and the part of the delivery
    /// that is due by then, in thousandths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub knots: Vec<[u16; 2]>,
}

impl Default for Pacing {
    fn default() -> Self {
        Self::of(&model::Pacing::default())
    }
}

impl Targeting {
    /// The wire form of a targeting.
    pub fn of(targeting: &model::Targeting) -> Self {
        let rules = targeting.rules.iter().map(TargetingRule::of);
        Self {
            rules: rules.collect(),
        }
    }

    /// Puts ids in the place of names of channels, as far as `names` knows them.
    pub fn name_channels(&mut self, names: &Names<'_>) {
        let sides = self.rules.iter_mut();
        let sides = sides.flat_map(|rule| [&mut rule.include, &mut rule.exclude]);
        let lists = sides.flat_map(|side| {
            let clauses = side.iter_mut();
            clauses.filter(|(word, _)| Dimension::parse(word) == Ok(Dimension::Channel))
        });
        for text in lists.flat_map(|(_word, values)| values) {
            if let Ok(value) = Value::parse_naming(&Dimension::Channel, text, names) {
                *text = value.to_string();
            }
        }
    }

    /// What it says, or everything that cannot be understood; `field` names it.
    pub fn read(&self, field: &str) -> Result<model::Targeting, Vec<Problem>> {
        if self.rules.len() > RULES_MAX {
            let message = format!("has more than {RULES_MAX} rules");
            return Err(vec![Problem::new(field, message)]);
        }
        let mut problems = Vec::new();
        let rules = self.rules.iter().enumerate();
        let rules = rules.map(|(place, rule)| {
            let field = format!("{field}.rules[{place}]");
            let mut clauses = read_clauses(&rule.include, Sense::Include, &field, &mut problems);
            clauses.extend(read_clauses(
                &rule.exclude,
                Sense::Exclude,
                &field,
                &mut problems,
            ));
            Rule { clauses }
        });
        let rules = rules.collect();
        problems.truncate(PROBLEMS_MAX);
        if problems.is_empty() {
            return Ok(model::Targeting { rules }.normalised());
        }
        Err(problems)
    }
}

impl TargetingRule {
    fn of(rule: &Rule) -> Self {
        let mut wire = Self::default();
        for clause in &rule.clauses {
            let side = match clause.sense {
                Sense::Include => &mut wire.include,
                Sense::Exclude => &mut wire.exclude,
            };
            let values = clause.values.iter().map(ToString::to_string).collect();
            side.insert(clause.dimension.to_string(), values);
        }
        wire
    }
}

fn read_clauses(
    side: &BTreeMap<String, Vec<String>>,
    sense: Sense,
    field: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Clause> {
    let word = match sense {
        Sense::Include => "include",
        Sense::Exclude => "exclude",
    };
    let mut clauses = Vec::new();
    for (name, texts) in side {
        let shown: String = name.chars().take(64).collect();
        let field = format!("{field}.{word}.{shown}");
        let dimension = match Dimension::parse(name) {
            Ok(dimension) => dimension,
            Err(error) => {
                problems.push(Problem::new(field, error.to_string()));
                continue;
            }
        };
        let mut values = Vec::with_capacity(texts.len());
        for (place, text) in texts.iter().enumerate() {
            match Value::parse(&dimension, text) {
                Ok(value) => values.push(value),
                Err(_one_of_too_many) if problems.len() > PROBLEMS_MAX => break,
                Err(error) => {
                    let field = format!("{field}[{place}]");
                    problems.push(Problem::new(field, error.to_string()));
                }
            }
        }
        clauses.push(Clause {
            dimension,
            sense,
            values,
        });
    }
    clauses
}

/// As people write it: `user:3/1h,10/7d`.
impl fmt::Display for Cap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.read("cap") {
            Ok(cap) => cap.fmt(f),
            // A newer server may know more.
            Err(_unknown) => f.write_str(&self.scope),
        }
    }
}

/// As people write it: `custom:500=700`.
impl fmt::Display for Pacing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.read("pacing") {
            Ok(pacing) => pacing.fmt(f),
            Err(_unknown) => f.write_str(&self.mode),
        }
    }
}

impl Cap {
    /// The wire form of a cap.
    pub fn of(cap: &model::Cap) -> Self {
        Self {
            scope: cap.scope.to_string(),
            fallback: cap.fallback.to_string(),
            windows: cap.windows.iter().copied().map(CapWindow::of).collect(),
        }
    }

    /// The wire form of several.
    pub fn of_all(caps: &[model::Cap]) -> Vec<Self> {
        caps.iter().map(Self::of).collect()
    }

    /// What a list of caps says, or everything that is wrong with it; `field` names the list.
    pub fn read_all(caps: &[Self], field: &str) -> Result<Vec<model::Cap>, Vec<Problem>> {
        if caps.len() > CAPS_MAX {
            let message = format!("has more than {CAPS_MAX} caps");
            return Err(vec![Problem::new(field, message)]);
        }
        let mut problems = Vec::new();
        let mut good = Vec::new();
        for (place, cap) in caps.iter().enumerate() {
            let field = format!("{field}[{place}]");
            match cap.read(&field) {
                Ok(cap) => good.push((field, cap)),
                Err(faults) => problems.extend(faults),
            }
        }
        if problems.is_empty() {
            return Ok(good.into_iter().map(|(_field, cap)| cap).collect());
        }
        // What can be read is judged too, in the same answer.
        for (field, cap) in good {
            cap.check(&field, &mut problems);
        }
        Err(problems)
    }

    fn read(&self, field: &str) -> Result<model::Cap, Vec<Problem>> {
        let mut problems = Vec::new();
        if self.windows.len() > WINDOWS_MAX {
            let message = format!("must have 1 to {WINDOWS_MAX} windows");
            return Err(vec![Problem::new(field, message)]);
        }
        let scope: Option<CapScope> = word(&self.scope, field, "scope", &mut problems);
        let fallback = word(&self.fallback, field, "fallback", &mut problems);
        let windows = self
            .windows
            .iter()
            .enumerate()
            .filter_map(|(place, window)| {
                let read = window.span(&format!("{field}.windows[{place}]"));
                let span = read.map_err(|problem| problems.push(problem)).ok()?;
                // What is too large stays too large.
                let max = u16::try_from(window.max).unwrap_or(u16::MAX);
                Some(model::CapWindow { max, span })
            });
        let windows: Vec<_> = windows.collect();
        match (scope, fallback) {
            (Some(scope), Some(fallback)) if problems.is_empty() => Ok(model::Cap {
                scope,
                windows,
                fallback,
            }),
            _ => Err(problems),
        }
    }
}

fn word<T: std::str::FromStr<Err: ToString>>(
    text: &str,
    field: &str,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let parsed: Result<T, _> = text.parse();
    let wrong = |error: T::Err| Problem::new(format!("{field}.{name}"), error.to_string());
    parsed.map_err(|error| problems.push(wrong(error))).ok()
}

impl CapWindow {
    fn of(window: model::CapWindow) -> Self {
        let plain = Self {
            max: window.max.into(),
            rolling_seconds: None,
            calendar: None,
            within: None,
        };
        match window.span {
            CapSpan::Rolling(seconds) => Self {
                rolling_seconds: Some(seconds),
                ..plain
            },
            CapSpan::Calendar(period) => Self {
                calendar: Some(period.to_string()),
                ..plain
            },
            CapSpan::Scope => Self {
                within: Some(SCOPE.to_owned()),
                ..plain
            },
        }
    }

    fn span(&self, field: &str) -> Result<CapSpan, Problem> {
        let fault = |name: &str, message: String| Problem::new(format!("{field}.{name}"), message);
        match (self.rolling_seconds, &self.calendar, &self.within) {
            (Some(seconds), None, None) => Ok(CapSpan::Rolling(seconds)),
            (None, Some(period), None) => period
                .parse()
                .map(CapSpan::Calendar)
                .map_err(|error: model::word::UnknownWord| fault("calendar", error.to_string())),
            (None, None, Some(within)) if within == SCOPE => Ok(CapSpan::Scope),
            (None, None, Some(_other)) => Err(fault("within", format!("can only be `{SCOPE}`"))),
            _ => Err(Problem::new(
                field,
                "has exactly one of rolling_seconds, calendar and within",
            )),
        }
    }
}

impl Pacing {
    /// The wire form of a pacing.
    pub fn of(pacing: &model::Pacing) -> Self {
        let knots = match pacing {
            model::Pacing::Custom(knots) => knots.as_slice(),
            model::Pacing::Asap | model::Pacing::Even | model::Pacing::FrontLoaded => &[],
        };
        Self {
            mode: pacing.as_str().to_owned(),
            knots: knots.iter().map(|k| [k.time, k.delivered]).collect(),
        }
    }

    /// What it says, or what is wrong with it; `field` names it.
    pub fn read(&self, field: &str) -> Result<model::Pacing, Vec<Problem>> {
        let plain = match self.mode.as_str() {
            "asap" => model::Pacing::Asap,
            "even" => model::Pacing::Even,
            "front_loaded" => model::Pacing::FrontLoaded,
            "custom" => {
                let knots = self.knots.iter();
                let knots = knots.map(|&[time, delivered]| Knot { time, delivered });
                return Ok(model::Pacing::Custom(knots.collect()));
            }
            other => {
                let other: String = other.chars().take(64).collect();
                let message = format!("`{other}` is not one of asap, even, front_loaded, custom");
                return Err(vec![Problem::new(format!("{field}.mode"), message)]);
            }
        };
        if self.knots.is_empty() {
            return Ok(plain);
        }
        let message = "belong to the mode `custom` only";
        Err(vec![Problem::new(format!("{field}.knots"), message)])
    }
}
