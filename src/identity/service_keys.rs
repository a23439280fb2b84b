//! Public keys of organisations that work together. An account with such a key is that of a system, not of a person:
//! it has no password, no second factor and no subject at a provider, so that the log never leaves in doubt which of
//! the two did something.

use super::model::{Actor, Role};
use super::service::{Identity, IdentityError};
use super::store::{self, AccountRow};
use crate::audit::{AccountChange, AuditEvent};
use crate::db::schema::{provider_subject, service_key};
use crate::db::{AnyConn, DbError, Job, Micros, new_id};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, ThumbprintHash};
use serde_json::{Value, json};

/// Keys that one account can have at the same time: the one in use and the next, with room for more systems.
const MOST: i64 = 5;
/// Bytes of the modulus of an RSA key at least and at most.
const RSA: std::ops::RangeInclusive<usize> = 256..=1024;

/// A key of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceKey {
    /// Id.
    pub id: String,
    /// Thumbprint (RFC 7638), to compare with the organisation over another way.
    pub thumbprint: String,
    /// When it was added.
    pub added_at: Micros,
    /// When it was withdrawn; it never counts again.
    pub ended_at: Option<Micros>,
}

impl Identity {
    /// The keys of a user, the newest first (administrator only).
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn service_keys(&self, actor: &Actor, user: &str) -> Result<Vec<ServiceKey>, IdentityError> {
        use service_key as k;
        if actor.role != Role::Beheerder {
            return Err(IdentityError::Forbidden);
        }
        let rows: Vec<(String, String, Micros, Option<Micros>)> =
            self.db.read(Job::Accounts, |conn| -> Result<_, DbError> {
                let own = k::table.filter(k::user_id.eq(user)).order(k::id.desc());
                Ok(own.select((k::id, k::thumbprint, k::added_at, k::ended_at)).load(conn)?)
            })?;
        let key = |(id, thumbprint, added_at, ended_at)| ServiceKey { id, thumbprint, added_at, ended_at };
        Ok(rows.into_iter().map(key).collect())
    }

    /// Adds a public key to the account of a partner (administrator only). What signed a person in is taken away, and
    /// the sessions end.
    ///
    /// # Errors
    /// `Forbidden`, `BadKey`, `KeyTaken`, `NoPartner`, `UserNotFound`, or storage.
    pub fn add_service_key(&self, actor: &Actor, user: &str, jwk: &str) -> Result<ServiceKey, IdentityError> {
        let (jwk, thumbprint) = public_key(jwk)?;
        let (added_at, by, id) = (self.db.now(), actor.user_id.clone(), new_id());
        let key = ServiceKey { id: id.clone(), thumbprint: thumbprint.clone(), added_at, ended_at: None };
        let event = AuditEvent::AccountChanged { user: user.to_owned(), change: AccountChange::ServiceKeyAdded };
        let added = self.administer(actor, user, event, move |tx, user| {
            use service_key as k;
            let account = store::find_account_of(tx, user)?.filter(|account| account.active);
            let account = account.ok_or(IdentityError::UserNotFound)?;
            if Role::parse(&account.role) != Some(Role::Ketenpartner) {
                return Err(IdentityError::NoPartner);
            }
            if count(tx, user)? >= MOST {
                return Err(IdentityError::BadKey("Dit account heeft al vijf sleutels. Trek er eerst een in."));
            }
            store::update_password(tx, user, "")?;
            super::second_factor::remove(tx, user)?;
            diesel::delete(provider_subject::table.filter(provider_subject::user_id.eq(user)))
                .execute(tx)
                .map_err(DbError::from)?;
            let new = (k::id.eq(id), k::user_id.eq(user), k::thumbprint.eq(thumbprint), k::jwk.eq(jwk));
            diesel::insert_into(k::table)
                .values((new, k::added_at.eq(added_at), k::added_by.eq(by)))
                .execute(tx)
                .map_err(DbError::from)?;
            Ok(true)
        });
        match added {
            Ok(()) => Ok(key),
            Err(IdentityError::Db(DbError::Duplicate)) => Err(IdentityError::KeyTaken),
            Err(error) => Err(error),
        }
    }

    /// Withdraws a key (administrator only); the sessions end at once.
    ///
    /// # Errors
    /// `Forbidden`, `UserNotFound` when there is no such key that counts, or storage.
    pub fn end_service_key(&self, actor: &Actor, user: &str, key: &str) -> Result<(), IdentityError> {
        let (key, now) = (key.to_owned(), self.db.now());
        let event = AuditEvent::AccountChanged { user: user.to_owned(), change: AccountChange::ServiceKeyEnded };
        self.administer(actor, user, event, move |tx, user| {
            use service_key as k;
            let own = k::table.filter(k::id.eq(key).and(k::user_id.eq(user)).and(k::ended_at.is_null()));
            Ok::<_, DbError>(diesel::update(own).set(k::ended_at.eq(now)).execute(tx)? == 1)
        })
    }
}

fn count(conn: &mut AnyConn, user: &str) -> Result<i64, DbError> {
    use service_key as k;
    Ok(k::table.filter(k::user_id.eq(user).and(k::ended_at.is_null())).count().get_result(conn)?)
}

/// Whether an account is that of a system: once it had a key, it never is that of a person again.
pub(super) fn is_of_a_system(conn: &mut AnyConn, user: &str) -> Result<bool, DbError> {
    use service_key as k;
    Ok(k::table.filter(k::user_id.eq(user)).count().get_result::<i64>(conn)? > 0)
}

/// The account of a system, with the keys that count by their id.
type System = (AccountRow, Vec<(String, Jwk)>);

/// The account of a system with its keys that count.
pub(super) fn account_with_keys(conn: &mut AnyConn, login: &str) -> Result<Option<System>, DbError> {
    use service_key as k;
    let Some(account) = store::find_account(conn, login)?.filter(|account| account.active) else { return Ok(None) };
    let own = k::table.filter(k::user_id.eq(&account.id).and(k::ended_at.is_null()));
    let rows: Vec<(String, String)> = own.order(k::id.desc()).select((k::id, k::jwk)).load(conn)?;
    let keys = rows.into_iter().filter_map(|(id, jwk)| Some((id, serde_json::from_str(&jwk).ok()?))).collect();
    Ok(Some((account, keys)))
}

/// Whether a key still counts; asked again where the session is written.
pub(super) fn counts(tx: &mut AnyConn, key: &str) -> Result<bool, DbError> {
    use service_key as k;
    Ok(k::table.filter(k::id.eq(key).and(k::ended_at.is_null())).count().get_result::<i64>(tx)? == 1)
}

/// A public key as it is kept, with nothing beside what makes it that key, and its thumbprint.
fn public_key(text: &str) -> Result<(String, String), IdentityError> {
    let given: Value = serde_json::from_str(text.trim()).map_err(|_| {
        IdentityError::BadKey("Dit is geen sleutel als JWK: één JSON-object met kty en de openbare delen.")
    })?;
    if ["d", "p", "q", "dp", "dq", "qi", "k"].iter().any(|part| given.get(part).is_some()) {
        return Err(IdentityError::BadKey(
            "Dit is een geheime sleutel. Vraag de organisatie om een nieuw paar en alleen het openbare deel: dit paar is \
             nu door anderen gezien.",
        ));
    }
    let kept = match given.get("kty").and_then(Value::as_str) {
        Some("RSA") => json!({"kty": "RSA", "n": given.get("n"), "e": given.get("e")}),
        Some("EC") => json!({"kty": "EC", "crv": given.get("crv"), "x": given.get("x"), "y": given.get("y")}),
        Some("OKP") => json!({"kty": "OKP", "crv": given.get("crv"), "x": given.get("x")}),
        _ => Value::Null,
    };
    let jwk: Option<Jwk> = serde_json::from_value(kept.clone()).ok();
    let jwk = jwk.filter(is_strong).ok_or(IdentityError::BadKey(
        "Deze sleutel kan niet. Het kan met RSA van ten minste 2048 bits, met EC P-256 en met Ed25519.",
    ))?;
    let thumbprint = jwk
        .thumbprint(ThumbprintHash::SHA256)
        .map_err(|_| DbError::Other { cause: "a key without a thumbprint".to_owned() })?;
    Ok((kept.to_string(), thumbprint))
}

fn is_strong(key: &Jwk) -> bool {
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map(|bytes| bytes.len()).unwrap_or_default();
    match &key.algorithm {
        AlgorithmParameters::RSA(key) => RSA.contains(&bytes(&key.n)) && (1..=8).contains(&bytes(&key.e)),
        AlgorithmParameters::EllipticCurve(key) => {
            key.curve == EllipticCurve::P256 && bytes(&key.x) == 32 && bytes(&key.y) == 32
        }
        AlgorithmParameters::OctetKeyPair(key) => key.curve == EllipticCurve::Ed25519 && bytes(&key.x) == 32,
        _ => false,
    }
}
