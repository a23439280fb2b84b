//! Session tokens: JWT with HS256. Whether a session still counts is asked of the database.

use super::key::SessionKey;
use super::model::Role;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

const ISSUER: &str = "combizitting";
/// What the tokens are for; a token for something else does not open a session.
const AUDIENCE: &str = "combizitting-sessie";
/// Between password and code: what says that the password was right. It opens nothing by itself.
const STEP: &str = "combizitting-tweede-stap";

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

/// Signs and reads tokens.
pub(super) struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    session: Validation,
    step: Validation,
}

impl Tokens {
    pub(super) fn new(key: &SessionKey) -> Self {
        Self {
            encoding: EncodingKey::from_secret(key.bytes()),
            decoding: DecodingKey::from_secret(key.bytes()),
            session: validation(AUDIENCE),
            step: validation(STEP),
        }
    }

    pub(super) fn sign(&self, claims: &Claims) -> Option<String> {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &self.encoding).ok()
    }

    /// The claims of a session's token that was signed with this key; nothing for any other text.
    pub(super) fn read(&self, token: &str) -> Option<Claims> {
        self.read_for(token, &self.session)
    }

    /// The claims of what was given between password and code; nothing for any other text.
    pub(super) fn read_step(&self, token: &str) -> Option<Claims> {
        self.read_for(token, &self.step)
    }

    fn read_for(&self, token: &str, purpose: &Validation) -> Option<Claims> {
        if token.len() > 2048 {
            return None;
        }
        jsonwebtoken::decode::<Claims>(token, &self.decoding, purpose).ok().map(|data| data.claims)
    }
}

fn validation(audience: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // The clock of the database decides, in `Identity`, without leeway.
    validation.validate_exp = false;
    validation
}

impl Claims {
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
    use super::*;

    fn claims() -> Claims {
        Claims::new("u", Role::Rechter, "s", 1, 2)
    }

    #[test]
    fn a_token_of_another_key_is_refused() {
        let token = Tokens::new(&SessionKey::random()).sign(&claims()).unwrap();
        assert_eq!(Tokens::new(&SessionKey::random()).read(&token), None);
    }

    #[test]
    fn a_token_without_signature_or_with_another_algorithm_is_refused() {
        let key = SessionKey::random();
        let tokens = Tokens::new(&key);
        let good = tokens.sign(&claims()).unwrap();
        let body = good.split('.').nth(1).unwrap();
        // {"alg":"none","typ":"JWT"}
        assert_eq!(tokens.read(&format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}.")), None);
        let other =
            jsonwebtoken::encode(&Header::new(Algorithm::HS512), &claims(), &EncodingKey::from_secret(key.bytes()));
        assert_eq!(tokens.read(&other.unwrap()), None);
        assert_eq!(tokens.read(&good), Some(claims()));
    }

    #[test]
    fn a_token_for_another_audience_or_of_another_issuer_is_refused() {
        let tokens = Tokens::new(&SessionKey::random());
        for other in [Claims { aud: "elders".into(), ..claims() }, Claims { iss: "elders".into(), ..claims() }] {
            assert_eq!(tokens.read(&tokens.sign(&other).unwrap()), None);
        }
    }

    #[test]
    fn what_stands_between_password_and_code_opens_no_session_and_a_session_is_no_such_thing() {
        let tokens = Tokens::new(&SessionKey::random());
        let step = Claims::step("u", Role::Rechter, "p", 1, 2);
        let (signed, session) = (tokens.sign(&step).unwrap(), tokens.sign(&claims()).unwrap());
        assert_eq!((tokens.read(&signed), tokens.read_step(&signed)), (None, Some(step)));
        assert_eq!((tokens.read(&session), tokens.read_step(&session)), (Some(claims()), None));
    }

    #[test]
    fn a_changed_token_is_refused() {
        let tokens = Tokens::new(&SessionKey::random());
        let good = tokens.sign(&claims()).unwrap();
        let mut parts: Vec<String> = good.split('.').map(str::to_owned).collect();
        parts[1] = Tokens::new(&SessionKey::random())
            .sign(&Claims { role: Role::Beheerder, ..claims() })
            .unwrap()
            .split('.')
            .nth(1)
            .unwrap()
            .to_owned();
        assert_eq!(tokens.read(&parts.join(".")), None);
    }
}
