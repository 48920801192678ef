//! Finds or makes what is planned: tenant by tenant, each thing by its name.

use jiff::tz::TimeZone;

use super::plan::{CampaignPlan, CreativePlan, TenantPlan};
use crate::api::{
    Advertiser, Campaign, CampaignFields, Category, Channel, Creative, CreativeFields, Order,
    PAGE_MAX, Page, Pod, StatusFields, Tenant,
};
use crate::cli::args::asked_zone;
use crate::cli::catalog::{Bulk, Noun};
use crate::cli::change::Change;
use crate::cli::creatives::upload;
use crate::cli::failure::Failure;
use crate::cli::input::{Source, parse_instant};
use crate::cli::session::Session;
use crate::client::{Call, Client, ClientError, Collection, DryRun};

/// What is said of a thing that was there.
pub(super) const EXISTS: &str = "exists";
const CREATED: &str = "created";

/// Finds or makes everything; goes on after a failure with what does not depend on it.
pub(super) async fn apply(
    plans: Vec<TenantPlan>,
    mode: DryRun,
    session: &mut Session,
) -> Result<Bulk<Change>, Failure> {
    let client = session.client()?;
    let mut run = Run {
        client,
        mode,
        session,
        bulk: Bulk::default(),
    };
    for plan in plans {
        run.tenant(plan).await?;
    }
    Ok(run.bulk)
}

struct Run<'s> {
    client: Client,
    mode: DryRun,
    session: &'s mut Session,
    bulk: Bulk<Change>,
}

/// A thing that was found or made; none when it is missing and nothing is written.
type Found<N> = Option<N>;

impl Run<'_> {
    async fn tenant(&mut self, plan: TenantPlan) -> Result<(), Failure> {
        let tenant: Option<Found<Tenant>> = self.settle(&plan.name, &plan.fields).await?;
        let Some(tenant) = tenant else {
            return Ok(());
        };
        let outer = self.client.clone();
        self.client = outer.for_tenant(tenant.as_ref().map_or(&plan.name, |tenant| &tenant.id));
        let parent = if tenant.is_some() {
            Parent::There
        } else {
            Parent::Missing
        };
        let known = tenant
            .map(|tenant| tenant.timezone)
            .or(plan.fields.timezone);
        let known = known.and_then(|name| TimeZone::get(&name).ok());
        let asked = asked_zone(&self.session.globals.format)?;
        let zone = asked.or(known).unwrap_or(TimeZone::UTC);
        for (name, fields) in &plan.advertisers {
            self.one::<Advertiser>(parent, name, fields).await?;
        }
        for (name, fields) in &plan.orders {
            self.one::<Order>(parent, name, fields).await?;
        }
        for (name, fields) in &plan.categories {
            self.one::<Category>(parent, name, fields).await?;
        }
        for (name, fields) in &plan.pods {
            self.one::<Pod>(parent, name, fields).await?;
        }
        for (name, fields) in &plan.channels {
            self.one::<Channel>(parent, name, fields).await?;
        }
        for campaign in plan.campaigns {
            self.campaign(parent, campaign, &zone).await?;
        }
        self.client = outer;
        Ok(())
    }

    async fn one<N: Noun>(
        &mut self,
        parent: Parent,
        name: &str,
        fields: &N::Fields,
    ) -> Result<(), Failure> {
        match parent {
            Parent::Missing => self.note::<N>(CREATED, "", name),
            Parent::There => _ = self.settle::<N>(name, fields).await?,
        }
        Ok(())
    }

    async fn campaign(
        &mut self,
        parent: Parent,
        plan: CampaignPlan,
        zone: &TimeZone,
    ) -> Result<(), Failure> {
        let mut found: Found<Campaign> = None;
        match parent {
            Parent::Missing => self.note::<Campaign>(CREATED, "", &plan.name),
            Parent::There => {
                let fields = match self.timed(&plan, zone) {
                    Ok(fields) => fields,
                    Err(failure) => return self.bulk.fail(self.session, &plan.name, failure),
                };
                match self.settle::<Campaign>(&plan.name, &fields).await? {
                    Some(settled) => found = settled,
                    None => return Ok(()),
                }
            }
        }
        self.creatives(found.as_ref(), plan.creatives, zone).await?;
        let was_made = self.bulk.done.iter().any(|change| {
            change.action == CREATED && found.as_ref().is_some_and(|found| found.id == change.id)
        });
        if let Some(found) = found.filter(|_found| plan.is_paused && was_made) {
            let call = Call::put(format!("{}/status", Collection::Campaigns.entry(&found.id)))
                .json(&StatusFields {
                    status: Some("paused".to_owned()),
                });
            if let Err(error) = self.client.send::<Campaign>(call).await {
                self.bulk.fail(self.session, &found.name, error.into())?;
            }
        }
        Ok(())
    }

    /// The fields with their times in the zone of the tenant.
    fn timed(&self, plan: &CampaignPlan, zone: &TimeZone) -> Result<CampaignFields, Failure> {
        let of = |field: &str| format!("campaign {}: {field}", plan.name);
        Ok(CampaignFields {
            start: Some(self.instant(&of("start"), &plan.start, zone)?),
            end: Some(self.instant(&of("end"), &plan.end, zone)?),
            ..plan.fields.clone()
        })
    }

    /// The same for a creative, whose times may be missing.
    fn timed_creative(
        &self,
        plan: &CreativePlan,
        zone: &TimeZone,
    ) -> Result<CreativeFields, Failure> {
        let read = |field: &str, text: &Option<String>| {
            let of = format!("creative {}: {field}", plan.name);
            let text = text.as_ref();
            text.map(|text| self.instant(&of, text, zone).map(Some))
                .transpose()
        };
        Ok(CreativeFields {
            start: read("start", &plan.start)?,
            end: read("end", &plan.end)?,
            ..plan.fields.clone()
        })
    }

    fn instant(&self, of: &str, text: &str, zone: &TimeZone) -> Result<String, Failure> {
        parse_instant(text, self.session.now(), zone)
            .map(|instant| instant.to_string())
            .map_err(|error| Failure::invalid(format!("{of}: {error}")))
    }

    async fn creatives(
        &mut self,
        campaign: Option<&Campaign>,
        plans: Vec<CreativePlan>,
        zone: &TimeZone,
    ) -> Result<(), Failure> {
        let there = match campaign {
            Some(campaign) if !plans.is_empty() => {
                let path = format!("{}/creatives", Collection::Campaigns.entry(&campaign.id));
                let call = Call::get(path).with("limit", Some(PAGE_MAX));
                self.client.send::<Page<Creative>>(call).await?.value.items
            }
            _ => Vec::new(),
        };
        for plan in plans {
            let same = |creative: &&Creative| creative.name == plan.name;
            if let Some(creative) = there.iter().find(same) {
                self.note::<Creative>(EXISTS, &creative.id, &creative.name);
                continue;
            }
            let (Some(campaign), DryRun::No) = (campaign, self.mode) else {
                self.note::<Creative>(CREATED, "", &plan.name);
                continue;
            };
            let fields = match self.timed_creative(&plan, zone) {
                Ok(fields) => fields,
                Err(failure) => {
                    self.bulk.fail(self.session, &plan.name, failure)?;
                    continue;
                }
            };
            let file = Source::Path(plan.file);
            let path = format!("{}/creatives", Collection::Campaigns.entry(&campaign.id));
            let target = (&self.client, Call::post(path));
            match upload(self.session, target, &file, &fields).await {
                Ok(creative) => self.note::<Creative>(CREATED, &creative.id, &creative.name),
                Err(failure) => self.bulk.fail(self.session, &plan.name, failure)?,
            }
        }
        Ok(())
    }

    /// Finds a thing by its name or makes it. The outer `None` is a failure that was noted.
    async fn settle<N: Noun>(
        &mut self,
        name: &str,
        fields: &N::Fields,
    ) -> Result<Option<Found<N>>, Failure> {
        let found = self
            .client
            .send::<N>(Call::get(N::COLLECTION.entry(name)))
            .await;
        match found {
            Ok(found) => {
                self.note::<N>(EXISTS, found.value.id(), found.value.name());
                return Ok(Some(Some(found.value)));
            }
            Err(error) if error.is_not_found() => {}
            Err(error) => return self.failed(name, error).map(|()| None),
        }
        if self.mode == DryRun::Yes {
            self.note::<N>(CREATED, "", name);
            return Ok(Some(None));
        }
        let call = Call::post(N::COLLECTION.path()).json(fields);
        match self.client.send::<N>(call).await {
            Ok(made) => {
                self.note::<N>(CREATED, made.value.id(), made.value.name());
                Ok(Some(Some(made.value)))
            }
            Err(error) => self.failed(name, error).map(|()| None),
        }
    }

    fn failed(&mut self, name: &str, error: ClientError) -> Result<(), Failure> {
        self.bulk.fail(self.session, name, error.into())
    }

    fn note<N: Noun>(&mut self, action: &'static str, id: &str, name: &str) {
        let missing = action == CREATED && self.mode == DryRun::Yes;
        self.bulk.done.push(Change {
            action: if missing { "missing" } else { action },
            kind: N::COLLECTION.noun(),
            id: id.to_owned(),
            name: name.to_owned(),
        });
    }
}

/// Whether what a thing belongs to is there yet.
#[derive(Debug, Clone, Copy)]
enum Parent {
    There,
    Missing,
}
