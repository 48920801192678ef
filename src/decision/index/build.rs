//! From targetings to bitmaps: collects who wants and refuses what, then lays it out.

use super::bits::{Bitmaps, Block, narrow, set};
use super::fields::{Field, Posting, SINGLE, Value};
use super::read::Draft;
use super::rows::Rows;
use super::{Entry, Index};

/// A value wanted by more than one row in so many has a bitmap, others have a list.
const DENSE_SHARE: usize = 256;
/// A list shorter than this is never worth a bitmap.
const DENSE_MIN: usize = 4;
/// Most values of a dimension that get a bitmap each whatever the number of their rows.
const FUSED_MAX: u32 = 48;

/// The index of some entries.
pub(super) fn build(entries: &[Entry<'_>]) -> Index {
    let rows = Rows::of(entries);
    let draft = Draft::read(entries, &rows);
    let mut layout = Layout::plan(&draft);
    let mut bits = Bitmaps::new(layout.bitmaps as usize, rows.height());
    layout.fill_any(&draft, &rows, &mut bits);
    layout.fill_values(&draft, &mut bits);
    let mut words = draft.words;
    words.shrink();
    Index {
        rows,
        bits,
        words,
        lists: layout.lists,
        values: layout.values,
        fields: layout.fields,
        lines: draft.lines,
        weeks: draft.weeks,
        first_word: draft.first_word,
        first_values: draft.first_values,
    }
}

/// Which value gets which bitmap or list.
struct Layout {
    fields: Vec<Field>,
    values: Vec<Value>,
    lists: Vec<u32>,
    /// For each field the values of a fused one, a range of bitmaps.
    fused: Vec<std::ops::Range<u32>>,
    bitmaps: u32,
}

impl Layout {
    fn plan(draft: &Draft) -> Self {
        let mut layout = Self {
            fields: vec![Field::default(); draft.fields],
            values: Vec::with_capacity(draft.field_of.len()),
            lists: Vec::new(),
            fused: vec![0..0; draft.fields],
            bitmaps: 0,
        };
        let mut counts = vec![0u32; draft.fields];
        for &field in &draft.field_of {
            counts[field as usize] += 1;
        }
        for &(field, _row) in &draft.wants {
            layout.fields[field as usize].any = Some(0);
        }
        for (number, field) in layout.fields.iter_mut().enumerate() {
            field.used = counts[number] > 0 || field.any.is_some();
            let plain = draft
                .lines
                .iter()
                .all(|(of, line)| *of != number || line.is_plain());
            field.fused = SINGLE.contains(&number) && counts[number] <= FUSED_MAX && plain;
            // A fused field needs the bitmap of those who want nothing as what it starts from.
            if field.any.is_some() || field.fused && field.used {
                field.any = Some(layout.bitmaps);
                layout.bitmaps += 1;
            }
            if field.fused {
                layout.fused[number] = layout.bitmaps..layout.bitmaps + counts[number];
                layout.bitmaps += counts[number];
            }
        }
        layout.plan_values(draft);
        layout
    }

    fn plan_values(&mut self, draft: &Draft) {
        let dense = (draft.rows / DENSE_SHARE).max(DENSE_MIN);
        let wanted = lengths(&draft.wanted, draft.field_of.len());
        let refused = lengths(&draft.refused, draft.field_of.len());
        let mut next: Vec<u32> = self.fused.iter().map(|range| range.start).collect();
        for (number, &field) in draft.field_of.iter().enumerate() {
            let fused = self.fields[field as usize].fused;
            let value = Value {
                field,
                wanted: if fused {
                    next[field as usize] += 1;
                    Posting::Dense(next[field as usize] - 1)
                } else {
                    self.posting(wanted[number], dense)
                },
                refused: if fused {
                    Posting::None
                } else {
                    self.posting(refused[number], dense)
                },
            };
            self.values.push(value);
        }
    }

    fn posting(&mut self, len: u32, dense: usize) -> Posting {
        if len == 0 {
            Posting::None
        } else if len as usize > dense {
            self.bitmaps += 1;
            Posting::Dense(self.bitmaps - 1)
        } else {
            let from = narrow(self.lists.len());
            self.lists.resize(self.lists.len() + len as usize, 0);
            Posting::Sparse { from, len: 0 }
        }
    }

    /// The rows that want nothing in a field, as far as a field needs them.
    fn fill_any(&self, draft: &Draft, rows: &Rows, bits: &mut Bitmaps) {
        let mut owned: Vec<Block> = vec![[0; 8]; rows.height()];
        for row in rows.owned() {
            set(&mut owned, row as usize);
        }
        for field in &self.fields {
            if let Some(any) = field.any {
                bits.fill(any, &owned);
            }
        }
        for &(field, row) in &draft.wants {
            if let Some(any) = self.fields[field as usize].any {
                bits.clear(any, row);
            }
        }
        for (field, range) in self.fields.iter().zip(&self.fused) {
            if let Some(any) = field.any {
                bits.spread(any, range.clone());
            }
        }
    }

    fn fill_values(&mut self, draft: &Draft, bits: &mut Bitmaps) {
        for &(value, row) in &draft.wanted {
            post(
                &mut self.values[value as usize].wanted,
                row,
                bits,
                &mut self.lists,
            );
        }
        for &(value, row) in &draft.refused {
            let value = &mut self.values[value as usize];
            if self.fields[value.field as usize].fused {
                if let Posting::Dense(bitmap) = value.wanted {
                    bits.clear(bitmap, row);
                }
            } else {
                post(&mut value.refused, row, bits, &mut self.lists);
            }
        }
        for value in &self.values {
            for posting in [value.wanted, value.refused] {
                if let Posting::Sparse { from, len } = posting {
                    self.lists[from as usize..(from + len) as usize].sort_unstable();
                }
            }
        }
    }
}

/// Adds a row to a posting.
fn post(posting: &mut Posting, row: u32, bits: &mut Bitmaps, lists: &mut [u32]) {
    match posting {
        Posting::None => {}
        Posting::Dense(bitmap) => bits.set(*bitmap, row),
        Posting::Sparse { from, len } => {
            lists[(*from + *len) as usize] = row;
            *len += 1;
        }
    }
}

fn lengths(pairs: &[(u32, u32)], values: usize) -> Vec<u32> {
    let mut lengths = vec![0; values];
    for &(value, _row) in pairs {
        lengths[value as usize] += 1;
    }
    lengths
}
