//! Findings per framework with their facts, sources and questions spelled out.

use super::facts::{FactView, fact_view};
use super::{SourceView, sentence_case, source_views};
use crate::assessment::model::{Assessment, Finding, Outcome};
use crate::dossier::model::{Dossier, Label};
use serde::Serialize;

/// Findings of one framework.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworkView {
    /// Id; anchor on the page.
    pub id: String,
    /// Version and first digits of the hash.
    pub version: String,
    /// How many findings ask for something of the judge.
    pub open: usize,
    /// Findings that apply.
    pub findings: Vec<FindingView>,
    /// Questions of criteria that do not apply.
    pub not_applicable: Vec<String>,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView {
    /// "framework/criterion", with a number after it from the second on; anchor on the page.
    pub id: String,
    /// Question.
    pub question: String,
    /// Class in words.
    pub class: String,
    /// Outcome in words.
    pub outcome: String,
    /// Three views in words.
    pub established: String,
    /// With plausible facts.
    pub plausible: String,
    /// With contested facts.
    pub contested: String,
    /// Explanation.
    pub explanation: String,
    /// Facts for.
    pub facts_for: Vec<FactView>,
    /// Facts against.
    pub facts_against: Vec<FactView>,
    /// Facts on which the outcome turns.
    pub hinge: Vec<FactView>,
    /// Missing facts with the question.
    pub missing: Vec<MissingView>,
    /// What follows, in words.
    pub effects: Vec<String>,
    /// Sources.
    pub sources: Vec<SourceView>,
    /// The judge's own words.
    pub judge: Option<String>,
}

/// A missing fact.
#[derive(Clone, Debug, Serialize)]
pub struct MissingView {
    /// What.
    pub what: String,
    /// Question.
    pub ask: String,
}

/// A question for the hearing.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    /// Question.
    pub about: String,
    /// Why.
    pub why: String,
    /// Criteria it decides.
    pub decides: Vec<String>,
    /// Facts it is about.
    pub facts: Vec<FactView>,
}

/// Findings grouped by framework, in the order of the receipt.
#[must_use]
pub fn frameworks(dossier: &Dossier, assessment: &Assessment) -> Vec<FrameworkView> {
    assessment
        .receipt
        .frameworks
        .iter()
        .map(|framework| {
            let own = || assessment.findings.iter().filter(|finding| finding.framework == framework.id);
            let applies = |finding: &&Finding| finding.outcome != Outcome::NotApplicable;
            let open = own()
                .filter(|finding| matches!(finding.outcome, Outcome::MissingFacts | Outcome::NeedsJudgement))
                .count();
            FrameworkView {
                id: framework.id.clone(),
                version: format!("{} ({})", framework.version, framework.hash.chars().take(12).collect::<String>()),
                open,
                findings: with_own_ids(own().filter(applies).map(|finding| finding_view(dossier, finding)).collect()),
                not_applicable: own()
                    .filter(|finding| !applies(finding))
                    .map(|finding| finding.question.clone())
                    .collect(),
            }
        })
        .collect()
}

/// A criterion asked for several persons gives several findings; each gets its own anchor, the first the plain one.
fn with_own_ids(mut findings: Vec<FindingView>) -> Vec<FindingView> {
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for finding in &mut findings {
        let times = seen.entry(finding.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            finding.id = format!("{}-{times}", finding.id);
        }
    }
    findings
}

fn finding_view(dossier: &Dossier, finding: &Finding) -> FindingView {
    let facts = |ids: &[crate::shared::ids::FactId]| ids.iter().map(|id| fact_view(dossier, id.as_str())).collect();
    FindingView {
        id: format!("{}/{}", finding.framework, finding.criterion),
        question: finding.question.clone(),
        class: finding.class.label().to_owned(),
        outcome: sentence_case(finding.outcome.label()),
        established: finding.views.established.label().to_owned(),
        plausible: finding.views.plausible.label().to_owned(),
        contested: finding.views.contested.label().to_owned(),
        explanation: finding.summary.clone(),
        facts_for: facts(&finding.facts_for),
        facts_against: facts(&finding.facts_against),
        hinge: facts(&finding.hinge),
        missing: finding
            .missing
            .iter()
            .map(|item| MissingView { what: item.what.clone(), ask: item.ask.clone() })
            .collect(),
        effects: finding
            .effects
            .iter()
            .map(|effect| {
                sentence_case(&format!(
                    "{} {} ({}).",
                    effect.direction.label(),
                    effect.kind.label(),
                    effect.force.label()
                ))
            })
            .collect(),
        sources: source_views(&finding.sources),
        judge: finding.judge.as_ref().map(|words| format!("{} ({})", words.text, words.by)),
    }
}

/// Questions for the hearing.
#[must_use]
pub fn questions(dossier: &Dossier, assessment: &Assessment) -> Vec<QuestionView> {
    assessment
        .questions
        .iter()
        .map(|question| QuestionView {
            about: question.about.clone(),
            why: question.why.clone(),
            decides: question.decides.clone(),
            facts: question.facts.iter().map(|id| fact_view(dossier, id.as_str())).collect(),
        })
        .collect()
}
