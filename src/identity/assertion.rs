//! Tokens for organisations that work together, in exchange for an assertion that they sign (private_key_jwt,
//! RFC 7523): short-lived, for this service only, and good for once.
//!
//! A failure closes nothing: there is nothing to guess, and whoever knows the name of an organisation must not be able
//! to keep it out. How often one address may try is limited as for everyone.

use super::foreign::{self, Audience};
use super::model::Role;
use super::service::{Identity, IdentityError, Means, SECOND, SignedIn, normal_login};
use super::service_keys;
use super::store::AccountRow;
use crate::audit::{AssertionRefusal, AuditEvent, Author, Chain, record};
use crate::db::{DbError, Job};
use crate::shared::hash::sha256_hex;
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;

/// Seconds that an assertion may still be valid.
const LONGEST: i64 = 300;
/// Seconds that the clock of the organisation may differ.
const LEEWAY: i64 = 30;
/// Characters of the number of an assertion at most.
const NUMBER_MOST: usize = 200;

#[derive(Clone, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    #[serde(default)]
    iat: Option<i64>,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    jti: String,
}

/// Only to find the account; nothing of it counts before the signature is checked.
#[derive(Clone, Deserialize)]
struct Named {
    iss: String,
}

enum Stopped {
    Refused(AssertionRefusal, Option<String>, &'static str),
    Own(IdentityError),
}

impl<E: Into<IdentityError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Own(error.into())
    }
}

impl Identity {
    /// A short session for the organisation that signed an assertion for this receiver.
    ///
    /// # Errors
    /// `AssertionRefused` for whatever reason, which is recorded; or storage.
    pub fn sign_in_by_assertion(&self, assertion: &str, receiver: &str) -> Result<SignedIn, IdentityError> {
        match self.exchanged(assertion, receiver) {
            Ok(signed_in) => Ok(signed_in),
            Err(Stopped::Own(error)) => Err(error),
            Err(Stopped::Refused(reason, login_hash, cause)) => {
                tracing::warn!(reden = reason.dutch(), oorzaak = cause, "verklaring van een systeem geweigerd");
                let (now, event) = (self.db.now(), AuditEvent::AssertionRefused { reason, login_hash });
                self.db.write(Job::Accounts, move |tx| -> Result<(), DbError> {
                    record(tx, &Chain::System, &Author::unknown(), now, &event)?;
                    Ok(())
                })?;
                Err(IdentityError::AssertionRefused)
            }
        }
    }

    fn exchanged(&self, assertion: &str, receiver: &str) -> Result<SignedIn, Stopped> {
        let unreadable = |cause| Stopped::Refused(AssertionRefusal::Unreadable, None, cause);
        let head = foreign::head(assertion).map_err(unreadable)?;
        let named: Named =
            jsonwebtoken::dangerous::insecure_decode_claims(assertion).map_err(|_| unreadable("niet te lezen"))?;
        let login = normal_login(&named.iss);
        // Not the hash of the name itself: wrong passwords under a name must not keep its system out.
        let hash = sha256_hex(format!("combizitting/systeem/{login}").as_bytes());
        let stop = |reason, cause| Stopped::Refused(reason, Some(hash.clone()), cause);
        let usable = login == named.iss && login.len() <= 400 && !crate::db::has_control_characters(&login);
        let found = match usable {
            true => self.db.read(Job::Accounts, |conn| service_keys::account_with_keys(conn, &login))?,
            false => None,
        };
        let (account, keys) = found.ok_or_else(|| stop(AssertionRefusal::NoKey, "geen account"))?;
        let mut last = "geen sleutel";
        let fitting: Vec<&(String, Jwk)> = keys.iter().filter(|(_, key)| foreign::fits(&head, key)).collect();
        for (id, key) in fitting {
            match foreign::read::<Claims>(assertion, &head, key, (&login, receiver)) {
                Ok(claims) => {
                    self.check(&claims, &login, receiver).map_err(|(reason, cause)| stop(reason, cause))?;
                    let once = format!("verklaring/{}/{}", account.id, claims.jti);
                    if !self.spend(&once, claims.exp.saturating_add(LEEWAY).saturating_mul(SECOND))? {
                        return Err(stop(AssertionRefusal::Again, ""));
                    }
                    return self.start_for(account, id, hash.clone()).map_err(|error| match error {
                        IdentityError::AssertionRefused => stop(AssertionRefusal::NoKey, "intussen ingetrokken"),
                        other => Stopped::Own(other),
                    });
                }
                Err(cause) => last = cause,
            }
        }
        let reason = if last == "geen sleutel" { AssertionRefusal::NoKey } else { AssertionRefusal::Wrong };
        Err(stop(reason, last))
    }

    fn check(&self, claims: &Claims, login: &str, receiver: &str) -> Result<(), (AssertionRefusal, &'static str)> {
        let wrong = |cause| Err((AssertionRefusal::Wrong, cause));
        if claims.iss != login || claims.sub != login {
            return wrong("van of over een ander");
        }
        if !claims.aud.is_only(receiver) {
            return wrong("ook voor een andere ontvanger");
        }
        if !(1..=NUMBER_MOST).contains(&claims.jti.len()) {
            return wrong("geen bruikbaar nummer");
        }
        let now = self.db.now() / SECOND;
        let late = |at: Option<i64>| at.is_some_and(|at| at > now.saturating_add(LEEWAY));
        if claims.exp.saturating_add(LEEWAY) <= now || late(claims.iat) || late(claims.nbf) {
            return Err((AssertionRefusal::Time, "niet nu"));
        }
        if claims.exp > now.saturating_add(LONGEST + LEEWAY) {
            return Err((AssertionRefusal::Time, "te lang geldig"));
        }
        Ok(())
    }

    fn start_for(&self, account: AccountRow, key: &str, login_hash: String) -> Result<SignedIn, IdentityError> {
        if Role::parse(&account.role) != Some(Role::Ketenpartner) {
            return Err(IdentityError::AssertionRefused);
        }
        self.start_session(account, login_hash, Means::of_system(key))
    }
}
