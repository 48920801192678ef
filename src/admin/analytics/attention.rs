//! What somebody should look at: each finding with the command that tells more.

use crate::admin::state::State;
use crate::api::{Attention, Severity};
use crate::decision::pacing::PacingStatus;
use crate::ledger::{Figures, GroupKey, Metric, Sums};
use crate::model::{Campaign, CampaignStatus, Creative, CreativeStatus, Millis, Timestamp, Zone};

/// Findings that are told at most.
const ATTENTION_MAX: usize = 20;
/// Fewer of anything say nothing about a share of it.
const ENOUGH: u64 = 100;
/// Of the ads handed out, the share that fails from which it is told. Percent.
const ERRORS_PERCENT: u64 = 5;
/// Of the calls, the share without an ad from which it is told. Percent.
const UNFILLED_PERCENT: u64 = 50;
/// How long before its end a campaign is told to be ending.
const ENDING: Millis = Millis::from_seconds(48 * 3_600);

/// What was counted today.
pub(super) struct Today<'a> {
    /// By campaign.
    pub(super) sums: &'a Sums,
    pub(super) now: Timestamp,
}

impl Today<'_> {
    fn of(&self, campaign: &Campaign) -> Figures {
        let key = GroupKey::from_slice(&[campaign.id.get().into()]);
        self.sums.groups.get(&key).copied().unwrap_or_default()
    }
}

/// All that is found, worst first.
pub(super) fn found(
    state: &State,
    (campaigns, creatives): (&[Campaign], &[Creative]),
    zone: &Zone,
    today: &Today<'_>,
) -> Vec<Attention> {
    let mut found = Vec::new();
    found.extend(unfilled(&today.sums.totals));
    for creative in creatives {
        found.extend(failed(creative));
    }
    let is_active = |campaign: &&Campaign| campaign.status == CampaignStatus::Active;
    for campaign in campaigns.iter().filter(is_active) {
        let own = creatives
            .iter()
            .filter(|creative| creative.campaign == campaign.id);
        found.extend(without_creative(campaign, own, today.now));
        found.extend(errors(campaign, &today.of(campaign)));
        found.extend(unbilled(campaign, &today.of(campaign)));
        let stands = state.pacer.report(campaign, zone, today.now);
        found.extend(stands.and_then(|stands| slow(campaign, stands.status)));
        found.extend(ending(campaign, today.now));
    }
    // Stable: findings of one severity stay in their order.
    found.sort_by_key(|one| one.severity);
    found.truncate(ATTENTION_MAX);
    found
}

fn about(campaign: &Campaign, severity: Severity, kind: &str) -> Attention {
    Attention {
        severity,
        kind: kind.to_owned(),
        subject: Some(campaign.id.to_string()),
        name: Some(campaign.spec.name.clone()),
        message: String::new(),
        command: format!("adctl stats --campaign {} --since today", campaign.id),
    }
}

/// Whether a part is at least this share of enough.
const fn is_share(part: u64, whole: u64, percent: u64) -> bool {
    whole >= ENOUGH && part.saturating_mul(100) >= whole.saturating_mul(percent)
}

/// A share in whole percent, rounded down.
const fn percent(part: u64, whole: u64) -> u64 {
    match part.saturating_mul(100).checked_div(whole) {
        Some(percent) => percent,
        None => 0,
    }
}

fn unfilled(figures: &Figures) -> Option<Attention> {
    let (calls, without) = (figures.of(Metric::Requests), figures.of(Metric::Unfilled));
    is_share(without, calls, UNFILLED_PERCENT).then(|| Attention {
        severity: Severity::Warning,
        kind: "no_fill".to_owned(),
        subject: None,
        name: None,
        message: format!(
            "only {}% of today's calls were given an ad",
            percent(calls.saturating_sub(without), calls)
        ),
        command: "adctl stats --since today".to_owned(),
    })
}

fn failed(creative: &Creative) -> Option<Attention> {
    (creative.status == CreativeStatus::Failed).then(|| Attention {
        severity: Severity::Warning,
        kind: "creative_failed".to_owned(),
        subject: Some(creative.id.to_string()),
        name: Some(creative.spec.name.clone()),
        message: "its file cannot be served".to_owned(),
        command: format!("adctl creatives get {}", creative.id),
    })
}

fn without_creative<'a>(
    campaign: &Campaign,
    mut own: impl Iterator<Item = &'a Creative>,
    now: Timestamp,
) -> Option<Attention> {
    let is_running = (campaign.spec.start..campaign.spec.end).contains(&now);
    let has_one = own.any(|creative| creative.status == CreativeStatus::Active);
    (is_running && !has_one).then(|| Attention {
        message: "it is active and has no creative that can be served".to_owned(),
        command: format!("adctl creatives list --campaign {}", campaign.id),
        ..about(campaign, Severity::Critical, "no_creative")
    })
}

fn errors(campaign: &Campaign, figures: &Figures) -> Option<Attention> {
    let (failed, served) = (figures.of(Metric::Errors), figures.of(Metric::Served));
    is_share(failed, served, ERRORS_PERCENT).then(|| Attention {
        message: format!(
            "players gave up {}% of the ads handed out today",
            percent(failed, served)
        ),
        ..about(campaign, Severity::Critical, "errors")
    })
}

fn unbilled(campaign: &Campaign, figures: &Figures) -> Option<Attention> {
    let count = figures.of(Metric::Unbilled);
    (count > 0).then(|| Attention {
        message: format!("{count} events came too late to be charged today"),
        ..about(campaign, Severity::Notice, "unbilled")
    })
}

fn slow(campaign: &Campaign, status: PacingStatus) -> Option<Attention> {
    let (severity, kind, message) = match status {
        PacingStatus::AtRisk => (
            Severity::Critical,
            "behind",
            "it will hardly deliver what it promised",
        ),
        PacingStatus::Behind => (Severity::Warning, "behind", "it is behind its course"),
        PacingStatus::SupplyLimited => (
            Severity::Warning,
            "limited",
            "it is behind, and takes part in every request it fits",
        ),
        PacingStatus::CapLimited => (
            Severity::Warning,
            "limited",
            "it is behind, and frequency caps take most of its opportunities",
        ),
        PacingStatus::SeparationLimited => (
            Severity::Warning,
            "limited",
            "it is behind, and separation in pods takes most of its opportunities",
        ),
        PacingStatus::FloorLimited => (
            Severity::Warning,
            "limited",
            "it is behind, and floor prices take most of its opportunities",
        ),
        PacingStatus::NotStarted
        | PacingStatus::Ahead
        | PacingStatus::OnTrack
        | PacingStatus::Complete
        | PacingStatus::OverDelivered => return None,
    };
    Some(Attention {
        message: message.to_owned(),
        command: format!("adctl campaigns why {}", campaign.id),
        ..about(campaign, severity, kind)
    })
}

fn ending(campaign: &Campaign, now: Timestamp) -> Option<Attention> {
    let left = campaign.spec.end.since(now);
    (campaign.spec.end > now && left < ENDING).then(|| Attention {
        message: format!("it ends at {}", campaign.spec.end),
        command: format!("adctl campaigns get {}", campaign.id),
        ..about(campaign, Severity::Notice, "ending")
    })
}
