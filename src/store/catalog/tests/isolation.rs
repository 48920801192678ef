//! To one tenant, what belongs to another does not exist: at every function of the store.

use super::decisioning::{category, order, pod};
use super::*;
use crate::model::targeting::{Clause, Dimension, Rule, Sense, Value};
use crate::model::{Advertiser, Category, OperationId, Order, Pod};

/// Things of another tenant.
struct Foreign {
    acme: Advertiser,
    spring: Campaign,
    spot: Creative,
    processing: Creative,
    channel: Channel,
    order: Order,
    category: Category,
    pod: Pod,
    operation: OperationId,
    tenant: TenantId,
    own_campaign: Campaign,
    own_advertiser: Advertiser,
    /// Content that nobody else has.
    file: [u8; 32],
}

/// Tries a function on things of another tenant; tells how many of them it got hold of.
type Attempt = fn(&mut Unit<'_>, &Foreign) -> Result<u64, StoreError>;

const ATTEMPTS: &[(&str, Attempt)] = &[
    ("load", |unit, other| {
        unit.reader().load::<Advertiser>(other.acme.id).map(|_| 1)
    }),
    ("load", |unit, other| {
        unit.reader().load::<Campaign>(other.spring.id).map(|_| 1)
    }),
    ("load", |unit, other| {
        unit.reader().load::<Creative>(other.spot.id).map(|_| 1)
    }),
    ("load", |unit, other| {
        unit.reader().load::<Channel>(other.channel.id).map(|_| 1)
    }),
    ("load", |unit, other| {
        unit.reader().load::<Tenant>(other.tenant).map(|_| 1)
    }),
    ("load", |unit, other| {
        unit.reader().load::<Order>(other.order.id).map(|_| 1)
    }),
    ("load", |unit, other| {
        unit.reader().load::<Category>(other.category.id).map(|_| 1)
    }),
    ("load", |unit, other| {
        unit.reader().load::<Pod>(other.pod.id).map(|_| 1)
    }),
    ("find", |unit, _other| {
        unit.reader().find::<Category>("theirs").map(|_| 1)
    }),
    ("list", |unit, other| {
        let query = ListQuery {
            filters: vec![Filter::Order(other.order.id)],
            ..ListQuery::default()
        };
        Ok(unit.reader().list::<Campaign>(&query)?.total)
    }),
    ("list", |unit, _other| {
        let query = ListQuery {
            filters: vec![Filter::Parent("theirs".to_owned())],
            ..ListQuery::default()
        };
        Ok(unit.reader().list::<Category>(&query)?.total)
    }),
    ("missing_categories", |unit, _other| {
        let codes = ["theirs".to_owned()];
        let missing = unit.reader().missing_categories("categories", &codes)?;
        Ok(1 - missing.len() as u64)
    }),
    ("missing_channels", |unit, other| {
        let dimension = Dimension::Channel;
        let value = Value::Channel(other.channel.id);
        let clause = Clause {
            dimension,
            sense: Sense::Include,
            values: vec![value],
        };
        let rules = vec![Rule {
            clauses: vec![clause],
        }];
        let missing = unit
            .reader()
            .missing_channels("targeting", &Targeting { rules })?;
        Ok(1 - missing.len() as u64)
    }),
    ("insert", |unit, other| {
        unit.insert::<Order>(order(&other.acme, "mine")).map(|_| 1)
    }),
    ("update", |unit, other| {
        unit.update::<Order>(other.order.id, None, order(&other.own_advertiser, "mine"))
            .map(|_| 1)
    }),
    ("update", |unit, other| {
        unit.update::<Category>(other.category.id, None, category("mine", None))
            .map(|_| 1)
    }),
    ("update", |unit, other| {
        unit.update::<Pod>(other.pod.id, None, pod("mine"))
            .map(|_| 1)
    }),
    ("update", |unit, other| {
        // Its own campaign, in another's order.
        let mut spec = other.own_campaign.spec.clone();
        spec.order = Some(other.order.id);
        unit.update::<Campaign>(other.own_campaign.id, None, spec)
            .map(|_| 1)
    }),
    ("delete", |unit, other| {
        unit.delete::<Order>(other.order.id, None).map(|_| 1)
    }),
    ("delete", |unit, other| {
        unit.delete::<Category>(other.category.id, None).map(|_| 1)
    }),
    ("delete", |unit, other| {
        unit.delete::<Pod>(other.pod.id, None).map(|_| 1)
    }),
    ("find", |unit, other| {
        unit.reader()
            .find::<Campaign>(&other.spring.id.to_string())
            .map(|_| 1)
    }),
    ("find", |unit, _other| {
        unit.reader().find::<Advertiser>("only here").map(|_| 1)
    }),
    ("find", |unit, _other| {
        unit.reader().find::<Tenant>("Luna").map(|_| 1)
    }),
    ("list", |unit, other| {
        let query = ListQuery {
            filters: vec![Filter::Advertiser(other.acme.id)],
            ..ListQuery::default()
        };
        Ok(unit.reader().list::<Campaign>(&query)?.total)
    }),
    ("list", |unit, _other| {
        let query = ListQuery {
            search: Some("only here".to_owned()),
            ..ListQuery::default()
        };
        Ok(unit.reader().list::<Advertiser>(&query)?.total)
    }),
    ("list", |unit, _other| {
        // Of all tenants there is one: its own.
        Ok(unit.reader().list::<Tenant>(&ListQuery::default())?.total - 1)
    }),
    ("all", |unit, other| {
        let all = unit.reader().all::<Campaign>()?;
        let theirs = all.iter().filter(|campaign| campaign.id == other.spring.id);
        Ok(theirs.count() as u64)
    }),
    ("creatives_of", |unit, other| {
        Ok(unit.reader().creatives_of(other.spring.id)?.len() as u64)
    }),
    ("flat_fees", |unit, _other| {
        Ok(unit.reader().flat_fees()?.len() as u64)
    }),
    ("uses_file", |unit, other| {
        let found = unit.reader().uses_file(&other.file)?;
        Ok(u64::from(found))
    }),
    ("media_of", |unit, other| {
        let found = unit.reader().media_of(&other.file)?;
        Ok(u64::from(found.is_some()))
    }),
    ("history", |unit, other| {
        let query = HistoryQuery {
            kind: Some(Kind::Campaign),
            subject: Some(other.spring.id.get()),
            ..HistoryQuery::default()
        };
        Ok(unit.reader().history(&query)?.total)
    }),
    ("operation", |unit, other| {
        unit.reader().operation(other.operation).map(|_| 1)
    }),
    ("latest_operation", |unit, other| {
        let latest = unit.reader().latest_operation()?;
        Ok(u64::from(latest.id == other.operation))
    }),
    ("insert", |unit, other| {
        unit.insert::<Campaign>(campaign(&other.acme, "mine"))
            .map(|_| 1)
    }),
    ("insert", |unit, other| {
        unit.insert::<Creative>(creative(other.spring.id, "mine"))
            .map(|_| 1)
    }),
    ("update", |unit, other| {
        unit.update::<Advertiser>(other.acme.id, None, advertiser("mine"))
            .map(|_| 1)
    }),
    ("update", |unit, other| {
        let spec = campaign(&other.own_advertiser, "mine").spec;
        unit.update::<Campaign>(other.spring.id, None, spec)
            .map(|_| 1)
    }),
    ("update", |unit, other| {
        // Its own campaign, at the expense of another's advertiser.
        let spec = campaign(&other.acme, "mine").spec;
        unit.update::<Campaign>(other.own_campaign.id, None, spec)
            .map(|_| 1)
    }),
    ("update", |unit, other| {
        unit.update::<Tenant>(other.tenant, None, tenant_spec("mine"))
            .map(|_| 1)
    }),
    ("set_campaign_status", |unit, other| {
        unit.set_campaign_status(other.spring.id, None, CampaignStatus::Paused)
            .map(|_| 1)
    }),
    ("set_creative_status", |unit, other| {
        unit.set_creative_status(other.spot.id, None, CreativeStatus::Inactive)
            .map(|_| 1)
    }),
    ("finish_creative", |unit, other| {
        unit.finish_creative(other.processing.id, Ok(media(3)))
            .map(|_| 1)
    }),
    ("clone_campaign", |unit, other| {
        unit.clone_campaign(other.spring.id, "mine".to_owned())
            .map(|_| 1)
    }),
    ("delete", |unit, other| {
        unit.delete::<Campaign>(other.spring.id, None).map(|_| 1)
    }),
    ("delete", |unit, other| {
        unit.delete::<Creative>(other.spot.id, None).map(|_| 1)
    }),
    ("delete", |unit, other| {
        unit.delete::<Channel>(other.channel.id, None).map(|_| 1)
    }),
    ("delete", |unit, other| {
        unit.delete::<Tenant>(other.tenant, None).map(|_| 1)
    }),
    ("undo", |unit, other| {
        unit.undo(Some(other.operation)).map(|_| 1)
    }),
];

/// Functions that take nothing that could be another's.
const HARMLESS: &[&str] = &[
    "reader",
    "context",
    "begin_group",
    "scope",
    "tenant",
    "revision",
];

fn other_tenant(world: &World) -> (Scope, Foreign) {
    let luna = world.tenant("Luna");
    let (acme, spring, spots, channel) = furnish(world, luna);
    let processing = NewCreative {
        status: CreativeStatus::Processing,
        media: None,
        ..creative(spring.id, "processing")
    };
    let file = media(9);
    let alone = NewCreative {
        media: Some(file.clone()),
        ..creative(spring.id, "alone")
    };
    let mut flat = campaign(&acme, "flat");
    flat.spec.price.model = PriceModel::Flat;
    flat.spec.price.micros = 1;
    let (acme, processing, arranged) = world
        .write(luna, |unit| {
            let acme = unit.update::<Advertiser>(acme.id, None, advertiser("only here"))?;
            unit.insert::<Creative>(alone)?;
            unit.insert::<Campaign>(flat)?;
            let processing = unit.insert::<Creative>(processing)?;
            let mut spec = spring.spec.clone();
            let arranged = (
                unit.insert::<Order>(order(&acme, "theirs"))?,
                unit.insert::<Category>(category("theirs", None))?,
                unit.insert::<Pod>(pod("theirs"))?,
            );
            unit.insert::<Category>(category("below", Some("theirs")))?;
            spec.order = Some(arranged.0.id);
            unit.update::<Campaign>(spring.id, None, spec)?;
            Ok((acme, processing, arranged))
        })
        .unwrap();
    let operation = world.history(luna)[0].id;
    let nova = world.tenant("Nova");
    let (own_advertiser, own_campaign, ..) = furnish(world, nova);
    let Scope::Tenant(tenant) = luna else {
        panic!("{luna:?}")
    };
    let foreign = Foreign {
        acme,
        spring,
        spot: spots[0].clone(),
        processing,
        channel,
        order: arranged.0,
        category: arranged.1,
        pod: arranged.2,
        operation,
        tenant,
        own_campaign,
        own_advertiser,
        file: file.sha256,
    };
    (nova, foreign)
}

#[test]
fn no_function_reaches_another_tenant() {
    let world = World::new();
    let (nova, other) = other_tenant(&world);
    let luna = Scope::Tenant(other.tenant);
    let before = (world.history(luna), world.history(nova));
    for (place, (name, attempt)) in ATTEMPTS.iter().enumerate() {
        for scope in [nova, Scope::Tenant(TenantId::new(999))] {
            // A tenant that is not there has no latest operation and no list of one.
            if scope != nova && matches!(*name, "list" | "latest_operation") {
                continue;
            }
            let reached = world.write(scope, |unit| attempt(unit, &other));
            assert!(
                matches!(reached, Ok(0) | Err(StoreError::NotFound { .. })),
                "attempt {place}, {name} as {scope:?}: {reached:?}"
            );
        }
        assert_eq!((world.history(luna), world.history(nova)), before, "{name}");
    }
}

#[test]
fn whoever_sees_all_tenants_sees_nothing_of_theirs() {
    let world = World::new();
    let (_nova, other) = other_tenant(&world);
    for (place, (name, attempt)) in ATTEMPTS.iter().enumerate() {
        let dry = WriteContext {
            dry_run: true,
            ..context(Scope::Tenants)
        };
        let reached = world.write_as(&dry, |unit| attempt(unit, &other));
        let about_tenants = matches!(
            (*name, &reached),
            ("load" | "find" | "list" | "update", Ok(1))
                | ("delete", Err(StoreError::InUse { .. }))
        );
        assert!(
            about_tenants || matches!(reached, Ok(0) | Err(StoreError::NotFound { .. })),
            "attempt {place}, {name}: {reached:?}"
        );
    }
    let kinds: Vec<_> = world
        .history(Scope::Tenants)
        .iter()
        .map(|one| one.kind)
        .collect();
    assert_eq!(kinds, [Kind::Tenant, Kind::Tenant]);
}

#[test]
fn the_schema_itself_keeps_tenants_apart() {
    let world = World::new();
    let (nova, other) = other_tenant(&world);
    let connection = world.connection.borrow();
    for (table, parent, id) in [
        ("campaigns", "advertiser_id", other.acme.id.get()),
        ("creatives", "campaign_id", other.spring.id.get()),
        ("campaigns", "order_id", other.order.id.get()),
        ("channels", "pod_id", other.pod.id.get()),
    ] {
        let sql = format!("UPDATE {table} SET {parent} = ?1 WHERE tenant_id = ?2");
        let moved = connection.execute(&sql, (id, nova.raw()));
        let refusal = SqliteError::from(moved.unwrap_err());
        assert!(matches!(refusal, SqliteError::Constraint(_)), "{refusal:?}");
    }
}

#[test]
fn every_function_of_the_store_is_attempted() {
    let sources = [
        include_str!("../unit.rs"),
        include_str!("../reader.rs"),
        include_str!("../references.rs"),
        include_str!("../history.rs"),
        include_str!("../undo.rs"),
    ];
    let mut functions = 0;
    for line in sources.iter().flat_map(|source| source.lines()) {
        let Some(rest) = line.trim_start().strip_prefix("pub fn ") else {
            continue;
        };
        functions += 1;
        let name = rest.split(['(', '<']).next().unwrap();
        let tried = ATTEMPTS.iter().any(|(attempt, _)| *attempt == name);
        assert!(tried || HARMLESS.contains(&name), "{name} is not attempted");
    }
    assert!(functions > 15, "only {functions} functions were found");
}
