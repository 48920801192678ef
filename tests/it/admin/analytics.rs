//! The dashboard, series, comparisons and reports: each figure against what was sent.

use adserve::decision::{Exclusion, NoFill};
use adserve::ledger::Call;
use adserve::model::{
    CampaignId, ChannelId, Country, CreativeId, DeviceType, Event, EventKind, Millis, Nanos,
    PriceModel, Receiver, ServedAd, ServedAdId, TenantId, Timestamp,
};
use serde_json::{Value, json};

use crate::support::admin::{Admin, Ask, NOW, campaign};

const HOUR: u64 = 3_600_000;

/// Two tenants, of which the first lives in New York, and the ads they were seen with.
struct Stage {
    admin: Admin,
    campaigns: Vec<String>,
    next: u64,
}

impl Stage {
    async fn new() -> Self {
        let admin = Admin::with_tenant().await;
        let zone = json!({ "timezone": "America/New_York" });
        admin.must(Ask::patch("/api/v1/tenants/acme", &zone)).await;
        let mut campaigns = Vec::new();
        for name in ["spring", "summer"] {
            let made = Ask::post("/api/v1/campaigns", &campaign(name)).tenant("acme");
            campaigns.push(admin.must(made).await.text("id"));
        }
        admin.make_tenant("rival").await;
        Self {
            admin,
            campaigns,
            next: 0,
        }
    }

    /// An ad of a campaign that was asked for, handed out and seen after some hours of the test.
    async fn seen(&mut self, campaign: usize, receiver: Receiver, hours: u64) -> ServedAd {
        self.next += 1;
        let at = now().plus(Millis(hours * HOUR));
        let ad = ServedAd {
            id: ServedAdId::new(self.next),
            tenant: TenantId::new(1),
            channel: Some(ChannelId::new(1)),
            campaign: self.campaigns[campaign].parse::<CampaignId>().unwrap(),
            creative: CreativeId::new(7),
            price_model: PriceModel::Cpm,
            charge: Nanos(24_000_000),
            decided_at: at,
            duration: Millis(30_000),
            receiver,
        };
        let call = call(&ad);
        let tally = &self.admin.recorder().tally;
        tally.served(&call, std::iter::once(&ad), at);
        self.report(ad, EventKind::Impression, at).await;
        self.report(ad, EventKind::Start, at).await;
        ad
    }

    async fn report(&self, ad: ServedAd, kind: EventKind, at: Timestamp) {
        let event = Event {
            ad,
            kind,
            error_code: (kind == EventKind::Error).then_some(402),
            at,
        };
        self.admin.recorder().journal.record(event).await.unwrap();
    }

    /// Sets the clock to so many hours after the start of the test.
    fn pass(&self, hours: u64) {
        self.admin.clock().advance(Millis(hours * HOUR));
    }

    async fn ask(&self, target: &str) -> Value {
        let ask = Ask::get(target).tenant("acme");
        self.admin.must(ask).await.body
    }

    async fn refused(&self, target: &str) -> String {
        let reply = self.admin.ask(Ask::get(target).tenant("acme")).await;
        assert_eq!(reply.status, 422, "{reply:?}");
        reply.problems().join("; ")
    }
}

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

fn tv(country: &str) -> Receiver {
    Receiver::new(DeviceType::SmartTv, Country::said(Some(country)))
}

fn phone(country: &str) -> Receiver {
    Receiver::new(DeviceType::Phone, Country::said(Some(country)))
}

/// `group -> values` of the rows of a report, values in the order of their names.
fn rows(report: &Value) -> Vec<(Vec<String>, Value)> {
    let row = |row: &Value| {
        let group = row["group"].as_array().unwrap().iter();
        let group = group.map(|place| place["value"].as_str().unwrap().to_owned());
        (group.collect(), row["values"].clone())
    };
    report["rows"].as_array().unwrap().iter().map(row).collect()
}

#[tokio::test]
async fn a_report_is_cut_by_any_dimensions_sorted_and_limited() {
    let mut stage = Stage::new().await;
    for (campaign, receiver, hours) in [
        (0, tv("US"), 0),
        (0, tv("US"), 1),
        (0, phone("US"), 1),
        (1, tv("DE"), 30),
        (1, Receiver::UNKNOWN, 30),
    ] {
        stage.seen(campaign, receiver, hours).await;
    }
    stage.pass(31);
    let path = "/api/v2/analytics/custom-report";
    let report = stage
        .ask(&format!(
            "{path}?dimensions=device,country&metrics=impressions,spend&sort=-impressions"
        ))
        .await;
    let values = |impressions: i64| json!({ "impressions": impressions, "spend_micros": impressions * 24_000 });
    let group = |parts: &[&str]| {
        parts
            .iter()
            .map(|&part| part.to_owned())
            .collect::<Vec<_>>()
    };
    let found = rows(&report);
    assert_eq!(found[0], (group(&["smart_tv", "US"]), values(2)));
    assert_eq!(found.len(), 4);
    assert!(found.contains(&(group(&["unknown", "unknown"]), values(1))));
    assert_eq!(report["totals"], values(5));
    assert_eq!(report["rows_total"], 4);
    assert_eq!(report["folded"], 0);

    // By day of New York: noon UTC and thirty hours later are two days.
    let report = stage
        .ask(&format!(
            "{path}?dimensions=day,campaign&metrics=impressions&limit=1"
        ))
        .await;
    assert_eq!(rows(&report).len(), 1);
    assert_eq!(report["rows_total"], 2);
    assert_eq!(
        report["rows"][0]["group"][0]["value"],
        "2026-03-01T05:00:00.000Z"
    );
    assert_eq!(report["rows"][0]["group"][1]["name"], "spring");
    assert_eq!(report["totals"]["impressions"], 5);

    let best = stage
        .ask("/api/v2/analytics/performance?by=campaign&limit=1")
        .await;
    assert_eq!(best["rows"][0]["group"][0]["name"], "spring");
    assert_eq!(best["rows"][0]["values"]["impressions"], 3);
}

#[tokio::test]
async fn a_report_is_filtered_by_id_or_name_and_cut_by_event() {
    let mut stage = Stage::new().await;
    for (campaign, receiver) in [
        (0, tv("US")),
        (0, tv("US")),
        (0, phone("US")),
        (1, tv("DE")),
        (1, Receiver::UNKNOWN),
    ] {
        stage.seen(campaign, receiver, 0).await;
    }
    stage.pass(1);
    let path = "/api/v2/analytics/custom-report";
    for (filter, expected) in [
        ("campaign=SPRING", 3),
        ("device=smart_tv", 3),
        ("country=us,de", 4),
        ("country=unknown", 1),
        ("device=phone&campaign=summer", 0),
        ("channel=news", 5),
        ("channel=none", 0),
    ] {
        let report = stage
            .ask(&format!("{path}?metrics=impressions&{filter}"))
            .await;
        assert_eq!(report["totals"]["impressions"], expected, "{filter}");
        assert_eq!(rows(&report)[0].1["impressions"], expected, "{filter}");
    }

    // By event there is one metric, of all kinds that came.
    let report = stage
        .ask(&format!("{path}?dimensions=event,campaign"))
        .await;
    let found = rows(&report);
    assert_eq!(found.len(), 4);
    assert_eq!(
        found[0],
        (
            vec!["impression".to_owned(), stage.campaigns[0].clone()],
            json!({ "events": 3 })
        )
    );
    assert_eq!(report["rows"][0]["group"][1]["name"], "spring");
}

#[tokio::test]
async fn what_cannot_be_reported_is_refused_with_a_reason() {
    let stage = Stage::new().await;
    for (query, reason) in [
        (
            "custom-report?dimensions=colour",
            "dimensions: `colour` is not one of hour, day",
        ),
        (
            "custom-report?dimensions=hour,day,week,campaign,device",
            "dimensions: names more than 4 dimensions",
        ),
        (
            "custom-report?metrics=impresions",
            "did you mean `impressions`?",
        ),
        ("custom-report?metrics=,", "metrics: names no metric"),
        (
            "custom-report?dimensions=event&metrics=clicks",
            "only the metric `events`",
        ),
        (
            "custom-report?sort=clics",
            "sort: must be one of the dimensions or metrics",
        ),
        (
            "custom-report?limit=10001",
            "limit: must be a whole number from 1 to 10000",
        ),
        (
            "custom-report?device=fridge",
            "device: `fridge` is not one of unknown, smart_tv",
        ),
        (
            "custom-report?country=Germany",
            "country: must be two letters",
        ),
        (
            "custom-report?campaign=sprin",
            "there is no campaign `sprin`; did you mean `spring`?",
        ),
        (
            "custom-report?since=2020-01-01T00:00:00Z",
            "since: the range is longer than 1096 days",
        ),
        (
            "custom-report?since=2027-01-01T00:00:00Z",
            "since: is in the future",
        ),
    ] {
        let problems = stage.refused(&format!("/api/v2/analytics/{query}")).await;
        assert!(problems.contains(reason), "{query}: {problems}");
    }
    let problems = stage
        .refused("/api/v1/analytics/series?step=hour&since=2025-01-01T00:00:00Z")
        .await;
    assert!(
        problems.contains("more than 10000 points by the hour"),
        "{problems}"
    );
    // Of another tenant nothing is known, not even by id.
    let foreign = Ask::post("/api/v1/campaigns", &campaign("secret")).tenant("rival");
    let foreign = stage.admin.must(foreign).await.text("id");
    let problems = stage
        .refused(&format!(
            "/api/v2/analytics/custom-report?campaign={foreign}"
        ))
        .await;
    assert!(problems.contains("there is no campaign"), "{problems}");
    let target = format!("/api/v2/analytics/campaigns/{foreign}");
    let reply = stage.admin.ask(Ask::get(target).tenant("acme")).await;
    assert_eq!(reply.status, 404);
}

#[tokio::test]
async fn a_series_has_every_point_and_days_of_the_zone() {
    let mut stage = Stage::new().await;
    // Seven days later, through the change of the clocks on 8 March.
    for hours in [0, 0, 161, 170] {
        stage.seen(0, tv("US"), hours).await;
    }
    stage.pass(171);
    let series = stage
        .ask("/api/v1/analytics/series?metrics=impressions,vtr&since=2026-03-01T12:00:00Z")
        .await;
    let points = series["points"].as_array().unwrap();
    assert_eq!(points.len(), 8);
    let counts: Vec<i64> = points
        .iter()
        .map(|point| point["values"]["impressions"].as_i64().unwrap())
        .collect();
    assert_eq!(counts, [2, 0, 0, 0, 0, 0, 0, 2]);
    assert_eq!(points[7]["start"], "2026-03-08T05:00:00.000Z");
    assert_eq!(
        points[7]["end"], "2026-03-09T04:00:00.000Z",
        "it has 23 hours"
    );
    assert_eq!(points[1]["values"]["view_through_rate"], Value::Null);
    assert_eq!(points[0]["values"]["view_through_rate"], 0.0);
    assert_eq!(series["totals"]["impressions"], 4);
    let hours = stage
        .ask("/api/v1/analytics/series?metrics=impressions&step=hour&since=2026-03-08T05:00:00Z&until=2026-03-09T04:00:00Z")
        .await;
    assert_eq!(hours["points"].as_array().unwrap().len(), 23);
    let weeks = stage
        .ask("/api/v1/analytics/series?metrics=impressions&step=week&since=2026-03-01T12:00:00Z")
        .await;
    let starts: Vec<&str> = weeks["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["start"].as_str().unwrap())
        .collect();
    assert_eq!(
        starts,
        ["2026-02-23T05:00:00.000Z", "2026-03-02T05:00:00.000Z"]
    );
}

#[tokio::test]
async fn a_range_is_compared_with_the_one_before_or_any_other() {
    let mut stage = Stage::new().await;
    for hours in [0, 24, 24, 48] {
        stage.seen(0, tv("US"), hours).await;
    }
    stage.pass(49);
    let path = "/api/v1/analytics/compare?metrics=impressions,ecpm,ctr";
    let compared = stage
        .ask(&format!(
            "{path}&since=2026-03-02T05:00:00Z&until=2026-03-03T05:00:00Z"
        ))
        .await;
    assert_eq!(compared["previous"]["since"], "2026-03-01T05:00:00.000Z");
    assert_eq!(compared["previous"]["until"], "2026-03-02T05:00:00.000Z");
    let impressions = json!({
        "metric": "impressions", "unit": "count", "current": 2, "previous": 1,
        "difference": 1, "change": 1.0,
    });
    assert_eq!(compared["rows"][0], impressions);
    assert_eq!(compared["rows"][1]["current"], 24_000_000);
    assert_eq!(compared["rows"][1]["difference"], 0);
    assert_eq!(compared["rows"][2]["change"], Value::Null);
    let other = stage
        .ask(&format!(
            "{path}&since=2026-03-01T05:00:00Z&until=2026-03-02T05:00:00Z&against_since=2026-03-03T05:00:00Z"
        ))
        .await;
    assert_eq!(other["rows"][0]["current"], 1);
    assert_eq!(other["rows"][0]["previous"], 1);
}

#[tokio::test]
async fn the_dashboard_tells_today_from_yesterday_and_what_needs_attention() {
    let mut stage = Stage::new().await;
    let activate = json!({ "status": "active" });
    let target = format!("/api/v1/campaigns/{}/status", stage.campaigns[0]);
    // Yesterday in New York: one hour, and the same hour of today twice as much.
    stage.seen(0, tv("US"), 0).await;
    for campaign in [0, 1] {
        let ad = stage.seen(campaign, tv("US"), 24).await;
        let at = now().plus(Millis(25 * HOUR));
        stage.report(ad, EventKind::Error, at).await;
        let tally = &stage.admin.recorder().tally;
        for _ in 0..60 {
            tally.unfilled(&call(&ad), NoFill::Excluded(Exclusion::Budget), at);
        }
    }
    stage.pass(26);
    stage
        .admin
        .must(Ask::put(target, &activate).tenant("acme"))
        .await;
    let board = stage.ask("/api/v1/dashboard").await;
    let card = |name: &str| {
        let cards = board["cards"].as_array().unwrap();
        cards
            .iter()
            .find(|card| card["metric"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(
        card("impressions"),
        json!({
            "metric": "impressions", "unit": "count", "today": 2, "yesterday": 1, "change": 1.0,
        })
    );
    assert_eq!(card("spend_micros")["today"], 48_000);
    assert_eq!(card("fill_rate")["today"], 2.0 / 122.0);
    assert_eq!(card("fill_time_rate")["unit"], "ratio");
    let days = board["days"].as_array().unwrap();
    assert_eq!(days.len(), 7);
    assert_eq!(days[6]["values"]["impressions"], 2);
    assert_eq!(days[5]["values"]["impressions"], 1);
    assert_eq!(board["campaigns"]["draft"], 1);
    assert_eq!(board["campaigns"]["active"], 1);
    let top = board["top_campaigns"].as_array().unwrap();
    assert_eq!(top.len(), 2);
    assert_eq!(top[0]["name"], "spring");
    assert_eq!(top[0]["today"]["impressions"], 1);
    assert_eq!(
        board["no_fill"],
        json!([{ "reason": "budget", "count": 120 }])
    );
    assert_eq!(board["errors"][0]["count"], 2);
    let kinds: Vec<&str> = board["attention"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert!(kinds.contains(&"no_fill"), "{kinds:?}");
    // The other tenant has a dashboard of its own, with nothing on it.
    let other = stage
        .admin
        .must(Ask::get("/api/v1/dashboard").tenant("rival"))
        .await;
    assert_eq!(other.body["cards"][0]["today"], 0);
    assert_eq!(other.body["top_campaigns"], json!([]));
}

#[tokio::test]
async fn a_campaign_tells_what_is_left_and_where_it_was_seen() {
    let mut stage = Stage::new().await;
    stage.seen(0, tv("US"), 0).await;
    stage.seen(0, phone("DE"), 1).await;
    stage.seen(1, tv("US"), 1).await;
    stage.pass(2);
    let told = stage.ask("/api/v2/analytics/campaigns/spring").await;
    assert_eq!(told["id"], stage.campaigns[0].as_str());
    assert_eq!(told["totals"]["impressions"], 2);
    assert_eq!(told["totals"]["requests"], 0);
    assert_eq!(told["settled_micros"], 48_000);
    let campaign = stage.ask("/api/v1/campaigns/spring").await;
    let budget = campaign["total_budget_micros"].as_i64().unwrap();
    assert_eq!(told["remaining_micros"], budget - 48_000);
    assert_eq!(told["devices"].as_array().unwrap().len(), 2);
    assert_eq!(told["countries"].as_array().unwrap().len(), 2);
    assert_eq!(told["channels"][0]["group"][0]["name"], "news");
    assert_eq!(told["days"].as_array().unwrap().len(), 7);
}

#[tokio::test]
async fn stats_are_cut_by_device_country_week_and_event() {
    let mut stage = Stage::new().await;
    stage.seen(0, tv("US"), 0).await;
    stage.seen(0, phone("DE"), 1).await;
    stage.pass(2);
    for (by, expected) in [
        ("device", vec![("smart_tv", 1), ("phone", 1)]),
        ("country", vec![("DE", 1), ("US", 1)]),
        ("week", vec![("2026-02-23T05:00:00.000Z", 2)]),
    ] {
        let stats = stage.ask(&format!("/api/v1/stats?by={by}")).await;
        let found: Vec<(&str, i64)> = stats["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let count = row["impressions"].as_i64().unwrap();
                (row["group"].as_str().unwrap(), count)
            })
            .collect();
        assert_eq!(found, expected, "{by}");
    }
    let stats = stage.ask("/api/v1/stats?by=event").await;
    let events = stats["rows"].as_array().unwrap();
    assert_eq!(events[0]["group"], "impression");
    assert_eq!(events[0]["events"], 2);
    assert_eq!(events[1]["events"], 0);
}
