//! A plan as the bytes of a playlist.

use std::io::Write as _;

use super::bits::Bit;
use super::plan::{Bits, Plan, Rows, Span};
use super::{AdLinks, Piece};
use crate::model::Micros;
use crate::model::rendition::{RenditionPiece, Track};
use crate::stitch::timeline::{View, write_date};

const SPLIT: &[u8] = b"#EXT-X-DISCONTINUITY\n";
const CLEAR: &[u8] = b"#EXT-X-KEY:METHOD=NONE\n";

/// Where it is written, and from what.
pub(super) struct Writer<'a> {
    pub(super) view: &'a View,
    pub(super) rendition: usize,
    pub(super) links: &'a mut dyn AdLinks,
    pub(super) out: &'a mut Vec<u8>,
    /// Whether keys are in force where it is written.
    pub(super) keyed: bool,
}

impl Writer<'_> {
    pub(super) fn write(&mut self, plan: &Plan<'_>) {
        let (place, element) = plan.first;
        let spans = plan.spans.get(place..).unwrap_or_default();
        let (number, dsn) = spans
            .first()
            .map_or((0, 0), |span| self.numbers(span, element));
        self.text(&self.view.head);
        write!(self.out, "{number}\n#EXT-X-DISCONTINUITY-SEQUENCE:{dsn}\n")
            .expect("a Vec takes any bytes");
        self.text(&self.view.header);
        for (place, span) in spans.iter().enumerate() {
            match span {
                Span::Rows(rows) => {
                    let from = if place == 0 { element } else { rows.from };
                    self.rows(rows, from);
                    let last = rows
                        .to
                        .checked_sub(1)
                        .and_then(|last| self.view.rows.get(last));
                    self.keyed = last.is_some_and(|last| last.keyed);
                }
                Span::Bits(bits) => {
                    self.bits(bits, if place == 0 { element } else { 0 });
                }
            }
        }
        self.ranges(self.view.shown, self.view.rows.len());
        self.text(&self.view.tail);
        if plan.ends {
            self.out.extend_from_slice(b"#EXT-X-ENDLIST\n");
        }
    }

    /// Media and discontinuity sequence numbers of a playlist that begins with an element: its
    /// own, less the discontinuity that is written before it.
    fn numbers(&self, span: &Span<'_>, element: usize) -> (i64, i64) {
        match span {
            Span::Rows(rows) => {
                let row = self.view.rows.get(element);
                row.map_or((0, 0), |row| {
                    let splits = splits(rows, element, row.split);
                    let number = row.number.cast_signed() + rows.moved.segments;
                    let dsn = row.dsn.cast_signed() + rows.moved.discontinuities;
                    (number, dsn - splits)
                })
            }
            Span::Bits(bits) => {
                let before = bits.list.iter().take(element).filter(|bit| bit.splits);
                let before = i64::try_from(before.count()).unwrap_or(0);
                // `dsn` counts one discontinuity before the first of them.
                let more = if element == 0 { 1 - bits.splits } else { 0 };
                let element = i64::try_from(element).unwrap_or(0);
                (bits.number + element, bits.dsn + before + more)
            }
        }
    }

    fn rows(&mut self, rows: &Rows, from: usize) {
        let Some(row) = self.view.rows.get(from) else {
            return;
        };
        for _ in 0..splits(rows, from, row.split) {
            self.out.extend_from_slice(SPLIT);
        }
        self.text(self.view.lead(from));
        let lines = self.view.lines(from, rows.to);
        self.text(lines.get(row.split_line as usize..).unwrap_or_default());
    }

    fn bits(&mut self, bits: &Bits<'_>, from: usize) {
        for (place, bit) in bits.list.iter().enumerate().skip(from) {
            let splits = if place == 0 {
                bits.splits
            } else {
                i64::from(bit.splits)
            };
            for _ in 0..splits {
                self.out.extend_from_slice(SPLIT);
            }
            if std::mem::take(&mut self.keyed) {
                self.out.extend_from_slice(CLEAR);
            }
            let Some(track) = bit.set.tracks.get(self.rendition) else {
                continue;
            };
            if bit.splits || place == from {
                self.begin(bits, bit, track);
            }
            self.segment(bits, bit, track);
        }
        let (from, to) = bits.instead;
        self.ranges(from, to);
    }

    /// What stands before the first segment of an ad, and before the first one of a playlist.
    fn begin(&mut self, bits: &Bits<'_>, bit: &Bit<'_>, track: &Track) {
        if track.has_init() {
            self.out.extend_from_slice(b"#EXT-X-MAP:URI=\"");
            self.link(bits, bit, RenditionPiece::Init);
            self.out.extend_from_slice(b"\"\n");
        }
        if let Some(date) = bits.of.from_date.filter(|_| self.view.dated) {
            let begin = bits.start - bits.of.from + bit.start;
            write_date(date.saturating_add(begin), self.out);
        }
    }

    fn segment(&mut self, bits: &Bits<'_>, bit: &Bit<'_>, track: &Track) {
        let Some(segment) = track.segments.get(bit.segment) else {
            return;
        };
        if self.view.bitrates && segment.bytes > 0 && bit.duration > Micros::ZERO {
            let kilobits = u64::from(segment.bytes) * 8000 / bit.duration.0;
            writeln!(self.out, "#EXT-X-BITRATE:{kilobits}").expect("a Vec takes any bytes");
        }
        self.out.extend_from_slice(b"#EXTINF:");
        write_seconds(bit.duration, self.out);
        self.out.extend_from_slice(b",\n");
        if self.view.iframes_only {
            let bytes = segment.iframe_bytes;
            writeln!(self.out, "#EXT-X-BYTERANGE:{bytes}@0").expect("a Vec takes any bytes");
        }
        let number = u32::try_from(bit.segment).unwrap_or(u32::MAX);
        self.link(bits, bit, RenditionPiece::Segment(number, track.extension));
        self.out.push(b'\n');
    }

    fn link(&mut self, bits: &Bits<'_>, bit: &Bit<'_>, file: RenditionPiece) {
        let files = bit
            .set
            .tracks
            .get(self.rendition)
            .map_or(0, |track| track.files);
        let piece = Piece {
            of: bits.of,
            spot: bit.spot,
            set: bit.set,
            rendition: u16::try_from(self.rendition).unwrap_or(u16::MAX),
            files,
            file,
        };
        self.links.write(&piece, self.out);
    }

    /// Date ranges of rows that are not shown.
    fn ranges(&mut self, from: usize, to: usize) {
        let ranges = &self.view.ranges;
        let first = ranges.partition_point(|(place, _)| *place < from);
        for (_, lines) in ranges
            .iter()
            .skip(first)
            .take_while(|(place, _)| *place < to)
        {
            self.out.extend_from_slice(lines.as_bytes());
        }
    }

    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}

/// Discontinuities before a row at which a run of content begins.
fn splits(rows: &Rows, place: usize, own: impl Into<i64>) -> i64 {
    let returns = rows.splits.filter(|_| place == rows.from);
    returns.unwrap_or_else(|| own.into())
}

/// Decimal seconds without idle zeros.
fn write_seconds(time: Micros, out: &mut Vec<u8>) {
    let (seconds, part) = (time.0 / 1_000_000, time.0 % 1_000_000);
    write!(out, "{seconds}.{part:06}").expect("a Vec takes any bytes");
    while out.ends_with(b"0") && !out.ends_with(b".0") {
        out.pop();
    }
}
