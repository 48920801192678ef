//! The facts at every revision, made from the history, against the facts as they were then.

use proptest::prelude::*;

use super::facts::load_tenant;
use super::oracle::take;
use super::steps::step;
use super::*;
use crate::store::catalog::past::Past;

/// The facts of a tenant at a revision, as text; [`u64::MAX`] is now.
fn facts(world: &World, scope: Scope, revision: u64) -> String {
    let facts = world.read(scope, |reader| load_tenant(&Past::at(*reader, revision)));
    format!("{:?}", facts.unwrap())
}

fn revision(world: &World) -> u64 {
    let last = world.read(Scope::Tenants, |reader| {
        reader.last_operation_of_all().map(Some)
    });
    last.unwrap().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn the_past_is_what_it_was(steps in proptest::collection::vec(step(), 1..60)) {
        let world = World::new();
        let scope = world.tenant("Nova");
        let other = world.tenant("Other");
        furnish(&world, other);
        let mut seen = vec![(0, "None".to_owned())];
        for (turn, step) in steps.iter().enumerate() {
            // What is refused changes nothing, and is seen again under the same revision.
            let _refused = take(&world, scope, step);
            if turn % 7 == 0 {
                let spec = TenantSpec {
                    name: format!("Nova {turn}"),
                    ..tenant_spec("Nova")
                };
                let Scope::Tenant(id) = scope else { unreachable!() };
                world.write(Scope::Tenants, |unit| unit.update::<Tenant>(id, None, spec)).unwrap();
            }
            seen.push((revision(&world), facts(&world, scope, u64::MAX)));
        }
        let unchanged = facts(&world, other, u64::MAX);
        for (revision, then) in &seen {
            prop_assert_eq!(&facts(&world, scope, *revision), then, "at {}", revision);
        }
        let last = revision(&world);
        prop_assert_eq!(facts(&world, other, last - 1), unchanged);
    }
}
