//! From a request to its ads: gathers candidates and chooses among them.

use smallvec::SmallVec;

use super::candidates::{Candidate, Pull, Reasons};
use super::catalog::{Spot, TenantCatalog};
use super::check::Checker;
use super::exclusion::Exclusion;
use super::outcome::{Ads, Chosen, Proof};
use super::rotation::{Drawn, Lengths, rotate, rotations};
use super::{DURATION_TOLERANCE, LimitsView, Offer, Opening, OrderRef, index, pod};
use crate::model::{CampaignId, Millis, OrderId, PodGoal, PodShape};

/// Candidates for one ad at most: among them the most urgent wins.
const SLOT_CANDIDATES_MAX: usize = 64;
/// Candidates of one tier for a pod at most: with their lengths they fill it several times.
const TIER_CANDIDATES_MAX: usize = 32;
/// How many times the length of a pod its candidates together have before lower tiers are left
/// out: so much that rules among them hardly leave a hole.
const SUPPLY_TIMES: u64 = 3;

/// Keys of the random ranks in a pod.
const TIES: u64 = 6 << 40;

/// Memory that is used again from request to request.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    index: index::Scratch,
    voices: index::Scratch,
    pod: pod::Scratch,
}

/// What was chosen, and what became of the rest.
#[derive(Debug)]
pub(super) struct Choice<'c> {
    pub(super) ads: Ads<'c>,
    pub(super) reasons: Reasons,
    pub(super) proof: Option<Proof>,
}

type Field<'c> = SmallVec<[Candidate<'c>; 8]>;

/// Chooses for one request. `reasons` are those of the campaigns that no request is given.
pub(super) fn choose<'c, L: LimitsView>(
    tenant: &'c TenantCatalog,
    checker: &Checker<'_, L>,
    scratch: &mut Scratch,
    reasons: Reasons,
) -> Choice<'c> {
    let request = checker.inquiry.request;
    let Scratch { index, voices, pod } = scratch;
    let mut field = Field::new();
    let reasons = if let Some(campaign) = request.campaign {
        alone((tenant, campaign), checker, &mut field, reasons)
    } else {
        let mut pull = Pull::new(tenant, checker, (index, voices), reasons);
        match &request.opening {
            Opening::Slot(_) => gather_slot(&mut pull, &mut field),
            Opening::Pod(shape) => gather_pod(&mut pull, shape, &mut field),
        }
        pull.close()
    };
    let mut choice = Choice {
        ads: Ads::new(),
        reasons,
        proof: None,
    };
    match &request.opening {
        Opening::Slot(_) => fill_slot(&field, checker, &mut choice),
        Opening::Pod(shape) => fill_pod(&field, (shape, checker), pod, &mut choice),
    }
    choice
}

/// The one campaign that is meant.
fn alone<'c, L: LimitsView>(
    (tenant, campaign): (&'c TenantCatalog, CampaignId),
    checker: &Checker<'_, L>,
    field: &mut Field<'c>,
    mut reasons: Reasons,
) -> Reasons {
    for offer in tenant.offer(campaign) {
        let verdict = match offer.terms.targeting.failing(&checker.subject) {
            Some(dimension) => Err(Exclusion::targeting(dimension)),
            None => checker.check(offer),
        };
        match verdict {
            Ok(headroom) => field.push(Candidate::of(offer, headroom)),
            Err(why) => reasons.tell_checked(offer, why, checker),
        }
    }
    reasons
}

/// Candidates of the best tier that has any, as long as one may yet be worth more than all before.
fn gather_slot<'c, L: LimitsView>(pull: &mut Pull<'_, 'c, L>, field: &mut Field<'c>) {
    while field.is_empty() && pull.open_tier().is_some() {
        if let Some(leader) = pull.leader() {
            field.push(leader);
            return;
        }
        let mut best = i64::MIN;
        while field.len() < SLOT_CANDIDATES_MAX
            && let Some(candidate) = pull.next(best)
        {
            best = best.max(candidate.score);
            field.push(candidate);
        }
    }
}

/// Candidates of tier after tier, until there are enough to fill the pod whatever its rules.
fn gather_pod<'c, L: LimitsView>(
    pull: &mut Pull<'_, 'c, L>,
    shape: &PodShape,
    field: &mut Field<'c>,
) {
    let enough = shape.duration.0.saturating_mul(SUPPLY_TIMES);
    while field.len() < pod::ITEMS_MAX && supply(field) < enough && pull.open_tier().is_some() {
        field.extend(pull.leader());
        let most = pod::ITEMS_MAX.min(field.len() + TIER_CANDIDATES_MAX);
        while field.len() < most
            && let Some(candidate) = pull.next(i64::MIN)
        {
            field.push(candidate);
        }
    }
}

/// The time that candidates of different advertisers could fill.
fn supply(field: &Field<'_>) -> u64 {
    let mut seen: SmallVec<[u32; 64]> = SmallVec::new();
    let mut supply = 0_u64;
    for candidate in field {
        let advertiser = candidate.offer.terms.advertiser.get();
        if !seen.contains(&advertiser) {
            seen.push(advertiser);
            supply += candidate.offer.shortest.0;
        }
    }
    supply
}

/// The candidate with the highest score; of equals the first, which is the order of the draw.
fn fill_slot<'c, L: LimitsView>(
    field: &Field<'c>,
    checker: &Checker<'_, L>,
    choice: &mut Choice<'c>,
) {
    let mut best: Option<&Candidate<'c>> = None;
    for candidate in field {
        if best.is_none_or(|best| best.score < candidate.score) {
            best = Some(candidate);
        }
    }
    let chosen = best.and_then(|best| Some((best.offer, rotate(best.offer, checker)?)));
    let Some((offer, spot)) = chosen else { return };
    for candidate in field {
        if candidate.offer.campaign != offer.campaign {
            choice
                .reasons
                .tell(candidate.offer, Exclusion::LostRotation);
        }
    }
    choice.ads.push(Chosen {
        offer,
        spot,
        start: Millis(0),
        slot: None,
    });
}

/// The best pod of the candidates, each with one spot of each length.
fn fill_pod<'c, L: LimitsView>(
    field: &Field<'c>,
    (shape, checker): (&PodShape, &Checker<'_, L>),
    scratch: &mut pod::Scratch,
    choice: &mut Choice<'c>,
) {
    let roll = checker.inquiry.roll;
    let above = lead(field);
    let counts_repeats = shape.goal == PodGoal::Experience;
    let mut items = Vec::with_capacity(field.len());
    let mut sources: Vec<(usize, &'c Spot)> = Vec::with_capacity(field.len());
    for (place, candidate) in field.iter().enumerate() {
        let offer = candidate.offer;
        let value = if candidate.leads {
            above
        } else {
            candidate.score
        };
        for drawn in rotations(offer, checker, Lengths::Apart) {
            let item = item(offer, &drawn, value, roll.draw(TIES | place as u64));
            items.push(pod::Item {
                repeats: if counts_repeats {
                    checker.repeats(offer, drawn.spot)
                } else {
                    0
                },
                ..item
            });
            sources.push((place, drawn.spot));
        }
    }
    let mut solution = pod::solve(shape, &items, pod::NODES_MAX, scratch);
    let all = items.len();
    while let Some(surplus) = crowded(field, &sources, &solution) {
        choice.reasons.tell(field[surplus].offer, Exclusion::CapPod);
        let mut places = sources.iter().map(|&(place, _spot)| place);
        items.retain(|_item| places.next() != Some(surplus));
        sources.retain(|&(place, _spot)| place != surplus);
        solution = pod::solve(shape, &items, pod::NODES_MAX, scratch);
    }
    for ad in &solution.ads {
        if let Some(&(place, spot)) = sources.get(ad.item) {
            choice.ads.push(Chosen {
                offer: field[place].offer,
                spot,
                start: ad.start,
                slot: ad.slot,
            });
        }
    }
    tell_unplaced(field, &sources, &solution, &mut choice.reasons);
    choice.proof = Some(Proof {
        proved: solution.proved && items.len() == all,
        candidates: u16::try_from(field.len()).unwrap_or(u16::MAX),
        nodes: solution.nodes,
    });
}

/// Of an order of which the pod has more ads than it may, the candidate that is worth least. An
/// order of which it may have one is a rival of itself, so that the best of it is found.
fn crowded(
    field: &Field<'_>,
    sources: &[(usize, &Spot)],
    solution: &pod::Solution,
) -> Option<usize> {
    let chosen = solution.ads.iter().filter_map(|ad| {
        let &(place, _spot) = sources.get(ad.item)?;
        let offer = field[place].offer;
        Some((offer.order?.id, offer.terms.order_per_pod?, place))
    });
    let chosen: SmallVec<[(OrderId, u8, usize); 8]> = chosen.collect();
    let is_over = |&&(order, most, _place): &&(OrderId, u8, usize)| {
        let of_order = chosen.iter().filter(|(other, ..)| *other == order);
        of_order.count() > usize::from(most)
    };
    let over = chosen.iter().filter(is_over).map(|&(_, _, place)| place);
    over.min_by_key(|&place| field[place].score)
}

/// More than all candidates are worth together: who has it is placed wherever that is possible.
fn lead(field: &Field<'_>) -> i64 {
    field
        .iter()
        .map(|candidate| candidate.score)
        .fold(1, i64::saturating_add)
}

fn item<'c>(offer: &'c Offer, drawn: &Drawn<'_>, value: i64, tie: u64) -> pod::Item<'c> {
    let terms = &offer.terms;
    pod::Item {
        campaign: offer.campaign.get(),
        creative: drawn.creative.get(),
        advertiser: terms.advertiser.get(),
        tier: offer.tier,
        value,
        duration: sold_as(drawn.duration),
        position: terms.position,
        exclusive: &terms.rivalry.exclusive,
        separations: &terms.rivalry.separations,
        tie,
        repeats: 0,
        per_pod: terms.per_pod,
    }
}

/// The whole second that a spot a little longer is sold as: pods are sold in those, and what is
/// over is within [`DURATION_TOLERANCE`] for each ad.
const fn sold_as(duration: Millis) -> Millis {
    let over = duration.0 % 1_000;
    if over <= DURATION_TOLERANCE.0 {
        Millis(duration.0 - over)
    } else {
        duration
    }
}

/// Of every candidate without an ad in the pod, the reason of the spot that came furthest.
fn tell_unplaced(
    field: &Field<'_>,
    sources: &[(usize, &Spot)],
    solution: &pod::Solution,
    reasons: &mut Reasons,
) {
    let mut verdicts: SmallVec<[Option<Exclusion>; 64]> = SmallVec::from_elem(None, field.len());
    let order = |item: usize| {
        let &(place, _spot) = sources.get(item)?;
        let offer = field[place].offer;
        offer
            .order
            .filter(|_order| offer.terms.order_per_pod == Some(1))
    };
    let full: SmallVec<[OrderRef; 8]> = solution
        .ads
        .iter()
        .filter_map(|ad| order(ad.item))
        .collect();
    for &(item, why) in &solution.unplaced {
        let verdict = sources
            .get(item)
            .and_then(|&(place, _spot)| verdicts.get_mut(place));
        let is_of_full =
            || order(item).is_some_and(|order| full.iter().any(|one| one.id == order.id));
        let why = match unplaced(why) {
            Exclusion::Separation if is_of_full() => Exclusion::CapPod,
            other => other,
        };
        if let Some(verdict) = verdict {
            *verdict = (*verdict).max(Some(why));
        }
    }
    for ad in &solution.ads {
        let source = sources.get(ad.item);
        if let Some(verdict) = source.and_then(|&(place, _spot)| verdicts.get_mut(place)) {
            *verdict = None;
        }
    }
    for (candidate, why) in field.iter().zip(verdicts) {
        if let Some(why) = why {
            reasons.tell(candidate.offer, why);
        }
    }
}

/// What a place in the pod that was not given is called.
const fn unplaced(why: pod::Unplaced) -> Exclusion {
    match why {
        pod::Unplaced::Length => Exclusion::DurationNoFit,
        pod::Unplaced::Sibling => Exclusion::CapPod,
        pod::Unplaced::Advertiser => Exclusion::Advertiser,
        pod::Unplaced::Separation => Exclusion::Separation,
        pod::Unplaced::Position => Exclusion::PositionTaken,
        pod::Unplaced::TooFew => Exclusion::PodNoFit,
        pod::Unplaced::Cut | pod::Unplaced::Value => Exclusion::LostRotation,
    }
}
