//! The pages of the form, and what was kept of each.

use super::KEEPING;
use crate::audit::View;
use crate::dossier::model::secrets::{SECRET_CODE, SECRET_IN_TEXT, Secrets};
use crate::dossier::model::{Address, Dossier, FamilyRole, Label, StatementKind};
use crate::shared::ids::{AddressId, PersonId};
use crate::shared::moment::dutch_date;
use crate::web::api::inzendingen::{ConcernRequest, SafetyRequest};
use crate::web::case_view::CaseView;
use crate::web::error::{InputProblem, WebError};
use crate::web::forms::choices::Choices;
use crate::web::forms::read::{Reader, bare};
use crate::web::forms::shape::Field;
use crate::web::request::{Form, Request, checked};
use crate::web::unfinished;
use crate::web::views::facts::{source_line, time_words};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The page of what happened.
pub(super) const EVENTS: &str = "gebeurtenissen";
/// The page of the address.
pub(super) const ADDRESS: &str = "adres";
/// Beginning of the key of a page about one statement.
const ANSWER: &str = "antwoord-";

/// Who will read what stands on a page.
const SHARED: &str = "De rechter en de griffier lezen dit meteen. Neemt de griffier het op in het dossier, dan kan ook de \
     andere partij het lezen, tenzij het is afgeschermd. U kunt daar hieronder om vragen.";

/// Pages that are always there: key, which is also the block of its fields, title, explanation.
const PAGES: [(&str, &str, &[&str]); 4] = [
    (
        ADDRESS,
        "Het adres van uw cliënt",
        &[
            "Dit komt eerst, want een adres dat eenmaal bekend is, wordt niet meer geheim.",
            "Bij “ja” zien alleen de rechter, de griffier, uzelf en wie op uw kantoor voor u werkt het adres. Het staat dan niet in een beslissing, niet in een \
             bundel voor de andere partij en niet in een uitleg. Weet u het nog niet, dan behandelt het gerecht het adres \
             als geheim tot u antwoordt.",
            "Geef het adres alleen in de velden hieronder. In elke andere tekst wordt het geweigerd.",
        ],
    ),
    (
        EVENTS,
        "Wat er is gebeurd",
        &["Noem wat er is gebeurd of waar uw cliënt bang voor is. Is er niets te melden, ga dan verder.", SHARED],
    ),
    (
        "maatregelen",
        "Wat nu geldt",
        &[
            "Het gerecht ziet verboden en regelingen van andere instanties niet vanzelf. Noem ook afspraken die nergens \
           zijn vastgelegd.",
        ],
    ),
    (
        "zitting",
        "Een veilige zitting",
        &["De griffier regelt voor de zitting wat nodig is. De andere partij ziet deze wensen niet."],
    ),
];

/// A statement of someone else that the client can answer.
#[derive(Clone, Debug, Serialize)]
pub(super) struct StatementLine {
    /// Id.
    #[serde(skip)]
    pub id: String,
    /// Who says it.
    pub by: String,
    /// In words.
    pub content: String,
    /// When the event is said to have been.
    pub when: String,
    /// Day of the statement and where it stands.
    pub source: String,
}

/// One page.
pub(super) struct Step {
    /// In the address.
    pub key: String,
    /// Heading.
    pub title: String,
    /// What one needs to know before answering.
    pub explanation: &'static [&'static str],
    /// What is asked.
    pub fields: Vec<Field>,
    /// The statement that is answered here.
    pub statement: Option<StatementLine>,
}

/// What stands on a page.
#[derive(Default)]
pub(super) struct Filled {
    /// Its fields; none when nothing is filled in.
    pub value: Option<Value>,
    /// What is wrong or missing.
    pub problems: Vec<InputProblem>,
    /// Whether it was kept before.
    pub is_kept: bool,
}

/// All pages as they are handed in, or the address and title of each page on which something is wrong.
pub(super) type Whole = Result<SafetyRequest, Vec<(String, String)>>;

/// The form of an advocate in one case.
pub(super) struct Desk<'r> {
    pub request: &'r Request,
    pub view: CaseView,
    pub client: String,
    pub client_id: PersonId,
    pub choices: Choices,
    pub steps: Vec<Step>,
}

impl<'r> Desk<'r> {
    pub(super) fn open(request: &'r Request) -> Result<Self, WebError> {
        let view = CaseView::load_for_today(request, View::Submissions)?;
        let client = view.access.person.clone().ok_or(WebError::NotFound)?;
        let (whole, of_answer) = (Field::of_type("SafetyRequest")?, Field::of_type("AnswerRequest")?);
        let mut steps: Vec<Step> = PAGES
            .iter()
            .map(|(key, title, explanation)| Step {
                key: (*key).to_owned(),
                title: (*title).to_owned(),
                explanation,
                fields: whole.iter().filter(|field| field.words.blok == *key).cloned().collect(),
                statement: None,
            })
            .collect();
        let statements = statements(&view.projection.dossier, &client);
        let count = statements.len();
        let answer: Vec<Field> = of_answer.into_iter().filter(|field| field.name != "over").collect();
        steps.extend(statements.into_iter().enumerate().map(|(place, statement)| Step {
            key: format!("{ANSWER}{}", statement.id),
            title: if count == 1 {
                format!("Antwoord op wat {}", statement.by)
            } else {
                format!("Antwoord op verklaring {} van {count}: {}", place.saturating_add(1), statement.by)
            },
            explanation: &[SHARED],
            fields: answer.clone(),
            statement: Some(statement),
        }));
        Ok(Self {
            client: view.projection.dossier.person_name(&client),
            client_id: client,
            choices: Choices::in_case(&view.projection.dossier),
            request,
            view,
            steps,
        })
    }

    pub(super) fn case_id(&self) -> &str {
        &self.view.version.dossier_id
    }

    /// Address of the list of pages.
    pub(super) fn start(&self) -> String {
        format!("/zaken/{}/veiligheidsinformatie", self.case_id())
    }

    /// Address of a page.
    pub(super) fn address(&self, key: &str) -> String {
        format!("{}/{key}", self.start())
    }

    pub(super) fn step(&self, key: &str) -> Result<&Step, WebError> {
        self.steps.iter().find(|step| step.key == key).ok_or(WebError::NotFound)
    }

    pub(super) fn place(&self, key: &str) -> usize {
        self.steps.iter().position(|step| step.key == key).unwrap_or_default()
    }

    /// What was kept of a page.
    pub(super) fn filled(&self, step: &Step) -> Result<Filled, WebError> {
        let kept = unfinished::kept(self.request, &KEEPING.name(&step.key))?;
        Ok(kept.map(|kept| self.read(step, &kept.form, true)).unwrap_or_default())
    }

    /// What a form says.
    pub(super) fn read(&self, step: &Step, form: &Form, is_kept: bool) -> Filled {
        let mut reader = Reader { form, choices: &self.choices, problems: Vec::new() };
        let value = reader.group(&step.fields, &Value::Null, "").map(|value| bare(&value));
        let mut problems = reader.problems;
        if problems.is_empty()
            && let Some(value) = &value
        {
            problems = limits(step, value);
            problems.extend(self.addresses_in(step, value));
        }
        Filled { value, problems, is_kept }
    }

    /// Texts that hold an address of the client, one that is recorded or the one that is being handed in.
    fn addresses_in(&self, step: &Step, value: &Value) -> Vec<InputProblem> {
        let dossier = &self.view.projection.dossier;
        let mut places = Secrets::of(dossier).places_in(value);
        if step.key != ADDRESS
            && let Some(address) = self.given_address()
        {
            places.extend(Secrets::of_one(&address, dossier).places_in(value));
        }
        places.retain(|place| !place.starts_with("/adres/"));
        places.sort();
        places.dedup();
        let told = |pointer| InputProblem { pointer, code: SECRET_CODE.to_owned(), melding: SECRET_IN_TEXT.to_owned() };
        places.into_iter().map(told).collect()
    }

    /// The address that is being handed in and is not said to be open.
    fn given_address(&self) -> Option<Address> {
        let kept = unfinished::kept(self.request, &KEEPING.name(ADDRESS)).ok()??;
        let mut reader = Reader { form: &kept.form, choices: &self.choices, problems: Vec::new() };
        let value = bare(&reader.group(&self.step(ADDRESS).ok()?.fields, &Value::Null, "")?);
        let info = serde_json::from_value::<SafetyRequest>(value).ok()?.for_client(&self.client_id);
        let hidden = info.address.filter(|_| info.hide_address != Some(false))?;
        Some(hidden.recorded(AddressId(String::new()), info.hide_address))
    }

    /// All pages as they are handed in, with the pages on which something is wrong.
    pub(super) fn whole(&self) -> Result<Whole, WebError> {
        let (mut parts, mut answers, mut wrong) = (Map::new(), Vec::new(), Vec::new());
        for step in &self.steps {
            let filled = self.filled(step)?;
            if !filled.problems.is_empty() {
                wrong.push((self.address(&step.key), step.title.clone()));
            }
            let Some(Value::Object(mut fields)) = filled.value else { continue };
            match &step.statement {
                Some(statement) => {
                    fields.insert("over".to_owned(), json!(statement.id));
                    answers.push(Value::Object(fields));
                }
                None => parts.extend(fields),
            }
        }
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        parts.insert("antwoorden".to_owned(), Value::Array(answers));
        let given = serde_json::from_value(Value::Object(parts))
            .map_err(|error| WebError::Internal(format!("safety information: {error}")))?;
        Ok(Ok(given))
    }
}

/// What is longer or more than can be handed in, at its field.
fn limits(step: &Step, value: &Value) -> Vec<InputProblem> {
    if step.statement.is_some() {
        let length = value.get("toelichting").and_then(Value::as_str).map_or(0, |text| text.chars().count());
        let told = "Houd de toelichting onder de 5000 tekens.";
        return if length > 5000 { vec![InputProblem::field("toelichting", "too_long", told)] } else { Vec::new() };
    }
    let mut problems = Vec::new();
    for (place, item) in value.get("zorgen").and_then(Value::as_array).into_iter().flatten().enumerate() {
        if let Ok(concern) = serde_json::from_value::<ConcernRequest>(item.clone())
            && let Err(WebError::Invalid(found)) = checked(concern)
        {
            let at = |problem: InputProblem| InputProblem {
                pointer: format!("/zorgen/{place}{}", problem.pointer),
                ..problem
            };
            problems.extend(found.into_iter().map(at));
        }
    }
    if problems.is_empty()
        && let Ok(part) = serde_json::from_value::<SafetyRequest>(value.clone())
        && let Err(WebError::Invalid(found)) = checked(part)
    {
        problems.extend(found);
    }
    problems
}

/// What another parent or partner says of events in which the client has a part, as the client may read it.
/// A statement that only repeats another is left out: one answer is enough.
fn statements(dossier: &Dossier, client: &PersonId) -> Vec<StatementLine> {
    let adult = |role: FamilyRole| matches!(role, FamilyRole::Parent | FamilyRole::Partner);
    let is_other = |by: &str| {
        by != client.as_str() && dossier.persons.iter().any(|one| one.id.as_str() == by && adult(one.family_role))
    };
    let mut lines = Vec::new();
    for event in dossier.events.iter().filter(|event| event.actors.contains(client) || event.targets.contains(client)) {
        for said in event.statements.iter().filter(|said| is_other(said.by.as_str())) {
            if said.repeats.is_some() || said.kind == StatementKind::Admits {
                continue;
            }
            let day = said.made_on.map(dutch_date);
            let stands = said.source.as_ref().map(|source| source_line(dossier, source));
            lines.push(StatementLine {
                id: said.id.to_string(),
                by: format!("{} {}", dossier.party_name(&said.by), said.kind.label()),
                content: said.content.clone(),
                when: format!("{}, {}", event.kind.label(), time_words(&event.time)),
                source: [day, stands].into_iter().flatten().collect::<Vec<_>>().join(", "),
            });
        }
    }
    lines
}
