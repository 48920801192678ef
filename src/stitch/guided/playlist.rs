//! A session's playlist for a player that puts ads in itself: content, and where ads are.

use super::calendar::Calendar;
use super::interstitial::{Lists, Restrict, length, write_range};
use crate::stitch::breaks::Break;
use crate::stitch::compose::{self, AdLinks, ComposeError, Piece};
use crate::stitch::fill::Fill;
use crate::stitch::session::{Past, SessionView};
use crate::stitch::timeline::{Snapshot, View, write_date};

/// Appends the session's playlist of a rendition to `out`: the content, and a date range for each
/// break that ads were decided for, as long as anything listed is in it.
///
/// # Errors
/// There is none to be made; `out` is as it was.
pub fn compose(
    snapshot: &Snapshot,
    rendition: usize,
    session: &SessionView,
    (restrict, lists): (Restrict, &mut dyn Lists),
    out: &mut Vec<u8>,
) -> Result<(), ComposeError> {
    let content = SessionView::resume(snapshot.next_break(), Past::default(), []);
    let start = out.len();
    compose::compose(snapshot, rendition, &content, &mut Unasked, out)?;
    let view = snapshot.views.get(rendition);
    let view = view.ok_or(ComposeError::NotReady { rendition })?;
    let calendar = Calendar::of(snapshot);
    let text = out.split_off(start);
    let listed = Listed::read(&text, view);
    let mut ranges = Vec::new();
    for (of, fill) in shown(snapshot, session) {
        let part = (of, fill);
        write_range(
            snapshot,
            part,
            calendar,
            (restrict, &mut *lists),
            &mut ranges,
        );
    }
    let (header, body) = text.split_at(listed.map_or(text.len(), |listed| listed.body));
    out.extend_from_slice(header);
    out.extend_from_slice(&ranges);
    match listed.filter(|_| !view.dated) {
        Some(listed) => write_dated(view, listed, calendar, body, out),
        None => out.extend_from_slice(body),
    }
    Ok(())
}

/// The breaks of a session that have ads, until they have left every rendition: one that lists
/// more than the leader has the same date ranges.
pub(super) fn shown<'a>(
    snapshot: &'a Snapshot,
    session: &'a SessionView,
) -> impl Iterator<Item = (&'a Break, &'a Fill)> {
    let rows = snapshot.views.iter().filter_map(|view| view.rows.first());
    let begin = rows.map(|row| row.start).min().unwrap_or(i64::MAX);
    let fills = session.fills().iter();
    let known = fills.filter_map(|(no, fill)| Some((snapshot.find(*no)?, &**fill)));
    known.filter(move |(of, fill)| {
        !fill.ads().is_empty() && of.at.saturating_add(length(of, fill).signed()) > begin
    })
}

/// Where what the leader lists begins and ends, on the channel's axis.
pub(super) fn window(snapshot: &Snapshot) -> Option<(i64, i64)> {
    let view = snapshot.views.first()?;
    let first = view.rows.get(view.first)?;
    let last = view.rows.get(view.shown.checked_sub(1)?)?;
    Some((
        first.start,
        last.start.saturating_add(last.duration.signed()),
    ))
}

/// Where the segments of a playlist without ads stand in its text.
#[derive(Debug, Clone, Copy)]
struct Listed {
    /// Where the first segment's lines begin.
    body: usize,
    /// Position of its row.
    first: usize,
}

impl Listed {
    /// What was written: head, number, discontinuity number, header, segments.
    fn read(text: &[u8], view: &View) -> Option<Self> {
        let numbers = text.get(view.head.len()..)?;
        let mut lines = numbers.split_inclusive(|byte| *byte == b'\n');
        let (number, splits) = (lines.next()?, lines.next()?);
        let body = view.head.len() + number.len() + splits.len() + view.header.len();
        let number = str::from_utf8(number).ok()?.trim_end().parse().ok()?;
        let first = view.place(number);
        view.rows.get(first)?;
        Some(Self { body, first })
    }
}

/// Copies segments, with a date before the first, after each discontinuity, and wherever one does
/// not begin where the one before ends: a date must not depend on which segment is listed first.
fn write_dated(view: &View, listed: Listed, calendar: Calendar, body: &[u8], out: &mut Vec<u8>) {
    let rows = view.rows.get(listed.first..view.shown).unwrap_or_default();
    let Some(first) = rows.first() else {
        return out.extend_from_slice(body);
    };
    // A discontinuity stands before everything else of the first segment.
    let split = body
        .iter()
        .position(|byte| *byte == b'\n')
        .map(|end| end + 1);
    let split = split.filter(|_| body.starts_with(b"#EXT-X-DISCONTINUITY\n"));
    let split = split.unwrap_or(0);
    let begin = first.text + first.split_line;
    let lead = split + view.lead(listed.first).len();
    let (mut copied, mut next) = (0, None);
    for row in rows {
        let is_due = row.split || next != Some(row.start);
        if is_due {
            let at = match next {
                None => split,
                Some(_) => lead + (row.text + row.split_line - begin) as usize,
            };
            out.extend_from_slice(body.get(copied..at).unwrap_or_default());
            write_date(calendar.at(row.start), out);
            copied = at;
        }
        next = Some(row.start.saturating_add(row.duration.signed()));
    }
    out.extend_from_slice(body.get(copied..).unwrap_or_default());
}

/// Content has no ads to be addressed.
struct Unasked;

impl AdLinks for Unasked {
    fn write(&mut self, _piece: &Piece<'_>, _out: &mut Vec<u8>) {}
}
