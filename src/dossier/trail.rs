//! Showing the audit trail to those who may see it; looking at it is logged too.

use super::error::DossierError;
use super::service::{Dossiers, PAGE_MOST};
use super::store;
use crate::audit::{AuditEvent, AuditLine, Chain, lines, record};
use crate::identity::{Actor, Role};

impl Dossiers {
    /// The audit trail of a case, newest first (court of the case, or overseer). The look is logged.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, or storage.
    pub fn trail(
        &self,
        actor: &Actor,
        id: &str,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<AuditLine>, DossierError> {
        let chain = Chain::Dossier(id.to_owned());
        let found = self.db.read(|conn| {
            if actor.role == Role::Toezichthouder {
                store::current_version(conn, id)?.ok_or(DossierError::NotFound)?;
            } else {
                store::get_court_access(conn, actor, id)?;
            }
            Ok::<_, DossierError>(lines(conn, &chain, before, limit.clamp(1, PAGE_MOST))?)
        })?;
        self.log_trail(actor, chain)?;
        Ok(found)
    }

    /// The audit trail of the system itself: users and sign-ins (overseer only). The look is logged.
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn system_trail(&self, actor: &Actor, before: Option<i64>, limit: i64) -> Result<Vec<AuditLine>, DossierError> {
        if actor.role != Role::Toezichthouder {
            return Err(DossierError::Forbidden);
        }
        let found = self.db.read(|conn| lines(conn, &Chain::System, before, limit.clamp(1, PAGE_MOST)))?;
        self.log_trail(actor, Chain::System)?;
        Ok(found)
    }

    fn log_trail(&self, actor: &Actor, chain: Chain) -> Result<(), DossierError> {
        let (author, at) = (actor.author(), self.db.now());
        self.db.write(move |tx| {
            let event = AuditEvent::AuditViewed { chain: chain.as_str().to_owned() };
            record(tx, &chain, &author, at, &event)?;
            Ok(())
        })
    }
}
