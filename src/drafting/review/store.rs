//! Steps, texts and codes in the database.

use super::model::{ReviewState, StepKind};
use crate::db::schema::{document_code, draft, review_step, user_account};
use crate::db::{AnyConn, DbError, Micros, Spot, vault};
use crate::documents::model::DocumentModel;
use crate::dossier::DossierError;
use diesel::prelude::*;

/// A step as stored, with the name of who took it.
pub(super) struct StepRow {
    pub number: i64,
    pub step: StepKind,
    pub text_version: i64,
    pub reason: String,
    pub content: Option<String>,
    pub hash: String,
    pub file_hash: Option<String>,
    pub at: Micros,
    pub by: String,
    pub by_name: String,
}

type Columns = (i64, String, i64, String, (Option<String>, Option<Vec<u8>>), String, Option<String>, Micros, String);

/// Steps of a document, in order.
pub(super) fn steps(conn: &mut AnyConn, draft_id: &str, document: &str) -> Result<Vec<StepRow>, DossierError> {
    let rows: Vec<(Columns, String)> = review_step::table
        .inner_join(user_account::table.on(user_account::id.eq(review_step::made_by)))
        .filter(review_step::draft_id.eq(draft_id).and(review_step::document.eq(document)))
        .order(review_step::number.asc())
        .select((
            (
                review_step::number,
                review_step::step,
                review_step::text_version,
                review_step::reason,
                (review_step::content, review_step::sealed),
                review_step::hash,
                review_step::file_hash,
                review_step::made_at,
                review_step::made_by,
            ),
            user_account::name,
        ))
        .load(conn)?;
    let dossier = if rows.is_empty() { String::new() } else { dossier_of(conn, draft_id)? };
    rows.into_iter()
        .map(|((number, step, text_version, reason, (content, sealed), hash, file_hash, at, by), by_name)| {
            let step = StepKind::named(&step).ok_or(DossierError::Unreadable)?;
            let spot = Spot::step(&dossier, draft_id, document, number);
            let content = content.map(|content| vault::text(conn, &spot, (content, sealed))).transpose()?;
            Ok(StepRow { number, step, text_version, reason, content, hash, file_hash, at, by, by_name })
        })
        .collect()
}

/// The steps with all documents of a case, in order: draft, document and step.
pub(super) fn taken(conn: &mut AnyConn, dossier: &str) -> Result<Vec<(String, String, StepKind)>, DossierError> {
    let rows: Vec<(String, String, String)> = review_step::table
        .inner_join(draft::table.on(draft::id.eq(review_step::draft_id)))
        .filter(draft::dossier_id.eq(dossier))
        .order((review_step::draft_id.asc(), review_step::document.asc(), review_step::number.asc()))
        .select((review_step::draft_id, review_step::document, review_step::step))
        .load(conn)?;
    let named = |(draft, document, step): (String, String, String)| {
        Ok((draft, document, StepKind::named(&step).ok_or(DossierError::Unreadable)?))
    };
    rows.into_iter().map(named).collect()
}

/// The case of a draft, whose key seals the texts.
fn dossier_of(conn: &mut AnyConn, draft_id: &str) -> Result<String, DbError> {
    Ok(draft::table.find(draft_id).select(draft::dossier_id).get_result(conn)?)
}

/// Keeps a step.
pub(super) fn insert(tx: &mut AnyConn, draft_id: &str, document: &str, step: &StepRow) -> Result<(), DbError> {
    let spot = Spot::step(&dossier_of(tx, draft_id)?, draft_id, document, step.number);
    let sealed = step.content.as_ref().map(|content| vault::seal(tx, &spot, content.as_bytes())).transpose()?;
    diesel::insert_into(review_step::table)
        .values((
            review_step::draft_id.eq(draft_id),
            review_step::document.eq(document),
            review_step::number.eq(step.number),
            review_step::step.eq(step.step.as_str()),
            review_step::text_version.eq(step.text_version),
            review_step::reason.eq(&step.reason),
            review_step::content.eq(step.content.as_ref().map(|_| "")),
            review_step::sealed.eq(sealed),
            review_step::hash.eq(&step.hash),
            review_step::file_hash.eq(&step.file_hash),
            review_step::made_at.eq(step.at),
            review_step::made_by.eq(&step.by),
        ))
        .execute(tx)?;
    Ok(())
}

/// Keeps the code printed on a text.
pub(in crate::drafting) fn keep_code(
    tx: &mut AnyConn,
    code: &str,
    (draft_id, document): (&str, &str),
    text_version: i64,
    hash: &str,
) -> Result<(), DbError> {
    diesel::insert_into(document_code::table)
        .values((
            document_code::code.eq(code),
            document_code::draft_id.eq(draft_id),
            document_code::document.eq(document),
            document_code::text_version.eq(text_version),
            document_code::hash.eq(hash),
        ))
        .execute(tx)?;
    Ok(())
}

/// A text that a code was printed on: draft, document, version of the text, hash.
pub(super) type Printed = (String, String, i64, String);

/// Texts with a code, newest draft first.
pub(super) fn printed(conn: &mut AnyConn, code: &str) -> Result<Vec<Printed>, DbError> {
    Ok(document_code::table
        .filter(document_code::code.eq(code))
        .order((document_code::draft_id.desc(), document_code::text_version.desc()))
        .select((document_code::draft_id, document_code::document, document_code::text_version, document_code::hash))
        .load(conn)?)
}

/// Where the steps lead.
pub(super) fn state_of(steps: &[StepRow]) -> Result<ReviewState, DossierError> {
    steps.iter().try_fold(ReviewState::Concept, |state, row| state.after(row.step)).ok_or(DossierError::Unreadable)
}

/// The text as it now stands, when a step brought one.
pub(super) fn last_text(steps: &[StepRow]) -> Result<Option<DocumentModel>, DossierError> {
    let content = steps.iter().rev().find_map(|row| row.content.as_deref());
    content.map(|content| serde_json::from_str(content).map_err(|_| DossierError::Unreadable)).transpose()
}
