//! Session tokens: JWT with EdDSA, so that others can check them by the public key and none can make them.
//! Whether a session still counts is asked of the database.

use super::model::Role;
use super::service::SECOND;
use super::signing::{PublicKey, SigningKeys};
use crate::db::Micros;
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

const ISSUER: &str = "combizitting";
/// What the tokens are for; a token for something else does not open a session.
const AUDIENCE: &str = "combizitting-sessie";
/// Between password and code: what says that the password was right. It opens nothing by itself.
const STEP: &str = "combizitting-tweede-stap";
/// On the way to a provider and back: what the browser holds meanwhile.
const TRAVEL: &str = "combizitting-aanbieder";

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// Issuer.
    pub iss: String,
    /// Audience.
    pub aud: String,
    /// User.
    pub sub: String,
    /// Role when issued; the database has the last word.
    pub role: Role,
    /// Session.
    pub jti: String,
    /// Issued at, in seconds.
    pub iat: i64,
    /// Expires at, in seconds.
    pub exp: i64,
}

/// What a browser holds while its user is at a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Travel {
    iss: String,
    aud: String,
    /// Random; what goes to the provider follows from it.
    pub jti: String,
    /// Expires at, in seconds.
    pub exp: i64,
    /// Path to go to afterwards.
    pub next: String,
}

/// Signs and reads tokens.
pub(super) struct Tokens {
    keys: SigningKeys,
    session: Validation,
    step: Validation,
    travel: Validation,
}

impl Tokens {
    pub(super) fn new(keys: SigningKeys) -> Self {
        let mut travel = validation(TRAVEL);
        travel.set_required_spec_claims(&["exp", "iss", "aud"]);
        Self { keys, session: validation(AUDIENCE), step: validation(STEP), travel }
    }

    /// The public keys by which a token can be checked.
    pub(super) fn public_keys(&self) -> Vec<PublicKey> {
        self.keys.public()
    }

    pub(super) fn sign<T: Serialize>(&self, claims: &T) -> Option<String> {
        let pair = self.keys.newest()?;
        let mut head = Header::new(Algorithm::EdDSA);
        head.kid = Some(pair.public.name.clone());
        jsonwebtoken::encode(&head, claims, &pair.encoding).ok()
    }

    /// The claims of a session's token that was signed with this key; nothing for any other text.
    pub(super) fn read(&self, token: &str) -> Option<Claims> {
        self.read_for(token, &self.session)
    }

    /// The claims of what was given between password and code; nothing for any other text.
    pub(super) fn read_step(&self, token: &str) -> Option<Claims> {
        self.read_for(token, &self.step)
    }

    /// What was held while at a provider; nothing for any other text.
    pub(super) fn read_travel(&self, token: &str) -> Option<Travel> {
        self.read_for(token, &self.travel)
    }

    fn read_for<T: DeserializeOwned + Clone>(&self, token: &str, purpose: &Validation) -> Option<T> {
        if token.len() > 2048 {
            return None;
        }
        // The head only says which of the own keys; what else it says or brings along is not looked at.
        let name = jsonwebtoken::decode_header(token).ok()?.kid?;
        let pair = self.keys.named(&name)?;
        jsonwebtoken::decode::<T>(token, &pair.decoding, purpose).ok().map(|data| data.claims)
    }
}

fn validation(audience: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // The clock of the database decides, in `Identity`, without leeway.
    validation.validate_exp = false;
    validation
}

impl Travel {
    pub(super) fn new(handle: &str, next: &str, expires: i64) -> Self {
        let (iss, aud) = (ISSUER.to_owned(), TRAVEL.to_owned());
        Self { iss, aud, jti: handle.to_owned(), exp: expires, next: next.to_owned() }
    }
}

impl Claims {
    /// When it expires, as the database counts; what lies beyond all counting never comes.
    pub(super) fn ends(&self) -> Micros {
        self.exp.saturating_mul(SECOND)
    }

    pub(super) fn new(user: &str, role: Role, session: &str, issued: i64, expires: i64) -> Self {
        Self {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user.to_owned(),
            role,
            jti: session.to_owned(),
            iat: issued,
            exp: expires,
        }
    }

    /// Between password and code; `proof` ties it to the password that was right.
    pub(super) fn step(user: &str, role: Role, proof: &str, issued: i64, expires: i64) -> Self {
        Self { aud: STEP.to_owned(), ..Self::new(user, role, proof, issued, expires) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::SessionKey;
    use super::*;
    use jsonwebtoken::{DecodingKey, EncodingKey};

    fn tokens(key: &SessionKey) -> Tokens {
        Tokens::new(key.signing_keys().unwrap())
    }

    fn claims() -> Claims {
        Claims::new("u", Role::Rechter, "s", 1, 2)
    }

    #[test]
    fn an_end_beyond_all_counting_is_no_fault() {
        let far = |exp| Claims { exp, ..claims() }.ends();
        assert_eq!((far(i64::MAX), far(i64::MIN), far(2)), (i64::MAX, i64::MIN, 2 * SECOND));
    }

    #[test]
    fn a_token_of_another_key_is_refused() {
        let token = tokens(&SessionKey::random()).sign(&claims()).unwrap();
        assert_eq!(tokens(&SessionKey::random()).read(&token), None);
    }

    #[test]
    fn a_token_without_signature_or_with_another_algorithm_is_refused() {
        let key = SessionKey::random();
        let own = tokens(&key);
        let good = own.sign(&claims()).unwrap();
        let body = good.split('.').nth(1).unwrap();
        // {"alg":"none","typ":"JWT"}
        assert_eq!(own.read(&format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}.")), None);
        // The public key as if it were a shared secret, under the name of the pair.
        let public = own.public_keys().remove(0);
        for (secret, algorithm) in [(public.x.as_bytes(), Algorithm::HS256), (b"", Algorithm::HS512)] {
            let mut head = Header::new(algorithm);
            head.kid = Some(public.name.clone());
            let other = jsonwebtoken::encode(&head, &claims(), &EncodingKey::from_secret(secret));
            assert_eq!(own.read(&other.unwrap()), None);
        }
        assert_eq!(own.read(&good), Some(claims()));
    }

    #[test]
    fn a_token_for_another_audience_or_of_another_issuer_is_refused() {
        let own = tokens(&SessionKey::random());
        for other in [Claims { aud: "elders".into(), ..claims() }, Claims { iss: "elders".into(), ..claims() }] {
            assert_eq!(own.read(&own.sign(&other).unwrap()), None);
        }
    }

    #[test]
    fn what_stands_between_password_and_code_opens_no_session_and_a_session_is_no_such_thing() {
        let own = tokens(&SessionKey::random());
        let step = Claims::step("u", Role::Rechter, "p", 1, 2);
        let (signed, session) = (own.sign(&step).unwrap(), own.sign(&claims()).unwrap());
        assert_eq!((own.read(&signed), own.read_step(&signed)), (None, Some(step)));
        assert_eq!((own.read(&session), own.read_step(&session)), (Some(claims()), None));
    }

    #[test]
    fn what_a_browser_holds_while_at_a_provider_opens_nothing_and_nothing_else_counts_as_it() {
        let own = tokens(&SessionKey::random());
        let held = Travel::new("h", "/zaken", 2);
        let (signed, session) = (own.sign(&held).unwrap(), own.sign(&claims()).unwrap());
        assert_eq!((own.read(&signed), own.read_step(&signed)), (None, None));
        assert_eq!((own.read_travel(&signed), own.read_travel(&session)), (Some(held), None));
    }

    #[test]
    fn a_changed_token_is_refused() {
        let own = tokens(&SessionKey::random());
        let good = own.sign(&claims()).unwrap();
        let mut parts: Vec<String> = good.split('.').map(str::to_owned).collect();
        parts[1] = tokens(&SessionKey::random())
            .sign(&Claims { role: Role::Beheerder, ..claims() })
            .unwrap()
            .split('.')
            .nth(1)
            .unwrap()
            .to_owned();
        assert_eq!(own.read(&parts.join(".")), None);
    }

    #[test]
    fn a_token_is_checked_by_the_public_key_that_it_names() {
        let own = tokens(&SessionKey::random());
        let (token, public) = (own.sign(&claims()).unwrap(), own.public_keys());
        assert_eq!(jsonwebtoken::decode_header(&token).unwrap().kid.as_deref(), Some(public[0].name.as_str()));
        let key = DecodingKey::from_ed_components(&public[0].x).unwrap();
        let told = jsonwebtoken::decode::<Claims>(&token, &key, &validation(AUDIENCE)).unwrap();
        assert_eq!(told.claims, claims());
    }

    #[test]
    fn after_a_rotation_the_new_key_signs_and_what_the_old_one_signed_is_read_until_it_has_run_out() {
        const HOUR: i64 = 3600 * 1_000_000;
        let folder = tempfile::tempdir().unwrap();
        let running = tokens(&SessionKey::from_folder(folder.path()).unwrap());
        let (old, made) = (running.sign(&claims()).unwrap(), crate::db::Clock::system().now());
        let name = SessionKey::rotate(folder.path(), made + 1).unwrap();
        let new = running.sign(&claims()).unwrap();
        assert_eq!(jsonwebtoken::decode_header(&new).unwrap().kid, Some(name));
        assert_eq!((running.read(&old), running.read(&new)), (Some(claims()), Some(claims())));
        SessionKey::rotate(folder.path(), made + HOUR / 2).unwrap();
        assert_eq!((running.public_keys().len(), running.read(&old)), (3, Some(claims())));
        SessionKey::rotate(folder.path(), made + 2 * HOUR).unwrap();
        assert_eq!((running.public_keys().len(), running.read(&old)), (2, None));
    }

    #[test]
    fn with_the_secret_in_the_environment_the_one_before_still_counts() {
        let (before, now) = ("een sleutel van eerder, lang genoeg", "een sleutel van nu, ook lang genoeg");
        let old = tokens(&SessionKey::from_text(before).unwrap()).sign(&claims()).unwrap();
        assert_eq!(tokens(&SessionKey::from_text(now).unwrap()).read(&old), None);
        let both = tokens(&SessionKey::from_text(now).unwrap().after(before).unwrap());
        assert_eq!(both.read(&old), Some(claims()));
        let new = both.sign(&claims()).unwrap();
        assert_eq!(tokens(&SessionKey::from_text(now).unwrap()).read(&new), Some(claims()));
    }
}
