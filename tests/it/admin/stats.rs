//! What was delivered, and to whom it is told.

use adserve::decision::{Exclusion, NoFill};
use adserve::delivery::Outcome;
use adserve::ledger::Call;
use adserve::model::{
    CampaignId, ChannelId, CreativeId, Event, EventKind, Millis, Nanos, PriceModel, Receiver,
    ServedAd, ServedAdId, TenantId, Timestamp,
};
use serde_json::{Value, json};

use crate::support::admin::{Admin, Ask, NOW, campaign, with};

/// A tenant with one running campaign that was asked for, shown and clicked.
struct Seen {
    admin: Admin,
    campaign: String,
    next: u64,
}

impl Seen {
    /// The campaign has this price.
    async fn with(price: &Value) -> Self {
        let admin = Admin::with_tenant().await;
        let fields = with(campaign("spring"), price);
        let made = admin.must(Ask::post("/api/v1/campaigns", &fields)).await;
        Self {
            admin,
            campaign: made.text("id"),
            next: 0,
        }
    }

    fn ad(&mut self, model: PriceModel, charge: i64) -> ServedAd {
        self.next += 1;
        ServedAd {
            id: ServedAdId::new(self.next),
            tenant: TenantId::new(1),
            channel: Some(ChannelId::new(1)),
            campaign: self.campaign.parse::<CampaignId>().unwrap(),
            creative: CreativeId::new(77),
            price_model: model,
            charge: Nanos(charge),
            decided_at: now(),
            duration: Millis(30_000),
            receiver: Receiver::UNKNOWN,
        }
    }

    async fn report(&self, ad: ServedAd, kinds: &[EventKind], at: Timestamp) {
        for &kind in kinds {
            let error_code = (kind == EventKind::Error).then_some(402);
            let event = Event {
                ad,
                kind,
                error_code,
                at,
            };
            let outcome = self.admin.recorder().journal.record(event).await;
            assert_eq!(outcome, Ok(Outcome::Counted));
        }
    }

    async fn stats(&self, target: &str) -> Value {
        self.admin.must(Ask::get(target)).await.body
    }
}

/// The call that was given an ad; it asked for twice as long.
fn call(ad: &ServedAd) -> Call {
    Call {
        tenant: ad.tenant,
        channel: ad.channel,
        receiver: ad.receiver,
        wanted: Some(Millis(ad.duration.0 * 2)),
    }
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

#[tokio::test]
async fn what_was_acknowledged_is_reported_at_once() {
    let mut seen = Seen::with(&json!({})).await;
    let ad = seen.ad(PriceModel::Cpm, 24_000_000);
    let tally = &seen.admin.recorder().tally;
    let call = call(&ad);
    tally.served(&call, std::iter::once(&ad), now());
    tally.unfilled(&call, NoFill::Excluded(Exclusion::Budget), now());
    seen.report(
        ad,
        &[EventKind::Impression, EventKind::Start, EventKind::Error],
        now(),
    )
    .await;

    let stats = seen.stats("/api/v1/stats").await;
    let totals = &stats["totals"];
    for (name, expected) in [
        ("requests", json!(2)),
        ("served", json!(1)),
        ("impressions", json!(1)),
        ("starts", json!(1)),
        ("completions", json!(0)),
        ("fill_rate", json!(0.5)),
        ("fill_time_rate", json!(0.25)),
        ("view_through_rate", json!(0.0)),
        ("impression_rate", json!(1.0)),
        ("completion_rate", json!(0.0)),
        ("click_rate", json!(0.0)),
        ("error_rate", json!(1.0)),
    ] {
        assert_eq!(totals[name], expected, "{name}: {stats:#}");
    }
    assert_eq!(
        stats["errors"],
        json!([{ "code": 402, "count": 1, "rate": 1.0 }])
    );
    assert_eq!(
        stats["no_fill"],
        json!([{ "reason": "budget", "count": 1 }])
    );
    assert_eq!(stats["since"], "2026-03-01T12:00:00.000Z");
    assert_eq!(stats["until"], "2026-03-01T13:00:00.000Z");

    // Of the campaign alone: it does not know of calls.
    let target = format!("/api/v1/campaigns/{}/stats", seen.campaign);
    let stats = seen.stats(&target).await;
    assert_eq!(stats["totals"]["requests"], 0);
    assert_eq!(stats["totals"]["fill_rate"], Value::Null);
    assert_eq!(stats["totals"]["served"], 1);
    assert_eq!(stats["no_fill"], json!([]));
    assert_eq!(
        seen.stats("/api/v1/campaigns/SPRING/stats").await,
        stats,
        "by name, too"
    );
}

#[tokio::test]
async fn rows_are_of_what_was_asked_and_carry_names() {
    let mut seen = Seen::with(&json!({})).await;
    let hour = Millis::from_seconds(3_600);
    for hours in [0, 1, 1, 13] {
        let ad = seen.ad(PriceModel::Cpm, 24_000_000);
        let at = now().plus(Millis(hour.0 * hours));
        seen.report(ad, &[EventKind::Impression], at).await;
    }
    seen.admin.clock().advance(Millis(hour.0 * 14));
    let rows = async |query: &str| {
        let stats = seen.stats(&format!("/api/v1/stats?{query}")).await;
        let rows = stats["rows"].as_array().unwrap().iter();
        let row = |row: &Value| {
            let name = row["name"].as_str().unwrap_or("-");
            format!(
                "{} {name} {}",
                row["group"].as_str().unwrap(),
                row["impressions"]
            )
        };
        rows.map(row).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(rows("by=total").await, "total - 4");
    assert_eq!(
        rows("by=hour").await,
        "2026-03-01T12:00:00.000Z - 1, 2026-03-01T13:00:00.000Z - 2, 2026-03-02T01:00:00.000Z - 1"
    );
    assert_eq!(
        rows("by=day").await,
        "2026-03-01T00:00:00.000Z - 3, 2026-03-02T00:00:00.000Z - 1"
    );
    assert_eq!(
        rows("by=campaign").await,
        format!("{} spring 4", seen.campaign)
    );
    // There is no such creative any more; what it showed stays counted.
    assert_eq!(rows("by=creative").await, "cr_2d - 4");
    assert_eq!(rows("by=channel").await, "ch_1 news 4");
    // From the hour of `since`, to the end of the hour of `until`.
    let middle = "by=total&since=2026-03-01T13:59:59Z&until=2026-03-01T13:00:00.001Z";
    let refused = seen
        .admin
        .ask(Ask::get(format!("/api/v1/stats?{middle}")))
        .await;
    assert_eq!(refused.code(), "invalid", "{refused:?}");
    let middle = "by=total&since=2026-03-01T13:00:01Z&until=2026-03-01T13:00:02Z";
    assert_eq!(rows(middle).await, "total - 2");
    let before = "by=total&since=2026-03-01T12:00:00Z&until=2026-03-01T13:00:00Z";
    assert_eq!(rows(before).await, "total - 1");
}

#[tokio::test]
async fn a_flat_fee_is_spent_with_the_first_impression() {
    let price = json!({ "price_model": "flat", "price_micros": 5_000_000 });
    let mut seen = Seen::with(&price).await;
    let spend =
        async |seen: &Seen| seen.stats("/api/v1/stats").await["totals"]["spend_micros"].clone();
    let ad = seen.ad(PriceModel::Flat, 0);
    seen.report(ad, &[EventKind::Start], now()).await;
    assert_eq!(spend(&seen).await, 0);
    for _ in 0..3 {
        let ad = seen.ad(PriceModel::Flat, 0);
        seen.report(ad, &[EventKind::Impression], now()).await;
    }
    assert_eq!(spend(&seen).await, 5_000_000);
    let by_hour = seen.stats("/api/v1/stats?by=hour").await;
    assert_eq!(by_hour["rows"][0]["spend_micros"], 5_000_000);
}

#[tokio::test]
async fn no_tenant_sees_what_another_delivered() {
    let mut seen = Seen::with(&json!({})).await;
    let ad = seen.ad(PriceModel::Cpm, 24_000_000);
    seen.report(ad, &[EventKind::Impression], now()).await;
    let other = seen.admin.make_tenant("rival").await;
    let theirs = seen
        .admin
        .must(Ask::get("/api/v1/stats").tenant(&other))
        .await;
    assert_eq!(theirs.body["totals"]["impressions"], 0);
    let target = format!("/api/v1/campaigns/{}/stats", seen.campaign);
    let refused = seen.admin.ask(Ask::get(target).tenant(&other)).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn bad_times_are_refused_all_at_once() {
    let admin = Admin::with_tenant().await;
    let refused = admin
        .ask(Ask::get("/api/v1/stats?since=yesterday&until=2026&by=hour"))
        .await;
    assert_eq!(refused.status, 422);
    let fields: Vec<String> = refused.problems();
    assert_eq!(fields.len(), 2, "{fields:?}");
    let refused = admin.ask(Ask::get("/api/v1/stats?by=decade")).await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn a_campaign_says_how_its_delivery_stands_wherever_it_is_read() {
    let seen = Seen::with(&json!({ "pacing": { "mode": "even" } })).await;
    let target = format!("/api/v1/campaigns/{}", seen.campaign);
    let stats = seen.stats(&format!("{target}/stats")).await;
    let word = stats["pacing"]["pacing_status"].as_str().unwrap();
    assert_eq!(seen.stats(&target).await["pacing_status"], word);
    let listed = seen.stats("/api/v1/campaigns").await;
    assert_eq!(listed["items"][0]["pacing_status"], word);
    // It is of this instant, so the history has none of it.
    let history = seen.stats("/api/v1/operations?kind=campaign").await;
    assert_eq!(history["items"][0]["after"]["name"], "spring");
    assert_eq!(history["items"][0]["after"].get("pacing_status"), None);
}
