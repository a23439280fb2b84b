//! Keeping generated drafts with the account they rest on, and reading them back.

use super::model::{Draft, DraftKind, DraftProblem, DraftSet};
use super::review;
use crate::assessment::model::Receipt;
use crate::audit::{AuditEvent, Chain, View, record};
use crate::db::schema::{draft, user_account};
use crate::db::vault::{self, Stored};
use crate::db::{AnyConn, Database, Job, Micros, Spot, instant_of, new_id};
use crate::documents::model::DocumentModel;
use crate::dossier::service::canonical;
use crate::dossier::{DossierError, rights, store};
use crate::identity::Actor;
use crate::shared::moment::Instant;
use diesel::dsl::max;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A kept draft in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftSummary {
    /// Id (UUID).
    pub id: String,
    /// Kind.
    pub kind: DraftKind,
    /// Version of the dossier it rests on.
    pub dossier_version: i64,
    /// When it was made.
    pub made_at: Instant,
    /// Name of who made it.
    pub made_by: String,
    /// SHA-256 of documents, problems and receipt together.
    pub hash: String,
}

/// A kept draft with its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft {
    /// As in the list.
    pub summary: DraftSummary,
    /// Documents and problems.
    pub set: DraftSet,
    /// Account of how it came about: hashes of dossier and frameworks, reference date.
    pub receipt: Value,
    /// Id of who made it.
    pub made_by_id: String,
}

/// Content of a draft as stored.
#[derive(Serialize, Deserialize)]
struct Content {
    documents: Vec<NamedModel>,
    problems: Vec<DraftProblem>,
    receipt: Value,
}

/// The receipt of the assessment on which a kept draft rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReceipt {
    /// Version of the dossier it rests on.
    pub dossier_version: i64,
    /// What was run on what.
    pub receipt: Receipt,
}

/// Of the content of a draft, only what it rests on.
#[derive(Deserialize)]
struct Account {
    receipt: AccountReceipt,
}

#[derive(Deserialize)]
struct AccountReceipt {
    receipt: Receipt,
}

#[derive(Serialize, Deserialize)]
struct NamedModel {
    name: String,
    model: DocumentModel,
}

type SummaryRow = (String, String, i64, Micros, String, String);

/// Kept drafts in a database. Cheap to clone; its calls block.
#[derive(Clone, Debug)]
pub struct Drafts {
    db: Database,
}

impl Drafts {
    /// Drafts in this database.
    #[must_use]
    pub fn new(db: Database) -> Self {
        Self { db }
    }

    pub(super) fn db(&self) -> &Database {
        &self.db
    }

    /// Keeps a set of drafts, made from a version of the dossier (judge or clerk of the case).
    ///
    /// # Errors
    /// `NotFound`, also when there is no such version, `Forbidden`, `Invalid`, or storage.
    pub fn save(
        &self,
        actor: &Actor,
        dossier_id: &str,
        dossier_version: i64,
        set: &DraftSet,
        receipt: Value,
    ) -> Result<DraftSummary, DossierError> {
        let documents = set
            .documents
            .iter()
            .map(|document| NamedModel { name: document.name.clone(), model: document.model.clone() })
            .collect();
        let codes = codes_of(set)?;
        let (content, hash) = canonical(&Content { documents, problems: set.problems.clone(), receipt })?;
        let (who, key, kind, at) = (actor.clone(), dossier_id.to_owned(), set.kind, self.db.now());
        self.db.write(actor, move |tx| {
            rights::get_court_access(tx, &who, &key)?;
            let current = store::current_version(tx, &key)?.ok_or(DossierError::NotFound)?;
            if !(1..=current).contains(&dossier_version) {
                return Err(DossierError::NotFound);
            }
            let id = new_id();
            let sealed = vault::seal(tx, &Spot::draft(&key, &id), content.as_bytes())?;
            diesel::insert_into(draft::table)
                .values((
                    draft::id.eq(&id),
                    draft::dossier_id.eq(&key),
                    draft::dossier_version.eq(dossier_version),
                    draft::kind.eq(kind.as_str()),
                    draft::state.eq("concept"),
                    draft::content.eq(""),
                    draft::sealed.eq(sealed),
                    draft::hash.eq(&hash),
                    draft::created_at.eq(at),
                    draft::created_by.eq(&who.user_id),
                ))
                .execute(tx)?;
            for (document, code, text) in &codes {
                review::keep_code(tx, code, (&id, document), 1, text)?;
            }
            let event = AuditEvent::DraftStored {
                draft: id.clone(),
                kind: kind.as_str().to_owned(),
                version: dossier_version,
                hash: hash.clone(),
            };
            record(tx, &Chain::Dossier(key), &who.author(), at, &event)?;
            Ok(DraftSummary { id, kind, dossier_version, made_at: instant_of(at), made_by: who.name, hash })
        })
    }

    /// The receipt of the newest draft of each of these cases, for who works at the machine itself; a case
    /// without drafts is not in the answer.
    ///
    /// # Errors
    /// `Forbidden` for anyone else, or storage.
    pub fn newest_receipts(
        &self,
        actor: &Actor,
        cases: &[String],
    ) -> Result<BTreeMap<String, KeptReceipt>, DossierError> {
        if actor.user_id != Actor::OPERATOR_ID {
            return Err(DossierError::Forbidden);
        }
        self.db.read(Job::Reassess, |conn| {
            let mut found = BTreeMap::new();
            for case in cases {
                // A bound LIMIT would make SQLite prepare the statement anew for each case.
                let newest: Option<String> =
                    draft::table.filter(draft::dossier_id.eq(case)).select(max(draft::id)).get_result(conn)?;
                let Some(newest) = newest else { continue };
                let row: Option<(i64, Stored<String>)> = draft::table
                    .find(&newest)
                    .select((draft::dossier_version, (draft::content, draft::sealed)))
                    .get_result(conn)
                    .optional()?;
                let Some((dossier_version, stored)) = row else { continue };
                let content = vault::text(conn, &Spot::draft(case, &newest), stored)?;
                // A draft of before receipts were kept this way has none to compare with.
                if let Ok(account) = serde_json::from_str::<Account>(&content) {
                    found.insert(case.clone(), KeptReceipt { dossier_version, receipt: account.receipt.receipt });
                }
            }
            Ok(found)
        })
    }

    /// Drafts of a case, newest first (judge or clerk of the case: a concept is not for the parties).
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, or storage.
    pub fn list(&self, actor: &Actor, dossier_id: &str) -> Result<Vec<DraftSummary>, DossierError> {
        self.db.read(actor, |conn| {
            rights::get_court_access(conn, actor, dossier_id)?;
            let rows: Vec<SummaryRow> = draft::table
                .inner_join(user_account::table.on(user_account::id.eq(draft::created_by)))
                .filter(draft::dossier_id.eq(dossier_id))
                .order(draft::id.desc())
                .select((
                    draft::id,
                    draft::kind,
                    draft::dossier_version,
                    draft::created_at,
                    user_account::name,
                    draft::hash,
                ))
                .load(conn)?;
            rows.into_iter().map(summary).collect()
        })
    }

    /// A kept draft (judge or clerk of the case). The look is logged; `view` is `Draft` or `Download`.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unreadable`, or storage.
    pub fn get(
        &self,
        actor: &Actor,
        dossier_id: &str,
        draft_id: &str,
        view: View,
    ) -> Result<StoredDraft, DossierError> {
        let (found, assignment) = self.db.read(actor, |conn| {
            let access = rights::get_court_access(conn, actor, dossier_id)?;
            Ok::<_, DossierError>((find(conn, dossier_id, draft_id)?.ok_or(DossierError::NotFound)?, access.assignment))
        })?;
        let (author, chain, at) = (actor.author(), Chain::Dossier(dossier_id.to_owned()), self.db.now());
        let event = AuditEvent::CaseViewed { view, version: found.summary.dossier_version, assignment };
        self.db.write(actor, move |tx| -> Result<(), DossierError> {
            record(tx, &chain, &author, at, &event)?;
            Ok(())
        })?;
        Ok(found)
    }
}

/// Name, code and hash of each document that has a code printed on it.
fn codes_of(set: &DraftSet) -> Result<Vec<(String, String, String)>, DossierError> {
    set.documents
        .iter()
        .filter(|document| !document.model.meta.control_code.is_empty())
        .map(|document| {
            let (_, hash) = canonical(&document.model)?;
            Ok((document.name.clone(), document.model.meta.control_code.clone(), hash))
        })
        .collect()
}

fn summary((id, kind, dossier_version, at, made_by, hash): SummaryRow) -> Result<DraftSummary, DossierError> {
    let kind = DraftKind::ALL.into_iter().find(|known| known.as_str() == kind).ok_or(DossierError::Unreadable)?;
    Ok(DraftSummary { id, kind, dossier_version, made_at: instant_of(at), made_by, hash })
}

/// A kept draft by its id alone, for who holds a printed code.
pub(super) fn find_any(conn: &mut AnyConn, draft_id: &str) -> Result<Option<StoredDraft>, DossierError> {
    let dossier: Option<String> = draft::table.find(draft_id).select(draft::dossier_id).get_result(conn).optional()?;
    dossier.map_or(Ok(None), |dossier| find(conn, &dossier, draft_id))
}

pub(super) fn find(conn: &mut AnyConn, dossier_id: &str, draft_id: &str) -> Result<Option<StoredDraft>, DossierError> {
    let row: Option<(SummaryRow, Stored<String>, String)> = draft::table
        .inner_join(user_account::table.on(user_account::id.eq(draft::created_by)))
        .filter(draft::id.eq(draft_id).and(draft::dossier_id.eq(dossier_id)))
        .select((
            (draft::id, draft::kind, draft::dossier_version, draft::created_at, user_account::name, draft::hash),
            (draft::content, draft::sealed),
            draft::created_by,
        ))
        .get_result(conn)
        .optional()?;
    let Some((row, stored, made_by_id)) = row else { return Ok(None) };
    let content = vault::text(conn, &Spot::draft(dossier_id, draft_id), stored)?;
    let summary = summary(row)?;
    let content: Content = serde_json::from_str(&content).map_err(|_| DossierError::Unreadable)?;
    let documents =
        content.documents.into_iter().map(|document| Draft { name: document.name, model: document.model }).collect();
    let set = DraftSet { kind: summary.kind, documents, problems: content.problems };
    Ok(Some(StoredDraft { summary, set, receipt: content.receipt, made_by_id }))
}
