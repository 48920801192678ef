//! The table of the demo: two lines a campaign, one for each account.

use serde::Serialize;

use super::tally::{Measure, Pair};
use super::verdict::Verdict;
use crate::cli::output::{Column, Row, Value};

/// One account of one campaign.
#[derive(Debug, Serialize)]
pub(super) struct Account {
    campaign: String,
    name: String,
    side: &'static str,
    counts: [u64; Measure::ALL.len()],
    verdict: &'static str,
}

impl Verdict {
    /// Two lines a campaign, and two for all of them.
    pub(super) fn rows(&self) -> Vec<Account> {
        let mut rows = Vec::new();
        let mut all = [Pair::default(); Measure::ALL.len()];
        for campaign in &self.campaigns {
            let counts = Measure::ALL.map(|(measure, _told)| {
                campaign
                    .counts
                    .get(measure.as_str())
                    .copied()
                    .unwrap_or_default()
            });
            for (sum, one) in all.iter_mut().zip(counts) {
                *sum = Pair::of(sum.seen + one.seen, sum.counted + one.counted);
            }
            rows.extend(accounts(&campaign.campaign, &campaign.name, counts));
        }
        rows.extend(accounts("all", "", all));
        rows
    }
}

fn accounts(campaign: &str, name: &str, counts: [Pair; Measure::ALL.len()]) -> [Account; 2] {
    let agrees = counts.iter().all(|pair| pair.agrees());
    let account = |side, counts, verdict| Account {
        campaign: campaign.to_owned(),
        name: name.to_owned(),
        side,
        counts,
        verdict,
    };
    [
        account("seen", counts.map(|pair| pair.seen), ""),
        account(
            "counted",
            counts.map(|pair| pair.counted),
            if agrees { "ok" } else { "failed" },
        ),
    ]
}

impl Account {
    fn count(&self, place: usize) -> Value<'_> {
        Value::of(self.counts.get(place).copied(), Value::Count)
    }
}

impl Row for Account {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("campaign", "CAMPAIGN", |row| Value::text(&row.campaign)),
        Column::shown("name", "NAME", |row| Value::text(&row.name)),
        Column::shown("side", "SIDE", |row| Value::text(row.side)),
        Column::shown("served", "ADS", |row| row.count(0)),
        Column::shown("impression", "SEEN", |row| row.count(1)),
        Column::shown("start", "START", |row| row.count(2)),
        Column::shown("firstQuartile", "25%", |row| row.count(3)),
        Column::shown("midpoint", "50%", |row| row.count(4)),
        Column::shown("thirdQuartile", "75%", |row| row.count(5)),
        Column::shown("complete", "100%", |row| row.count(6)),
        Column::shown("click", "CLICK", |row| row.count(7)),
        Column::shown("skip", "SKIP", |row| row.count(8)),
        Column::shown("error", "ERROR", |row| row.count(9)),
        Column::shown("verdict", "EQUAL", |row| Value::Word(row.verdict)),
    ];

    fn id(&self) -> &str {
        &self.campaign
    }
}
