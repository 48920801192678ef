//! GPP strings: a header that lists sections, and the sections (IAB GPP 1.0, "Consent String
//! Specification" and "Sections/US-*").

use super::bits::Bits;
use super::{CONSENT_BYTES_MAX, Signals, opted_out, tcf};
use crate::model::Timestamp;
use crate::model::privacy::{Privacy, PrivacySignal};

/// Most sections of one string: there are fewer in the registry.
const SECTIONS_MAX: usize = 64;

/// Where a US section has its answers, in pairs of bits behind its six bits of version.
struct UsLayout {
    section: u16,
    version: u64,
    /// Sale first; sharing and targeted advertising follow where the state has them.
    opt_outs: std::ops::Range<usize>,
    children: std::ops::Range<usize>,
}

const fn us(
    section: u16,
    version: u64,
    opt_outs: std::ops::Range<usize>,
    children: std::ops::Range<usize>,
) -> UsLayout {
    UsLayout {
        section,
        version,
        opt_outs,
        children,
    }
}

/// Sections 7 (`usnat`) to 23 (`usmn`).
const US: &[UsLayout] = &[
    us(7, 1, 6..9, 21..23),
    us(7, 2, 6..9, 25..28),
    us(8, 1, 3..5, 14..16),
    us(9, 1, 3..5, 13..14),
    us(10, 1, 3..5, 12..13),
    us(11, 1, 4..6, 14..15),
    us(12, 1, 3..5, 13..16),
    us(13, 1, 3..5, 13..16),
    us(14, 1, 3..5, 13..16),
    us(15, 1, 3..5, 16..19),
    us(16, 1, 3..5, 13..14),
    us(17, 1, 3..5, 14..19),
    us(18, 1, 4..6, 14..15),
    us(19, 1, 3..5, 13..14),
    us(20, 1, 3..5, 13..16),
    us(21, 1, 3..5, 15..20),
    us(22, 1, 3..5, 13..14),
    us(23, 1, 3..5, 13..14),
];

/// Answers of a US section that let everything stay: not applicable, and not opted out or
/// consent given.
const NOT_APPLICABLE: u64 = 0;
const YES: u64 = 2;

/// Adds what the GPP string of a request says, section by section.
pub(super) fn judge(signals: &Signals<'_>, now: Timestamp, privacy: &mut Privacy) {
    if signals.gpp.is_none() && signals.gpp_sid.is_none() {
        return;
    }
    let Ok(applicable) = signals.gpp_sid.map(applicable).transpose() else {
        return privacy.add(PrivacySignal::OptOut);
    };
    if applicable.as_ref().is_some_and(Vec::is_empty) {
        return;
    }
    let Some(sections) = signals.gpp.and_then(sections) else {
        return match applicable {
            None => privacy.add(PrivacySignal::OptOut),
            Some(ids) => ids.into_iter().for_each(|id| privacy.add(refusal(id))),
        };
    };
    match applicable {
        None => sections
            .iter()
            .for_each(|&(id, text)| section(id, text, now, privacy)),
        Some(ids) => {
            for id in ids {
                match sections.iter().find(|&&(found, _text)| found == id) {
                    Some(&(_, text)) => section(id, text, now, privacy),
                    None => privacy.add(refusal(id)),
                }
            }
        }
    }
}

/// What a section that applies and cannot be read counts as.
const fn refusal(section: u16) -> PrivacySignal {
    match section {
        1 | 2 | 5 => PrivacySignal::NoConsent,
        _ => PrivacySignal::OptOut,
    }
}

/// The ids in `gpp_sid`, with commas or underscores between them. 0 and -1 say that none apply.
fn applicable(text: &str) -> Result<Vec<u16>, ()> {
    let mut ids = Vec::new();
    for id in text.split([',', '_']).map(str::trim) {
        match id {
            "-1" | "0" => {}
            id if ids.len() < SECTIONS_MAX => ids.push(id.parse().map_err(|_unreadable| ())?),
            _too_many => return Err(()),
        }
    }
    Ok(ids)
}

/// The sections of a string with their ids; none unless it is one.
fn sections(text: &str) -> Option<Vec<(u16, &str)>> {
    if text.len() > CONSENT_BYTES_MAX {
        return None;
    }
    let mut parts = text.split('~');
    let ids = header_ids(Bits::new(parts.next()?)?)?;
    let texts: Vec<&str> = parts.take(SECTIONS_MAX + 1).collect();
    (ids.len() == texts.len()).then(|| ids.into_iter().zip(texts).collect())
}

/// Type 3, version 1, and a range of ids: 12 bits of count, then for each entry a bit (one id or
/// from-to) and Fibonacci-coded steps from the id before.
fn header_ids(header: Bits<'_>) -> Option<Vec<u16>> {
    if header.number(0, 6)? != 3 || header.number(6, 6)? != 1 {
        return None;
    }
    let mut place = 24;
    let (mut last, mut ids) = (0_u16, Vec::new());
    for _entry in 0..header.number(12, 12)? {
        let is_range = header.bit(place)?;
        place += 1;
        let first = last.checked_add(fibonacci(header, &mut place)?)?;
        last = first;
        if is_range {
            last = first.checked_add(fibonacci(header, &mut place)?)?;
        }
        if usize::from(last - first) + ids.len() >= SECTIONS_MAX {
            return None;
        }
        ids.extend(first..=last);
    }
    Some(ids)
}

/// A number in Fibonacci coding: the smallest term first, ended by two ones.
fn fibonacci(bits: Bits<'_>, place: &mut usize) -> Option<u16> {
    let (mut term, mut next, mut sum) = (1_u16, 2_u16, 0_u16);
    let mut was_one = false;
    loop {
        let one = bits.bit(*place)?;
        *place += 1;
        if one && was_one {
            return Some(sum);
        }
        if one {
            sum = sum.checked_add(term)?;
        }
        was_one = one;
        (term, next) = (next, term.checked_add(next)?);
    }
}

fn section(id: u16, text: &str, now: Timestamp, privacy: &mut Privacy) {
    let told = match id {
        2 => tcf::lack(&tcf::EUROPE, text, now),
        // About the string itself.
        3 | 4 => None,
        5 => tcf::lack(&tcf::CANADA, text, now),
        6 => opted_out(text).then_some(PrivacySignal::OptOut),
        us => return us_section(us, text, privacy).unwrap_or_else(|| privacy.add(refusal(us))),
    };
    if let Some(signal) = told {
        privacy.add(signal);
    }
}

/// Reads a US section; none when it is not one that is known.
fn us_section(id: u16, text: &str, privacy: &mut Privacy) -> Option<()> {
    let mut segments = text.split('.');
    let core = Bits::new(segments.next()?)?;
    let version = core.number(0, 6)?;
    let layout = US
        .iter()
        .find(|it| it.section == id && it.version == version)?;
    let answer = |pair: usize| core.number(6 + pair * 2, 2);
    // The last of the children is the last that is read, so all before it are there.
    answer(layout.children.end - 1)?;
    // 1 is opted out, or no consent for a known child; 3 is nothing, and counts as the worse.
    let is_no = |pair| !matches!(answer(pair), Some(NOT_APPLICABLE | YES));
    if layout.opt_outs.clone().any(is_no) {
        privacy.add(PrivacySignal::OptOut);
    }
    if layout.children.clone().any(is_no) {
        privacy.add(PrivacySignal::Child);
    }
    for segment in segments {
        // Type 1 is Global Privacy Control: one bit.
        let segment = Bits::new(segment)?;
        if segment.number(0, 2)? == 1 && segment.bit(2)? {
            privacy.add(PrivacySignal::OptOut);
        }
    }
    Some(())
}
