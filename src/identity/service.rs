//! Signing in and out, and sessions.

use super::gate::Gate;
use super::key::SessionKey;
use super::model::{Actor, Role};
use super::signing::PublicKey;
use super::store::{self, AccountRow, SessionRow};
use super::token::{Claims, Tokens};
use crate::audit::{AuditEvent, Author, Chain, record};
use crate::db::{Database, DbError, Job, Micros, has_control_characters, instant_of, new_id};
use crate::shared::hash::sha256_hex;
use crate::shared::moment::Instant;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use std::sync::{Arc, OnceLock};

pub(super) const SECOND: Micros = 1_000_000;
/// Characters of a password at most, so that hashing stays bounded.
pub(super) const PASSWORD_MOST: usize = 200;

/// Durations and counts of sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Life of a token in seconds.
    pub token_seconds: i64,
    /// Life of a session in seconds, however often it is renewed.
    pub session_seconds: i64,
    /// Life of a session of a system in seconds.
    pub system_seconds: i64,
    /// Failures in a row after which a name is closed for a while.
    pub failures: i64,
    /// For how many seconds.
    pub lock_seconds: i64,
    /// Passwords computed at the same time.
    pub hashing: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            token_seconds: 15 * 60,
            session_seconds: 8 * 3600,
            system_seconds: 5 * 60,
            failures: 5,
            lock_seconds: 15 * 60,
            hashing: 2,
        }
    }
}

/// Why something with users or sessions was refused. The text is for users.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Name or password is wrong, the user does not exist or is closed: never said which.
    #[error("De naam of het wachtwoord klopt niet.")]
    SignInFailed,
    /// Too many failures under this name, whether it exists or not.
    #[error("Er is te vaak een verkeerde naam of een verkeerd wachtwoord gebruikt. Probeer het later opnieuw.")]
    SignInLocked,
    /// Name and password are right; a code is asked for. Holds what belongs with that code.
    #[error("Vul de code uit uw app in.")]
    CodeAsked(String),
    /// The code is wrong, too old, or was used before.
    #[error("De code klopt niet of is al gebruikt. Wacht op de volgende code in uw app en vul die in.")]
    CodeWrong,
    /// A key did not answer what was asked of it, or too late.
    #[error("De sleutel is niet herkend, of het duurde te lang. Probeer het opnieuw, of gebruik de code uit uw app.")]
    KeyWrong,
    /// A second factor was asked for that is not there, or is there already.
    #[error("Dit past niet bij uw tweede factor zoals die nu is. Open de pagina opnieuw.")]
    FactorConflict,
    /// The token is wrong, expired or revoked.
    #[error("Uw sessie is verlopen of beëindigd. Meld u opnieuw aan.")]
    NoSession,
    /// The role does not allow this.
    #[error("Uw rol staat dit niet toe.")]
    Forbidden,
    /// The password is too short or too long.
    #[error("Kies een wachtwoord van ten minste 12 en ten hoogste 200 tekens.")]
    WeakPassword,
    /// The name to sign in with, or the name to show, cannot be used.
    #[error(
        "De naam kan niet worden gebruikt. Een aanmeldnaam heeft 2 tot 100 letters, cijfers, punten, streepjes of een \
         apenstaartje; de gewone naam heeft 1 tot 200 tekens."
    )]
    BadName,
    /// The name to sign in with is taken.
    #[error("Er is al een gebruiker met deze aanmeldnaam.")]
    LoginTaken,
    /// Too many people are signing in at the same moment.
    #[error("Er melden zich nu te veel mensen tegelijk aan. Probeer het over enkele seconden opnieuw.")]
    Busy,
    /// No such user.
    #[error("Deze gebruiker is er niet.")]
    UserNotFound,
    /// Who came back from a provider is not signed in; never said why.
    #[error("Aanmelden is niet gelukt.")]
    ProviderRefused,
    /// The subject cannot be one.
    #[error("Een kenmerk heeft 1 tot 255 tekens, zonder spaties en zonder letters met accenten.")]
    BadSubject,
    /// A public key cannot be used; says why.
    #[error("{0}")]
    BadKey(&'static str),
    /// The key was registered before, for this account or another.
    #[error("Deze sleutel is al eens vastgelegd. Vraag de organisatie om een nieuw paar.")]
    KeyTaken,
    /// Only partners have systems.
    #[error("Alleen een account met de rol ketenpartner kan een sleutel krijgen.")]
    NoPartner,
    /// The account is that of a system.
    #[error("Dit is het account van een systeem. Het meldt zich alleen aan met zijn sleutel.")]
    OfSystem,
    /// An assertion does not count; never said why.
    #[error("De verklaring is niet geaccepteerd.")]
    AssertionRefused,
    /// The subject is linked already.
    #[error("Dit kenmerk is al aan een gebruiker gekoppeld.")]
    SubjectTaken,
    /// A failure of storage.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The outcome of signing in or renewing.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Token, for the cookie or the Authorization header.
    pub token: SecretString,
    /// When the token expires unless renewed.
    pub expires_at: Instant,
    /// When the session ends, renewed or not.
    pub session_ends_at: Instant,
    /// Who signed in.
    pub actor: Actor,
}

/// A session that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Id; binds CSRF tokens to the session.
    pub id: String,
    /// Who.
    pub actor: Actor,
    /// When this token expires.
    pub expires_at: Instant,
    /// Whether more than half of the token's life is over, so that it is time to renew.
    pub renew: bool,
    /// Whether a second factor was given.
    pub second_factor: bool,
    /// Whether it began at a provider.
    pub by_provider: bool,
    /// When the session ends.
    ends_at: Micros,
}

/// By which means a session began.
#[derive(Clone, Debug, Default)]
pub(super) struct Means {
    pub(super) second_factor: bool,
    pub(super) by_provider: bool,
    /// The key of a system; none for a person.
    key: Option<String>,
}

impl Means {
    /// Of a person.
    pub(super) fn of_person(second_factor: bool, by_provider: bool) -> Self {
        Self { second_factor, by_provider, key: None }
    }

    /// Of a system, by this key. It has no second factor to give: the key never leaves it.
    pub(super) fn of_system(key: &str) -> Self {
        Self { second_factor: true, by_provider: false, key: Some(key.to_owned()) }
    }

    fn event(&self, session: String) -> AuditEvent {
        match &self.key {
            Some(key) => AuditEvent::SystemSignedIn { session, key: key.clone() },
            None if self.by_provider => AuditEvent::SignedInByProvider { session },
            None => AuditEvent::SignedIn { session },
        }
    }
}

/// Users and sessions. Cheap to clone; its calls block.
#[derive(Clone)]
pub struct Identity {
    pub(super) db: Database,
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) tokens: Tokens,
    pub(super) gate: Gate,
    /// From which follows what goes to a provider and must come back.
    pub(super) travel_key: SecretBox<Vec<u8>>,
    pub(super) limits: Limits,
    /// Hash that is checked when a user does not exist, so that it takes as long.
    decoy: OnceLock<String>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

impl Actor {
    /// As it stands in the audit trail: id and role, no name.
    #[must_use]
    pub fn author(&self) -> Author {
        Author { id: self.user_id.clone(), role: self.role.as_str().to_owned() }
    }
}

impl Identity {
    /// Identity on a database, with the usual limits.
    ///
    /// # Errors
    /// When the file with the keys that sign cannot be read.
    pub fn new(db: Database, key: &SessionKey) -> Result<Self, DbError> {
        Self::with_limits(db, key, Limits::default())
    }

    /// The public keys by which a token of a session can be checked.
    #[must_use]
    pub fn public_keys(&self) -> Vec<PublicKey> {
        self.inner.tokens.public_keys()
    }

    /// Identity with limits of one's own.
    ///
    /// # Errors
    /// As `new`.
    pub fn with_limits(db: Database, key: &SessionKey, limits: Limits) -> Result<Self, DbError> {
        let tokens = Tokens::new(key.signing_keys()?);
        let travel_key = SecretBox::new(Box::new(key.derive("aanbieder")));
        let inner = Inner { tokens, gate: Gate::new(limits.hashing), travel_key, limits, decoy: OnceLock::new() };
        Ok(Self { db, inner: Arc::new(inner) })
    }

    /// Signs in. Takes tens of milliseconds by design.
    ///
    /// # Errors
    /// `SignInFailed` or `SignInLocked`, the same for names that exist and names that do not; or storage.
    pub fn sign_in(&self, login: &str, password: &SecretString) -> Result<SignedIn, IdentityError> {
        let login = normal_login(login);
        let login_hash = sha256_hex(login.as_bytes());
        let now = self.db.now();
        let usable = login.len() <= 400 && !has_control_characters(&login);
        let (attempts, account) = self.db.read(Job::Accounts, |conn| -> Result<_, DbError> {
            let account = if usable { store::find_account(conn, &login)? } else { None };
            Ok((store::attempts(conn, &login_hash)?, account))
        })?;
        if attempts.is_some_and(|known| known.locked_until > now) {
            return Err(IdentityError::SignInLocked);
        }
        match self.checked(account, password)? {
            Some(account) if self.has_second_factor(&account.id)? => Err(self.ask_code(&account, false)?),
            Some(account) => self.start_session(account, login_hash, Means::default()),
            None => Err(self.count_failure(login_hash)?),
        }
    }

    /// The account, if the password is right and the user may sign in. Always computes one hash.
    pub(super) fn checked(
        &self,
        account: Option<AccountRow>,
        password: &SecretString,
    ) -> Result<Option<AccountRow>, IdentityError> {
        let _inside = self.inner.gate.enter().ok_or(IdentityError::Busy)?;
        let decoy = self.inner.decoy.get_or_init(|| hash_password("geen bestaand wachtwoord").unwrap_or_default());
        let stored = account.as_ref().map(|account| &account.password_hash).filter(|hash| !hash.is_empty());
        let given = password.expose_secret();
        let right = given.chars().count() <= PASSWORD_MOST && matches_hash(given, stored.unwrap_or(decoy));
        Ok(account.filter(|account| right && stored_is_real(account) && account.active))
    }

    pub(super) fn start_session(
        &self,
        account: AccountRow,
        login_hash: String,
        means: Means,
    ) -> Result<SignedIn, IdentityError> {
        let role = Role::parse(&account.role).ok_or(IdentityError::SignInFailed)?;
        let actor = Actor { user_id: account.id, name: account.name, role };
        let (now, limits) = (self.db.now(), self.inner.limits);
        let lasts = if means.key.is_some() { limits.system_seconds } else { limits.session_seconds };
        let ends_at = now + lasts * SECOND;
        let id = new_id();
        let signed = self.issue(&actor, &id, now, ends_at)?;
        let author = actor.author();
        self.db.write(Job::Accounts, move |tx| {
            // Guesses made at the same moment may have closed the name in the meantime.
            if store::attempts(tx, &login_hash)?.is_some_and(|known| known.locked_until > now) {
                return Err(IdentityError::SignInLocked);
            }
            store::forget_attempts(tx, &login_hash, now - 24 * 3600 * SECOND)?;
            store::forget_sessions(tx, now - 24 * 3600 * SECOND)?;
            if let Some(key) = &means.key
                && !super::service_keys::counts(tx, key)?
            {
                return Err(IdentityError::AssertionRefused);
            }
            store::insert_session(tx, &id, &author.id, (now, ends_at), &means)?;
            record(tx, &Chain::System, &author, now, &means.event(id))?;
            Ok(())
        })?;
        Ok(signed)
    }

    fn issue(&self, actor: &Actor, session: &str, now: Micros, ends_at: Micros) -> Result<SignedIn, IdentityError> {
        let expires = (now / SECOND + self.inner.limits.token_seconds).min(ends_at / SECOND);
        let claims = Claims::new(&actor.user_id, actor.role, session, now / SECOND, expires);
        let token = self
            .inner
            .tokens
            .sign(&claims)
            .ok_or_else(|| DbError::Other { cause: "the session token could not be signed".to_owned() })?;
        Ok(SignedIn {
            token: SecretString::from(token),
            expires_at: instant_of(expires * SECOND),
            session_ends_at: instant_of(ends_at),
            actor: actor.clone(),
        })
    }

    /// The session of a token: rightly signed, not expired, not revoked, of an active user.
    ///
    /// # Errors
    /// `NoSession` in every other case, or storage.
    pub fn authenticate(&self, token: &str) -> Result<Session, IdentityError> {
        let claims = self.inner.tokens.read(token).ok_or(IdentityError::NoSession)?;
        let (now, ends) = (self.db.now(), claims.ends());
        if ends <= now {
            return Err(IdentityError::NoSession);
        }
        let row = self
            .db
            .read(Job::Accounts, |conn| store::find_session(conn, &claims.jti))?
            .filter(|row| row.counts && row.ends_at > now && row.user_id == claims.sub)
            .ok_or(IdentityError::NoSession)?;
        let role = Role::parse(&row.role).ok_or(IdentityError::NoSession)?;
        let half_over = ends.saturating_sub(now).saturating_mul(2) < self.inner.limits.token_seconds * SECOND;
        Ok(Session {
            id: claims.jti,
            actor: Actor { user_id: row.user_id, name: row.name, role },
            expires_at: instant_of(ends),
            renew: half_over && ends < row.ends_at / SECOND * SECOND,
            second_factor: row.second_factor,
            by_provider: row.by_provider,
            ends_at: row.ends_at,
        })
    }

    /// The session of a token that is right but has run out: its user may be told apart, nothing more.
    /// None when the session was ended by its user or an administrator.
    ///
    /// # Errors
    /// When storage fails.
    pub fn lapsed(&self, token: &str) -> Result<Option<Session>, IdentityError> {
        let Some(claims) = self.inner.tokens.read(token) else { return Ok(None) };
        let (now, ends) = (self.db.now(), claims.ends());
        let row = self.db.read(Job::Accounts, |conn| store::find_session(conn, &claims.jti))?;
        let row = row.filter(|row| row.counts && row.user_id == claims.sub);
        let ran_out = |row: &SessionRow| ends <= now || row.ends_at <= now;
        Ok(row.filter(ran_out).and_then(|row| {
            let role = Role::parse(&row.role)?;
            Some(Session {
                id: claims.jti,
                actor: Actor { user_id: row.user_id, name: row.name, role },
                expires_at: instant_of(ends),
                renew: false,
                second_factor: row.second_factor,
                by_provider: row.by_provider,
                ends_at: row.ends_at,
            })
        }))
    }

    /// Seconds until a session runs out, when nothing more is asked after the request of which this is the
    /// session; `renews` says whether that request renews it when it is time.
    #[must_use]
    pub fn seconds_left(&self, session: &Session, renews: bool) -> i64 {
        ((self.runs_out(session, renews) - self.db.now()) / SECOND).max(0)
    }

    fn runs_out(&self, session: &Session, renews: bool) -> Micros {
        if session.renew && renews {
            (self.db.now() + self.inner.limits.token_seconds * SECOND).min(session.ends_at)
        } else {
            session.expires_at.timestamp_micros()
        }
    }

    /// When a session runs out, when nothing more is asked after the request of which this is the session.
    #[must_use]
    pub fn ends_unless_used(&self, session: &Session) -> Instant {
        instant_of(self.runs_out(session, true))
    }

    /// A new token for a session that counts; it slides on, but never past the session's end.
    ///
    /// # Errors
    /// When the token cannot be signed.
    pub fn renew(&self, session: &Session) -> Result<SignedIn, IdentityError> {
        self.issue(&session.actor, &session.id, self.db.now(), session.ends_at)
    }

    /// Ends a session; its tokens no longer count.
    ///
    /// # Errors
    /// When storage fails.
    pub fn sign_out(&self, session: &Session) -> Result<(), IdentityError> {
        let (now, id, author) = (self.db.now(), session.id.clone(), session.actor.author());
        self.db.write(Job::Accounts, move |tx| {
            store::revoke_session(tx, &id, now)?;
            record(tx, &Chain::System, &author, now, &AuditEvent::SignedOut { session: id })?;
            Ok(())
        })
    }
}

pub(super) fn normal_login(login: &str) -> String {
    login.trim().to_lowercase()
}

fn stored_is_real(account: &AccountRow) -> bool {
    !account.password_hash.is_empty()
}

pub(super) fn hash_password(password: &str) -> Option<String> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).ok()?;
    Some(hash.to_string())
}

fn matches_hash(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
