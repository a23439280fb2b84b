//! Assessment per norm, clashes with other measures, and the annex with the account of it.

use super::{Scene, object};
use crate::assessment::is_critical;
use crate::assessment::model::{Question, QuestionKind};
use crate::dossier::model::{Event, Evidence, JudgeAnswer};
use crate::drafting::{law, words};
use crate::shared::ids::FactId;
use crate::shared::moment::dutch_date;
use serde_json::{Value, json};

/// Why a critical sign is asked about, whether or not a finding turns on it.
const CRITICAL: &str = "Het gaat om een kritiek signaal dat in deze zaak niet vaststaat. Dat vraagt altijd doorvragen, \
                        ook als geen bevinding erop draait.";

impl Scene<'_> {
    pub(super) fn assessment(&self) -> Value {
        let findings = self.usable_findings();
        let left_out = self.own_findings().count() - findings.len();
        object([
            ("bevindingen", self.told_once(&self.reasons(&findings))),
            ("bevindingen_weggelaten", left_out.into()),
            ("bevinding_weggelaten", (left_out == 1).into()),
            ("botsingen", self.clashes()),
            ("eigen_woorden", self.own_words("beoordeling")),
            ("vragen", self.questions()),
        ])
    }

    fn questions(&self) -> Value {
        let told = |(question, why): (&Question, &str)| json!({ "over": question.about, "waarom": why });
        self.judges_questions().into_iter().chain(self.usable_questions().into_iter().map(told)).collect()
    }

    /// What a judge noted to ask about a finding of the reasons, without an answer of one's own yet.
    fn judges_questions(&self) -> Vec<Value> {
        let usable = self.usable_findings();
        let mut told: Vec<Value> = Vec::new();
        for own in self.reasons(&usable).into_iter().filter_map(|finding| finding.judge.as_ref()) {
            let asks = own.domain == self.domain && matches!(own.answer, None | Some(JudgeAnswer::Undecided));
            let question = json!({ "over": format!("Genoteerd door {}: {}", own.by, own.text), "waarom": null });
            if asks && !told.contains(&question) {
                told.push(question);
            }
        }
        told
    }

    /// Questions about facts that may be used here, with why they are asked in this document.
    pub(in crate::drafting) fn usable_questions(&self) -> Vec<(&Question, &str)> {
        self.assessment
            .questions
            .iter()
            .filter(|question| self.knows_all(&question.facts))
            .filter_map(|question| {
                let own = question.criteria().any(|criterion| {
                    criterion.split('/').next().is_some_and(|framework| self.frameworks.contains(&framework))
                });
                // A critical sign is asked about in each matter in which it is known and not settled,
                // whatever frameworks its document has.
                let critical = || self.has_open_critical_sign(&question.facts).then_some((question, CRITICAL));
                match question.kind {
                    QuestionKind::Critical => critical(),
                    _ if own => Some((question, question.why.as_str())),
                    _ => critical(),
                }
            })
            .collect()
    }

    /// Whether one of these events has a critical sign and is not settled in this document's domain.
    pub(in crate::drafting) fn has_open_critical_sign(&self, facts: &[FactId]) -> bool {
        let open = |event: &Event| {
            matches!(event.status.in_domain(self.domain), Evidence::Alleged | Evidence::Disputed | Evidence::Unknown)
        };
        self.file
            .events
            .iter()
            .any(|event| facts.iter().any(|id| id.as_str() == event.id.as_str()) && is_critical(event) && open(event))
    }

    pub(super) fn annex(&self) -> Value {
        let receipt = &self.assessment.receipt;
        let frameworks: Value = receipt
            .frameworks
            .iter()
            .filter(|framework| self.frameworks.contains(&framework.id.as_str()))
            // The whole hashes stand in the receipt, to which the control code on every page leads.
            .map(|framework| {
                let hash: String = framework.hash.chars().take(16).collect();
                json!({ "kader": framework.id, "versie": framework.version, "hash": hash })
            })
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
                    "bron": law::cite(&source),
                })
            })
            .collect();
        let proof = json!({
            "dossier": receipt.dossier_hash,
            "peildatum": dutch_date(receipt.reference_date),
            "programma": receipt.software,
            "kaders": frameworks,
        });
        object([
            ("ontvangstbewijs", proof),
            ("alle_bevindingen", self.per_framework()),
            ("weggelaten", withheld),
            ("termijnen", self.deadlines()),
        ])
    }

    fn deadlines(&self) -> Value {
        self.conflicts
            .deadlines
            .iter()
            .filter(|deadline| self.label(&deadline.fact).is_some())
            .filter(|deadline| {
                self.words_about == "zitting"
                    || self.domain_of(&deadline.fact).is_none_or(|domain| domain == self.domain)
            })
            .map(|deadline| {
                json!({
                    "wat": deadline.what,
                    "moment": words::moment(Some(&deadline.at)),
                    "regel": deadline.rule,
                    "bron": law::cite(&deadline.legal_source),
                })
            })
            .collect()
    }
}
