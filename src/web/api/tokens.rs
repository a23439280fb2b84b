//! Tokens for systems of organisations that work together (RFC 6749, 4.4, with an assertion of RFC 7523).

use crate::identity::SignedIn;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use schemars::JsonSchema;
use secrecy::ExposeSecret;
use serde::Serialize;

/// Where a token is asked for; an assertion is for this address.
pub const PATH: &str = "/v1/tokens";
const GRANT: &str = "client_credentials";
const KIND: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Asking for a token. Other fields are not looked at.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "the fields are read one by one: OAuth refuses a field that comes twice")]
pub struct TokenRequest {
    /// Always `client_credentials`.
    #[schemars(regex(pattern = r"^client_credentials$"))]
    grant_type: String,
    /// Always `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    #[schemars(regex(pattern = r"^urn:ietf:params:oauth:client-assertion-type:jwt-bearer$"))]
    client_assertion_type: String,
    /// A JWT, signed with a registered key (RS256, PS256, ES256 or EdDSA): `iss` and `sub` are the user name, `aud` is
    /// the address of this operation, `exp` is at most five minutes on, `jti` is new each time.
    #[schemars(length(min = 1, max = 16000))]
    client_assertion: String,
}

/// A token.
#[derive(Serialize, JsonSchema)]
pub struct TokenView {
    /// For the `Authorization: Bearer` header.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Seconds that it counts; it cannot be made to last longer.
    pub expires_in: i64,
}

/// A token in exchange for an assertion.
pub fn exchange(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let mut problems = Vec::new();
    let mut once = |name: &str, fits: &dyn Fn(&str) -> bool, told: &str| {
        let given = form.all(name);
        if given.len() != 1 || !given.iter().all(|value| fits(value)) {
            problems.push(InputProblem::field(name, "does_not_fit", told));
        }
    };
    once("grant_type", &|given| given == GRANT, "Dit is één keer nodig, en altijd client_credentials.");
    once("client_assertion_type", &|given| given == KIND, &format!("Dit is één keer nodig, en altijd {KIND}."));
    once("client_assertion", &|given| !given.is_empty(), "Stuur één ondertekende verklaring mee.");
    if !problems.is_empty() {
        return Err(WebError::Invalid(problems));
    }
    let signed_in = signed_in(request, &form)?;
    let seconds = (signed_in.session_ends_at.timestamp_micros() - request.app.db.now()) / 1_000_000;
    let token = signed_in.token.expose_secret().to_owned();
    Reply::json(200, &TokenView { access_token: token, token_type: "Bearer", expires_in: seconds.max(0) })
}

fn signed_in(request: &Request, form: &Form) -> Result<SignedIn, WebError> {
    let receiver = format!("{}{PATH}", request.app.settings.origin());
    Ok(request.app.identity.sign_in_by_assertion(form.raw("client_assertion"), &receiver)?)
}
