//! Reports: the counts of a tenant, cut by dimensions, from rows and digests.

use rusqlite::{Connection, OptionalExtension as _, Row, named_params};

use super::cells::cell;
use super::count;
use crate::ledger::{
    CellKey, Cut, CutError, Cutting, DIGEST_HOURS, Dimension, Figures, Filter, Hour, Metric, Sums,
    Wanted,
};
use crate::model::{CampaignId, Nanos, TenantId, Timestamp, Zone};
use crate::store::sqlite::{Readers, SqliteError};

/// Reads reports beside the writer. Cheap to clone.
#[derive(Debug, Clone)]
pub struct LedgerReader(pub(super) Readers);

/// What is asked of the counts of a tenant.
#[derive(Debug, Clone)]
pub struct CutQuery {
    /// Whose counts.
    pub tenant: TenantId,
    /// How they are cut.
    pub cut: Cut,
    /// The fees of the campaigns with a flat price. A fee is spent in the hour of the first
    /// impression, where that was reported.
    pub fees: Vec<(CampaignId, Nanos)>,
}

impl CutQuery {
    /// All that was ever counted of a tenant.
    pub fn all(tenant: TenantId) -> Self {
        Self {
            tenant,
            cut: Cut {
                dimensions: Vec::new(),
                filter: Filter::default(),
                since: Hour(i64::MIN),
                until: Hour(i64::MAX),
                zone: Zone::UTC,
                wanted: Wanted::ALL,
            },
            fees: Vec::new(),
        }
    }

    /// The one campaign that is meant.
    const fn campaign(&self) -> Option<u32> {
        match &self.cut.filter.campaigns {
            Some(campaigns) => match campaigns.as_slice() {
                &[campaign] => Some(campaign),
                _ => None,
            },
            None => None,
        }
    }
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The ledger cannot be read.
    #[error(transparent)]
    Database(#[from] SqliteError),
    /// The cut has no answer.
    #[error(transparent)]
    Cut(#[from] CutError),
}

impl From<rusqlite::Error> for ReportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.into())
    }
}

impl LedgerReader {
    pub(super) const fn new(readers: Readers) -> Self {
        Self(readers)
    }

    /// Sums up. All of the answer is of one instant: what was acknowledged before is in it.
    pub async fn report(&self, query: CutQuery) -> Result<Sums, ReportError> {
        self.0
            .read(move |connection| report(connection, &query))
            .await
    }

    /// [`LedgerReader::report`] for a thread that may block.
    pub fn report_blocking(&self, query: &CutQuery) -> Result<Sums, ReportError> {
        self.0.read_blocking(|connection| report(connection, query))
    }

    /// The calls for an ad of a tenant in each hour of a range that had any, by its first instant:
    /// from `since`, before `until`.
    pub async fn requests(
        &self,
        tenant: TenantId,
        (since, until): (Hour, Hour),
    ) -> Result<Vec<(Timestamp, u64)>, ReportError> {
        let all = CutQuery::all(tenant);
        let query = CutQuery {
            cut: Cut {
                dimensions: vec![Dimension::Hour],
                // Calls for an ad belong to no campaign.
                filter: Filter {
                    campaigns: Some(vec![0]),
                    ..Filter::default()
                },
                since,
                until,
                wanted: Wanted::counting(&[Metric::Requests]),
                ..all.cut
            },
            ..all
        };
        let sums = self.report(query).await?;
        let hours = sums.groups.into_iter().filter_map(|(key, figures)| {
            let start = Timestamp::from_millis(*key.first()?);
            Some((start, figures.of(Metric::Requests)))
        });
        Ok(hours.filter(|&(_start, requests)| requests > 0).collect())
    }

    /// What is settled of the budget of a campaign, over its whole life.
    pub async fn settled(
        &self,
        tenant: TenantId,
        campaign: CampaignId,
    ) -> Result<Nanos, SqliteError> {
        let read = self.0.read(move |connection| {
            let mut query = connection.prepare_cached(
                "SELECT spend_nanos FROM spent WHERE campaign_id = ?1 AND tenant_id = ?2",
            )?;
            let found = query.query_row((campaign.get(), tenant.get()), |row| row.get(0));
            Ok(Nanos(found.optional()?.unwrap_or_default()))
        });
        read.await
    }
}

fn report(connection: &Connection, query: &CutQuery) -> Result<Sums, ReportError> {
    // All that a reader reads is of one instant, so a row that moves to a digest is seen once.
    let mut cutting = Cutting::new(&query.cut);
    add_digests(connection, query, &mut cutting)?;
    add_counts(connection, query, &mut cutting)?;
    add_reasons(connection, query, &mut cutting)?;
    add_fees(connection, query, &mut cutting)?;
    Ok(cutting.finish())
}

fn add_digests(
    connection: &Connection,
    query: &CutQuery,
    cutting: &mut Cutting<'_>,
) -> Result<(), ReportError> {
    let mut statement = connection.prepare_cached(
        "SELECT hour, packed FROM digests \
         WHERE tenant_id = ?1 AND hour > ?2 AND hour < ?3 AND hour + hours > ?4 ORDER BY hour",
    )?;
    let Cut { since, until, .. } = query.cut;
    let first = since.0.saturating_sub(DIGEST_HOURS.into());
    let mut rows = statement.query((query.tenant.get(), first, until.0, since.0))?;
    while let Some(row) = rows.next()? {
        let packed = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        cutting.add_digest(Hour(row.get(0)?), packed)?;
    }
    Ok(())
}

/// Which rows of a table of counts are meant. One campaign is found through its few cells, a
/// tenant through its hours.
pub(super) fn source(table: &str, query: &CutQuery) -> String {
    let range = "counted.tenant_id = :tenant AND counted.hour >= :since AND counted.hour < :until";
    match query.campaign() {
        Some(_) if table != "no_fill_counts" => format!(
            "FROM cells CROSS JOIN {table} AS counted INDEXED BY {table}_by_cell \
             ON counted.cell_id = cells.id \
             WHERE cells.tenant_id = :tenant AND cells.campaign_id = :campaign AND {range}"
        ),
        _ => format!(
            "FROM {table} AS counted CROSS JOIN cells ON cells.id = counted.cell_id \
             WHERE (:campaign IS NULL OR cells.campaign_id = :campaign) AND {range}"
        ),
    }
}

/// Goes through rows that begin with their hour and cell.
fn each_row(
    connection: &Connection,
    (query, table, columns): (&CutQuery, &str, &str),
    mut apply: impl FnMut(&Row<'_>, (Hour, CellKey)) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let sql = format!(
        "SELECT counted.hour, cells.campaign_id, cells.creative_id, cells.channel_id, \
         cells.receiver, {columns} {}",
        source(table, query)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {
        ":tenant": query.tenant.get(),
        ":campaign": query.campaign(),
        ":since": query.cut.since.0,
        ":until": query.cut.until.0,
    })?;
    while let Some(row) = rows.next()? {
        let cell = CellKey::of(&cell(row, 1, query.tenant)?);
        apply(row, (Hour(row.get(0)?), cell))?;
    }
    Ok(())
}

/// What was charged and then every metric, as the columns of a row.
pub(super) fn figure_columns() -> String {
    let names: Vec<&str> = Metric::ALL.iter().map(|metric| metric.as_str()).collect();
    format!("spend_nanos, {}", names.join(", "))
}

/// The figures in the [`figure_columns`] of a row from this one on.
pub(super) fn figures(row: &Row<'_>, first: usize) -> rusqlite::Result<Figures> {
    let mut figures = Figures::default();
    figures.charge(Nanos(row.get(first)?));
    for (&metric, place) in Metric::ALL.iter().zip(first + 1..) {
        figures.add(metric, count(row, place)?);
    }
    Ok(figures)
}

fn add_counts(
    connection: &Connection,
    query: &CutQuery,
    cutting: &mut Cutting<'_>,
) -> Result<(), ReportError> {
    let columns = figure_columns();
    each_row(
        connection,
        (query, "counts", &columns),
        |row, (hour, cell)| Ok(cutting.add(hour, cell, &figures(row, 5)?)?),
    )
}

fn add_reasons(
    connection: &Connection,
    query: &CutQuery,
    cutting: &mut Cutting<'_>,
) -> Result<(), ReportError> {
    let errors = (query, "error_counts", "code, n");
    each_row(connection, errors, |row, place| {
        cutting.add_errors(place, row.get(5)?, count(row, 6)?);
        Ok(())
    })?;
    let no_fill = (query, "no_fill_counts", "reason, n");
    each_row(connection, no_fill, |row, place| {
        let reason = row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?;
        cutting.add_no_fill(place, reason, count(row, 6)?);
        Ok(())
    })
}

fn add_fees(
    connection: &Connection,
    query: &CutQuery,
    cutting: &mut Cutting<'_>,
) -> Result<(), ReportError> {
    let mut find = connection.prepare_cached(
        "SELECT first_hour, campaign_id, creative_id, channel_id, receiver \
         FROM spent JOIN cells USING (tenant_id, campaign_id) \
         WHERE cells.id = first_cell_id AND spent.campaign_id = ?1 AND spent.tenant_id = ?2",
    )?;
    for &(campaign, fee) in &query.fees {
        let mut rows = find.query((campaign.get(), query.tenant.get()))?;
        while let Some(row) = rows.next()? {
            let mut figures = Figures::default();
            figures.charge(fee);
            let cell = CellKey::of(&cell(row, 1, query.tenant)?);
            cutting.add(Hour(row.get(0)?), cell, &figures)?;
        }
    }
    Ok(())
}
