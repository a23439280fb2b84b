//! Drafts: making them, what holds them back, reading and downloading.

use super::eerder::{self, Offered};
use super::frame::{Frame, page, page_with_status};
use super::voorbeeld::{Blanks, ProblemRow, blanks_apart};
use crate::audit::View;
use crate::documents::html;
use crate::dossier::model::Label;
use crate::drafting::model::{DraftKind, DraftProblem, ProblemLevel};
use crate::drafting::review::Outlook;
use crate::drafting::review::model::ReviewState;
use crate::drafting::service::DraftSummary;
use crate::identity::Role;
use crate::shared::dutch::{capital, list as list_of};
use crate::shared::moment::dutch_moment;
use crate::web::drafts;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

#[derive(Serialize)]
struct ListView {
    case_id: String,
    kind_error: Option<&'static str>,
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
    list_page(request, None)
}

fn list_page(request: &Request, kind_error: Option<&'static str>) -> Result<Reply, WebError> {
    let (kinds, stored) = drafts::kinds(request)?;
    let id = request.id_param("dossier")?;
    let found = request.app.drafts.list(request.actor()?, id)?;
    let states = request.app.drafts.states(request.actor()?, id)?;
    let content = ListView {
        case_id: id.to_owned(),
        kind_error,
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
    let mut frame = Frame::new(request, "Concepten").about_case(request, id, &stored.dossier.reference);
    if let Some(told) = kind_error {
        frame = frame.with_field_problems(&[InputProblem::field("soort", "required", told)]);
    }
    page_with_status(request, if kind_error.is_some() { 422 } else { 200 }, "concepten", &frame, &content)
}

/// Makes a draft.
pub fn make(request: &Request) -> Result<Reply, WebError> {
    let id = request.id_param("dossier")?;
    request.app.dossiers.access(request.actor()?, id)?;
    let form = request.form()?;
    let Some(kind) = DraftKind::ALL.into_iter().find(|kind| kind.as_str() == form.text("soort")) else {
        return list_page(request, Some("Kies welk concept u wilt maken."));
    };
    let made = drafts::make(request, kind)?;
    Ok(Reply::redirect(just_made(id, &made.id)))
}

/// The page of a draft that was just made.
pub(super) fn just_made(case: &str, draft: &str) -> String {
    format!("/zaken/{case}/concepten/{draft}?gemaakt=ja")
}

/// What was just done.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DraftQuery {
    /// "ja" after it was made.
    #[serde(default)]
    #[validate(length(max = 2))]
    gemaakt: String,
    /// "ja" after something of an earlier draft was taken over.
    #[serde(default)]
    #[validate(length(max = 2))]
    overgenomen: String,
}

#[derive(Serialize)]
struct OneView {
    id: String,
    case_id: String,
    made: String,
    by: String,
    version: i64,
    refused: bool,
    problems: Vec<ProblemRow>,
    blanks: Vec<Blanks>,
    earlier: Vec<Offered>,
    documents: Vec<DocumentLine>,
}

#[derive(Serialize)]
struct DocumentLine {
    title: String,
    state: String,
    href: String,
    download: String,
    life: String,
    /// What can be done with it now, on that page.
    next: &'static str,
}

/// What the reader finds on the page of a document in this state, in words on the way to it.
fn next_step(state: ReviewState, role: Role) -> &'static str {
    match (state, role) {
        (ReviewState::Concept | ReviewState::Returned, _) => "Invullen of aanbieden aan de rechter",
        (ReviewState::Offered, Role::Rechter) => "Goedkeuren, wijzigen of teruggeven",
        (ReviewState::Offered, _) => "Wijzigen, of zien waar het op wacht",
        (ReviewState::Approved, _) => "Verzegelen of teruggeven",
        (ReviewState::Sealed, _) => "Uitleg, herstellen of intrekken",
        (ReviewState::Withdrawn, _) => "Wat ermee is gebeurd",
    }
}

/// Told once, when it was made.
fn told_made(documents: usize, role: Role) -> String {
    let offer = "Lees het na, vul in wat nog open staat, en bied het daarna aan.";
    let who = if role == Role::Rechter {
        "U hebt het gemaakt: een andere rechter keurt het goed."
    } else {
        "Een rechter van de zaak keurt het goed."
    };
    match documents {
        0 => "Er is geen document gemaakt. Hieronder staat waarom.".to_owned(),
        1 => format!("Het concept is gemaakt. {offer} {who}"),
        many => format!("Er zijn {many} documenten gemaakt. Elk gaat een eigen weg. {offer} {who}"),
    }
}

/// One draft: problems and documents.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let (query, role): (DraftQuery, Role) = (request.query()?, request.actor()?.role);
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
    let rows = stored.set.problems.iter().filter(|problem| stands(problem)).cloned().map(ProblemRow::from);
    let (blanks, problems) = blanks_apart(rows.collect());
    let earlier = eerder::offered(request, &stored, &outlooks)?;
    let content = OneView {
        id: stored.summary.id.clone(),
        case_id: id.to_owned(),
        made: dutch_moment(&stored.summary.made_at),
        by: stored.summary.made_by,
        version: stored.summary.dossier_version,
        refused: stored.set.documents.is_empty(),
        blanks,
        earlier,
        problems,
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
                next: next_step(outlook.paper.state, role),
            })
            .collect(),
    };
    let taken = (query.overgenomen == "ja").then(|| "Overgenomen, als wijziging op uw naam.".to_owned());
    let told = (query.gemaakt == "ja").then(|| told_made(content.documents.len(), role));
    let frame = Frame::new(request, stored.summary.kind.label()).about_case(request, id, &drafts::reference(request)?);
    page(request, "concept", &frame.with_message(taken.or(told).as_deref()), &content)
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
