//! Assessment per norm, clashes with other measures, and the annex with the account of it.

use super::Scene;
use crate::assessment::model::{CriterionClass, EffectKind, Finding, Outcome};
use crate::conflicts::model::{Conflict, Severity};
use crate::dossier::model::{Domain, FamilyRole, Label};
use crate::drafting::{law, words};
use crate::shared::ids::FactId;
use crate::shared::moment::dutch_date;
use serde_json::{Value, json};

/// The rules over all frameworks; they guard the reasoning and are accounted for in the annex.
const FAIRNESS: &str = "00-fairness";

impl Scene<'_> {
    /// Findings of this document's frameworks that rest only on facts that may be used here.
    pub(in crate::drafting) fn usable_findings(&self) -> Vec<&Finding> {
        self.own_findings().filter(|finding| self.is_usable(finding)).collect()
    }

    fn own_findings(&self) -> impl Iterator<Item = &Finding> {
        self.assessment
            .findings
            .iter()
            .filter(|finding| self.frameworks.contains(&finding.framework.as_str()))
            .filter(|finding| finding.outcome != Outcome::NotApplicable)
    }

    fn is_usable(&self, finding: &Finding) -> bool {
        [&finding.facts_for, &finding.facts_against, &finding.hinge]
            .into_iter()
            .flatten()
            .all(|id| self.label(id).is_some())
    }

    /// Whether a finding belongs in the reasons of this document. The rest stands in the annex.
    fn is_to_the_point(&self, finding: &Finding) -> bool {
        if finding.effects.is_empty() {
            return matches!(finding.outcome, Outcome::MissingFacts | Outcome::NeedsJudgement)
                || finding.judge.is_some();
        }
        let reasons_only = finding.effects.iter().all(|effect| effect.kind == EffectKind::Reasons);
        (finding.framework != FAIRNESS || !reasons_only)
            && finding.effects.iter().any(|effect| self.effects.contains(&effect.kind))
    }

    fn usable_conflicts(&self) -> Vec<&Conflict> {
        self.conflicts.conflicts.iter().filter(|conflict| self.knows_all(&conflict.measures)).collect()
    }

    fn knows_all(&self, ids: &[FactId]) -> bool {
        ids.iter().all(|id| self.label(id).is_some())
    }

    pub(super) fn assessment(&self) -> Value {
        let findings = self.usable_findings();
        let left_out = self.own_findings().count() - findings.len();
        let weighty: Vec<&Finding> = findings
            .iter()
            .copied()
            .filter(|finding| {
                // In the criminal matter there is no norm-class framework; its guidance is what there is to weigh.
                finding.class == CriterionClass::Norm || finding.judge.is_some() || self.domain == Domain::Criminal
            })
            .filter(|finding| self.is_to_the_point(finding))
            .collect();
        let conflicts = self.usable_conflicts();
        json!({
            "bevindingen": self.told_once(&weighty),
            "bevindingen_weggelaten": left_out,
            "botsingen": conflicts
                .iter()
                .filter(|conflict| conflict.severity != Severity::Note && self.clashes.contains(&conflict.kind))
                .map(|conflict| self.conflict(conflict))
                .collect::<Value>(),
            "botsingen_weggelaten": self.conflicts.conflicts.len() - conflicts.len(),
            "eigen_woorden": self.own_words("beoordeling"),
            "vragen": self.questions(),
        })
    }

    /// A criterion asked for several persons with the same answer on the same facts is told once,
    /// and the judge's own words on it stand where they are told first.
    fn told_once(&self, findings: &[&Finding]) -> Value {
        let mut told: Vec<(Value, String)> = Vec::new();
        for finding in findings {
            let value = self.finding(finding);
            let name = self.subject(finding);
            match told.iter_mut().find(|(earlier, about)| is_same(earlier, about, &value, &name)) {
                Some((earlier, _)) => also_for(earlier, &name),
                None => told.push((value, name)),
            }
        }
        let mut said: Vec<Value> = Vec::new();
        for (value, _) in &mut told {
            let Some(words) = value.get_mut("rechter").filter(|words| !words.is_null()) else { continue };
            if said.contains(words) {
                *words = Value::Null;
            } else {
                said.push(words.clone());
            }
        }
        told.into_iter().map(|(value, _)| value).collect()
    }

    /// The child a criterion was asked for, or the first person.
    fn subject(&self, finding: &Finding) -> String {
        let persons: Vec<&crate::dossier::model::Person> = finding
            .about
            .iter()
            .filter_map(|id| self.file.persons.iter().find(|person| person.id.as_str() == id.as_str()))
            .collect();
        let child = persons.iter().find(|person| person.family_role == FamilyRole::Child);
        child.or(persons.first()).map(|person| person.name.clone()).unwrap_or_default()
    }

    fn finding(&self, finding: &Finding) -> Value {
        let missing: Vec<&str> = finding.missing.iter().map(|item| item.what.as_str()).collect();
        let effects: Vec<String> = finding
            .effects
            .iter()
            .map(|effect| format!("{} {}", effect.direction.label(), effect.kind.label()))
            .collect();
        let sources: Vec<String> = finding.sources.iter().map(law::cite).collect();
        json!({
            "kader": finding.framework,
            "ook": null,
            "criterium": finding.criterion,
            "vraag": finding.question,
            "uitkomst": finding.outcome.label(),
            "bij_vast": finding.views.established.label(),
            "bij_aannemelijk": finding.views.plausible.label(),
            "bij_betwist": finding.views.contested.label(),
            "eender": finding.views.established == finding.views.contested
                && finding.views.plausible == finding.views.contested,
            "voor": self.label_list(&finding.facts_for),
            "tegen": self.label_list(&finding.facts_against),
            "scharnier": self.label_list(&finding.hinge),
            "ontbreekt": missing,
            "gevolgen": words::text_or_null(&words::list(&effects)),
            "toelichting": finding.summary,
            "bronnen": sources,
            "rechter": finding.judge.as_ref().filter(|words| words.domain == self.domain).map(|own| json!({
                "door": own.by,
                "datum": words::day(Some(own.on)),
                "tekst": own.text,
                "antwoord": own.answer.map(judge_answer),
            })),
        })
    }

    fn conflict(&self, conflict: &Conflict) -> Value {
        let sources: Vec<String> = conflict.sources.iter().map(law::cite).collect();
        json!({
            "ernst": match conflict.severity {
                Severity::Blocking => "kunnen niet allebei worden nageleefd",
                Severity::Warning => "vraagt aandacht",
                Severity::Note => "ter kennisneming",
            },
            "maatregelen": self.label_list(&conflict.measures),
            "van": words::moment(conflict.from.as_ref()),
            "tot": words::moment(conflict.until.as_ref()),
            "toelichting": conflict.explanation,
            // Ways out stand where the decision cannot be given without one.
            "uitwegen": if conflict.severity == Severity::Blocking { conflict.ways_out.as_slice() } else { &[] },
            "bronnen": sources,
        })
    }

    fn questions(&self) -> Value {
        self.assessment
            .questions
            .iter()
            .filter(|question| self.knows_all(&question.facts))
            .filter(|question| {
                question.decides.iter().any(|criterion| {
                    criterion.split('/').next().is_some_and(|framework| self.frameworks.contains(&framework))
                })
            })
            .map(|question| json!({ "over": question.about, "waarom": question.why }))
            .collect()
    }

    pub(super) fn annex(&self) -> Value {
        let receipt = &self.assessment.receipt;
        let frameworks: Value = receipt
            .frameworks
            .iter()
            .filter(|framework| self.frameworks.contains(&framework.id.as_str()))
            .map(|framework| json!({ "kader": framework.id, "versie": framework.version, "hash": framework.hash }))
            .collect();
        let withheld: Value = self
            .projection
            .withheld
            .iter()
            .map(|(reason, items)| {
                let source = reason.source();
                json!({
                    "reden": reason.explanation(),
                    "aantal": items,
                    "bron": format!("{}; {}", source.reference, law::mark(&source)),
                })
            })
            .collect();
        json!({
            "ontvangstbewijs": {
                "dossier": receipt.dossier_hash,
                "peildatum": dutch_date(receipt.reference_date),
                "programma": receipt.software,
                "kaders": frameworks,
            },
            "alle_bevindingen": self.told_once(&self.usable_findings()),
            "weggelaten": withheld,
            "termijnen": self.deadlines(),
        })
    }

    fn deadlines(&self) -> Value {
        self.conflicts
            .deadlines
            .iter()
            .filter(|deadline| self.label(&deadline.fact).is_some())
            .map(|deadline| {
                json!({
                    "wat": deadline.what,
                    "moment": words::moment(Some(&deadline.at)),
                    "regel": deadline.rule,
                    "bron": format!("{}; {}", deadline.source, law::mark(&deadline.legal_source)),
                })
            })
            .collect()
    }
}

/// Whether two findings say the same, but for the name of whom they are about.
fn is_same(earlier: &Value, about: &str, finding: &Value, name: &str) -> bool {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let renamed = |key: &str| {
        let earlier = text(earlier, key);
        let earlier = if about.is_empty() { earlier } else { earlier.replace(about, name) };
        earlier == text(finding, key)
    };
    ["kader", "criterium", "uitkomst", "voor", "tegen", "scharnier", "ontbreekt", "rechter"]
        .iter()
        .all(|key| earlier.get(key) == finding.get(key))
        && renamed("vraag")
        && renamed("toelichting")
}

fn also_for(earlier: &mut Value, name: &str) {
    let known = earlier.get("ook_voor").and_then(Value::as_array).cloned().unwrap_or_default();
    let names = known.into_iter().filter_map(|value| value.as_str().map(str::to_owned)).chain([name.to_owned()]);
    let names: Vec<String> = names.collect();
    if let Some(object) = earlier.as_object_mut() {
        object.insert("ook".to_owned(), words::text_or_null(&words::list(&names)));
        object.insert("ook_voor".to_owned(), json!(names));
    }
}

fn judge_answer(answer: crate::dossier::model::JudgeAnswer) -> &'static str {
    use crate::dossier::model::JudgeAnswer;
    match answer {
        JudgeAnswer::Met => "voldaan",
        JudgeAnswer::NotMet => "niet voldaan",
        JudgeAnswer::Undecided => "nog niet beslist",
    }
}
