//! The JSON answers, byte for byte as their documented types would be written.

use std::collections::BTreeMap;

use adserve::api::{AdAnswer, NoAd, PodAd, PodAnswer};
use adserve::decision::{Exclusion, NoFill};
use adserve::model::{
    CampaignId, CreativeId, DecisionId, EventKind, Millis, Privacy, PrivacySignal,
};
use adserve::render::Served;
use adserve::render::json::{Forms, PodSetting, write_ad, write_no_ad, write_no_pod, write_pod};
use proptest::prelude::*;

use super::PUBLIC_URL;
use super::fixture::Fixture;

/// What `write` appends, which must not look at what is there already.
pub(super) fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
    const BEFORE: &str = "before";
    let mut out = BEFORE.as_bytes().to_vec();
    write(&mut out);
    let text = String::from_utf8(out).unwrap();
    text.strip_prefix(BEFORE).unwrap().to_owned()
}

/// The nearest double to a whole number of milliseconds, in seconds.
fn seconds(span: Millis) -> f64 {
    format!("{}.{:03}", span.0 / 1_000, span.0 % 1_000)
        .parse()
        .unwrap()
}

/// Where an ad is reported, made as slowly as can be.
fn tracking(served: &Served<'_>, public_url: &str) -> BTreeMap<String, String> {
    let links = served.links(public_url);
    let link = |kind: &EventKind| (kind.to_string(), links.event(*kind).to_string());
    EventKind::ALL.iter().map(link).collect()
}

fn click_url(served: &Served<'_>, public_url: &str) -> Option<String> {
    let click = served.chosen.spot.click_url.as_ref();
    click.map(|_advertiser| served.links(public_url).click_through().to_string())
}

fn ad_answer(served: &Served<'_>, public_url: &str, request_id: &str) -> AdAnswer {
    AdAnswer {
        request_id: request_id.to_owned(),
        campaign_id: Some(served.ad.campaign.to_string()),
        creative_id: Some(served.ad.creative.to_string()),
        video_url: Some(served.media_url.to_owned()),
        duration: Some(seconds(served.chosen.spot.media.duration)),
        tracking: Some(tracking(served, public_url)),
        click_url: click_url(served, public_url),
        token: Some(served.token.to_string()),
        no_ad: None,
    }
}

fn pod_ad(served: &Served<'_>, public_url: &str, position: u32) -> PodAd {
    PodAd {
        campaign_id: served.ad.campaign.to_string(),
        creative_id: served.ad.creative.to_string(),
        video_url: served.media_url.to_owned(),
        duration: seconds(served.chosen.spot.media.duration),
        start: seconds(served.chosen.start),
        position,
        tracking: tracking(served, public_url),
        click_url: click_url(served, public_url),
        token: served.token.to_string(),
    }
}

fn pod_answer(
    setting: &PodSetting<'_>,
    outcome: Result<&[Served<'_>], NoFill>,
    public_url: &str,
) -> PodAnswer {
    let ads = outcome.unwrap_or_default().iter().zip(1..);
    PodAnswer {
        request_id: setting.request_id.to_owned(),
        decision_id: setting.decision.to_string(),
        ads: ads
            .map(|(one, position)| pod_ad(one, public_url, position))
            .collect(),
        no_ad_reason: outcome.err().map(|why| why.as_str().to_owned()),
        privacy: setting.privacy.signals().map(|it| it.to_string()).collect(),
    }
}

/// Any text, most often one with something to escape.
fn any_text() -> impl Strategy<Value = String> {
    let awkward = "[\\x00-\\x1f\"\\\\/\u{7f}\u{2028}é😀a-c]{0,12}";
    prop_oneof!["[ -~]{0,40}", awkward, any::<String>()]
}

/// Spans of media: the ends of decimals, short and long.
fn any_span() -> impl Strategy<Value = Millis> {
    let span = prop_oneof![
        0..2_000_u64,
        (0..4_000_u64).prop_map(|tens| tens * 10),
        (0..400_u64).prop_map(|seconds| seconds * 1_000),
        any::<u32>().prop_map(u64::from),
    ];
    span.prop_map(Millis)
}

prop_compose! {
    fn any_fixture()(
        ids in any::<(u32, u32)>(),
        duration in any_span(),
        media_url in any_text(),
        click_url in any::<Option<bool>>(),
    ) -> Fixture {
        let mut fixture = Fixture::new();
        (fixture.ad.campaign, fixture.ad.creative) = (CampaignId::new(ids.0), CreativeId::new(ids.1));
        fixture.media_url = media_url;
        let spot = fixture.spot();
        spot.media.duration = duration;
        spot.click_url = click_url.map(|_some| "https://shop.example/".to_owned());
        fixture
    }
}

fn any_why() -> impl Strategy<Value = NoFill> {
    let excluded = prop::sample::select(Exclusion::ALL).prop_map(NoFill::Excluded);
    prop_oneof![Just(NoFill::NoDemand), excluded]
}

fn any_privacy() -> impl Strategy<Value = Privacy> {
    prop::sample::subsequence(PrivacySignal::ALL, 0..=PrivacySignal::ALL.len())
        .prop_map(|signals| signals.into_iter().collect())
}

/// Addresses of ours have nothing to escape; that a form would take it is shown all the same.
fn any_public_url() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(PUBLIC_URL.to_owned()),
        "https://[a-z\"\\\\]{1,8}(/[a-z]{0,5})?"
    ]
}

proptest! {
    #[test]
    fn a_pod_is_written_as_its_type_would_be(
        fixtures in prop::collection::vec((any_fixture(), any_span()), 1..12),
        request_id in any_text(),
        decision: u64,
        privacy in any_privacy(),
        public_url in any_public_url(),
    ) {
        let served: Vec<Served<'_>> = fixtures
            .iter()
            .map(|(fixture, start)| {
                let mut served = fixture.served();
                served.chosen.start = *start;
                served
            })
            .collect();
        let setting = PodSetting {
            request_id: &request_id,
            decision: DecisionId::new(decision),
            privacy,
        };
        let forms = Forms::new(&public_url);
        let text = written(|out| write_pod(&forms, &setting, &served, out));
        let expected = pod_answer(&setting, Ok(&served), &public_url);
        prop_assert_eq!(&text, &serde_json::to_string(&expected).unwrap());
        let read: PodAnswer = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn a_pod_without_ads_is_written_as_its_type_would_be(
        request_id in any_text(),
        decision: u64,
        privacy in any_privacy(),
        why in any_why(),
    ) {
        let setting = PodSetting {
            request_id: &request_id,
            decision: DecisionId::new(decision),
            privacy,
        };
        let text = written(|out| write_no_pod(&setting, why, out));
        let expected = pod_answer(&setting, Err(why), PUBLIC_URL);
        prop_assert_eq!(text, serde_json::to_string(&expected).unwrap());
    }

    #[test]
    fn one_ad_is_written_as_its_type_would_be(
        fixture in any_fixture(),
        request_id in any_text(),
        public_url in any_public_url(),
    ) {
        let served = fixture.served();
        let forms = Forms::new(&public_url);
        let text = written(|out| write_ad(&forms, &served, &request_id, out));
        let expected = ad_answer(&served, &public_url, &request_id);
        prop_assert_eq!(text, serde_json::to_string(&expected).unwrap());
    }

    #[test]
    fn no_ad_is_written_as_its_type_would_be(request_id in any_text(), why in any_why()) {
        let text = written(|out| write_no_ad(why, &request_id, out));
        let expected = AdAnswer {
            request_id: request_id.clone(),
            campaign_id: None,
            creative_id: None,
            video_url: None,
            duration: None,
            tracking: None,
            click_url: None,
            token: None,
            no_ad: Some(NoAd { reason: why.as_str().to_owned() }),
        };
        prop_assert_eq!(text, serde_json::to_string(&expected).unwrap());
    }
}
