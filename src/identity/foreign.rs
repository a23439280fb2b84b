//! Tokens that others sign: the proof of a provider, and the assertion of an organisation.
//!
//! The library checks signature, issuer and audience; beside that here: the algorithm from a short list, a key that
//! fits it, and no demand that is not understood.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Algorithms that count: by a key of which only the other has the private half.
const ALGORITHMS: [Algorithm; 4] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];
/// Longest token.
const LONGEST: usize = 16_000;

/// Why a token does not count; for the log.
pub(super) type Wrong = &'static str;

/// For whom a token is.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Audience {
    /// Written as one.
    One(String),
    /// Written as a list.
    Several(Vec<String>),
}

impl Audience {
    /// Whether it is for nobody else as well.
    pub(super) fn is_only(&self, receiver: &str) -> bool {
        match self {
            Self::One(one) => one == receiver,
            Self::Several(all) => all.iter().all(|one| one == receiver),
        }
    }
}

/// The head of a token that may count.
pub(super) fn head(token: &str) -> Result<Header, Wrong> {
    if token.len() > LONGEST {
        return Err("te lang");
    }
    let head = jsonwebtoken::decode_header(token).map_err(|_| "niet te lezen")?;
    if !ALGORITHMS.contains(&head.alg) {
        return Err("een ander algoritme");
    }
    if head.crit.is_some() {
        return Err("een onbekende eis");
    }
    Ok(head)
}

/// Whether a token with this head may be signed with this key.
pub(super) fn fits(head: &Header, key: &Jwk) -> bool {
    let kind = match (head.alg, &key.algorithm) {
        (Algorithm::RS256 | Algorithm::PS256, AlgorithmParameters::RSA(_)) => true,
        (Algorithm::ES256, AlgorithmParameters::EllipticCurve(key)) => key.curve == EllipticCurve::P256,
        (Algorithm::EdDSA, AlgorithmParameters::OctetKeyPair(key)) => key.curve == EllipticCurve::Ed25519,
        _ => false,
    };
    let signs = matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature));
    kind && signs && key.common.key_algorithm.is_none_or(|meant| meant == KeyAlgorithm::from(head.alg))
}

/// What a token says, when it was signed with this key by this issuer for this receiver. Times are for who asks: they
/// count by the clock of the database.
pub(super) fn read<T: DeserializeOwned>(
    token: &str,
    head: &Header,
    key: &Jwk,
    (issuer, receiver): (&str, &str),
) -> Result<T, Wrong> {
    let key = DecodingKey::from_jwk(key).map_err(|_| "een sleutel die geen sleutel is")?;
    let mut rules = Validation::new(head.alg);
    rules.set_issuer(&[issuer]);
    rules.set_audience(&[receiver]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    rules.validate_exp = false;
    Ok(jsonwebtoken::decode::<T>(token, &key, &rules).map_err(|error| told(error.kind()))?.claims)
}

fn told(kind: &jsonwebtoken::errors::ErrorKind) -> Wrong {
    use jsonwebtoken::errors::ErrorKind as Kind;
    match kind {
        Kind::InvalidSignature => "een andere handtekening",
        Kind::InvalidIssuer => "van een ander",
        Kind::InvalidAudience => "voor een andere ontvanger",
        Kind::MissingRequiredClaim(_) => "er ontbreekt iets",
        Kind::InvalidAlgorithm => "een ander algoritme",
        _ => "niet te lezen",
    }
}
