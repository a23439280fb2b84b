//! The documents about the API itself, and the templates of all pages.

use super::harness::{Call, Site};
use crate::support::Backend;
use combizitting::web::endpoint::ENDPOINTS;
use combizitting::web::templates::Pages;
use rstest::rstest;
use serde_json::Value;

#[rstest]
#[actix_web::test]
async fn the_openapi_document_describes_every_api_route_with_its_limits(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let document = site.send(Call::new("GET", "/v1/openapi.json")).await.json();
    assert_eq!(document["openapi"], "3.1.0");
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.path.starts_with("/v1/")) {
        let method = endpoint.method.as_str().to_lowercase();
        let operation = &document["paths"][endpoint.path.trim_start_matches("/v1")][&method];
        assert!(operation["operationId"].is_string(), "{method} {}", endpoint.path);
        for status in ["400", "429", "503"] {
            assert!(operation["responses"][status]["content"]["application/problem+json"].is_object(), "{status}");
        }
        let versioned = operation["responses"]["428"].is_object();
        assert_eq!(versioned, operation["parameters"].to_string().contains("If-Match"), "{method} {}", endpoint.path);
    }
    let sign_in = &document["components"]["schemas"]["SignInRequest"]["properties"]["gebruikersnaam"];
    assert_eq!((&sign_in["minLength"], &sign_in["maxLength"]), (&1.into(), &100.into()), "{sign_in}");
    let problem = &document["components"]["schemas"]["Problem"]["required"];
    assert_eq!(
        problem,
        &serde_json::json!(["type", "title", "status", "detail"]),
        "only a list of problems that is there"
    );
    let pattern = document["components"]["schemas"]["DossierLine"]["properties"]["kenmerk"]["pattern"].as_str();
    assert!(
        pattern.is_some_and(|pattern| pattern.contains("u0000-")),
        "text is without control characters: {pattern:?}"
    );
    let paper = &document["paths"]["/dossiers/{dossier}/concepten/{concept}/documenten/{bestand}"]["get"];
    assert_eq!(paper["responses"]["200"]["content"].as_object().unwrap().len(), 3, "PDF, HTML and Word");
    let text = document.to_string();
    let references: Vec<&str> = text.split("\"$ref\":\"#/components/schemas/").skip(1).collect();
    assert!(!references.is_empty());
    for reference in references {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name} is not defined");
    }
    let mut ids: Vec<&str> =
        text.split("\"operationId\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "operation ids are unique");
}

/// Texts in a description of which another program could not know what is taken.
fn texts_without_a_form(place: &str, schema: &Value, found: &mut Vec<String>) {
    // A field may itself be called "type"; then it is no kind.
    let kind = Some(&schema["type"]).filter(|kind| !kind.is_object()).map(Value::to_string).unwrap_or_default();
    let known = ["date", "date-time", "binary"].map(Value::from).contains(&schema["format"]);
    let formed = known || ["pattern", "enum", "const"].iter().any(|form| schema.get(form).is_some());
    if kind.contains("\"string\"") && !formed {
        found.push(place.to_owned());
    }
    let parts: Vec<(String, &Value)> = match schema {
        Value::Object(fields) => fields.iter().map(|(name, part)| (name.clone(), part)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(number, part)| (number.to_string(), part)).collect(),
        _ => vec![],
    };
    for (name, part) in parts {
        texts_without_a_form(&format!("{place}/{name}"), part, found);
    }
}

#[actix_web::test]
async fn whoever_builds_against_the_api_reads_of_every_text_what_form_it_has() {
    let document = Site::new(Backend::Sqlite).send(Call::new("GET", "/v1/openapi.json")).await.json();
    let mut found = vec![];
    for path in document["paths"].as_object().unwrap().values() {
        for operation in path.as_object().unwrap().values() {
            let name = operation["operationId"].as_str().unwrap();
            texts_without_a_form(name, &operation["parameters"], &mut found);
            texts_without_a_form(name, &operation["requestBody"], &mut found);
        }
    }
    texts_without_a_form("schemas", &document["components"]["schemas"], &mut found);
    assert!(found.is_empty(), "{found:#?}");
    let delivered = &document["paths"]["/leveringen"]["post"]["responses"];
    assert!(delivered["404"].is_object(), "the case that a body names may not be there");
}

#[rstest]
#[actix_web::test]
async fn the_schema_health_and_style_sheets_are_there_for_everyone(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let schema = site.send(Call::new("GET", "/v1/schema")).await;
    assert_eq!((schema.status, schema.header("api-version")), (200, Some("1.0.0")));
    assert!(schema.json()["properties"]["persons"].is_object());
    for path in ["/gezondheid/leeft", "/gezondheid/gereed", "/statisch/stijl.css", "/statisch/merk.svg"] {
        assert_eq!(site.send(Call::new("GET", path)).await.status, 200, "{path}");
    }
    assert_eq!(site.send(Call::new("GET", "/statisch/layout.hbs")).await.status, 404);
}

#[test]
fn all_templates_can_be_parsed() {
    assert!(Pages::load().unwrap().names().len() >= 15);
}

#[rstest]
#[actix_web::test]
async fn a_head_request_is_answered_like_a_get(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    assert_eq!(site.send(Call::new("HEAD", "/gezondheid/leeft")).await.status, 200);
}
