//! The judge's own judgement on one finding: answer and words, kept with the dossier as a new version.

use super::frame::{Frame, page_with_status};
use super::zaak::case_frame;
use crate::assessment::model::{Assessment, Finding, Outcome};
use crate::audit::View;
use crate::dossier::model::secrets::{NamedPlaces, SECRET_CODE, SECRET_IN_TEXT, TOWN_CODE, TOWN_IN_TEXT};
use crate::dossier::model::{Domain, JudgeAnswer, JudgeWords, Label};
use crate::web::case_view::{CaseView, assess_on};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::{Reply, in_query};
use crate::web::request::{Form, Request, checked};
use crate::web::unfinished::{self, GoOn, Keeping};
use crate::web::views::findings::{self as finding_views, FindingView, own_answer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Which finding, and whether it was just recorded.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct JudgementQuery {
    /// Key of the finding.
    #[validate(length(max = 400))]
    over: String,
    /// "ja" after recording, "nee" after withdrawing.
    #[serde(default)]
    #[validate(length(max = 3))]
    vastgelegd: String,
    /// "ja" to go on with what was kept before.
    #[serde(default)]
    #[validate(length(max = 2))]
    hervat: String,
}

#[derive(Serialize)]
struct JudgementView {
    case_id: String,
    back: String,
    version: i64,
    key: String,
    by: &'static str,
    finding: FindingView,
    answers: Vec<AnswerChoice>,
    text: String,
    answer_error: Option<String>,
    text_error: Option<String>,
    has_own: bool,
    /// The recorded own answer.
    own: Option<&'static str>,
    /// The answer without it.
    without: &'static str,
    /// The framework leaves it to the judge.
    open: bool,
}

#[derive(Serialize)]
struct AnswerChoice {
    value: &'static str,
    text: &'static str,
    selected: bool,
}

/// Answers with their names in the form.
const ANSWERS: [(&str, JudgeAnswer); 3] =
    [("ja", JudgeAnswer::Met), ("nee", JudgeAnswer::NotMet), ("onbeslist", JudgeAnswer::Undecided)];

/// Longest words, as in the dossier's schema.
const LONGEST: usize = 20_000;

/// The judge by function, as a decision names them.
pub(super) fn function_in(domain: Domain) -> &'static str {
    domain.judges().first().copied().unwrap_or_default()
}

fn find<'a>(assessment: &'a Assessment, key: &str) -> Result<&'a Finding, WebError> {
    assessment.findings.iter().find(|finding| finding.key() == key).ok_or(WebError::NotFound)
}

/// How the form is kept: under the key of the finding.
pub static KEEPING: Keeping = Keeping {
    part: "oordeel",
    rest: |_, form| {
        let over = form.text("over");
        if over.is_empty() || over.chars().count() > 400 { Err(WebError::NotFound) } else { Ok(over.to_owned()) }
    },
    go_on: |over| GoOn {
        below: format!("oordeel?over={}&hervat=ja", in_query(over)),
        what: "Eigen oordeel".to_owned(),
    },
    about: |_, _| None,
    of_several: false,
};

/// Words that concern exactly this finding.
fn is_about(words: &JudgeWords, finding: &Finding) -> bool {
    words.about == finding.key() && words.domain == finding.domain
}

/// The finding with the form.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load_for_today(request, View::Findings)?;
    let query: JudgementQuery = request.query()?;
    let message = match query.vastgelegd.as_str() {
        "ja" => Some("Uw oordeel is vastgelegd in een nieuwe versie van het dossier."),
        "nee" => Some("Uw oordeel is ingetrokken. In de oudere versies van het dossier blijft het staan."),
        _ => None,
    };
    let name = KEEPING.name(&query.over);
    let frame =
        case_frame(request, &view, "Eigen oordeel").with_message(message).offering(request, &name, &query.over)?;
    let frame = frame.telling_of(request, &view.version.dossier_id, &view.projection.dossier);
    let assessment = view.assessment()?;
    let finding = find(&assessment, &query.over)?;
    if query.hervat == "ja"
        && let Some(kept) = unfinished::kept(request, &name)?
    {
        let given = Given::read(&kept.form)?;
        let content = content(&view, finding, given.answer, &given.text, &[])?;
        return page_with_status(request, 200, "oordeel", &frame.resumed(), &content);
    }
    let own = view.projection.dossier.judge_words.iter().find(|words| is_about(words, finding));
    let answer = own.and_then(|words| words.answer);
    let text = own.map(|words| words.text.as_str()).unwrap_or_default();
    let content = content(&view, finding, answer, text, &[])?;
    page_with_status(request, 200, "oordeel", &frame, &content)
}

fn content(
    view: &CaseView,
    finding: &Finding,
    answer: Option<JudgeAnswer>,
    text: &str,
    problems: &[InputProblem],
) -> Result<JudgementView, WebError> {
    let dossier = &view.projection.dossier;
    let id = &view.version.dossier_id;
    let without = without_own(view, finding)?;
    let judged = dossier.judge_words.iter().find(|words| is_about(words, finding));
    Ok(JudgementView {
        case_id: id.clone(),
        back: format!("/zaken/{id}/bevindingen#{}", finding_views::anchor(finding)),
        version: view.version.version,
        key: finding.key(),
        by: function_in(finding.domain),
        finding: finding_views::one(dossier, finding),
        answers: ANSWERS
            .into_iter()
            .map(|(value, own)| AnswerChoice { value, text: own_answer(own), selected: answer == Some(own) })
            .collect(),
        text: text.to_owned(),
        answer_error: problems.iter().find(|problem| problem.pointer == "/antwoord").map(|item| item.melding.clone()),
        text_error: problems.iter().find(|problem| problem.pointer == "/overweging").map(|item| item.melding.clone()),
        own: judged.and_then(|words| words.answer).map(own_answer),
        without: without.label(),
        open: without == Outcome::NeedsJudgement,
        has_own: judged.is_some(),
    })
}

/// What the framework answers when the judge's own words on it are left out.
fn without_own(view: &CaseView, finding: &Finding) -> Result<Outcome, WebError> {
    let mut dossier = view.projection.dossier.clone();
    dossier.judge_words.retain(|words| !is_about(words, finding));
    let assessment = assess_on(&dossier, view.on)?;
    Ok(assessment
        .findings
        .iter()
        .find(|found| found.key() == finding.key())
        .map_or(finding.outcome, |found| found.outcome))
}

/// Records the judgement, or withdraws it.
pub fn record(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let query = checked(JudgementQuery {
        over: form.text("over").to_owned(),
        vastgelegd: String::new(),
        hervat: String::new(),
    })?;
    let view = CaseView::load_for_today(request, View::Findings)?;
    let assessment = view.assessment()?;
    let finding = find(&assessment, &query.over)?;
    let given = Given::read(&form)?;
    if let Some(problem) = given.problem() {
        return again(request, &view, finding, &given, problem);
    }
    let outcome = store(request, &view, finding, &given);
    match outcome {
        Ok(()) => {
            let done = if given.withdraws { "nee" } else { "ja" };
            unfinished::recorded(request, &form)?;
            let over = in_query(&query.over);
            Ok(Reply::redirect(format!("/zaken/{}/oordeel?over={over}&vastgelegd={done}", view.version.dossier_id)))
        }
        Err(WebError::VersionConflict) => {
            let message = "Iemand anders heeft het dossier intussen gewijzigd. Uw tekst staat er nog: lees de bevinding \
                           opnieuw en leg uw oordeel dan nog eens vast.";
            again(request, &view, finding, &given, InputProblem::field("overweging", "version_conflict", message))
        }
        Err(WebError::Invalid(problems)) if problems.iter().all(|problem| problem.code == SECRET_CODE) => {
            again(request, &view, finding, &given, InputProblem::field("overweging", SECRET_CODE, SECRET_IN_TEXT))
        }
        Err(WebError::Invalid(problems)) if problems.iter().all(|problem| problem.code == TOWN_CODE) => {
            again(request, &view, finding, &given, InputProblem::field("overweging", TOWN_CODE, TOWN_IN_TEXT))
        }
        Err(error) => Err(error),
    }
}

/// The form with what was given still in it.
fn again(
    request: &Request,
    view: &CaseView,
    finding: &Finding,
    given: &Given,
    problem: InputProblem,
) -> Result<Reply, WebError> {
    let status = if problem.code == "version_conflict" { 412 } else { 422 };
    let problems = [problem];
    let frame: Frame = case_frame(request, view, "Eigen oordeel").with_field_problems(&problems);
    let content = content(view, finding, given.answer, &given.text, &problems)?;
    page_with_status(request, status, "oordeel", &frame, &content)
}

/// What the form holds.
struct Given {
    version: i64,
    answer: Option<JudgeAnswer>,
    text: String,
    withdraws: bool,
    places: NamedPlaces,
}

impl Given {
    fn read(form: &Form) -> Result<Self, WebError> {
        let chosen = form.text("antwoord");
        Ok(Self {
            version: form.text("versie").parse().map_err(|_| WebError::PreconditionRequired)?,
            answer: ANSWERS.into_iter().find(|(value, _)| *value == chosen).map(|(_, answer)| answer),
            // Browsers send line ends as CR LF; the dossier keeps LF.
            text: form.text("overweging").replace("\r\n", "\n"),
            withdraws: form.text("actie") == "intrekken",
            places: form.named_places(),
        })
    }

    fn problem(&self) -> Option<InputProblem> {
        let field = |name, code, text: &str| Some(InputProblem::field(name, code, text));
        match self.text.chars().count() {
            _ if self.withdraws => None,
            0 if self.answer.is_none() => field("overweging", "required", "Kies uw antwoord en schrijf uw overweging."),
            _ if self.answer.is_none() => {
                field("antwoord", "required", "Kies uw antwoord. Een overweging zonder antwoord wordt niet vastgelegd.")
            }
            0 => {
                let text = "Schrijf uw overweging. Een antwoord zonder overweging wordt niet vastgelegd.";
                field("overweging", "required", text)
            }
            length if length > LONGEST => {
                field("overweging", "too_long", "Uw overweging is langer dan 20.000 tekens. Kort haar in.")
            }
            _ => None,
        }
    }
}

/// A new version of the whole dossier, in which only the words on this finding differ.
fn store(request: &Request, view: &CaseView, finding: &Finding, given: &Given) -> Result<(), WebError> {
    let (actor, id) = (request.actor()?, view.version.dossier_id.as_str());
    let mut stored = request.app.dossiers.get(actor, id, View::Findings)?;
    stored.dossier.judge_words.retain(|words| !is_about(words, finding));
    if !given.withdraws {
        stored.dossier.judge_words.push(JudgeWords {
            about: finding.key(),
            domain: finding.domain,
            answer: given.answer,
            text: given.text.clone(),
            by: function_in(finding.domain).to_owned(),
            on: request.app.today(),
            beside: None,
            from_file: false,
        });
    }
    request.app.dossiers.update_saying(actor, id, given.version, &stored.dossier, given.places.into())?;
    Ok(())
}
