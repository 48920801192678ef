//! What the log of decisions gives back at a start: reservations of ads that may yet be seen.

use std::io;

use crate::ledger::Book;
use crate::limits::{Booked, Embedded, Outstanding};
use crate::model::{EventKind, ServedAdId, Timestamp};
use crate::store::decisions::{DecisionLog, Record, Replayed, Reservation};

/// What a start has put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Restored {
    /// What the log held.
    pub replayed: Replayed,
    /// Ads that are held again.
    pub held: u64,
}

/// Reserves again what the process before had handed out and `book` has not seen, as far as it
/// has not expired at `now`.
///
/// The ledger says in one breath what was seen and what was settled, so no ad is both settled and
/// held: together they stay within every budget they were within before the end.
pub fn restore_holds(
    log: &DecisionLog,
    book: &Book,
    limits: &Embedded,
    now: Timestamp,
) -> io::Result<Restored> {
    let mut withdrawn: Vec<ServedAdId> = Vec::new();
    let replayed = log.replay(&mut |logged| match logged.record {
        Record::Reserved(handout) => {
            for reservation in &handout.ads {
                limits.restore_hold(&outstanding(reservation, book), now);
            }
        }
        // It may stand in a segment before that of its reservation, when another worker wrote it.
        Record::Released(release) => withdrawn.extend(release.ads),
    })?;
    for ad in withdrawn {
        limits.release(ad);
    }
    Ok(Restored {
        replayed,
        held: limits.held() as u64,
    })
}

/// What of a reservation nobody has claimed. What cannot be known any more counts as claimed.
fn outstanding(reservation: &Reservation, book: &Book) -> Outstanding {
    let is_open = |kind: EventKind| book.has_seen(reservation.ad, kind) == Some(false);
    let billable = reservation.price_model.billable();
    Outstanding {
        ad: reservation.ad,
        campaign: reservation.campaign,
        unit: is_open(EventKind::Impression),
        charge: is_open(billable).then_some(reservation.charge),
        booked: Booked {
            day: reservation.day,
            expires: reservation.expires,
            // Days of an order are those of its campaigns: both of the tenant's zone.
            order: reservation.order.map(|order| (order, reservation.day)),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::decision::{Budget, Offer, Terms};
    use crate::host::Entropy;
    use crate::ledger::Due;
    use crate::limits::{Bounds, HOLD_DEFAULT};
    use crate::model::Pacing;
    use crate::model::time::Day;
    use crate::model::{
        CampaignId, CreativeId, Event, Millis, Nanos, PriceModel, ServedAd, TenantId, Tier, Zone,
    };

    use crate::store::decisions::{Handout, Release};

    const START: Timestamp = Timestamp::from_millis(1_772_323_200_000);
    const CHARGE: Nanos = Nanos(10_000_000);
    const CAMPAIGNS: u32 = 4;

    /// One process after the other on one log and one ledger.
    struct Run {
        folder: tempfile::TempDir,
        entropy: Entropy,
        now: Timestamp,
        zone: Zone,
        offers: Vec<Offer>,
        /// What the ledger keeps: what was seen, and what was settled in all and by day.
        book: Book,
        settled: BTreeMap<CampaignId, Settled>,
        log: DecisionLog,
        limits: Embedded,
        ads: Vec<ServedAd>,
    }

    type Settled = (u64, Nanos, BTreeMap<Timestamp, (Day, Nanos)>);

    fn offer(id: u32, price_model: PriceModel) -> Offer {
        Offer {
            campaign: CampaignId::new(id),
            tier: Tier::Standard,
            weight: 1,
            start: START,
            end: START.plus(Millis::from_seconds(9_000_000)),
            charge: CHARGE,
            price_model,
            budget: Budget {
                total: Nanos(CHARGE.0 * 900),
                daily: id.is_multiple_of(2).then_some(Nanos(CHARGE.0 * 60)),
                impressions: Some(700),
            },
            order: None,
            pacing: Pacing::Asap,
            terms: Terms::default(),
            shortest: Millis(15_000),
            spots: Vec::new(),
        }
    }

    impl Run {
        fn new(seed: u64) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let log = DecisionLog::open(folder.path()).unwrap();
            let models = [PriceModel::Cpm, PriceModel::Cpc, PriceModel::Cpv];
            let offers = (0..CAMPAIGNS).map(|id| offer(1 + id, models[id as usize % 3]));
            Self {
                folder,
                entropy: Entropy::seeded(seed),
                now: START,
                zone: "America/New_York".parse().unwrap(),
                offers: offers.collect(),
                book: Book::default(),
                settled: BTreeMap::new(),
                log,
                limits: Embedded::new(HOLD_DEFAULT),
                ads: Vec::new(),
            }
        }

        fn below(&self, bound: usize) -> usize {
            usize::try_from(self.entropy.roll() % bound as u64).unwrap()
        }

        fn hand_out(&mut self) {
            let offer = &self.offers[self.below(self.offers.len())];
            let ad = ServedAd {
                id: ServedAdId::new(1 + self.ads.len() as u64),
                tenant: TenantId::new(1),
                channel: None,
                campaign: offer.campaign,
                creative: CreativeId::new(1),
                price_model: offer.price_model,
                charge: offer.charge,
                decided_at: self.now,
                duration: Millis(15_000),
            };
            self.ads.push(ad);
            let Ok(booked) = self.limits.reserve(&ad, offer, &self.zone, self.now) else {
                return;
            };
            let reservation = Reservation {
                ad: ad.id,
                tenant: ad.tenant,
                campaign: ad.campaign,
                order: None,
                creative: ad.creative,
                price_model: ad.price_model,
                charge: ad.charge,
                day: booked.day,
                expires: booked.expires,
            };
            let handout = Handout {
                at: self.now,
                ads: vec![reservation],
                caps: Vec::new(),
            };
            self.log.reserved(&handout).unwrap();
            if self.below(10) == 0 {
                let release = Release {
                    until: booked.expires,
                    ads: vec![ad.id],
                    caps: Vec::new(),
                };
                // Another worker may write it.
                let log = self.log.clone();
                let writing = std::thread::spawn(move || log.released(&release));
                writing.join().unwrap().unwrap();
                self.limits.release(ad.id);
            }
        }

        fn report(&mut self) {
            let recent = self.ads.len().min(600);
            if recent == 0 {
                return;
            }
            let ad = self.ads[self.ads.len() - 1 - self.below(recent)];
            let kinds = [EventKind::Impression, EventKind::Click, EventKind::Complete];
            let event = Event {
                ad,
                kind: kinds[self.below(3)],
                error_code: None,
                at: self.now,
            };
            if self.book.apply(&event) != crate::ledger::Verdict::Fresh {
                return;
            }
            let settlement = self.limits.settle(&event).settlement;
            let sums = self.settled.entry(ad.campaign).or_default();
            sums.0 += u64::from(settlement.unit);
            if let Due::Billed(day) = settlement.due {
                sums.1 = Nanos(sums.1.0 + ad.charge.0);
                let of_day = sums.2.entry(day.start).or_insert((day, Nanos::ZERO));
                of_day.1 = Nanos(of_day.1.0 + ad.charge.0);
            }
        }

        /// Forgets all that is in memory and starts again from log and ledger.
        fn kill(&mut self) {
            // As the tick of the process before, or the first of the next, would do.
            self.limits.expire(self.now);
            let (log, limits) = (
                DecisionLog::open(self.folder.path()).unwrap(),
                Embedded::new(HOLD_DEFAULT),
            );
            for (&campaign, (units, spend, days)) in &self.settled {
                let days: Vec<_> = days.values().copied().collect();
                limits.restore(campaign, (*units, *spend), &days);
            }
            restore_holds(&log, &self.book, &limits, self.now).unwrap();
            limits.expire(self.now);
            log.tidy(self.now, u64::MAX);
            for offer in &self.offers {
                let (campaign, zone) = (offer.campaign, self.zone.clone());
                let budget = offer.budget;
                limits.tell(
                    campaign,
                    Bounds {
                        budget,
                        zone,
                        order: None,
                    },
                );
                assert_eq!(limits.usage(campaign), self.limits.usage(campaign));
                assert_eq!(
                    limits.usage_on_day(campaign, self.now),
                    self.limits.usage_on_day(campaign, self.now)
                );
            }
            assert_eq!(limits.held(), self.limits.held());
            (self.log, self.limits) = (log, limits);
        }
    }

    #[test]
    fn a_start_finds_every_budget_as_the_kill_left_it() {
        let mut held = 0;
        for seed in 0..20 {
            let mut run = Run::new(seed);
            for offer in &run.offers {
                let (budget, zone) = (offer.budget, run.zone.clone());
                run.limits.tell(
                    offer.campaign,
                    Bounds {
                        budget,
                        zone,
                        order: None,
                    },
                );
            }
            for _ in 0..3_000 {
                match run.below(100) {
                    0 => run.now = run.now.plus(Millis(run.entropy.roll() % 200_000)),
                    1 => {
                        run.kill();
                        held += run.limits.held();
                    }
                    2 => drop(run.limits.expire(run.now)),
                    3..60 => run.hand_out(),
                    _ => run.report(),
                }
            }
        }
        assert!(held > 10_000, "only {held} ads were held over all kills");
    }

    #[test]
    fn without_the_log_the_same_kill_forgets_what_was_handed_out() {
        let mut run = Run::new(1);
        run.hand_out();
        let before = run.limits.held();
        let limits = Embedded::new(HOLD_DEFAULT);
        let wiped = tempfile::tempdir().unwrap();
        let log = DecisionLog::open(wiped.path()).unwrap();
        restore_holds(&log, &run.book, &limits, run.now).unwrap();
        assert_eq!((before, limits.held()), (1, 0));
    }
}
