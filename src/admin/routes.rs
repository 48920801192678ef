//! The route table: every address of the admin API, once.
//!
//! The router and the OpenAPI document are both made from it, so neither can have what the other
//! lacks. A new route is a new entry here.

use http::{Method, StatusCode};
use schemars::JsonSchema;

use super::list::{list_parameters, page_parameters, reference, words};
use super::resource;
use super::route::{Kind, Parameter, Route};
use super::{
    advertisers, campaigns, channels, creatives, openapi, operations, server, tags, tenants,
};
use crate::api::{
    self, Advertiser, AdvertiserFields, Campaign, CampaignFields, Channel, ChannelFields,
    CloneFields, Creative, CreativeFields, DRY_RUN_PARAMETER, Operation, Page, ServerStatus,
    StatusFields, Tag, Tenant, TenantFields, UndoFields,
};
use crate::format::vast::Version;
use crate::model::{self, CampaignStatus, CreativeStatus, Tier};
use crate::store::catalog;

const OK: StatusCode = StatusCode::OK;
const CREATED: StatusCode = StatusCode::CREATED;

/// Every route.
pub fn routes() -> Vec<Route> {
    [
        server_routes(),
        tenant_routes(),
        advertiser_routes(),
        channel_routes(),
        campaign_routes(),
        campaign_action_routes(),
        creative_routes(),
        history_routes(),
        tag_routes(),
    ]
    .concat()
}

fn server_routes() -> Vec<Route> {
    vec![
        Route::new(
            Method::GET,
            "/openapi.json",
            ("getOpenApi", "This document"),
            openapi::get,
        )
        .of_server()
        .answers::<serde_json::Value>(OK),
        Route::new(
            Method::GET,
            "/api/v1/status",
            ("getStatus", "How the daemon is"),
            server::status,
        )
        .of_server()
        .answers::<ServerStatus>(OK),
        Route::new(
            Method::GET,
            "/api/v1/version",
            ("getVersion", "Versions of the daemon and its databases"),
            server::version,
        )
        .of_server()
        .answers::<api::Version>(OK),
    ]
}

fn tenant_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/tenants";
    const ONE: &str = "/api/v1/tenants/{id}";
    vec![
        Route::new(
            Method::GET,
            LIST,
            ("listTenants", "Tenants, in pages"),
            tenants::list,
        )
        .of_server()
        .query(list_parameters::<model::Tenant>())
        .answers::<Page<Tenant>>(OK),
        creates::<TenantFields, Tenant>(Route::new(
            Method::POST,
            LIST,
            ("createTenant", "Make a tenant"),
            tenants::create,
        ))
        .of_server(),
        Route::new(
            Method::GET,
            ONE,
            ("getTenant", "One tenant"),
            resource::get::<model::Tenant>,
        )
        .of_server()
        .answers::<Tenant>(OK),
        changes::<TenantFields, Tenant>(Route::new(
            Method::PATCH,
            ONE,
            ("editTenant", "Change what is given of a tenant"),
            tenants::edit,
        ))
        .of_server(),
        deletes(Route::new(
            Method::DELETE,
            ONE,
            ("deleteTenant", "Delete a tenant that has nothing left"),
            resource::delete::<model::Tenant>,
        ))
        .of_server(),
    ]
}

fn advertiser_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/advertisers";
    const ONE: &str = "/api/v1/advertisers/{id}";
    vec![
        Route::new(
            Method::GET,
            LIST,
            ("listAdvertisers", "Advertisers, in pages"),
            advertisers::list,
        )
        .query(list_parameters::<model::Advertiser>())
        .answers::<Page<Advertiser>>(OK),
        creates::<AdvertiserFields, Advertiser>(Route::new(
            Method::POST,
            LIST,
            ("createAdvertiser", "Make an advertiser"),
            advertisers::create,
        )),
        Route::new(
            Method::GET,
            ONE,
            ("getAdvertiser", "One advertiser"),
            resource::get::<model::Advertiser>,
        )
        .answers::<Advertiser>(OK),
        changes::<AdvertiserFields, Advertiser>(Route::new(
            Method::PATCH,
            ONE,
            ("editAdvertiser", "Change what is given of an advertiser"),
            advertisers::edit,
        )),
        deletes(Route::new(
            Method::DELETE,
            ONE,
            ("deleteAdvertiser", "Delete an advertiser without campaigns"),
            resource::delete::<model::Advertiser>,
        )),
    ]
}

fn channel_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/channels";
    const ONE: &str = "/api/v1/channels/{id}";
    vec![
        Route::new(
            Method::GET,
            LIST,
            ("listChannels", "Channels, in pages"),
            channels::list,
        )
        .query(list_parameters::<model::Channel>())
        .answers::<Page<Channel>>(OK),
        creates::<ChannelFields, Channel>(Route::new(
            Method::POST,
            LIST,
            ("createChannel", "Make a channel"),
            channels::create,
        )),
        Route::new(
            Method::GET,
            ONE,
            ("getChannel", "One channel"),
            resource::get::<model::Channel>,
        )
        .answers::<Channel>(OK),
        changes::<ChannelFields, Channel>(Route::new(
            Method::PATCH,
            ONE,
            ("editChannel", "Change what is given of a channel"),
            channels::edit,
        )),
        deletes(Route::new(
            Method::DELETE,
            ONE,
            ("deleteChannel", "Delete a channel"),
            resource::delete::<model::Channel>,
        )),
    ]
}

fn campaign_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/campaigns";
    const ONE: &str = "/api/v1/campaigns/{id}";
    let statuses = CampaignStatus::ALL.iter().map(|status| status.as_str());
    let tiers = Tier::ALL.iter().map(|tier| tier.as_str());
    vec![
        Route::new(
            Method::GET,
            LIST,
            ("listCampaigns", "Campaigns, in pages"),
            campaigns::list,
        )
        .query(list_parameters::<model::Campaign>())
        .query([
            words("status", "Only those in this status.", statuses),
            words("tier", "Only those of this tier.", tiers),
            reference("advertiser", "Only those of this advertiser: id or name."),
        ])
        .answers::<Page<Campaign>>(OK),
        creates::<CampaignFields, Campaign>(Route::new(
            Method::POST,
            LIST,
            ("createCampaign", "Make a campaign"),
            campaigns::create,
        )),
        Route::new(
            Method::GET,
            ONE,
            ("getCampaign", "One campaign"),
            resource::get::<model::Campaign>,
        )
        .answers::<Campaign>(OK),
        changes::<CampaignFields, Campaign>(Route::new(
            Method::PATCH,
            ONE,
            ("editCampaign", "Change what is given of a campaign"),
            campaigns::edit,
        )),
        deletes(Route::new(
            Method::DELETE,
            ONE,
            ("deleteCampaign", "Delete a campaign and its creatives"),
            resource::delete::<model::Campaign>,
        )),
    ]
}

fn campaign_action_routes() -> Vec<Route> {
    const STATUS: &str = "/api/v1/campaigns/{id}/status";
    vec![
        changes::<StatusFields, Campaign>(Route::new(
            Method::PUT,
            STATUS,
            ("setCampaignStatus", "Start, pause or complete a campaign"),
            campaigns::set_status,
        )),
        creates::<CloneFields, Campaign>(Route::new(
            Method::POST,
            "/api/v1/campaigns/{id}/clone",
            (
                "cloneCampaign",
                "Make a draft of the same campaign with the same creatives",
            ),
            campaigns::copy,
        )),
        Route::new(
            Method::GET,
            "/api/v1/campaigns/{id}/creatives",
            ("listCampaignCreatives", "Creatives of a campaign, in pages"),
            creatives::list_of_campaign,
        )
        .query(list_parameters::<model::Creative>())
        .query([creative_status()])
        .answers::<Page<Creative>>(OK),
    ]
}

fn creative_routes() -> Vec<Route> {
    const ONE: &str = "/api/v1/creatives/{id}";
    vec![
        Route::new(
            Method::GET,
            "/api/v1/creatives",
            ("listCreatives", "Creatives, in pages"),
            creatives::list,
        )
        .query(list_parameters::<model::Creative>())
        .query([
            creative_status(),
            reference("campaign", "Only those of this campaign: id or name."),
        ])
        .answers::<Page<Creative>>(OK),
        Route::new(
            Method::GET,
            ONE,
            ("getCreative", "One creative"),
            resource::get::<model::Creative>,
        )
        .answers::<Creative>(OK),
        changes::<CreativeFields, Creative>(Route::new(
            Method::PATCH,
            ONE,
            ("editCreative", "Change what is given of a creative"),
            creatives::edit,
        )),
        deletes(Route::new(
            Method::DELETE,
            ONE,
            ("deleteCreative", "Delete a creative"),
            resource::delete::<model::Creative>,
        )),
    ]
}

fn history_routes() -> Vec<Route> {
    let kinds = catalog::Kind::ALL.iter().map(|kind| kind.as_str());
    vec![
        Route::new(
            Method::GET,
            "/api/v1/operations",
            ("listOperations", "What was done, newest first, in pages"),
            operations::list,
        )
        .query([
            words("kind", "Only what was done to these.", kinds),
            reference("subject", "Only what was done to this one: an id."),
            reference("actor", "Only what this one did: `uid:1000`, `token`."),
            reference("since", "Only since this instant: RFC 3339."),
        ])
        .query(page_parameters())
        .answers::<Page<Operation>>(OK),
        Route::new(
            Method::GET,
            "/api/v1/operations/{id}",
            ("getOperation", "One operation"),
            operations::get,
        )
        .answers::<Operation>(OK),
        changes::<UndoFields, Page<Operation>>(Route::new(
            Method::POST,
            "/api/v1/undo",
            (
                "undo",
                "Take an operation back, with all that was done together with it",
            ),
            operations::undo,
        )),
    ]
}

fn tag_routes() -> Vec<Route> {
    let formats = tags::Format::ALL.iter().map(|format| format.as_str());
    vec![
        Route::new(
            Method::GET,
            "/api/v1/tags",
            ("getTag", "The address a player calls"),
            tags::get,
        )
        .query([
            reference("channel", "For this channel: id or name."),
            reference("campaign", "For this campaign alone: id or name."),
            words(
                "format",
                "What the player speaks; `vast` unless given.",
                formats,
            ),
            words(
                "version",
                "VAST version of the answer; what the server prefers unless given.",
                Version::ALL.iter().map(|version| version.as_str()),
            ),
        ])
        .answers::<Tag>(OK),
    ]
}

fn creative_status() -> Parameter {
    let statuses = CreativeStatus::ALL.iter().map(|status| status.as_str());
    words("status", "Only those in this status.", statuses)
}

/// A route that reads `I`, makes something and shows it.
fn creates<I: JsonSchema, O: JsonSchema>(route: Route) -> Route {
    route.query([dry_run()]).reads::<I>().answers::<O>(CREATED)
}

/// A route that reads `I`, changes something and shows it.
fn changes<I: JsonSchema, O: JsonSchema>(route: Route) -> Route {
    route.query([dry_run()]).reads::<I>().answers::<O>(OK)
}

/// A route that removes something.
fn deletes(route: Route) -> Route {
    route.query([dry_run()]).answers_nothing()
}

/// The parameter of every write.
pub(crate) fn dry_run() -> Parameter {
    Parameter {
        name: DRY_RUN_PARAMETER,
        about: "Check and answer as if done, and write nothing.",
        kind: Kind::Flag,
    }
}
