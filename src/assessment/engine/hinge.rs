//! Hinge facts: contested or missing facts whose answer would change a finding.
//!
//! The search is exact for one fact and, when no single fact decides, for two facts together.
//! Facts that play the same part in the rule change it in the same way, so they are tried once
//! per part: the cost follows the number of parts, not the number of facts.

use super::rule::Rule;
use super::truth::{Rank, Settled, Truth, View};
use crate::dossier::model::Evidence;
use std::collections::BTreeMap;

/// Pairs are searched up to this many different parts; a rule has a handful.
const MOST_PARTS_FOR_PAIRS: usize = 32;
/// Facts of rules that count independent sources are each their own part; this many are tried.
const MOST_SINGLE_PARTS: usize = 256;

/// A leaf that a fact is in, with its certainty there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Played {
    leaf: usize,
    evidence: Evidence,
    sure: bool,
}

/// Facts that play the same part.
struct Group {
    part: Vec<Played>,
    facts: Vec<Rank>,
}

impl Group {
    /// What the first fact of the group is in a leaf, to be settled with an answer.
    fn settled(&self, leaf: usize, answer: Evidence) -> impl Iterator<Item = Settled> + '_ {
        let rank = self.facts.first().copied().unwrap_or_default();
        let here = self.part.iter().filter(move |played| played.leaf == leaf);
        here.map(move |played| Settled { rank, evidence: played.evidence, sure: played.sure, answer })
    }

    fn plays_with(&self, other: &Self) -> bool {
        self.part.iter().any(|mine| other.part.iter().any(|theirs| mine.leaf == theirs.leaf))
    }
}

/// Contested or missing facts that change the truth of a rule when they are settled, in order.
pub fn hinge_facts(rule: &Rule<'_>, view: View) -> Vec<Rank> {
    let groups = groups(rule);
    if groups.is_empty() {
        return Vec::new();
    }
    let truths = rule.leaf_truths(view);
    let search = Search { rule, view, truths: &truths, before: rule.root.truth(&truths) };
    let decides = |group: &&Group| search.changes(&[group]);
    let mut found: Vec<Rank> = groups.iter().filter(decides).flat_map(|group| group.facts.iter().copied()).collect();
    if found.is_empty() && groups.len() <= MOST_PARTS_FOR_PAIRS {
        found = search.pairs(&groups);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn groups(rule: &Rule<'_>) -> Vec<Group> {
    let mut played: Vec<(Rank, Played)> = Vec::new();
    for (at, leaf) in rule.leaves.iter().enumerate() {
        let contested = leaf.tally().hits.iter().filter(|hit| hit.is_contested());
        played.extend(contested.map(|hit| (hit.rank, Played { leaf: at, evidence: hit.evidence, sure: hit.sure })));
    }
    played.sort_by_key(|(rank, played)| (*rank, played.leaf));
    let parts: Vec<Played> = played.iter().map(|(_, played)| *played).collect();
    let counts_sources = |played: &Played| rule.leaves.get(played.leaf).is_some_and(|leaf| leaf.tally().sources > 1);
    let mut groups: BTreeMap<(&[Played], Option<Rank>), Vec<Rank>> = BTreeMap::new();
    let mut from = 0;
    for fact in played.chunk_by(|(one, _), (next, _)| one == next) {
        let part = parts.get(from..from + fact.len()).unwrap_or_default();
        from += fact.len();
        let Some((rank, _)) = fact.first() else { continue };
        let own = part.iter().any(counts_sources).then_some(*rank);
        groups.entry((part, own)).or_default().push(*rank);
    }
    let groups = groups.into_iter().take(MOST_SINGLE_PARTS);
    groups.map(|((part, _), facts)| Group { part: part.to_vec(), facts }).collect()
}

struct Search<'s, 'a> {
    rule: &'s Rule<'a>,
    view: View,
    truths: &'s [Truth],
    before: Truth,
}

impl Search<'_, '_> {
    /// Called when no group decides alone. Then two groups in different leaves can only decide
    /// together when each of them at least turns a leaf.
    fn pairs(&self, groups: &[Group]) -> Vec<Rank> {
        let turns: Vec<bool> = groups.iter().map(|group| self.turns_a_leaf(group)).collect();
        let mut found = Vec::new();
        for (at, (one, one_turns)) in groups.iter().zip(&turns).enumerate() {
            for (other, other_turns) in groups.iter().zip(&turns).skip(at) {
                let same = std::ptr::eq(one, other);
                let may_decide = if same { one.facts.len() > 1 } else { *one_turns && *other_turns };
                if (may_decide || (!same && one.plays_with(other))) && self.changes(&[one, other]) {
                    found.extend(one.facts.iter().chain(&other.facts).copied());
                }
            }
        }
        found
    }

    /// Whether settling one fact of each group, one way or the other, changes the rule.
    fn changes(&self, groups: &[&Group]) -> bool {
        self.ways(groups).any(|truths| self.rule.root.truth(&truths) != self.before)
    }

    fn turns_a_leaf(&self, group: &Group) -> bool {
        self.ways(&[group]).any(|truths| truths != self.truths)
    }

    /// Truths of the leaves for each way in which one fact of each group may be settled.
    fn ways<'g>(&'g self, groups: &'g [&'g Group]) -> impl Iterator<Item = Vec<Truth>> + 'g {
        (0..1_usize << groups.len()).map(|way| {
            let answer = |at: usize| if way >> at & 1 == 0 { Evidence::Established } else { Evidence::Refuted };
            self.truths_when(groups, answer)
        })
    }

    fn truths_when(&self, groups: &[&Group], answer: impl Fn(usize) -> Evidence) -> Vec<Truth> {
        let mut truths = self.truths.to_vec();
        for at in groups.iter().flat_map(|group| group.part.iter().map(|played| played.leaf)) {
            let settled: Vec<Settled> =
                groups.iter().enumerate().flat_map(|(number, group)| group.settled(at, answer(number))).collect();
            if let (Some(leaf), Some(truth)) = (self.rule.leaves.get(at), truths.get_mut(at)) {
                *truth = leaf.truth_when(&settled, self.view);
            }
        }
        truths
    }
}
