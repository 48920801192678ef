//! What an operator decides about a kind of pod.

use super::Form;
use crate::api::PodFields;
use crate::model::{Millis, PodShape, PodSpec, Problem};

/// What an operator decides about a kind of pod.
pub(crate) fn pod(
    mut form: Form<PodFields>,
    stored: Option<&PodSpec>,
) -> Result<PodSpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let kept_name = stored.map(|spec| spec.name.clone());
    let kept_duration = stored.map(|spec| spec.shape.duration);
    let slots: Option<Vec<Millis>> = fields
        .slots_ms
        .map(|slots| slots.into_iter().map(Millis).collect());
    // Without a duration, a new pod is as long as its slots.
    let of_slots = slots.as_ref().filter(|slots| !slots.is_empty());
    let of_slots = of_slots.map(|slots| slots.iter().fold(Millis(0), |sum, &slot| sum.plus(slot)));
    // Longer than any slots, so that they are not said to be too long for it.
    let stand_in = Millis(u64::MAX);
    let duration = form.required(
        "duration_ms",
        fields.duration_ms.map(Millis),
        (kept_duration.or(of_slots), stand_in),
    );
    let base = stored.map_or_else(|| PodShape::of(duration), |spec| spec.shape.clone());
    let description = stored.map(|spec| spec.description.clone());
    let spec = PodSpec {
        name: form.required("name", fields.name, (kept_name, String::new())),
        description: fields.description.or(description).unwrap_or_default(),
        shape: PodShape {
            duration,
            slots: slots.unwrap_or(base.slots),
            min_ads: fields.min_ads.unwrap_or(base.min_ads),
            max_ads: fields.max_ads.unwrap_or(base.max_ads),
            min_ad: fields
                .min_ad_ms
                .map_or(base.min_ad, |span| span.map(Millis)),
            max_ad: fields
                .max_ad_ms
                .map_or(base.max_ad, |span| span.map(Millis)),
            per_advertiser: fields.per_advertiser.unwrap_or(base.per_advertiser),
            advertiser_gap: fields.advertiser_gap_ms.map_or(base.advertiser_gap, Millis),
            goal: form
                .parse("goal", fields.goal.as_deref())
                .unwrap_or(base.goal),
        },
    };
    let checks = spec.problems();
    form.finish(spec, checks)
}
