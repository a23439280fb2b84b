//! Answers of queries, kept per world. Criteria ask the same through the same definitions, and
//! for several persons, while most answers do not hang on which person was fixed.

use super::truth::Leaf;
use super::world::{Binding, Who};
use crate::assessment::language::{Condition, EventQuery, Role};
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

/// A query, by its place in memory (framework files stand still while they are applied), with the
/// fixed roles that its answer may depend on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    query: usize,
    part: u8,
    child: Option<Who>,
    parent: Option<Who>,
    person: Option<Who>,
    measure: Option<usize>,
    proposal: Option<usize>,
    result: Option<usize>,
}

impl Key {
    /// Key of one part of a condition (most have one part) under fixed roles.
    pub fn new(condition: &Condition, part: u8, binding: &Binding<'_>) -> Self {
        let asks = |role| asks_events(condition).is_none_or(|query| query.asks(role));
        Self {
            query: std::ptr::from_ref(condition).addr(),
            part,
            // Who is the other parent depends on the child as well.
            child: binding.child.filter(|_| asks(Fixed::Child)),
            parent: binding.parent.filter(|_| asks(Fixed::Parent)),
            person: binding.person.filter(|_| asks(Fixed::Person)),
            measure: binding.measure.filter(|_| asks(Fixed::Measure)).map(|item| std::ptr::from_ref(item).addr()),
            proposal: binding.proposal.filter(|_| asks(Fixed::Proposal)).map(|item| std::ptr::from_ref(item).addr()),
            result: binding.result.filter(|_| asks(Fixed::Result)).map(|item| std::ptr::from_ref(item).addr()),
        }
    }
}

/// What `for_each` may fix.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fixed {
    Child,
    Parent,
    Person,
    Measure,
    Proposal,
    Result,
}

/// Event queries walk through the whole file, so it pays to know what they ask; of all other
/// conditions it is assumed that they depend on everything that is fixed.
struct EventsAsked<'q> {
    query: &'q EventQuery,
    roles: [Option<Role>; 2],
}

fn asks_events(condition: &Condition) -> Option<EventsAsked<'_>> {
    let own = |query| EventsAsked { query, roles: [query.actor, query.target] };
    match condition {
        Condition::Event(query) => Some(own(query)),
        Condition::Answered(answered) => Some(own(&answered.events)),
        Condition::Asymmetry(both) => {
            Some(EventsAsked { query: &both.events, roles: [Some(both.from), Some(both.to)] })
        }
        _ => None,
    }
}

impl EventsAsked<'_> {
    fn asks(&self, fixed: Fixed) -> bool {
        let by_role = self.roles.iter().chain([&self.query.exposed]).flatten().any(|role| match role {
            Role::Anyone | Role::Adult | Role::Partner | Role::Accused => false,
            Role::Child => fixed == Fixed::Child,
            Role::Parent => fixed == Fixed::Parent,
            Role::OtherParent => matches!(fixed, Fixed::Parent | Fixed::Child),
            Role::Person => fixed == Fixed::Person,
            Role::Restrained | Role::Protected => fixed == Fixed::Measure,
            Role::Participant => fixed == Fixed::Proposal,
        });
        by_role
            || (fixed == Fixed::Measure && self.query.within.as_ref().is_some_and(|it| !it.after_measure.is_empty()))
    }
}

/// Mixes the numbers of a key. Keys are places in memory, never chosen from outside.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number.unsigned_abs() as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The answers so far.
#[derive(Default)]
pub struct Memo<'a>(RefCell<HashMap<Key, Rc<Leaf<'a>>, BuildHasherDefault<Mixer>>>);

impl<'a> Memo<'a> {
    /// The answer under a key, found now when nobody asked before.
    pub fn leaf(&self, key: Key, find: impl FnOnce() -> Leaf<'a>) -> Rc<Leaf<'a>> {
        if let Some(known) = self.0.borrow().get(&key) {
            return Rc::clone(known);
        }
        let found = Rc::new(find());
        self.0.borrow_mut().insert(key, Rc::clone(&found));
        found
    }
}
