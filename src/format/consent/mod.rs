//! Consent strings and flags of a request, read as what may be known of its viewer.
//!
//! | signal | source | read as |
//! |---|---|---|
//! | `lmt`, `dnt` | OpenRTB 2.6 §3.2.18 | [`PrivacySignal::LimitTracking`] |
//! | `coppa` | OpenRTB 2.6 §3.2.3 | [`PrivacySignal::Child`] |
//! | `us_privacy` | IAB CCPA US Privacy String 1.0 | third letter `Y`, or unreadable: [`PrivacySignal::OptOut`] |
//! | `gdpr`, `gdpr_consent` | IAB TCF 2.2 | purposes 1, 2 and 4, see `tcf` |
//! | `gpp`, `gpp_sid` | IAB GPP 1.0 | each section that applies, see `gpp` |
//!
//! What applies and cannot be read counts as a no. Consent of single vendors and restrictions of
//! publishers are not looked at: a server acts for its publisher and has no vendor id.

mod bits;
mod gpp;
mod tcf;

#[cfg(test)]
mod tests;

use crate::model::Timestamp;
use crate::model::privacy::{Privacy, PrivacySignal};

/// Longest consent string that is read, in bytes; a longer one is no consent.
pub const CONSENT_BYTES_MAX: usize = 4_096;

/// What a request says about the privacy of its viewer, as it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signals<'a> {
    /// `lmt` or `dnt` is 1, or the advertising id is all zeros.
    pub limit: bool,
    /// `coppa` is 1.
    pub child: bool,
    /// `us_privacy`, such as `1YNN`.
    pub us_privacy: Option<&'a str>,
    /// `gdpr`; a consent string without it counts as 1.
    pub gdpr: Option<bool>,
    /// `gdpr_consent`: a TC string.
    pub tc: Option<&'a str>,
    /// `gpp`: a GPP string.
    pub gpp: Option<&'a str>,
    /// `gpp_sid`: the sections that apply, such as `7` or `2,6`; without it, all of the string.
    pub gpp_sid: Option<&'a str>,
}

/// Reads all signals of a request. Consent given too long before `now` is none.
pub fn judge(signals: &Signals<'_>, now: Timestamp) -> Privacy {
    let mut privacy = Privacy::default();
    if signals.limit {
        privacy.add(PrivacySignal::LimitTracking);
    }
    if signals.child {
        privacy.add(PrivacySignal::Child);
    }
    if signals.us_privacy.is_some_and(opted_out) {
        privacy.add(PrivacySignal::OptOut);
    }
    if signals.gdpr.unwrap_or(signals.tc.is_some()) {
        let tc = signals.tc.unwrap_or_default();
        if let Some(lack) = tcf::lack(&tcf::EUROPE, tc, now) {
            privacy.add(lack);
        }
    }
    gpp::judge(signals, now, &mut privacy);
    privacy
}

/// `1`, then notice, opt-out of sale and LSPA as `Y`, `N` or `-` for not applicable.
fn opted_out(text: &str) -> bool {
    let is_answer = |byte: &u8| matches!(byte.to_ascii_uppercase(), b'Y' | b'N' | b'-');
    match text.as_bytes() {
        [b'1', answers @ ..] if answers.len() == 3 && answers.iter().all(is_answer) => answers
            .get(1)
            .is_some_and(|sale| sale.eq_ignore_ascii_case(&b'Y')),
        _unreadable => true,
    }
}
