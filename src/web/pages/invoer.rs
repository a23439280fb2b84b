//! Bringing a dossier in, and recording a new version: a file or pasted text, with every
//! problem listed at once.

use super::frame::{Frame, page_with_status};
use crate::audit::View;
use crate::web::api::{read_change, read_dossier};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use serde::Serialize;

#[derive(Serialize)]
struct InputView<'a> {
    intro: &'a str,
    action: String,
    version: String,
    text: &'a str,
    button: &'a str,
}

const NEW: &str = "Voeg een dossier toe als bestand of als tekst. Alle problemen worden in één keer genoemd; er wordt \
     niets opgeslagen zolang er een probleem is.";
const UPDATE: &str = "Pas de gegevens aan of kies een nieuw bestand. Elke wijziging wordt een nieuwe versie; de oude \
     blijft bewaard.";

/// The form for a new dossier.
pub fn show_new(request: &Request) -> Result<Reply, WebError> {
    new_form(request, 200, Frame::new(request, "Nieuw dossier"), "")
}

fn new_form(request: &Request, status: u16, frame: Frame, text: &str) -> Result<Reply, WebError> {
    let action = "/zaken/nieuw".to_owned();
    let view = InputView { intro: NEW, action, version: String::new(), text, button: "Toevoegen" };
    page_with_status(request, status, "invoer", &frame, &view)
}

/// What was sent: the file when one was chosen, else the pasted text.
fn given(form: &Form) -> Result<&str, InputProblem> {
    let (file, text) = (form.raw("bestand"), form.raw("tekst"));
    match (file.trim().is_empty(), text.trim().is_empty()) {
        (false, _) => Ok(file),
        (true, false) => Ok(text),
        (true, true) => Err(InputProblem::field("bestand", "required", "Kies een bestand of plak de inhoud.")),
    }
}

/// Brings a dossier in.
pub fn create(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let frame = Frame::new(request, "Nieuw dossier");
    let text = match given(&form) {
        Ok(text) => text,
        Err(problem) => return new_form(request, 422, frame.with_field_problems(&[problem]), ""),
    };
    let outcome = read_dossier(text.as_bytes())
        .and_then(|dossier| Ok(request.app.dossiers.create_naming(request.actor()?, &dossier, form.named_places())?));
    match outcome {
        Ok(info) => Ok(Reply::redirect(format!("/zaken/{}", info.dossier_id))),
        Err(error) => {
            let (status, problems) = problems_of(error)?;
            new_form(request, status, frame.with_file_problems(&problems), text)
        }
    }
}

/// Problems that the form can show; any other error stays an error.
fn problems_of(error: WebError) -> Result<(u16, Vec<InputProblem>), WebError> {
    let status = error.status();
    match error {
        WebError::Invalid(problems) => Ok((status, problems)),
        WebError::VersionConflict | WebError::Conflict(_) | WebError::Malformed(_) => {
            let (_, code, _) = error.status_code_title();
            Ok((status, vec![InputProblem { pointer: String::new(), code: code.to_owned(), melding: error.detail() }]))
        }
        other => Err(other),
    }
}

/// The form for a new version, with the present content.
pub fn show_update(request: &Request) -> Result<Reply, WebError> {
    let id = request.id_param("dossier")?;
    let stored = request.app.dossiers.get(request.actor()?, id, View::Export)?;
    let text = serde_json::to_string_pretty(&stored.dossier).map_err(|error| WebError::Internal(error.to_string()))?;
    let frame = Frame::new(request, "Dossierbestand").about_case(request, id, &stored.dossier.reference);
    update_form(request, 200, &frame, stored.version.version, &text)
}

fn update_form(request: &Request, status: u16, frame: &Frame, version: i64, text: &str) -> Result<Reply, WebError> {
    let action = format!("/zaken/{}/bijwerken", request.id_param("dossier")?);
    let view =
        InputView { intro: UPDATE, action, version: version.to_string(), text, button: "Nieuwe versie vastleggen" };
    page_with_status(request, status, "invoer", frame, &view)
}

/// Records a new version.
pub fn update(request: &Request) -> Result<Reply, WebError> {
    let id = request.id_param("dossier")?;
    request.app.dossiers.access(request.actor()?, id)?;
    let form = request.form()?;
    let version: i64 = form.text("versie").parse().map_err(|_| WebError::PreconditionRequired)?;
    let frame = Frame::new(request, "Dossierbestand").about_case(request, id, "deze zaak");
    let text = match given(&form) {
        Ok(text) => text,
        Err(problem) => return update_form(request, 422, &frame.with_field_problems(&[problem]), version, ""),
    };
    let outcome = read_change(request, text.as_bytes()).and_then(|dossier| {
        Ok(request.app.dossiers.update_saying(request.actor()?, id, version, &dossier, form.named_places().into())?)
    });
    match outcome {
        Ok(_) => Ok(Reply::redirect(format!("/zaken/{id}"))),
        Err(error) => {
            let (status, problems) = problems_of(error)?;
            update_form(request, status, &frame.with_file_problems(&problems), version, text)
        }
    }
}
