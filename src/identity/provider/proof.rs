//! The proof of a provider that someone signed in there (ID token, OpenID Connect Core 1.0, section 3.1.3.7).

use super::super::foreign::{self, Audience, Wrong};
use super::Failed;
use jsonwebtoken::Header;
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;

/// Seconds that the clock of the provider may differ.
const LEEWAY: i64 = 60;
/// Seconds after which a proof is too old for a sign-in that is going on.
const OLDEST: i64 = 600;

/// What a provider says of who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::identity) struct Told {
    /// Who, at this provider.
    pub(in crate::identity) subject: String,
    /// In which class of certainty.
    pub(in crate::identity) acr: Option<String>,
    /// By which means.
    pub(in crate::identity) amr: Vec<String>,
}

/// What a proof must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
    /// In seconds.
    pub(super) now: i64,
}

#[derive(Clone, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    exp: i64,
    iat: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(default)]
    acr: Option<String>,
    #[serde(default)]
    amr: Vec<String>,
}

/// The name of the key that a proof says it was signed with.
pub(super) fn key_name(token: &str) -> Result<Option<String>, Failed> {
    Ok(foreign::head(token).map_err(Failed::Wrong)?.kid)
}

/// What a proof says, when everything holds; else what does not.
pub(super) fn read(token: &str, keys: &[Jwk], expected: &Expected<'_>) -> Result<Told, Wrong> {
    let head = foreign::head(token)?;
    let key = key_for(&head, keys)?;
    check(foreign::read(token, &head, key, (expected.issuer, expected.client))?, expected)
}

/// The one key that a proof can be signed with.
fn key_for<'a>(head: &Header, keys: &'a [Jwk]) -> Result<&'a Jwk, Wrong> {
    let named = |key: &&Jwk| head.kid.is_none() || key.common.key_id == head.kid;
    let mut fitting = keys.iter().filter(named).filter(|key| foreign::fits(head, key));
    match (fitting.next(), fitting.next()) {
        (Some(key), None) => Ok(key),
        (None, _) => Err("een onbekende sleutel"),
        _ => Err("meer dan één sleutel past"),
    }
}

fn check(claims: Claims, expected: &Expected<'_>) -> Result<Told, Wrong> {
    // The library lets a list through in which any one is right.
    if claims.iss != expected.issuer {
        return Err("van een andere aanbieder");
    }
    let party = claims.azp.as_deref();
    let for_others = !claims.aud.is_only(expected.client) && party.is_none();
    if for_others || party.is_some_and(|party| party != expected.client) {
        return Err("voor een andere ontvanger");
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err("van een andere aanmelding");
    }
    let now = expected.now;
    if claims.exp.saturating_add(LEEWAY) <= now {
        return Err("verlopen");
    }
    if claims.iat > now.saturating_add(LEEWAY) || claims.nbf.is_some_and(|from| from > now.saturating_add(LEEWAY)) {
        return Err("van later dan nu");
    }
    if claims.iat.saturating_add(OLDEST) < now {
        return Err("te oud");
    }
    if claims.sub.is_empty() || claims.sub.len() > 255 || !claims.sub.is_ascii() {
        return Err("geen bruikbaar kenmerk");
    }
    Ok(Told { subject: claims.sub, acr: claims.acr, amr: claims.amr })
}
