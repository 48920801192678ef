//! Turns what a fixture says into what the API takes, and finds everything that is wrong first.

use std::path::{Path, PathBuf};

use super::fixture::{CampaignSeed, ChannelSeed, CreativeSeed, Fixture, TenantSeed, Typed};
use crate::api::{
    AdvertiserFields, CampaignFields, ChannelFields, CreativeFields, FieldProblem, TenantFields,
};
use crate::cli::input::{InputError, parse_goal, parse_money, parse_rate, parse_span};

/// A tenant to find or make, then all that belongs to it.
#[derive(Debug)]
pub(super) struct TenantPlan {
    pub(super) name: String,
    pub(super) fields: TenantFields,
    pub(super) advertisers: Vec<(String, AdvertiserFields)>,
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

/// A file to upload under a name.
#[derive(Debug)]
pub(super) struct CreativePlan {
    pub(super) name: String,
    pub(super) file: PathBuf,
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
    let channels = tenant
        .channels
        .into_iter()
        .map(|channel| plan_channel(channel, &mut judge));
    let channels = channels.collect();
    let campaigns = tenant.campaigns.into_iter();
    let campaigns = campaigns.map(|campaign| plan_campaign(campaign, folder, &mut judge));
    TenantPlan {
        fields,
        advertisers: advertisers.collect(),
        channels,
        campaigns: campaigns.collect(),
        name: tenant.name,
    }
}

fn plan_channel(channel: ChannelSeed, judge: &mut Judge<'_>) -> (String, ChannelFields) {
    let at = format!("channel {}: slot", channel.name);
    let slot = channel
        .slot
        .and_then(|slot| judge.read(&at, &slot, parse_span));
    let fields = ChannelFields {
        name: Some(channel.name.clone()),
        description: channel.description,
        slot_ms: slot.map(|span| Some(span.0)),
        pod: None,
    };
    (channel.name, fields)
}

fn plan_campaign(campaign: CampaignSeed, folder: &Path, judge: &mut Judge<'_>) -> CampaignPlan {
    let at = |field: &str| format!("campaign {}: {field}", campaign.name);
    let budget = judge.read(&at("budget"), &campaign.budget, parse_money);
    let daily = campaign.daily_budget.as_ref();
    let daily = daily.and_then(|daily| judge.read(&at("daily_budget"), daily, parse_money));
    let goal = campaign.goal.as_ref();
    let goal = goal.and_then(|goal| judge.read(&at("goal"), goal, parse_goal));
    let rate = judge.read(&at("rate"), &campaign.rate, parse_rate);
    let (model, price) = rate.unzip();
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
            status: Some(initial.to_owned()),
            ..CampaignFields::default()
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
    Some(CreativePlan {
        fields: CreativeFields {
            name: Some(name.clone()),
            weight: seed.weight,
            click_url: seed.click_url.map(Some),
            ..CreativeFields::default()
        },
        name,
        file,
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
    channels: [{name: news, slot: soon}]
    campaigns:
      - {name: spring, advertiser: m, budget: 1e3x, start: now, end: +1d, rate: 24,
         goal: many, status: gone, creatives: [{file: none.mp4}]}
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
                "tenant acme, channel news: slot",
                "tenant acme, campaign spring: budget",
                "tenant acme, campaign spring: goal",
                "tenant acme, campaign spring: rate",
                "tenant acme, campaign spring: status",
                "tenant acme, creative none.mp4",
            ]
        );
    }
}
