//! A rule made ready for one dossier: conditions over what the queries found.

use super::truth::{Counts, Fit, Tally, Truth, View};
use super::world::{Binding, World};
use crate::assessment::language::{Asymmetry, Condition, Definition, EventQuery, IfNone, Stale};
use crate::dossier::model::{EventKind, Evidence};
use std::collections::BTreeMap;

/// A condition whose queries have been run.
pub enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    AtLeast(usize, Vec<Node>),
    Not(Box<Node>),
    Missing(Box<Node>),
    Judge { pro: Vec<Node>, contra: Vec<Node>, answer: Option<Truth> },
    Named(String, Box<Node>),
    Leaf(usize),
    Fixed(Truth),
}

/// A rule ready for one dossier and one set of fixed roles.
pub struct Rule<'a> {
    /// The conditions.
    pub root: Node,
    /// What the queries found; `Node::Leaf` points into it.
    pub leaves: Vec<Tally<'a>>,
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
    pub world: &'w World<'a>,
    pub binding: &'w Binding<'a>,
    pub definitions: &'w BTreeMap<String, Definition>,
    pub leaves: Vec<Tally<'a>>,
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
        definitions: &'w BTreeMap<String, Definition>,
        condition: &Condition,
        answer: Option<Truth>,
    ) -> Rule<'a> {
        let mut builder = Self { world, binding, definitions, leaves: Vec::new(), answer, depth: 0 };
        let root = builder.node(condition);
        Rule { root, leaves: builder.leaves }
    }

    fn leaf(&mut self, tally: Tally<'a>) -> Node {
        self.leaves.push(tally);
        Node::Leaf(self.leaves.len() - 1)
    }

    fn nodes(&mut self, conditions: &[Condition]) -> Vec<Node> {
        conditions.iter().map(|condition| self.node(condition)).collect()
    }

    fn node(&mut self, condition: &Condition) -> Node {
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
                Node::Judge { pro: self.nodes(&judge.for_), contra: self.nodes(&judge.against), answer: self.answer }
            }
            Condition::Use(name) => self.used(name),
            query => self.query(query),
        }
    }

    fn used(&mut self, name: &str) -> Node {
        let definitions = self.definitions;
        match definitions.get(name) {
            Some(definition) if self.depth < DEEPEST_USE => {
                self.depth += 1;
                let node = self.node(&definition.rule);
                self.depth -= 1;
                Node::Named(name.to_owned(), Box::new(node))
            }
            _ => Node::Fixed(Truth::Missing),
        }
    }

    fn query(&mut self, condition: &Condition) -> Node {
        let (world, binding) = (self.world, self.binding);
        let tally = match condition {
            Condition::Event(query) => world.tally_events(query, binding),
            Condition::Measure(query) => world.tally_measures(query, binding),
            Condition::Overlap(overlap) => world.tally_overlap(overlap, binding),
            Condition::Proposal(query) => world.tally_proposals(query, binding),
            Condition::Help(query) => world.tally_help(query, binding),
            Condition::InstrumentResult(query) => world.tally_results(query, binding),
            Condition::ExternalCount(query) => world.tally_signals(query),
            Condition::ChildHearing(query) => world.tally_hearings(query, binding),
            Condition::Request(query) => world.tally_requests(query, binding),
            Condition::Gezag(query) => world.tally_gezag(query, binding),
            Condition::CriminalPhase(query) => world.tally_criminal(query, binding),
            Condition::Relation(query) => world.tally_relations(query, binding),
            Condition::Asymmetry(asymmetry) => return self.asymmetry(asymmetry),
            Condition::Stale(stale) => return self.stale(stale),
            Condition::Answered(query) => return self.answered(&query.events),
            Condition::Age(query) => return Node::Fixed(world.age(query, binding)),
            Condition::Plan(query) => return Node::Fixed(world.plan_fits(query, binding).truth()),
            _ => return Node::Fixed(Truth::Missing),
        };
        self.leaf(tally)
    }

    fn asymmetry(&mut self, asymmetry: &Asymmetry) -> Node {
        let one_way =
            EventQuery { actor: Some(asymmetry.from), target: Some(asymmetry.to), ..asymmetry.events.clone() };
        let back = EventQuery {
            actor: Some(asymmetry.to),
            target: Some(asymmetry.from),
            if_none: Some(IfNone::No),
            ..asymmetry.events.clone()
        };
        let forth = self.world.tally_events(&one_way, self.binding);
        let back = self.world.tally_events(&back, self.binding);
        Node::All(vec![self.leaf(forth), Node::Not(Box::new(self.leaf(back)))])
    }

    /// Events later than the newest result. Without a result, or without its date, the dossier does not say.
    fn stale(&mut self, stale: &Stale) -> Node {
        let results = self.world.find_results(&stale.result, self.binding);
        let newest = results.iter().filter(|(_, fit)| *fit == Fit::Yes).map(|(item, _)| item.on).max().flatten();
        let Some(newest) = newest else { return Node::Fixed(Truth::Missing) };
        let mut tally = self.world.tally_events(&stale.after, self.binding);
        tally.if_none = IfNone::No;
        let world = self.world;
        tally.hits.retain_mut(|hit| {
            let found = world.events.binary_search_by(|view| view.event.id.as_str().cmp(hit.id));
            let last = found.ok().and_then(|at| world.events.get(at)).and_then(|view| view.event.time.last_day());
            hit.sure &= last.is_some();
            last.is_none_or(|last| last > newest)
        });
        self.leaf(tally)
    }

    /// Whether each actor of each event (not refuted) had an opportunity to answer.
    fn answered(&mut self, query: &EventQuery) -> Node {
        let mut tally = self.world.tally_events(query, self.binding);
        tally.if_none = IfNone::No;
        tally.floor = Some(crate::assessment::language::Threshold::Alleged);
        let world = self.world;
        tally.hits.retain_mut(|hit| {
            // What a court found was answered there; what is refuted burdens nobody.
            let settled = matches!(hit.evidence, Evidence::Refuted | Evidence::Established);
            // That an answer lacks is plain from the file itself, however uncertain the event is.
            hit.evidence = Evidence::Established;
            !settled && !world.unanswered_by(hit.id).is_empty()
        });
        Node::Not(Box::new(self.leaf(tally)))
    }
}

impl<'a> World<'a> {
    /// Actors of an event who have not had an opportunity to answer it.
    pub fn unanswered_by(&self, event: &str) -> Vec<&'a str> {
        let found = self.events.binary_search_by(|view| view.event.id.as_str().cmp(event));
        let Some(view) = found.ok().and_then(|at| self.events.get(at)) else { return Vec::new() };
        if matches!(view.event.kind, EventKind::Protective | EventKind::Separation) {
            return Vec::new();
        }
        // Any entry is an opportunity to answer, silence and "geen antwoord" as well; nothing else follows from those.
        let answered = |id: &str| view.event.answers.iter().any(|answer| answer.by.as_str() == id);
        view.actors.iter().map(|who| self.id(*who)).filter(|id| !answered(id)).collect()
    }
}

impl<'a> Rule<'a> {
    /// Numbers per certainty of every leaf.
    pub fn counts(&self) -> Vec<Counts> {
        self.leaves.iter().map(Tally::counts).collect()
    }

    /// Truth of every leaf in a view.
    pub fn leaf_truths(&self, view: View) -> Vec<Truth> {
        self.leaves.iter().map(|leaf| leaf.truth(view)).collect()
    }

    /// Truth of the rule in a view.
    pub fn truth(&self, view: View) -> Truth {
        self.root.truth(&self.leaf_truths(view))
    }

    /// Visits the leaves with the side on which they speak.
    pub fn visit(&self, visit: &mut dyn FnMut(&Tally<'a>, Side)) {
        self.root.visit_leaves(Side::For, &mut |leaf, side| {
            if let Some(tally) = self.leaves.get(leaf) {
                visit(tally, side);
            }
        });
    }
}

impl Node {
    /// Truth, given the truth of every leaf.
    pub fn truth(&self, leaves: &[Truth]) -> Truth {
        let all = |parts: &[Node]| parts.iter().map(|part| part.truth(leaves)).collect::<Vec<_>>();
        match self {
            Self::All(parts) => all(parts).into_iter().min().unwrap_or(Truth::True),
            Self::Any(parts) => all(parts).into_iter().max().unwrap_or(Truth::False),
            Self::AtLeast(n, parts) => {
                let mut truths = all(parts);
                truths.sort_unstable_by(|one, other| other.cmp(one));
                n.checked_sub(1).map_or(Truth::True, |at| truths.get(at).copied().unwrap_or(Truth::False))
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
            Self::Judge { pro, contra, answer: None } => {
                let strongest = all(pro).into_iter().chain(all(contra)).max().unwrap_or(Truth::Missing);
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
    pub fn missing_names(&self, leaves: &[Truth], names: &mut Vec<String>) {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.missing_names(leaves, names));
            }
            Self::Judge { pro, contra, .. } => {
                pro.iter().chain(contra).for_each(|part| part.missing_names(leaves, names));
            }
            Self::Named(name, part) => {
                if part.truth(leaves) == Truth::Missing {
                    names.push(name.clone());
                    part.missing_names(leaves, names);
                }
            }
            Self::Not(part) | Self::Missing(part) => part.missing_names(leaves, names),
            Self::Leaf(_) | Self::Fixed(_) => {}
        }
    }
}
