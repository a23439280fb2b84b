//! What lies on a page besides its content: filled-in fields, stamps, highlights. What has an image of
//! its own is drawn into the page; links and remarks in the margin are left out; the rest is refused.

use super::problem::PdfProblem;
use super::source::{SourcePage, dictionary_at, number, rectangle, resolved};
use lopdf::{Dictionary, Document, Object};

/// An image on the page: the object that draws it, and where.
pub(super) struct Drawn<'a> {
    /// Reference to the drawing.
    pub(super) image: &'a Object,
    /// Scale and shift to its place.
    pub(super) matrix: [f32; 4],
}

/// Kinds that show nothing of the document itself.
const LEFT_OUT: [&[u8]; 5] = [b"Link", b"Popup", b"Text", b"PrinterMark", b"TrapNet"];
const MULTIMEDIA: [&[u8]; 5] = [b"Sound", b"Movie", b"Screen", b"3D", b"RichMedia"];

/// Images on a page, in order; `page` counts from 1.
pub(super) fn of_page<'a>(
    document: &'a Document,
    source: &SourcePage,
    page: usize,
) -> Result<Vec<Drawn<'a>>, PdfProblem> {
    let owner = document.get_dictionary(source.id).map_err(|_| PdfProblem::PageTree)?;
    let Some(list) = owner.get(b"Annots").ok().and_then(|list| resolved(document, list).as_array().ok()) else {
        return Ok(Vec::new());
    };
    let mut drawn = Vec::new();
    for item in list {
        let Ok(mark) = resolved(document, item).as_dict() else { continue };
        let kind = mark.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        if kind == b"Redact" {
            return Err(PdfProblem::UnappliedRedaction { page });
        }
        if MULTIMEDIA.contains(&kind) {
            return Err(PdfProblem::Multimedia { page });
        }
        if kind == b"FileAttachment" {
            return Err(PdfProblem::EmbeddedFiles);
        }
        if LEFT_OUT.contains(&kind) || is_hidden(mark) {
            continue;
        }
        match image(document, mark) {
            Some(image) => drawn.extend(placed(document, mark, image)),
            None if kind == b"Widget" && !has_value(document, mark) => {}
            None => return Err(PdfProblem::Marking { page }),
        }
    }
    Ok(drawn)
}

/// Hidden, or never shown on a screen.
fn is_hidden(mark: &Dictionary) -> bool {
    mark.get(b"F").and_then(Object::as_i64).is_ok_and(|flags| flags & (2 | 32) != 0)
}

/// Whether a field has something filled in; a signature that is not drawn shows nothing.
fn has_value(document: &Document, mark: &Dictionary) -> bool {
    let parent = dictionary_at(document, mark, b"Parent");
    let of = |key: &[u8]| mark.get(key).ok().or_else(|| parent.and_then(|parent| parent.get(key).ok()));
    let kind = of(b"FT").map(|kind| resolved(document, kind)).and_then(|kind| kind.as_name().ok());
    if !matches!(kind, Some(b"Tx" | b"Ch")) {
        return false;
    }
    match of(b"V").map(|value| resolved(document, value)) {
        Some(Object::String(text, _)) => !text.is_empty(),
        Some(Object::Null) | None => false,
        Some(_) => true,
    }
}

/// The image as it is shown now.
fn image<'a>(document: &'a Document, mark: &'a Dictionary) -> Option<&'a Object> {
    let usual = dictionary_at(document, mark, b"AP")?.get(b"N").ok()?;
    match resolved(document, usual) {
        Object::Stream(_) => Some(usual),
        Object::Dictionary(states) => {
            let state = mark.get(b"AS").and_then(Object::as_name).ok()?;
            let image = states.get(state).ok()?;
            matches!(resolved(document, image), Object::Stream(_)).then_some(image)
        }
        _ => None,
    }
}

/// Puts the box of the image on the place of the mark (ISO 32000-1, 12.5.5, without turning).
fn placed<'a>(document: &'a Document, mark: &Dictionary, image: &'a Object) -> Option<Drawn<'a>> {
    let place = rectangle(document, mark.get(b"Rect").ok()?)?;
    let form = &resolved(document, image).as_stream().ok()?.dict;
    let [left, bottom, right, top] = rectangle(document, form.get(b"BBox").ok()?)?;
    let [a, b, c, d, e, f] = matrix(document, form);
    let corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
        .map(|(x, y)| (a * x + c * y + e, b * x + d * y + f));
    let fold =
        |pick: fn(f32, f32) -> f32, of: fn(&(f32, f32)) -> f32| corners.iter().map(of).reduce(pick).unwrap_or(0.0);
    let (x0, x1) = (fold(f32::min, |corner| corner.0), fold(f32::max, |corner| corner.0));
    let (y0, y1) = (fold(f32::min, |corner| corner.1), fold(f32::max, |corner| corner.1));
    let [to_x0, to_y0, to_x1, to_y1] = place;
    if x1 - x0 <= 0.0 || y1 - y0 <= 0.0 || to_x1 - to_x0 <= 0.0 || to_y1 - to_y0 <= 0.0 {
        return None;
    }
    let (wide, high) = ((to_x1 - to_x0) / (x1 - x0), (to_y1 - to_y0) / (y1 - y0));
    Some(Drawn { image, matrix: [wide, high, to_x0 - x0 * wide, to_y0 - y0 * high] })
}

fn matrix(document: &Document, form: &Dictionary) -> [f32; 6] {
    let listed = form.get(b"Matrix").ok().and_then(|matrix| resolved(document, matrix).as_array().ok());
    let values: Option<Vec<f32>> =
        listed.and_then(|values| values.iter().map(|value| number(resolved(document, value))).collect());
    values.and_then(|values| values.try_into().ok()).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
}
