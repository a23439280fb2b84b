//! Everything once more, and handing in.

use super::KEEPING;
use super::stappen::Desk;
use crate::dossier::DossierError;
use crate::dossier::model::Label;
use crate::dossier::record::SafetySubmission;
use crate::shared::dutch::capital;
use crate::web::api::inzendingen::SafetyRequest;
use crate::web::error::{InputProblem, WebError};
use crate::web::pages::frame::page_with_status;
use crate::web::pages::zaak::case_frame;
use crate::web::reply::Reply;
use crate::web::request::{Request, checked};
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
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    label: String,
    text: String,
}

/// The last page.
pub(super) fn show(desk: &Desk<'_>, status: u16, problems: &[InputProblem]) -> Result<Reply, WebError> {
    let (given, wrong) = match desk.whole()? {
        Ok(given) => (Some(given), Vec::new()),
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

fn lines(desk: &Desk<'_>, key: &str, given: &SafetyRequest) -> Vec<LineView> {
    let line = |label: &str, text: String| LineView { label: label.to_owned(), text };
    let answer =
        |given: Option<bool>| given.map_or("Nog niet besproken", |yes| if yes { "Ja" } else { "Nee" }).to_owned();
    let dossier = &desk.view.projection.dossier;
    let nothing = || vec![line("Antwoord", "Niets ingevuld".to_owned())];
    match key {
        "adres" => vec![line("Adres geheim houden", answer(given.adres_afschermen))],
        "gebeurtenissen" if given.zorgen.is_empty() => nothing(),
        "gebeurtenissen" => given
            .zorgen
            .iter()
            .enumerate()
            .map(|(place, item)| {
                let mut text = vec![item.omschrijving.clone()];
                let children: Vec<String> = item.kinderen.iter().map(|child| dossier.person_name(child)).collect();
                text.extend((!children.is_empty()).then(|| format!("Kinderen erbij: {}", children.join(", "))));
                text.extend((!item.stukken.is_empty()).then(|| format!("Stukken: {}", item.stukken.join("; "))));
                let when = item.wanneer.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
                let label = format!("{}. {}{when}", place.saturating_add(1), capital(item.soort.label()));
                line(&label, text.join("\n"))
            })
            .collect(),
        "maatregelen" if given.maatregelen.is_empty() => nothing(),
        "maatregelen" => vec![line("Verboden en afspraken", given.maatregelen.join("\n"))],
        "zitting" => vec![
            line("Apart horen", answer(given.apart_horen)),
            line("Wat nodig is", given.wensen.clone().unwrap_or_else(|| "Niets ingevuld".to_owned())),
        ],
        other => {
            let Some(statement) = desk.step(other).ok().and_then(|step| step.statement.as_ref()) else {
                return Vec::new();
            };
            let said = line(&capital(&statement.by), statement.content.clone());
            let answer = given.antwoorden.iter().find(|answer| answer.over.as_str() == statement.id);
            let text = answer.map_or_else(
                || "Hier nog geen antwoord op".to_owned(),
                |answer| {
                    let words = answer.toelichting.as_ref().map(|words| format!(": {words}")).unwrap_or_default();
                    format!("{}{words}", capital(answer.antwoord.label()))
                },
            );
            vec![said, line("Uw cliënt", text)]
        }
    }
}

/// Hands in what was kept, gives a receipt, and forgets what was kept.
pub fn submit(request: &Request) -> Result<Reply, WebError> {
    let desk = Desk::open(request)?;
    let Ok(given) = desk.whole()? else { return show(&desk, 422, &[]) };
    let info = SafetySubmission::from(checked(given)?);
    let (actor, id) = (request.actor()?, desk.case_id());
    match request.app.dossiers.submit_safety_info(actor, id, &info) {
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
            let told = problems.into_iter().map(|problem| InputProblem {
                pointer: String::new(),
                code: problem.code.to_owned(),
                melding: problem.message,
            });
            show(&desk, 422, &told.collect::<Vec<_>>())
        }
        Err(error) => Err(error.into()),
    }
}
