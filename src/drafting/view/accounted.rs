//! Findings as the annex accounts for them: all that were asked and may be used, per framework.

use super::findings::FAIRNESS;
use super::{Scene, object};
use crate::assessment::model::{CriterionClass, Finding, Outcome};
use crate::dossier::model::Domain;
use crate::drafting::law;
use serde_json::Value;

impl Scene<'_> {
    /// Findings for the annex: every norm, and of guidance and indicators what the judge answered or what bears on
    /// this very decision. What they merely do not know stands among the questions.
    fn accounted_findings(&self) -> Vec<&Finding> {
        let bears = |finding: &Finding| {
            finding.outcome != Outcome::MissingFacts
                && finding.effects.iter().any(|effect| self.effects.contains(&effect.kind))
        };
        let accounted = |finding: &&Finding| {
            finding.class == CriterionClass::Norm
                || finding.judge.is_some()
                || finding.framework == FAIRNESS
                || self.domain == Domain::Criminal
                || bears(finding)
        };
        self.usable_findings().into_iter().filter(accounted).collect()
    }

    /// All usable findings per framework, with the sources of its criteria once.
    pub(super) fn per_framework(&self) -> Value {
        let findings = self.accounted_findings();
        let usable = self.usable_findings();
        let reasons = self.reasons(&usable);
        let mut frameworks: Vec<&str> = findings.iter().map(|finding| finding.framework.as_str()).collect();
        frameworks.dedup();
        frameworks
            .into_iter()
            .map(|id| {
                let own: Vec<&Finding> = findings.iter().copied().filter(|finding| finding.framework == id).collect();
                let mut sources: Vec<String> = Vec::new();
                for cited in own
                    .iter()
                    .flat_map(|finding| &finding.sources)
                    .filter(|source| self.is_law_here(source))
                    .map(law::cite)
                {
                    if !sources.contains(&cited) {
                        sources.push(cited);
                    }
                }
                // A judge's words on what the reasons leave out stand here; nowhere are they lost.
                let left_out: Vec<&Finding> = own
                    .iter()
                    .copied()
                    .filter(|finding| !reasons.iter().any(|told| std::ptr::eq(*told, *finding)))
                    .collect();
                object([
                    ("kader", title(id).into()),
                    ("criteria", self.told_once(&own)),
                    ("oordelen", with_judgement(self.told_once(&left_out))),
                    ("aantekeningen", self.prepared(&own)),
                    ("bronnen", sources.join("; ").into()),
                ])
            })
            .collect()
    }
}

/// Of findings as they are told, those with words of the judge.
fn with_judgement(told: Value) -> Value {
    let Value::Array(told) = told else { return Value::Null };
    told.into_iter().filter(|finding| finding.get("rechter").is_some_and(|words| !words.is_null())).collect()
}

/// Title of a framework, or its id when it is not one of those that come with the program.
fn title(id: &str) -> String {
    let known = crate::assessment::builtin().ok().map(|set| set.frameworks());
    let found = known.into_iter().flatten().find(|loaded| loaded.framework.id == id);
    found.map_or_else(|| id.to_owned(), |loaded| loaded.framework.title.clone())
}
