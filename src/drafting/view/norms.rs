//! Assessment per norm, clashes with other measures, and the annex with the account of it.

use super::Scene;
use crate::assessment::model::{CriterionClass, Finding, Outcome};
use crate::conflicts::model::{Conflict, Severity};
use crate::drafting::{law, words};
use crate::shared::ids::FactId;
use crate::shared::moment::dutch_date;
use serde_json::{Value, json};

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
            .filter(|finding| finding.class == CriterionClass::Norm || finding.judge.is_some())
            .collect();
        let conflicts = self.usable_conflicts();
        json!({
            "bevindingen": self.told_once(&weighty),
            "bevindingen_weggelaten": left_out,
            "botsingen": conflicts.iter().map(|conflict| self.conflict(conflict)).collect::<Value>(),
            "botsingen_weggelaten": self.conflicts.conflicts.len() - conflicts.len(),
            "eigen_woorden": self.own_words("beoordeling"),
            "vragen": self.questions(),
        })
    }

    /// A criterion asked for several children or persons with the same answer on the same facts stands once.
    fn told_once(&self, findings: &[&Finding]) -> Value {
        let mut told: Vec<Value> = Vec::new();
        for finding in findings.iter().map(|finding| self.finding(finding)) {
            let same = |other: &&mut Value| {
                ["kader", "criterium", "uitkomst", "voor", "tegen", "scharnier", "ontbreekt", "rechter"]
                    .iter()
                    .all(|key| other.get(key) == finding.get(key))
            };
            match told.iter_mut().find(same) {
                Some(earlier) => merge(earlier, &finding),
                None => told.push(finding),
            }
        }
        Value::Array(told)
    }

    fn finding(&self, finding: &Finding) -> Value {
        let missing: Vec<&str> = finding.missing.iter().map(|item| item.what.as_str()).collect();
        let effects: Vec<String> = finding
            .effects
            .iter()
            .map(|effect| format!("{} {}", words::direction(effect.direction), words::effect(effect.kind)))
            .collect();
        let sources: Vec<String> = finding
            .sources
            .iter()
            .map(|source| {
                let ecli = if source.ecli.is_empty() { String::new() } else { format!(", {}", source.ecli) };
                format!("{}{ecli}; {}", source.reference, law::mark(source))
            })
            .collect();
        json!({
            "kader": finding.framework,
            "criterium": finding.criterion,
            "vraag": finding.question,
            "uitkomst": words::outcome(finding.outcome),
            "bij_vast": words::outcome(finding.views.established),
            "bij_aannemelijk": words::outcome(finding.views.plausible),
            "bij_betwist": words::outcome(finding.views.contested),
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
        let sources: Vec<String> =
            conflict.sources.iter().map(|source| format!("{}; {}", source.reference, law::mark(source))).collect();
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
            "uitwegen": conflict.ways_out,
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

/// Adds a question and explanation that differ only in whom they are about.
fn merge(earlier: &mut Value, finding: &Value) {
    for key in ["vraag", "toelichting"] {
        let new = finding.get(key).and_then(Value::as_str).unwrap_or_default();
        let Some(text) = earlier.get_mut(key) else { continue };
        let known = text.as_str().unwrap_or_default();
        if !known.contains(new) {
            *text = json!(format!("{known} {new}"));
        }
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
