//! What was done is on the record, and can be taken back while nothing was built on it.

use super::*;
use crate::model::OperationId;

fn undo(
    world: &World,
    scope: Scope,
    id: impl Into<Option<OperationId>>,
) -> Result<Vec<Operation>, StoreError> {
    let id = id.into();
    world.write(scope, |unit| unit.undo(id))
}

#[test]
fn the_record_says_who_did_what_when_and_what_it_was() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let made = world
        .write(scope, |unit| unit.insert::<Advertiser>(advertiser("Acme")))
        .unwrap();
    let later = WriteContext {
        actor: "token".to_owned(),
        request_id: "r-2".to_owned(),
        now: NOW.plus(Millis(5)),
        ..context(scope)
    };
    world
        .write_as(&later, |unit| {
            unit.update::<Advertiser>(made.id, None, advertiser("Ajax"))
        })
        .unwrap();
    let history = world.history(scope);
    let [update, create, tenant] = history.as_slice() else {
        panic!("{history:?}")
    };
    assert_eq!((tenant.kind, tenant.action), (Kind::Tenant, Action::Create));
    assert_eq!(
        (create.before.as_ref(), create.action),
        (None, Action::Create)
    );
    assert_eq!(update.before, create.after);
    assert!(
        update
            .after
            .as_deref()
            .unwrap()
            .contains(r#""name":"Ajax""#)
    );
    assert_eq!(
        (update.actor.as_str(), update.request_id.as_str(), update.at),
        ("token", "r-2", later.now)
    );
    assert_eq!(
        (update.subject, update.subject_name.as_str()),
        (made.id.get(), "Ajax")
    );
    assert_eq!(update.group, update.id);
}

#[test]
fn history_is_filtered_and_paged_newest_first() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, ..) = furnish(&world, scope);
    let all: Vec<_> = world.history(scope).iter().map(|one| one.id).collect();
    assert!(all.is_sorted_by(|a, b| a > b), "{all:?}");
    let ask = |query: &HistoryQuery| world.read(scope, |reader| reader.history(query));
    let mut paged = Vec::new();
    let mut query = HistoryQuery {
        limit: 2,
        ..HistoryQuery::default()
    };
    loop {
        let page = ask(&query).unwrap();
        assert_eq!(page.total, all.len() as u64);
        paged.extend(page.items.iter().map(|one| one.id));
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(paged, all);
    let total = |query: HistoryQuery| ask(&query).unwrap().total;
    let none = HistoryQuery::default;
    assert_eq!(
        total(HistoryQuery {
            kind: Some(Kind::Creative),
            ..none()
        }),
        2
    );
    let subject = Some(acme.id.get());
    let kind = Some(Kind::Advertiser);
    assert_eq!(
        total(HistoryQuery {
            kind,
            subject,
            ..none()
        }),
        1
    );
    let actor = Some("' OR 1=1 --".to_owned());
    assert_eq!(total(HistoryQuery { actor, ..none() }), 0);
    let since = Some(NOW.plus(Millis(1)));
    assert_eq!(total(HistoryQuery { since, ..none() }), 0);
    for bad in [
        HistoryQuery { limit: 0, ..none() },
        HistoryQuery {
            limit: 1_001,
            ..none()
        },
        HistoryQuery {
            cursor: Some("cmp_1".to_owned()),
            ..none()
        },
    ] {
        assert!(matches!(ask(&bad), Err(StoreError::Invalid(_))), "{bad:?}");
    }
}

#[test]
fn a_deleted_campaign_comes_back_with_its_creatives() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (_acme, spring, spots, _channel) = furnish(&world, scope);
    let id = spring.id;
    world
        .write(scope, |unit| unit.delete::<Campaign>(id, None))
        .unwrap();
    let gone = world.read(scope, |reader| {
        reader.list::<Creative>(&ListQuery::default())
    });
    assert_eq!(gone.unwrap().total, 0);
    // Named by any one of the three operations, all come back.
    let operations = world.history(scope);
    let one = operations
        .iter()
        .find(|operation| operation.kind == Kind::Creative)
        .unwrap();
    assert_eq!(undo(&world, scope, one.id).unwrap().len(), 3);
    let (back, back_spots) = world
        .read(scope, |reader| {
            Ok((reader.load::<Campaign>(id)?, reader.creatives_of(id)?))
        })
        .unwrap();
    assert_eq!((back.spec, back.status), (spring.spec, spring.status));
    assert!(back.revision > spring.revision);
    let parts = |spots: &[Creative]| -> Vec<_> {
        let part = |spot: &Creative| (spot.id, spot.spec.clone(), spot.media.clone());
        spots.iter().map(part).collect()
    };
    assert_eq!(parts(&back_spots), parts(&spots));
}

#[test]
fn undoing_goes_back_step_by_step_and_forth_again() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let id = world
        .write(scope, |unit| unit.insert::<Advertiser>(advertiser("one")))
        .unwrap()
        .id;
    for name in ["two", "three"] {
        world
            .write(scope, |unit| {
                unit.update::<Advertiser>(id, None, advertiser(name))
            })
            .unwrap();
    }
    let name = || {
        let found = world.read(scope, |reader| reader.load_if_any::<Advertiser>(id));
        found.unwrap().map(|found| found.spec.name)
    };
    let mut undone = Vec::new();
    for expected in [Some("two"), Some("one"), None] {
        undone.extend(undo(&world, scope, None).unwrap());
        assert_eq!(name().as_deref(), expected);
    }
    for expected in ["one", "two", "three"] {
        undo(&world, scope, undone.pop().unwrap().id).unwrap();
        assert_eq!(name().as_deref(), Some(expected));
    }
}

#[test]
fn what_was_changed_since_is_not_taken_back() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, spring, ..) = furnish(&world, scope);
    let rename = |name: &'static str| {
        world
            .write(scope, |unit| {
                unit.update::<Advertiser>(acme.id, None, advertiser(name))
            })
            .unwrap();
        world.history(scope)[0].id
    };
    let first = rename("Ajax");
    let second = rename("Apex");
    let refused = undo(&world, scope, first);
    assert!(
        matches!(refused, Err(StoreError::ChangedSince { operation, .. }) if operation == first),
        "{refused:?}"
    );
    let done = undo(&world, scope, second).unwrap();
    let again = undo(&world, scope, second);
    assert!(
        matches!(again, Err(StoreError::AlreadyUndone { by, .. }) if by == done[0].id),
        "{again:?}"
    );
    undo(&world, scope, first).unwrap();

    // A campaign that others were added to is not unmade under them.
    let copy = world
        .write(scope, |unit| {
            unit.clone_campaign(spring.id, "copy".to_owned())
        })
        .unwrap();
    let cloned = world.history(scope)[0].id;
    world
        .write(scope, |unit| {
            unit.insert::<Creative>(creative(copy.id, "fresh"))
        })
        .unwrap();
    let refused = undo(&world, scope, cloned);
    assert!(
        matches!(refused, Err(StoreError::InUse { .. })),
        "{refused:?}"
    );
}

#[test]
fn what_cannot_be_again_is_not_put_back() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, spring, ..) = furnish(&world, scope);
    world
        .write(scope, |unit| unit.delete::<Campaign>(spring.id, None))
        .unwrap();
    let deletion = world.history(scope)[0].id;
    let usurper = world
        .write(scope, |unit| {
            unit.insert::<Campaign>(campaign(&acme, "SPRING"))
        })
        .unwrap();
    let refused = undo(&world, scope, deletion);
    assert!(
        matches!(refused, Err(StoreError::NameTaken { .. })),
        "{refused:?}"
    );
    world
        .write(scope, |unit| {
            unit.delete::<Campaign>(usurper.id, None)?;
            unit.delete::<Advertiser>(acme.id, None)
        })
        .unwrap();
    let refused = undo(&world, scope, deletion);
    assert!(
        matches!(
            refused,
            Err(StoreError::NotFound {
                what: "advertiser",
                ..
            })
        ),
        "{refused:?}"
    );
}

#[test]
fn a_status_goes_back_to_what_it_was() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (_acme, spring, ..) = furnish(&world, scope);
    let copy = world
        .write(scope, |unit| {
            unit.clone_campaign(spring.id, "copy".to_owned())
        })
        .unwrap();
    world
        .write(scope, |unit| {
            unit.set_campaign_status(copy.id, None, CampaignStatus::Active)
        })
        .unwrap();
    undo(&world, scope, None).unwrap();
    let back = world.read(scope, |reader| reader.load::<Campaign>(copy.id));
    assert_eq!(back.unwrap().status, CampaignStatus::Draft);
}

#[test]
fn a_tenant_is_unmade_and_made_again() {
    let world = World::new();
    let scope = world.tenant("Nova");
    assert_eq!(undo(&world, Scope::Tenants, None).unwrap().len(), 1);
    let gone = world.read(scope, |reader| reader.tenant().map(|back| back.spec));
    assert!(matches!(gone, Err(StoreError::NotFound { .. })), "{gone:?}");
    let undone = world.history(Scope::Tenants)[0].id;
    undo(&world, Scope::Tenants, undone).unwrap();
    let back = world.read(scope, |reader| reader.tenant().map(|back| back.spec));
    assert_eq!(back.unwrap(), tenant_spec("Nova"));
}

#[test]
fn a_tenant_does_not_unmake_itself_step_by_step() {
    let world = World::new();
    let scope = world.tenant("Nova");
    furnish(&world, scope);
    undo(&world, scope, None).unwrap();
    let refused = undo(&world, scope, None);
    assert!(
        matches!(
            refused,
            Err(StoreError::NotFound {
                what: "operation",
                ..
            })
        ),
        "{refused:?}"
    );
    let making = world.history(scope).last().unwrap().id;
    undo(&world, scope, making).unwrap();
}

#[test]
fn what_the_daemon_did_is_no_latest_of_anybody() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (_acme, spring, ..) = furnish(&world, scope);
    let daemon = WriteContext {
        actor: SYSTEM.to_owned(),
        ..context(scope)
    };
    let complete =
        |unit: &mut Unit<'_>| unit.set_campaign_status(spring.id, None, CampaignStatus::Completed);
    let latest = || world.read(scope, |reader| reader.latest_operation().map(|one| one.id));
    let before = latest().unwrap();
    world.write_as(&daemon, complete).unwrap();
    let after = latest().unwrap();
    assert_eq!(after, before);
}
