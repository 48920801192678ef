//! What can only be said once the last line is read.

use std::collections::HashMap;

use super::{PlaylistError, Reader, offset};
use crate::format::hls::cue::{Cue, Spelling};
use crate::format::hls::media::{HeaderTag, MediaPlaylist};

impl Reader<'_> {
    pub(super) fn finish(mut self) -> Result<MediaPlaylist, PlaylistError> {
        let end = offset(self.text.len());
        let missing = PlaylistError::Missing {
            tag: "EXT-X-TARGETDURATION",
        };
        self.out.target = self.target.ok_or(missing)?;
        self.out.first_msn = self.first_msn();
        if let Some(last) = self.out.segments.last() {
            self.out.tail = last.lines.end..end;
        } else {
            let begun = self.start.unwrap_or(end);
            self.out.header = 0..begun;
            self.out.tail = begun..end;
        }
        self.date_back();
        if self.undated {
            self.date_returns();
        }
        let (header, tail) = (self.out.header.end, self.out.tail.start);
        let stray = |tag: HeaderTag, start: u32| {
            start >= header && !(tag == HeaderTag::End && start >= tail)
        };
        let strays = self.out.tags.iter();
        let strays = strays.filter(|(tag, line)| stray(*tag, line.start));
        self.out.strays = strays.map(|(_, line)| line.clone()).collect();
        Ok(self.out)
    }

    /// Dates the segments before the first date, counting back from it.
    fn date_back(&mut self) {
        let Some(dated) = self.dated else { return };
        let mut next = self.out.segments.get(dated).and_then(|segment| segment.pdt);
        for segment in self.out.segments.iter_mut().take(dated).rev() {
            next = next.and_then(|next| next.checked_sub(segment.duration.signed()));
            segment.pdt = next;
        }
    }

    /// A second tag of a date range may leave out what the first one says (§4.4.5.1): when the
    /// range began, and so when its end is, or how long it was.
    fn date_returns(&mut self) {
        let mut starts = HashMap::new();
        for range in &self.out.ranges {
            let (from, to) = (range.id.start as usize, range.id.end as usize);
            let (id, Some(start)) = (self.text.get(from..to), range.start) else {
                continue;
            };
            starts.entry(id).or_insert(start);
        }
        let mut ranges = self.out.ranges.iter().peekable();
        for line in &mut self.out.cues {
            let whole = line.at.is_some() && !matches!(line.cue, Cue::In { length: None, .. });
            if line.spelling != Spelling::DateRange || whole {
                continue;
            }
            while ranges
                .next_if(|range| range.line.start < line.line.start)
                .is_some()
            {}
            let Some(range) = ranges.peek() else { break };
            let (from, to) = (range.id.start as usize, range.id.end as usize);
            let start = starts.get(&self.text.get(from..to)).copied();
            match &mut line.cue {
                Cue::In { length, .. } => {
                    let counted = || start?.checked_add(range.duration?.signed());
                    line.at = line.at.or(range.end).or_else(counted);
                    let between = || u64::try_from(range.end?.checked_sub(start?)?).ok();
                    *length = length.or_else(|| between().map(crate::model::Micros));
                }
                _ => line.at = start,
            }
        }
    }
}
