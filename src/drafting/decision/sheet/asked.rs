//! What is asked of the judge, what the judge asks, and what the assessment says.

use super::HEARING_FILE;
use super::question::row;
use super::room::{Room, cut, left_out};
use crate::assessment::model::{CriterionClass, Finding, Outcome, Question, QuestionKind};
use crate::assessment::question_of;
use crate::dossier::model::{Domain, Event, Evidence, JudgeAnswer, JudgeWords, Request, RequestKind};
use crate::drafting::{law, view::Scene, words};
use crate::shared::ids::{FactId, PartyId, RequestId};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Requests in this matter, each with the positions of the others in one sentence. Where there is no room for all
/// positions, every party keeps them of one request: what one side asks never stands alone.
pub(super) fn requests(scene: &Scene<'_>, room: &Room) -> Value {
    let own = scene.matter.map(|matter| &matter.id);
    let all: Vec<&Request> = scene.file.requests.iter().filter(|request| Some(&request.matter) == own).collect();
    let planned = planned_requests(scene);
    let is_planned = |request: &Request| planned.contains(&&request.id);
    let only = |request: &Request| all.iter().filter(|other| other.by == request.by).count() == 1;
    let mut told: BTreeSet<&PartyId> =
        all.iter().filter(|request| is_planned(request)).map(|request| &request.by).collect();
    let mut ranked: Vec<(usize, &Request)> = Vec::new();
    for request in &all {
        let rank = if is_planned(request) {
            0
        } else if only(request) {
            1
        } else if told.insert(&request.by) {
            2
        } else {
            3
        };
        ranked.push((rank, request));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let most = room.requests.max(ranked.iter().filter(|(rank, _)| *rank < 3).count());
    let in_full: BTreeSet<&RequestId> = ranked.iter().take(most).map(|(_, request)| &request.id).collect();
    // The others in short, so that none is hidden: behind the one decided on, in the order of the file, a primary one
    // before what is asked in its place.
    let shown: BTreeSet<&RequestId> = ranked.iter().take(most.max(SHORT)).map(|(_, request)| &request.id).collect();
    let left = all.len().saturating_sub(shown.len());
    let (ahead, rest): (Vec<&Request>, Vec<&Request>) =
        all.into_iter().filter(|request| shown.contains(&request.id)).partition(|request| is_planned(request));
    let rows = ahead.into_iter().chain(rest).map(|request| {
        let full = in_full.contains(&request.id);
        let positions: Vec<String> = request
            .positions
            .iter()
            .filter(|_| full)
            .map(|position| {
                let by = words::with_article(&scene.party(&position.by));
                // "de Raad, regio Rotterdam, adviseert"
                let by = if by.contains(", ") { format!("{by},") } else { by };
                format!("{by} {}", scene.stance(request, position))
            })
            .collect();
        json!({
            "wie": words::capital(&words::with_article(&scene.party(&request.by))),
            "inhoud": request.content,
            "grondslag": request.basis,
            "standpunten": words::text_or_null(&words::capital(&positions.join("; "))),
        })
    });
    json!({ "regels": rows.collect::<Value>(), "meer": left_out(left, ("verzoek", "verzoeken"), HEARING_FILE) })
}

/// So many requests stand on a sheet however long the file is, those beyond its room without the positions.
const SHORT: usize = 4;

/// The requests on which the plans in this file decide.
fn planned_requests<'s>(scene: &'s Scene<'_>) -> Vec<&'s RequestId> {
    let plans = &scene.file.plans;
    let gezag = plans.gezag.as_ref().and_then(|plan| plan.request.as_ref());
    let omgang = plans.omgang.as_ref().and_then(|plan| plan.request.as_ref());
    let review = plans.huisverbod.as_ref().and_then(|plan| plan.review.as_ref());
    [gezag, omgang, review.and_then(|plan| plan.request.as_ref())].into_iter().flatten().collect()
}

/// Questions about critical signs that stand on a sheet however long the file is.
const CRITICAL: usize = 2;

/// Questions in the order of the decision: each offence charged and the criterion of the basis before the court, what
/// the judge asks, critical signs that are not settled, and the rest. What decides always has its place, and so have
/// the first critical signs; a fact that is settled in this matter is no question here.
pub(super) fn questions(scene: &Scene<'_>, room: &Room) -> Value {
    let before_court = |criterion: &String| {
        criterion.split_once('/').is_none_or(|(framework, name)| !scene.is_not_before_court(framework, name))
    };
    let asked: Vec<&Question> = scene
        .usable_questions()
        .into_iter()
        .map(|(question, _)| question)
        .filter(|question| is_open_here(scene, question))
        .filter(|question| {
            let critical = scene.has_open_critical_sign(&question.facts);
            critical || question.decides.is_empty() || question.decides.iter().any(before_court)
        })
        .collect();
    if is_divorce_alone(scene) {
        let mut rows = of_requests(scene);
        rows.extend(own_questions(scene));
        return json!({ "regels": rows, "meer": OTHERS_ASK });
    }
    let charged = charged(scene);
    let on_charge = |question: &Question| question.facts.iter().any(|fact| charged.contains(&fact));
    let mut ahead = of_charges(scene, &charged, &asked);
    ahead.extend(of_requests(scene));
    ahead.extend(to_judge(scene, &asked, true));
    ahead.extend(own_questions(scene));
    let decided = decided_criteria(scene);
    let mut rest: Vec<&Question> = asked.iter().copied().filter(|question| !on_charge(question)).collect();
    rest.sort_by_key(|question| {
        let turns = question.decides.iter().any(|criterion| decided.contains(criterion));
        (!scene.has_open_critical_sign(&question.facts), question.kind != QuestionKind::Answer, !turns)
    });
    let critical = rest.iter().filter(|question| scene.has_open_critical_sign(&question.facts)).count();
    let most = room.questions.max(ahead.len() + critical.min(CRITICAL));
    let mut rows = ahead;
    rows.extend(rest.into_iter().map(|question| row(scene, question)));
    rows.extend(to_judge(scene, &asked, false));
    let left = rows.len().saturating_sub(most);
    rows.truncate(most);
    json!({ "regels": rows, "meer": left_out(left, ("vraag", "vragen"), HEARING_FILE) })
}

/// The facts of the offences charged in this matter, in the order of the charge.
fn charged<'s>(scene: &'s Scene<'_>) -> Vec<&'s FactId> {
    let case = scene.matter.and_then(|matter| matter.criminal.as_ref());
    case.into_iter().flat_map(|case| &case.offences).flat_map(|offence| &offence.events).collect()
}

/// Whether each charge that is still open is proven; with the ways to an answer where the assessment knows them.
fn of_charges(scene: &Scene<'_>, charged: &[&FactId], asked: &[&Question]) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut done: BTreeSet<&FactId> = BTreeSet::new();
    for fact in charged.iter().copied() {
        let event = scene.file.find_event_by_fact(fact.as_str());
        let Some(event) = event.filter(|event| is_open(scene, event)).filter(|_| done.insert(fact)) else { continue };
        if let Some(known) = asked.iter().find(|question| question.facts.contains(fact)) {
            rows.push(row(scene, known));
            continue;
        }
        let about = question_of(event);
        let label = scene.label_list(std::slice::from_ref(fact));
        rows.push(plain(
            (label, &about),
            "ten laste gelegd",
            put_to(scene.domain),
            "het strafdossier en wat ieder hierover verklaart",
            None,
        ));
    }
    rows
}

/// Where the questions stand that a divorce does not turn on.
const OTHERS_ASK: &str =
    "Wat gezag, zorg en omgang betreft, staat op het blad van de zaken waarin dat is verzocht, en in de zittingsmap.";

/// Whether in this matter only the divorce itself is asked: what was said of the spouses bears on other matters.
fn is_divorce_alone(scene: &Scene<'_>) -> bool {
    let own = |request: &&Request| scene.matter.is_some_and(|matter| matter.id == request.matter);
    let mut own = scene.file.requests.iter().filter(own).peekable();
    own.peek().is_some() && own.all(|request| request.kind == RequestKind::Divorce)
}

/// What a request turns on and no framework asks: the divorce itself, the home, and with whom the children are.
fn of_requests(scene: &Scene<'_>) -> Vec<Value> {
    const ASKED: [(RequestKind, &str, &str); 4] = [
        (RequestKind::Divorce, "Is het huwelijk duurzaam ontwricht, en wordt dat betwist?", "art. 1:151 BW"),
        (
            RequestKind::Divorce,
            "Is er een ouderschapsplan, of waarom kan dat nu redelijkerwijs niet worden overgelegd?",
            "art. 815 Rv",
        ),
        (
            RequestKind::ExclusiveUseOfHome,
            "Wie van beiden heeft het gebruik van de woning voorlopig het meest nodig, en waar kan de ander verblijven?",
            "art. 822 Rv",
        ),
        (
            RequestKind::EntrustChildren,
            "Aan wie worden de kinderen voorlopig toevertrouwd, en wat is voor ieder kind veilig?",
            "art. 822 Rv",
        ),
    ];
    let children = scene.file.children().next().is_some();
    let of_matter =
        ASKED.into_iter().filter(|(kind, _, norm)| scene.asks_for(&[*kind]) && (children || *norm != "art. 815 Rv"));
    of_matter
        .map(|(_, about, norm)| {
            let source = law::find(norm).map(|source| law::cite(&source));
            let from = "het verzoek en wat ieder daarop antwoordt";
            plain((Value::Null, about), "verzocht", put_to(scene.domain), from, source)
        })
        .collect()
}

/// What the judge noted as a question of the own on what is decided here.
fn own_questions(scene: &Scene<'_>) -> Vec<Value> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let usable = scene.usable_findings();
    // A note that names nobody is about each person the criterion is asked for.
    let decided = |own: &&JudgeWords| {
        let criterion = own.about.split('[').next().unwrap_or_default();
        let named = |found: &&&Finding| format!("{}/{}", found.framework, found.criterion) == criterion;
        usable.iter().filter(named).any(|found| scene.is_decisive(found))
    };
    let undecided = |own: &&JudgeWords| own.domain == scene.domain && own.answer == Some(JudgeAnswer::Undecided);
    let own = scene.file.judge_words.iter().filter(undecided).filter(decided);
    own.filter(|own| told.insert(&own.text))
        .map(|own| {
            let kind = format!("vraag van {}", own.by);
            plain((Value::Null, &own.text), &kind, put_to(scene.domain), "wat ieder hierover verklaart", None)
        })
        .collect()
}

/// A question that the assessment does not ask itself.
fn plain((label, about): (Value, &str), kind: &str, to: &str, from: &str, source: Option<String>) -> Value {
    json!({
        "feit": label,
        "vraag": about,
        "ook": Value::Null,
        "soort": kind,
        "aan": [{ "tekst": to, "bron": Value::Null }],
        "uit": [{ "tekst": from, "bron": source }],
    })
}

/// What this judge has to judge: what each side says about the facts that bear on it. What the decision turns on first
/// is always asked; the rest only where no question asks it yet.
fn to_judge(scene: &Scene<'_>, asked: &[&Question], decisive: bool) -> Vec<Value> {
    let usable = scene.usable_findings();
    let mut told: Vec<Asked<'_>> = Vec::new();
    for found in usable {
        let id = format!("{}/{}", found.framework, found.criterion);
        let weighty = found.class == CriterionClass::Norm || scene.domain == Domain::Criminal;
        let answered =
            found.judge.as_ref().is_some_and(|own| own.answer.is_some_and(|own| own != JudgeAnswer::Undecided));
        let open = found.outcome == Outcome::NeedsJudgement && !answered && !found.facts_for.is_empty();
        let known = asked.iter().any(|question| question.decides.contains(&id));
        let decides = found.effects.iter().any(|effect| scene.effects.contains(&effect.kind));
        let wanted = match scene.is_decisive(found) {
            true => decisive,
            false => !decisive && decides && !known && !scene.is_not_before_court(&found.framework, &found.criterion),
        };
        if !weighty || !open || !wanted {
            continue;
        }
        match told.iter_mut().find(|earlier| earlier.id == id) {
            Some(earlier) => earlier.also.push(found),
            None => told.push(Asked { id, first: found, also: Vec::new() }),
        }
    }
    told.into_iter().map(|asked| asked.row(scene)).collect()
}

/// A criterion to judge, asked once for all persons it is about.
struct Asked<'f> {
    id: String,
    first: &'f Finding,
    also: Vec<&'f Finding>,
}

impl Asked<'_> {
    fn row(&self, scene: &Scene<'_>) -> Value {
        let all = || std::iter::once(self.first).chain(self.also.iter().copied());
        let mut facts: Vec<FactId> = Vec::new();
        for fact in all().flat_map(|found| &found.facts_for) {
            if !facts.contains(fact) {
                facts.push(fact.clone());
            }
        }
        let (to, from, source) = ways(scene, &facts);
        let mut row = plain((Value::Null, &self.first.question), "oordeel nodig", to, &from, source);
        let names: Vec<String> = self.also.iter().map(|found| scene.subject(found)).collect();
        if let Value::Object(row) = &mut row {
            row.insert("ook".to_owned(), words::text_or_null(&words::list(&names)));
        }
        row
    }
}

/// To whom a judgement that rests on these facts is put, and from what an answer can come. What a child told the judge
/// is asked of the child alone.
fn ways(scene: &Scene<'_>, facts: &[FactId]) -> (&'static str, String, Option<String>) {
    let told = scene.label_list(facts);
    let told = told.as_str().unwrap_or_default();
    let by_child = |fact: &FactId| scene.file.child_hearings.iter().any(|hearing| hearing.id == *fact);
    if !facts.is_empty() && facts.iter().all(by_child) {
        let norm = if scene.domain == Domain::Administrative { "art. 7 Wth" } else { "art. 809 Rv" };
        let source = law::find(norm).map(|source| law::cite(&source));
        return ("het kind zelf, alleen door de rechter", format!("het gesprek of de brief ({told})"), source);
    }
    (put_to(scene.domain), format!("wat ieder zegt over {told}"), None)
}

/// To whom a point is put that is about more than one person.
pub(super) fn put_to(domain: Domain) -> &'static str {
    match domain {
        Domain::Criminal => "de verdachte, die niet verplicht is te antwoorden, en anderen als getuige",
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
    let answer = question.kind == QuestionKind::Answer;
    events.is_empty() || answer || events.iter().any(|event| is_open(scene, event))
}

/// Whether a fact is not settled in this matter.
fn is_open(scene: &Scene<'_>, event: &Event) -> bool {
    let settled = [Evidence::Established, Evidence::Admitted, Evidence::Refuted];
    !settled.contains(&event.status.in_domain(scene.domain))
}

/// Findings this judge decides on, in three views. Where there is no room for all, those that the questions of the sheet
/// name already stand behind the others.
pub(super) fn findings(scene: &Scene<'_>, room: &Room, questions: &Value) -> Value {
    let usable = scene.usable_findings();
    let told = match scene.told_once(&scene.reasons(&usable)) {
        Value::Array(rows) => rows,
        _ => Vec::new(),
    };
    let mut rows: Vec<Value> = told.into_iter().map(shown).collect();
    if rows.len() > room.findings {
        let asked = questions.get("regels").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        rows.sort_by_key(|row| asked.iter().any(|question| question.get("vraag") == row.get("vraag")));
    }
    cut(rows, room.findings, ("bevinding", "bevindingen"), "de bijlage van de zittingsmap")
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
