//! What a judge says is the judge's: own words, judgements on findings, and deviations from a limit of law. Only an
//! account that judges in the domain gives, changes or takes them away. What came with a file that a clerk brought
//! in is marked so, until a judge records it.

use crate::dossier::error::PlacedProblem;
use crate::dossier::model::{Deviation, Domain, Dossier, JudgeWords};
use crate::dossier::record::Access;
use crate::identity::Role;

/// Kinds of plan in which can be deviated.
const PLANS: [&str; 4] = ["gezag", "omgang", "gedragsinterventie", "huisverbod"];
const WORDS: &str = "Dit zijn woorden van de rechter. Alleen een rechter van dit rechtsgebied schrijft, wijzigt of \
     verwijdert ze, onder het eigen account, bij de bevindingen of het voornemen.";
const DEVIATION: &str = "Van een grens van de wet wijkt alleen een rechter van dit rechtsgebied af, onder het eigen account, \
     bij het voornemen.";
const FUNCTION: &str = "Hier staat een andere functie dan die van een rechter van dit rechtsgebied.";

/// What of a change is not for this account to say, each with its place.
pub(super) fn not_theirs(access: &Access, before: &Dossier, after: &Dossier) -> Vec<PlacedProblem> {
    let mut problems = Vec::new();
    let judges = |domain: Domain| access.role == Role::Rechter && access.domains.contains(&domain);
    for (place, words) in new_in(&before.judge_words, &after.judge_words) {
        if !judges(words.domain) {
            problems.push(problem(format!("/judge_words/{place}/text"), "judges_words", WORDS));
        } else if words.from_file || !words.domain.judges().contains(&words.by.as_str()) {
            problems.push(problem(format!("/judge_words/{place}/by"), "judges_function", FUNCTION));
        }
    }
    if new_in(&after.judge_words, &before.judge_words).iter().any(|(_, words)| !judges(words.domain)) {
        problems.push(problem("/judge_words".to_owned(), "judges_words", WORDS));
    }
    for kind in PLANS {
        let (stood, stands) = (deviations(before, kind), deviations(after, kind));
        let domains = domains(before, after, kind);
        let may = domains.iter().any(|domain| judges(*domain));
        let functions = |item: &Deviation| domains.iter().any(|domain| domain.judges().contains(&item.by.as_str()));
        for (place, item) in new_in(stood, stands) {
            let at = format!("/plans/{kind}/deviations/{place}");
            if !may {
                problems.push(problem(at, "judges_deviation", DEVIATION));
            } else if item.from_file || !functions(item) {
                problems.push(problem(format!("{at}/by"), "judges_function", FUNCTION));
            }
        }
        if !may && !new_in(stands, stood).is_empty() {
            problems.push(problem(format!("/plans/{kind}/deviations"), "judges_deviation", DEVIATION));
        }
    }
    problems
}

fn problem(pointer: String, code: &'static str, message: &str) -> PlacedProblem {
    PlacedProblem { pointer, code, message: message.to_owned() }
}

/// Deviations in the plan of a kind; none when there is no such plan.
fn deviations<'d>(dossier: &'d Dossier, kind: &str) -> &'d [Deviation] {
    let plans = dossier.plans.deviations();
    plans.into_iter().find(|(known, ..)| *known == kind).map_or(&[][..], |(_, _, items)| items.as_slice())
}

/// The domains whose judges decide by a plan of this kind.
fn domains(before: &Dossier, after: &Dossier, kind: &str) -> Vec<Domain> {
    match kind {
        "gezag" | "omgang" => vec![Domain::Family],
        "huisverbod" => vec![Domain::Administrative, Domain::Family],
        _ => [before, after].into_iter().filter_map(|dossier| own_domain(dossier, kind)).collect(),
    }
}

fn own_domain(dossier: &Dossier, kind: &str) -> Option<Domain> {
    let plans = dossier.plans.deviations();
    let (_, matter, _) = plans.into_iter().find(|(known, ..)| *known == kind)?;
    dossier.find_matter(matter).map(|matter| matter.domain)
}

/// Items of `now` that did not stand in `before`, with their place.
fn new_in<'i, T: PartialEq>(before: &[T], now: &'i [T]) -> Vec<(usize, &'i T)> {
    let mut left: Vec<&T> = before.iter().collect();
    let mut stood = |item: &T| {
        let place = left.iter().position(|known| *known == item);
        place.map(|place| left.swap_remove(place)).is_some()
    };
    now.iter().enumerate().filter(|(_, item)| !stood(item)).collect()
}

/// A file as it is brought in by someone: what a judge is said to have said, and who brings it does not say as a
/// judge of that domain, is marked.
pub(in crate::dossier) fn brought_in_by(role: Role, dossier: &Dossier) -> Dossier {
    let mut marked = beside_choices(dossier);
    if role != Role::Rechter {
        marked.judge_words.iter_mut().for_each(|words| words.from_file = true);
        marked.plans.deviations_mut().into_iter().flat_map(|(_, items)| items).for_each(|item| item.from_file = true);
    }
    marked
}

/// A change in which what was marked before stays so, also when it comes from a file without the marks.
pub(in crate::dossier) fn with_marks(access: &Access, before: &Dossier, after: &Dossier) -> Dossier {
    let mut marked = keeping_choices(before, after);
    if access.role == Role::Rechter {
        return marked;
    }
    for words in &mut marked.judge_words {
        let same = |known: &&JudgeWords| JudgeWords { from_file: words.from_file, ..(*known).clone() } == *words;
        words.from_file |= before.judge_words.iter().find(same).is_some_and(|known| known.from_file);
    }
    let stood = before.plans.deviations();
    for (kind, items) in marked.plans.deviations_mut() {
        let known: Vec<&Deviation> =
            stood.iter().filter(|(of, ..)| *of == kind).flat_map(|(_, _, items)| items.iter()).collect();
        for item in items {
            let same = |known: &&&Deviation| Deviation { from_file: item.from_file, ..(**known).clone() } == *item;
            item.from_file |= known.iter().find(same).is_some_and(|known| known.from_file);
        }
    }
    marked
}

/// The file in which words for a paper tell beside which choice they stand, also when it was made without.
fn beside_choices(dossier: &Dossier) -> Dossier {
    let mut told = dossier.clone();
    for words in told.judge_words.iter_mut().filter(|words| words.beside.is_none()) {
        words.beside = dossier.choice_beside(&words.about);
    }
    told
}

/// The same of a change: words that stood there keep the choice beside which they were written.
fn keeping_choices(before: &Dossier, after: &Dossier) -> Dossier {
    let mut told = after.clone();
    for words in told.judge_words.iter_mut().filter(|words| words.beside.is_none()) {
        let same = |known: &&JudgeWords| {
            let bare = |words: &JudgeWords| JudgeWords { beside: None, from_file: false, ..words.clone() };
            bare(known) == bare(words)
        };
        let stood = before.judge_words.iter().find(same).map(|known| known.beside.clone());
        words.beside = stood.unwrap_or_else(|| after.choice_beside(&words.about));
    }
    told
}
