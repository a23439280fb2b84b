//! Findings per norm as they stand in the reasons and in the annex: each criterion told once, also
//! when it was asked for several children, and what the document decides on comes first.

use super::Scene;
use crate::assessment::model::{CriterionClass, EffectKind, Finding, Outcome};
use crate::dossier::model::{ChildHearing, Domain, Event, FamilyRole, Instrument, Label, Person};
use crate::drafting::{law, words};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::source::LegalSource;
use serde_json::{Value, json};

/// The rules over all frameworks; they guard the reasoning and are accounted for in the annex.
pub(super) const FAIRNESS: &str = "00-fairness";

/// Stands where a judge noted an answer before the hearing, which is no outcome: in a paper for parties it stands
/// nowhere, and in a draft with the notes in the annex, which is left out when the decision is given.
const TO_JUDGE: &str = "Het dossier alleen beantwoordt dit niet.";

/// The framework on the huisverbod.
pub(super) const HUISVERBOD: &str = "thv-rihg";

/// A criterion with the persons it was asked for, and the facts for each of them.
struct Told<'f> {
    value: Value,
    name: String,
    findings: Vec<(&'f Finding, String)>,
}

impl Scene<'_> {
    /// Findings of this document's frameworks that rest only on facts that may be used here.
    pub(in crate::drafting) fn usable_findings(&self) -> Vec<&Finding> {
        self.own_findings().filter(|finding| self.is_usable(finding)).collect()
    }

    pub(super) fn own_findings(&self) -> impl Iterator<Item = &Finding> {
        self.assessment
            .findings
            .iter()
            .filter(|finding| self.frameworks.contains(&finding.framework.as_str()))
            // The rules over all frameworks are asked in each domain; elsewhere other facts count.
            .filter(|finding| finding.framework != FAIRNESS || finding.domain == self.domain)
            .filter(|finding| finding.outcome != Outcome::NotApplicable)
            .filter(|finding| !self.is_about_other_matter(finding) && !self.is_about_extension_not_given(finding))
            .filter(|finding| finding.judge.is_some() || !self.is_about_course_not_planned(finding))
    }

    /// Rests on requests made in other matters and on nothing else: it says something of those matters.
    fn is_about_other_matter(&self, finding: &Finding) -> bool {
        let elsewhere = |id: &FactId| {
            let request = self.file.requests.iter().find(|request| request.id.as_str() == id.as_str());
            request.is_some_and(|request| self.matter.is_some_and(|matter| matter.id != request.matter))
        };
        !finding.facts_for.is_empty() && finding.facts_for.iter().all(elsewhere)
    }

    fn is_usable(&self, finding: &Finding) -> bool {
        [&finding.facts_for, &finding.facts_against, &finding.hinge]
            .into_iter()
            .flatten()
            .all(|id| self.label(id).is_some())
    }

    /// Findings that belong in the reasons, what the document decides on first.
    pub(in crate::drafting) fn reasons<'f>(&self, findings: &[&'f Finding]) -> Vec<&'f Finding> {
        let mut weighty: Vec<&Finding> = findings
            .iter()
            .copied()
            .filter(|finding| {
                // In the criminal matter there is no norm-class framework; its guidance is what there is to weigh.
                finding.class == CriterionClass::Norm || finding.judge.is_some() || self.domain == Domain::Criminal
            })
            .filter(|finding| self.is_to_the_point(finding))
            .collect();
        weighty.sort_by_key(|finding| self.rank(finding));
        weighty
    }

    /// Place of a finding's weightiest effect among those the document decides on.
    fn rank(&self, finding: &Finding) -> usize {
        let place = |kind: EffectKind| self.effects.iter().position(|effect| *effect == kind);
        finding.effects.iter().filter_map(|effect| place(effect.kind)).min().unwrap_or(self.effects.len())
    }

    /// Whether a finding belongs in the reasons of this document. The rest stands in the annex.
    fn is_to_the_point(&self, finding: &Finding) -> bool {
        if self.is_about_other_basis(finding) || self.is_about_contact_not_asked(finding) {
            return false;
        }
        if finding.effects.is_empty() {
            let open = matches!(finding.outcome, Outcome::MissingFacts | Outcome::NeedsJudgement);
            return finding.judge.is_some()
                || (open && (finding.framework != FAIRNESS || finding.class == CriterionClass::Norm));
        }
        let reasons_only = finding.effects.iter().all(|effect| effect.kind == EffectKind::Reasons);
        (finding.framework != FAIRNESS || !reasons_only)
            && finding.effects.iter().any(|effect| self.effects.contains(&effect.kind))
    }

    /// A criterion asked for several persons with the same answer is told once; where the facts
    /// differ they are given per person. The judge's own words stand where they are told first.
    pub(in crate::drafting) fn told_once(&self, findings: &[&Finding]) -> Value {
        let mut told: Vec<Told<'_>> = Vec::new();
        for finding in findings.iter().copied() {
            let (value, name) = (self.finding(finding), self.subject(finding));
            match told.iter_mut().find(|earlier| is_same(&earlier.value, &earlier.name, &value, &name)) {
                Some(earlier) => earlier.findings.push((finding, name)),
                None => told.push(Told { value, name: name.clone(), findings: vec![(finding, name)] }),
            }
        }
        let mut said: Vec<Value> = Vec::new();
        let mut values = Vec::new();
        for mut item in told {
            self.tell_persons(&mut item);
            if let Some(words) = item.value.get_mut("rechter").filter(|words| !words.is_null()) {
                if said.contains(words) {
                    *words = Value::Null;
                } else {
                    said.push(words.clone());
                }
            }
            values.push(item.value);
        }
        values.into()
    }

    /// Adds for whom else it holds, and the facts per person where they differ.
    fn tell_persons(&self, item: &mut Told<'_>) {
        let others: Vec<String> = item.findings.iter().skip(1).map(|(_, name)| name.clone()).collect();
        let mut groups: Vec<(Value, Vec<String>)> = Vec::new();
        for (finding, name) in item.findings.iter().filter(|_| !others.is_empty()) {
            let facts = self.fact_lists(finding);
            match groups.iter_mut().find(|(known, _)| *known == facts) {
                Some((_, names)) => names.push(name.clone()),
                None => groups.push((facts, vec![name.clone()])),
            }
        }
        let per: Vec<Value> = if groups.len() > 1 {
            groups
                .into_iter()
                .map(|(mut facts, names)| {
                    if let Value::Object(facts) = &mut facts {
                        facts.insert("wie".to_owned(), json!(words::list(&names)));
                    }
                    facts
                })
                .collect()
        } else {
            Vec::new()
        };
        if let Value::Object(value) = &mut item.value {
            value.insert("ook".to_owned(), words::text_or_null(&words::list(&others)));
            value.insert("per".to_owned(), per.into());
        }
    }

    /// Violence of the protected side makes the danger of the other no smaller: about a huisverbod it bears on who
    /// has to leave the home, and stands by itself.
    fn fact_lists(&self, finding: &Finding) -> Value {
        let by_protected = |id: &&FactId| {
            let event = self.file.events.iter().find(|event| event.id.as_str() == id.as_str());
            finding.framework == HUISVERBOD && event.is_some_and(|event| self.is_by_protected(event))
        };
        let (mutual, against): (Vec<&FactId>, Vec<&FactId>) = finding.facts_against.iter().partition(by_protected);
        let owned = |ids: Vec<&FactId>| ids.into_iter().cloned().collect::<Vec<FactId>>();
        // What a rule of fair hearing does not find met names where that is; it argues for neither side.
        let names_it = finding.framework == FAIRNESS && finding.facts_for.is_empty();
        let (against, named) = if names_it { (Vec::new(), against) } else { (against, Vec::new()) };
        let disputable = owned(finding.hinge.iter().filter(|id| self.can_decide(finding, id)).collect());
        json!({
            "voor": self.label_list(&finding.facts_for),
            "tegen": self.label_list(&owned(against)),
            "gaat_om": self.label_list(&owned(named)),
            "wederzijds": self.label_list(&owned(mutual)),
            "scharnier": self.label_list(&disputable),
        })
    }

    /// Violence in which nobody acted who is kept away by a huisverbod.
    fn is_by_protected(&self, event: &Event) -> bool {
        let bans = self.file.measures.iter().filter(|measure| measure.instrument == Instrument::Huisverbod);
        let kept_away: Vec<&PersonId> = bans.flat_map(|measure| &measure.restrained).collect();
        event.kind.is_violence()
            && !kept_away.is_empty()
            && !event.actors.is_empty()
            && event.actors.iter().all(|actor| !kept_away.contains(&actor))
    }

    /// The child a criterion was asked for, or the first person.
    pub(in crate::drafting) fn subject(&self, finding: &Finding) -> String {
        let persons: Vec<&Person> = finding
            .about
            .iter()
            .filter_map(|id| self.file.persons.iter().find(|person| person.id.as_str() == id.as_str()))
            .collect();
        let child = persons.iter().find(|person| person.family_role == FamilyRole::Child);
        child.or(persons.first()).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// The question, with which proposal it is about where several could be meant.
    pub(super) fn question_of(&self, finding: &Finding) -> String {
        let proposals = &self.file.proposals;
        let about = proposals.iter().find(|item| finding.about.iter().any(|id| id.as_str() == item.id.as_str()));
        match about.map(|item| item.kind.label()) {
            Some(kind) if !finding.question.contains(kind) => {
                finding.question.replace("het voorstel", &format!("het voorstel voor {kind}"))
            }
            _ => finding.question.clone(),
        }
    }

    /// An outcome in words, as the answer to a question; who has to judge is not always a judge.
    fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Met => "ja",
            Outcome::NotMet => "nee",
            Outcome::MissingFacts => "onbekend (feiten ontbreken)",
            Outcome::NeedsJudgement if !self.is_decided_by_judge() => "oordeel nodig van wie beslist",
            outcome => outcome.label(),
        }
    }

    /// The rules on civil procedure are no law of a criminal or administrative court.
    pub(super) fn is_law_here(&self, source: &LegalSource) -> bool {
        self.domain == Domain::Family || !source.reference.ends_with(" Rv")
    }

    /// Of a child that was heard in another matter only: how it stands in this one, since the opportunity belongs to
    /// each decision.
    fn heard_elsewhere(&self, finding: &Finding) -> Option<String> {
        let own = self.matter.filter(|_| !self.whole_domain && finding.outcome == Outcome::Met)?;
        let told: Option<Vec<&ChildHearing>> = finding
            .facts_for
            .iter()
            .map(|id| self.file.child_hearings.iter().find(|hearing| hearing.id == *id))
            .collect();
        let told = told.filter(|told| !told.is_empty() && told.iter().all(|hearing| hearing.matter != own.id))?;
        let child = self.person(&told.first()?.child);
        let here: Vec<&ChildHearing> = self
            .file
            .child_hearings
            .iter()
            .filter(|hearing| hearing.matter == own.id && told.iter().any(|other| other.child == hearing.child))
            .collect();
        let stands = match here.first() {
            Some(hearing) => format!(
                "In deze zaak geldt: {child} {} ({}).",
                words::hearing_outcome(hearing.outcome),
                self.label(&hearing.id).unwrap_or_default()
            ),
            None => format!("Of {child} in deze zaak die gelegenheid kreeg, staat niet in het dossier."),
        };
        Some(format!(
            "In een andere zaak kreeg {child} gelegenheid zich uit te spreken. {stands} Te beoordelen is of dat voor deze \
             beslissing genoeg is."
        ))
    }

    fn who_decides(&self) -> &'static str {
        if self.is_decided_by_judge() { "de rechter" } else { "wie beslist" }
    }

    /// What the decision has to say on a norm that the file alone does not answer; of what is no norm it may be silent.
    fn left_to_judge(&self, finding: &Finding) -> Option<String> {
        (finding.class == CriterionClass::Norm)
            .then(|| format!("het antwoord van {} op de vraag \"{}\"", self.who_decides(), self.question_of(finding)))
    }

    fn finding(&self, finding: &Finding) -> Value {
        let noted = finding.judge.as_ref().filter(|own| own.domain == self.domain);
        // A hearing file goes to all parties: what a judge noted beforehand is no part of it.
        let own = noted.filter(|_| !self.whole_domain);
        let hidden = noted.is_some_and(|own| self.whole_domain && own.answer.is_some());
        let early = own.is_some_and(|own| own.answer.is_some()) && self.is_before_hearing(finding);
        let own_answer = !early && own.is_some_and(|own| own.answer.is_some());
        let told_here = own
            .filter(|_| self.words_about == "zitting" || !self.is_before_hearing(finding))
            .map(|own| self.noted(own, finding));
        // What was noted before the hearing is no outcome yet: it stands as it would without.
        let bare = finding.without_answer().filter(|_| early || hidden);
        let unknown = (early || hidden) && bare.is_none();
        let finding = bare.as_ref().unwrap_or(finding);
        let missing: Vec<&str> = finding.missing.iter().map(|item| item.what.as_str()).collect();
        // When it is unknown whether a criterion applies, its summary names what is missing.
        let not_told: Vec<&str> = missing.iter().copied().filter(|what| !finding.summary.contains(what)).collect();
        let effects: Vec<String> = finding
            .effects
            .iter()
            .map(|effect| format!("{} {}", effect.direction.label(), effect.kind.label()))
            .collect();
        let sources: Vec<String> =
            finding.sources.iter().filter(|source| self.is_law_here(source)).map(law::cite).collect();
        let elsewhere = self.heard_elsewhere(finding);
        let open = unknown || elsewhere.is_some();
        let told = |outcome: Outcome| self.outcome(if open { Outcome::NeedsJudgement } else { outcome });
        let to_judge = open || headline(finding) == Outcome::NeedsJudgement;
        let mut value = json!({
            "kader": finding.framework,
            "criterium": finding.criterion,
            "vraag": self.question_of(finding),
            "antwoord_open": self.left_to_judge(finding).filter(|_| to_judge && told_here.is_none()),
            "uitkomst": told(headline(finding)),
            "bij_vast": told(finding.views.established),
            "bij_aannemelijk": told(finding.views.plausible),
            "bij_betwist": told(finding.views.contested),
            "eender": open
                || (finding.views.established == finding.views.contested
                    && finding.views.plausible == finding.views.contested),
            // That a judgement is needed is no outcome that could differ between readings.
            "oordeel_nodig": to_judge,
            "ontbreekt": missing,
            "ontbreekt_nog": words::text_or_null(&not_told.join("; ")),
            "gevolgen": words::text_or_null(&words::list(if open { &[] } else { &effects })),
            "toelichting": match &elsewhere {
                _ if unknown => TO_JUDGE,
                Some(elsewhere) => elsewhere,
                None => &finding.summary,
            },
            "bronnen": sources,
            "oordeelt": self.who_decides(),
            "eigen_antwoord": own_answer,
            // On the bench a note in preparation stands with its question.
            "rechter": told_here,
        });
        if let (Value::Object(value), Value::Object(facts)) = (&mut value, self.fact_lists(finding)) {
            value.extend(facts);
        }
        value
    }
}

/// The outcome as it heads a finding: never stronger than what the facts that stand give alone.
fn headline(finding: &Finding) -> Outcome {
    let decided = matches!(finding.outcome, Outcome::Met | Outcome::NotMet);
    if decided && finding.views.established != finding.outcome { Outcome::NeedsJudgement } else { finding.outcome }
}

/// Whether two findings say the same, but for the name of whom they are about and the facts.
fn is_same(earlier: &Value, about: &str, finding: &Value, name: &str) -> bool {
    let renamed = |key: &str| {
        let [earlier, text] =
            [earlier, finding].map(|value| value.get(key).and_then(Value::as_str).unwrap_or_default());
        if about.is_empty() { earlier == text } else { earlier.replace(about, name) == text }
    };
    ["kader", "criterium", "uitkomst", "bij_vast", "bij_aannemelijk", "bij_betwist", "ontbreekt", "rechter"]
        .iter()
        .all(|key| earlier.get(key) == finding.get(key))
        && (name.is_empty() || about != name)
        && renamed("vraag")
        && renamed("toelichting")
}
