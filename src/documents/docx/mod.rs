//! The document as a Word file (Office Open XML) for the judge who edits further.
//!
//! - `body`: the content with real styles, lists, table headings and a bookmark per numbered paragraph.
//! - `parts`: the fixed parts (styles, numbering, header, footer, properties).
//! - this file: the package, with fixed times so that the same model gives the same bytes.
//! - `read`: the way back, from an edited file to lines of text.

mod body;
mod parts;
pub mod read;
mod watermark;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::error::DocumentError;
use super::model::DocumentModel;
use super::text::{OnControl, clean};

/// The document as a DOCX file.
///
/// Numbers of headings and paragraphs are text, as in the model; labels of lists are the list's own
/// numbering. Bookmarks are named `rov_2_3` for paragraph 2.3.
///
/// # Errors
/// When the text has control characters, a heading level does not exist or a table is uneven; when
/// the package cannot be written.
pub fn render(model: &DocumentModel) -> Result<Vec<u8>, DocumentError> {
    let model = clean(model, OnControl::Refuse)?;
    let body = body::build(&model);
    let files = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE_RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core_properties(&model.meta)),
        ("docProps/app.xml", parts::APP_PROPERTIES.to_owned()),
        ("word/document.xml", body.xml),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", parts::STYLES.to_owned()),
        ("word/numbering.xml", parts::numbering(body.ordered_lists)),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/header1.xml", parts::header(&model.meta)),
        ("word/footer1.xml", parts::footer(&model.meta)),
    ];
    pack(&files).map_err(|error| DocumentError::Assembly { reason: error.to_string() })
}

fn pack(files: &[(&str, String)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
