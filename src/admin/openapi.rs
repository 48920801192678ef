//! The OpenAPI 3.1 document, written from the route table.

use std::sync::Arc;

use http::StatusCode;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::call::{Call, KEY_CHARS_MAX};
use super::gate::Gate;
use super::respond::{Answer, Refusal};
use super::route::{Input, Kind, Parameter, Route, Scope, schema_of};
use super::state::State;
use crate::api::{
    ErrorBody, IDEMPOTENCY_HEADER, OPERATION_HEADER, REPLAYED_HEADER, REQUEST_ID_HEADER,
    TENANT_HEADER,
};

/// `GET /openapi.json`
pub(crate) async fn get(state: Arc<State>, _call: Call) -> Result<Answer, Refusal> {
    Ok(Answer {
        body: state.document.clone(),
        ..Answer::empty(StatusCode::OK)
    })
}

/// The document of these routes, as it is served and committed.
pub fn document(routes: &[Route]) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generator = SchemaGenerator::new(settings);
    let refusals = refusals(routes, &mut generator);
    let mut paths = Map::new();
    for route in routes {
        let operation = operation(route, &mut generator);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(route.method.as_str().to_ascii_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "adserved admin API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{}, { "token": [] }, { "login": [] }, { "key": [] }],
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "parameters": headers(),
            "responses": refusals,
            "securitySchemes": security(),
        },
    })
}

fn security() -> Value {
    let bearer = |about: &str| json!({ "type": "http", "scheme": "bearer", "description": about });
    json!({
        "token": bearer("The operator on TCP, by the configured token. On the unix socket the kernel \
            says who calls."),
        "login": bearer("A user: the access token of POST /api/v1/auth/login, good for 15 minutes."),
        "key": bearer("A program: the secret of POST /api/v1/keys, for what its scopes name."),
    })
}

const ABOUT: &str = "For operators, on a unix socket or with a token. Instants are RFC 3339 in \
UTC, money is integer micros of the tenant's currency, spans are integer milliseconds, ratios are \
between 0 and 1. Fields may be added at any time. Every refusal has the body `ErrorBody`.";

fn operation(route: &Route, generator: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": route.id,
        "summary": route.summary,
        "description": route.gate.to_string(),
        "tags": [noun(route.path)],
        "parameters": parameters(route),
        "responses": responses(route, generator),
    });
    let body = match route.input {
        Input::Nothing => None,
        Input::Json(schema) => Some(("application/json", schema)),
        Input::Multipart(schema) => Some(("multipart/form-data", schema)),
    };
    if route.gate == Gate::Open {
        operation["security"] = json!([{}]);
    }
    if let (Some((kind, schema)), Some(operation)) = (body, operation.as_object_mut()) {
        let content = json!({ kind: { "schema": schema(generator) } });
        let body = json!({ "required": true, "content": content });
        operation.insert("requestBody".to_owned(), body);
    }
    operation
}

/// The noun a path is about: its first word after the version.
fn noun(path: &str) -> &str {
    let versions = ["/api/v1", "/api/v2"];
    let unversioned = versions
        .iter()
        .find_map(|version| path.strip_prefix(version));
    let path = unversioned.unwrap_or(path);
    let word = path.trim_start_matches('/').split('/').next();
    word.unwrap_or_default().trim_end_matches(".json")
}

fn parameters(route: &Route) -> Vec<Value> {
    let text = || json!({ "type": "string" });
    let mut all = Vec::new();
    for name in route.path_parameters() {
        let mut one = match name {
            "rule" => parameter((name, "path"), "Its number, from 1.", &text()),
            _ => parameter((name, "path"), "Id or name.", &text()),
        };
        one["required"] = Value::Bool(true);
        all.push(one);
    }
    for known in &route.query {
        let schema = parameter_schema(known);
        all.push(parameter((known.name, "query"), known.about, &schema));
    }
    let mut header = |name: &str| {
        all.push(json!({ "$ref": format!("#/components/parameters/{name}") }));
    };
    if route.scope == Scope::Tenant {
        header(TENANT_HEADER);
    }
    if route.writes() {
        header(IDEMPOTENCY_HEADER);
        header(IF_MATCH);
    }
    all
}

const IF_MATCH: &str = "if-match";

/// The headers that many operations take.
fn headers() -> Value {
    let text = json!({ "type": "string" });
    let key = json!({ "type": "string", "minLength": 1, "maxLength": KEY_CHARS_MAX });
    let header =
        |name: &str, about: &str, schema: &Value| parameter((name, "header"), about, schema);
    json!({
        TENANT_HEADER: header(
            TENANT_HEADER,
            "Id or name of the tenant. May be left out when there is only one.",
            &text,
        ),
        IDEMPOTENCY_HEADER: header(
            IDEMPOTENCY_HEADER,
            "Makes the request safe to repeat: done once, answered the same each time.",
            &key,
        ),
        IF_MATCH: header(
            IF_MATCH,
            "The revision in quotes that must still be stored, as the ETag said.",
            &text,
        ),
    })
}

fn parameter((name, place): (&str, &str), about: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": place, "description": about, "schema": schema })
}

fn parameter_schema(parameter: &Parameter) -> Value {
    match &parameter.kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Number(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Words(words) => json!({ "type": "string", "enum": words }),
    }
}

fn responses(route: &Route, generator: &mut SchemaGenerator) -> Value {
    let text = json!({ "schema": { "type": "string" } });
    let mut all = Map::new();
    for (status, schema) in &route.answers {
        let mut headers = json!({ REQUEST_ID_HEADER: text });
        if route.writes() {
            headers[OPERATION_HEADER] = text.clone();
            headers[REPLAYED_HEADER] = text.clone();
        }
        let mut answer = json!({ "description": reason(*status), "headers": headers });
        if let Some(schema) = schema {
            let kind = route.form.content_type();
            answer["content"] = json!({ kind: { "schema": schema(generator) } });
        }
        all.insert(status.as_str().to_owned(), answer);
    }
    for status in route.refusals() {
        let place = format!("#/components/responses/{}", word(status));
        all.insert(status.as_str().to_owned(), json!({ "$ref": place }));
    }
    Value::Object(all)
}

/// The refusals that the routes know, each once.
fn refusals(routes: &[Route], generator: &mut SchemaGenerator) -> Value {
    let error = schema_of::<ErrorBody>(generator).to_value();
    let statuses = routes.iter().flat_map(Route::refusals);
    let entry = |status: StatusCode| {
        let content = json!({ "application/json": { "schema": error } });
        let answer = json!({ "description": reason(status), "content": content });
        (word(status), answer)
    };
    Value::Object(statuses.map(entry).collect())
}

/// The status as one word.
fn word(status: StatusCode) -> String {
    reason(status).replace(' ', "")
}

fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or_default()
}
