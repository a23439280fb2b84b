//! Questions for the hearing: critical signs that are not settled, what would change a finding,
//! what is missing, and who must answer.

use super::Judged;
use super::truth::Rank;
use super::world::World;
use crate::assessment::model::Question;
use crate::dossier::model::{Evidence, Label, Sign};
use crate::shared::ids::FactId;
use std::collections::{BTreeMap, BTreeSet};

/// Numbers of the criteria that wait for something, in the order of `Criteria`.
type Decides = Vec<usize>;

/// Signs that are asked about whenever they are not settled, in their order of weight.
const CRITICAL: [(Sign, &str); 5] = [
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
    questions.extend(waits.into_iter().filter_map(|((fact, persons), (decides, world))| {
        Some(wait(world, fact, event_text(&worlds, fact)?, persons, criteria.names(decides)))
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
    on_facts.extend(hinges.into_iter().filter_map(|((fact, _), (decides, _))| {
        Some(hinge(fact, event_text(&worlds, fact)?, critical_sign(&worlds, fact), criteria.names(decides)))
    }));
    on_facts.sort_by_key(|question| {
        question.facts.first().and_then(|fact| critical_sign(&worlds, fact.as_str())).unwrap_or(CRITICAL.len())
    });
    questions.extend(on_facts);
    questions.extend(missing(judged, &criteria));
    questions
}

fn missing(judged: &[Judged<'_, '_>], criteria: &Criteria) -> Vec<Question> {
    let mut missing: BTreeMap<String, (&str, Decides)> = BTreeMap::new();
    for (at, item) in judged.iter().enumerate() {
        for fact in &item.finding.missing {
            missing
                .entry(about_proposal(&fact.ask, item))
                .or_insert_with(|| (&fact.what, Decides::new()))
                .1
                .extend(criteria.number(at));
        }
    }
    let question = |(ask, (what, decides)): (String, (&str, Decides))| Question {
        about: ask,
        why: format!("Het dossier zegt hierover niets: {what}."),
        decides: criteria.names(decides),
        facts: Vec::new(),
    };
    missing.into_iter().map(question).collect()
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

/// Critical signs that were alleged or disputed and on which no other question is asked. That a
/// sign is disputed is a reason to ask, also when no finding turns on it.
fn critical(
    judged: &[Judged<'_, '_>],
    criteria: &Criteria,
    worlds: &[&World<'_>],
    asked: &BTreeSet<&str>,
) -> Vec<Question> {
    let mut open: BTreeMap<&str, (&str, &str, Decides)> = BTreeMap::new();
    for world in worlds {
        for event in &world.dossier.events {
            let unsettled = matches!(event.status.in_domain(world.domain), Evidence::Alleged | Evidence::Disputed);
            let sign = CRITICAL.iter().find(|(sign, _)| event.signs.contains(sign));
            if let Some((_, sign)) = sign.filter(|_| unsettled && !asked.contains(event.id.as_str())) {
                let text = event.description.trim_end_matches('.');
                open.entry(event.id.as_str()).or_insert((text, sign, Decides::new()));
            }
        }
    }
    for (at, item) in judged.iter().enumerate() {
        for fact in item.finding.facts_for.iter().chain(&item.finding.facts_against) {
            if let Some((_, _, decides)) = open.get_mut(fact.as_str()) {
                decides.extend(criteria.number(at));
            }
        }
    }
    let question = |(id, (text, sign, decides)): (&str, (&str, &str, Decides))| Question {
        about: format!("Is dit feit juist: \"{text}\"?"),
        why: format!("Het gaat om een kritiek signaal ({sign}) dat niet vaststaat. Dat vraagt altijd doorvragen."),
        decides: criteria.names(decides),
        facts: vec![FactId::from(id)],
    };
    open.into_iter().map(question).collect()
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

/// Facts with the persons concerned, in order; the criteria, and the first world that has the fact.
type ByFact<'w, 'a> = BTreeMap<(&'a str, &'w [&'a str]), (Decides, &'w World<'a>)>;

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
            let key = (world.fact(rank), persons(world, rank));
            joined.entry(key).or_insert_with(|| (Decides::new(), *world)).0.extend(list);
        }
    }
    joined
}

/// Description of an event; each world that has the event has the same.
fn event_text<'a>(worlds: &[&World<'a>], id: &str) -> Option<&'a str> {
    let event = worlds.iter().find_map(|world| world.event(world.rank(id)))?.event;
    Some(event.description.trim_end_matches('.'))
}

fn wait(world: &World<'_>, fact: &str, text: &str, persons: &[&str], decides: Vec<String>) -> Question {
    let names: Vec<String> = persons.iter().map(|id| world.dossier.party_name(&(*id).into())).collect();
    Question {
        about: format!("Wat is het antwoord van {} op dit feit: \"{text}\"?", names.join(" en ")),
        why: "Het dossier bevat nog geen antwoord. Een bevinding die hierop steunt, wacht op hoor en wederhoor."
            .to_owned(),
        decides,
        facts: vec![FactId::from(fact)],
    }
}

/// Place in `CRITICAL` of the gravest sign of an event.
fn critical_sign(worlds: &[&World<'_>], id: &str) -> Option<usize> {
    let event = worlds.iter().find_map(|world| world.event(world.rank(id)))?.event;
    CRITICAL.iter().position(|(sign, _)| event.signs.contains(sign))
}

fn hinge(fact: &str, text: &str, sign: Option<usize>, decides: Vec<String>) -> Question {
    let why = match sign.and_then(|sign| CRITICAL.get(sign)) {
        Some((_, sign)) => {
            format!(
                "Het gaat om een kritiek signaal ({sign}) dat niet vaststaat, en het antwoord verandert een bevinding."
            )
        }
        None => "Dit feit staat niet vast, en het antwoord verandert een bevinding.".to_owned(),
    };
    Question { about: format!("Is dit feit juist: \"{text}\"?"), why, decides, facts: vec![FactId::from(fact)] }
}
