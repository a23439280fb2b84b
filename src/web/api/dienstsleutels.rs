//! Public keys of systems of organisations that work together, for the administrator.

use crate::db::instant_of;
use crate::identity::ServiceKey;
use crate::shared::moment::Instant;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A key to register.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ServiceKeyRequest {
    /// The public key as a JWK (RFC 7517), written as text: RSA of at least 2048 bits, EC P-256 or Ed25519.
    #[validate(length(min = 1, max = 4000, message = "Geef een openbare sleutel van ten hoogste 4000 tekens."))]
    pub sleutel: String,
}

/// Keys of one account.
#[derive(Serialize, JsonSchema)]
pub struct ServiceKeyList {
    /// Newest first; also those that were withdrawn.
    pub sleutels: Vec<ServiceKeyView>,
}

/// A key.
#[derive(Serialize, JsonSchema)]
pub struct ServiceKeyView {
    /// Id.
    pub id: String,
    /// Thumbprint (RFC 7638), to compare with the organisation over another way.
    pub vingerafdruk: String,
    /// When it was registered.
    pub vastgelegd_op: Instant,
    /// When it was withdrawn.
    pub ingetrokken_op: Option<Instant>,
}

impl From<ServiceKey> for ServiceKeyView {
    fn from(key: ServiceKey) -> Self {
        Self {
            id: key.id,
            vingerafdruk: key.thumbprint,
            vastgelegd_op: instant_of(key.added_at),
            ingetrokken_op: key.ended_at.map(instant_of),
        }
    }
}

/// The keys of an account.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let keys = request.app.identity.service_keys(request.actor()?, request.id_param("gebruiker")?)?;
    Reply::json(200, &ServiceKeyList { sleutels: keys.into_iter().map(Into::into).collect() })
}

/// Registers a key.
pub fn add(request: &Request) -> Result<Reply, WebError> {
    let (user, given): (_, ServiceKeyRequest) = (request.id_param("gebruiker")?, request.json()?);
    let key = request.app.identity.add_service_key(request.actor()?, user, &given.sleutel)?;
    Reply::json(201, &ServiceKeyView::from(key))
}

/// Withdraws a key.
pub fn end(request: &Request) -> Result<Reply, WebError> {
    let (user, key) = (request.id_param("gebruiker")?, request.id_param("sleutel")?);
    request.app.identity.end_service_key(request.actor()?, user, key)?;
    Ok(Reply::no_content())
}
