//! Safety information in questions, one thing a page: the secrecy of the address first, then what happened, what
//! holds now, what makes the hearing safe, and an answer to each statement of someone else; then everything
//! once more, and handing in.
//!
//! Each page is a form that is kept (`web::unfinished`), so one can stop at any of them and go on later. Nothing
//! is handed in before the last page, which sends what was kept through the ordinary submission.

mod controle;
mod stappen;

pub use controle::submit;

use super::frame::{page, page_with_status};
use super::zaak::case_frame;
use crate::dossier::record::SafetySubmission;
use crate::shared::moment::dutch_moment;
use crate::web::api::inzendingen::{ReceiptView, SubmissionView, of_case};
use crate::web::error::{InputProblem, WebError};
use crate::web::forms::rows::{Maker, Row};
use crate::web::reply::Reply;
use crate::web::request::Request;
use crate::web::unfinished::{self, GoOn, Keeping};
use crate::web::views::submission::{self, LabelledLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use stappen::{Desk, Filled, Step};
use validator::Validate;

/// The last page, where everything is looked at once more.
const CHECK: &str = "controleren";

/// Which receipt is shown.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SafetyQuery {
    /// Number of a submission that was just made.
    #[serde(default)]
    #[validate(length(max = 36))]
    ontvangst: String,
}

/// Whether one came from the last page.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct StepQuery {
    /// "controle" to go back to the last page afterwards.
    #[serde(default)]
    #[validate(length(max = 8))]
    terug: String,
    /// "ja" to add one more.
    #[serde(default)]
    #[validate(length(max = 2))]
    nog: String,
}

/// Proof of what was handed in.
#[derive(Serialize)]
pub(super) struct ReceiptLine {
    at: String,
    id: String,
    hash: String,
    taken: Option<i64>,
    /// The advocate for whom someone of the office handed it in.
    advocate: Option<String>,
    by: Option<String>,
}

impl From<&SubmissionView> for ReceiptLine {
    fn from(item: &SubmissionView) -> Self {
        Self { taken: item.opgenomen_in_versie, ..Self::from(&item.ontvangst) }
    }
}

impl From<&ReceiptView> for ReceiptLine {
    fn from(receipt: &ReceiptView) -> Self {
        Self {
            at: dutch_moment(&receipt.ontvangen_op),
            id: receipt.ontvangstnummer.clone(),
            hash: receipt.hash.clone(),
            taken: None,
            advocate: receipt.namens_advocaat.clone(),
            by: receipt.door.clone(),
        }
    }
}

#[derive(Serialize)]
struct StartView {
    case_id: String,
    client: String,
    receipt: Option<ReceiptLine>,
    sent: Vec<LabelledLine>,
    steps: Vec<TaskLine>,
    next: String,
    begun: bool,
    earlier: Vec<ReceiptLine>,
}

/// A page of the form in the list of tasks.
#[derive(Serialize)]
struct TaskLine {
    href: String,
    title: String,
    state: &'static str,
    done: bool,
}

#[derive(Serialize)]
struct StepView {
    case_id: String,
    key: String,
    number: usize,
    count: usize,
    explanation: &'static [&'static str],
    statement: Option<stappen::StatementLine>,
    rows: Vec<Row>,
    many: bool,
    back: String,
    to_check: bool,
    unsaved: bool,
}

/// The list of questions, with what was handed in before.
pub fn start(request: &Request) -> Result<Reply, WebError> {
    let query: SafetyQuery = request.query()?;
    let desk = Desk::open(request)?;
    let own = of_case(request)?;
    let mut steps = Vec::new();
    for step in &desk.steps {
        let filled = desk.filled(step)?;
        steps.push(TaskLine {
            href: desk.address(&step.key),
            title: step.title.clone(),
            state: match &filled {
                Filled { problems, .. } if !problems.is_empty() => "Niet af",
                Filled { value: Some(_), .. } => "Ingevuld",
                Filled { is_kept: true, .. } => "Niets ingevuld",
                Filled { .. } if !own.is_empty() => "Niets nieuws ingevuld",
                Filled { .. } => "Nog niet bekeken",
            },
            done: filled.is_kept && filled.problems.is_empty(),
        });
    }
    let shown = own.iter().find(|item| item.ontvangst.ontvangstnummer == query.ontvangst);
    let content = StartView {
        case_id: desk.case_id().to_owned(),
        client: desk.client.clone(),
        receipt: shown.map(ReceiptLine::from),
        sent: shown.map(|item| sent(&desk, item)).unwrap_or_default(),
        next: steps.iter().find(|step| !step.done).map_or_else(|| desk.address(CHECK), |step| step.href.clone()),
        begun: steps.iter().any(|step| step.done),
        steps,
        earlier: own.iter().map(ReceiptLine::from).collect(),
    };
    page(request, "veiligheidsinformatie", &case_frame(request, &desk.view, "Veiligheidsinformatie"), &content)
}

/// What was handed in, in the words in which it was looked at.
fn sent(desk: &Desk<'_>, item: &SubmissionView) -> Vec<LabelledLine> {
    let info = serde_json::from_value::<SafetySubmission>(item.inhoud.clone()).ok();
    info.map(|info| submission::all(&desk.view.projection.dossier, controle::CLIENT, &info)).unwrap_or_default()
}

/// How a page of the form is kept: under its key. One goes on at the list of pages.
pub static KEEPING: Keeping = Keeping {
    part: "veiligheidsinformatie",
    rest: |request, _| match request.key_param("vraag", 200)? {
        CHECK => Err(WebError::NotFound),
        key => Ok(key.to_owned()),
    },
    go_on: |_| GoOn { below: "veiligheidsinformatie".to_owned(), what: "Veiligheidsinformatie".to_owned() },
    about: |_, _| None,
    of_several: true,
};

/// One page of the form.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: StepQuery = request.query()?;
    let desk = Desk::open(request)?;
    let key = request.param("vraag")?;
    if key == CHECK {
        return controle::show(&desk, 200, &[]);
    }
    let step = desk.step(key)?;
    let filled = desk.filled(step)?;
    step_page(&desk, step, 200, &filled, (&[], query.nog == "ja"), query.terug == "controle")
}

fn step_page(
    desk: &Desk<'_>,
    step: &Step,
    status: u16,
    filled: &Filled,
    (problems, more): (&[InputProblem], bool),
    to_check: bool,
) -> Result<Reply, WebError> {
    let place = desk.place(&step.key);
    let value = filled.value.clone().unwrap_or_default();
    let maker =
        Maker { choices: &desk.choices, problems, inviting: more || value.is_null() || step.key == stappen::ADDRESS };
    let content = StepView {
        case_id: desk.case_id().to_owned(),
        key: step.key.clone(),
        number: place.saturating_add(1),
        count: desk.steps.len(),
        explanation: step.explanation,
        statement: step.statement.clone(),
        rows: maker.rows(&step.fields, &value, ""),
        many: step.key == stappen::EVENTS,
        back: match place.checked_sub(1).and_then(|before| desk.steps.get(before)) {
            _ if to_check => desk.address(CHECK),
            Some(before) => desk.address(&before.key),
            None => desk.start(),
        },
        to_check,
        unsaved: !problems.is_empty(),
    };
    let mut frame = case_frame(desk.request, &desk.view, &step.title);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(desk.request, status, "veiligheid-vraag", &frame, &content)
}

/// Keeps a page that is filled in and goes on to the next one.
pub fn answer(request: &Request) -> Result<Reply, WebError> {
    let desk = Desk::open(request)?;
    let step = desk.step(request.param("vraag")?)?;
    let form = request.form()?;
    let to_check = form.text("terug") == "controle";
    let filled = desk.read(step, &form, true);
    if !filled.problems.is_empty() {
        return step_page(&desk, step, 422, &filled, (&filled.problems, false), to_check);
    }
    unfinished::keep(request, &KEEPING.name(&step.key), &form)?;
    let again = form.text("actie") == "nog";
    let next = desk.steps.get(desk.place(&step.key).saturating_add(1)).map_or(CHECK, |next| &next.key);
    Ok(Reply::redirect(match (again, to_check) {
        (true, true) => format!("{}?nog=ja&terug=controle", desk.address(&step.key)),
        (true, false) => format!("{}?nog=ja", desk.address(&step.key)),
        (false, true) => desk.address(CHECK),
        (false, false) => desk.address(next),
    }))
}
