//! Turns what files say into what the API takes, and finds everything that is wrong first.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::file::{
    AdvertiserFile, CampaignFile, CategoryFile, ChannelFile, CreativeFile, OrderFile, PodFile,
    Typed,
};
use super::films::Films;
use super::judge::Judge;
use super::source::{Group, Loaded, Part};
use crate::api::{
    AdvertiserFields, CampaignFields, CategoryFields, ChannelFields, CreativeFields,
    DeclaredCampaign, DeclaredCatalog, DeclaredCreative, OrderFields, Pacing, PodFields,
};
use crate::cli::input::{parse_goal, parse_money, parse_pacing, parse_rate};
use crate::model::{CampaignStatus, CreativeStatus, Timestamp};

/// What is wrong with something in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) origin: Origin,
    /// The field as the file names it; empty for the thing as a whole.
    pub(super) field: String,
    pub(super) message: String,
}

/// Where something is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// Number of the file.
    pub(super) file: usize,
    /// Its place in there: `tenants[0].campaigns[3]`.
    pub(super) path: String,
    /// For people: `campaign spring`.
    pub(super) what: String,
}

/// What the files list of one tenant, as the API takes it.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) catalog: DeclaredCatalog,
    /// Where each is listed, by its place in the catalog: `campaigns[3].creatives[0]`.
    pub(super) origins: HashMap<String, Origin>,
    /// The films that are there to be uploaded, by content hash.
    pub(super) films: HashMap<String, PathBuf>,
}

/// When and where a file is read.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
}

/// The plan of what is listed of a tenant; what is wrong is added to `faults`.
pub(super) fn plan(
    group: &Group,
    files: &[Loaded],
    (moment, hashes): (&Moment, &mut Films),
    faults: &mut Vec<Fault>,
) -> Plan {
    let mut planner = Planner {
        plan: Plan::default(),
        moment,
        hashes,
        faults,
    };
    for part in &group.parts {
        let folder = files.get(part.file).map(|file| file.folder.as_path());
        planner.part(part, folder.unwrap_or(Path::new("")));
    }
    planner.plan
}

struct Planner<'p> {
    plan: Plan,
    moment: &'p Moment,
    hashes: &'p mut Films,
    faults: &'p mut Vec<Fault>,
}

impl Planner<'_> {
    fn part(&mut self, part: &Part, folder: &Path) {
        let lists = &part.lists;
        for (place, one) in lists.advertisers.iter().enumerate() {
            let number = self.plan.catalog.advertisers.len();
            self.at(
                part,
                ("advertisers", place),
                number,
                format!("advertiser {}", one.name),
            );
            self.plan.catalog.advertisers.push(advertiser(one));
        }
        for (place, one) in lists.orders.iter().enumerate() {
            let number = self.plan.catalog.orders.len();
            let origin = self.at(
                part,
                ("orders", place),
                number,
                format!("order {}", one.name),
            );
            let fields = order(one, &mut self.judge(origin));
            self.plan.catalog.orders.push(fields);
        }
        for (place, one) in lists.categories.iter().enumerate() {
            let number = self.plan.catalog.categories.len();
            let what = format!("category {}", one.code);
            let origin = self.at(part, ("categories", place), number, what);
            let fields = category(one, &mut self.judge(origin));
            self.plan.catalog.categories.push(fields);
        }
        for (place, one) in lists.pods.iter().enumerate() {
            let number = self.plan.catalog.pods.len();
            let origin = self.at(part, ("pods", place), number, format!("pod {}", one.name));
            let fields = pod(one, &mut self.judge(origin));
            self.plan.catalog.pods.push(fields);
        }
        for (place, one) in lists.channels.iter().enumerate() {
            let number = self.plan.catalog.channels.len();
            let what = format!("channel {}", one.name);
            let origin = self.at(part, ("channels", place), number, what);
            let fields = channel(one, &mut self.judge(origin));
            self.plan.catalog.channels.push(fields);
        }
        for (place, one) in lists.campaigns.iter().enumerate() {
            let number = self.plan.catalog.campaigns.len();
            let what = format!("campaign {}", one.name);
            let origin = self.at(part, ("campaigns", place), number, what);
            let moment = self.moment.clone();
            let mut declared = campaign(one, &moment, &mut self.judge(origin.clone()));
            declared.creatives = self.creatives(one, &origin, (number, folder));
            self.plan.catalog.campaigns.push(declared);
        }
    }

    /// Notes where something is listed.
    fn at(
        &mut self,
        part: &Part,
        (list, place): (&str, usize),
        number: usize,
        what: String,
    ) -> Origin {
        let origin = Origin {
            file: part.file,
            path: format!("{}{list}[{place}]", part.prefix),
            what,
        };
        let key = format!("{list}[{number}]");
        self.plan.origins.insert(key, origin.clone());
        origin
    }

    fn judge(&mut self, origin: Origin) -> Judge<'_> {
        Judge {
            origin,
            faults: self.faults,
        }
    }

    fn creatives(
        &mut self,
        campaign: &CampaignFile,
        of: &Origin,
        (number, folder): (usize, &Path),
    ) -> Vec<DeclaredCreative> {
        let mut creatives = Vec::new();
        for (place, one) in campaign.creatives.iter().enumerate() {
            let stem = one.file.as_deref().and_then(Path::file_stem);
            let stem = stem.map(|stem| stem.to_string_lossy().into_owned());
            let name = one.name.clone().or(stem);
            let origin = Origin {
                file: of.file,
                path: format!("{}.creatives[{place}]", of.path),
                what: format!(
                    "creative {}/{}",
                    campaign.name,
                    name.as_deref().unwrap_or("?")
                ),
            };
            let key = format!("campaigns[{number}].creatives[{place}]");
            self.plan.origins.insert(key, origin.clone());
            let sha256 = self.film(one, folder, &origin);
            let moment = self.moment.clone();
            let mut declared = creative(one, &moment, &mut self.judge(origin));
            declared.sha256 = sha256;
            declared.fields.name = name;
            creatives.push(declared);
        }
        creatives
    }

    /// The content hash of the film of a creative.
    fn film(&mut self, creative: &CreativeFile, folder: &Path, origin: &Origin) -> Option<String> {
        let said = creative.sha256.as_deref().map(str::to_ascii_lowercase);
        let Some(file) = &creative.file else {
            return said;
        };
        let path = folder.join(file);
        let found = self.hashes.hash(&path);
        let mut judge = self.judge(origin.clone());
        match found {
            Err(_missing) if !path.exists() => {
                judge.fault("file", format!("there is no file {}", path.display()));
                said
            }
            Err(error) => {
                judge.fault("file", format!("cannot read {}: {error}", path.display()));
                said
            }
            Ok(hash) => {
                if said.as_ref().is_some_and(|said| *said != hash) {
                    judge.fault(
                        "sha256",
                        format!("{} has the content {hash}", path.display()),
                    );
                }
                self.plan.films.insert(hash.clone(), path);
                Some(hash)
            }
        }
    }
}

fn advertiser(file: &AdvertiserFile) -> AdvertiserFields {
    AdvertiserFields {
        name: Some(file.name.clone()),
        domain: file.domain.clone().map(Some),
        categories: Some(file.categories.clone()),
    }
}

fn order(file: &OrderFile, judge: &mut Judge<'_>) -> OrderFields {
    let budget = judge.read_if_any("budget", file.budget.as_ref(), parse_money);
    let daily = judge.read_if_any("daily_budget", file.daily_budget.as_ref(), parse_money);
    let goal = judge.read_if_any("goal", file.goal.as_ref(), parse_goal);
    OrderFields {
        advertiser: Some(file.advertiser.clone()),
        name: Some(file.name.clone()),
        description: file.description.clone(),
        total_budget_micros: budget.map(Some),
        daily_budget_micros: daily.map(Some),
        impression_goal: goal.map(Some),
        caps: Some(judge.caps(&file.caps)),
    }
}

fn category(file: &CategoryFile, judge: &mut Judge<'_>) -> CategoryFields {
    let separation = judge.span("separation", file.separation.as_ref());
    CategoryFields {
        code: Some(file.code.clone()),
        name: file.name.clone(),
        parent: file.parent.clone().map(Some),
        exclusive: Some(file.exclusive),
        separation_ms: separation.map(Some),
    }
}

fn pod(file: &PodFile, judge: &mut Judge<'_>) -> PodFields {
    let slots = file.slots.iter().enumerate();
    let slots =
        slots.filter_map(|(place, slot)| judge.span(&format!("slots[{place}]"), Some(slot)));
    let slots = slots.collect();
    PodFields {
        name: Some(file.name.clone()),
        description: file.description.clone(),
        duration_ms: judge.span("duration", file.duration.as_ref()),
        slots_ms: Some(slots),
        min_ads: file.min_ads,
        max_ads: file.max_ads,
        min_ad_ms: judge.span("min_ad", file.min_ad.as_ref()).map(Some),
        max_ad_ms: judge.span("max_ad", file.max_ad.as_ref()).map(Some),
        per_advertiser: file.per_advertiser,
        advertiser_gap_ms: judge.span("advertiser_gap", file.advertiser_gap.as_ref()),
        goal: file.goal.clone(),
    }
}

fn channel(file: &ChannelFile, judge: &mut Judge<'_>) -> ChannelFields {
    ChannelFields {
        name: Some(file.name.clone()),
        description: file.description.clone(),
        slot_ms: judge.span("slot", file.slot.as_ref()).map(Some),
        pod: file.pod.clone().map(Some),
        stream: file.stream.clone().map(Some),
    }
}

fn campaign(file: &CampaignFile, moment: &Moment, judge: &mut Judge<'_>) -> DeclaredCampaign {
    let budget = judge.read("budget", &file.budget, parse_money);
    let daily = judge.read_if_any("daily_budget", file.daily_budget.as_ref(), parse_money);
    let goal = judge.read_if_any("goal", file.goal.as_ref(), parse_goal);
    let mut only_new = Vec::new();
    let start = judge.instant("start", &file.start, (moment, &mut only_new));
    let end = judge.instant("end", &file.end, (moment, &mut only_new));
    let (model, price) = judge.read("rate", &file.rate, parse_rate).unzip();
    let pacing = judge.read_if_any("pacing", file.pacing.as_ref(), parse_pacing);
    judge.status::<CampaignStatus>(file.status.as_ref());
    DeclaredCampaign {
        targeting: judge.targeting(file.targeting.as_ref()),
        fields: CampaignFields {
            advertiser: Some(file.advertiser.clone()),
            name: Some(file.name.clone()),
            description: file.description.clone(),
            total_budget_micros: budget,
            daily_budget_micros: daily.map(Some),
            impression_goal: goal.map(Some),
            start,
            end,
            price_model: model.map(|model| model.to_string()),
            price_micros: price,
            tier: file.tier.clone(),
            weight: file.weight,
            order: file.order.clone().map(Some),
            targeting: None,
            caps: Some(judge.caps(&file.caps)),
            pacing: pacing.map(|pacing| Pacing::of(&pacing)),
            categories: Some(file.categories.clone()),
            position: file.position.clone(),
            share_of_voice: file.share_of_voice.map(Some),
            status: file.status.clone(),
        },
        only_new,
        creatives: Vec::new(),
    }
}

/// Without its name and its film.
fn creative(file: &CreativeFile, moment: &Moment, judge: &mut Judge<'_>) -> DeclaredCreative {
    let mut only_new = Vec::new();
    let mut instant = |judge: &mut Judge<'_>, field: &str, typed: Option<&Typed>| {
        let read = judge.instant(field, typed?, (moment, &mut only_new));
        read.map(Some)
    };
    let start = instant(judge, "start", file.start.as_ref());
    let end = instant(judge, "end", file.end.as_ref());
    judge.status::<CreativeStatus>(file.status.as_ref());
    DeclaredCreative {
        targeting: judge.targeting(file.targeting.as_ref()),
        fields: CreativeFields {
            name: None,
            weight: file.weight,
            click_url: file.click_url.clone().map(Some),
            targeting: None,
            caps: Some(judge.caps(&file.caps)),
            start,
            end,
            status: file.status.clone(),
        },
        only_new,
        sha256: None,
    }
}
