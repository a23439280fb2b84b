//! The dossier in sections, as a clerk fills it in: a list of tasks with what is still missing by name, a list of
//! items per section, and a form per item.
//!
//! The forms are made from the dossier's schema (`web::forms`); what is recorded goes through the ordinary intake
//! and becomes a new version of the dossier. A form is kept until it is recorded (`web::unfinished`).

mod overnemen;
mod stand;
mod stuk;

pub use stuk::{FORM_LIMIT, ItemQuery, KEEPING, record, show_item};

use super::frame::{Frame, page};
use crate::audit::View;
use crate::dossier::model::{Dossier, GezagRecord, Label, Relation};
use crate::dossier::record::StoredDossier;
use crate::shared::dutch::capital;
use crate::shared::hash::sha256_hex;
use crate::web::error::WebError;
use crate::web::forms::rows::ID;
use crate::web::forms::shape::Field;
use crate::web::reply::Reply;
use crate::web::request::Request;
use crate::web::views::facts::fact_view;
use crate::web::views::timeline::TimelineEntry;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use stand::Missing;
use validator::Validate;

/// A section of the dossier.
pub(super) struct Section {
    /// In the address.
    pub key: &'static str,
    /// List in the dossier.
    pub list: &'static str,
    /// Type in the schema.
    pub kind: &'static str,
    /// Heading.
    pub title: &'static str,
    /// What a new item is called on its page.
    new: &'static str,
}

const fn section(
    key: &'static str,
    list: &'static str,
    kind: &'static str,
    title: &'static str,
    new: &'static str,
) -> Section {
    Section { key, list, kind, title, new }
}

/// Sections with a form, in the order in which a file is filled in.
pub(super) const SECTIONS: [Section; 13] = [
    section("stukken", "documents", "DocumentRecord", "Stukken", "Nieuw stuk"),
    section("zaken", "matters", "Matter", "Zaken", "Nieuwe zaak"),
    section("personen", "persons", "Person", "Personen", "Nieuwe persoon"),
    section("instanties", "organisations", "Organisation", "Instanties", "Nieuwe instantie"),
    section("relaties", "relations", "Relation", "Relaties", "Nieuwe relatie"),
    section("gezag", "gezag", "GezagRecord", "Gezag", "Nieuw gegeven over het gezag"),
    section("gebeurtenissen", "events", "Event", "Gebeurtenissen", "Nieuwe gebeurtenis"),
    section("maatregelen", "measures", "Measure", "Maatregelen", "Nieuwe maatregel"),
    section("verzoeken", "requests", "Request", "Verzoeken", "Nieuw verzoek"),
    section("hulp", "help", "HelpTrack", "Hulp", "Nieuwe hulp"),
    section("horen", "child_hearings", "ChildHearing", "Horen van kinderen", "Een kind dat wordt gehoord"),
    section("instrumenten", "instrument_results", "InstrumentResult", "Instrumenten", "Nieuwe uitkomst"),
    section(
        "voorstellen",
        "proposals",
        "JointProposal",
        "Voorstellen om samen te praten of te zorgen",
        "Nieuw voorstel",
    ),
];

/// What was just done.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SectionQuery {
    /// "ja" after recording, "weg" after removing.
    #[serde(default)]
    #[validate(length(max = 3))]
    vastgelegd: String,
}

/// A case for a clerk, whole.
pub(super) struct File {
    pub stored: StoredDossier,
    pub json: Value,
}

impl File {
    pub(super) fn open(request: &Request) -> Result<Self, WebError> {
        let stored = request.app.dossiers.get(request.actor()?, request.id_param("dossier")?, View::Export)?;
        let json =
            serde_json::to_value(&stored.dossier).map_err(|error| WebError::Internal(format!("json: {error}")))?;
        Ok(Self { stored, json })
    }

    pub(super) fn id(&self) -> &str {
        &self.stored.version.dossier_id
    }

    fn items(&self, list: &str) -> &[Value] {
        self.json.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    fn frame(&self, request: &Request, title: &str) -> Frame {
        let dossier = &self.stored.dossier;
        let frame = Frame::new(request, title).about_case(request, self.id(), &dossier.reference);
        frame.telling_of(request, self.id(), dossier)
    }
}

pub(super) fn section_of(request: &Request) -> Result<&'static Section, WebError> {
    let key = request.param("onderdeel")?;
    SECTIONS.iter().find(|section| section.key == key).ok_or(WebError::NotFound)
}

/// What an item is called in an address: its id, or, when its type has none, a mark of what stands in it.
pub(super) fn key_of(item: &Value) -> String {
    let id = item.get(ID).and_then(Value::as_str).map(str::to_owned);
    let mark = || format!("g-{}", sha256_hex(item.to_string().as_bytes()).chars().take(16).collect::<String>());
    id.unwrap_or_else(mark)
}

/// What an item is called in a list.
pub(super) fn title_of(dossier: &Dossier, item: &Value) -> String {
    let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    if let Ok(relation) = serde_json::from_value::<Relation>(item.clone()) {
        let (from, to) = (dossier.person_name(&relation.from), dossier.person_name(&relation.to));
        return format!("{from}, {} {to}", relation.kind.label());
    }
    if let Ok(gezag) = serde_json::from_value::<GezagRecord>(item.clone()) {
        let (child, holder) = (dossier.person_name(&gezag.child), dossier.party_name(&gezag.holder));
        return format!("{child}: {holder}, {}", gezag.form.label());
    }
    let named = text("title").or_else(|| text("name"));
    named.or_else(|| text("id").map(|id| capital(&fact_view(dossier, &id).text))).unwrap_or_default()
}

/// Where a fact of the timeline is corrected, below the address of the case.
#[must_use]
pub fn form_of(entry: &TimelineEntry) -> Option<String> {
    let section = match entry.category.as_str() {
        "gebeurtenis" => "gebeurtenissen",
        "maatregel" => "maatregelen",
        "zitting" | "processtap" => "zaken",
        "verzoek" => "verzoeken",
        "hulp" => "hulp",
        "instrument" => "instrumenten",
        "kindgesprek" => "horen",
        _ => return None,
    };
    Some(format!("onderdelen/{section}/{}", entry.id))
}

/// What a form that was kept is about: "gebeurtenissen, nieuwe gebeurtenis".
fn told_place(dossier: &Dossier, place: &str) -> Option<String> {
    let (key, item) = place.split_once('/')?;
    let section = SECTIONS.iter().find(|section| section.key == key)?;
    let json = serde_json::to_value(dossier).ok()?;
    let items = json.get(section.list).and_then(Value::as_array)?;
    let title = match items.iter().find(|value| key_of(value) == item) {
        Some(found) => title_of(dossier, found),
        None => section.new.to_owned(),
    };
    Some(format!("{}, {title}", section.title.to_lowercase()))
}

#[derive(Serialize)]
struct TasksView {
    case_id: String,
    sections: Vec<TaskLine>,
    summary: String,
}

#[derive(Serialize)]
struct TaskLine {
    key: &'static str,
    title: &'static str,
    state: String,
    done: bool,
    missing: Vec<String>,
}

/// The sections, each with how far it is and what is missing.
pub fn tasks(request: &Request) -> Result<Reply, WebError> {
    let file = File::open(request)?;
    let mut sections = Vec::new();
    for section in &SECTIONS {
        let fields = Field::of_type(section.kind)?;
        let items = file.items(section.list);
        let missing: Vec<Vec<Missing>> = items.iter().map(|item| stand::missing(&fields, item)).collect();
        let complete = missing.iter().filter(|missing| missing.is_empty()).count();
        let (all, open) = (items.len(), missing.iter().map(Vec::len).sum::<usize>());
        sections.push(TaskLine {
            key: section.key,
            title: section.title,
            state: match (all, open) {
                (0, _) => "Nog leeg".to_owned(),
                (_, 0) => format!("Alles ingevuld ({all})"),
                _ => format!("{complete} van {all} volledig"),
            },
            done: all > 0 && open == 0,
            missing: stand::counted(missing.into_iter().flatten()),
        });
    }
    let done = sections.iter().filter(|section| section.done).count();
    let content = TasksView {
        case_id: file.id().to_owned(),
        summary: format!("Bij {done} van de {} onderdelen is alles ingevuld.", SECTIONS.len()),
        sections,
    };
    page(request, "onderdelen", &file.frame(request, "Onderdelen van het dossier"), &content)
}

#[derive(Serialize)]
struct SectionView {
    case_id: String,
    key: &'static str,
    new: &'static str,
    items: Vec<ItemLine>,
}

#[derive(Serialize)]
struct ItemLine {
    id: String,
    title: String,
    missing: Vec<Missing>,
    /// What may be a slip.
    doubts: Vec<String>,
}

/// The items of one section, each with links to the fields that miss something.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let query: SectionQuery = request.query()?;
    let section = section_of(request)?;
    let file = File::open(request)?;
    let fields = Field::of_type(section.kind)?;
    let line = |item: &Value| ItemLine {
        id: key_of(item),
        title: title_of(&file.stored.dossier, item),
        missing: stand::missing(&fields, item),
        doubts: stand::older_sources(&file.stored.dossier, &key_of(item)),
    };
    let content = SectionView {
        case_id: file.id().to_owned(),
        key: section.key,
        new: section.new,
        items: file.items(section.list).iter().map(line).collect(),
    };
    let message = match query.vastgelegd.as_str() {
        "ja" => Some("Vastgelegd in een nieuwe versie van het dossier."),
        "weg" => Some("Weggehaald. In de oudere versies van het dossier blijft het staan."),
        _ => None,
    };
    page(request, "onderdeel", &file.frame(request, section.title).with_message(message), &content)
}
