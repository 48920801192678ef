//! An ad in a stream as a TV knows it: what the tracking document tells, and how far it has played.

use std::time::Duration;

use serde::Deserialize;

use crate::model::{EventKind, Micros};

/// What differs between times that are written as text. Microseconds.
const TOLERANCE: u64 = 1_000;

/// The tracking document of a session.
#[derive(Debug, Deserialize)]
pub(super) struct Tracking {
    /// The breaks that are listed.
    pub(super) avails: Vec<Avail>,
}

/// One break.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Avail {
    /// Its name.
    pub(super) avail_id: String,
    /// In the order in which they play.
    pub(super) ads: Vec<Tracked>,
}

/// One ad.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tracked {
    /// Its own name.
    pub(super) ad_id: String,
    /// `cr_…`
    pub(super) creative_id: String,
    /// How long it is.
    pub(super) duration_in_seconds: f64,
    /// What happens in it.
    tracking_events: Vec<TrackedEvent>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TrackedEvent {
    event_type: String,
    beacon_urls: Vec<String>,
}

/// An ad that a TV was given.
#[derive(Debug)]
pub(super) struct Playing {
    /// `cmp_…`
    pub(super) campaign: String,
    /// How long it is.
    pub(super) duration: Micros,
    /// Events and the addresses to call.
    beacons: Vec<(EventKind, String)>,
    /// How much of it has played.
    played: Micros,
}

impl Playing {
    /// An ad of a campaign that has not begun; none for one of no sensible length.
    pub(super) fn of(ad: &Tracked, campaign: &str) -> Option<Self> {
        let nanos = Duration::try_from_secs_f64(ad.duration_in_seconds)
            .ok()?
            .as_nanos();
        let beacons = ad.tracking_events.iter().flat_map(|event| {
            let kind = event.event_type.parse().ok();
            let urls = event.beacon_urls.iter();
            urls.filter_map(move |url| Some((kind?, url.clone())))
        });
        Some(Self {
            campaign: campaign.to_owned(),
            duration: Micros(u64::try_from((nanos + 500) / 1_000).ok()?),
            beacons: beacons.collect(),
            played: Micros::ZERO,
        })
    }

    /// Whether it is the ad of a token.
    pub(super) fn has(&self, token: &str) -> bool {
        self.beacons.iter().any(|(_kind, url)| url.contains(token))
    }

    /// The addresses to call when something happens.
    pub(super) fn links(&self, event: EventKind) -> impl Iterator<Item = &str> {
        let of_event = move |(kind, _url): &&(EventKind, String)| *kind == event;
        let found = self.beacons.iter().filter(of_event);
        found.map(|(_kind, url)| url.as_str())
    }

    /// Whether it has played to its end.
    pub(super) const fn is_over(&self) -> bool {
        self.played.0 + TOLERANCE >= self.duration.0
    }

    /// Plays its next segment: what happens in it.
    pub(super) fn play(&mut self, segment: Micros) -> Vec<EventKind> {
        const COURSE: [(EventKind, u64); 7] = [
            (EventKind::Impression, 0),
            (EventKind::CreativeView, 0),
            (EventKind::Start, 0),
            (EventKind::FirstQuartile, 1),
            (EventKind::Midpoint, 2),
            (EventKind::ThirdQuartile, 3),
            (EventKind::Complete, 4),
        ];
        let start = self.played;
        self.played = start.plus(segment);
        let (end, is_last) = (self.played, self.is_over());
        let at = |quarters| Micros(self.duration.0 * quarters / 4);
        let here = |quarters| at(quarters) >= start && (at(quarters) < end || is_last);
        let events = COURSE
            .into_iter()
            .filter(|&(_kind, quarters)| here(quarters));
        events.map(|(kind, _quarters)| kind).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ad(seconds: f64) -> Playing {
        let tracked = Tracked {
            ad_id: "1".to_owned(),
            creative_id: "cr_1".to_owned(),
            duration_in_seconds: seconds,
            tracking_events: vec![TrackedEvent {
                event_type: "impression".to_owned(),
                beacon_urls: vec!["http://ads/i?t=abc".to_owned()],
            }],
        };
        Playing::of(&tracked, "cmp_1").unwrap()
    }

    #[test]
    fn every_event_happens_in_the_segment_that_holds_it() {
        use EventKind::*;
        let mut ad = ad(15.0);
        let segment = Micros(3_750_000);
        assert_eq!(ad.play(segment), [Impression, CreativeView, Start]);
        assert_eq!(ad.play(segment), [FirstQuartile]);
        assert_eq!(ad.play(segment), [Midpoint]);
        assert!(!ad.is_over());
        assert_eq!(ad.play(segment), [ThirdQuartile, Complete]);
        assert!(ad.is_over());
    }

    #[test]
    fn a_token_is_known_by_the_beacons() {
        let ad = ad(15.04);
        assert_eq!(ad.duration, Micros(15_040_000));
        assert!(ad.has("abc") && !ad.has("abd"));
        assert_eq!(ad.links(EventKind::Impression).count(), 1);
        assert_eq!(ad.links(EventKind::Complete).count(), 0);
    }
}
