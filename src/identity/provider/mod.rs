//! A provider of OpenID Connect at which people may sign in: where it is, what it publishes, and the way there and
//! back. It knows no users; who a subject is, `at_provider` looks up.
//!
//! The library `oauth2` makes the address and exchanges the code (RFC 6749, 7636); `proof` checks what the provider
//! says. Every call has a time limit, follows no redirect and reads a bounded answer.

mod proof;
mod published;
mod settings;
mod transport;

pub use settings::{ProviderProblem, ProviderSettings};

use super::gate::Gate;
use crate::db::Micros;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, ExtraTokenFields, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, StandardRevocableToken, StandardTokenResponse, TokenUrl,
};
use proof::Expected;
pub(super) use proof::Told;
use published::{Published, Site};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use transport::Transport;

/// Calls to the provider at the same time; a slow provider must not hold everybody else up.
const AT_ONCE: usize = 4;

/// A provider. Its calls block.
pub struct Provider {
    settings: ProviderSettings,
    transport: Transport,
    published: Published,
    gate: Gate,
}

/// Why a provider could not be used; for the log, without anything of a person.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failed {
    /// It could not be reached, or said nothing that can be used.
    #[error("de aanbieder is niet te gebruiken: {0}")]
    Unusable(String),
    /// It said something that does not hold.
    #[error("het bewijs klopt niet: {0}")]
    Wrong(&'static str),
}

/// What goes to the provider and must come back: for one sign-in only.
pub(super) struct Secrets {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// The part of the answer to the exchange that matters here.
#[derive(Deserialize, Serialize)]
struct IdToken {
    id_token: String,
}

impl std::fmt::Debug for IdToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdToken")
    }
}

impl ExtraTokenFields for IdToken {}

type Client = oauth2::Client<
    BasicErrorResponse,
    StandardTokenResponse<IdToken, BasicTokenType>,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.settings.issuer).finish_non_exhaustive()
    }
}

impl Provider {
    /// A provider by these settings; it is not asked anything yet.
    #[must_use]
    pub fn new(settings: ProviderSettings) -> Self {
        let transport = Transport::new(settings.is_of_this_machine());
        Self { settings, transport, published: Published::default(), gate: Gate::new(AT_ONCE) }
    }

    /// Its name for users.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Its issuer, by which its subjects are told apart from those of others.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where a browser goes to sign in.
    pub(super) fn authorization(&self, secrets: &Secrets) -> Result<String, Failed> {
        let site = self.site()?;
        let auth = AuthUrl::new(site.authorization_endpoint.clone()).map_err(unusable)?;
        let client = self.client()?.set_auth_uri(auth);
        let verifier = PkceCodeVerifier::new(secrets.verifier.clone());
        let mut request = client
            .authorize_url(|| CsrfToken::new(secrets.state.clone()))
            .add_scope(Scope::new("openid".to_owned()))
            .add_extra_param("nonce", secrets.nonce.clone())
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if !self.settings.acr.is_empty() {
            request = request.add_extra_param("acr_values", self.settings.acr.join(" "));
        }
        Ok(request.url().0.to_string())
    }

    /// Whether what came back may be of this provider (RFC 9207): one that says so always names itself.
    pub(super) fn is_named(&self, issuer: Option<&str>) -> Result<bool, Failed> {
        Ok(match issuer {
            Some(issuer) => issuer == self.settings.issuer,
            None => !self.site()?.authorization_response_iss_parameter_supported,
        })
    }

    /// Exchanges a code for what the provider says of who signed in, checked.
    pub(super) fn redeem(&self, code: &str, secrets: &Secrets, now: Micros) -> Result<Told, Failed> {
        let token = self.exchange(code, secrets)?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            client: &self.settings.client,
            nonce: &secrets.nonce,
            now: now / 1_000_000,
        };
        let site = self.site()?;
        let _inside = self.enter()?;
        let keys = self.published.keys(&self.transport, &site, proof::key_name(&token)?.as_deref())?;
        proof::read(&token, &keys, &expected).map_err(Failed::Wrong)
    }

    fn exchange(&self, code: &str, secrets: &Secrets) -> Result<String, Failed> {
        let site = self.site()?;
        let client = self.client()?.set_token_uri(TokenUrl::new(site.token_endpoint.clone()).map_err(unusable)?);
        let _inside = self.enter()?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier.clone()))
            .request(&|request| self.transport.send(request))
            // What the provider wrote may repeat the code: only the kind of failure is told.
            .map_err(|error| match error {
                oauth2::RequestTokenError::ServerResponse(_) => Failed::Wrong("de code werd geweigerd"),
                oauth2::RequestTokenError::Request(cause) => unusable(cause),
                _ => Failed::Wrong("het antwoord op de code was niet te lezen"),
            })?;
        Ok(answer.extra_fields().id_token.clone())
    }

    /// Whether what the provider says of how someone signed in counts as a second factor here.
    pub(super) fn is_strong(&self, told: &Told) -> bool {
        let acr = told.acr.as_ref().is_some_and(|acr| self.settings.acr.contains(acr));
        acr || told.amr.iter().any(|amr| self.settings.amr.contains(amr))
    }

    /// Where a browser goes to end the session at the provider; none when it has no such place, or is away.
    #[must_use]
    pub fn end_session(&self) -> Option<String> {
        let site = self.site().ok()?;
        let mut address = oauth2::url::Url::parse(site.end_session_endpoint.as_deref()?).ok()?;
        address
            .query_pairs_mut()
            .append_pair("client_id", &self.settings.client)
            .append_pair("post_logout_redirect_uri", &self.settings.after_sign_out);
        Some(address.to_string())
    }

    fn client(&self) -> Result<Client, Failed> {
        let back = RedirectUrl::new(self.settings.redirect.clone()).map_err(unusable)?;
        let client = Client::new(ClientId::new(self.settings.client.clone())).set_redirect_uri(back);
        Ok(match &self.settings.secret {
            Some(secret) => client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned())),
            None => client,
        })
    }

    fn site(&self) -> Result<Arc<Site>, Failed> {
        if let Some(known) = self.published.site_if_fresh() {
            return Ok(known);
        }
        let _inside = self.enter()?;
        self.published.site(&self.transport, &self.settings)
    }

    fn enter(&self) -> Result<super::gate::Inside<'_>, Failed> {
        self.gate.enter_now().ok_or_else(|| Failed::Unusable("te veel vragen tegelijk".to_owned()))
    }
}

fn unusable(cause: impl std::fmt::Display) -> Failed {
    Failed::Unusable(cause.to_string())
}
