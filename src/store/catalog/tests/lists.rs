//! Lists: complete, in order, in pages, and deaf to what looks like SQL.

use super::*;

/// Names that would mean something to SQL, to a pattern or to a path.
const HOSTILE: &[&str] = &[
    "'; DROP TABLE tenants; --",
    "\" OR 1=1",
    "%",
    "_",
    "100%",
    "a_b",
    "aXb",
    "../../etc/passwd",
    "?1",
    "name'",
    "[x]*",
    "NULL",
];

fn names(world: &World, scope: Scope, query: &ListQuery) -> Vec<String> {
    let listed = world.read(scope, |reader| reader.list::<Advertiser>(query));
    let listed = listed.unwrap();
    assert_eq!(listed.total, listed.items.len() as u64);
    listed.items.into_iter().map(|one| one.spec.name).collect()
}

#[test]
fn hostile_names_are_data() {
    let world = World::new();
    let scope = world.tenant("'; DELETE FROM advertisers; --");
    for name in HOSTILE {
        world
            .write(scope, |unit| unit.insert::<Advertiser>(advertiser(name)))
            .unwrap();
    }
    for name in HOSTILE {
        let found = world
            .read(scope, |reader| reader.find::<Advertiser>(name))
            .unwrap();
        assert_eq!(found.spec.name, *name);
        let query = ListQuery {
            search: Some((*name).to_owned()),
            ..ListQuery::default()
        };
        let expected: Vec<_> = HOSTILE
            .iter()
            .filter(|other| other.to_lowercase().contains(&name.to_lowercase()))
            .collect();
        assert_eq!(
            names(&world, scope, &query),
            expected.into_iter().copied().collect::<Vec<_>>()
        );
    }
    assert_eq!(names(&world, scope, &ListQuery::default()), HOSTILE);
}

#[test]
fn every_page_in_every_order_together_is_the_whole_list() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, ..) = furnish(&world, scope);
    for number in 0..9 {
        let context = WriteContext {
            // Equal instants, so that ids must decide.
            now: NOW.plus(Millis(number / 3)),
            ..context(scope)
        };
        let mut new = campaign(&acme, &format!("c{}", 9 - number));
        new.spec.tier = Tier::ALL[usize::try_from(number).unwrap() % 4];
        if number % 2 == 0 {
            new.status = CampaignStatus::Draft;
        }
        world
            .write_as(&context, |unit| unit.insert::<Campaign>(new))
            .unwrap();
    }
    for sort in Sort::ALL {
        let whole = ListQuery {
            sort: *sort,
            ..ListQuery::default()
        };
        let whole = world.read(scope, |reader| reader.list::<Campaign>(&whole));
        let whole = whole.unwrap().items;
        assert_eq!(whole.len(), 10);
        for order in Order::ALL {
            let mut expected = whole.clone();
            if *order == Order::Descending {
                expected.reverse();
            }
            assert_eq!(
                all_pages(&world, scope, *sort, *order),
                expected,
                "{sort} {order}"
            );
        }
    }
}

fn all_pages(world: &World, scope: Scope, sort: Sort, order: Order) -> Vec<Campaign> {
    let mut query = ListQuery {
        sort,
        order,
        limit: 3,
        ..ListQuery::default()
    };
    let mut paged = Vec::new();
    loop {
        let page = world.read(scope, |reader| reader.list::<Campaign>(&query));
        let page = page.unwrap();
        assert_eq!(page.total, 10);
        paged.extend(page.items);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return paged;
        }
    }
}

#[test]
fn filters_must_all_hold() {
    let world = World::new();
    let scope = world.tenant("Nova");
    let (acme, spring, ..) = furnish(&world, scope);
    world
        .write(scope, |unit| {
            unit.clone_campaign(spring.id, "copy".to_owned())
        })
        .unwrap();
    let total = |filters: &[Filter]| {
        let query = ListQuery {
            filters: filters.to_vec(),
            ..ListQuery::default()
        };
        let listed = world.read(scope, |reader| reader.list::<Campaign>(&query));
        listed.unwrap().total
    };
    assert_eq!(total(&[Filter::Advertiser(acme.id)]), 2);
    let draft = Filter::CampaignStatus(CampaignStatus::Draft);
    assert_eq!(total(&[Filter::Advertiser(acme.id), draft.clone()]), 1);
    assert_eq!(total(&[draft, Filter::Tier(Tier::House)]), 0);
    let spots = ListQuery {
        filters: vec![
            Filter::Campaign(spring.id),
            Filter::CreativeStatus(CreativeStatus::Active),
        ],
        ..ListQuery::default()
    };
    let spots = world.read(scope, |reader| reader.list::<Creative>(&spots));
    assert_eq!(spots.unwrap().total, 2);
}

/// Where the second creative of a list in the usual order starts.
fn first_cursor(world: &World, scope: Scope) -> String {
    let first = ListQuery {
        limit: 1,
        ..ListQuery::default()
    };
    let page = world.read(scope, |reader| reader.list::<Creative>(&first));
    page.unwrap().next_cursor.unwrap()
}

#[test]
fn what_a_list_does_not_know_is_refused_by_its_field() {
    let world = World::new();
    let scope = world.tenant("Nova");
    furnish(&world, scope);
    let cursor = Some(first_cursor(&world, scope));
    let none = ListQuery::default;
    for (field, query) in [
        (
            "sort",
            ListQuery {
                sort: Sort::Start,
                ..none()
            },
        ),
        (
            "advertiser",
            ListQuery {
                filters: vec![Filter::Advertiser(crate::model::AdvertiserId::new(1))],
                ..none()
            },
        ),
        ("limit", ListQuery { limit: 0, ..none() }),
        (
            "limit",
            ListQuery {
                limit: u32::MAX,
                ..none()
            },
        ),
        (
            "cursor",
            ListQuery {
                cursor: Some("1 OR 1=1".to_owned()),
                ..none()
            },
        ),
        (
            "cursor",
            ListQuery {
                cursor: Some(String::new()),
                ..none()
            },
        ),
        (
            "cursor",
            ListQuery {
                cursor: cursor.clone(),
                order: Order::Descending,
                ..none()
            },
        ),
        (
            "cursor",
            ListQuery {
                cursor: cursor.clone(),
                sort: Sort::Name,
                ..none()
            },
        ),
    ] {
        let refused = world.read(scope, |reader| reader.list::<Creative>(&query));
        let Err(StoreError::Invalid(problems)) = refused else {
            panic!("{query:?}: {refused:?}")
        };
        assert_eq!(problems[0].field, field, "{query:?}");
    }
}
