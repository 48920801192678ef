//! Campaigns of a document, and their creatives.

use super::apply::{Applying, Existing, find};
use crate::admin::input::{self, Form};
use crate::admin::resource::channel_named;
use crate::api::{CampaignFields, DeclaredCampaign, DeclaredChange, DeclaredCreative};
use crate::model::creative::parse_sha256;
use crate::model::name::fold_name;
use crate::model::{
    Campaign, CampaignId, CampaignSpec, CampaignStatus, Creative, CreativeSpec, CreativeStatus,
    Media, Problem, Targeting, Timestamp,
};
use crate::store::catalog::{Kind, NewCampaign, NewCreative, Reader, StoreError};

/// A file that a creative is to have.
enum File {
    /// It is there.
    There(Media),
    /// The one of this content has to be uploaded; as good as there for a trial.
    Missing(String),
}

impl Applying<'_, '_> {
    /// Makes a campaign or brings the one of its name to what is listed; then its creatives.
    pub(super) fn campaign(
        &mut self,
        place: &str,
        declared: DeclaredCampaign,
    ) -> Result<(), StoreError> {
        let name = declared.fields.name.clone();
        if !self.is_listed_once(Kind::Campaign, place, name.as_deref()) {
            return Ok(());
        }
        let stored = find::<Campaign>(&self.unit.reader(), name.as_deref())?;
        let settled = match (&stored, self.existing) {
            (Some(stored), Existing::Keep) => Ok(stored.clone()),
            _ => self.settle_campaign(&declared, stored.as_ref()),
        };
        let campaign = match settled {
            Ok(campaign) => {
                self.note(stored.as_ref(), &campaign)?;
                Some(campaign.id)
            }
            Err(error) => {
                self.refuse(place, error)?;
                None
            }
        };
        let mut names = Vec::new();
        for (number, creative) in declared.creatives.into_iter().enumerate() {
            let place = format!("{place}.creatives[{number}]");
            let folded = creative.fields.name.as_deref().map(fold_name);
            if folded.is_some() && names.contains(&folded) {
                let problem = Problem::new("name", "is listed twice in the campaign");
                self.refuse(&place, StoreError::Invalid(vec![problem]))?;
                continue;
            }
            names.push(folded);
            let owner = (campaign, name.as_deref().unwrap_or_default());
            if let Err(error) = self.creative(owner, creative) {
                self.refuse(&place, error)?;
            }
        }
        Ok(())
    }

    fn settle_campaign(
        &mut self,
        declared: &DeclaredCampaign,
        stored: Option<&Campaign>,
    ) -> Result<Campaign, StoreError> {
        let (spec, status) = self.read_campaign(declared, stored)?;
        let Some(stored) = stored else {
            let now = self.unit.context().now;
            let status = status.unwrap_or(CampaignStatus::Draft);
            let status = first_status(status, spec.end, now);
            return self.unit.insert(NewCampaign { spec, status });
        };
        let campaign = self.unit.update::<Campaign>(stored.id, None, spec)?;
        let steps = status.map_or(&[][..], |wanted| match wanted {
            // One that is over and completed is as good as one that would be served.
            CampaignStatus::Active | CampaignStatus::Paused if self.is_done(&campaign) => &[],
            wanted => steps(campaign.status, wanted),
        });
        steps.iter().try_fold(campaign, |campaign, &status| {
            self.unit.set_campaign_status(campaign.id, None, status)
        })
    }

    fn is_done(&self, campaign: &Campaign) -> bool {
        let is_over = campaign.spec.end <= self.unit.context().now;
        is_over && campaign.status == CampaignStatus::Completed
    }

    /// What is listed, whole, and the status that is wanted.
    fn read_campaign(
        &self,
        declared: &DeclaredCampaign,
        stored: Option<&Campaign>,
    ) -> Result<(CampaignSpec, Option<CampaignStatus>), StoreError> {
        let reader = self.unit.reader();
        let mut fields = declared.fields.clone();
        let status = fields.status.take();
        keep_own(&mut fields, &declared.only_new, stored);
        let (advertiser, order) = (fields.advertiser.clone(), fields.order.clone().flatten());
        let mut form = Form::of(fields);
        let targeting = read_targeting(declared.targeting.as_deref(), &reader);
        let targeting = targeting.map_err(|problems| form.add(problems)).ok();
        let status = form.parse::<CampaignStatus>("status", status.as_deref());
        let links = form.links(&reader)?;
        let read = input::campaign(form, None, links);
        let (mut spec, _draft) = read.map_err(|mut problems| {
            // What was wrong with these is told where they are listed.
            let blamed = |kind, name: Option<&str>, field: &str, problem: &Problem| {
                problem.field == field && self.gave_up(kind, name)
            };
            problems.retain(|problem| {
                !blamed(
                    Kind::Advertiser,
                    advertiser.as_deref(),
                    "advertiser",
                    problem,
                ) && !blamed(Kind::Order, order.as_deref(), "order", problem)
            });
            StoreError::Invalid(problems)
        })?;
        if let Some(Some(targeting)) = targeting {
            spec.targeting = targeting;
        }
        Ok((spec, status))
    }

    fn creative(
        &mut self,
        (campaign, called): (Option<CampaignId>, &str),
        declared: DeclaredCreative,
    ) -> Result<(), StoreError> {
        let Some(campaign) = campaign else {
            // What is wrong with it is told all the same.
            return self.read_creative(&declared, None).map(drop);
        };
        let name = declared.fields.name.as_deref().map(fold_name);
        let mut there = self.unit.reader().creatives_of(campaign)?.into_iter();
        let stored = there.find(|one| Some(fold_name(&one.spec.name)) == name);
        if let (Some(stored), Existing::Keep) = (&stored, self.existing) {
            return self.note_creative(called, Some(stored), stored);
        }
        let (spec, status) = self.read_creative(&declared, stored.as_ref())?;
        let wanted = declared.sha256.as_deref().map(read_sha256).transpose()?;
        let has = stored.as_ref().and_then(|one| one.media.as_ref());
        let has = has.map(|media| media.sha256);
        if let Some(stored) = &stored
            && (wanted.is_none() || has == wanted)
        {
            let mut after = self.unit.update::<Creative>(stored.id, None, spec)?;
            if let Some(status) = status {
                after = self.unit.set_creative_status(stored.id, None, status)?;
            }
            return self.note_creative(called, Some(stored), &after);
        }
        let wanted = wanted.ok_or_else(|| {
            StoreError::invalid("sha256", "is required: what file the new creative has")
        })?;
        let file = self.file(wanted, declared.sha256.unwrap_or_default())?;
        if let Some(stored) = &stored {
            self.unit.delete::<Creative>(stored.id, None)?;
        }
        let wanted = status.unwrap_or(CreativeStatus::Active);
        let (media, status, lacking) = match file {
            File::There(media) => (Some(media), wanted, None),
            File::Missing(sha256) => (None, CreativeStatus::Processing, Some((sha256, wanted))),
        };
        let made = self.unit.insert::<Creative>(NewCreative {
            campaign,
            spec,
            status,
            failure: None,
            media,
        })?;
        let mut change = self.creative_change(called, stored.as_ref(), &made)?;
        if let (Some((sha256, status)), Some(after)) = (lacking, &mut change.after) {
            // What it is to be once its file is here.
            after["sha256"] = sha256.into();
            after["fields"]["status"] = status.as_str().into();
        }
        self.push(change);
        Ok(())
    }

    /// The file of a content hash.
    fn file(&mut self, sha256: [u8; 32], text: String) -> Result<File, StoreError> {
        if let Some(media) = self.media.get(&sha256) {
            return Ok(File::There(media.clone()));
        }
        if let Some(media) = self.unit.reader().media_of(&sha256)? {
            return Ok(File::There(media));
        }
        if self.unit.context().dry_run {
            self.miss(text.clone());
            return Ok(File::Missing(text));
        }
        let message = "no file of this content is here: upload it first, at /api/v1/media";
        Err(StoreError::invalid("sha256", message))
    }

    /// What is listed, whole, and the status that is wanted.
    fn read_creative(
        &self,
        declared: &DeclaredCreative,
        stored: Option<&Creative>,
    ) -> Result<(CreativeSpec, Option<CreativeStatus>), StoreError> {
        let reader = self.unit.reader();
        let mut fields = declared.fields.clone();
        if let Some(stored) = stored {
            for field in &declared.only_new {
                match field.as_str() {
                    "start" => fields.start = Some(stored.spec.start.map(|at| at.to_string())),
                    "end" => fields.end = Some(stored.spec.end.map(|at| at.to_string())),
                    _other => {}
                }
            }
        }
        let is_named = fields.name.is_some();
        let mut form = Form::of(fields);
        form.name_channels(&reader);
        let targeting = read_targeting(declared.targeting.as_deref(), &reader);
        let targeting = targeting.map_err(|problems| form.add(problems)).ok();
        if !is_named {
            form.add(vec![Problem::new("name", "is required")]);
        }
        let read = input::creative(form, CreativeSpec::of(String::new()));
        let (mut spec, status) = read.map_err(StoreError::Invalid)?;
        if let Some(Some(targeting)) = targeting {
            spec.targeting = targeting;
        }
        Ok((spec, status))
    }

    fn note_creative(
        &mut self,
        campaign: &str,
        before: Option<&Creative>,
        after: &Creative,
    ) -> Result<(), StoreError> {
        let change = self.creative_change(campaign, before, after)?;
        self.push(change);
        Ok(())
    }

    fn creative_change(
        &self,
        campaign: &str,
        before: Option<&Creative>,
        after: &Creative,
    ) -> Result<DeclaredChange, StoreError> {
        let mut change = DeclaredChange {
            campaign: Some(campaign.to_owned()),
            ..self.change(before, after)?
        };
        if before.is_some_and(|before| before.id != after.id) {
            "replace".clone_into(&mut change.action);
        }
        Ok(change)
    }
}

/// The rules of a text, if there is one and nothing is wrong with it.
fn read_targeting(
    text: Option<&str>,
    reader: &Reader<'_>,
) -> Result<Option<Targeting>, Vec<Problem>> {
    let Some(text) = text else {
        return Ok(None);
    };
    let read = Targeting::parse_naming(text, &|name| channel_named(reader, name));
    let targeting = read.map_err(|error| {
        let message = format!("{error}\n{}", error.excerpt(text));
        vec![Problem::new("targeting", message)]
    })?;
    let problems = targeting.problems();
    problems
        .is_empty()
        .then_some(Some(targeting))
        .ok_or(problems)
}

fn read_sha256(text: &str) -> Result<[u8; 32], StoreError> {
    parse_sha256(text).ok_or_else(|| {
        let message = "must be a content hash: 64 hexadecimal digits";
        StoreError::invalid("sha256", message)
    })
}

/// Fields that are for a new campaign alone, as the one that is there has them.
fn keep_own(fields: &mut CampaignFields, only_new: &[String], stored: Option<&Campaign>) {
    let Some(stored) = stored else {
        return;
    };
    for field in only_new {
        match field.as_str() {
            "start" => fields.start = Some(stored.spec.start.to_string()),
            "end" => fields.end = Some(stored.spec.end.to_string()),
            _other => {}
        }
    }
}

/// The status that a new campaign begins with: one that is over is completed.
fn first_status(wanted: CampaignStatus, end: Timestamp, now: Timestamp) -> CampaignStatus {
    match wanted {
        CampaignStatus::Active | CampaignStatus::Paused if end <= now => CampaignStatus::Completed,
        other => other,
    }
}

/// The way from one status to another.
fn steps(from: CampaignStatus, to: CampaignStatus) -> &'static [CampaignStatus] {
    use CampaignStatus::{Active, Completed, Draft, Paused};
    match (from, to) {
        (Draft | Completed, Paused) => &[Active, Paused],
        (Draft, Completed) => &[Active, Completed],
        (Draft, Draft) | (Active, Active) | (Paused, Paused) | (Completed, Completed) => &[],
        (_, Draft) => &[Draft],
        (_, Active) => &[Active],
        (_, Paused) => &[Paused],
        (_, Completed) => &[Completed],
    }
}
