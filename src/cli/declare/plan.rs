//! Turns what a fixture says into what the API takes, and finds everything that is wrong first.

use std::path::{Path, PathBuf};

use super::fixture::{
    CampaignSeed, CategorySeed, ChannelSeed, CreativeSeed, Fixture, OrderSeed, PodSeed, TenantSeed,
    Typed,
};
use crate::api::{
    AdvertiserFields, CampaignFields, Cap, CategoryFields, ChannelFields, CreativeFields,
    FieldProblem, OrderFields, Pacing, PodFields, Targeting, TenantFields,
};
use crate::cli::input::{
    InputError, parse_cap, parse_goal, parse_money, parse_pacing, parse_rate, parse_span,
    parse_targeting,
};

/// A tenant to find or make, then all that belongs to it.
#[derive(Debug)]
pub(super) struct TenantPlan {
    pub(super) name: String,
    pub(super) fields: TenantFields,
    pub(super) advertisers: Vec<(String, AdvertiserFields)>,
    pub(super) orders: Vec<(String, OrderFields)>,
    pub(super) categories: Vec<(String, CategoryFields)>,
    pub(super) pods: Vec<(String, PodFields)>,
    pub(super) channels: Vec<(String, ChannelFields)>,
    pub(super) campaigns: Vec<CampaignPlan>,
}

/// A campaign; its times wait for the zone of the tenant.
#[derive(Debug)]
pub(super) struct CampaignPlan {
    pub(super) name: String,
    pub(super) fields: CampaignFields,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) is_paused: bool,
    pub(super) creatives: Vec<CreativePlan>,
}

/// A file to upload under a name; its times wait for the zone of the tenant.
#[derive(Debug)]
pub(super) struct CreativePlan {
    pub(super) name: String,
    pub(super) file: PathBuf,
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    pub(super) fields: CreativeFields,
}

/// The plans of a file in `folder`; what is wrong is added to `problems`.
pub(super) fn plan(
    fixture: Fixture,
    folder: &Path,
    problems: &mut Vec<FieldProblem>,
) -> Vec<TenantPlan> {
    let tenants = fixture.tenants.into_iter();
    tenants
        .map(|tenant| plan_tenant(tenant, folder, problems))
        .collect()
}

fn plan_tenant(tenant: TenantSeed, folder: &Path, problems: &mut Vec<FieldProblem>) -> TenantPlan {
    let fields = TenantFields {
        name: Some(tenant.name.clone()),
        timezone: tenant.timezone,
        currency: tenant.currency,
    };
    let advertisers = tenant.advertisers.into_iter().map(|advertiser| {
        let fields = AdvertiserFields {
            name: Some(advertiser.name.clone()),
            domain: advertiser.domain.map(Some),
            categories: Some(advertiser.categories),
        };
        (advertiser.name, fields)
    });
    let mut judge = Judge {
        place: tenant.name.clone(),
        problems,
    };
    let orders = tenant.orders.into_iter();
    let orders = orders.map(|order| plan_order(order, &mut judge)).collect();
    let categories = tenant.categories.into_iter();
    let categories = categories
        .map(|category| plan_category(category, &mut judge))
        .collect();
    let pods = tenant.pods.into_iter();
    let pods = pods.map(|pod| plan_pod(pod, &mut judge)).collect();
    let channels = tenant.channels.into_iter();
    let channels = channels
        .map(|channel| plan_channel(channel, &mut judge))
        .collect();
    let campaigns = tenant.campaigns.into_iter();
    let campaigns = campaigns.map(|campaign| plan_campaign(campaign, folder, &mut judge));
    TenantPlan {
        fields,
        advertisers: advertisers.collect(),
        orders,
        categories,
        pods,
        channels,
        campaigns: campaigns.collect(),
        name: tenant.name,
    }
}

fn plan_order(order: OrderSeed, judge: &mut Judge<'_>) -> (String, OrderFields) {
    let at = |field: &str| format!("order {}: {field}", order.name);
    let budget = judge.read_if_any(&at("budget"), order.budget.as_ref(), parse_money);
    let daily = judge.read_if_any(
        &at("daily_budget"),
        order.daily_budget.as_ref(),
        parse_money,
    );
    let goal = judge.read_if_any(&at("goal"), order.goal.as_ref(), parse_goal);
    let fields = OrderFields {
        advertiser: Some(order.advertiser),
        name: Some(order.name.clone()),
        description: order.description,
        total_budget_micros: budget.map(Some),
        daily_budget_micros: daily.map(Some),
        impression_goal: goal.map(Some),
        caps: Some(judge.caps(&format!("order {}", order.name), &order.caps)),
    };
    (order.name, fields)
}

fn plan_category(category: CategorySeed, judge: &mut Judge<'_>) -> (String, CategoryFields) {
    let at = format!("category {}: separation", category.code);
    let separation = judge.read_if_any(&at, category.separation.as_ref(), parse_span);
    let fields = CategoryFields {
        code: Some(category.code.clone()),
        name: category.name,
        parent: category.parent.map(Some),
        exclusive: Some(category.exclusive),
        separation_ms: separation.map(|span| Some(span.0)),
    };
    (category.code, fields)
}

fn plan_pod(pod: PodSeed, judge: &mut Judge<'_>) -> (String, PodFields) {
    let at = |field: &str| format!("pod {}: {field}", pod.name);
    let duration = judge.read_if_any(&at("duration"), pod.duration.as_ref(), parse_span);
    let gap = judge.read_if_any(
        &at("advertiser_gap"),
        pod.advertiser_gap.as_ref(),
        parse_span,
    );
    let min_ad = judge.read_if_any(&at("min_ad"), pod.min_ad.as_ref(), parse_span);
    let max_ad = judge.read_if_any(&at("max_ad"), pod.max_ad.as_ref(), parse_span);
    let slots = pod.slots.iter();
    let slots = slots.filter_map(|slot| judge.read(&at("slots"), slot, parse_span));
    let fields = PodFields {
        name: Some(pod.name.clone()),
        description: pod.description,
        duration_ms: duration.map(|span| span.0),
        slots_ms: Some(slots.map(|span| span.0).collect()),
        min_ads: pod.min_ads,
        max_ads: pod.max_ads,
        min_ad_ms: min_ad.map(|span| Some(span.0)),
        max_ad_ms: max_ad.map(|span| Some(span.0)),
        per_advertiser: pod.per_advertiser,
        advertiser_gap_ms: gap.map(|span| span.0),
        goal: pod.goal,
    };
    (pod.name, fields)
}

fn plan_channel(channel: ChannelSeed, judge: &mut Judge<'_>) -> (String, ChannelFields) {
    let at = format!("channel {}: slot", channel.name);
    let slot = judge.read_if_any(&at, channel.slot.as_ref(), parse_span);
    let fields = ChannelFields {
        name: Some(channel.name.clone()),
        description: channel.description,
        slot_ms: slot.map(|span| Some(span.0)),
        pod: channel.pod.map(Some),
        stream: channel.stream.map(Some),
    };
    (channel.name, fields)
}

fn plan_campaign(campaign: CampaignSeed, folder: &Path, judge: &mut Judge<'_>) -> CampaignPlan {
    let at = |field: &str| format!("campaign {}: {field}", campaign.name);
    let budget = judge.read(&at("budget"), &campaign.budget, parse_money);
    let daily = campaign.daily_budget.as_ref();
    let daily = judge.read_if_any(&at("daily_budget"), daily, parse_money);
    let goal = judge.read_if_any(&at("goal"), campaign.goal.as_ref(), parse_goal);
    let rate = judge.read(&at("rate"), &campaign.rate, parse_rate);
    let (model, price) = rate.unzip();
    let caps = judge.caps(&format!("campaign {}", campaign.name), &campaign.caps);
    let pacing = judge.read_if_any(&at("pacing"), campaign.pacing.as_ref(), parse_pacing);
    let targeting = campaign.targeting.as_ref();
    let targeting = judge.read_if_any(&at("targeting"), targeting, parse_targeting);
    let status = campaign.status.as_deref().unwrap_or("draft");
    if !matches!(status, "draft" | "active" | "paused") {
        judge.problem(&at("status"), "is not draft, active or paused");
    }
    let creatives = campaign.creatives.into_iter();
    let creatives: Vec<CreativePlan> = creatives
        .filter_map(|seed| plan_creative(seed, folder, judge))
        .collect();
    let initial = if status == "draft" { "draft" } else { "active" };
    CampaignPlan {
        fields: CampaignFields {
            advertiser: Some(campaign.advertiser),
            name: Some(campaign.name.clone()),
            description: campaign.description,
            total_budget_micros: budget,
            daily_budget_micros: daily.map(Some),
            impression_goal: goal.map(Some),
            start: None,
            end: None,
            price_model: model.map(|model| model.to_string()),
            price_micros: price,
            tier: campaign.tier,
            weight: campaign.weight,
            order: campaign.order.map(Some),
            targeting: targeting.as_ref().map(Targeting::of),
            caps: Some(caps),
            pacing: pacing.map(|pacing| Pacing::of(&pacing)),
            categories: Some(campaign.categories),
            position: campaign.position,
            share_of_voice: campaign.share_of_voice.map(Some),
            status: Some(initial.to_owned()),
        },
        start: campaign.start.0,
        end: campaign.end.0,
        is_paused: status == "paused",
        creatives,
        name: campaign.name,
    }
}

fn plan_creative(seed: CreativeSeed, folder: &Path, judge: &mut Judge<'_>) -> Option<CreativePlan> {
    let file = folder.join(&seed.file);
    let at = format!("creative {}", seed.file.display());
    if !file.is_file() {
        judge.problem(&at, &format!("there is no file {}", file.display()));
        return None;
    }
    let stem = file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let name = seed.name.or(stem)?;
    let targeting = seed.targeting.as_ref();
    let targeting = judge.read_if_any(&format!("{at}: targeting"), targeting, parse_targeting);
    Some(CreativePlan {
        fields: CreativeFields {
            name: Some(name.clone()),
            weight: seed.weight,
            click_url: seed.click_url.map(Some),
            targeting: targeting.as_ref().map(Targeting::of),
            caps: (!seed.caps.is_empty()).then(|| judge.caps(&at, &seed.caps)),
            ..CreativeFields::default()
        },
        name,
        file,
        start: seed.start.map(|start| start.0),
        end: seed.end.map(|end| end.0),
    })
}

/// Collects what is wrong, with its place.
struct Judge<'p> {
    place: String,
    problems: &'p mut Vec<FieldProblem>,
}

impl Judge<'_> {
    fn read<T>(
        &mut self,
        at: &str,
        typed: &Typed,
        read: impl FnOnce(&str) -> Result<T, InputError>,
    ) -> Option<T> {
        read(&typed.0)
            .map_err(|error| self.problem(at, &error.to_string()))
            .ok()
    }

    fn read_if_any<T>(
        &mut self,
        at: &str,
        typed: Option<&Typed>,
        read: impl FnOnce(&str) -> Result<T, InputError>,
    ) -> Option<T> {
        self.read(at, typed?, read)
    }

    fn caps(&mut self, of: &str, typed: &[Typed]) -> Vec<Cap> {
        let at = format!("{of}: caps");
        let caps = typed.iter();
        let caps = caps.filter_map(|cap| self.read(&at, cap, parse_cap));
        caps.map(|cap| Cap::of(&cap)).collect()
    }

    fn problem(&mut self, at: &str, message: &str) {
        self.problems.push(FieldProblem {
            field: format!("tenant {}, {at}", self.place),
            message: message.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_found_at_once_with_its_place() {
        let text = "
tenants:
  - name: acme
    orders: [{name: frame, advertiser: m, budget: much, caps: ['user:3/1y']}]
    categories: [{code: auto, separation: long}]
    pods: [{name: mid, slots: [30s, x], min_ad: brief, max_ad: long}]
    channels: [{name: news, slot: soon}]
    campaigns:
      - {name: spring, advertiser: m, budget: 1e3x, start: now, end: +1d, rate: 24,
         goal: many, status: gone, caps: [user], pacing: fast, targeting: geo is US, creatives: [{file: none.mp4}]}
";
        let fixture: Fixture = serde_saphyr::from_str(text).unwrap();
        let mut problems = Vec::new();
        plan(fixture, Path::new("/nowhere"), &mut problems);
        let places: Vec<&str> = problems
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(
            places,
            [
                "tenant acme, order frame: budget",
                "tenant acme, order frame: caps",
                "tenant acme, category auto: separation",
                "tenant acme, pod mid: min_ad",
                "tenant acme, pod mid: max_ad",
                "tenant acme, pod mid: slots",
                "tenant acme, channel news: slot",
                "tenant acme, campaign spring: budget",
                "tenant acme, campaign spring: goal",
                "tenant acme, campaign spring: rate",
                "tenant acme, campaign spring: caps",
                "tenant acme, campaign spring: pacing",
                "tenant acme, campaign spring: targeting",
                "tenant acme, campaign spring: status",
                "tenant acme, creative none.mp4",
            ]
        );
    }
}
