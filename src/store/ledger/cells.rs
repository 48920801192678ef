//! The numbers of the cells that counts are kept in.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ledger::Cell;
use crate::model::{CampaignId, ChannelId, CreativeId};

/// Cells remembered; beyond, all are forgotten and looked up again.
const CELLS_MAX: usize = 1 << 17;

/// Cells whose number is known.
#[derive(Debug, Default)]
pub(super) struct Cells {
    known: HashMap<Cell, i64>,
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
        ];
        let mut find = connection.prepare_cached(
            "SELECT id FROM cells WHERE tenant_id = ?1 AND campaign_id = ?2 \
             AND creative_id = ?3 AND channel_id = ?4",
        )?;
        let id = if let Some(id) = find.query_row(key, |row| row.get(0)).optional()? {
            id
        } else {
            let mut insert = connection.prepare_cached(
                "INSERT INTO cells (tenant_id, campaign_id, creative_id, channel_id) \
                 VALUES (?1, ?2, ?3, ?4)",
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
