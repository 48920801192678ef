//! The tags of breaks that stand before a segment.

use smallvec::SmallVec;

use super::words::{Words, read_message};
use super::{Cue, CueId, Spelling};
use crate::format::hls::text::{seconds_at_start, trim};
use crate::format::scte35::{CueKind, Message, MessageError, SpliceAction, Upid};
use crate::model::Micros;

/// A tag of a break by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format::hls) struct CueTag(pub(super) Spelling);

/// What a tag says: nothing for a message about something else than breaks.
pub(super) type Said = Result<SmallVec<[Cue; 1]>, MessageError>;

impl CueTag {
    /// Of a name between `#` and the colon.
    pub(in crate::format::hls) fn of(name: &[u8]) -> Option<Self> {
        let spelling = match name {
            b"EXT-X-CUE-OUT" => Spelling::CueOut,
            b"EXT-X-CUE-OUT-CONT" => Spelling::CueOutCont,
            b"EXT-X-CUE-IN" => Spelling::CueIn,
            b"EXT-X-CUE" => Spelling::Adobe,
            b"EXT-OATCLS-SCTE35" => Spelling::Oatcls,
            b"EXT-X-SCTE35" => Spelling::Scte35,
            b"EXT-X-SPLICEPOINT-SCTE35" => Spelling::Splicepoint,
            _ => return None,
        };
        Some(Self(spelling))
    }

    /// How it is spelled.
    pub(in crate::format::hls) fn spelling(self) -> Spelling {
        self.0
    }
}

/// Reads what stands after the colon of a tag.
pub(in crate::format::hls) fn read_tag(tag: CueTag, value: &[u8]) -> Said {
    let value = trim(value);
    match tag.0 {
        Spelling::CueOut => cue_out(value),
        Spelling::CueOutCont => cue_out_cont(value),
        Spelling::CueIn => Ok(one(cue_in(Words(value)))),
        Spelling::Adobe => Ok(adobe(Words(value)).into_iter().collect()),
        Spelling::Scte35 => scte35(Words(value)),
        Spelling::Oatcls | Spelling::Splicepoint => Ok(all(read_message(value)?, None).collect()),
        Spelling::DateRange => Ok(SmallVec::new()),
    }
}

fn one(cue: Cue) -> SmallVec<[Cue; 1]> {
    SmallVec::from_iter([cue])
}

fn all(message: Message, name: Option<&str>) -> impl Iterator<Item = Cue> {
    let splices = message.splices.into_iter();
    splices.map(move |splice| Cue::of_splice(splice, name))
}

/// A value that is a number of seconds and nothing else.
fn plain_seconds(value: &[u8]) -> Option<Micros> {
    let (span, length) = seconds_at_start(value)?;
    (length == value.len()).then_some(span)
}

/// `30`, `30.03`, `DURATION=30`, `Duration="30",ID=…`, or nothing; with a message perhaps.
fn cue_out(value: &[u8]) -> Said {
    let words = Words(value);
    let written = plain_seconds(value).or_else(|| words.span("DURATION"));
    let name = words.text("ID");
    if let Some(message) = words.message("SCTE35").transpose()? {
        let mut cues = all(message, name);
        if let Some(mut cue) = cues.find(|cue| matches!(cue, Cue::Out { .. })) {
            cue.state_duration(written);
            return Ok(one(cue));
        }
    }
    Ok(one(Cue::Out {
        id: CueId {
            name: name.map(Box::from),
            event: None,
        },
        duration: written,
        kind: CueKind::Splice,
        auto_return: written.is_some(),
        upid: None,
    }))
}

/// `6/30`, `6.006`, `ElapsedTime=6,Duration=30,SCTE35=…`, or nothing.
fn cue_out_cont(value: &[u8]) -> Said {
    let words = Words(value);
    let (mut elapsed, mut duration) = (words.span("ELAPSEDTIME"), words.span("DURATION"));
    elapsed = elapsed.or_else(|| words.span("ELAPSED"));
    if let Some((first, length)) = seconds_at_start(value) {
        elapsed = Some(first);
        let rest = value.get(length..).unwrap_or_default();
        duration = rest.strip_prefix(b"/").and_then(plain_seconds);
    }
    let message = words.message("SCTE35").transpose()?;
    let id = CueId {
        name: words.text("ID").map(Box::from),
        event: message.and_then(|message| message.event),
    };
    Ok(one(Cue::Cont {
        id,
        elapsed,
        duration,
    }))
}

fn cue_in(words: Words<'_>) -> Cue {
    Cue::In {
        id: CueId {
            name: words.text("ID").map(Box::from),
            event: None,
        },
        kind: CueKind::Splice,
        length: None,
    }
}

/// `TYPE="SpliceOut",ID="7",TIME="414.17",DURATION="30",ELAPSED="6"`. Its time counts from a
/// start of the stream that the playlist does not know: where the tag stands is what counts.
fn adobe(words: Words<'_>) -> Option<Cue> {
    if words.is("TYPE", "SpliceIn") {
        return Some(cue_in(words));
    }
    if !words.is("TYPE", "SpliceOut") {
        return None;
    }
    let id = CueId {
        name: words.text("ID").map(Box::from),
        event: None,
    };
    let duration = words.span("DURATION");
    let elapsed = words.span("ELAPSED");
    if elapsed.is_some_and(|elapsed| elapsed > Micros::ZERO) {
        return Some(Cue::Cont {
            id,
            elapsed,
            duration,
        });
    }
    Some(Cue::Out {
        id,
        duration,
        kind: CueKind::Splice,
        auto_return: duration.is_some(),
        upid: None,
    })
}

/// `CUE="base64",TYPE=0x34,ID="7",DURATION=30,ELAPSED=6,CUE-OUT=YES|CONT|NO,CUE-IN=YES`
/// (SCTE 35 §12.2). What the attributes say goes before what the message says.
fn scte35(words: Words<'_>) -> Said {
    let message = words.message("CUE").transpose()?.unwrap_or_default();
    let name = words.text("ID");
    let (elapsed, duration) = (words.span("ELAPSED"), words.span("DURATION"));
    let id = CueId {
        name: name.map(Box::from),
        event: message.event,
    };
    if words.is("CUE-OUT", "CONT") {
        let duration = duration.or_else(|| message.splices.first()?.duration);
        return Ok(one(Cue::Cont {
            id,
            elapsed,
            duration,
        }));
    }
    let typed = words.get("TYPE").and_then(segmentation_type);
    let wanted = if words.is("CUE-OUT", "YES") {
        Some(SpliceAction::Out)
    } else if words.is("CUE-OUT", "NO") || words.is("CUE-IN", "YES") {
        Some(SpliceAction::In)
    } else {
        typed.map(|(_, action)| action)
    };
    let kind = typed.map(|(kind, _)| kind);
    let mut splices = message.splices;
    if let Some(wanted) = wanted {
        splices.retain(|splice| {
            splice.action == wanted && kind.is_none_or(|kind| kind.closes(splice.kind))
        });
    }
    let upid = words.text("UPID").and_then(written_upid);
    let (Some(wanted), true) = (wanted, splices.is_empty()) else {
        let cues = splices.into_iter().map(|mut splice| {
            splice.upid = upid.clone().or(splice.upid);
            let mut cue = Cue::of_splice(splice, name);
            cue.state_duration(duration);
            cue
        });
        return Ok(cues.collect());
    };
    let kind = kind.unwrap_or(CueKind::Splice);
    Ok(one(match wanted {
        SpliceAction::Out => Cue::Out {
            id,
            duration,
            kind,
            auto_return: duration.is_some(),
            upid,
        },
        SpliceAction::In | SpliceAction::Cancel => Cue::In {
            id,
            kind,
            length: None,
        },
    }))
}

/// `0x34` or `52`.
fn segmentation_type(text: &[u8]) -> Option<(CueKind, SpliceAction)> {
    let text = std::str::from_utf8(text).ok()?;
    let kind = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u8::from_str_radix(digits, 16).ok()?,
        None => text.parse().ok()?,
    };
    CueKind::of_segmentation(kind)
}

/// `0x08:0x9425BC`: the type and the bytes.
fn written_upid(text: &str) -> Option<Upid> {
    use crate::format::hls::text::hex;
    let (kind, bytes) = text.split_once(':')?;
    let kind = *hex(kind.as_bytes())?.first()?;
    let bytes = hex(bytes.as_bytes())?.into();
    Some(Upid { kind, bytes })
}
