//! Refuses files that do something by themselves, or show different things to different readers.
//!
//! `copy` takes none of this over; the refusal is there so that nobody thinks a file is in the
//! bundle as it was, when part of it was left out.

use super::problem::PdfProblem;
use super::source::{dictionary_at, resolved};
use lopdf::{Dictionary, Document, Object};

/// Looks through every object of a file.
pub(super) fn refuse(document: &Document) -> Result<(), PdfProblem> {
    for object in document.objects.values() {
        look(object, 0)?;
    }
    let catalog = document.catalog().map_err(|_| PdfProblem::Unreadable)?;
    if catalog.has(b"Collection") {
        return Err(PdfProblem::EmbeddedFiles);
    }
    if let Some(names) = dictionary_at(document, catalog, b"Names") {
        if names.has(b"JavaScript") {
            return Err(PdfProblem::Script);
        }
        if names.has(b"EmbeddedFiles") {
            return Err(PdfProblem::EmbeddedFiles);
        }
    }
    form(document, catalog)?;
    layers(document, catalog)
}

fn look(object: &Object, depth: usize) -> Result<(), PdfProblem> {
    // The reader itself stops before this.
    if depth > 256 {
        return Err(PdfProblem::Nesting);
    }
    let deeper = depth.saturating_add(1);
    match object {
        Object::Array(items) => items.iter().try_for_each(|item| look(item, deeper)),
        Object::Dictionary(dictionary) => {
            look_at(dictionary)?;
            dictionary.iter().try_for_each(|(_, item)| look(item, deeper))
        }
        Object::Stream(stream) => {
            if stream.dict.has(b"F") {
                return Err(PdfProblem::OutsideContent);
            }
            look_at(&stream.dict)?;
            stream.dict.iter().try_for_each(|(_, item)| look(item, deeper))
        }
        _ => Ok(()),
    }
}

fn look_at(dictionary: &Dictionary) -> Result<(), PdfProblem> {
    let action = dictionary.get(b"S").and_then(Object::as_name).unwrap_or_default();
    if action == b"JavaScript" {
        return Err(PdfProblem::Script);
    }
    if [b"Launch".as_slice(), b"SubmitForm", b"ImportData", b"GoToE", b"Rendition", b"RichMediaExecute"]
        .contains(&action)
    {
        return Err(PdfProblem::Action);
    }
    if dictionary.has_type(b"EmbeddedFile") || (dictionary.has(b"EF") && dictionary.has(b"F")) {
        return Err(PdfProblem::EmbeddedFiles);
    }
    Ok(())
}

fn form(document: &Document, catalog: &Dictionary) -> Result<(), PdfProblem> {
    let Some(form) = dictionary_at(document, catalog, b"AcroForm") else { return Ok(()) };
    let redrawn = form.get(b"NeedAppearances").map(|value| resolved(document, value)).and_then(Object::as_bool);
    if form.has(b"XFA") || redrawn.unwrap_or(false) { Err(PdfProblem::LiveForm) } else { Ok(()) }
}

/// A file with layers is taken only when all of them show: in the bundle there are none.
fn layers(document: &Document, catalog: &Dictionary) -> Result<(), PdfProblem> {
    let Some(layers) = dictionary_at(document, catalog, b"OCProperties") else { return Ok(()) };
    let Some(usual) = dictionary_at(document, layers, b"D") else { return Ok(()) };
    let off = usual.get(b"OFF").map(|off| resolved(document, off)).and_then(Object::as_array);
    let base = usual.get(b"BaseState").and_then(Object::as_name).unwrap_or(b"ON");
    if base != b"ON" || off.is_ok_and(|off| !off.is_empty()) { Err(PdfProblem::HiddenLayers) } else { Ok(()) }
}
