//! What a provider publishes: its addresses and its public keys, kept for a while.

use super::settings::ProviderSettings;
use super::transport::Transport;
use super::{Failed, unusable};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use serde::Deserialize;
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long what was read counts.
const FRESH: Duration = Duration::from_secs(3600);
/// How long between two readings of the keys because of a name that is not among them: a stranger can send one.
const AGAIN: Duration = Duration::from_secs(30);
/// More keys than any provider has.
const MOST_KEYS: usize = 50;

/// The addresses of a provider (OpenID Connect Discovery 1.0).
#[derive(Debug, Deserialize)]
pub(super) struct Site {
    issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    pub(super) end_session_endpoint: Option<String>,
    #[serde(default)]
    code_challenge_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

type Kept<T> = Mutex<Option<(Arc<T>, Instant)>>;

#[derive(Default)]
pub(super) struct Published {
    site: Kept<Site>,
    keys: Kept<Vec<Jwk>>,
}

fn kept<T>(place: &Kept<T>) -> Option<(Arc<T>, Duration)> {
    let kept = place.lock().unwrap_or_else(PoisonError::into_inner);
    kept.as_ref().map(|(value, at)| (Arc::clone(value), at.elapsed()))
}

fn keep<T>(place: &Kept<T>, value: T) -> Arc<T> {
    let value = Arc::new(value);
    *place.lock().unwrap_or_else(PoisonError::into_inner) = Some((Arc::clone(&value), Instant::now()));
    value
}

impl Published {
    /// The addresses, when they were read not long ago.
    pub(super) fn site_if_fresh(&self) -> Option<Arc<Site>> {
        kept(&self.site).filter(|(_, age)| *age < FRESH).map(|(site, _)| site)
    }

    /// The addresses, read anew; what was read before while the provider is away.
    pub(super) fn site(&self, transport: &Transport, settings: &ProviderSettings) -> Result<Arc<Site>, Failed> {
        let place = format!("{}/.well-known/openid-configuration", settings.issuer.trim_end_matches('/'));
        match transport.document::<Site>(&place).and_then(|site| checked(site, settings)) {
            Ok(site) => Ok(keep(&self.site, site)),
            Err(error) => kept(&self.site).map(|(site, _)| site).ok_or(error),
        }
    }

    /// The keys, read anew when they are old or this name is not among them.
    pub(super) fn keys(&self, transport: &Transport, site: &Site, name: Option<&str>) -> Result<Arc<Vec<Jwk>>, Failed> {
        let known = kept(&self.keys);
        if let Some((keys, age)) = &known {
            let named = name.is_none_or(|name| keys.iter().any(|key| key.common.key_id.as_deref() == Some(name)));
            if (named && *age < FRESH) || *age < AGAIN {
                return Ok(Arc::clone(keys));
            }
        }
        match transport.document::<KeySet>(&site.jwks_uri) {
            Ok(set) => Ok(keep(&self.keys, usable(set))),
            Err(error) => known.map(|(keys, _)| keys).ok_or(error),
        }
    }
}

/// Keys that may sign; one of a kind that is not known here does not spoil the others.
fn usable(set: KeySet) -> Vec<Jwk> {
    let keys = set.keys.into_iter().take(MOST_KEYS).filter_map(|key| serde_json::from_value::<Jwk>(key).ok());
    keys.filter(|key| matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature))).collect()
}

/// The addresses, when they are of this provider and as safe as it is itself.
fn checked(site: Site, settings: &ProviderSettings) -> Result<Site, Failed> {
    if site.issuer != settings.issuer {
        return Err(Failed::Wrong("de aanbieder noemt een andere naam dan is ingesteld"));
    }
    let named = [&site.authorization_endpoint, &site.token_endpoint, &site.jwks_uri];
    for address in named.into_iter().chain(&site.end_session_endpoint) {
        let scheme = oauth2::url::Url::parse(address).map_err(unusable)?.scheme().to_owned();
        if scheme != "https" && !(scheme == "http" && settings.is_of_this_machine()) {
            return Err(Failed::Wrong("de aanbieder noemt een adres zonder TLS"));
        }
    }
    // Some that do it do not say so; one that says it does something else cannot be used.
    if site.code_challenge_methods_supported.as_ref().is_some_and(|known| !known.iter().any(|one| one == "S256")) {
        return Err(Failed::Wrong("de aanbieder kent geen PKCE met S256"));
    }
    Ok(site)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn site(change: impl FnOnce(&mut Value)) -> Result<Site, Failed> {
        let mut document = json!({
            "issuer": "https://a.example", "authorization_endpoint": "https://a.example/auth",
            "token_endpoint": "https://a.example/token", "jwks_uri": "https://a.example/keys",
        });
        change(&mut document);
        let settings = ProviderSettings::new("https://a.example", "c", Some("https://b.example")).unwrap();
        checked(serde_json::from_value(document).unwrap(), &settings)
    }

    #[test]
    fn a_document_of_another_provider_or_without_tls_or_pkce_is_not_used() {
        assert!(site(|_| {}).is_ok());
        assert!(site(|document| document["code_challenge_methods_supported"] = json!(["plain", "S256"])).is_ok());
        assert!(site(|document| document["issuer"] = json!("https://a.example/")).is_err());
        assert!(site(|document| document["token_endpoint"] = json!("http://a.example/token")).is_err());
        assert!(site(|document| document["end_session_endpoint"] = json!("javascript:alert(1)")).is_err());
        assert!(site(|document| document["code_challenge_methods_supported"] = json!(["plain"])).is_err());
    }

    #[test]
    fn a_key_that_is_not_known_or_not_for_signing_is_left_out() {
        let good = json!({"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "kid": "a"});
        let odd = json!({"kty": "ML-DSA", "kid": "b"});
        let seals = json!({"kty": "RSA", "n": "AAAA", "e": "AQAB", "use": "enc", "kid": "c"});
        let names: Vec<_> = usable(KeySet { keys: vec![odd, seals, good, json!(3)] })
            .into_iter()
            .filter(|key| key.common.key_id.as_deref() != Some("b"))
            .map(|key| key.common.key_id)
            .collect();
        assert_eq!(names, [Some("a".to_owned())]);
    }
}
