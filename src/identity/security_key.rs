//! Keys on a device (WebAuthn): a token in the hand, or the safe part of a telephone or computer, that signs for
//! this site alone. One may be used in the place of a code of the app, and cannot be talked out of anyone by a site
//! that looks like this one. The app and the recovery codes stay: for another browser, and for who lost the key.
//!
//! What was asked is kept here until it is answered, and counts once.

use super::attempts::login_hash;
use super::model::Actor;
use super::second_factor::{changed, confirmed_at, fault};
use super::service::{Identity, IdentityError, SECOND, Session, SignedIn};
use super::store;
use crate::audit::{AccountChange, Chain, record};
use crate::db::schema::{key_challenge, security_key};
use crate::db::{AnyConn, DbError, Job, Micros, Spot, has_control_characters, new_id, vault};
use crate::shared::hash::sha256_hex;
use diesel::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid,
    WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Seconds to answer.
const ANSWER_SECONDS: i64 = 300;
/// Keys of one user at most.
const MOST: usize = 10;
/// Characters of the name that a user gives a key, at most.
const NAME_MOST: usize = 60;
const IN_USE: &str = "Deze sleutel is al in gebruik. Kies een andere.";

/// This site, as keys know it.
pub struct RelyingParty(Webauthn);

impl RelyingParty {
    /// The site at this address; none when its address is a number, for which no browser lets a key sign.
    #[must_use]
    pub fn of(origin: &str) -> Option<Self> {
        let address = Url::parse(origin).ok()?;
        let named = WebauthnBuilder::new(address.domain()?, &address).ok()?;
        named.rp_name("Combizitting").build().ok().map(Self)
    }
}

/// What is asked of a key.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Under which it is answered.
    pub id: String,
    /// For the browser: JSON as the Web Authentication API takes it.
    pub options: String,
}

/// A key of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKey {
    /// Id.
    pub id: String,
    /// What the user calls it.
    pub name: String,
    /// When it was added.
    pub added_at: Micros,
    /// When it was last used to sign in.
    pub last_used_at: Option<Micros>,
}

/// What was asked, as it is kept.
#[derive(Serialize, Deserialize)]
enum Pending {
    Adding { name: String, state: PasskeyRegistration },
    SigningIn { state: PasskeyAuthentication },
}

impl Identity {
    /// The keys of the user, the oldest first.
    ///
    /// # Errors
    /// When storage fails.
    pub fn security_keys_of(&self, actor: &Actor) -> Result<Vec<KnownKey>, IdentityError> {
        use security_key as k;
        let rows: Vec<(String, String, Micros, Option<Micros>)> =
            self.db.read(Job::Accounts, |conn| -> Result<_, DbError> {
                let own = k::table.filter(k::user_id.eq(&actor.user_id)).order((k::added_at.asc(), k::id.asc()));
                Ok(own.select((k::id, k::name, k::added_at, k::last_used_at)).load(conn)?)
            })?;
        let known = |(id, name, added_at, last_used_at)| KnownKey { id, name, added_at, last_used_at };
        Ok(rows.into_iter().map(known).collect())
    }

    /// Asks a new key to make a pair, for who has a second factor and gives a code of it.
    ///
    /// # Errors
    /// `CodeWrong`, `SignInLocked`, `BadKey` when the name cannot be used or there are enough, or storage.
    pub fn begin_security_key(
        &self,
        party: &RelyingParty,
        session: &Session,
        name: &str,
        code: &str,
    ) -> Result<Asked, IdentityError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_MOST || has_control_characters(name) {
            return Err(IdentityError::BadKey("Geef de sleutel een naam van ten hoogste 60 tekens."));
        }
        let account = self.account_of(&session.actor)?;
        let keys = self.db.read(Job::Accounts, |conn| keys_of(conn, &account.id))?;
        if keys.len() >= MOST {
            return Err(IdentityError::BadKey("U hebt al tien sleutels. Verwijder er eerst een."));
        }
        self.use_code(&account, &session.actor.author(), code)?;
        let user = Uuid::parse_str(&account.id).map_err(|_| fault("the id of an account is no UUID"))?;
        let known = keys.iter().map(|key| key.cred_id().clone()).collect();
        let (options, state) = party
            .0
            .start_passkey_registration(user, &account.login, &account.name, Some(known))
            .map_err(|error| fault(&format!("asking a new key: {error}")))?;
        self.keep(&account.id, &Pending::Adding { name: name.to_owned(), state }, &options)
    }

    /// Adds the key that answered.
    ///
    /// # Errors
    /// `KeyWrong` when the answer does not fit what was asked or took too long, `BadKey` when the key is in use,
    /// `NoSession`, `FactorConflict` when the second factor was taken away meanwhile, or storage.
    pub fn finish_security_key(
        &self,
        party: &RelyingParty,
        session: &Session,
        asked: &str,
        answer: &str,
    ) -> Result<(), IdentityError> {
        let user = session.actor.user_id.clone();
        let Some(Pending::Adding { name, state }) = self.take(&user, asked)? else {
            return Err(IdentityError::KeyWrong);
        };
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let id = id_of(&answer.raw_id);
        if self.security_keys_of(&session.actor)?.iter().any(|known| known.id == id) {
            return Err(IdentityError::BadKey(IN_USE));
        }
        let key = party.0.finish_passkey_registration(&answer, &state).map_err(|error| refused(&error))?;
        let (now, author, session) = (self.db.now(), session.actor.author(), session.id.clone());
        let added = self.db.write(Job::Accounts, move |tx| {
            if !store::find_session(tx, &session)?.is_some_and(|row| row.counts) {
                return Err(IdentityError::NoSession);
            }
            if confirmed_at(tx, &user)?.is_none() {
                return Err(IdentityError::FactorConflict);
            }
            insert(tx, &user, &name, &key, now)?;
            record(tx, &Chain::System, &author, now, &changed(&user, AccountChange::SecurityKeyAdded))?;
            Ok(())
        });
        match added {
            Err(IdentityError::Db(DbError::Duplicate)) => Err(IdentityError::BadKey(IN_USE)),
            other => other,
        }
    }

    /// Takes away an own key, for who gives a code.
    ///
    /// # Errors
    /// `CodeWrong`, `SignInLocked`, `FactorConflict` when there is no such key, or storage.
    pub fn remove_security_key(&self, session: &Session, id: &str, code: &str) -> Result<(), IdentityError> {
        let (account, author) = (self.account_of(&session.actor)?, session.actor.author());
        self.use_code(&account, &author, code)?;
        let (now, id) = (self.db.now(), id.to_owned());
        self.db.write(Job::Accounts, move |tx| {
            let own = security_key::table.find(&id).filter(security_key::user_id.eq(&account.id));
            if diesel::delete(own).execute(tx).map_err(DbError::from)? == 0 {
                return Err(IdentityError::FactorConflict);
            }
            record(tx, &Chain::System, &author, now, &changed(&account.id, AccountChange::SecurityKeyRemoved))?;
            Ok(())
        })
    }

    /// Asks a key of the user whose password was right; none when the user has none, or it took too long.
    ///
    /// # Errors
    /// When storage fails.
    pub fn ask_security_key(&self, party: &RelyingParty, step: &str) -> Result<Option<Asked>, IdentityError> {
        let Ok((account, _)) = self.account_of_step(step) else { return Ok(None) };
        let keys = self.db.read(Job::Accounts, |conn| keys_of(conn, &account.id))?;
        if keys.is_empty() {
            return Ok(None);
        }
        let (options, state) =
            party.0.start_passkey_authentication(&keys).map_err(|error| fault(&format!("asking a key: {error}")))?;
        self.keep(&account.id, &Pending::SigningIn { state }, &options).map(Some)
    }

    /// Signs in whose password was right, with the answer of a key.
    ///
    /// # Errors
    /// `NoSession` when it took too long or the password changed in between, `KeyWrong`, `SignInLocked`, or storage.
    pub fn finish_sign_in_with_key(
        &self,
        party: &RelyingParty,
        step: &str,
        asked: &str,
        answer: &str,
    ) -> Result<SignedIn, IdentityError> {
        let (account, means) = self.account_of_step(step)?;
        let login_hash = login_hash(&account.login);
        self.must_be_open(&login_hash)?;
        match self.use_key(party, &account.id, asked, answer) {
            Ok(()) => self.start_session(account, login_hash, means),
            Err(wrong @ IdentityError::KeyWrong) => Err(self.count_failure_told(login_hash, wrong)?),
            Err(other) => Err(other),
        }
    }

    fn use_key(&self, party: &RelyingParty, user: &str, asked: &str, answer: &str) -> Result<(), IdentityError> {
        let Some(Pending::SigningIn { state }) = self.take(user, asked)? else { return Err(IdentityError::KeyWrong) };
        let answer: PublicKeyCredential = read(answer)?;
        let told = party.0.finish_passkey_authentication(&answer, &state).map_err(|error| refused(&error))?;
        let (now, id, user) = (self.db.now(), id_of(told.cred_id().as_ref()), user.to_owned());
        self.db.write(Job::Accounts, move |tx| {
            // Taken away meanwhile, it no longer counts.
            let mut key = find(tx, &user, &id)?.ok_or(IdentityError::KeyWrong)?;
            key.update_credential(&told);
            let sealed = vault::seal(tx, &Spot::security_key(&user, &id), &written(&key)?)?;
            diesel::update(security_key::table.find(&id))
                .set((security_key::sealed.eq(sealed), security_key::last_used_at.eq(now)))
                .execute(tx)
                .map_err(DbError::from)?;
            Ok(())
        })
    }

    /// Keeps what is asked until it is answered, and forgets what was never answered.
    fn keep(&self, user: &str, pending: &Pending, options: &impl Serialize) -> Result<Asked, IdentityError> {
        use key_challenge as c;
        let options = String::from_utf8(written(options)?).map_err(|_| fault("JSON that is no text"))?;
        let (id, user, content, now) = (new_id(), user.to_owned(), written(pending)?, self.db.now());
        let kept = id.clone();
        self.db.write(Job::Accounts, move |tx| -> Result<(), IdentityError> {
            let sealed = vault::seal(tx, &Spot::key_challenge(&user, &kept), &content)?;
            diesel::delete(c::table.filter(c::ends_at.lt(now))).execute(tx).map_err(DbError::from)?;
            let ends = c::ends_at.eq(now + ANSWER_SECONDS * SECOND);
            diesel::insert_into(c::table)
                .values((c::id.eq(&kept), c::user_id.eq(&user), c::sealed.eq(sealed), ends))
                .execute(tx)
                .map_err(DbError::from)?;
            Ok(())
        })?;
        Ok(Asked { id, options })
    }

    /// What was asked of this user, if it still counts; it does not count again.
    fn take(&self, user: &str, asked: &str) -> Result<Option<Pending>, IdentityError> {
        use key_challenge as c;
        let (now, id, user) = (self.db.now(), asked.to_owned(), user.to_owned());
        self.db.write(Job::Accounts, move |tx| -> Result<_, IdentityError> {
            let own = || c::table.find(&id).filter(c::user_id.eq(&user).and(c::ends_at.ge(now)));
            let sealed: Option<Vec<u8>> = own().select(c::sealed).get_result(tx).optional().map_err(DbError::from)?;
            let Some(sealed) = sealed else { return Ok(None) };
            let content = vault::open(tx, &Spot::key_challenge(&user, &id), sealed)?;
            // Of two who answer at the same moment one takes it.
            if diesel::delete(own()).execute(tx).map_err(DbError::from)? == 0 {
                return Ok(None);
            }
            Ok(Some(serde_json::from_slice(&content).map_err(|_| fault("a key that was asked is unreadable"))?))
        })
    }
}

/// Why exactly is for the log alone: who tries learns nothing from it.
fn refused(error: &WebauthnError) -> IdentityError {
    tracing::warn!(oorzaak = %error, "beveiligingssleutel geweigerd");
    IdentityError::KeyWrong
}

fn read<T: DeserializeOwned>(answer: &str) -> Result<T, IdentityError> {
    serde_json::from_str(answer).map_err(|_| IdentityError::KeyWrong)
}

fn written(what: &impl Serialize) -> Result<Vec<u8>, IdentityError> {
    serde_json::to_vec(what).map_err(|_| fault("what belongs to a key could not be written"))
}

fn id_of(credential: &[u8]) -> String {
    sha256_hex(credential)
}

fn insert(tx: &mut AnyConn, user: &str, name: &str, key: &Passkey, at: Micros) -> Result<(), IdentityError> {
    use security_key as k;
    let id = id_of(key.cred_id().as_ref());
    let sealed = vault::seal(tx, &Spot::security_key(user, &id), &written(key)?)?;
    diesel::insert_into(k::table)
        .values((k::id.eq(&id), k::user_id.eq(user), k::name.eq(name), k::sealed.eq(sealed), k::added_at.eq(at)))
        .execute(tx)
        .map_err(DbError::from)?;
    Ok(())
}

fn keys_of(conn: &mut AnyConn, user: &str) -> Result<Vec<Passkey>, IdentityError> {
    use security_key as k;
    let own = k::table.filter(k::user_id.eq(user)).order(k::id.asc()).select((k::id, k::sealed));
    let rows: Vec<(String, Vec<u8>)> = own.load(conn).map_err(DbError::from)?;
    rows.into_iter().map(|(id, sealed)| opened(conn, user, &id, sealed)).collect()
}

fn find(tx: &mut AnyConn, user: &str, id: &str) -> Result<Option<Passkey>, IdentityError> {
    use security_key as k;
    // Writing the row to itself locks it on PostgreSQL, so that its counter is counted once.
    diesel::update(k::table.find(id)).set(k::name.eq(k::name)).execute(tx).map_err(DbError::from)?;
    let own = k::table.find(id).filter(k::user_id.eq(user)).select(k::sealed);
    let sealed: Option<Vec<u8>> = own.get_result(tx).optional().map_err(DbError::from)?;
    sealed.map(|sealed| opened(tx, user, id, sealed)).transpose()
}

fn opened(conn: &mut AnyConn, user: &str, id: &str, sealed: Vec<u8>) -> Result<Passkey, IdentityError> {
    let content = vault::open(conn, &Spot::security_key(user, id), sealed)?;
    serde_json::from_slice(&content).map_err(|_| fault("a stored key is unreadable"))
}

/// Takes away all keys of a user.
pub(super) fn remove_all(tx: &mut AnyConn, user: &str) -> Result<(), DbError> {
    diesel::delete(security_key::table.filter(security_key::user_id.eq(user))).execute(tx)?;
    diesel::delete(key_challenge::table.filter(key_challenge::user_id.eq(user))).execute(tx)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_site_with_a_name_asks_for_keys() {
        for (origin, can) in [
            ("https://combizitting.example", true),
            ("https://combizitting.example:8443", true),
            ("http://localhost:8080", true),
            ("http://127.0.0.1:8080", false),
            ("http://[::1]:8080", false),
            ("geen adres", false),
        ] {
            assert_eq!(RelyingParty::of(origin).is_some(), can, "{origin}");
        }
    }
}
