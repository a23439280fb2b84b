//! Assessment per norm, clashes with other measures, and the annex with the account of it.

use super::{Scene, object};
use crate::assessment::is_critical;
use crate::assessment::model::{Finding, Outcome, Question, QuestionKind};
use crate::conflicts::model::Deadline;
use crate::dossier::model::{Domain, Event, EventKind, Evidence, JudgeAnswer, Label};
use crate::drafting::{law, words};
use crate::shared::ids::FactId;
use crate::shared::moment::dutch_date;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Why a critical sign is asked about, whether or not a finding turns on it.
const CRITICAL: &str = "Het gaat om een gesteld kritiek signaal dat in deze zaak niet vaststaat. Dat vraagt altijd doorvragen, \
                        ook als geen bevinding erop draait.";

/// Why a question is asked, told of this paper's own matter: how certain something is elsewhere does not count here.
fn in_own_matter(why: &str, domain: Domain) -> String {
    let own = in_domain(domain);
    let others: Vec<&str> = [Domain::Criminal, Domain::Administrative, Domain::Family]
        .into_iter()
        .map(in_domain)
        .filter(|at| *at != own)
        .collect();
    let mut told = why.to_owned();
    for first in &others {
        for second in others.iter().filter(|second| *second != first) {
            for all in [[own, first, second], [first, own, second], [first, second, own]] {
                told = told.replace(&words::list(&all.map(str::to_owned)), own);
            }
        }
    }
    for other in &others {
        for both in [[own, other], [other, own]] {
            told = told.replace(&words::list(&both.map(str::to_owned)), own);
        }
    }
    // What turns a finding of another matter is, here, only not settled.
    if !told.contains(own) && others.iter().any(|other| told.contains(other)) {
        return "Dit feit staat in deze zaak niet vast.".to_owned();
    }
    told
}

fn in_domain(domain: Domain) -> &'static str {
    crate::assessment::in_domain(domain)
}

impl Scene<'_> {
    pub(super) fn assessment(&self) -> Value {
        let findings = self.usable_findings();
        let left_out = self.own_findings().count() - findings.len();
        object([
            ("bevindingen", self.told_once(&self.reasons(&findings))),
            ("niet_ingedeeld", self.unclassified()),
            ("bevindingen_weggelaten", left_out.into()),
            ("bevinding_weggelaten", (left_out == 1).into()),
            ("botsingen", self.clashes()),
            ("eigen_woorden", self.own_words("beoordeling")),
            ("vragen", self.questions()),
        ])
    }

    /// Conduct against someone to which the file gave no kind, so that no finding can rest on it: it is named where
    /// violence is weighed, since what it was is for who decides.
    fn unclassified(&self) -> Value {
        let weighed = |id: &FactId| {
            let names = |finding: &Finding| finding.facts_for.contains(id) || finding.facts_against.contains(id);
            self.assessment.findings.iter().any(names)
        };
        let left = |event: &&Event| event.kind == EventKind::Other && !event.targets.is_empty();
        let left = self.file.events.iter().filter(left).map(|event| FactId::from(&event.id));
        self.label_list(&left.filter(|id| !weighed(id)).collect::<Vec<_>>())
    }

    fn questions(&self) -> Value {
        let told = |(question, why): (&Question, &str)| json!({ "over": question.about, "waarom": in_own_matter(why, self.domain) });
        let asked = self.usable_questions();
        let judged = self.to_judge(&asked);
        self.judges_questions().into_iter().chain(judged).chain(asked.into_iter().map(told)).collect()
    }

    /// About a huisverbod: the points that the decision itself turns on, which no question asks yet. They come first,
    /// so that a question about what the protected side did never stands alone.
    fn to_judge(&self, asked: &[(&Question, &str)]) -> Vec<Value> {
        let mut rows: Vec<Value> = Vec::new();
        for found in self.usable_findings().into_iter().filter(|found| found.framework == super::findings::HUISVERBOD) {
            let id = format!("{}/{}", found.framework, found.criterion);
            let open = found.outcome == Outcome::NeedsJudgement && found.judge.is_none() && !found.facts_for.is_empty();
            if !open || asked.iter().any(|(question, _)| question.decides.contains(&id)) {
                continue;
            }
            let facts = self.label_list(&found.facts_for);
            let row = json!({
                "over": found.question,
                "waarom": format!(
                    "Hierover is een oordeel nodig. Vraag ieder van de betrokkenen, apart, naar {}.",
                    facts.as_str().unwrap_or("de feiten")
                ),
            });
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }

    /// What a judge noted to ask about a finding of the reasons, without an answer of one's own yet.
    fn judges_questions(&self) -> Vec<Value> {
        let usable = if self.whole_domain { Vec::new() } else { self.usable_findings() };
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
        let name = |finding: &Finding| format!("{}/{}", finding.framework, finding.criterion);
        let own: BTreeSet<String> = self.own_findings().map(name).collect();
        self.assessment
            .questions
            .iter()
            .filter(|question| self.knows_all(&question.facts))
            .filter_map(|question| {
                let own = question.criteria().any(|criterion| own.contains(criterion));
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
            let unsettled = [Evidence::Alleged, Evidence::Disputed, Evidence::Unknown, Evidence::Plausible];
            unsettled.contains(&event.status.in_domain(self.domain))
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
            ("zonder_kader", self.frameworks.is_empty().into()),
            ("alle_bevindingen", self.per_framework()),
            ("weggelaten", withheld),
            ("zwijgrecht", (self.domain == Domain::Criminal).into()),
            ("termijnen", self.deadlines()),
        ])
    }

    /// What another draft intends is told in that draft only: before the hearing nobody reads its outcome elsewhere.
    pub(in crate::drafting) fn may_tell(&self, deadline: &Deadline) -> bool {
        !deadline.planned || (self.words_about != "zitting" && self.is_of_own_matter(&deadline.fact))
    }

    fn deadlines(&self) -> Value {
        let told: Vec<&Deadline> = self
            .conflicts
            .deadlines
            .iter()
            .filter(|deadline| self.label(&deadline.fact).is_some() && self.may_tell(deadline))
            .filter(|deadline| {
                // A family paper has the terms of its own matter; those of another stand in that one's papers.
                self.words_about == "zitting"
                    || self.domain_of(&deadline.fact).is_none_or(|domain| domain == self.domain)
                        && (self.domain != Domain::Family || self.is_of_own_matter(&deadline.fact))
            })
            .collect();
        let named = |deadline: &Deadline| told.iter().filter(|other| other.what == deadline.what).count();
        told.iter()
            .map(|deadline| {
                let whose = (named(deadline) > 1).then(|| self.whose(&deadline.fact)).flatten();
                json!({
                    "wat": whose.map_or_else(|| deadline.what.clone(), |whose| format!("{} ({whose})", deadline.what)),
                    "moment": words::moment(Some(&deadline.at)),
                    "regel": deadline.rule,
                    "bron": law::cite(&deadline.legal_source),
                })
            })
            .collect()
    }

    /// Of which matter or measure a term is, where another term has the same name: with the number of the matter, and
    /// of a request or a measure with whose it is.
    fn whose(&self, id: &FactId) -> Option<String> {
        let measure = self.file.measures.iter().find(|item| item.id.as_str() == id.as_str());
        if let Some(measure) = measure {
            let against = self.persons(&measure.restrained);
            let label = self.label(id)?.to_owned();
            return Some(if against.is_empty() { label } else { format!("{label}, gericht tot {against}") });
        }
        let request = self.file.requests.iter().find(|item| item.id.as_str() == id.as_str());
        let of = request.map_or(id.as_str(), |request| request.matter.as_str());
        let matter = self.file.matters.iter().find(|matter| matter.id.as_str() == of)?;
        let name = super::labels::told_apart(self.file, matter, words::matter_name(matter.kind));
        let number = matter.numbers.first().map(|number| format!(", {}", number.value)).unwrap_or_default();
        let by = request.map(|request| {
            format!("{}, gevraagd door {}; ", request.kind.label(), words::with_article(&self.party(&request.by)))
        });
        Some(format!("{}{name}{number}", by.unwrap_or_default()))
    }
}
