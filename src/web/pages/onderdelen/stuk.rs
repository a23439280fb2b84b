//! The form of one item: add, correct, remove.

use super::stand::{self, Missing};
use super::{File, Section, key_of, overnemen, section_of, title_of};
use crate::audit::ChangeReason;
use crate::dossier::Remark;
use crate::dossier::model::Dossier;
use crate::dossier::model::secrets::TOWN_CODE;
use crate::intake;
use crate::shared::dutch::capital;
use crate::web::error::{InputProblem, WebError};
use crate::web::forms::choices::Choices;
use crate::web::forms::read::{Reader, bare, placed};
use crate::web::forms::rows::{Maker, Row};
use crate::web::forms::shape::Field;
use crate::web::pages::frame::page_with_status;
use crate::web::pages::zeker::{self, Question};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use crate::web::unfinished::{self, GoOn, Keeping};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use validator::Validate;

/// Largest posted form.
pub const FORM_LIMIT: usize = 400_000;
/// Place of the reason for a change among the problems.
const REASON: &str = "/reden";
/// In the place of an id: an item that is not there yet.
const NEW: &str = "nieuw";

/// Whether one goes on with what was kept.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ItemQuery {
    /// "ja" to go on with what was kept before.
    #[serde(default)]
    #[validate(length(max = 2))]
    hervat: String,
    /// Number of what was handed in, of which something is taken over.
    #[serde(default)]
    #[validate(length(max = 36))]
    pub(super) uit: String,
    /// Which event of it, from 1.
    #[serde(default)]
    pub(super) gebeurtenis: usize,
    /// Which answer of it, from 1.
    #[serde(default)]
    pub(super) antwoord: usize,
}

#[derive(Serialize)]
struct ItemView {
    case_id: String,
    key: &'static str,
    section: &'static str,
    item: String,
    version: i64,
    is_new: bool,
    missing: Vec<Missing>,
    rows: Vec<Row>,
    /// Why what stood there changes; none for a new item.
    reasons: Vec<ReasonRow>,
    reason_error: Option<String>,
    unsaved: bool,
}

#[derive(Serialize)]
struct ReasonRow {
    value: &'static str,
    text: String,
    chosen: bool,
}

/// The reasons for a change, with what was chosen.
fn reasons(chosen: Option<ChangeReason>) -> Vec<ReasonRow> {
    let row = |reason: ChangeReason| ReasonRow {
        value: reason.as_str(),
        text: capital(reason.dutch()),
        chosen: chosen == Some(reason),
    };
    ChangeReason::ALL.into_iter().map(row).collect()
}

/// One item of a section, or a new one.
struct Desk<'r> {
    request: &'r Request,
    section: &'static Section,
    file: File,
    fields: Vec<Field>,
    choices: Choices,
    /// Where it stands in its list; none for a new one.
    place: Option<usize>,
    item: String,
}

/// What a page shows.
struct Shown<'a> {
    status: u16,
    value: &'a Value,
    problems: &'a [InputProblem],
    reason: Option<ChangeReason>,
    unsaved: bool,
    resumed: bool,
}

/// How the form is kept: under its section and item.
pub static KEEPING: Keeping = Keeping {
    part: "onderdelen",
    rest: |request, _| Ok(format!("{}/{}", section_of(request)?.key, request.key_param("item", 64)?)),
    go_on: |place| GoOn { below: format!("onderdelen/{place}?hervat=ja"), what: "Onderdelen".to_owned() },
    about: super::told_place,
    of_several: false,
};

impl<'r> Desk<'r> {
    fn open(request: &'r Request) -> Result<Self, WebError> {
        let (section, item) = (section_of(request)?, request.param("item")?);
        let file = File::open(request)?;
        let is_it = |value: &Value| key_of(value) == item;
        let place = file.items(section.list).iter().position(is_it);
        if place.is_none() && item != NEW {
            return Err(WebError::NotFound);
        }
        Ok(Self {
            request,
            section,
            fields: Field::of_type(section.kind)?,
            choices: Choices::in_case(&file.stored.dossier),
            file,
            place,
            item: item.to_owned(),
        })
    }

    fn stored(&self) -> Value {
        let items = self.file.items(self.section.list);
        self.place.and_then(|place| items.get(place)).cloned().unwrap_or_default()
    }

    fn list_address(&self) -> String {
        format!("/zaken/{}/onderdelen/{}", self.file.id(), self.section.key)
    }

    fn page(&self, shown: &Shown<'_>) -> Result<Reply, WebError> {
        self.page_telling(shown, None)
    }

    fn page_telling(&self, shown: &Shown<'_>, told: Option<&str>) -> Result<Reply, WebError> {
        let maker = Maker { choices: &self.choices, problems: shown.problems, inviting: false };
        let stored = self.stored();
        let title = match self.place {
            Some(_) => title_of(&self.file.stored.dossier, &stored),
            None => self.section.new.to_owned(),
        };
        let content = ItemView {
            case_id: self.file.id().to_owned(),
            key: self.section.key,
            section: self.section.title,
            item: self.item.clone(),
            version: self.file.stored.version.version,
            is_new: self.place.is_none(),
            missing: if self.place.is_some() { stand::missing(&self.fields, &stored) } else { Vec::new() },
            rows: maker.rows(&self.fields, shown.value, ""),
            reasons: if self.place.is_some() { reasons(shown.reason) } else { Vec::new() },
            reason_error: shown
                .problems
                .iter()
                .find(|problem| problem.pointer == REASON)
                .map(|problem| problem.melding.clone()),
            unsaved: shown.unsaved,
        };
        let name = KEEPING.name_of(self.request, &Form::default())?;
        let mut frame = self.file.frame(self.request, &title).with_message(told);
        // What was refused is newer than what was kept: going on with that would lose it.
        if shown.problems.is_empty() || shown.resumed {
            frame = frame.offering(self.request, &name, "")?;
        }
        if shown.resumed {
            frame = frame.resumed();
        }
        if !shown.problems.is_empty() {
            frame = frame.with_field_problems(shown.problems);
        }
        page_with_status(self.request, shown.status, "onderdeel-stuk", &frame, &content)
    }

    /// Asks whether this item may go.
    fn ask_removal(&self, version: i64, reason: Option<ChangeReason>) -> Result<Reply, WebError> {
        let title = title_of(&self.file.stored.dossier, &self.stored());
        let because = reason.map_or("", ChangeReason::dutch);
        let question = Question {
            lead:
                "U haalt dit weg uit het dossier. Bevindingen, conflicten en concepten rekenen er daarna niet meer mee."
                    .to_owned(),
            facts: vec![("Wat", title), ("Waar", self.section.title.to_owned()), ("Waarom", capital(because))],
            stays: "In de oudere versies van het dossier en in papieren die al zijn gemaakt, blijft het staan. Terugzetten \
                    kan alleen door het opnieuw in te voeren.",
            fields: vec![
                ("actie", "weghalen".to_owned()),
                ("versie", version.to_string()),
                ("reden", reason.map_or("", ChangeReason::as_str).to_owned()),
            ],
            act: "Weghalen uit het dossier",
            back: format!("{}/{}", self.list_address(), self.item),
        };
        zeker::ask(self.request, &self.file.frame(self.request, "Weghalen uit het dossier?"), &question)
    }

    /// What the form says, with what is missing in it.
    fn read(&self, form: &Form) -> (Value, Vec<InputProblem>) {
        let mut reader = Reader { form, choices: &self.choices, problems: Vec::new() };
        let value = reader.group(&self.fields, &self.stored(), "").unwrap_or_default();
        let mut problems = reader.problems;
        if value.is_null() && problems.is_empty() {
            problems.push(InputProblem::field("", "required", "Vul ten minste één veld in."));
        }
        (value, problems)
    }

    /// The dossier with this item in it, or without it when there is no value.
    fn changed(&self, value: Option<Value>) -> Result<Result<Dossier, Vec<InputProblem>>, WebError> {
        let mut whole = self.file.json.clone();
        let Some(items) = whole.get_mut(self.section.list).and_then(Value::as_array_mut) else {
            return Err(WebError::Internal(format!("form: no list {}", self.section.list)));
        };
        match (self.place, value) {
            (Some(place), Some(value)) => {
                if let Some(item) = items.get_mut(place) {
                    *item = value;
                }
            }
            (Some(place), None) => {
                items.remove(place);
            }
            (None, Some(value)) => items.push(value),
            (None, None) => {}
        }
        let bytes = serde_json::to_vec(&whole).map_err(|error| WebError::Internal(format!("json: {error}")))?;
        Ok(intake::read_change(&bytes, &self.file.stored.dossier).map_err(|found| {
            let told = |problem: intake::Problem| InputProblem {
                pointer: problem.pointer,
                code: problem.code,
                melding: problem.message,
            };
            self.in_form(found.into_iter().map(told))
        }))
    }

    /// Problems of the dossier as problems of this form.
    fn in_form(&self, problems: impl Iterator<Item = InputProblem>) -> Vec<InputProblem> {
        let count = self.file.items(self.section.list).len();
        let own = format!("/{}/{}", self.section.list, self.place.unwrap_or(count));
        let told = |problem: InputProblem| match problem.pointer.strip_prefix(&own) {
            Some(rest) => InputProblem { pointer: rest.to_owned(), ..problem },
            None => InputProblem {
                pointer: String::new(),
                melding: format!("Elders in het dossier: {}", problem.melding),
                ..problem
            },
        };
        problems.map(told).collect()
    }
}

/// The form of an item.
pub fn show_item(request: &Request) -> Result<Reply, WebError> {
    let query: ItemQuery = request.query()?;
    let desk = Desk::open(request)?;
    if query.hervat == "ja"
        && let Some(kept) = unfinished::kept(request, &KEEPING.name_of(request, &Form::default())?)?
    {
        let (value, _) = desk.read(&kept.form);
        let reason = ChangeReason::named(kept.form.text("reden"));
        return desk.page(&Shown { status: 200, value: &value, problems: &[], reason, unsaved: true, resumed: true });
    }
    let value = placed(&desk.stored());
    let shown = |unsaved| Shown { status: 200, value: &value, problems: &[], reason: None, unsaved, resumed: false };
    if !query.uit.is_empty() {
        let (value, told) = overnemen::filled(request, &desk.file.stored.dossier, &query, value.clone())?;
        return desk.page_telling(&Shown { value: &value, ..shown(true) }, Some(&told));
    }
    desk.page(&shown(false))
}

/// Records an item, or removes it.
pub fn record(request: &Request) -> Result<Reply, WebError> {
    let desk = Desk::open(request)?;
    let form = request.form()?;
    let version: i64 = form.text("versie").parse().map_err(|_| WebError::PreconditionRequired)?;
    let removes = form.text("actie") == "weghalen" && desk.place.is_some();
    let (value, problems) = if removes { (placed(&desk.stored()), Vec::new()) } else { desk.read(&form) };
    let reason = ChangeReason::named(form.text("reden"));
    let refused = |status, problems: &[InputProblem]| {
        desk.page(&Shown { status, value: &value, problems, reason, unsaved: true, resumed: false })
    };
    if !problems.is_empty() {
        return refused(422, &problems);
    }
    let dossier = match desk.changed((!removes).then(|| bare(&value)))? {
        Ok(dossier) => dossier,
        Err(problems) => return refused(422, &problems),
    };
    // Whoever reads the log later sees why something that stood there is different.
    let corrects = desk.place.is_some() && dossier != desk.file.stored.dossier;
    if corrects && reason.is_none() {
        return refused(422, &[InputProblem::field("reden", "required", "Kies waarom u dit wijzigt of weghaalt.")]);
    }
    if removes && !zeker::is_sure(&form) {
        return desk.ask_removal(version, reason);
    }
    let remark = Remark { places: form.named_places(), reason: reason.filter(|_| corrects) };
    let outcome = request.app.dossiers.update_saying(request.actor()?, desk.file.id(), version, &dossier, remark);
    match outcome.map_err(WebError::from) {
        Ok(_) => {
            unfinished::recorded(request, &form)?;
            let done = if removes { "weg" } else { "ja" };
            Ok(Reply::redirect(format!("{}?vastgelegd={done}", desk.list_address())))
        }
        Err(WebError::VersionConflict) => {
            let text = "Iemand anders heeft het dossier intussen gewijzigd. Uw invoer staat er nog. Kijk na wat de ander \
                        vastlegde, en leg dan opnieuw vast.";
            let told =
                InputProblem { pointer: String::new(), code: "version_conflict".to_owned(), melding: text.to_owned() };
            refused(412, &[told])
        }
        Err(WebError::Invalid(problems)) if problems.iter().all(|problem| problem.code == TOWN_CODE) => {
            refused(422, &desk.in_form(problems.into_iter()))
        }
        Err(error) => Err(error),
    }
}
