//! Orders, categories, kinds of pods and the rules of campaigns: what they may refer to, what
//! depends on them, and what a catalog of before them becomes.

use super::*;
use crate::model::targeting::{Clause, Dimension, Rule, Sense, Value};
use crate::model::{
    Cap, CapFallback, CapScope, CapSpan, CapWindow, Category, CategorySpec, Order, OrderSpec, Pod,
    PodShape, PodSpec,
};
use crate::store::sqlite::{Migration, Schema, Synchronous};

pub(super) fn order(advertiser: &Advertiser, name: &str) -> OrderSpec {
    OrderSpec {
        advertiser: advertiser.id,
        name: name.to_owned(),
        description: "for the year".to_owned(),
        total_budget_micros: Some(9_000_000),
        daily_budget_micros: None,
        impression_goal: Some(7),
        caps: caps(),
    }
}

pub(super) fn category(code: &str, parent: Option<&str>) -> CategorySpec {
    CategorySpec {
        code: code.to_owned(),
        name: format!("the name of {code}"),
        parent: parent.map(str::to_owned),
        exclusive: true,
        separation: Some(Millis(60_000)),
    }
}

pub(super) fn pod(name: &str) -> PodSpec {
    PodSpec {
        name: name.to_owned(),
        description: String::new(),
        shape: PodShape {
            slots: vec![Millis(30_000), Millis(15_000)],
            min_ad: Some(Millis(5_000)),
            ..PodShape::of(Millis(120_000))
        },
    }
}

fn caps() -> Vec<Cap> {
    let window = |max, span| CapWindow { max, span };
    vec![
        Cap {
            scope: CapScope::User,
            windows: vec![
                window(3, CapSpan::Rolling(3_600)),
                window(10, CapSpan::Calendar(crate::model::CapPeriod::Week)),
            ],
            fallback: CapFallback::Skip,
        },
        Cap {
            scope: CapScope::Pod,
            windows: vec![window(1, CapSpan::Scope)],
            fallback: CapFallback::Next,
        },
    ]
}

fn targeting(texts: &[(Dimension, Sense, &[&str])]) -> Targeting {
    let clauses = texts.iter().map(|(dimension, sense, texts)| Clause {
        dimension: dimension.clone(),
        sense: *sense,
        values: texts
            .iter()
            .map(|text| Value::parse(dimension, text).unwrap())
            .collect(),
    });
    let rules = vec![Rule {
        clauses: clauses.collect(),
    }];
    Targeting { rules }.normalised()
}

/// A campaign about which everything is decided.
fn ruled(advertiser: &Advertiser, order: &Order, channel: &Channel) -> CampaignSpec {
    CampaignSpec {
        order: Some(order.id),
        targeting: targeting(&[
            (Dimension::Geo, Sense::Include, &["US-CA", "dma:501"]),
            (
                Dimension::Channel,
                Sense::Include,
                &[&channel.id.to_string()],
            ),
            (
                Dimension::Daypart,
                Sense::Include,
                &["mon-fri 18:00-23:00 viewer"],
            ),
            (
                Dimension::Key("tier".to_owned()),
                Sense::Exclude,
                &["basic"],
            ),
        ]),
        caps: caps(),
        pacing: "custom:250=400,500=700".parse().unwrap(),
        categories: vec!["auto".to_owned()],
        position: Position::Edge,
        share_of_voice: Some(25),
        ..campaign(advertiser, "Ruled").spec
    }
}

#[test]
fn every_rule_is_stored_read_and_restored() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, _spring, spots, channel) = furnish(&world, scope);
    let (frame, made) = world
        .write(scope, |unit| {
            let frame = unit.insert::<Order>(order(&acme, "Frame"))?;
            unit.insert::<Category>(category("auto", None))?;
            let spec = ruled(&acme, &frame, &channel);
            let status = CampaignStatus::Draft;
            let made = unit.insert::<Campaign>(NewCampaign { spec, status })?;
            Ok((frame, made))
        })
        .unwrap();
    assert_eq!(made.spec, ruled(&acme, &frame, &channel));
    let read = |id| world.read(scope, |reader| reader.load::<Campaign>(id));
    assert_eq!(read(made.id).unwrap(), made);
    assert_eq!(
        world
            .read(scope, |reader| reader.load::<Order>(frame.id))
            .unwrap(),
        frame
    );

    let spot = &spots[0];
    let spec = CreativeSpec {
        targeting: targeting(&[(Dimension::Age, Sense::Include, &["18-34"])]),
        caps: caps(),
        start: Some(NOW),
        end: Some(NOW.plus(Millis(1))),
        ..spot.spec.clone()
    };
    let edit = |unit: &mut Unit<'_>| unit.update::<Creative>(spot.id, None, spec.clone());
    world.write(scope, edit).unwrap();
    let after = world.read(scope, |reader| reader.load::<Creative>(spot.id));
    assert_eq!(after.unwrap().spec, spec);

    // Through the history and back: deleted, and made again as it was.
    world
        .write(scope, |unit| unit.delete::<Campaign>(made.id, None))
        .unwrap();
    assert!(read(made.id).is_err());
    world.write(scope, |unit| unit.undo(None)).unwrap();
    assert_eq!(read(made.id).unwrap().spec, made.spec);
    // The change of the creative is the one before.
    world.write(scope, |unit| unit.undo(None)).unwrap();
    let before = world.read(scope, |reader| reader.load::<Creative>(spot.id));
    assert_eq!(before.unwrap().spec, spot.spec);
}

#[test]
fn orders_categories_and_pods_go_through_history_and_back() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, ..) = furnish(&world, scope);
    let (frame, auto, mid) = world
        .write(scope, |unit| {
            Ok((
                unit.insert::<Order>(order(&acme, "Frame"))?,
                unit.insert::<Category>(category("auto", None))?,
                unit.insert::<Pod>(pod("mid"))?,
            ))
        })
        .unwrap();
    world
        .write(scope, |unit| {
            unit.delete::<Order>(frame.id, None)?;
            unit.delete::<Category>(auto.id, None)?;
            unit.delete::<Pod>(mid.id, None)
        })
        .unwrap();
    world.write(scope, |unit| unit.undo(None)).unwrap();
    let read = world.read(scope, |reader| {
        Ok((
            reader.load::<Order>(frame.id)?.spec,
            reader.load::<Category>(auto.id)?.spec,
            reader.load::<Pod>(mid.id)?.spec,
        ))
    });
    assert_eq!(read.unwrap(), (frame.spec, auto.spec, mid.spec));
}

/// What is wrong with the fields, or which refusal it is.
fn refusal<T>(outcome: Result<T, StoreError>) -> String {
    match outcome.err().expect("it is refused") {
        StoreError::Invalid(problems) => {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            told.join("; ")
        }
        other => other.to_string(),
    }
}

#[test]
fn an_order_is_shared_by_campaigns_of_its_advertiser_alone() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, spring, ..) = furnish(&world, scope);
    let write =
        |change: &dyn Fn(&mut Unit<'_>) -> Result<(), StoreError>| world.write(scope, change);
    let (other, frame) = world
        .write(scope, |unit| {
            let other = unit.insert::<Advertiser>(advertiser("Other"))?;
            let frame = unit.insert::<Order>(order(&other, "Frame"))?;
            Ok((other, frame))
        })
        .unwrap();
    let with_order = CampaignSpec {
        order: Some(frame.id),
        ..spring.spec.clone()
    };
    let join = |unit: &mut Unit<'_>| {
        let spec = with_order.clone();
        unit.update::<Campaign>(spring.id, None, spec).map(drop)
    };
    assert!(refusal(write(&join)).starts_with("order: "));
    write(&|unit| {
        unit.update::<Order>(frame.id, None, order(&acme, "Frame"))
            .map(drop)
    })
    .unwrap();
    write(&join).unwrap();
    // Now it has a campaign: it keeps its advertiser, and stays.
    let moved = write(&|unit| {
        let spec = order(&other, "Frame");
        unit.update::<Order>(frame.id, None, spec).map(drop)
    });
    assert!(refusal(moved).starts_with("advertiser: cannot change"));
    let deleted = write(&|unit| unit.delete::<Order>(frame.id, None).map(drop));
    assert!(refusal(deleted).contains("1 campaign"), "still in use");
    let deleted = write(&|unit| unit.delete::<Advertiser>(acme.id, None).map(drop));
    assert!(matches!(deleted, Err(StoreError::InUse { .. })));
    // The campaign takes no other advertiser along either.
    let moved = write(&|unit| {
        let spec = CampaignSpec {
            advertiser: other.id,
            ..with_order.clone()
        };
        unit.update::<Campaign>(spring.id, None, spec).map(drop)
    });
    assert!(refusal(moved).starts_with("order: "));
}

#[test]
fn categories_are_a_tree_whatever_is_done() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (_acme, spring, ..) = furnish(&world, scope);
    let insert = |code: &str, parent: Option<&str>| {
        world.write(scope, |unit| {
            unit.insert::<Category>(category(code, parent))
        })
    };
    let update = |id, code: &str, parent: Option<&str>| {
        let spec = category(code, parent);
        world.write(scope, |unit| unit.update::<Category>(id, None, spec))
    };
    assert!(refusal(insert("a", Some("nil"))).starts_with("parent: there is no category `nil`"));
    assert!(refusal(insert("a", Some("A"))).starts_with("parent: "));
    assert!(refusal(insert("cat_1", None)).starts_with("code: starts like an id"));
    let top = insert("l1", None).unwrap();
    assert!(refusal(insert("L1", None)).contains("taken"));
    for level in 2..=8 {
        insert(&format!("l{level}"), Some(&format!("L{}", level - 1))).unwrap();
    }
    assert!(refusal(insert("l9", Some("l8"))).contains("9 deep"));
    for parent in ["l1", "l2", "l8"] {
        assert!(refusal(update(top.id, "l1", Some(parent))).starts_with("parent: "));
    }
    // A tree that hangs below another counts with all of it.
    let root = insert("root", None).unwrap();
    assert!(refusal(update(top.id, "l1", Some("root"))).contains("9 deep"));
    // What others refer to keeps its code, but for the case.
    assert!(refusal(update(top.id, "one", None)).starts_with("code: cannot change"));
    update(top.id, "L1", None).unwrap();
    let delete = |id| world.write(scope, |unit| unit.delete::<Category>(id, None));
    assert!(refusal(delete(top.id)).contains("1 category"));
    let spec = CampaignSpec {
        categories: vec!["ROOT".to_owned()],
        ..spring.spec.clone()
    };
    world
        .write(scope, |unit| unit.update::<Campaign>(spring.id, None, spec))
        .unwrap();
    assert!(refusal(delete(root.id)).contains("1 campaign"));
    let spec = CampaignSpec {
        categories: vec!["root".to_owned(), "l99".to_owned()],
        ..spring.spec
    };
    let missing = world.write(scope, |unit| unit.update::<Campaign>(spring.id, None, spec));
    assert!(refusal(missing).starts_with("categories[1]: there is no category `l99`"));
    // Taking the first category back would leave those below it without a parent.
    let history = world.history(scope);
    let made = history.iter().rfind(|one| one.kind == Kind::Category);
    let undone = world.write(scope, |unit| unit.undo(Some(made.unwrap().id)));
    assert!(undone.is_err());
}

#[test]
fn a_pod_and_a_channel_that_are_meant_must_be_there() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (_acme, spring, _spots, channel) = furnish(&world, scope);
    let mid = world
        .write(scope, |unit| unit.insert::<Pod>(pod("mid")))
        .unwrap();
    let with_pod = ChannelSpec {
        pod: Some(mid.id),
        ..channel.spec.clone()
    };
    world
        .write(scope, |unit| {
            unit.update::<Channel>(channel.id, None, with_pod)
        })
        .unwrap();
    let deleted = world.write(scope, |unit| unit.delete::<Pod>(mid.id, None));
    assert!(refusal(deleted).contains("1 channel"));
    let spec = CampaignSpec {
        targeting: targeting(&[(Dimension::Channel, Sense::Exclude, &["ch_zz"])]),
        ..spring.spec
    };
    let missing = world.write(scope, |unit| unit.update::<Campaign>(spring.id, None, spec));
    assert_eq!(refusal(missing), "targeting: there is no channel ch_zz");
}

static BEFORE: Schema = Schema {
    name: "catalog",
    application_id: SCHEMA.application_id,
    synchronous: Synchronous::Full,
    migrations: &[Migration {
        number: 1,
        name: "what_is_sold",
        sql: include_str!("../../../../migrations/catalog/0001_what_is_sold.sql"),
    }],
};

/// A campaign as the history showed it before there were rules.
const SNAPSHOT: &str = r#"{"id":"cmp_1","name":"Spring","description":"","advertiser_id":"adv_1",
    "status":"active","total_budget_micros":5,"daily_budget_micros":null,"impression_goal":null,
    "start":"2025-06-15T15:06:40Z","end":"2025-06-15T16:06:40Z","price_model":"cpm",
    "price_micros":1,"currency":"EUR","tier":"bulk","weight":3,"revision":1,
    "created_at":"2025-06-15T15:06:40Z","updated_at":"2025-06-15T15:06:40Z"}"#;

#[test]
fn a_catalog_of_before_is_one_without_rules() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("catalog.db");
    let old = Database::open(&path, &BEFORE, NOW)
        .unwrap()
        .into_connection();
    let now = NOW.millis();
    old.execute_batch(&format!(
        "INSERT INTO tenants VALUES (1, 1, {now}, {now}, 'Nova', 'nova', 'UTC', 'EUR');
         INSERT INTO advertisers VALUES (1, 1, 1, {now}, {now}, 'Acme', 'acme', NULL, '[]');
         INSERT INTO campaigns VALUES (1, 1, 2, {now}, {now}, 'Spring', 'spring', 1, 'paused', '',
             5, NULL, NULL, 1750000000000, 1750003600000, 'cpm', 1, 'bulk', 3);
         INSERT INTO creatives (id, tenant_id, revision, created_at, updated_at, name, folded,
             campaign_id, status, weight) VALUES (1, 1, 1, {now}, {now}, 's', 's', 1,
             'processing', 1);
         INSERT INTO channels VALUES (1, 1, 1, {now}, {now}, 'News', 'news', '', 30000);
         INSERT INTO channels VALUES (9, 1, 1, {now}, {now}, 'Gone', 'gone', '', NULL);
         DELETE FROM channels WHERE id = 9;"
    ))
    .unwrap();
    let after = SNAPSHOT.replace("active", "paused");
    let sql = "INSERT INTO operations (tenant_id, at, actor, action, kind, subject_id, \
               subject_name, before, after, request_id) \
               VALUES (1, ?1, 'uid:1', 'update', 'campaign', 1, 'Spring', ?2, ?3, 'r')";
    old.execute(sql, (now, SNAPSHOT, after)).unwrap();
    drop(old);

    let world = World {
        connection: RefCell::new(
            Database::open(&path, &SCHEMA, NOW)
                .unwrap()
                .into_connection(),
        ),
    };
    let scope = Scope::Tenant(TenantId::new(1));
    let read = || world.read(scope, |reader| reader.load::<Campaign>(CampaignId::new(1)));
    let spring = read().unwrap();
    assert_eq!(
        (spring.spec.weight, spring.status),
        (3, CampaignStatus::Paused)
    );
    assert_eq!(spring.spec.targeting, Targeting::default());
    assert_eq!(spring.spec.pacing, Pacing::Asap);
    assert_eq!(
        world
            .read(scope, |reader| reader.creatives_of(spring.id))
            .unwrap()
            .len(),
        1
    );
    // What was done before can still be taken back.
    world.write(scope, |unit| unit.undo(None)).unwrap();
    assert_eq!(read().unwrap().status, CampaignStatus::Active);
    // The id of the channel that is gone is not given again.
    let spec = ChannelSpec {
        name: "New".to_owned(),
        ..ChannelSpec::default()
    };
    let made = world.write(scope, |unit| unit.insert::<Channel>(spec));
    assert_eq!(made.unwrap().id.get(), 10);
}
