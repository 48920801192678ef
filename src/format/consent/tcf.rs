//! TC strings: the purposes that this server needs, out of the core segment.
//!
//! Purpose 1 (store and read on the device) and 2 (select basic advertising, which names
//! frequency capping) let identities be counted by. Purpose 4 (personalised advertising) on top
//! of them lets the audience be looked at. Purpose 2 may rest on legitimate interest; 1 and 4
//! rest on consent (TCF Policies, appendix A). Fields: IAB TCF, "TC string", core segment.

use super::CONSENT_BYTES_MAX;
use super::bits::Bits;
use crate::model::Timestamp;
use crate::model::privacy::PrivacySignal;

/// Where the fields of a core segment are, in bits.
#[derive(Debug)]
pub(super) struct Layout {
    /// The version in the first six bits.
    version: u64,
    /// 24 purposes, from 1: consent, in Canada express consent.
    consents: usize,
    /// 24 purposes: legitimate interest, in Canada implied consent.
    interests: usize,
    /// Purposes that the second list can allow.
    by_interest: &'static [usize],
    /// Bits before the lists of vendors.
    length: usize,
}

/// `tcfeuv2`.
pub(super) const EUROPE: Layout = Layout {
    version: 2,
    consents: 152,
    interests: 176,
    by_interest: &[2],
    length: 213,
};

/// `tcfcav1`.
pub(super) const CANADA: Layout = Layout {
    version: 1,
    consents: 151,
    interests: 175,
    by_interest: &[1, 2, 4],
    length: 199,
};

/// Bits in which `Created` begins; `LastUpdated` follows. Both are tenths of a second.
const CREATED: usize = 6;
const INSTANT_BITS: usize = 36;
/// A choice must be asked for again after 13 months (TCF Policies, chapter II): 396 days.
const AGE_MAX_SECONDS: i64 = 396 * 86_400;
/// How far ahead of ours the clock of a device may be.
const AHEAD_MAX_SECONDS: i64 = 86_400;

/// What is missing, if anything.
pub(super) fn lack(layout: &Layout, text: &str, now: Timestamp) -> Option<PrivacySignal> {
    let Some(allows) = read(layout, text, now) else {
        return Some(PrivacySignal::NoConsent);
    };
    match allows {
        [true, true, true] => None,
        [true, true, false] => Some(PrivacySignal::NoProfile),
        _ => Some(PrivacySignal::NoConsent),
    }
}

/// Whether purposes 1, 2 and 4 are allowed; none for what is no string of this layout or too old.
fn read(layout: &Layout, text: &str, now: Timestamp) -> Option<[bool; 3]> {
    if text.len() > CONSENT_BYTES_MAX {
        return None;
    }
    let core = Bits::new(text.split('.').next()?)?;
    if core.number(0, 6)? != layout.version {
        return None;
    }
    // The lists of vendors begin behind what is read here: a string cut short is no consent.
    core.bit(layout.length - 1)?;
    let updated = core.number(CREATED + INSTANT_BITS, INSTANT_BITS)? / 10;
    let age = now.seconds().checked_sub_unsigned(updated)?;
    if !(-AHEAD_MAX_SECONDS..=AGE_MAX_SECONDS).contains(&age) {
        return None;
    }
    let allows = |purpose: usize| {
        let consent = core.bit(layout.consents + purpose - 1)?;
        let interest = core.bit(layout.interests + purpose - 1)?;
        Some(consent || interest && layout.by_interest.contains(&purpose))
    };
    Some([allows(1)?, allows(2)?, allows(4)?])
}
