//! What changes, as sentences: one a line, for screen readers, logs and watchers.

use std::collections::{BTreeMap, BTreeSet};

use super::badge::pace_badge;
use super::data::Freshness;
use super::facts::fill_permille;
use super::figure::{money, percent, short};
use super::state::State;

/// What was said last, and so needs no saying again.
#[derive(Debug, Default)]
pub struct Teller {
    link: Option<&'static str>,
    campaigns: Option<BTreeMap<String, (String, String)>>,
    notices: BTreeSet<String>,
    summary: String,
}

impl Teller {
    /// The sentences that are new in a dashboard.
    pub fn sentences(&mut self, state: &State) -> Vec<String> {
        let mut sentences = Vec::new();
        sentences.extend(self.link(state));
        sentences.extend(self.summary(state));
        sentences.extend(self.campaigns(state));
        sentences.extend(self.notices(state));
        sentences
    }

    fn link(&mut self, state: &State) -> Option<String> {
        let now = match state.data.freshness(state.now) {
            Freshness::Connecting => return None,
            Freshness::Live => "The daemon answers.",
            Freshness::Stale(_) => "The daemon has not answered for a while.",
            Freshness::Reconnecting(_) => "The daemon cannot be reached; trying again.",
        };
        let is_new = self.link.replace(now) != Some(now);
        is_new.then(|| now.to_owned())
    }

    fn summary(&mut self, state: &State) -> Option<String> {
        let day = state.data.today.as_ref()?;
        let today = &day.totals;
        let tenant = state
            .data
            .tenant
            .as_ref()
            .map_or("", |tenant| tenant.name.as_str());
        let fill = fill_permille(day);
        let fill = fill.map_or_else(
            || "no requests yet".to_owned(),
            |fill| format!("fill {}", percent(fill)),
        );
        let summary = format!(
            "{tenant} today: {} impressions, {fill}, {} spent, {} errors.",
            short(today.impressions),
            money(today.spend_micros, state.data.currency()),
            short(today.errors)
        );
        let is_new = self.summary != summary;
        self.summary.clone_from(&summary);
        is_new.then_some(summary)
    }

    fn campaigns(&mut self, state: &State) -> Vec<String> {
        let Some(campaigns) = &state.data.campaigns else {
            return Vec::new();
        };
        let word = |status: &Option<String>| {
            let badge = status.as_deref().and_then(pace_badge);
            badge.map_or("", |badge| badge.word).to_owned()
        };
        let now: BTreeMap<String, (String, String)> = campaigns
            .iter()
            .map(|campaign| {
                (
                    campaign.name.clone(),
                    (campaign.status.clone(), word(&campaign.pacing_status)),
                )
            })
            .collect();
        let Some(before) = self.campaigns.replace(now.clone()) else {
            let active = campaigns
                .iter()
                .filter(|campaign| campaign.status == "active")
                .count();
            return vec![format!(
                "{} campaigns, {active} of them active.",
                campaigns.len()
            )];
        };
        let mut sentences = Vec::new();
        for (name, (status, pace)) in &now {
            match before.get(name) {
                None => sentences.push(format!("Campaign {name} is new and {status}.")),
                Some((old, _pace)) if old != status => {
                    sentences.push(format!("Campaign {name} is {status} now; it was {old}."));
                }
                Some((_status, old)) if old != pace && !pace.is_empty() => {
                    sentences.push(format!("Campaign {name} is {pace} now."));
                }
                Some(_same) => {}
            }
        }
        let gone = before.keys().filter(|name| !now.contains_key(*name));
        sentences.extend(gone.map(|name| format!("Campaign {name} is gone.")));
        sentences
    }

    fn notices(&mut self, state: &State) -> Vec<String> {
        if state.data.campaigns.is_none() {
            return Vec::new();
        }
        let key = |label: &str, subject: &str| format!("{label} {subject}");
        let now: BTreeSet<String> = state
            .notices
            .iter()
            .map(|notice| key(notice.label, &notice.subject))
            .collect();
        let new = state
            .notices
            .iter()
            .filter(|notice| !self.notices.contains(&key(notice.label, &notice.subject)));
        let mut sentences: Vec<String> = new
            .map(|notice| {
                format!(
                    "Attention: {} {}: {}. See: {}",
                    notice.label.to_lowercase(),
                    notice.subject,
                    notice.text,
                    notice.line
                )
            })
            .collect();
        let over = self.notices.iter().filter(|known| !now.contains(*known));
        sentences.extend(over.map(|known| format!("Over: {}.", known.to_lowercase())));
        self.notices = now;
        sentences
    }
}
