//! Signing in and out.

use crate::identity::{IdentityError, PublicKey, SignedIn};
use crate::shared::moment::Instant;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Sign-in.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// Name to sign in with.
    #[validate(length(min = 1, max = 100, message = "Vul de gebruikersnaam in (ten hoogste 100 tekens)."))]
    pub gebruikersnaam: String,
    /// Password.
    #[validate(length(min = 1, max = 200, message = "Vul het wachtwoord in (ten hoogste 200 tekens)."))]
    pub wachtwoord: String,
    /// Code of the app or a recovery code, for who has a second factor.
    #[serde(default)]
    #[validate(length(max = 40, message = "Vul een code van ten hoogste 40 tekens in."))]
    pub code: String,
}

/// A session with its token.
#[derive(Serialize, JsonSchema)]
pub struct SessionView {
    /// Token for the `Authorization: Bearer` header.
    pub token: String,
    /// When the token expires unless renewed.
    pub verloopt_op: Instant,
    /// When the session ends, renewed or not.
    pub sessie_eindigt_op: Instant,
    /// Role.
    pub rol: String,
    /// Name to show.
    pub naam: String,
}

/// Who is signed in.
#[derive(Serialize, JsonSchema)]
pub struct WhoView {
    /// Id.
    pub id: String,
    /// Name to show.
    pub naam: String,
    /// Role.
    pub rol: String,
    /// When the token expires unless renewed.
    pub verloopt_op: Instant,
}

fn view(signed_in: &SignedIn) -> SessionView {
    SessionView {
        token: signed_in.token.expose_secret().to_owned(),
        verloopt_op: signed_in.expires_at,
        sessie_eindigt_op: signed_in.session_ends_at,
        rol: signed_in.actor.role.to_string(),
        naam: signed_in.actor.name.clone(),
    }
}

/// Signs in.
pub fn sign_in(request: &Request) -> Result<Reply, WebError> {
    let given: SignInRequest = request.json()?;
    let identity = &request.app.identity;
    let signed_in = match identity.sign_in(&given.gebruikersnaam, &SecretString::from(given.wachtwoord)) {
        Err(IdentityError::CodeAsked(step)) if !given.code.is_empty() => identity.finish_sign_in(&step, &given.code)?,
        other => other?,
    };
    Reply::json(201, &view(&signed_in))
}

/// Who is signed in.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    let who = WhoView {
        id: session.actor.user_id.clone(),
        naam: session.actor.name.clone(),
        rol: session.actor.role.to_string(),
        verloopt_op: session.expires_at,
    };
    Reply::json(200, &who)
}

/// A new token for the same session.
pub fn renew(request: &Request) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    Reply::json(200, &view(&request.app.identity.renew(session)?))
}

/// Signs out.
pub fn sign_out(request: &Request) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    request.app.identity.sign_out(session)?;
    Ok(Reply::no_content())
}

/// Public keys (RFC 7517).
#[derive(Serialize, JsonSchema)]
pub struct KeySetView {
    /// The keys by which a token can be checked; the first one signs now.
    pub keys: Vec<KeyView>,
}

/// A public key (RFC 8037).
#[derive(Serialize, JsonSchema)]
pub struct KeyView {
    /// Kind of key.
    pub kty: &'static str,
    /// Curve.
    pub crv: &'static str,
    /// Algorithm.
    pub alg: &'static str,
    /// What it is for.
    #[serde(rename = "use")]
    pub usage: &'static str,
    /// Name, as in the head of a token.
    pub kid: String,
    /// The key.
    pub x: String,
}

/// The public keys by which a token can be checked.
pub fn keys(request: &Request) -> Result<Reply, WebError> {
    let view =
        |key: PublicKey| KeyView { kty: "OKP", crv: "Ed25519", alg: "EdDSA", usage: "sig", kid: key.name, x: key.x };
    let keys = request.app.identity.public_keys().into_iter().map(view).collect();
    Reply::json(200, &KeySetView { keys })
}
