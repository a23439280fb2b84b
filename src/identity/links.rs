//! Who users are at a provider. Only an administrator links: what a provider says of someone's name or e-mail can
//! change hands, its subject does not.

use super::model::{Actor, Role};
use super::service::{Identity, IdentityError};
use super::store::{self, AccountRow};
use crate::audit::{AccountChange, AuditEvent};
use crate::db::schema::{provider_subject, user_account};
use crate::db::{AnyConn, DbError, Job};
use diesel::prelude::*;

/// Characters of a subject at most (OpenID Connect Core 1.0, section 2).
const SUBJECT_MOST: usize = 255;

impl Identity {
    /// The subject of a user at this issuer.
    ///
    /// # Errors
    /// `Forbidden` for who is neither that user nor an administrator, or storage.
    pub fn subject_of(&self, actor: &Actor, user: &str, issuer: &str) -> Result<Option<String>, IdentityError> {
        use provider_subject as p;
        if actor.user_id != user && actor.role != Role::Beheerder {
            return Err(IdentityError::Forbidden);
        }
        Ok(self.db.read(Job::Accounts, |conn| -> Result<_, DbError> {
            let own = p::table.filter(p::user_id.eq(user).and(p::issuer.eq(issuer)));
            Ok(own.select(p::subject).get_result(conn).optional()?)
        })?)
    }

    /// Links a user to a subject of this issuer (administrator only), in the place of the one before; the sessions end.
    ///
    /// # Errors
    /// `Forbidden`, `BadSubject`, `SubjectTaken`, `UserNotFound`, or storage.
    pub fn link_subject(&self, actor: &Actor, user: &str, issuer: &str, subject: &str) -> Result<(), IdentityError> {
        let plain = subject.chars().all(|sign| sign.is_ascii_graphic());
        if !(1..=SUBJECT_MOST).contains(&subject.len()) || !plain {
            return Err(IdentityError::BadSubject);
        }
        let (issuer, subject, now) = (issuer.to_owned(), subject.to_owned(), self.db.now());
        let linked = self.administer(actor, user, changed(user, AccountChange::ProviderLinked), move |tx, id| {
            use provider_subject as p;
            if !store::find_account_of(tx, id)?.is_some_and(|account| account.active) {
                return Ok(false);
            }
            super::users::must_be_a_person(tx, id)?;
            remove(tx, id, &issuer)?;
            diesel::insert_into(p::table)
                .values((p::issuer.eq(issuer), p::subject.eq(subject), p::user_id.eq(id), p::linked_at.eq(now)))
                .execute(tx)
                .map_err(DbError::from)?;
            Ok::<_, IdentityError>(true)
        });
        linked.map_err(|error| match error {
            IdentityError::Db(DbError::Duplicate) => IdentityError::SubjectTaken,
            other => other,
        })
    }

    /// Takes the link of a user with this issuer away (administrator only); the sessions end.
    ///
    /// # Errors
    /// `Forbidden`, `UserNotFound` when there is no such link, or storage.
    pub fn unlink_subject(&self, actor: &Actor, user: &str, issuer: &str) -> Result<(), IdentityError> {
        let issuer = issuer.to_owned();
        let event = changed(user, AccountChange::ProviderUnlinked);
        self.administer(actor, user, event, move |tx, id| remove(tx, id, &issuer))
    }
}

fn changed(user: &str, change: AccountChange) -> AuditEvent {
    AuditEvent::AccountChanged { user: user.to_owned(), change }
}

fn remove(tx: &mut AnyConn, user: &str, issuer: &str) -> Result<bool, DbError> {
    use provider_subject as p;
    Ok(diesel::delete(p::table.filter(p::user_id.eq(user).and(p::issuer.eq(issuer)))).execute(tx)? == 1)
}

/// The account that is linked to a subject of an issuer.
pub(super) fn account_of(conn: &mut AnyConn, issuer: &str, subject: &str) -> Result<Option<AccountRow>, DbError> {
    use {provider_subject as p, user_account as u};
    let columns = (u::id, u::login, u::name, u::role, u::password_hash, u::active);
    let linked = p::table.inner_join(u::table).filter(p::issuer.eq(issuer).and(p::subject.eq(subject)));
    Ok(linked.select(columns).get_result(conn).optional()?.map(store::account))
}
