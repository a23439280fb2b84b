//! What users do with their own account.

use super::attempts::login_hash;
use super::model::Actor;
use super::service::{Identity, IdentityError, Session};
use super::store::{self, AccountRow};
use crate::audit::{AccountChange, AuditEvent, Chain, record};
use crate::db::Job;
use secrecy::SecretString;

impl Identity {
    /// The name with which a user signs in.
    ///
    /// # Errors
    /// `UserNotFound`, or storage.
    pub fn login_of(&self, actor: &Actor) -> Result<String, IdentityError> {
        Ok(self.account_of(actor)?.login)
    }

    pub(super) fn account_of(&self, actor: &Actor) -> Result<AccountRow, IdentityError> {
        self.db
            .read(Job::Accounts, |conn| store::find_account_of(conn, &actor.user_id))?
            .ok_or(IdentityError::UserNotFound)
    }

    /// Sets the own new password and ends the other sessions. Who found an open desk must not be able to go on
    /// guessing here, so a wrong old password counts as a wrong one at signing in.
    ///
    /// # Errors
    /// `SignInFailed` when the old password is wrong, `SignInLocked`, `WeakPassword`, or storage.
    pub fn change_own_password(
        &self,
        session: &Session,
        old: &SecretString,
        new: &SecretString,
    ) -> Result<(), IdentityError> {
        let account = self.with_password(&session.actor, old)?;
        let hash = self.new_hash(new)?;
        let (now, author, kept) = (self.db.now(), session.actor.author(), session.id.clone());
        self.db.write(Job::Accounts, move |tx| {
            // The session may have been ended in the meantime, by who had reason to.
            if !store::find_session(tx, &kept)?.is_some_and(|row| row.counts) {
                return Err(IdentityError::NoSession);
            }
            store::update_password(tx, &account.id, &hash)?;
            store::revoke_other_sessions(tx, &account.id, &kept, now)?;
            let (user, change) = (account.id, AccountChange::OwnPassword);
            record(tx, &Chain::System, &author, now, &AuditEvent::AccountChanged { user, change })?;
            Ok(())
        })
    }

    /// The own account, once its password was given rightly.
    pub(super) fn with_password(&self, actor: &Actor, password: &SecretString) -> Result<AccountRow, IdentityError> {
        let account = self.account_of(actor)?;
        let login_hash = login_hash(&account.login);
        self.must_be_open(&login_hash)?;
        match self.checked(Some(account), password)? {
            Some(account) => Ok(account),
            None => Err(self.count_failure(login_hash)?),
        }
    }
}
