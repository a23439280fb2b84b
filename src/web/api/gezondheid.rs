//! Liveness, readiness, and the two documents about the API itself.

use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use crate::web::{endpoint::JSON, openapi};
use serde_json::json;
use std::sync::OnceLock;

/// The program runs.
pub fn alive(_: &Request) -> Result<Reply, WebError> {
    Reply::json(200, &json!({"status": "leeft"}))
}

/// The database answers.
pub fn ready(request: &Request) -> Result<Reply, WebError> {
    request.app.db.ping().map_err(|error| WebError::Unavailable(error.to_string()))?;
    Reply::json(200, &json!({"status": "gereed"}))
}

/// JSON Schema of a dossier file.
pub fn schema(_: &Request) -> Result<Reply, WebError> {
    let schema = crate::intake::schema();
    let body = serde_json::to_vec_pretty(schema).map_err(|error| WebError::Internal(error.to_string()))?;
    Ok(Reply::bytes(200, "application/schema+json", body))
}

/// The OpenAPI document.
pub fn openapi(_: &Request) -> Result<Reply, WebError> {
    static DOCUMENT: OnceLock<Vec<u8>> = OnceLock::new();
    let body = DOCUMENT.get_or_init(|| openapi::document().to_string().into_bytes()).clone();
    Ok(Reply::bytes(200, JSON, body).with_header("Access-Control-Allow-Origin", "*"))
}
