//! Checks on the text of one framework.

use super::{LintLevel, reach};
use crate::assessment::engine::{Truth, class_ceiling};
use crate::assessment::explanation::{self, PLACEHOLDERS};
use crate::assessment::language::{Condition, Criterion, Definition, EventQuery, ForEach, Framework};
use crate::assessment::model::Outcome;
use crate::dossier::model::{Label, RiskInstrument};
use std::collections::{BTreeMap, BTreeSet};

/// A problem within a framework: place and message.
pub type Found = (String, LintLevel, String);

/// Words that judge a person, name a sex, or smell of a score; none has a place in a framework.
const UNFIT_WORDS: [(&str, &str); 12] = [
    ("dader", "dat woord stelt schuld vast; noem het gedrag"),
    ("daders", "dat woord stelt schuld vast; noem het gedrag"),
    ("pleger", "dat woord stelt schuld vast; noem het gedrag"),
    ("schuldig", "een toetsingskader stelt geen schuld vast"),
    ("moeder", "rollen zijn relationeel en nooit een geslacht"),
    ("vader", "rollen zijn relationeel en nooit een geslacht"),
    ("vrouw", "rollen zijn relationeel en nooit een geslacht"),
    ("man", "rollen zijn relationeel en nooit een geslacht"),
    ("score", "er wordt niet gescoord"),
    ("risicoscore", "er wordt niet gescoord"),
    ("puntentelling", "er worden geen punten geteld"),
    ("percentage", "er wordt geen kans berekend"),
];

/// Checks a framework.
pub fn check(framework: &Framework) -> Vec<Found> {
    let mut found = Vec::new();
    let mut error = |place: &str, message: String| found.push((place.to_owned(), LintLevel::Error, message));
    if framework.criteria.is_empty() {
        error("criteria", "Er is geen enkel criterium.".to_owned());
    }
    let mut ids = BTreeSet::new();
    for criterion in &framework.criteria {
        if !ids.insert(&criterion.id) {
            error(&criterion.id, "Dit id komt meer dan eens voor.".to_owned());
        }
        if criterion.sources.is_empty() {
            error(&criterion.id, "Er staat geen bron bij dit criterium.".to_owned());
        }
        if criterion.limits.as_deref().is_none_or(|limits| limits.trim().is_empty()) {
            error(&criterion.id, "Er staat niet bij wat dit criterium niet kan zeggen (\"limits\").".to_owned());
        }
    }
    check_definitions(framework, &mut found);
    check_overlap(framework, &mut found);
    for criterion in &framework.criteria {
        check_conditions(framework, criterion, &mut found);
        check_outcomes(framework, criterion, &mut found);
        check_texts(criterion, &mut found);
    }
    found
}

/// Outcomes that a criterion can have, besides "not applicable".
pub fn outcomes(framework: &Framework, criterion: &Criterion) -> BTreeSet<Outcome> {
    let mut outcomes: BTreeSet<Outcome> =
        reach::truths(&criterion.rule, &framework.definitions).into_iter().map(Truth::outcome).collect();
    let gate = criterion.applies_when.as_ref().map(|gate| reach::truths(gate, &framework.definitions));
    if gate.is_some_and(|truths| truths.contains(&Truth::Missing)) {
        outcomes.insert(Outcome::MissingFacts);
    }
    outcomes
}

fn check_definitions(framework: &Framework, found: &mut Vec<Found>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for criterion in &framework.criteria {
        for condition in criterion.applies_when.iter().chain([&criterion.rule]) {
            names(condition, &mut used);
        }
    }
    for definition in framework.definitions.values() {
        names(&definition.rule, &mut used);
    }
    for name in &used {
        if !framework.definitions.contains_key(*name) {
            found.push((
                (*name).to_owned(),
                LintLevel::Error,
                "Deze definitie wordt gebruikt maar bestaat niet.".to_owned(),
            ));
        }
    }
    for (name, definition) in &framework.definitions {
        if !used.contains(name.as_str()) {
            found.push((name.clone(), LintLevel::Error, "Deze definitie wordt nergens gebruikt.".to_owned()));
        }
        if definition.what.is_some() != definition.ask.is_some() {
            let message = "Geef zowel \"what\" als \"ask\", of geen van beide.".to_owned();
            found.push((name.clone(), LintLevel::Error, message));
        }
        if uses_itself(name, &framework.definitions) {
            found.push((name.clone(), LintLevel::Error, "Deze definitie gebruikt zichzelf.".to_owned()));
        }
    }
}

fn uses_itself(name: &str, definitions: &BTreeMap<String, Definition>) -> bool {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = vec![name];
    while let Some(next) = open.pop() {
        let mut used = BTreeSet::new();
        if let Some(definition) = definitions.get(next) {
            names(&definition.rule, &mut used);
        }
        if used.contains(name) {
            return true;
        }
        open.extend(used.into_iter().filter(|used| seen.insert(used)));
    }
    false
}

fn names<'c>(condition: &'c Condition, used: &mut BTreeSet<&'c str>) {
    if let Condition::Use(name) = condition {
        used.insert(name);
    }
    parts(condition).into_iter().for_each(|part| names(part, used));
}

/// Direct parts of a condition.
fn parts(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().collect(),
        Condition::AtLeast(group) => group.of.iter().collect(),
        Condition::Not(part) | Condition::Missing(part) => vec![part],
        Condition::Unless(unless) => vec![&unless.rule, &unless.defeater],
        Condition::Judge(judge) => judge.for_.iter().chain(&judge.against).collect(),
        _ => Vec::new(),
    }
}

fn check_overlap(framework: &Framework, found: &mut Vec<Found>) {
    for (at, one) in framework.criteria.iter().enumerate() {
        for other in framework.criteria.iter().skip(at + 1) {
            let same = meaning(Some(&one.rule), framework) == meaning(Some(&other.rule), framework)
                && meaning(one.applies_when.as_ref(), framework) == meaning(other.applies_when.as_ref(), framework)
                && one.for_each == other.for_each
                && one.domain == other.domain;
            if same {
                let message = format!("Dit criterium heeft dezelfde regel als {}.", one.id);
                found.push((other.id.clone(), LintLevel::Error, message));
            }
        }
    }
}

/// What a rule says, whatever the order of its parts and whatever names it uses.
fn meaning(condition: Option<&Condition>, framework: &Framework) -> String {
    fn told(condition: &Condition, framework: &Framework, depth: usize) -> String {
        let group = |name: &str, parts: &[Condition]| {
            let mut parts: Vec<String> = parts.iter().map(|part| told(part, framework, depth + 1)).collect();
            parts.sort();
            format!("{name}({})", parts.join(","))
        };
        match condition {
            Condition::All(parts) => group("all", parts),
            Condition::Any(parts) => group("any", parts),
            Condition::Not(part) => format!("not({})", told(part, framework, depth + 1)),
            Condition::Use(name) if depth < 16 => match framework.definitions.get(name) {
                Some(definition) => told(&definition.rule, framework, depth + 1),
                None => name.clone(),
            },
            other => format!("{other:?}"),
        }
    }
    condition.map(|condition| told(condition, framework, 0)).unwrap_or_default()
}

/// A condition, or the one that a name stands for.
fn resolved<'c>(condition: &'c Condition, framework: &'c Framework) -> &'c Condition {
    let mut at = condition;
    for _ in 0..16 {
        match at {
            Condition::Use(name) => match framework.definitions.get(name) {
                Some(definition) => at = &definition.rule,
                None => break,
            },
            _ => break,
        }
    }
    at
}

fn check_conditions(framework: &Framework, criterion: &Criterion, found: &mut Vec<Found>) {
    let mut open: Vec<&Condition> = criterion.applies_when.iter().chain([&criterion.rule]).collect();
    open.extend(framework.definitions.values().map(|definition| &definition.rule));
    while let Some(condition) = open.pop() {
        if let Some(message) = fault(condition, framework) {
            let place = criterion.id.clone();
            if !found.iter().any(|(_, _, known)| *known == message) {
                found.push((place, LintLevel::Error, message));
            }
        }
        open.extend(parts(condition));
    }
}

fn fault(condition: &Condition, framework: &Framework) -> Option<String> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => faulty_group(parts),
        Condition::AtLeast(group) if group.n == 0 || group.n > group.of.len() => {
            Some(format!("\"at_least: {}\" met {} onderdelen is altijd of nooit waar.", group.n, group.of.len()))
        }
        Condition::AtLeast(group) if group.of.iter().all(|part| is_fact(resolved(part, framework))) => Some(
            "Losse feiten worden niet bij elkaar opgeteld: dat is een score. Gebruik \"any\" of \"all\".".to_owned(),
        ),
        Condition::AtLeast(group) => faulty_group(&group.of),
        Condition::Judge(judge) if judge.for_.is_empty() => {
            Some("Een open norm zonder feiten die ervoor spreken is onbereikbaar.".to_owned())
        }
        Condition::Event(query) if query.kind_or_sign && (query.kinds.is_empty() || query.signs.is_empty()) => {
            Some("\"kind_or_sign\" heeft zowel \"kinds\" als \"signs\" nodig.".to_owned())
        }
        Condition::ExternalCount(query) if query.instrument != RiskInstrument::Rihg => {
            Some("Alleen de RiHG schrijft zelf een aantal signalen voor; tel bij dit instrument niets.".to_owned())
        }
        Condition::Age(query) if query.at_least.is_none() && query.below.is_none() => {
            Some("Bij \"age\" ontbreekt een leeftijd.".to_owned())
        }
        Condition::Age(query) if query.at_least.zip(query.below).is_some_and(|(least, below)| least >= below) => {
            Some("Aan deze leeftijd kan niemand voldoen: de voorwaarde is onbereikbaar.".to_owned())
        }
        Condition::Event(query) => unfindable(query),
        Condition::Trend(trend) if trend.days == 0 => Some("Bij \"trend\" ontbreekt het aantal dagen.".to_owned()),
        Condition::Trend(trend) => unfindable(&trend.events),
        Condition::Asymmetry(asymmetry) => unfindable(&asymmetry.events),
        _ => None,
    }
}

/// A fact that adds up like a point on a scale.
fn is_fact(condition: &Condition) -> bool {
    match condition {
        Condition::Event(_) | Condition::Help(_) | Condition::InstrumentResult(_) => true,
        Condition::Any(parts) => parts.iter().all(is_fact),
        _ => false,
    }
}

/// A query that no event can ever fit.
fn unfindable(query: &EventQuery) -> Option<String> {
    let no_violence = query.violence && !query.kinds.is_empty() && !query.kinds.iter().any(|kind| kind.is_violence());
    let both = query.signs.iter().any(|sign| query.without_signs.contains(sign)) && query.signs.len() == 1;
    (no_violence || both).then(|| "Geen feit kan hieraan voldoen: de voorwaarde is onbereikbaar.".to_owned())
}

fn faulty_group(parts: &[Condition]) -> Option<String> {
    if parts.is_empty() {
        return Some("Een lege lijst voorwaarden is altijd of nooit waar.".to_owned());
    }
    for (at, one) in parts.iter().enumerate() {
        if parts.iter().skip(at + 1).any(|other| other == one) {
            return Some("Dezelfde voorwaarde staat twee keer in één lijst.".to_owned());
        }
        if parts.iter().any(|other| matches!(other, Condition::Not(inner) if **inner == *one)) {
            return Some(
                "Een voorwaarde en haar tegendeel staan in één lijst: die is onbereikbaar of altijd waar.".to_owned(),
            );
        }
    }
    None
}

fn check_outcomes(framework: &Framework, criterion: &Criterion, found: &mut Vec<Found>) {
    let reachable = outcomes(framework, criterion);
    let with_answer: BTreeSet<Outcome> = reach::truths_with_answer(&criterion.rule, &framework.definitions)
        .into_iter()
        .map(Truth::outcome)
        .chain(reachable.iter().copied())
        .collect();
    for effect in &criterion.effects {
        if !with_answer.contains(&effect.when) {
            let message = format!("Een gevolg bij \"{}\" is onbereikbaar.", effect.when.label());
            found.push((criterion.id.clone(), LintLevel::Error, message));
        }
        if effect.force > class_ceiling(criterion.class) {
            let message = format!("Een {} kan geen gevolg met volle kracht hebben.", criterion.class.label());
            found.push((criterion.id.clone(), LintLevel::Error, message));
        }
    }
    // An outcome that only the judge's own answer gives has a standing sentence.
    for outcome in reachable {
        if criterion.explanation.for_outcome(outcome).is_none() {
            let message = format!("De uitleg bij \"{}\" ontbreekt.", outcome.label());
            found.push((criterion.id.clone(), LintLevel::Error, message));
        }
    }
}

/// How a sentence begins that asks something of its reader. It may not stand in a decision, so it is marked.
const INSTRUCTIONS: [&str; 34] = [
    "Bekijk",
    "Beoordeel",
    "Bepaal",
    "Beperk",
    "Bespreek",
    "Betrek",
    "Bezie",
    "Controleer",
    "Deel",
    "Ga",
    "Gebruik",
    "Geef",
    "Houd",
    "Kies",
    "Kijk",
    "Laat",
    "Lees",
    "Leg",
    "Maak",
    "Neem",
    "Noem",
    "Onderzoek",
    "Overweeg",
    "Richt",
    "Spreek",
    "Tel",
    "Vergelijk",
    "Vermeld",
    "Vraag",
    "Wacht",
    "Weeg",
    "Zeg",
    "Zet",
    "Zoek",
];

/// An instruction to the reader that is not between `<` and `>`, or marks that do not close.
fn unmarked_instruction(text: &str) -> Option<String> {
    let marks: String = text.chars().filter(|sign| ['<', '>'].contains(sign)).collect();
    if !marks.replace("<>", "").is_empty() {
        return Some("De tekens < en > rond een opdracht aan de lezer horen bij elkaar.".to_owned());
    }
    let (told, _) = explanation::apart(text);
    let sentence = told.split_inclusive(['.', '?', '!']).map(str::trim).find(|sentence| {
        let first = sentence.split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
        INSTRUCTIONS.contains(&first)
    })?;
    Some(format!(
        "\"{sentence}\" is een opdracht aan de lezer: zet die tussen < en >, dan komt zij niet in een beslissing."
    ))
}

fn check_texts(criterion: &Criterion, found: &mut Vec<Found>) {
    let explanation = &criterion.explanation;
    let explanations = [
        &explanation.met,
        &explanation.not_met,
        &explanation.missing_facts,
        &explanation.needs_judgement,
        &explanation.not_applicable,
    ];
    for message in explanations.into_iter().flatten().filter_map(|text| unmarked_instruction(text)) {
        found.push((criterion.id.clone(), LintLevel::Error, message));
    }
    let texts =
        explanations.into_iter().flatten().chain([&criterion.question, &criterion.why]).chain(&criterion.limits);
    let texts = texts.chain(criterion.asks.iter().flat_map(|item| [&item.what, &item.ask]));
    for text in texts {
        for word in text.split(|letter: char| !letter.is_alphabetic()) {
            if let Some((_, why)) = UNFIT_WORDS.iter().find(|(unfit, _)| word.eq_ignore_ascii_case(unfit)) {
                let message = format!("Het woord \"{word}\" past hier niet: {why}.");
                found.push((criterion.id.clone(), LintLevel::Error, message));
            }
        }
        if let Some(placeholder) = unknown_placeholder(text, criterion.for_each) {
            let message = format!("{placeholder} heeft geen betekenis bij \"for_each\" van dit criterium.");
            found.push((criterion.id.clone(), LintLevel::Error, message));
        }
    }
}

fn unknown_placeholder(text: &str, each: ForEach) -> Option<String> {
    let allowed: &[&str] = match each {
        ForEach::Dossier => &[],
        ForEach::Child => &["{kind}"],
        ForEach::Parent => &["{ouder}", "{andere_ouder}"],
        ForEach::ChildAndParent => &["{kind}", "{ouder}", "{andere_ouder}"],
        ForEach::Adult => &["{persoon}"],
        ForEach::Huisverbod => &["{gebondene}", "{beschermde}"],
        ForEach::Proposal => &["{deelnemers}", "{voorstel}"],
        ForEach::Result => &["{uitslag}"],
    };
    let known = PLACEHOLDERS.iter().filter(|name| text.contains(**name)).find(|name| !allowed.contains(name));
    let stripped = allowed.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
    known.map(|name| (*name).to_owned()).or_else(|| {
        let from = stripped.find('{')?;
        stripped.get(from..).map(|rest| rest.split_inclusive('}').next().unwrap_or(rest).to_owned())
    })
}
