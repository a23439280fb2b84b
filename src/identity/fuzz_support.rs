//! For the fuzzers only: the readers of tokens, without the database that has the last word.

use super::foreign;
use super::key::SessionKey;
use super::model::Role;
use super::token::{Claims, Tokens, Travel};
use crate::db::DbError;
use jsonwebtoken::jwk::Jwk;
use serde_json::{Value, json};

/// Issuer of the tokens that stand for those of others.
pub const OTHER: &str = "systeem-van-een-ander";
/// For whom those are.
pub const RECEIVER: &str = "https://combizitting.test";

/// Who takes a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taker {
    /// Whoever opens a session.
    Session,
    /// Whoever asks the code after the password.
    Step,
    /// Whoever awaits the return from a provider.
    Travel,
    /// Whoever reads what another organisation signed.
    Foreign,
}

/// All readers of tokens, with one pair of keys.
pub struct Readers {
    tokens: Tokens,
    jwk: Jwk,
}

impl Readers {
    /// Readers with the key that follows from this secret.
    ///
    /// # Errors
    /// When the key cannot be made.
    pub fn new(key: &SessionKey) -> Result<Self, DbError> {
        let tokens = Tokens::new(key.signing_keys()?);
        let public = tokens.public_keys().into_iter().next();
        let parts = public.map(|public| json!({"kty": "OKP", "crv": "Ed25519", "x": public.x}));
        let jwk = parts.and_then(|parts| serde_json::from_value(parts).ok());
        let jwk = jwk.ok_or_else(|| DbError::Other { cause: "no key".to_owned() })?;
        Ok(Self { tokens, jwk })
    }

    /// A token for each that takes one.
    #[must_use]
    pub fn samples(&self) -> Vec<(Taker, String)> {
        let other = json!({"iss": OTHER, "sub": OTHER, "aud": RECEIVER, "exp": 20, "iat": 10, "jti": "nummer"});
        let made = [
            (Taker::Session, self.tokens.sign(&Claims::new("u", Role::Rechter, "s", 1, 2))),
            (Taker::Step, self.tokens.sign(&Claims::step("u", Role::Rechter, "p", 1, 2))),
            (Taker::Travel, self.tokens.sign(&Travel::new("h", "/zaken", 2))),
            (Taker::Foreign, self.tokens.sign(&other)),
        ];
        made.into_iter().filter_map(|(taker, token)| Some((taker, token?))).collect()
    }

    /// Any claims, with a signature that holds.
    #[must_use]
    pub fn signed(&self, claims: &Value) -> Option<String> {
        self.tokens.sign(claims)
    }

    /// Who takes this token.
    #[must_use]
    pub fn takers(&self, token: &str) -> Vec<Taker> {
        let foreign = foreign::head(token).ok().filter(|head| foreign::fits(head, &self.jwk));
        let foreign = foreign.and_then(|head| foreign::read::<Value>(token, &head, &self.jwk, (OTHER, RECEIVER)).ok());
        let taken = [
            (Taker::Session, self.tokens.read(token).is_some()),
            (Taker::Step, self.tokens.read_step(token).is_some()),
            (Taker::Travel, self.tokens.read_travel(token).is_some()),
            (Taker::Foreign, foreign.is_some()),
        ];
        taken.into_iter().filter(|(_, taken)| *taken).map(|(taker, _)| taker).collect()
    }
}
