//! The second factor: a code of six digits from an app (TOTP, RFC 6238), and recovery codes for who lost the phone.
//!
//! The secret is stored sealed. A code counts once: the step of the last one that was used is kept. Wrong codes
//! count as wrong passwords do, so that a name closes after a few.

use super::attempts::login_hash;
use super::model::{Actor, Role};
use super::service::{Identity, IdentityError, Means, SECOND, Session, SignedIn};
use super::store::{self, AccountRow};
use super::token::Claims;
use crate::audit::{AccountChange, AuditEvent, Author, Chain, record};
use crate::db::schema::{recovery_code, second_factor};
use crate::db::{AnyConn, DbError, Job, Micros, Spot, vault};
use crate::shared::hash::sha256_hex;
use diesel::prelude::*;
use secrecy::SecretString;
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// Seconds between password and code.
const STEP_SECONDS: i64 = 300;
/// Signs of a recovery code: without those that look like another.
const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH: usize = 24;

/// A secret that an app has yet to take over.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// To type over, in groups of four.
    pub secret: String,
    /// For a QR code; holds the secret too.
    pub address: SecretString,
}

impl Identity {
    pub(super) fn has_second_factor(&self, user: &str) -> Result<bool, IdentityError> {
        Ok(self.db.read(Job::Accounts, |conn| confirmed_at(conn, user))?.is_some())
    }

    /// Whether and since when a user has a second factor, and how many recovery codes are left.
    ///
    /// # Errors
    /// `Forbidden` for who is neither that user nor an administrator, or storage.
    pub fn second_factor_of(&self, actor: &Actor, user: &str) -> Result<Option<(Micros, usize)>, IdentityError> {
        use recovery_code as r;
        if actor.user_id != user && actor.role != Role::Beheerder {
            return Err(IdentityError::Forbidden);
        }
        Ok(self.db.read(Job::Accounts, |conn| -> Result<_, DbError> {
            let Some(at) = confirmed_at(conn, user)? else { return Ok(None) };
            let left: i64 = r::table.filter(r::user_id.eq(user).and(r::used_at.is_null())).count().get_result(conn)?;
            Ok(Some((at, usize::try_from(left).unwrap_or_default())))
        })?)
    }

    /// What was right so far, for who still has to give a code.
    pub(super) fn ask_code(&self, account: &AccountRow, by_provider: bool) -> Result<IdentityError, IdentityError> {
        let role = Role::parse(&account.role).ok_or(IdentityError::SignInFailed)?;
        let now = self.db.now() / SECOND;
        let claims = Claims::step(&account.id, role, &proof(account, by_provider), now, now + STEP_SECONDS);
        let signed = self.inner.tokens.sign(&claims);
        Ok(IdentityError::CodeAsked(signed.ok_or_else(|| fault("the step could not be signed"))?))
    }

    /// Signs in whose password was right, with a code of the app or a recovery code.
    ///
    /// # Errors
    /// `NoSession` when it took too long or the password changed in between, `CodeWrong`, `SignInLocked`, or storage.
    pub fn finish_sign_in(&self, step: &str, code: &str) -> Result<SignedIn, IdentityError> {
        let (account, means) = self.account_of_step(step)?;
        let author = Author { id: account.id.clone(), role: account.role.clone() };
        let login_hash = self.use_code(&account, &author, code)?;
        self.start_session(account, login_hash, means)
    }

    /// Whose password was right, or who came from the provider, as long as that counts.
    pub(super) fn account_of_step(&self, step: &str) -> Result<(AccountRow, Means), IdentityError> {
        let claims = self.inner.tokens.read_step(step).ok_or(IdentityError::NoSession)?;
        if claims.ends() <= self.db.now() {
            return Err(IdentityError::NoSession);
        }
        let account = self.db.read(Job::Accounts, |conn| store::find_account_of(conn, &claims.sub))?;
        let account = account.filter(|account| account.active).ok_or(IdentityError::NoSession)?;
        let by_provider = [false, true].into_iter().find(|by| proof(&account, *by) == claims.jti);
        Ok((account, Means::of_person(true, by_provider.ok_or(IdentityError::NoSession)?)))
    }

    /// Uses up a code, or counts that it was wrong. Gives the hash under which this name is counted.
    pub(super) fn use_code(&self, account: &AccountRow, author: &Author, code: &str) -> Result<String, IdentityError> {
        let login_hash = login_hash(&account.login);
        let (now, author) = (self.db.now(), author.clone());
        let (user, hash, code) = (account.id.clone(), login_hash.clone(), code.to_owned());
        let right = self.db.write(Job::Accounts, move |tx| {
            if store::attempts(tx, &hash)?.is_some_and(|known| known.locked_until > now) {
                return Err(IdentityError::SignInLocked);
            }
            if uses_app_code(tx, &user, &code, now)? {
                return Ok(true);
            }
            let used = uses_recovery_code(tx, &user, &code, now)?;
            if used {
                record(tx, &Chain::System, &author, now, &changed(&user, AccountChange::RecoveryCodeUsed))?;
            }
            Ok(used)
        })?;
        if right {
            return Ok(login_hash);
        }
        Err(self.count_failure_told(login_hash, IdentityError::CodeWrong)?)
    }

    /// Begins with a second factor: a new secret that counts only once a code of it was given.
    ///
    /// # Errors
    /// `SignInFailed` when the password is wrong, `SignInLocked`, `FactorConflict` when there is one already, or storage.
    pub fn begin_second_factor(&self, session: &Session, password: &SecretString) -> Result<(), IdentityError> {
        let account = self.with_password(&session.actor, password)?;
        let secret: [u8; 20] = random()?;
        self.db.write(Job::Accounts, move |tx| {
            if confirmed_at(tx, &account.id)?.is_some() {
                return Err(IdentityError::FactorConflict);
            }
            let sealed = vault::seal(tx, &Spot::second_factor(&account.id), &secret)?;
            remove(tx, &account.id)?;
            diesel::insert_into(second_factor::table)
                .values((second_factor::user_id.eq(&account.id), second_factor::sealed.eq(sealed)))
                .execute(tx)
                .map_err(DbError::from)?;
            Ok(())
        })
    }

    /// The secret that was begun with and does not count yet; none when there is none, or it counts already.
    ///
    /// # Errors
    /// When storage fails.
    pub fn enrolment(&self, actor: &Actor) -> Result<Option<Enrolment>, IdentityError> {
        use second_factor as f;
        let secret = self.db.read(Job::Accounts, |conn| -> Result<_, DbError> {
            let row: Option<(Vec<u8>, Option<Micros>)> =
                f::table.find(&actor.user_id).select((f::sealed, f::confirmed_at)).get_result(conn).optional()?;
            let Some((sealed, None)) = row else { return Ok(None) };
            Ok(Some(vault::open(conn, &Spot::second_factor(&actor.user_id), sealed)?))
        })?;
        let Some(secret) = secret else { return Ok(None) };
        let totp = totp(secret, &self.login_of(actor)?)?;
        let letters = totp.secret().to_base32();
        let groups: Vec<String> =
            letters.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
        let address = totp.to_url().map_err(|_| fault("no address for the app"))?;
        Ok(Some(Enrolment { secret: groups.join(" "), address: SecretString::from(address) }))
    }

    /// Confirms the second factor with a code of it: from now on it is asked for, the other sessions end, and this
    /// one goes on. Gives the recovery codes; they are shown this once.
    ///
    /// # Errors
    /// `CodeWrong`, `SignInLocked`, `FactorConflict` when nothing was begun, or storage.
    pub fn confirm_second_factor(&self, session: &Session, code: &str) -> Result<Vec<String>, IdentityError> {
        let (user, login) = (session.actor.user_id.clone(), self.login_of(&session.actor)?);
        let login_hash = login_hash(&login);
        let (now, author) = (self.db.now(), session.actor.author());
        let (kept, hash, code, codes) = (session.id.clone(), login_hash.clone(), code.to_owned(), new_codes()?);
        let shown = codes.clone();
        let right = self.db.write(Job::Accounts, move |tx| {
            if store::attempts(tx, &hash)?.is_some_and(|known| known.locked_until > now) {
                return Err(IdentityError::SignInLocked);
            }
            if !store::find_session(tx, &kept)?.is_some_and(|row| row.counts) {
                return Err(IdentityError::NoSession);
            }
            if !has_begun(tx, &user)? {
                return Err(IdentityError::FactorConflict);
            }
            if !uses_step(tx, &user, &code, now)? {
                return Ok(false);
            }
            confirm(tx, &user, now)?;
            put_codes(tx, &user, &codes)?;
            store::revoke_other_sessions(tx, &user, &kept, now)?;
            store::mark_second_factor(tx, &kept, true)?;
            record(tx, &Chain::System, &author, now, &changed(&user, AccountChange::SecondFactorAdded))?;
            Ok(true)
        })?;
        if right {
            return Ok(shown);
        }
        Err(self.count_failure_told(login_hash, IdentityError::CodeWrong)?)
    }

    /// Makes new recovery codes in the place of all before, for who gives a code.
    ///
    /// # Errors
    /// `CodeWrong`, `SignInLocked`, or storage.
    pub fn new_recovery_codes(&self, session: &Session, code: &str) -> Result<Vec<String>, IdentityError> {
        let account = self.account_of(&session.actor)?;
        let author = session.actor.author();
        self.use_code(&account, &author, code)?;
        let (now, codes) = (self.db.now(), new_codes()?);
        let shown = codes.clone();
        self.db.write(Job::Accounts, move |tx| -> Result<(), IdentityError> {
            put_codes(tx, &account.id, &codes)?;
            record(tx, &Chain::System, &author, now, &changed(&account.id, AccountChange::RecoveryCodesMade))?;
            Ok(())
        })?;
        Ok(shown)
    }

    /// Takes away the own second factor, for who gives a code; for instance to begin with another phone.
    ///
    /// # Errors
    /// `CodeWrong`, `SignInLocked`, or storage.
    pub fn remove_own_second_factor(&self, session: &Session, code: &str) -> Result<(), IdentityError> {
        let account = self.account_of(&session.actor)?;
        let author = session.actor.author();
        self.use_code(&account, &author, code)?;
        let (now, kept) = (self.db.now(), session.id.clone());
        self.db.write(Job::Accounts, move |tx| {
            remove(tx, &account.id)?;
            store::revoke_other_sessions(tx, &account.id, &kept, now)?;
            store::mark_second_factor(tx, &kept, false)?;
            record(tx, &Chain::System, &author, now, &changed(&account.id, AccountChange::SecondFactorRemoved))?;
            Ok(())
        })
    }

    /// Takes away the second factor of a user who lost phone and codes (administrator only); the sessions end.
    ///
    /// # Errors
    /// `Forbidden`, `UserNotFound` when there is no such user or factor, or storage.
    pub fn remove_second_factor(&self, actor: &Actor, user: &str) -> Result<(), IdentityError> {
        self.administer(actor, user, changed(user, AccountChange::SecondFactorRemoved), remove)
    }
}

pub(super) fn changed(user: &str, change: AccountChange) -> AuditEvent {
    AuditEvent::AccountChanged { user: user.to_owned(), change }
}

pub(super) fn confirmed_at(conn: &mut AnyConn, user: &str) -> Result<Option<Micros>, DbError> {
    let at: Option<Option<Micros>> =
        second_factor::table.find(user).select(second_factor::confirmed_at).get_result(conn).optional()?;
    Ok(at.flatten())
}

fn has_begun(conn: &mut AnyConn, user: &str) -> Result<bool, DbError> {
    let at: Option<Option<Micros>> =
        second_factor::table.find(user).select(second_factor::confirmed_at).get_result(conn).optional()?;
    Ok(at == Some(None))
}

fn confirm(tx: &mut AnyConn, user: &str, at: Micros) -> Result<(), DbError> {
    diesel::update(second_factor::table.find(user)).set(second_factor::confirmed_at.eq(at)).execute(tx)?;
    Ok(())
}

/// Takes it away, with the keys that stand in for it. Whether there was one.
pub(super) fn remove(tx: &mut AnyConn, user: &str) -> Result<bool, DbError> {
    super::security_key::remove_all(tx, user)?;
    diesel::delete(recovery_code::table.filter(recovery_code::user_id.eq(user))).execute(tx)?;
    Ok(diesel::delete(second_factor::table.find(user)).execute(tx)? == 1)
}

fn uses_app_code(tx: &mut AnyConn, user: &str, code: &str, now: Micros) -> Result<bool, IdentityError> {
    Ok(confirmed_at(tx, user)?.is_some() && uses_step(tx, user, code, now)?)
}

/// Whether this is the code of now, or of the half minute beside it, and of a later step than the last one used.
fn uses_step(tx: &mut AnyConn, user: &str, code: &str, now: Micros) -> Result<bool, IdentityError> {
    use second_factor as f;
    // Writing the row to itself locks it on PostgreSQL, so that one code is used by one of two.
    diesel::update(f::table.find(user)).set(f::last_step.eq(f::last_step)).execute(tx).map_err(DbError::from)?;
    let row: Option<(Vec<u8>, i64)> =
        f::table.find(user).select((f::sealed, f::last_step)).get_result(tx).optional().map_err(DbError::from)?;
    let Some((sealed, last)) = row else { return Ok(false) };
    let totp = totp(vault::open(tx, &Spot::second_factor(user), sealed)?, "gebruiker")?;
    let digits: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    let step = totp.check(&digits, u64::try_from(now / SECOND).unwrap_or_default());
    let Some(step) = step.and_then(|step| i64::try_from(step).ok()).filter(|step| *step > last) else {
        return Ok(false);
    };
    diesel::update(f::table.find(user)).set(f::last_step.eq(step)).execute(tx).map_err(DbError::from)?;
    Ok(true)
}

fn uses_recovery_code(tx: &mut AnyConn, user: &str, code: &str, now: Micros) -> Result<bool, DbError> {
    use recovery_code as r;
    if confirmed_at(tx, user)?.is_none() {
        return Ok(false);
    }
    let unused = r::table.find((user, code_hash(user, code))).filter(r::used_at.is_null());
    Ok(diesel::update(unused).set(r::used_at.eq(now)).execute(tx)? == 1)
}

fn put_codes(tx: &mut AnyConn, user: &str, codes: &[String]) -> Result<(), DbError> {
    use recovery_code as r;
    diesel::delete(r::table.filter(r::user_id.eq(user))).execute(tx)?;
    for code in codes {
        diesel::insert_into(r::table).values((r::user_id.eq(user), r::hash.eq(code_hash(user, code)))).execute(tx)?;
    }
    Ok(())
}

/// A recovery code holds a hundred and twenty random bits: nothing is gained by guessing from its hash.
fn code_hash(user: &str, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    sha256_hex(format!("combizitting/herstelcode/{user}/{}", plain.to_ascii_uppercase()).as_bytes())
}

fn new_codes() -> Result<Vec<String>, IdentityError> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let bytes: [u8; CODE_LENGTH] = random()?;
            let signs: Vec<char> =
                bytes.iter().filter_map(|byte| SIGNS.get(usize::from(byte % 32)).copied().map(char::from)).collect();
            Ok(signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
        })
        .collect()
}

pub(super) fn random<const N: usize>() -> Result<[u8; N], IdentityError> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| fault("no random bytes"))?;
    Ok(bytes)
}

/// Six digits, half a minute, SHA-1: what every app knows. One step aside for clocks that differ.
fn totp(secret: Vec<u8>, login: &str) -> Result<Totp, IdentityError> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_secret(Secret::new(secret.into_boxed_slice()))
        .with_account_name(login)
        .with_issuer(Some("Combizitting"))
        .build()
        .map_err(|_| fault("no second factor from this secret"))
}

/// What ties the step to what went before it: the password as it was then, or the provider.
fn proof(account: &AccountRow, by_provider: bool) -> String {
    let way = if by_provider { "aanbieder/" } else { "" };
    sha256_hex(format!("combizitting/tweede-stap/{way}{}", account.password_hash).as_bytes())
}

pub(super) fn fault(cause: &str) -> IdentityError {
    DbError::Other { cause: cause.to_owned() }.into()
}
