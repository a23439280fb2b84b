//! One line of the output: what an assessment of one case came to, without names or content.

use crate::assessment::model::{Assessment, Finding, Outcome, Receipt};
use crate::drafting::service::KeptReceipt;
use crate::shared::hash::canonical_hash;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What every line begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Id of the dossier.
    pub id: String,
    /// The court's reference.
    pub reference: String,
    /// Version that was assessed.
    pub version: i64,
    /// Reference date.
    pub on: NaiveDate,
    /// Hash over ids, versions and hashes of the frameworks.
    pub frameworks_hash: String,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    /// Which case, when, by what.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// What came of it; none when the stored dossier cannot be read.
    #[serde(flatten)]
    pub result: Option<Assessed>,
    /// Why there is no result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// The result for one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Assessed {
    /// Version of each framework.
    pub frameworks: BTreeMap<String, String>,
    /// Hash of the receipt; `assess` on the same dossier and day gives the same receipt.
    pub receipt_hash: String,
    /// Number of findings per outcome.
    pub counts: BTreeMap<String, usize>,
    /// Outcomes per criterion in the order of `assess`; a criterion that applies nowhere is left out.
    pub outcomes: BTreeMap<String, Vec<Outcome>>,
    /// Set beside an earlier run, when that has this case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
    /// Set beside the receipt of the newest draft, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_receipt: Option<SinceReceipt>,
}

/// What differs from an earlier run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Against {
    /// Version of the dossier then.
    pub version: i64,
    /// Reference date then.
    pub on: NaiveDate,
    /// Findings with another outcome.
    pub changed: Vec<Changed>,
}

/// A finding with another outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Changed {
    /// "framework/criterion".
    pub criterion: String,
    /// Which of the findings of this criterion, from 1, in the order of `assess`.
    pub number: usize,
    /// Outcome then.
    pub before: Outcome,
    /// Outcome now.
    pub after: Outcome,
}

/// What changed since the receipt of the newest draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SinceReceipt {
    /// Version of the dossier on which the draft rests.
    pub version: i64,
    /// Reference date of the draft.
    pub on: NaiveDate,
    /// Whether the dossier has other content now.
    pub dossier_changed: bool,
    /// Frameworks that are new, gone or different.
    pub frameworks_changed: Vec<String>,
}

impl Line {
    /// A case whose stored dossier cannot be read.
    pub(super) fn unreadable(stamp: Stamp, problem: String) -> Self {
        Self { stamp, result: None, problem: Some(problem) }
    }

    /// The line of an assessment.
    pub(super) fn of(stamp: Stamp, assessment: &Assessment) -> Result<Self, serde_json::Error> {
        let mut counts = BTreeMap::new();
        for finding in &assessment.findings {
            *counts.entry(finding.outcome.as_str().to_owned()).or_insert(0) += 1;
        }
        let receipt = &assessment.receipt;
        let result = Assessed {
            frameworks: receipt.frameworks.iter().map(|known| (known.id.clone(), known.version.clone())).collect(),
            receipt_hash: canonical_hash(receipt)?,
            counts,
            outcomes: outcomes(&assessment.findings),
            against: None,
            last_receipt: None,
        };
        Ok(Self { stamp, result: Some(result), problem: None })
    }

    /// The same line set beside that of an earlier run and the receipt of the newest draft.
    pub(super) fn beside(mut self, earlier: Option<&Self>, receipt: &Receipt, kept: Option<&KeptReceipt>) -> Self {
        if let Some(now) = &mut self.result {
            now.against = earlier.and_then(|earlier| {
                let then = earlier.result.as_ref()?;
                let changed = changed(&then.outcomes, &now.outcomes);
                Some(Against { version: earlier.stamp.version, on: earlier.stamp.on, changed })
            });
            now.last_receipt = kept.map(|kept| since(kept, receipt));
        }
        self
    }

    /// Whether a finding has another outcome than in the earlier run.
    pub(super) fn is_changed(&self) -> bool {
        self.result.as_ref().and_then(|now| now.against.as_ref()).is_some_and(|against| !against.changed.is_empty())
    }
}

/// Name of an outcome as in the JSON of `assess`.
fn outcomes(findings: &[Finding]) -> BTreeMap<String, Vec<Outcome>> {
    let mut outcomes: BTreeMap<String, Vec<Outcome>> = BTreeMap::new();
    for finding in findings {
        // Ids of persons may be names, so a finding is known by its place.
        outcomes.entry(format!("{}/{}", finding.framework, finding.criterion)).or_default().push(finding.outcome);
    }
    outcomes.retain(|_, list| list.iter().any(|outcome| *outcome != Outcome::NotApplicable));
    outcomes
}

fn changed(then: &BTreeMap<String, Vec<Outcome>>, now: &BTreeMap<String, Vec<Outcome>>) -> Vec<Changed> {
    let mut all = Vec::new();
    let criteria: std::collections::BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    for criterion in criteria {
        let list = |run: &BTreeMap<String, Vec<Outcome>>| run.get(criterion).cloned().unwrap_or_default();
        let (before, after) = (list(then), list(now));
        for place in 0..before.len().max(after.len()) {
            let at = |list: &[Outcome]| list.get(place).copied().unwrap_or(Outcome::NotApplicable);
            let (before, after) = (at(&before), at(&after));
            if before != after {
                all.push(Changed { criterion: criterion.clone(), number: place + 1, before, after });
            }
        }
    }
    all
}

fn since(kept: &KeptReceipt, now: &Receipt) -> SinceReceipt {
    let then = &kept.receipt;
    let only_in = |one: &Receipt, other: &Receipt| -> Vec<String> {
        one.frameworks.iter().filter(|item| !other.frameworks.contains(item)).map(|item| item.id.clone()).collect()
    };
    let mut frameworks_changed = only_in(now, then);
    frameworks_changed.extend(only_in(then, now));
    frameworks_changed.sort();
    frameworks_changed.dedup();
    SinceReceipt {
        version: kept.dossier_version,
        on: then.reference_date,
        dossier_changed: then.dossier_hash != now.dossier_hash,
        frameworks_changed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{Met, NeedsJudgement, NotApplicable, NotMet};

    #[test]
    fn a_finding_that_comes_goes_or_turns_is_a_change_with_its_place() {
        let run = |lists: &[(&str, &[Outcome])]| -> BTreeMap<String, Vec<Outcome>> {
            lists.iter().map(|(name, list)| ((*name).to_owned(), list.to_vec())).collect()
        };
        let then = run(&[("a/1", &[Met, NotMet]), ("a/2", &[Met])]);
        let now = run(&[("a/1", &[Met, NeedsJudgement]), ("a/3", &[NotApplicable, Met])]);
        let told: Vec<(String, usize, Outcome, Outcome)> = changed(&then, &now)
            .into_iter()
            .map(|item| (item.criterion, item.number, item.before, item.after))
            .collect();
        assert_eq!(
            told,
            [
                ("a/1".to_owned(), 2, NotMet, NeedsJudgement),
                ("a/2".to_owned(), 1, Met, NotApplicable),
                ("a/3".to_owned(), 2, NotApplicable, Met),
            ]
        );
        assert_eq!(changed(&now, &now), []);
    }
}
