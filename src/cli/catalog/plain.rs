//! The commands of a noun that has no verbs but those that all nouns share: each noun adds its
//! flags, its filters and its words.

use std::fmt::Debug;

use clap::{Args, Subcommand};

use super::{
    CreateArgs, DeleteArgs, ListArgs, Noun, PickArgs, UpdateArgs, WaitArgs, WriteArgs, base_fields,
    create, delete, edit, get, list, update, wait,
};
use crate::cli::confirm::Weight;
use crate::cli::failure::Outcome;
use crate::cli::session::Session;
use crate::client::Call;

/// A noun with the shared verbs.
pub(in crate::cli) trait Plain: Noun + Debug {
    /// Its fields as flags.
    type Flags: Args + Flags<Self::Fields>;
    /// What its lists can be narrowed to, beside what all lists can.
    type Filters: Args + Filters;
    /// How its commands are explained.
    const TEXTS: Texts;
    /// How much is lost with one.
    const DELETE: Weight = Weight::Moderate;
}

/// Fields as flags.
pub(in crate::cli) trait Flags<F>: Debug {
    /// The flags before the fields of a file; `name` is what it is to be called.
    fn over(self, base: F, name: Option<String>) -> F;
    /// What it is to be called, as the fields say.
    fn name(fields: &F) -> Option<&str>;
}

/// What lists can be narrowed to.
pub(in crate::cli) trait Filters: Debug {
    /// The call with what was asked for.
    fn narrow(self, call: Call) -> Call;
}

impl Filters for () {
    fn narrow(self, call: Call) -> Call {
        call
    }
}

/// How the commands of a noun are explained: a line and examples for each verb.
#[derive(Debug)]
pub(in crate::cli) struct Texts {
    /// What a name of it is.
    pub(in crate::cli) name: &'static str,
    /// How it is referred to.
    pub(in crate::cli) reference: &'static str,
    pub(in crate::cli) list: Explained,
    pub(in crate::cli) get: Explained,
    pub(in crate::cli) create: Explained,
    pub(in crate::cli) update: Explained,
    pub(in crate::cli) edit: Explained,
    pub(in crate::cli) delete: Explained,
}

/// One line, and examples.
pub(in crate::cli) type Explained = (&'static str, &'static str);

/// What to do with things of a kind.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command<N: Plain> {
    #[command(about = N::TEXTS.list.0, after_long_help = N::TEXTS.list.1)]
    List(ListOf<N>),
    #[command(about = N::TEXTS.get.0, after_long_help = N::TEXTS.get.1)]
    Get {
        #[arg(value_name = "ID|NAME", help = N::TEXTS.reference)]
        reference: String,
    },
    #[command(about = N::TEXTS.create.0, after_long_help = N::TEXTS.create.1)]
    Create(Box<CreateOf<N>>),
    #[command(about = N::TEXTS.update.0, after_long_help = N::TEXTS.update.1)]
    Update(Box<UpdateOf<N>>),
    #[command(about = N::TEXTS.edit.0, after_long_help = N::TEXTS.edit.1)]
    Edit {
        #[arg(value_name = "ID|NAME", help = N::TEXTS.reference)]
        reference: String,
        #[command(flatten)]
        write: WriteArgs,
    },
    /// Wait until one is as it is wanted, for --timeout at most
    #[command(after_long_help = wait_examples(N::COLLECTION.plural()))]
    Wait(WaitArgs),
    #[command(about = N::TEXTS.delete.0, after_long_help = N::TEXTS.delete.1)]
    Delete(DeleteArgs),
}

/// How things of a kind are waited for.
fn wait_examples(plural: &str) -> String {
    format!(
        "Examples:
  adctl {plural} wait NAME --for deleted
  adctl {plural} wait NAME --for revision=2 --timeout 10m

Ends with exit code 7 when the time is over, with the last state as the answer."
    )
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ListOf<N: Plain> {
    #[command(flatten)]
    filters: N::Filters,
    #[command(flatten)]
    shared: ListArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CreateOf<N: Plain> {
    // Beside a flag `--name`, which some nouns have.
    #[arg(id = "called", value_name = "NAME", help = N::TEXTS.name)]
    name: Option<String>,
    #[command(flatten)]
    fields: N::Flags,
    #[command(flatten)]
    shared: CreateArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UpdateOf<N: Plain> {
    #[command(flatten)]
    which: PickArgs,
    /// Its new name
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    #[command(flatten)]
    fields: N::Flags,
    #[command(flatten)]
    shared: UpdateArgs,
}

/// Runs a command about things of a kind.
pub(in crate::cli) async fn run<N: Plain>(command: Command<N>, session: &mut Session) -> Outcome {
    match command {
        Command::List(args) => {
            let call = args.filters.narrow(Call::get(N::COLLECTION.path()));
            list::<N>(session, call, &args.shared, N::COLLECTION.plural()).await
        }
        Command::Get { reference } => get::<N>(session, &reference).await,
        Command::Create(args) => {
            let base = base_fields(args.shared.from.as_ref())?;
            let fields = args.fields.over(base, args.name);
            let name = N::Flags::name(&fields);
            create::<N>(session, &fields, name, &args.shared).await
        }
        Command::Update(args) => {
            let base = base_fields(args.shared.from.as_ref())?;
            let fields = args.fields.over(base, args.rename);
            update::<N>(session, &args.which, &fields, &args.shared.write).await
        }
        Command::Edit { reference, write } => edit::<N>(session, &reference, &write).await,
        Command::Wait(args) => wait::<N>(session, &args).await,
        Command::Delete(args) => delete::<N>(session, N::DELETE, &args).await,
    }
}
