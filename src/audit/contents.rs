//! The contents that entries vouch for, as they are stored: opened where they are sealed.

use super::event::Content;
use crate::db::schema::{document_file, dossier_version, draft, file_check, file_content, review_step, submission};
use crate::db::vault::{self, Stored};
use crate::db::{AnyConn, DbError, Spot};
use diesel::prelude::*;

/// The bytes of a content with the hash beside it; no bytes when it is sealed and does not open.
pub(super) type Found = (Option<Vec<u8>>, String);

/// A content of the chain of a dossier; none when it is not there.
pub(super) fn find(conn: &mut AnyConn, dossier: &str, content: &Content) -> Result<Option<Found>, DbError> {
    type Row = Option<(Stored<String>, String)>;
    let (spot, row): (Spot, Row) = match content {
        Content::Version(version) => {
            use dossier_version as v;
            let row = v::table.find((dossier, version)).select(((v::content, v::sealed), v::hash));
            (Spot::version(dossier, *version), row.first(conn).optional()?)
        }
        Content::Submission(id) => {
            use submission as s;
            let row = s::table.find(id).select(((s::content, s::sealed), s::hash));
            (Spot::submission(dossier, id), row.first(conn).optional()?)
        }
        Content::Draft(id) => {
            use draft as d;
            let row = d::table.find(id).select(((d::content, d::sealed), d::hash));
            (Spot::draft(dossier, id), row.first(conn).optional()?)
        }
        Content::Text(id, document, number) => {
            use review_step as r;
            type Text = ((Option<String>, Option<Vec<u8>>), String);
            let row = r::table.find((id, document, number)).select(((r::content, r::sealed), r::hash));
            let row: Option<Text> = row.first(conn).optional()?;
            let row = row.map(|((content, sealed), hash)| ((content.unwrap_or_default(), sealed), hash));
            (Spot::step(dossier, id, document, *number), row)
        }
        Content::File(id) => return file(conn, id),
        Content::Check(id, number) => {
            let row = file_check::table.find((id, number)).select((file_check::content, file_check::hash));
            let row: Option<(String, String)> = row.first(conn).optional()?;
            return Ok(row.map(|(content, hash)| (Some(content.into_bytes()), hash)));
        }
    };
    let Some(((content, sealed), hash)) = row else { return Ok(None) };
    Ok(Some((opened(conn, &spot, (content.into_bytes(), sealed))?, hash)))
}

fn file(conn: &mut AnyConn, id: &str) -> Result<Option<Found>, DbError> {
    let row: Option<(Stored<Vec<u8>>, String)> = document_file::table
        .inner_join(file_content::table.on(file_content::sha256.eq(document_file::sha256)))
        .filter(document_file::id.eq(id))
        .select(((file_content::content, file_content::sealed), document_file::sha256))
        .first(conn)
        .optional()?;
    let Some((stored, hash)) = row else { return Ok(None) };
    Ok(Some((opened(conn, &Spot::file(&hash), stored)?, hash)))
}

fn opened(conn: &mut AnyConn, spot: &Spot, stored: Stored<Vec<u8>>) -> Result<Option<Vec<u8>>, DbError> {
    match vault::bytes(conn, spot, stored) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(DbError::Sealed) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Every content that is stored, with the dossier of its chain, in a fixed order.
pub(super) fn all(conn: &mut AnyConn) -> Result<Vec<(String, Content)>, DbError> {
    use {document_file as f, dossier_version as v, draft as d, file_check as c, review_step as r, submission as s};
    let versions: Vec<(String, i64)> =
        v::table.select((v::dossier_id, v::version)).order((v::dossier_id.asc(), v::version.asc())).load(conn)?;
    let submissions: Vec<(String, String)> = s::table.select((s::dossier_id, s::id)).order(s::id.asc()).load(conn)?;
    let drafts: Vec<(String, String)> = d::table.select((d::dossier_id, d::id)).order(d::id.asc()).load(conn)?;
    let texts: Vec<(String, String, String, i64)> = r::table
        .inner_join(d::table.on(d::id.eq(r::draft_id)))
        .filter(r::content.is_not_null())
        .select((d::dossier_id, r::draft_id, r::document, r::number))
        .order((r::draft_id.asc(), r::document.asc(), r::number.asc()))
        .load(conn)?;
    let files: Vec<(String, String)> = f::table.select((f::dossier_id, f::id)).order(f::id.asc()).load(conn)?;
    let checks: Vec<(String, String, i64)> = c::table
        .inner_join(f::table.on(f::id.eq(c::file_id)))
        .select((f::dossier_id, c::file_id, c::number))
        .order((c::file_id.asc(), c::number.asc()))
        .load(conn)?;
    let versions = versions.into_iter().map(|(dossier, version)| (dossier, Content::Version(version)));
    let submissions = submissions.into_iter().map(|(dossier, id)| (dossier, Content::Submission(id)));
    let drafts = drafts.into_iter().map(|(dossier, id)| (dossier, Content::Draft(id)));
    let texts = texts.into_iter().map(|(dossier, id, name, number)| (dossier, Content::Text(id, name, number)));
    let files = files.into_iter().map(|(dossier, id)| (dossier, Content::File(id)));
    let checks = checks.into_iter().map(|(dossier, file, number)| (dossier, Content::Check(file, number)));
    Ok(versions.chain(submissions).chain(drafts).chain(texts).chain(files).chain(checks).collect())
}
