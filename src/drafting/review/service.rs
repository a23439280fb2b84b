//! Taking a step, reading a document with its steps, and looking a printed code up.

use super::hidden;
use super::model::{ReviewState, StepKind};
use super::outlook;
use super::overtaken::overtaken;
use super::own::Author;
use super::said::{Said, left_out};
use super::store::{self, StepRow};
use super::text::{self, TextChange};
use crate::audit::{AuditEvent, Chain, record};
use crate::db::{AnyConn, DbError, Job, instant_of};
use crate::documents::model::DocumentModel;
use crate::documents::pdf;
use crate::dossier::DossierError;
use crate::dossier::model::Label;
use crate::dossier::rights::get_court_access;
use crate::dossier::service::canonical;
use crate::drafting::service::{Drafts, StoredDraft, find, find_any};
use crate::identity::{Actor, Role};
use crate::shared::hash::sha256_hex;
use crate::shared::moment::{Instant, local_date};
use serde::Serialize;
use serde_json::Value;

/// A document of a draft with its life so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Where it stands.
    pub state: ReviewState,
    /// Number of the last step; 0 when there is none. A next step must name it.
    pub number: i64,
    /// Version of the text, from 1.
    pub text_version: i64,
    /// SHA-256 of the text.
    pub hash: String,
    /// The text.
    pub model: DocumentModel,
    /// Steps in order.
    pub steps: Vec<StepLine>,
    /// The account with notes and questions that was left out when the text was sealed; it stays in the file.
    pub annex: Option<DocumentModel>,
}

impl Paper {
    /// Whether an annex stands behind the text.
    #[must_use]
    pub fn has_annex(&self) -> bool {
        text::annex_at(&self.model).is_some()
    }
}

/// A step, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// Place among the steps, from 1.
    pub number: i64,
    /// Step.
    pub step: StepKind,
    /// Version of the text after it.
    pub text_version: i64,
    /// Reason, empty when none was asked.
    pub reason: String,
    /// When.
    pub at: Instant,
    /// Name of who took it.
    pub by: String,
    /// SHA-256 of the text after it.
    pub hash: String,
    /// SHA-256 of the sealed PDF.
    pub file_hash: Option<String>,
}

/// A step that someone wants to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepWish {
    /// Number of the last step they saw.
    pub after: i64,
    /// Step.
    pub step: StepKind,
    /// Reason.
    pub reason: String,
    /// Changes to the text.
    pub changes: Vec<TextChange>,
    /// What they confirm with it.
    pub said: Said,
}

/// What a printed code leads to. Nothing of the content of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Title of the document.
    pub title: String,
    /// Where the document stands now.
    pub state: ReviewState,
    /// Version of the text with this code.
    pub text_version: i64,
    /// Whether it is the text that now holds.
    pub current: bool,
    /// When it was sealed.
    pub sealed_at: Option<Instant>,
    /// SHA-256 of the text.
    pub hash: String,
    /// SHA-256 of the sealed PDF.
    pub file_hash: Option<String>,
    /// Version of the dossier it rests on.
    pub dossier_version: i64,
    /// Account of how it came about: hashes of dossier and frameworks, reference date.
    pub receipt: Value,
}

impl Drafts {
    /// A document of a draft with its steps (judge or clerk of the case).
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unreadable`, or storage.
    pub fn paper(&self, actor: &Actor, dossier: &str, draft: &str, document: &str) -> Result<Paper, DossierError> {
        self.db().read(actor, |conn| {
            get_court_access(conn, actor, dossier)?;
            let stored = find(conn, dossier, draft)?.ok_or(DossierError::NotFound)?;
            Ok(load(conn, &stored, document)?.0)
        })
    }

    /// Takes a step, when nobody took one in the meantime.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden` when the step is not for this role, `Invalid` when it cannot be
    /// taken here, `Overtaken` with what the other did, or storage.
    pub fn step(
        &self,
        actor: &Actor,
        dossier: &str,
        draft: &str,
        document: &str,
        wish: StepWish,
    ) -> Result<Paper, DossierError> {
        let (who, at) = (actor.clone(), self.db().now());
        let (dossier, draft, document) = (dossier.to_owned(), draft.to_owned(), document.to_owned());
        self.db().write(actor, move |tx| {
            let access = get_court_access(tx, &who, &dossier)?;
            let stored = find(tx, &dossier, &draft)?.ok_or(DossierError::NotFound)?;
            let (paper, rows) = load(tx, &stored, &document)?;
            let first = first_text(&stored, &document)?;
            if wish.after != paper.number {
                return Err(DossierError::Overtaken(overtaken(&paper, &rows, first, wish.after)?));
            }
            let after = wish.after;
            may_take(&who, access.role, &stored, &paper, &rows, &wish)?;
            hidden::check(&hidden::secrets(tx, &dossier)?, &paper, &wish)?;
            let confirmed = wish.said.names(wish.step, paper.has_annex());
            let row = next_row(&who, &stored, &paper, &rows, wish, at)?;
            if let Err(error) = store::insert(tx, &draft, &document, &row) {
                return Err(match error {
                    DbError::Duplicate => DossierError::Overtaken(overtaken(&paper, &rows, first, after)?),
                    other => other.into(),
                });
            }
            if row.content.is_some() {
                let (after, _) = load(tx, &stored, &document)?;
                let code = &after.model.meta.control_code;
                store::keep_code(tx, code, (&draft, &document), row.text_version, &row.hash)?;
            }
            let event = AuditEvent::DocumentStep {
                draft: draft.clone(),
                document: document.clone(),
                number: row.number,
                step: row.step.as_str().to_owned(),
                text: row.content.is_some(),
                hash: row.hash,
                confirmed,
            };
            record(tx, &Chain::Dossier(dossier), &who.author(), at, &event)?;
            Ok(load(tx, &stored, &document)?.0)
        })
    }

    /// What a printed code leads to; `None` when no document has it.
    ///
    /// # Errors
    /// `Unreadable`, or storage.
    pub fn verify_code(&self, code: &str) -> Result<Option<Verified>, DossierError> {
        self.db().read(Job::PrintedCode, |conn| {
            let mut found: Option<Verified> = None;
            for (draft, document, text_version, hash) in store::printed(conn, code)? {
                let Some(stored) = find_any(conn, &draft)? else { continue };
                let (paper, _) = load(conn, &stored, &document)?;
                let verified = verified(&stored, &paper, text_version, hash);
                // The same text may have been drafted twice; the one that went furthest counts.
                if found.as_ref().is_none_or(|known| known.state < verified.state) {
                    found = Some(verified);
                }
            }
            Ok(found)
        })
    }
}

/// The text of a document as it was drafted.
pub(super) fn first_text<'d>(stored: &'d StoredDraft, document: &str) -> Result<&'d DocumentModel, DossierError> {
    let found = stored.set.documents.iter().find(|known| known.name == document);
    found.map(|draft| &draft.model).ok_or(DossierError::NotFound)
}

/// A document with its steps, to be shown and as stored.
pub(super) fn load(
    conn: &mut AnyConn,
    stored: &StoredDraft,
    document: &str,
) -> Result<(Paper, Vec<StepRow>), DossierError> {
    let first = first_text(stored, document)?;
    let rows = store::steps(conn, &stored.summary.id, document)?;
    let model = store::last_text(&rows)?.unwrap_or_else(|| first.clone());
    let (_, hash) = canonical(&model)?;
    let steps = rows.iter().map(line).collect();
    let annex = if text::annex_at(&model).is_none() { left_out(&rows, first)? } else { None };
    let paper = Paper {
        state: store::state_of(&rows)?,
        number: rows.last().map_or(0, |row| row.number),
        text_version: rows.last().map_or(1, |row| row.text_version),
        hash,
        model,
        steps,
        annex,
    };
    Ok((paper, rows))
}

fn line(row: &StepRow) -> StepLine {
    StepLine {
        number: row.number,
        step: row.step,
        text_version: row.text_version,
        reason: row.reason.clone(),
        at: instant_of(row.at),
        by: row.by_name.clone(),
        hash: row.hash.clone(),
        file_hash: row.file_hash.clone(),
    }
}

fn invalid(message: impl Into<String>) -> DossierError {
    DossierError::Invalid(message.into())
}

fn may_take(
    who: &Actor,
    role: Role,
    stored: &StoredDraft,
    paper: &Paper,
    rows: &[StepRow],
    wish: &StepWish,
) -> Result<(), DossierError> {
    if !wish.step.is_for(role) {
        return Err(DossierError::Forbidden);
    }
    if paper.state.after(wish.step).is_none() {
        return Err(invalid(format!(
            "Deze stap ({}) kan niet: het document is {}.",
            wish.step.label(),
            paper.state.label()
        )));
    }
    if wish.step.needs_reason() && wish.reason.trim().is_empty() {
        return Err(invalid("Geef een reden. Die komt bij het document en in het logboek."));
    }
    if !wish.step.changes_text() && !wish.changes.is_empty() {
        return Err(invalid("Bij deze stap hoort geen wijziging van de tekst."));
    }
    if wish.step == StepKind::Approved {
        if let Some(reason) = outlook::not_by(who, stored, rows) {
            return Err(invalid(reason));
        }
        let open = outlook::open_points(stored, paper);
        if !open.is_empty() {
            return Err(invalid(format!("Dit document kan nog niet worden goedgekeurd. {}", open.join(" "))));
        }
    }
    Ok(())
}

fn next_row(
    who: &Actor,
    stored: &StoredDraft,
    paper: &Paper,
    rows: &[StepRow],
    wish: StepWish,
    at: crate::db::Micros,
) -> Result<StepRow, DossierError> {
    let on = local_date(&instant_of(at));
    let by = Author { role: who.role, name: &who.name, on };
    let model = match wish.step {
        StepKind::Amended => Some(amended(paper, &wish, &by)?),
        StepKind::Corrected => Some(text::stamp(amended(paper, &wish, &by)?, &wish.reason, on)),
        StepKind::Sealed => Some(sealed(stored, paper, rows, (on, wish.said.annex_kept))?),
        _ => None,
    };
    let model = model.map(|model| with_code(model, stored, paper, wish.step)).transpose()?;
    let file_hash = match (&model, wish.step) {
        (Some(model), StepKind::Sealed) => {
            Some(sha256_hex(&pdf::render(model).map_err(|error| invalid(error.to_string()))?))
        }
        _ => None,
    };
    let (content, hash) = match &model {
        Some(model) => {
            let (content, hash) = canonical(model)?;
            (Some(content), hash)
        }
        None => (None, paper.hash.clone()),
    };
    Ok(StepRow {
        number: paper.number.saturating_add(1),
        step: wish.step,
        text_version: paper.text_version.saturating_add(i64::from(content.is_some())),
        reason: wish.reason.trim().to_owned(),
        content,
        hash,
        file_hash,
        at,
        by: who.user_id.clone(),
        by_name: who.name.clone(),
    })
}

/// The text with the changes, which must be one that can be printed.
fn amended(paper: &Paper, wish: &StepWish, by: &Author<'_>) -> Result<DocumentModel, DossierError> {
    let model = text::amend(&paper.model, &wish.changes, by).map_err(DossierError::Invalid)?;
    pdf::render(&model).map_err(|error| invalid(error.to_string()))?;
    Ok(model)
}

fn sealed(
    stored: &StoredDraft,
    paper: &Paper,
    rows: &[StepRow],
    (on, annex_kept): (chrono::NaiveDate, bool),
) -> Result<DocumentModel, DossierError> {
    let version = rows.iter().filter(|row| row.step == StepKind::Sealed).count();
    let version = i64::try_from(version).unwrap_or_default().saturating_add(1);
    let approval = rows.iter().rfind(|row| row.step == StepKind::Approved);
    let approved_by = approval.map_or("", |row| row.by_name.as_str());
    let model = if annex_kept { paper.model.clone() } else { text::without_annex(paper.model.clone()) };
    text::seal(model, &stored.receipt, version, approved_by, on).map_err(|_| DossierError::Unreadable)
}

/// A text that is not sealed gets a code of its own version.
fn with_code(
    mut model: DocumentModel,
    stored: &StoredDraft,
    paper: &Paper,
    step: StepKind,
) -> Result<DocumentModel, DossierError> {
    if step != StepKind::Sealed {
        let version = paper.text_version.saturating_add(1);
        model.meta.control_code =
            text::code_of(&stored.receipt, &model, version).map_err(|_| DossierError::Unreadable)?;
    }
    Ok(model)
}

fn verified(stored: &StoredDraft, paper: &Paper, text_version: i64, hash: String) -> Verified {
    let sealed = paper.steps.iter().find(|step| step.step == StepKind::Sealed && step.text_version == text_version);
    Verified {
        title: paper.model.meta.title.clone(),
        state: paper.state,
        text_version,
        current: text_version == paper.text_version,
        sealed_at: sealed.map(|step| step.at),
        hash,
        file_hash: sealed.and_then(|step| step.file_hash.clone()),
        dossier_version: stored.summary.dossier_version,
        receipt: stored.receipt.get("receipt").cloned().unwrap_or_else(|| stored.receipt.clone()),
    }
}
