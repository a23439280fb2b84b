//! What is asked of the judge, what the judge asks, and what the assessment says.

use super::HEARING_FILE;
use super::room::{Room, cut, left_out};
use crate::assessment::model::{Outcome, Question, QuestionKind, Sourced};
use crate::dossier::model::{Domain, Event, Evidence, Request};
use crate::drafting::{law, view::Scene, words};
use crate::shared::ids::PartyId;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Requests in this matter, each with the positions of the others in one sentence. Where there is no room for all,
/// every party keeps one: what one side asks never stands alone.
pub(super) fn requests(scene: &Scene<'_>, room: &Room) -> Value {
    let own = scene.matter.map(|matter| &matter.id);
    let all: Vec<&Request> = scene.file.requests.iter().filter(|request| Some(&request.matter) == own).collect();
    let parties: BTreeSet<&PartyId> = all.iter().map(|request| &request.by).collect();
    let mut first: BTreeSet<&PartyId> = BTreeSet::new();
    let (ahead, rest): (Vec<&Request>, Vec<&Request>) = all.into_iter().partition(|request| first.insert(&request.by));
    let most = room.requests.max(parties.len());
    let rows = ahead.into_iter().chain(rest).map(|request| {
        let positions: Vec<String> = request
            .positions
            .iter()
            .map(|position| format!("{} {}", scene.party(&position.by), words::stance(position.stance)))
            .collect();
        json!({
            "wie": words::capital(&scene.party(&request.by)),
            "inhoud": request.content,
            "grondslag": request.basis,
            "standpunten": words::text_or_null(&positions.join("; ")),
        })
    });
    cut(rows.collect(), most, ("verzoek", "verzoeken"), HEARING_FILE)
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
    let judged = to_judge(scene, &rows);
    let total = all.len().saturating_add(judged.len());
    // The point that the decision itself turns on always has its place, so that no side is asked alone.
    let kept = if judged.is_empty() { room.questions } else { room.questions.saturating_sub(1) };
    let mut rows: Vec<Value> = rows.into_iter().take(kept).map(|question| row(scene, question)).collect();
    rows.extend(judged.into_iter().take(room.questions.saturating_sub(rows.len())));
    let left = total.saturating_sub(rows.len());
    json!({ "regels": rows, "meer": left_out(left, ("vraag", "vragen"), HEARING_FILE) })
}

/// What this judge has to judge and no question asks yet: what each side says about the facts that bear on it.
fn to_judge(scene: &Scene<'_>, asked: &[&Question]) -> Vec<Value> {
    let usable = scene.usable_findings();
    let mut rows: Vec<Value> = Vec::new();
    for found in scene.reasons(&usable) {
        let id = format!("{}/{}", found.framework, found.criterion);
        let open = found.outcome == Outcome::NeedsJudgement && found.judge.is_none() && !found.facts_for.is_empty();
        let known = asked.iter().any(|question| question.decides.contains(&id));
        let decides = found.effects.iter().any(|effect| scene.effects.contains(&effect.kind));
        if !open || known || !decides || rows.iter().any(|row| row.get("criterium").is_some_and(|known| *known == id)) {
            continue;
        }
        rows.push(json!({
            "criterium": id,
            "feit": Value::Null,
            "vraag": found.question,
            "soort": "oordeel nodig",
            "aan": [{ "tekst": put_to(scene.domain), "bron": Value::Null }],
            "uit": [{
                "tekst": scene.label_list(&found.facts_for).as_str().map(|facts| format!("wat ieder zegt over {facts}")),
                "bron": Value::Null,
            }],
        }));
    }
    rows
}

/// To whom a point is put that is about more than one person.
fn put_to(domain: Domain) -> &'static str {
    match domain {
        Domain::Criminal => "de verdachte, en anderen als getuige",
        Domain::Family | Domain::Administrative => "ieder van de betrokkenen, apart van de ander",
    }
}

/// Criteria of the findings that belong in the reasons of this matter.
fn decided_criteria(scene: &Scene<'_>) -> BTreeSet<String> {
    let usable = scene.usable_findings();
    scene.reasons(&usable).into_iter().map(|found| format!("{}/{}", found.framework, found.criterion)).collect()
}

fn is_open_here(scene: &Scene<'_>, question: &Question) -> bool {
    let events: Vec<&Event> =
        question.facts.iter().filter_map(|id| scene.file.find_event_by_fact(id.as_str())).collect();
    let settled = [Evidence::Established, Evidence::Admitted, Evidence::Refuted];
    let open = |event: &&Event| !settled.contains(&event.status.in_domain(scene.domain));
    events.is_empty() || question.kind == QuestionKind::Answer || events.iter().any(open)
}

/// Whether a way to an answer exists in this matter: talks of a judge with a child, advice of the Raad and release of
/// the criminal file belong to the other matters, a witness before the examining magistrate to the criminal one.
fn is_a_way_here(domain: Domain, item: &Sourced) -> bool {
    let cites = |article: &str| item.sources.iter().any(|source| source.reference.starts_with(article));
    if domain == Domain::Criminal {
        !["art. 809 Rv", "art. 810 Rv", "art. 39f"].iter().any(|article| cites(article))
    } else {
        !cites("art. 316 Sv")
    }
}

/// How someone who is no party is heard in the criminal matter; who may refuse is for the court.
const AS_WITNESS: &str = "wie het meemaakte: als getuige, door de rechter-commissaris of ter zitting";

fn row(scene: &Scene<'_>, question: &Question) -> Value {
    let criminal = scene.domain == Domain::Criminal;
    let sourced = |items: &[Sourced]| -> Value {
        items
            .iter()
            .filter(|item| is_a_way_here(scene.domain, item))
            .map(|item| {
                let sources: Vec<String> = item.sources.iter().map(law::cite).collect();
                let text = if criminal { item.text.replace(", apart gehoord", "") } else { item.text.clone() };
                json!({ "tekst": text, "bron": words::text_or_null(&sources.join("; ")) })
            })
            .collect()
    };
    // Who cannot be asked in the ways of another court can be a witness in this one.
    let mut put_to = sourced(&question.put_to);
    let by_other_ways = question.put_to.iter().any(|item| !is_a_way_here(scene.domain, item));
    if let Some(list) = put_to.as_array_mut().filter(|_| criminal && by_other_ways) {
        list.push(json!({ "tekst": AS_WITNESS, "bron": law::find("art. 217 Sv").map(|source| law::cite(&source)) }));
    }
    json!({
        "feit": scene.label_list(&question.facts),
        "vraag": question.about,
        "soort": match question.kind {
            _ if scene.has_open_critical_sign(&question.facts) => "gesteld kritiek signaal dat niet vaststaat",
            QuestionKind::Answer => "een bevinding wacht op dit antwoord",
            QuestionKind::Hinge => "het antwoord verandert een bevinding",
            QuestionKind::Critical => "gesteld kritiek signaal dat niet vaststaat",
            QuestionKind::Missing => "het dossier zegt hierover niets",
        },
        "aan": put_to,
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
    const KEPT: [&str; 14] = [
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
        "wederzijds",
    ];
    if let Value::Object(fields) = &mut row {
        fields.retain(|key, _| KEPT.contains(&key.as_str()));
        let by = fields.get("rechter").and_then(|own| own.get("door")).cloned().unwrap_or_default();
        fields.insert("rechter".to_owned(), by);
    }
    row
}
