//! The route table: every address of the admin API, once.
//!
//! The router and the OpenAPI document are both made from it, so neither can have what the other
//! lacks. A new route is a new entry here.

mod analytics;
mod decisioning;
mod declare;
mod events;
mod people;
mod targeting;

use http::StatusCode;

use super::gate::Gate;
use super::list::{list_parameters, page_parameters, reference, words};
use super::resource;
use super::route::{Parameter, Route, delete, dry_run, get, patch, post, put};
use super::{
    advertisers, backups, campaigns, channels, creatives, decisions, openapi, operations,
    renditions, server, sessions, tags, tenants, upload,
};
use crate::api::{
    self, Advertiser, AdvertiserFields, Backup, BackupFields, Campaign, CampaignFields, Channel,
    ChannelFields, CloneFields, Creative, CreativeFields, CreativeUpload, DecisionReport,
    Operation, Page, Renditions, ServerStatus, StatusFields, StreamSession, Tag, Tenant,
    TenantFields, UndoFields, WhyReport,
};
use crate::format::vast::Version;
use crate::model::{self, Area, CampaignStatus, CreativeStatus, Tier};
use crate::store::catalog;

const OK: StatusCode = StatusCode::OK;

/// Every route.
pub fn routes() -> Vec<Route> {
    [
        server_routes(),
        tenant_routes(),
        of(Area::Advertisers, advertiser_routes()),
        of(Area::Channels, channel_routes()),
        decisioning::routes(),
        of_advertisers(of(Area::Campaigns, campaign_routes())),
        of_advertisers(of(Area::Campaigns, campaign_action_routes())),
        of_advertisers(of(Area::Creatives, creative_routes())),
        targeting::routes(),
        of(Area::Catalog, declare::routes()),
        of(Area::History, history_routes()),
        of(Area::Tags, tag_routes()),
        of(Area::Stats, analytics::routes()),
        decision_routes(),
        people::routes(),
        of(Area::Events, events::routes()),
    ]
    .concat()
}

/// Routes of one area; those that say themselves who may call them stay as they are.
fn of(area: Area, routes: Vec<Route>) -> Vec<Route> {
    let routes = routes.into_iter();
    routes.map(|route| route.in_area(area)).collect()
}

/// Routes that advertisers may call, for what is their own.
fn of_advertisers(routes: Vec<Route>) -> Vec<Route> {
    routes.into_iter().map(Route::of_advertisers).collect()
}

fn server_routes() -> Vec<Route> {
    vec![
        get("/openapi.json", "getOpenApi", openapi::get)
            .about("This document")
            .of_server()
            .gate(Gate::Known)
            .answers::<serde_json::Value>(OK),
        get("/api/v1/status", "getStatus", server::status)
            .about("How the daemon is")
            .of_server()
            .answers::<ServerStatus>(OK),
        get("/api/v1/version", "getVersion", server::version)
            .about("Versions of the daemon and its databases")
            .of_server()
            .gate(Gate::Known)
            .answers::<api::Version>(OK),
        post("/api/v1/backups", "createBackup", backups::create)
            .about("Take a backup of everything while the daemon serves")
            .of_server()
            .reads::<BackupFields>()
            .answers::<Backup>(StatusCode::CREATED),
    ]
}

fn tenant_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/tenants";
    const ONE: &str = "/api/v1/tenants/{id}";
    vec![
        get(LIST, "listTenants", tenants::list)
            .about("Tenants, in pages")
            .of_server()
            .in_area(Area::Tenants)
            .of_advertisers()
            .query(list_parameters::<model::Tenant>())
            .answers::<Page<Tenant>>(OK),
        post(LIST, "createTenant", tenants::create)
            .about("Make a tenant")
            .creates::<TenantFields, Tenant>()
            .of_server(),
        get(ONE, "getTenant", resource::get::<model::Tenant>)
            .about("One tenant")
            .of_server()
            .in_area(Area::Tenants)
            .of_advertisers()
            .answers::<Tenant>(OK),
        patch(ONE, "editTenant", tenants::edit)
            .about("Change what is given of a tenant")
            .changes::<TenantFields, Tenant>()
            .of_server(),
        delete(ONE, "deleteTenant", resource::delete::<model::Tenant>)
            .about("Delete a tenant that has nothing left")
            .deletes()
            .of_server(),
    ]
}

fn advertiser_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/advertisers";
    const ONE: &str = "/api/v1/advertisers/{id}";
    vec![
        get(LIST, "listAdvertisers", advertisers::list)
            .about("Advertisers, in pages")
            .in_area(Area::Advertisers)
            .of_advertisers()
            .query(list_parameters::<model::Advertiser>())
            .answers::<Page<Advertiser>>(OK),
        post(LIST, "createAdvertiser", advertisers::create)
            .about("Make an advertiser")
            .creates::<AdvertiserFields, Advertiser>(),
        get(ONE, "getAdvertiser", resource::get::<model::Advertiser>)
            .about("One advertiser")
            .in_area(Area::Advertisers)
            .of_advertisers()
            .answers::<Advertiser>(OK),
        patch(ONE, "editAdvertiser", advertisers::edit)
            .about("Change what is given of an advertiser")
            .changes::<AdvertiserFields, Advertiser>(),
        delete(
            ONE,
            "deleteAdvertiser",
            resource::delete::<model::Advertiser>,
        )
        .about("Delete an advertiser without campaigns")
        .deletes(),
    ]
}

fn channel_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/channels";
    const ONE: &str = "/api/v1/channels/{id}";
    vec![
        get(LIST, "listChannels", channels::list)
            .about("Channels, in pages")
            .query(list_parameters::<model::Channel>())
            .answers::<Page<Channel>>(OK),
        post(LIST, "createChannel", channels::create)
            .about("Make a channel")
            .creates::<ChannelFields, Channel>(),
        get(ONE, "getChannel", resource::get::<model::Channel>)
            .about("One channel")
            .answers::<Channel>(OK),
        patch(ONE, "editChannel", channels::edit)
            .about("Change what is given of a channel")
            .changes::<ChannelFields, Channel>(),
        delete(ONE, "deleteChannel", resource::delete::<model::Channel>)
            .about("Delete a channel")
            .deletes(),
    ]
}

fn campaign_routes() -> Vec<Route> {
    const LIST: &str = "/api/v1/campaigns";
    const ONE: &str = "/api/v1/campaigns/{id}";
    let statuses = CampaignStatus::ALL.iter().map(|status| status.as_str());
    let tiers = Tier::ALL.iter().map(|tier| tier.as_str());
    vec![
        get(LIST, "listCampaigns", campaigns::list)
            .about("Campaigns, in pages")
            .query(list_parameters::<model::Campaign>())
            .query([
                words("status", "Only those in this status.", statuses),
                words("tier", "Only those of this tier.", tiers),
                reference("advertiser", "Only those of this advertiser: id or name."),
                reference("in_order", "Only those of this order: id or name."),
            ])
            .answers::<Page<Campaign>>(OK),
        post(LIST, "createCampaign", campaigns::create)
            .about("Make a campaign")
            .creates::<CampaignFields, Campaign>(),
        get(ONE, "getCampaign", campaigns::get)
            .about("One campaign")
            .answers::<Campaign>(OK),
        patch(ONE, "editCampaign", campaigns::edit)
            .about("Change what is given of a campaign")
            .changes::<CampaignFields, Campaign>(),
        delete(ONE, "deleteCampaign", resource::delete::<model::Campaign>)
            .about("Delete a campaign and its creatives")
            .deletes(),
    ]
}

fn campaign_action_routes() -> Vec<Route> {
    const STATUS: &str = "/api/v1/campaigns/{id}/status";
    vec![
        put(STATUS, "setCampaignStatus", campaigns::set_status)
            .about("Start, pause or complete a campaign")
            .changes::<StatusFields, Campaign>(),
        post(
            "/api/v1/campaigns/{id}/clone",
            "cloneCampaign",
            campaigns::copy,
        )
        .about("Make a draft of the same campaign with the same creatives")
        .creates::<CloneFields, Campaign>(),
        get(
            "/api/v1/campaigns/{id}/creatives",
            "listCampaignCreatives",
            creatives::list_of_campaign,
        )
        .about("Creatives of a campaign, in pages")
        .in_area(Area::Creatives)
        .query(list_parameters::<model::Creative>())
        .query([creative_status()])
        .answers::<Page<Creative>>(OK),
        post(
            "/api/v1/campaigns/{id}/creatives",
            "uploadCreative",
            upload::upload,
        )
        .about("Upload a film: a new creative of a campaign")
        .in_area(Area::Creatives)
        .query([dry_run()])
        .reads_form::<CreativeUpload>()
        .answers::<Creative>(StatusCode::CREATED),
    ]
}

fn creative_routes() -> Vec<Route> {
    const ONE: &str = "/api/v1/creatives/{id}";
    vec![
        get("/api/v1/creatives", "listCreatives", creatives::list)
            .about("Creatives, in pages")
            .query(list_parameters::<model::Creative>())
            .query([
                creative_status(),
                reference("campaign", "Only those of this campaign: id or name."),
            ])
            .answers::<Page<Creative>>(OK),
        get(ONE, "getCreative", resource::get::<model::Creative>)
            .about("One creative")
            .answers::<Creative>(OK),
        patch(ONE, "editCreative", creatives::edit)
            .about("Change what is given of a creative")
            .changes::<CreativeFields, Creative>(),
        delete(ONE, "deleteCreative", resource::delete::<model::Creative>)
            .about("Delete a creative")
            .deletes(),
        get(
            "/api/v1/creatives/{id}/renditions",
            "listRenditions",
            renditions::list,
        )
        .about("How far a creative is made to fit the streams of channels")
        .query([of_channel()])
        .answers::<Renditions>(OK),
        post(
            "/api/v1/creatives/{id}/condition",
            "conditionCreative",
            renditions::condition,
        )
        .about("Make a creative fit the streams of channels now, also where it failed before")
        .query([of_channel()])
        .answers::<Renditions>(OK),
    ]
}

fn history_routes() -> Vec<Route> {
    let kinds = catalog::Kind::ALL.iter().map(|kind| kind.as_str());
    vec![
        get("/api/v1/operations", "listOperations", operations::list)
            .about("What was done, newest first, in pages")
            .query([
                words("kind", "Only what was done to these.", kinds),
                reference(
                    "subject",
                    "Only what was done to this one: an id, or a name that it has or had.",
                ),
                reference("actor", "Only what this one did: `uid:1000`, `token`."),
                reference("since", "Only since this instant: RFC 3339."),
            ])
            .query(page_parameters())
            .answers::<Page<Operation>>(OK),
        get("/api/v1/operations/{id}", "getOperation", operations::get)
            .about("One operation")
            .answers::<Operation>(OK),
        post("/api/v1/undo", "undo", operations::undo)
            .about("Take an operation back, with all that was done together with it")
            .changes::<UndoFields, Page<Operation>>(),
    ]
}

fn tag_routes() -> Vec<Route> {
    let formats = tags::Format::ALL.iter().map(|format| format.as_str());
    vec![
        get("/api/v1/tags", "getTag", tags::get)
            .about("The address a player calls")
            .in_area(Area::Tags)
            .of_advertisers()
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

fn of_channel() -> Parameter {
    reference("channel", "Only the stream of this channel: id or name.")
}

fn creative_status() -> Parameter {
    let statuses = CreativeStatus::ALL.iter().map(|status| status.as_str());
    words("status", "Only those in this status.", statuses)
}

fn decision_routes() -> Vec<Route> {
    vec![
        get("/api/v1/sessions", "listSessions", sessions::list)
            .about("Viewers of streams with ads, in pages")
            .in_area(Area::Sessions)
            .query(sessions::parameters())
            .answers::<Page<StreamSession>>(OK),
        get("/api/v1/sessions/{id}", "getSession", sessions::get)
            .about("One viewer of a stream with ads")
            .in_area(Area::Sessions)
            .answers::<StreamSession>(OK),
        get("/api/v1/decisions/{id}", "getDecision", decisions::get)
            .about("One decision that was kept: what became of each campaign, then and now")
            .in_area(Area::Decisions)
            .answers::<DecisionReport>(OK),
        post("/api/v1/decisions/try", "tryDecision", decisions::attempt)
            .about("Decide a v2 ad request without handing anything out")
            .in_area(Area::Decisions)
            .only_looks()
            .query(decisions::try_parameters())
            .reads::<serde_json::Value>()
            .answers::<DecisionReport>(OK),
        get(
            "/api/v1/campaigns/{id}/why",
            "getCampaignWhy",
            decisions::why,
        )
        .about("Why a campaign was served or not, over the decisions that were kept")
        .in_area(Area::Campaigns)
        .of_advertisers()
        .query(decisions::why_parameters())
        .answers::<WhyReport>(OK),
    ]
}
