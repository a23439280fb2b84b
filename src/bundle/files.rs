//! Storing the file of a document, and recording for whom it was looked through.

use super::store::{self, NewFile};
use crate::audit::{AuditEvent, Chain, View, record};
use crate::db::{AnyConn, Database, DbError, new_id};
use crate::documents::bundle::check;
use crate::documents::bundle::model::Assembled;
use crate::dossier::model::{DocumentRecord, Dossier};
use crate::dossier::record::Access;
use crate::dossier::service::canonical;
use crate::dossier::{DossierError, rights, store as dossiers};
use crate::identity::{Actor, Role};
use crate::shared::hash::sha256_hex;
use crate::shared::ids::{DocumentId, PersonId};
use crate::shared::moment::Instant;
use std::collections::BTreeMap;

/// The file of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Id (UUID).
    pub id: String,
    /// Which file of this document it is, from 1.
    pub number: i64,
    /// SHA-256.
    pub sha256: String,
    /// Bytes.
    pub size: usize,
    /// Pages, as counted.
    pub pages: usize,
    /// When it was stored.
    pub stored_at: Instant,
    /// Name of who stored it.
    pub stored_by: String,
    /// Parties for whom it was looked through for shielded data; none when nobody recorded that.
    pub checked_for: Option<Vec<PersonId>>,
}

impl StoredFile {
    /// Whether a party may have it. Not recorded is no.
    #[must_use]
    pub fn is_checked_for(&self, person: &PersonId) -> bool {
        self.checked_for.as_ref().is_some_and(|persons| persons.contains(person))
    }
}

/// A document beside its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWish<'a> {
    /// Case.
    pub dossier: &'a str,
    /// Document in it.
    pub document: &'a DocumentId,
}

/// Files of documents in a database. Cheap to clone; its calls block.
#[derive(Clone, Debug)]
pub struct Files {
    db: Database,
}

impl Files {
    /// Files in this database.
    #[must_use]
    pub fn new(db: Database) -> Self {
        Self { db }
    }

    /// Checks a file and stores it as that of a document (clerk of the case). The file before it stays.
    ///
    /// # Errors
    /// `NotFound`, also when there is no such document; `Forbidden`; `Invalid` with what holds the file
    /// back, or when it differs from what the dossier records; storage.
    pub fn store(&self, actor: &Actor, place: &FileWish<'_>, content: Vec<u8>) -> Result<StoredFile, DossierError> {
        self.db.read(actor, |conn| clerk_of(conn, actor, place).map(|_| ()))?;
        let checked = check(&content).map_err(|problem| DossierError::Invalid(problem.to_string()))?;
        let sha256 = sha256_hex(&content);
        let (who, at) = (actor.clone(), self.db.now());
        let (dossier, document) = (place.dossier.to_owned(), place.document.clone());
        self.db.write(actor, move |tx| {
            let place = FileWish { dossier: &dossier, document: &document };
            let known = clerk_of(tx, &who, &place)?;
            compare(&known, &sha256, checked.pages)?;
            let (id, pages) = (new_id(), i64::try_from(checked.pages).unwrap_or(i64::MAX));
            let new = NewFile {
                id: &id,
                dossier: &dossier,
                document: document.as_str(),
                sha256: &sha256,
                pages,
                by: &who.user_id,
                at,
            };
            store::insert(tx, &new, &content).map_err(overtaken)?;
            let event = AuditEvent::FileStored { file: id, pages, hash: sha256.clone() };
            record(tx, &Chain::Dossier(dossier.clone()), &who.author(), at, &event)?;
            store::current(tx, &dossier)?.remove(&document).ok_or(DossierError::NotFound)
        })
    }

    /// Records for which parties the file of a document was looked through for shielded data (clerk of
    /// the case). What was recorded before for this file no longer holds; an empty list shares it with nobody.
    ///
    /// # Errors
    /// `NotFound`, also when the document has no file; `Forbidden`; `Invalid` for someone who is no party;
    /// `Overtaken` when another file was stored in the meantime; storage.
    pub fn record_check(
        &self,
        actor: &Actor,
        place: &FileWish<'_>,
        file: &str,
        persons: &[PersonId],
    ) -> Result<(), DossierError> {
        let (who, at, file, mut persons) = (actor.clone(), self.db.now(), file.to_owned(), persons.to_vec());
        persons.sort_unstable();
        persons.dedup();
        let (dossier, document) = (place.dossier.to_owned(), place.document.clone());
        self.db.write(actor, move |tx| {
            clerk_of(tx, &who, &FileWish { dossier: &dossier, document: &document })?;
            let parties = parties(&current_dossier(tx, &dossier)?);
            if persons.iter().any(|person| !parties.iter().any(|(known, _)| known == person)) {
                return Err(DossierError::Invalid("Kies alleen partijen van deze zaak.".to_owned()));
            }
            let held = store::current(tx, &dossier)?.remove(&document).ok_or(DossierError::NotFound)?;
            if held.id != file {
                return Err(DossierError::Overtaken(
                    "Er is intussen een ander bestand opgeslagen. Zie dat na en leg het dan vast.".to_owned(),
                ));
            }
            let number = store::last_check(tx, &file)?.map_or(1, |(last, _)| last.saturating_add(1));
            let (content, hash) = canonical(&persons)?;
            store::insert_check(tx, (&file, number), (&content, &hash), (&who.user_id, at)).map_err(overtaken)?;
            let event = AuditEvent::FileChecked { file, number, parties: persons.len(), hash };
            record(tx, &Chain::Dossier(dossier.clone()), &who.author(), at, &event)?;
            Ok(())
        })
    }

    /// The files that hold now, by document; for use after access to the case was established.
    ///
    /// # Errors
    /// When storage fails.
    pub fn of_case(&self, actor: &Actor, dossier: &str) -> Result<BTreeMap<DocumentId, StoredFile>, DossierError> {
        self.db.read(actor, |conn| store::current(conn, dossier))
    }

    /// The bytes of a file by its SHA-256, for use after access was established.
    ///
    /// # Errors
    /// When storage fails.
    pub fn content(&self, actor: &Actor, sha256: &str) -> Result<Option<Vec<u8>>, DossierError> {
        self.db.read(actor, |conn| Ok(store::content(conn, sha256)?))
    }

    /// Records that a bundle was put together.
    ///
    /// # Errors
    /// When storage fails; then it must not be handed out.
    pub fn log_bundle(
        &self,
        actor: &Actor,
        dossier: &str,
        (bundle, version, access): (&str, i64, &Access),
        made: &Assembled,
    ) -> Result<(), DossierError> {
        let event = AuditEvent::BundleMade {
            bundle: bundle.to_owned(),
            version,
            pages: made.pages,
            hash: made.sha256.clone(),
            assignment: access.assignment.clone(),
        };
        self.log(actor, dossier, event)
    }

    /// Records that a bundle was taken out as a file.
    ///
    /// # Errors
    /// When storage fails; then it must not be handed out.
    pub fn log_download(
        &self,
        actor: &Actor,
        dossier: &str,
        version: i64,
        access: &Access,
    ) -> Result<(), DossierError> {
        let assignment = access.assignment.clone();
        self.log(actor, dossier, AuditEvent::CaseViewed { view: View::Bundle, version, assignment })
    }

    fn log(&self, actor: &Actor, dossier: &str, event: AuditEvent) -> Result<(), DossierError> {
        let (author, at, chain) = (actor.author(), self.db.now(), Chain::Dossier(dossier.to_owned()));
        self.db.write(actor, move |tx| {
            record(tx, &chain, &author, at, &event)?;
            Ok(())
        })
    }
}

/// Persons who are a party in a matter, with their names: for whom a file can be looked through.
#[must_use]
pub fn parties(dossier: &Dossier) -> Vec<(PersonId, String)> {
    let named = dossier.persons.iter().filter(|person| !person.capacities.is_empty());
    named.map(|person| (person.id.clone(), person.name.clone())).collect()
}

fn current_dossier(conn: &mut AnyConn, id: &str) -> Result<Dossier, DossierError> {
    let version = dossiers::current_version(conn, id)?.ok_or(DossierError::NotFound)?;
    let (_, content) = dossiers::find_version(conn, id, version)?.ok_or(DossierError::NotFound)?;
    serde_json::from_str(&content).map_err(|_| DossierError::Unreadable)
}

/// The document, when the actor is the clerk of its case.
fn clerk_of(conn: &mut AnyConn, actor: &Actor, place: &FileWish<'_>) -> Result<DocumentRecord, DossierError> {
    let access = rights::get_court_access(conn, actor, place.dossier)?;
    if access.role != Role::Griffier {
        return Err(DossierError::Forbidden);
    }
    let dossier = current_dossier(conn, place.dossier)?;
    dossier.documents.into_iter().find(|known| known.id == *place.document).ok_or(DossierError::NotFound)
}

/// Refuses a file that is not the one the dossier records.
fn compare(known: &DocumentRecord, sha256: &str, pages: usize) -> Result<(), DossierError> {
    if let Some(recorded) = known.pages.filter(|recorded| usize::try_from(*recorded) != Ok(pages)) {
        return Err(DossierError::Invalid(format!(
            "Volgens het dossier heeft dit stuk {recorded} bladzijden, maar dit bestand heeft er {pages}. Kies het \
             juiste bestand, of verbeter het dossier."
        )));
    }
    if let Some(recorded) = known.sha256.as_ref().filter(|recorded| *recorded != sha256) {
        return Err(DossierError::Invalid(format!(
            "Dit is niet het bestand dat in het dossier is vastgelegd. SHA-256 volgens het dossier: {recorded}; van dit \
             bestand: {sha256}. Kies het juiste bestand, of verbeter het dossier."
        )));
    }
    Ok(())
}

/// Two at once for the same document: the second is told so.
fn overtaken(error: DbError) -> DossierError {
    match error {
        DbError::Duplicate => DossierError::Overtaken(
            "Iemand anders heeft tegelijk iets voor dit stuk vastgelegd. Er is niets opgeslagen. Probeer het opnieuw."
                .to_owned(),
        ),
        other => other.into(),
    }
}
