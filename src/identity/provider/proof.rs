//! The proof of a provider that someone signed in there (ID token, OpenID Connect Core 1.0, section 3.1.3.7).
//!
//! The library checks signature, issuer and audience; beside that here: the algorithm from a short list, one key
//! that fits, the nonce of this sign-in, and the times by the clock of the database.

use super::Failed;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::Deserialize;

/// Algorithms that count: by a key of which only the provider has the private half.
const ALGORITHMS: [Algorithm; 4] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];
/// Seconds that the clock of the provider may differ.
const LEEWAY: i64 = 60;
/// Seconds after which a proof is too old for a sign-in that is going on.
const OLDEST: i64 = 600;
/// Longest proof.
const LONGEST: usize = 16_000;

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

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// The name of the key that a proof says it was signed with.
pub(super) fn key_name(token: &str) -> Result<Option<String>, Failed> {
    if token.len() > LONGEST {
        return Err(Failed::Wrong("te lang"));
    }
    Ok(jsonwebtoken::decode_header(token).map_err(|_| Failed::Wrong("geen leesbaar bewijs"))?.kid)
}

/// What a proof says, when everything holds; else what does not.
pub(super) fn read(token: &str, keys: &[Jwk], expected: &Expected<'_>) -> Result<Told, &'static str> {
    let head = jsonwebtoken::decode_header(token).map_err(|_| "geen leesbaar bewijs")?;
    if !ALGORITHMS.contains(&head.alg) {
        return Err("een ander algoritme");
    }
    if head.crit.is_some() {
        return Err("een onbekende eis");
    }
    let key = DecodingKey::from_jwk(key_for(&head, keys)?).map_err(|_| "een sleutel die geen sleutel is")?;
    let mut rules = Validation::new(head.alg);
    rules.set_issuer(&[expected.issuer]);
    rules.set_audience(&[expected.client]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // By the clock of the database, below.
    rules.validate_exp = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &rules).map_err(|error| told(error.kind()))?.claims;
    check(claims, expected)
}

/// The one key that a proof can be signed with.
fn key_for<'a>(head: &Header, keys: &'a [Jwk]) -> Result<&'a Jwk, &'static str> {
    let mut fitting = keys.iter().filter(|key| {
        let named = head.kid.is_none() || key.common.key_id == head.kid;
        let meant = key.common.key_algorithm.is_none_or(|meant| meant == KeyAlgorithm::from(head.alg));
        named && meant && fits(head.alg, &key.algorithm)
    });
    match (fitting.next(), fitting.next()) {
        (Some(key), None) => Ok(key),
        (None, _) => Err("een onbekende sleutel"),
        _ => Err("meer dan één sleutel past"),
    }
}

fn fits(algorithm: Algorithm, key: &AlgorithmParameters) -> bool {
    match (algorithm, key) {
        (Algorithm::RS256 | Algorithm::PS256, AlgorithmParameters::RSA(_)) => true,
        (Algorithm::ES256, AlgorithmParameters::EllipticCurve(key)) => key.curve == EllipticCurve::P256,
        (Algorithm::EdDSA, AlgorithmParameters::OctetKeyPair(key)) => key.curve == EllipticCurve::Ed25519,
        _ => false,
    }
}

fn check(claims: Claims, expected: &Expected<'_>) -> Result<Told, &'static str> {
    // The library lets a list through in which any one is right.
    if claims.iss != expected.issuer {
        return Err("van een andere aanbieder");
    }
    let others = match &claims.aud {
        Audience::One(one) => one != expected.client,
        Audience::Several(all) => all.iter().any(|one| one != expected.client),
    };
    let party = claims.azp.as_deref();
    if party.is_some_and(|party| party != expected.client) || (others && party.is_none()) {
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

fn told(kind: &jsonwebtoken::errors::ErrorKind) -> &'static str {
    use jsonwebtoken::errors::ErrorKind as Kind;
    match kind {
        Kind::InvalidSignature => "een andere handtekening",
        Kind::InvalidIssuer => "van een andere aanbieder",
        Kind::InvalidAudience => "voor een andere ontvanger",
        Kind::MissingRequiredClaim(_) => "er ontbreekt iets",
        Kind::InvalidAlgorithm => "een ander algoritme",
        _ => "geen leesbaar bewijs",
    }
}
