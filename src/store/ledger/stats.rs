//! Reports: the counts of a tenant, summed by one dimension.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, named_params};

use super::count;
use crate::api::StatsBy;
use crate::ledger::{Figures, Hour, Metric};
use crate::model::{CampaignId, ChannelId, CreativeId, Nanos, TenantId, Timestamp, Zone};
use crate::store::sqlite::{Readers, SqliteError};

/// Reads reports beside the writer. Cheap to clone.
#[derive(Debug, Clone)]
pub struct LedgerReader(Readers);

/// What is asked.
#[derive(Debug, Clone)]
pub struct StatsQuery {
    /// Whose counts.
    pub tenant: TenantId,
    /// Of this campaign only.
    pub campaign: Option<CampaignId>,
    /// First hour counted.
    pub since: Hour,
    /// First hour no longer counted.
    pub until: Hour,
    /// What the rows are.
    pub by: StatsBy,
    /// The zone of days. Where it is not whole hours from UTC, a day has the hours that begin
    /// in it.
    pub zone: Zone,
    /// The fees of the campaigns with a flat price. A fee is spent in the hour of the first
    /// impression, where that was reported.
    pub fees: Vec<(CampaignId, Nanos)>,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Everything.
    Total,
    /// The hour that starts then.
    Hour(Timestamp),
    /// The day of the zone that starts then.
    Day(Timestamp),
    /// A campaign.
    Campaign(CampaignId),
    /// A creative.
    Creative(CreativeId),
    /// A channel, or none when the player did not say.
    Channel(Option<ChannelId>),
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Everything together.
    pub totals: Figures,
    /// By group, in order.
    pub rows: BTreeMap<Group, Figures>,
    /// Errors by VAST error code, most first.
    pub errors: Vec<(u16, u64)>,
    /// Calls without an ad by reason, most first. Empty for one campaign.
    pub no_fill: Vec<(String, u64)>,
}

impl LedgerReader {
    pub(super) const fn new(readers: Readers) -> Self {
        Self(readers)
    }

    /// Sums up. All of the answer is of one instant: what was acknowledged before is in it.
    pub async fn report(&self, query: StatsQuery) -> Result<Report, SqliteError> {
        self.0
            .read(move |connection| report(connection, &query))
            .await
    }

    /// The calls for an ad of a tenant in each hour of a range that had any, by its first instant:
    /// from `since`, before `until`.
    pub async fn requests(
        &self,
        tenant: TenantId,
        (since, until): (Hour, Hour),
    ) -> Result<Vec<(Timestamp, u64)>, SqliteError> {
        self.0
            .read(move |connection| requests(connection, tenant, (since, until)))
            .await
    }

    /// [`LedgerReader::report`] for a thread that may block.
    pub fn report_blocking(&self, query: &StatsQuery) -> Result<Report, SqliteError> {
        self.0.read_blocking(|connection| report(connection, query))
    }
}

fn report(connection: &Connection, query: &StatsQuery) -> Result<Report, SqliteError> {
    let mut report = Report::default();
    add_counts(connection, query, &mut report)?;
    add_fees(connection, query, &mut report)?;
    report.errors = errors(connection, query)?;
    if query.campaign.is_none() {
        report.no_fill = no_fill(connection, query)?;
    }
    Ok(report)
}

fn requests(
    connection: &Connection,
    tenant: TenantId,
    (since, until): (Hour, Hour),
) -> Result<Vec<(Timestamp, u64)>, SqliteError> {
    // Calls for an ad are kept in the cells without a campaign: one a channel.
    let mut statement = connection.prepare_cached(
        "SELECT counted.hour, sum(counted.requests) \
         FROM cells CROSS JOIN counts AS counted INDEXED BY counts_by_cell \
         ON counted.cell_id = cells.id \
         WHERE cells.tenant_id = :tenant AND cells.campaign_id = 0 \
         AND counted.tenant_id = :tenant AND counted.hour >= :since AND counted.hour < :until \
         GROUP BY 1 ORDER BY 1",
    )?;
    let mut rows = statement.query(named_params! {
        ":tenant": tenant.get(),
        ":since": since.0,
        ":until": until.0,
    })?;
    let mut hours = Vec::new();
    while let Some(row) = rows.next()? {
        hours.push((Hour(row.get(0)?).start(), count(row, 1)?));
    }
    Ok(hours)
}

/// Which rows of a table of counts are meant. One campaign is found through its few cells, a
/// tenant through its hours.
pub(super) fn source(table: &str, query: &StatsQuery) -> String {
    let range = "counted.tenant_id = :tenant AND counted.hour >= :since AND counted.hour < :until";
    match query.campaign {
        Some(_) => format!(
            "FROM cells CROSS JOIN {table} AS counted INDEXED BY {table}_by_cell \
             ON counted.cell_id = cells.id \
             WHERE cells.tenant_id = :tenant AND cells.campaign_id = :campaign AND {range}"
        ),
        None => format!(
            "FROM {table} AS counted CROSS JOIN cells ON cells.id = counted.cell_id \
             WHERE :campaign IS NULL AND {range}"
        ),
    }
}

fn each_row(
    connection: &Connection,
    (query, sql): (&StatsQuery, &str),
    mut apply: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(named_params! {
        ":tenant": query.tenant.get(),
        ":campaign": query.campaign.map(CampaignId::get),
        ":since": query.since.0,
        ":until": query.until.0,
    })?;
    while let Some(row) = rows.next()? {
        apply(row)?;
    }
    Ok(())
}

fn add_counts(
    connection: &Connection,
    query: &StatsQuery,
    report: &mut Report,
) -> rusqlite::Result<()> {
    let group = match query.by {
        StatsBy::Total => "0",
        StatsBy::Hour | StatsBy::Day => "counted.hour",
        StatsBy::Campaign => "cells.campaign_id",
        StatsBy::Creative => "cells.creative_id",
        StatsBy::Channel => "cells.channel_id",
    };
    let sums: Vec<String> = Metric::ALL
        .iter()
        .map(|metric| format!(", sum(counted.{metric})"))
        .collect();
    let (sums, source) = (sums.concat(), source("counts", query));
    if query.by == StatsBy::Total {
        report.rows.insert(Group::Total, Figures::default());
    }
    let sql = format!("SELECT {group}, sum(counted.spend_nanos){sums} {source} GROUP BY 1");
    each_row(connection, (query, &sql), |row| {
        let mut figures = Figures::default();
        figures.charge(Nanos(row.get(1)?));
        for (&metric, place) in Metric::ALL.iter().zip(2..) {
            figures.add(metric, count(row, place)?);
        }
        report.totals.merge(&figures);
        if let Some(group) = Group::of(query, row.get(0)?) {
            report.rows.entry(group).or_default().merge(&figures);
        }
        Ok(())
    })
}

impl Group {
    /// The group with this number in SQL; none for calls for an ad among campaigns or creatives.
    fn of(query: &StatsQuery, number: i64) -> Option<Self> {
        let id = u32::try_from(number).ok().filter(|&id| id != 0);
        match query.by {
            StatsBy::Total => Some(Self::Total),
            StatsBy::Hour => Some(Self::Hour(Hour(number).start())),
            StatsBy::Day => Some(Self::Day(query.zone.day(Hour(number).start()).start)),
            StatsBy::Campaign => id.map(CampaignId::new).map(Self::Campaign),
            StatsBy::Creative => id.map(CreativeId::new).map(Self::Creative),
            StatsBy::Channel => Some(Self::Channel(id.map(ChannelId::new))),
        }
    }
}

fn add_fees(
    connection: &Connection,
    query: &StatsQuery,
    report: &mut Report,
) -> rusqlite::Result<()> {
    let mut find = connection.prepare_cached(
        "SELECT first_hour, cells.creative_id, cells.channel_id \
         FROM spent JOIN cells ON cells.id = first_cell_id \
         WHERE spent.campaign_id = ?1 AND spent.tenant_id = ?2 \
         AND first_hour >= ?3 AND first_hour < ?4",
    )?;
    let meant = |campaign: CampaignId| query.campaign.is_none_or(|only| only == campaign);
    for &(campaign, fee) in query
        .fees
        .iter()
        .filter(|&&(campaign, _fee)| meant(campaign))
    {
        let key = (
            campaign.get(),
            query.tenant.get(),
            query.since.0,
            query.until.0,
        );
        let mut rows = find.query(key)?;
        while let Some(row) = rows.next()? {
            let number = match query.by {
                StatsBy::Total => 0,
                StatsBy::Hour | StatsBy::Day => row.get(0)?,
                StatsBy::Campaign => i64::from(campaign.get()),
                StatsBy::Creative => row.get(1)?,
                StatsBy::Channel => row.get(2)?,
            };
            report.totals.charge(fee);
            if let Some(group) = Group::of(query, number) {
                report.rows.entry(group).or_default().charge(fee);
            }
        }
    }
    Ok(())
}

fn errors(connection: &Connection, query: &StatsQuery) -> rusqlite::Result<Vec<(u16, u64)>> {
    let source = source("error_counts", query);
    let sql = format!("SELECT code, sum(n) {source} GROUP BY code ORDER BY 2 DESC, 1");
    let mut errors = Vec::new();
    each_row(connection, (query, &sql), |row| {
        errors.push((row.get(0)?, count(row, 1)?));
        Ok(())
    })?;
    Ok(errors)
}

fn no_fill(connection: &Connection, query: &StatsQuery) -> rusqlite::Result<Vec<(String, u64)>> {
    let source = source("no_fill_counts", query);
    let sql = format!("SELECT reason, sum(n) {source} GROUP BY reason ORDER BY 2 DESC, 1");
    let mut reasons = Vec::new();
    each_row(connection, (query, &sql), |row| {
        reasons.push((row.get(0)?, count(row, 1)?));
        Ok(())
    })?;
    Ok(reasons)
}
