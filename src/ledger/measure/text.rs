//! The metrics in words, for help and docs.

use std::fmt::Write as _;

use super::{Measure, Unit};

/// A figure that stands beside reports and is no sum over a range: name, unit, formula, meaning.
const STANDING: (&str, Unit, &str, &str) = (
    "remaining_micros",
    Unit::Micros,
    "budget - charges",
    "What is left of the budget of a campaign over its whole life; of the campaign alone, in its analytics.",
);

/// Name, unit, formula and meaning of every metric, in order.
fn lines() -> impl Iterator<Item = (String, Unit, String, &'static str)> {
    let (name, unit, formula, about) = STANDING;
    let standing = (name.to_owned(), unit, formula.to_owned(), about);
    let line = |measure: Measure| {
        let name = match measure.also() {
            Some(also) => format!("{} ({also})", measure.name()),
            None => measure.name().to_owned(),
        };
        (name, measure.unit(), measure.formula(), measure.about())
    };
    Measure::all().map(line).chain([standing])
}

/// All metrics as `adctl help metrics` prints them.
pub fn help() -> String {
    let mut text = String::from(
        "What reports show. Each event counts once for each ad, in the UTC hour in which its report\n\
         came in. A name may be given in its short form, which stands behind it.\n\n",
    );
    for (name, unit, formula, about) in lines() {
        // Writing to a String cannot fail.
        let _written = writeln!(text, "  {name}  [{unit}]  {formula}\n      {about}");
    }
    text
}

/// All metrics as a page of Markdown.
pub fn document() -> String {
    let mut text = String::from(
        "# Metrics of reports\n\n\
         What `adctl stats`, `adctl analytics`, `adctl reports` and the API mean by each name. \
         Each event counts once for each ad, in the UTC hour in which its report came in. \
         Ratios are empty where nothing was counted below the line.\n\n\
         | name | unit | formula | meaning |\n|---|---|---|---|\n",
    );
    for (name, unit, formula, about) in lines() {
        let _written = writeln!(text, "| `{name}` | {unit} | {formula} | {about} |");
    }
    text
}
