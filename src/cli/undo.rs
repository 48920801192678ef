//! `adctl undo`: takes back a change.

use clap::Args;

use super::catalog::{TrialArgs, write};
use super::confirm::{Question, Weight};
use super::exit::Exit;
use super::failure::Outcome;
use super::session::Session;
use crate::api::{Operation, Page, UndoFields};
use crate::client::Call;

/// Which change to take back.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  adctl undo
  adctl undo op_51
  adctl undo op_51 --dry-run")]
pub(super) struct Arguments {
    /// The change, as adctl history names it; the latest that was not taken back unless given
    #[arg(value_name = "OP")]
    operation: Option<String>,
    #[command(flatten)]
    trial: TrialArgs,
}

/// Runs `adctl undo`.
pub(super) async fn run(args: Arguments, session: &mut Session) -> Outcome {
    let what = args
        .operation
        .as_deref()
        .unwrap_or("the latest change")
        .to_owned();
    let call = Call::post("/api/v1/undo").json(&UndoFields {
        operation: args.operation,
    });
    let question = Question {
        weight: Weight::Mild,
        action: format!("undo {what}"),
        name: &what,
        confirm: None,
    };
    let page: Page<Operation> = write(session, call, &question, args.trial.mode()).await?;
    for done in &page.items {
        session.out.note(&format!(
            "{}took back {}: {} {} ({})",
            args.trial.said(),
            done.undoes.as_deref().unwrap_or(&what),
            done.kind,
            done.subject_name,
            done.subject_id
        ));
    }
    session.out.list(&page.items)?;
    Ok(Exit::Done)
}
