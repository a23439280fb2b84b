//! Seals what was stored before anything was sealed, a few rows at a time, beside a running service.

use super::{Spot, seal};
use crate::db::connection::AnyConn;
use crate::db::error::DbError;
use crate::db::schema::{dossier_version, draft, file_content, review_step, submission, unfinished_form};
use diesel::prelude::*;

/// Seals so many rows of each table; gives how many it sealed. What it did stays done when it is broken off.
///
/// # Errors
/// When there is no master key, or storage fails.
pub fn seal_stored(tx: &mut AnyConn, most: i64) -> Result<usize, DbError> {
    Ok(versions(tx, most)?
        + submissions(tx, most)?
        + drafts(tx, most)?
        + steps(tx, most)?
        + files(tx, most)?
        + forms(tx, most)?)
}

/// How many rows are still to be sealed.
///
/// # Errors
/// When storage fails.
pub fn unsealed(conn: &mut AnyConn) -> Result<i64, DbError> {
    use {
        dossier_version as v, draft as d, file_content as c, review_step as r, submission as s, unfinished_form as f,
    };
    let steps = r::table.filter(r::sealed.is_null().and(r::content.is_not_null()));
    let counts: [i64; 6] = [
        v::table.filter(v::sealed.is_null()).count().get_result(conn)?,
        s::table.filter(s::sealed.is_null()).count().get_result(conn)?,
        d::table.filter(d::sealed.is_null()).count().get_result(conn)?,
        steps.count().get_result(conn)?,
        c::table.filter(c::sealed.is_null()).count().get_result(conn)?,
        f::table.filter(f::sealed.is_null()).count().get_result(conn)?,
    ];
    Ok(counts.iter().sum())
}

fn versions(tx: &mut AnyConn, most: i64) -> Result<usize, DbError> {
    use dossier_version as v;
    let rows: Vec<(String, i64, String)> =
        v::table.filter(v::sealed.is_null()).limit(most).select((v::dossier_id, v::version, v::content)).load(tx)?;
    for (dossier, version, content) in &rows {
        let sealed = seal(tx, &Spot::version(dossier, *version), content.as_bytes())?;
        let row = v::table.filter(v::dossier_id.eq(dossier).and(v::version.eq(version)).and(v::sealed.is_null()));
        diesel::update(row).set((v::sealed.eq(sealed), v::content.eq(""))).execute(tx)?;
    }
    Ok(rows.len())
}

fn submissions(tx: &mut AnyConn, most: i64) -> Result<usize, DbError> {
    use submission as s;
    let rows: Vec<(String, String, String)> =
        s::table.filter(s::sealed.is_null()).limit(most).select((s::dossier_id, s::id, s::content)).load(tx)?;
    for (dossier, id, content) in &rows {
        let sealed = seal(tx, &Spot::submission(dossier, id), content.as_bytes())?;
        let row = s::table.filter(s::id.eq(id).and(s::sealed.is_null()));
        diesel::update(row).set((s::sealed.eq(sealed), s::content.eq(""))).execute(tx)?;
    }
    Ok(rows.len())
}

fn drafts(tx: &mut AnyConn, most: i64) -> Result<usize, DbError> {
    use draft as d;
    let rows: Vec<(String, String, String)> =
        d::table.filter(d::sealed.is_null()).limit(most).select((d::dossier_id, d::id, d::content)).load(tx)?;
    for (dossier, id, content) in &rows {
        let sealed = seal(tx, &Spot::draft(dossier, id), content.as_bytes())?;
        let row = d::table.filter(d::id.eq(id).and(d::sealed.is_null()));
        diesel::update(row).set((d::sealed.eq(sealed), d::content.eq(""))).execute(tx)?;
    }
    Ok(rows.len())
}

fn steps(tx: &mut AnyConn, most: i64) -> Result<usize, DbError> {
    use review_step as r;
    let rows: Vec<(String, String, String, i64, Option<String>)> = r::table
        .inner_join(draft::table.on(draft::id.eq(r::draft_id)))
        .filter(r::sealed.is_null().and(r::content.is_not_null()))
        .limit(most)
        .select((draft::dossier_id, r::draft_id, r::document, r::number, r::content))
        .load(tx)?;
    for (dossier, id, document, number, content) in &rows {
        let content = content.as_deref().unwrap_or_default();
        let sealed = seal(tx, &Spot::step(dossier, id, document, *number), content.as_bytes())?;
        let own = r::draft_id.eq(id).and(r::document.eq(document)).and(r::number.eq(number));
        let row = r::table.filter(own.and(r::sealed.is_null()));
        diesel::update(row).set((r::sealed.eq(sealed), r::content.eq(""))).execute(tx)?;
    }
    Ok(rows.len())
}

/// One at a time: a file can be large.
fn files(tx: &mut AnyConn, most: i64) -> Result<usize, DbError> {
    use file_content as c;
    let hashes: Vec<String> = c::table.filter(c::sealed.is_null()).limit(most).select(c::sha256).load(tx)?;
    for hash in &hashes {
        let content: Vec<u8> = c::table.find(hash).select(c::content).get_result(tx)?;
        let sealed = seal(tx, &Spot::file(hash), &content)?;
        let row = c::table.filter(c::sha256.eq(hash).and(c::sealed.is_null()));
        diesel::update(row).set((c::sealed.eq(sealed), c::content.eq(Vec::new()))).execute(tx)?;
    }
    Ok(hashes.len())
}

fn forms(tx: &mut AnyConn, most: i64) -> Result<usize, DbError> {
    use unfinished_form as f;
    let rows: Vec<(String, String, String, String)> = f::table
        .filter(f::sealed.is_null())
        .limit(most)
        .select((f::dossier_id, f::user_id, f::form, f::fields))
        .load(tx)?;
    for (dossier, user, form, fields) in &rows {
        let sealed = seal(tx, &Spot::form(dossier, user, form), fields.as_bytes())?;
        let own = f::user_id.eq(user).and(f::dossier_id.eq(dossier)).and(f::form.eq(form));
        let row = f::table.filter(own.and(f::sealed.is_null()));
        diesel::update(row).set((f::sealed.eq(sealed), f::fields.eq(""))).execute(tx)?;
    }
    Ok(rows.len())
}
