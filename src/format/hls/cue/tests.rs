//! Table tests: the corpus of cues, one playlist for each way to write them.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::words::read_message;
use super::{Cue, CueId, CueLine, CueTag, Spelling, read_tag};
use crate::format::hls::{Limits, MediaPlaylist, attributes::Attributes};
use crate::format::scte35::{CueKind, Message, Upid};
use crate::model::Micros;

fn playlists() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cues");
    let files = std::fs::read_dir(folder).unwrap();
    let mut found: Vec<PathBuf> = files
        .map(|file| file.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "m3u8")
        })
        .collect();
    found.sort();
    assert!(found.len() >= 20, "the corpus is missing");
    found
}

fn spelling(spelling: Spelling) -> &'static str {
    match spelling {
        Spelling::CueOut => "cue-out",
        Spelling::CueOutCont => "cue-out-cont",
        Spelling::CueIn => "cue-in",
        Spelling::Adobe => "adobe",
        Spelling::Oatcls => "oatcls",
        Spelling::Scte35 => "scte35",
        Spelling::Splicepoint => "splicepoint",
        Spelling::DateRange => "date-range",
    }
}

fn kind(kind: CueKind) -> &'static str {
    match kind {
        CueKind::Splice => "splice",
        CueKind::Break => "break",
        CueKind::ProviderAdvertisement => "provider-advertisement",
        CueKind::DistributorAdvertisement => "distributor-advertisement",
        CueKind::ProviderPlacement => "provider-placement",
        CueKind::DistributorPlacement => "distributor-placement",
        CueKind::ProviderAdBlock => "provider-ad-block",
        CueKind::DistributorAdBlock => "distributor-ad-block",
    }
}

fn upid(upid: &Upid) -> String {
    let bytes = upid.bytes.iter().map(|byte| format!("{byte:02X}"));
    format!("{:02X}:{}", upid.kind, bytes.collect::<String>())
}

/// A cue as the corpus writes it: what is not known is left out.
fn shown(cue: &CueLine, text: &[u8]) -> Value {
    let before = &text[..cue.line.start as usize];
    let line = before.split(|byte| *byte == b'\n').count();
    let micros = |span: &Option<Micros>| span.map(|span| span.0);
    let said = match &cue.cue {
        Cue::Out {
            duration,
            kind: of,
            auto_return,
            upid: about,
            ..
        } => json!({
            "says": "out", "duration": micros(duration), "kind": kind(*of),
            "auto_return": auto_return, "upid": about.as_ref().map(upid),
        }),
        Cue::Cont {
            elapsed, duration, ..
        } => json!({
            "says": "cont", "elapsed": micros(elapsed), "duration": micros(duration),
        }),
        Cue::In {
            kind: of, length, ..
        } => json!({
            "says": "in", "kind": kind(*of), "length": micros(length),
        }),
        Cue::Cancel { .. } => json!({ "says": "cancel" }),
    };
    let id = cue.cue.id();
    let place = json!({
        "line": line, "segment": cue.segment, "spelling": spelling(cue.spelling), "at": cue.at,
        "name": id.name, "event": id.event,
    });
    let fields = [said, place].into_iter().flat_map(|fields| match fields {
        Value::Object(fields) => fields,
        _ => unreachable!(),
    });
    Value::Object(fields.filter(|(_, value)| !value.is_null()).collect())
}

#[test]
fn every_spelling_of_the_corpus_says_what_it_is_expected_to() {
    for path in playlists() {
        let text = std::fs::read(&path).unwrap();
        let playlist = MediaPlaylist::parse(Bytes::from(text.clone()), &Limits::DEFAULT).unwrap();
        let expected = std::fs::read(path.with_extension("json")).unwrap();
        let expected: Value = serde_json::from_slice(&expected).unwrap();
        let cues: Vec<Value> = playlist.cues.iter().map(|cue| shown(cue, &text)).collect();
        let shown = path.display();
        assert_eq!(Value::from(cues), expected["cues"], "{shown}");
        let none = Vec::new();
        let warnings = expected["warnings"].as_array().unwrap_or(&none);
        assert_eq!(
            playlist.warnings.len(),
            warnings.len(),
            "{shown}: {:?}",
            playlist.warnings
        );
        for (warning, expected) in playlist.warnings.iter().zip(warnings) {
            assert_eq!(
                u64::from(warning.line),
                expected["line"],
                "{shown}: {warning:?}"
            );
            let says = expected["says"].as_str().unwrap();
            assert!(warning.fault.contains(says), "{shown}: {warning:?}");
        }
        for (position, segment) in playlist.segments.iter().enumerate() {
            let range = segment.cues.start as usize..segment.cues.end as usize;
            assert_eq!(playlist.cues[range], *playlist.cues_at(position), "{shown}");
        }
    }
}

/// All splice messages of the corpus, as bytes.
fn messages() -> Vec<Vec<u8>> {
    use base64::Engine as _;
    let mut found = Vec::new();
    for path in playlists() {
        let text = std::fs::read(&path).unwrap();
        for line in text.split(|byte| *byte == b'\n') {
            let value = line
                .splitn(2, |byte| *byte == b':')
                .nth(1)
                .unwrap_or_default();
            let inside = Attributes::new(value).map(|found| found.value);
            for text in inside.chain([value]) {
                let hex = crate::format::hls::text::hex(text);
                let engine = base64::engine::general_purpose::STANDARD;
                let bytes = hex.or_else(|| engine.decode(text).ok());
                found.extend(bytes.filter(|bytes| bytes.first() == Some(&0xFC)));
            }
        }
    }
    assert!(found.len() >= 60, "{}", found.len());
    found
}

/// Another decoder sees the same events, directions and durations in every message it can read.
#[test]
fn a_second_decoder_agrees_on_the_messages_of_the_corpus() {
    use scte35::{SpliceCommand, SpliceDescriptor};
    let mut compared = 0;
    for bytes in messages() {
        let Ok(ours) = Message::parse(&bytes) else {
            continue;
        };
        // It cannot do without the length of the command, and misreads what has no fields.
        let unreadable = bytes[11] & 0x0F == 0x0F || [0x07, 0xFF].contains(&bytes[13]);
        if unreadable {
            continue;
        }
        let theirs = scte35::parse_splice_info_section(&bytes).unwrap();
        let ticks = |span: Option<Micros>| span.map(|span| span.0 * 9 / 100);
        let mut expected = Vec::new();
        if let SpliceCommand::SpliceInsert(insert) = &theirs.splice_command {
            let duration = insert.break_duration.as_ref().map(|stated| stated.duration);
            expected.push((insert.splice_event_id, duration));
        }
        for descriptor in &theirs.splice_descriptors {
            let SpliceDescriptor::Segmentation(found) = descriptor else {
                continue;
            };
            let of_break = CueKind::of_segmentation(found.segmentation_type_id).is_some();
            if of_break || found.segmentation_event_cancel_indicator {
                expected.push((found.segmentation_event_id, found.segmentation_duration));
            }
        }
        let found = ours.splices.iter();
        let found: Vec<_> = found
            .map(|splice| (splice.event, ticks(splice.duration)))
            .collect();
        assert_eq!(found, expected);
        compared += 1;
    }
    assert!(compared >= 50, "{compared}");
}

#[test]
fn the_clock_of_a_splice_is_adjusted_and_wraps() {
    let text = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cues/immediate.m3u8"),
    );
    let text = text.unwrap();
    let tags = text
        .lines()
        .filter_map(|line| line.strip_prefix("#EXT-OATCLS-SCTE35:"));
    let times: Vec<Option<u64>> = tags
        .map(|value| read_message(value.as_bytes()).unwrap().splices[0].pts)
        .collect();
    assert_eq!(times, [None, None, Some(900_000), None, Some(44_999)]);
}

#[test]
fn breaks_are_told_apart_by_number_first_and_by_name_else() {
    let id = |name: Option<&str>, event| CueId {
        name: name.map(Box::from),
        event,
    };
    let same = |one: &CueId, two: &CueId| one.same(two);
    assert_eq!(
        same(&id(Some("a"), Some(1)), &id(Some("b"), Some(1))),
        Some(true)
    );
    assert_eq!(
        same(&id(Some("a"), Some(1)), &id(Some("a"), Some(2))),
        Some(false)
    );
    assert_eq!(
        same(&id(Some("a"), None), &id(Some("a"), Some(2))),
        Some(true)
    );
    assert_eq!(same(&id(None, None), &id(Some("a"), Some(2))), None);
    assert!(CueKind::Splice.closes(CueKind::Break));
    assert!(CueKind::Break.closes(CueKind::Splice));
    assert!(!CueKind::ProviderAdvertisement.closes(CueKind::ProviderPlacement));
}

proptest! {
    /// A message of the corpus with any bit turned is refused, and none of any bytes panics.
    #[test]
    fn a_turned_bit_is_noticed(
        which in any::<proptest::sample::Index>(),
        bit in any::<proptest::sample::Index>(),
    ) {
        let mut messages = messages();
        messages.retain(|bytes| Message::parse(bytes).is_ok());
        let mut bytes = which.get(&messages).clone();
        let bit = bit.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(Message::parse(&bytes).is_err());
    }

    #[test]
    fn any_value_of_any_tag_is_survived(value in proptest::collection::vec(any::<u8>(), 0..80)) {
        for spelling in [
            Spelling::CueOut, Spelling::CueOutCont, Spelling::CueIn, Spelling::Adobe,
            Spelling::Oatcls, Spelling::Scte35, Spelling::Splicepoint,
        ] {
            drop(read_tag(CueTag(spelling), &value));
        }
        drop(Message::parse(&value));
    }
}
