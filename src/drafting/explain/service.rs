//! Explanations of the sealed documents of a case, for who may read them. They are made anew each
//! time from what was kept, so a corrected decision has a new one and a withdrawn one has none.

use super::{Explanation, Explanations, SealedText, explain};
use crate::audit::{AuditEvent, Chain, View, record};
use crate::documents::model::DocumentModel;
use crate::dossier::record::Access;
use crate::dossier::{DossierError, rights, store};
use crate::drafting::review::{Paper, SealedDocument, sealed_documents};
use crate::drafting::service::{Drafts, StoredDraft};
use crate::identity::Actor;

/// A sealed document with its explanations, as far as this reader may have them.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The document.
    pub sealed: SealedDocument,
    /// Its explanations; a party has only its own, and never who else has one.
    pub found: Explanations,
}

impl Explained {
    /// The decision itself, when one of these readers may have it.
    #[must_use]
    pub fn decision(&self) -> Option<&DocumentModel> {
        self.found.papers.iter().any(|paper| paper.whole).then_some(&self.sealed.model)
    }
}

impl Drafts {
    /// The explanations of one draft, or of all drafts of a case (judge or clerk: all; an advocate: those for
    /// their client). Who then shows one, logs it.
    ///
    /// # Errors
    /// `NotFound`, `Unreadable`, `Invalid` when a template is broken, or storage.
    pub fn explanations(
        &self,
        actor: &Actor,
        dossier: &str,
        draft: Option<&str>,
    ) -> Result<Vec<Explained>, DossierError> {
        let (sealed, access) = self.db().read(actor, |conn| {
            let access = rights::get_content_access(conn, actor, dossier, self.db().now())?;
            let mut with_file = Vec::new();
            for sealed in sealed_documents(conn, dossier, draft)? {
                let file = store::find_version(conn, dossier, sealed.dossier_version)?;
                with_file.push((sealed, file.ok_or(DossierError::NotFound)?.1));
            }
            Ok::<_, DossierError>((with_file, access))
        })?;
        let mut found = Vec::new();
        for (sealed, file) in sealed {
            let file = serde_json::from_str(&file).map_err(|_| DossierError::Unreadable)?;
            let text = SealedText {
                document: &sealed.document,
                draft: &sealed.first,
                sealed: &sealed.approved,
                version: sealed.version,
            };
            let all = explain(&file, sealed.kind, &text).map_err(|error| DossierError::Invalid(error.to_string()))?;
            let own = for_reader(&access, all);
            if !own.papers.is_empty() || !own.held_back.is_empty() {
                found.push(Explained { sealed, found: own });
            }
        }
        Ok(found)
    }

    /// Who will have which paper once a document as it now stands is sealed (judge or clerk of the case).
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unreadable`, `Invalid` when a template is broken, or storage.
    pub fn explanations_to_come(
        &self,
        actor: &Actor,
        dossier: &str,
        stored: &StoredDraft,
        (document, paper): (&str, &Paper),
    ) -> Result<Explanations, DossierError> {
        let file = self.db().read(actor, |conn| {
            rights::get_court_access(conn, actor, dossier)?;
            store::find_version(conn, dossier, stored.summary.dossier_version)?.ok_or(DossierError::NotFound)
        })?;
        let file = serde_json::from_str(&file.1).map_err(|_| DossierError::Unreadable)?;
        let first = stored.set.documents.iter().find(|known| known.name == document).ok_or(DossierError::NotFound)?;
        let text = SealedText { document, draft: &first.model, sealed: &paper.model, version: paper.text_version };
        explain(&file, stored.summary.kind, &text).map_err(|error| DossierError::Invalid(error.to_string()))
    }

    /// Logs that someone read an explanation that they may have, or the decision itself.
    ///
    /// # Errors
    /// `NotFound` when the case is not theirs, or storage; then it must not be shown either.
    pub fn log_explanation(
        &self,
        actor: &Actor,
        dossier: &str,
        read: &Explained,
        view: View,
    ) -> Result<(), DossierError> {
        let access = self.db().read(actor, |conn| rights::get_content_access(conn, actor, dossier, self.db().now()))?;
        let (author, chain, at) = (actor.author(), Chain::Dossier(dossier.to_owned()), self.db().now());
        let version = read.sealed.dossier_version;
        let event = AuditEvent::CaseViewed { view, version, assignment: access.assignment };
        self.db().write(actor, move |tx| -> Result<(), DossierError> {
            record(tx, &chain, &author, at, &event)?;
            Ok(())
        })
    }
}

/// The court sees all; an advocate only the paper of their client.
fn for_reader(access: &Access, all: Explanations) -> Explanations {
    if access.role.is_court() {
        return all;
    }
    let own = |paper: &Explanation| !paper.for_child && access.person.as_ref() == Some(&paper.person);
    Explanations { papers: all.papers.into_iter().filter(own).collect(), held_back: Vec::new() }
}
