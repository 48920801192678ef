//! The verbs that all nouns share: list, get, create, update, edit, delete.

mod args;
mod bulk;
mod pick;
pub(super) mod plain;
mod wait;

pub(super) use args::{
    CreateArgs, DeleteArgs, ListArgs, PageArgs, TargetArgs, TrialArgs, UpdateArgs, WriteArgs,
};
pub(super) use bulk::{Bulk, Deed, each};
pub(super) use pick::{PickArgs, Target, pick};
pub(super) use wait::{WaitArgs, wait};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::change::Change;
use super::confirm::{MANY, Question, Weight};
use super::editor;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::{Document, Source};
use super::output::Row;
use super::session::Session;
use crate::api;
use crate::client::{Call, Collection, DryRun};

/// Most rows that `--all` collects.
const LIST_ROWS_MAX: usize = 1_000_000;

/// A kind of thing in the catalog.
pub(super) trait Noun: Row + DeserializeOwned {
    /// Where it is found.
    const COLLECTION: Collection;
    /// What makes or edits it.
    type Fields: api::Input;

    /// Its name.
    fn name(&self) -> &str;
    /// Counts its changes.
    fn revision(&self) -> u32;
    /// What may be edited, as it is now.
    fn fields(&self) -> Self::Fields;
}

/// Prints a list of things with names; `call` has the filters.
pub(super) async fn list<T: Row + DeserializeOwned>(
    session: &mut Session,
    call: Call,
    args: &ListArgs,
    plural: &str,
) -> Outcome {
    let (sort, order) = match args.sort.as_deref() {
        None => (None, None),
        Some(field) => match field.strip_prefix('-') {
            Some(field) => (Some(field), Some("desc")),
            None => (Some(field), None),
        },
    };
    let call = call
        .with("search", args.search.as_ref())
        .with("sort", sort)
        .with("order", order);
    page::<T>(session, call, &args.page, plural).await
}

/// Prints one page, or all of them.
pub(super) async fn page<T: Row + DeserializeOwned>(
    session: &mut Session,
    call: Call,
    args: &PageArgs,
    plural: &str,
) -> Outcome {
    let limit = args.limit.or_else(|| args.all.then_some(api::PAGE_MAX));
    let first = call.with("limit", limit);
    let mut rows: Vec<T> = Vec::new();
    let mut cursor = args.cursor.clone();
    let total = loop {
        let call = first.clone().with("cursor", cursor.as_ref());
        let page: api::Page<T> = session.send(call).await?;
        rows.extend(page.items);
        cursor = page.next_cursor;
        if !args.all || cursor.is_none() {
            break page.total;
        }
        if rows.len() > LIST_ROWS_MAX {
            let message = format!("there are more than {LIST_ROWS_MAX} {plural}");
            return Err(Failure::usage(message).hint("filter, or go by pages with --cursor"));
        }
    };
    session.out.list(&rows)?;
    if rows.is_empty() {
        session.out.note(&format!("no {plural}"));
    } else if let Some(cursor) = cursor {
        let shown = rows.len();
        session.out.note(&format!(
            "showing {shown} of {total} {plural}; more with --all or --cursor {cursor}"
        ));
    }
    Ok(Exit::Done)
}

/// Prints one thing.
pub(super) async fn get<N: Noun>(session: &mut Session, reference: &str) -> Outcome {
    let found: N = session
        .send(Call::get(N::COLLECTION.entry(reference)))
        .await?;
    session.out.item(&found)?;
    Ok(Exit::Done)
}

/// The fields that a file gives to begin with; none without a file.
pub(super) fn base_fields<F: api::Input>(from: Option<&Source>) -> Result<F, Failure> {
    let Some(source) = from else {
        return Ok(F::default());
    };
    read_document(&source.document()?)
}

/// The fields in a document, or everything that is wrong with their shape.
pub(super) fn read_document<F: api::Input>(document: &Document) -> Result<F, Failure> {
    let value: Value = document.parse()?;
    api::read_fields(&value).map_err(|problems| Failure {
        problems: problems.into_iter().map(Into::into).collect(),
        ..Failure::invalid(format!("{} has wrong fields", document.name()))
    })
}

/// Makes a thing and prints it; with `--if-not-exists`, prints the one that has the name.
pub(super) async fn create<N: Noun>(
    session: &mut Session,
    fields: &N::Fields,
    name: Option<&str>,
    args: &CreateArgs,
) -> Outcome {
    let noun = N::COLLECTION.noun();
    let call = Call::post(N::COLLECTION.path()).json(fields);
    let question = Question {
        weight: Weight::Mild,
        action: format!("create {noun} {}", name.unwrap_or_default()),
        name: name.unwrap_or_default(),
        confirm: None,
    };
    let (made, what) = match write::<N>(session, call, &question, args.trial.mode()).await {
        Ok(made) => (made, format!("{}created", args.trial.said())),
        Err(refused) => match (args.if_not_exists, name) {
            (true, Some(name)) if refused.exit == Exit::Conflict => {
                // The conflict may be about something else than the name.
                let found = session.send(Call::get(N::COLLECTION.entry(name))).await;
                (
                    found.map_err(|_missing| refused)?,
                    "there is already".to_owned(),
                )
            }
            _ => return Err(refused),
        },
    };
    session
        .out
        .note(&format!("{what} {noun} {} ({})", made.name(), made.id()));
    session.out.report(&made, std::slice::from_ref(&made))?;
    Ok(Exit::Done)
}

/// Changes things and prints what they are now: of one, the difference as prose.
pub(super) async fn update<N: Noun>(
    session: &mut Session,
    which: &PickArgs,
    fields: &N::Fields,
    args: &WriteArgs,
) -> Outcome {
    let given = serde_json::to_value(fields).unwrap_or_default();
    if given.as_object().is_none_or(serde_json::Map::is_empty) {
        return Err(Failure::usage("nothing to change was given")
            .hint(format!("adctl {} update --help", N::COLLECTION.plural())));
    }
    let Some(reference) = which.only() else {
        return update_each::<N>(session, which, (fields, &given), args).await;
    };
    let before: N = session
        .send(Call::get(N::COLLECTION.entry(reference)))
        .await?;
    change(session, &before, fields, args).await
}

/// Changes several things alike.
async fn update_each<N: Noun>(
    session: &mut Session,
    which: &PickArgs,
    (fields, given): (&N::Fields, &Value),
    args: &WriteArgs,
) -> Outcome {
    if given.get("name").is_some() {
        let plural = N::COLLECTION.plural();
        let message = format!("several {plural} cannot have the same name");
        return Err(Failure::usage(message).hint("rename one at a time"));
    }
    let picked = pick::<N>(session, which).await?;
    let deed = Deed {
        verb: "update",
        weight: Weight::Mild,
    };
    each::<N>(
        session,
        (&picked, args),
        deed,
        |target| Call::patch(N::COLLECTION.entry(&target.reference)).json(fields),
        |after| {
            format!(
                "updated {} {} ({})",
                N::COLLECTION.noun(),
                after.name(),
                after.id()
            )
        },
    )
    .await
}

/// Changes a thing in an editor.
pub(super) async fn edit<N: Noun>(
    session: &mut Session,
    reference: &str,
    args: &WriteArgs,
) -> Outcome {
    let before: N = session
        .send(Call::get(N::COLLECTION.entry(reference)))
        .await?;
    let Some(edited) = editor::edit(&session.environment, &before.fields(), before.name())? else {
        session.out.note("nothing was changed");
        return Ok(Exit::Done);
    };
    // Somebody else may have changed it while the editor was open.
    let args = WriteArgs {
        if_match: args.if_match.or_else(|| Some(before.revision())),
        trial: args.trial.clone(),
    };
    let applied = change(session, &before, &edited.fields, &args).await;
    edited.settle(applied)
}

async fn change<N: Noun>(
    session: &mut Session,
    before: &N,
    fields: &N::Fields,
    args: &WriteArgs,
) -> Outcome {
    let noun = N::COLLECTION.noun();
    let call = Call::patch(N::COLLECTION.entry(before.id()))
        .json(fields)
        .if_revision(args.if_match);
    let question = Question {
        weight: Weight::Mild,
        action: format!("update {noun} {}", before.name()),
        name: before.name(),
        confirm: None,
    };
    let after: N = write(session, call, &question, args.trial.mode()).await?;
    let said = args.trial.said();
    session.out.note(&format!(
        "{said}updated {noun} {} ({})",
        after.name(),
        after.id()
    ));
    for line in difference(&before.fields(), &after.fields()) {
        session.out.note(&line);
    }
    session.out.report(&after, std::slice::from_ref(&after))?;
    Ok(Exit::Done)
}

/// Asks where that is due, then writes, or tries it out.
pub(super) async fn write<T: DeserializeOwned>(
    session: &mut Session,
    call: Call,
    question: &Question<'_>,
    dry_run: DryRun,
) -> Result<T, Failure> {
    if dry_run == DryRun::Yes {
        return session.send(call.dry_run(DryRun::Yes)).await;
    }
    session.confirm(question)?;
    session.write(call).await
}

/// The fields that differ, one a line.
fn difference(before: &impl Serialize, after: &impl Serialize) -> Vec<String> {
    let (before, after) = (serde_json::to_value(before), serde_json::to_value(after));
    let (Ok(before), Ok(Value::Object(after))) = (before, after) else {
        return Vec::new();
    };
    let changed = after.iter().filter_map(|(name, now)| {
        let was = before.get(name).unwrap_or(&Value::Null);
        (was != now).then(|| format!("  {name}: {was} → {now}"))
    });
    changed.collect()
}

/// Removes things, one after the other; goes on after a failure.
pub(super) async fn delete<N: Noun>(
    session: &mut Session,
    weight: Weight,
    args: &DeleteArgs,
) -> Outcome {
    let write = &args.target.write;
    let mut bulk = Bulk::default();
    let picked = pick::<N>(session, &args.target.pick).await?;
    let found = find_all::<N>(session, &picked, &mut bulk).await?;
    if write.trial.mode() == DryRun::No {
        confirm_delete(session, &found, weight, args.confirm.as_deref())?;
    }
    let noun = N::COLLECTION.noun();
    for thing in &found {
        let (id, name) = (thing.id(), thing.name());
        let call = Call::delete(N::COLLECTION.entry(id))
            .if_revision(write.if_match)
            .dry_run(write.trial.mode());
        match session.write::<Value>(call).await {
            Ok(_gone) => {
                session.out.note(&format!(
                    "{}deleted {noun} {name} ({id})",
                    write.trial.said()
                ));
                bulk.done.push(Change {
                    action: "deleted",
                    kind: noun,
                    id: id.to_owned(),
                    name: name.to_owned(),
                });
            }
            Err(failure) => bulk.fail(session, name, failure)?,
        }
    }
    bulk.finish(session)
}

async fn find_all<N: Noun>(
    session: &mut Session,
    picked: &[Target],
    bulk: &mut Bulk<Change>,
) -> Result<Vec<N>, Failure> {
    let mut found = Vec::new();
    for target in picked {
        let call = Call::get(N::COLLECTION.entry(&target.reference));
        match session.send(call).await {
            Ok(thing) => found.push(thing),
            Err(failure) => bulk.fail(session, &target.name, failure)?,
        }
    }
    Ok(found)
}

fn confirm_delete<N: Noun>(
    session: &mut Session,
    found: &[N],
    weight: Weight,
    confirm: Option<&str>,
) -> Result<(), Failure> {
    let Some(first) = found.first() else {
        return Ok(());
    };
    let action = match found.len() {
        1 => format!(
            "delete {} {} ({})",
            N::COLLECTION.noun(),
            first.name(),
            first.id()
        ),
        count => {
            let plural = N::COLLECTION.plural();
            format!(
                "delete {count} {plural}, the first of them {}",
                first.name()
            )
        }
    };
    session.confirm(&Question {
        weight: if found.len() > MANY {
            Weight::Severe
        } else {
            weight
        },
        action,
        name: first.name(),
        confirm,
    })
}
