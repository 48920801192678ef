//! Brings the catalogs of tenants to what files say: asks first what would become of each thing,
//! sends the films that are missing, and then has all of a tenant done at once, or nothing.

use std::collections::HashMap;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::faults::{faults_of, told};
use super::films::{self, Films};
use super::plan::{Fault, Moment, Plan, plan};
use super::source::{Group, Loaded, by_tenant, refused};
use crate::api::{ApplyReport, DeclaredChange, Tenant, TenantFields};
use crate::cli::confirm::{Question, Weight};
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::streams::asked_zone;
use crate::client::{Call, Client, Collection, DryRun};

/// How it is to be done.
#[derive(Debug, Clone)]
pub(in crate::cli) struct How {
    /// Whether anything is written.
    pub(in crate::cli) mode: DryRun,
    /// What is done with things that are there.
    pub(in crate::cli) existing: Existing,
    /// The revision that the catalog must have.
    pub(in crate::cli) if_match: Option<u32>,
    /// Where films are that files name by their content alone.
    pub(in crate::cli) media: Option<PathBuf>,
}

/// What is done with things that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Existing {
    /// They are brought to what the files say.
    Change,
    /// They stay as they are.
    Keep,
}

/// What became of one tenant, or would.
#[derive(Debug, Clone, Serialize)]
pub(in crate::cli) struct Brought {
    /// Its name.
    pub(in crate::cli) tenant: String,
    #[serde(flatten)]
    pub(in crate::cli) report: ApplyReport,
}

impl Brought {
    /// What is not as it was.
    pub(in crate::cli) fn changed(&self) -> impl Iterator<Item = &DeclaredChange> {
        let changes = self.report.changes.iter();
        changes.filter(|change| change.action != "none")
    }
}

/// A tenant on its way.
struct Work {
    group: Group,
    /// The tenant, if it is there.
    found: Option<Tenant>,
    plan: Plan,
}

/// Brings everything to what the files say; what became of each tenant, in the order of files.
pub(in crate::cli) async fn bring(
    session: &mut Session,
    mut files: Vec<Loaded>,
    how: &How,
) -> Result<Vec<Brought>, Failure> {
    let groups = by_tenant(&mut files);
    if how.if_match.is_some() && groups.len() > 1 {
        return Err(Failure::usage("--if-match is for files of one tenant"));
    }
    let mut works = Vec::new();
    let mut faults = Vec::new();
    let mut hashes = Films::default();
    for group in groups {
        let found = find(session, &group).await?;
        let moment = moment(session, &group, found.as_ref())?;
        let plan = plan(&group, &files, (&moment, &mut hashes), &mut faults);
        works.push(Work { group, found, plan });
    }
    if !faults.is_empty() {
        return Err(refused(&files, &faults));
    }
    if let Some(folder) = &how.media {
        let known = hashes.folder(folder)?;
        for work in &mut works {
            work.plan.films.extend(known.clone());
        }
    }
    // Everything is judged before anything is written.
    let mut judged = Vec::new();
    for work in &works {
        judged.push(judge(session, work, how, &mut faults).await?);
    }
    if !faults.is_empty() {
        return Err(refused(&files, &faults));
    }
    if how.mode == DryRun::Yes {
        return Ok(judged);
    }
    confirm(session, &judged)?;
    let mut brought = Vec::new();
    for (work, judged) in works.into_iter().zip(judged) {
        if judged.changed().next().is_none() {
            brought.push(judged);
            continue;
        }
        let missing = judged.report.missing_media;
        brought.push(write(session, (work, missing), (how, &files)).await?);
    }
    Ok(brought)
}

/// The tenant of a group. One that is named and not there is none; who names none means his own.
async fn find(session: &mut Session, group: &Group) -> Result<Option<Tenant>, Failure> {
    let Some(name) = &group.name else {
        return session.tenant().await.map(Some);
    };
    let client = session.client()?;
    let call = Call::get(Collection::Tenants.entry(name));
    match client.send::<Tenant>(call).await {
        Ok(found) => Ok(Some(found.value)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The present, and the zone of times: the one asked for, else what the file says of the tenant,
/// else what the tenant has.
fn moment(session: &Session, group: &Group, found: Option<&Tenant>) -> Result<Moment, Failure> {
    let named = group.timezone.as_deref();
    let named = named.or(found.map(|tenant| tenant.timezone.as_str()));
    let known = named.and_then(|name| TimeZone::get(name).ok());
    let asked = asked_zone(&session.globals.format)?;
    Ok(Moment {
        now: session.now(),
        zone: asked.or(known).unwrap_or(TimeZone::UTC),
    })
}

/// What would become of everything in a tenant.
async fn judge(
    session: &mut Session,
    work: &Work,
    how: &How,
    faults: &mut Vec<Fault>,
) -> Result<Brought, Failure> {
    let Some(tenant) = &work.found else {
        return Ok(all_new(work));
    };
    let client = session.client()?.for_tenant(&tenant.id);
    let call = apply_call(work, how).dry_run(DryRun::Yes);
    let report = match client.send::<ApplyReport>(call).await {
        Ok(report) => report.value,
        Err(error) => {
            faults.extend(faults_of(error, &work.plan)?);
            nothing()
        }
    };
    if faults.is_empty() {
        check_films(&report.missing_media, &work.plan.films)?;
    }
    Ok(Brought {
        tenant: tenant.name.clone(),
        report,
    })
}

const fn nothing() -> ApplyReport {
    ApplyReport {
        base_revision: 0,
        revision: 0,
        changes: Vec::new(),
        missing_media: Vec::new(),
    }
}

/// What becomes of a tenant that is not there: all of it is new.
fn all_new(work: &Work) -> Brought {
    let name = work.group.name.clone().unwrap_or_default();
    let new = |kind: &str, name: Option<&String>, campaign: Option<&String>| DeclaredChange {
        action: "create".to_owned(),
        kind: kind.to_owned(),
        id: String::new(),
        name: name.cloned().unwrap_or_default(),
        campaign: campaign.cloned(),
        before: None,
        after: None,
    };
    let catalog = &work.plan.catalog;
    let mut changes = vec![new("tenant", Some(&name), None)];
    let names = catalog.advertisers.iter().map(|one| one.name.as_ref());
    changes.extend(names.map(|name| new("advertiser", name, None)));
    let codes = catalog.categories.iter().map(|one| one.code.as_ref());
    changes.extend(codes.map(|code| new("category", code, None)));
    let names = catalog.pods.iter().map(|one| one.name.as_ref());
    changes.extend(names.map(|name| new("pod", name, None)));
    let names = catalog.channels.iter().map(|one| one.name.as_ref());
    changes.extend(names.map(|name| new("channel", name, None)));
    let names = catalog.orders.iter().map(|one| one.name.as_ref());
    changes.extend(names.map(|name| new("order", name, None)));
    for one in &catalog.campaigns {
        let campaign = one.fields.name.as_ref();
        changes.push(new("campaign", campaign, None));
        let names = one.creatives.iter().map(|one| one.fields.name.as_ref());
        changes.extend(names.map(|name| new("creative", name, campaign)));
    }
    Brought {
        tenant: name,
        report: ApplyReport {
            changes,
            ..nothing()
        },
    }
}

fn apply_call(work: &Work, how: &How) -> Call {
    let mut catalog = work.plan.catalog.clone();
    let group = &work.group;
    if group.name.is_some() {
        catalog.tenant = Some(TenantFields {
            name: None,
            timezone: group.timezone.clone(),
            currency: group.currency.clone(),
            quota_rps: None,
        });
    }
    let existing = match how.existing {
        Existing::Change => None,
        Existing::Keep => Some("keep"),
    };
    Call::post("/api/v1/apply")
        .with("existing", existing)
        .if_revision(how.if_match)
        .json(&catalog)
}

/// One question for all of it.
fn confirm(session: &mut Session, judged: &[Brought]) -> Result<(), Failure> {
    let count: usize = judged.iter().map(|one| one.changed().count()).sum();
    if count == 0 {
        return Ok(());
    }
    let name = judged.first().map_or("", |one| one.tenant.as_str());
    session.confirm(&Question {
        weight: Weight::Mild,
        action: format!("apply {count} changes"),
        name,
        confirm: None,
    })
}

/// Makes the tenant where it is missing, sends the films that are, and has the rest done at once.
async fn write(
    session: &mut Session,
    (mut work, mut missing): (Work, Vec<String>),
    (how, files): (&How, &[Loaded]),
) -> Result<Brought, Failure> {
    let mut made = Vec::new();
    let tenant = if let Some(tenant) = work.found.take() {
        tenant
    } else {
        let tenant = make_tenant(session, &work.group).await?;
        missing = match first_trial(session, &work, (&tenant, how, files)).await {
            Ok(missing) => missing,
            Err(failure) => {
                take_back(session, &tenant).await;
                return Err(failure);
            }
        };
        made.push(DeclaredChange {
            action: "create".to_owned(),
            kind: "tenant".to_owned(),
            id: tenant.id.clone(),
            name: tenant.name.clone(),
            campaign: None,
            before: None,
            after: None,
        });
        tenant
    };
    let client = session.client()?.for_tenant(&tenant.id);
    send_films(session, &client, (&missing, &work.plan.films)).await?;
    let call = apply_call(&work, how);
    let answer = client.send::<ApplyReport>(call).await;
    let answer = answer.map_err(|error| told(error, &work.plan, files))?;
    session.tell_undo(&answer);
    let mut report = answer.value;
    if !made.is_empty() {
        // It was made a moment ago, which says it.
        report.changes.retain(|change| change.kind != "tenant");
    }
    made.append(&mut report.changes);
    report.changes = made;
    Ok(Brought {
        tenant: tenant.name,
        report,
    })
}

async fn make_tenant(session: &mut Session, group: &Group) -> Result<Tenant, Failure> {
    let call = Call::post(Collection::Tenants.path()).json(&TenantFields {
        name: group.name.clone(),
        timezone: group.timezone.clone(),
        currency: group.currency.clone(),
        quota_rps: None,
    });
    session.send(call).await
}

/// The films that a tenant misses which could not be asked before it was there.
async fn first_trial(
    session: &mut Session,
    work: &Work,
    (tenant, how, files): (&Tenant, &How, &[Loaded]),
) -> Result<Vec<String>, Failure> {
    let client = session.client()?.for_tenant(&tenant.id);
    let call = apply_call(work, how).dry_run(DryRun::Yes);
    let trial = client.send::<ApplyReport>(call).await;
    let report = trial.map_err(|error| told(error, &work.plan, files))?.value;
    check_films(&report.missing_media, &work.plan.films)?;
    Ok(report.missing_media)
}

/// Takes a tenant away that was made for nothing.
async fn take_back(session: &mut Session, tenant: &Tenant) {
    let call = Call::delete(Collection::Tenants.entry(&tenant.id));
    if let Err(failure) = session.send::<serde_json::Value>(call).await {
        let name = &tenant.name;
        session
            .out
            .warn(&format!("tenant {name} stays, empty: {}", failure.message));
    }
}

async fn send_films(
    session: &mut Session,
    client: &Client,
    (missing, films): (&[String], &HashMap<String, PathBuf>),
) -> Result<(), Failure> {
    check_films(missing, films)?;
    for film in missing.iter().filter_map(|sha256| films.get(sha256)) {
        films::send(session, client, film).await?;
    }
    Ok(())
}

/// Whether all films are here that are missing there.
fn check_films(missing: &[String], films: &HashMap<String, PathBuf>) -> Result<(), Failure> {
    match missing.iter().find(|sha256| !films.contains_key(*sha256)) {
        None => Ok(()),
        Some(sha256) => Err(Failure::invalid(format!(
            "no file with the content {sha256} is here or there"
        ))
        .hint("name the folder that has it with --media DIR, or give its path as `file`")),
    }
}
