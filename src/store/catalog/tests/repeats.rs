//! A write that is sent twice is done once.

use super::*;

fn key(text: &str, hash: u8) -> Idempotency {
    Idempotency {
        key: text.to_owned(),
        request_hash: [hash; 32],
    }
}

/// Makes an advertiser called after its number, and answers with that.
fn make(
    world: &World,
    context: &WriteContext,
    once: impl Into<Option<Idempotency>>,
    name: &'static str,
) -> Result<Written, StoreError> {
    let change = |unit: &mut Unit<'_>| {
        let made = unit.insert::<Advertiser>(advertiser(name))?;
        Ok(Answer {
            status: 201,
            body: made.id.to_string(),
        })
    };
    transact_once(
        &mut world.connection.borrow_mut(),
        context,
        once.into(),
        change,
    )
}

#[test]
fn a_repeat_gets_the_first_answer_and_changes_nothing() {
    let world = World::new();
    let context = context(world.tenant("Nova"));
    let Written::Done(first) = make(&world, &context, key("k", 1), "Acme").unwrap() else {
        panic!("it was there before")
    };
    let operations = world.history(context.scope).len();
    let again = make(&world, &context, key("k", 1), "Acme").unwrap();
    assert_eq!(again, Written::Replayed(first));
    assert_eq!(world.history(context.scope).len(), operations);
    let other = make(&world, &context, key("k", 2), "Ajax");
    assert!(
        matches!(&other, Err(StoreError::IdempotencyReuse { key }) if key == "k"),
        "{other:?}"
    );
    let unkeyed = make(&world, &context, None, "Ajax").unwrap();
    assert!(matches!(unkeyed, Written::Done(_)), "{unkeyed:?}");
}

#[test]
fn keys_of_tenants_are_apart() {
    let world = World::new();
    for name in ["Nova", "Luna"] {
        let context = context(world.tenant(name));
        let made = make(&world, &context, key("k", 1), "Acme").unwrap();
        assert!(matches!(made, Written::Done(_)), "{name}: {made:?}");
    }
}

#[test]
fn a_refused_write_and_a_dry_run_leave_their_key_free() {
    let world = World::new();
    let context = context(world.tenant("Nova"));
    assert!(make(&world, &context, key("k", 1), "").is_err());
    let dry = WriteContext {
        dry_run: true,
        ..context.clone()
    };
    for _ in 0..2 {
        let made = make(&world, &dry, key("k", 1), "Acme").unwrap();
        assert!(matches!(made, Written::Done(_)), "{made:?}");
    }
    let made = make(&world, &context, key("k", 2), "Acme").unwrap();
    assert!(matches!(made, Written::Done(_)), "{made:?}");
}

#[test]
fn answers_are_forgotten_after_a_day() {
    let world = World::new();
    let mut context = context(world.tenant("Nova"));
    make(&world, &context, key("k", 1), "Acme").unwrap();
    context.now = NOW.plus(Millis::from_seconds(24 * 3_600));
    let made = make(&world, &context, key("k", 2), "Ajax").unwrap();
    assert!(matches!(made, Written::Done(_)), "{made:?}");
    let count = "SELECT count(*) FROM answers";
    let kept: u32 = world
        .connection
        .borrow()
        .query_row(count, [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, 1);
}
