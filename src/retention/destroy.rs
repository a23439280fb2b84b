//! Takes everything of one case out of the database but its chain in the audit trail. The locks of the tables open only
//! for a case of which the destruction was confirmed, in the same transaction; the key goes too, so that what a copy of
//! the database still holds of the dossier opens no more.

use crate::db::schema::{
    case_assignment, case_moment, case_moment_state, data_key, document_code, document_file, dossier, dossier_version,
    draft, file_check, file_content, open_work, review_step, submission, submission_delegation, submission_taken,
    unfinished_form,
};
use crate::db::{AnyConn, DbError};
use diesel::prelude::*;

/// Removes the case; what refers to something goes before it.
pub(super) fn content_of(tx: &mut AnyConn, id: &str) -> Result<(), DbError> {
    papers(tx, id)?;
    files(tx, id)?;
    diesel::delete(open_work::table.filter(open_work::dossier_id.eq(id))).execute(tx)?;
    diesel::delete(case_moment::table.filter(case_moment::dossier_id.eq(id))).execute(tx)?;
    diesel::delete(case_moment_state::table.filter(case_moment_state::dossier_id.eq(id))).execute(tx)?;
    diesel::delete(unfinished_form::table.filter(unfinished_form::dossier_id.eq(id))).execute(tx)?;
    diesel::delete(case_assignment::table.filter(case_assignment::dossier_id.eq(id))).execute(tx)?;
    diesel::delete(dossier_version::table.filter(dossier_version::dossier_id.eq(id))).execute(tx)?;
    diesel::delete(dossier::table.find(id)).execute(tx)?;
    diesel::delete(data_key::table.find(id)).execute(tx)?;
    Ok(())
}

/// Drafts with their steps and codes, and what was handed in.
fn papers(tx: &mut AnyConn, id: &str) -> Result<(), DbError> {
    let drafts: Vec<String> = draft::table.filter(draft::dossier_id.eq(id)).select(draft::id).load(tx)?;
    for one in &drafts {
        diesel::delete(document_code::table.filter(document_code::draft_id.eq(one))).execute(tx)?;
        diesel::delete(review_step::table.filter(review_step::draft_id.eq(one))).execute(tx)?;
    }
    diesel::delete(draft::table.filter(draft::dossier_id.eq(id))).execute(tx)?;
    let handed_in: Vec<String> =
        submission::table.filter(submission::dossier_id.eq(id)).select(submission::id).load(tx)?;
    for one in &handed_in {
        diesel::delete(submission_taken::table.find(one)).execute(tx)?;
        diesel::delete(submission_delegation::table.find(one)).execute(tx)?;
    }
    diesel::delete(submission::table.filter(submission::dossier_id.eq(id))).execute(tx)?;
    Ok(())
}

/// Files, and their bytes where no other case has the same file.
fn files(tx: &mut AnyConn, id: &str) -> Result<(), DbError> {
    let own: Vec<(String, String)> = document_file::table
        .filter(document_file::dossier_id.eq(id))
        .select((document_file::id, document_file::sha256))
        .load(tx)?;
    for (file, _) in &own {
        diesel::delete(file_check::table.filter(file_check::file_id.eq(file))).execute(tx)?;
    }
    diesel::delete(document_file::table.filter(document_file::dossier_id.eq(id))).execute(tx)?;
    for (_, sha256) in &own {
        let others: i64 = document_file::table.filter(document_file::sha256.eq(sha256)).count().get_result(tx)?;
        if others == 0 {
            diesel::delete(file_content::table.find(sha256)).execute(tx)?;
        }
    }
    Ok(())
}
