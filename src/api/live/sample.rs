//! Which events are told when there are too many: so many a second, spread evenly.

use super::LiveSampled;
use super::Topic;
use crate::model::{Millis, Timestamp};

/// Events of a topic that one stream tells in a second.
pub const SAMPLE_PER_SECOND: u64 = 50;
/// How often it is said what was left out.
const SAID_EVERY: Millis = Millis(1_000);

/// Lets so many events of one topic through a second. It goes by the times of the events and not
/// by when they are read, so that a stream that is resumed tells the same again.
#[derive(Debug, Clone)]
pub struct Sampler {
    topic: Topic,
    /// Thousandths of an event that may be told now.
    tokens: u64,
    /// Until when tokens were given.
    at: Option<Timestamp>,
    matched: u64,
    shown: u64,
    said: Option<Timestamp>,
}

impl Sampler {
    /// Thousandths of an event that are given a millisecond.
    const RATE: u64 = SAMPLE_PER_SECOND;
    const TOKENS_MAX: u64 = SAMPLE_PER_SECOND * 1_000;

    /// A sampler for a topic, with a whole second in hand.
    pub const fn new(topic: Topic) -> Self {
        Self {
            topic,
            tokens: Self::TOKENS_MAX,
            at: None,
            matched: 0,
            shown: 0,
            said: None,
        }
    }

    /// Whether an event of this instant is told.
    pub fn lets_through(&mut self, at: Timestamp) -> bool {
        // A clock that goes back gives nothing twice.
        let since = self.at.map_or(Millis(0), |before| at.since(before));
        self.at = Some(self.at.map_or(at, |before| before.max(at)));
        let given = since.0.saturating_mul(Self::RATE);
        self.tokens = self.tokens.saturating_add(given).min(Self::TOKENS_MAX);
        self.matched += 1;
        let told = self.tokens >= 1_000;
        if told {
            self.tokens -= 1_000;
            self.shown += 1;
        }
        told
    }

    /// What is to be said about what was left out: at most once a second, and only if anything was.
    pub fn report(&mut self, now: Timestamp) -> Option<LiveSampled> {
        let said = *self.said.get_or_insert(now);
        if now.since(said) < SAID_EVERY {
            return None;
        }
        self.said = Some(now);
        let (matched, shown) = (
            std::mem::take(&mut self.matched),
            std::mem::take(&mut self.shown),
        );
        let dropped = matched - shown;
        (dropped > 0).then(|| LiveSampled {
            at: now.to_string(),
            topic: self.topic,
            matched,
            shown,
            dropped,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn few_events_are_all_told_and_nothing_is_said_of_them() {
        let mut sampler = Sampler::new(Topic::Decisions);
        assert!((0..500).all(|n| sampler.lets_through(at(n * 20))));
        assert_eq!(sampler.report(at(0)), None);
        assert_eq!(sampler.report(at(10_000)), None);
    }

    #[test]
    fn many_events_are_thinned_evenly_and_counted() {
        let mut sampler = Sampler::new(Topic::Beacons);
        assert_eq!(sampler.report(at(0)), None);
        // 10,000 a second, for five seconds.
        let told: Vec<i64> = (0..50_000)
            .map(|n| n / 10)
            .filter(|&ms| sampler.lets_through(at(ms)))
            .collect();
        let later = told.iter().filter(|&&ms| ms >= 1_000).count();
        assert_eq!(later, 200, "fifty in each of four seconds");
        let widest = told.windows(2).map(|two| two[1] - two[0]).max();
        assert_eq!(widest, Some(20), "evenly");
        let said = sampler.report(at(5_000)).unwrap();
        assert_eq!((said.matched, said.shown), (50_000, told.len() as u64));
        assert_eq!(said.dropped, said.matched - said.shown);
        assert_eq!(sampler.report(at(5_500)), None, "once a second");
    }

    proptest! {
        #[test]
        fn never_more_than_the_rate_and_all_is_counted(
            steps in proptest::collection::vec((-50_i64..50, 1_u8..40), 1..200)
        ) {
            let mut sampler = Sampler::new(Topic::Decisions);
            let (mut now, mut last, mut told, mut all) = (0, 0, 0_u64, 0_u64);
            sampler.report(at(0));
            for (step, count) in steps {
                now += step;
                last = last.max(now);
                for _ in 0..count {
                    all += 1;
                    told += u64::from(sampler.lets_through(at(now)));
                }
            }
            // The first may come before zero, which gives nothing more.
            let passed = u64::try_from(last + 50 * 200).unwrap();
            prop_assert!(told <= SAMPLE_PER_SECOND + SAMPLE_PER_SECOND * passed / 1_000 + 1);
            if let Some(said) = sampler.report(at(last + 1_000)) {
                prop_assert_eq!(said.shown, told);
                prop_assert_eq!(said.matched, all);
            } else {
                prop_assert_eq!(told, all);
            }
        }
    }
}
