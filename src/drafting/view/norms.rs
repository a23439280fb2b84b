//! Assessment per norm, clashes with other measures, and the annex with the account of it.

use super::{Scene, object};
use crate::drafting::{law, words};
use crate::shared::moment::dutch_date;
use serde_json::{Value, json};

impl Scene<'_> {
    pub(super) fn assessment(&self) -> Value {
        let findings = self.usable_findings();
        let left_out = self.own_findings().count() - findings.len();
        let (hard, soft) = self.clashes_in_short();
        object([
            ("botsing_hard", hard),
            ("botsing_let_op", soft),
            ("bevindingen", self.told_once(&self.reasons(&findings))),
            ("bevindingen_weggelaten", left_out.into()),
            ("bevinding_weggelaten", (left_out == 1).into()),
            ("botsingen", self.clashes()),
            ("eigen_woorden", self.own_words("beoordeling")),
            ("vragen", self.questions()),
        ])
    }

    fn questions(&self) -> Value {
        self.assessment
            .questions
            .iter()
            .filter(|question| self.knows_all(&question.facts))
            .filter(|question| {
                question.criteria().any(|criterion| {
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
