//! A question about a fact as a sheet asks it: to whom in this matter, and from what an answer can come. What lies in
//! the file already is named by its title; a way that brings no fact in this matter is left out.

use super::asked::put_to;
use super::room;
use crate::assessment::model::{Question, QuestionKind, Sourced};
use crate::dossier::model::{AnswerStance, Domain, Event, FactSource, Label, StatementKind};
use crate::drafting::{law, view::Scene, words};
use serde_json::{Value, json};

/// How someone who is no party is heard in the criminal matter; who may refuse is for the court.
const AS_WITNESS: &str = "wie het meemaakte: als getuige, door de rechter-commissaris of ter zitting";

/// Papers of the file that a question names at most; where texts are cut, fewer.
const PAPERS: usize = 4;
const PAPERS_IN_SHORT: usize = 3;

/// Where a quotation in a question ends.
const QUOTED: &str = "\". ";

/// Whether a way to an answer exists in this matter: talks of a judge with a child, advice of the Raad and release of
/// the criminal file belong to the other matters, a witness before the examining magistrate to the criminal one.
fn is_a_way_here(domain: Domain, item: &Sourced) -> bool {
    if domain == Domain::Criminal {
        !["art. 809 Rv", "art. 810 Rv", "art. 39f"].iter().any(|article| cites(item, article))
    } else {
        !cites(item, "art. 316 Sv") && (domain == Domain::Family || !cites(item, "art. 810 Rv"))
    }
}

fn cites(item: &Sourced, article: &str) -> bool {
    item.sources.iter().any(|source| source.reference.starts_with(article))
}

/// What the file of this matter holds of the facts that a question is about.
struct Known<'s> {
    events: Vec<&'s Event>,
    /// Titles with their page.
    papers: Vec<String>,
    /// Whether somebody observed it in a profession, and that stands in the file.
    observed: bool,
    /// Whether a paper of the criminal file is among them.
    released: bool,
}

impl<'s> Known<'s> {
    fn of(scene: &'s Scene<'_>, question: &Question) -> Self {
        let events: Vec<&Event> =
            question.facts.iter().filter_map(|id| scene.file.find_event_by_fact(id.as_str())).collect();
        let mut known = Self { events, papers: Vec::new(), observed: false, released: false };
        for event in known.events.clone() {
            for statement in &event.statements {
                let here = known.add(scene, statement.source.as_ref());
                known.observed |= here && statement.kind == StatementKind::Observes;
            }
            for answer in &event.answers {
                known.add(scene, answer.source.as_ref());
            }
        }
        known
    }

    /// Names a paper once; whether it is part of the file of this matter.
    fn add(&mut self, scene: &Scene<'_>, source: Option<&FactSource>) -> bool {
        let Some(source) = source else { return false };
        let document = scene.file.documents.iter().find(|document| document.id == source.document);
        let own = |foreign: Option<Domain>| scene.domain == Domain::Family || foreign.is_none();
        let Some(document) = document.filter(|document| own(document.foreign_to(scene.domain))) else { return false };
        let page = source.page.map(|page| format!(", p. {page}")).unwrap_or_default();
        let paper = format!("{}{page}", document.title);
        if !self.papers.contains(&paper) {
            self.papers.push(paper);
        }
        self.released |= document.restriction.as_ref().is_some_and(|own| own.origin == Domain::Criminal);
        true
    }

    /// "Bas erkent gedeeltelijk": what was admitted is no longer the question.
    fn admitted(&self, scene: &Scene<'_>) -> Option<String> {
        let admits = |stance| matches!(stance, AnswerStance::Admits | AnswerStance::PartlyAdmits);
        let answers = self.events.iter().flat_map(|event| &event.answers);
        let told: Vec<String> = answers
            .filter(|answer| admits(answer.stance) && scene.domain == Domain::Family)
            .map(|answer| format!("{} {}", scene.person(&answer.by), answer.stance.label()))
            .collect();
        (!told.is_empty()).then(|| words::list(&told))
    }
}

pub(super) fn row(scene: &Scene<'_>, question: &Question) -> Value {
    let known = Known::of(scene, question);
    let kind = match question.kind {
        _ if scene.has_open_critical_sign(&question.facts) => "gesteld kritiek signaal dat niet vaststaat",
        QuestionKind::Answer => "een bevinding wacht op dit antwoord",
        QuestionKind::Hinge => "het antwoord verandert een bevinding",
        QuestionKind::Critical => "gesteld kritiek signaal dat niet vaststaat",
        QuestionKind::Missing => "het dossier zegt hierover niets",
    };
    json!({
        "feit": scene.label_list(&question.facts),
        "vraag": in_short(&question.about, room::of(scene.step).text),
        "ook": Value::Null,
        "soort": known.admitted(scene).map_or_else(|| kind.to_owned(), |admitted| format!("{kind}; {admitted}")),
        "aan": asked_of(scene, question, &known),
        "uit": answered_by(scene, question, &known),
    })
}

/// A question of at most so many signs: of what it quotes the end is cut off, never what is asked about it.
fn in_short(about: &str, most: usize) -> String {
    let Some((quoted, asked)) = about.rsplit_once(QUOTED).filter(|_| about.chars().count() > most) else {
        return about.to_owned();
    };
    let end = format!("{QUOTED}{asked}");
    // Two signs for what shows that it was cut.
    let most = most.saturating_sub(end.chars().count()).saturating_sub(2);
    format!("{}{end}", room::shortened(quoted, most))
}

/// An item with its sources.
fn sourced(text: &str, item: &Sourced) -> Value {
    let sources: Vec<String> = item.sources.iter().map(law::cite).collect();
    json!({ "tekst": text, "bron": words::text_or_null(&sources.join("; ")) })
}

/// To whom it is put. A judge hears a child for its opinion, not to establish what somebody did.
fn asked_of(scene: &Scene<'_>, question: &Question, known: &Known<'_>) -> Vec<Value> {
    let criminal = scene.domain == Domain::Criminal;
    let of_fact = !known.events.is_empty();
    // Who observed it in a profession wrote it down: that paper is named.
    let wrote = |item: &Sourced| {
        known.observed
            && !criminal
            && scene.file.organisations.iter().any(|organisation| organisation.name == item.text)
    };
    let mut list: Vec<Value> = question
        .put_to
        .iter()
        .filter(|item| is_a_way_here(scene.domain, item) && !(of_fact && cites(item, "art. 809 Rv")) && !wrote(item))
        .map(|item| {
            if criminal { sourced(&item.text.replace(", apart gehoord", ""), item) } else { sourced(&item.text, item) }
        })
        .collect();
    // Who cannot be asked in the ways of another court can be a witness in this one.
    if criminal && question.put_to.iter().any(|item| !is_a_way_here(scene.domain, item)) {
        list.push(json!({ "tekst": AS_WITNESS, "bron": law::find("art. 217 Sv").map(|source| law::cite(&source)) }));
    }
    if list.is_empty() {
        list.push(json!({ "tekst": put_to(scene.domain), "bron": Value::Null }));
    }
    list
}

/// What could answer it: first the papers that are in the file, then what is still to come.
fn answered_by(scene: &Scene<'_>, question: &Question, known: &Known<'_>) -> Vec<Value> {
    let mut list = Vec::new();
    if !known.papers.is_empty() {
        let most = if room::cuts_texts(scene.step) { PAPERS_IN_SHORT } else { PAPERS };
        let more = match known.papers.len().saturating_sub(most) {
            0 => String::new(),
            1 => " en 1 ander stuk".to_owned(),
            left => format!(" en {left} andere stukken"),
        };
        let papers: Vec<&str> = known.papers.iter().take(most).map(String::as_str).collect();
        list.push(json!({ "tekst": format!("in het dossier: {}{more}", papers.join("; ")), "bron": Value::Null }));
    }
    let ways = question.could_answer.iter().filter(|item| is_a_way_here(scene.domain, item));
    for item in ways.filter(|item| !(known.observed && cites(item, "art. 7:457 BW"))) {
        let text =
            if known.released { item.text.replacen("stukken uit", "andere stukken uit", 1) } else { item.text.clone() };
        list.push(sourced(&text, item));
    }
    list
}
