//! Hinge facts: contested or missing facts whose answer would change a finding.
//!
//! The search is exact for one fact and, when no single fact decides, for two facts together.
//! Facts that play the same part in the rule change it in the same way, so they are tried once
//! per part: the cost follows the number of parts, not the number of facts.

use super::rule::Rule;
use super::truth::{Counts, Truth, View};
use crate::dossier::model::Evidence;
use std::collections::BTreeMap;

/// Pairs are searched up to this many different parts; a rule has a handful.
const MOST_PARTS_FOR_PAIRS: usize = 32;
/// Facts of rules that count independent sources are each their own part; this many are tried.
const MOST_SINGLE_PARTS: usize = 256;

/// The part a fact plays: the leaves it is in, with its certainty there.
type Part = Vec<(usize, u8, bool)>;

struct Group<'a> {
    part: Vec<(usize, Evidence, bool)>,
    facts: Vec<&'a str>,
}

/// Contested or missing facts that change the truth of a rule when they are settled, by id.
pub fn hinge_facts<'a>(rule: &Rule<'a>, view: View) -> Vec<&'a str> {
    let groups = groups(rule);
    let counts = rule.counts();
    let truths = rule.leaf_truths(view);
    let search = Search { rule, view, counts: &counts, truths: &truths, before: rule.root.truth(&truths) };
    let mut found: Vec<&str> =
        groups.iter().filter(|group| search.changes(&[group])).flat_map(|group| group.facts.iter().copied()).collect();
    if found.is_empty() && groups.len() <= MOST_PARTS_FOR_PAIRS {
        found = search.pairs(&groups);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn groups<'a>(rule: &Rule<'a>) -> Vec<Group<'a>> {
    let mut parts: BTreeMap<&str, Vec<(usize, Evidence, bool)>> = BTreeMap::new();
    let mut own_part = std::collections::BTreeSet::new();
    for (at, leaf) in rule.leaves.iter().enumerate() {
        for hit in leaf.hits.iter().filter(|hit| hit.is_contested()) {
            parts.entry(hit.id).or_default().push((at, hit.evidence, hit.sure));
            if leaf.sources > 1 {
                own_part.insert(hit.id);
            }
        }
    }
    let mut groups: BTreeMap<(Part, &str), Group<'a>> = BTreeMap::new();
    for (id, part) in parts {
        let key = part.iter().map(|(leaf, evidence, sure)| (*leaf, *evidence as u8, *sure)).collect();
        let own = if own_part.contains(id) { id } else { "" };
        groups.entry((key, own)).or_insert_with(|| Group { part, facts: Vec::new() }).facts.push(id);
    }
    groups.into_values().take(MOST_SINGLE_PARTS).collect()
}

struct Search<'s, 'a> {
    rule: &'s Rule<'a>,
    view: View,
    counts: &'s [Counts],
    truths: &'s [Truth],
    before: Truth,
}

impl<'a> Search<'_, 'a> {
    fn pairs(&self, groups: &[Group<'a>]) -> Vec<&'a str> {
        let mut found = Vec::new();
        for (at, one) in groups.iter().enumerate() {
            for other in groups.iter().skip(at) {
                let same = std::ptr::eq(one, other);
                if (!same || one.facts.len() > 1) && self.changes(&[one, other]) {
                    found.extend(one.facts.iter().chain(&other.facts).copied());
                }
            }
        }
        found
    }

    /// Whether settling one fact of each group, one way or the other, changes the rule.
    fn changes(&self, groups: &[&Group<'a>]) -> bool {
        let ways = 1_usize << groups.len();
        (0..ways).any(|way| {
            let settled: Vec<(&Group<'a>, Evidence)> = groups
                .iter()
                .enumerate()
                .map(|(at, group)| (*group, if way >> at & 1 == 0 { Evidence::Established } else { Evidence::Refuted }))
                .collect();
            self.truth_when(&settled) != self.before
        })
    }

    fn truth_when(&self, settled: &[(&Group<'a>, Evidence)]) -> Truth {
        let mut truths = self.truths.to_vec();
        let touched = settled.iter().flat_map(|(group, _)| group.part.iter().map(|(leaf, _, _)| *leaf));
        for at in touched {
            let (Some(leaf), Some(truth), Some(counts)) =
                (self.rule.leaves.get(at), truths.get_mut(at), self.counts.get(at))
            else {
                continue;
            };
            *truth = if leaf.sources > 1 {
                self.recount(at, settled).truth(self.view)
            } else {
                let mut counts = *counts;
                for (group, answer) in settled {
                    for (_, evidence, sure) in group.part.iter().filter(|(leaf, _, _)| *leaf == at) {
                        counts.remove(*evidence, *sure);
                        counts.add(*answer, true);
                    }
                }
                leaf.truth_of(&counts, self.view)
            };
        }
        self.rule.root.truth(&truths)
    }

    fn recount(&self, at: usize, settled: &[(&Group<'a>, Evidence)]) -> super::truth::Tally<'a> {
        let mut leaf = self.rule.leaves.get(at).cloned().unwrap_or_else(super::truth::Tally::empty);
        for (group, answer) in settled {
            let first = group.facts.first().copied();
            for hit in leaf.hits.iter_mut().filter(|hit| Some(hit.id) == first) {
                hit.evidence = *answer;
                hit.sure = true;
            }
        }
        leaf
    }
}
