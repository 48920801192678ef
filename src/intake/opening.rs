//! The time that a request wants filled: one slot, or a pod over what its channel is set to.

use super::fields::Field;
use super::said::{Given, Said};
use crate::decision::Opening;
use crate::model::pod::ADS_MAX;
use crate::model::{Millis, PodShape};

/// The fields that make a request one for a pod.
const OF_PODS: [Field; 7] = [
    Field::PodDuration,
    Field::Pod,
    Field::Slots,
    Field::MinAds,
    Field::MaxAds,
    Field::MinAd,
    Field::MaxAd,
];

/// What a channel is set to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Preset<'c> {
    /// The slot of a request that names no duration.
    pub(super) slot: Option<Millis>,
    /// The pod that the request names, or that of its channel.
    pub(super) pod: Option<&'c PodShape>,
}

/// Reads the time to fill. A `duration` alone is one slot, whatever the channel is set to.
pub(super) fn opening(said: &mut Said<'_>, preset: Preset<'_>) -> Opening {
    let duration = said.seconds(Field::Duration);
    let is_said = |field: &Field| *said.get(*field).0 != Given::Absent;
    let wants_pod = OF_PODS.iter().any(is_said);
    if !wants_pod && (is_said(&Field::Duration) || preset.pod.is_none()) {
        return Opening::Slot(duration.or(preset.slot));
    }
    let whole = said.seconds(Field::PodDuration);
    if duration.is_some() && whole.is_some() {
        said.refuse(
            Field::Duration,
            "is given beside pod_duration: which is meant?",
        );
    }
    let slots = said.spans(Field::Slots);
    let sum = Millis(slots.iter().map(|slot| slot.0).sum());
    let time = whole.or(duration);
    let mut shape = match (preset.pod, time) {
        (Some(pod), time) => over(pod, time),
        (None, Some(time)) => PodShape::of(time),
        (None, None) if sum.0 > 0 => PodShape::of(sum),
        (None, None) => PodShape::of(preset.slot.unwrap_or_else(|| {
            said.problems.add("pod_duration", "is required for a pod");
            Millis(1)
        })),
    };
    if !slots.is_empty() {
        shape.slots = slots;
    }
    counts(said, &mut shape);
    shape.min_ad = said.seconds(Field::MinAd).or(shape.min_ad);
    shape.max_ad = said.seconds(Field::MaxAd).or(shape.max_ad);
    check(said, &shape);
    Opening::Pod(shape)
}

/// A preset in the time of the request: as many of its slots as fit.
fn over(preset: &PodShape, time: Option<Millis>) -> PodShape {
    let mut shape = preset.clone();
    if let Some(time) = time {
        shape.duration = time;
        let mut end = Millis(0);
        shape.slots.retain(|slot| {
            end = end.plus(*slot);
            end <= time
        });
    }
    shape
}

/// How many ads. What the request says moves the other bound of a preset along.
fn counts(said: &mut Said<'_>, shape: &mut PodShape) {
    let most = u32::from(ADS_MAX);
    let mut count = |field, least| {
        let count = said.number(field, least..=most)?;
        u16::try_from(count).ok()
    };
    let (min, max) = (count(Field::MinAds, 0), count(Field::MaxAds, 1));
    if let Some(max) = max {
        shape.max_ads = max;
        shape.min_ads = shape.min_ads.min(max);
        if *said.get(Field::Slots).0 == Given::Absent {
            shape.slots.truncate(usize::from(max));
        }
    }
    if let Some(min) = min {
        shape.min_ads = min;
        if max.is_none() {
            shape.max_ads = shape.max_ads.max(min);
        }
    }
}

/// Notes what cannot be together, at what the request itself said.
fn check(said: &mut Said<'_>, shape: &PodShape) {
    let is_said = |field: &Field| *said.get(*field).0 != Given::Absent;
    let of_time = [Field::PodDuration, Field::Duration, Field::Slots];
    let of_time = of_time.into_iter().find(is_said);
    for problem in shape.problems() {
        let field = match problem.field.as_str() {
            // Slots alone say how long they are together.
            "duration_ms" => of_time.unwrap_or(Field::PodDuration),
            "min_ads" => Field::MinAds,
            "max_ads" => Field::MaxAds,
            "min_ad_ms" => Field::MinAd,
            "max_ad_ms" => Field::MaxAd,
            slots if slots.starts_with("slots_ms") => Field::Slots,
            _ => continue,
        };
        if *said.get(field).0 != Given::Absent {
            let message = problem
                .message
                .replace("duration_ms", "the time of the pod");
            said.refuse(field, message.replace("_ad_ms", "_ad"));
        }
    }
}
