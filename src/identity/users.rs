//! Managing users: adding, closing, new passwords, finding.

use super::model::{Actor, NewUser, Role, UserSummary};
use super::service::{Identity, IdentityError, PASSWORD_MOST, hash_password, normal_login};
use super::store;
use crate::audit::{AuditEvent, Chain, record};
use crate::db::{AnyConn, DbError, Job, new_id};
use secrecy::{ExposeSecret, SecretString};

/// Characters of a password at least.
const PASSWORD_LEAST: usize = 12;

impl Identity {
    /// Adds a user (administrator only).
    ///
    /// # Errors
    /// `Forbidden`, `WeakPassword`, `BadName`, `LoginTaken`, or storage.
    pub fn add_user(&self, actor: &Actor, user: &NewUser) -> Result<UserSummary, IdentityError> {
        must_administer(actor)?;
        let login = normal_login(&user.login);
        let name = user.name.trim().to_owned();
        let letters = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+');
        let login_ok = (2..=100).contains(&login.chars().count()) && login.chars().all(letters);
        let name_ok = (1..=200).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !login_ok || !name_ok {
            return Err(IdentityError::BadName);
        }
        let hash = self.new_hash(&user.password)?;
        let added = UserSummary { id: new_id(), login, name, role: user.role, active: true };
        let (now, author, row) = (self.db.now(), actor.author(), added.clone());
        self.db.write(Job::Accounts, move |tx| {
            store::insert_account(tx, &row, &hash, now).map_err(|error| match error {
                DbError::Duplicate => IdentityError::LoginTaken,
                other => other.into(),
            })?;
            let event = AuditEvent::UserAdded { user: row.id, role: row.role.as_str().to_owned() };
            record(tx, &Chain::System, &author, now, &event)?;
            Ok::<_, IdentityError>(())
        })?;
        Ok(added)
    }

    /// Sets a new password for a user (administrator only) and ends the user's sessions.
    ///
    /// # Errors
    /// `Forbidden`, `WeakPassword`, `UserNotFound`, or storage.
    pub fn change_password(&self, actor: &Actor, user: &str, password: &SecretString) -> Result<(), IdentityError> {
        must_administer(actor)?;
        let hash = self.new_hash(password)?;
        self.administer(actor, user, AuditEvent::PasswordChanged { user: user.to_owned() }, move |tx, id| {
            must_be_a_person(tx, id)?;
            Ok::<_, IdentityError>(store::update_password(tx, id, &hash)?)
        })
    }

    /// Closes a user's account and ends the sessions (administrator only).
    ///
    /// # Errors
    /// `Forbidden`, `UserNotFound`, or storage.
    pub fn deactivate(&self, actor: &Actor, user: &str) -> Result<(), IdentityError> {
        let event = AuditEvent::UserDeactivated { user: user.to_owned() };
        self.administer(actor, user, event, store::deactivate)
    }

    /// Ends all sessions of a user (administrator, or the user).
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn revoke_sessions(&self, actor: &Actor, user: &str) -> Result<(), IdentityError> {
        if actor.user_id != user {
            must_administer(actor)?;
        }
        let event = AuditEvent::SessionsRevoked { user: user.to_owned() };
        self.change_user(actor, user, event, |_, _| Ok::<_, DbError>(true))
    }

    /// As `change_user`, by an administrator.
    pub(super) fn administer<E>(
        &self,
        actor: &Actor,
        user: &str,
        event: AuditEvent,
        change: impl FnOnce(&mut AnyConn, &str) -> Result<bool, E> + Send + 'static,
    ) -> Result<(), IdentityError>
    where
        IdentityError: From<E>,
    {
        must_administer(actor)?;
        self.change_user(actor, user, event, change)
    }

    fn change_user<E>(
        &self,
        actor: &Actor,
        user: &str,
        event: AuditEvent,
        change: impl FnOnce(&mut AnyConn, &str) -> Result<bool, E> + Send + 'static,
    ) -> Result<(), IdentityError>
    where
        IdentityError: From<E>,
    {
        let (now, author, user) = (self.db.now(), actor.author(), user.to_owned());
        self.db.write(Job::Accounts, move |tx| {
            if user == Actor::OPERATOR_ID || !change(tx, &user)? {
                return Err(IdentityError::UserNotFound);
            }
            store::revoke_sessions_of(tx, &user, now)?;
            record(tx, &Chain::System, &author, now, &event)?;
            Ok(())
        })
    }

    /// Users: all for an administrator, active ones for a clerk who assigns.
    ///
    /// # Errors
    /// `Forbidden` for other roles, or storage.
    pub fn users(&self, actor: &Actor) -> Result<Vec<UserSummary>, IdentityError> {
        let only_active = match actor.role {
            Role::Beheerder => false,
            Role::Griffier => true,
            _ => return Err(IdentityError::Forbidden),
        };
        Ok(self.db.read(Job::Accounts, |conn| store::list_users(conn, only_active))?)
    }

    /// The id of the user who signs in with this name, for the overseer. A name is read as at signing in, so that
    /// who can sign in with it can be found by it.
    ///
    /// # Errors
    /// `Forbidden` for other roles, or storage.
    pub fn find_by_login(&self, actor: &Actor, login: &str) -> Result<Option<String>, IdentityError> {
        if actor.role != Role::Toezichthouder {
            return Err(IdentityError::Forbidden);
        }
        let login = normal_login(login);
        Ok(self.db.read(Job::Accounts, |conn| store::find_account(conn, &login))?.map(|account| account.id))
    }

    pub(super) fn new_hash(&self, password: &SecretString) -> Result<String, IdentityError> {
        let length = password.expose_secret().chars().count();
        if !(PASSWORD_LEAST..=PASSWORD_MOST).contains(&length) {
            return Err(IdentityError::WeakPassword);
        }
        let _inside = self.inner.gate.enter().ok_or(IdentityError::Busy)?;
        hash_password(password.expose_secret())
            .ok_or_else(|| DbError::Other { cause: "the password could not be hashed".to_owned() }.into())
    }
}

/// A system has no password and no subject at a provider.
pub(super) fn must_be_a_person(tx: &mut AnyConn, user: &str) -> Result<(), IdentityError> {
    if super::service_keys::is_of_a_system(tx, user)? { Err(IdentityError::OfSystem) } else { Ok(()) }
}

fn must_administer(actor: &Actor) -> Result<(), IdentityError> {
    if actor.role == Role::Beheerder { Ok(()) } else { Err(IdentityError::Forbidden) }
}
