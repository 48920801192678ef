//! A dashboard with a tenant, a week and six campaigns, at one fixed moment.

use serde_json::json;

use crate::api::{self, Stats};
use crate::cli::tui::data::{Detail, News};
use crate::cli::tui::glance::told;
use crate::cli::tui::look::{Glyphs, Look, Palette};
use crate::cli::tui::state::{Setup, State};
use crate::model::Timestamp;

const NOW: &str = "2026-07-05T18:02:07Z";

pub(super) fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub(super) fn setup(size: (u16, u16), palette: Palette, glyphs: Glyphs) -> Setup {
    Setup {
        look: Look { palette, glyphs },
        place: "prod".to_owned(),
        tenant: None,
        zone: None,
        now: now(),
        size,
        is_readonly: false,
    }
}

/// Figures of a row, from impressions.
fn totals(impressions: u64) -> serde_json::Value {
    json!({
        "requests": impressions * 12 / 10, "served": impressions * 11 / 10, "impressions": impressions,
        "billable": impressions, "unbilled": 0, "starts": impressions, "first_quartiles": impressions,
        "midpoints": impressions, "third_quartiles": impressions, "completions": impressions * 96 / 100,
        "clicks": impressions / 1000, "skips": 0, "errors": impressions / 50,
        "spend_micros": impressions * 24_000,
        "fill_rate": null, "impression_rate": null, "completion_rate": null, "click_rate": null,
        "error_rate": null, "ecpm_micros": null
    })
}

pub(super) fn row(group: &str, name: Option<&str>, impressions: u64) -> serde_json::Value {
    let mut row = totals(impressions);
    row["group"] = json!(group);
    row["name"] = json!(name);
    row
}

pub(super) fn stats(rows: &[serde_json::Value], impressions: u64) -> Box<Stats> {
    let stats = json!({
        "since": "2026-06-28T18:00:00.000Z", "until": "2026-07-05T19:00:00.000Z",
        "timezone": "America/New_York", "currency": "USD", "totals": totals(impressions), "rows": rows,
        "errors": [{"code": 402, "count": impressions / 70}, {"code": 405, "count": impressions / 300}],
        "no_fill": [{"reason": "targeting.geo", "count": impressions / 9}, {"reason": "floor", "count": impressions / 40}],
        "pacing": null
    });
    Box::new(serde_json::from_value(stats).unwrap())
}

pub(super) fn campaign(
    place: usize,
    name: &str,
    status: &str,
    pacing: Option<&str>,
) -> api::Campaign {
    serde_json::from_value(json!({
        "id": format!("cmp_{place}a"), "name": name, "description": "", "advertiser_id": "adv_1",
        "status": status, "total_budget_micros": 120_000_000_000_i64, "daily_budget_micros": 6_000_000_000_i64,
        "impression_goal": 5_000_000, "start": "2026-07-01T04:00:00.000Z", "end": "2026-07-11T04:00:00.000Z",
        "price_model": "cpm", "price_micros": 24_000_000, "currency": "USD", "tier": "standard", "weight": 100,
        "pacing_status": pacing, "revision": 3, "created_at": "2026-06-30T04:00:00.000Z",
        "targeting": {"rules": [{"include": {"geo": ["US", "CA"], "device": ["ctv"]}, "exclude": {"daypart": ["weekday:0-6"]}}]},
        "caps": [{"scope": "household", "windows": [{"max": 5, "calendar": "day"}]}],
        "updated_at": "2026-07-02T04:00:00.000Z"
    })).unwrap()
}

pub(super) fn campaigns() -> Vec<api::Campaign> {
    vec![
        campaign(1, "spring-launch", "active", Some("behind")),
        campaign(2, "auto-q3", "active", Some("ahead")),
        campaign(3, "summer-sale", "paused", None),
        campaign(
            4,
            "Čaj & Káva 春の紅茶キャンペーン 2026",
            "active",
            Some("on_track"),
        ),
        campaign(5, "house-promo", "draft", None),
        campaign(6, "bank-brand", "active", Some("at_risk")),
    ]
}

pub(super) fn news() -> Vec<News> {
    let tenant: api::Tenant = serde_json::from_value(json!({
        "id": "ten_1", "name": "acme-fast", "timezone": "America/New_York", "currency": "USD",
        "revision": 1, "created_at": NOW, "updated_at": NOW
    }))
    .unwrap();
    let last = now().hour().millis();
    let hours = (0..150).map(|hour: i64| {
        let at = Timestamp::from_millis(last - (149 - hour) * 3_600_000);
        let of_day = u64::try_from((hour + 10) % 24).unwrap();
        row(
            &at.to_string(),
            None,
            20_000 + 16_000 * of_day.min(24 - of_day),
        )
    });
    let names = campaigns();
    let by_campaign = |unit: u64| {
        let rows = names.iter().enumerate().map(|(place, campaign)| {
            row(
                &campaign.id,
                Some(&campaign.name),
                unit * (6 - u64::try_from(place).unwrap()),
            )
        });
        rows.collect::<Vec<_>>()
    };
    vec![
        News::Tenants(vec![tenant.clone()]),
        News::Tenant(tenant),
        News::Today(stats(&[], 4_123_456)),
        News::Week(stats(&hours.collect::<Vec<_>>(), 20_000_000)),
        News::Busiest(stats(&by_campaign(210_000), 4_123_456)),
        News::Flights(stats(&by_campaign(390_000), 12_000_000)),
        News::Advertisers(vec![
            serde_json::from_value(json!({
                "id": "adv_1", "name": "motorco", "domain": null, "categories": [], "revision": 1,
                "created_at": NOW, "updated_at": NOW
            }))
            .unwrap(),
        ]),
        News::Campaigns(names),
        News::Fresh,
    ]
}

/// All about the first campaign.
pub(super) fn detail() -> Box<Detail> {
    let campaign = campaign(1, "spring-launch", "active", Some("behind"));
    let last = now().hour().millis();
    let hours = (0..24_i64).map(|hour| {
        let at = Timestamp::from_millis(last - (23 - hour) * 3_600_000);
        row(
            &at.to_string(),
            None,
            3_000 + 900 * u64::try_from(hour % 12).unwrap(),
        )
    });
    let days = (1..=5_u64).map(|day| {
        row(
            &format!("2026-07-0{day}T04:00:00.000Z"),
            None,
            380_000 + 40_000 * day,
        )
    });
    let mut by_day = *stats(&days.collect::<Vec<_>>(), 2_340_000);
    by_day.pacing = Some(api::CampaignPacing {
        pacing_status: "behind".to_owned(),
        unit: "impressions".to_owned(),
        goal: 5_000_000,
        expected: 2_540_000,
        delivered: 2_340_000,
        reserved: 1_200,
        odds_permille: Some(1_000),
    });
    let creative = |id: &str, name: &str, status: &str| {
        let creative = json!({
            "id": id, "name": name, "campaign_id": "cmp_1a", "status": status, "failure": null,
            "weight": 100, "click_url": null,
            "media": {"sha256": "00", "bytes": 88_300_000, "container": "mp4", "duration_ms": 30_030,
                "width": 1920, "height": 1080, "rotation": 0, "video_codec": "avc1", "audio_codec": null,
                "frame_rate": null, "bitrate_kbps": 23_000},
            "revision": 1, "created_at": NOW, "updated_at": NOW
        });
        serde_json::from_value(creative).unwrap()
    };
    let why = json!({
        "campaign_id": "cmp_1a", "since": NOW, "decisions": 1_204, "reasons": [
            {"reason": "targeting.geo", "decisions": 611, "meaning": "the viewer is elsewhere"},
            {"reason": "frequency_cap", "decisions": 240, "meaning": "the viewer saw it often enough"},
            {"reason": "served", "decisions": 182, "meaning": "it was handed out"}]
    });
    Box::new(Detail {
        campaign,
        hours: *stats(&hours.collect::<Vec<_>>(), 180_000),
        days: by_day,
        spots: *stats(
            &[
                row("cr_7k", Some("spot30"), 1_900_000),
                row("cr_7m", Some("spot15"), 440_000),
            ],
            2_340_000,
        ),
        creatives: vec![
            creative("cr_7k", "spot30", "active"),
            creative("cr_7m", "spot15", "active"),
            creative("cr_7x", "spot-new", "processing"),
        ],
        why: Some(serde_json::from_value(why).unwrap()),
    })
}

/// A dashboard that knows all this.
pub(super) fn stage(size: (u16, u16), palette: Palette, glyphs: Glyphs) -> State {
    told(setup(size, palette, glyphs), news(), now())
}

/// In true colour and Unicode.
pub(super) fn rich(size: (u16, u16)) -> State {
    stage(size, Palette::Dark, Glyphs::Unicode)
}
