//! The numbers of the cells that counts are kept in, and how many of them an hour may have.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::ledger::{Cell, CellKey, Hour};
use crate::model::id_hash::IdHash;
use crate::model::{CampaignId, ChannelId, CreativeId, Receiver, TenantId, Timestamp};

/// Cells remembered; beyond, all are forgotten and looked up again.
const CELLS_MAX: usize = 1 << 17;

/// Cells whose number is known.
#[derive(Debug, Default)]
pub(super) struct Cells {
    known: HashMap<Cell, i64, IdHash>,
    /// Those that became known in the transaction that is open.
    fresh: Vec<Cell>,
}

impl Cells {
    /// The number of a cell, given when it has none.
    pub(super) fn number(&mut self, connection: &Connection, cell: Cell) -> rusqlite::Result<i64> {
        if let Some(&id) = self.known.get(&cell) {
            return Ok(id);
        }
        let key = params![
            cell.tenant.get(),
            cell.campaign.map_or(0, CampaignId::get),
            cell.creative.map_or(0, CreativeId::get),
            cell.channel.map_or(0, ChannelId::get),
            cell.receiver.bits(),
        ];
        let mut find = connection.prepare_cached(
            "SELECT id FROM cells WHERE tenant_id = ?1 AND campaign_id = ?2 \
             AND creative_id = ?3 AND channel_id = ?4 AND receiver = ?5",
        )?;
        let id = if let Some(id) = find.query_row(key, |row| row.get(0)).optional()? {
            id
        } else {
            let mut insert = connection.prepare_cached(
                "INSERT INTO cells (tenant_id, campaign_id, creative_id, channel_id, receiver) \
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            insert.insert(key)?
        };
        if self.known.len() >= CELLS_MAX {
            self.known.clear();
        }
        self.known.insert(cell, id);
        self.fresh.push(cell);
        Ok(id)
    }

    /// The transaction is kept.
    pub(super) fn keep(&mut self) {
        self.fresh.clear();
    }

    /// The transaction is undone, and with it the numbers it gave.
    pub(super) fn undo(&mut self) {
        for cell in self.fresh.drain(..) {
            self.known.remove(&cell);
        }
    }
}

/// Cells with a device or country that one hour of a tenant may have. What comes beyond is counted
/// under the receiver `other`: whoever invents countries cannot fill the disk.
pub const RECEIVER_CELLS_MAX: usize = 8_192;

/// Which cells of the running hour, and of the one before, are kept apart.
#[derive(Debug, Default)]
pub(super) struct Folds {
    hours: HashMap<(TenantId, Hour), HashSet<Cell, IdHash>>,
}

impl Folds {
    /// What the counts of the running hour are kept in already.
    pub(super) fn read(connection: &Connection, now: Timestamp) -> rusqlite::Result<Self> {
        let mut folds = Self::default();
        let mut query = connection.prepare(
            "SELECT counts.tenant_id, hour, campaign_id, creative_id, channel_id, receiver \
             FROM counts JOIN cells ON cells.id = cell_id WHERE hour >= ?1 AND receiver <> 0",
        )?;
        let mut rows = query.query([Hour::of(now).0 - 1])?;
        while let Some(row) = rows.next()? {
            let (cell, hour) = (cell(row, 2, TenantId::new(row.get(0)?))?, Hour(row.get(1)?));
            folds.admit(hour, cell);
        }
        Ok(folds)
    }

    /// The cell that is counted in: the same, or with the others.
    pub(super) fn admit(&mut self, hour: Hour, cell: Cell) -> Cell {
        if cell.receiver == Receiver::UNKNOWN || cell.receiver == Receiver::OTHER {
            return cell;
        }
        let key = (cell.tenant, hour);
        if !self.hours.contains_key(&key) {
            self.hours
                .retain(|&(_tenant, known), _cells| known.0 >= hour.0 - 1);
        }
        let apart = self.hours.entry(key).or_default();
        if apart.len() < RECEIVER_CELLS_MAX {
            apart.insert(cell);
            return cell;
        }
        if apart.contains(&cell) {
            return cell;
        }
        Cell {
            receiver: Receiver::OTHER,
            ..cell
        }
    }
}

/// The cell in four columns of a row from this one on.
pub(super) fn cell(row: &Row<'_>, first: usize, tenant: TenantId) -> rusqlite::Result<Cell> {
    let key = CellKey {
        campaign: row.get(first)?,
        creative: row.get(first + 1)?,
        channel: row.get(first + 2)?,
        receiver: row.get(first + 3)?,
    };
    Ok(key.cell(tenant))
}
