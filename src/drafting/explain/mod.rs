//! A sealed decision in plain language: a paper for each adult party, and one for each child of
//! twelve or older that it concerns.
//!
//! The words are made from the plan that the decision was drafted from, never read out of its
//! prose. Where a decision was rewritten by hand the plan no longer tells it; then its own text
//! stands there word for word, and what cannot be told that way is held back with the reason.
//!
//! - `sealed`: what the sealed text still shares with its draft.
//! - `eyes`: who reads, and what everyone is called.
//! - `family`, `criminal`, `home`: what each kind of decision says to one reader.
//! - `readers`: who gets a paper, and who does not and why.
//! - `service`: the papers of a case, for who may read them.
//! - `terms`: words of law and their explanation.

mod criminal;
mod eyes;
mod family;
mod home;
mod readers;
mod rules;
mod sealed;
mod service;
mod terms;

pub use sealed::SealedText;
pub use service::Explained;

use super::model::DraftKind;
use super::view::Part;
use super::{DraftError, markup, parts, render, shield, words};
use crate::documents::model::{Block, DocumentMeta, DocumentModel, Inline};
use crate::documents::reading::{self, Measured};
use crate::dossier::model::{Dossier, InterventionBasis};
use crate::dossier::projection;
use crate::shared::dutch::capital;
use crate::shared::ids::PersonId;
use eyes::Eyes;
use sealed::OwnText;
use serde_json::{Map, Value, json};

/// An explanation for one reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// File name without extension; never a name of a person.
    pub name: String,
    /// For whom.
    pub person: PersonId,
    /// Whether that is a child.
    pub for_child: bool,
    /// Whether this reader may read the decision itself as well: of a criminal matter, who is protected by it
    /// reads only what protects them.
    pub whole: bool,
    /// The name of the reader, for a list.
    pub reader: String,
    /// The paper.
    pub model: DocumentModel,
    /// In what its own words fall short of the reading level, in Dutch; empty when they meet it.
    pub too_hard: Vec<String>,
    /// How hard its own words are; what is printed word for word from the decision is left out.
    pub measured: Measured,
}

/// Why someone has no paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBack {
    /// Whom it is about.
    pub reader: String,
    /// Why, as a Dutch sentence.
    pub reason: String,
}

/// The explanations of one sealed document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanations {
    /// Papers: adults first, then children, each in the order of the file.
    pub papers: Vec<Explanation>,
    /// Who has none, and why.
    pub held_back: Vec<HeldBack>,
}

/// Explains a sealed document to everyone whom it concerns. `dossier` is the version that the draft
/// was made from. A document that is no decision has no explanation.
///
/// # Errors
/// When a template is missing or broken.
pub fn explain(dossier: &Dossier, kind: DraftKind, text: &SealedText<'_>) -> Result<Explanations, DraftError> {
    let parts = parts::parts_of(dossier, kind);
    let part = parts.iter().find(|part| part.name == text.document);
    let Some(part) = part.filter(|part| readers::is_decision(part.name)) else { return Ok(Explanations::default()) };
    let projection = projection::for_documents(dossier, part.domain);
    let paper = Paper { dossier, file: &projection.dossier, part, text, own: sealed::own_text(text) };
    let found = readers::readers(&paper);
    let mut papers = Vec::new();
    for (place, person) in found.adults.iter().enumerate() {
        papers.push(paper.write(person, false, format!("partij-{}", place.saturating_add(1)))?);
    }
    for (place, person) in found.children.iter().enumerate() {
        papers.push(paper.write(person, true, format!("kind-{}", place.saturating_add(1)))?);
    }
    Ok(Explanations { papers, held_back: found.held_back })
}

/// Everything that the papers of one document are made from.
struct Paper<'a> {
    dossier: &'a Dossier,
    file: &'a Dossier,
    part: &'a Part<'a>,
    text: &'a SealedText<'a>,
    own: OwnText,
}

impl Paper<'_> {
    fn write(&self, person: &PersonId, child: bool, name: String) -> Result<Explanation, DraftError> {
        let template =
            if child { format!("uitleg-kind-{}", self.part.name) } else { format!("uitleg-{}", self.part.name) };
        let fail = |detail: String| DraftError::Template { document: template.clone(), detail };
        let meta = &self.text.sealed.meta;
        let eyes = Eyes { file: self.file, you: person, child, on: meta.dated };
        let data = render::Data::from(self.data(&eyes));
        let verbatim = self.verbatim();
        let terms = terms::terms().map_err(fail)?;
        let body = render::render(&template, &data)
            .and_then(|text| markup::parse_with(&text, verbatim.iter().cloned().collect()))
            .map_err(fail)?;
        let blocks = terms::explained(body.blocks, terms, child);
        let own: Vec<&Block> = verbatim.iter().map(|(_, block)| block).collect();
        let measured = reading::measure(readable(&blocks, &own).iter().map(String::as_str));
        let standard = if child { &reading::CHILD } else { &reading::ADULT };
        let mut too_hard = measured.shortcomings(standard);
        too_hard
            .extend(terms::unexplained(&blocks, terms).into_iter().map(|word| format!("“{word}” is niet uitgelegd")));
        let mut blocks = rules::together(blocks, &own);
        shield::redact(self.dossier, &mut blocks);
        let title = blocks.first().map(|block| block.text_lines().concat()).unwrap_or_default();
        let meta = DocumentMeta {
            title,
            author: meta.author.clone(),
            running_header: format!("Uitleg, geen beslissing: {}", meta.running_header),
            concept: false,
            control_code: meta.control_code.clone(),
            dated: meta.dated,
            compact: false,
        };
        let reader = self.file.person_name(person);
        let model = DocumentModel { meta, blocks };
        // The last net here is not a black bar: a text with holes is not the text that was sealed.
        let whole = self.hears_all(&eyes) && !shield::holds(self.dossier, &self.text.sealed.blocks);
        Ok(Explanation { name, person: person.clone(), for_child: child, whole, reader, model, too_hard, measured })
    }

    /// What is printed word for word, by the name under which a template asks for it.
    fn verbatim(&self) -> Vec<(&'static str, Block)> {
        let list = |points: &[Vec<Inline>]| Block::List { ordered: false, items: points.to_vec() };
        [("eigen", &self.own.points), ("rechtsmiddel", &self.own.remedy)]
            .into_iter()
            .filter(|(_, points)| !points.is_empty())
            .map(|(name, points)| (name, list(points)))
            .collect()
    }

    /// Of the criminal matter, who is protected hears only of that, also in somebody's own words.
    fn hears_all(&self, eyes: &Eyes<'_>) -> bool {
        !eyes.child && !readers::is_only_protected(self, eyes.you)
    }

    fn data(&self, eyes: &Eyes<'_>) -> Value {
        let meta = &self.text.sealed.meta;
        let person = self.file.find_person(eyes.you);
        let counsel = person.and_then(|person| person.counsel.as_ref()).map(|counsel| match &counsel.place {
            Some(place) => format!("{} te {place}", counsel.name),
            None => counsel.name.clone(),
        });
        let name = if eyes.child {
            person.and_then(|person| super::view::given_name(self.file, person)).map(str::to_owned)
        } else {
            None
        };
        let mut data = Map::new();
        data.extend([
            ("voor".to_owned(), json!(name.unwrap_or_else(|| self.file.person_name(eyes.you)))),
            ("titel".to_owned(), json!(meta.title)),
            ("instantie".to_owned(), json!(meta.author)),
            ("datum".to_owned(), words::day(self.own.day_is_sure.then_some(meta.dated))),
            ("nummers".to_owned(), json!(meta.running_header)),
            ("versie".to_owned(), json!(self.text.version.to_string())),
            ("code".to_owned(), json!(meta.control_code)),
            ("advocaat".to_owned(), json!(counsel)),
            ("herschreven".to_owned(), json!(self.own.rewritten)),
            ("eigen".to_owned(), json!(!self.own.points.is_empty() && self.hears_all(eyes))),
            ("meer".to_owned(), json!(!self.own.points.is_empty())),
            ("van_de_rechter".to_owned(), json!(self.own.by_judge && self.is_by_judge())),
            ("rechtsmiddel_eigen".to_owned(), json!(!self.own.remedy.is_empty())),
            ("jeugdbeschermer".to_owned(), json!(readers::jeugdbeschermer(self, eyes))),
            ("besluit".to_owned(), self.decision(eyes)),
        ]);
        Value::Object(data)
    }

    fn decision(&self, eyes: &Eyes<'_>) -> Value {
        let plans = &self.file.plans;
        let huisverbod = plans.huisverbod.as_ref();
        let data = match self.part.name {
            "gezag" => plans.gezag.as_ref().map(|plan| family::gezag(eyes, plan)),
            "omgang" => plans.omgang.as_ref().map(|plan| family::omgang(eyes, plan)),
            "gedragsinterventie" => plans.gedragsinterventie.as_ref().map(|plan| criminal::intervention(eyes, plan)),
            "huisverbod-verlenging" => huisverbod.map(|plan| home::huisverbod(eyes, plan)),
            "huisverbod-beroep" => huisverbod.map(|plan| home::review(eyes, plan)),
            _ => huisverbod.map(|plan| home::provisional(eyes, plan)),
        };
        data.unwrap_or_default()
    }

    /// Whether a judge decides: the mayor extends a huisverbod, the public prosecutor gives a gedragsaanwijzing.
    fn is_by_judge(&self) -> bool {
        let plan = self.file.plans.gedragsinterventie.as_ref();
        match self.part.name {
            "huisverbod-verlenging" => false,
            "gedragsinterventie" => plan.is_none_or(|plan| plan.basis != InterventionBasis::Sv509hh),
            _ => true,
        }
    }
}

/// The words that the program is answerable for: all but headings, sources, and what is printed word for word.
fn readable(blocks: &[Block], verbatim: &[&Block]) -> Vec<String> {
    let told = |content: &[Inline]| -> String {
        content.iter().filter(|inline| !matches!(inline, Inline::Source(_))).map(Inline::text).collect()
    };
    let mut lines = Vec::new();
    for block in blocks.iter().filter(|block| !verbatim.contains(block)) {
        match block {
            Block::Paragraph { content, .. } | Block::Notice { content, .. } => lines.push(told(content)),
            Block::List { items, .. } => lines.extend(items.iter().map(|item| told(item))),
            _ => {}
        }
    }
    lines
}

/// How a reading level is told: no number, only whether it is met and if not, why.
#[must_use]
pub fn reading_level(too_hard: &[String]) -> String {
    if too_hard.is_empty() { "voldoet".to_owned() } else { format!("voldoet niet, omdat {}", too_hard.join("; ")) }
}

/// The name of a reader with what they are: for a list of papers.
#[must_use]
pub fn for_whom(paper: &Explanation) -> String {
    let what = if paper.for_child { "kind van 12 jaar of ouder" } else { "partij" };
    format!("{} ({what})", capital(&paper.reader))
}
