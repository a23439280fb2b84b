//! The OpenAPI 3.1 document, made from the endpoint table and the types of bodies and answers.

use super::endpoint::{Access, ENDPOINTS, Endpoint};
use super::error::Problem;
use super::headers::API_VERSION;
use crate::identity::Role;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The document.
#[must_use]
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    // Every text in a body is without control characters, which `Request::json` refuses.
    let settings = settings.with_transform(RecursiveTransform(plain_text));
    let mut generator = settings.into_generator();
    let problem = generator.subschema_for::<Problem>().to_value();
    let mut paths: Map<String, Value> = Map::new();
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.path.starts_with("/v1/")) {
        // The server address holds the version of the API.
        let path = endpoint.path.trim_start_matches("/v1");
        let operations = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
        if let Some(operations) = operations.as_object_mut() {
            let method = endpoint.method.as_str().to_ascii_lowercase();
            operations.insert(method, operation(endpoint, &mut generator, &problem));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Combizitting",
            "version": API_VERSION,
            "description": "Gecombineerde zittingen in zaken van huiselijk geweld: dossiers, bevindingen, botsingen, termijnen en concepten.",
            "contact": {"name": "Beheer Combizitting", "email": "beheer@combizitting.example", "url": "https://combizitting.example"},
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
        },
        "servers": [{"url": "/v1"}],
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": {"sessie": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
        }
    })
}

/// Text as it is taken and given: tab and line ends, but no other control character.
const PLAIN: &str = "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*$";

/// A day and a time without a zone, of which the name of its format tells other programs nothing.
const LOCAL_TIME: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?$";

/// Says of a text that has no stricter form that it is plain, and how a time without a zone is written.
fn plain_text(schema: &mut Schema) {
    if schema.get("format").is_some_and(|format| format == "partial-date-time") {
        schema.insert("pattern".to_owned(), json!(LOCAL_TIME));
    }
    let kind = schema.get("type");
    let text = kind.is_some_and(|kind| {
        kind == "string" || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "string"))
    });
    let formed = ["pattern", "format", "enum", "const"].iter().any(|limit| schema.get(*limit).is_some());
    if text && !formed {
        schema.insert("pattern".to_owned(), json!(PLAIN));
    }
}

fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator, problem: &Value) -> Value {
    let mut operation = json!({
        "operationId": operation_id(endpoint),
        "summary": endpoint.title,
        "description": access_text(endpoint),
        "parameters": parameters(endpoint, generator),
        "responses": responses(endpoint, generator, problem),
    });
    let Some(fields) = operation.as_object_mut() else { return operation };
    if endpoint.access != Access::Everyone {
        fields.insert("security".to_owned(), json!([{"sessie": []}]));
    }
    if let Some(body) = endpoint.body {
        let schema = body(generator).to_value();
        fields.insert(
            "requestBody".to_owned(),
            json!({"required": true, "content": {endpoint.takes: {"schema": schema}}}),
        );
    }
    if !endpoint.file.is_empty()
        && let Some(fields) = operation.as_object_mut()
    {
        let schema = json!({"type": "string", "format": "binary", "maxLength": endpoint.body_limit});
        fields.insert(
            "requestBody".to_owned(),
            json!({"required": true, "content": {endpoint.file: {"schema": schema}}}),
        );
    }
    operation
}

fn operation_id(endpoint: &Endpoint) -> String {
    let path: String = endpoint
        .path
        .trim_start_matches("/v1/")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    format!("{}_{}", endpoint.method.as_str().to_ascii_lowercase(), path.replace("__", "_").trim_matches('_'))
}

fn access_text(endpoint: &Endpoint) -> String {
    let who = match endpoint.access {
        Access::Everyone => "Voor iedereen.".to_owned(),
        Access::SignedIn => "Voor iedereen die is aangemeld.".to_owned(),
        Access::Roles(roles) => {
            format!("Voor: {}.", roles.iter().map(|role: &Role| role.as_str()).collect::<Vec<_>>().join(", "))
        }
    };
    if endpoint.is_of_case() { format!("{who} Alleen voor wie aan de zaak is toegewezen.") } else { who }
}

fn parameters(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Vec<Value> {
    let mut parameters: Vec<Value> = endpoint
        .path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            let pattern = match name {
                "bestand" => "^[a-z0-9-]+\\.(pdf|html|docx)$",
                "naam" => "^[a-z0-9-]+$",
                "code" => "^[0-9a-f]{16}$",
                "stuk" => "^[A-Za-z0-9_-]{1,64}$",
                _ => "^[0-9a-f-]{36}$",
            };
            json!({"name": name, "in": "path", "required": true, "schema": {"type": "string", "pattern": pattern}})
        })
        .collect();
    if let Some(query) = endpoint.query {
        let mut schema = query(generator);
        RecursiveTransform(plain_text).transform(&mut schema);
        let schema = schema.to_value();
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            parameters.push(json!({
                "name": name, "in": "query", "required": required.contains(&name.as_str()), "schema": schema,
            }));
        }
    }
    if endpoint.versioned {
        parameters.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "schema": {"type": "string", "pattern": "^\"[0-9]{1,18}\"$"},
            "description": "Versie waarop de wijziging rust, zoals in de ETag.",
        }));
    }
    parameters
}

fn responses(endpoint: &Endpoint, generator: &mut SchemaGenerator, problem: &Value) -> Value {
    let (status, media, schema) = endpoint.gives;
    let version = json!({"API-Version": {"schema": {"type": "string"}}});
    let mut good = json!({"description": "Gelukt", "headers": version});
    if let (false, Some(fields)) = (media.is_empty(), good.as_object_mut()) {
        let inner = schema.map_or(json!({}), |schema| json!({"schema": schema(generator).to_value()}));
        let content: Map<String, Value> = media.split(", ").map(|one| (one.to_owned(), inner.clone())).collect();
        fields.insert("content".to_owned(), Value::Object(content));
    }
    let mut responses = Map::from_iter([(status.to_string(), good)]);
    for status in problem_statuses(endpoint) {
        let mut headers = version.clone();
        if let (true, Some(headers)) = (matches!(status, 429 | 503), headers.as_object_mut()) {
            let seconds = json!({"schema": {"type": "integer"}, "description": "Seconden om te wachten."});
            headers.insert("Retry-After".to_owned(), seconds);
        }
        let content = json!({"application/problem+json": {"schema": problem}});
        responses
            .insert(status.to_string(), json!({"description": "Probleem", "headers": headers, "content": content}));
    }
    Value::Object(responses)
}

/// The problems that can come instead of what was asked.
fn problem_statuses(endpoint: &Endpoint) -> Vec<u16> {
    let mut statuses = vec![400, 429, 503];
    if endpoint.access != Access::Everyone {
        statuses.extend([401, 403]);
    }
    // What a path, a query or a body names may not be there.
    if endpoint.path.contains('{') || endpoint.query.is_some() || endpoint.has_body() {
        statuses.push(404);
    }
    if endpoint.query.is_some() {
        statuses.push(422);
    }
    // A bundle that is asked for may still be in the making.
    if endpoint.path.contains("{bundel}") {
        statuses.push(409);
    }
    if endpoint.has_body() {
        statuses.extend([401, 408, 409, 413, 415, 422]);
    }
    if endpoint.versioned {
        statuses.extend([412, 428]);
    }
    statuses
}
