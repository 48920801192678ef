//! Where a campaign goes in its life: activate, pause, resume, complete; and copies of it.

use crate::api::{Campaign, CloneFields, StatusFields};
use crate::cli::catalog::{Deed, TargetArgs, each, pick, write};
use crate::cli::confirm::{Question, Weight};
use crate::cli::exit::Exit;
use crate::cli::failure::Outcome;
use crate::cli::session::Session;
use crate::client::{Call, Collection};

use super::CloneArguments;

/// A step in the life of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// From draft to active.
    Activate,
    /// From active to paused.
    Pause,
    /// From paused to active.
    Resume,
    /// To completed.
    Complete,
}

impl Step {
    const fn verb(self) -> &'static str {
        match self {
            Self::Activate => "activate",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Complete => "complete",
        }
    }

    const fn status(self) -> &'static str {
        match self {
            Self::Activate | Self::Resume => "active",
            Self::Pause => "paused",
            Self::Complete => "completed",
        }
    }

    /// Closing is the one step that ends delivery for good.
    const fn weight(self) -> Weight {
        match self {
            Self::Activate | Self::Pause | Self::Resume => Weight::Mild,
            Self::Complete => Weight::Moderate,
        }
    }
}

/// Takes a step with each campaign; goes on after a failure.
pub(super) async fn step(step: Step, args: &TargetArgs, session: &mut Session) -> Outcome {
    let picked = pick::<Campaign>(session, &args.pick).await?;
    let deed = Deed {
        verb: step.verb(),
        weight: step.weight(),
    };
    let fields = StatusFields {
        status: Some(step.status().to_owned()),
    };
    each::<Campaign>(
        session,
        (&picked, &args.write),
        deed,
        |target| {
            let entry = Collection::Campaigns.entry(&target.reference);
            Call::put(format!("{entry}/status")).json(&fields)
        },
        |one| format!("campaign {} ({}) is {}", one.name, one.id, one.status),
    )
    .await
}

/// Copies a campaign as a draft.
pub(super) async fn clone(args: CloneArguments, session: &mut Session) -> Outcome {
    let path = format!("{}/clone", Collection::Campaigns.entry(&args.reference));
    let call = Call::post(path).json(&CloneFields {
        name: Some(args.name.clone()),
    });
    let question = Question {
        weight: Weight::Mild,
        action: format!("clone campaign {}", args.reference),
        name: &args.reference,
        confirm: None,
    };
    let copy: Campaign = write(session, call, &question, args.trial.mode()).await?;
    let said = args.trial.said();
    session
        .out
        .note(&format!("{said}created draft {} ({})", copy.name, copy.id));
    session.out.report(&copy, std::slice::from_ref(&copy))?;
    Ok(Exit::Done)
}
