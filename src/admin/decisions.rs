//! Decisions explained: those that were kept, and requests that are only tried.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;

use super::asked::as_asked;
use super::call::Call;
use super::list::reference;
use super::respond::{Answer, Refusal};
use super::route::Parameter;
use super::state::State;
use super::tenancy::{scope, tenant};
use super::work::read;
use crate::api::{CampaignVerdict, DecidedAd, DecisionReport, WhyReason, WhyReport};
use crate::decision::{
    AdRequest, Catalog, Exclusion, Inquiry, Recording, Roll, Summary, Trace, Verdict, decide,
};
use crate::limits::Trial;
use crate::model::{Campaign, CampaignId, DecisionId, Millis, TenantId, Timestamp};
use crate::store::catalog::{Scope, StoreError};
use crate::store::decisions::{Traced, Wanted};

/// How far back `why` looks unless told.
const WHY_SPAN: Millis = Millis::from_seconds(24 * 3_600);
/// Kept decisions that `why` looks at, the newest first.
const WHY_DECISIONS_MAX: u64 = 20_000;
/// Catalogs of the past that are held at one time.
const CATALOGS_MAX: usize = 4;
/// What a campaign that was given to the request is told.
const SERVED: &str = "served";
const SERVED_MEANING: &str = "it was given to the request";

pub(crate) fn why_parameters() -> [Parameter; 1] {
    [reference(
        "since",
        "Decisions since this instant: RFC 3339. The last 24 hours unless given.",
    )]
}

pub(crate) fn try_parameters() -> [Parameter; 3] {
    [
        reference(
            "campaign",
            "Of this campaign alone, by id or name, as a tag of a campaign asks.",
        ),
        reference("at", "At this instant: RFC 3339. Now unless given."),
        reference(
            "seed",
            "With these dice, 16 hexadecimal digits; others each time unless given.",
        ),
    ]
}

/// `GET /api/v1/decisions/{id}`
pub(crate) async fn get(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let tenant = tenant(&state, &call).await?;
    let id: DecisionId = call.id().parse().map_err(|_not_an_id| missing(call.id()))?;
    let (log, missing) = (Arc::clone(&state.traces), missing(call.id()));
    let found = blocking(move || log.find(id)).await?;
    let found = found.map_err(Refusal::internal)?;
    let trace = found.as_ref().and_then(read_trace);
    let trace = trace.filter(|trace| trace.request.tenant == tenant);
    let trace = trace.ok_or(missing)?;
    let then = catalog_at(&state, tenant, trace.catalog_revision).await?;
    trace.prepare(&then);
    let current = state.publisher.cell().load_full();
    let request = trace.request.clone();
    let anew = tried(&state, &current, request, (state.clock.now(), trace.roll));
    let names = names(&state, tenant).await?;
    let campaigns = beside(&trace.explain(&then), &anew.explain(&current), &names);
    Answer::ok(&report(Some(id), &trace, campaigns))
}

/// `POST /api/v1/decisions/try`: decides and reserves nothing.
pub(crate) async fn attempt(state: Arc<State>, mut call: Call) -> Result<Answer, Refusal> {
    let tenant = tenant(&state, &call).await?;
    let now = instant(&call, "at")?.unwrap_or_else(|| state.clock.now());
    let roll = seed(&call)?.unwrap_or_else(|| Roll(state.entropy.roll()));
    let body: Value = call.json().await?;
    let campaign = one_campaign(&state, tenant, call.query("campaign")).await?;
    let request = as_asked(&state, (tenant, campaign), body, now)?;
    let current = state.publisher.cell().load_full();
    // In the one that serves, those rest that no request can be given now.
    let catalog = catalog_at(&state, tenant, current.revision()).await?;
    let trace = tried(&state, &catalog, request, (now, roll));
    let names = names(&state, tenant).await?;
    let campaigns = beside(&[], &trace.explain(&catalog), &names);
    Answer::ok(&report(None, &trace, campaigns))
}

/// The campaign that is named, if one is.
async fn one_campaign(
    state: &State,
    tenant: TenantId,
    named: Option<&str>,
) -> Result<Option<CampaignId>, Refusal> {
    match named.map(str::to_owned) {
        Some(name) => {
            let found = find_campaign(state, Scope::Tenant(tenant), name).await?;
            Ok(Some(found.1))
        }
        None => Ok(None),
    }
}

async fn find_campaign(
    state: &State,
    scope: Scope,
    name: String,
) -> Result<(TenantId, CampaignId), Refusal> {
    let found = read(state, scope, move |reader| {
        let campaign = reader.find::<Campaign>(&name)?;
        Ok((campaign.tenant, campaign.id))
    });
    found.await
}

fn tried(
    state: &State,
    catalog: &Catalog,
    request: AdRequest,
    (now, roll): (Timestamp, Roll),
) -> Trace {
    let limits = Trial(&state.limits);
    let recording = Recording::of(&limits);
    let inquiry = Inquiry {
        request: &request,
        limits: &recording,
        now,
        roll,
    };
    let decision = decide(catalog, &inquiry);
    let result = Summary::of(&decision);
    let (catalog_revision, tended) = (decision.catalog_revision, decision.tended);
    Trace {
        catalog_revision,
        tended,
        limits: recording.into_answers(),
        request,
        now,
        roll,
        result,
    }
}

/// `GET /api/v1/campaigns/{id}/why`
pub(crate) async fn why(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let scope = scope(&state, &call).await?;
    let now = state.clock.now();
    let since = instant(&call, "since")?.unwrap_or_else(|| now.minus(WHY_SPAN));
    let id = call.id().to_owned();
    let (tenant, campaign) = find_campaign(&state, scope, id).await?;
    let shared = Arc::clone(&state);
    let counted = blocking(move || count_reasons(&shared, (tenant, campaign), since)).await??;
    let reasons = counted.1.into_iter().map(|(why, decisions)| WhyReason {
        reason: word(why).to_owned(),
        meaning: meaning(why).to_owned(),
        decisions,
    });
    let mut reasons: Vec<_> = reasons.collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.decisions));
    Answer::ok(&WhyReport {
        campaign_id: campaign.to_string(),
        since: since.to_string(),
        decisions: counted.0,
        reasons,
    })
}

type Counted = (u64, BTreeMap<Option<Exclusion>, u64>);

/// Reads the decisions that were kept, and asks each for one campaign. Blocks.
fn count_reasons(
    state: &State,
    (tenant, campaign): (TenantId, CampaignId),
    since: Timestamp,
) -> Result<Counted, Refusal> {
    let mut kept = Vec::new();
    let visited = state.traces.recent(since, &mut |traced| {
        let trace = read_trace(&traced).filter(|trace| trace.request.tenant == tenant);
        kept.extend(trace);
        if kept.len() as u64 >= WHY_DECISIONS_MAX {
            Wanted::Enough
        } else {
            Wanted::More
        }
    });
    visited.map_err(Refusal::internal)?;
    let mut catalogs: HashMap<u64, Catalog> = HashMap::new();
    let mut reasons = BTreeMap::new();
    for trace in &kept {
        let revision = trace.catalog_revision;
        if !catalogs.contains_key(&revision) {
            if catalogs.len() >= CATALOGS_MAX {
                catalogs.clear();
            }
            catalogs.insert(revision, past(state, tenant, revision)?);
        }
        let verdict = catalogs.get(&revision).and_then(|catalog| {
            trace.prepare(catalog);
            trace.explain_one(catalog, campaign)
        });
        if let Some(verdict) = verdict {
            *reasons.entry(verdict.outcome.err()).or_default() += 1;
        }
    }
    Ok((kept.len() as u64, reasons))
}

/// The catalog as it was, of one tenant, for this alone.
async fn catalog_at(
    state: &Arc<State>,
    tenant: TenantId,
    revision: u64,
) -> Result<Catalog, Refusal> {
    let state = Arc::clone(state);
    blocking(move || past(&state, tenant, revision)).await?
}

/// The catalog as it was, of one tenant. Blocks.
fn past(state: &State, tenant: TenantId, revision: u64) -> Result<Catalog, Refusal> {
    let facts = state.catalog.facts_at(tenant, revision)?;
    Ok(Catalog::compile(revision, facts.into_iter().collect()))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(Refusal::internal)
}

async fn names(state: &State, tenant: TenantId) -> Result<HashMap<CampaignId, String>, Refusal> {
    read(state, Scope::Tenant(tenant), |reader| {
        let campaigns = reader.all::<Campaign>()?.into_iter();
        Ok(campaigns
            .map(|campaign| (campaign.id, campaign.spec.name))
            .collect())
    })
    .await
}

fn read_trace(traced: &Traced) -> Option<Trace> {
    serde_json::from_slice(&traced.trace).ok()
}

fn missing(id: &str) -> Refusal {
    Refusal::from(StoreError::NotFound {
        what: "decision",
        reference: id.to_owned(),
        suggestions: Vec::new(),
    })
}

fn instant(call: &Call, name: &'static str) -> Result<Option<Timestamp>, Refusal> {
    let parse = |text: &str| {
        text.parse()
            .map_err(|error: crate::model::time::TimestampError| {
                Refusal::invalid(name, error.to_string())
            })
    };
    call.query(name).map(parse).transpose()
}

fn seed(call: &Call) -> Result<Option<Roll>, Refusal> {
    let parse = |text: &str| {
        let digits = (text.len() <= 16).then(|| u64::from_str_radix(text, 16));
        match digits {
            Some(Ok(seed)) => Ok(Roll(seed)),
            Some(Err(_)) | None => Err(Refusal::invalid(
                "seed",
                "is not 1 to 16 hexadecimal digits",
            )),
        }
    };
    call.query("seed").map(parse).transpose()
}

fn report(
    id: Option<DecisionId>,
    trace: &Trace,
    campaigns: Vec<CampaignVerdict>,
) -> DecisionReport {
    let result = &trace.result;
    let reasons = result.exclusions.iter();
    DecisionReport {
        id: id.map(|id| id.to_string()),
        at: trace.now.to_string(),
        catalog_revision: trace.catalog_revision,
        seed: format!("{:016x}", trace.roll.0),
        ads: result
            .ads
            .iter()
            .map(|ad| DecidedAd {
                campaign_id: ad.campaign.to_string(),
                creative_id: ad.creative.to_string(),
                start_ms: ad.start.0,
            })
            .collect(),
        no_ad_reason: result.no_fill.clone(),
        reasons: reasons
            .map(|&(why, count)| (why.as_str().to_owned(), count))
            .collect(),
        campaigns,
    }
}

/// Then and now beside one another, by campaign.
fn beside(
    then: &[Verdict],
    now: &[Verdict],
    names: &HashMap<CampaignId, String>,
) -> Vec<CampaignVerdict> {
    let mut both: BTreeMap<CampaignId, [Option<Verdict>; 2]> = BTreeMap::new();
    for &verdict in then {
        both.entry(verdict.campaign).or_default()[0] = Some(verdict);
    }
    for &verdict in now {
        both.entry(verdict.campaign).or_default()[1] = Some(verdict);
    }
    let said = |verdict: Verdict| word(verdict.outcome.err()).to_owned();
    let shown = |(campaign, [then, now]): (CampaignId, [Option<Verdict>; 2])| CampaignVerdict {
        campaign_id: campaign.to_string(),
        name: names.get(&campaign).cloned(),
        then: then.map(said),
        now: now.map(said),
        meaning: then
            .or(now)
            .map_or("", |verdict| meaning(verdict.outcome.err()))
            .to_owned(),
    };
    both.into_iter().map(shown).collect()
}

fn word(why: Option<Exclusion>) -> &'static str {
    why.map_or(SERVED, Exclusion::as_str)
}

fn meaning(why: Option<Exclusion>) -> &'static str {
    why.map_or(SERVED_MEANING, Exclusion::meaning)
}
