//! Questions for the hearing: critical signs that are not settled, what would change a finding,
//! what is missing, and who must answer.

use super::Judged;
use super::asking::{self, Asking};
use super::truth::Rank;
use super::world::World;
use crate::assessment::model::{Question, QuestionKind, RecordKind};
use crate::assessment::words;
use crate::dossier::model::{Event, EventKind, Evidence, Label, Sign};
use crate::shared::dutch::list;
use crate::shared::ids::FactId;
use std::collections::{BTreeMap, BTreeSet};

/// Numbers of the criteria that wait for something, in the order of `Criteria`.
type Decides = Vec<usize>;

/// Signs that are asked about whenever they are not settled, in their order of weight.
pub const CRITICAL_SIGNS: [(Sign, &str); 5] = [
    (Sign::Strangulation, "niet-fatale verwurging"),
    (Sign::FirearmAccess, "een vuurwapen of toegang daartoe"),
    (Sign::WeaponThreat, "dreiging met een wapen"),
    (Sign::DeathThreat, "een doodsbedreiging"),
    (Sign::ForcedSex, "gedwongen seks"),
];

/// Questions in a fixed order: answers to be asked, critical signs by their weight whether or not a
/// finding turns on them, the other hinge facts, missing facts.
pub fn questions(judged: &[Judged<'_, '_>]) -> Vec<Question> {
    let criteria = Criteria::of(judged);
    let worlds = worlds(judged);
    let mut questions: Vec<Question> = Vec::new();
    let waits = by_fact(&worlds, judged, &criteria, |item| &item.waits, |world, rank| world.unanswered_by(rank));
    questions.extend(waits.into_iter().filter_map(|((fact, persons), (decides, found))| {
        Some(wait(&found, event_of(&found, fact)?, persons, criteria.names(decides)))
    }));
    // What is not known of other records than events is asked by the questions on missing facts.
    let hinges = by_fact(&worlds, judged, &criteria, |item| &item.hinge, |_, _| &[]);
    let asked: BTreeSet<&str> = questions
        .iter()
        .flat_map(|item| &item.facts)
        .map(FactId::as_str)
        .chain(hinges.keys().map(|(id, _)| *id))
        .collect();
    let mut on_facts = critical(judged, &criteria, &worlds, &asked);
    on_facts.extend(hinges.into_iter().filter_map(|((fact, _), (decides, found))| {
        Some(hinge(&found, event_of(&found, fact)?, criteria.names(decides)))
    }));
    on_facts.sort_by_key(|question| {
        let fact = question.facts.first().and_then(|fact| event_of(&worlds, fact.as_str()));
        fact.and_then(gravest).unwrap_or(CRITICAL_SIGNS.len())
    });
    questions.extend(on_facts);
    questions.extend(missing(judged, &criteria));
    questions
}

fn missing(judged: &[Judged<'_, '_>], criteria: &Criteria) -> Vec<Question> {
    let mut missing: BTreeMap<String, (&str, RecordKind, Decides)> = BTreeMap::new();
    for (at, item) in judged.iter().enumerate() {
        for fact in &item.finding.missing {
            let of = fact.of.unwrap_or(RecordKind::Conduct);
            missing
                .entry(about_proposal(&fact.ask, item))
                .or_insert_with(|| (&fact.what, of, Decides::new()))
                .2
                .extend(criteria.number(at));
        }
    }
    let question = |(ask, (what, of, decides)): (String, (&str, RecordKind, Decides))| Question {
        about: ask,
        decides: criteria.names(decides),
        ..plain(QuestionKind::Missing, format!("Het dossier zegt hierover niets: {what}."), asking::about_missing(of))
    };
    missing.into_iter().map(question).collect()
}

/// A question about nothing yet.
fn plain(kind: QuestionKind, why: String, asking: Asking) -> Question {
    Question {
        kind,
        about: String::new(),
        why,
        decides: Vec::new(),
        bears_on: Vec::new(),
        put_to: asking.put_to,
        could_answer: asking.could_answer,
        facts: Vec::new(),
    }
}

/// A question about "this proposal" that says which one.
fn about_proposal(ask: &str, item: &Judged<'_, '_>) -> String {
    let proposals = &item.world.dossier.proposals;
    let asked = item.finding.about.iter().find_map(|id| proposals.iter().find(|proposal| proposal.id == *id));
    asked.map_or_else(
        || ask.to_owned(),
        |proposal| ask.replace("dit voorstel", &format!("het voorstel voor {}", proposal.kind.label())),
    )
}

/// Critical signs that were alleged, disputed or held plausible and on which no other question is asked. That a
/// sign is disputed is a reason to ask, also when no finding turns on it.
fn critical<'w, 'a>(
    judged: &[Judged<'w, 'a>],
    criteria: &Criteria,
    worlds: &[&'w World<'a>],
    asked: &BTreeSet<&str>,
) -> Vec<Question> {
    let mut open: BTreeMap<&str, (&Event, Decides, Vec<&World<'_>>)> = BTreeMap::new();
    for world in worlds {
        for event in &world.dossier.events {
            let certainty = event.status.in_domain(world.domain);
            let unsettled = matches!(certainty, Evidence::Alleged | Evidence::Disputed | Evidence::Plausible);
            if unsettled && gravest(event).is_some() && !asked.contains(event.id.as_str()) {
                let entry = open.entry(event.id.as_str()).or_insert_with(|| (event, Decides::new(), Vec::new()));
                entry.2.push(world);
            }
        }
    }
    for (at, item) in judged.iter().enumerate() {
        for fact in item.finding.facts_for.iter().chain(&item.finding.facts_against) {
            if let Some((_, bears_on, _)) = open.get_mut(fact.as_str()) {
                bears_on.extend(criteria.number(at));
            }
        }
    }
    let question = |(event, bears_on, found): (&Event, Decides, Vec<&World<'_>>)| {
        let why = format!(
            "Het gaat om een gesteld kritiek signaal ({}) dat {} niet vaststaat. Dat vraagt altijd doorvragen, ook als geen \
             bevinding erop draait.",
            sign_words(event),
            in_domains(&found)
        );
        Question { bears_on: criteria.names(bears_on), ..on_event(QuestionKind::Critical, why, &found, event) }
    };
    open.into_values().map(question).collect()
}

/// Whether an event is true, put to whom it concerns.
fn on_event(kind: QuestionKind, why: String, found: &[&World<'_>], event: &Event) -> Question {
    Question {
        about: question_of(event),
        facts: vec![FactId::from(event.id.as_str())],
        ..plain(kind, why, asking::about_event(found, event))
    }
}

/// The question about one event: whether it is true, or what happened when the file does not tell. A judge can read it
/// aloud, to whoever it is put.
#[must_use]
pub fn question_of(event: &Event) -> String {
    match event.kind {
        EventKind::Untold => format!("Wat is er gebeurd? Het dossier vermeldt alleen: \"{}\".", quoted(event)),
        _ => format!("In het dossier staat: \"{}\". Klopt dat?", quoted(event)),
    }
}

fn quoted(event: &Event) -> &str {
    event.description.trim_end_matches('.')
}

/// Whether an event has a sign that is asked about whenever it is not settled.
#[must_use]
pub fn is_critical(event: &Event) -> bool {
    gravest(event).is_some()
}

/// Place in `CRITICAL_SIGNS` of the gravest sign of an event.
fn gravest(event: &Event) -> Option<usize> {
    CRITICAL_SIGNS.iter().position(|(sign, _)| event.signs.contains(sign))
}

fn sign_words(event: &Event) -> &'static str {
    gravest(event).and_then(|at| CRITICAL_SIGNS.get(at)).map_or("", |(_, words)| words)
}

/// "in de familiezaak en in de strafzaak".
fn in_domains(found: &[&World<'_>]) -> String {
    list(&found.iter().map(|world| words::in_domain(world.domain).to_owned()).collect::<Vec<_>>())
}

/// The criteria ("framework/criterion") in the order of their names, and of each judged item its criterion.
struct Criteria {
    names: Vec<String>,
    of_judged: Vec<usize>,
}

impl Criteria {
    fn of(judged: &[Judged<'_, '_>]) -> Self {
        let all = judged.iter().map(|item| format!("{}/{}", item.finding.framework, item.finding.criterion));
        let all: Vec<String> = all.collect();
        let names: Vec<String> = all.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let of_judged = all.iter().map(|name| names.binary_search(name).unwrap_or_default()).collect();
        Self { names, of_judged }
    }

    fn number(&self, judged: usize) -> Option<usize> {
        self.of_judged.get(judged).copied()
    }

    fn names(&self, mut numbers: Decides) -> Vec<String> {
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.names.get(number).cloned()).collect()
    }
}

/// Each world once, in the order in which it was first used.
fn worlds<'w, 'a>(judged: &[Judged<'w, 'a>]) -> Vec<&'w World<'a>> {
    let mut worlds: Vec<&World<'a>> = Vec::new();
    for item in judged {
        if !worlds.iter().any(|known| std::ptr::eq(*known, item.world)) {
            worlds.push(item.world);
        }
    }
    worlds
}

/// Facts with the persons concerned, in order; the criteria, and the worlds in which they arise.
type ByFact<'w, 'a> = BTreeMap<(&'a str, &'w [&'a str]), (Decides, Vec<&'w World<'a>>)>;

/// The criteria per fact: counted per world by rank first, since thousands of facts may each
/// decide many criteria, and only then joined over the worlds by id.
fn by_fact<'w, 'a>(
    worlds: &[&'w World<'a>],
    judged: &[Judged<'w, 'a>],
    criteria: &Criteria,
    facts: impl for<'j> Fn(&'j Judged<'w, 'a>) -> &'j Vec<Rank>,
    persons: impl Fn(&'w World<'a>, Rank) -> &'w [&'a str],
) -> ByFact<'w, 'a> {
    let mut joined: ByFact<'w, 'a> = BTreeMap::new();
    for world in worlds {
        let mut decides: Vec<Decides> = vec![Decides::new(); world.fact_count()];
        for (at, item) in judged.iter().enumerate().filter(|(_, item)| std::ptr::eq(item.world, *world)) {
            for rank in facts(item) {
                if let Some(list) = decides.get_mut(*rank as usize) {
                    list.extend(criteria.number(at));
                }
            }
        }
        for (rank, list) in (0..).zip(decides).filter(|(_, list)| !list.is_empty()) {
            let (all, found) = joined.entry((world.fact(rank), persons(world, rank))).or_default();
            all.extend(list);
            found.push(world);
        }
    }
    joined
}

/// An event by its id; each world that has the event has the same.
fn event_of<'a>(worlds: &[&World<'a>], id: &str) -> Option<&'a Event> {
    Some(worlds.iter().find_map(|world| world.event(world.rank(id)))?.event)
}

fn wait(found: &[&World<'_>], event: &Event, persons: &[&str], decides: Vec<String>) -> Question {
    let why = "Het dossier bevat nog geen antwoord. Een bevinding die hierop steunt, wacht op hoor en wederhoor.";
    let dossier = found.first().map(|world| world.dossier);
    let names: Vec<String> =
        dossier.map(|file| persons.iter().map(|id| file.party_name(&(*id).into())).collect()).unwrap_or_default();
    let put_to = dossier.map(|file| persons.iter().map(|id| asking::awaited(file, id)).collect()).unwrap_or_default();
    Question {
        about: format!(
            "In het dossier staat: \"{}\". Wat is daarop het antwoord van {}?",
            quoted(event),
            names.join(" en ")
        ),
        decides,
        put_to,
        ..on_event(QuestionKind::Answer, why.to_owned(), found, event)
    }
}

fn hinge(found: &[&World<'_>], event: &Event, decides: Vec<String>) -> Question {
    let place = in_domains(found);
    let why = match gravest(event) {
        Some(_) => format!(
            "Het gaat om een gesteld kritiek signaal ({}) dat {place} niet vaststaat, en het antwoord verandert daar een \
             bevinding.",
            sign_words(event)
        ),
        None => format!("Dit feit staat {place} niet vast, en het antwoord verandert daar een bevinding."),
    };
    Question { decides, ..on_event(QuestionKind::Hinge, why, found, event) }
}
