//! All cases, read by the operator of the machine to be assessed again. No user of the service can: a case
//! is read here without an assignment, and every read stands in the trail of that case before it is handed out.

use super::error::DossierError;
use super::record::DossierSummary;
use super::service::Dossiers;
use super::store;
use crate::audit::{AuditEvent, Chain, record};
use crate::db::Job;
use crate::identity::Actor;

/// The current version of a case, to be assessed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToReassess {
    /// Id of the dossier (UUID).
    pub id: String,
    /// The court's reference; never a name.
    pub reference: String,
    /// Version.
    pub version: i64,
    /// Canonical JSON of the dossier.
    pub content: String,
}

impl Dossiers {
    /// How many cases there are.
    ///
    /// # Errors
    /// `Forbidden` for anyone but the operator, or storage.
    pub fn count_all(&self, actor: &Actor) -> Result<usize, DossierError> {
        must_be_operator(actor)?;
        Ok(usize::try_from(self.db.read(Job::Reassess, store::count)?).unwrap_or_default())
    }

    /// Cases in the order in which they were made, those after a case when given; without content.
    ///
    /// # Errors
    /// `Forbidden` for anyone but the operator, or storage.
    pub fn list_in_order(
        &self,
        actor: &Actor,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Vec<DossierSummary>, DossierError> {
        must_be_operator(actor)?;
        Ok(self.db.read(Job::Reassess, |conn| store::list_after(conn, after.unwrap_or_default(), limit))?)
    }

    /// The current version of some cases. Each read is recorded in the chain of its case, under the name of
    /// the run, before anything is handed out. A case that is no longer there is left out.
    ///
    /// # Errors
    /// `Forbidden` for anyone but the operator, or storage.
    pub fn read_to_reassess(&self, actor: &Actor, run: &str, ids: &[String]) -> Result<Vec<ToReassess>, DossierError> {
        must_be_operator(actor)?;
        let cases = self.db.read(Job::Reassess, |conn| {
            let mut cases = Vec::with_capacity(ids.len());
            for id in ids {
                if let Some((reference, version, content)) = store::find_current(conn, id)? {
                    cases.push(ToReassess { id: id.clone(), reference, version, content });
                }
            }
            Ok::<_, DossierError>(cases)
        })?;
        let (author, at, run) = (actor.author(), self.db.now(), run.to_owned());
        let read: Vec<(String, i64)> = cases.iter().map(|case| (case.id.clone(), case.version)).collect();
        self.db.write(Job::Reassess, move |tx| -> Result<(), DossierError> {
            for (id, version) in read {
                let event = AuditEvent::CaseReassessed { run: run.clone(), version };
                record(tx, &Chain::Dossier(id), &author, at, &event)?;
            }
            Ok(())
        })?;
        Ok(cases)
    }

    /// Records that a run of reassessment begins or ends.
    ///
    /// # Errors
    /// `Forbidden` for anyone but the operator, or storage.
    pub fn log_reassessment(&self, actor: &Actor, event: AuditEvent) -> Result<(), DossierError> {
        must_be_operator(actor)?;
        let (author, at) = (actor.author(), self.db.now());
        self.db.write(Job::Reassess, move |tx| {
            record(tx, &Chain::System, &author, at, &event)?;
            Ok(())
        })
    }
}

fn must_be_operator(actor: &Actor) -> Result<(), DossierError> {
    if actor.user_id == Actor::OPERATOR_ID { Ok(()) } else { Err(DossierError::Forbidden) }
}
