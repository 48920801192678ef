//! What law, consent or the viewer forbid to know, and what of a request that takes away.

use super::targeting::Traits;
use super::targeting::traits::Audience;
use super::word::words;

/// What a request says about what may be known of its viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrivacySignal {
    /// The device asks not to be followed: `lmt`, `dnt`, or an advertising id of zeros.
    LimitTracking,
    /// A child may be watching: COPPA, or a known child in a GPP section.
    Child,
    /// The viewer opted out of sale, sharing or targeted advertising (US Privacy, GPP), or what
    /// was said about it cannot be read.
    OptOut,
    /// GDPR or its Canadian sister applies, and basic advertising has no consent.
    NoConsent,
    /// It applies, basic advertising has consent, personalised advertising has none.
    NoProfile,
}
words!(PrivacySignal {
    LimitTracking = "limit_tracking",
    Child = "child",
    OptOut = "opt_out",
    NoConsent = "no_consent",
    NoProfile = "no_profile",
});

/// A part of a request that can be withheld from the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Withheld {
    /// User, device, household and address. The session stays: it ends with the sitting.
    Identity,
    /// Age, gender, income and segments.
    Audience,
    /// City, DMA and postal code; country and region stay.
    PrecisePlace,
}

use Withheld::{Audience as Who, Identity as Ids, PrecisePlace as Where};

impl PrivacySignal {
    /// What goes when a request carries this signal: the whole table.
    pub const fn withholds(self) -> &'static [Withheld] {
        match self {
            Self::LimitTracking | Self::Child | Self::OptOut | Self::NoConsent => {
                &[Ids, Who, Where]
            }
            Self::NoProfile => &[Who],
        }
    }
}

/// The signals of one request. Says nothing about the viewer but these.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Privacy(u8);

impl Privacy {
    /// Adds a signal.
    pub fn add(&mut self, signal: PrivacySignal) {
        self.0 |= 1 << signal as u8;
    }

    /// The signals, in order.
    pub fn signals(self) -> impl Iterator<Item = PrivacySignal> {
        let all = PrivacySignal::ALL.iter().copied();
        all.filter(move |&signal| self.0 >> signal as u8 & 1 == 1)
    }

    /// Whether any of the signals takes this part away.
    pub fn withholds(self, part: Withheld) -> bool {
        self.0 != 0
            && self
                .signals()
                .any(|signal| signal.withholds().contains(&part))
    }

    /// Takes away what may not be known of the viewer.
    pub fn apply(self, traits: &mut Traits) {
        if self.withholds(Who) {
            traits.audience = Audience::default();
        }
        if self.withholds(Where) {
            traits.geo.city = None;
            traits.geo.dma = None;
            traits.geo.postal = None;
        }
    }
}

impl FromIterator<PrivacySignal> for Privacy {
    fn from_iter<I: IntoIterator<Item = PrivacySignal>>(signals: I) -> Self {
        let mut privacy = Self::default();
        for signal in signals {
            privacy.add(signal);
        }
        privacy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::targeting::Geo;

    #[test]
    fn the_table_takes_away_what_it_says_and_leaves_the_rest() {
        let full = Traits {
            geo: Geo {
                country: Some("US".to_owned()),
                region: Some("CA".to_owned()),
                city: Some("los angeles".to_owned()),
                dma: Some(803),
                postal: Some("90210".to_owned()),
            },
            audience: Audience {
                age: Some(35),
                gender: Some("male".to_owned()),
                income: Some(90_000),
                segments: vec!["auto".to_owned()],
            },
            ..Traits::default()
        };
        for &signal in PrivacySignal::ALL {
            let privacy = Privacy::from_iter([signal]);
            let mut traits = full.clone();
            privacy.apply(&mut traits);
            let place = privacy.withholds(Where);
            assert_eq!(place, signal != PrivacySignal::NoProfile, "{signal}");
            assert_eq!(privacy.withholds(Ids), place, "{signal}");
            assert_eq!(traits.audience, Audience::default(), "{signal}");
            assert_eq!(traits.geo.city.is_none(), place, "{signal}");
            assert_eq!(traits.geo.dma.is_none(), place, "{signal}");
            assert_eq!(traits.geo.postal.is_none(), place, "{signal}");
            assert_eq!(traits.geo.country, full.geo.country, "{signal}");
            assert_eq!(traits.geo.region, full.geo.region, "{signal}");
        }
        let mut untouched = full.clone();
        Privacy::default().apply(&mut untouched);
        assert_eq!(untouched, full);
    }
}
