//! Breaks as date ranges (rfc8216bis §4.4.5.1.1).

use smallvec::SmallVec;

use super::words::read_message;
use super::{Cue, CueId};
use crate::format::hls::attributes::Attributes;
use crate::format::hls::text::{date, seconds, trim};
use crate::format::scte35::{CueKind, Message, MessageError};
use crate::model::Micros;

/// The attributes of one `EXT-X-DATERANGE`.
#[derive(Debug, Clone, Default)]
pub(in crate::format::hls) struct ReadRange<'a> {
    pub(in crate::format::hls) id: Option<&'a [u8]>,
    pub(in crate::format::hls) class: Option<&'a [u8]>,
    pub(in crate::format::hls) start: Option<i64>,
    pub(in crate::format::hls) end: Option<i64>,
    pub(in crate::format::hls) duration: Option<Micros>,
    pub(in crate::format::hls) planned: Option<Micros>,
    pub(in crate::format::hls) end_on_next: bool,
    out: Option<&'a [u8]>,
    back: Option<&'a [u8]>,
    command: Option<&'a [u8]>,
}

/// Reads the attributes; a value that cannot be read counts as absent.
pub(in crate::format::hls) fn read_range(list: &[u8]) -> ReadRange<'_> {
    let mut read = ReadRange::default();
    for attribute in Attributes::new(list) {
        let value = attribute.value;
        match attribute.name {
            b"ID" => read.id = Some(value),
            b"CLASS" => read.class = Some(value),
            b"START-DATE" => read.start = date(trim(value)),
            b"END-DATE" => read.end = date(trim(value)),
            b"DURATION" => read.duration = seconds(value),
            b"PLANNED-DURATION" => read.planned = seconds(value),
            b"END-ON-NEXT" => read.end_on_next = value == b"YES",
            b"SCTE35-OUT" => read.out = Some(value),
            b"SCTE35-IN" => read.back = Some(value),
            b"SCTE35-CMD" => read.command = Some(value),
            _ => {}
        }
    }
    read
}

/// A cue of a date range and the instant it is about, as far as its own tag tells.
pub(in crate::format::hls) type DatedCue = (Option<i64>, Cue);

impl ReadRange<'_> {
    /// Whether it is about a splice.
    pub(in crate::format::hls) fn is_splice(&self) -> bool {
        self.out.or(self.back).or(self.command).is_some()
    }

    /// How long it says that it is.
    fn length(&self) -> Option<Micros> {
        let between = || {
            let micros = self.end?.checked_sub(self.start?)?;
            u64::try_from(micros).ok().map(Micros)
        };
        self.duration.or_else(between)
    }

    /// What it says about breaks.
    ///
    /// The attribute tells whether a break begins or ends, the message only which and what kind;
    /// a command tells both itself.
    pub(in crate::format::hls) fn cues(&self) -> Result<SmallVec<[DatedCue; 1]>, MessageError> {
        let name = self.id.and_then(|id| std::str::from_utf8(id).ok());
        let mut cues = SmallVec::new();
        if let Some(value) = self.out {
            cues.push((self.start, self.out_cue(read_message(trim(value))?, name)));
        }
        if let Some(value) = self.back {
            let cue = self.in_cue(read_message(trim(value))?, name);
            cues.push((self.end_instant(), cue));
        }
        if let Some(value) = self.command {
            let message = read_message(trim(value))?;
            for splice in message.splices {
                let mut cue = Cue::of_splice(splice, name);
                cue.state_duration(self.length().or(self.planned));
                cues.push((self.start, cue));
            }
        }
        Ok(cues)
    }

    /// When it is over.
    pub(in crate::format::hls) fn end_instant(&self) -> Option<i64> {
        let counted = || self.start?.checked_add(self.duration?.signed());
        self.end.or_else(counted)
    }

    fn out_cue(&self, message: Message, name: Option<&str>) -> Cue {
        let written = self.length().or(self.planned);
        let event = message.event;
        let mut found = message
            .splices
            .into_iter()
            .map(|splice| Cue::of_splice(splice, name));
        let cue = found.find(|cue| matches!(cue, Cue::Out { .. }));
        let cue = cue.map(|mut cue| {
            cue.state_duration(written);
            cue
        });
        cue.unwrap_or_else(|| Cue::Out {
            id: CueId {
                name: name.map(Box::from),
                event,
            },
            duration: written,
            kind: CueKind::Splice,
            auto_return: written.is_some(),
            upid: None,
        })
    }

    fn in_cue(&self, message: Message, name: Option<&str>) -> Cue {
        let event = message.event;
        let mut found = message
            .splices
            .into_iter()
            .map(|splice| Cue::of_splice(splice, name));
        let mut cue = found.find(|cue| matches!(cue, Cue::In { .. }));
        if let Some(Cue::In { length, .. }) = &mut cue {
            *length = self.length();
        }
        cue.unwrap_or_else(|| Cue::In {
            id: CueId {
                name: name.map(Box::from),
                event,
            },
            kind: CueKind::Splice,
            length: self.length(),
        })
    }
}
