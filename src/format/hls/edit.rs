//! Changes to a text by ranges: what is not named stays byte for byte.

use std::ops::Range;

/// A piece of a text to put in the place of another; an empty range inserts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What to replace.
    pub range: Range<u32>,
    /// What with.
    pub with: Vec<u8>,
}

/// The text with the edits done. They are in order and do not overlap; one that does is left out.
pub fn rewrite(text: &[u8], edits: &[Edit]) -> Vec<u8> {
    let grown: usize = edits.iter().map(|edit| edit.with.len()).sum();
    let mut out = Vec::with_capacity(text.len() + grown);
    let mut done = 0;
    for edit in edits {
        let (start, end) = (edit.range.start as usize, edit.range.end as usize);
        let Some(kept) = text.get(done..start) else {
            continue;
        };
        if end < start || end > text.len() {
            continue;
        }
        out.extend_from_slice(kept);
        out.extend_from_slice(&edit.with);
        done = end;
    }
    out.extend_from_slice(text.get(done..).unwrap_or_default());
    out
}
