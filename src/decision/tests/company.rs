//! Who meets whom in a pod: orders of which it may have so many ads, and what a viewer saw before.

use super::*;
use crate::decision::caps::{Bounds, CapCounter, CapSubject, Draft, Place};
use crate::model::viewer::Identified;
use crate::model::{
    Cap, CapFallback, CapPeriod, CapScope, CapSpan, CapWindow, Order, OrderId, OrderSpec, PodGoal,
    PodShape, ViewerKey,
};

fn cap(scope: CapScope, max: u16, span: CapSpan) -> Cap {
    Cap {
        scope,
        windows: vec![CapWindow { max, span }],
        fallback: CapFallback::Next,
    }
}

/// Campaigns 1 to 4 of one order, each worth less than the one before, and 5 of none, worth least.
fn catalog(of_order: Vec<Cap>, of_campaign: &[Cap]) -> Catalog {
    let order = Order {
        id: OrderId::new(1),
        tenant: TenantId::new(1),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        spec: OrderSpec {
            advertiser: AdvertiserId::new(1),
            name: "frame".to_owned(),
            description: String::new(),
            total_budget_micros: None,
            daily_budget_micros: None,
            impression_goal: None,
            caps: of_order,
        },
    };
    let campaigns = (1..=5_u32).map(|id| {
        let mut campaign = campaign(id, &Buy::default());
        campaign.spec.advertiser = AdvertiserId::new(id);
        campaign.spec.order = (id < 5).then_some(order.id);
        campaign.spec.price.micros = i64::from(10 - id);
        campaign.spec.caps = of_campaign.to_vec();
        campaign
    });
    let spot = (30_000, 1, CreativeStatus::Active);
    let facts = TenantFacts {
        tenant: tenant(),
        channels: Vec::new(),
        advertisers: Vec::new(),
        campaigns: campaigns.collect(),
        creatives: (1..=5).map(|id| creative(id * 10, id, spot)).collect(),
        orders: vec![order],
        categories: Vec::new(),
        pods: Vec::new(),
    };
    Catalog::compile(7, vec![facts])
}

/// Room for everything, and what the viewer has seen.
struct Seen(Exposures);

impl LimitsView for Seen {
    fn headroom(&self, _: &Offer, _: Timestamp, _: Roll) -> Result<Headroom, Exclusion> {
        Ok(Headroom::CALM)
    }

    fn exposures(&self, identity: &Identity, _now: Timestamp) -> Exposures {
        if self.0 == Exposures::default() {
            Exposures::none_of(identity)
        } else {
            self.0.clone()
        }
    }
}

fn pod(seconds: u64, goal: PodGoal) -> AdRequest {
    let user = Identified {
        key: ViewerKey(7),
        before: None,
    };
    AdRequest {
        opening: Opening::Pod(PodShape {
            goal,
            ..PodShape::of(Millis(seconds * 1_000))
        }),
        identity: Identity {
            user: Some(user),
            ..Identity::default()
        },
        ..AdRequest::of(TenantId::new(1))
    }
}

fn served(decision: &Decision<'_>) -> Vec<u32> {
    let ads = decision.outcome.iter().flatten();
    let mut served: Vec<u32> = ads.map(|ad| ad.offer.campaign.get()).collect();
    served.sort_unstable();
    served
}

#[test]
fn a_pod_has_as_many_ads_of_an_order_as_its_cap_by_pod_allows() {
    for (max, expected) in [
        (0, vec![5]),
        (1, vec![1, 5]),
        (2, vec![1, 2, 5]),
        (3, vec![1, 2, 3, 5]),
        (9, vec![1, 2, 3, 4, 5]),
    ] {
        let catalog = catalog(vec![cap(CapScope::Pod, max, CapSpan::Scope)], &[]);
        let (request, limits) = (pod(150, PodGoal::Revenue), Seen(Exposures::default()));
        for seed in 0..50 {
            let inquiry = Inquiry {
                request: &request,
                limits: &limits,
                now: NOW,
                roll: Roll(seed),
            };
            assert_eq!(served(&decide(&catalog, &inquiry)), expected, "{max}");
            for verdict in explain(&catalog, &inquiry) {
                let left_out = !expected.contains(&verdict.campaign.get());
                let outcome = if left_out {
                    Err(Exclusion::CapPod)
                } else {
                    Ok(())
                };
                assert_eq!(verdict.outcome, outcome, "{max}: {verdict:?}");
            }
        }
    }
}

#[test]
fn a_pod_for_the_viewer_shows_what_the_viewer_has_not_seen() {
    let caps = [cap(CapScope::User, 9, CapSpan::Calendar(CapPeriod::Day))];
    let catalog = catalog(Vec::new(), &caps);
    let mut draft = Draft::default();
    // The dearest most often, and the cheapest alone never.
    for (campaign, times) in [(1, 4), (2, 3), (3, 2), (4, 1)] {
        let counter = CapCounter {
            subject: CapSubject::Campaign(CampaignId::new(campaign)),
            scope: CapScope::User,
        };
        for ago in 0..times {
            let at = NOW.minus(Millis(60_000 * (ago + 1)));
            draft.stamp(counter, Bounds::of(&caps[0]), at).unwrap();
        }
    }
    let mut exposures = Exposures::default();
    exposures.add(Place::User, draft.records());
    for (goal, expected) in [
        (PodGoal::Experience, vec![4, 5]),
        (PodGoal::Revenue, vec![1, 2]),
    ] {
        let (request, limits) = (pod(60, goal), Seen(exposures.clone()));
        let inquiry = Inquiry {
            request: &request,
            limits: &limits,
            now: NOW,
            roll: Roll(1),
        };
        assert_eq!(served(&decide(&catalog, &inquiry)), expected, "{goal}");
    }
}
