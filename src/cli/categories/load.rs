//! `adctl categories load`: a taxonomy from a file with separated columns.

use clap::{Args, ValueEnum};

use crate::api::{CategoryFields, FieldProblem, TaxonomyFields, TaxonomyOutcome};
use crate::cli::catalog::{TrialArgs, write};
use crate::cli::confirm::{Question, Weight};
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::input::Source;
use crate::cli::output::{Column, Row, Value};
use crate::cli::session::Session;
use crate::client::Call;

/// Lines in which the titles are looked for.
const TITLE_LINES: usize = 5;
/// The titles of our own files, and those of the IAB's.
const CODE: &[&str] = &["code", "unique id"];
const NAME: &[&str] = &["name"];
const PARENT: &[&str] = &["parent", "parent id"];

/// Which file, and what its columns are.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// TSV or CSV file, or `-` for standard input
    #[arg(value_name = "FILE|-")]
    file: Source,
    /// Title of the column with the codes
    #[arg(long, value_name = "TITLE")]
    code: Option<String>,
    /// Title of the column with the names
    #[arg(long, value_name = "TITLE")]
    name: Option<String>,
    /// Title of the column with the codes of parents
    #[arg(long, value_name = "TITLE")]
    parent: Option<String>,
    /// What stands between columns; found out unless given
    #[arg(long, value_name = "WORD")]
    separator: Option<Separator>,
    #[command(flatten)]
    trial: TrialArgs,
}

/// What stands between columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Separator {
    /// TSV
    Tab,
    /// CSV
    Comma,
    /// CSV of countries that write decimals with a comma
    Semicolon,
}

impl Separator {
    const fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Comma => b',',
            Self::Semicolon => b';',
        }
    }

    /// The one that the first lines have most of.
    fn guess(text: &str) -> Self {
        let head = text.lines().take(TITLE_LINES);
        let head: String = head.collect::<Vec<_>>().join("\n");
        let count = |separator: &Self| {
            let byte = separator.byte();
            head.bytes().filter(|found| *found == byte).count()
        };
        // Of equals the last wins.
        let all = [Self::Semicolon, Self::Comma, Self::Tab];
        all.into_iter().max_by_key(count).unwrap_or(Self::Tab)
    }
}

/// Loads the file in one go.
pub(super) async fn run(args: &Arguments, session: &mut Session) -> Outcome {
    let text = args.file.read()?;
    let categories = read(&text, args).map_err(|problems| Failure {
        problems: problems.into(),
        ..Failure::invalid(format!("{} is no taxonomy", args.file))
    })?;
    let count = categories.len();
    let fields = TaxonomyFields {
        categories: Some(categories),
    };
    let question = Question {
        weight: Weight::Mild,
        action: format!("load {count} categories"),
        name: "",
        confirm: None,
    };
    let call = Call::post("/api/v2/taxonomy").json(&fields);
    let outcome: TaxonomyOutcome = write(session, call, &question, args.trial.mode()).await?;
    session.out.note(&format!(
        "{}created {}, updated {}, as they were {}",
        args.trial.said(),
        outcome.created,
        outcome.updated,
        outcome.unchanged
    ));
    session
        .out
        .report(&outcome, std::slice::from_ref(&outcome))?;
    Ok(Exit::Done)
}

/// Where the columns are.
struct Columns {
    code: usize,
    name: Option<usize>,
    parent: Option<usize>,
}

fn read(text: &str, args: &Arguments) -> Result<Vec<CategoryFields>, Vec<FieldProblem>> {
    let separator = args.separator.unwrap_or_else(|| Separator::guess(text));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.byte())
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut columns = None;
    let mut categories = Vec::new();
    let mut problems = Vec::new();
    for (place, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => return Err(vec![problem(&format!("line {}", place + 1), &error)]),
        };
        let Some(columns) = &columns else {
            columns = titles(&record, args);
            if columns.is_none() && place + 1 >= TITLE_LINES {
                break;
            }
            continue;
        };
        match category(&record, columns) {
            Ok(category) => categories.extend(category),
            Err(message) => {
                let line = record.position().map_or(0, csv::Position::line);
                problems.push(problem(&format!("line {line}"), &message));
            }
        }
    }
    if columns.is_none() {
        let message = "there is no column of codes in the first lines; name the columns with \
                       --code, --name and --parent";
        problems.push(problem("titles", &message));
    }
    if problems.is_empty() {
        return Ok(categories);
    }
    Err(problems)
}

fn problem(field: &str, message: &impl ToString) -> FieldProblem {
    FieldProblem {
        field: field.to_owned(),
        message: message.to_string(),
    }
}

/// The places of the columns, if this line has their titles: all that were named, and that of the
/// codes in any case.
fn titles(record: &csv::StringRecord, args: &Arguments) -> Option<Columns> {
    let find = |wanted: &Option<String>, usual: &[&str]| {
        let is_title = |title: &str| match wanted {
            Some(wanted) => title.eq_ignore_ascii_case(wanted.trim()),
            None => usual.iter().any(|usual| title.eq_ignore_ascii_case(usual)),
        };
        record.iter().position(is_title)
    };
    let columns = Columns {
        code: find(&args.code, CODE)?,
        name: find(&args.name, NAME),
        parent: find(&args.parent, PARENT),
    };
    let is_missing =
        |wanted: &Option<String>, found: Option<usize>| wanted.is_some() && found.is_none();
    let incomplete =
        is_missing(&args.name, columns.name) || is_missing(&args.parent, columns.parent);
    (!incomplete).then_some(columns)
}

/// The category of a line; none for a blank one.
fn category(
    record: &csv::StringRecord,
    columns: &Columns,
) -> Result<Option<CategoryFields>, &'static str> {
    if record.iter().all(str::is_empty) {
        return Ok(None);
    }
    let field = |place: usize| record.get(place).filter(|text| !text.is_empty());
    let code = field(columns.code).ok_or("has no code")?;
    let name = columns.name.and_then(field).map(str::to_owned);
    let parent = columns.parent.map(|place| field(place).map(str::to_owned));
    Ok(Some(CategoryFields {
        code: Some(code.to_owned()),
        name,
        parent,
        ..CategoryFields::default()
    }))
}

impl Row for TaxonomyOutcome {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("created", "CREATED", |row| Value::Count(row.created.into())),
        Column::shown("updated", "UPDATED", |row| Value::Count(row.updated.into())),
        Column::shown("unchanged", "UNCHANGED", |row| {
            Value::Count(row.unchanged.into())
        }),
    ];

    fn id(&self) -> &'static str {
        "taxonomy"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments() -> Arguments {
        use clap::Parser as _;
        #[derive(Debug, clap::Parser)]
        struct Line {
            #[command(flatten)]
            arguments: Arguments,
        }
        Line::try_parse_from(["load", "-"]).unwrap().arguments
    }

    fn told(text: &str, args: &Arguments) -> Vec<String> {
        match read(text, args) {
            Ok(all) => all
                .into_iter()
                .map(|one| {
                    let parent = one.parent.map(Option::unwrap_or_default);
                    format!(
                        "{}|{}|{}",
                        one.code.unwrap(),
                        one.name.unwrap_or_else(|| "-".to_owned()),
                        parent.unwrap_or_else(|| "-".to_owned())
                    )
                })
                .collect(),
            Err(problems) => problems.into_iter().map(|one| one.field).collect(),
        }
    }

    #[test]
    fn files_of_ours_and_of_the_iab_are_read() {
        let plain = arguments();
        for (text, expected) in [
            (
                "code,name,parent\na,Autos,\na1,\"Cars, new\",a\n",
                vec!["a|Autos|", "a1|Cars, new|a"],
            ),
            ("CODE;NAME\na;Autos\n", vec!["a|Autos|-"]),
            ("\u{feff}code\r\na\r\n\r\nb\r\n", vec!["a|-|-", "b|-|-"]),
            (
                "Relational ID System\t\t\tTiers\t\nUnique ID\tParent\tName\tTier 1\tTier 2\n\
                 150\t\tAttractions\tAttractions\t\n151\t150\tParks \tAttractions\tParks\n",
                vec!["150|Attractions|", "151|Parks|150"],
            ),
            ("code,name\n,nameless\n", vec!["line 2"]),
            ("a,b\nc,d\n", vec!["titles"]),
            ("", vec!["titles"]),
        ] {
            assert_eq!(told(text, &plain), expected, "{text}");
        }
    }

    #[test]
    fn columns_may_be_named() {
        let named = Arguments {
            code: Some("Key".to_owned()),
            parent: Some("above".to_owned()),
            ..arguments()
        };
        let text = "key,name,Above\nx,Ex,\ny,Why,x\n";
        assert_eq!(told(text, &named), ["x|Ex|", "y|Why|x"]);
        assert_eq!(told("key,name\nx,Ex\n", &named), ["titles"]);
    }
}
