//! Everything once more, and handing in.

use super::KEEPING;
use super::stappen::Desk;
use crate::dossier::model::secrets::TOWN_CODE;
use crate::dossier::record::SafetySubmission;
use crate::dossier::{DossierError, PlacedProblem};
use crate::shared::dutch::capital;
use crate::web::error::{InputProblem, WebError};
use crate::web::pages::frame::page_with_status;
use crate::web::pages::zaak::case_frame;
use crate::web::reply::Reply;
use crate::web::request::{Request, checked};
use crate::web::views::submission::{self, LabelledLine};
use serde::Serialize;

#[derive(Serialize)]
struct CheckView {
    case_id: String,
    client: String,
    back: String,
    parts: Vec<PartView>,
    ready: bool,
}

/// One page of the form with its answers.
#[derive(Serialize)]
struct PartView {
    title: String,
    change: String,
    lines: Vec<LabelledLine>,
}

/// How the client is called for the own advocate.
pub(super) const CLIENT: &str = "Uw cliënt";

/// What is asked when a text names the place of an address that is kept secret.
const TOWN_ASKED: &str = "In een van uw antwoorden staat een plaats. Deze plaats is die van het geheime adres van uw cliënt. Wat u \
     hier schrijft, kan in het dossier komen. Weet u zeker dat deze plaats genoemd mag worden? Wijzig anders het antwoord.";

/// The last page.
pub(super) fn show(desk: &Desk<'_>, status: u16, problems: &[InputProblem]) -> Result<Reply, WebError> {
    let (given, wrong) = match desk.whole()? {
        Ok(given) => (Some(given.for_client(&desk.client_id)), Vec::new()),
        Err(wrong) => (None, wrong),
    };
    let mut parts = Vec::new();
    for step in &desk.steps {
        parts.push(PartView {
            title: step.title.clone(),
            change: format!("{}?terug=controle", desk.address(&step.key)),
            lines: given.as_ref().map(|given| lines(desk, &step.key, given)).unwrap_or_default(),
        });
    }
    let content = CheckView {
        case_id: desk.case_id().to_owned(),
        client: desk.client.clone(),
        back: desk.steps.last().map_or_else(|| desk.start(), |step| desk.address(&step.key)),
        parts,
        ready: given.is_some(),
    };
    let mut frame = case_frame(desk.request, &desk.view, "Controleren en indienen");
    let mut told = problems.to_vec();
    told.extend(wrong.iter().map(|(_, title)| InputProblem {
        pointer: String::new(),
        code: "unfinished".to_owned(),
        melding: format!("{title}: hier ontbreekt nog iets."),
    }));
    if !told.is_empty() {
        frame = frame.with_field_problems(&told);
        "Dit kan nog niet worden ingediend".clone_into(&mut frame.problems_title);
        for (line, (href, _)) in frame.problems.iter_mut().skip(problems.len()).zip(&wrong) {
            line.href = Some(format!("{href}?terug=controle"));
        }
    }
    page_with_status(desk.request, status, "veiligheid-controle", &frame, &content)
}

fn lines(desk: &Desk<'_>, key: &str, given: &SafetySubmission) -> Vec<LabelledLine> {
    match key {
        "adres" => submission::address(&desk.view.projection.dossier, given),
        "gebeurtenissen" => submission::events(&desk.view.projection.dossier, given),
        "maatregelen" => submission::measures(given),
        "zitting" => submission::hearing(given),
        other => {
            let Some(statement) = desk.step(other).ok().and_then(|step| step.statement.as_ref()) else {
                return Vec::new();
            };
            let said = submission::line(&capital(&statement.by), statement.content.clone());
            let answer = given.answers.iter().find(|answer| answer.about.as_str() == statement.id);
            vec![said, submission::answered(CLIENT, answer)]
        }
    }
}

/// Hands in what was kept, gives a receipt, and forgets what was kept.
pub fn submit(request: &Request) -> Result<Reply, WebError> {
    let desk = Desk::open(request)?;
    let Ok(given) = desk.whole()? else { return show(&desk, 422, &[]) };
    let places = request.form()?.named_places();
    let info = checked(given)?.for_client(&desk.client_id);
    let (actor, id) = (request.actor()?, desk.case_id());
    match request.app.dossiers.submit_safety_info(actor, id, &info, places) {
        Ok(receipt) => {
            let kept: Vec<String> = desk.steps.iter().map(|step| KEEPING.name(&step.key)).collect();
            request.app.dossiers.forget_forms(actor, id, &kept)?;
            Ok(Reply::redirect(format!("{}?ontvangst={}", desk.start(), receipt.submission)))
        }
        Err(DossierError::Invalid(text)) => {
            let problem = InputProblem { pointer: String::new(), code: "empty".to_owned(), melding: text };
            show(&desk, 422, &[problem])
        }
        Err(DossierError::Placed(problems)) => {
            let mut told: Vec<InputProblem> = problems.into_iter().map(told).collect();
            told.dedup();
            show(&desk, 422, &told)
        }
        Err(error) => Err(error.into()),
    }
}

/// A refusal as the advocate reads it, who knows the address.
fn told(problem: PlacedProblem) -> InputProblem {
    let melding = if problem.code == TOWN_CODE { TOWN_ASKED.to_owned() } else { problem.message };
    InputProblem { pointer: String::new(), code: problem.code.to_owned(), melding }
}
