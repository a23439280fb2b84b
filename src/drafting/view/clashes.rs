//! Clashes between measures: one paragraph for each pair of measures, what is said twice said once.

use super::Scene;
use crate::conflicts::model::{Conflict, ConflictKind, Severity};
use crate::dossier::model::{Domain, Event, MeasureState, OrderChange};
use crate::drafting::{kind_words::clash_in_short, law, words};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::Instant;
use serde_json::{Value, json};

/// How ways out begin that are for the authorities of a file of its own; what a family judge can do tells what that
/// judge ordered.
const OWN_CRIMINAL: &[&str] = &["De officier van justitie", "De rechter voor wie", "De strafrechter"];
const OWN_ADMINISTRATIVE: &[&str] = &["De burgemeester"];

/// What a decision about contact calls the arrangement that it gives.
const OWN_ARRANGEMENT: &str = "regeling van deze beslissing";

impl Scene<'_> {
    pub(super) fn usable_conflicts(&self) -> Vec<&Conflict> {
        self.conflicts.conflicts.iter().filter(|conflict| self.knows_all(&conflict.measures)).collect()
    }

    pub(super) fn knows_all(&self, ids: &[FactId]) -> bool {
        ids.iter().all(|id| self.label(id).is_some())
    }

    /// Clashes this document has to mention, one value for each set of measures.
    pub(super) fn clashes(&self) -> Value {
        let mut groups: Vec<(Vec<FactId>, Vec<&Conflict>)> = Vec::new();
        for conflict in self.usable_conflicts() {
            let shown = conflict.severity != Severity::Note && self.clashes.contains(&conflict.kind);
            let nothing_told = self.untold_measures(&conflict.measures).len() == conflict.measures.len();
            let left_out = nothing_told
                || self.is_told_by_running_order(conflict)
                || self.rests_on_unjoined(conflict)
                || self.is_over_by_then(conflict);
            if !shown || left_out || !self.concerns(conflict) {
                continue;
            }
            let mut measures = conflict.measures.clone();
            measures.sort();
            match groups.iter_mut().find(|(known, _)| *known == measures) {
                Some((_, members)) => members.push(conflict),
                None => groups.push((measures, vec![conflict])),
            }
        }
        let told = |(measures, members): &(Vec<FactId>, Vec<&Conflict>)| {
            let told = self.group(measures, members);
            let untold = self.untold_measures(measures);
            if untold.is_empty() { told } else { self.without_contents(told, &untold) }
        };
        groups.iter().map(told).collect()
    }

    /// A clash with a measure that stands only in a document that was not joined: that there is one, so that who decides
    /// can have the document joined, and what the own authorities can do; not what the other order holds.
    fn without_contents(&self, mut told: Value, untold: &[FactId]) -> Value {
        let own = if self.domain == Domain::Criminal { OWN_CRIMINAL } else { OWN_ADMINISTRATIVE };
        let Some(group) = told.as_object_mut() else { return told };
        for list in ["uitwegen", "bronnen"] {
            let kept = |line: &Value| {
                let line = line.as_str().unwrap_or_default();
                let of_family = line.contains(" Rv") || line.contains(" BW");
                !of_family && (list == "bronnen" || own.iter().any(|authority| line.starts_with(authority)))
            };
            if let Some(Value::Array(lines)) = group.get_mut(list) {
                lines.retain(kept);
            }
        }
        let labels = self.label_list(untold);
        let labels = labels.as_str().unwrap_or_default();
        let (stands, document) = match untold.len() {
            1 => ("staat", "een stuk uit een andere zaak dat niet is gevoegd"),
            _ => ("staan", "stukken uit een andere zaak die niet zijn gevoegd"),
        };
        let ends = group.get("slot").and_then(Value::as_str).unwrap_or_default();
        let text = format!(
            "{labels} {stands} alleen in {document}. De inhoud wordt hier niet herhaald; de samenloop weegt pas mee na \
             voeging.{ends}"
        );
        group.insert("toelichting".to_owned(), text.into());
        group.insert("kort".to_owned(), format!("{labels} niet gevoegd").into());
        for moment in ["van", "tot"] {
            group.insert(moment.to_owned(), Value::Null);
        }
        told
    }

    /// The same in short, for a sheet: what cannot be kept together, and what asks for attention by name.
    pub(in crate::drafting) fn clashes_in_short(&self) -> (Value, Value) {
        let all = self.clashes();
        let groups = all.as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |group: &Value, key: &str| group.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let hard = |group: &&Value| text(group, "ernst").starts_with("k");
        let named = |group: &Value| format!("{}: {}", text(group, "maatregelen"), text(group, "kort"));
        let soft: Vec<String> = groups.iter().filter(|group| !hard(group)).map(named).collect();
        (groups.iter().filter(hard).cloned().collect(), words::text_or_null(&soft.join("; ")))
    }

    /// Joint talks that only documents propose which were not joined, or beside violence of which only those tell: the
    /// words of the clash would tell what this file may not.
    fn rests_on_unjoined(&self, conflict: &Conflict) -> bool {
        if conflict.kind != ConflictKind::BanAgainstJointTalks || !self.has_file_of_its_own() {
            return false;
        }
        let proposals = self.file.proposals.iter().filter(|item| conflict.measures.contains(&item.id));
        let untold = |event: &Event| {
            let between = |persons: &[PersonId]| persons.iter().any(|person| conflict.persons.contains(person));
            between(&event.actors) && between(&event.targets) && self.only_elsewhere(event).is_some()
        };
        let names_violence = conflict.measures.len() == 1;
        proposals.into_iter().any(|item| self.is_withheld(item.source.as_ref()))
            || (names_violence && self.file.events.iter().any(untold))
    }

    /// Administrative and criminal decisions speak of clashes of their own measures; the family
    /// judge has to fit an arrangement into all of them, and the bridge and a hearing look at all of them.
    fn concerns(&self, conflict: &Conflict) -> bool {
        !self.is_intended_elsewhere(conflict) && self.is_of_concern(conflict)
    }

    /// What another authority only intends is no decision yet and was given to nobody: it stands in that authority's
    /// own papers and in the bridge, which lays all intentions side by side.
    fn is_intended_elsewhere(&self, conflict: &Conflict) -> bool {
        self.words_about != "beschermingsbrug"
            && conflict.measures.iter().any(|id| {
                let intended = self.file.matters.iter().find(|matter| matter.id.as_str() == id.as_str());
                intended.is_some_and(|matter| matter.domain != self.domain)
            })
    }

    /// An intended order that changes one that runs is no second order: what it clashes with clashes with that one.
    fn is_told_by_running_order(&self, conflict: &Conflict) -> bool {
        let Some(plan) = self.file.plans.gedragsinterventie.as_ref() else { return false };
        let Some(earlier) = plan.earlier_order.as_ref().filter(|earlier| earlier.how == OrderChange::Amends) else {
            return false;
        };
        let intended = FactId::from(&plan.matter);
        if !conflict.measures.contains(&intended) {
            return false;
        }
        let running = FactId::from(&earlier.measure);
        let others: Vec<&FactId> = conflict.measures.iter().filter(|id| **id != intended && **id != running).collect();
        let same = |other: &&Conflict| {
            other.measures.contains(&running)
                && !other.measures.contains(&intended)
                && others.iter().all(|id| other.measures.contains(id))
        };
        others.is_empty() || self.usable_conflicts().iter().any(|other| other.severity != Severity::Note && same(other))
    }

    fn is_of_concern(&self, conflict: &Conflict) -> bool {
        self.domain == Domain::Family
            || ["zitting", "beschermingsbrug"].contains(&self.words_about)
            || conflict.measures.iter().any(|id| self.domain_of(id) == Some(self.domain))
    }

    /// Whether a measure, request or matter belongs to the matter of this paper; what belongs to no matter does too.
    pub(super) fn is_of_own_matter(&self, id: &FactId) -> bool {
        let matter = self.matter_of(id);
        matter.is_none_or(|matter| self.matter.is_some_and(|own| own.id.as_str() == matter))
    }

    /// Legal domain of a measure, request or matter.
    pub(in crate::drafting) fn domain_of(&self, id: &FactId) -> Option<Domain> {
        let matter = self.matter_of(id)?;
        self.file.matters.iter().find(|item| item.id.as_str() == matter).map(|item| item.domain)
    }

    /// Key of the matter of a measure or request, or of a matter itself.
    fn matter_of(&self, id: &FactId) -> Option<&str> {
        let key = id.as_str();
        let measures = self.file.measures.iter().map(|item| (item.id.as_str(), &item.matter));
        let requests = self.file.requests.iter().map(|item| (item.id.as_str(), &item.matter));
        let of = measures.chain(requests).find(|(known, _)| *known == key).map(|(_, matter)| matter.as_str());
        let own = self.file.matters.iter().map(|item| item.id.as_str()).find(|known| *known == key);
        of.or(own)
    }

    fn group(&self, measures: &[FactId], members: &[&Conflict]) -> Value {
        let blocking = members.iter().any(|conflict| conflict.severity == Severity::Blocking);
        let from = members.iter().filter_map(|conflict| conflict.from).min();
        let until: Option<Option<Instant>> =
            members.iter().map(|conflict| conflict.until).reduce(|a, b| Some(a?.max(b?)));
        let mut ways: Vec<&str> = Vec::new();
        let mut sources: Vec<String> = Vec::new();
        let mut short: Vec<String> = Vec::new();
        for conflict in members {
            once(&mut short, std::iter::once(clash_in_short(conflict.kind).to_owned()));
            once(&mut ways, conflict.ways_out.iter().map(String::as_str));
            once(&mut sources, conflict.sources.iter().map(law::cite));
        }
        let single = measures.len() < 2;
        let names = self.measure_names(measures).as_str().map_or_else(|| "de maatregelen".to_owned(), str::to_owned);
        let hangs = self.if_start_open(members);
        // What is not known to begin does not begin on the day of the decision.
        let from = from.filter(|_| hangs.is_none());
        let hanging = hangs.is_some();
        let ends = self.ends_of(measures, members, hangs);
        json!({
            "kop": match (blocking, single) {
                (true, false) if hanging => format!("{} kunnen botsen", words::capital(&names)),
                (true, false) => format!("{} kunnen niet allebei worden nageleefd", words::capital(&names)),
                (true, true) => format!("{} kan zo niet worden nageleefd", words::capital(&names)),
                (false, false) => format!("Samenloop van {names}"),
                (false, true) => format!("Bij {names}"),
            },
            "ernst": match (blocking, single) {
                (true, false) => "kunnen niet allebei worden nageleefd",
                (true, true) => "kan zo niet worden nageleefd",
                (false, false) => "vragen aandacht",
                (false, true) => "vraagt aandacht",
            },
            "maatregelen": self.measure_names(measures).as_str().map(words::capital),
            "van": words::moment(from.as_ref()),
            "tot": words::moment(until.flatten().as_ref()),
            "toelichting": self.in_own_words(measures, &explanation(members, blocking)) + &ends,
            "slot": ends,
            // Ways out stand where the decision cannot be given without one.
            "uitwegen": if blocking { ways } else { Vec::new() },
            "kort": words::list(&short),
            "bronnen": sources,
        })
    }

    /// In the decision that gives an arrangement or an order, that is no intention of someone else.
    fn in_own_words(&self, measures: &[FactId], text: &str) -> String {
        let mut text = text.to_owned();
        if self.words_about == "voorlopige-voorzieningen" && measures.iter().any(|id| self.is_asked_here(id)) {
            return text.replace(" Let op: over de voorlopige voorziening (art. 822 Rv) is nog niet beslist.", "");
        }
        let own = self.matter.filter(|_| self.words_about == "omgang");
        if !own.is_some_and(|own| measures.iter().any(|id| id.as_str() == own.id.as_str())) {
            return text;
        }
        for name in ["voorgenomen zorgregeling", "voorgenomen omgangsregeling"] {
            let undecided = format!("over de {name} is nog niet beslist");
            text = text.replace(&format!(" Let op: {undecided}."), "").replace(&format!("; {undecided}"), "");
            text = text.replace(&format!("e {name}"), &format!("e {OWN_ARRANGEMENT}"));
        }
        text
    }

    /// Whether it is a measure that was asked in the matter of this paper, which decides on it.
    fn is_asked_here(&self, id: &FactId) -> bool {
        let mut measures = self.file.measures.iter().filter(|measure| measure.state == MeasureState::Proposed);
        measures.any(|measure| measure.id.as_str() == id.as_str() && self.is_own(&measure.matter))
    }

    /// "M1 en M4"; a matter stands for what is intended in it.
    fn measure_names(&self, ids: &[FactId]) -> Value {
        let (intended, measures): (Vec<&FactId>, Vec<&FactId>) =
            ids.iter().partition(|id| self.file.matters.iter().any(|matter| matter.id.as_str() == id.as_str()));
        let measures: Vec<FactId> = measures.into_iter().cloned().collect();
        let mut names: Vec<String> =
            self.label_list(&measures).as_str().map(|text| vec![text.to_owned()]).unwrap_or_default();
        let own = |id: &FactId| {
            self.words_about == "omgang" && self.matter.is_some_and(|matter| matter.id.as_str() == id.as_str())
        };
        names.extend(intended.into_iter().filter_map(|id| match own(id) {
            true => Some(format!("de {OWN_ARRANGEMENT}")),
            false => self.label(id).map(|label| format!("het voornemen in {label}")),
        }));
        words::text_or_null(&words::list(&names))
    }
}

fn once<T: PartialEq>(list: &mut Vec<T>, items: impl Iterator<Item = T>) {
    for item in items {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

/// The explanations of a group after each other; a sentence that was said is not said again, and
/// the period of a measure, which stands with the measure, is left out. Of what can still be kept
/// together only the point itself is told, and what it hangs on.
fn explanation(members: &[&Conflict], in_full: bool) -> String {
    let mut sentences: Vec<String> = Vec::new();
    let mut times: Vec<String> = Vec::new();
    for conflict in members {
        let all = sentences_of(&without_periods(&conflict.explanation));
        let kept = all.into_iter().enumerate().filter(|(place, told)| in_full || *place < 2 || is_needed(told));
        for (_, sentence) in kept {
            once(&mut sentences, std::iter::once(times_once(sentence, &mut times)));
        }
    }
    // What a clash hangs on is said after all of it.
    sentences.sort_by_key(|sentence| sentence.starts_with("Let op"));
    sentences.join(" ")
}

/// Another time at which contact meets the ban, or what the clash hangs on: told also in short.
fn is_needed(sentence: &str) -> bool {
    sentence.starts_with("Let op") || sentence.contains(" toe: voor het eerst op ")
}

/// When a clash first comes, between these words and the next stop or semicolon.
const FIRST_TIME: [&str; 2] = ["voor het eerst op ", "De eerste keer is "];

/// The sentence without a first time that was told before.
fn times_once(sentence: String, told: &mut Vec<String>) -> String {
    for words in FIRST_TIME {
        let Some((before, after)) = sentence.split_once(words) else { continue };
        let time = after.split(';').next().unwrap_or(after).trim_end_matches('.').to_owned();
        if !told.contains(&time) {
            told.push(time);
        } else if before.trim_end().ends_with('.') {
            return before.trim_end().to_owned();
        }
    }
    sentence
}

/// Sentences of a text; a stop ends one only before a capital, and "De eerste keer" belongs to the
/// sentence before it.
fn sentences_of(text: &str) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    let mut fresh = true;
    for part in text.split_inclusive(". ") {
        let joins = !fresh || !part.starts_with(char::is_uppercase) || part.starts_with("De eerste keer");
        match sentences.last_mut().filter(|_| joins) {
            Some(last) => {
                last.push(' ');
                last.push_str(part.trim_end());
            }
            None => sentences.push(part.trim_end().to_owned()),
        }
        fresh = !part.trim_end().ends_with("art.") && !part.trim_end().ends_with("mr.");
    }
    sentences
}

/// Takes " (van … uur tot … uur)" and the like out of a text.
fn without_periods(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(" (van ") {
        out.push_str(before);
        match after.split_once(')') {
            Some((inside, tail)) if inside.contains(" uur") => rest = tail,
            _ => {
                out.push_str(" (van ");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_keeps_its_article_and_its_first_time() {
        let text =
            "Het verbod (art. 509hh Sv) geldt. De overdracht is thuis. De eerste keer is vrijdag. Let op: nog niet.";
        let expected = [
            "Het verbod (art. 509hh Sv) geldt.",
            "De overdracht is thuis. De eerste keer is vrijdag.",
            "Let op: nog niet.",
        ];
        assert_eq!(sentences_of(text), expected);
    }

    #[test]
    fn only_periods_with_a_clock_time_are_left_out() {
        assert_eq!(
            without_periods(
                "Het verbod (van 1 mei 2026 om 9.00 uur tot 2 mei 2026 om 9.00 uur) geldt (van kracht) nu."
            ),
            "Het verbod geldt (van kracht) nu."
        );
    }
}
