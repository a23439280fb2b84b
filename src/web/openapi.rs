//! The OpenAPI 3.1 document, made from the endpoint table and the types of bodies and answers.

use super::endpoint::{Access, ENDPOINTS, Endpoint};
use super::error::Problem;
use super::headers::API_VERSION;
use crate::identity::Role;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The document.
#[must_use]
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
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
            let schema = if name == "bestand" {
                json!({"type": "string", "pattern": "^[a-z0-9-]+\\.(pdf|html|docx)$"})
            } else {
                json!({"type": "string", "pattern": "^[0-9a-f-]{36}$"})
            };
            json!({"name": name, "in": "path", "required": true, "schema": schema})
        })
        .collect();
    if let Some(query) = endpoint.query {
        let schema = query(generator).to_value();
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            parameters.push(json!({
                "name": name, "in": "query", "required": required.contains(&name.as_str()), "schema": schema,
            }));
        }
    }
    if endpoint.method == super::endpoint::Method::Put && endpoint.is_of_case() {
        parameters.push(json!({
            "name": "If-Match", "in": "header", "required": true, "schema": {"type": "string"},
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
        let content = match schema {
            Some(schema) => json!({media: {"schema": schema(generator).to_value()}}),
            None => json!({media: {}}),
        };
        fields.insert("content".to_owned(), content);
    }
    let mut responses = Map::from_iter([(status.to_string(), good)]);
    let mut errors = vec![400, 503];
    if endpoint.access != Access::Everyone {
        errors.extend([401, 403]);
    }
    if endpoint.path.contains('{') {
        errors.push(404);
    }
    if endpoint.has_body() {
        errors.extend([401, 408, 413, 415, 422]);
    }
    if endpoint.method == super::endpoint::Method::Put && endpoint.is_of_case() {
        errors.extend([412, 428]);
    }
    for status in errors {
        responses.insert(
            status.to_string(),
            json!({"description": "Probleem", "headers": version, "content": {"application/problem+json": {"schema": problem}}}),
        );
    }
    Value::Object(responses)
}
