//! Signing in by way of a provider: going there, coming back, and who that is here.
//!
//! Nothing is stored on the way there. The browser holds a signed, short-lived token with a random handle; state,
//! nonce and PKCE verifier follow from that handle and a secret of the site, and one handle comes back once.
//! An account is never made by it: the subject must have been linked to a user by an administrator.

use super::provider::{Failed, Provider, Secrets};
use super::second_factor::{fault, random};
use super::service::{Identity, IdentityError, Means, SECOND, SignedIn};
use super::store;
use super::token::Travel;
use crate::audit::{AuditEvent, Author, Chain, ProviderRefusal, record};
use crate::db::{DbError, Job};
use crate::shared::hash::sha256_hex;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Seconds to sign in at the provider.
pub const TRAVEL_SECONDS: i64 = 600;
/// Longest path that is remembered meanwhile.
const NEXT_MOST: usize = 500;

/// The way to a provider.
#[derive(Debug)]
pub struct Departure {
    /// Where the browser goes.
    pub address: String,
    /// What it holds meanwhile.
    pub held: SecretString,
}

/// What a provider sent back along with the browser.
#[derive(Clone, Debug, Default)]
pub struct Return<'a> {
    /// What the browser held.
    pub held: Option<&'a str>,
    /// State.
    pub state: Option<&'a str>,
    /// Code.
    pub code: Option<&'a str>,
    /// Whether the provider says that it failed.
    pub failed: bool,
    /// The name of the provider, when it gave it.
    pub issuer: Option<&'a str>,
}

/// Who came back.
#[derive(Debug)]
pub enum Arrival {
    /// Signed in.
    SignedIn(Box<SignedIn>, String),
    /// A code of the own second factor is asked for. Holds what belongs with it, and where to go afterwards.
    CodeAsked(String, String),
}

/// Why someone does not arrive.
enum Stopped {
    /// Refused: why, the hash of the subject when that was proven, and the cause for the log.
    Refused(ProviderRefusal, Option<String>, String),
    /// Something of our own.
    Own(IdentityError),
}

impl<E: Into<IdentityError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Own(error.into())
    }
}

fn refused(reason: ProviderRefusal) -> Stopped {
    Stopped::Refused(reason, None, String::new())
}

impl Identity {
    /// The way to the provider, for who wants to go to this path of the site afterwards.
    ///
    /// # Errors
    /// `ProviderRefused` when the provider cannot be used now.
    pub fn depart(&self, provider: &Provider, next: &str) -> Result<Departure, IdentityError> {
        let handle = URL_SAFE_NO_PAD.encode(random::<32>()?);
        let next = if next.len() <= NEXT_MOST { next } else { "" };
        let travel = Travel::new(&handle, next, self.db.now() / SECOND + TRAVEL_SECONDS);
        let held =
            self.inner.tokens.sign(&travel).ok_or_else(|| fault("the way to the provider could not be signed"))?;
        match provider.authorization(&self.secrets(&handle)?) {
            Ok(address) => Ok(Departure { address, held: SecretString::from(held) }),
            Err(error) => {
                self.refuse(ProviderRefusal::NoProof, None, &error.to_string())?;
                Err(IdentityError::ProviderRefused)
            }
        }
    }

    /// Signs in who came back from the provider.
    ///
    /// # Errors
    /// `ProviderRefused` for whatever reason, which is recorded; or storage.
    pub fn arrive(&self, provider: &Provider, back: &Return<'_>) -> Result<Arrival, IdentityError> {
        match self.received(provider, back) {
            Ok(arrival) => Ok(arrival),
            Err(Stopped::Own(error)) => Err(error),
            Err(Stopped::Refused(reason, subject, cause)) => {
                self.refuse(reason, subject, &cause)?;
                Err(IdentityError::ProviderRefused)
            }
        }
    }

    fn received(&self, provider: &Provider, back: &Return<'_>) -> Result<Arrival, Stopped> {
        let now = self.db.now();
        let travel = back.held.and_then(|held| self.inner.tokens.read_travel(held));
        let travel = travel.filter(|travel| travel.exp.saturating_mul(SECOND) > now);
        let travel = travel.ok_or_else(|| refused(ProviderRefusal::NotBegun))?;
        let secrets = self.secrets(&travel.jti)?;
        // Hashed, so that how long comparing takes tells nothing of how much was right.
        let same = |given: &str| sha256_hex(given.as_bytes()) == sha256_hex(secrets.state.as_bytes());
        if !back.state.is_some_and(same) {
            return Err(refused(ProviderRefusal::NotBegun));
        }
        if !self.spend(&format!("aanbieder/{}", travel.jti), travel.exp.saturating_mul(SECOND))? {
            return Err(refused(ProviderRefusal::Again));
        }
        if back.failed {
            return Err(refused(ProviderRefusal::ByProvider));
        }
        let no_proof = |error: Failed| {
            let reason = match error {
                Failed::Unusable(_) => ProviderRefusal::NoProof,
                Failed::Wrong(_) => ProviderRefusal::WrongProof,
            };
            Stopped::Refused(reason, None, error.to_string())
        };
        if !provider.is_named(back.issuer).map_err(no_proof)? {
            return Err(Stopped::Refused(
                ProviderRefusal::WrongProof,
                None,
                "een andere aanbieder antwoordde".to_owned(),
            ));
        }
        let code = back.code.ok_or_else(|| refused(ProviderRefusal::ByProvider))?;
        let told = provider.redeem(code, &secrets, now).map_err(no_proof)?;
        self.admit(provider.issuer(), &told.subject, provider.is_strong(&told), travel.next)
    }

    /// Signs in who a subject is here, if anyone.
    fn admit(&self, issuer: &str, subject: &str, strong: bool, next: String) -> Result<Arrival, Stopped> {
        let hash = sha256_hex(format!("combizitting/aanbieder/{issuer}\n{subject}").as_bytes());
        let (attempts, account) = self.db.read(Job::Accounts, |conn| -> Result<_, DbError> {
            Ok((store::attempts(conn, &hash)?, super::links::account_of(conn, issuer, subject)?))
        })?;
        let stop = |reason| Stopped::Refused(reason, Some(hash.clone()), String::new());
        if attempts.is_some_and(|known| known.locked_until > self.db.now()) {
            return Err(stop(ProviderRefusal::Locked));
        }
        let account = account.ok_or_else(|| stop(ProviderRefusal::Nobody))?;
        if !account.active {
            return Err(stop(ProviderRefusal::Closed));
        }
        if !strong && self.has_second_factor(&account.id)? {
            return match self.ask_code(&account, true)? {
                IdentityError::CodeAsked(step) => Ok(Arrival::CodeAsked(step, next)),
                other => Err(other.into()),
            };
        }
        let means = Means::of_person(strong, true);
        match self.start_session(account, hash.clone(), means) {
            Ok(signed_in) => Ok(Arrival::SignedIn(Box::new(signed_in), next)),
            Err(IdentityError::SignInLocked) => Err(stop(ProviderRefusal::Locked)),
            Err(error) => Err(error.into()),
        }
    }

    /// Records why someone was not signed in; counts it when the provider proved who it was.
    fn refuse(&self, reason: ProviderRefusal, subject: Option<String>, cause: &str) -> Result<(), IdentityError> {
        tracing::warn!(reden = reason.dutch(), oorzaak = cause, "aanmelden bij de aanbieder geweigerd");
        let event = AuditEvent::ProviderSignInRefused { reason, login_hash: subject.clone() };
        if let (Some(hash), false) = (subject, reason == ProviderRefusal::Locked) {
            self.count_failure_as(hash, event)?;
            return Ok(());
        }
        let now = self.db.now();
        self.db.write(Job::Accounts, move |tx| {
            record(tx, &Chain::System, &Author::unknown(), now, &event)?;
            Ok(())
        })
    }

    /// Whether this was not there yet; from now on it is, until it would have run out anyway.
    pub(super) fn spend(&self, what: &str, ends_at: i64) -> Result<bool, IdentityError> {
        let (hash, now) = (sha256_hex(format!("combizitting/{what}").as_bytes()), self.db.now());
        let spent = self.db.write(Job::Accounts, move |tx| {
            store::forget_spent(tx, now)?;
            store::insert_spent(tx, &hash, ends_at)
        });
        match spent {
            Ok(()) => Ok(true),
            Err(DbError::Duplicate) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn secrets(&self, handle: &str) -> Result<Secrets, IdentityError> {
        let part = |purpose: &str| -> Result<String, IdentityError> {
            let mut mac = Hmac::<Sha256>::new_from_slice(self.inner.travel_key.expose_secret())
                .map_err(|_| fault("no key for the way to the provider"))?;
            mac.update(format!("{purpose}/{handle}").as_bytes());
            Ok(URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
        };
        Ok(Secrets { state: part("state")?, nonce: part("nonce")?, verifier: part("verifier")? })
    }
}
