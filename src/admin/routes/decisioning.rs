//! Routes of what the decision engine is told: orders, categories, kinds of pods, and the parts of
//! campaigns that have addresses of their own.

use super::{OK, delete, get, of, of_advertisers, patch, post, put};
use crate::admin::list::{list_parameters, reference};
use crate::admin::route::Route;
use crate::admin::{categories, orders, pods, resource, rules};
use crate::api::{
    CampaignCategories, CampaignCategoriesFields, Category, CategoryFields, FrequencyCap,
    FrequencyCapFields, Order, OrderFields, Page, Pod, PodFields, TaxonomyFields, TaxonomyOutcome,
};
use crate::model::{self, Area};

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    [
        of_advertisers(of(Area::Orders, order_routes())),
        of(Area::Categories, category_routes()),
        of(Area::Pods, pod_routes()),
        of_advertisers(of(Area::Campaigns, campaign_rule_routes())),
    ]
    .concat()
}

fn pod_routes() -> Vec<Route> {
    const LIST: &str = "/api/v2/pods";
    const ONE: &str = "/api/v2/pods/{id}";
    vec![
        get(LIST, "listPods", pods::list)
            .about("Kinds of pods, in pages")
            .query(list_parameters::<model::Pod>())
            .answers::<Page<Pod>>(OK),
        post(LIST, "createPod", pods::create)
            .about("Make a kind of pod")
            .creates::<PodFields, Pod>(),
        get(ONE, "getPod", resource::get::<model::Pod>)
            .about("One kind of pod")
            .answers::<Pod>(OK),
        patch(ONE, "editPod", pods::edit)
            .about("Change what is given of a kind of pod")
            .changes::<PodFields, Pod>(),
        delete(ONE, "deletePod", resource::delete::<model::Pod>)
            .about("Delete a kind of pod that no channel uses")
            .deletes(),
    ]
}

fn order_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/orders";
    const ONE: &str = "/api/v1/orders/{id}";
    vec![
        get(LIST, "listOrders", orders::list)
            .about("Orders, in pages")
            .query(list_parameters::<model::Order>())
            .query([reference(
                "advertiser",
                "Only those of this advertiser: id or name.",
            )])
            .answers::<Page<Order>>(OK),
        post(LIST, "createOrder", orders::create)
            .about("Make an order")
            .creates::<OrderFields, Order>(),
        get(ONE, "getOrder", resource::get::<model::Order>)
            .about("One order")
            .answers::<Order>(OK),
        patch(ONE, "editOrder", orders::edit)
            .about("Change what is given of an order")
            .changes::<OrderFields, Order>(),
        delete(ONE, "deleteOrder", resource::delete::<model::Order>)
            .about("Delete an order without campaigns")
            .deletes(),
    ]
}

fn category_routes() -> Vec<Route> {
    const LIST: &str = "/api/v2/categories";
    const ONE: &str = "/api/v2/categories/{id}";
    vec![
        get(LIST, "listCategories", categories::list)
            .about("Competitive categories, in pages")
            .in_area(Area::Categories)
            .of_advertisers()
            .query(list_parameters::<model::Category>())
            .query([reference(
                "parent",
                "Only those right below this category: id or code.",
            )])
            .answers::<Page<Category>>(OK),
        post(LIST, "createCategory", categories::create)
            .about("Make a category")
            .creates::<CategoryFields, Category>(),
        get(ONE, "getCategory", resource::get::<model::Category>)
            .about("One category, by id or code")
            .in_area(Area::Categories)
            .of_advertisers()
            .answers::<Category>(OK),
        patch(ONE, "editCategory", categories::edit)
            .about("Change what is given of a category")
            .changes::<CategoryFields, Category>(),
        delete(ONE, "deleteCategory", resource::delete::<model::Category>)
            .about("Delete a category that is not used and has none below it")
            .deletes(),
        post("/api/v2/taxonomy", "loadTaxonomy", categories::load)
            .about(
                "Make the categories of a list, or change those whose code is known, all or none",
            )
            .changes::<TaxonomyFields, TaxonomyOutcome>(),
    ]
}

fn campaign_rule_routes() -> Vec<Route> {
    const CAPS: &str = "/api/v2/campaigns/{id}/frequency-cap";
    const CATEGORIES: &str = "/api/v2/campaigns/{id}/categories";
    vec![
        get(CAPS, "getFrequencyCap", rules::get_caps)
            .about("How often one viewer may be shown a campaign")
            .answers::<FrequencyCap>(OK),
        put(CAPS, "setFrequencyCap", rules::set_caps)
            .about("Set all caps of a campaign")
            .changes::<FrequencyCapFields, FrequencyCap>(),
        delete(CAPS, "removeFrequencyCap", rules::remove_caps)
            .about("Take all caps off a campaign")
            .deletes(),
        get(CATEGORIES, "getCampaignCategories", rules::get_categories)
            .about("The categories a campaign competes in")
            .answers::<CampaignCategories>(OK),
        put(CATEGORIES, "setCampaignCategories", rules::set_categories)
            .about("Set all categories of a campaign")
            .changes::<CampaignCategoriesFields, CampaignCategories>(),
    ]
}
