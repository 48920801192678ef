//! Routes of what was delivered: stats, the dashboard, series, comparisons and reports.

use super::{OK, get};
use crate::admin::route::Route;
use crate::admin::{analytics, stats};
use crate::api::{CampaignAnalytics, Comparison, CustomReport, Dashboard, Series, Stats};
use crate::model::Area;

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/stats", "getStats", stats::of_tenant)
            .about("What was delivered of a tenant")
            .query(stats::parameters())
            .answers::<Stats>(OK),
        get(
            "/api/v1/campaigns/{id}/stats",
            "getCampaignStats",
            stats::of_campaign,
        )
        .about("What was delivered of one campaign")
        .in_area(Area::Stats)
        .of_advertisers()
        .query(stats::parameters())
        .answers::<Stats>(OK),
        get("/api/v1/dashboard", "getDashboard", analytics::dashboard)
            .about("How a tenant does, at a glance")
            .answers::<Dashboard>(OK),
        get("/api/v1/analytics/series", "getSeries", analytics::series)
            .about("Metrics along time, without gaps")
            .in_area(Area::Stats)
            .of_advertisers()
            .query(analytics::series_parameters())
            .answers::<Series>(OK),
        get(
            "/api/v1/analytics/compare",
            "getComparison",
            analytics::compare,
        )
        .about("Metrics of one range of time against those of another")
        .in_area(Area::Stats)
        .of_advertisers()
        .query(analytics::compare_parameters())
        .answers::<Comparison>(OK),
        get(
            "/api/v2/analytics/campaigns/{id}",
            "getCampaignAnalytics",
            analytics::of_campaign,
        )
        .about("One campaign: every metric, by day, creative, channel, device and country")
        .in_area(Area::Stats)
        .of_advertisers()
        .query(analytics::campaign_parameters())
        .answers::<CampaignAnalytics>(OK),
        get(
            "/api/v2/analytics/performance",
            "getPerformance",
            analytics::performance,
        )
        .about("The best of one dimension")
        .in_area(Area::Stats)
        .of_advertisers()
        .query(analytics::performance_parameters())
        .answers::<CustomReport>(OK),
        get(
            "/api/v2/analytics/custom-report",
            "getCustomReport",
            analytics::custom,
        )
        .about("Delivery by any dimensions and metrics")
        .in_area(Area::Stats)
        .of_advertisers()
        .query(analytics::custom_parameters())
        .answers::<CustomReport>(OK),
    ]
}
