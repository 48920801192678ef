//! Paces what is on offer: once a second, from what was counted, the odds of the next second.
//!
//! It is never needed for a budget to hold. What it has learned is gone after a restart and is
//! learned again within minutes; what was delivered comes back with the ledger.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::books::{DayUsage, Usage};
use super::embedded::Embedded;
use super::goals::{self, Goal};
use crate::decision::pacing::controller::{expected, odds, urgency_milli};
use crate::decision::pacing::status::Standing;
use crate::decision::pacing::{
    Course, Filtered, Measure, Observed, Odds, PacingStatus, Profile, Rates, WHOLE,
};
use crate::decision::{Budget, Catalog, Headroom, Offer};
use crate::model::zone::Day;
use crate::model::{
    Campaign, CampaignId, CampaignStatus, Nanos, Pacing, TenantId, Timestamp, Zone,
};

/// Paces the campaigns of one node.
#[derive(Debug)]
pub struct Pacer {
    limits: Arc<Embedded>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    profiles: HashMap<TenantId, Arc<Profile>>,
    tracked: HashMap<CampaignId, Tracked>,
}

/// How the delivery of a campaign stands, against the bound over its flight that it is closest to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PacingReport {
    /// In one word.
    pub status: PacingStatus,
    /// What the counts are of.
    pub measure: Measure,
    /// What is to be delivered in all.
    pub goal: u64,
    /// What should be delivered by now.
    pub expected: u64,
    /// What is delivered.
    pub delivered: u64,
    /// What was handed out and may yet be delivered.
    pub reserved: u64,
    /// Of a thousand requests that it fits, in how many it takes part; none when it is not on
    /// offer.
    pub odds_permille: Option<u64>,
}

/// What is paced.
#[derive(Debug, Clone, Copy)]
struct Subject<'a> {
    pacing: &'a Pacing,
    bounds: (&'a Budget, Nanos),
    flight: Day,
}

/// The present, as a tick or a report sees it.
#[derive(Debug, Clone, Copy)]
struct Present<'a> {
    now: Timestamp,
    profile: &'a Profile,
    rates: &'a Rates,
    /// What other rules took of late.
    filtered: Filtered,
}

impl Pacer {
    /// Paces in `limits`.
    pub fn new(limits: Arc<Embedded>) -> Self {
        Self {
            limits,
            state: Mutex::default(),
        }
    }

    /// Takes the traffic of a tenant as learned from its past. Without it, traffic counts as even.
    pub fn learn(&self, tenant: TenantId, profile: Profile) {
        self.lock().profiles.insert(tenant, Arc::new(profile));
    }

    /// Looks at everything on offer at `now`, and tells the requests of the next second.
    pub fn tick(&self, catalog: &Catalog, now: Timestamp) {
        let mut state = self.lock();
        let mut known = std::mem::take(&mut state.tracked);
        // Nobody may be told less than what is about to be set.
        let mut most = Headroom::URGENCY_NORMAL;
        let urgency_max = &self.limits.urgency_max;
        urgency_max.store(Headroom::URGENCY_MAX, Ordering::Relaxed);
        for tenant in catalog.tenants() {
            let profile = state.profile(tenant.id, &tenant.zone);
            for offer in tenant.offers() {
                let is_running = offer.start <= now && now < offer.end;
                if is_running && offer.pacing != Pacing::Asap {
                    let before = known.remove(&offer.campaign);
                    let zone = &tenant.zone;
                    let (tracked, urgency) = self.pace(offer, zone, before, (&profile, now));
                    state.tracked.insert(offer.campaign, tracked);
                    most = most.max(urgency);
                }
            }
        }
        urgency_max.store(most, Ordering::Relaxed);
    }

    /// Says how a campaign of any status stands at `now`; none when nothing bounds it.
    pub fn report(&self, campaign: &Campaign, zone: &Zone, now: Timestamp) -> Option<PacingReport> {
        let (profile, tracked) = {
            let mut state = self.lock();
            let tracked = state.tracked.get(&campaign.id).copied();
            (state.profile(campaign.tenant, zone), tracked)
        };
        let (budget, spec) = (Budget::of(campaign), &campaign.spec);
        let rates = tracked.map_or_else(Rates::default, |tracked| tracked.rates);
        let filtered = tracked.map_or_else(Filtered::default, |tracked| tracked.recent);
        let is_active = campaign.status == CampaignStatus::Active;
        let odds = is_active.then(|| match spec.pacing {
            Pacing::Asap => Odds::ALWAYS,
            _ => self.limits.pace(campaign.id).odds(),
        });
        // A draft has not begun, and what was completed has ended, whatever its dates say.
        let now = match campaign.status {
            CampaignStatus::Draft => now.min(spec.start.minus(crate::model::Millis(1))),
            CampaignStatus::Completed => now.max(spec.end),
            CampaignStatus::Active | CampaignStatus::Paused => now,
        };
        let subject = Subject {
            pacing: &spec.pacing,
            bounds: (&budget, spec.price.charge()),
            flight: Day {
                start: spec.start,
                end: spec.end,
            },
        };
        let usage = self.limits.usage(campaign.id);
        let closest =
            goals::of_flight(subject.bounds, subject.flight, &usage).min_by(Goal::nearer)?;
        let present = Present {
            now,
            profile: &profile,
            rates: &rates,
            filtered,
        };
        Some(subject.report(&closest, odds, &present))
    }

    fn pace(
        &self,
        offer: &Offer,
        zone: &Zone,
        before: Option<Tracked>,
        (profile, now): (&Profile, Timestamp),
    ) -> (Tracked, u32) {
        let pace = self.limits.pace(offer.campaign);
        let (usage, counted) = (self.limits.usage(offer.campaign), pace.counted());
        let tracked = match before {
            Some(before) => before.observe((profile, now), counted, (usage, offer.charge)),
            None => Tracked::starting(now, counted, usage),
        };
        let tracked = tracked.filter(pace.filtered());
        let today = self.limits.usage_on_day(offer.campaign, now);
        let today = today.unwrap_or_else(|| DayUsage::unused(zone.day(now)));
        let subject = Subject {
            pacing: &offer.pacing,
            bounds: (&offer.budget, offer.charge),
            flight: Day {
                start: offer.start,
                end: offer.end,
            },
        };
        let present = Present {
            now,
            profile,
            rates: &tracked.rates,
            filtered: tracked.recent,
        };
        let flight = goals::of_flight(subject.bounds, subject.flight, &usage);
        let goals = flight.chain(goals::of_day(subject.bounds, subject.flight, &today));
        // The tightest goal rules.
        let steps = goals.map(|goal| subject.step(&goal, &present));
        let tightest = steps.min_by_key(|&(odds, _urgency)| odds);
        let (odds, urgency) = tightest.unwrap_or((Odds::ALWAYS, Headroom::URGENCY_NORMAL));
        pace.set(odds, urgency);
        (tracked, urgency)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics under the lock; were it to, what is known is advice.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn profile(&mut self, tenant: TenantId, zone: &Zone) -> Arc<Profile> {
        let profile = self.profiles.entry(tenant);
        let even = || Arc::new(Profile::even(zone.clone(), 1));
        Arc::clone(profile.or_insert_with(even))
    }
}

impl Subject<'_> {
    fn step(&self, goal: &Goal, present: &Present<'_>) -> (Odds, u32) {
        let Present {
            now,
            profile,
            rates,
            filtered: _,
        } = *present;
        let course = Course::at(self.pacing, profile, goal.window, now);
        (
            odds(&goal.need, &course, rates),
            urgency_milli(&goal.need, &course, rates),
        )
    }

    fn report(&self, goal: &Goal, odds: Option<Odds>, present: &Present<'_>) -> PacingReport {
        let Present {
            now,
            profile,
            rates,
            filtered,
        } = *present;
        let course = Course::at(self.pacing, profile, goal.window, now);
        let standing = Standing {
            need: &goal.need,
            window: goal.window,
            course: &course,
            rates,
            odds: odds.unwrap_or(Odds::NEVER),
            filtered,
        };
        PacingReport {
            status: PacingStatus::of(&standing, now),
            measure: goal.need.measure,
            goal: goal.need.goal,
            expected: expected(&goal.need, &course),
            delivered: goal.need.settled,
            reserved: goal.need.reserved,
            odds_permille: odds.map(|odds| odds.share() * 1_000 / WHOLE),
        }
    }
}

/// What is known of a paced campaign, and what was counted when it was last looked at.
#[derive(Debug, Clone, Copy)]
struct Tracked {
    rates: Rates,
    at: Timestamp,
    counted: Observed,
    usage: Usage,
    /// What other rules had taken then, since the start of the program.
    filtered: Filtered,
    /// The same of late, in [`Tracked::PARTS`]: each second a part of it is forgotten, half in
    /// twelve minutes.
    recent: Filtered,
}

impl Tracked {
    const PARTS: u64 = 1_024;

    fn starting(at: Timestamp, counted: Observed, usage: Usage) -> Self {
        Self {
            rates: Rates::default(),
            at,
            counted,
            usage,
            filtered: Filtered::default(),
            recent: Filtered::default(),
        }
    }

    /// Learns what other rules took since the last look.
    fn filter(self, filtered: Filtered) -> Self {
        let after = |recent: u64, now: u64, before: u64| {
            recent - recent / Self::PARTS + now.saturating_sub(before) * Self::PARTS
        };
        let (recent, before) = (self.recent, self.filtered);
        Self {
            filtered,
            recent: Filtered {
                eligible: after(recent.eligible, filtered.eligible, before.eligible),
                by_caps: after(recent.by_caps, filtered.by_caps, before.by_caps),
                by_separation: after(
                    recent.by_separation,
                    filtered.by_separation,
                    before.by_separation,
                ),
                by_floors: after(recent.by_floors, filtered.by_floors, before.by_floors),
            },
            ..self
        }
    }

    /// Learns from what came since the last look.
    fn observe(
        mut self,
        (profile, now): (&Profile, Timestamp),
        counted: Observed,
        (usage, charge): (Usage, Nanos),
    ) -> Self {
        let since = |now: u64, before: u64| now.saturating_sub(before);
        let observed = Observed {
            offered: since(counted.offered, self.counted.offered),
            entered: since(counted.entered, self.counted.entered),
            won: since(counted.won, self.counted.won),
        };
        let forecast = profile.between(self.at, now);
        self.rates.observe(now.since(self.at), forecast, observed);
        // What was handed out and is not held any more was seen, or never will be.
        let seen = since(usage.impressions, self.usage.impressions);
        let held = (usage.impressions_reserved, self.usage.impressions_reserved);
        let resolved = since(observed.won + held.1, held.0);
        self.rates.resolve(Measure::Impressions, seen, resolved);
        let charges = |money: Nanos| goals::bought(money, charge);
        let paid = since(charges(usage.spend), charges(self.usage.spend));
        let held = (
            charges(usage.spend_reserved),
            charges(self.usage.spend_reserved),
        );
        let resolved = since(observed.won + held.1, held.0);
        self.rates.resolve(Measure::Paid, paid, resolved);
        Self {
            rates: self.rates,
            at: now,
            counted,
            usage,
            ..self
        }
    }
}
