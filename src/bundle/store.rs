//! Files and their checks in the database.

use super::files::StoredFile;
use crate::db::schema::{document_file, file_check, file_content, user_account};
use crate::db::vault::{self, Stored};
use crate::db::{AnyConn, DbError, Micros, Spot, instant_of};
use crate::dossier::DossierError;
use crate::shared::ids::{DocumentId, PersonId};
use diesel::prelude::*;
use std::collections::BTreeMap;

type FileRow = (String, String, i64, String, i64, i64, Micros);

/// A file as it goes in.
pub(super) struct NewFile<'a> {
    pub(super) id: &'a str,
    pub(super) dossier: &'a str,
    pub(super) document: &'a str,
    pub(super) sha256: &'a str,
    pub(super) pages: i64,
    pub(super) by: &'a str,
    pub(super) at: Micros,
}

/// Stores a file as the next of its document; content that is there already is stored once.
pub(super) fn insert(tx: &mut AnyConn, new: &NewFile<'_>, content: &[u8]) -> Result<(), DbError> {
    let known: i64 = file_content::table.find(new.sha256).count().get_result(tx)?;
    if known == 0 {
        insert_content(tx, new.sha256, content)?;
    }
    let last: Option<i64> = document_file::table
        .filter(document_file::dossier_id.eq(new.dossier).and(document_file::document.eq(new.document)))
        .select(diesel::dsl::max(document_file::number))
        .get_result(tx)?;
    diesel::insert_into(document_file::table)
        .values((
            document_file::id.eq(new.id),
            document_file::dossier_id.eq(new.dossier),
            document_file::document.eq(new.document),
            document_file::number.eq(last.unwrap_or(0).saturating_add(1)),
            document_file::sha256.eq(new.sha256),
            document_file::size.eq(i64::try_from(content.len()).unwrap_or(i64::MAX)),
            document_file::pages.eq(new.pages),
            document_file::stored_at.eq(new.at),
            document_file::stored_by.eq(new.by),
        ))
        .execute(tx)?;
    Ok(())
}

fn insert_content(tx: &mut AnyConn, sha256: &str, content: &[u8]) -> Result<(), DbError> {
    let sealed = vault::seal(tx, &Spot::file(sha256), content)?;
    let made = tx.transaction(|tx| -> Result<(), DbError> {
        diesel::insert_into(file_content::table)
            .values((
                file_content::sha256.eq(sha256),
                file_content::content.eq(Vec::new()),
                file_content::sealed.eq(sealed),
            ))
            .execute(tx)?;
        Ok(())
    });
    match made {
        // It is of another case, which this reader does not see; or someone stored it at the same moment.
        Err(DbError::Duplicate) => Ok(()),
        other => other,
    }
}

/// The files that hold now, by document.
pub(super) fn current(conn: &mut AnyConn, dossier: &str) -> Result<BTreeMap<DocumentId, StoredFile>, DossierError> {
    let rows: Vec<(FileRow, String)> = document_file::table
        .inner_join(user_account::table.on(user_account::id.eq(document_file::stored_by)))
        .filter(document_file::dossier_id.eq(dossier))
        .order((document_file::document.asc(), document_file::number.asc()))
        .select((
            (
                document_file::id,
                document_file::document,
                document_file::number,
                document_file::sha256,
                document_file::size,
                document_file::pages,
                document_file::stored_at,
            ),
            user_account::name,
        ))
        .load(conn)?;
    let mut files = BTreeMap::new();
    for ((id, document, number, sha256, size, pages, at), by) in rows {
        let file = StoredFile {
            id,
            number,
            sha256,
            size: usize::try_from(size).unwrap_or_default(),
            pages: usize::try_from(pages).unwrap_or_default(),
            stored_at: instant_of(at),
            stored_by: by,
            checked_for: None,
        };
        // A later file of the same document takes the place of the one before.
        files.insert(DocumentId(document), file);
    }
    for file in files.values_mut() {
        file.checked_for = last_check(conn, &file.id)?.map(|(_, persons)| persons);
    }
    Ok(files)
}

/// Number of the last check of a file, and for whom it was.
pub(super) fn last_check(conn: &mut AnyConn, file: &str) -> Result<Option<(i64, Vec<PersonId>)>, DossierError> {
    let row: Option<(i64, String)> = file_check::table
        .filter(file_check::file_id.eq(file))
        .order(file_check::number.desc())
        .select((file_check::number, file_check::content))
        .first(conn)
        .optional()?;
    row.map(|(number, content)| {
        let persons = serde_json::from_str(&content).map_err(|_| DossierError::Unreadable)?;
        Ok((number, persons))
    })
    .transpose()
}

/// Stores a check as the next of its file.
pub(super) fn insert_check(
    tx: &mut AnyConn,
    (file, number): (&str, i64),
    (content, hash): (&str, &str),
    (by, at): (&str, Micros),
) -> Result<(), DbError> {
    diesel::insert_into(file_check::table)
        .values((
            file_check::file_id.eq(file),
            file_check::number.eq(number),
            file_check::content.eq(content),
            file_check::hash.eq(hash),
            file_check::checked_at.eq(at),
            file_check::checked_by.eq(by),
        ))
        .execute(tx)?;
    Ok(())
}

/// The bytes of a file by its SHA-256, for use after access was established.
pub(super) fn content(conn: &mut AnyConn, sha256: &str) -> Result<Option<Vec<u8>>, DbError> {
    let stored: Option<Stored<Vec<u8>>> = file_content::table
        .find(sha256)
        .select((file_content::content, file_content::sealed))
        .get_result(conn)
        .optional()?;
    stored.map(|stored| vault::bytes(conn, &Spot::file(sha256), stored)).transpose()
}
