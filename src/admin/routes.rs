//! The route table: every address of the admin API, once.
//!
//! The router and the OpenAPI document are both made from it, so neither can have what the other
//! lacks. A new route is a new entry here.

use http::{Method, StatusCode};

use super::route::Route;
use super::{openapi, server};
use crate::api::{ServerStatus, Version};

/// Every route.
pub fn routes() -> Vec<Route> {
    server_routes()
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
        .answers::<serde_json::Value>(StatusCode::OK),
        Route::new(
            Method::GET,
            "/api/v1/status",
            ("getStatus", "How the daemon is"),
            server::status,
        )
        .of_server()
        .answers::<ServerStatus>(StatusCode::OK),
        Route::new(
            Method::GET,
            "/api/v1/version",
            ("getVersion", "Versions of the daemon and its databases"),
            server::version,
        )
        .of_server()
        .answers::<Version>(StatusCode::OK),
    ]
}
