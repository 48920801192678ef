//! Random writes and undos, against plain maps that know nothing of SQL.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::steps::{Step, step};
use super::*;
use crate::model::{AdvertiserId, OperationId};

/// What the oracle knows of one thing.
#[derive(Debug, Clone, PartialEq)]
struct Thing {
    name: String,
    parent: Option<Key>,
    status: Option<CampaignStatus>,
}

/// The place of a kind in the order of parents, and a number.
type Key = (u8, u32);
const ADVERTISER: u8 = 0;
const CAMPAIGN: u8 = 1;
const CREATIVE: u8 = 2;

#[derive(Debug, Clone)]
struct Line {
    group: usize,
    key: Key,
    before: Option<Thing>,
    after: Option<Thing>,
    undoes: Option<usize>,
    undone_by: Option<usize>,
}

#[derive(Debug, Clone, Default)]
struct Oracle {
    things: BTreeMap<Key, Thing>,
    given: [u32; 3],
    lines: Vec<Line>,
    group: Option<usize>,
}

pub(super) type Outcome = Result<(), &'static str>;

impl Oracle {
    /// Takes a step whole or not at all.
    fn take(&mut self, step: &Step) -> Outcome {
        let before = self.clone();
        self.group = None;
        let outcome = self.attempt(step);
        if outcome.is_err() {
            *self = before;
        }
        outcome
    }

    fn attempt(&mut self, step: &Step) -> Outcome {
        match *step {
            Step::InsertAdvertiser(name) => self.insert(ADVERTISER, name, None, None),
            Step::InsertCampaign(payer, name) => {
                let active = Some(CampaignStatus::Active);
                self.insert(CAMPAIGN, name, Some((ADVERTISER, payer)), active)
            }
            Step::InsertCreative(campaign, name) => {
                self.insert(CREATIVE, name, Some((CAMPAIGN, campaign)), None)
            }
            Step::RenameAdvertiser(id, name) => {
                let mut thing = self.thing((ADVERTISER, id))?;
                thing.name = name.to_owned();
                self.update((ADVERTISER, id), thing)
            }
            Step::MoveCampaign(id, payer, name) => {
                let mut thing = self.thing((CAMPAIGN, id))?;
                thing.name = name.to_owned();
                thing.parent = Some((ADVERTISER, payer));
                self.update((CAMPAIGN, id), thing)
            }
            Step::SetStatus(id, status) => {
                let mut thing = self.thing((CAMPAIGN, id))?;
                let from = thing.status.unwrap();
                if from != status && !from.next().contains(&status) {
                    return Err("invalid");
                }
                thing.status = Some(status);
                self.update((CAMPAIGN, id), thing)
            }
            Step::Delete(kind, id) => self.delete((place(kind), id)),
            Step::Clone(id, name) => self.copy((CAMPAIGN, id), name),
            Step::UndoLatest => {
                let open = |line: &Line| line.undoes.is_none() && line.undone_by.is_none();
                let latest = self.lines.iter().rposition(open).ok_or("not found")?;
                self.undo(self.lines[latest].group)
            }
            Step::Undo(operation) => {
                let line = self.lines.get(operation as usize - 1).ok_or("not found")?;
                self.undo(line.group)
            }
        }
    }

    fn thing(&self, key: Key) -> Result<Thing, &'static str> {
        self.things.get(&key).cloned().ok_or("not found")
    }

    fn children(&self, key: Key) -> Vec<Key> {
        let of = |(_, thing): &(&Key, &Thing)| thing.parent == Some(key);
        self.things.iter().filter(of).map(|(key, _)| *key).collect()
    }

    fn check(&self, key: Key, thing: &Thing) -> Outcome {
        if thing
            .parent
            .is_some_and(|parent| !self.things.contains_key(&parent))
        {
            return Err("not found");
        }
        let taken = self.things.iter().any(|(other, found)| {
            let same_space = key.0 != CREATIVE || found.parent == thing.parent;
            *other != key && other.0 == key.0 && same_space && found.name == thing.name
        });
        if taken { Err("name taken") } else { Ok(()) }
    }

    fn insert(
        &mut self,
        kind: u8,
        name: &str,
        parent: Option<Key>,
        status: Option<CampaignStatus>,
    ) -> Outcome {
        let thing = Thing {
            name: name.to_owned(),
            parent,
            status,
        };
        let id = self.given[usize::from(kind)] + 1;
        self.check((kind, id), &thing)?;
        self.given[usize::from(kind)] = id;
        self.set((kind, id), Some(thing), None);
        Ok(())
    }

    fn update(&mut self, key: Key, thing: Thing) -> Outcome {
        if self.things.get(&key) == Some(&thing) {
            return Ok(());
        }
        self.check(key, &thing)?;
        self.set(key, Some(thing), None);
        Ok(())
    }

    fn delete(&mut self, key: Key) -> Outcome {
        self.thing(key)?;
        for child in self.children(key) {
            if key.0 == ADVERTISER {
                return Err("in use");
            }
            self.delete(child)?;
        }
        self.set(key, None, None);
        Ok(())
    }

    fn copy(&mut self, key: Key, name: &str) -> Outcome {
        let original = self.thing(key)?;
        let draft = Some(CampaignStatus::Draft);
        self.insert(CAMPAIGN, name, original.parent, draft)?;
        let copy = (CAMPAIGN, self.given[usize::from(CAMPAIGN)]);
        for child in self.children(key) {
            let name = self.things[&child].name.clone();
            self.insert(CREATIVE, &name, Some(copy), None)?;
        }
        Ok(())
    }

    fn undo(&mut self, group: usize) -> Outcome {
        let members = 0..self.lines.len();
        let members: Vec<_> = members
            .filter(|&at| self.lines[at].group == group)
            .collect();
        for at in members.into_iter().rev() {
            let line = self.lines[at].clone();
            if line.undone_by.is_some() {
                return Err("already undone");
            }
            if self.things.get(&line.key) != line.after.as_ref() {
                return Err("changed since");
            }
            match &line.before {
                Some(before) => self.check(line.key, before)?,
                None if !self.children(line.key).is_empty() => return Err("in use"),
                None => {}
            }
            self.set(line.key, line.before, Some(at));
            self.lines[at].undone_by = Some(self.lines.len() - 1);
            if let Some(original) = line.undoes {
                self.lines[original].undone_by = None;
            }
        }
        Ok(())
    }

    fn set(&mut self, key: Key, after: Option<Thing>, undoes: Option<usize>) {
        let before = match after.clone() {
            Some(thing) => self.things.insert(key, thing),
            None => self.things.remove(&key),
        };
        let group = *self.group.get_or_insert(self.lines.len());
        self.lines.push(Line {
            group,
            key,
            before,
            after,
            undoes,
            undone_by: None,
        });
    }
}

const fn place(kind: Kind) -> u8 {
    match kind {
        Kind::Tenant
        | Kind::Channel
        | Kind::Advertiser
        | Kind::Order
        | Kind::Category
        | Kind::Pod
        | Kind::User
        | Kind::Key => ADVERTISER,
        Kind::Campaign => CAMPAIGN,
        Kind::Creative => CREATIVE,
    }
}

/// The same step on the store.
pub(super) fn take(world: &World, scope: Scope, step: &Step) -> Outcome {
    let done = world.write(scope, |unit| match *step {
        Step::InsertAdvertiser(name) => unit.insert::<Advertiser>(advertiser(name)).map(drop),
        Step::InsertCampaign(payer, name) => {
            let mut new = campaign_of(payer, name);
            new.status = CampaignStatus::Active;
            unit.insert::<Campaign>(new).map(drop)
        }
        Step::InsertCreative(campaign, name) => {
            let new = creative(CampaignId::new(campaign), name);
            unit.insert::<Creative>(new).map(drop)
        }
        Step::RenameAdvertiser(id, name) => {
            let id = AdvertiserId::new(id);
            unit.update::<Advertiser>(id, None, advertiser(name))
                .map(drop)
        }
        Step::MoveCampaign(id, payer, name) => {
            let spec = campaign_of(payer, name).spec;
            unit.update::<Campaign>(CampaignId::new(id), None, spec)
                .map(drop)
        }
        Step::SetStatus(id, status) => unit
            .set_campaign_status(CampaignId::new(id), None, status)
            .map(drop),
        Step::Delete(Kind::Campaign, id) => {
            unit.delete::<Campaign>(CampaignId::new(id), None).map(drop)
        }
        Step::Delete(Kind::Creative, id) => {
            let id = crate::model::CreativeId::new(id);
            unit.delete::<Creative>(id, None).map(drop)
        }
        Step::Delete(_, id) => unit
            .delete::<Advertiser>(AdvertiserId::new(id), None)
            .map(drop),
        Step::Clone(id, name) => unit
            .clone_campaign(CampaignId::new(id), name.to_owned())
            .map(drop),
        Step::UndoLatest => unit.undo(None).map(drop),
        Step::Undo(operation) => unit.undo(Some(OperationId::new(operation + 1))).map(drop),
    });
    done.map_err(|error| match error {
        StoreError::NotFound { .. } => "not found",
        StoreError::NameTaken { .. } => "name taken",
        StoreError::InUse { .. } => "in use",
        StoreError::Invalid(_) => "invalid",
        StoreError::ChangedSince { .. } => "changed since",
        StoreError::AlreadyUndone { .. } => "already undone",
        other => panic!("{other}"),
    })
}

fn campaign_of(payer: u32, name: &str) -> NewCampaign {
    let payer = Advertiser {
        id: AdvertiserId::new(payer),
        tenant: TenantId::new(1),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
        spec: advertiser("payer"),
    };
    campaign(&payer, name)
}

/// What the store holds, as the oracle would say it.
fn things(world: &World, scope: Scope) -> BTreeMap<Key, Thing> {
    let all = world.read(scope, |reader| {
        let mut all = BTreeMap::new();
        for one in reader.all::<Advertiser>()? {
            let thing = Thing {
                name: one.spec.name,
                parent: None,
                status: None,
            };
            all.insert((ADVERTISER, one.id.get()), thing);
        }
        for one in reader.all::<Campaign>()? {
            let parent = Some((ADVERTISER, one.spec.advertiser.get()));
            let status = Some(one.status);
            all.insert(
                (CAMPAIGN, one.id.get()),
                Thing {
                    name: one.spec.name,
                    parent,
                    status,
                },
            );
        }
        for one in reader.all::<Creative>()? {
            let parent = Some((CAMPAIGN, one.campaign.get()));
            let thing = Thing {
                name: one.spec.name,
                parent,
                status: None,
            };
            all.insert((CREATIVE, one.id.get()), thing);
        }
        Ok(all)
    });
    all.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn writes_and_undos_do_what_plain_maps_would(
        steps in proptest::collection::vec(step(), 1..60),
    ) {
        let world = World::new();
        let scope = world.tenant("Nova");
        let mut oracle = Oracle::default();
        for step in &steps {
            let (expected, found) = (oracle.take(step), take(&world, scope, step));
            prop_assert_eq!(found, expected, "{:?}", step);
            prop_assert_eq!(things(&world, scope), oracle.things.clone(), "{:?}", step);
        }
        let history = world.history(scope);
        let marks: Vec<_> = history
            .iter()
            .rev()
            .skip(1)
            .map(|one| (one.undoes, one.undone_by))
            .collect();
        let number = |at: usize| OperationId::new(u32::try_from(at).unwrap() + 2);
        let expected: Vec<_> = oracle
            .lines
            .iter()
            .map(|line| (line.undoes.map(number), line.undone_by.map(number)))
            .collect();
        prop_assert_eq!(marks, expected);
    }
}
