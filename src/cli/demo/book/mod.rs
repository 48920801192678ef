//! What operators were promised: caps, and rivals that are kept apart. The TVs hold what they got
//! against it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::tally::Seen;
use crate::api::{Campaign, Cap, Category, PAGE_MAX, Page};
use crate::cli::failure::Failure;
use crate::client::{Call, Client, Collection};
use crate::model::CapScope;

/// How much longer than the seconds it is sold for an ad may be. Milliseconds.
const OVER_MAX: u64 = 100;

/// What all tenants sell.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Their names by id.
    tenants: BTreeMap<String, String>,
    /// By id.
    campaigns: BTreeMap<String, Terms>,
}

/// What was promised of one campaign.
#[derive(Debug)]
pub(super) struct Terms {
    /// Whose it is.
    pub(super) tenant: String,
    /// Its facts.
    pub(super) campaign: Campaign,
    /// The exclusive categories that it is in, or in something below.
    exclusive: BTreeSet<String>,
}

impl Book {
    /// Whether it was read what a tenant sells.
    pub(super) fn has(&self, tenant: &str) -> bool {
        self.tenants.contains_key(tenant)
    }

    /// The tenants: ids and names.
    pub(super) fn tenants(&self) -> impl Iterator<Item = (&str, &str)> {
        let tenants = self.tenants.iter();
        tenants.map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// Reads what a tenant sells.
    pub(super) async fn add(
        &mut self,
        client: &Client,
        tenant: &str,
        name: &str,
    ) -> Result<(), Failure> {
        self.tenants.insert(tenant.to_owned(), name.to_owned());
        let client = client.for_tenant(tenant);
        let all =
            |collection: Collection| Call::get(collection.path()).with("limit", Some(PAGE_MAX));
        let campaigns: Page<Campaign> = client.send(all(Collection::Campaigns)).await?.value;
        let categories: Page<Category> = client.send(all(Collection::Categories)).await?.value;
        for campaign in campaigns.items {
            self.insert(tenant, campaign, &categories.items);
        }
        Ok(())
    }

    fn insert(&mut self, tenant: &str, campaign: Campaign, categories: &[Category]) {
        let mut exclusive = BTreeSet::new();
        for code in &campaign.categories {
            let find = |code: &String| categories.iter().find(|known| known.code == *code);
            let lineage = std::iter::successors(find(code), |category| {
                category.parent.as_ref().and_then(find)
            });
            // No tree is deeper than it has categories.
            let of_it = lineage.take(categories.len()).filter(|one| one.exclusive);
            exclusive.extend(of_it.map(|category| category.code.clone()));
        }
        let terms = Terms {
            tenant: tenant.to_owned(),
            exclusive,
            campaign,
        };
        self.campaigns.insert(terms.campaign.id.clone(), terms);
    }

    /// Every campaign.
    pub(super) fn terms(&self) -> impl Iterator<Item = &Terms> {
        self.campaigns.values()
    }

    /// The campaigns of a tenant that are active.
    pub(super) fn on_air(&self, tenant: &str) -> Vec<&str> {
        let of_tenant = |terms: &&Terms| terms.tenant == tenant;
        self.terms()
            .filter(of_tenant)
            .filter(|terms| terms.campaign.status == "active")
            .map(|terms| terms.campaign.id.as_str())
            .collect()
    }

    /// Everything wrong with a pod of `ads`, each its campaign and its milliseconds, in a break of
    /// so many seconds.
    pub(super) fn faults(&self, ads: &[(&str, u64)], seconds: Option<u64>) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, (one, _time)) in ads.iter().enumerate() {
            let before = ads.iter().take(place);
            for (other, _time) in before {
                faults.extend(self.clash(one, other));
            }
            let times = ads.iter().filter(|(other, _time)| other == one).count();
            let most = self.campaigns.get(*one).and_then(Terms::per_pod);
            if most.is_some_and(|most| times > most) {
                faults.push(format!("{one} is {times} times in a pod"));
            }
        }
        let time: u64 = ads.iter().map(|&(_one, time)| time).sum();
        let over = OVER_MAX * ads.len() as u64;
        if seconds.is_some_and(|seconds| time > seconds * 1_000 + over) {
            faults.push(format!("{time} ms of ads in a break of {seconds:?} s"));
        }
        faults
    }

    /// Why two ads may not share a pod, unless they may.
    fn clash(&self, one: &str, other: &str) -> Option<String> {
        let (Some(a), Some(b)) = (self.campaigns.get(one), self.campaigns.get(other)) else {
            return Some(format!("{one} or {other} is no campaign"));
        };
        if a.campaign.advertiser_id == b.campaign.advertiser_id {
            let whose = &a.campaign.advertiser_id;
            return Some(format!("{one} and {other} of {whose} share a pod"));
        }
        let category = a.exclusive.intersection(&b.exclusive).next()?;
        Some(format!("{one} and {other}, both {category}, share a pod"))
    }

    /// How the caps by user were kept in what was seen within `took`.
    pub(super) fn capped(&self, seen: &Seen, took: Duration) -> Vec<Capped> {
        let mut rows = Vec::new();
        for terms in self.terms() {
            let campaign = &terms.campaign;
            for (cap, max) in terms.by_user(took) {
                let times: Vec<u64> = seen.times_by_user(&campaign.id).collect();
                rows.push(Capped {
                    campaign: campaign.id.clone(),
                    name: campaign.name.clone(),
                    cap,
                    max,
                    users: times.len() as u64,
                    users_at_max: times.iter().filter(|&&times| times == max).count() as u64,
                    most: times.iter().copied().max().unwrap_or_default(),
                });
            }
        }
        rows
    }
}

impl Terms {
    /// How often it may be in one pod, where that is capped.
    fn per_pod(&self) -> Option<usize> {
        let caps = self.campaign.caps.iter();
        let of_pod = caps.filter(|cap| cap.scope == CapScope::Pod.as_str());
        let windows = of_pod.flat_map(|cap| &cap.windows);
        windows
            .filter_map(|window| window.max.try_into().ok())
            .min()
    }

    /// Its caps by user as they are typed, each with the most that a user may see in `took`.
    fn by_user(&self, took: Duration) -> Vec<(String, u64)> {
        let caps = self.campaign.caps.iter();
        let of_user = caps.filter(|cap| cap.scope == CapScope::User.as_str());
        let bounded = of_user.filter_map(|cap| {
            // What is shorter than the evening may have been seen anew in it.
            let holds = |seconds: u32| Duration::from_secs(seconds.into()) > took;
            let windows = cap.windows.iter();
            let windows = windows.filter(|window| window.rolling_seconds.is_some_and(holds));
            let max = windows.map(|window| u64::from(window.max)).min()?;
            Some((typed(cap), max))
        });
        bounded.collect()
    }
}

/// A cap as it is typed.
pub(super) fn typed(cap: &Cap) -> String {
    Cap::read_all(std::slice::from_ref(cap), "caps")
        .ok()
        .and_then(|caps| caps.first().map(ToString::to_string))
        .unwrap_or_default()
}

/// How a cap by user was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Capped {
    /// `cmp_…`
    pub(super) campaign: String,
    /// Its name.
    pub(super) name: String,
    /// The cap as it is typed.
    pub(super) cap: String,
    /// How often a user may see it.
    pub(super) max: u64,
    /// How many users saw it.
    pub(super) users: u64,
    /// How many of them saw it as often as they may.
    pub(super) users_at_max: u64,
    /// How often it was seen by who saw it most.
    pub(super) most: u64,
}

impl Capped {
    /// Whether nobody saw it too often.
    pub(super) const fn is_kept(&self) -> bool {
        self.most <= self.max
    }
}

impl fmt::Display for Capped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            cap,
            max,
            users,
            users_at_max,
            most,
            ..
        } = self;
        write!(
            f,
            "{name}, at most {max} times a user ({cap}): {users_at_max} of {users} got there, "
        )?;
        if self.is_kept() {
            f.write_str("nobody further")
        } else {
            write!(f, "one saw it {most} TIMES")
        }
    }
}

#[cfg(test)]
mod tests;
