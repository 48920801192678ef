//! The addresses of targeting.

use crate::admin::list::reference;
use crate::admin::route::{Route, delete, dry_run, get, post, put};
use crate::admin::targeting;
use crate::api::{TargetingFields, TargetingForms, TargetingTest};
use crate::model::{Area, Campaign, Creative};

use super::{OK, of, of_advertisers};

/// The rules of a campaign or a creative, as a whole and one by one.
pub(super) fn routes() -> Vec<Route> {
    let both = [
        of(Area::Campaigns, of_campaigns()),
        of(Area::Creatives, of_creatives()),
    ];
    of_advertisers(both.concat())
}

fn of_campaigns() -> Vec<Route> {
    const ALL: &str = "/api/v2/campaigns/{id}/targeting";
    const ONE: &str = "/api/v2/campaigns/{id}/targeting/{rule}";
    const TEST: &str = "/api/v2/campaigns/{id}/targeting/test";
    let mut routes = vec![tests(
        Area::Campaigns,
        post(TEST, "testTargeting", targeting::test::<Campaign>),
    )];
    routes.extend(as_a_whole([
        get(ALL, "getTargeting", targeting::get::<Campaign>),
        put(ALL, "setTargeting", targeting::set::<Campaign>),
        post(ALL, "addTargeting", targeting::add::<Campaign>),
        delete(ALL, "clearTargeting", targeting::clear::<Campaign>),
    ]));
    routes.extend(one_by_one([
        get(ONE, "getTargetingRule", targeting::get_rule::<Campaign>),
        put(ONE, "setTargetingRule", targeting::set_rule::<Campaign>),
        delete(
            ONE,
            "removeTargetingRule",
            targeting::remove_rule::<Campaign>,
        ),
    ]));
    routes
}

fn of_creatives() -> Vec<Route> {
    const ALL: &str = "/api/v1/creatives/{id}/targeting";
    const ONE: &str = "/api/v1/creatives/{id}/targeting/{rule}";
    const TEST: &str = "/api/v1/creatives/{id}/targeting/test";
    let mut routes = vec![tests(
        Area::Creatives,
        post(TEST, "testCreativeTargeting", targeting::test::<Creative>),
    )];
    routes.extend(as_a_whole([
        get(ALL, "getCreativeTargeting", targeting::get::<Creative>),
        put(ALL, "setCreativeTargeting", targeting::set::<Creative>),
        post(ALL, "addCreativeTargeting", targeting::add::<Creative>),
        delete(ALL, "clearCreativeTargeting", targeting::clear::<Creative>),
    ]));
    routes.extend(one_by_one([
        get(
            ONE,
            "getCreativeTargetingRule",
            targeting::get_rule::<Creative>,
        ),
        put(
            ONE,
            "setCreativeTargetingRule",
            targeting::set_rule::<Creative>,
        ),
        delete(
            ONE,
            "removeCreativeTargetingRule",
            targeting::remove_rule::<Creative>,
        ),
    ]));
    routes
}

fn tests(area: Area, test: Route) -> Route {
    test.about("Which rules an ad request matches, and where the others fail")
        .in_area(area)
        .only_looks()
        .query([reference(
            "at",
            "At this instant: RFC 3339. Now unless given.",
        )])
        .reads::<serde_json::Value>()
        .answers::<TargetingTest>(OK)
}

fn as_a_whole([get, set, add, clear]: [Route; 4]) -> [Route; 4] {
    [
        get.about("For whom and when it may be served")
            .answers::<TargetingForms>(OK),
        set.about("Set all rules of targeting")
            .changes::<TargetingFields, TargetingForms>(),
        add.about("Add rules to targeting")
            .creates::<TargetingFields, TargetingForms>(),
        clear
            .about("Take all rules away: everyone is meant")
            .deletes(),
    ]
}

fn one_by_one([get, set, remove]: [Route; 3]) -> [Route; 3] {
    [
        get.about("One rule of targeting, by its number")
            .answers::<TargetingForms>(OK),
        set.about("Replace one rule of targeting")
            .changes::<TargetingFields, TargetingForms>(),
        remove
            .about("Take one rule of targeting away; those after it move up")
            .query([dry_run()])
            .answers::<TargetingForms>(OK),
    ]
}
