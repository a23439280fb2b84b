//! Sealed decisions in plain language, through the same review that a court uses.

mod golden;
mod own_words;
mod plain;
mod readers;

use super::{drafts_of, drafts_with_demo_findings};
use crate::support::{Backend, People, TestDb};
use combizitting::documents::model::{Block, DocumentModel, Inline};
use combizitting::dossier::Dossiers;
use combizitting::dossier::model::{Domain, Dossier};
use combizitting::dossier::record::NewAssignment;
use combizitting::drafting::explain::{Explained, Explanation};
use combizitting::drafting::model::{DraftKind, DraftSet};
use combizitting::drafting::review::model::StepKind;
use combizitting::drafting::review::{Paper, Said, StepWish, TextChange};
use combizitting::drafting::service::Drafts;
use combizitting::identity::Actor;
use serde_json::json;

/// Words with which a judge fills a blank.
pub const FILLED: &str = "zoals de rechter hier invult";

/// A case with one draft, in the hands of a clerk and a judge.
pub struct Desk {
    test: TestDb,
    pub people: People,
    pub dossiers: Dossiers,
    pub drafts: Drafts,
    pub dossier: String,
    pub draft: String,
    pub set: DraftSet,
}

impl Desk {
    pub fn of(dossier: &Dossier, kind: DraftKind) -> Self {
        Self::with(dossier, drafts_with_demo_findings(dossier, kind))
    }

    /// With a set of drafts; what holds it back is settled, so that every document can be sealed.
    pub fn with(dossier: &Dossier, mut set: DraftSet) -> Self {
        assert!(!set.is_refused(), "{:?}", set.problems);
        set.problems.clear();
        let test = TestDb::new(Backend::Sqlite);
        let people = People::add_to(&test.db);
        let (dossiers, drafts) = (Dossiers::new(test.db.clone()), Drafts::new(test.db.clone()));
        let id = dossiers.create(&people.griffier, dossier).unwrap().dossier_id;
        let judge = NewAssignment {
            user_id: people.rechter.user_id.clone(),
            domains: vec![Domain::Family, Domain::Criminal, Domain::Administrative],
            ..NewAssignment::default()
        };
        dossiers.assign(&people.griffier, &id, &judge).unwrap();
        let receipt = json!({"receipt": {"dossier_hash": "abc", "frameworks": []}});
        let draft = drafts.save(&people.griffier, &id, 1, &set, receipt).unwrap().id;
        Self { test, people, dossiers, drafts, dossier: id, draft, set }
    }

    pub fn step(&self, who: &Actor, document: &str, step: StepKind, changes: Vec<TextChange>) -> Paper {
        let after = self.drafts.paper(who, &self.dossier, &self.draft, document).unwrap().number;
        let reason = if step.needs_reason() { "Dat is nodig." } else { "" };
        let wish = StepWish { after, step, reason: reason.to_owned(), changes, said: Said::default() };
        self.drafts.step(who, &self.dossier, &self.draft, document, wish).unwrap()
    }

    /// Offers, approves and seals a document after these changes by the judge.
    pub fn seal_with(&self, document: &str, changes: Vec<TextChange>) -> Paper {
        let (clerk, judge) = (&self.people.griffier, &self.people.rechter);
        if !changes.is_empty() {
            self.step(judge, document, StepKind::Amended, changes);
        }
        self.step(clerk, document, StepKind::Offered, Vec::new());
        self.step(judge, document, StepKind::Approved, Vec::new());
        self.step(clerk, document, StepKind::Sealed, Vec::new())
    }

    /// Seals a document with every blank of its decision filled in.
    pub fn seal(&self, document: &str) -> Paper {
        let model = &self.set.documents.iter().find(|draft| draft.name == document).unwrap().model;
        self.seal_with(document, fillings(model))
    }

    pub fn db(&self) -> &combizitting::db::Database {
        &self.test.db
    }

    pub fn explained(&self, who: &Actor) -> Vec<Explained> {
        self.drafts.explanations(who, &self.dossier, Some(&self.draft)).unwrap()
    }

    /// The papers of one document.
    pub fn papers(&self, document: &str) -> Vec<Explanation> {
        let found = self.explained(&self.people.rechter);
        let one = found.into_iter().find(|explained| explained.sealed.document == document);
        one.map(|explained| explained.found.papers).unwrap_or_default()
    }

    /// Who has none, and why.
    pub fn held_back(&self, document: &str) -> Vec<(String, String)> {
        let found = self.explained(&self.people.rechter);
        let one = found.into_iter().find(|explained| explained.sealed.document == document).unwrap();
        one.found.held_back.into_iter().map(|held| (held.reader, held.reason)).collect()
    }
}

/// Every blank of the decision, filled in, the rest of its text as it was.
fn fillings(model: &DocumentModel) -> Vec<TextChange> {
    let mut inside = false;
    let mut changes = Vec::new();
    for (place, block) in model.blocks.iter().enumerate() {
        match block {
            Block::PageBreak => break,
            Block::Heading { level: 2, text, .. } => {
                inside = ["Beslissing", "Besluit", "Rechtsmiddel"].contains(&text.as_str());
            }
            Block::Paragraph { content, .. } if inside && content.iter().any(|one| matches!(one, Inline::Blank(_))) => {
                let text = content.iter().map(|one| match one {
                    Inline::Blank(_) => FILLED.to_owned(),
                    other => other.text(),
                });
                changes.push(TextChange::replace(place, text.collect::<String>()));
            }
            _ => {}
        }
    }
    changes
}

/// Place and text of the first paragraph that begins so.
pub fn paragraph(model: &DocumentModel, begin: &str) -> (usize, String) {
    let found = model.blocks.iter().enumerate().find_map(|(place, block)| match block {
        Block::Paragraph { content, .. } => {
            let text: String = content.iter().map(Inline::text).collect();
            text.starts_with(begin).then_some((place, text))
        }
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no paragraph begins with {begin}"))
}

pub fn text(paper: &Explanation) -> String {
    paper.model.text_lines().join("\n")
}

/// The decisions of a draft, without the bridge.
pub fn decisions(set: &DraftSet) -> Vec<String> {
    set.documents.iter().map(|draft| draft.name.clone()).filter(|name| name != "beschermingsbrug").collect()
}

/// A desk with the demo family, every decision of the kind sealed.
pub fn sealed_desk(dossier: &Dossier, kind: DraftKind) -> Desk {
    let desk = Desk::of(dossier, kind);
    for document in decisions(&desk.set) {
        desk.seal(&document);
    }
    desk
}

/// As `sealed_desk`, for a file with findings of its own.
pub fn sealed_file(dossier: &Dossier, kind: DraftKind) -> Option<Desk> {
    let set = drafts_of(dossier, kind);
    if set.is_refused() {
        return None;
    }
    let desk = Desk::with(dossier, set);
    for document in decisions(&desk.set) {
        desk.seal(&document);
    }
    Some(desk)
}
