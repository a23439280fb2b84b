//! The intended decision as blocks of questions, with what the paper would say beside them.
//!
//! The form is made from the dossier's schema (`forms`); what is recorded goes through the ordinary intake
//! and becomes a new version of the dossier. A judge gives own words here too; a clerk cannot.

mod eigen;
mod terug;

use super::concepten::just_made;
use super::frame::{Frame, page_with_status};
use super::oordeel::function_in;
use super::voorbeeld::{Asked, Preview};
use super::zeker;
use crate::dossier::model::secrets::brought_in;
use crate::dossier::model::{Dossier, Label};
use crate::dossier::projection::for_reader;
use crate::dossier::record::StoredDossier;
use crate::drafting::model::DraftKind;
use crate::drafting::{WordsBlock, words_blocks};
use crate::identity::Role;
use crate::intake;
use crate::shared::dutch::capital;
use crate::web::case_view::reader_of;
use crate::web::drafts;
use crate::web::error::{InputProblem, WebError};
use crate::web::forms::choices::Choices;
use crate::web::forms::read::{Reader, bare, placed};
use crate::web::forms::rows::{Maker, Row};
use crate::web::forms::shape::Field;
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use crate::web::unfinished::{self, GoOn, Keeping};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use validator::Validate;

/// Largest posted form: words of a judge in several blocks.
pub const FORM_LIMIT: usize = 400_000;

/// The block that only a judge of the domain is asked.
const DEVIATING: &str = "afwijking";

/// Blocks of questions in the order of a decision: key in `velden.yaml`, heading.
const BLOCKS: [(&str, &str); 8] = [
    ("verzoek", "Wie vraagt wat"),
    ("grondslag", "Grondslag"),
    ("feiten", "Feiten waarop het rust"),
    ("beslissing", "Beslissing"),
    ("termijn", "Dagen en termijnen"),
    ("toezicht", "Toezicht"),
    ("uitvoering", "Uitvoering"),
    (DEVIATING, "Afwijken van een grens van de wet"),
];

/// What was just done.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PlanQuery {
    /// "ja" after recording, "gewist" after clearing.
    #[serde(default)]
    #[validate(length(max = 6))]
    vastgelegd: String,
    /// Which paper is shown beside the questions; the first when left out.
    #[serde(default)]
    #[validate(length(max = 60))]
    papier: String,
    /// "ja" to go on with what was kept before.
    #[serde(default)]
    #[validate(length(max = 2))]
    hervat: String,
}

#[derive(Serialize)]
struct PlanView {
    case_id: String,
    kind: &'static str,
    version: i64,
    has_plan: bool,
    is_judge: bool,
    /// Whether who asks may deviate from a limit of law.
    deviates: bool,
    /// Whether it shows something that is not recorded.
    unsaved: bool,
    blocks: Vec<BlockView>,
    words: Vec<WordsRow>,
    preview: Preview,
}

#[derive(Serialize)]
struct BlockView {
    key: &'static str,
    title: &'static str,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct WordsRow {
    name: String,
    question: String,
    text: String,
    by: &'static str,
    writes: bool,
    from_file: bool,
    error: Option<String>,
}

/// The case and kind that the path names, for someone who may draft it.
struct Desk<'r> {
    request: &'r Request,
    kind: DraftKind,
    stored: StoredDossier,
    /// The stored dossier as who asks may see it.
    seen: Dossier,
    choices: Choices,
    fields: Vec<Field>,
}

impl<'r> Desk<'r> {
    fn open(request: &'r Request) -> Result<Self, WebError> {
        let kind = kind_of(request)?;
        let (kinds, stored) = drafts::kinds(request)?;
        if !kinds.contains(&kind) {
            return Err(WebError::NotFound);
        }
        let reader = reader_of(&stored.dossier, &stored.access)?;
        let seen = for_reader(&stored.dossier, &reader).dossier;
        let choices = Choices::of(&seen, kind);
        Ok(Self { request, kind, stored, seen, choices, fields: Field::of_type(plan_type(kind))? })
    }

    fn path(&self) -> Result<String, WebError> {
        Ok(format!("/zaken/{}/voornemen/{}", self.request.id_param("dossier")?, self.kind.as_str()))
    }

    fn plan(&self) -> Result<Value, WebError> {
        json(&self.stored.dossier).map(|dossier| plan_in(&dossier, self.kind).clone())
    }

    /// The words blocks of a plan that who asks may write in: a judge in own domains.
    fn writes(&self, block: &WordsBlock) -> bool {
        self.stored.access.role == Role::Rechter && self.stored.access.domains.contains(&block.domain)
    }

    /// The dossier with what was posted, as it would be stored.
    fn changed(&self, plan: &Value, form: &Form) -> Result<Result<Dossier, Vec<InputProblem>>, WebError> {
        let mut dossier = json(&self.stored.dossier)?;
        if let Some(plans) = dossier.get_mut("plans").and_then(Value::as_object_mut) {
            plans.insert(self.kind.as_str().to_owned(), plan.clone());
        }
        let bytes = serde_json::to_vec(&dossier).map_err(|error| WebError::Internal(format!("json: {error}")))?;
        let mut dossier = match intake::read_change(&bytes, &self.stored.dossier) {
            Ok(dossier) => dossier,
            Err(problems) => return Ok(Err(problems.into_iter().map(|problem| self.in_form(problem)).collect())),
        };
        if !drafts::may_draft(&self.stored.access, &dossier, self.kind) {
            let text = "Deze zaak ligt in een rechtsgebied waarin u geen zitting heeft.";
            return Ok(Err(vec![InputProblem::field("matter", "other_domain", text)]));
        }
        self.give_deviations(&mut dossier);
        self.give_words(&mut dossier, form);
        let secret = brought_in(&self.stored.dossier, &dossier);
        let told: Vec<InputProblem> = secret.iter().map(|place| self.secret_at(&dossier, place)).collect();
        Ok(if told.is_empty() { Ok(dossier) } else { Err(told) })
    }

    /// A problem of the dossier file as a problem of the form.
    fn in_form(&self, problem: intake::Problem) -> InputProblem {
        let plan = format!("/plans/{}", self.kind.as_str());
        let pointer = problem.pointer.strip_prefix(&plan).unwrap_or_default().to_owned();
        InputProblem { pointer, code: problem.code, melding: problem.message }
    }

    /// The page: a plan as the form shows it, beside the papers of a dossier.
    fn page(&self, shown: &Shown<'_>) -> Result<Reply, WebError> {
        let maker = Maker { choices: &self.choices, problems: shown.problems, inviting: false };
        let deviates = self.deviates().is_some();
        let blocks = BLOCKS.into_iter().filter_map(|(key, title)| {
            let asked = |field: &&Field| field.words.blok == key && (key != DEVIATING || deviates);
            let fields: Vec<Field> = self.fields.iter().filter(asked).cloned().collect();
            let rows = maker.rows(&fields, shown.plan, "");
            (!rows.is_empty()).then_some(BlockView { key, title, rows })
        });
        let id = self.request.id_param("dossier")?;
        let names: Vec<&str> = self.fields.iter().map(|field| field.name.as_str()).collect();
        let asked = Asked { fields: &names, writes: &|block| self.writes(block) };
        let content = PlanView {
            case_id: id.to_owned(),
            kind: self.kind.as_str(),
            version: self.stored.version.version,
            has_plan: !self.plan()?.is_null(),
            deviates,
            is_judge: self.stored.access.role == Role::Rechter,
            unsaved: shown.form.is_some(),
            blocks: blocks.collect(),
            words: self.words(shown),
            preview: Preview::of(shown.dossier, self.kind, self.request.app.today(), (shown.of, shown.paper), &asked)?,
        };
        let mut frame = Frame::new(self.request, &capital(self.kind.label()))
            .about_case(self.request, id, &self.stored.dossier.reference)
            .telling_of(self.request, id, &self.seen)
            .with_message(shown.message);
        // What was just sent is newer than what was kept: going on with that would lose it.
        if shown.form.is_none() || shown.resumed {
            frame = frame.offering(self.request, &KEEPING.name_of(self.request, &Form::default())?, "")?;
        }
        if shown.resumed {
            frame = frame.resumed();
        }
        if !shown.problems.is_empty() {
            frame = frame.with_field_problems(shown.problems);
            if shown.problems.iter().any(|problem| problem.code == "version_conflict") {
                "Een ander was u voor".clone_into(&mut frame.problems_title);
            }
        }
        page_with_status(self.request, shown.status, "voornemen", &frame, &content)
    }

    fn words(&self, shown: &Shown<'_>) -> Vec<WordsRow> {
        let row = |block: WordsBlock| {
            let mut known = shown.dossier.judge_words.iter();
            let stood = known.find(|words| words.about == block.about && words.domain == block.domain);
            let text = stood.map(|words| words.text.clone());
            let name = words_name(&block);
            let given = shown.form.and_then(|form| form.all(&name).into_iter().next());
            let pointer = format!("/{name}");
            WordsRow {
                text: given.or(text).unwrap_or_default(),
                by: function_in(block.domain),
                writes: self.writes(&block),
                from_file: stood.is_some_and(|words| words.from_file),
                error: shown
                    .problems
                    .iter()
                    .find(|problem| problem.pointer == pointer)
                    .map(|item| item.melding.clone()),
                question: block.question,
                name,
            }
        };
        words_blocks(shown.dossier, self.kind).into_iter().map(row).collect()
    }
}

/// What a page shows.
struct Shown<'a> {
    status: u16,
    message: Option<&'a str>,
    problems: &'a [InputProblem],
    plan: &'a Value,
    form: Option<&'a Form>,
    dossier: &'a Dossier,
    paper: &'a str,
    of: &'static str,
    resumed: bool,
}

const AS_STORED: &str = "Wat het papier zegt volgens de vastgelegde gegevens.";
const AS_GIVEN: &str = "Wat het papier zou zeggen met wat u nu heeft ingevuld. Dit is nog niet vastgelegd.";
const AS_OTHER: &str = "Wat het papier zegt volgens wat de ander heeft vastgelegd.";

fn kind_of(request: &Request) -> Result<DraftKind, WebError> {
    let named = request.param("soort")?;
    DraftKind::ALL.into_iter().find(|kind| kind.as_str() == named).ok_or(WebError::NotFound)
}

/// How the form is kept: under its kind.
pub static KEEPING: Keeping = Keeping {
    part: "voornemen",
    rest: |request, _| Ok(kind_of(request)?.as_str().to_owned()),
    go_on: |kind| GoOn { below: format!("voornemen/{kind}?hervat=ja"), what: "Voorgenomen beslissing".to_owned() },
    about: |_, kind| {
        let known = DraftKind::ALL.into_iter().find(|known| known.as_str() == kind)?;
        Some(known.label().to_lowercase())
    },
    of_several: false,
};

pub(super) fn plan_type(kind: DraftKind) -> &'static str {
    match kind {
        DraftKind::Gezag => "GezagPlan",
        DraftKind::Omgang => "OmgangPlan",
        DraftKind::Gedragsinterventie => "InterventionPlan",
        DraftKind::Huisverbod => "HuisverbodPlan",
    }
}

fn words_name(block: &WordsBlock) -> String {
    format!("woorden/{}", block.about)
}

fn json(dossier: &Dossier) -> Result<Value, WebError> {
    serde_json::to_value(dossier).map_err(|error| WebError::Internal(format!("json: {error}")))
}

fn plan_in(dossier: &Value, kind: DraftKind) -> &Value {
    dossier.get("plans").and_then(|plans| plans.get(kind.as_str())).unwrap_or(&Value::Null)
}

/// The plan with what the paper says now.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: PlanQuery = request.query()?;
    let desk = Desk::open(request)?;
    let message = match query.vastgelegd.as_str() {
        "ja" => Some("Het voornemen is vastgelegd in een nieuwe versie van het dossier."),
        "gewist" => Some("Het voornemen is gewist. In de oudere versies van het dossier blijft het staan."),
        _ => None,
    };
    if query.hervat == "ja"
        && let Some(kept) = unfinished::kept(request, &KEEPING.name_of(request, &Form::default())?)?
    {
        return desk.resume(&kept.form);
    }
    let plan = placed(&desk.plan()?);
    let dossier = &desk.stored.dossier;
    desk.page(&Shown {
        status: 200,
        message,
        problems: &[],
        plan: &plan,
        form: None,
        dossier,
        paper: &query.papier,
        of: AS_STORED,
        resumed: false,
    })
}

/// The paper beside the questions, for the address.
fn paper_shown(form: &Form) -> String {
    let paper = form.text("papier");
    let known = paper.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-');
    if known && !paper.is_empty() { format!("&papier={paper}") } else { String::new() }
}

/// Shows what the paper would say, records the plan, or clears it.
pub fn work(request: &Request) -> Result<Reply, WebError> {
    let desk = Desk::open(request)?;
    let form = request.form()?;
    let version: i64 = form.text("versie").parse().map_err(|_| WebError::PreconditionRequired)?;
    let stored = desk.plan()?;
    let mut reader = Reader { form: &form, choices: &desk.choices, problems: Vec::new() };
    let clears = form.text("actie") == "wissen";
    let given = if clears { None } else { reader.group(&desk.fields, &stored, "") }.unwrap_or(Value::Null);
    let mut problems = reader.problems;
    let outcome = if problems.is_empty() { Some(desk.changed(&bare(&given), &form)?) } else { None };
    let dossier = match outcome {
        Some(Ok(dossier)) => dossier,
        Some(Err(found)) => {
            problems.extend(found);
            return desk.refused(422, &problems, &given, &form);
        }
        None => return desk.refused(422, &problems, &given, &form),
    };
    if clears && !zeker::is_sure(&form) {
        return desk.ask_clearing(version);
    }
    if form.text("actie") == "bekijken" {
        let shown = Shown {
            status: 200,
            message: None,
            problems: &[],
            plan: &given,
            form: Some(&form),
            dossier: &dossier,
            paper: form.text("papier"),
            of: AS_GIVEN,
            resumed: false,
        };
        return desk.page(&shown);
    }
    let (actor, id, places) = (request.actor()?, request.id_param("dossier")?, form.named_places());
    match request.app.dossiers.update_saying(actor, id, version, &dossier, places.into()) {
        Ok(_) => {
            unfinished::recorded(request, &form)?;
            if form.text("actie") == "concept" {
                let made = drafts::make(request, desk.kind)?;
                return Ok(Reply::redirect(just_made(id, &made.id)));
            }
            let done = if clears { "gewist" } else { "ja" };
            Ok(Reply::redirect(format!("{}?vastgelegd={done}{}", desk.path()?, paper_shown(&form))))
        }
        Err(error) => match WebError::from(error) {
            // What was typed stays; the items of lists no longer match those that are stored.
            WebError::VersionConflict => {
                let told = desk.told_conflict(&stored, &bare(&given));
                desk.refused(412, &[told], &bare(&given), &form)
            }
            WebError::Invalid(problems) => {
                let at = |problem: InputProblem| InputProblem { pointer: desk.field_of(&dossier, &problem), ..problem };
                let told: Vec<InputProblem> = problems.into_iter().map(at).collect();
                desk.refused(422, &told, &given, &form)
            }
            other => Err(other),
        },
    }
}
