//! Reading an edited Word file back: upload, a choice for each difference, a look at what was
//! chosen, and then one ordinary step of the review life. Nothing is chosen beforehand, and nothing
//! is kept between the screens but what came from the file: each time it is laid anew beside the
//! text that holds.

use super::frame::{Frame, ProblemLine, page_with_status};
use crate::audit::View;
use crate::documents::compare::PieceKind;
use crate::drafting::review::model::StepKind;
use crate::drafting::review::{self, Proposal, Returned, Said, StepWish, TextChange};
use crate::shared::dutch::capital;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use crate::web::{drafts, readback};
use serde::Serialize;

#[derive(Serialize)]
struct ReadBackView {
    title: String,
    back: String,
    readback: String,
    download: String,
    file_error: Option<String>,
    compared: Option<ComparedView>,
}

#[derive(Serialize)]
struct ComparedView {
    notices: Vec<String>,
    packed: String,
    number: i64,
    /// Whether the choices are made and only have to be confirmed.
    confirms: bool,
    differences: Vec<DifferenceRow>,
    given: Vec<GivenChoice>,
    can_choose: bool,
    take: String,
    mark: String,
    taken: usize,
    left: usize,
    reason: String,
    needs_reason: bool,
    reason_error: Option<String>,
}

#[derive(Serialize)]
struct DifferenceRow {
    name: String,
    number: usize,
    kind: String,
    place: String,
    section: String,
    pieces: Vec<PieceRow>,
    refused: Option<String>,
    open: bool,
    takes: bool,
    leaves: bool,
    error: Option<String>,
}

/// A choice made on the screen before.
#[derive(Serialize)]
struct GivenChoice {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct PieceRow {
    away: bool,
    put: bool,
    text: String,
}

/// The form for the file.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    drafts::get(request, View::Draft)?;
    let paper = drafts::paper(request)?;
    full_page(request, 200, paper.model.meta.title, None, &[])
}

/// The file, the choices, the confirmation.
pub fn work(request: &Request) -> Result<Reply, WebError> {
    drafts::get(request, View::Draft)?;
    let form = request.form()?;
    let outcome = match form.text("actie") {
        "lezen" => upload(request),
        _ => choices(request, &form),
    };
    match outcome {
        Err(WebError::Invalid(problems)) => {
            let paper = drafts::paper(request)?;
            full_page(request, 422, paper.model.meta.title, None, &problems)
        }
        other => other,
    }
}

fn upload(request: &Request) -> Result<Reply, WebError> {
    let bytes = request.file(readback::FIELD)?;
    let missing = || {
        let text = "Kies het Word-bestand dat u hebt bewerkt.";
        WebError::Invalid(vec![InputProblem::field(readback::FIELD, "required", text)])
    };
    let returned = readback::from_file(request, bytes.filter(|bytes| !bytes.is_empty()).ok_or_else(missing)?)?;
    compared_page(request, 200, returned, &Form::default(), false, &[])
}

fn choices(request: &Request, form: &Form) -> Result<Reply, WebError> {
    let after = form
        .text("na_stap")
        .parse()
        .map_err(|_| WebError::Malformed("De laatste stap ontbreekt. Kies het bestand opnieuw.".to_owned()))?;
    let returned = readback::again(request, form.raw("gelezen"), after)?;
    if let Some(told) = returned.overtaken.clone() {
        let problem = InputProblem { pointer: String::new(), code: "conflict".to_owned(), melding: told };
        return compared_page(request, 409, returned, &Form::default(), false, &[problem]);
    }
    let problems = problems_of(&returned, form);
    if !problems.is_empty() {
        let confirms = form.text("actie") == "vastleggen" && problems.iter().all(|item| item.pointer == "/reden");
        return compared_page(request, 422, returned, form, confirms, &problems);
    }
    match form.text("actie") {
        "vastleggen" => record(request, returned, form),
        action => compared_page(request, 200, returned, form, action != "terug", &[]),
    }
}

fn name_of(index: usize) -> String {
    format!("keuze-{}", index.saturating_add(1))
}

/// Every difference that can be taken over has an answer, and a correction has a reason.
fn problems_of(returned: &Returned, form: &Form) -> Vec<InputProblem> {
    if form.text("actie") == "terug" || returned.step.is_none() {
        return Vec::new();
    }
    let mut problems: Vec<InputProblem> = returned
        .proposals
        .iter()
        .enumerate()
        .filter(|(index, proposal)| {
            proposal.change.is_ok() && !matches!(form.text(&name_of(*index)), "overnemen" | "niet")
        })
        .map(|(index, proposal)| {
            let text = format!("Kies bij verschil {}: {}.", index.saturating_add(1), proposal.place);
            InputProblem::field(&format!("{}-ja", name_of(index)), "required", text)
        })
        .collect();
    let asks = form.text("actie") == "vastleggen" && returned.step.is_some_and(StepKind::needs_reason);
    if problems.is_empty() && asks && form.text("reden").is_empty() {
        let text = "Geef een reden. Die komt in de herstelde tekst en in het logboek.";
        problems.push(InputProblem::field("reden", "required", text));
    }
    problems
}

/// Takes the chosen differences over in one step.
fn record(request: &Request, returned: Returned, form: &Form) -> Result<Reply, WebError> {
    let (id, draft, name) = readback::place(request)?;
    let life = format!("/zaken/{id}/concepten/{draft}/herziening/{name}");
    let all = returned.proposals.len();
    let changes: Vec<TextChange> = chosen(&returned, form).filter_map(|item| item.change.clone().ok()).collect();
    let (Some(step), false) = (returned.step, changes.is_empty()) else { return Ok(Reply::redirect(life)) };
    let given = form.text("reden");
    let told = format!("uit een bewerkt Word-bestand: {} van {all} verschillen overgenomen", changes.len());
    let reason = match (step, given) {
        // What stands in a corrected text is the reason, not how it was typed.
        (StepKind::Corrected, given) => given.to_owned(),
        (_, "") => capital(&told),
        (_, given) => format!("{given} ({told})"),
    };
    let wish = StepWish { after: returned.paper.number, step, reason, changes, said: Said::default() };
    match drafts::take_step(request, wish) {
        Ok(_) => Ok(Reply::redirect(life)),
        Err(WebError::Conflict(told)) => {
            // Someone else was first, after this page was laid out: show what holds now.
            let now = readback::again(request, form.raw("gelezen"), returned.paper.number)?;
            let problem = InputProblem { pointer: String::new(), code: "conflict".to_owned(), melding: told };
            compared_page(request, 409, now, &Form::default(), false, &[problem])
        }
        Err(error) => Err(error),
    }
}

fn chosen<'r>(returned: &'r Returned, form: &'r Form) -> impl Iterator<Item = &'r Proposal> {
    let takes = |index: usize| form.text(&name_of(index)) == "overnemen";
    returned.proposals.iter().enumerate().filter(move |(index, _)| takes(*index)).map(|(_, proposal)| proposal)
}

fn row(index: usize, proposal: &Proposal, form: &Form, problems: &[InputProblem], step: bool) -> DifferenceRow {
    let name = name_of(index);
    let given = form.text(&name);
    let field = format!("/{name}-ja");
    DifferenceRow {
        number: index.saturating_add(1),
        kind: capital(readback::word_for(proposal.difference.change)),
        place: proposal.place.clone(),
        section: proposal.section.clone(),
        pieces: proposal
            .pieces
            .iter()
            .map(|piece| PieceRow {
                away: piece.kind == PieceKind::TakenAway,
                put: piece.kind == PieceKind::PutIn,
                text: piece.text.clone(),
            })
            .collect(),
        refused: proposal.change.as_ref().err().cloned(),
        open: step && proposal.change.is_ok(),
        takes: given == "overnemen",
        leaves: given == "niet",
        error: problems.iter().find(|problem| problem.pointer == field).map(|problem| problem.melding.clone()),
        name,
    }
}

fn compared_page(
    request: &Request,
    status: u16,
    returned: Returned,
    form: &Form,
    confirms: bool,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let broken = |error: serde_json::Error| WebError::Internal(format!("json: {error}"));
    let actor = request.actor()?;
    let can_step = returned.step.is_some();
    let rows: Vec<DifferenceRow> = returned
        .proposals
        .iter()
        .enumerate()
        .map(|(index, proposal)| row(index, proposal, form, problems, can_step))
        .filter(|row| !confirms || row.takes)
        .collect();
    let taken = chosen(&returned, form).count();
    let compared = ComparedView {
        notices: readback::notices(&returned),
        packed: serde_json::to_string(&returned.packed).map_err(broken)?,
        number: returned.paper.number,
        confirms,
        given: (0..returned.proposals.len())
            .map(name_of)
            .map(|name| GivenChoice { value: form.text(&name).to_owned(), name })
            .filter(|choice| !choice.value.is_empty())
            .collect(),
        can_choose: rows.iter().any(|row| row.open),
        differences: rows,
        take: format!("overnemen als {}", review::whose_words(actor.role)),
        mark: format!("{}, {}", review::whose_words(actor.role), actor.name),
        taken,
        left: returned.proposals.len().saturating_sub(taken),
        reason: form.text("reden").to_owned(),
        needs_reason: returned.step.is_some_and(StepKind::needs_reason),
        reason_error: problems.iter().find(|item| item.pointer == "/reden").map(|item| item.melding.clone()),
    };
    full_page(request, status, returned.paper.model.meta.title, Some(compared), problems)
}

fn full_page(
    request: &Request,
    status: u16,
    title: String,
    compared: Option<ComparedView>,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let (id, draft, name) = readback::place(request)?;
    let base = format!("/zaken/{id}/concepten/{draft}");
    let mut frame =
        Frame::new(request, "Bewerkt Word-bestand teruglezen").about_case(request, id, &drafts::reference(request)?);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
        let title = if status == 409 { "Een ander was u voor" } else { "Dit kan zo nog niet" };
        title.clone_into(&mut frame.problems_title);
    }
    let content = ReadBackView {
        title,
        back: format!("{base}/herziening/{name}"),
        readback: format!("{base}/teruglezen/{name}"),
        download: format!("{base}/documenten/{name}.docx"),
        file_error: match (&compared, problems.first()) {
            (None, Some(problem)) => Some(problem.melding.clone()),
            _ => None,
        },
        compared,
    };
    // A problem without a field of its own is about the file.
    for line in frame.problems.iter_mut().filter(|line| line.href.is_none() && content.file_error.is_some()) {
        *line = ProblemLine { href: Some(format!("#{}", readback::FIELD)), ..line.clone() };
    }
    page_with_status(request, status, "teruglezen", &frame, &content)
}
