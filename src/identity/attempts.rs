//! Counting what failed under a name, whether it exists or not, and closing it for a while after too many in a row.

use super::service::{Identity, IdentityError, SECOND, normal_login};
use super::store::{self, Attempts};
use crate::audit::{AuditEvent, Author, Chain, record};
use crate::db::Job;
use crate::shared::hash::sha256_hex;

/// The hash under which the attempts with a name are counted.
pub(super) fn login_hash(login: &str) -> String {
    sha256_hex(normal_login(login).as_bytes())
}

impl Identity {
    /// Refuses who comes with a name that is closed for a while.
    pub(super) fn must_be_open(&self, login_hash: &str) -> Result<(), IdentityError> {
        let attempts = self.db.read(Job::Accounts, |conn| store::attempts(conn, login_hash))?;
        let closed = attempts.is_some_and(|known| known.locked_until > self.db.now());
        if closed { Err(IdentityError::SignInLocked) } else { Ok(()) }
    }

    pub(super) fn count_failure(&self, login_hash: String) -> Result<IdentityError, IdentityError> {
        let event = AuditEvent::SignInFailed { login_hash: login_hash.clone() };
        self.count_failure_as(login_hash, event)
    }

    /// Counts a failure of who is known by then; it is told as this, unless the name is closed now.
    pub(super) fn count_failure_told(
        &self,
        login_hash: String,
        told: IdentityError,
    ) -> Result<IdentityError, IdentityError> {
        Ok(match self.count_failure(login_hash)? {
            IdentityError::SignInFailed => told,
            other => other,
        })
    }

    /// Counts a failure under a name that is kept as a hash, and records it as this.
    pub(super) fn count_failure_as(
        &self,
        login_hash: String,
        failure: AuditEvent,
    ) -> Result<IdentityError, IdentityError> {
        let (now, limits) = (self.db.now(), self.inner.limits);
        self.db.write(Job::Accounts, move |tx| {
            let known = store::hold_attempts(tx, &login_hash)?;
            if known.locked_until > now {
                // Closed by a guess made at the same moment; a late one must not open it again.
                return Ok(IdentityError::SignInLocked);
            }
            let recent = now - known.last_at < limits.lock_seconds * SECOND;
            let failed = if recent { known.failed + 1 } else { 1 };
            let locked = failed >= limits.failures;
            let locked_until = if locked { now + limits.lock_seconds * SECOND } else { 0 };
            let failed = if locked { 0 } else { failed };
            store::put_attempts(tx, &login_hash, Attempts { failed, last_at: now, locked_until })?;
            let event = if locked { AuditEvent::SignInLocked { login_hash } } else { failure };
            record(tx, &Chain::System, &Author::unknown(), now, &event)?;
            Ok(if locked { IdentityError::SignInLocked } else { IdentityError::SignInFailed })
        })
    }
}
