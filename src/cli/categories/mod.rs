//! `adctl categories`: what keeps rivals apart.

mod load;
mod tree;

use clap::{Args, Subcommand};

use super::catalog::Noun;
use super::catalog::plain::{self, Filters, Flags, Plain, Texts};
use super::failure::Outcome;
use super::input::{Clearable, clearable, parse_clearable_span};
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::{Category, CategoryFields};
use crate::client::{Call, Collection};

/// What to do with categories.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(flatten)]
    Plain(plain::Command<Category>),
    /// Show the tree of categories, or what is below one
    #[command(after_long_help = "Examples:
  adctl categories tree
  adctl categories tree IAB2
  adctl categories tree -o json")]
    Tree(tree::Arguments),
    /// Load a taxonomy from a TSV or CSV file: make what is missing, change what differs
    #[command(after_long_help = "Examples:
  adctl categories load categories.csv --dry-run
  adctl categories load taxonomy.tsv --code key --parent above --name label
  adctl categories load - --separator tab < taxonomy.tsv

Columns are found by their titles, whatever the case: `code`, `name` and `parent`, or `Unique ID`,
`Name` and `Parent` as in the files of the IAB. A line above the titles is passed over. All of it
is loaded or nothing, and a second time changes nothing.")]
    Load(load::Arguments),
}

/// Runs a command about categories.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::Plain(command) => plain::run(command, session).await,
        Command::Tree(arguments) => tree::run(&arguments, session).await,
        Command::Load(arguments) => load::run(&arguments, session).await,
    }
}

#[derive(Debug, Args)]
pub(super) struct CategoryFilters {
    /// Only those right below this one, by id or code
    #[arg(long, value_name = "ID|CODE")]
    parent: Option<String>,
}

impl Filters for CategoryFilters {
    fn narrow(self, call: Call) -> Call {
        call.with("parent", self.parent)
    }
}

#[derive(Debug, Args)]
pub(super) struct CategoryFlags {
    /// Its name for people; the code unless given
    #[arg(long)]
    name: Option<String>,
    /// Code of the category it is part of, or `none`
    #[arg(long, value_name = "CODE")]
    parent: Option<String>,
    /// Never put two ads of it, or of anything below it, into one pod
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    exclusive: Option<bool>,
    /// Least time between two ads of it, or of anything below it, such as 60s, or `none`
    #[arg(long, value_name = "TIME", value_parser = parse_clearable_span)]
    separation: Option<Clearable<u64>>,
}

impl Flags<CategoryFields> for CategoryFlags {
    fn over(self, base: CategoryFields, code: Option<String>) -> CategoryFields {
        CategoryFields {
            code: code.or(base.code),
            name: self.name.or(base.name),
            parent: self.parent.map(clearable).or(base.parent),
            exclusive: self.exclusive.or(base.exclusive),
            separation_ms: self
                .separation
                .map(Clearable::into_option)
                .or(base.separation_ms),
        }
    }

    fn name(fields: &CategoryFields) -> Option<&str> {
        fields.code.as_deref()
    }
}

impl Plain for Category {
    type Flags = CategoryFlags;
    type Filters = CategoryFilters;

    const TEXTS: Texts = Texts {
        name: "Its code, by which campaigns name it",
        reference: "Id or code",
        list: (
            "Show categories",
            "Examples:
  adctl categories list --search football
  adctl categories list --parent IAB2 -o csv",
        ),
        get: (
            "Show one category",
            "Examples:
  adctl categories get IAB2-3
  adctl categories get cat_1 -o yaml",
        ),
        create: (
            "Create a category",
            "Examples:
  adctl categories create auto --name Automotive --exclusive
  adctl categories create auto.luxury --parent auto --separation 60s",
        ),
        update: (
            "Change fields of a category",
            "Examples:
  adctl categories update auto --exclusive=false
  adctl categories update auto.luxury --parent none --dry-run",
        ),
        edit: (
            "Change a category in your editor",
            "Examples:
  adctl categories edit auto
  EDITOR=nano adctl categories edit cat_1",
        ),
        delete: (
            "Delete categories that are not used",
            "Examples:
  adctl categories delete auto.luxury --yes
  adctl categories delete auto --dry-run",
        ),
    };
}

impl Noun for Category {
    const COLLECTION: Collection = Collection::Categories;
    type Fields = CategoryFields;

    #[expect(
        clippy::misnamed_getters,
        reason = "others know a category by its code; its name is for people"
    )]
    fn name(&self) -> &str {
        &self.code
    }

    fn revision(&self) -> u32 {
        self.revision
    }

    fn fields(&self) -> CategoryFields {
        CategoryFields {
            code: Some(self.code.clone()),
            name: Some(self.name.clone()),
            parent: Some(self.parent.clone()),
            exclusive: Some(self.exclusive),
            separation_ms: Some(self.separation_ms),
        }
    }
}

impl Row for Category {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("code", "CODE", |row| Value::text(&row.code)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("parent", "PARENT", |row| {
            Value::of(row.parent.as_deref(), Value::text)
        }),
        Column::shown("exclusive", "EXCLUSIVE", |row| {
            Value::Word(if row.exclusive { "true" } else { "false" })
        }),
        Column::shown("separation_ms", "SEPARATION", |row| {
            Value::of(row.separation_ms, Value::Span)
        }),
        Column::wide("updated_at", "UPDATED", |row| Value::Ago(&row.updated_at)),
        Column::wide("created_at", "CREATED", |row| {
            Value::Instant(&row.created_at)
        }),
        Column::wide("revision", "REVISION", |row| {
            Value::Count(row.revision.into())
        }),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
