//! An edited Word file that comes back to the site: read within limits, laid beside the text that
//! holds, and told in sentences. Pages and API show the same.

use super::error::{InputProblem, WebError};
use super::request::Request;
use crate::documents::compare::Change;
use crate::documents::docx::read;
use crate::drafting::review::{PackedFile, Returned};

/// Media type of a Word file.
pub const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Name of the file in the form.
pub const FIELD: &str = "wordbestand";

/// The document that the path names.
pub fn place(request: &Request) -> Result<(&str, &str, &str), WebError> {
    Ok((request.id_param("dossier")?, request.id_param("concept")?, request.param("naam")?))
}

/// Reads a file and lays it beside the document that the path names.
///
/// # Errors
/// Invalid when it is no Word file or one of another document; not found.
pub fn from_file(request: &Request, bytes: &[u8]) -> Result<Returned, WebError> {
    let file = read::read(bytes)
        .map_err(|error| WebError::Invalid(vec![InputProblem::field(FIELD, "unreadable_file", error.to_string())]))?;
    Ok(request.app.drafts.read_back(request.actor()?, place(request)?, &file)?)
}

/// Lays what was read earlier beside the document again; `after` is the last step that was seen then.
///
/// # Errors
/// Malformed or invalid when it cannot have been read from a file; not found.
pub fn again(request: &Request, packed: &str, after: i64) -> Result<Returned, WebError> {
    let broken =
        || WebError::Malformed("Wat van het bestand was gelezen, ontbreekt. Kies het bestand opnieuw.".to_owned());
    if crate::db::has_control_characters(packed) || packed.contains("\\u00") {
        return Err(broken());
    }
    let packed: PackedFile = serde_json::from_str(packed).map_err(|_| broken())?;
    Ok(request.app.drafts.read_again(request.actor()?, place(request)?, &packed, after)?)
}

/// What the reader has to know of the file before looking at the differences.
#[must_use]
pub fn notices(returned: &Returned) -> Vec<String> {
    let (seen, mut told) = (returned.seen, Vec::new());
    if returned.file_version != returned.paper.text_version {
        told.push(format!(
            "Dit bestand is gemaakt van tekstversie {}. Nu geldt tekstversie {}; daarmee is het vergeleken.",
            returned.file_version, returned.paper.text_version
        ));
    }
    if seen.tracked > 0 {
        told.push(
            "In het bestand stonden bijgehouden wijzigingen. Ze zijn gelezen alsof ze alle zijn aanvaard: wat was \
             ingevoegd telt mee, wat was doorgehaald niet."
                .to_owned(),
        );
    }
    let left_out = [
        (seen.comments, "opmerkingen in de kantlijn"),
        (seen.notes, "voetnoten en eindnoten"),
        (seen.pictures, "afbeeldingen, formules en ingesloten bestanden"),
    ];
    told.extend(
        left_out
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("Niet gelezen: {what} ({count}).")),
    );
    if seen.text_boxes > 0 {
        told.push("De tekst uit tekstvakken is gelezen als losse alinea's.".to_owned());
    }
    if returned.step.is_none() {
        told.push(format!(
            "De tekst ligt nu vast: het document is {}. U kunt de verschillen lezen, maar niet overnemen.",
            crate::dossier::model::Label::label(returned.paper.state)
        ));
    }
    told
}

/// A kind of difference in a word.
#[must_use]
pub fn word_for(change: Change) -> &'static str {
    match change {
        Change::Changed => "gewijzigd",
        Change::Added => "toegevoegd",
        Change::Removed => "weggehaald",
        Change::Moved => "verplaatst",
    }
}
