//! The embedded limits against an oracle that lists everything, and under many threads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::decision::Terms;
use crate::decision::{Budget, Exclusion, LimitsView as _, Offer, OrderRef, Roll};
use crate::ledger::Due;
use crate::model::{
    CampaignId, CreativeId, Event, EventKind, Millis, Nanos, OrderId, Pacing, PriceModel, Receiver,
    ServedAd, ServedAdId, TenantId, Tier, Timestamp, Zone,
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
        order: None,
        pacing: Pacing::Asap,
        terms: Terms::default(),
        shortest: Millis(0),
        sole: None,
        spots: Vec::new(),
    }
}

fn ordered(offer: Offer, id: u32, budget: Budget) -> Offer {
    let id = OrderId::new(id);
    Offer {
        order: Some(OrderRef { id, budget }),
        ..offer
    }
}

fn bounds(offer: &Offer, zone: &Zone) -> Bounds {
    Bounds {
        budget: offer.budget,
        zone: zone.clone(),
        order: offer.order.map(|order| order.id),
    }
}

/// What is settled and reserved of a campaign on the day of `at`.
fn used_on_day(limits: &Embedded, campaign: CampaignId, at: Timestamp) -> Nanos {
    used(limits.usage_on_day(campaign, at))
}

fn used(day: Option<DayUsage>) -> Nanos {
    day.map_or(Nanos::ZERO, |day| Nanos(day.spend.0 + day.spend_reserved.0))
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
        receiver: Receiver::UNKNOWN,
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

/// Reserves ads from 64 threads at once and answers how many were granted.
fn storm(limits: &Embedded, offer: &Offer, ids: std::ops::Range<u64>) -> u64 {
    storm_of(limits, std::slice::from_ref(offer), ids)
}

/// The same for several campaigns in turn.
fn storm_of(limits: &Embedded, offers: &[Offer], ids: std::ops::Range<u64>) -> u64 {
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
                    let offer = &offers[usize::try_from(id).unwrap() % offers.len()];
                    let ad = ad(id, offer);
                    if limits.reserve(&ad, offer, &Zone::UTC, START).is_ok() {
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
fn the_campaigns_of_an_order_get_exactly_its_budget_together() {
    let cases = [
        (budget(1_000_000, None, Some(1_000)), Exclusion::OrderGoal),
        (budget(1_000, None, None), Exclusion::OrderBudget),
        (
            budget(1_000_000, Some(1_000), None),
            Exclusion::OrderDailyBudget,
        ),
    ];
    for (shared, bound) in cases {
        let limits = Embedded::new(HOLD_DEFAULT);
        let wide = budget(1_000_000, None, None);
        let small = budget(1_000_000, None, Some(100));
        let members: Vec<Offer> = (1..=7)
            .map(|id| offer(id, if id == 7 { small } else { wide }, PriceModel::Cpm))
            .map(|offer| ordered(offer, 9, shared))
            .collect();
        let granted = storm_of(&limits, &members, 0..10_000);
        assert_eq!(granted, 1_000, "{bound}");
        assert_eq!(room(&limits, &members[0], START), Err(bound));
        let sums: Vec<Usage> = members
            .iter()
            .map(|offer| limits.usage(offer.campaign))
            .collect();
        let order = limits.order_usage(OrderId::new(9));
        let reserved: u64 = sums.iter().map(|usage| usage.impressions_reserved).sum();
        let spend: i64 = sums.iter().map(|usage| usage.spend_reserved.0).sum();
        assert_eq!((reserved, spend), (1_000, CHARGE.0 * 1_000));
        assert_eq!(order.impressions_reserved, reserved);
        assert_eq!(order.spend_reserved.0, spend);
        assert!(sums[6].impressions_reserved <= 100);

        // All of it comes back, to the campaigns and to the order, and fits exactly again.
        assert_eq!(limits.expire(START.plus(HOLD_DEFAULT)), 1_000);
        assert_eq!(limits.order_usage(OrderId::new(9)), Usage::default());
        let granted = storm_of(&limits, &members, 20_000..30_000);
        assert_eq!(granted, 1_000, "{bound}");
    }
}

#[test]
fn what_an_order_refuses_takes_nothing_from_the_campaign() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let shared = budget(1, None, None);
    let both = [1, 2].map(|id| {
        let offer = offer(id, budget(10, Some(10), Some(10)), PriceModel::Cpm);
        ordered(offer, 9, shared)
    });
    let reserve = |id, offer: &Offer| {
        let booked = limits.reserve(&ad(id, offer), offer, &Zone::UTC, START);
        booked.map(|booked| booked.order.map(|(order, _day)| order))
    };
    assert_eq!(reserve(1, &both[0]), Ok(Some(OrderId::new(9))));
    assert_eq!(reserve(2, &both[1]), Err(Exclusion::OrderBudget));
    assert_eq!(limits.usage(both[1].campaign), Usage::default());
    assert_eq!(used_on_day(&limits, both[1].campaign, START), Nanos::ZERO);
    limits.release(ServedAdId::new(1));
    assert_eq!(reserve(2, &both[1]), Ok(Some(OrderId::new(9))));
}

#[test]
fn what_was_held_in_an_order_is_settled_there_when_the_campaign_has_moved() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let plain = || offer(1, budget(10, None, None), PriceModel::Cpm);
    let before = ordered(plain(), 8, budget(5, None, None));
    let after = ordered(plain(), 9, budget(5, None, None));
    for offer in [&before, &after] {
        let order = offer.order.unwrap();
        limits.tell_order(order.id, order.budget, Zone::UTC);
    }
    limits.tell(before.campaign, bounds(&before, &Zone::UTC));
    limits
        .reserve(&ad(1, &before), &before, &Zone::UTC, START)
        .unwrap();
    limits.tell(after.campaign, bounds(&after, &Zone::UTC));
    let settle = |id| {
        let event = event(ad(id, &after), EventKind::Impression, START);
        limits.settle(&event).settlement.order
    };
    let today = Zone::UTC.day(START);
    assert_eq!(settle(1), Some((OrderId::new(8), today)));
    // Nothing was held for this one: it counts where the campaign is now.
    assert_eq!(settle(2), Some((OrderId::new(9), today)));
    let spend = |order| limits.order_usage(OrderId::new(order)).spend;
    assert_eq!((spend(8), spend(9)), (CHARGE, CHARGE));
}

#[test]
fn an_order_whose_day_began_in_another_zone_gives_back_what_it_held() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let shared = budget(100, Some(2), None);
    let both = [1, 2].map(|id| {
        let offer = offer(id, budget(100, Some(100), None), PriceModel::Cpm);
        ordered(offer, 9, shared)
    });
    let edited: Zone = "America/New_York".parse().unwrap();
    let reserve = |id, offer: &Offer, zone: &Zone| {
        let booked = limits.reserve(&ad(id, offer), offer, zone, START);
        booked.map(|_booked| ())
    };
    assert_eq!(reserve(1, &both[0], &Zone::UTC), Ok(()));
    // The zone is edited: the order is in its old day yet, the other campaign begins a new one.
    assert_eq!(reserve(2, &both[1], &edited), Ok(()));
    assert_eq!(
        reserve(3, &both[1], &edited),
        Err(Exclusion::OrderDailyBudget)
    );
    limits.release(ServedAdId::new(2));
    assert_eq!(reserve(4, &both[1], &edited), Ok(()));
}

#[test]
fn a_budget_of_an_order_below_what_is_spent_grants_nothing_and_breaks_nothing() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let with = |total| {
        let offer = offer(1, budget(100, None, None), PriceModel::Cpm);
        ordered(offer, 9, budget(total, None, None))
    };
    let reserve = |id, total| {
        let offer = with(total);
        let booked = limits.reserve(&ad(id, &offer), &offer, &Zone::UTC, START);
        booked.map(|_booked| ())
    };
    let settle = |id| {
        let event = event(ad(id, &with(10)), EventKind::Impression, START);
        limits.settle(&event).settlement
    };
    limits.tell(CampaignId::new(1), bounds(&with(10), &Zone::UTC));
    limits.tell_order(OrderId::new(9), budget(10, None, None), Zone::UTC);
    for id in 0..6 {
        assert_eq!(reserve(id, 10), Ok(()));
    }
    assert!(settle(0).unit && settle(1).unit);
    limits.tell_order(OrderId::new(9), budget(1, None, None), Zone::UTC);
    assert_eq!(reserve(10, 1), Err(Exclusion::OrderBudget));
    let late = settle(2);
    assert_eq!(
        (late.unit, late.due, late.order),
        (false, Due::Unbilled, None)
    );
    assert_eq!(limits.usage(CampaignId::new(1)).impressions, 2);
    limits.expire(START.plus(HOLD_DEFAULT));
    let order = limits.order_usage(OrderId::new(9));
    assert_eq!((order.spend.0, order.spend_reserved.0), (CHARGE.0 * 2, 0));
    limits.tell_order(OrderId::new(9), budget(3, None, None), Zone::UTC);
    assert_eq!(reserve(11, 3), Ok(()));
    assert_eq!(reserve(12, 3), Err(Exclusion::OrderBudget));
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
    let reserve = |id| {
        let booked = limits.reserve(&ad(id, &offer), &offer, &Zone::UTC, START);
        booked.map(|_booked| ())
    };
    assert_eq!(reserve(1), Ok(()));
    assert_eq!(reserve(2), Err(Exclusion::Goal));
    limits.release(ServedAdId::new(1));
    limits.release(ServedAdId::new(1));
    assert_eq!(reserve(2).map(drop), Ok(()));
    assert_eq!(limits.usage(offer.campaign).impressions_reserved, 1);
}

#[test]
fn nothing_is_granted_below_what_is_used_and_again_when_the_budget_grows() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let with = |total| offer(1, budget(total, None, None), PriceModel::Cpm);
    let reserve = |id, total| {
        let booked = limits.reserve(&ad(id, &with(total)), &with(total), &Zone::UTC, START);
        booked.map(|_booked| ())
    };
    for id in 0..6 {
        reserve(id, 10).unwrap();
    }
    let settle = |id| {
        let event = event(ad(id, &with(10)), EventKind::Impression, START);
        limits.settle(&event).settlement
    };
    assert!(settle(0).unit);
    limits.tell(CampaignId::new(1), bounds(&with(3), &Zone::UTC));
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
    assert_eq!(reserve(11, 4).map(drop), Ok(()));
    assert_eq!(reserve(12, 4), Err(Exclusion::Budget));
}

#[test]
fn a_click_is_charged_apart_from_the_impression() {
    let limits = Embedded::new(HOLD_DEFAULT);
    let offer = offer(1, budget(2, None, Some(10)), PriceModel::Cpc);
    let reserve = |id| {
        let booked = limits.reserve(&ad(id, &offer), &offer, &Zone::UTC, START);
        booked.map(|_booked| ())
    };
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
    assert_eq!(reserve(3).map(drop), Ok(()));
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
    limits.tell(offer.campaign, bounds(&offer, &zone));
    assert_eq!(limits.settle(&late).settlement.due, Due::Billed(day));
    assert_eq!(room(&limits, &offer, START), Err(Exclusion::DailyBudget));
    assert_eq!(limits.settle(&late).settlement.due, Due::Unbilled);
    assert_eq!(room(&limits, &offer, day.end), Ok(()));
    assert_eq!(
        used_on_day(&limits, offer.campaign, START),
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
    assert_eq!(used_on_day(&limits, offer.campaign, before), Nanos::ZERO);
    assert_eq!(
        used_on_day(&limits, offer.campaign, after),
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

#[test]
fn a_clock_far_ahead_for_long_does_not_open_today_again() {
    let limits = Embedded::new(Millis(1_000));
    let offer = offer(1, budget(1_000_000, Some(3), None), PriceModel::Cpm);
    let mut id = 0;
    let mut spend = |at: Timestamp| {
        (0..5)
            .filter(|_| {
                id += 1;
                let ad = ad(id, &offer);
                let granted = limits.reserve(&ad, &offer, &Zone::UTC, at).is_ok();
                granted
                    && limits
                        .settle(&event(ad, EventKind::Impression, at))
                        .settlement
                        .unit
            })
            .count()
    };
    let days = |count: u64| START.plus(Millis(count * 86_400_000));
    assert_eq!(spend(START), 3);
    // It walks through twenty days that are not yet, and jumps to twelve single ones.
    for ahead in (100..120).chain((200..440).step_by(20)) {
        assert_eq!(spend(days(ahead)), 3, "{ahead}");
        assert_eq!(spend(days(ahead)), 0, "{ahead}");
    }
    assert_eq!(spend(START), 0, "today was opened a second time");
    // Months of ordinary days forget the old ones.
    for next in 1..60 {
        assert_eq!(spend(days(next)), 3, "{next}");
        assert_eq!(spend(days(next - 1)), 0, "{next}");
    }
}

/// One ad as the oracle sees it: what is still held for it, and what was seen of it.
struct Known {
    ad: ServedAd,
    offer: usize,
    expires: Timestamp,
    unit: bool,
    /// First instant of the day that the charge is held on.
    charge: Option<Timestamp>,
    /// The order in which the same is held.
    order: Option<usize>,
    seen: BTreeSet<EventKind>,
}

#[derive(Default)]
struct Spent {
    units: u64,
    money: i64,
    days: BTreeMap<Timestamp, i64>,
}

/// Whose budget it is.
#[derive(Clone, Copy)]
enum Whose {
    Campaign(usize),
    Order(usize),
}

/// Keeps lists and adds them up for every question.
struct Oracle {
    offers: Vec<Offer>,
    spent: Vec<Spent>,
    orders: Vec<OrderRef>,
    spent_in_orders: Vec<Spent>,
    ads: Vec<Known>,
    zone: Zone,
}

impl Oracle {
    fn spent(&self, whose: Whose) -> &Spent {
        match whose {
            Whose::Campaign(offer) => &self.spent[offer],
            Whose::Order(order) => &self.spent_in_orders[order],
        }
    }

    fn spent_mut(&mut self, whose: Whose) -> &mut Spent {
        match whose {
            Whose::Campaign(offer) => &mut self.spent[offer],
            Whose::Order(order) => &mut self.spent_in_orders[order],
        }
    }

    /// The order that a campaign is in now.
    fn order_of(&self, offer: usize) -> Option<usize> {
        let id = self.offers[offer].order.as_ref()?.id;
        self.orders.iter().position(|order| order.id == id)
    }

    /// Settled and reserved: impressions, money, money of the day.
    fn used(&self, whose: Whose, day: Timestamp) -> (u64, i64, i64) {
        let spent = self.spent(whose);
        let (mut units, mut money) = (spent.units, spent.money);
        let mut today = spent.days.get(&day).copied().unwrap_or_default();
        let is_of = |known: &&Known| match whose {
            Whose::Campaign(offer) => known.offer == offer,
            Whose::Order(order) => known.order == Some(order),
        };
        for known in self.ads.iter().filter(is_of) {
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
        whose: Whose,
        (unit, charge): (bool, bool),
        (units, money, today): (u64, i64, i64),
    ) -> Result<(), Exclusion> {
        let bound = match whose {
            Whose::Campaign(offer) => &self.offers[offer].budget,
            Whose::Order(order) => &self.orders[order].budget,
        };
        let fits = if unit && bound.impressions.is_some_and(|goal| units + 1 > goal) {
            Err(Exclusion::Goal)
        } else if charge && money + CHARGE.0 > bound.total.0 {
            Err(Exclusion::Budget)
        } else if charge && bound.daily.is_some_and(|daily| today + CHARGE.0 > daily.0) {
            Err(Exclusion::DailyBudget)
        } else {
            Ok(())
        };
        match whose {
            Whose::Campaign(_) => fits,
            Whose::Order(_) => fits.map_err(Exclusion::of_order),
        }
    }

    /// Those whose budgets an ad of the campaign moves now.
    fn whose(offer: usize, order: Option<usize>) -> impl Iterator<Item = Whose> {
        let order = order.map(Whose::Order);
        std::iter::once(Whose::Campaign(offer)).chain(order)
    }

    /// Whether one more fits, beside `more` that are not in the lists.
    fn room(&self, offer: usize, now: Timestamp, more: u64) -> Result<(), Exclusion> {
        let day = self.zone.day(now).start;
        let money = CHARGE.0 * i64::try_from(more).unwrap();
        for whose in Self::whose(offer, self.order_of(offer)) {
            let (units, all, today) = self.used(whose, day);
            self.fits(
                whose,
                (true, true),
                (units + more, all + money, today + money),
            )?;
        }
        Ok(())
    }

    /// Whether the event is settled: what it wants, and in which order.
    fn settle(&mut self, place: usize, kind: EventKind, at: Timestamp) -> Seen {
        let model = self.offers[self.ads[place].offer].price_model;
        let wanted = (kind == EventKind::Impression, kind == model.billable());
        let day = self.zone.day(at).start;
        let known = &mut self.ads[place];
        let (offer, held_day) = (known.offer, known.charge.filter(|_day| wanted.1));
        let is_held = (wanted.0 && known.unit) || held_day.is_some();
        let held_in = known.order;
        known.unit &= !wanted.0;
        known.charge = known.charge.filter(|_day| !wanted.1);
        let order = if is_held {
            held_in
        } else {
            self.order_of(offer)
        };
        for whose in Self::whose(offer, order) {
            let (mut units, mut money, mut today) = self.used(whose, day);
            if is_held {
                let spent = self.spent(whose);
                (units, money) = (spent.units, spent.money);
                if held_day == Some(day) {
                    today = spent.days.get(&day).copied().unwrap_or_default();
                }
            }
            if self.fits(whose, wanted, (units, money, today)).is_err() {
                return Seen::default();
            }
        }
        for whose in Self::whose(offer, order) {
            let spent = self.spent_mut(whose);
            spent.units += u64::from(wanted.0);
            if wanted.1 {
                spent.money += CHARGE.0;
                *spent.days.entry(day).or_default() += CHARGE.0;
            }
        }
        Seen {
            unit: wanted.0,
            charge: wanted.1,
            order: order.filter(|_order| wanted.0 || wanted.1),
        }
    }

    /// A settlement that is taken back is held again, on the day it was settled on, unless its
    /// time is over. What found no room is not held any more.
    fn settle_and_undo(&mut self, place: usize, kind: EventKind, at: Timestamp) {
        let held = (self.ads[place].unit, self.ads[place].charge);
        let seen = self.settle(place, kind, at);
        let day = self.zone.day(at).start;
        let offer = self.ads[place].offer;
        for whose in Self::whose(offer, seen.order) {
            let spent = self.spent_mut(whose);
            spent.units -= u64::from(seen.unit);
            if seen.charge {
                spent.money -= CHARGE.0;
                *spent.days.entry(day).or_default() -= CHARGE.0;
            }
        }
        let known = &mut self.ads[place];
        if known.expires > at {
            known.unit |= held.0 && seen.unit;
            if held.1.is_some() && seen.charge {
                known.charge = Some(day);
            }
        }
    }
}

/// What an event settled.
#[derive(Debug, Default)]
struct Seen {
    unit: bool,
    charge: bool,
    order: Option<usize>,
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
        let orders = [
            (7, budget(55, Some(11), Some(45))),
            (300, budget(40, Some(8), None)),
        ];
        let orders = orders.map(|(id, budget)| OrderRef {
            id: OrderId::new(id),
            budget,
        });
        let offers: Vec<Offer> = offers
            .into_iter()
            .zip([Some(orders[0]), Some(orders[0]), None])
            .map(|(offer, order)| Offer { order, ..offer })
            .collect();
        let zone: Zone = "Europe/Prague".parse().unwrap();
        let limits = Embedded::new(HOLD);
        for order in &orders {
            limits.tell_order(order.id, order.budget, zone.clone());
        }
        for offer in &offers {
            limits.tell(offer.campaign, bounds(offer, &zone));
        }
        let spent = offers.iter().map(|_offer| Spent::default()).collect();
        let spent_in_orders = orders.iter().map(|_order| Spent::default()).collect();
        Self {
            limits,
            oracle: Oracle {
                offers,
                spent,
                orders: orders.to_vec(),
                spent_in_orders,
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
            990..995 => self.edit(),
            995..997 => self.edit_order(),
            997 => self.reorder(),
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
        let expected = self.oracle.room(place, self.now, 0);
        if expected.is_ok() {
            assert_eq!(room(&self.limits, offer, self.now), Ok(()), "a false no");
        }
        self.next += 1;
        let ad = ad(self.next, offer);
        let zone = &self.oracle.zone;
        let booked = self.limits.reserve(&ad, offer, zone, self.now);
        assert_eq!(booked.map(|_booked| ()), expected);
        // What the next one is told, once this one was answered.
        let next = expected.and_then(|()| self.oracle.room(place, self.now, 1));
        assert_eq!(room(&self.limits, offer, self.now), next);
        if expected.is_ok() {
            let day = self.oracle.zone.day(self.now).start;
            self.oracle.ads.push(Known {
                ad,
                offer: place,
                expires: self.now.plus(HOLD),
                unit: true,
                charge: Some(day),
                order: self.oracle.order_of(place),
                seen: BTreeSet::new(),
            });
            let offer = &self.oracle.offers[place];
            let usage = self.limits.usage(offer.campaign);
            let goal = offer.budget.impressions.unwrap_or(u64::MAX);
            let today = used_on_day(&self.limits, offer.campaign, self.now);
            assert!(usage.impressions + usage.impressions_reserved <= goal);
            assert!(usage.spend.0 + usage.spend_reserved.0 <= offer.budget.total.0);
            assert!(offer.budget.daily.is_none_or(|daily| today <= daily));
        }
        self.compare(place);
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
        let seen = self.oracle.settle(place, kind, self.now);
        assert_eq!(settlement.unit, seen.unit, "{kind}");
        let billed = matches!(settlement.due, Due::Billed(_));
        assert_eq!(billed, seen.charge, "{kind}");
        let order = settlement.order.map(|(order, _day)| order);
        let expected = seen.order.map(|order| self.oracle.orders[order].id);
        assert_eq!(order, expected, "{kind}");
        let offer = self.oracle.ads[place].offer;
        let (usage, bound) = {
            let offer = &self.oracle.offers[offer];
            (self.limits.usage(offer.campaign), offer.budget)
        };
        assert!(
            !billed || usage.spend <= bound.total,
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
        let bounds = bounds(offer, &self.oracle.zone);
        self.limits.tell(offer.campaign, bounds);
    }

    /// The same with the budget of an order.
    fn edit_order(&mut self) {
        let place = usize::try_from(self.below(2)).unwrap();
        let spent = &self.oracle.spent_in_orders[place];
        let (units, charges) = (spent.units, spent.money / CHARGE.0);
        let (more, daily, goal) = (self.below(70), self.below(16), self.below(70));
        let less = i64::try_from(more).unwrap() - 3;
        let budget = budget(
            (charges + less).max(1),
            (daily > 3).then(|| i64::try_from(daily).unwrap()),
            (goal > 9).then(|| (units + goal).saturating_sub(9).max(1)),
        );
        self.oracle.orders[place].budget = budget;
        let (order, zone) = (self.oracle.orders[place], self.oracle.zone.clone());
        self.limits.tell_order(order.id, budget, zone);
        for offer in &mut self.oracle.offers {
            if offer.order.is_some_and(|known| known.id == order.id) {
                offer.order = Some(order);
            }
        }
    }

    /// Moves a campaign to another order, or out of all.
    fn reorder(&mut self) {
        let place = usize::try_from(self.below(3)).unwrap();
        let order = usize::try_from(self.below(3)).unwrap();
        let offer = &mut self.oracle.offers[place];
        offer.order = self.oracle.orders.get(order).copied();
        let bounds = bounds(offer, &self.oracle.zone);
        self.limits.tell(offer.campaign, bounds);
    }

    fn compare(&self, place: usize) {
        let offer = &self.oracle.offers[place];
        let usage = self.limits.usage(offer.campaign);
        let today = used_on_day(&self.limits, offer.campaign, self.now);
        self.compare_with(Whose::Campaign(place), usage, today);
        for (place, order) in self.oracle.orders.iter().enumerate() {
            let usage = self.limits.order_usage(order.id);
            let today = used(self.limits.order_usage_on_day(order.id, self.now));
            self.compare_with(Whose::Order(place), usage, today);
        }
    }

    fn compare_with(&self, whose: Whose, usage: Usage, today: Nanos) {
        let day = self.oracle.zone.day(self.now).start;
        let (units, money, expected_today) = self.oracle.used(whose, day);
        let spent = self.oracle.spent(whose);
        assert_eq!(
            (usage.impressions, usage.spend.0),
            (spent.units, spent.money)
        );
        assert_eq!(usage.impressions + usage.impressions_reserved, units);
        assert_eq!(usage.spend.0 + usage.spend_reserved.0, money);
        assert_eq!(today.0, expected_today);
    }
}

#[test]
fn a_trial_answers_the_same_and_pacing_does_not_hear_of_it() {
    let limits = Embedded::default();
    let paced = Offer {
        pacing: Pacing::Even,
        ..offer(1, budget(10, None, Some(2)), PriceModel::Cpm)
    };
    let counted = || limits.pace(paced.campaign).counted().offered;
    let trial = Trial(&limits);
    for _ in 0..3 {
        assert!(trial.headroom(&paced, START, Roll(1)).is_ok());
    }
    assert_eq!(counted(), 0);
    for id in 1..=2 {
        assert!(limits.headroom(&paced, START, Roll(1)).is_ok());
        let ad = ad(id, &paced);
        limits.reserve(&ad, &paced, &Zone::UTC, START).unwrap();
    }
    assert_eq!(counted(), 2);
    let full = Err(Exclusion::Goal);
    assert_eq!(trial.headroom(&paced, START, Roll(1)), full);
    assert_eq!(counted(), 2);
    assert_eq!(limits.headroom(&paced, START, Roll(1)), full);
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
