//! The embedded limits against an oracle that lists everything, and under many threads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::decision::{Budget, Exclusion, LimitsView as _, Offer, Roll};
use crate::ledger::Due;
use crate::model::{
    CampaignId, CreativeId, Event, EventKind, Millis, Nanos, PriceModel, ServedAd, ServedAdId,
    TenantId, Tier, Timestamp, Zone,
};

const CHARGE: Nanos = Nanos(24_000_000);
const START: Timestamp = Timestamp::from_millis(1_772_323_200_000);

fn budget(total: i64, daily: Option<i64>, impressions: Option<u64>) -> Budget {
    let charges = |count: i64| Nanos(CHARGE.0 * count);
    Budget {
        total: charges(total),
        daily: daily.map(charges),
        impressions,
    }
}

fn offer(campaign: u32, budget: Budget, price_model: PriceModel) -> Offer {
    Offer {
        campaign: CampaignId::new(campaign),
        tier: Tier::Standard,
        weight: 1,
        start: Timestamp::from_millis(0),
        end: Timestamp::from_millis(i64::MAX),
        charge: CHARGE,
        price_model,
        budget,
        shortest: Millis(0),
        spots: Vec::new(),
    }
}

fn ad(id: u64, offer: &Offer) -> ServedAd {
    ServedAd {
        id: ServedAdId::new(id),
        tenant: TenantId::new(1),
        channel: None,
        campaign: offer.campaign,
        creative: CreativeId::new(1),
        price_model: offer.price_model,
        charge: offer.charge,
        decided_at: START,
        duration: Millis(30_000),
    }
}

fn event(ad: ServedAd, kind: EventKind, at: Timestamp) -> Event {
    Event {
        ad,
        kind,
        error_code: None,
        at,
    }
}

/// Whether there is room, without the urgency.
fn room(limits: &Embedded, offer: &Offer, now: Timestamp) -> Result<(), Exclusion> {
    limits.headroom(offer, now, Roll(7)).map(|_headroom| ())
}

/// Reserves `tries` ads from 64 threads at once and answers how many were granted.
fn storm(limits: &Embedded, offer: &Offer, ids: std::ops::Range<u64>) -> u64 {
    let (next, granted) = (AtomicU64::new(ids.start), AtomicU64::new(0));
    let barrier = Barrier::new(64);
    std::thread::scope(|scope| {
        for _ in 0..64 {
            scope.spawn(|| {
                barrier.wait();
                loop {
                    let id = next.fetch_add(1, Ordering::Relaxed);
                    if id >= ids.end {
                        break;
                    }
                    if limits
                        .reserve(&ad(id, offer), offer, &Zone::UTC, START)
                        .is_ok()
                    {
                        granted.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    granted.into_inner()
}

#[test]
fn ten_thousand_at_once_on_a_budget_of_one_thousand_get_exactly_one_thousand() {
    let cases = [
        (budget(1_000_000, None, Some(1_000)), Exclusion::Goal),
        (budget(1_000, None, None), Exclusion::Budget),
        (budget(1_000_000, Some(1_000), None), Exclusion::DailyBudget),
    ];
    for (budget, bound) in cases {
        let limits = Embedded::new(HOLD_DEFAULT);
        let offer = offer(1, budget, PriceModel::Cpm);
        assert_eq!(storm(&limits, &offer, 0..10_000), 1_000, "{bound}");
        assert_eq!(room(&limits, &offer, START), Err(bound));
        assert_eq!(limits.held(), 1_000);

        // A quarter is seen; the rest comes back when its time is over, and exactly fits again.
        let seen = (0..10_000)
            .map(|id| event(ad(id, &offer), EventKind::Impression, START))
            .filter(|event| {
                let is_held = limits.usage(offer.campaign).impressions < 250;
                is_held && limits.settle(event).settlement.unit
            })
            .count();
        assert_eq!(seen, 250);
        let end = START.plus(HOLD_DEFAULT);
        assert_eq!(limits.expire(end.minus(Millis(1_000))), 0);
        assert_eq!(limits.expire(end), 750);
        assert_eq!(limits.held(), 0);
        assert_eq!(storm(&limits, &offer, 20_000..30_000), 750, "{bound}");
    }
}

#[test]
fn a_hold_never_ends_early_and_ends_within_a_second() {
    let limits = Embedded::new(Millis(10_000));
    let offer = offer(1, budget(10, None, None), PriceModel::Cpm);
    let now = START.plus(Millis(999));
    limits
        .reserve(&ad(1, &offer), &offer, &Zone::UTC, now)
        .unwrap();
    assert_eq!(limits.expire(now.plus(Millis(9_999))), 0);
    assert_eq!(limits.expire(now.plus(Millis(11_000))), 1);
}

#[test]
fn a_hold_from_before_the_clock_was_set_back_does_not_last_until_then() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let offer = offer(1, budget(10, None, None), PriceModel::Cpm);
    let ahead = START.plus(Millis::from_seconds(30 * 86_400));
    let reserve = |id, now| limits.reserve(&ad(id, &offer), &offer, &Zone::UTC, now);
    reserve(1, ahead).unwrap();
    // The same page of ids goes on after the clock was corrected.
    reserve(2, START).unwrap();
    assert_eq!(limits.expire(START.plus(HOLD_DEFAULT)), 2);
    assert_eq!(limits.held(), 0, "a budget is locked for a month");
}

#[test]
fn an_ad_that_is_not_handed_out_is_given_back_at_once() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let offer = offer(1, budget(1, Some(1), Some(1)), PriceModel::Cpm);
    let reserve = |id| limits.reserve(&ad(id, &offer), &offer, &Zone::UTC, START);
    assert_eq!(reserve(1), Ok(()));
    assert_eq!(reserve(2), Err(Exclusion::Goal));
    limits.release(ServedAdId::new(1));
    limits.release(ServedAdId::new(1));
    assert_eq!(reserve(2), Ok(()));
    assert_eq!(limits.usage(offer.campaign).impressions_reserved, 1);
}

#[test]
fn nothing_is_granted_below_what_is_used_and_again_when_the_budget_grows() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let with = |total| offer(1, budget(total, None, None), PriceModel::Cpm);
    let reserve =
        |id, total| limits.reserve(&ad(id, &with(total)), &with(total), &Zone::UTC, START);
    for id in 0..6 {
        reserve(id, 10).unwrap();
    }
    let settle = |id| {
        let event = event(ad(id, &with(10)), EventKind::Impression, START);
        limits.settle(&event).settlement
    };
    assert!(settle(0).unit);
    let cut = Bounds {
        budget: budget(3, None, None),
        zone: Zone::UTC,
    };
    limits.tell(CampaignId::new(1), cut);
    assert_eq!(reserve(10, 3), Err(Exclusion::Budget));
    // Of what was handed out before the cut, the first to be seen are billed, up to the budget.
    let billed = (1..6).filter(|&id| settle(id).unit).count();
    assert_eq!(billed, 2);
    assert_eq!(limits.usage(CampaignId::new(1)).spend, Nanos(CHARGE.0 * 3));
    assert_eq!(
        limits.finished(CampaignId::new(1), &budget(3, None, None), CHARGE),
        Some(Exclusion::Budget)
    );
    assert_eq!(
        limits.finished(CampaignId::new(1), &budget(4, None, None), CHARGE),
        None
    );
    assert_eq!(reserve(11, 4), Ok(()));
    assert_eq!(reserve(12, 4), Err(Exclusion::Budget));
}

#[test]
fn a_click_is_charged_apart_from_the_impression() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let offer = offer(1, budget(2, None, Some(10)), PriceModel::Cpc);
    let reserve = |id| limits.reserve(&ad(id, &offer), &offer, &Zone::UTC, START);
    let settle = |id, kind| {
        limits
            .settle(&event(ad(id, &offer), kind, START))
            .settlement
    };
    reserve(1).unwrap();
    reserve(2).unwrap();
    assert_eq!(reserve(3), Err(Exclusion::Budget));
    let shown = settle(1, EventKind::Impression);
    assert!(shown.unit);
    assert_eq!(shown.due, Due::Nothing);
    assert!(matches!(settle(1, EventKind::Click).due, Due::Billed(_)));
    settle(2, EventKind::Impression);
    assert_eq!(limits.usage(offer.campaign).spend_reserved, CHARGE);
    // Nobody clicked the second; its charge comes back, its impression stays.
    limits.expire(START.plus(HOLD_DEFAULT));
    let usage = limits.usage(offer.campaign);
    assert_eq!(
        (usage.impressions, usage.spend, usage.spend_reserved),
        (2, CHARGE, Nanos::ZERO)
    );
    assert_eq!(reserve(3), Ok(()));
    // The late click finds the budget reserved and is given away.
    assert_eq!(settle(2, EventKind::Click).due, Due::Unbilled);
    limits.release(ServedAdId::new(3));
    assert!(matches!(settle(3, EventKind::Click).due, Due::Billed(_)));
}

#[test]
fn after_a_restart_only_what_was_settled_is_known() {
    let zone: Zone = "Asia/Kolkata".parse().unwrap();
    let day = zone.day(START);
    let limits = Embedded::new(HOLD_DEFAULT);
    let offer = offer(300, budget(10, Some(4), Some(8)), PriceModel::Cpm);
    limits.restore(
        offer.campaign,
        (3, Nanos(CHARGE.0 * 3)),
        &[(day, Nanos(CHARGE.0 * 3))],
    );
    let late = event(ad(1, &offer), EventKind::Impression, START);
    // Before anybody told the bounds, nothing can be billed: better given away than overspent.
    assert_eq!(limits.settle(&late).settlement.due, Due::Unbilled);
    limits.tell(
        offer.campaign,
        Bounds {
            budget: offer.budget,
            zone: zone.clone(),
        },
    );
    assert_eq!(limits.settle(&late).settlement.due, Due::Billed(day));
    assert_eq!(room(&limits, &offer, START), Err(Exclusion::DailyBudget));
    assert_eq!(limits.settle(&late).settlement.due, Due::Unbilled);
    assert_eq!(room(&limits, &offer, day.end), Ok(()));
    assert_eq!(
        limits.used_on_day(offer.campaign, START),
        Nanos(CHARGE.0 * 4)
    );
}

#[test]
fn each_day_of_the_tenant_has_its_own_budget_through_clock_changes() {
    let zone: Zone = "America/New_York".parse().unwrap();
    for (noon, hours) in [
        ("2026-03-08T12:00:00-04:00", 23),
        ("2026-11-01T12:00:00-05:00", 25),
        ("2026-07-01T12:00:00-04:00", 24),
    ] {
        let limits = Embedded::new(HOLD_DEFAULT);
        let offer = offer(1, budget(1_000, Some(10), None), PriceModel::Cpm);
        let day = zone.day(noon.parse().unwrap());
        assert_eq!(day.end.since(day.start), Millis(hours * 3_600_000));
        let mut id = 0;
        let mut grants = |at: Timestamp| {
            (0..20)
                .filter(|_| {
                    id += 1;
                    let ad = ad(id, &offer);
                    let granted = limits.reserve(&ad, &offer, &zone, at).is_ok();
                    granted
                        && limits
                            .settle(&event(ad, EventKind::Impression, at))
                            .settlement
                            .unit
                })
                .count()
        };
        assert_eq!(grants(day.start), 10);
        assert_eq!(grants(day.end.minus(Millis(1))), 0);
        assert_eq!(grants(day.end), 10);
        assert_eq!(
            grants(day.start),
            0,
            "a clock set back does not open a day again"
        );
    }
}

#[test]
fn an_ad_seen_after_midnight_is_billed_to_the_day_it_was_seen() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let offer = offer(1, budget(1_000, Some(2), None), PriceModel::Cpm);
    let today = Zone::UTC.day(START);
    let (before, after) = (today.end.minus(Millis(1_000)), today.end);
    for id in 0..2 {
        limits
            .reserve(&ad(id, &offer), &offer, &Zone::UTC, before)
            .unwrap();
    }
    limits
        .reserve(&ad(2, &offer), &offer, &Zone::UTC, after)
        .unwrap();
    let settle = |id| {
        limits
            .settle(&event(ad(id, &offer), EventKind::Impression, after))
            .settlement
    };
    assert_eq!(settle(0).due, Due::Billed(Zone::UTC.day(after)));
    // The new day has room for one more, and that is reserved.
    assert_eq!(settle(1).due, Due::Unbilled);
    assert!(settle(2).unit);
    assert_eq!(limits.used_on_day(offer.campaign, before), Nanos::ZERO);
    assert_eq!(
        limits.used_on_day(offer.campaign, after),
        Nanos(CHARGE.0 * 2)
    );
}

#[test]
fn a_clock_that_jumped_and_came_back_opens_no_day_twice() {
    let limits = Embedded::new(Millis(1_000));
    let offer = offer(1, budget(1_000, Some(3), None), PriceModel::Cpm);
    let mut id = 0;
    let mut grants = |at: Timestamp| {
        (0..5)
            .filter(|_| {
                id += 1;
                limits
                    .reserve(&ad(id, &offer), &offer, &Zone::UTC, at)
                    .is_ok()
            })
            .count()
    };
    let day = Millis(86_400_000);
    assert_eq!(grants(START), 3);
    assert_eq!(grants(START.plus(Millis(30 * day.0))), 3);
    assert_eq!(grants(START), 0);
    assert_eq!(grants(START.plus(day)), 3);
    assert_eq!(grants(START.plus(Millis(30 * day.0))), 0);
}

/// One ad as the oracle sees it: what is still held for it, and what was seen of it.
struct Known {
    ad: ServedAd,
    offer: usize,
    expires: Timestamp,
    unit: bool,
    /// First instant of the day that the charge is held on.
    charge: Option<Timestamp>,
    seen: BTreeSet<EventKind>,
}

#[derive(Default)]
struct Spent {
    units: u64,
    money: i64,
    days: BTreeMap<Timestamp, i64>,
}

/// Keeps lists and adds them up for every question.
struct Oracle {
    offers: Vec<Offer>,
    spent: Vec<Spent>,
    ads: Vec<Known>,
    zone: Zone,
}

impl Oracle {
    /// Settled and reserved: impressions, money, money of the day.
    fn used(&self, offer: usize, day: Timestamp) -> (u64, i64, i64) {
        let spent = &self.spent[offer];
        let (mut units, mut money) = (spent.units, spent.money);
        let mut today = spent.days.get(&day).copied().unwrap_or_default();
        for known in self.ads.iter().filter(|known| known.offer == offer) {
            units += u64::from(known.unit);
            if let Some(held) = known.charge {
                money += CHARGE.0;
                today += if held == day { CHARGE.0 } else { 0 };
            }
        }
        (units, money, today)
    }

    fn fits(
        &self,
        offer: usize,
        (unit, charge): (bool, bool),
        (units, money, today): (u64, i64, i64),
    ) -> Result<(), Exclusion> {
        let bound = &self.offers[offer].budget;
        if unit && bound.impressions.is_some_and(|goal| units + 1 > goal) {
            Err(Exclusion::Goal)
        } else if charge && money + CHARGE.0 > bound.total.0 {
            Err(Exclusion::Budget)
        } else if charge && bound.daily.is_some_and(|daily| today + CHARGE.0 > daily.0) {
            Err(Exclusion::DailyBudget)
        } else {
            Ok(())
        }
    }

    fn reserve(&self, offer: usize, now: Timestamp) -> Result<(), Exclusion> {
        let day = self.zone.day(now).start;
        self.fits(offer, (true, true), self.used(offer, day))
    }

    /// Whether the event is settled: what it wants, and the day.
    fn settle(&mut self, place: usize, kind: EventKind, at: Timestamp) -> (bool, bool) {
        let model = self.offers[self.ads[place].offer].price_model;
        let wanted = (kind == EventKind::Impression, kind == model.billable());
        let day = self.zone.day(at).start;
        let known = &mut self.ads[place];
        let (offer, held_day) = (known.offer, known.charge.filter(|_day| wanted.1));
        let is_held = (wanted.0 && known.unit) || held_day.is_some();
        known.unit &= !wanted.0;
        known.charge = known.charge.filter(|_day| !wanted.1);
        let (mut units, mut money, mut today) = self.used(offer, day);
        let spent = &mut self.spent[offer];
        if is_held {
            (units, money) = (spent.units, spent.money);
            if held_day == Some(day) {
                today = spent.days.get(&day).copied().unwrap_or_default();
            }
        }
        if self.fits(offer, wanted, (units, money, today)).is_err() {
            return (false, false);
        }
        let spent = &mut self.spent[offer];
        spent.units += u64::from(wanted.0);
        if wanted.1 {
            spent.money += CHARGE.0;
            *spent.days.entry(day).or_default() += CHARGE.0;
        }
        wanted
    }
}

impl Oracle {
    /// A settlement that is taken back is held again, on the day it was settled on, unless its
    /// time is over. What found no room is not held any more.
    fn settle_and_undo(&mut self, place: usize, kind: EventKind, at: Timestamp) {
        let held = (self.ads[place].unit, self.ads[place].charge);
        let (unit, charge) = self.settle(place, kind, at);
        let day = self.zone.day(at).start;
        let known = &mut self.ads[place];
        let spent = &mut self.spent[known.offer];
        spent.units -= u64::from(unit);
        if charge {
            spent.money -= CHARGE.0;
            *spent.days.entry(day).or_default() -= CHARGE.0;
        }
        if known.expires > at {
            known.unit |= held.0 && unit;
            if held.1.is_some() && charge {
                known.charge = Some(day);
            }
        }
    }
}

/// A walk of random steps that drives the limits and the oracle side by side.
struct Walk {
    limits: Embedded,
    oracle: Oracle,
    roll: Roll,
    rolls: u64,
    now: Timestamp,
    next: u64,
}

/// Steps of the long walk: more than a million.
const STEPS: u64 = 1_050_000;
/// Ads that the oracle remembers; the oldest are expired before they are forgotten.
const ADS_KNOWN: usize = 96;
const HOLD: Millis = Millis::from_seconds(120);

impl Walk {
    fn new(seed: u64) -> Self {
        let offers = vec![
            offer(0, budget(40, Some(9), Some(30)), PriceModel::Cpm),
            offer(255, budget(25, Some(6), None), PriceModel::Cpc),
            offer(256, budget(25, None, Some(20)), PriceModel::Cpv),
        ];
        let zone: Zone = "Europe/Prague".parse().unwrap();
        let limits = Embedded::new(HOLD);
        for offer in &offers {
            let bounds = Bounds {
                budget: offer.budget,
                zone: zone.clone(),
            };
            limits.tell(offer.campaign, bounds);
        }
        let spent = offers.iter().map(|_offer| Spent::default()).collect();
        Self {
            limits,
            oracle: Oracle {
                offers,
                spent,
                ads: Vec::new(),
                zone,
            },
            roll: Roll(seed),
            rolls: 0,
            now: START,
            next: (1 << 20) - 500,
        }
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.rolls += 1;
        self.roll.draw(self.rolls) % bound
    }

    fn step(&mut self) {
        let dice = self.below(1_000);
        match dice {
            0..400 => self.reserve(),
            400..850 => self.settle(),
            850..930 => self.now = self.now.plus(Millis::from_seconds(dice % 40)),
            930..985 => self.expire(),
            985..990 => self.release(),
            990..998 => self.edit(),
            _ => {
                let hours = self.below(15);
                self.now = self.now.plus(Millis::from_seconds(3_600 * hours));
            }
        }
    }

    fn reserve(&mut self) {
        if self.oracle.ads.len() >= ADS_KNOWN {
            self.expire();
            self.oracle
                .ads
                .retain(|known| known.unit || known.charge.is_some());
            self.oracle
                .ads
                .drain(..self.oracle.ads.len().saturating_sub(ADS_KNOWN - 1))
                .for_each(|known| self.limits.release(known.ad.id));
        }
        let place = usize::try_from(self.below(3)).unwrap();
        let offer = &self.oracle.offers[place];
        let expected = self.oracle.reserve(place, self.now);
        if expected.is_ok() {
            assert_eq!(room(&self.limits, offer, self.now), Ok(()), "a false no");
        }
        self.next += 1;
        let ad = ad(self.next, offer);
        let zone = &self.oracle.zone;
        assert_eq!(self.limits.reserve(&ad, offer, zone, self.now), expected);
        assert_eq!(
            room(&self.limits, offer, self.now),
            self.oracle_after(place, expected)
        );
        if expected.is_ok() {
            let day = self.oracle.zone.day(self.now).start;
            self.oracle.ads.push(Known {
                ad,
                offer: place,
                expires: self.now.plus(HOLD),
                unit: true,
                charge: Some(day),
                seen: BTreeSet::new(),
            });
            let offer = &self.oracle.offers[place];
            let usage = self.limits.usage(offer.campaign);
            let goal = offer.budget.impressions.unwrap_or(u64::MAX);
            let today = self.limits.used_on_day(offer.campaign, self.now);
            assert!(usage.impressions + usage.impressions_reserved <= goal);
            assert!(usage.spend.0 + usage.spend_reserved.0 <= offer.budget.total.0);
            assert!(offer.budget.daily.is_none_or(|daily| today <= daily));
        }
        self.compare(place);
    }

    /// What the next one is told, once this one was answered `answer`.
    fn oracle_after(&self, offer: usize, answer: Result<(), Exclusion>) -> Result<(), Exclusion> {
        answer?;
        let (units, money, today) = {
            let day = self.oracle.zone.day(self.now).start;
            self.oracle.used(offer, day)
        };
        let one_more = (units + 1, money + CHARGE.0, today + CHARGE.0);
        self.oracle.fits(offer, (true, true), one_more)
    }

    fn settle(&mut self) {
        let kinds = [
            EventKind::Impression,
            EventKind::Click,
            EventKind::Complete,
            EventKind::Start,
        ];
        let kind = kinds[usize::try_from(self.below(4)).unwrap()];
        let count = self.oracle.ads.len() as u64;
        if count == 0 {
            return;
        }
        let place = usize::try_from(self.below(count)).unwrap();
        if !self.oracle.ads[place].seen.insert(kind) {
            return;
        }
        let event = event(self.oracle.ads[place].ad, kind, self.now);
        if self.below(8) == 0 {
            // The first try cannot be kept.
            let settled = self.limits.settle(&event);
            self.limits.undo(&event.ad, &settled, self.now);
            self.oracle.settle_and_undo(place, kind, self.now);
        }
        let settlement = self.limits.settle(&event).settlement;
        let (unit, charge) = self.oracle.settle(place, kind, self.now);
        assert_eq!(settlement.unit, unit, "{kind}");
        assert_eq!(matches!(settlement.due, Due::Billed(_)), charge, "{kind}");
        let offer = self.oracle.ads[place].offer;
        let (usage, bound) = {
            let offer = &self.oracle.offers[offer];
            (self.limits.usage(offer.campaign), offer.budget)
        };
        assert!(
            !charge || usage.spend <= bound.total,
            "billed past the budget"
        );
        self.compare(offer);
    }

    fn expire(&mut self) {
        let now = self.now;
        self.limits.expire(now);
        for known in self
            .oracle
            .ads
            .iter_mut()
            .filter(|known| known.expires <= now)
        {
            known.unit = false;
            known.charge = None;
        }
    }

    fn release(&mut self) {
        if let Some(known) = self.oracle.ads.last_mut() {
            known.unit = false;
            known.charge = None;
            self.limits.release(known.ad.id);
        }
    }

    fn edit(&mut self) {
        let place = usize::try_from(self.below(3)).unwrap();
        // Up by a lot, so that the walk goes on, and sometimes down to below what is used.
        let spent = &self.oracle.spent[place];
        let (units, charges) = (spent.units, spent.money / CHARGE.0);
        let (more, daily, goal) = (self.below(40), self.below(12), self.below(40));
        let offer = &mut self.oracle.offers[place];
        let less = i64::try_from(more).unwrap() - 3;
        offer.budget = budget(
            (charges + less).max(1),
            (daily > 2).then(|| i64::try_from(daily).unwrap()),
            (goal > 5).then(|| (units + goal).saturating_sub(9).max(1)),
        );
        let bounds = Bounds {
            budget: offer.budget,
            zone: self.oracle.zone.clone(),
        };
        self.limits.tell(offer.campaign, bounds);
    }

    fn compare(&self, place: usize) {
        let offer = &self.oracle.offers[place];
        let usage = self.limits.usage(offer.campaign);
        let day = self.oracle.zone.day(self.now).start;
        let (units, money, today) = self.oracle.used(place, day);
        let spent = &self.oracle.spent[place];
        assert_eq!(
            (usage.impressions, usage.spend.0),
            (spent.units, spent.money)
        );
        assert_eq!(usage.impressions + usage.impressions_reserved, units);
        assert_eq!(usage.spend.0 + usage.spend_reserved.0, money);
        assert_eq!(self.limits.used_on_day(offer.campaign, self.now).0, today);
    }
}

#[test]
fn a_million_random_steps_agree_with_the_oracle() {
    let mut walk = Walk::new(0x5eed);
    for _ in 0..STEPS {
        walk.step();
    }
    let billed: i64 = walk
        .oracle
        .spent
        .iter()
        .map(|spent| spent.money / CHARGE.0)
        .sum();
    assert!(billed > 10_000, "the walk billed only {billed} events");
    let far = walk.now.plus(HOLD);
    walk.limits.expire(far);
    assert_eq!(walk.limits.held(), 0, "something is held for ever");
}
