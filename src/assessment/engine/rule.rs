//! A rule made ready for one dossier: conditions over what the queries found.

use super::memo::Key;
use super::truth::{Fit, Leaf, Rank, Tally, Truth, View};
use super::world::{Binding, World};
use crate::assessment::language::{Asymmetry, Condition, Definition, EventQuery, IfNone, Stale, Threshold};
use crate::dossier::model::Evidence;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A condition whose queries have been run.
pub enum Node<'a> {
    All(Vec<Node<'a>>),
    Any(Vec<Node<'a>>),
    AtLeast(usize, Vec<Node<'a>>),
    Not(Box<Node<'a>>),
    Missing(Box<Node<'a>>),
    Judge { pro: Vec<Node<'a>>, contra: Vec<Node<'a>>, support: bool, answer: Option<Truth> },
    Named(&'a str, Box<Node<'a>>),
    Leaf(usize),
    Fixed(Truth),
}

/// A rule ready for one dossier and one set of fixed roles.
pub struct Rule<'a> {
    /// The conditions.
    pub root: Node<'a>,
    /// What the queries found; `Node::Leaf` points into it.
    pub leaves: Vec<Rc<Leaf<'a>>>,
}

/// Whether a fact speaks for or against.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    For,
    Against,
}

impl Side {
    fn other(self) -> Self {
        if self == Self::For { Self::Against } else { Self::For }
    }
}

/// Runs the queries of a rule.
pub struct Builder<'w, 'a> {
    world: &'w World<'a>,
    binding: &'w Binding<'a>,
    definitions: &'a BTreeMap<String, Definition>,
    leaves: Vec<Rc<Leaf<'a>>>,
    answer: Option<Truth>,
    depth: usize,
}

/// Definitions may use definitions, to this depth; the lint refuses circles.
const DEEPEST_USE: usize = 16;

impl<'w, 'a> Builder<'w, 'a> {
    /// Makes a rule ready. `answer` is the judge's own answer to its open norm, when there is one.
    pub fn build(
        world: &'w World<'a>,
        binding: &'w Binding<'a>,
        definitions: &'a BTreeMap<String, Definition>,
        condition: &'a Condition,
        answer: Option<Truth>,
    ) -> Rule<'a> {
        let mut builder = Self { world, binding, definitions, leaves: Vec::new(), answer, depth: 0 };
        let root = builder.node(condition);
        Rule { root, leaves: builder.leaves }
    }

    /// What a part of a condition finds, once for all rules that ask it under the same fixed roles.
    fn leaf(&mut self, condition: &Condition, part: u8, find: impl FnOnce() -> Tally<'a>) -> Node<'a> {
        let key = Key::new(condition, part, self.binding);
        self.leaves.push(self.world.memo.leaf(key, || Leaf::new(find())));
        Node::Leaf(self.leaves.len() - 1)
    }

    fn nodes(&mut self, conditions: &'a [Condition]) -> Vec<Node<'a>> {
        conditions.iter().map(|condition| self.node(condition)).collect()
    }

    fn node(&mut self, condition: &'a Condition) -> Node<'a> {
        match condition {
            Condition::All(parts) => Node::All(self.nodes(parts)),
            Condition::Any(parts) => Node::Any(self.nodes(parts)),
            Condition::AtLeast(group) => Node::AtLeast(group.n, self.nodes(&group.of)),
            Condition::Not(part) => Node::Not(Box::new(self.node(part))),
            Condition::Unless(unless) => {
                let defeater = Node::Not(Box::new(self.node(&unless.defeater)));
                Node::All(vec![self.node(&unless.rule), defeater])
            }
            Condition::Missing(part) => Node::Missing(Box::new(self.node(part))),
            Condition::Judge(judge) => {
                let (pro, contra) = (self.nodes(&judge.for_), self.nodes(&judge.against));
                Node::Judge { pro, contra, support: judge.asks_support, answer: self.answer }
            }
            Condition::Use(name) => self.used(name),
            query => self.query(query),
        }
    }

    fn used(&mut self, name: &'a str) -> Node<'a> {
        let definitions = self.definitions;
        match definitions.get(name) {
            Some(definition) if self.depth < DEEPEST_USE => {
                self.depth += 1;
                let node = self.node(&definition.rule);
                self.depth -= 1;
                Node::Named(name, Box::new(node))
            }
            _ => Node::Fixed(Truth::Missing),
        }
    }

    fn query(&mut self, condition: &'a Condition) -> Node<'a> {
        let (world, binding) = (self.world, self.binding);
        match condition {
            Condition::Asymmetry(asymmetry) => self.asymmetry(condition, asymmetry),
            Condition::Stale(stale) => self.stale(condition, stale),
            Condition::Answered(query) => {
                Node::Not(Box::new(self.leaf(condition, 0, || unanswered(world, &query.events, binding))))
            }
            Condition::Age(query) => Node::Fixed(world.age(query, binding)),
            Condition::Address(query) => Node::Fixed(world.address(query, binding)),
            Condition::Plan(query) => Node::Fixed(world.plan_fits(query, binding).truth()),
            records => match tally(world, records, binding) {
                Some(find) => self.leaf(condition, 0, find),
                None => Node::Fixed(Truth::Missing),
            },
        }
    }

    fn asymmetry(&mut self, condition: &Condition, asymmetry: &Asymmetry) -> Node<'a> {
        let (world, binding) = (self.world, self.binding);
        let one_way =
            || EventQuery { actor: Some(asymmetry.from), target: Some(asymmetry.to), ..asymmetry.events.clone() };
        let back = || EventQuery {
            actor: Some(asymmetry.to),
            target: Some(asymmetry.from),
            if_none: Some(IfNone::No),
            ..asymmetry.events.clone()
        };
        let forth = self.leaf(condition, 0, || world.tally_events(&one_way(), binding));
        let back = self.leaf(condition, 1, || world.tally_events(&back(), binding));
        Node::All(vec![forth, Node::Not(Box::new(back))])
    }

    /// Events later than the newest result. Without a result, or without its date, the dossier does not say.
    fn stale(&mut self, condition: &Condition, stale: &Stale) -> Node<'a> {
        let (world, binding) = (self.world, self.binding);
        let results = world.find_results(&stale.result, binding);
        let newest = results.iter().filter(|(_, fit)| *fit == Fit::Yes).map(|(item, _)| item.on).max().flatten();
        let Some(newest) = newest else { return Node::Fixed(Truth::Missing) };
        self.leaf(condition, 0, || {
            let mut tally = world.tally_events(&stale.after, binding);
            tally.if_none = IfNone::No;
            tally.hits.retain_mut(|hit| {
                let last = world.event(hit.rank).and_then(|view| view.event.time.last_day());
                hit.sure &= last.is_some();
                last.is_none_or(|last| last > newest)
            });
            tally
        })
    }
}

/// How to find the records that a condition asks for; none when it asks for no records.
fn tally<'f, 'a>(
    world: &'f World<'a>,
    condition: &'f Condition,
    binding: &'f Binding<'a>,
) -> Option<Box<dyn FnOnce() -> Tally<'a> + 'f>> {
    Some(match condition {
        Condition::Event(query) => Box::new(|| world.tally_events(query, binding)),
        Condition::Measure(query) => Box::new(|| world.tally_measures(query, binding)),
        Condition::Overlap(overlap) => Box::new(|| world.tally_overlap(overlap, binding)),
        Condition::Proposal(query) => Box::new(|| world.tally_proposals(query, binding)),
        Condition::Help(query) => Box::new(|| world.tally_help(query, binding)),
        Condition::InstrumentResult(query) => Box::new(|| world.tally_results(query, binding)),
        Condition::ResultsDiffer(query) => Box::new(|| world.tally_difference(query, binding)),
        Condition::Trend(trend) => Box::new(|| world.tally_trend(trend, binding)),
        Condition::ExternalCount(query) => Box::new(|| world.tally_signals(query)),
        Condition::ChildHearing(query) => Box::new(|| world.tally_hearings(query, binding)),
        Condition::Request(query) => Box::new(|| world.tally_requests(query, binding)),
        Condition::Gezag(query) => Box::new(|| world.tally_gezag(query, binding)),
        Condition::CriminalPhase(query) => Box::new(|| world.tally_criminal(query, binding)),
        Condition::Relation(query) => Box::new(|| world.tally_relations(query, binding)),
        _ => return None,
    })
}

/// Events (not refuted, not found by a court) whose actor had no opportunity to answer.
fn unanswered<'a>(world: &World<'a>, query: &EventQuery, binding: &Binding<'a>) -> Tally<'a> {
    let mut tally = world.tally_events(query, binding);
    tally.if_none = IfNone::No;
    tally.floor = Some(Threshold::Alleged);
    tally.hits.retain_mut(|hit| {
        // What a court found was answered there; what is refuted burdens nobody.
        let settled = matches!(hit.evidence, Evidence::Refuted | Evidence::Established);
        // That an answer lacks is plain from the file itself, however uncertain the event is.
        hit.evidence = Evidence::Established;
        !settled && !world.unanswered_by(hit.rank).is_empty()
    });
    tally
}

/// Facts in the order of their ids, with their certainty.
pub type KnownFacts = Vec<(Rank, Evidence)>;

impl<'a> Rule<'a> {
    /// Truth of every leaf in a view.
    pub fn leaf_truths(&self, view: View) -> Vec<Truth> {
        self.leaves.iter().map(|leaf| leaf.truth(view)).collect()
    }

    /// Truth of the rule in a view.
    pub fn truth(&self, view: View) -> Truth {
        self.root.truth(&self.leaf_truths(view))
    }

    /// Facts for and against, each once. A fact on both sides stands with those for.
    pub fn facts(&self) -> (KnownFacts, KnownFacts) {
        let (mut pro, mut contra) = (Vec::new(), Vec::new());
        self.root.visit_leaves(Side::For, &mut |at, side| {
            for hit in self.leaves.get(at).map_or(&[][..], |leaf| &leaf.tally().hits) {
                if !hit.speaks() && hit.evidence != Evidence::Refuted {
                    continue;
                }
                let speaks_for = (side == Side::For) == hit.speaks();
                if speaks_for { &mut pro } else { &mut contra }.push((hit.rank, hit.evidence));
            }
        });
        let (pro, mut contra) = (each_once(pro), each_once(contra));
        contra.retain(|(rank, _)| pro.binary_search_by_key(rank, |(known, _)| *known).is_err());
        (pro, contra)
    }
}

/// Sorts facts; of a fact that two queries found, the certainty in the later one counts.
fn each_once(mut facts: KnownFacts) -> KnownFacts {
    facts.reverse();
    facts.sort_by_key(|(rank, _)| *rank);
    facts.dedup_by_key(|(rank, _)| *rank);
    facts
}

impl<'a> Node<'a> {
    /// Truth, given the truth of every leaf.
    pub fn truth(&self, leaves: &[Truth]) -> Truth {
        let all = |parts: &[Self]| parts.iter().map(|part| part.truth(leaves)).min();
        let any = |parts: &[Self]| parts.iter().map(|part| part.truth(leaves)).max();
        match self {
            Self::All(parts) => all(parts).unwrap_or(Truth::True),
            Self::Any(parts) => any(parts).unwrap_or(Truth::False),
            Self::AtLeast(n, parts) => {
                let enough = |least: &Truth| parts.iter().filter(|part| part.truth(leaves) >= *least).count() >= *n;
                [Truth::True, Truth::Open, Truth::Missing].into_iter().find(enough).unwrap_or(Truth::False)
            }
            Self::Not(part) => part.truth(leaves).negate(),
            Self::Missing(part) => {
                if part.truth(leaves) == Truth::Missing {
                    Truth::True
                } else {
                    Truth::False
                }
            }
            Self::Judge { answer: Some(answer), .. } => *answer,
            Self::Judge { pro, contra, support, answer: None } => {
                let against = any(contra).filter(|_| !*support);
                let strongest = any(pro).max(against).unwrap_or(Truth::Missing);
                if strongest >= Truth::Open { Truth::Open } else { Truth::Missing }
            }
            Self::Named(_, part) => part.truth(leaves),
            Self::Leaf(at) => leaves.get(*at).copied().unwrap_or(Truth::Missing),
            Self::Fixed(truth) => *truth,
        }
    }

    fn visit_leaves(&self, side: Side, visit: &mut dyn FnMut(usize, Side)) {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.visit_leaves(side, visit));
            }
            Self::Not(part) => part.visit_leaves(side.other(), visit),
            Self::Named(_, part) => part.visit_leaves(side, visit),
            Self::Judge { pro, contra, .. } => {
                pro.iter().for_each(|part| part.visit_leaves(side, visit));
                contra.iter().for_each(|part| part.visit_leaves(side.other(), visit));
            }
            Self::Leaf(at) => visit(*at, side),
            Self::Missing(_) | Self::Fixed(_) => {}
        }
    }

    /// Names of definitions whose facts are missing and matter to the outcome.
    pub fn missing_names(&self, leaves: &[Truth], names: &mut Vec<&'a str>) {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.missing_names(leaves, names));
            }
            Self::Judge { pro, contra, .. } => {
                pro.iter().chain(contra).for_each(|part| part.missing_names(leaves, names));
            }
            Self::Named(name, part) => {
                if part.truth(leaves) == Truth::Missing {
                    names.push(name);
                    part.missing_names(leaves, names);
                }
            }
            Self::Not(part) | Self::Missing(part) => part.missing_names(leaves, names),
            Self::Leaf(_) | Self::Fixed(_) => {}
        }
    }
}
