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
    let alone: Vec<[Turned; 2]> = groups.iter().map(|group| search.alone(group)).collect();
    let deciding = groups.iter().zip(&alone).filter(|(_, turned)| turned.iter().any(|turned| search.decides(turned)));
    let mut found: Vec<Rank> = deciding.flat_map(|(group, _)| group.facts.iter().copied()).collect();
    if found.is_empty() && groups.len() <= MOST_PARTS_FOR_PAIRS {
        found = search.pairs(&groups, &alone);
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

/// Leaves whose truth becomes another when facts are settled.
type Turned = Vec<(usize, Truth)>;

/// The two ways in which a fact may be settled.
const ANSWERS: [Evidence; 2] = [Evidence::Established, Evidence::Refuted];

impl Search<'_, '_> {
    /// What settling one fact of a group turns, for each answer.
    fn alone(&self, group: &Group) -> [Turned; 2] {
        ANSWERS.map(|answer| self.turned(&[(group, answer)]))
    }

    /// Called when no group decides alone. Then two groups in different leaves can only decide
    /// together when each of them at least turns a leaf.
    fn pairs(&self, groups: &[Group], alone: &[[Turned; 2]]) -> Vec<Rank> {
        let mut found = Vec::new();
        for (at, (one, one_turns)) in groups.iter().zip(alone).enumerate() {
            for (other, other_turns) in groups.iter().zip(alone).skip(at) {
                let same = std::ptr::eq(one, other);
                let decide = if same {
                    one.facts.len() > 1 && self.together(one, other)
                } else if one.plays_with(other) {
                    self.together(one, other)
                } else {
                    let ways = one_turns.iter().flat_map(|one| other_turns.iter().map(move |other| (one, other)));
                    let both = ways.filter(|(one, other)| !one.is_empty() && !other.is_empty());
                    both.into_iter().any(|(one, other)| self.decides(&[one.as_slice(), other].concat()))
                };
                if decide {
                    found.extend(one.facts.iter().chain(&other.facts).copied());
                }
            }
        }
        found
    }

    /// Whether settling one fact of each group, one way or the other, changes the rule.
    fn together(&self, one: &Group, other: &Group) -> bool {
        let ways = ANSWERS.iter().flat_map(|first| ANSWERS.iter().map(move |second| (*first, *second)));
        ways.into_iter().any(|(first, second)| self.decides(&self.turned(&[(one, first), (other, second)])))
    }

    /// Whether the rule has another truth when these leaves have.
    fn decides(&self, turned: &[(usize, Truth)]) -> bool {
        if turned.is_empty() {
            return false;
        }
        let mut truths = self.truths.to_vec();
        for (at, new) in turned {
            if let Some(truth) = truths.get_mut(*at) {
                *truth = *new;
            }
        }
        self.rule.root.truth(&truths) != self.before
    }

    /// Leaves that turn when one fact of each group is settled with its answer.
    fn turned(&self, groups: &[(&Group, Evidence)]) -> Turned {
        let mut turned = Turned::new();
        let mut settled: Vec<Settled> = Vec::new();
        for played in groups.iter().flat_map(|(group, _)| &group.part) {
            let at = played.leaf;
            let (Some(leaf), Some(before)) = (self.rule.leaves.get(at), self.truths.get(at)) else { continue };
            settled.clear();
            settled.extend(groups.iter().flat_map(|(group, answer)| group.settled(at, *answer)));
            let truth = leaf.truth_when(&settled, self.view);
            if truth != *before {
                turned.push((at, truth));
            }
        }
        turned
    }
}
