//! From the forms of the API to what a file says: the shortest text that means the same.

use super::file::{
    AdvertiserFile, CampaignFile, CategoryFile, ChannelFile, CreativeFile, OrderFile, PodFile,
    TenantFile, Typed,
};
use crate::api::{
    AdvertiserFields, CampaignFields, Cap, CategoryFields, ChannelFields, DeclaredCampaign,
    DeclaredCatalog, DeclaredCreative, OrderFields, Pacing, PodFields, Stream, TenantFields,
};
use crate::model::{self, Millis, PodShape, Source};

/// A tenant with all that is listed for it.
pub(super) fn tenant_file(catalog: DeclaredCatalog) -> TenantFile {
    TenantFile {
        advertisers: catalog.advertisers.into_iter().map(advertiser).collect(),
        orders: catalog.orders.into_iter().map(order).collect(),
        categories: catalog.categories.into_iter().map(category).collect(),
        pods: catalog.pods.into_iter().map(pod).collect(),
        channels: catalog.channels.into_iter().map(channel).collect(),
        campaigns: catalog.campaigns.into_iter().map(campaign).collect(),
        ..tenant(catalog.tenant.unwrap_or_default())
    }
}

pub(super) fn tenant(fields: TenantFields) -> TenantFile {
    TenantFile {
        name: fields.name.unwrap_or_default(),
        timezone: fields.timezone,
        currency: fields.currency,
        ..TenantFile::default()
    }
}

pub(super) fn advertiser(fields: AdvertiserFields) -> AdvertiserFile {
    AdvertiserFile {
        name: fields.name.unwrap_or_default(),
        domain: fields.domain.flatten(),
        categories: fields.categories.unwrap_or_default(),
    }
}

pub(super) fn order(fields: OrderFields) -> OrderFile {
    OrderFile {
        name: fields.name.unwrap_or_default(),
        description: said(fields.description),
        advertiser: fields.advertiser.unwrap_or_default(),
        budget: fields.total_budget_micros.flatten().map(amount),
        daily_budget: fields.daily_budget_micros.flatten().map(amount),
        goal: fields.impression_goal.flatten().map(count),
        caps: caps(fields.caps),
    }
}

pub(super) fn category(fields: CategoryFields) -> CategoryFile {
    let code = fields.code.unwrap_or_default();
    CategoryFile {
        name: fields.name.filter(|name| *name != code),
        code,
        parent: fields.parent.flatten(),
        exclusive: fields.exclusive.unwrap_or_default(),
        separation: fields.separation_ms.flatten().map(span),
    }
}

pub(super) fn pod(fields: PodFields) -> PodFile {
    let slots = fields.slots_ms.unwrap_or_default();
    let of_slots = slots
        .iter()
        .fold(0_u64, |sum, &slot| sum.saturating_add(slot));
    let duration = fields.duration_ms.unwrap_or_default();
    let usual = PodShape::of(Millis(duration));
    PodFile {
        name: fields.name.unwrap_or_default(),
        description: said(fields.description),
        // Slots add up to it unless it is longer.
        duration: (slots.is_empty() || duration != of_slots).then(|| span(duration)),
        slots: slots.into_iter().map(span).collect(),
        min_ads: fields.min_ads.filter(|ads| *ads != usual.min_ads),
        max_ads: fields.max_ads.filter(|ads| *ads != usual.max_ads),
        min_ad: fields.min_ad_ms.flatten().map(span),
        max_ad: fields.max_ad_ms.flatten().map(span),
        per_advertiser: fields
            .per_advertiser
            .filter(|ads| *ads != usual.per_advertiser),
        advertiser_gap: fields
            .advertiser_gap_ms
            .filter(|gap| *gap != usual.advertiser_gap.0)
            .map(span),
        goal: fields.goal.filter(|goal| *goal != usual.goal.as_str()),
    }
}

pub(super) fn channel(fields: ChannelFields) -> ChannelFile {
    ChannelFile {
        name: fields.name.unwrap_or_default(),
        description: said(fields.description),
        slot: fields.slot_ms.flatten().map(span),
        pod: fields.pod.flatten(),
        stream: fields.stream.flatten().map(stream),
    }
}

/// A stream without what it would have unless told.
fn stream(stream: Stream) -> Stream {
    let source = match (&stream.origins, &stream.assets) {
        (None, Some(urls)) => Source::Loop(urls.clone()),
        (origins, _) => Source::Origins(origins.clone().unwrap_or_default()),
    };
    let usual = Stream::of(&model::Stream::of(source));
    Stream {
        insertion: other(stream.insertion, usual.insertion.as_ref()),
        reporting: other(stream.reporting, usual.reporting.as_ref()),
        breaks: other(stream.breaks, usual.breaks.as_ref()),
        mode: other(stream.mode, usual.mode.as_ref()),
        break_max_ms: other(stream.break_max_ms, usual.break_max_ms.as_ref()),
        break_default_ms: other(stream.break_default_ms, usual.break_default_ms.as_ref()),
        join: other(stream.join, usual.join.as_ref()),
        filler: other(stream.filler, usual.filler.as_ref()),
        fill_min: other(stream.fill_min, usual.fill_min.as_ref()),
        origins: stream.origins,
        assets: stream.assets,
    }
}

pub(super) fn campaign(declared: DeclaredCampaign) -> CampaignFile {
    let CampaignFields {
        price_model,
        price_micros,
        ..
    } = &declared.fields;
    let model = price_model.as_deref().unwrap_or("cpm");
    let price = amount(price_micros.unwrap_or_default()).0;
    let rate = Typed(format!("{model}:{price}"));
    let fields = declared.fields;
    CampaignFile {
        name: fields.name.unwrap_or_default(),
        description: said(fields.description),
        advertiser: fields.advertiser.unwrap_or_default(),
        budget: amount(fields.total_budget_micros.unwrap_or_default()),
        daily_budget: fields.daily_budget_micros.flatten().map(amount),
        goal: fields.impression_goal.flatten().map(count),
        start: Typed(fields.start.unwrap_or_default()),
        end: Typed(fields.end.unwrap_or_default()),
        rate,
        tier: fields.tier.filter(|tier| tier != "standard"),
        weight: fields.weight.filter(|weight| *weight != 1),
        order: fields.order.flatten(),
        targeting: declared.targeting.map(Typed),
        caps: caps(fields.caps),
        pacing: fields
            .pacing
            .filter(|pacing| *pacing != Pacing::default())
            .map(|pacing| Typed(pacing.to_string())),
        categories: fields.categories.unwrap_or_default(),
        position: fields.position.filter(|position| position != "any"),
        share_of_voice: fields.share_of_voice.flatten(),
        status: fields.status,
        creatives: declared.creatives.into_iter().map(creative).collect(),
    }
}

pub(super) fn creative(declared: DeclaredCreative) -> CreativeFile {
    let fields = declared.fields;
    CreativeFile {
        name: fields.name,
        file: None,
        sha256: declared.sha256,
        weight: fields.weight.filter(|weight| *weight != 1),
        click_url: fields.click_url.flatten(),
        start: fields.start.flatten().map(Typed),
        end: fields.end.flatten().map(Typed),
        targeting: declared.targeting.map(Typed),
        caps: caps(fields.caps),
        status: fields.status.filter(|status| status != "active"),
    }
}

/// A value that is not the usual one.
fn other<T: PartialEq>(value: Option<T>, usual: Option<&T>) -> Option<T> {
    value.filter(|value| Some(value) != usual)
}

fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn caps(caps: Option<Vec<Cap>>) -> Vec<Typed> {
    let caps = caps.unwrap_or_default().into_iter();
    caps.map(|cap| Typed(cap.to_string())).collect()
}

fn count(count: u64) -> Typed {
    Typed(count.to_string())
}

/// Micros as an amount: `120000`, `24.5`.
pub(super) fn amount(micros: i64) -> Typed {
    let (whole, part) = (micros / 1_000_000, micros % 1_000_000);
    if part == 0 {
        return Typed(whole.to_string());
    }
    let digits = format!("{:06}", part.unsigned_abs());
    Typed(format!("{whole}.{}", digits.trim_end_matches('0')))
}

/// Milliseconds as a span: `1m30s`, `500ms`.
fn span(millis: u64) -> Typed {
    let (seconds, rest) = (millis / 1_000, millis % 1_000);
    let parts = [
        (seconds / 3_600, "h"),
        (seconds / 60 % 60, "m"),
        (seconds % 60, "s"),
        (rest, "ms"),
    ];
    let mut text = String::new();
    for (count, unit) in parts.into_iter().filter(|(count, _unit)| *count > 0) {
        text.push_str(&count.to_string());
        text.push_str(unit);
    }
    Typed(if text.is_empty() {
        "0s".to_owned()
    } else {
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::input::{parse_money, parse_span};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn amounts_and_spans_are_read_back(micros in 0..=i64::MAX, millis in 0..10_000_000_000_u64) {
            prop_assert_eq!(parse_money(&amount(micros).0), Ok(micros));
            prop_assert_eq!(parse_span(&span(millis).0), Ok(Millis(millis)));
        }
    }

    #[test]
    fn spans_are_short() {
        for (millis, text) in [
            (0, "0s"),
            (30_000, "30s"),
            (90_500, "1m30s500ms"),
            (7_200_000, "2h"),
        ] {
            assert_eq!(span(millis).0, text);
        }
    }
}
