//! References, names, revisions, statuses, and what a failed change leaves.

use super::*;

#[test]
fn what_was_written_is_read_back_the_same() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, spring, spots, channel) = furnish(&world, scope);
    let checked = world.read(scope, |reader| {
        assert_eq!(reader.load::<Advertiser>(acme.id)?, acme);
        assert_eq!(reader.load::<Campaign>(spring.id)?, spring);
        assert_eq!(reader.creatives_of(spring.id)?, spots);
        assert_eq!(reader.load::<Channel>(channel.id)?, channel);
        assert_eq!(reader.find::<Campaign>("sPRING")?, spring);
        assert_eq!(reader.find::<Campaign>(&spring.id.to_string())?, spring);
        assert_eq!(reader.tenant()?.spec, tenant_spec("Nova"));
        Ok(())
    });
    checked.unwrap();
}

fn reads_back<E: Entity + std::fmt::Debug>(reader: &Reader<'_>) -> Result<(), StoreError> {
    for entity in reader.all::<E>()? {
        let text = entity.snapshot(reader)?.to_string();
        let back = E::from_snapshot(&text, TenantId::new(reader.scope().raw()));
        assert_eq!(back.unwrap(), entity);
    }
    Ok(())
}

#[test]
fn every_snapshot_reads_back_as_what_it_shows() {
    let world = World::new();
    let scope = world.tenant("Nova");
    furnish(&world, scope);
    let checked = world.read(scope, |reader| {
        reads_back::<Tenant>(reader)?;
        reads_back::<Advertiser>(reader)?;
        reads_back::<Campaign>(reader)?;
        reads_back::<Creative>(reader)?;
        reads_back::<Channel>(reader)
    });
    checked.unwrap();
}

#[test]
fn a_failed_change_and_a_dry_run_leave_nothing() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let before = world.history(scope);
    let failed = world.write(scope, |unit| {
        unit.insert::<Advertiser>(advertiser("Acme"))?;
        unit.insert::<Advertiser>(advertiser("ACME"))
    });
    assert!(
        matches!(failed, Err(StoreError::NameTaken { .. })),
        "{failed:?}"
    );
    let dry = WriteContext {
        dry_run: true,
        ..context(scope)
    };
    let made = world.write_as(&dry, |unit| unit.insert::<Advertiser>(advertiser("Acme")));
    assert_eq!(made.unwrap().spec.name, "Acme");
    let total = world.read(scope, |reader| {
        Ok(reader.list::<Advertiser>(&ListQuery::default())?.total)
    });
    assert_eq!(total.unwrap(), 0);
    assert_eq!(world.history(scope), before);
}

#[test]
fn every_problem_of_an_input_is_told_at_once() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let bad = AdvertiserSpec {
        name: " ".to_owned(),
        domain: Some("NOT A DOMAIN".to_owned()),
        categories: vec![String::new()],
    };
    let Err(StoreError::Invalid(problems)) =
        world.write(scope, |unit| unit.insert::<Advertiser>(bad))
    else {
        panic!("it was let in")
    };
    let fields: Vec<_> = problems
        .iter()
        .map(|problem| problem.field.as_str())
        .collect();
    assert_eq!(fields, ["name", "domain", "categories[0]"]);
}

#[test]
fn names_are_unique_whatever_the_case_and_only_where_they_must_be() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, spring, _spots, _channel) = furnish(&world, scope);
    let taken = |result: Result<(), StoreError>| {
        assert!(
            matches!(result, Err(StoreError::NameTaken { .. })),
            "{result:?}"
        );
    };
    taken(world.write(Scope::Tenants, |unit| {
        unit.insert::<Tenant>(tenant_spec("ＮＯＶＡ")).map(drop)
    }));
    taken(world.write(scope, |unit| {
        unit.insert::<Campaign>(campaign(&acme, "spring")).map(drop)
    }));
    taken(world.write(scope, |unit| {
        unit.insert::<Creative>(creative(spring.id, "SHORT"))
            .map(drop)
    }));
    // Another campaign has its own names, and a thing may keep its name in another case.
    let done = world.write(scope, |unit| {
        let summer = unit.insert::<Campaign>(campaign(&acme, "Summer"))?;
        unit.insert::<Creative>(creative(summer.id, "short"))?;
        unit.update::<Advertiser>(acme.id, None, advertiser("ACME"))
    });
    assert_eq!(done.unwrap().spec.name, "ACME");
    let ambiguous = world.read(scope, |reader| reader.find::<Creative>("short"));
    assert!(
        matches!(&ambiguous, Err(StoreError::Ambiguous { ids, .. }) if ids.len() == 2),
        "{ambiguous:?}"
    );
}

#[test]
fn a_misspelt_name_is_answered_with_the_nearest() {
    let world = World::new();
    let scope = world.tenant("Nova");
    furnish(&world, scope);
    let Err(StoreError::NotFound { suggestions, .. }) =
        world.read(scope, |reader| reader.find::<Campaign>("Sprnig"))
    else {
        panic!("it was found")
    };
    assert_eq!(suggestions, ["Spring"]);
}

#[test]
fn a_change_from_an_old_revision_is_refused_and_an_empty_one_is_none() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, ..) = furnish(&world, scope);
    let update = |expected, name: &'static str| {
        world.write(scope, |unit| {
            unit.update::<Advertiser>(acme.id, Some(expected), advertiser(name))
        })
    };
    assert_eq!(update(1, "Acme").unwrap(), acme);
    let changed = update(1, "Ajax").unwrap();
    assert_eq!(changed.revision, 2);
    let stale = update(1, "Apex");
    let expected = (1, 2);
    assert!(
        matches!(stale, Err(StoreError::Conflict { expected: e, found: f, .. }) if (e, f) == expected),
        "{stale:?}"
    );
    let deletion = world.write(scope, |unit| unit.delete::<Advertiser>(acme.id, Some(1)));
    assert!(
        matches!(deletion, Err(StoreError::Conflict { .. })),
        "{deletion:?}"
    );
}

#[test]
fn statuses_move_only_along_the_allowed_ways() {
    for from in CampaignStatus::ALL {
        for to in CampaignStatus::ALL {
            let world = World::new();
            let scope = world.tenant("Nova");
            let (_acme, spring, ..) = furnish(&world, scope);
            // Straight into the table: there is no way there from every status.
            world
                .connection
                .borrow()
                .execute("UPDATE campaigns SET status = ?1", [from.as_str()])
                .unwrap();
            let moved = world.write(scope, |unit| unit.set_campaign_status(spring.id, None, *to));
            let allowed = from == to || from.next().contains(to);
            assert_eq!(moved.is_ok(), allowed, "{from} to {to}: {moved:?}");
        }
    }
}

#[test]
fn a_campaign_past_its_end_cannot_become_active() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, spring, ..) = furnish(&world, scope);
    let late = WriteContext {
        now: spring.spec.end,
        ..context(scope)
    };
    let refused = |result: Result<Campaign, StoreError>| {
        let Err(StoreError::Invalid(problems)) = result else {
            panic!("{result:?}")
        };
        assert_eq!(problems[0].field, "end");
    };
    refused(world.write_as(&late, |unit| {
        unit.insert::<Campaign>(campaign(&acme, "late"))
    }));
    refused(world.write_as(&late, |unit| {
        unit.set_campaign_status(spring.id, None, CampaignStatus::Paused)?;
        unit.set_campaign_status(spring.id, None, CampaignStatus::Active)
    }));
}

#[test]
fn creatives_are_what_was_found_in_their_files() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (_acme, spring, spots, _channel) = furnish(&world, scope);
    let processing = || NewCreative {
        status: CreativeStatus::Processing,
        media: None,
        ..creative(spring.id, "third")
    };
    let active_without_file = NewCreative {
        media: None,
        ..creative(spring.id, "fourth")
    };
    let refused = world.write(scope, |unit| unit.insert::<Creative>(active_without_file));
    assert!(
        matches!(refused, Err(StoreError::Invalid(_))),
        "{refused:?}"
    );
    let finished = world.write(scope, |unit| {
        let third = unit.insert::<Creative>(processing())?;
        unit.finish_creative(third.id, Ok(media(9)))
    });
    let finished = finished.unwrap();
    assert_eq!(
        (finished.status, finished.media),
        (CreativeStatus::Active, Some(media(9)))
    );
    let failed = world.write(scope, |unit| {
        unit.delete::<Creative>(finished.id, None)?;
        let third = unit.insert::<Creative>(processing())?;
        unit.finish_creative(third.id, Err("no video track".to_owned()))
    });
    let failed = failed.unwrap();
    assert_eq!(failed.failure.as_deref(), Some("no video track"));
    for (id, status, allowed) in [
        (spots[0].id, CreativeStatus::Inactive, true),
        (spots[0].id, CreativeStatus::Active, true),
        (spots[0].id, CreativeStatus::Failed, false),
        (spots[0].id, CreativeStatus::Processing, false),
        (failed.id, CreativeStatus::Active, false),
    ] {
        let moved = world.write(scope, |unit| unit.set_creative_status(id, None, status));
        assert_eq!(moved.is_ok(), allowed, "{id} to {status}: {moved:?}");
    }
    let twice = world.write(scope, |unit| unit.finish_creative(failed.id, Ok(media(1))));
    assert!(matches!(twice, Err(StoreError::Invalid(_))), "{twice:?}");
}

#[test]
fn a_clone_is_a_draft_with_the_same_creatives() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (_acme, spring, spots, _channel) = furnish(&world, scope);
    let copy = world.write(scope, |unit| {
        unit.clone_campaign(spring.id, "Autumn".to_owned())
    });
    let copy = copy.unwrap();
    assert_eq!(copy.status, CampaignStatus::Draft);
    let mut spec = spring.spec;
    spec.name = "Autumn".to_owned();
    assert_eq!(copy.spec, spec);
    let copied = world
        .read(scope, |reader| reader.creatives_of(copy.id))
        .unwrap();
    let parts = |spots: &[Creative]| -> Vec<_> {
        let part = |spot: &Creative| (spot.spec.clone(), spot.media.clone(), spot.status);
        spots.iter().map(part).collect()
    };
    assert_eq!(parts(&copied), parts(&spots));
    assert!(copied.iter().all(|spot| spot.id != spots[0].id));
}

#[test]
fn what_something_depends_on_cannot_be_deleted() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, ..) = furnish(&world, scope);
    let Scope::Tenant(tenant) = scope else {
        panic!("{scope:?}")
    };
    let refused = world.write(scope, |unit| unit.delete::<Advertiser>(acme.id, None));
    assert!(
        matches!(
            refused,
            Err(StoreError::InUse {
                dependents: Kind::Campaign,
                count: 1,
                ..
            })
        ),
        "{refused:?}"
    );
    for scope in [scope, Scope::Tenants] {
        let refused = world.write(scope, |unit| unit.delete::<Tenant>(tenant, None));
        assert!(
            matches!(refused, Err(StoreError::InUse { .. })),
            "{refused:?}"
        );
    }
}

#[test]
fn the_currency_stays_once_there_are_campaigns() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let Scope::Tenant(tenant) = scope else {
        panic!("{scope:?}")
    };
    let price_in = |code: &str| {
        let spec = TenantSpec {
            currency: code.parse().unwrap(),
            ..tenant_spec("Nova")
        };
        world.write(scope, |unit| unit.update::<Tenant>(tenant, None, spec))
    };
    price_in("CZK").unwrap();
    furnish(&world, scope);
    let Err(StoreError::Invalid(problems)) = price_in("USD") else {
        panic!("it was changed")
    };
    assert_eq!(problems[0].field, "currency");
}

#[test]
fn ids_are_never_given_twice() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let make = || {
        world
            .write(scope, |unit| unit.insert::<Advertiser>(advertiser("Acme")))
            .unwrap()
            .id
    };
    let first = make();
    world
        .write(scope, |unit| unit.delete::<Advertiser>(first, None))
        .unwrap();
    assert_ne!(make(), first);
}

#[test]
fn a_damaged_row_is_told_as_damage() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, ..) = furnish(&world, scope);
    let damage = "UPDATE advertisers SET categories = 'no list'";
    world.connection.borrow().execute(damage, []).unwrap();
    let found = world.read(scope, |reader| reader.load::<Advertiser>(acme.id));
    assert!(
        matches!(found, Err(StoreError::Database(SqliteError::Corrupt(_)))),
        "{found:?}"
    );
}
