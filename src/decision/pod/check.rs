//! Whether a pod keeps every rule: written from the rules alone, apart from the solver.

use super::{Item, Placed, Solution};
use crate::model::{PodShape, Position};

/// The rule that a pod breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An ad is not among the items.
    #[error("ad {0} is not among the candidates")]
    Unknown(usize),
    /// A candidate is placed twice.
    #[error("candidate {0} is placed twice")]
    Twice(usize),
    /// Fewer or more ads than the shape says.
    #[error("{0} ads are too few or too many")]
    Count(usize),
    /// An ad is shorter or longer than the shape says, or has no length.
    #[error("ad {0} is too short or too long")]
    Length(usize),
    /// An ad starts before the one before it has ended.
    #[error("ad {0} starts before the one before it ends")]
    Overlap(usize),
    /// An ad is not at the start of its slot, or longer than it, or beyond the end.
    #[error("ad {0} is not inside its slot or the pod")]
    Slot(usize),
    /// Free time between two ads, where they follow one another.
    #[error("there is a hole before ad {0}")]
    Hole(usize),
    /// A place is not the one that a campaign wants.
    #[error("ad {0} is not where its campaign wants it")]
    Position(usize),
    /// Too many ads of one campaign or advertiser, or one creative twice.
    #[error("ads {0} and {1} are too many of one campaign, creative or advertiser")]
    Repeated(usize, usize),
    /// Two ads of one exclusive branch.
    #[error("ads {0} and {1} exclude each other")]
    Exclusive(usize, usize),
    /// Two ads closer than their category or advertiser allows.
    #[error("ads {0} and {1} are too close")]
    Close(usize, usize),
    /// The worth said is not that of the ads, or more than the bound.
    #[error("the worth is not that of the ads")]
    Worth,
}

/// Checks a pod against the rules of its shape. Ads are named by their place in the pod.
pub fn check(shape: &PodShape, items: &[Item<'_>], solution: &Solution) -> Result<(), Broken> {
    let ads = &solution.ads;
    if let Some(place) = ads.iter().position(|ad| ad.item >= items.len()) {
        return Err(Broken::Unknown(place));
    }
    for (place, ad) in ads.iter().enumerate() {
        if ads[..place].iter().any(|other| other.item == ad.item) {
            return Err(Broken::Twice(ad.item));
        }
    }
    check_counts(shape, items, ads)?;
    check_times(shape, items, ads)?;
    check_pairs(shape, items, ads)?;
    let worth = super::Worth::of(shape.goal, items, ads);
    let proof = !solution.proved || solution.bound == worth;
    if solution.worth != worth || solution.bound < worth || !proof {
        return Err(Broken::Worth);
    }
    Ok(())
}

fn check_counts(shape: &PodShape, items: &[Item<'_>], ads: &[Placed]) -> Result<(), Broken> {
    let counts = usize::from(shape.min_ads)..=usize::from(shape.max_ads);
    if !ads.is_empty() && !counts.contains(&ads.len()) {
        return Err(Broken::Count(ads.len()));
    }
    for (place, ad) in ads.iter().enumerate() {
        let item = &items[ad.item];
        let like = |same: fn(&Item<'_>, &Item<'_>) -> bool| {
            let others = ads.iter().filter(|other| same(&items[other.item], item));
            others.count()
        };
        let campaign = like(|a, b| a.campaign == b.campaign);
        let advertiser = like(|a, b| a.advertiser == b.advertiser);
        let creative = like(|a, b| a.creative == b.creative);
        let most = usize::from(shape.per_advertiser);
        if campaign > usize::from(item.per_pod) || advertiser > most || creative > 1 {
            return Err(Broken::Repeated(place, place));
        }
        let wanted = match item.position {
            Position::Any => true,
            Position::First => place == 0,
            Position::Last => place == ads.len() - 1,
            Position::Edge => place == 0 || place == ads.len() - 1,
        };
        if !wanted {
            return Err(Broken::Position(place));
        }
    }
    Ok(())
}

fn check_times(shape: &PodShape, items: &[Item<'_>], ads: &[Placed]) -> Result<(), Broken> {
    let starts_of_slots = |count: usize| {
        let lengths = shape.slots[..count].iter().map(|slot| slot.0);
        lengths.fold(0, u64::saturating_add)
    };
    let mut clock = 0;
    for (place, ad) in ads.iter().enumerate() {
        let length = items[ad.item].duration.0;
        let (start, end) = (ad.start.0, ad.start.0.saturating_add(length));
        let least = shape.min_ad.map_or(1, |min| min.0.max(1));
        if length < least || shape.max_ad.is_some_and(|max| length > max.0) {
            return Err(Broken::Length(place));
        }
        if start < clock {
            return Err(Broken::Overlap(place));
        }
        if end > shape.duration.0 {
            return Err(Broken::Slot(place));
        }
        if let Some(slot) = ad.slot.map(usize::from) {
            let inside = slot < shape.slots.len()
                && start == starts_of_slots(slot)
                && length <= shape.slots[slot].0;
            if !inside {
                return Err(Broken::Slot(place));
            }
        } else {
            // Free time starts behind the slots, and in it ads follow each other at once.
            let after = clock.max(starts_of_slots(shape.slots.len()));
            if start != after {
                return Err(Broken::Hole(place));
            }
        }
        clock = end;
    }
    Ok(())
}

fn check_pairs(shape: &PodShape, items: &[Item<'_>], ads: &[Placed]) -> Result<(), Broken> {
    for (later, second) in ads.iter().enumerate() {
        for (earlier, first) in ads[..later].iter().enumerate() {
            let (one, two) = (&items[first.item], &items[second.item]);
            if one
                .exclusive
                .iter()
                .any(|branch| two.exclusive.contains(branch))
            {
                return Err(Broken::Exclusive(earlier, later));
            }
            let between = second.start.0 - (first.start.0 + one.duration.0);
            let same = one.advertiser == two.advertiser;
            let mut gap = if same { shape.advertiser_gap.0 } else { 0 };
            for ours in one.separations {
                for theirs in two.separations {
                    if ours.category == theirs.category {
                        gap = gap.max(ours.gap.0).max(theirs.gap.0);
                    }
                }
            }
            if between < gap {
                return Err(Broken::Close(earlier, later));
            }
        }
    }
    Ok(())
}
