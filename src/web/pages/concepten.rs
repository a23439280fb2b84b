//! Drafts: making them, what holds them back, reading and downloading.

use super::frame::{Frame, page};
use super::voorbeeld::ProblemRow;
use crate::audit::View;
use crate::documents::html;
use crate::dossier::model::Label;
use crate::drafting::model::{DraftKind, DraftProblem, ProblemLevel};
use crate::drafting::review::Outlook;
use crate::drafting::review::model::ReviewState;
use crate::drafting::service::DraftSummary;
use crate::shared::dutch::{capital, list as list_of};
use crate::shared::moment::dutch_moment;
use crate::web::drafts;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use serde::Serialize;

#[derive(Serialize)]
struct ListView {
    case_id: String,
    kinds: Vec<KindChoice>,
    drafts: Vec<DraftLine>,
}

#[derive(Serialize)]
struct KindChoice {
    value: &'static str,
    text: &'static str,
}

#[derive(Serialize)]
struct DraftLine {
    id: String,
    kind: &'static str,
    /// Where its documents stand.
    state: String,
    made: String,
    by: String,
    version: i64,
    outdated: bool,
}

fn line(draft: DraftSummary, current: i64, states: &[ReviewState]) -> DraftLine {
    let told: Vec<String> = states.iter().map(|state| state.label().to_owned()).collect();
    DraftLine {
        state: if told.is_empty() { "Concept".to_owned() } else { capital(&list_of(&told)) },
        id: draft.id,
        kind: draft.kind.label(),
        made: dutch_moment(&draft.made_at),
        by: draft.made_by,
        version: draft.dossier_version,
        outdated: draft.dossier_version < current,
    }
}

/// What was made, and the form.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let (kinds, stored) = drafts::kinds(request)?;
    let id = request.id_param("dossier")?;
    let found = request.app.drafts.list(request.actor()?, id)?;
    let states = request.app.drafts.states(request.actor()?, id)?;
    let content = ListView {
        case_id: id.to_owned(),
        drafts: found
            .into_iter()
            .filter(|draft| kinds.contains(&draft.kind))
            .map(|draft| {
                let states = states.get(&draft.id).map(Vec::as_slice).unwrap_or_default();
                line(draft, stored.version.version, states)
            })
            .collect(),
        kinds: kinds.into_iter().map(|kind| KindChoice { value: kind.as_str(), text: kind.label() }).collect(),
    };
    let frame = Frame::new(request, "Concepten").about_case(request, id, &stored.dossier.reference);
    page(request, "concepten", &frame, &content)
}

/// Makes a draft.
pub fn make(request: &Request) -> Result<Reply, WebError> {
    let id = request.id_param("dossier")?;
    request.app.dossiers.access(request.actor()?, id)?;
    let form = request.form()?;
    let kind = DraftKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == form.text("soort"))
        .ok_or_else(|| WebError::Malformed("Kies een soort concept.".to_owned()))?;
    let made = drafts::make(request, kind)?;
    Ok(Reply::redirect(format!("/zaken/{id}/concepten/{}", made.id)))
}

#[derive(Serialize)]
struct OneView {
    case_id: String,
    made: String,
    by: String,
    version: i64,
    refused: bool,
    problems: Vec<ProblemRow>,
    documents: Vec<DocumentLine>,
}

#[derive(Serialize)]
struct DocumentLine {
    title: String,
    state: String,
    href: String,
    download: String,
    life: String,
}

/// One draft: problems and documents.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let stored = drafts::get(request, View::Draft)?;
    let id = request.id_param("dossier")?;
    let base = format!("/zaken/{id}/concepten/{}", stored.summary.id);
    let names = stored.set.documents.iter().map(|document| document.name.as_str());
    let outlooks =
        names.map(|name| drafts::outlook(request, &stored, name)).collect::<Result<Vec<Outlook>, WebError>>()?;
    // What was filled in since, or belongs to a document that is approved, is no longer in the way.
    let stands = |problem: &DraftProblem| {
        problem.level != ProblemLevel::Blocks
            || outlooks.is_empty()
            || outlooks.iter().any(|outlook| outlook.open.contains(&problem.message))
    };
    let content = OneView {
        case_id: id.to_owned(),
        made: dutch_moment(&stored.summary.made_at),
        by: stored.summary.made_by,
        version: stored.summary.dossier_version,
        refused: stored.set.documents.is_empty(),
        problems: stored.set.problems.into_iter().filter(stands).map(ProblemRow::from).collect(),
        documents: stored
            .set
            .documents
            .iter()
            .zip(&outlooks)
            .map(|(document, outlook)| DocumentLine {
                title: document.model.meta.title.clone(),
                state: capital(outlook.paper.state.label()),
                href: format!("{base}/{}", document.name),
                download: format!("{base}/documenten/{}", document.name),
                life: format!("{base}/herziening/{}", document.name),
            })
            .collect(),
    };
    let frame = Frame::new(request, stored.summary.kind.label()).about_case(request, id, &drafts::reference(request)?);
    page(request, "concept", &frame, &content)
}

#[derive(Serialize)]
struct PreviewView {
    back: String,
    download: String,
    title: String,
    control_code: String,
    fragment: String,
}

/// A document on screen, with the text of the files.
pub fn preview(request: &Request) -> Result<Reply, WebError> {
    let stored = drafts::get(request, View::Draft)?;
    let name = request.param("naam")?;
    let model = drafts::current(request, name)?.model;
    let id = request.id_param("dossier")?;
    let base = format!("/zaken/{id}/concepten/{}", stored.summary.id);
    let content = PreviewView {
        download: format!("{base}/documenten/{name}"),
        back: base,
        title: model.meta.title.clone(),
        control_code: model.meta.control_code.clone(),
        fragment: html::render_fragment(&model),
    };
    let frame = Frame::new(request, "Document lezen").about_case(request, id, &drafts::reference(request)?);
    page(request, "voorbeeld", &frame, &content)
}

/// A document as a file.
pub fn download(request: &Request) -> Result<Reply, WebError> {
    drafts::download(request)
}
