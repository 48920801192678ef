//! The judgement of the evening: both accounts, and what was promised beside what happened.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::book::{Book, Capped};
use super::standing::{Quiet, Standing, standings};
use super::tally::{Compared, Counted, Pair, Seen, compare};
use crate::api::Stats;
use crate::cli::failure::Failure;
use crate::cli::output::count;
use crate::cli::session::Session;
use crate::client::{Call, Client};
use crate::host::Clock;

/// Longest wait until the reports show what was acknowledged.
const REPORT_TIMEOUT: Duration = Duration::from_secs(5);
/// Wait between two looks at the reports.
const REPORT_POLL: Duration = Duration::from_millis(50);
/// How many things that went wrong are shown; all of them are in the JSON.
const FAULTS_SHOWN_MAX: usize = 10;

/// What happened.
pub(super) struct Evening {
    /// What the TVs saw.
    pub(super) seen: Seen,
    /// What was promised.
    pub(super) book: Arc<Book>,
    /// How long it was.
    pub(super) took: Duration,
    /// Who owns the live channel, if there is one: `ten_…`.
    pub(super) streaming: Option<String>,
}

/// Both accounts of the evening.
#[derive(Debug, Serialize)]
pub(super) struct Verdict {
    /// Whether they agree on everything.
    pub(super) agrees: bool,
    /// Calls for ads.
    requests: Pair,
    /// Calls that got none.
    no_ads: Pair,
    /// Breaks of the live channel with ads, one for each TV that was shown it.
    stream_breaks: Pair,
    /// The ads in them, as the TVs saw them.
    stream_ads: u64,
    /// Every campaign.
    pub(super) campaigns: Vec<Compared>,
    /// What went wrong on the way.
    faults: Vec<String>,
    /// Whether everything that was promised was kept.
    pub(super) kept: bool,
    /// Pods of several ads, and how many ads were in them.
    pods: u64,
    pod_ads: u64,
    /// What broke a promise: rivals in one pod, and pods that are too long.
    broken: Vec<String>,
    /// Every cap by user.
    caps: Vec<Capped>,
    /// How every campaign stands.
    standings: Vec<Standing>,
    /// Why calls got no ad, by tenant.
    reasons: Vec<Quiet>,
}

impl Verdict {
    /// Whether the demo may end well.
    pub(super) const fn is_good(&self) -> bool {
        self.agrees && self.kept
    }
}

/// Asks for the reports until they agree with the TVs, or for long enough.
pub(super) async fn judge(
    client: &Client,
    evening: &Evening,
    clock: &Clock,
) -> Result<Verdict, Failure> {
    let begun = clock.monotonic();
    let mut verdict = loop {
        let verdict = compare_once(client, evening).await?;
        if verdict.agrees || clock.monotonic().duration_since(begun) > REPORT_TIMEOUT {
            break verdict;
        }
        tokio::time::sleep(REPORT_POLL).await;
    };
    verdict.standings = standings(client, evening, &verdict.campaigns).await?;
    Ok(verdict)
}

async fn compare_once(client: &Client, evening: &Evening) -> Result<Verdict, Failure> {
    let Evening {
        seen,
        book,
        took,
        streaming,
    } = evening;
    let mut counted = Vec::new();
    let mut reasons = Vec::new();
    let mut requests = Pair::of(seen.requests, 0);
    let mut no_ads = Pair::of(seen.no_ads, 0);
    let mut stream_breaks = Pair::of(seen.stream_breaks, 0);
    for (tenant, name) in book.tenants() {
        let call = Call::get("/api/v1/stats").with("by", Some("campaign"));
        let stats: Stats = client.for_tenant(tenant).send(call).await?.value;
        let unfilled: u64 = stats.no_fill.iter().map(|reason| reason.count).sum();
        if streaming.as_deref() == Some(tenant) {
            // A break that stays without ads is content: no TV can tell.
            stream_breaks.counted += stats.totals.requests.saturating_sub(unfilled);
        } else {
            requests.counted += stats.totals.requests;
            no_ads.counted += unfilled;
        }
        counted.extend(stats.rows.into_iter().map(|row| Counted {
            campaign: row.group,
            name: row.name.unwrap_or_default(),
            totals: row.totals,
        }));
        reasons.push(Quiet {
            tenant: name.to_owned(),
            no_fill: stats.no_fill,
        });
    }
    let campaigns = compare(seen, &counted);
    // Where nothing was seen there is nothing to agree on.
    let agrees = campaigns.iter().any(Compared::was_seen)
        && campaigns.iter().all(Compared::agrees)
        && requests.agrees()
        && no_ads.agrees()
        && stream_breaks.agrees()
        && seen.faults.is_empty();
    let caps = book.capped(seen, *took);
    Ok(Verdict {
        agrees,
        requests,
        no_ads,
        stream_breaks,
        stream_ads: seen.stream_ads,
        campaigns,
        faults: seen.faults.clone(),
        kept: seen.broken.is_empty() && caps.iter().all(Capped::is_kept),
        pods: seen.pods,
        pod_ads: seen.pod_ads,
        broken: seen.broken.clone(),
        caps,
        standings: Vec::new(),
        reasons,
    })
}

/// Prints both parts: the accounts, then how the campaigns stand and what was promised.
pub(super) fn tell(verdict: &Verdict, session: &mut Session) -> Result<(), Failure> {
    let out = &mut session.out;
    out.report(verdict, &verdict.rows())?;
    for fault in verdict.faults.iter().take(FAULTS_SHOWN_MAX) {
        out.warn(fault);
    }
    out.note(&format!(
        "asked for ads: {}; got none: {}",
        verdict.requests, verdict.no_ads
    ));
    if verdict.stream_breaks != Pair::default() {
        out.note(&format!(
            "breaks with ads on the live channel, one a TV: {}; {} ads in them",
            verdict.stream_breaks,
            count(verdict.stream_ads)
        ));
    }
    out.note(if verdict.agrees {
        "the ledger counted exactly what the TVs saw"
    } else {
        "the ledger did NOT count what the TVs saw"
    });
    // A document holds all of it already, and a file of rows holds rows of one kind.
    let settings = out.settings();
    if settings.format.is_for_people() && settings.columns.is_none() {
        out.note("");
        out.list(&verdict.standings)?;
    }
    for quiet in &verdict.reasons {
        out.note(&quiet.to_string());
    }
    for capped in verdict.caps.iter().filter(|capped| capped.users > 0) {
        out.note(&capped.to_string());
    }
    out.note(&format!(
        "{} pods of several ads, {} in all",
        count(verdict.pods),
        count(verdict.pod_ads)
    ));
    for fault in verdict.broken.iter().take(FAULTS_SHOWN_MAX) {
        out.warn(fault);
    }
    out.note(if verdict.kept {
        "no user saw a campaign more often than its cap allows; no pod held two ads of one \
         advertiser or of one exclusive category"
    } else {
        "what was promised was NOT kept"
    });
    Ok(())
}
