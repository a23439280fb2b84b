//! What is asked of the judge, what the judge asks, and what the assessment says.

use super::HEARING_FILE;
use super::room::{Room, cut, left_out};
use crate::assessment::model::{Question, QuestionKind, Sourced};
use crate::dossier::model::{Event, Evidence};
use crate::drafting::{law, view::Scene, words};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Requests in this matter, each with the positions of the others in one sentence.
pub(super) fn requests(scene: &Scene<'_>, room: &Room) -> Value {
    let own = scene.matter.map(|matter| &matter.id);
    let rows = scene.file.requests.iter().filter(|request| Some(&request.matter) == own).map(|request| {
        let positions: Vec<String> = request
            .positions
            .iter()
            .map(|position| format!("{} {}", scene.party(&position.by), words::stance(position.stance)))
            .collect();
        json!({
            "wie": scene.party(&request.by),
            "inhoud": request.content,
            "grondslag": request.basis,
            "standpunten": words::text_or_null(&positions.join("; ")),
        })
    });
    cut(rows.collect(), room.requests, ("verzoek", "verzoeken"), "de pagina Overzicht")
}

/// Questions that can turn a finding which this judge decides on first; a fact that is settled in
/// this matter is no question here.
pub(super) fn questions(scene: &Scene<'_>, room: &Room) -> Value {
    let all = scene.usable_questions();
    let decided = decided_criteria(scene);
    let mut rows: Vec<&Question> =
        all.iter().map(|(question, _)| *question).filter(|question| is_open_here(scene, question)).collect();
    rows.sort_by_key(|question| {
        let turns = question.decides.iter().any(|criterion| decided.contains(criterion));
        (question.kind != QuestionKind::Answer, !turns && !scene.has_open_critical_sign(&question.facts))
    });
    let left = all.len().saturating_sub(rows.len().min(room.questions));
    let rows: Vec<Value> = rows.into_iter().take(room.questions).map(|question| row(scene, question)).collect();
    json!({ "regels": rows, "meer": left_out(left, ("vraag", "vragen"), HEARING_FILE) })
}

/// Criteria of the findings that belong in the reasons of this matter.
fn decided_criteria(scene: &Scene<'_>) -> BTreeSet<String> {
    let usable = scene.usable_findings();
    scene.reasons(&usable).into_iter().map(|found| format!("{}/{}", found.framework, found.criterion)).collect()
}

fn is_open_here(scene: &Scene<'_>, question: &Question) -> bool {
    let events: Vec<&Event> =
        question.facts.iter().filter_map(|id| scene.file.find_event_by_fact(id.as_str())).collect();
    let open = |event: &&Event| match event.status.in_domain(scene.domain) {
        Evidence::Established | Evidence::Admitted | Evidence::Refuted => false,
        Evidence::Plausible => question.kind != QuestionKind::Critical,
        _ => true,
    };
    events.is_empty() || question.kind == QuestionKind::Answer || events.iter().any(open)
}

fn row(scene: &Scene<'_>, question: &Question) -> Value {
    let sourced = |items: &[Sourced]| -> Value {
        items
            .iter()
            .map(|item| {
                let sources: Vec<String> = item.sources.iter().map(law::cite).collect();
                json!({ "tekst": item.text, "bron": words::text_or_null(&sources.join("; ")) })
            })
            .collect()
    };
    json!({
        "feit": scene.label_list(&question.facts),
        "vraag": question.about,
        "soort": match question.kind {
            _ if scene.has_open_critical_sign(&question.facts) => "kritiek signaal dat niet vaststaat",
            QuestionKind::Answer => "een bevinding wacht op dit antwoord",
            QuestionKind::Hinge => "het antwoord verandert een bevinding",
            QuestionKind::Critical => "kritiek signaal dat niet vaststaat",
            QuestionKind::Missing => "het dossier zegt hierover niets",
        },
        "aan": sourced(&question.put_to),
        "uit": sourced(&question.could_answer),
    })
}

/// Findings this judge decides on, in three views.
pub(super) fn findings(scene: &Scene<'_>, room: &Room) -> Value {
    let usable = scene.usable_findings();
    let told = match scene.told_once(&scene.reasons(&usable)) {
        Value::Array(rows) => rows,
        _ => Vec::new(),
    };
    let rows = told.into_iter().map(shown);
    cut(rows.collect(), room.findings, ("bevinding", "bevindingen"), "de bijlage van de zittingsmap")
}

/// What a sheet shows of a finding; the hearing file has the rest.
fn shown(mut row: Value) -> Value {
    const KEPT: [&str; 13] = [
        "vraag",
        "ook",
        "rechter",
        "eigen_antwoord",
        "eender",
        "oordeel_nodig",
        "uitkomst",
        "bij_vast",
        "bij_aannemelijk",
        "bij_betwist",
        "per",
        "voor",
        "tegen",
    ];
    if let Value::Object(fields) = &mut row {
        fields.retain(|key, _| KEPT.contains(&key.as_str()));
        let by = fields.get("rechter").and_then(|own| own.get("door")).cloned().unwrap_or_default();
        fields.insert("rechter".to_owned(), by);
    }
    row
}
